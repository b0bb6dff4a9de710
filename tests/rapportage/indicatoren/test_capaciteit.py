from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from opvang.workflow import Opvangvorm
from rapportage.indicatoren.basis import Werkgebied
from rapportage.indicatoren.capaciteit import capaciteit
from rapportage.indicatoren.rekenen import per_honderd
from tests.fabrieken import (
    VANDAAG,
    maak_gemeente,
    maak_locatie,
    maak_loket,
    maak_vergunning,
)
from tests.rapportage.vectoren import CAPACITEIT, voorbeelden

pytestmark = pytest.mark.django_db


@pytest.fixture
def loket():
    return maak_loket()


def test_the_published_example_of_twelve_initiatives_comes_out(loket):
    """Odisee/VVSG: 311 places, 218 at inkomenstarief and 93 at a fixed price, one mixed."""
    verwacht = voorbeelden("capaciteit_indicatoren")[0]
    ikt = [36, 36, 27, 27, 18, 18, 18, 14, 14]  # 208, and 10 in the mixed one
    vast = [44, 27]  # 71, and 22 in the mixed one
    for plaatsen in ikt:
        maak_vergunning(maak_locatie(loket=loket), plaatsen, plaatsen_t2=plaatsen)
    for plaatsen in vast:
        maak_vergunning(maak_locatie(loket=loket), plaatsen, plaatsen_t1=plaatsen)
    maak_vergunning(maak_locatie(loket=loket), 32, plaatsen_t1=22, plaatsen_t3=10)

    totaal = capaciteit(Werkgebied.van(loket), VANDAAG).totaal

    assert (totaal.locaties, totaal.vergund, totaal.ikt, totaal.vrije_prijs, totaal.gemengd) == (
        verwacht["initiatieven"],
        verwacht["plaatsen"],
        verwacht["plaatsen_ikt"],
        verwacht["plaatsen_vaste_prijs"],
        verwacht["initiatieven_mix"],
    )
    assert totaal.ikt_aandeel == Decimal("70.1")


@pytest.mark.parametrize(
    ("nr", "teller", "noemer", "uitkomst", "cijfers"),
    [
        (2, "plaatsen", "kinderen_0_3", "verwacht_per_100", 1),
        (2, "plaatsen", "kinderen_0_3", "gepubliceerd", 0),
        (3, "onbeantwoord", "opvangvragen", "verwacht_pct", 2),
        (3, "onbeantwoord", "opvangvragen", "gepubliceerd", 0),
        (4, "ikt", "plaatsen", "verwacht_ikt_pct", 1),
        (5, "ikt", "plaatsen", "verwacht_ikt_pct", 1),
        (5, "ikt", "plaatsen", "gepubliceerd", 1),
    ],
)
def test_the_published_ratios_come_out(nr, teller, noemer, uitkomst, cijfers):
    voorbeeld = voorbeelden("capaciteit_indicatoren")[nr]

    berekend = per_honderd(voorbeeld[teller], voorbeeld[noemer], cijfers=cijfers)

    assert berekend == Decimal(str(voorbeeld[uitkomst]))


def test_the_literals_are_the_facts_of_the_open_data():
    gelezen = voorbeelden("capaciteit_indicatoren")

    assert [
        {sleutel: voorbeeld[sleutel] for sleutel in eigen}
        for voorbeeld, eigen in zip(gelezen, CAPACITEIT["voorbeelden"], strict=True)
    ] == CAPACITEIT["voorbeelden"]


def test_places_are_split_by_kind_tier_and_price(loket):
    maak_vergunning(
        maak_locatie(loket=loket, opvangvorm=Opvangvorm.GEZIN),
        8,
        operationele_plaatsen=7,
        plaatsen_t2=8,
    )
    maak_vergunning(
        maak_locatie(loket=loket, opvangvorm=Opvangvorm.GROEP),
        30,
        operationele_plaatsen=27,
        plaatsen_t0=2,
        plaatsen_t1=10,
        plaatsen_t2=12,
        plaatsen_t3=6,
    )

    uitkomst = capaciteit(Werkgebied.van(loket), VANDAAG)

    gezin, groep = uitkomst.rijen
    assert (gezin.code, gezin.vergund, gezin.operationeel, gezin.ikt) == ("gezinsopvang", 8, 7, 8)
    assert (groep.code, groep.t0, groep.t1, groep.t2, groep.t3) == ("groepsopvang", 2, 10, 12, 6)
    assert (groep.ikt, groep.vrije_prijs, groep.gemengd) == (18, 12, 1)
    totaal = uitkomst.totaal
    assert (totaal.locaties, totaal.vergund, totaal.operationeel) == (2, 38, 34)
    assert uitkomst.toelichting.n == 2


def test_only_licences_of_the_day_in_the_area_for_babies_count(loket):
    telt = maak_locatie(loket=loket)
    maak_vergunning(telt, 18, vanaf=dt.date(2020, 1, 1), tot=dt.date(2026, 3, 3))
    maak_vergunning(telt, 99, vanaf=dt.date(2026, 3, 3))  # tomorrow
    maak_vergunning(maak_locatie(loket=loket), 99, tot=VANDAAG)  # ended: `tot` is exclusive
    maak_vergunning(maak_locatie(loket=loket), 99, alleen_schoolkinderen=True)
    maak_vergunning(maak_locatie(gemeente=maak_gemeente()), 99)  # elsewhere
    maak_locatie(loket=loket)  # no licence at all

    uitkomst = capaciteit(Werkgebied.van(loket), VANDAAG)

    assert (uitkomst.totaal.locaties, uitkomst.totaal.vergund) == (1, 18)
    morgen = capaciteit(Werkgebied.van(loket), VANDAAG + dt.timedelta(days=1))
    assert (morgen.totaal.locaties, morgen.totaal.vergund) == (1, 99)


def test_an_area_without_places_is_zero_and_has_no_share(loket):
    uitkomst = capaciteit(Werkgebied.van(loket), VANDAAG)

    assert uitkomst.rijen == ()
    assert uitkomst.totaal.vergund == 0
    assert uitkomst.totaal.ikt_aandeel is None
