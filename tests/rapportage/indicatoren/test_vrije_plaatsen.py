from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.workflow import Vervalreden
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd, pas_vrij_aan
from opvang.workflow import Aanbodsoort
from rapportage.indicatoren.basis import Werkgebied
from rapportage.indicatoren.vrije_plaatsen import lees_aanbod, vrije_plaatsen
from tests.fabrieken import (
    VANDAAG,
    maak_aanbod,
    maak_locatie,
    maak_loket,
    maak_vergunning,
    maak_voorstel,
)
from tests.rapportage.fabrieken import moment, vraag_van

pytestmark = pytest.mark.django_db
MAANDAG_HEEL = [2, 2] + [0] * 12


@pytest.fixture
def loket():
    return maak_loket(vers_dagen=30, verborgen_dagen=60, kleine_cel=0)


@pytest.fixture
def locatie(loket):
    """A licensed location."""
    return vergund(loket)


def vergund(loket):
    locatie = maak_locatie(loket=loket)
    maak_vergunning(locatie)
    return locatie


def tel(loket, peildatum: dt.date = VANDAAG):
    return vrije_plaatsen(Werkgebied.van(loket), peildatum)


def dagen_geleden(dagen: int) -> dt.datetime:
    return moment(VANDAAG - dt.timedelta(days=dagen))


def test_a_location_that_never_said_anything_is_unknown_and_no_zero(loket, locatie):
    uitkomst = tel(loket)

    assert (uitkomst.locaties, uitkomst.gekend, uitkomst.niet_gekend) == (1, 0, 1)
    assert (uitkomst.per_weekdag, uitkomst.gemiddeld) == ((), None)


def test_a_location_that_said_it_is_full_is_known(loket, locatie):
    maak_aanbod(locatie, 0, nu=dagen_geleden(1))

    uitkomst = tel(loket)

    assert (uitkomst.zeker, uitkomst.niet_gekend) == (1, 0)
    assert uitkomst.per_weekdag == (Decimal(0),) * 5
    assert uitkomst.gemiddeld == Decimal("0.0")


@pytest.mark.parametrize(
    ("dagen", "verwacht"),
    [
        (0, "zeker"),
        (29, "zeker"),
        (30, "ouder"),
        (59, "ouder"),
        (60, "niet_gekend"),
        (400, "niet_gekend"),
    ],
)
def test_freshness_follows_the_settings_of_the_loket(loket, locatie, dagen, verwacht):
    maak_aanbod(locatie, 1, nu=dagen_geleden(dagen))

    uitkomst = tel(loket)

    assert {naam: getattr(uitkomst, naam) for naam in ("zeker", "ouder", "niet_gekend")} == {
        "zeker": 0,
        "ouder": 0,
        "niet_gekend": 0,
        verwacht: 1,
    }


def test_free_places_add_up_per_weekday_and_half_days_are_halves(loket, locatie):
    maak_aanbod(locatie, [2, 1, 0, 0, 3, 3] + [0] * 8, nu=dagen_geleden(1))
    maak_aanbod(vergund(loket), [1] * 10 + [0] * 4, nu=dagen_geleden(1))

    uitkomst = tel(loket)

    assert uitkomst.per_weekdag == (
        Decimal("2.5"),
        Decimal(1),
        Decimal(4),
        Decimal(1),
        Decimal(1),
    )
    assert uitkomst.gemiddeld == Decimal("1.9")


def test_only_regular_places_of_licensed_locations_on_the_day_count(loket, locatie):
    gisteren = VANDAAG - dt.timedelta(days=1)
    morgen = VANDAAG + dt.timedelta(days=1)
    maak_aanbod(locatie, MAANDAG_HEEL, nu=dagen_geleden(1))
    maak_aanbod(locatie, 9, nu=dagen_geleden(1), soort=Aanbodsoort.DRINGEND)
    maak_aanbod(locatie, 9, nu=dagen_geleden(9), vanaf=dt.date(2026, 1, 1), tot=VANDAAG)
    maak_aanbod(locatie, 9, nu=dagen_geleden(1), vanaf=morgen)
    maak_aanbod(maak_locatie(loket=loket), 9, nu=dagen_geleden(1))  # no licence
    ander = maak_loket()
    maak_aanbod(vergund(ander), 9, nu=dagen_geleden(1))

    uitkomst = tel(loket)

    assert uitkomst.per_weekdag[0] == Decimal(2)
    assert uitkomst.locaties == 1
    assert gisteren < VANDAAG


