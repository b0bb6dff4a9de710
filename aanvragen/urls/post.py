"""Addresses of what goes on paper, and of a child asked for twice."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import dubbels, post

_DOSSIER = "dossier/<str:referentie>/"

mijn: list[URLPattern] = [
    path("<str:referentie>/samen/", dubbels.samen, name="samen"),
    path("<str:referentie>/op-papier.pdf", post.mijn_vraag_op_papier, name="op_papier"),
]
balie: list[URLPattern] = [
    path(f"{_DOSSIER}dubbel/", dubbels.dubbel, name="dubbel"),
    path(f"{_DOSSIER}samenvoegen/<int:pk>/", dubbels.samenvoegen, name="samenvoegen"),
    path(f"{_DOSSIER}scheiden/<int:pk>/", dubbels.scheiden, name="scheiden"),
    path(f"{_DOSSIER}op-papier.pdf", post.vraag_op_papier, name="op_papier"),
    path(f"{_DOSSIER}toestemming.pdf", post.toestemming_op_papier, name="toestemming_op_papier"),
    path("post/", post.lijst, name="post"),
    path("post/brieven.pdf", post.brieven, name="post_brieven"),
    path("post/afhandelen/", post.afhandelen, name="post_afhandelen"),
    path("post/<int:pk>/", post.brief, name="post_brief"),
    path("post/aanvraagformulier.pdf", post.aanvraagformulier, name="aanvraagformulier"),
]
