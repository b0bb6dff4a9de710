from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.domain.stoppen import sluit_onbeantwoord_af
from opvang.weekrooster import VOL_MASKER, Weekrooster
from rapportage.indicatoren.basis import Werkgebied
from rapportage.indicatoren.opvangvragen import lees_vragen
from rapportage.indicatoren.tekort import kwartdagen, maanden_vanaf, tekort
from tests.fabrieken import (
    VANDAAG,
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_loket,
    maak_vergunning,
    maak_vragen,
    vraag_gegevens,
)
from tests.rapportage.fabrieken import moment, plaats, vraag_van

EERDER = VANDAAG - dt.timedelta(days=20)
MAANDAG = Weekrooster.van_dagen(0).masker
MAANDAG_VM = Weekrooster.van_dagdelen([(0, 0)]).masker


@pytest.fixture
def loket():
    return maak_loket(kleine_cel=0)


@pytest.fixture
def locatie(loket):
    locatie = maak_locatie(loket=loket)
    maak_vergunning(locatie)
    return locatie


def tel(loket, peildatum: dt.date = VANDAAG):
    return tekort(Werkgebied.van(loket), peildatum)


def maandagen(uitkomst) -> list[tuple]:
    """(asked, free, short) of the Mondays, month by month."""
    return [(m.cellen[0].gevraagd, m.cellen[0].vrij, m.cellen[0].tekort) for m in uitkomst.maanden]


# Pure


def test_twelve_months_over_the_turn_of_the_year():
    maanden = maanden_vanaf(dt.date(2026, 11, 23))

    assert len(maanden) == 12
    assert (maanden[0], maanden[1], maanden[2], maanden[11]) == (
        dt.date(2026, 11, 1),
        dt.date(2026, 12, 1),
        dt.date(2027, 1, 1),
        dt.date(2027, 10, 1),
    )


@pytest.mark.parametrize(
    ("rooster", "wissel", "verwacht"),
    [
        (MAANDAG, None, [4, 0, 0, 0, 0]),
        (MAANDAG_VM, None, [2, 0, 0, 0, 0]),
        (MAANDAG, 0, [2, 0, 0, 0, 0]),
        (MAANDAG_VM, MAANDAG, [3, 0, 0, 0, 0]),
        (MAANDAG, Weekrooster.van_dagen(4).masker, [2, 0, 0, 0, 2]),
        (Weekrooster.van_dagen(5, 6).masker, None, [0, 0, 0, 0, 0]),
    ],
)
def test_care_in_quarters_of_a_day(rooster, wissel, verwacht):
    assert kwartdagen(rooster, wissel) == verwacht


@given(st.integers(0, VOL_MASKER), st.integers(0, VOL_MASKER) | st.none())
def test_an_alternating_week_is_the_mean_of_both(rooster, wissel):
    andere = rooster if wissel is None else wissel

    assert [2 * n for n in kwartdagen(rooster, wissel)] == [
        a + b for a, b in zip(kwartdagen(rooster, None), kwartdagen(andere, None), strict=True)
    ]


# From questions and free places


@pytest.mark.django_db
def test_asked_less_free_is_short_and_never_below_zero(loket, locatie):
    for _ in range(3):
        vraag_van(loket, locatie, op=EERDER, gewenste_start=dt.date(2026, 4, 15), rooster=MAANDAG)
    maak_aanbod(locatie, 2, nu=moment(EERDER), tot=dt.date(2026, 6, 1))

    uitkomst = tel(loket)

    assert uitkomst.vrij_gekend
    assert maandagen(uitkomst)[:4] == [
        (0, 2, 0),  # March: nobody needs care yet
        (3, 2, 1),  # April: from the 15th
        (3, 2, 1),
        (3, 0, 3),  # June: the places end on 1 June
    ]
    april = uitkomst.maanden[1]
    assert (april.totaal.gevraagd, april.totaal.vrij, april.totaal.tekort) == (3, 10, 1)
    assert uitkomst.ergste == (dt.date(2026, 6, 1), 0, Decimal(3))


