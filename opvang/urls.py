"""Addresses of the supply: public search, and the provider's own pages."""

from __future__ import annotations

from django.urls import URLPattern

publiek: list[URLPattern] = []
aanbod: list[URLPattern] = []
