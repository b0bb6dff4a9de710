"""The list of what is surely free at a loket, and its mail on Thursday."""

from __future__ import annotations

import datetime as dt

import pytest

from opvang.domain.meldingen import stop
from opvang.domain.weeklijst import donderdag_van, mail_weeklijsten, vrij_bij
from opvang.models import Melding
from tests.fabrieken import NU, VANDAAG, maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.fabrieken_schuif import maak_weekmelding, mails

UUR, DAG, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(weeks=1)
#: Thursday 5 March 2026, seven in the morning in Brussels.
DONDERDAG = dt.datetime(2026, 3, 5, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def loket(db):
    gemeenten = [maak_gemeente("Wilgenrade"), maak_gemeente("Aalbeke")]
    return maak_loket("Loket Wilgenrade", gemeenten=gemeenten, slug="wilgenrade")


@pytest.fixture
def wilgenrade(loket):
    return loket.gemeenten.get(naam="Wilgenrade")


def namen(loket, *, nu=NU) -> list[tuple[str, list[str]]]:
    return [
        (gemeente.naam, [plek.locatie.naam for plek in gemeente.plekken])
        for gemeente in vrij_bij(loket, nu=nu)
    ]


# The list


def test_free_places_by_gemeente_and_by_name_whoever_runs_them(loket, wilgenrade):
    for naam, gemeentelijk in (("Zon", False), ("Egel", False), ("Maan", True)):
        maak_aanbod(maak_locatie(naam, gemeente=wilgenrade, gemeentelijk=gemeentelijk))
    maak_aanbod(maak_locatie("Beer", gemeente=loket.gemeenten.get(naam="Aalbeke")))

    assert namen(loket) == [("Aalbeke", ["Beer"]), ("Wilgenrade", ["Egel", "Maan", "Zon"])]


def test_only_what_is_sure_now_or_later_and_of_this_loket(loket, wilgenrade):
    def maak(naam, **velden):
        maak_aanbod(maak_locatie(naam, gemeente=wilgenrade), **velden)

    maak("Later", vanaf=VANDAAG + 30 * DAG)
    maak("Misschien", laatst_bevestigd=NU - 40 * DAG)
    maak("Vergeten", laatst_bevestigd=NU - 70 * DAG)
    maak("Vol", plaatsen=0)
    maak("Voorbij", vanaf=dt.date(2026, 1, 1), tot=VANDAAG)
    maak("Dringend", soort="dringend")
    maak_locatie("Onbekend", gemeente=wilgenrade)
    maak_aanbod(maak_locatie("Verborgen", gemeente=wilgenrade, zichtbaar=False))
    maak_aanbod(maak_locatie("Elders", loket=maak_loket()))

    assert namen(loket) == [("Wilgenrade", ["Later"])]


def test_how_long_a_word_is_fresh_is_the_lokets_own_term(loket, wilgenrade):
    maak_aanbod(maak_locatie("Egel", gemeente=wilgenrade), laatst_bevestigd=NU - 10 * DAG)
    loket.vers_dagen = 9
    loket.save()

    assert namen(loket) == []


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    loket, wilgenrade, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        maak_aanbod(maak_locatie(gemeente=wilgenrade))

    with django_assert_num_queries(3):
        vrij_bij(loket, nu=NU)


# When


@pytest.mark.parametrize(
    ("nu", "verwacht"),
    [
        (DONDERDAG - dt.timedelta(seconds=1), None),
        (DONDERDAG, DONDERDAG),
        (DONDERDAG + 16 * UUR, DONDERDAG),
        (DONDERDAG + 41 * UUR - dt.timedelta(seconds=1), DONDERDAG),
        (DONDERDAG + 41 * UUR, None),
        (DONDERDAG + 6 * DAG, None),
        # Summer time: seven in Brussels is five in UTC.
        (
            dt.datetime(2026, 4, 2, 5, 0, tzinfo=dt.UTC),
            dt.datetime(2026, 4, 2, 5, 0, tzinfo=dt.UTC),
        ),
        (dt.datetime(2026, 4, 2, 4, 59, tzinfo=dt.UTC), None),
    ],
)
def test_it_is_time_from_thursday_seven_until_the_end_of_friday(nu, verwacht):
    assert donderdag_van(nu) == verwacht


def test_each_week_once_however_often_the_task_runs(loket, wilgenrade):
    maak_weekmelding(loket)
    maak_aanbod(maak_locatie("Egel", gemeente=wilgenrade), nu=NU)

    momenten = [NU, DONDERDAG, DONDERDAG + UUR, DONDERDAG + DAG, DONDERDAG + WEEK + UUR]

    assert [mail_weeklijsten(nu=nu) for nu in momenten] == [0, 1, 0, 0, 1]
    assert len(mails("melding_weeklijst")) == 2


def test_the_mail_says_what_from_when_and_how_sure(loket, wilgenrade):
    maak_weekmelding(loket)
    locatie = maak_locatie("Egel", gemeente=wilgenrade, slug="egel")
    maak_aanbod(locatie, [1, 1] + [0] * 12, vanaf=dt.date(2026, 4, 1))

    mail_weeklijsten(nu=DONDERDAG)

    (bericht,) = mails("melding_weeklijst")
    assert (bericht.titel, bericht.loket) == ("Vrije plaatsen van deze week: 1 opvang", loket)
    for tekst in (
        "WILGENRADE",
        f"Egel, {locatie.adres}",
        "Vrij vanaf 1 apr 2026: maandag hele dag.",
        "De opvang bevestigde dit op 2 mrt 2026.",
        "/opvang/egel/",
        "/zoeken/vrij/wilgenrade/",
        "/zoeken/melding/stop/",
    ):
        assert tekst in bericht.tekst, tekst


def test_only_who_confirmed_and_did_not_stop_for_their_own_loket(loket, wilgenrade):
    maak_aanbod(maak_locatie("Egel", gemeente=wilgenrade), nu=NU)
    maak_weekmelding(loket)
    maak_weekmelding(loket, email="wacht@voorbeeld.test", actief=False)
    stop(maak_weekmelding(loket, email="gestopt@voorbeeld.test").pk, nu=NU)
    maak_weekmelding(maak_loket(), email="elders@voorbeeld.test")
    voorbij = maak_weekmelding(loket, email="voorbij@voorbeeld.test")
    Melding.objects.filter(pk=voorbij.pk).update(verloopt_op=DONDERDAG)

    mail_weeklijsten(nu=DONDERDAG)

    assert [bericht.aan for bericht in mails("melding_weeklijst")] == ["amina@voorbeeld.test"]


def test_a_week_without_a_free_place_has_no_mail(loket):
    maak_weekmelding(loket)

    assert mail_weeklijsten(nu=DONDERDAG) == 0
    assert mails("melding_weeklijst") == []


def test_a_long_list_of_readers_is_served_in_parts(loket, wilgenrade, monkeypatch):
    monkeypatch.setattr("opvang.domain.weeklijst.PARTIJ", 2)
    maak_aanbod(maak_locatie("Egel", gemeente=wilgenrade), nu=NU)
    for n in range(3):
        maak_weekmelding(loket, email=f"ouder{n}@voorbeeld.test", nu=NU + n * UUR)

    assert [mail_weeklijsten(nu=DONDERDAG + n * UUR) for n in range(3)] == [2, 1, 0]
