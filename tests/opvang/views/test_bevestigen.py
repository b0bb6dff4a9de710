"""The link in the monthly mail: opening changes nothing, one tap confirms what was shown, once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import signing
from django.utils import timezone

from loket.models import Bericht, Gebeurtenis
from opvang.domain.bevestiglink import maak_token
from opvang.domain.herinneren import stuur_herinneringen
from opvang.domain.vrije_plaatsen import haal_periode_weg, pas_vrij_aan
from opvang.models import Plaatsaanbod
from tests.fabrieken import maak_aanbod, maak_locatie
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db

DAG = dt.timedelta(days=1)


@pytest.fixture
def nu(time_machine):
    """A Wednesday at noon; the clock stands still, so that days can be counted."""
    time_machine.move_to(dt.datetime(2026, 6, 3, 10, 0, tzinfo=dt.UTC), tick=False)
    return timezone.now()


@pytest.fixture
def aanbod(spelers, nu):
    return maak_aanbod(spelers.egeltjes, 2, nu=nu - 26 * DAG)


@pytest.fixture
def link(aanbod, nu):
    """The address in the mail that really went to the outbox."""
    stuur_herinneringen(nu=nu)
    (bericht,) = Bericht.objects.all()
    return re.search(r"/klopt/\S+/", bericht.tekst)[0]


def knop(antwoord) -> dict[str, str]:
    """What the one button sends."""
    return dict(re.findall(r'name="(gezien|laatste)" value="([^"]*)"', bron(antwoord)))


def test_link_opens_a_page_with_one_button_and_no_sign_in(client, link, aanbod):
    antwoord = client.get(link)

    woorden = tekst(antwoord)
    assert antwoord.status_code == 200
    assert titel(antwoord).startswith("Kloppen je vrije plaatsen nog?")
    assert "De Egeltjes: klopt dit nog?" in woorden
    assert "Er is niets veranderd" in woorden
    assert bron(antwoord).count("<form") == 1
    assert (antwoord["Referrer-Policy"], antwoord["X-Robots-Tag"]) == (
        "no-referrer",
        "noindex, nofollow",
    )
    assert "no-store" in antwoord["Cache-Control"]


def test_opening_alone_changes_nothing(client, link, aanbod):
    voor = list(Plaatsaanbod.objects.values())
    aantal = Gebeurtenis.objects.count()

    for _ in range(3):
        client.get(link)
        client.head(link)

    assert list(Plaatsaanbod.objects.values()) == voor
    assert Gebeurtenis.objects.count() == aantal


def test_one_tap_confirms_and_the_link_then_says_that_it_was_used(client, link, aanbod, nu):
    antwoord = client.post(link, knop(client.get(link)), follow=True)

    woorden = tekst(antwoord)
    assert antwoord.redirect_chain == [(link, 302)]
    assert "Bedankt, dit is bevestigd" in woorden
    assert "op woensdag 3 juni 2026 om 12.00 uur. De link is nu gebruikt." in woorden
    assert "<form" not in bron(antwoord)
    aanbod.refresh_from_db()
    assert (aanbod.laatst_bevestigd, aanbod.versie, aanbod.bevestigd_door) == (nu, 1, None)
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="opvang.vrije_plaatsen.bevestigd")
    assert (gebeurtenis.namens, gebeurtenis.door) == ("link in mail", None)


def test_used_link_does_not_confirm_again(client, link, aanbod, nu, time_machine):
    gegevens = knop(client.get(link))
    client.post(link, gegevens)
    time_machine.move_to(nu + 3 * DAG, tick=False)

    antwoord = client.post(link, gegevens, follow=True)

    assert "Bedankt, dit is bevestigd" in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == nu
    assert Gebeurtenis.objects.filter(werkwoord="opvang.vrije_plaatsen.bevestigd").count() == 1


def test_stale_page_is_told_what_changed_without_naming_anybody(client, link, aanbod, spelers, nu):
    gegevens = knop(client.get(link))
    eerder = nu - DAG
    pas_vrij_aan(aanbod, vrij=[1] * 14, verwachte_versie=1, door=spelers.farid, nu=eerder)

    antwoord = client.post(link, gegevens)

    woorden = tekst(antwoord)
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert (
        "Iemand van je team zette maandag tot en met vrijdag hele dag van 2 op 1 (periode"
        in woorden
    )
    assert "Farid" not in woorden
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == eerder
    # The link is still good: confirm what stands there now.
    assert client.post(link, knop(antwoord)).status_code == 302
    aanbod.refresh_from_db()
    assert (aanbod.laatst_bevestigd, aanbod.vrij) == (nu, [1] * 14)


def test_period_that_is_gone_is_told(client, link, aanbod, nu):
    gegevens = knop(client.get(link))
    haal_periode_weg(aanbod, verwachte_versie=1, door=None, nu=nu)

    antwoord = client.post(link, gegevens)

    assert antwoord.status_code == 422
    assert "haalde de periode" in tekst(antwoord)
    assert "Er loopt geen periode meer." in tekst(antwoord)
    assert "<form" not in bron(antwoord)


@pytest.mark.parametrize(
    "gegevens",
    [
        {},
        {"gezien": "x"},
        {"gezien": "1:1", "laatste": "²"},
        {"gezien": "9" * 40 + ":1", "laatste": "9" * 40},
        {"gezien": "\x00", "laatste": "\x00"},
    ],
)
def test_junk_confirms_nothing(client, link, aanbod, nu, gegevens):
    assert client.post(link, gegevens).status_code == 422
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == nu - 26 * DAG


def test_link_changes_no_figures(client, link, aanbod):
    meer = {f"p{aanbod.pk}-ma-vm": "9", "ma-vm": "9", f"p{aanbod.pk}-versie": "1", "plus": "ma-vm"}

    client.post(link, knop(client.get(link)) | meer)

    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie) == ([2] * 10 + [0] * 4, 1)


def test_link_is_not_widened_to_another_location(client, link, aanbod, spelers, nu):
    eigen = maak_locatie(loket=spelers.loket, organisator=spelers.egeltjes.organisator)
    andere = [maak_aanbod(locatie, nu=nu - 26 * DAG) for locatie in (eigen, spelers.zonnetje)]
    gezien = ",".join(f"{rij.pk}:1" for rij in [aanbod, *andere])

    assert client.post(link, {"gezien": gezien}).status_code == 422
    client.post(link, {"gezien": f"{aanbod.pk}:1"})

    vers = {rij.pk for rij in Plaatsaanbod.objects.filter(laatst_bevestigd=nu)}
    assert vers == {aanbod.pk}


def test_link_about_two_locations_confirms_both_or_none(client, aanbod, spelers, nu):
    tweede = maak_locatie("De Merel", loket=spelers.loket, organisator=spelers.egeltjes.organisator)
    ander = maak_aanbod(tweede, nu=nu - 26 * DAG)
    token = maak_token([spelers.egeltjes, tweede], nummer="x")
    link = f"/klopt/{token}/"
    gegevens = knop(client.get(link))
    pas_vrij_aan(ander, vrij=[0] * 14, verwachte_versie=1, door=None, nu=nu - DAG)

    assert client.post(link, gegevens).status_code == 422
    assert not Plaatsaanbod.objects.filter(laatst_bevestigd=nu).exists()
    assert client.post(link, knop(client.get(link))).status_code == 302
    assert Plaatsaanbod.objects.filter(laatst_bevestigd=nu).count() == 2


@pytest.mark.parametrize(
    ("dagen", "status"), [(39, 200), (40, 200), (41, 404)], ids=["ervoor", "net nog", "te laat"]
)
def test_link_dies_after_its_term(client, link, aanbod, nu, time_machine, dagen, status):
    time_machine.move_to(nu + dagen * DAG, tick=False)

    assert client.get(link).status_code == status


def test_dead_link_confirms_nothing_and_shows_a_way_on(client, link, aanbod, nu, time_machine):
    time_machine.move_to(nu + 41 * DAG, tick=False)

    antwoord = client.post(link, {"gezien": f"{aanbod.pk}:1"})

    assert antwoord.status_code == 404
    assert "Deze link werkt niet meer" in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == nu - 26 * DAG


@pytest.mark.parametrize("kapot", ["rommel", "a:b:c", "%00", "x" * 3000])
def test_link_that_was_tampered_with_is_404(client, kapot):
    assert client.get(f"/klopt/{kapot}/").status_code == 404


def test_token_of_another_purpose_opens_nothing(client, spelers):
    ander = signing.dumps([spelers.egeltjes.organisator_id, [spelers.egeltjes.pk], "x"], salt="z")

    assert client.get(f"/klopt/{ander}/").status_code == 404


def test_location_that_went_to_another_organisator_or_is_hidden_is_404(client, link, spelers):
    spelers.egeltjes.zichtbaar = False
    spelers.egeltjes.save()
    assert client.get(link).status_code == 404

    spelers.egeltjes.zichtbaar = True
    spelers.egeltjes.organisator = spelers.zonnetje.organisator
    spelers.egeltjes.save()
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_page_asks_the_same_of_the_database_for_any_number(
    client, spelers, nu, django_assert_num_queries, aantal
):
    organisator = spelers.egeltjes.organisator
    locaties = [maak_locatie(loket=spelers.loket, organisator=organisator) for _ in range(aantal)]
    for locatie in locaties:
        maak_aanbod(locatie, nu=nu)
    link = f"/klopt/{maak_token(locaties, nummer='x')}/"

    # Locations, periods, loket, used, last event.
    with django_assert_num_queries(5):
        client.get(link)
