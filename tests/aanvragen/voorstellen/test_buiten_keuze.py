"""A place that the family never asked: it may be refused or ignored, and nothing else moves."""

from __future__ import annotations

import pytest

from aanvragen.domain.buiten_keuze import plaatsen_buiten_keuze, stel_buiten_keuze_voor
from aanvragen.domain.fouten import Opgeschort, Weigering
from aanvragen.domain.kiezen import hou_vast, weiger_voorstel
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.workflow import Aanmeldingstatus
from tests.aanvragen.voorstellen.conftest import OUDERS
from tests.fabrieken import MA_DI, NU, START, VANDAAG, maak_aanbod, maak_voorstel

pytestmark = pytest.mark.django_db


def _stel_voor(gezin, locatie):
    return stel_buiten_keuze_voor(
        gezin.vraag, maak_aanbod(locatie), start=START, rooster=MA_DI, door=None, nu=NU
    )


@pytest.mark.parametrize("hoe", ["nee", "stilte"])
def test_it_costs_no_other_wish(gezin, spelers, mails, hoe):
    open_bod = maak_voorstel(gezin.bij(1))
    voor = gezin.standen()
    voorstel = _stel_voor(gezin, spelers.egeltjes)
    assert (voorstel.aanmelding.rang, voorstel.aanmelding.buiten_keuze) == (5, True)
    assert mails("voorstel") == sorted([*OUDERS, *OUDERS])

    if hoe == "nee":
        weiger_voorstel(voorstel, door=None, nu=NU)
    else:
        laat_verlopen(voorstel, nu=voorstel.geldig_tot)

    open_bod.refresh_from_db()
    assert gezin.standen()[:4] == voor
    assert open_bod.beslist_op is None
    assert gezin.standen()[4] in {Aanmeldingstatus.GEWEIGERD_OUDER, Aanmeldingstatus.VERLOPEN}


def test_not_while_the_family_holds_a_place_or_asked_there(gezin, spelers):
    with pytest.raises(Weigering, match="al bij de keuzes"):
        _stel_voor(gezin, gezin.bij(1).locatie)
    hou_vast(maak_voorstel(gezin.bij(2)), door=None, nu=NU)

    with pytest.raises(Opgeschort):
        _stel_voor(gezin, spelers.egeltjes)


def test_only_places_elsewhere_that_cover_the_whole_week(gezin, spelers):
    maak_aanbod(gezin.bij(1).locatie)
    goed = maak_aanbod(spelers.egeltjes)
    maak_aanbod(spelers.zonnetje, [1, 1, 0, 0] + [0] * 10)

    assert plaatsen_buiten_keuze(gezin.vraag, peildatum=VANDAAG) == [goed]
