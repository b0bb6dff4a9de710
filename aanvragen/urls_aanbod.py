"""Addresses where providers answer: signed in, or through the link in a mail."""

from __future__ import annotations

from django.urls import URLPattern

aanbod: list[URLPattern] = []
antwoord: list[URLPattern] = []
