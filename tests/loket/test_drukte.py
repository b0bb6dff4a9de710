"""A page that waits too long for somebody else says so, and changes nothing."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from loket.drukte import Drukte
from opvang.models import Plaatsaanbod
from tests.fabrieken import maak_aanbod
from tests.gelijktijdig.hulp import tegelijk


@pytest.mark.django_db(transaction=True)
def test_a_row_that_stays_locked_gives_a_kind_page(spelers):
    aanbod = maak_aanbod(spelers.egeltjes)
    client = Client(raise_request_exception=False)
    client.force_login(spelers.farid)

    def houd_vast():
        return Plaatsaanbod.objects.vergrendeld().get(pk=aanbod.pk)

    def bevestig():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return client.post("/aanbod/locatie/de-egeltjes/klopt/", {"gezien": f"{aanbod.pk}:1"})

    antwoord = tegelijk(houd_vast, bevestig, geduld=10).tweede

    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "5")
    tekst = antwoord.content.decode()
    assert "Er is niets veranderd." in tekst
    assert 'href="/aanbod/locatie/de-egeltjes/klopt/"' not in tekst
    aanbod.refresh_from_db()
    assert aanbod.bevestigd_door is None


def test_another_fault_of_the_database_stays_a_fault(rf: RequestFactory):
    middleware = Drukte(lambda _request: pytest.fail("not reached"))

    assert middleware.process_exception(rf.get("/"), OperationalError("gone")) is None
    assert middleware.process_exception(rf.get("/"), ValueError()) is None
