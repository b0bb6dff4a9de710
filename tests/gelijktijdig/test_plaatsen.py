"""Scarce places: exactly one wins, the other is told kindly, nothing is lost.

Each race is first run without the lock, to show that it is a race (docs/gelijktijdigheid.md).
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection

from aanvragen.domain.fouten import AlGeplaatst, GeenPlaats
from aanvragen.domain.kiezen import aanvaard
from aanvragen.models import Opvangvraag, Plaatsing, Voorstel
from aanvragen.querysets import OpvangvraagQuerySet
from aanvragen.workflow import Aanmeldingstatus, Voorstelstatus, Vraagstatus
from loket.models import Bericht
from opvang.domain.vrije_plaatsen import pas_vrij_aan
from opvang.models import Plaatsaanbod
from opvang.querysets import PlaatsaanbodQuerySet
from tests.fabrieken import NU, maak_aanbod, maak_locatie, maak_loket, maak_voorstel, maak_vraag
from tests.gelijktijdig.hulp import Uitkomst, tegelijk

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NU + dt.timedelta(hours=1)
MA_DI_EEN = [1, 1, 1, 1] + [0] * 10


@pytest.fixture
def zonder_slot(monkeypatch):
    """Take the row locks away, as if somebody had forgotten them."""
    for klasse in (PlaatsaanbodQuerySet, OpvangvraagQuerySet):
        monkeypatch.setattr(klasse, "vergrendeld", lambda self: self.order_by("pk"))


@pytest.fixture
def zonder_databasegrens():
    """Take away the trigger that counts the places taken; put it back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE aanvragen_voorstel DISABLE TRIGGER voorstel_houdt_ingenomen_bij"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE aanvragen_voorstel ENABLE TRIGGER voorstel_houdt_ingenomen_bij")


def _twee_gezinnen_een_plaats() -> tuple[Voorstel, Voorstel, Plaatsaanbod]:
    loket = maak_loket()
    locatie = maak_locatie(loket=loket)
    aanbod = maak_aanbod(locatie, MA_DI_EEN)
    een, twee = (
        maak_voorstel(maak_vraag(loket, [locatie]).aanmeldingen.get(), aanbod, reserveert=False)
        for _ in range(2)
    )
    return een, twee, aanbod


def _aanvaarden_tegelijk(een: Voorstel, twee: Voorstel) -> Uitkomst:
    return tegelijk(
        lambda: aanvaard(een, door=None, nu=LATER), lambda: aanvaard(twee, door=None, nu=LATER)
    )


@pytest.mark.usefixtures("zonder_slot", "zonder_databasegrens")
def test_without_lock_and_database_limit_two_families_get_one_place():
    een, twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = _aanvaarden_tegelijk(een, twee)

    assert not uitkomst.wachtte
    assert Voorstel.objects.filter(plaatsaanbod=aanbod, status=Voorstelstatus.AANVAARD).count() == 2


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_the_database_refuses_but_not_kindly():
    een, twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = _aanvaarden_tegelijk(een, twee)

    assert isinstance(uitkomst.tweede, IntegrityError)
    assert Voorstel.objects.filter(plaatsaanbod=aanbod, status=Voorstelstatus.AANVAARD).count() == 1


def test_two_parents_accept_the_last_place():
    een, twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = _aanvaarden_tegelijk(een, twee)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Plaatsing)
    assert isinstance(uitkomst.tweede, GeenPlaats)
    aanbod.refresh_from_db()
    assert aanbod.vrij == [0] * 14
    twee.refresh_from_db()
    assert twee.status == Voorstelstatus.INGETROKKEN
    assert twee.aanmelding.__class__.objects.get(pk=twee.aanmelding_id).status == (
        Aanmeldingstatus.WACHTLIJST
    )
    verliezer = Opvangvraag.objects.get(pk=twee.aanmelding.opvangvraag_id)
    assert verliezer.status == Vraagstatus.ACTIEF
    assert Bericht.objects.over(verliezer).filter(sjabloon="aanvragen/plaats_weg").count() == 1


