"""Addresses of loket staff and toeleiders."""

from __future__ import annotations

from django.urls import URLPattern

balie: list[URLPattern] = []
