"""Addresses of the demand, per kind of user."""

from __future__ import annotations

from aanvragen.urls_aanbod import aanbod, antwoord
from aanvragen.urls_balie import balie
from aanvragen.urls_ouder import aanvraag, mijn

__all__ = ["aanbod", "aanvraag", "antwoord", "balie", "mijn"]
