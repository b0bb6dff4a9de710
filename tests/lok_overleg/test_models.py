"""What the database refuses on its own, whoever writes the row."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from lok_overleg.models import LokLid, LokReglement, Opvolging, Stem, Vergadering
from lok_overleg.workflow import Aanwezigheidsstand, Hoedanigheid, Stemkeuze
from tests.fabrieken import NU
from tests.lok_overleg.conftest import DAARNA, maak_loklid, maak_vergadering


def geweigerd(naam: str):
    return pytest.raises(IntegrityError, match=naam)


def test_second_vote_of_a_member_is_refused(lok):
    advies = lok.hou().aangenomen()

    with geweigerd("stem_een_per_lid"), transaction.atomic():
        Stem.objects.create(
            advies=advies, aanwezigheid=lok.aanwezigheid("roos"), keuze=Stemkeuze.TEGEN
        )

    assert advies.stemmen.count() == 3


@pytest.mark.parametrize("naam", ["pieter", "mia"])
def test_vote_without_voting_right_is_refused(lok, naam):
    advies = lok.hou().advies()

    with geweigerd("alleen wie er was en stemrecht heeft"), transaction.atomic():
        Stem.objects.create(
            advies=advies, aanwezigheid=lok.aanwezigheid(naam), keuze=Stemkeuze.VOOR
        )


def test_vote_of_an_absent_member_is_refused_in_raw_sql_too(lok):
    advies = lok.hou("roos").advies()

    with geweigerd("alleen wie er was"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lok_overleg_stem (advies_id, aanwezigheid_id, keuze) "
            "VALUES (%s, %s, 'voor')",
            [advies.pk, lok.aanwezigheid("roos").pk],
        )


def test_vote_at_another_meeting_is_refused(lok):
    lok.hou()
    elders = maak_vergadering(lok.loket, door=lok.hanne)
    vreemd = elders.adviezen.create(onderwerp="Iets anders", tekst="…")

    with geweigerd("alleen wie er was"), transaction.atomic():
        Stem.objects.create(
            advies=vreemd, aanwezigheid=lok.aanwezigheid("roos"), keuze=Stemkeuze.VOOR
        )


def test_who_voted_was_there(lok):
    lok.hou().aangenomen()
    roos = lok.aanwezigheid("roos")

    roos.stand = Aanwezigheidsstand.AFWEZIG
    with geweigerd("wie gestemd heeft, was er"), transaction.atomic():
        roos.save()


def test_observer_with_voting_right_is_refused(lok):
    with geweigerd("loklid_waarnemer_stemt_niet"), transaction.atomic():
        maak_loklid(lok.loket, hoedanigheid=Hoedanigheid.WAARNEMER, stemrecht=True)


def test_same_address_twice_is_refused_while_both_sit(lok):
    maak_loklid(lok.loket, email="dubbel@voorbeeld.test", tot=dt.date(2026, 2, 1))
    maak_loklid(lok.loket, email="dubbel@voorbeeld.test")

    with geweigerd("loklid_een_keer_per_loket"), transaction.atomic():
        maak_loklid(lok.loket, email="Dubbel@Voorbeeld.test")


def test_two_members_without_address_may_sit(lok):
    assert lok.leden["pieter"].email == ""
    assert maak_loklid(lok.loket, email="").pk


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"status": "verzonnen"}, "vergadering_status_bestaat"),
        ({"status": "afgelast"}, "vergadering_afgelast_heeft_tijdstip"),
        ({"status": "gehouden"}, "vergadering_gehouden_heeft_tijdstip"),
        ({"gehouden_op": NU}, "vergadering_gehouden_heeft_tijdstip"),
        ({"duur": 5}, "vergadering_duurt_een_kwartier_tot_een_dag"),
    ],
)
def test_impossible_meeting_is_refused(lok, velden, naam):
    with geweigerd(naam), transaction.atomic():
        Vergadering.objects.filter(pk=lok.vergadering.pk).update(**velden)


def test_member_who_ends_before_the_start_is_refused(lok):
    with geweigerd("loklid_begint_voor_het_eindigt"), transaction.atomic():
        LokLid.objects.filter(pk=lok.leden["an"].pk).update(tot=dt.date(2025, 1, 1))


def test_college_always_says_why_not(lok):
    advies = lok.hou().aangenomen()

    with geweigerd("opvolging_zegt_waarom_niet"), transaction.atomic():
        Opvolging.objects.create(
            advies=advies, beslissing="volgt_niet", datum=dt.date(2026, 4, 1), ingevoerd_op=DAARNA
        )


def test_two_rules_from_the_same_day_are_refused(lok):
    LokReglement.objects.create(loket=lok.loket, vanaf=dt.date(2026, 1, 1))

    with geweigerd("lokreglement_een_per_dag"), transaction.atomic():
        LokReglement.objects.create(loket=lok.loket, vanaf=dt.date(2026, 1, 1))
