"""The child ratios of 1-1-2027: what they take, and how a provider plans for it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import settings as hyp
from hypothesis import strategies as st

from loket.models import Gebeurtenis
from opvang.domain.capaciteit import (
    REGELS,
    Gevolg,
    Groep,
    Situatie,
    Telling,
    begeleiders,
    meeste_kinderen,
    regel_op,
    tel_gevolg,
    tel_samen,
    verandering,
    wissel_bij,
)
from opvang.domain.capaciteit_lezen import lees_plaatsen
from opvang.domain.plaatsen_plannen import (
    DagIsVoorbij,
    GeenVergunning,
    MeerDanVergund,
    plan_open_plaatsen,
)
from opvang.models import Leeftijdsgroep, Opvanglocatie, Vergunning
from opvang.workflow import Opvangvorm, Trap
from tests.fabrieken import NU, VANDAAG, maak_gebruiker, maak_locatie, maak_vergunning

WISSEL = dt.date(2027, 1, 1)
OUD, NIEUW = REGELS


def wat(vorm: Opvangvorm, open_: int, *groepen: Groep, vergund: int | None = None):
    situatie = Situatie(vorm=vorm, vergund=vergund or open_, open=open_, groepen=groepen)
    return verandering(situatie, van=OUD, naar=NIEUW)


# The dated rules


def test_rules_follow_one_another_on_the_first_of_2027():
    assert (OUD.vanaf, OUD.tot, NIEUW.vanaf, NIEUW.tot) == (None, WISSEL, WISSEL, None)
    assert regel_op(dt.date(2026, 12, 31)) is OUD
    assert regel_op(WISSEL) is NIEUW
    assert all("Opgroeien" in regel.bron for regel in REGELS)


@pytest.mark.parametrize("dag", [VANDAAG, dt.date(2026, 12, 31), WISSEL, dt.date(2030, 1, 1)])
def test_next_change_is_known_long_before_and_still_after(dag):
    assert wissel_bij(dag) == (OUD, NIEUW)


# Childminders


@pytest.mark.parametrize(("open_", "minder"), [(0, None), (4, None), (7, None), (8, 1)])
def test_childminder_goes_from_eight_to_seven(open_, minder):
    gevolg = wat(Opvangvorm.GEZIN, open_, vergund=8)

    assert (gevolg and gevolg.minder) == minder
    if gevolg:
        assert (gevolg.op, gevolg.tegelijk_nu, gevolg.tegelijk_straks) == (WISSEL, 8, 7)


def test_more_than_a_childminder_may_have_now_is_counted_from_what_is_allowed():
    gevolg = wat(Opvangvorm.GEZIN, 10)

    assert (gevolg.tegelijk_nu, gevolg.minder) == (8, 1)


# Group care


@pytest.mark.parametrize("vorm", [Opvangvorm.GROEP, Opvangvorm.SAMENWERKEND])
@pytest.mark.parametrize(
    ("open_", "nu", "straks", "zonder_extra"),
    [(8, 1, 2, 1), (15, 2, 3, 1), (18, 2, 3, 4), (36, 4, 6, 8), (63, 7, 9, 14)],
)
def test_mixed_group_needs_more_carers_or_loses_places(vorm, open_, nu, straks, zonder_extra):
    gevolg = wat(vorm, open_)

    assert (gevolg.begeleiders_nu, gevolg.begeleiders_straks) == (nu, straks)
    assert (gevolg.zonder_extra, gevolg.minder) == (zonder_extra, 0)
    assert (gevolg.extra_begeleiders, gevolg.kan_zonder_extra) == (
        straks - nu,
        open_ - zonder_extra,
    )


@pytest.mark.parametrize("open_", [0, 5, 7, 9, 14])
def test_group_that_has_enough_carers_already_changes_nothing(open_):
    assert wat(Opvangvorm.GROEP, open_) is None


def test_ages_decide_how_many_children_a_carer_may_have():
    babys = Groep(plaatsen=9, leeftijd_tot=12)
    peuters = Groep(plaatsen=9, leeftijd_vanaf=13, leeftijd_tot=36)
    alles = Groep(plaatsen=9)

    assert [begeleiders(groep, regel=OUD) for groep in (babys, peuters, alles)] == [2, 2, 2]
    assert [begeleiders(groep, regel=NIEUW) for groep in (babys, peuters, alles)] == [2, 2, 2]
    assert [meeste_kinderen(groep, 1, regel=NIEUW) for groep in (babys, peuters, alles)] == [
        5,
        8,
        7,
    ]
    assert [meeste_kinderen(groep, 2, regel=NIEUW) for groep in (babys, peuters, alles)] == [
        10,
        16,
        14,
    ]
    # "up to and including 12 months" ends before 13; a group from 12 months on is mixed.
    assert meeste_kinderen(Groep(plaatsen=1, leeftijd_tot=13), 1, regel=NIEUW) == 5
    assert meeste_kinderen(Groep(plaatsen=1, leeftijd_tot=14), 1, regel=NIEUW) == 7
    assert meeste_kinderen(Groep(plaatsen=1, leeftijd_vanaf=12), 1, regel=NIEUW) == 7


def test_groups_are_counted_apart_and_the_rest_is_mixed():
    gevolg = wat(
        Opvangvorm.GROEP,
        36,
        Groep(plaatsen=12, leeftijd_tot=12),
        Groep(plaatsen=16, leeftijd_vanaf=13),
    )

    # babies 12: 2 -> 3 (10 with two); older 16: 2 -> 2; the other 8 mixed: 1 -> 2 (7 with one).
    assert (gevolg.begeleiders_nu, gevolg.begeleiders_straks) == (5, 7)
    assert gevolg.zonder_extra == 2 + 1


def test_places_that_are_not_open_leave_the_last_group():
    situatie = Situatie(
        vorm=Opvangvorm.GROEP,
        vergund=18,
        open=10,
        groepen=(Groep(plaatsen=8, leeftijd_tot=12), Groep(plaatsen=10, leeftijd_vanaf=13)),
    )

    assert [(groep.plaatsen, groep.leeftijd_tot) for groep in situatie.bezet] == [(8, 12), (2, 36)]


@hyp(max_examples=150)
@given(
    st.sampled_from(list(Opvangvorm)),
    st.integers(0, 120),
    st.lists(
        st.builds(
            Groep,
            plaatsen=st.integers(0, 40),
            leeftijd_vanaf=st.integers(0, 18),
            leeftijd_tot=st.integers(19, 48),
        ),
        max_size=3,
    ),
)
def test_a_change_never_asks_more_than_there_is(vorm, open_, groepen):
    gevolg = wat(vorm, open_, *groepen)

    if gevolg is not None:
        assert 0 <= gevolg.minder <= open_
        assert 0 <= gevolg.zonder_extra < open_
        assert (gevolg.minder > 0) == (vorm == Opvangvorm.GEZIN)
        assert (gevolg.extra_begeleiders > 0) == (vorm != Opvangvorm.GEZIN)
        for groep in Situatie(vorm=vorm, vergund=open_, open=open_, groepen=tuple(groepen)).bezet:
            aantal = begeleiders(groep, regel=NIEUW)
            assert meeste_kinderen(groep, aantal, regel=NIEUW) >= groep.plaatsen
            assert aantal == 1 or meeste_kinderen(groep, aantal - 1, regel=NIEUW) < groep.plaatsen


# Counting


def test_places_are_counted_by_tier_and_by_price():
    totaal = tel_samen(
        [
            Telling(vergund=18, open=16, per_trap=(0, 6, 12, 0)),
            Telling(vergund=8, open=8, per_trap=(1, 0, 0, 7)),
        ]
    )

    assert (totaal.vergund, totaal.open, totaal.per_trap) == (26, 24, (1, 6, 12, 7))
    assert (totaal.ikt, totaal.vrije_prijs) == (19, 7)
    assert totaal.trappen == [(Trap.T0, 1), (Trap.T1, 6), (Trap.T2, 12), (Trap.T3, 7)]
    assert tel_samen([]) == Telling()


def test_what_a_change_costs_an_area_keeps_certain_and_perhaps_apart():
    gevolgen = [
        wat(Opvangvorm.GEZIN, 8),
        wat(Opvangvorm.GEZIN, 8),
        wat(Opvangvorm.GROEP, 18),
        wat(Opvangvorm.GROEP, 36),
    ]

    assert tel_gevolg(gevolgen) == Gevolg(
        gezinnen=2, minder=2, groepen=2, extra_begeleiders=3, zonder_extra=12
    )


# Reading and planning


@pytest.fixture
def onthaal(db):
    locatie = maak_locatie("Onthaal", opvangvorm=Opvangvorm.GEZIN)
    maak_vergunning(locatie, 8, bron="Opgroeien")
    return locatie


def beeld(locatie, peildatum=VANDAAG):
    return lees_plaatsen(Opvanglocatie.objects.filter(pk=locatie.pk), peildatum=peildatum)[0]


def rijen(locatie):
    return list(
        locatie.vergunningen.order_by("vanaf").values_list(
            "vanaf", "tot", "vergunde_plaatsen", "operationele_plaatsen"
        )
    )


def test_who_plans_ahead_has_nothing_left_to_change(onthaal):
    assert beeld(onthaal).verandering.minder == 1

    plan_open_plaatsen(onthaal, vanaf=WISSEL, plaatsen=7, door=None, nu=NU)

    nu = beeld(onthaal)
    assert nu.verandering is None
    assert nu.nu.operationele_plaatsen == 8
    assert [(rij.vanaf, rij.operationele_plaatsen) for rij in nu.komend] == [(WISSEL, 7)]
    assert beeld(onthaal, WISSEL).nu.operationele_plaatsen == 7


def test_plan_cuts_the_licence_and_keeps_all_else(onthaal):
    vergunning = onthaal.vergunningen.get()
    Leeftijdsgroep.objects.create(vergunning=vergunning, naam="Baby's", leeftijd_tot=12, plaatsen=3)
    farid = maak_gebruiker()

    plan_open_plaatsen(onthaal, vanaf=WISSEL, plaatsen=7, door=farid, nu=NU)

    assert rijen(onthaal) == [
        (dt.date(2020, 1, 1), WISSEL, 8, 8),
        (WISSEL, None, 8, 7),
    ]
    oud, nieuw = onthaal.vergunningen.order_by("vanaf")
    assert (nieuw.bron, nieuw.plaatsen_t2) == ("Opgroeien", 8)
    assert [(g.naam, g.leeftijd_tot, g.plaatsen) for g in nieuw.leeftijdsgroepen.all()] == [
        ("Baby's", 12, 3)
    ]
    assert oud.leeftijdsgroepen.count() == 1
    log = Gebeurtenis.objects.get(werkwoord="opvang.plaatsen_gepland")
    assert (log.door, log.onderwerp_id) == (farid, onthaal.pk)
    assert log.gegevens == {"vanaf": "2027-01-01", "was": 8, "plaatsen": 7}


def test_plan_for_the_same_day_changes_the_plan(onthaal):
    for plaatsen in (7, 6):
        plan_open_plaatsen(onthaal, vanaf=WISSEL, plaatsen=plaatsen, door=None, nu=NU)

    assert rijen(onthaal)[1:] == [(WISSEL, None, 8, 6)]


def test_plan_before_another_leaves_the_other(onthaal):
    plan_open_plaatsen(onthaal, vanaf=WISSEL, plaatsen=7, door=None, nu=NU)
    plan_open_plaatsen(onthaal, vanaf=VANDAAG, plaatsen=5, door=None, nu=NU)

    assert rijen(onthaal) == [
        (dt.date(2020, 1, 1), VANDAAG, 8, 8),
        (VANDAAG, WISSEL, 8, 5),
        (WISSEL, None, 8, 7),
    ]


@pytest.mark.parametrize(
    ("vanaf", "plaatsen", "fout"),
    [
        (WISSEL, 9, MeerDanVergund),
        (WISSEL, -1, MeerDanVergund),
        (VANDAAG - dt.timedelta(days=1), 7, DagIsVoorbij),
        (dt.date(2028, 1, 1), 7, GeenVergunning),
    ],
)
def test_plan_that_can_not_be_is_refused(onthaal, vanaf, plaatsen, fout):
    Vergunning.objects.update(tot=dt.date(2028, 1, 1))

    with pytest.raises(fout):
        plan_open_plaatsen(onthaal, vanaf=vanaf, plaatsen=plaatsen, door=None, nu=NU)
    assert len(rijen(onthaal)) == 1


def test_location_whose_licence_ends_before_has_nothing_to_change(onthaal):
    Vergunning.objects.update(tot=WISSEL)

    assert beeld(onthaal).verandering is None


def test_location_without_a_licence_is_unknown_not_empty(db):
    leeg = beeld(maak_locatie())

    assert (leeg.nu, leeg.komend, leeg.verandering) == (None, (), None)
    assert leeg.telling == Telling()


@pytest.mark.django_db
@hyp(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 8)),
        min_size=1,
        max_size=6,
        unique_by=lambda p: p[0],
    )
)
def test_any_row_of_plans_keeps_one_unbroken_licence(plannen):
    """Every day has one row, and says what was planned last for the latest day up to it."""
    with transaction.atomic():
        locatie = maak_locatie(opvangvorm=Opvangvorm.GEZIN)
        maak_vergunning(locatie, 8)
        for dagen, plaatsen in plannen:
            plan_open_plaatsen(
                locatie,
                vanaf=VANDAAG + dt.timedelta(days=dagen),
                plaatsen=plaatsen,
                door=None,
                nu=NU,
            )
        uit = rijen(locatie)
        transaction.set_rollback(True)

    verwacht = sorted((VANDAAG + dt.timedelta(days=dagen), n) for dagen, n in plannen)
    assert [(rij[0], rij[3]) for rij in uit[1:]] == verwacht
    assert [rij[1] for rij in uit] == [rij[0] for rij in uit[1:]] + [None]
    assert {rij[2] for rij in uit} == {8}


# The database


def test_age_groups_never_hold_more_places_than_the_licence(onthaal):
    vergunning = onthaal.vergunningen.get()
    groep = Leeftijdsgroep.objects.create(vergunning=vergunning, naam="A", plaatsen=5)

    for sql in (
        "INSERT INTO opvang_leeftijdsgroep (vergunning_id, naam, leeftijd_vanaf, leeftijd_tot, plaatsen)"
        f" VALUES ({vergunning.pk}, 'B', 0, 36, 4)",
        f"UPDATE opvang_leeftijdsgroep SET plaatsen = 9 WHERE id = {groep.pk}",
        "UPDATE opvang_vergunning SET vergunde_plaatsen = 4, operationele_plaatsen = 4, plaatsen_t2 = 4"
        f" WHERE id = {vergunning.pk}",
    ):
        with (
            pytest.raises(IntegrityError, match="leeftijdsgroepen_binnen_vergunning"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with transaction.atomic(), connection.cursor() as cursor:  # both at once, in any order
        Vergunning.objects.filter(pk=vergunning.pk).update(
            vergunde_plaatsen=4, operationele_plaatsen=4, plaatsen_t2=4
        )
        Leeftijdsgroep.objects.filter(pk=groep.pk).update(plaatsen=4)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(IntegrityError, match="leeftijdsgroep_leeftijden_oplopend"):
        Leeftijdsgroep.objects.create(
            vergunning=vergunning, naam="C", plaatsen=0, leeftijd_vanaf=12, leeftijd_tot=12
        )
