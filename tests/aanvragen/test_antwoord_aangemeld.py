"""A provider answers signed in: the list of its families, and one of them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.dubbels import voeg_samen
from aanvragen.domain.kiezen import aanvaard, hou_vast
from aanvragen.domain.stoppen import trek_in
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Aanmelding, Voorstel
from aanvragen.workflow import Aanmeldingstatus, Voorstelstatus, Weigerreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Inzage
from opvang.models import OrganisatorLid
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


def vraag_van_haddad(spelers, **velden):
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email="amina@voorbeeld.test",
            telefoon="0470 11 22 33",
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
        **velden,
    )


@pytest.fixture
def aanmelding(spelers) -> Aanmelding:
    return vraag_van_haddad(spelers).aanmeldingen.get()


@pytest.fixture
def als_farid(client, spelers):
    client.force_login(spelers.farid)
    return client


def pad(aanmelding) -> str:
    return f"/aanbod/vragen/{aanmelding.uuid}/"


# The list


def test_the_list_begins_with_what_waits_for_an_answer(als_farid, spelers, aanmelding):
    wachtlijst = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    zet_op_wachtlijst(wachtlijst, door=None, nu=NU)

    antwoord = als_farid.get("/aanbod/vragen/")

    tekst = antwoord.content.decode()
    assert [rij.aanmelding for rij in antwoord.context["rijen"]] == [aanmelding]
    assert [(naam, aantal) for naam, _titel, aantal in antwoord.context["lijsten"]] == [
        ("beantwoorden", 1),
        ("voorstellen", 0),
        ("wachtlijst", 1),
        ("klaar", 0),
    ]
    assert "Opvang vanaf 1 sep 2026" in tekst.replace("sep.", "sep")
    assert "nog 14 dagen" in tekst
    assert "Haddad" not in tekst
    assert "Noor" not in tekst


def test_each_list_holds_its_own(als_farid, spelers):
    def nieuw():
        return maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()

    open_, voorgesteld, later, nee = nieuw(), nieuw(), nieuw(), nieuw()
    maak_voorstel(voorgesteld)
    zet_op_wachtlijst(later, door=None, nu=NU)
    weiger(nee, reden=Weigerreden.VOLZET, door=None, nu=NU)

    def lijst(naam):
        return [
            r.aanmelding for r in als_farid.get(f"/aanbod/vragen/?lijst={naam}").context["rijen"]
        ]

    assert [lijst(n) for n in ("beantwoorden", "voorstellen", "wachtlijst", "klaar", "hack")] == [
        [open_],
        [voorgesteld],
        [later],
        [nee],
        [open_],
    ]


def test_a_second_offer_is_listed_once(als_farid, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)
    trek_voorstel_in(maak_voorstel(aanmelding, aanbod), door=None, nu=NU)
    aanmelding.refresh_from_db()
    maak_voorstel(aanmelding, aanbod)

    rijen = als_farid.get("/aanbod/vragen/?lijst=voorstellen").context["rijen"]

    assert [rij.aanmelding for rij in rijen] == [aanmelding]
    assert Voorstel.objects.filter(aanmelding=aanmelding).count() == 2


def test_a_provider_with_more_locations_can_look_at_one(als_farid, spelers, aanmelding):
    tweede = maak_locatie(
        "De Uiltjes", loket=spelers.loket, organisator=spelers.egeltjes.organisator, slug="uiltjes"
    )
    ander = maak_vraag(spelers.loket, [tweede]).aanmeldingen.get()

    def lijst(vraag):
        return [r.aanmelding for r in als_farid.get("/aanbod/vragen/" + vraag).context["rijen"]]

    assert lijst("") == [aanmelding, ander]
    assert lijst("?locatie=uiltjes") == [ander]
    assert lijst("?locatie=het-zonnetje") == [aanmelding, ander]


def test_another_provider_sees_nothing_of_it(client, spelers, aanmelding):
    client.force_login(spelers.greet)

    antwoord = client.get("/aanbod/vragen/")

    assert antwoord.context["rijen"] == []
    assert "Geen gezin wacht op je antwoord" in antwoord.content.decode()


@pytest.mark.parametrize("wie", ["amina", "carla", "els", "hanne", "ivo"])
def test_the_list_is_closed_for_who_runs_no_location(client, spelers, wie):
    client.force_login(getattr(spelers, wie))

    assert client.get("/aanbod/vragen/").status_code == 403


def test_a_question_that_waits_at_the_loket_is_not_shown(als_farid, spelers):
    kind = kind_gegevens(voornaam="Lou", geboortedatum=dt.date(2026, 1, 15))
    maak_vraag(spelers.loket, [spelers.zonnetje], kinderen=(kind,))
    dubbel = maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,))
    wacht = dubbel.aanmeldingen.get()

    assert als_farid.get("/aanbod/vragen/").context["rijen"] == []
    assert als_farid.get(pad(wacht)).status_code == 404

    voeg_samen(dubbel, door=spelers.carla, nu=NU)

    assert als_farid.get("/aanbod/vragen/?lijst=klaar").context["rijen"] == []
    assert als_farid.get(pad(wacht)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(
    als_farid, spelers, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        maak_vraag(spelers.loket, [spelers.egeltjes])
    maak_aanbod(spelers.egeltjes)

    with django_assert_num_queries(14):
        antwoord = als_farid.get("/aanbod/vragen/")

    assert len(antwoord.context["rijen"]) == aantal


def test_the_list_has_pages(als_farid, spelers):
    for _ in range(21):
        maak_vraag(spelers.loket, [spelers.egeltjes])

    eerste, tweede = (als_farid.get(f"/aanbod/vragen/?pagina={n}") for n in (1, 2))

    assert (len(eerste.context["rijen"]), len(tweede.context["rijen"])) == (20, 1)


# One request


def test_opening_a_request_tells_the_family_that_it_was_read(als_farid, spelers, aanmelding):
    als_farid.head(pad(aanmelding))
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN

    als_farid.get(pad(aanmelding))
    als_farid.get(pad(aanmelding))

    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.gezien_op) == (Aanmeldingstatus.GEZIEN, NU)
    gezien = gebeurtenissen_van(aanmelding.opvangvraag).filter(
        werkwoord="aanvragen.aanmelding.gezien"
    )
    assert [g.door for g in gezien] == [spelers.farid]


def test_before_an_offer_the_family_has_no_name(als_farid, aanmelding):
    maak_aanbod(aanmelding.locatie, [1, 1] + [0] * 12)

    tekst = als_farid.get(pad(aanmelding)).content.decode()

    for geheim in ("Haddad", "Noor", "Amina", "0470", "amina@"):
        assert geheim not in tekst
    assert "zie je hier zodra je een plaats voorstelt" in tekst
    assert "Past: maandag hele dag. Niet: dinsdag hele dag." in tekst
    assert not Inzage.objects.exists()


def test_with_an_offer_the_provider_can_reach_the_family_and_the_family_sees_that(
    als_farid, spelers, aanmelding
):
    maak_voorstel(aanmelding)

    tekst = als_farid.get(pad(aanmelding)).content.decode()

    assert "Amina Haddad" in tekst
    assert "0470 11 22 33" in tekst
    assert "amina@voorbeeld.test" in tekst
    assert "Het gezin ziet dat jij deze gegevens opende." in tekst
    inzage = Inzage.objects.get()
    assert (inzage.gebruiker, inzage.onderwerp_id, inzage.reden) == (
        spelers.farid,
        aanmelding.opvangvraag_id,
        "contactgegevens opvang",
    )


def test_a_family_that_found_care_elsewhere_is_no_longer_named(als_farid, spelers):
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
    )
    bij_farid, bij_greet = vraag.aanmeldingen.order_by("rang")
    maak_voorstel(bij_farid)
    aanvaard(maak_voorstel(bij_greet), door=None, nu=NU)

    tekst = als_farid.get(pad(bij_farid)).content.decode()

    assert "Het gezin heeft een plaats bij een andere opvang. Je hoeft niets te doen." in tekst
    assert "Noor" not in tekst
    assert "Het Zonnetje" not in tekst


def test_an_accepted_place_shows_who_comes(als_farid, aanmelding):
    aanvaard(maak_voorstel(aanmelding), door=None, nu=NU)

    tekst = als_farid.get(pad(aanmelding)).content.decode()

    assert (
        "Het gezin zegt ja. De plaats is vergeven vanaf dinsdag 1 september 2026, "
        "maandag en dinsdag hele dag." in tekst
    )
    assert "Amina Haddad" in tekst
    assert "Trek je voorstel in" not in tekst


def test_an_answer_is_kept_under_the_name_of_who_gave_it(als_farid, spelers, aanmelding):
    antwoord = als_farid.post(
        pad(aanmelding), {"antwoord": "nee", "keuze": "wachtlijst"}, follow=True
    )

    assert (
        "Het gezin staat op je wachtlijst en krijgt daarvan een mail." in antwoord.content.decode()
    )
    gedaan = gebeurtenissen_van(aanmelding.opvangvraag).first()
    assert (gedaan.werkwoord, gedaan.door, gedaan.namens) == (
        "aanvragen.aanmelding.wachtlijst",
        spelers.farid,
        "",
    )


def test_an_offer_is_confirmed_and_waits_for_the_family(als_farid, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)

    antwoord = als_farid.post(
        pad(aanmelding),
        {"antwoord": "ja", "plaats": aanbod.pk, "start": "2026-09-01"},
        follow=True,
    )

    assert (
        "Je voorstel is verstuurd. Je krijgt een mail als het gezin beslist."
        in antwoord.content.decode()
    )
    assert Voorstel.objects.get().status == Voorstelstatus.OPEN


def test_a_wrong_answer_gets_422(als_farid, aanmelding):
    assert als_farid.post(pad(aanmelding), {"antwoord": "nee"}).status_code == 422
    assert als_farid.post(pad(aanmelding), {}).status_code == 422


def test_a_held_offer_says_until_when(als_farid, spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.zonnetje, spelers.egeltjes]).aanmeldingen.get(
        locatie=spelers.egeltjes
    )
    hou_vast(maak_voorstel(aanmelding), door=None, nu=NU)

    tekst = als_farid.get(pad(aanmelding)).content.decode()

    assert (
        "Het gezin houdt je plaats vast tot en met donderdag 12 maart 2026 "
        "en wacht nog op een andere opvang. Daarna krijg je een mail." in tekst
    )


def test_an_offer_can_be_taken_back(als_farid, spelers, aanmelding):
    voorstel = maak_voorstel(aanmelding)

    antwoord = als_farid.post(f"{pad(aanmelding)}intrekken/", follow=True)

    assert "Je voorstel is ingetrokken." in antwoord.content.decode()
    voorstel.refresh_from_db()
    assert voorstel.status == Voorstelstatus.INGETROKKEN
    assert gebeurtenissen_van(aanmelding.opvangvraag).first().door == spelers.farid

    nog_eens = als_farid.post(f"{pad(aanmelding)}intrekken/", follow=True)

    assert "Er loopt geen voorstel meer voor dit gezin." in nog_eens.content.decode()


def test_an_accepted_place_can_not_be_taken_back(als_farid, aanmelding):
    aanvaard(maak_voorstel(aanmelding), door=None, nu=NU)

    als_farid.post(f"{pad(aanmelding)}intrekken/")

    assert Voorstel.objects.get().status == Voorstelstatus.AANVAARD


def test_a_request_at_another_provider_does_not_exist(client, spelers, aanmelding):
    maak_voorstel(aanmelding)
    client.force_login(spelers.greet)

    assert client.get(pad(aanmelding)).status_code == 404
    assert client.post(pad(aanmelding), {"antwoord": "nee", "keuze": "volzet"}).status_code == 404
    assert client.post(f"{pad(aanmelding)}intrekken/").status_code == 404
    assert client.get(f"/aanbod/vragen/{uuid.uuid4()}/").status_code == 404


def test_who_left_the_provider_sees_nothing_any_more(client, spelers, aanmelding):
    OrganisatorLid.objects.filter(gebruiker=spelers.farid).update(tot=dt.date(2026, 3, 2))
    client.force_login(spelers.farid)

    assert client.get(pad(aanmelding)).status_code == 403


def test_a_question_that_stopped_after_it_was_read_stays_as_a_line(als_farid, aanmelding):
    als_farid.get(pad(aanmelding))
    trek_in(aanmelding.opvangvraag, door=None, nu=NU)

    rijen = als_farid.get("/aanbod/vragen/?lijst=klaar").context["rijen"]

    assert [rij.aanmelding for rij in rijen] == [aanmelding]


def test_the_page_of_a_request_takes_few_queries(als_farid, spelers, django_assert_num_queries):
    wissel = vraag_gegevens(rooster_wissel=0b11)
    aanmelding = vraag_van_haddad(spelers, vraag=wissel).aanmeldingen.get()
    maak_voorstel(aanmelding)
    als_farid.get(pad(aanmelding))

    with django_assert_num_queries(10):
        als_farid.get(pad(aanmelding))
