"""Addresses of the daily work of the counter: tasks, notes, letters, bulk."""

from __future__ import annotations

from django.urls import URLPattern

balie: list[URLPattern] = []
