"""Every listed transition works, every unlisted one is refused: the whole product of pairs."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import (
    AANMELDINGHERSTEL,
    AANMELDINGOVERGANGEN,
    AFGESLOTEN_VRAGEN,
    VOORSTELOVERGANGEN,
    VRAAGOVERGANGEN,
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from loket.domain.logboek import gebeurtenissen_van
from tests.fabrieken import NU, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db


def test_every_status_has_a_row():
    assert set(VRAAGOVERGANGEN) == set(Vraagstatus)
    assert set(AANMELDINGOVERGANGEN) == set(Aanmeldingstatus)
    assert set(VOORSTELOVERGANGEN) == set(Voorstelstatus)


def _vraag_in(status: Vraagstatus) -> Opvangvraag:
    vraag = maak_vraag()
    Opvangvraag.objects.filter(pk=vraag.pk).update(
        status=status,
        vervalreden=Vervalreden.VERHUISD if status == Vraagstatus.VERVALLEN else "",
        afgesloten_op=NU if status in AFGESLOTEN_VRAGEN else None,
    )
    vraag.refresh_from_db()
    return vraag


@pytest.mark.parametrize(("van", "naar"), list(itertools.product(Vraagstatus, Vraagstatus)))
def test_vraag_moves_only_along_listed_edges(van, naar):
    vraag = _vraag_in(van)
    voor = gebeurtenissen_van(vraag).count()
    reden = Vervalreden.VERHUISD if naar == Vraagstatus.VERVALLEN else ""

    if naar in VRAAGOVERGANGEN[van]:
        verander_vraag(vraag, naar, door=None, nu=NU, vervalreden=reden)
        assert vraag.status == naar
        gebeurtenis = gebeurtenissen_van(vraag).first()
        assert (gebeurtenis.werkwoord, gebeurtenis.gegevens["van"]) == (
            f"aanvragen.vraag.{naar}",
            van,
        )
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_vraag(vraag, naar, door=None, nu=NU, vervalreden=reden)
        vraag.refresh_from_db()
        assert vraag.status == van
        assert gebeurtenissen_van(vraag).count() == voor


@pytest.mark.parametrize(
    ("van", "naar"), list(itertools.product(Aanmeldingstatus, Aanmeldingstatus))
)
def test_aanmelding_moves_only_along_listed_edges(van, naar):
    aanmelding = maak_vraag().aanmeldingen.get()

    def reden(status):
        return Weigerreden.VOLZET if status == Aanmeldingstatus.GEWEIGERD_OPVANG else ""

    Aanmelding.objects.filter(pk=aanmelding.pk).update(status=van, weigerreden=reden(van))
    aanmelding.refresh_from_db()

    if naar in AANMELDINGOVERGANGEN[van]:
        verander_aanmelding(aanmelding, naar, door=None, nu=NU, weigerreden=reden(naar))
        assert aanmelding.status == naar
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_aanmelding(aanmelding, naar, door=None, nu=NU, weigerreden=reden(naar))
        aanmelding.refresh_from_db()
        assert aanmelding.status == van


@pytest.mark.parametrize(
    ("van", "naar"), list(itertools.product(AANMELDINGHERSTEL, Aanmeldingstatus))
)
def test_undoing_moves_only_along_its_own_edges(van, naar):
    aanmelding = maak_vraag().aanmeldingen.get()
    Aanmelding.objects.filter(pk=aanmelding.pk).update(status=van)
    aanmelding.refresh_from_db()

    if naar in AANMELDINGHERSTEL[van]:
        verander_aanmelding(aanmelding, naar, door=None, nu=NU, herstel=True)
        assert aanmelding.status == naar
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_aanmelding(aanmelding, naar, door=None, nu=NU, herstel=True)
        aanmelding.refresh_from_db()
        assert aanmelding.status == van


@pytest.mark.parametrize(("van", "naar"), list(itertools.product(Voorstelstatus, Voorstelstatus)))
def test_voorstel_moves_only_along_listed_edges(van, naar):
    voorstel = maak_voorstel(maak_vraag().aanmeldingen.get())
    Voorstel.objects.filter(pk=voorstel.pk).update(status=van)
    voorstel.refresh_from_db()

    if naar in VOORSTELOVERGANGEN[van]:
        verander_voorstel(voorstel, naar, door=None, nu=NU)
        assert voorstel.status == naar
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_voorstel(voorstel, naar, door=None, nu=NU)
        voorstel.refresh_from_db()
        assert voorstel.status == van
    ingenomen = voorstel.plaatsaanbod.__class__.objects.get(pk=voorstel.plaatsaanbod_id).ingenomen
    assert ingenomen == [int(voorstel.neemt_plaats and i in voorstel.week) for i in range(14)]


def test_stale_copy_loses():
    vraag = maak_vraag()
    oud = Opvangvraag.objects.get(pk=vraag.pk)
    verander_vraag(vraag, Vraagstatus.INGETROKKEN, door=None, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        verander_vraag(oud, Vraagstatus.GEPLAATST, door=None, nu=NU)


@pytest.mark.parametrize("tabel", ["opvangvraag", "aanmelding", "voorstel"])
def test_database_refuses_a_status_that_does_not_exist(tabel):
    voorstel = maak_voorstel(maak_vraag().aanmeldingen.get())
    pk = {
        "opvangvraag": voorstel.aanmelding.opvangvraag_id,
        "aanmelding": voorstel.aanmelding_id,
        "voorstel": voorstel.pk,
    }[tabel]

    with (
        pytest.raises(IntegrityError, match="_status_bestaat"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE aanvragen_{tabel} SET status = 'zoiets' WHERE id = %s", [pk])
