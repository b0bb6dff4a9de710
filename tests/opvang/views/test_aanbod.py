"""A provider keeps its vacancies: with buttons, with numbers, with one tap; and never over somebody else's change."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from loket import week
from loket.models import Gebeurtenis
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd, haal_periode_weg, pas_vrij_aan
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


BEWAAR = "/aanbod/locatie/de-egeltjes/bewaar/"


def velden(aanbod, vrij, *, versie=1, was=VRIJ, **knop):
    """What the page sends of one period; a button names its number."""
    deel = {
        **dict(zip(week.CODES, vrij, strict=True)),
        "versie": versie,
        "was": ",".join(map(str, was)),
    }
    return {
        **{f"p{aanbod.pk}-{naam}": waarde for naam, waarde in deel.items()},
        **{naam: f"p{aanbod.pk}-{code}" for naam, code in knop.items()},
    }


def getallen(antwoord, pk) -> list[int]:
    """The numbers that stand in the form of this period."""
    markup = bron(antwoord)
    return [
        int(re.search(rf'name="p{pk}-{code}" value="(\d*)"[^>]*id="p{pk}-{code}"', markup)[1])
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
    formulier = markup[markup.index(f'action="{BEWAAR}"') :]

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

    # Session, person, memberships, terms, locations, periods, closings; the frame asks three more.
    with django_assert_num_queries(10):
        client.get("/aanbod/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_grid_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, django_assert_num_queries, aantal, nu, vandaag
):
    for _ in range(aantal):
        maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag)

    # As the list, what was changed last, and the licences (what the child ratios will change).
    with django_assert_num_queries(12):
        client.get("/aanbod/")


def test_period_that_ended_is_not_shown(client, farid, spelers, nu, vandaag):
    maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag - dt.timedelta(days=9), tot=vandaag)

    assert "Je gaf nog geen vrije plaatsen door" in tekst(client.get("/aanbod/"))


# Changing


def test_typed_numbers_are_kept(client, farid, aanbod):
    antwoord = client.post(BEWAAR, velden(aanbod, [3] * 14, bewaar="1"))

    assert (antwoord.status_code, antwoord["Location"]) == (
        302,
        "/aanbod/locatie/de-egeltjes/#rooster",
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

    client.post(BEWAAR, velden(aanbod, typte, **{knop: code}))

    aanbod.refresh_from_db()
    typte[index] = verwacht
    assert aanbod.vrij == typte


def test_button_stops_at_the_highest_number(client, farid, aanbod):
    client.post(BEWAAR, velden(aanbod, [200] * 14, plus="ma-vm"))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [200] * 14


def test_button_for_a_day_that_does_not_exist_only_keeps(client, farid, aanbod):
    client.post(BEWAAR, velden(aanbod, [1] * 14, plus="xx-yy"))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [1] * 14


def test_emptied_number_is_none(client, farid, aanbod):
    client.post(BEWAAR, velden(aanbod, [""] * 14))

    aanbod.refresh_from_db()
    assert aanbod.vrij == [0] * 14


@pytest.mark.parametrize("fout", ["-1", "201", "veel", "1.5", "9" * 40])
def test_number_that_cannot_be_is_told_and_nothing_is_lost(client, farid, aanbod, fout):
    gegevens = velden(aanbod, [4] * 14) | {f"p{aanbod.pk}-wo-nm": fout}

    antwoord = client.post(BEWAAR, gegevens)

    markup = bron(antwoord)
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert (
        f'<a href="#p{aanbod.pk}-wo-nm">Woensdag namiddag: vul een getal in van 0 tot 200.</a>'
        in markup
    )
    assert f'name="p{aanbod.pk}-wo-nm" value="{fout}"' in markup
    assert markup.count('value="4"') == 13
    aanbod.refresh_from_db()
    assert aanbod.vrij == VRIJ


def test_form_without_its_version_is_no_form(client, farid, aanbod):
    assert client.post(BEWAAR, {}).status_code == 422
    aanbod.refresh_from_db()
    assert aanbod.versie == 1


# Somebody else was first


def test_stale_page_is_told_what_changed_and_keeps_what_was_typed(
    client, farid, aanbod, spelers, nu
):
    anders = [1, 2, 9, 2, *VRIJ[4:]]
    pas_vrij_aan(aanbod, vrij=anders, verwachte_versie=1, door=spelers.greet, nu=nu)
    mijn = [5, 2, 2, 7, *VRIJ[4:]]

    antwoord = client.post(BEWAAR, velden(aanbod, mijn))

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
    nogmaals = client.post(BEWAAR, velden(aanbod, samen, versie=2, was=anders))
    assert nogmaals.status_code == 302
    aanbod.refresh_from_db()
    assert aanbod.vrij == samen


def test_family_that_took_a_place_meanwhile_counts_as_a_change(client, farid, spelers, nu, vandaag):
    start = vraag_gegevens(gewenste_start=vandaag + dt.timedelta(days=30))
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], vraag=start, nu=nu)
    aanbod = maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag)
    was = list(aanbod.vrij)
    maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=nu)

    antwoord = client.post(BEWAAR, velden(aanbod, [*was[:13], 3], was=was))

    assert antwoord.status_code == 422
    assert "Een gezin kreeg of nam net een plaats, of gaf er een terug." in tekst(antwoord)
    assert "Maandag voormiddag: eerst 1 vrij, nu 0 vrij." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.vrij == [0] * 4 + [1] * 6 + [0] * 4
    assert getallen(antwoord, aanbod.pk) == [0] * 4 + [1] * 6 + [0] * 3 + [3]


def test_stale_page_that_cannot_say_what_it_showed(client, farid, aanbod, spelers, nu):
    pas_vrij_aan(aanbod, vrij=[1] * 14, verwachte_versie=1, door=None, nu=nu)

    antwoord = client.post(BEWAAR, velden(aanbod, [1] * 14) | {f"p{aanbod.pk}-was": "rommel"})

    assert antwoord.status_code == 422
    woorden = tekst(antwoord)
    assert "Iemand anders wijzigde deze periode." in woorden
    assert "De aantallen zelf zijn gelijk gebleven." in woorden


def test_period_that_was_taken_back_meanwhile_is_told(client, farid, aanbod, spelers, nu, vandaag):
    blijft = maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=vandaag)
    gegevens = velden(aanbod, [1] * 14) | velden(blijft, [3] * 14, was=blijft.vrij)
    haal_periode_weg(aanbod, verwachte_versie=1, door=spelers.greet, nu=nu)

    antwoord = client.post(BEWAAR, gegevens, follow=True)

    # What was typed for a period that still exists is kept; nobody lost it.
    assert antwoord.redirect_chain == [("/aanbod/locatie/de-egeltjes/#rooster", 302)]
    assert "Een periode op je pagina is intussen weggehaald." in tekst(antwoord)
    assert "Bewaard. Ouders zien dit nu." in tekst(antwoord)
    blijft.refresh_from_db()
    assert blijft.vrij == [3] * 14
    assert client.post(BEWAAR, velden(aanbod, [1] * 14)).status_code == 422


def test_several_periods_are_kept_in_one_go_and_only_what_changed_is_confirmed(
    client, farid, aanbod, spelers, nu, vandaag
):
    oud = nu - dt.timedelta(days=50)
    straks = maak_aanbod(spelers.egeltjes, 1, nu=oud, vanaf=dt.date(2031, 1, 1))
    later = maak_aanbod(spelers.egeltjes, 1, nu=oud, vanaf=dt.date(2032, 1, 1))
    gegevens = (
        velden(aanbod, [3] * 14)
        | velden(straks, [4] * 14, was=straks.vrij)
        | velden(later, later.vrij, was=later.vrij)
    )

    antwoord = client.post(BEWAAR, gegevens)

    assert antwoord.status_code == 302
    rijen = {a.pk: (a.vrij, a.versie, a.laatst_bevestigd > nu) for a in Plaatsaanbod.objects.all()}
    assert rijen == {
        aanbod.pk: ([3] * 14, 2, True),
        straks.pk: ([4] * 14, 2, True),
        later.pk: (later.vrij, 1, False),
    }


def test_one_stale_period_keeps_all_of_them_as_they_were(
    client, farid, aanbod, spelers, nu, vandaag
):
    ander = maak_aanbod(spelers.egeltjes, 1, nu=nu, vanaf=dt.date(2031, 1, 1))
    pas_vrij_aan(ander, vrij=[7] * 14, verwachte_versie=1, door=spelers.greet, nu=nu)
    gegevens = velden(aanbod, [3] * 14) | velden(ander, [5] + [1] * 13, was=[1] * 14)

    antwoord = client.post(BEWAAR, gegevens)

    assert antwoord.status_code == 422
    aanbod.refresh_from_db()
    assert aanbod.vrij == VRIJ
    # Pressing again keeps what was typed in both.
    assert getallen(antwoord, aanbod.pk) == [3] * 14
    assert getallen(antwoord, ander.pk) == [5] + [7] * 13


def test_saving_without_a_change_changes_nothing(client, farid, aanbod):
    antwoord = client.post(BEWAAR, velden(aanbod, VRIJ), follow=True)

    assert "Je veranderde niets." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.versie == 1


# Undo, copy, history


def test_last_change_is_undone_with_one_button(client, farid, aanbod):
    eerder = aanbod.laatst_bevestigd
    client.post(BEWAAR, velden(aanbod, [3] * 14))
    pagina = bron(client.get("/aanbod/"))
    nummer = re.search(r'name="nummer" value="(\d+)"', pagina)[1]

    antwoord = client.post("/aanbod/locatie/de-egeltjes/ongedaan/", {"nummer": nummer}, follow=True)

    assert "Teruggedraaid." in tekst(antwoord)
    assert "Maak ongedaan" not in tekst(antwoord)
    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie, aanbod.laatst_bevestigd) == (VRIJ, 3, eerder)


@pytest.mark.parametrize("nummer", ["", "x", "9" * 30, "1", "-1", "\x00", "²"])
def test_undo_of_something_else_is_refused(client, farid, aanbod, nummer):
    client.post(BEWAAR, velden(aanbod, [3] * 14))

    antwoord = client.post("/aanbod/locatie/de-egeltjes/ongedaan/", {"nummer": nummer})

    assert antwoord.status_code == 422
    assert "Terugdraaien kan niet meer." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.vrij == [3] * 14


def test_undo_is_not_offered_for_what_a_colleague_did(client, farid, aanbod, spelers, nu):
    pas_vrij_aan(aanbod, vrij=[1] * 14, verwachte_versie=1, door=spelers.greet, nu=nu)

    assert "Maak ongedaan" not in tekst(client.get("/aanbod/"))


def test_figures_are_copied_to_the_next_month(client, farid, spelers, nu):
    bron_ = maak_aanbod(
        spelers.egeltjes, VRIJ, nu=nu, vanaf=dt.date(2031, 5, 1), tot=dt.date(2031, 6, 1)
    )
    assert "Kopieer naar juni 2031" in tekst(client.get("/aanbod/"))

    antwoord = client.post(
        "/aanbod/locatie/de-egeltjes/overnemen/", {"bron": bron_.pk, "versie": bron_.versie}
    )

    nieuw = spelers.egeltjes.plaatsaanbod.exclude(pk=bron_.pk).get()
    assert antwoord["Location"] == f"/aanbod/locatie/de-egeltjes/#periode-{nieuw.pk}"
    assert (nieuw.vanaf, nieuw.tot, nieuw.vrij) == (dt.date(2031, 6, 1), dt.date(2031, 7, 1), VRIJ)


def test_copy_starts_from_what_ended_when_nothing_runs(client, farid, spelers, nu, vandaag):
    begin = (vandaag.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    maak_aanbod(spelers.egeltjes, VRIJ, nu=nu, vanaf=begin, tot=vandaag.replace(day=1))

    assert "Kopieer naar" in tekst(client.get("/aanbod/"))


@pytest.mark.parametrize("bron_", ["", "x", "9" * 18])
def test_copying_what_is_not_there_is_404(client, farid, aanbod, bron_):
    adres = "/aanbod/locatie/de-egeltjes/overnemen/"

    assert client.post(adres, {"bron": bron_, "versie": "1"}).status_code == 404
    assert client.post(adres, {"bron": aanbod.pk, "versie": "7"}).status_code == 422


def test_history_says_what_changed_and_by_whom(client, farid, aanbod, spelers, nu):
    pas_vrij_aan(aanbod, vrij=[1, *VRIJ[1:]], verwachte_versie=1, door=spelers.greet, nu=nu)
    pas_vrij_aan(
        aanbod,
        vrij=[0, *VRIJ[1:]],
        verwachte_versie=2,
        door=None,
        namens="API-sleutel Deona",
        nu=nu,
    )
    bevestig_ongewijzigd(aanbod.locatie, door=None, namens="link in mail", nu=nu)

    woorden = tekst(client.get("/aanbod/locatie/de-egeltjes/geschiedenis/"))

    assert "Iemand met de link uit de mail bevestigde dat alles nog klopt." in woorden
    assert "Je eigen pakket (Deona) zette maandag voormiddag van 1 op 0 (periode vanaf" in woorden
    assert "Greet zette maandag voormiddag van 2 op 1 (periode vanaf" in woorden


def test_empty_history_leads_on(client, farid):
    woorden = tekst(client.get("/aanbod/locatie/de-egeltjes/geschiedenis/?pagina=x"))

    assert "Hier staat nog niets" in woorden


@pytest.mark.parametrize("aantal", [1, 3])
def test_history_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, nu, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        bevestig_ongewijzigd(spelers.egeltjes, door=spelers.greet, nu=nu)

    with django_assert_num_queries(9):
        client.get("/aanbod/locatie/de-egeltjes/geschiedenis/")


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
    gezien = f"{aanbod.pk}:1"
    antwoord = client.post(
        "/aanbod/locatie/de-egeltjes/klopt/", {"terug": "overzicht", "gezien": gezien}
    )

    assert antwoord["Location"] == "/aanbod/"


def test_one_tap_on_a_stale_page_is_refused(client, farid, aanbod, nu):
    pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=nu - dt.timedelta(days=1))

    antwoord = client.post("/aanbod/locatie/de-egeltjes/klopt/", {"gezien": f"{aanbod.pk}:1"})

    assert antwoord.status_code == 422
    assert "Iemand wijzigde net je vrije plaatsen. Kijk even of het nog klopt." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == nu - dt.timedelta(days=1)


@pytest.mark.parametrize("gezien", ["", "x", "1:1,2:2", "²:1", "9" * 40 + ":1"])
def test_one_tap_that_does_not_say_what_was_seen_is_refused(client, farid, aanbod, gezien):
    voor = aanbod.laatst_bevestigd

    for adres in ("/aanbod/locatie/de-egeltjes/klopt/", "/aanbod/klopt/"):
        assert client.post(adres, {"gezien": gezien}).status_code == 422

    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == voor


def test_one_tap_confirms_all_my_locations_and_nobody_elses(
    client, farid, spelers, aanbod, nu, vandaag
):
    tweede = maak_locatie("De Merel", loket=spelers.loket, organisator=spelers.egeltjes.organisator)
    oud = nu - dt.timedelta(days=40)
    van_mij = maak_aanbod(tweede, 1, nu=oud, vanaf=vandaag)
    van_greet = maak_aanbod(spelers.zonnetje, 1, nu=oud, vanaf=vandaag)
    gezien = re.search(r'name="gezien" value="([^"]*)"', bron(client.get("/aanbod/")))[1]

    antwoord = client.post("/aanbod/klopt/", {"gezien": gezien}, follow=True)

    assert antwoord.redirect_chain == [("/aanbod/", 302)]
    assert "Bedankt. 2 periodes zijn bevestigd." in tekst(antwoord)
    vers = {a.pk: a.laatst_bevestigd > nu for a in Plaatsaanbod.objects.all()}
    assert vers == {aanbod.pk: True, van_mij.pk: True, van_greet.pk: False}


def test_one_tap_for_all_is_refused_whole_when_one_changed(
    client, farid, spelers, aanbod, nu, vandaag
):
    tweede = maak_locatie("De Merel", loket=spelers.loket, organisator=spelers.egeltjes.organisator)
    oud = nu - dt.timedelta(days=40)
    ander = maak_aanbod(tweede, 1, nu=oud, vanaf=vandaag)
    pas_vrij_aan(ander, vrij=[0] * 14, verwachte_versie=1, door=None, nu=oud)

    antwoord = client.post("/aanbod/klopt/", {"gezien": f"{aanbod.pk}:1,{ander.pk}:1"})

    assert antwoord.status_code == 422
    assert "Er is nog niets bevestigd." in tekst(antwoord)
    assert not Plaatsaanbod.objects.filter(laatst_bevestigd__gt=nu).exists()


def test_one_tap_for_somebody_elses_period_is_refused(client, farid, spelers, aanbod, nu):
    van_greet = maak_aanbod(spelers.zonnetje, 1, nu=nu)

    antwoord = client.post("/aanbod/klopt/", {"gezien": f"{aanbod.pk}:1,{van_greet.pk}:1"})

    assert antwoord.status_code == 422
    van_greet.refresh_from_db()
    assert van_greet.laatst_bevestigd == nu


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
        ({"soort": "altijd"}, "Deze soort plaats bestaat niet."),
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
    ("post", "/aanbod/locatie/het-zonnetje/bewaar/"),
    ("post", "/aanbod/locatie/het-zonnetje/ongedaan/"),
    ("post", "/aanbod/locatie/het-zonnetje/overnemen/"),
    ("get", "/aanbod/locatie/het-zonnetje/geschiedenis/"),
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
        adres.format(pk=van_greet.pk),
        velden(van_greet, [9] * 14) | periode() if methode == "post" else None,
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

    assert streng.post(BEWAAR, velden(aanbod, [9] * 14)).status_code == 403
    assert client.get(BEWAAR).status_code == 405
    assert client.get("/aanbod/locatie/de-egeltjes/klopt/").status_code == 405
    assert client.get(f"/aanbod/periode/{aanbod.pk}/weg/").status_code == 405
