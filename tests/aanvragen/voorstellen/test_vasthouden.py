"""Hold, upgrade, release: one offer at a time, lower wishes wait, nothing is lost unseen."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.fouten import Opgeschort, VasthoudenKanNiet, VoorstelVerlopen
from aanvragen.domain.kiezen import aanvaard, hou_vast, kies_bij_einde, weiger_voorstel
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Voorstel
from aanvragen.workflow import (
    Aanmeldingstatus,
    BijEinde,
    Ouderreden,
    Voorstelstatus,
)
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Loket
from tests.aanvragen.voorstellen.conftest import OUDERS
from tests.fabrieken import NU, maak_locatie, maak_loket, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(days=2)
V, W = Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.WACHTLIJST
BOD = Aanmeldingstatus.VOORGESTELD


def hou(voorstel: Voorstel, **velden) -> None:
    hou_vast(voorstel, door=None, nu=LATER, **velden)


def test_hold_suspends_lower_wishes_and_frees_what_was_offered_there(gezin, mails):
    laag = maak_voorstel(gezin.bij(3))
    vast = maak_voorstel(gezin.bij(2))

    hou(vast, bij_einde=BijEinde.NEMEN)

    laag.refresh_from_db()
    assert gezin.standen() == [V, BOD, W, V]
    assert (vast.status, vast.bij_einde) == (Voorstelstatus.VASTGEHOUDEN, BijEinde.NEMEN)
    assert (laag.status, laag.plaatsaanbod.ingenomen) == (Voorstelstatus.INGETROKKEN, [0] * 14)
    assert [a.rang for a in gezin.vraag.aanmeldingen.opgeschort()] == [3, 4]
    assert mails("vastgehouden") == OUDERS
    assert mails("aanbieder_vastgehouden") == ["twee@opvang.test"]
    assert mails("aanbieder_opgeschort") == ["drie@opvang.test"]


def test_a_suspended_location_can_not_offer(gezin):
    hou(maak_voorstel(gezin.bij(2)))

    with pytest.raises(Opgeschort):
        maak_voorstel(gezin.bij(3))

    assert maak_voorstel(gezin.bij(1)).status == Voorstelstatus.OPEN


def test_upgrade_gives_the_lower_hold_back_in_the_same_breath(gezin, mails):
    laag = maak_voorstel(gezin.bij(3))
    hou(laag)
    hoog = maak_voorstel(gezin.bij(2))

    hou(hoog)

    laag.refresh_from_db()
    assert (hoog.status, laag.status) == (Voorstelstatus.VASTGEHOUDEN, Voorstelstatus.INGETROKKEN)
    assert laag.plaatsaanbod.ingenomen == [0] * 14
    assert gezin.standen() == [V, BOD, W, V]
    assert mails("aanbieder_opgeschort") == ["drie@opvang.test"]
    assert mails("aanbieder_hervat") == []


def test_release_makes_lower_wishes_count_again_with_a_fresh_term(gezin, mails):
    vast = maak_voorstel(gezin.bij(2))
    hou(vast)
    veel_later = LATER + dt.timedelta(days=7)

    weiger_voorstel(vast, door=None, nu=veel_later, reden=Ouderreden.TE_VER)

    assert gezin.standen() == [V, Aanmeldingstatus.GEWEIGERD_OUDER, V, V]
    assert gezin.vraag.aanmeldingen.opgeschort().count() == 0
    assert gezin.bij(1).antwoord_voor == dt.date(2026, 3, 16)
    assert [gezin.bij(rang).antwoord_voor for rang in (3, 4)] == [dt.date(2026, 3, 25)] * 2
    assert mails("aanbieder_hervat") == ["drie@opvang.test", "vier@opvang.test"]
    assert mails("voorstel_geweigerd") == OUDERS
    hervat = [
        g.gegevens["locatie"]
        for g in gebeurtenissen_van(gezin.vraag)
        if g.werkwoord == "aanvragen.aanmelding.hervat"
    ]
    assert sorted(hervat) == ["Drie", "Vier"]


def test_reason_is_counted_and_the_provider_does_not_read_it(gezin, spelers):
    voorstel = maak_voorstel(gezin.bij(1))

    weiger_voorstel(voorstel, door=spelers.amina, nu=LATER, reden=Ouderreden.PRIJS)

    assert voorstel.ouderreden == Ouderreden.PRIJS
    gebeurtenis = gebeurtenissen_van(gezin.vraag).get(werkwoord="aanvragen.voorstel.geweigerd")
    assert gebeurtenis.gegevens["reden"] == "prijs"
    tekst = Bericht.objects.get(sjabloon="aanvragen/aanbieder_geweigerd").tekst
    assert "prijs" not in tekst.lower()


def test_withdrawal_of_a_held_offer_by_the_provider_ends_the_hold(gezin, mails):
    vast = maak_voorstel(gezin.bij(2))
    hou(vast)

    trek_voorstel_in(vast, door=None, nu=LATER)

    assert gezin.standen() == [V, W, V, V]
    assert mails("aanbieder_hervat") == ["drie@opvang.test", "vier@opvang.test"]


def test_better_offer_can_be_accepted_while_a_lower_one_is_held(gezin):
    vast = maak_voorstel(gezin.bij(3))
    hou(vast)
    beter = maak_voorstel(gezin.bij(1))

    aanvaard(beter, door=None, nu=LATER)

    vast.refresh_from_db()
    assert vast.status == Voorstelstatus.INGETROKKEN
    assert vast.plaatsaanbod.ingenomen == [0] * 14


@pytest.mark.parametrize("waarom", ["loket", "eerste", "geen voorkeur", "betere weg"])
def test_nothing_to_wait_for_is_no_hold(gezin, waarom):
    rang = 1 if waarom == "eerste" else 2
    voorstel = maak_voorstel(gezin.bij(rang))
    match waarom:
        case "loket":
            Loket.objects.filter(pk=gezin.vraag.loket_id).update(vasthouden_mag=False)
        case "geen voorkeur":
            type(gezin.vraag).objects.filter(pk=gezin.vraag.pk).update(geen_voorkeur=True)
        case "betere weg":
            weiger_voorstel(maak_voorstel(gezin.bij(1)), door=None, nu=NU)

    with pytest.raises(VasthoudenKanNiet):
        hou(voorstel)

    voorstel.refresh_from_db()
    assert voorstel.status == Voorstelstatus.OPEN


def test_choice_for_the_end_can_change_until_the_deadline(gezin, mails):
    vast = maak_voorstel(gezin.bij(2))
    hou(vast, bij_einde=BijEinde.NEMEN)

    kies_bij_einde(vast, BijEinde.VRIJGEVEN, door=None, nu=LATER)
    kies_bij_einde(vast, BijEinde.VRIJGEVEN, door=None, nu=LATER)

    assert vast.bij_einde == BijEinde.VRIJGEVEN
    assert mails("bij_einde") == OUDERS
    with pytest.raises(VoorstelVerlopen):
        kies_bij_einde(vast, BijEinde.NEMEN, door=None, nu=vast.geldig_tot)


def test_another_family_at_the_same_location_is_not_suspended(gezin):
    hou(maak_voorstel(gezin.bij(2)))
    ander = maak_vraag(gezin.vraag.loket, [gezin.bij(3).locatie])

    assert maak_voorstel(ander.aanmeldingen.get()).status == Voorstelstatus.OPEN


def test_first_wish_of_a_single_location_has_nothing_better():
    loket = maak_loket()
    voorstel = maak_voorstel(maak_vraag(loket, [maak_locatie(loket=loket)]).aanmeldingen.get())

    with pytest.raises(VasthoudenKanNiet):
        hou(voorstel)
