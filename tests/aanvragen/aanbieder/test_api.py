"""The same end status through the API."""

from __future__ import annotations

import pytest

from aanvragen.api.antwoorden import lees_antwoord
from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.workflow import Aanmeldingstatus
from tests.aanvragen.aanbieder.fabrieken import om
from tests.fabrieken import NU, maak_vraag

pytestmark = pytest.mark.django_db


def test_a_provider_says_through_the_api_that_a_family_still_waits(spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    vraag_eindstatus(aanmelding, nu=om(2026, 9, 2))

    lees_antwoord({"soort": "wachtlijst"}).voer_uit(aanmelding, door=None, nu=om(2026, 9, 3))

    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.eindstatus_voor) == (Aanmeldingstatus.WACHTLIJST, None)
