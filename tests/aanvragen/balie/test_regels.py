"""The rules of the work list by themselves: on which day something is due."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.werklijst import (
    HARD,
    VOLGORDE,
    Stand,
    Taak,
    Taaksoort,
    Wanneer,
    eerste,
    kies,
    met_stand,
    op_volgorde,
    tel,
    termijn,
    van_wie,
)


def dag(tekst: str) -> dt.date:
    return dt.date.fromisoformat(tekst)


# Easter 2026 is on 5 April: Monday 6 April is a free day. Christmas 2026 is a Friday; New Year too.


@pytest.mark.parametrize(
    ("soort", "vanaf", "verwacht"),
    [
        pytest.param("dubbel", "2026-04-01", "2026-04-02", id="dubbel, gewone dag"),
        pytest.param("dubbel", "2026-04-02", "2026-04-03", id="dubbel, witte donderdag"),
        pytest.param("dubbel", "2026-04-03", "2026-04-07", id="dubbel, over Pasen"),
        pytest.param("gesprek", "2026-12-24", "2026-12-28", id="bericht, over Kerst"),
        pytest.param("dringend", "2026-03-31", "2026-04-03", id="dringend, net voor Pasen"),
        pytest.param("dringend", "2026-04-01", "2026-04-07", id="dringend, over Pasen"),
        pytest.param("dringend", "2026-12-22", "2026-12-28", id="dringend, over Kerst"),
        pytest.param("te_laat", "2026-12-29", "2027-01-04", id="na herinnering, over Nieuwjaar"),
        pytest.param("kwetsbaar", "2026-03-27", "2026-04-13", id="kwetsbaar, over Pasen"),
        pytest.param("concept", "2026-12-23", "2026-12-29", id="niet af, over Kerst"),
        pytest.param("start", "2026-12-21", "2026-12-29", id="start, over Kerst"),
    ],
)
def test_waiting_counts_in_working_days(soort, vanaf, verwacht):
    assert termijn(soort, dag=None, vanaf=dag(vanaf)) == dag(verwacht)


@pytest.mark.parametrize(
    ("soort", "op", "verwacht"),
    [
        pytest.param("verloopt", "2026-04-03", "2026-04-03", id="vervalt op vrijdag"),
        pytest.param("verloopt", "2026-04-04", "2026-04-03", id="vervalt op zaterdag"),
        pytest.param("verloopt", "2026-04-06", "2026-04-03", id="vervalt op paasmaandag"),
        pytest.param("verloopt", "2026-12-27", "2026-12-24", id="vervalt na Kerst"),
        pytest.param("geen_keuze", "2026-04-03", "2026-04-03", id="op een vrijdag"),
        pytest.param("geen_keuze", "2026-04-04", "2026-04-07", id="op paaszaterdag"),
        pytest.param("nieuw", "2026-12-25", "2026-12-28", id="binnengekomen op Kerst"),
        pytest.param("bevestigen", "2026-05-31", "2026-06-01", id="op een zondag"),
        pytest.param("afspraak", "2026-04-04", "2026-04-04", id="afgesproken op zaterdag"),
        pytest.param("eigen", "2026-04-06", "2026-04-06", id="taak voor paasmaandag"),
    ],
)
def test_on_a_free_day_a_task_moves_and_an_end_comes_forward(soort, op, verwacht):
    assert termijn(soort, dag=dag(op), vanaf=None) == dag(verwacht)


def test_with_two_days_the_later_one_counts():
    vroeg, laat = dag("2026-03-16"), dag("2026-03-17")

    assert termijn("te_laat", dag=vroeg, vanaf=laat) == dag("2026-03-20")
    assert termijn("start", dag=dag("2026-05-04"), vanaf=laat) == dag("2026-05-04")


def test_only_an_end_that_cannot_move_comes_forward():
    assert {"verloopt"} == HARD


# What people did with a task

TAAK = Taak(Taaksoort.TE_LAAT, 1, 2, dag("2026-03-16"))


@pytest.mark.parametrize(
    ("stand", "op", "verwacht"),
    [
        pytest.param(None, "2026-03-17", ("2026-03-16", "laat"), id="niemand raakte ze aan"),
        pytest.param(Stand(wie=7), "2026-03-16", ("2026-03-16", "vandaag"), id="iemand heeft ze"),
        pytest.param(
            Stand(rust_tot=dag("2026-03-20"), rust_reden="afwezig"),
            "2026-03-19",
            ("2026-03-20", "uitgesteld"),
            id="rust, de dag ervoor",
        ),
        pytest.param(
            Stand(rust_tot=dag("2026-03-20"), rust_reden="afwezig"),
            "2026-03-20",
            ("2026-03-20", "vandaag"),
            id="rust, de dag zelf",
        ),
        pytest.param(
            Stand(rust_tot=dag("2026-03-10")),
            "2026-03-16",
            ("2026-03-16", "vandaag"),
            id="rustte voor ze te doen was",
        ),
        pytest.param(Stand(gedaan_termijn=dag("2026-03-16")), "2027-01-01", None, id="gedaan"),
        pytest.param(
            Stand(gedaan_termijn=dag("2026-03-15")),
            "2026-03-16",
            ("2026-03-16", "vandaag"),
            id="gedaan, nu opnieuw te doen",
        ),
        pytest.param(
            Stand(gedaan_termijn=dag("2026-03-16"), rust_tot=dag("2026-03-19")),
            "2026-03-18",
            None,
            id="gedaan, de dag voor ze terugkomt",
        ),
        pytest.param(
            Stand(gedaan_termijn=dag("2026-03-16"), rust_tot=dag("2026-03-19")),
            "2026-03-19",
            ("2026-03-19", "vandaag"),
            id="gedaan, de dag waarop ze terugkomt",
        ),
    ],
)
def test_what_was_done_with_a_task(stand, op, verwacht):
    taak = met_stand(TAAK, stand, peildatum=dag(op))

    assert (taak and (taak.termijn.isoformat(), taak.wanneer(dag(op)).value)) == verwacht


def test_who_has_a_task_stays_with_it():
    assert met_stand(TAAK, Stand(wie=7), peildatum=TAAK.termijn).wie == 7


# The lists

VANDAAG = dag("2026-03-16")
LIJST = [
    Taak(Taaksoort.TE_LAAT, 1, 1, dag("2026-03-13"), wie=7),
    Taak(Taaksoort.NIEUW, 2, 2, VANDAAG),
    Taak(Taaksoort.DRINGEND, 3, 3, VANDAAG, wie=8),
    Taak(Taaksoort.HULP, 4, 4, dag("2026-03-18")),
    Taak(Taaksoort.HULP, 5, 5, dag("2026-03-20"), rust_tot=dag("2026-03-20")),
]


@pytest.mark.parametrize(
    ("lijst", "verwacht"),
    [
        ("nu", [1, 2, 3]),
        ("week", [1, 2, 3, 4]),
        ("uitgesteld", [5]),
        ("hulp", [4]),
        ("verloopt", []),
    ],
)
def test_each_list_holds_its_own(lijst, verwacht):
    assert [t.vraag_id for t in kies(LIJST, lijst, peildatum=VANDAAG)] == verwacht


@pytest.mark.parametrize(
    ("wie", "verwacht"), [("mij", [1]), ("niemand", [2, 4, 5]), ("", [1, 2, 3, 4, 5])]
)
def test_a_list_can_be_mine_or_nobodys(wie, verwacht):
    assert [t.vraag_id for t in van_wie(LIJST, wie, ik=7)] == verwacht


def test_what_rests_is_counted_apart():
    assert tel(LIJST, peildatum=VANDAAG) == {
        "nu": 3,
        "week": 4,
        "uitgesteld": 1,
        "dringend": 1,
        "te_laat": 1,
        "hulp": 1,
        "nieuw": 1,
    }


def test_the_earliest_comes_first_and_then_the_most_pressing():
    assert [t.vraag_id for t in op_volgorde(reversed(LIJST))] == [1, 3, 2, 4, 5]


def test_the_one_thing_to_do_is_not_that_something_arrived():
    assert eerste(LIJST[1:], peildatum=VANDAAG) == LIJST[2]
    assert eerste([LIJST[1], LIJST[4]], peildatum=VANDAAG) is None
    assert eerste([LIJST[4]], peildatum=dag("2026-03-20")) == LIJST[4]


def test_every_kind_has_a_place_in_the_order():
    assert sorted(VOLGORDE.values()) == list(range(len(Taaksoort)))
    assert {w.value for w in Wanneer} == {"laat", "vandaag", "week", "uitgesteld"}
