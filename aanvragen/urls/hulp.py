"""Addresses of who helps a family: consent, appointments, referrals."""

from __future__ import annotations

from django.urls import URLPattern

mijn: list[URLPattern] = []
balie: list[URLPattern] = []
toestemming: list[URLPattern] = []
