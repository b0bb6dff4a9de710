from __future__ import annotations

import datetime as dt

import pytest

from lok_overleg.domain.adviseren import (
    noteer_opvolging,
    noteer_stemming,
    schrijf_advies,
    wijzig_advies,
)
from lok_overleg.domain.fouten import (
    IntussenGewijzigd,
    MagNietStemmen,
    OngeldigeOpvolging,
    Vastgelegd,
    Weigering,
)
from lok_overleg.models import Advies, LokReglement
from lok_overleg.workflow import Beslissing, Stemkeuze, Uitslag
from loket.models import Bericht, Gebeurtenis
from tests.fabrieken import NU
from tests.lok_overleg.conftest import DAARNA, maak_vergadering

V, T, O = Stemkeuze.VOOR, Stemkeuze.TEGEN, Stemkeuze.ONTHOUDING  # noqa: E741
COLLEGE = dt.datetime(2026, 4, 1, 9, 0, tzinfo=dt.UTC)


def noteer(advies, lok, **velden):
    return noteer_opvolging(
        advies,
        **{
            "beslissing": Beslissing.VOLGT,
            "datum": dt.date(2026, 3, 30),
            "motivering": "",
            "door": lok.spelers.ivo,
            "nu": COLLEGE,
        }
        | velden,
    )


def test_votes_are_counted_and_decide(lok):
    lok.hou()
    advies = lok.stem(lok.advies(), roos=V, karim=V, an=O)

    telling = Advies.objects.met_totalen().get(pk=advies.pk)
    assert (telling.aantal_voor, telling.aantal_tegen, telling.aantal_onthouding) == (2, 0, 1)
    # Seventeen March and thirty days.
    assert advies.antwoord_voor == dt.date(2026, 4, 16)
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="lok.stemming.genoteerd")
    assert gebeurtenis.gegevens == {
        "advies": "18 plaatsen in Veldwijk",
        "voor": 2,
        "tegen": 0,
        "onthouding": 1,
    }


def test_adopted_advice_reaches_the_schepen_once(lok):
    lok.hou()
    advies = lok.aangenomen()
    lok.stem(advies, roos=V, karim=V, an=V)

    mail = Bericht.objects.get(sjabloon="lok/advies")
    assert mail.aan == lok.spelers.ivo.email
    assert mail.titel == (
        "Advies van het lokaal overleg: 18 plaatsen in Veldwijk. Antwoord voor 16 apr 2026"
    )
    assert "Het LOK vindt de plaatsen nodig." in mail.tekst


@pytest.mark.parametrize(
    ("stemmen", "uitslag"),
    [
        ({"roos": T, "karim": T, "an": V}, Uitslag.VERWORPEN),
        ({"roos": V, "karim": T}, Uitslag.STAKING),
    ],
)
def test_advice_that_is_not_adopted_goes_nowhere(lok, stemmen, uitslag):
    lok.hou()
    advies = lok.advies()

    besluit = noteer_stemming(
        advies,
        {lok.aanwezigheid(naam).pk: keuze for naam, keuze in stemmen.items()},
        door=lok.hanne,
        nu=DAARNA,
    )

    advies.refresh_from_db()
    assert besluit == uitslag
    assert advies.antwoord_voor is None
    assert not Bericht.objects.filter(sjabloon="lok/advies").exists()
    with pytest.raises(Weigering):
        noteer(advies, lok)


@pytest.mark.parametrize("naam", ["pieter", "mia"])
def test_who_may_not_vote_does_not(lok, naam):
    advies = lok.hou().advies()

    with pytest.raises(MagNietStemmen):
        lok.stem(advies, roos=V, **{naam: T})

    assert advies.stemmen.count() == 0


def test_who_was_not_there_does_not_vote(lok):
    advies = lok.hou("an").advies()

    with pytest.raises(MagNietStemmen):
        lok.stem(advies, roos=V, an=V)


def test_correction_replaces_the_votes(lok):
    lok.hou()
    advies = lok.aangenomen()

    lok.stem(advies, roos=T, karim=T)

    assert sorted(advies.stemmen.values_list("keuze", flat=True)) == ["tegen", "tegen"]
    assert advies.antwoord_voor is None
    assert Gebeurtenis.objects.filter(werkwoord="lok.stemming.verbeterd").count() == 1


