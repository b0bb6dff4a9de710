"""Two people and one grid: a mail link that is pressed twice, two undos, two lists, two saves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import QuerySet

from loket.domain.fouten import IntussenGewijzigd
from loket.models import Bericht, Gebeurtenis
from opvang.domain import bevestiglink, herinneren, terugdraaien
from opvang.domain.bevestiglink import AlGebruikt, Bevestiglink, bevestig_met_link
from opvang.domain.herinneren import vraag_bevestiging
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.overnemen import StaatErAl, neem_over
from opvang.domain.rekenblad_invoeren import Bladfouten, voer_in
from opvang.domain.rekenblad_keuren import Verandering, Wat
from opvang.domain.terugdraaien import maak_ongedaan, terug_te_draaien
from opvang.domain.vrije_plaatsen import Roosterregel, haal_periode_weg, pas_rooster_aan
from opvang.models import Plaatsaanbod
from opvang.querysets import PlaatsaanbodQuerySet
from tests.fabrieken import NU, START, maak_aanbod, maak_locatie, maak_loket
from tests.gelijktijdig.hulp import tegelijk

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NU + dt.timedelta(hours=1)
MAAND = dt.timedelta(days=26)


@pytest.fixture
def zonder_slot(monkeypatch):
    """Take every row lock away, as if somebody had forgotten them."""
    monkeypatch.setattr(PlaatsaanbodQuerySet, "vergrendeld", lambda self: self.order_by("pk"))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)


@pytest.fixture
def locatie():
    return maak_locatie(loket=maak_loket())


def soorten(uitkomst) -> list[type]:
    return sorted(map(type, (uitkomst.eerste, uitkomst.tweede)), key=lambda soort: soort.__name__)


# One link, pressed twice


def _druk_link(locatie):
    aanbod = locatie.plaatsaanbod.get()
    link = Bevestiglink(locatie.organisator_id, (locatie.pk,), "x")
    return lambda: bevestig_met_link(link, gezien={aanbod.pk: 1}, nu=LATER)


def test_without_a_lock_one_link_confirms_twice(locatie, zonder_slot):
    maak_aanbod(locatie)

    tegelijk(_druk_link(locatie), _druk_link(locatie))

    assert Gebeurtenis.objects.filter(werkwoord=bevestiglink.GEBRUIKT).count() == 2


def test_one_link_confirms_once(locatie):
    maak_aanbod(locatie)

    uitkomst = tegelijk(_druk_link(locatie), _druk_link(locatie))

    assert uitkomst.wachtte
    assert soorten(uitkomst) == [AlGebruikt, int]
    assert Gebeurtenis.objects.filter(werkwoord=bevestiglink.GEBRUIKT).count() == 1


# Two saves of the same grid


def _bewaar(locatie, aantal):
    regels = {
        rij.pk: Roosterregel(vrij=(aantal,) * 14, versie=1) for rij in locatie.plaatsaanbod.all()
    }
    return lambda: pas_rooster_aan(locatie, regels, door=None, nu=LATER)


def test_without_a_lock_the_second_save_goes_over_the_first(locatie, zonder_slot):
    maak_aanbod(locatie)

    uitkomst = tegelijk(_bewaar(locatie, 3), _bewaar(locatie, 4))

    assert (uitkomst.eerste, uitkomst.tweede) == (None, None)


def test_second_save_of_the_same_grid_is_told(locatie):
    for _ in range(2):
        maak_aanbod(locatie)

    uitkomst = tegelijk(_bewaar(locatie, 3), _bewaar(locatie, 4))

    assert uitkomst.wachtte
    assert (uitkomst.eerste, type(uitkomst.tweede)) == (None, IntussenGewijzigd)
    assert [rij.vrij for rij in Plaatsaanbod.objects.all()] == [[3] * 14] * 2


# Two undos of a period that was taken back


def _draai_terug(locatie):
    wijziging = terug_te_draaien(locatie, {}, nu=LATER)
    assert wijziging is not None
    return lambda: maak_ongedaan(locatie, nummer=wijziging.nummer, door=None, nu=LATER)


def test_without_a_lock_a_removed_period_comes_back_twice(locatie, zonder_slot):
    haal_periode_weg(maak_aanbod(locatie), verwachte_versie=1, door=None, nu=LATER)

    tegelijk(_draai_terug(locatie), _draai_terug(locatie))

    assert Plaatsaanbod.objects.count() == 2


def test_removed_period_comes_back_once(locatie):
    haal_periode_weg(maak_aanbod(locatie), verwachte_versie=1, door=None, nu=LATER)

    uitkomst = tegelijk(_draai_terug(locatie), _draai_terug(locatie))

    assert soorten(uitkomst) == [IntussenGewijzigd, int]
    assert Plaatsaanbod.objects.count() == 1
    assert terugdraaien.terug_te_draaien(locatie, {}, nu=LATER) is None


# Two copies, two lists


def test_two_presses_of_copy_make_one_copy(locatie):
    bron = maak_aanbod(locatie, tot=dt.date(2026, 4, 1))

    def kopieer():
        return neem_over(bron, verwachte_versie=1, door=None, nu=LATER)

    uitkomst = tegelijk(kopieer, kopieer)

    assert soorten(uitkomst) == [Plaatsaanbod, StaatErAl]
    assert Plaatsaanbod.objects.count() == 2


def test_same_list_sent_twice_at_once_is_entered_once(locatie):
    gegevens = Aanbodgegevens(vanaf=START, vrij=(1,) * 14)
    lijst = [Verandering(Wat.NIEUW, locatie, gegevens, "G2")]

    uitkomst = tegelijk(
        lambda: voer_in(lijst, door=None, nu=LATER), lambda: voer_in(lijst, door=None, nu=LATER)
    )

    assert soorten(uitkomst) == [Bladfouten, int]
    assert Plaatsaanbod.objects.count() == 1


# Two workers that send the monthly mail


def _vraag(locatie):
    return lambda: vraag_bevestiging(locatie.organisator_id, nu=NU + MAAND)


def test_without_a_lock_a_location_counts_as_asked_twice(locatie, zonder_slot):
    maak_aanbod(locatie)

    tegelijk(_vraag(locatie), _vraag(locatie))

    assert Gebeurtenis.objects.filter(werkwoord=herinneren.HERINNERD).count() == 2


def test_two_workers_ask_once(locatie):
    maak_aanbod(locatie)

    uitkomst = tegelijk(_vraag(locatie), _vraag(locatie))

    assert uitkomst.wachtte
    assert Gebeurtenis.objects.filter(werkwoord=herinneren.HERINNERD).count() == 1
    assert Bericht.objects.count() == 1
