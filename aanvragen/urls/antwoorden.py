"""Addresses where a provider answers many requests at once."""

from __future__ import annotations

from django.urls import URLPattern

aanbod: list[URLPattern] = []
