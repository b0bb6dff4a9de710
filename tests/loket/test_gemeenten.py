from __future__ import annotations

import csv
import datetime as dt
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count

from loket.domain.gemeenten import laad_gemeenten
from loket.models import Gemeente
from tests.fabrieken import maak_loket

pytestmark = pytest.mark.django_db

NU = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
GENT, LOCHRISTI_OUD, LOCHRISTI = "44021", "44034", "44087"


def test_all_of_flanders_and_brussels_are_there():
    ingelezen = laad_gemeenten(nu=NU)

    per_gewest = dict(
        Gemeente.objects.order_by().values_list("gewest").annotate(aantal=Count("pk"))
    )
    assert per_gewest == {"Vlaams Gewest": 285, "Brussels Hoofdstedelijk Gewest": 19}
    assert [len(deel) for deel in (ingelezen.nieuw, ingelezen.gewijzigd, ingelezen.zelfde)] == [
        304,
        0,
        0,
    ]


def test_a_municipality_has_its_dutch_name_province_and_postcodes():
    laad_gemeenten(nu=NU)

    gent = Gemeente.objects.get(nis=GENT)
    assert (gent.naam, gent.provincie, gent.gewest) == ("Gent", "Oost-Vlaanderen", "Vlaams Gewest")
    assert gent.postcodes == [
        "9000", "9030", "9031", "9032", "9040", "9041", "9042", "9050", "9051", "9052",
    ]  # fmt: skip
    elsene = Gemeente.objects.get(nis="21009")
    assert (elsene.naam, elsene.provincie, elsene.postcodes) == ("Elsene", "", ["1050"])


def test_the_mergers_of_2025_are_done():
    """Lochristi took in Wachtebeke and got a new code; De Pinte and Nazareth became one."""
    laad_gemeenten(nu=NU)

    assert not Gemeente.objects.filter(nis=LOCHRISTI_OUD).exists()
    assert not Gemeente.objects.filter(naam__in=["Wachtebeke", "De Pinte", "Nazareth"]).exists()
    assert Gemeente.objects.get(nis=LOCHRISTI).naam == "Lochristi"
    assert Gemeente.objects.filter(naam="Nazareth-De Pinte").count() == 1


def test_a_second_run_changes_nothing():
    laad_gemeenten(nu=NU)
    eerst = list(Gemeente.objects.order_by("nis").values_list("pk", "nis", "naam", "postcodes"))

    ingelezen = laad_gemeenten(nu=NU)

    assert [len(deel) for deel in (ingelezen.nieuw, ingelezen.gewijzigd, ingelezen.zelfde)] == [
        0,
        0,
        304,
    ]
    assert (
        list(Gemeente.objects.order_by("nis").values_list("pk", "nis", "naam", "postcodes"))
        == eerst
    )


def test_a_changed_name_is_put_right_and_coordinates_and_lokets_stay():
    laad_gemeenten(nu=NU)
    gent = Gemeente.objects.get(nis=GENT)
    Gemeente.objects.filter(pk=gent.pk).update(
        naam="Ghent", postcodes=["9000"], breedtegraad=51.05, lengtegraad=3.73
    )
    loket = maak_loket(gemeenten=[gent])

    ingelezen = laad_gemeenten(nu=NU)

    gent.refresh_from_db()
    assert ingelezen.gewijzigd == ("Gent",)
    assert (gent.naam, len(gent.postcodes), gent.breedtegraad, gent.lengtegraad) == (
        "Gent",
        10,
        51.05,
        3.73,
    )
    assert list(loket.gemeenten.all()) == [gent]


def test_what_the_source_does_not_know_is_told_and_left_alone():
    Gemeente.objects.create(nis="90001", naam="Wilgenrade", gewest="Vlaams Gewest")

    ingelezen = laad_gemeenten(nu=NU)

    assert ingelezen.onbekend == ("Wilgenrade",)
    assert Gemeente.objects.get(nis="90001").naam == "Wilgenrade"


def test_the_command_says_what_it_did():
    uit = StringIO()
    Gemeente.objects.create(nis=GENT, naam="Ghent", gewest="Vlaams Gewest")
    Gemeente.objects.create(nis="90001", naam="Wilgenrade", gewest="Vlaams Gewest")

    call_command("laad_gemeenten", stdout=uit)

    assert uit.getvalue().splitlines() == [
        "nieuw: 303, gewijzigd: 1, zelfde: 0",
        "gewijzigd: Gent",
        "niet in de bron, niet aangeraakt: Wilgenrade",
    ]


def test_the_source_agrees_with_the_open_data_of_statbel():
    bestand = settings.LOKET_DATA / "geo" / "gemeenten_2025.csv"
    if not bestand.exists():
        return  # the portal has to work without this folder
    with bestand.open(encoding="utf-8-sig") as regels:
        verwacht = {
            rij["nis"]: (rij["naam"], sorted(rij["postcodes"].split()))
            for rij in csv.DictReader(regels)
        }

    laad_gemeenten(nu=NU)

    assert {
        gemeente.nis: (gemeente.naam, gemeente.postcodes) for gemeente in Gemeente.objects.all()
    } == verwacht