def test_vote_before_attendance_is_refused(lok):
    lok.nodig_uit()
    advies = lok.advies()

    with pytest.raises(Vastgelegd):
        noteer_stemming(advies, {lok.aanwezigheid("roos").pk: V}, door=lok.hanne, nu=NU)


def test_empty_vote_is_refused(lok):
    advies = lok.hou().advies()

    with pytest.raises(Weigering, match="minstens één stem"):
        noteer_stemming(advies, {}, door=lok.hanne, nu=DAARNA)


def test_term_of_the_college_follows_the_rules_of_that_day(lok):
    LokReglement.objects.create(loket=lok.loket, vanaf=dt.date(2026, 1, 1), opvolgtermijn=45)
    LokReglement.objects.create(loket=lok.loket, vanaf=dt.date(2026, 3, 18), opvolgtermijn=10)
    LokReglement.objects.create(
        loket=lok.spelers.ander_loket, vanaf=dt.date(2026, 3, 1), opvolgtermijn=5
    )

    advies = lok.hou().aangenomen()

    assert advies.antwoord_voor == dt.date(2026, 5, 1)


def test_text_is_fixed_by_the_vote(lok):
    lok.hou()
    advies = lok.advies()
    wijzig_advies(advies, onderwerp="Ander onderwerp", tekst="…", door=lok.hanne, nu=DAARNA)
    lok.stem(advies, roos=V)

    with pytest.raises(Vastgelegd):
        wijzig_advies(advies, onderwerp="Weer anders", tekst="…", door=lok.hanne, nu=DAARNA)

    advies.refresh_from_db()
    assert advies.onderwerp == "Ander onderwerp"


def test_point_of_another_meeting_is_refused(lok):
    punt = maak_vergadering(lok.loket, door=lok.hanne).agendapunten.first()
    advies = lok.advies()

    for doe in (
        lambda: schrijf_advies(
            lok.vergadering, onderwerp="X", tekst="Y", agendapunt=punt, door=lok.hanne, nu=NU
        ),
        lambda: wijzig_advies(
            advies, onderwerp="X", tekst="Y", agendapunt=punt, door=lok.hanne, nu=NU
        ),
    ):
        with pytest.raises(Weigering, match="andere vergadering"):
            doe()


def test_college_answers_and_the_members_hear_it(lok):
    advies = lok.hou().aangenomen()

    opvolging = noteer(
        advies, lok, beslissing=Beslissing.VOLGT_DEELS, motivering="  Voor tien plaatsen. "
    )

    mails = Bericht.objects.filter(sjabloon="lok/opvolging")
    assert opvolging.motivering == "Voor tien plaatsen."
    assert opvolging.ingevoerd_door == lok.spelers.ivo
    assert mails.count() == 4
    assert "Voor tien plaatsen." in mails.first().tekst
    assert list(Advies.objects.wacht_op_college()) == []


def test_college_answers_once(lok):
    advies = lok.hou().aangenomen()
    noteer(advies, lok)

    with pytest.raises(IntussenGewijzigd):
        noteer(advies, lok, beslissing=Beslissing.VOLGT_NIET, motivering="Te duur.")
    with pytest.raises(Vastgelegd):
        lok.stem(advies, roos=T)


@pytest.mark.parametrize(
    "velden",
    [
        {"beslissing": Beslissing.VOLGT_NIET, "motivering": "  "},
        {"beslissing": Beslissing.VOLGT_DEELS},
        {"datum": dt.date(2026, 3, 16)},
        {"datum": dt.date(2026, 4, 2)},
    ],
    ids=["niet zonder reden", "deels zonder reden", "voor de vergadering", "in de toekomst"],
)
def test_answer_that_can_not_be_is_refused(lok, velden):
    advies = lok.hou().aangenomen()

    with pytest.raises(OngeldigeOpvolging):
        noteer(advies, lok, **velden)

    assert Bericht.objects.filter(sjabloon="lok/opvolging").count() == 0


def test_college_answers_on_the_day_itself(lok):
    advies = lok.hou().aangenomen()

    assert noteer(advies, lok, datum=dt.date(2026, 4, 1)).pk
