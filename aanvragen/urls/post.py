"""Addresses of what goes on paper, and of a child asked for twice."""

from __future__ import annotations

from django.urls import URLPattern

mijn: list[URLPattern] = []
balie: list[URLPattern] = []
