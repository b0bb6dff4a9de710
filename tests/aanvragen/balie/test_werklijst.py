from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.domain.werklijst import Taaksoort
from aanvragen.models import Opvangvraag
from aanvragen.werklijst import in_woorden, taken_voor
from aanvragen.workflow import Vervalreden, Weigerreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, kind_gegevens, maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = pytest.mark.django_db
VER = dt.date(2027, 3, 1)


def later(dagen: int) -> dt.datetime:
    return NU + dt.timedelta(days=dagen)


def taken(gebruiker, *, nu=NU, vraag=None):
    return [
        (taak.soort.value, taak.termijn.isoformat())
        for taak in taken_voor(gebruiker, nu=nu, vraag=vraag)
    ]


def vraag_ver_weg(spelers, **velden) -> Opvangvraag:
    """A question that starts far enough away that nothing is to be done about it."""
    return maak_vraag(
        spelers.loket, [spelers.egeltjes], vraag=vraag_gegevens(gewenste_start=VER), **velden
    )


def test_a_new_question_is_read_today_and_rests_tomorrow(spelers):
    vraag_ver_weg(spelers)

    assert taken(spelers.carla) == [("nieuw", "2026-03-02")]
    assert taken(spelers.carla, nu=later(1)) == []


def test_a_provider_is_late_the_day_after_its_term(spelers):
    vraag_ver_weg(spelers)

    assert taken(spelers.carla, nu=later(14)) == []
    assert taken(spelers.carla, nu=later(15)) == [("te_laat", "2026-03-16")]


def test_after_a_reminder_the_task_comes_back_in_three_days(spelers):
    vraag = vraag_ver_weg(spelers)
    herinner(vraag.aanmeldingen.get(), door=spelers.carla, nu=later(15))

    assert taken(spelers.carla, nu=later(15)) == [("te_laat", "2026-03-20")]


def test_an_offer_is_due_on_its_last_whole_day(spelers):
    vraag = vraag_ver_weg(spelers)
    maak_voorstel(vraag.aanmeldingen.get())

    assert taken(spelers.carla, nu=later(2)) == []
    assert taken(spelers.carla, nu=later(3)) == [("verloopt", "2026-03-12")]


def test_when_every_location_said_no_staff_search_along(spelers):
    vraag = vraag_ver_weg(spelers)
    weiger(vraag.aanmeldingen.get(), reden=Weigerreden.VOLZET, door=None, nu=later(1))

    assert taken(spelers.carla, nu=later(1)) == [("geen_keuze", "2026-03-03")]


def test_half_a_year_before_the_start_the_family_is_rung_each_month(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=NU)

    assert taken(spelers.carla, nu=later(22)) == []
    assert taken(spelers.carla, nu=later(23)) == [("hulp", "2026-04-01")]


def test_a_family_that_was_asked_and_stays_silent_is_rung(spelers):
    vraag = vraag_ver_weg(spelers)
    zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=NU)
    vraag_na(vraag, nu=later(90))

    assert taken(spelers.carla, nu=later(97)) == []
    assert taken(spelers.carla, nu=later(98)) == [("bevestigen", "2026-06-15")]


def test_a_possible_double_comes_before_everything(spelers):
    kind = kind_gegevens(voornaam="Lou", geboortedatum=dt.date(2026, 1, 15))
    vraag_ver_weg(spelers, kinderen=(kind,))
    dubbel = vraag_ver_weg(spelers, kinderen=(kind,))

    assert taken(spelers.carla, vraag=dubbel) == [("dubbel", "2026-03-03")]


def test_a_failed_mail_is_a_task_until_the_question_stops(spelers):
    vraag = vraag_ver_weg(spelers)
    Bericht.objects.filter(sjabloon="aanvragen/nieuwe_vraag").update(status=Berichtstatus.MISLUKT)

    assert taken(spelers.carla, nu=later(1)) == [("mislukt", "2026-03-02")]
    assert [
        regel.titel
        for regel in in_woorden(taken_voor(spelers.carla, nu=later(1)), peildatum=later(1).date())
    ] == ["Bel de opvang: een mail kwam niet aan"]

    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=later(1))

    assert taken(spelers.carla, nu=later(1)) == []


def test_another_loket_sees_nothing(spelers):
    vraag_ver_weg(spelers)

    assert taken(spelers.dirk, nu=later(15)) == []


@time_machine.travel(later(1), tick=False)
def test_a_toeleider_sees_tasks_of_its_own_families_only(spelers):
    eigen = vraag_ver_weg(spelers, door=spelers.els, kanaal="toeleider")
    vreemd = vraag_ver_weg(spelers)
    for vraag in (eigen, vreemd):
        weiger(vraag.aanmeldingen.get(), reden=Weigerreden.VOLZET, door=None, nu=later(1))

    assert [(t.soort, t.vraag_id) for t in taken_voor(spelers.els, nu=later(1))] == [
        (Taaksoort.GEEN_KEUZE, eigen.pk)
    ]


