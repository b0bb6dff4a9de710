"""Addresses where a family changes its question and says that it still holds."""

from __future__ import annotations

from django.urls import URLPattern

mijn: list[URLPattern] = []
