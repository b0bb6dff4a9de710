from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.bijwerken import bevestig, meld_geboorte
from aanvragen.domain.stoppen import trek_in
from loket.domain.fouten import Weigering
from loket.models import Gebeurtenis
from tests.fabrieken import NU, VANDAAG, kind_gegevens, maak_vraag

pytestmark = pytest.mark.django_db
UITGEREKEND = dt.date(2026, 3, 10)


def baby(spelers):
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(kind_gegevens(verwachte_geboortedatum=UITGEREKEND),),
    )


def test_confirming_dates_the_question_and_is_logged(spelers):
    vraag = baby(spelers)
    later = NU + dt.timedelta(days=80)

    bevestig(vraag, door=spelers.amina, nu=later)

    assert vraag.laatst_bevestigd == later
    logregel = Gebeurtenis.objects.get(werkwoord="aanvragen.vraag.bevestigd")
    assert (logregel.onderwerp_id, logregel.door, logregel.op) == (vraag.pk, spelers.amina, later)


def test_confirming_an_ended_question_is_refused(spelers):
    vraag = baby(spelers)
    trek_in(vraag, door=None, nu=NU)

    with pytest.raises(Weigering):
        bevestig(vraag, door=None, nu=NU)


def test_birth_gives_the_real_date_and_keeps_the_expected_one(spelers):
    vraag = baby(spelers)

    meld_geboorte(vraag, geboortedatum=VANDAAG, voornaam="Noa", door=None, nu=NU)

    kind = vraag.kind
    assert (kind.voornaam, kind.geboortedatum, kind.verwachte_geboortedatum) == (
        "Noa",
        VANDAAG,
        UITGEREKEND,
    )


def test_birth_is_told_once(spelers):
    vraag = baby(spelers)
    meld_geboorte(vraag, geboortedatum=VANDAAG, voornaam="Noa", door=None, nu=NU)

    with pytest.raises(Weigering, match="al gemeld"):
        meld_geboorte(vraag, geboortedatum=UITGEREKEND, voornaam="Lou", door=None, nu=NU)

    vraag.kind.refresh_from_db()
    assert vraag.kind.voornaam == "Noa"


def test_birth_after_the_end_is_refused(spelers):
    vraag = baby(spelers)
    trek_in(vraag, door=None, nu=NU)

    with pytest.raises(Weigering):
        meld_geboorte(vraag, geboortedatum=VANDAAG, voornaam="Noa", door=None, nu=NU)

    vraag.kind.refresh_from_db()
    assert vraag.kind.geboortedatum is None
