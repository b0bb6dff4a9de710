from __future__ import annotations

import datetime as dt

from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from lok_overleg.models import LokReglement

NIEUW = {"vanaf": "2026-01-01", "opvolgtermijn": "45", "bron": "Raad van 15 december 2025"}


def test_manager_lays_down_the_term_of_the_own_loket(client, spelers):
    client.force_login(spelers.joke)
    toevoegen = reverse("admin:lok_overleg_lokreglement_add")

    client.post(toevoegen, NIEUW | {"loket": spelers.loket.pk})
    vreemd = client.post(toevoegen, NIEUW | {"loket": spelers.ander_loket.pk})

    reglement = LokReglement.objects.get()
    assert (reglement.loket, reglement.opvolgtermijn) == (spelers.loket, 45)
    assert vreemd.status_code == 200


def test_other_lokets_rules_are_not_there(client, spelers):
    LokReglement.objects.create(
        loket=spelers.ander_loket, vanaf=dt.date(2026, 1, 1), opvolgtermijn=7
    )
    LokReglement.objects.create(loket=spelers.loket, vanaf=dt.date(2026, 1, 1), opvolgtermijn=8)
    client.force_login(spelers.joke)

    lijst = client.get(reverse("admin:lok_overleg_lokreglement_changelist"))

    assertContains(lijst, "Loket Wilgenrade")
    assertNotContains(lijst, "Loket Elders")
