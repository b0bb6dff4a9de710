"""Addresses of rapportage."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rapporten"
urlpatterns: list[URLPattern] = []
