from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from loket.domain.logboek import gebeurtenissen_van
from rapportage.domain.aanvragen import por, probeer_opnieuw, vraag_aan
from rapportage.domain.fouten import InDeToekomst, OngeldigeOvergang, Weigering
from rapportage.domain.status import meld_mislukt, neem
from rapportage.models import CapaciteitsRapport
from rapportage.workflow import Rapportstatus, Stap
from tests.fabrieken import NU, VANDAAG, maak_gebruiker, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


def test_asking_writes_a_row_first_and_logs_who_asked():
    loket, carla = maak_loket(), maak_gebruiker()

    rapport = vraag_aan(loket, peildatum=VANDAAG, door=carla, nu=NU)

    assert (rapport.status, rapport.stap, rapport.voortgang) == ("aangevraagd", "wacht", 0)
    (gebeurtenis,) = gebeurtenissen_van(rapport)
    assert gebeurtenis.werkwoord == "rapportage.rapport.aangevraagd"
    assert (gebeurtenis.door, gebeurtenis.loket) == (carla, loket)
    assert gebeurtenis.gegevens == {"peildatum": "2026-03-02"}


def test_a_worker_is_nudged_on_the_queue_of_the_reports(
    wachtrij, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rapport = vraag_aan(maak_loket(), peildatum=VANDAAG, door=None, nu=NU)

    assert wachtrij("rapporten") == [("rapportage.tasks.maak_rapport", [rapport.pk])]


def test_nobody_is_nudged_about_what_was_rolled_back(wachtrij, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        vraag_aan(maak_loket(), peildatum=VANDAAG, door=None, nu=NU)
        transaction.set_rollback(True)

    assert wachtrij("rapporten") == []
    assert not CapaciteitsRapport.objects.exists()


def test_without_a_broker_the_row_stands_and_asking_succeeds(caplog):
    # tests/settings.py names a broker that does not exist.
    assert por(1) is False
    assert [r.message for r in caplog.records if r.name == "rapportage.domain.aanvragen"] == [
        "the broker can't be reached; the report waits for the periodic pick-up"
    ]


def test_asking_twice_gives_the_report_that_is_being_made():
    loket = maak_loket()
    eerste = vraag_aan(loket, peildatum=VANDAAG, door=None, nu=NU)
    neem(eerste.pk, nu=NU)

    tweede = vraag_aan(loket, peildatum=VANDAAG, door=None, nu=LATER)

    assert tweede.pk == eerste.pk
    assert CapaciteitsRapport.objects.count() == 1


def test_a_finished_report_does_not_stand_in_the_way_of_a_new_one():
    loket = maak_loket()
    klaar = bewaar_voorbeeld(loket)

    nieuw = vraag_aan(loket, peildatum=VANDAAG, door=None, nu=LATER)

    assert nieuw.pk != klaar.pk
    assert nieuw.status == Rapportstatus.AANGEVRAAGD


def test_the_future_can_not_be_counted():
    with pytest.raises(InDeToekomst) as nee:
        vraag_aan(maak_loket(), peildatum=VANDAAG + dt.timedelta(days=1), door=None, nu=NU)

    assert str(nee.value) == "Een rapport gaat over vandaag of over een vroegere dag."
    assert not CapaciteitsRapport.objects.exists()


def test_today_is_the_day_in_brussels():
    # Half past midnight on 3 March in Brussels is still 2 March in UTC.
    na_middernacht = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)

    rapport = vraag_aan(maak_loket(), peildatum=dt.date(2026, 3, 3), door=None, nu=na_middernacht)

    assert rapport.peildatum == dt.date(2026, 3, 3)


def mislukt_rapport() -> CapaciteitsRapport:
    rapport = maak_rapport(maak_loket())
    meld_mislukt(rapport.pk, neem(rapport.pk, nu=NU), nu=NU)
    rapport.refresh_from_db()
    return rapport


def test_a_failed_report_is_asked_for_again_with_a_clean_slate(
    wachtrij, django_capture_on_commit_callbacks
):
    rapport, carla = mislukt_rapport(), maak_gebruiker()

    with django_capture_on_commit_callbacks(execute=True):
        probeer_opnieuw(rapport, door=carla, nu=LATER)

    assert (rapport.status, rapport.stap, rapport.pogingen) == ("aangevraagd", Stap.WACHT, 0)
    assert (rapport.claim, rapport.afgerond_op, rapport.aangevraagd_op) == (None, None, LATER)
    assert gebeurtenissen_van(rapport)[0].werkwoord == "rapportage.rapport.opnieuw"
    assert wachtrij("rapporten") == [("rapportage.tasks.maak_rapport", [rapport.pk])]


def test_only_a_failed_report_may_be_tried_again():
    rapport = maak_rapport(maak_loket())

    with pytest.raises(OngeldigeOvergang):
        probeer_opnieuw(rapport, door=maak_gebruiker(), nu=LATER)


def test_a_failed_report_waits_while_its_day_is_counted_in_another():
    rapport = mislukt_rapport()
    ander = vraag_aan(rapport.loket, peildatum=VANDAAG, door=None, nu=LATER)

    with pytest.raises(Weigering) as nee:
        probeer_opnieuw(rapport, door=maak_gebruiker(), nu=LATER)

    assert str(nee.value) == "Voor deze dag wordt al een ander rapport gemaakt."
    rapport.refresh_from_db()
    assert (rapport.status, ander.pk != rapport.pk) == ("mislukt", True)
