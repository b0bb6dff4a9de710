from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lok_overleg.domain.leden import Lidgegevens, voeg_lid_toe, wijzig_lid
from lok_overleg.workflow import Hoedanigheid
from loket.domain.fouten import Weigering
from tests.fabrieken import NU

GEGEVENS = Lidgegevens(
    naam="Zoë Maes",
    hoedanigheid=Hoedanigheid.GEBRUIKER,
    stemrecht=True,
    vanaf=dt.date(2026, 1, 1),
    email="bram@voorbeeld.test",
)


def test_member_is_tied_to_the_account_with_that_address(spelers):
    lid = voeg_lid_toe(
        replace(GEGEVENS, email="Bram@Voorbeeld.test"),
        loket=spelers.loket,
        door=spelers.hanne,
        nu=NU,
    )

    assert lid.gebruiker == spelers.bram


def test_another_address_ties_another_account(spelers):
    lid = voeg_lid_toe(GEGEVENS, loket=spelers.loket, door=spelers.hanne, nu=NU)

    wijzig_lid(lid, replace(GEGEVENS, email="onbekend@voorbeeld.test"), door=spelers.hanne, nu=NU)

    lid.refresh_from_db()
    assert (lid.email, lid.gebruiker) == ("onbekend@voorbeeld.test", None)


@pytest.mark.parametrize(
    "fout",
    [
        {"hoedanigheid": Hoedanigheid.WAARNEMER},
        {"tot": dt.date(2026, 1, 1)},
    ],
    ids=["waarnemer met stem", "eindigt voor begin"],
)
def test_impossible_member_is_refused(spelers, fout):
    with pytest.raises(Weigering):
        voeg_lid_toe(replace(GEGEVENS, **fout), loket=spelers.loket, door=spelers.hanne, nu=NU)

    assert spelers.loket.lok_leden.count() == 0


def test_second_running_membership_is_refused_and_a_later_one_is_not(spelers):
    lid = voeg_lid_toe(GEGEVENS, loket=spelers.loket, door=spelers.hanne, nu=NU)

    with pytest.raises(Weigering, match="al een lid met dit e-mailadres"):
        voeg_lid_toe(GEGEVENS, loket=spelers.loket, door=spelers.hanne, nu=NU)
    voeg_lid_toe(GEGEVENS, loket=spelers.ander_loket, door=spelers.hanne, nu=NU)
    wijzig_lid(lid, replace(GEGEVENS, tot=dt.date(2026, 2, 1)), door=spelers.hanne, nu=NU)

    assert voeg_lid_toe(GEGEVENS, loket=spelers.loket, door=spelers.hanne, nu=NU).pk
