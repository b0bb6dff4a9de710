"""Addresses of the conversation about a question, and of calm."""

from __future__ import annotations

from django.urls import URLPattern

mijn: list[URLPattern] = []
balie: list[URLPattern] = []
aanbod: list[URLPattern] = []
