from __future__ import annotations

import base64
import datetime as dt
import re

import pytest
from icalendar import Calendar

from lok_overleg.domain.fouten import GeenAgenda, GeenGenodigden, Vastgelegd
from lok_overleg.domain.uitnodigen import nodig_uit
from lok_overleg.domain.uitnodigingslink import lees_token, maak_token
from lok_overleg.models import LokLid
from lok_overleg.workflow import Vergaderstatus
from loket.models import Bericht
from tests.fabrieken import NU
from tests.lok_overleg.conftest import BEGIN, DAARNA, maak_loklid, maak_vergadering


def test_every_member_with_an_address_gets_a_mail_with_the_appointment(lok):
    aantal = nodig_uit(lok.vergadering, door=lok.hanne, nu=NU)

    berichten = list(Bericht.objects.filter(sjabloon="lok/uitnodiging"))
    lok.vergadering.refresh_from_db()
    assert aantal == 4
    assert {b.aan for b in berichten} == {
        lid.email for naam, lid in lok.leden.items() if naam != "pieter"
    }
    assert {b.titel for b in berichten} == {
        "Uitnodiging lokaal overleg kinderopvang, dinsdag 17 maart 2026"
    }
    assert lok.vergadering.status == Vergaderstatus.UITGENODIGD
    # Who has no address is invited all the same: the chair phones.
    assert lok.vergadering.aanwezigheden.count() == 5


def test_mail_names_day_place_agenda_and_the_own_link(lok):
    lok.nodig_uit()

    bericht = Bericht.objects.get(aan=lok.leden["roos"].email)

    for tekst in (bericht.tekst, bericht.html):
        assert "dinsdag 17 maart 2026" in tekst
        assert "19.30 tot 21.30 uur" in tekst
        assert "Huis van het Kind, zaal Wilg" in tekst
        assert "Punt 1" in tekst
        link = re.search(r"/lok/uitnodiging/([^/]+)/", tekst)
        assert link
        assert lees_token(link[1]) == lok.aanwezigheid("roos").pk
    assert "Karim" not in bericht.tekst


def test_appointment_is_a_request_in_brussels_time(lok):
    lok.nodig_uit()

    bericht = Bericht.objects.get(aan=lok.leden["roos"].email)
    (bijlage,) = bericht.bijlagen
    kalender = Calendar.from_ical(base64.b64decode(bijlage["inhoud"]))
    afspraak = kalender.walk("VEVENT")[0]
    assert (bijlage["naam"], bijlage["type"]) == (
        "vergadering.ics",
        "text/calendar; method=REQUEST",
    )
    assert kalender["method"] == "REQUEST"
    assert [tz["tzid"] for tz in kalender.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert afspraak["uid"] == str(lok.vergadering.uuid)
    assert afspraak["sequence"] == 0
    assert afspraak["dtstart"].params["TZID"] == "Europe/Brussels"
    assert afspraak["dtstart"].dt == BEGIN
    assert afspraak["dtend"].dt == BEGIN + dt.timedelta(hours=2)
    assert afspraak["organizer"] == f"mailto:{lok.loket.email}"
    assert afspraak["attendee"] == f"mailto:{lok.leden['roos'].email}"
    assert afspraak["attendee"].params["RSVP"] == "FALSE"
    assert "1. Punt 1\n2. Punt 2" in afspraak["description"]


def test_second_invitation_reaches_new_members_and_keeps_answers(lok):
    lok.nodig_uit()
    nieuw = maak_loklid(lok.loket, "Nieuw Lid")

    aantal = nodig_uit(lok.vergadering, door=lok.hanne, nu=NU)

    lok.vergadering.refresh_from_db()
    assert aantal == 5
    assert lok.vergadering.uitnodiging == 1
    assert lok.vergadering.aanwezigheden.filter(lid=nieuw).exists()
    assert Bericht.objects.filter(aan=nieuw.email, sjabloon="lok/uitnodiging_gewijzigd").exists()


def test_member_whose_term_ends_before_the_meeting_is_not_invited(lok):
    LokLid.objects.filter(pk=lok.leden["an"].pk).update(tot=dt.date(2026, 3, 17))

    lok.nodig_uit()

    assert not lok.vergadering.aanwezigheden.filter(lid=lok.leden["an"]).exists()


def test_other_lokets_members_are_not_invited(lok):
    lok.nodig_uit()

    assert not lok.vergadering.aanwezigheden.filter(naam="Vreemd Lid").exists()
    assert not lok.vergadering.aanwezigheden.filter(naam="Vroeger Lid").exists()


def test_empty_agenda_is_refused(lok):
    leeg = maak_vergadering(lok.loket, door=lok.hanne, punten=0)

    with pytest.raises(GeenAgenda):
        nodig_uit(leeg, door=lok.hanne, nu=NU)

    assert Bericht.objects.count() == 0


def test_lok_without_members_is_refused(spelers):
    vergadering = maak_vergadering(spelers.loket, door=spelers.hanne)

    with pytest.raises(GeenGenodigden):
        nodig_uit(vergadering, door=spelers.hanne, nu=NU)


def test_meeting_that_began_is_not_announced(lok):
    with pytest.raises(Vastgelegd):
        nodig_uit(lok.vergadering, door=lok.hanne, nu=DAARNA)


@pytest.mark.parametrize("token", ["", "onzin", "1:abc:def", "a" * 500])
def test_forged_token_opens_nothing(token):
    assert lees_token(token) is None


def test_token_names_one_member_at_one_meeting(lok):
    lok.nodig_uit()
    roos = lok.aanwezigheid("roos")

    assert lees_token(maak_token(roos)) == roos.pk


def test_token_expires(lok, time_machine):
    lok.nodig_uit()
    time_machine.move_to(NU)
    token = maak_token(lok.aanwezigheid("roos"))

    time_machine.move_to(NU + dt.timedelta(days=401))

    assert lees_token(token) is None
