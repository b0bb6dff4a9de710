"""At the deadline and before it: taken, freed or lapsed; reminded once, never after."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.domain.kiezen import aanvaard, hou_vast
from aanvragen.domain.voorstel_herinneren import herinner_vanaf, herinner_voorstel, te_herinneren
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.models import Plaatsing
from aanvragen.tasks import herinner_aan_voorstellen
from aanvragen.workflow import Aanmeldingstatus, BijEinde, Voorstelstatus, Vraagstatus
from loket.models import Bericht
from tests.aanvragen.voorstellen.conftest import OUDERS
from tests.fabrieken import NU, maak_voorstel

pytestmark = pytest.mark.django_db
SECONDE = dt.timedelta(seconds=1)
#: Offered on 2 March for ten days: the last day is the 12th, three days before is the 9th at nine.
HERINNER_OP = dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC)


def _vast(gezin, bij_einde: BijEinde):
    voorstel = maak_voorstel(gezin.bij(2))
    hou_vast(voorstel, bij_einde=bij_einde, door=None, nu=NU)
    return voorstel


def test_held_place_is_taken_at_the_deadline_when_chosen_so(gezin, mails):
    voorstel = _vast(gezin, BijEinde.NEMEN)

    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot - SECONDE) is False
    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot) is True
    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot) is False

    gezin.vraag.refresh_from_db()
    assert gezin.vraag.status == Vraagstatus.GEPLAATST
    assert Plaatsing.objects.get().voorstel == voorstel
    assert mails("geplaatst") == OUDERS
    tekst = Bericht.objects.filter(sjabloon="aanvragen/geplaatst").first().tekst
    assert "Je hield de plaats bij Twee vast en koos om ze op het einde te nemen." in tekst


def test_held_place_is_freed_at_the_deadline_when_chosen_so(gezin, mails):
    voorstel = _vast(gezin, BijEinde.VRIJGEVEN)

    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot) is True

    gezin.vraag.refresh_from_db()
    assert gezin.vraag.status == Vraagstatus.ACTIEF
    assert (voorstel.status, voorstel.plaatsaanbod.ingenomen) == (
        Voorstelstatus.VERLOPEN,
        [0] * 14,
    )
    assert gezin.bij(2).status == Aanmeldingstatus.WACHTLIJST
    assert gezin.vraag.aanmeldingen.opgeschort().count() == 0
    assert mails("voorstel_vrijgegeven") == OUDERS
    assert mails("aanbieder_vrijgegeven") == ["twee@opvang.test"]
    assert mails("aanbieder_hervat") == ["drie@opvang.test", "vier@opvang.test"]


def test_reminder_goes_to_both_parents_once_before_the_deadline(gezin, mails):
    voorstel = maak_voorstel(gezin.bij(1))

    assert herinner_vanaf(voorstel) == HERINNER_OP
    assert te_herinneren(HERINNER_OP - SECONDE) == []
    assert te_herinneren(HERINNER_OP) == [voorstel]
    assert herinner_voorstel(voorstel, nu=HERINNER_OP) is True
    assert herinner_voorstel(voorstel, nu=HERINNER_OP) is False

    assert te_herinneren(HERINNER_OP + SECONDE) == []
    assert mails("voorstel_herinnering") == OUDERS


def test_no_reminder_after_the_deadline_or_the_answer(gezin, mails):
    voorstel, ander = maak_voorstel(gezin.bij(1)), maak_voorstel(gezin.bij(2))

    assert te_herinneren(voorstel.geldig_tot) == []
    assert herinner_voorstel(voorstel, nu=voorstel.geldig_tot) is False
    aanvaard(ander, door=None, nu=NU)
    assert te_herinneren(HERINNER_OP) == []
    assert herinner_voorstel(voorstel, nu=HERINNER_OP) is False
    assert mails("voorstel_herinnering") == []


@pytest.mark.parametrize(
    ("dagen", "vanaf"),
    [
        pytest.param(1, NU + dt.timedelta(hours=12), id="een dag: na de helft"),
        pytest.param(4, NU + dt.timedelta(days=2), id="vier dagen: na de helft"),
        pytest.param(30, dt.datetime(2026, 3, 29, 7, 0, tzinfo=dt.UTC), id="lang: drie dagen"),
    ],
)
def test_reminder_of_a_short_offer_waits_for_half_of_its_term(gezin, dagen, vanaf):
    voorstel = maak_voorstel(gezin.bij(1), geldig_tot=NU + dt.timedelta(days=dagen))

    assert herinner_vanaf(voorstel) == vanaf


@pytest.mark.parametrize(
    ("bij_einde", "zin"),
    [
        (BijEinde.NEMEN, "Doe je niets, dan is de plaats daarna van je kind."),
        (BijEinde.VRIJGEVEN, "Doe je niets, dan geven we de plaats daarna vrij."),
    ],
)
def test_reminder_of_a_held_place_says_what_will_happen(gezin, bij_einde, zin):
    herinner_voorstel(_vast(gezin, bij_einde), nu=HERINNER_OP)

    assert zin in Bericht.objects.filter(sjabloon="aanvragen/voorstel_herinnering").first().tekst


def test_periodic_task_reminds(gezin):
    maak_voorstel(gezin.bij(1))

    with time_machine.travel(HERINNER_OP, tick=False):
        assert herinner_aan_voorstellen() == 1
        assert herinner_aan_voorstellen() == 0
