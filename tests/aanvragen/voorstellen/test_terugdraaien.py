"""Staff undo an acceptance: what lapsed comes back as far as it is still there."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.beantwoorden import markeer_gezien, zet_op_wachtlijst
from aanvragen.domain.fouten import NietMeerTerug, OngeldigeOvergang, Weigering
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard, hou_vast
from aanvragen.domain.stoppen import trek_in
from aanvragen.domain.terugdraaien import blik_vooruit, draai_terug, vraag_opnieuw
from aanvragen.models import Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import Aanmeldingstatus, BijEinde, Voorstelstatus, Vraagstatus
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.aanvragen.voorstellen.conftest import OUDERS
from tests.fabrieken import NU, maak_aanbod, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
UUR = dt.timedelta(hours=1)
BOD, W = Aanmeldingstatus.VOORGESTELD, Aanmeldingstatus.WACHTLIJST
ELDERS = Aanmeldingstatus.VERVALLEN_ELDERS


def _lopend(aanmelding) -> Voorstel:
    return aanmelding.voorstellen.lopend().get()


def test_undo_puts_everything_back_as_it_stood(gezin, spelers, mails):
    zet_op_wachtlijst(gezin.bij(3), door=None, nu=NU)
    markeer_gezien(gezin.bij(4), door=spelers.farid, nu=NU)
    ander = maak_voorstel(gezin.bij(1))
    gekozen = maak_voorstel(gezin.bij(2))
    plaatsing = aanvaard(gekozen, door=None, nu=NU)

    herstel = draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)

    gezin.vraag.refresh_from_db()
    plaatsing.refresh_from_db()
    assert gezin.vraag.status == Vraagstatus.ACTIEF
    assert plaatsing.beeindigd_op == NU + UUR
    assert gezin.standen() == [BOD, BOD, W, Aanmeldingstatus.GEZIEN]
    assert herstel.weg == []
    assert [_lopend(gezin.bij(rang)).plaatsaanbod_id for rang in (1, 2)] == [
        ander.plaatsaanbod_id,
        gekozen.plaatsaanbod_id,
    ]
    assert _lopend(gezin.bij(2)).plaatsaanbod.ingenomen == [1] * 4 + [0] * 10
    assert gezin.bij(4).gezien_op == NU
    assert mails("teruggedraaid") == OUDERS
    assert mails("aanbieder_teruggedraaid") == [
        "drie@opvang.test",
        "een@opvang.test",
        "twee@opvang.test",
        "vier@opvang.test",
    ]
    werkwoorden = set(gebeurtenissen_van(gezin.vraag).values_list("werkwoord", flat=True))
    assert {"aanvragen.plaatsing.teruggedraaid", "aanvragen.voorstel.hersteld"} <= werkwoorden


def test_offer_whose_place_went_is_named_and_becomes_a_place_on_the_list(gezin, spelers):
    aanbod = maak_aanbod(gezin.bij(1).locatie, 1)
    maak_voorstel(gezin.bij(1), aanbod)
    plaatsing = aanvaard(maak_voorstel(gezin.bij(2)), door=None, nu=NU)
    ander_gezin = maak_vraag(spelers.loket, [gezin.bij(1).locatie])
    maak_voorstel(ander_gezin.aanmeldingen.get(), aanbod)
    assert [(b.aanmelding.rang, b.naar, b.weg) for b in blik_vooruit(plaatsing)] == [
        (2, BOD, False),
        (1, W, True),
        (3, Aanmeldingstatus.VERZONDEN, False),
        (4, Aanmeldingstatus.VERZONDEN, False),
    ]

    herstel = draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)

    assert [a.rang for a in herstel.weg] == [1]
    assert gezin.bij(1).status == W
    tekst = Bericht.objects.filter(sjabloon="aanvragen/teruggedraaid").first().tekst
    assert "Hier ging de plaats intussen naar een ander gezin: Een." in tekst
    assert aanbod.voorstellen.lopend().count() == 1


def test_accepted_offer_gets_two_whole_days_more(gezin, spelers):
    voorstel = maak_voorstel(gezin.bij(2))
    plaatsing = aanvaard(voorstel, door=None, nu=voorstel.geldig_tot - UUR)

    draai_terug(plaatsing, door=spelers.carla, nu=voorstel.geldig_tot + UUR)

    # Undone on 13 March: the family has the 14th and the 15th.
    assert _lopend(gezin.bij(2)).geldig_tot == dt.datetime(2026, 3, 15, 23, 0, tzinfo=dt.UTC)


def test_other_hold_comes_back_as_a_hold(gezin, spelers):
    vast = maak_voorstel(gezin.bij(3))
    hou_vast(vast, bij_einde=BijEinde.NEMEN, door=None, nu=NU)
    plaatsing = aanvaard(maak_voorstel(gezin.bij(1)), door=None, nu=NU)

    draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)

    terug = _lopend(gezin.bij(3))
    assert (terug.status, terug.bij_einde) == (Voorstelstatus.VASTGEHOUDEN, BijEinde.NEMEN)
    assert [a.rang for a in gezin.vraag.aanmeldingen.opgeschort()] == [4]


@pytest.mark.parametrize(("uren", "mag"), [(23, True), (24, False)])
def test_undo_only_within_the_hours_of_the_loket(gezin, spelers, uren, mag):
    plaatsing = aanvaard(maak_voorstel(gezin.bij(2)), door=None, nu=NU)

    if mag:
        draai_terug(plaatsing, door=spelers.carla, nu=NU + uren * UUR)
    else:
        with pytest.raises(NietMeerTerug):
            draai_terug(plaatsing, door=spelers.carla, nu=NU + uren * UUR)

    assert Plaatsing.objects.filter(beeindigd_op=None).exists() is not mag


def test_undo_twice_or_after_the_question_ended_is_refused(gezin, spelers):
    plaatsing = aanvaard(maak_voorstel(gezin.bij(2)), door=None, nu=NU)
    draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)

    with pytest.raises(OngeldigeOvergang):
        draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)
    trek_in(gezin.vraag, door=None, nu=NU + UUR)
    with pytest.raises(OngeldigeOvergang):
        draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)


def test_the_family_can_accept_again_after_the_undo(gezin, spelers):
    plaatsing = aanvaard(maak_voorstel(gezin.bij(2)), door=None, nu=NU)
    draai_terug(plaatsing, door=spelers.carla, nu=NU + UUR)

    tweede = aanvaard(_lopend(gezin.bij(2)), door=None, nu=NU + UUR)

    assert list(Plaatsing.objects.filter(beeindigd_op=None)) == [tweede]


@pytest.mark.parametrize("weg", ["knop", "keuze"])
def test_location_that_lapsed_as_elsewhere_can_be_asked_again(gezin, spelers, mails, weg):
    aanvaard(maak_voorstel(gezin.bij(2)), door=None, nu=NU)
    # The place falls through later than staff may undo it, as after a closing.
    Plaatsing.objects.update(beeindigd_op=NU)
    Opvangvraag.objects.filter(pk=gezin.vraag.pk).update(status=Vraagstatus.ACTIEF)
    assert gezin.bij(3).status == ELDERS
    voor = len(mails("nieuwe_vraag"))
    laat = NU + dt.timedelta(days=30)

    if weg == "knop":
        vraag_opnieuw(gezin.bij(3), door=spelers.carla, nu=laat)
    else:
        voeg_keuze_toe(gezin.vraag, gezin.bij(3).locatie, door=spelers.carla, nu=laat)

    assert gezin.bij(3).status == Aanmeldingstatus.VERZONDEN
    assert gezin.bij(3).antwoord_voor > laat.date()
    assert len(mails("nieuwe_vraag")) == voor + 1
    with pytest.raises(Weigering):
        vraag_opnieuw(gezin.bij(3), door=spelers.carla, nu=laat)
