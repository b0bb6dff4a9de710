"""The counter goes on with what a family began online: only with the family, and on record."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.concept import begin_concept, bewaar_stap
from aanvragen.models import Concept, Opvangvraag
from aanvragen.workflow import Kanaal
from loket.models import Gebeurtenis, Inzage
from tests.aanvragen.invullen import antwoorden
from tests.aanvragen.test_balie_nieuw import NIEUW, ingevuld
from tests.fabrieken import NU

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
ZOEK = "/balie/nieuw/verder/"


@pytest.fixture
def concept(spelers) -> Concept:
    """Nora Haddad filled in who she is, and her child; then she came to the counter."""
    concept = begin_concept(loket=spelers.loket, gebruiker=None, nu=NU)
    alles = antwoorden(spelers.loket, [spelers.zonnetje])
    for stap in ("wie", "kind"):
        invoer = {
            naam: waarde if isinstance(waarde, list) else [waarde]
            for naam, waarde in alles[stap].items()
        }
        bewaar_stap(concept, stap, invoer, nu=NU)
    return concept


def zoek(client, contact="nora@voorbeeld.test", familienaam="Haddad", **anders):
    gegevens = {"contact": contact, "familienaam": familienaam, "aanwezig": "on", **anders}
    return client.post(ZOEK, {k: v for k, v in gegevens.items() if v is not None})


def _gevonden(antwoord) -> list[Concept]:
    return [een for een, _token in antwoord.context["gevonden"]]


@pytest.mark.parametrize("wie", ["carla", "els"])
@pytest.mark.parametrize("contact", ["NORA@voorbeeld.test", "0470 12 34 56", "+32 470 12.34.56"])
def test_a_family_that_says_two_things_of_itself_is_found(client, spelers, concept, wie, contact):
    client.force_login(getattr(spelers, wie))

    antwoord = zoek(client, contact, "haddád")

    assert _gevonden(antwoord) == [concept]
    # Nothing of it is shown before somebody opens it, on record.
    assert "Nora" not in antwoord.content.decode()
    assert not Inzage.objects.exists()


@pytest.mark.parametrize(
    ("contact", "familienaam"),
    [("nora@voorbeeld.test", "Peeters"), ("ander@voorbeeld.test", "Haddad"), ("0470", "Haddad")],
)
def test_one_thing_is_not_enough(client, spelers, concept, contact, familienaam):
    client.force_login(spelers.carla)

    antwoord = zoek(client, contact, familienaam)

    assert _gevonden(antwoord) == []
    assert "We vinden geen aanvraag met deze gegevens." in antwoord.content.decode()


def test_without_the_family_there_is_no_search(client, spelers, concept):
    client.force_login(spelers.carla)

    antwoord = zoek(client, aanwezig=None)

    assert (antwoord.status_code, _gevonden(antwoord)) == (422, [])
    assert "Vink aan dat het gezin er is." in antwoord.content.decode()


def test_another_loket_finds_nothing(client, spelers, concept):
    client.force_login(spelers.dirk)

    assert _gevonden(zoek(client)) == []


def _token(client) -> str:
    ((_concept, token),) = zoek(client).context["gevonden"]
    return token


def test_the_page_is_filled_in_and_the_look_is_on_record(client, spelers, concept):
    client.force_login(spelers.carla)

    antwoord = client.post(NIEUW, {"actie": "verder", "concept": _token(client)})

    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert 'value="Nora"' in tekst
    assert 'value="nora@voorbeeld.test"' in tekst
    assert "Fout:" not in tekst
    inzage = Inzage.objects.get()
    assert (inzage.gebruiker, inzage.onderwerp_soort, inzage.onderwerp_id, inzage.reden) == (
        spelers.carla,
        "aanvragen.concept",
        concept.pk,
        "het gezin vroeg om verder te doen",
    )
    assert Gebeurtenis.objects.filter(werkwoord="aanvragen.concept.geopend").count() == 1


def test_sending_it_finishes_the_draft_once(client, spelers, concept):
    client.force_login(spelers.carla)
    gegevens = ingevuld(spelers, kanaal="papier", concept=_token(client))

    eerste, tweede = client.post(NIEUW, gegevens), client.post(NIEUW, gegevens)

    vraag = Opvangvraag.objects.get()
    concept.refresh_from_db()
    assert (eerste.status_code, tweede.status_code) == (302, 422)
    assert (vraag.kanaal, vraag.ingevoerd_door) == (Kanaal.PAPIER, spelers.carla)
    assert concept.afgerond_op == NU
    assert concept.gegevens == {"verstuurd": {"referentie": [vraag.referentie]}}
    assert "Deze aanvraag is intussen verstuurd of weggegooid." in tweede.content.decode()


def test_the_token_survives_a_button_and_an_error(client, spelers, concept):
    client.force_login(spelers.carla)
    token = _token(client)

    for gegevens in (
        ingevuld(spelers, concept=token, actie="zoek"),
        ingevuld(spelers, concept=token, familienaam=""),
    ):
        assert client.post(NIEUW, gegevens).context["concept"] == token


@pytest.mark.parametrize("soort", ["van een collega", "geknoeid", "te oud", "leeg"])
def test_a_token_is_of_who_found_it_today(client, spelers, concept, op_die_dag, soort):
    client.force_login(spelers.carla)
    token = _token(client)
    if soort == "van een collega":
        client.force_login(spelers.els)
    elif soort == "geknoeid":
        token = f"x{token}"
    elif soort == "te oud":
        op_die_dag.move_to(NU + dt.timedelta(hours=9))
        client.force_login(spelers.carla)
    else:
        token = ""

    antwoord = client.post(NIEUW, {"actie": "verder", "concept": token}, follow=True)

    assert antwoord.redirect_chain == [(ZOEK, 302)]
    assert "Deze aanvraag is er niet meer. Zoek opnieuw." in antwoord.content.decode()
    assert not Inzage.objects.exists()