def test_a_location_that_only_spoke_of_a_period_that_ended_is_unknown(loket, locatie):
    maak_aanbod(locatie, 3, nu=dagen_geleden(5), vanaf=dt.date(2026, 1, 1), tot=VANDAAG)

    assert tel(loket).niet_gekend == 1


def test_accepted_places_are_not_free(loket, locatie):
    vraag = vraag_van(loket, locatie, op=VANDAAG, gewenste_start=VANDAAG)
    aanbod = maak_aanbod(locatie, 2, nu=dagen_geleden(1))
    aanvaard(
        maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=moment(VANDAAG)),
        door=None,
        nu=moment(VANDAAG, 11),
    )

    # Monday and Tuesday were asked.
    assert tel(loket).per_weekdag == (Decimal(1), Decimal(1), Decimal(2), Decimal(2), Decimal(2))


# A day in the past


def test_a_place_that_was_taken_later_was_free_then(loket, locatie):
    vraag = vraag_van(loket, locatie, op=VANDAAG - dt.timedelta(days=8), gewenste_start=VANDAAG)
    aanbod = maak_aanbod(locatie, 2, nu=dagen_geleden(10))
    aanvaard(
        maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=dagen_geleden(3)),
        door=None,
        nu=dagen_geleden(2),
    )

    def maandag(dagen: int) -> Decimal:
        return tel(loket, VANDAAG - dt.timedelta(days=dagen)).per_weekdag[0]

    assert maandag(4) == 2
    assert maandag(3) == 1  # offered and reserved
    assert maandag(2) == 1  # accepted
    assert maandag(0) == 1


def test_a_place_that_was_freed_later_was_taken_then(loket, locatie):
    vraag = vraag_van(loket, locatie, op=VANDAAG - dt.timedelta(days=8), gewenste_start=VANDAAG)
    aanbod = maak_aanbod(locatie, 2, nu=dagen_geleden(10))
    aanvaard(
        maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=dagen_geleden(7), reserveert=False),
        door=None,
        nu=dagen_geleden(5),
    )
    laat_vervallen(vraag, reden=Vervalreden.VERHUISD, door=None, nu=dagen_geleden(2))

    def maandag(dagen: int) -> Decimal:
        return tel(loket, VANDAAG - dt.timedelta(days=dagen)).per_weekdag[0]

    assert maandag(6) == 2  # offered to several: nobody has it
    assert maandag(5) == 1
    assert maandag(3) == 1
    assert maandag(2) == 2


@pytest.mark.parametrize("hoe", ["gewijzigd", "bevestigd"])
def test_what_was_said_again_later_is_not_known_for_then(loket, locatie, hoe):
    aanbod = maak_aanbod(locatie, 2, nu=dagen_geleden(10))
    if hoe == "gewijzigd":
        pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=dagen_geleden(1))
    else:
        bevestig_ongewijzigd(locatie, door=None, nu=dagen_geleden(1))

    toen = tel(loket, VANDAAG - dt.timedelta(days=2))

    assert (toen.gekend, toen.niet_gekend, toen.gemiddeld) == (0, 1, None)
    assert tel(loket).gekend == 1


def test_reading_takes_the_same_queries_for_more_locations(
    loket, locatie, django_assert_num_queries
):
    for _ in range(2):
        maak_aanbod(vergund(loket), 1, nu=dagen_geleden(1))
    ids = set(loket.gemeenten.get().locaties.values_list("pk", flat=True))

    with django_assert_num_queries(2):
        lees_aanbod(ids, VANDAAG)
