"""The figures: every child once, and nothing that points at a family."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanvragen.domain.noodplan.bellen import bellijst, noteer_gesprek
from aanvragen.domain.noodplan.herplaatsen import plaats_meteen, vraag_daar
from aanvragen.domain.noodplan.voortgang import Groep, Kindstand, verberg_klein, voortgang
from aanvragen.models import Noodplan
from aanvragen.models.noodplan import Beluitkomst
from aanvragen.workflow import Vraagstatus
from tests.fabrieken import NU, VANDAAG, maak_aanbod, maak_locatie
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

DAG = dt.timedelta(days=1)


@pytest.mark.django_db
def test_every_child_has_one_stand(spelers):
    loket, door = spelers.loket, spelers.carla
    kinderen = [plaats_kind(spelers.egeltjes, loket=loket) for _ in range(8)]
    bij_buren = plaats_kind(spelers.egeltjes, loket=spelers.ander_loket)
    plan = begin_plan(spelers.egeltjes, loket=loket, onbekende_kinderen=5)
    regels = [regel_van(een) for een in kinderen]
    plaats_meteen(regels[0], maak_aanbod(maak_locatie(loket=loket)), start=SLUIT, door=door, nu=NU)
    for regel, uitkomst in zip(regels[1:6], Beluitkomst, strict=True):
        noteer_gesprek(regel, uitkomst, door=door, nu=NU)
    vraag_daar(regels[6], spelers.zonnetje, door=door, nu=NU)

    figuren = voortgang(Noodplan.objects.get(), peildatum=VANDAAG)

    assert dict(figuren.per_stand) == {
        Kindstand.PLAATS: 2,  # one by us, one found elsewhere
        Kindstand.EIGEN: 1,
        Kindstand.IN_GESPREK: 2,
        Kindstand.TE_BEREIKEN: 2,
        Kindstand.RUST: 1,
        Kindstand.ANDER_LOKET: 1,
    }
    assert figuren.totaal == 14
    assert figuren.per_groep == {
        Groep.GEREGELD: 3,
        Groep.IN_GESPREK: 2,
        Groep.TE_BEREIKEN: 2,
        Groep.NIET_VIA_ONS: 7,
    }
    assert regel_van(bij_buren).heropend.status == Vraagstatus.ACTIEF
    assert {regel.pk for regel in bellijst(plan)} == {
        regels[1].pk,  # spoken, we look together
        regels[2].pk,  # not reached
        regels[6].pk,
        regels[7].pk,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("uitkomst", "opnieuw", "verwacht"),
    [
        (Beluitkomst.NIET_BEREIKT, None, VANDAAG + DAG),
        (Beluitkomst.BEREIKT, None, VANDAAG + 3 * DAG),
        (Beluitkomst.NIET_BEREIKT, VANDAAG, VANDAAG),
        (Beluitkomst.BEREIKT, VANDAAG + 9 * DAG, VANDAAG + 9 * DAG),
    ],
)
def test_when_to_call_again(spelers, uitkomst, opnieuw, verwacht):
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    begin_plan(spelers.egeltjes, loket=spelers.loket)

    noteer_gesprek(regel_van(plaatsing), uitkomst, opnieuw_op=opnieuw, door=spelers.carla, nu=NU)

    assert regel_van(plaatsing).bel_op == verwacht


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("uitkomst", "vervalreden"),
    [
        (Beluitkomst.EIGEN, "niet_meer_nodig"),
        (Beluitkomst.ELDERS, "buiten_loket"),
        (Beluitkomst.RUST, "droevig_nieuws"),
        (Beluitkomst.BEREIKT, ""),
    ],
)
def test_an_outcome_closes_the_question_so_that_it_never_counts_as_unanswered(
    spelers, uitkomst, vervalreden
):
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    begin_plan(spelers.egeltjes, loket=spelers.loket)

    noteer_gesprek(regel_van(plaatsing), uitkomst, door=spelers.carla, nu=NU)

    vraag = regel_van(plaatsing).heropend
    assert vraag.vervalreden == vervalreden
    assert (vraag.status == Vraagstatus.VERVALLEN) is bool(vervalreden)


@pytest.mark.parametrize(
    ("getallen", "grens", "verwacht"),
    [
        ((6, 7, 8, 9), 5, (6, 7, 8, 9)),
        ((1, 1, 1, 1), 5, (None, None, None, None)),
        ((0, 0, 0, 0), 5, (0, 0, 0, 0)),
        ((3, 7, 8, 9), 5, (None, None, 8, 9)),
        ((3, 4, 8, 9), 5, (None, None, 8, 9)),
        ((1, 2, 8, 9), 5, (None, None, None, 9)),
        ((3, 0, 8, 9), 5, (None, None, None, 9)),
        ((3, 4, 8, 9), 0, (3, 4, 8, 9)),
    ],
)
def test_small_numbers_are_hidden_with_their_complement(getallen, grens, verwacht):
    cellen = dict(zip(Groep, getallen, strict=True))

    assert tuple(verberg_klein(cellen, grens=grens).values()) == verwacht


@settings(max_examples=200)
@given(st.tuples(*[st.integers(0, 30)] * 4), st.integers(0, 12))
def test_what_is_shown_never_gives_a_small_number_away(getallen, grens):
    cellen = dict(zip(Groep, getallen, strict=True))
    uit = verberg_klein(cellen, grens=grens)
    verborgen = [cel for cel, aantal in uit.items() if aantal is None]

    assert all(aantal in (None, cellen[cel]) for cel, aantal in uit.items())
    assert all(not 0 < aantal < grens for aantal in uit.values() if aantal is not None)
    if verborgen:
        # The total minus what is shown leaves a sum over several cells, and not a small one.
        assert len(verborgen) > 1
        assert sum(cellen[cel] for cel in verborgen) >= grens or len(verborgen) == len(cellen)
