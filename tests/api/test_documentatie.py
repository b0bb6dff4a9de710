from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from loket.api.documentatie import openapi


@pytest.fixture
def blad(client, db):
    return client.get(reverse("api:docs"))


def test_page_is_open_and_tells_every_operation(blad):
    tekst = " ".join(blad.content.decode().split())

    for pad, per_methode in openapi()["paths"].items():
        for methode, operatie in per_methode.items():
            assert f'id="{operatie["operationId"]}"' in tekst
            assert f"{methode.upper()} {pad}</code>" in tekst


def test_page_shows_how_to_call(blad, settings):
    assertContains(blad, "Authorization: Api-Key $SLEUTEL")
    assertContains(blad, f"{settings.SITE_URL}/api/v1/locaties")
    assertContains(blad, "If-Match: $ETAG")
    assertContains(blad, "&quot;soort&quot;: &quot;weigering&quot;")


def test_page_names_the_codes_that_may_be_sent(blad):
    assertContains(blad, "volzet, dagen, uren, leeftijd, voorrang, stopt, gevonden, anders")
    assertContains(blad, "Wat je stuurt bij soort voorstel, afwijkend")


def test_page_holds_no_inline_style_or_script(blad):
    tekst = blad.content.decode()

    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=", tekst)
    assert "unsafe" not in blad["Content-Security-Policy"]


def test_ids_are_there_once(blad):
    ids = re.findall(r'\bid="([^"]+)"', blad.content.decode())

    assert sorted(ids) == sorted(set(ids))
