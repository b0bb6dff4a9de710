"""Addresses of lok_overleg."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "lok"
urlpatterns: list[URLPattern] = []