def test_a_toeleider_is_not_asked_to_ring_providers(spelers):
    vraag_ver_weg(spelers, door=spelers.els, kanaal="toeleider")

    assert taken(spelers.els, nu=later(15)) == []


@pytest.mark.parametrize("aantal", [1, 3])
@time_machine.travel(later(15), tick=False)
def test_the_work_list_takes_the_same_queries_however_long_it_is(
    spelers, client, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        vraag_ver_weg(spelers)
    client.force_login(spelers.carla)

    with django_assert_num_queries(9):
        tekst = client.get("/balie/?lijst=week").content.decode()

    assert tekst.count(">Bel De Egeltjes</a>") == aantal
    assert tekst.count("Gaf geen antwoord voor 16 maart") == aantal


@time_machine.travel(later(15), tick=False)
def test_the_work_list_says_what_is_late(spelers, client):
    vraag = vraag_ver_weg(spelers)
    client.force_login(spelers.carla)

    tekst = " ".join(client.get("/balie/").content.decode().split())

    assert "Dinsdag 17 maart 2026. 1 taak voor vandaag. Te laat: 1." in tekst
    assert "1 dag te laat" in tekst
    assert f"/balie/dossier/{vraag.referentie}/" in tekst


@time_machine.travel(NU, tick=False)
@time_machine.travel(later(15), tick=False)
def test_a_group_says_how_many_there_are_on_all_pages(spelers, client, monkeypatch):
    monkeypatch.setattr("aanvragen.views.balie.PER_BLADZIJDE", 2)
    for _ in range(3):
        vraag_ver_weg(spelers)
    client.force_login(spelers.carla)

    (groep,) = client.get("/balie/").context["groepen"]

    assert (groep.wanneer.value, len(groep.regels), groep.aantal) == ("laat", 2, 3)


def test_an_empty_work_list_says_what_comes(spelers, client):
    client.force_login(spelers.carla)

    tekst = client.get("/balie/").content.decode()

    assert "Voor vandaag is alles gedaan" in tekst


@time_machine.travel(NU, tick=False)
@pytest.mark.parametrize("adres", ["balie:post", "balie:antwoordschuld", "balie:sluitingen"])
def test_staff_reach_their_lists_from_the_work_list_and_a_toeleider_does_not(
    spelers, client, adres
):
    link = f'href="{reverse(adres)}"'

    client.force_login(spelers.carla)
    assert link in client.get("/balie/").text
    client.force_login(spelers.els)
    assert link not in client.get("/balie/").text


def test_a_list_that_does_not_exist_shows_today(spelers, client):
    client.force_login(spelers.carla)

    antwoord = client.get("/balie/?lijst=bestaat-niet&pagina=x")

    assert (antwoord.status_code, antwoord.context["lijst"]) == (200, "nu")


@pytest.mark.parametrize("wie", ["amina", "farid", "hanne", "ivo"])
def test_the_counter_is_closed_for_other_roles(spelers, client, wie):
    client.force_login(getattr(spelers, wie))

    assert client.get("/balie/").status_code == 403


def test_a_visitor_signs_in_first(client):
    assert client.get("/balie/").status_code == 302


# Finding a dossier


@time_machine.travel(NU, tick=False)
@pytest.mark.parametrize("zoek", ["{ref}", "{kaal}", "lou", "PEETERS LOU", "amina"])
def test_a_dossier_is_found_by_number_and_by_name(spelers, client, zoek):
    kind = kind_gegevens(voornaam="Loù", familienaam="Peeters")
    vraag = vraag_ver_weg(spelers, kinderen=(kind,))
    vraag_ver_weg(spelers, kinderen=(kind_gegevens(voornaam="Zoë", familienaam="De Smet"),))
    client.force_login(spelers.carla)
    zoek = zoek.format(ref=vraag.referentie, kaal=vraag.referentie.replace("-", "").lower())

    gevonden = list(client.get("/balie/dossiers/", {"zoek": zoek}).context["pagina"])

    assert vraag in gevonden
    assert len(gevonden) == (2 if zoek == "amina" else 1)


@time_machine.travel(NU, tick=False)
def test_a_search_never_finds_another_loket_or_a_family_without_consent(spelers, client):
    vraag = vraag_ver_weg(spelers)

    for gebruiker in (spelers.dirk, spelers.els):
        client.force_login(gebruiker)
        antwoord = client.get("/balie/dossiers/", {"zoek": vraag.referentie})
        assert list(antwoord.context["pagina"]) == []
        assert "Geen dossier gevonden" in antwoord.content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
@time_machine.travel(NU, tick=False)
def test_the_list_of_dossiers_takes_the_same_queries_however_long_it_is(
    spelers, client, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        vraag_ver_weg(spelers)
    client.force_login(spelers.carla)

    with django_assert_num_queries(6):
        antwoord = client.get("/balie/dossiers/")

    assert len(antwoord.context["pagina"]) == aantal
