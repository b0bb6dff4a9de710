"""A closed location: what the database refuses, and what it cuts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from opvang.models import Opvanglocatie, Plaatsaanbod, Sluiting, Sluitingsoort
from opvang.templatetags.sluiting import sluitingsbericht
from tests.fabrieken import NU, maak_aanbod, maak_gebruiker, maak_locatie

pytestmark = pytest.mark.django_db
APR, JUN, JUL, AUG = (dt.date(2026, maand, 1) for maand in (4, 6, 7, 8))
TWEE, NIETS = [2] * 10 + [0] * 4, [0] * 14


def sluit(locatie, soort=Sluitingsoort.STOP, vanaf=JUN, **velden) -> Sluiting:
    return Sluiting.objects.create(
        locatie=locatie, soort=soort, vanaf=vanaf, bron="brief", aangemaakt_op=NU, **velden
    )


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"soort": "vakantie"}, "sluiting_soort_bestaat"),
        ({"soort": "schorsing", "tot": APR}, "sluiting_begint_voor_ze_eindigt"),
        ({"soort": "stop", "tot": JUL}, "sluiting_alleen_schorsing_eindigt"),
    ],
)
def test_database_refuses(velden, regel):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        sluit(maak_locatie(), **velden)


def test_one_closing_for_good_and_suspensions_that_do_not_overlap():
    locatie = maak_locatie()
    eerste = sluit(locatie)
    with pytest.raises(IntegrityError, match="een_blijvende"), transaction.atomic():
        sluit(locatie, Sluitingsoort.OPHEFFING, AUG)
    sluit(locatie, Sluitingsoort.SCHORSING, APR, tot=JUN)
    with pytest.raises(IntegrityError, match="schorsingen_overlappen"), transaction.atomic():
        sluit(locatie, Sluitingsoort.SCHORSING, dt.date(2026, 5, 1))
    eerste.ingetrokken_op = NU
    eerste.save()

    assert sluit(locatie, Sluitingsoort.OPHEFFING, AUG).pk


@pytest.mark.parametrize(
    ("vanaf", "tot", "verwacht"),
    [
        (APR, None, (JUN, TWEE)),
        (APR, AUG, (JUN, TWEE)),
        (APR, JUN, (JUN, TWEE)),
        (JUN, None, (None, NIETS)),
        (JUL, AUG, (AUG, NIETS)),
    ],
)
def test_periods_announced_after_a_closing_are_cut(vanaf, tot, verwacht):
    locatie = maak_locatie()
    sluit(locatie)
    aanbod = maak_aanbod(locatie, 2, vanaf=vanaf, tot=tot)
    aanbod.refresh_from_db()

    assert (aanbod.tot, aanbod.vrij) == verwacht


def test_after_a_suspension_places_count_again():
    locatie = maak_locatie()
    sluit(locatie, Sluitingsoort.SCHORSING, APR, tot=JUN)
    aanbod = maak_aanbod(locatie, 2, vanaf=JUN)
    aanbod.refresh_from_db()

    assert (aanbod.tot, aanbod.vrij) == (None, TWEE)


def test_moving_a_period_past_the_closing_is_cut_too():
    locatie = maak_locatie()
    aanbod = maak_aanbod(locatie, 2, vanaf=APR, tot=JUN)
    sluit(locatie)
    Plaatsaanbod.objects.filter(pk=aanbod.pk).update(tot=None)
    aanbod.refresh_from_db()

    assert aanbod.tot == JUN


@pytest.mark.parametrize(
    ("dagen", "velden", "te_vinden"),
    [
        (1, {}, True),
        (0, {}, False),
        (-30, {}, False),
        (-30, {"ingetrokken_op": NU}, True),
        (-30, {"soort": Sluitingsoort.SCHORSING, "tot_dagen": 0}, True),
        (-30, {"soort": Sluitingsoort.SCHORSING, "tot_dagen": 1}, False),
    ],
    ids=["morgen", "vandaag", "al lang", "ingetrokken", "weer open", "nog geschorst"],
)
def test_parents_find_a_location_until_it_closes(dagen, velden, te_vinden):
    vandaag = timezone.localdate()
    if "tot_dagen" in velden:
        velden = {**velden, "tot": vandaag + dt.timedelta(days=velden["tot_dagen"])}
        del velden["tot_dagen"]
    locatie = maak_locatie()
    sluit(locatie, vanaf=vandaag + dt.timedelta(days=dagen), **velden)

    assert Opvanglocatie.objects.publiek().filter(pk=locatie.pk).exists() is te_vinden
    ouder = Opvanglocatie.objects.zichtbaar_voor(maak_gebruiker())
    assert ouder.filter(pk=locatie.pk).exists() is te_vinden


@pytest.mark.parametrize(
    ("vanaf", "tot", "verwacht"),
    [
        (APR, None, True),
        (APR, JUN, False),
        (APR, JUL, True),
        (JUN, JUL, True),
        (AUG, None, False),
        (dt.date(2026, 7, 31), None, True),
    ],
)
def test_which_care_runs_into_a_suspension(vanaf, tot, verwacht):
    assert Sluiting(soort="schorsing", vanaf=JUN, tot=AUG).raakt(vanaf, tot) is verwacht


def test_the_provider_is_told_in_one_query_for_all_its_locations(
    spelers, client, django_assert_num_queries
):
    vandaag = timezone.localdate()
    sluit(spelers.egeltjes, vanaf=vandaag + dt.timedelta(days=9))
    sluit(spelers.zonnetje, vanaf=vandaag + dt.timedelta(days=9))
    client.force_login(spelers.farid)

    for adres in ("/aanbod/", reverse("aanbod:locatie", args=["de-egeltjes"])):
        tekst = client.get(adres).text
        assert tekst.count("Het loket noteerde") == 1
        assert "De Egeltjes vangt geen kinderen meer op" in " ".join(tekst.split())
    with django_assert_num_queries(1):
        sluitingen = sluitingsbericht([spelers.egeltjes, spelers.zonnetje])["sluitingen"]
        assert len(sluitingen) == 2


def test_a_closing_that_is_over_or_taken_back_is_not_told(spelers, client):
    vandaag = timezone.localdate()
    sluit(spelers.egeltjes, vanaf=vandaag, ingetrokken_op=NU)
    sluit(
        spelers.egeltjes,
        Sluitingsoort.SCHORSING,
        vandaag - dt.timedelta(days=9),
        tot=vandaag,
    )
    client.force_login(spelers.farid)

    assert "Het loket noteerde" not in client.get("/aanbod/").text
