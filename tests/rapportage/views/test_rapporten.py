"""The pages of the reports, for who may see them and with what they hold."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from loket.models import Lidmaatschap, Rol
from rapportage.domain.status import meld_mislukt, meld_voortgang, neem
from rapportage.export import als_csv
from rapportage.models import CapaciteitsRapport
from rapportage.workflow import Stap
from tests.fabrieken import NU, VANDAAG, maak_lid, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport, voorbeeldgegevens

pytestmark = pytest.mark.django_db
OVERZICHT = "/rapporten/"


@pytest.fixture(autouse=True)
def _vandaag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def loket():
    return maak_loket("Loket Wilgenrade", slug="wilgenrade")


@pytest.fixture
def carla(loket):
    return maak_lid(loket, Rol.LOKETMEDEWERKER)


@pytest.fixture
def ivo(loket):
    return maak_lid(loket, Rol.SCHEPEN)


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker)
        return client

    return log_in


def mislukt(loket) -> CapaciteitsRapport:
    rapport = maak_rapport(loket)
    meld_mislukt(rapport.pk, neem(rapport.pk, nu=NU), nu=NU)
    return rapport


# The list


def test_the_list_shows_the_reports_of_the_loket_and_no_others(als, ivo, loket):
    eigen = bewaar_voorbeeld(loket, peildatum=dt.date(2026, 2, 28))
    lopend = maak_rapport(loket)
    vreemd = bewaar_voorbeeld(maak_loket(), peildatum=dt.date(2026, 1, 31))

    html = als(ivo).get(OVERZICHT).content.decode()

    assert html.index("2 maart 2026") < html.index("28 februari 2026")
    assert "31 januari 2026" not in html
    assert reverse("rapporten:pdf", args=[eigen.pk]) in html
    assert reverse("rapporten:pdf", args=[lopend.pk]) not in html
    assert f"/rapporten/{vreemd.pk}/" not in html


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_takes_the_same_queries_for_more_reports(
    als, carla, loket, aantal, django_assert_num_queries
):
    for nr in range(aantal):
        bewaar_voorbeeld(loket, peildatum=VANDAAG - dt.timedelta(days=nr), door=carla)
    client = als(carla)

    with django_assert_num_queries(7):
        html = client.get(OVERZICHT).content.decode()

    assert html.count('<th scope="row">') == aantal


def test_the_list_has_pages(als, carla, loket):
    for nr in range(21):
        bewaar_voorbeeld(loket, peildatum=VANDAAG - dt.timedelta(days=nr))
    client = als(carla)

    eerste, tweede = (client.get(OVERZICHT, {"pagina": nr}).content.decode() for nr in (1, 2))

    assert (eerste.count('<th scope="row">'), tweede.count('<th scope="row">')) == (20, 1)


def test_an_empty_list_says_what_happens_next(als, carla, ivo):
    assert "Vraag hierboven het eerste rapport." in als(carla).get(OVERZICHT).content.decode()
    html = als(ivo).get(OVERZICHT).content.decode()
    assert "Zodra er een klaar is, staat het hier en krijg je een mail." in html
    assert "Maak een nieuw rapport" not in html


def test_who_works_for_two_lokets_sees_whose_report_it_is(als, carla, loket):
    tweede = maak_loket("Loket Elders")
    maak_lid(tweede, Rol.LOKETMEDEWERKER, gebruiker=carla)
    bewaar_voorbeeld(tweede)

    html = als(carla).get(OVERZICHT).content.decode()

    assert '<th scope="col">Loket</th>' in html
    assert '<select name="loket"' in html


@pytest.mark.parametrize("rol", [Rol.VOORZITTER, Rol.TOELEIDER, Rol.BEHEERDER])
def test_the_section_is_not_for_other_roles(als, loket, rol):
    assert als(maak_lid(loket, rol)).get(OVERZICHT).status_code == 403


def test_a_visitor_signs_in_first(client):
    antwoord = client.get(OVERZICHT)

    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/accounts/login/?next=/rapporten/"


# Asking


DATUM = {"peildatum_dag": "28", "peildatum_maand": "februari", "peildatum_jaar": "2026"}


def test_staff_ask_for_a_report_and_follow_it(als, carla, loket):
    antwoord = als(carla).post(OVERZICHT, DATUM)

    rapport = CapaciteitsRapport.objects.get()
    assert (rapport.loket, rapport.peildatum) == (loket, dt.date(2026, 2, 28))
    assert (rapport.aangevraagd_door, rapport.aangevraagd_op) == (carla, NU)
    assert (antwoord.status_code, antwoord["Location"]) == (302, f"/rapporten/{rapport.pk}/")


def test_today_is_filled_in(als, carla):
    html = als(carla).get(OVERZICHT).content.decode()

    assert 'name="peildatum_jaar"' in html
    assert 'value="2026"' in html


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({**DATUM, "peildatum_jaar": "2027"}, "Kies vandaag of een vroegere dag."),
        ({**DATUM, "peildatum_dag": "31"}, "Deze dag bestaat niet."),
        ({}, "Vul een datum in."),
    ],
)
def test_a_wrong_day_is_said_above_and_beside_the_field(als, carla, velden, zin):
    antwoord = als(carla).post(OVERZICHT, velden)

    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "<title>Fout: Rapporten" in html
    assert html.count(zin) == 2
    assert 'href="#id_peildatum_dag"' in html
    assert not CapaciteitsRapport.objects.exists()


def test_the_schepen_reads_and_does_not_ask(als, ivo):
    assert als(ivo).post(OVERZICHT, DATUM).status_code == 403
    assert not CapaciteitsRapport.objects.exists()


def test_nobody_asks_for_another_loket(als, carla, loket):
    ander = maak_loket()

    als(carla).post(OVERZICHT, {**DATUM, "loket": str(ander.pk)})

    assert CapaciteitsRapport.objects.get().loket == loket  # the only one there is to choose


def test_who_works_for_two_lokets_chooses_among_those(als, carla, loket):
    tweede = maak_loket()
    maak_lid(tweede, Rol.LOKETMEDEWERKER, gebruiker=carla)
    client = als(carla)

    assert client.post(OVERZICHT, {**DATUM, "loket": str(maak_loket().pk)}).status_code == 422
    client.post(OVERZICHT, {**DATUM, "loket": str(tweede.pk)})

    assert CapaciteitsRapport.objects.get().loket == tweede


# One report


def test_the_page_shows_what_the_snapshot_holds(als, ivo, loket):
    rapport = bewaar_voorbeeld(loket)

    antwoord = als(ivo).get(f"/rapporten/{rapport.pk}/")

    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "<title>Kinderopvang in Lindehoek en Wilgenrade, 2 maart 2026 – Loket" in html
    assert html.count("<h1>") == 1
    assert "9 opvangvragen van 2026 bleven zonder plaats" in html
    assert '<p class="cijfer__getal">18</p>' in html
    assert '<td class="n stil">verborgen</td>' in html
    assert '<td class="n stil">niet gekend</td>' in html
    assert '<td class="n warmte--4">11</td>' in html
    assert "Telwijze" in html
    assert "style=" not in html


def test_every_figure_carries_definition_source_day_and_n(als, ivo, loket):
    rapport = bewaar_voorbeeld(loket)

    html = als(ivo).get(f"/rapporten/{rapport.pk}/").content.decode()

    for deel in ("plaatsen", "dekking", "vragen", "vrij", "tekort", "wijken", "verborgen"):
        assert f'<details class="uitklap" id="uitleg-{deel}">' in html
    assert "Bron: Het loket. Stand op 2 maart 2026." in html
    assert "Geteld over opvangvragen: 40." in html


@pytest.mark.parametrize("naam", ["rapport", "voortgang", "pdf", "csv"])
def test_another_lokets_report_does_not_exist(als, carla, naam):
    vreemd = bewaar_voorbeeld(maak_loket())

    assert als(carla).get(reverse(f"rapporten:{naam}", args=[vreemd.pk])).status_code == 404


@pytest.mark.parametrize("rol", [Rol.VOORZITTER, Rol.TOELEIDER, Rol.BEHEERDER])
def test_other_roles_of_the_loket_find_no_report(als, loket, rol):
    rapport = bewaar_voorbeeld(loket)

    assert als(maak_lid(loket, rol)).get(rapport.get_absolute_url()).status_code == 404


def test_a_schepen_of_yesterday_finds_no_report(als, ivo, loket):
    rapport = bewaar_voorbeeld(loket)
    Lidmaatschap.objects.filter(gebruiker=ivo).update(tot=VANDAAG)

    assert als(ivo).get(rapport.get_absolute_url()).status_code == 404


# Its files


def test_the_pdf_is_the_one_that_was_made(als, ivo, loket):
    rapport = bewaar_voorbeeld(loket)

    antwoord = als(ivo).get(f"/rapporten/{rapport.pk}/pdf")

    assert antwoord.content == b"%PDF-1.7 voorbeeld"
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == (
        'attachment; filename="capaciteit-wilgenrade-2026-03-02.pdf"'
    )
    assert antwoord["Cache-Control"] == "private, no-store"


def test_the_csv_holds_what_the_snapshot_holds(als, ivo, loket):
    rapport = bewaar_voorbeeld(loket)

    antwoord = als(ivo).get(f"/rapporten/{rapport.pk}/csv")

    assert antwoord.content.decode() == als_csv(voorbeeldgegevens())
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="capaciteit-wilgenrade-2026-03-02.csv"' in antwoord["Content-Disposition"]


@pytest.mark.parametrize("soort", ["pdf", "csv"])
def test_an_unfinished_report_has_no_files(als, carla, loket, soort):
    rapport = maak_rapport(loket)

    assert als(carla).get(f"/rapporten/{rapport.pk}/{soort}").status_code == 404


# As long as it is being made


def test_progress_is_shown_and_followed_with_and_without_javascript(als, carla, loket):
    rapport = maak_rapport(loket)
    meld_voortgang(rapport.pk, neem(rapport.pk, nu=NU), Stap.VRAGEN, nu=NU)

    html = " ".join(als(carla).get(f"/rapporten/{rapport.pk}/").content.decode().split())

    assert "We tellen de opvangvragen" in html
    assert '<progress class="voortgang" id="balk" max="100" value="20"> 20 % </progress>' in html
    assert f'hx-get="/rapporten/{rapport.pk}/voortgang" hx-trigger="every 2s"' in html
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in html
    assert f'<a href="/rapporten/{rapport.pk}/">Ververs deze bladzijde</a>' in html
    assert "htmx-2.min.js" in html


def test_the_moving_part_comes_alone(als, carla, loket):
    rapport = maak_rapport(loket)
    client = als(carla)

    antwoord = client.get(f"/rapporten/{rapport.pk}/voortgang", headers={"HX-Request": "true"})

    html = antwoord.content.decode()
    assert "<h1>" not in html
    assert "Het rapport wacht op zijn beurt" in html
    assert "HX-Refresh" not in antwoord.headers
    zonder = client.get(f"/rapporten/{rapport.pk}/voortgang")
    assert (zonder.status_code, zonder["Location"]) == (302, f"/rapporten/{rapport.pk}/")


@pytest.mark.parametrize("toestand", ["klaar", "mislukt"])
def test_once_it_is_over_the_whole_page_comes_anew(als, carla, loket, toestand):
    rapport = bewaar_voorbeeld(loket) if toestand == "klaar" else mislukt(loket)

    antwoord = als(carla).get(f"/rapporten/{rapport.pk}/voortgang", headers={"HX-Request": "true"})

    assert antwoord["HX-Refresh"] == "true"
    assert "hx-get" not in antwoord.content.decode()


# When it failed


def test_a_failure_is_said_plainly_and_staff_may_try_again(als, carla, loket):
    rapport = mislukt(loket)
    client = als(carla)

    html = client.get(rapport.get_absolute_url()).content.decode()
    assert "Het is niet gelukt om dit rapport te maken. Er is niets verloren." in html
    assert "refresh" not in html
    antwoord = client.post(f"/rapporten/{rapport.pk}/opnieuw")

    rapport.refresh_from_db()
    assert (antwoord.status_code, antwoord["Location"]) == (302, rapport.get_absolute_url())
    assert rapport.status == "aangevraagd"


def test_the_schepen_sees_the_failure_and_no_button(als, ivo, loket):
    rapport = mislukt(loket)
    client = als(ivo)

    html = client.get(rapport.get_absolute_url()).content.decode()

    assert "Het loket kan het opnieuw proberen." in html
    assert "Probeer opnieuw" not in html
    assert client.post(f"/rapporten/{rapport.pk}/opnieuw").status_code == 403


def test_trying_again_while_the_day_is_counted_elsewhere_is_refused_kindly(als, carla, loket):
    rapport = mislukt(loket)
    maak_rapport(loket)

    html = als(carla).post(f"/rapporten/{rapport.pk}/opnieuw", follow=True).content.decode()

    assert "Voor deze dag wordt al een ander rapport gemaakt." in html


def test_another_lokets_failure_can_not_be_tried_again(als, carla):
    assert als(carla).post(f"/rapporten/{mislukt(maak_loket()).pk}/opnieuw").status_code == 404
