"""A back office: De Egeltjes' organisator with a key, and a stranger with another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from opvang.domain.api_sleutels import maak_sleutel
from opvang.models import ApiSleutel
from tests.spelers import Spelers

BASIS = "/api/v1"


@dataclass
class Pakket:
    """A program that talks to the API, without cookies and with CSRF checks on."""

    sleutel: ApiSleutel
    geheim: str

    def __post_init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def _koppen(self, koppen: dict[str, str] | None) -> dict[str, str]:
        return {"Authorization": f"Api-Key {self.geheim}", **(koppen or {})}

    def get(self, pad: str, vraag: dict[str, Any] | None = None, **koppen: str):
        return self.client.get(f"{BASIS}{pad}", vraag, headers=self._koppen(koppen))

    def stuur(self, methode: str, pad: str, inhoud: Any, **koppen: str):
        ruw = inhoud if isinstance(inhoud, (str, bytes)) else json.dumps(inhoud)
        return self.client.generic(
            methode,
            f"{BASIS}{pad}",
            ruw,
            content_type="application/json",
            headers=self._koppen({naam.replace("_", "-"): w for naam, w in koppen.items()}),
        )

    def post(self, pad: str, inhoud: Any, **koppen: str):
        return self.stuur("POST", pad, inhoud, **koppen)

    def put(self, pad: str, inhoud: Any, **koppen: str):
        return self.stuur("PUT", pad, inhoud, **koppen)


@pytest.fixture(autouse=True)
def _lege_teller():
    """The limits count in the cache, which outlives a test."""
    cache.clear()


def maak_pakket(spelers: Spelers, locatie, door) -> Pakket:
    sleutel, geheim = maak_sleutel(
        locatie.organisator, naam="Boekhouding", door=door, nu=timezone.now()
    )
    return Pakket(sleutel, geheim)


@pytest.fixture
def pakket(spelers: Spelers) -> Pakket:
    return maak_pakket(spelers, spelers.egeltjes, spelers.farid)


@pytest.fixture
def vreemd(spelers: Spelers) -> Pakket:
    return maak_pakket(spelers, spelers.zonnetje, spelers.greet)
