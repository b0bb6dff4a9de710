"""Addresses where staff undo a choice."""

from __future__ import annotations

from django.urls import URLPattern

mijn: list[URLPattern] = []
balie: list[URLPattern] = []
