"""The real birth date is asked after the expected one: once, to both parents, never in sadness."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from aanvragen import tasks
from aanvragen.domain.bijwerken import meld_geboorte
from aanvragen.domain.geboorte import vraag_geboorten
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Vervalreden
from loket.models import Bericht
from tests.fabrieken import NU, kind_gegevens, maak_vraag, vraag_gegevens

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)
VERWACHT = timezone.localdate(NU) + 30 * DAG


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    baby = kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=VERWACHT)
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        kinderen=(baby,),
        vraag=vraag_gegevens(gewenste_start=VERWACHT + 90 * DAG),
    )


def op(dag: dt.date) -> dt.datetime:
    return dt.datetime.combine(dag, dt.time(9), tzinfo=dt.UTC)


def mails() -> list[Bericht]:
    return list(Bericht.objects.filter(sjabloon="aanvragen/geboorte").order_by("aan"))


@pytest.mark.parametrize(("dagen", "gevraagd"), [(0, 0), (6, 0), (7, 1), (59, 1), (60, 0)])
def test_question_comes_a_week_after_the_expected_day(vraag, dagen, gevraagd):
    assert vraag_geboorten(op(VERWACHT + dagen * DAG)) == gevraagd

    assert len(mails()) == gevraagd


def test_mail_leads_to_the_page_and_asks_nothing_twice(vraag, spelers):
    eerst = vraag_geboorten(op(VERWACHT + 7 * DAG))
    later = vraag_geboorten(op(VERWACHT + 8 * DAG))

    (mail,) = mails()
    assert (eerst, later) == (1, 0)
    assert mail.aan == spelers.amina.email
    assert mail.titel == f"Klopt de datum nog? Vraag {vraag.referentie}"
    assert f"/mijn/{vraag.referentie}/geboorte/\n" in mail.tekst
    assert "Haddad" not in mail.tekst.replace("Dag", "")


def test_both_parents_are_asked(vraag, spelers):
    vraag.kind.gezin.ouders.create(
        voornaam="Bram", familienaam="Haddad", email="bram@voorbeeld.test"
    )

    aantal = vraag_geboorten(op(VERWACHT + 7 * DAG))

    assert aantal == 1
    assert [mail.aan for mail in mails()] == [spelers.amina.email, "bram@voorbeeld.test"]


def test_told_birth_is_not_asked(vraag, spelers):
    meld_geboorte(
        vraag, voornaam="Noor", geboortedatum=VERWACHT, door=spelers.amina, nu=op(VERWACHT + DAG)
    )

    assert vraag_geboorten(op(VERWACHT + 7 * DAG)) == 0


@pytest.mark.parametrize("reden", [*Vervalreden, None])
def test_question_that_ended_is_silent(vraag, spelers, reden):
    if reden is None:
        trek_in(vraag, door=spelers.amina, nu=NU)
    else:
        laat_vervallen(vraag, reden=reden, door=spelers.carla, nu=NU)
    Bericht.objects.all().delete()

    assert vraag_geboorten(op(VERWACHT + 7 * DAG)) == 0
    assert mails() == []


def test_family_without_mail_is_left_to_a_person(vraag):
    vraag.kind.gezin.ouders.update(email="", telefoon="0470 00 00 00")

    assert vraag_geboorten(op(VERWACHT + 7 * DAG)) == 0


def test_task_asks(vraag, time_machine):
    time_machine.move_to(op(VERWACHT + 7 * DAG))

    assert tasks.vraag_geboorten() == 1
