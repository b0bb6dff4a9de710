from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar

from lok_overleg.domain.aanwezig import antwoord
from lok_overleg.domain.fouten import OngeldigeOvergang, Vastgelegd
from lok_overleg.domain.plannen import Vergadergegevens, las_af, plan, wijzig
from lok_overleg.workflow import Aanwezigheidsstand, Vergaderstatus
from loket.models import Bericht, Gebeurtenis
from tests.fabrieken import NU
from tests.lok_overleg.conftest import BEGIN

GEGEVENS = Vergadergegevens(
    titel="Lokaal overleg kinderopvang",
    begint_op=BEGIN,
    duur=120,
    plaats="Huis van het Kind, zaal Wilg",
)


def afspraken(sjabloon: str):
    """The event in each mail of this template."""
    return [
        Calendar.from_ical(base64.b64decode(bericht.bijlagen[0]["inhoud"])).walk("VEVENT")[0]
        for bericht in Bericht.objects.filter(sjabloon=sjabloon).order_by("pk")
    ]


def test_planning_tells_nobody(spelers):
    vergadering = plan(GEGEVENS, loket=spelers.loket, door=spelers.hanne, nu=NU)

    assert vergadering.status == Vergaderstatus.GEPLAND
    assert vergadering.eindigt_op == BEGIN + dt.timedelta(hours=2)
    assert Bericht.objects.count() == 0
    assert Gebeurtenis.objects.get().werkwoord == "lok.vergadering.gepland"


def test_change_before_the_invitation_tells_nobody(lok):
    gemeld = wijzig(lok.vergadering, replace(GEGEVENS, plaats="Online"), door=lok.hanne, nu=NU)

    lok.vergadering.refresh_from_db()
    assert gemeld is False
    assert lok.vergadering.plaats == "Online"
    assert Bericht.objects.count() == 0


def test_other_moment_replaces_the_appointment_and_asks_anew(lok):
    lok.nodig_uit()
    antwoord(lok.aanwezigheid("roos"), Aanwezigheidsstand.AANWEZIG, nu=NU)
    later = BEGIN + dt.timedelta(days=7)

    gemeld = wijzig(lok.vergadering, replace(GEGEVENS, begint_op=later), door=lok.hanne, nu=NU)

    eerste, tweede = afspraken("lok/uitnodiging")[0], afspraken("lok/uitnodiging_gewijzigd")[0]
    assert gemeld is True
    assert (eerste["uid"], eerste["sequence"]) == (tweede["uid"], 0)
    assert tweede["sequence"] == 1
    assert tweede["dtstart"].dt == later
    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.UITGENODIGD


def test_other_place_keeps_the_answers(lok):
    lok.nodig_uit()
    antwoord(lok.aanwezigheid("roos"), Aanwezigheidsstand.AANWEZIG, nu=NU)

    wijzig(lok.vergadering, replace(GEGEVENS, plaats="Gemeentehuis"), door=lok.hanne, nu=NU)

    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.AANWEZIG
    assert {str(a["location"]) for a in afspraken("lok/uitnodiging_gewijzigd")} == {"Gemeentehuis"}


def test_nothing_changed_tells_nobody(lok):
    lok.nodig_uit()

    assert wijzig(lok.vergadering, GEGEVENS, door=lok.hanne, nu=NU) is False
    assert Bericht.objects.filter(sjabloon="lok/uitnodiging_gewijzigd").count() == 0


def test_held_meeting_does_not_change(lok):
    lok.hou()

    with pytest.raises(Vastgelegd):
        wijzig(lok.vergadering, replace(GEGEVENS, titel="Anders"), door=lok.hanne, nu=NU)


def test_calling_off_cancels_the_appointment_and_says_why(lok):
    lok.nodig_uit()

    las_af(lok.vergadering, reden="De zaal staat onder water.", door=lok.hanne, nu=NU)

    lok.vergadering.refresh_from_db()
    mail = Bericht.objects.filter(sjabloon="lok/afgelast").first()
    kalender = Calendar.from_ical(base64.b64decode(mail.bijlagen[0]["inhoud"]))
    assert lok.vergadering.status == Vergaderstatus.AFGELAST
    assert Bericht.objects.filter(sjabloon="lok/afgelast").count() == 4
    assert "De zaal staat onder water." in mail.tekst
    assert kalender["method"] == "CANCEL"
    afspraak = kalender.walk("VEVENT")[0]
    assert (afspraak["status"], afspraak["sequence"]) == ("CANCELLED", 1)
    assert afspraak["uid"] == str(lok.vergadering.uuid)


def test_calling_off_before_the_invitation_tells_nobody(lok):
    las_af(lok.vergadering, reden="Geen punten.", door=lok.hanne, nu=NU)

    assert Bericht.objects.count() == 0


def test_held_meeting_is_not_called_off(lok):
    lok.hou()

    with pytest.raises(OngeldigeOvergang):
        las_af(lok.vergadering, reden="Te laat.", door=lok.hanne, nu=NU)
