"""Addresses of the parent."""

from __future__ import annotations

from django.urls import URLPattern

aanvraag: list[URLPattern] = []
mijn: list[URLPattern] = []
