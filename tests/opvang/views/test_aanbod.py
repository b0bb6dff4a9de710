"""A provider keeps its vacancies: with buttons, with numbers, with one tap; and never over somebody else's change."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from loket import week
from loket.models import Gebeurtenis
from opvang.domain.vrije_plaatsen import pas_vrij_aan
from opvang.models import Plaatsaanbod
from tests.fabrieken import (
    maak_aanbod,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
    vraag_gegevens,
)
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db

VRIJ = [2, 2, 2, 2, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0]


@pytest.fixture
def nu():
    return timezone.now()


@pytest.fixture
def vandaag(nu):
    return timezone.localdate(nu)


@pytest.fixture
def farid(client, spelers):
    """Farid at his screen; De Egeltjes is his only location."""
    client.force_login(spelers.farid)
    return spelers.farid


@pytest.fixture
def aanbod(spelers, nu, vandaag):
    lang_geleden = nu - dt.timedelta(days=9)
    return maak_aanbod(
        spelers.egeltjes, VRIJ, nu=lang_geleden, vanaf=vandaag, bevestigd_door=spelers.farid
    )


def velden(vrij, *, versie=1, was=VRIJ, **meer):
    return {
        **dict(zip(week.CODES, vrij, strict=True)),
        "versie": versie,
        "was": ",".join(map(str, was)),
        **meer,
    }


def getallen(antwoord, pk) -> list[int]:
    """The numbers that stand in the form of this period."""
    markup = bron(antwoord)
    return [
        int(re.search(rf'name="{code}" value="(\d*)"[^>]*id="p{pk}_{code}"', markup)[1])
        for code in week.CODES
    ]


# Looking


def test_one_location_shows_its_grid_at_once(client, farid, aanbod):
    antwoord = client.get("/aanbod/")

    markup, woorden = bron(antwoord), tekst(antwoord)
    assert titel(antwoord).startswith("Vrije plaatsen van De Egeltjes")
    assert "Ouders zien nu: 2 plaatsen vrij" in woorden
    assert "Bevestigd 9 dagen geleden" in woorden
    assert getallen(antwoord, aanbod.pk) == VRIJ
    assert markup.count('<button name="min"') == markup.count('<button name="plus"') == 14
    assert 'aria-label="één plaats minder op woensdag voormiddag"' in markup
    assert "Alles klopt nog" in woorden


def test_enter_in_a_number_keeps_and_does_not_count(client, farid, aanbod):
    markup = bron(client.get("/aanbod/"))
    formulier = markup[markup.index(f'action="/aanbod/periode/{aanbod.pk}/"') :]

    assert re.search(r"<button[^>]*>", formulier)[0].startswith('<button class="vh" name="bewaar"')


def test_location_without_periods_says_what_parents_see(client, farid):
    woorden = tekst(client.get("/aanbod/"))

    assert "Ouders zien nu: Niet doorgegeven" in woorden
    assert "Is alles volzet? Geef dan een periode met nullen door." in woorden
    assert "Alles nog juist?" not in woorden


def test_several_locations_give_a_list(client, farid, spelers, aanbod, nu, vandaag):
    tweede = maak_locatie("De Merel", loket=spelers.loket, organisator=spelers.egeltjes.organisator)
    maak_aanbod(spelers.zonnetje, 1, nu=nu, vanaf=vandaag)

    antwoord = client.get("/aanbod/")

    woorden = tekst(antwoord)
    assert titel(antwoord).startswith("Mijn vrije plaatsen")
    assert "De Egeltjes Bevestigd 9 dagen geleden" in woorden
    assert "De Merel Nooit bevestigd" in woorden
    assert "Het Zonnetje" not in woorden
    assert f'href="/aanbod/locatie/{tweede.slug}/nieuw/"' in antwoord.content.decode()


def test_somebody_with_an_organisator_but_no_location(client, farid, spelers):
    spelers.egeltjes.delete()

    assert "Hier staat nog geen opvang van jou" in tekst(client.get("/aanbod/"))


@pytest.mark.parametrize("aantal", [2, 4])
def test_list_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, django_assert_num_queries, aantal, nu, vandaag
):
    for _ in range(aantal - 1):
        locatie = maak_locatie(loket=spelers.loket, organisator=spelers.egeltjes.organisator)
        maak_aanbod(locatie, 1, nu=nu, vanaf=vandaag)

    # Session, person, memberships, terms, locations, periods; the frame asks three things more.
    with django_assert_num_queries(9):
        client.get("/aanbod/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_grid_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, django_assert_num_queries, aantal, nu, vandaag
):
    for _ in range(aantal):
        maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag)

    with django_assert_num_queries(9):
        client.get("/aanbod/")


def test_period_that_ended_is_not_shown(client, farid, spelers, nu, vandaag):
    maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag - dt.timedelta(days=9), tot=vandaag)

    assert "Je gaf nog geen vrije plaatsen door" in tekst(client.get("/aanbod/"))


# Changing


def test_typed_numbers_are_kept(client, farid, aanbod):
    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/", velden([3] * 14, bewaar="1"))

    assert (antwoord.status_code, antwoord["Location"]) == (
        302,
        f"/aanbod/locatie/de-egeltjes/#periode-{aanbod.pk}",
    )
    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie, aanbod.bevestigd_door) == ([3] * 14, 2, farid)
    assert Gebeurtenis.objects.get(werkwoord="opvang.vrije_plaatsen.gewijzigd").door == farid
    pagina = client.get("/aanbod/")
    assert "Bewaard. Ouders zien dit nu." in tekst(pagina)
    assert "Bevestigd vandaag" in tekst(pagina)


@pytest.mark.parametrize(
    ("knop", "code", "index", "verwacht"),
    [("plus", "ma-vm", 0, 4), ("min", "ma-vm", 0, 2), ("min", "zo-nm", 13, 0)],
)
def test_button_counts_and_keeps_what_was_typed_elsewhere(
    client, farid, aanbod, knop, code, index, verwacht
):
    typte = [3] + [1] * 12 + [0]

    client.post(f"/aanbod/periode/{aanbod.pk}/", velden(typte, **{knop: code}))

    aanbod.refresh_from_db()
    typte[index] = verwacht
    assert aanbod.vrij == typte


def test_button_stops_at_the_highest_number(client, farid, aanbod):
    client.post(f"/aanbod/periode/{aanbod.pk}/", velden([200] * 14, plus="ma-vm"))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [200] * 14


def test_button_for_a_day_that_does_not_exist_only_keeps(client, farid, aanbod):
    client.post(f"/aanbod/periode/{aanbod.pk}/", velden([1] * 14, plus="xx-yy"))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [1] * 14


def test_emptied_number_is_none(client, farid, aanbod):
    client.post(f"/aanbod/periode/{aanbod.pk}/", velden([""] * 14))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [0] * 14


@pytest.mark.parametrize("fout", ["-1", "201", "veel", "1.5", "9" * 40])
def test_number_that_cannot_be_is_told_and_nothing_is_lost(client, farid, aanbod, fout):
    gegevens = velden([4] * 14) | {"wo-nm": fout}

    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/", gegevens)

    markup = bron(antwoord)
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert (
        f'<a href="#p{aanbod.pk}_wo-nm">Woensdag namiddag: vul een getal in van 0 tot 200.</a>'
        in markup
    )
    assert f'name="wo-nm" value="{fout}"' in markup
    assert markup.count('value="4"') == 13
    aanbod.refresh_from_db()
    assert aanbod.vrij == VRIJ


def test_form_without_its_version_is_no_form(client, farid, aanbod):
    assert client.post(f"/aanbod/periode/{aanbod.pk}/", {}).status_code == 422
    aanbod.refresh_from_db()
    assert aanbod.versie == 1


# Somebody else was first


def test_stale_page_is_told_what_changed_and_keeps_what_was_typed(
    client, farid, aanbod, spelers, nu
):
    anders = [1, 2, 9, 2, *VRIJ[4:]]
    pas_vrij_aan(aanbod, vrij=anders, verwachte_versie=1, door=spelers.greet, nu=nu)
    mijn = [5, 2, 2, 7, *VRIJ[4:]]

    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/", velden(mijn))

    woorden = tekst(antwoord)
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert "Er is intussen iets veranderd" in woorden
    assert "Greet bewaarde deze periode het laatst: vandaag om" in woorden
    assert "Maandag voormiddag: eerst 2 vrij, nu 1 vrij. Jij koos 5." in woorden
    assert "Dinsdag voormiddag: eerst 2 vrij, nu 9 vrij." in woorden
    assert "Dinsdag voormiddag: eerst 2 vrij, nu 9 vrij. Jij koos" not in woorden
    assert "Dinsdag namiddag: eerst" not in woorden
    aanbod.refresh_from_db()
    assert aanbod.vrij == anders
    # Mine where I changed something, theirs where I did not; pressing again keeps that.
    samen = [5, 2, 9, 7, *VRIJ[4:]]
    assert getallen(antwoord, aanbod.pk) == samen
    nogmaals = client.post(f"/aanbod/periode/{aanbod.pk}/", velden(samen, versie=2, was=anders))
    assert nogmaals.status_code == 302
    aanbod.refresh_from_db()
    assert aanbod.vrij == samen


def test_family_that_took_a_place_meanwhile_counts_as_a_change(client, farid, spelers, nu, vandaag):
    start = vraag_gegevens(gewenste_start=vandaag + dt.timedelta(days=30))
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], vraag=start, nu=nu)
    aanbod = maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag)
    was = list(aanbod.vrij)
    maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=nu)

    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/", velden(was, was=was))

    assert antwoord.status_code == 422
    assert "Een gezin kreeg of nam net een plaats, of gaf er een terug." in tekst(antwoord)
    assert "Maandag voormiddag: eerst 1 vrij, nu 0 vrij." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.vrij == [0] * 4 + [1] * 6 + [0] * 4


def test_stale_page_that_cannot_say_what_it_showed(client, farid, aanbod, spelers, nu):
    pas_vrij_aan(aanbod, vrij=[1] * 14, verwachte_versie=1, door=None, nu=nu)

    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/", velden([1] * 14) | {"was": "rommel"})

    assert antwoord.status_code == 422
    woorden = tekst(antwoord)
    assert "Iemand anders wijzigde deze periode." in woorden
    assert "De aantallen zelf zijn gelijk gebleven." in woorden


def test_period_that_was_taken_back_meanwhile_is_404(client, farid, aanbod):
    pk = aanbod.pk
    aanbod.delete()

    assert client.post(f"/aanbod/periode/{pk}/", velden([1] * 14)).status_code == 404


# One tap


def test_one_tap_confirms_everything(client, farid, aanbod, spelers, nu):
    maak_aanbod(spelers.egeltjes, 0, nu=nu - dt.timedelta(days=50), vanaf=dt.date(2031, 1, 1))
    gezien = re.search(r'name="gezien" value="([^"]*)"', bron(client.get("/aanbod/")))[1]

    antwoord = client.post("/aanbod/locatie/de-egeltjes/klopt/", {"gezien": gezien}, follow=True)

    assert antwoord.redirect_chain == [("/aanbod/locatie/de-egeltjes/", 302)]
    assert "Bedankt. 2 periodes van De Egeltjes zijn bevestigd." in tekst(antwoord)
    assert {a.laatst_bevestigd > nu for a in Plaatsaanbod.objects.all()} == {True}
    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie) == (VRIJ, 1)


def test_one_tap_from_the_list_goes_back_to_the_list(client, farid, aanbod):
    antwoord = client.post("/aanbod/locatie/de-egeltjes/klopt/", {"terug": "overzicht"})

    assert antwoord["Location"] == "/aanbod/"


def test_one_tap_on_a_stale_page_is_refused(client, farid, aanbod, nu):
    pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=nu - dt.timedelta(days=1))

    antwoord = client.post("/aanbod/locatie/de-egeltjes/klopt/", {"gezien": f"{aanbod.pk}:1"})

    assert antwoord.status_code == 422
    assert "Iemand wijzigde net je vrije plaatsen. Kijk even of het nog klopt." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == nu - dt.timedelta(days=1)


# A new period, another period, no period


def periode(**meer):
    return {
        **dict(zip(week.CODES, [1] * 14, strict=True)),
        "vanaf": "2031-09-01",
        "soort": "regulier",
        "leeftijd_vanaf": "0",
        "leeftijd_tot": "36",
        **meer,
    }


def test_new_period(client, farid, spelers):
    leeg = client.get("/aanbod/locatie/de-egeltjes/nieuw/")
    assert leeg.content.decode().count('value="0"') == 15

    antwoord = client.post(
        "/aanbod/locatie/de-egeltjes/nieuw/",
        periode(
            tot_en_met_dag="30",
            tot_en_met_maand="juni",
            tot_en_met_jaar="2032",
            leeftijd_tot="18",
            soort="dringend",
        ),
    )

    aanbod = spelers.egeltjes.plaatsaanbod.get()
    assert antwoord["Location"] == f"/aanbod/locatie/de-egeltjes/#periode-{aanbod.pk}"
    assert (aanbod.vanaf, aanbod.tot) == (dt.date(2031, 9, 1), dt.date(2032, 7, 1))
    assert (aanbod.soort, aanbod.leeftijd_tot, aanbod.vrij) == ("dringend", 18, [1] * 14)
    assert aanbod.bevestigd_door == farid


@pytest.mark.parametrize(
    ("fout", "bericht"),
    [
        ({"vanaf": ""}, "Vul een datum in."),
        ({"tot_en_met": "2031-08-31"}, "De laatste dag ligt voor de eerste dag."),
        ({"leeftijd_vanaf": "36"}, "De oudste leeftijd is hoger dan de jongste leeftijd."),
        ({"soort": "altijd"}, "Selecteer een geldige keuze"),
        ({"ma-vm": "201"}, "Maandag voormiddag: vul een getal in van 0 tot 200."),
    ],
)
def test_new_period_that_cannot_be(client, farid, fout, bericht):
    antwoord = client.post("/aanbod/locatie/de-egeltjes/nieuw/", periode(**fout))

    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert bericht in tekst(antwoord)
    assert not Plaatsaanbod.objects.exists()


def test_period_changes_its_dates(client, farid, aanbod):
    pagina = bron(client.get(f"/aanbod/periode/{aanbod.pk}/wijzig/"))
    assert f'name="vanaf_dag" value="{aanbod.vanaf.day}"' in pagina

    antwoord = client.post(
        f"/aanbod/periode/{aanbod.pk}/wijzig/",
        periode(versie=1, was=",".join(map(str, VRIJ)), tot_en_met="2031-09-01"),
    )

    assert antwoord.status_code == 302
    aanbod.refresh_from_db()
    assert (aanbod.vanaf, aanbod.tot, aanbod.vrij) == (
        dt.date(2031, 9, 1),
        dt.date(2031, 9, 2),
        [1] * 14,
    )
    weer = bron(client.get(f"/aanbod/periode/{aanbod.pk}/wijzig/"))
    assert 'name="tot_en_met_dag" value="1"' in weer


def test_period_of_a_stale_page_keeps_what_was_typed(client, farid, aanbod, nu):
    pas_vrij_aan(aanbod, vrij=[0, 7] + [0] * 12, verwachte_versie=1, door=None, nu=nu)
    gegevens = periode(versie=1, was=",".join(map(str, VRIJ)), leeftijd_tot="24")

    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/wijzig/", gegevens)

    woorden, markup = tekst(antwoord), bron(antwoord)
    assert antwoord.status_code == 422
    assert "Iemand anders wijzigde deze periode net. Nu staat er: maandag namiddag 7." in woorden
    assert 'name="leeftijd_tot" value="24"' in markup
    versie = re.search(r'name="versie" value="(\d+)"', markup)[1]
    was = re.search(r'name="was" value="([\d,]+)"', markup)[1]
    assert (
        client.post(
            f"/aanbod/periode/{aanbod.pk}/wijzig/", gegevens | {"versie": versie, "was": was}
        ).status_code
        == 302
    )
    aanbod.refresh_from_db()
    assert (aanbod.leeftijd_tot, aanbod.vrij) == (24, [1] * 14)


def test_period_that_cannot_be_changed_so(client, farid, aanbod):
    antwoord = client.post(
        f"/aanbod/periode/{aanbod.pk}/wijzig/", periode(versie=1, was="", tot_en_met="2031-08-01")
    )

    assert antwoord.status_code == 422
    assert "De laatste dag ligt voor de eerste dag." in tekst(antwoord)


def test_period_is_taken_back(client, farid, aanbod):
    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/weg/", {"versie": "1"}, follow=True)

    assert "De periode is weg. Ouders zien ze niet meer." in tekst(antwoord)
    assert not Plaatsaanbod.objects.exists()


@pytest.mark.parametrize("versie", ["2", "", "x", "9" * 20])
def test_period_is_not_taken_back_from_a_stale_page(client, farid, aanbod, versie):
    antwoord = client.post(f"/aanbod/periode/{aanbod.pk}/weg/", {"versie": versie})

    assert antwoord.status_code == 422
    assert "Iemand anders was je net voor." in tekst(antwoord)
    assert Plaatsaanbod.objects.count() == 1


# Whose it is


ADRESSEN = [
    ("get", "/aanbod/locatie/het-zonnetje/"),
    ("post", "/aanbod/locatie/het-zonnetje/klopt/"),
    ("get", "/aanbod/locatie/het-zonnetje/nieuw/"),
    ("post", "/aanbod/locatie/het-zonnetje/nieuw/"),
    ("post", "/aanbod/periode/{pk}/"),
    ("get", "/aanbod/periode/{pk}/wijzig/"),
    ("post", "/aanbod/periode/{pk}/wijzig/"),
    ("post", "/aanbod/periode/{pk}/weg/"),
]


@pytest.mark.parametrize(("methode", "adres"), ADRESSEN)
def test_another_providers_location_is_404_and_stays_as_it_is(
    client, farid, spelers, nu, methode, adres
):
    van_greet = maak_aanbod(spelers.zonnetje, VRIJ, nu=nu)

    antwoord = getattr(client, methode)(
        adres.format(pk=van_greet.pk), velden([9] * 14) | periode() if methode == "post" else None
    )

    assert antwoord.status_code == 404
    assert list(
        Plaatsaanbod.objects.values_list("pk", "plaatsen", "versie", "laatst_bevestigd")
    ) == [(van_greet.pk, VRIJ, 1, nu)]


@pytest.mark.parametrize(("methode", "adres"), [("get", "/aanbod/"), *ADRESSEN])
@pytest.mark.parametrize("wie", ["amina", "carla", "els", "ivo"])
def test_section_is_closed_for_who_works_for_no_organisator(
    client, spelers, nu, methode, adres, wie
):
    aanbod = maak_aanbod(spelers.zonnetje, nu=nu)
    client.force_login(getattr(spelers, wie))

    assert getattr(client, methode)(adres.format(pk=aanbod.pk)).status_code == 403


def test_visitor_signs_in_first(client):
    assert client.get("/aanbod/")["Location"] == "/accounts/login/?next=/aanbod/"


def test_changes_ask_for_a_post_with_its_token(client, farid, aanbod):
    from django.test import Client  # noqa: PLC0415 -- only here

    streng = Client(enforce_csrf_checks=True)
    streng.force_login(farid)

    assert streng.post(f"/aanbod/periode/{aanbod.pk}/", velden([9] * 14)).status_code == 403
    assert client.get(f"/aanbod/periode/{aanbod.pk}/").status_code == 405
    assert client.get("/aanbod/locatie/de-egeltjes/klopt/").status_code == 405
    assert client.get(f"/aanbod/periode/{aanbod.pk}/weg/").status_code == 405
