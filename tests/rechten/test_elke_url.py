"""Every address and every role: who gets what. The test walks the URLconf, so a new URL without a
row fails here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.rechten.wereld import Wereld, maak_wereld
from tests.spelers import roep_spelers

ROLLEN = (
    "bezoeker",
    "ouder",
    "andere_ouder",
    "toeleider",
    "loket",
    "ander_loket",
    "opvang",
    "andere_opvang",
    "voorzitter",
    "schepen",
    "beheerder",
)

MATRIX = (Path(__file__).parent / "urls.txt").read_text(encoding="utf-8")


def regels() -> list[tuple[str, str, tuple[int, ...]]]:
    """(url name, method, status per role) of each line that is no comment."""
    uit = []
    for regel in MATRIX.splitlines():
        if regel.strip() and not regel.startswith("#"):
            naam, methode, *codes = regel.split()
            uit.append((naam, methode, tuple(int(code) for code in codes)))
    return uit


def namen(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Every named URL below a resolver; the admin counts as one, its own test walks it."""
    uit = []
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            if item.namespace != "admin":
                uit += namen(item, f"{prefix}{item.namespace}:" if item.namespace else prefix)
        elif isinstance(item, URLPattern):
            assert item.name, f"{item} has no name"
            uit.append(prefix + item.name)
    return uit


def test_every_url_has_a_row():
    assert sorted(set(namen(get_resolver()))) == sorted({naam for naam, _, _ in regels()})


def test_every_row_says_all_roles():
    assert {naam: len(codes) for naam, _, codes in regels() if len(codes) != len(ROLLEN)} == {}


class Terug(Exception):  # noqa: N818 -- only to roll a savepoint back
    pass


def _antwoorden(wereld: Wereld, naam: str, methode: str) -> tuple[int, ...]:
    codes = []
    adres = reverse(naam, kwargs=wereld.kwargs(naam))
    for rol in ROLLEN:
        try:
            with transaction.atomic():
                client = Client(raise_request_exception=False)
                if gebruiker := wereld.mensen[rol]:
                    client.force_login(gebruiker)
                codes.append(client.generic(methode, adres).status_code)
                raise Terug
        except Terug:
            pass
    return tuple(codes)


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker):
    """One world for all rows, committed: its report takes seconds. Every request is undone."""
    with django_db_blocker.unblock():
        yield maak_wereld(roep_spelers())
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("naam", "methode", "codes"), regels(), ids=lambda v: str(v) if isinstance(v, str) else ""
)
def test_status(wereld, naam, methode, codes):
    antwoorden = _antwoorden(wereld, naam, methode)

    assert dict(zip(ROLLEN, antwoorden, strict=True)) == dict(zip(ROLLEN, codes, strict=True))


@pytest.mark.django_db
def test_admin_is_for_the_beheerder_alone(wereld):
    codes = {}
    for rol in ROLLEN:
        client = Client()
        if gebruiker := wereld.mensen[rol]:
            client.force_login(gebruiker)
        codes[rol] = client.get(reverse("admin:index")).status_code

    assert codes.pop("beheerder") == 200
    assert 200 not in codes.values()
