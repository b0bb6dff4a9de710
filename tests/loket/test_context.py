"""The frame around every page: whose loket, and where you can go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from lok_overleg.models import LokLid
from lok_overleg.workflow import Hoedanigheid
from loket.context import Gezicht
from loket.models import Gebruiker, Loket, Rol
from tests.fabrieken import VANDAAG, maak_gebruiker, maak_loket, maak_organisator


def gezicht_voor(
    gebruiker: Gebruiker | None = None, *, pad: str = "/", loket: Loket | None = None
) -> Gezicht:
    request = RequestFactory().get(pad)
    request.user = gebruiker or AnonymousUser()
    if loket is not None:
        request.loket = loket
    return Gezicht(request)


def met_rol(loket: Loket, *rollen: Rol, **velden) -> Gebruiker:
    gebruiker = maak_gebruiker(**velden)
    for rol in rollen:
        loket.lidmaatschappen.create(gebruiker=gebruiker, rol=rol)
    return gebruiker


MENU = """
    bezoeker        Zoeken, Mijn aanvraag, Voor opvang
    ouder           Zoeken, Mijn aanvraag
    opvang          Mijn opvang, Zoeken
    loketmedewerker Werklijst, Opvang, Lokaal overleg, Subsidies, Cijfers
    toeleider       Werklijst, Opvang, Cijfers
    voorzitter      Opvang, Lokaal overleg, Cijfers
    schepen         Opvang, Lokaal overleg, Subsidies, Cijfers
    beheerder       Opvang, Lokaal overleg, Subsidies, Cijfers, Beheer
"""


@pytest.mark.parametrize("regel", MENU.strip().splitlines(), ids=lambda regel: regel.split()[0])
def test_menu_shows_what_is_yours(db, regel):
    wie, verwacht = regel.split(maxsplit=1)
    loket = maak_loket()
    if wie == "bezoeker":
        gebruiker = None
    elif wie == "ouder":
        gebruiker = maak_gebruiker()
    elif wie == "opvang":
        gebruiker = maak_gebruiker()
        maak_organisator("Egel vzw", lid=gebruiker)
    else:
        gebruiker = met_rol(loket, Rol(wie))

    assert ", ".join(str(punt.tekst) for punt in gezicht_voor(gebruiker).nav) == verwacht


def test_two_roles_give_one_menu_without_doubles(db):
    gebruiker = met_rol(maak_loket(), Rol.LOKETMEDEWERKER, Rol.VOORZITTER, Rol.BEHEERDER)

    namen = [punt.naam for punt in gezicht_voor(gebruiker).nav]

    assert namen == [
        "balie:werklijst",
        "opvang:zoeken",
        "lok:overzicht",
        "subsidies:overzicht",
        "rapporten:overzicht",
        "admin:index",
    ]


@pytest.mark.parametrize(("tot", "ziet"), [(None, True), (VANDAAG, False)], ids=["nu", "vroeger"])
def test_member_of_the_lok_without_a_role_finds_the_meetings(db, tot, ziet):
    gebruiker = maak_gebruiker()
    LokLid.objects.create(
        loket=maak_loket(),
        gebruiker=gebruiker,
        naam="Els",
        hoedanigheid=Hoedanigheid.LOKALE_ACTOR,
        vanaf=dt.date(2025, 1, 1),
        tot=tot,
    )

    assert ("lok:overzicht" in [punt.naam for punt in gezicht_voor(gebruiker).nav]) is ziet


def test_menu_marks_where_you_are(db):
    zoeken, *_anderen = gezicht_voor(pad="/zoeken/").nav
    assert zoeken.huidig == "page"

    zoeken, mijn, _aanbod = gezicht_voor(pad="/mijn/3/").nav
    assert (zoeken.huidig, mijn.huidig) == ("", "true")


def test_menu_marks_only_the_nearest_item(db):
    carla = met_rol(maak_loket(), Rol.LOKETMEDEWERKER)

    nav = gezicht_voor(carla, pad="/balie/subsidies/3/").nav

    assert [punt.naam for punt in nav if punt.huidig] == ["subsidies:overzicht"]


# Whose loket


def test_only_loket_is_everyone_s(db):
    loket = maak_loket("Lokaal Loket Kinderopvang Wilgenrade")

    gezicht = gezicht_voor()

    assert gezicht.loket == loket
    assert (gezicht.merk, gezicht.plaats) == ("Lokaal Loket", "Kinderopvang Wilgenrade")
    assert gezicht.tel == "+3290000000"


def test_own_loket_comes_before_the_other(db):
    maak_loket("Loket Eerste")
    tweede = maak_loket("Loket Tweede")

    assert gezicht_voor(met_rol(tweede, Rol.TOELEIDER)).loket == tweede


def test_page_may_say_whose_it_is(db):
    eerste, tweede = maak_loket("Loket Eerste"), maak_loket("Loket Tweede")

    assert gezicht_voor(met_rol(eerste, Rol.TOELEIDER), loket=tweede).loket == tweede


def test_several_lokets_show_no_one_s_name_or_phone(db):
    maak_loket("Loket Eerste")
    maak_loket("Loket Tweede")

    gezicht = gezicht_voor()

    assert gezicht.loket is None
    assert gezicht.naam == "Lokaal Loket Kinderopvang"
    assert (
        gezicht.telefoon,
        gezicht.email,
        gezicht.adres,
        gezicht.openingsuren,
        gezicht.thema_url,
    ) == ("",) * 5
    assert gezicht.antwoordtermijn == 10
    assert [loket.naam for loket in gezicht.lokets] == ["Loket Eerste", "Loket Tweede"]


@pytest.mark.parametrize(
    ("naam", "merk", "plaats"),
    [
        ("Lokaal Loket Kinderopvang Wilgenrade", "Lokaal Loket", "Kinderopvang Wilgenrade"),
        ("Loket Wilgenrade", "Loket Wilgenrade", "Kinderopvang"),
        ("Kinderopvangloket Wilgenrade", "Kinderopvangloket Wilgenrade", ""),
    ],
)
def test_name_is_split_beside_the_mark(db, naam, merk, plaats):
    maak_loket(naam)

    gezicht = gezicht_voor()

    assert (gezicht.merk, gezicht.plaats) == (merk, plaats)


def test_frame_that_is_not_shown_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        gezicht_voor(None)


def test_frame_of_staff_takes_three_queries(db, django_assert_num_queries):
    loket = maak_loket()
    gebruiker = Gebruiker.objects.get(pk=met_rol(loket, Rol.LOKETMEDEWERKER, Rol.VOORZITTER).pk)

    with django_assert_num_queries(3):
        gezicht = gezicht_voor(gebruiker)
        assert gezicht.nav
        assert gezicht.naam == loket.naam
        assert gezicht.telefoon == loket.telefoon
        assert gezicht.thema_url == ""
