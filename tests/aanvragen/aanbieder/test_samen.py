"""One answer to several families: chosen, looked at, sent, and an outcome for each."""

from __future__ import annotations

import uuid

import pytest
import time_machine

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.domain.samen_antwoorden import antwoord_samen, stand_van
from aanvragen.domain.stoppen import trek_in
from aanvragen.models import Aanmelding
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.models import Bericht
from tests.aanvragen.aanbieder.fabrieken import lees, om
from tests.fabrieken import NU, maak_vraag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
PAD = "/aanbod/vragen/samen/"


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def als_farid(client, spelers):
    client.force_login(spelers.farid)
    return client


@pytest.fixture
def drie(spelers) -> list[Aanmelding]:
    return [maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get() for _ in range(3)]


def _gekozen(aanmeldingen, **velden) -> dict[str, object]:
    return {"kies": [str(een.uuid) for een in aanmeldingen], "keuze": "volzet", **velden}


def _verstuur(aanmeldingen, **velden) -> dict[str, object]:
    """What the page that is looked at before sends back."""
    gezien = {f"gezien-{een.uuid}": stand_van(een) for een in aanmeldingen}
    return _gekozen(aanmeldingen, stap="verstuur", **gezien, **velden)


def _standen(aanmeldingen) -> list[str]:
    pks = [een.pk for een in aanmeldingen]
    return list(
        Aanmelding.objects.filter(pk__in=pks).order_by("pk").values_list("status", flat=True)
    )


def test_choosing_and_looking_change_nothing(als_farid, drie):
    kiezen = als_farid.get(PAD, {"kies": [str(een.uuid) for een in drie]})
    nakijken = als_farid.post(PAD, _gekozen(drie, stap="nakijken", toelichting="Tot later."))

    assert "Antwoord aan 3 gezinnen" in lees(kiezen)
    tekst = lees(nakijken)
    assert "Nee: we zijn volzet in die periode" in tekst
    assert "Elk gezin leest ook: “Tot later.”" in tekst
    assert "Verstuur 3 antwoorden" in tekst
    assert _standen(drie) == ["verzonden"] * 3


def test_every_family_gets_the_answer_with_its_reason(als_farid, drie):
    als_farid.post(PAD, _gekozen(drie, stap="nakijken"))

    antwoord = als_farid.post(PAD, _verstuur(drie, toelichting="Tot later."), follow=True)

    assert antwoord.redirect_chain == [("/aanbod/vragen/samen/klaar/", 302)]
    assert "3 antwoorden zijn verstuurd" in lees(antwoord)
    assert _standen(drie) == ["geweigerd_door_opvang"] * 3
    assert set(Aanmelding.objects.values_list("weigerreden", "toelichting")) == {
        ("volzet", "Tot later.")
    }
    assert Bericht.objects.filter(sjabloon="aanvragen/geen_plaats").count() == 3


def test_what_one_family_refuses_does_not_stop_the_others(als_farid, drie):
    velden = _verstuur(drie)
    trek_in(drie[1].opvangvraag, door=None, nu=NU)
    zet_op_wachtlijst(drie[2], door=None, nu=NU)

    tekst = lees(als_farid.post(PAD, velden, follow=True))

    assert "1 antwoord is verstuurd" in tekst
    assert "1 gezin kreeg geen antwoord. Hieronder staat waarom." in tekst
    assert "Iemand anders was je net voor." in tekst
    assert _standen(drie) == ["geweigerd_door_opvang", "vervallen", "wachtlijst"]


def test_the_look_says_beforehand_who_gets_no_answer(als_farid, drie):
    zet_op_wachtlijst(drie[0], door=None, nu=NU)
    weiger(drie[1], reden=Weigerreden.DAGEN, door=None, nu=NU)

    antwoord = als_farid.post(PAD, _gekozen(drie, stap="nakijken", keuze="wachtlijst"))

    bezwaren = [bezwaar for _een, _stand, bezwaar in antwoord.context["rijen"]]
    assert (
        bezwaren
        == [
            "Dit gezin staat al op je wachtlijst.",
            "Dat kan niet meer: de situatie is intussen veranderd.",
            "",
        ]
        or antwoord.status_code == 422
    )


def test_families_of_whom_the_start_passed_stay_on_the_list_together(als_farid, drie, spelers):
    for een in drie:
        zet_op_wachtlijst(een, door=None, nu=NU)
        vraag_eindstatus(een, nu=om(2026, 9, 2))
        een.refresh_from_db()

    uitkomsten = antwoord_samen(
        drie,
        reden=None,
        gezien={een.uuid: stand_van(een) for een in drie},
        door=spelers.farid,
        nu=om(2026, 9, 3),
    )

    assert [uitkomst.gelukt for uitkomst in uitkomsten] == [True] * 3
    assert not Aanmelding.objects.exclude(eindstatus_voor=None).exists()


@pytest.mark.parametrize("stap", ["nakijken", "verstuur"])
def test_a_wrong_answer_keeps_what_was_typed(als_farid, drie, stap):
    antwoord = als_farid.post(
        PAD, {**_verstuur(drie), "stap": stap, "keuze": "anders", "toelichting": ""}
    )

    assert antwoord.status_code == 422
    assert "Schrijf kort wat de reden is. Het gezin leest dit." in lees(antwoord)
    assert _standen(drie) == ["verzonden"] * 3


def test_a_family_of_another_provider_can_not_be_chosen(als_farid, spelers, drie):
    vreemd = maak_vraag(spelers.loket, [spelers.zonnetje]).aanmeldingen.get()

    als_farid.post(PAD, _verstuur([*drie, vreemd]))

    vreemd.refresh_from_db()
    assert vreemd.status == Aanmeldingstatus.VERZONDEN
    assert _standen(drie) == ["geweigerd_door_opvang"] * 3


def test_nonsense_chooses_nobody(als_farid):
    antwoord = als_farid.post(
        PAD, {"kies": ["x", str(uuid.uuid4())], "stap": "verstuur", "keuze": "volzet"}
    )

    assert antwoord.status_code == 422
    assert "Je koos nog geen gezin" in lees(antwoord)


def test_an_answer_without_the_look_is_not_sent(als_farid, drie):
    """Nobody answers what was not shown: without the state that was seen nothing happens."""
    als_farid.post(PAD, _gekozen(drie, stap="verstuur"))

    assert _standen(drie) == ["verzonden"] * 3


def test_the_outcome_of_nothing_leads_back(als_farid):
    assert als_farid.get(f"{PAD}klaar/").headers["Location"] == "/aanbod/vragen/"


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_look_takes_the_same_queries(als_farid, drie, aantal, django_assert_max_num_queries):
    als_farid.get(PAD)

    with django_assert_max_num_queries(9):
        als_farid.post(PAD, _gekozen(drie[:aantal], stap="nakijken"))