def _een_gezin_twee_voorstellen() -> tuple[Voorstel, Voorstel]:
    loket = maak_loket()
    vraag = maak_vraag(loket, [maak_locatie(loket=loket), maak_locatie(loket=loket)])
    een, twee = (maak_voorstel(aanmelding) for aanmelding in vraag.aanmeldingen.all())
    return een, twee


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_a_second_tab_gets_a_raw_refusal():
    een, twee = _een_gezin_twee_voorstellen()

    uitkomst = _aanvaarden_tegelijk(een, twee)

    assert not isinstance(uitkomst.tweede, (AlGeplaatst, Plaatsing))


def test_one_parent_accepts_two_offers():
    een, twee = _een_gezin_twee_voorstellen()

    uitkomst = _aanvaarden_tegelijk(een, twee)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Plaatsing)
    assert isinstance(uitkomst.tweede, AlGeplaatst)
    assert Plaatsing.objects.count() == 1
    twee.refresh_from_db()
    assert twee.status == Voorstelstatus.INGETROKKEN
    assert Plaatsaanbod.objects.get(pk=twee.plaatsaanbod_id).ingenomen == [0] * 14


def test_crosswise_accepts_do_not_deadlock():
    """Two families with offers at the same two locations each take the other one: rows are locked
    in pk order.
    """
    loket = maak_loket()
    locaties = [maak_locatie(loket=loket), maak_locatie(loket=loket)]
    aanbod = [maak_aanbod(locatie, 2) for locatie in locaties]
    vragen = [maak_vraag(loket, locaties) for _ in range(2)]
    voorstellen = [
        [maak_voorstel(m, a) for m, a in zip(vraag.aanmeldingen.all(), aanbod, strict=True)]
        for vraag in vragen
    ]

    uitkomst = _aanvaarden_tegelijk(voorstellen[0][0], voorstellen[1][1])

    assert isinstance(uitkomst.eerste, Plaatsing)
    assert isinstance(uitkomst.tweede, Plaatsing)
    assert [Plaatsaanbod.objects.get(pk=a.pk).ingenomen[:4] for a in aanbod] == [[1] * 4] * 2


def _verlaag(aanbod: Plaatsaanbod) -> Plaatsaanbod:
    """The provider's page showed one free place; they set it to none."""
    return pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=aanbod.versie, door=None, nu=LATER)


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_lowering_vacancies_collides_with_an_acceptance():
    een, _twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = tegelijk(lambda: aanvaard(een, door=None, nu=LATER), lambda: _verlaag(aanbod))

    assert isinstance(uitkomst.tweede, IntegrityError)


def test_provider_lowers_vacancies_while_an_offer_is_accepted():
    een, _twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = tegelijk(lambda: aanvaard(een, door=None, nu=LATER), lambda: _verlaag(aanbod))

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Plaatsing)
    aanbod.refresh_from_db()
    assert (aanbod.plaatsen, aanbod.ingenomen) == (MA_DI_EEN, MA_DI_EEN)


def test_offer_is_accepted_while_the_provider_lowers_vacancies():
    een, _twee, aanbod = _twee_gezinnen_een_plaats()

    uitkomst = tegelijk(lambda: _verlaag(aanbod), lambda: aanvaard(een, door=None, nu=LATER))

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, GeenPlaats)
    aanbod.refresh_from_db()
    assert (aanbod.plaatsen, aanbod.ingenomen) == ([0] * 14, [0] * 14)


def test_database_refuses_places_beyond_the_offer_in_raw_sql():
    een, twee, aanbod = _twee_gezinnen_een_plaats()
    aanvaard(een, door=None, nu=LATER)

    with (
        pytest.raises(IntegrityError, match="aanbod_niet_meer_ingenomen_dan_er_is"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE aanvragen_voorstel SET status = 'aanvaard' WHERE id = %s", [twee.pk])
    with (
        pytest.raises(IntegrityError, match="aanbod_niet_meer_ingenomen_dan_er_is"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE opvang_plaatsaanbod SET plaatsen = %s WHERE id = %s", [[0] * 14, aanbod.pk]
        )
