"""Addresses that bring a family back to its unfinished request."""

from __future__ import annotations

from django.urls import URLPattern

aanvraag: list[URLPattern] = []
