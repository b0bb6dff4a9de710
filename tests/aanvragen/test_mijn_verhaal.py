"""What parents read: one sentence per location, the timeline, and what is still to come."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from aanvragen.domain.beantwoorden import markeer_gezien, weiger, zet_op_wachtlijst
from aanvragen.domain.bijwerken import bevestig, meld_geboorte
from aanvragen.domain.kiezen import aanvaard, hou_vast, weiger_voorstel
from aanvragen.domain.stoppen import sluit_onbeantwoord_af, trek_in
from aanvragen.domain.voorstellen import laat_verlopen, trek_voorstel_in
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.views.verhaal import Bod, kern, komt_nog, stand_bij_locatie, verloop
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.domain.logboek import gebeurtenissen_van
from tests.fabrieken import (
    NU,
    START,
    VANDAAG,
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
)

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        kinderen=(kind_gegevens(voornaam="Lou", familienaam="Peeters"),),
    )


def bij(vraag, locatie) -> Aanmelding:
    return vraag.aanmeldingen.get(locatie=locatie)


def stand(vraag, locatie, *, peildatum=VANDAAG):
    vraag.refresh_from_db()
    gevonden = stand_bij_locatie(bij(vraag, locatie), vraag, peildatum=peildatum)
    return gevonden.soort, gevonden.etiket, gevonden.zin, gevonden.jouw_beurt


def vers(vraag) -> Opvangvraag:
    """With what the pages prefetch: running offers and placements that hold."""
    from django.db.models import Prefetch  # noqa: PLC0415

    from aanvragen.models import Plaatsing  # noqa: PLC0415

    return (
        Opvangvraag.objects.prefetch_related(
            Prefetch("aanmeldingen__voorstellen", queryset=Voorstel.objects.lopend()),
            Prefetch("plaatsingen", queryset=Plaatsing.objects.filter(beeindigd_op=None)),
        )
        .select_related("kind")
        .get(pk=vraag.pk)
    )


def lopend(vraag, locatie) -> Aanmelding:
    return next(a for a in vers(vraag).aanmeldingen.all() if a.locatie_id == locatie.pk)


def zinnen(vraag) -> list[str]:
    return [feit.zin for feit in verloop(list(gebeurtenissen_van(vraag)))]


def straks(vraag, *, peildatum=VANDAAG):
    vraag = vers(vraag)
    return [
        (feit.op, feit.zin)
        for feit in komt_nog(vraag, list(vraag.aanmeldingen.all()), peildatum=peildatum)
    ]


# Per location


def test_location_that_got_the_question_has_a_day_to_answer(spelers, vraag):
    assert stand(vraag, spelers.egeltjes) == (
        "",
        "Verstuurd",
        "Antwoordt voor maandag 16 maart. Jij hoeft niets te doen.",
        False,
    )


def test_location_that_read_it_has_the_same_day(spelers, vraag):
    markeer_gezien(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=NU)

    assert stand(vraag, spelers.egeltjes) == (
        "info",
        "Gelezen",
        "Antwoordt voor maandag 16 maart. Jij hoeft niets te doen.",
        False,
    )


def test_late_location_is_for_the_loket_to_follow(spelers, vraag):
    assert stand(vraag, spelers.egeltjes, peildatum=dt.date(2026, 3, 17)) == (
        "",
        "Verstuurd",
        "Moest antwoorden voor maandag 16 maart. Het loket vraagt na waarom dat niet lukte.",
        False,
    )


def test_location_with_a_waiting_list(spelers, vraag):
    zet_op_wachtlijst(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=NU)

    assert stand(vraag, spelers.egeltjes)[:2] == ("wacht", "Op de wachtlijst")


def test_location_without_a_place_says_why(spelers, vraag):
    weiger(bij(vraag, spelers.egeltjes), reden=Weigerreden.LEEFTIJD, door=spelers.farid, nu=NU)

    assert stand(vraag, spelers.egeltjes) == (
        "",
        "Geen plaats",
        "We hebben geen plaats voor deze leeftijd.",
        False,
    )


def test_location_that_offers_waits_for_the_parent(spelers, vraag):
    maak_voorstel(bij(vraag, spelers.egeltjes))

    assert stand_bij_locatie(
        lopend(vraag, spelers.egeltjes), vers(vraag), peildatum=VANDAAG
    ).zin == (
        "Bood op maandag 2 maart een plaats aan. Antwoord ten laatste op donderdag 12 maart 2026."
    )


def test_held_place_has_a_last_day(spelers, vraag):
    hou_vast(maak_voorstel(bij(vraag, spelers.zonnetje)), door=spelers.amina, nu=NU)

    gevonden = stand_bij_locatie(lopend(vraag, spelers.zonnetje), vers(vraag), peildatum=VANDAAG)
    assert (gevonden.etiket, gevonden.zin, gevonden.jouw_beurt) == (
        "Jij houdt deze plaats vast",
        "Beslis ten laatste op donderdag 12 maart 2026. "
        "Beslis je niets, dan komt de plaats daarna vrij.",
        False,
    )


def test_placed_question_tells_every_location_apart(spelers, vraag):
    aanvaard(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU)
    vraag = vers(vraag)

    etiketten = [
        stand_bij_locatie(a, vraag, peildatum=VANDAAG).etiket for a in vraag.aanmeldingen.all()
    ]

    assert etiketten == ["Jouw plaats", "Gestopt"]


def test_offer_that_was_declined_or_forgotten(spelers, vraag):
    weiger_voorstel(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU)
    laat_verlopen(maak_voorstel(bij(vraag, spelers.zonnetje)), nu=NU + 30 * DAG)
    vraag = vers(vraag)

    etiketten = [
        stand_bij_locatie(a, vraag, peildatum=VANDAAG).etiket for a in vraag.aanmeldingen.all()
    ]

    assert etiketten == ["Niet aangenomen", "Voorstel verlopen"]


def test_question_that_is_looked_into_was_not_sent(spelers, vraag):
    tweede = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.bram,
        kinderen=(kind_gegevens(voornaam="Lou", familienaam="Janssens"),),
    )

    assert stand(tweede, spelers.egeltjes)[:3] == (
        "",
        "Nog niet verstuurd",
        "Vertrekt zodra het loket je vraag heeft nagekeken.",
    )
    assert kern(vers(tweede)).zin == (
        "Het loket kijkt je vraag na. Daarna gaat ze naar de opvang die je koos."
    )


@pytest.mark.parametrize("status", Aanmeldingstatus.values)
def test_every_state_has_words(spelers, vraag, status):
    aanmelding = bij(vraag, spelers.egeltjes)
    aanmelding.status = status
    aanmelding.weigerreden = Weigerreden.VOLZET if status == "geweigerd_door_opvang" else ""

    gevonden = stand_bij_locatie(aanmelding, vraag, peildatum=VANDAAG)

    assert gevonden.etiket
    assert gevonden.zin.endswith(".")


# In one sentence


def test_core_counts_who_looks_and_where_the_family_waits(spelers, vraag):
    assert kern(vers(vraag)).zin == "2 opvangplekken bekijken je vraag. Jij hoeft nu niets te doen."

    zet_op_wachtlijst(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=NU)

    assert kern(vers(vraag)).zin == (
        "1 opvangplek bekijkt je vraag. Je staat op 1 wachtlijst. Jij hoeft nu niets te doen."
    )


def test_core_without_any_chance_sends_to_the_loket(spelers, vraag):
    for aanmelding in vraag.aanmeldingen.all():
        weiger(aanmelding, reden=Weigerreden.VOLZET, door=None, nu=NU)

    assert kern(vers(vraag)).zin == (
        "Geen enkele opvang heeft nu plaats. Bel het loket: we zoeken samen verder."
    )


def test_core_of_an_offer_is_the_parents_turn(spelers, vraag):
    maak_voorstel(bij(vraag, spelers.egeltjes))

    een = kern(vers(vraag))
    maak_voorstel(bij(vraag, spelers.zonnetje))
    twee = kern(vers(vraag))

    assert (een.kop, een.beurt) == ("Er is een plaats", True)
    assert een.zin == "De Egeltjes wil je kind opvangen. Laat weten wat je doet."
    assert (
        twee.zin == "De Egeltjes en Het Zonnetje willen je kind opvangen. Laat weten wat je doet."
    )


def test_core_of_a_held_place_reminds(spelers, vraag):
    hou_vast(maak_voorstel(bij(vraag, spelers.zonnetje)), door=spelers.amina, nu=NU)

    gevonden = kern(vers(vraag))

    assert (gevonden.kop, gevonden.zin, gevonden.beurt) == (
        "Je vraag voor Lou Peeters",
        "Je houdt een plaats vast bij Het Zonnetje. Beslis op tijd.",
        True,
    )


def test_core_of_a_placed_question_is_the_place(spelers, vraag):
    aanvaard(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU)

    gevonden = kern(vers(vraag))

    assert gevonden.kop == "Lou Peeters heeft een plaats"
    assert gevonden.zin == "Bij De Egeltjes, vanaf dinsdag 1 september 2026."


def test_core_of_a_placed_baby_starts_with_a_capital(spelers):
    baby = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(kind_gegevens(familienaam="Maes", verwachte_geboortedatum=dt.date(2026, 4, 1)),),
    )
    aanvaard(maak_voorstel(bij(baby, spelers.egeltjes)), door=None, nu=NU)

    assert kern(vers(baby)).kop == "Baby Maes heeft een plaats"


def test_core_of_what_ended(spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes])
    sluit_onbeantwoord_af(ander, door=spelers.carla, nu=NU)
    trek_in(vraag, door=spelers.amina, nu=NU)

    assert kern(vers(vraag)).zin == "Deze vraag is gestopt."
    assert kern(vers(ander)).zin == "We vonden samen geen plaats. Het loket sloot je vraag af."


def test_long_list_of_names_is_cut(spelers):
    namen = ["Aap", "Beer", "Cavia", "Das", "Egel"]
    locaties = [maak_locatie(naam, loket=spelers.loket) for naam in namen]
    vraag = maak_vraag(spelers.loket, locaties)
    for locatie in locaties:
        maak_voorstel(bij(vraag, locatie))

    assert kern(vers(vraag)).zin.startswith("Aap, Beer, Cavia en 2 andere willen")


# Holding


def test_holding_names_what_is_waited_for(spelers, vraag):
    voorstel = maak_voorstel(bij(vraag, spelers.zonnetje))
    alle = list(vers(vraag).aanmeldingen.all())

    bod = Bod.van(voorstel, alle[1], alle, nu=NU)

    assert (bod.wacht_nog_op, bod.beter, bod.kan_vasthouden) == ("De Egeltjes",) * 2 + (True,)
    assert bod.laatste_dag == dt.date(2026, 3, 12)


def test_nothing_better_to_wait_for_is_nothing_to_hold(spelers, vraag):
    eerste = maak_voorstel(bij(vraag, spelers.egeltjes))
    alle = list(vers(vraag).aanmeldingen.all())
    assert Bod.van(eerste, alle[0], alle, nu=NU).kan_vasthouden is False

    weiger_voorstel(eerste, door=None, nu=NU)
    tweede = maak_voorstel(bij(vraag, spelers.zonnetje))
    alle = list(vers(vraag).aanmeldingen.all())

    assert Bod.van(tweede, alle[1], alle, nu=NU).kan_vasthouden is False


# What happened


def test_story_of_a_question_from_begin_to_place(spelers, vraag):
    egeltjes, zonnetje = bij(vraag, spelers.egeltjes), bij(vraag, spelers.zonnetje)
    markeer_gezien(zonnetje, door=spelers.greet, nu=NU + DAG)
    zet_op_wachtlijst(egeltjes, door=spelers.farid, nu=NU + 2 * DAG)
    voorstel = maak_voorstel(zonnetje, nu=NU + 3 * DAG)
    hou_vast(voorstel, door=spelers.amina, nu=NU + 4 * DAG)
    bevestig(vraag, door=spelers.amina, nu=NU + 5 * DAG)
    aanvaard(voorstel, door=spelers.amina, nu=NU + 6 * DAG)

    verhaal = verloop(list(gebeurtenissen_van(vraag)))

    assert [(feit.op, feit.zin) for feit in verhaal] == [
        (VANDAAG, "Je vraag ging naar de opvang"),
        (VANDAAG + DAG, "Het Zonnetje las je vraag"),
        (VANDAAG + 2 * DAG, "Je staat op de wachtlijst van De Egeltjes"),
        (VANDAAG + 3 * DAG, "Het Zonnetje biedt je een plaats aan"),
        (VANDAAG + 4 * DAG, "Je houdt de plaats bij Het Zonnetje vast"),
        (VANDAAG + 5 * DAG, "Je vraag klopte nog"),
        (VANDAAG + 6 * DAG, "Je nam de plaats bij Het Zonnetje"),
    ]


def test_story_of_no_after_no(spelers, vraag):
    egeltjes, zonnetje = bij(vraag, spelers.egeltjes), bij(vraag, spelers.zonnetje)
    weiger(egeltjes, reden=Weigerreden.VOLZET, door=None, nu=NU)
    weiger_voorstel(maak_voorstel(zonnetje), door=spelers.amina, nu=NU)
    sluit_onbeantwoord_af(vraag, door=spelers.carla, nu=NU + DAG)

    assert zinnen(vraag) == [
        "Je vraag ging naar de opvang",
        "De Egeltjes heeft geen plaats",
        "Het Zonnetje biedt je een plaats aan",
        "Je nam de plaats bij Het Zonnetje niet",
        "Het loket sloot je vraag af: er was geen plaats",
    ]


def test_story_of_offers_that_went(spelers, vraag):
    trek_voorstel_in(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.farid, nu=NU + DAG)
    laat_verlopen(maak_voorstel(bij(vraag, spelers.zonnetje), nu=NU + DAG), nu=NU + 30 * DAG)

    assert zinnen(vraag)[1:] == [
        "De Egeltjes biedt je een plaats aan",
        "De Egeltjes trok het voorstel in",
        "Je staat op de wachtlijst van De Egeltjes",
        "Het Zonnetje biedt je een plaats aan",
        "De tijd om Het Zonnetje te antwoorden ging voorbij",
    ]


def test_story_leaves_out_offers_that_fell_away_with_the_end(spelers, vraag):
    maak_voorstel(bij(vraag, spelers.zonnetje))
    aanvaard(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU + DAG)

    assert zinnen(vraag)[-1] == "Je nam de plaats bij De Egeltjes"
    assert "Het Zonnetje trok het voorstel in" not in zinnen(vraag)


def test_story_of_a_birth_and_a_stop(spelers):
    baby = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(kind_gegevens(verwachte_geboortedatum=dt.date(2026, 3, 1)),),
    )
    meld_geboorte(baby, geboortedatum=VANDAAG, voornaam="Noa", door=None, nu=NU + DAG)
    trek_in(baby, door=None, nu=NU + 2 * DAG)

    assert zinnen(baby) == [
        "Je vraag ging naar de opvang",
        "De geboorte werd gemeld",
        "Je vraag is gestopt",
    ]


def test_story_of_a_question_that_waits_for_the_loket(spelers, vraag):
    tweede = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(kind_gegevens(voornaam="Lou", familienaam="Janssens"),),
    )

    assert zinnen(tweede) == ["Het loket kreeg je vraag"]


# What is to come


def test_answers_and_deadlines_come_in_order(spelers, vraag):
    aanbod = maak_aanbod(spelers.egeltjes)
    maak_voorstel(bij(vraag, spelers.egeltjes), aanbod)

    assert straks(vraag) == [
        (dt.date(2026, 3, 12), "Laatste dag om De Egeltjes te antwoorden"),
        (
            dt.date(2026, 3, 16),
            "Voor deze dag antwoordt Het Zonnetje. Zo niet, dan vraagt het loket het na",
        ),
    ]


def test_each_location_answers_before_its_own_day(spelers, vraag):
    vraag.aanmeldingen.filter(locatie=spelers.zonnetje).update(antwoord_voor=VANDAAG + 5 * DAG)

    assert [zin for _op, zin in straks(vraag)] == [
        "Voor deze dag antwoordt Het Zonnetje. Zo niet, dan vraagt het loket het na",
        "Voor deze dag antwoordt De Egeltjes. Zo niet, dan vraagt het loket het na",
    ]


def test_no_answer_is_promised_of_a_wish_below_a_place_that_is_held(spelers):
    vraag = maak_vraag(
        spelers.loket,
        [maak_locatie(loket=spelers.loket), spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
    )
    hou_vast(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU)

    assert not [zin for _op, zin in straks(vraag) if "Het Zonnetje" in zin]


def test_late_answers_are_no_longer_to_come(vraag):
    assert straks(vraag, peildatum=dt.date(2026, 3, 17)) == []


def test_first_day_is_to_come_until_it_has_come(spelers, vraag):
    aanvaard(maak_voorstel(bij(vraag, spelers.egeltjes)), door=spelers.amina, nu=NU)

    assert straks(vraag) == [(START, "Eerste dag bij De Egeltjes")]
    assert straks(vraag, peildatum=START) == []


def test_nothing_is_to_come_after_the_end(spelers, vraag):
    trek_in(vraag, door=spelers.amina, nu=timezone.now())

    assert straks(vraag) == []