@pytest.mark.django_db
def test_half_days_and_alternating_weeks_count_for_their_share(loket, locatie):
    vraag_van(loket, locatie, op=EERDER, gewenste_start=VANDAAG, rooster=MAANDAG_VM)
    vraag_van(
        loket,
        locatie,
        op=EERDER,
        gewenste_start=VANDAAG,
        rooster=MAANDAG,
        rooster_wissel=MAANDAG_VM,
    )
    maak_aanbod(locatie, 0, nu=moment(EERDER))

    assert maandagen(tel(loket))[0] == (Decimal("1.25"), 0, Decimal("1.25"))


@pytest.mark.django_db
def test_without_any_known_location_the_shortage_is_unknown(loket, locatie):
    vraag_van(loket, locatie, op=EERDER, gewenste_start=VANDAAG, rooster=MAANDAG)

    uitkomst = tel(loket)

    assert not uitkomst.vrij_gekend
    assert maandagen(uitkomst)[0] == (Decimal(1), None, None)
    assert uitkomst.maanden[0].totaal.tekort is None
    assert uitkomst.ergste is None


@pytest.mark.django_db
def test_only_who_still_seeks_is_counted(loket, locatie):
    plaats(vraag_van(loket, locatie, op=EERDER, gewenste_start=VANDAAG, rooster=MAANDAG))
    sluit_onbeantwoord_af(
        vraag_van(loket, locatie, op=EERDER, gewenste_start=VANDAAG, rooster=MAANDAG),
        door=None,
        nu=moment(VANDAAG),
    )
    vraag_van(
        loket, locatie, op=VANDAAG + dt.timedelta(days=1), gewenste_start=VANDAAG, rooster=MAANDAG
    )

    assert maandagen(tel(loket))[0][0] == 0
    assert maandagen(tel(loket, VANDAAG - dt.timedelta(days=1)))[0][0] == 2


@pytest.mark.django_db
def test_care_counts_from_its_start_to_its_end_and_to_the_third_birthday(loket, locatie):
    vraag_van(
        loket,
        locatie,
        op=EERDER,
        gewenste_start=dt.date(2026, 3, 31),
        gewenst_einde=dt.date(2026, 5, 1),
        rooster=MAANDAG,
    )
    maak_vragen(
        loket,
        [locatie],
        nu=moment(EERDER),
        kinderen=(kind_gegevens(geboortedatum=dt.date(2023, 6, 10)),),
        vraag=vraag_gegevens(gewenste_start=VANDAAG, rooster=MAANDAG),
    )

    assert [gevraagd for gevraagd, _vrij, _tekort in maandagen(tel(loket))][:5] == [2, 2, 1, 1, 0]


@pytest.mark.django_db
def test_a_child_of_29_february_is_three_on_1_march(loket, locatie):
    maak_vragen(
        loket,
        [locatie],
        nu=moment(EERDER),
        kinderen=(kind_gegevens(geboortedatum=dt.date(2024, 2, 29)),),
        vraag=vraag_gegevens(gewenste_start=VANDAAG, rooster=MAANDAG),
    )

    (feit,) = lees_vragen(Werkgebied.van(loket), VANDAAG)

    assert feit.einde == dt.date(2027, 3, 1)


@pytest.mark.django_db
def test_a_day_that_few_ask_for_is_hidden_with_another(locatie):
    loket = maak_loket(kleine_cel=3, gemeenten=[locatie.gemeente])
    for dagen in ((0, 1), (0, 1), (0, 1), (1, 2), (0,)):
        vraag_van(
            loket,
            locatie,
            op=EERDER,
            gewenste_start=VANDAAG,
            rooster=Weekrooster.van_dagen(*dagen).masker,
        )
    maak_aanbod(locatie, 1, nu=moment(EERDER))

    maand = tel(loket).maanden[0]

    # Wednesday has one family; the total of 9 would give it away, so Monday goes with it.
    assert [cel.gevraagd for cel in maand.cellen] == [None, 4, None, 0, 0]
    assert [cel.tekort for cel in maand.cellen] == [None, 3, None, 0, 0]
    assert (maand.totaal.gevraagd, maand.totaal.vrij, maand.totaal.tekort) == (9, 5, None)
    assert not tel(loket).alles_getoond
