from __future__ import annotations

import pytest

from lok_overleg.domain.aanwezig import antwoord, noteer_aanwezigheid
from lok_overleg.domain.fouten import NogNietBegonnen, Vastgelegd, Weigering
from lok_overleg.models import LokLid
from lok_overleg.workflow import Aanwezigheidsstand, Vergaderstatus
from loket.models import Gebeurtenis
from tests.fabrieken import NU
from tests.lok_overleg.conftest import DAARNA

A = Aanwezigheidsstand


def test_member_answers_and_changes_their_mind(lok):
    lok.nodig_uit()
    roos = lok.aanwezigheid("roos")

    antwoord(roos, A.AANWEZIG, nu=NU)
    antwoord(roos, A.VERONTSCHULDIGD, nu=DAARNA)

    assert (roos.stand, roos.geantwoord_op) == (A.VERONTSCHULDIGD, DAARNA)
    laatste = Gebeurtenis.objects.latest("pk")
    assert (laatste.werkwoord, laatste.namens) == ("lok.antwoord.verontschuldigd", "lid")
    assert laatste.gegevens == {"lid": lok.leden["roos"].pk}


@pytest.mark.parametrize("stand", [A.UITGENODIGD, A.AFWEZIG])
def test_member_can_only_come_or_not(lok, stand):
    lok.nodig_uit()

    with pytest.raises(Weigering):
        antwoord(lok.aanwezigheid("roos"), stand, nu=NU)

    assert lok.aanwezigheid("roos").stand == A.UITGENODIGD


def test_answer_after_the_meeting_is_refused(lok):
    lok.hou("roos")

    with pytest.raises(Vastgelegd):
        antwoord(lok.aanwezigheid("roos"), A.AANWEZIG, nu=DAARNA)

    assert lok.aanwezigheid("roos").stand == A.AFWEZIG


def test_who_is_not_named_was_absent_unless_excused(lok):
    lok.nodig_uit()
    antwoord(lok.aanwezigheid("an"), A.VERONTSCHULDIGD, nu=NU)
    antwoord(lok.aanwezigheid("karim"), A.AANWEZIG, nu=NU)

    noteer_aanwezigheid(
        lok.vergadering, {lok.aanwezigheid("roos").pk: A.AANWEZIG}, door=lok.hanne, nu=DAARNA
    )

    assert {naam: lok.aanwezigheid(naam).stand for naam in lok.leden} == {
        "roos": A.AANWEZIG,
        "karim": A.AFWEZIG,
        "an": A.VERONTSCHULDIGD,
        "pieter": A.AFWEZIG,
        "mia": A.AFWEZIG,
    }
    lok.vergadering.refresh_from_db()
    assert lok.vergadering.status == Vergaderstatus.GEHOUDEN
    assert lok.vergadering.gehouden_op == DAARNA


def test_attendance_before_the_meeting_is_refused(lok):
    lok.nodig_uit()

    with pytest.raises(NogNietBegonnen):
        noteer_aanwezigheid(lok.vergadering, {}, door=lok.hanne, nu=NU)


def test_attendance_without_invitation_is_refused(lok):
    with pytest.raises(Vastgelegd):
        noteer_aanwezigheid(lok.vergadering, {}, door=lok.hanne, nu=DAARNA)


def test_attendance_can_be_corrected_and_copies_the_voting_right(lok):
    lok.hou()
    LokLid.objects.filter(pk=lok.leden["pieter"].pk).update(stemrecht=True, naam="Piet Wouters")

    noteer_aanwezigheid(
        lok.vergadering,
        {lok.aanwezigheid(naam).pk: A.AANWEZIG for naam in ("roos", "pieter")},
        door=lok.hanne,
        nu=DAARNA,
    )

    pieter = lok.aanwezigheid("pieter")
    assert (pieter.stemrecht, pieter.naam) == (True, "Piet Wouters")
    assert lok.aanwezigheid("karim").stand == A.AFWEZIG


def test_who_voted_is_not_sent_away(lok):
    lok.hou().aangenomen()

    with pytest.raises(Weigering, match="Roos Janssens heeft gestemd"):
        noteer_aanwezigheid(
            lok.vergadering,
            {
                lok.aanwezigheid(naam).pk: A.AFWEZIG if naam == "roos" else A.AANWEZIG
                for naam in lok.leden
            },
            door=lok.hanne,
            nu=DAARNA,
        )

    assert lok.aanwezigheid("roos").stand == A.AANWEZIG


def test_unknown_stand_is_refused(lok):
    lok.nodig_uit()

    with pytest.raises(Weigering):
        noteer_aanwezigheid(
            lok.vergadering,
            {lok.aanwezigheid("roos").pk: A.UITGENODIGD},
            door=lok.hanne,
            nu=DAARNA,
        )
