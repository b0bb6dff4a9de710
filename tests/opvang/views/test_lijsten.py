"""What is free now: the page, the feed and the open data tell the same."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from opvang.models import Plaatsaanbod
from tests.api.schema import keur_antwoord
from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
PAGINA, FEED, JSON = (
    reverse("opvang:vrij", args=["wilgenrade"]),
    reverse("opvang:vrij_feed", args=["wilgenrade"]),
    reverse("api:open_vrije_plaatsen", args=["wilgenrade"]),
)


@pytest.fixture
def loket():
    gemeente = maak_gemeente("Wilgenrade", nis="90001")
    return maak_loket("Loket Wilgenrade", gemeenten=[gemeente], slug="wilgenrade")


@pytest.fixture
def nu():
    return timezone.now().replace(microsecond=0)


def bouw(loket, nu, aantal=1) -> None:
    for n in range(aantal):
        locatie = maak_locatie(f"Egel {n}", loket=loket, slug=f"egel-{n}")
        maak_aanbod(locatie, [2, 1] + [0] * 12, nu=nu - dt.timedelta(days=n + 1))
    maak_aanbod(maak_locatie("Vol", loket=loket), 0, nu=nu)
    maak_locatie("Onbekend", loket=loket)
    maak_aanbod(maak_locatie("Oud", loket=loket), nu=nu - dt.timedelta(days=40))


def test_page_lists_by_gemeente(client, loket, nu):
    bouw(loket, nu, 2)

    antwoord = client.get(PAGINA)

    assert [
        (een.naam, [p.locatie.naam for p in een.plekken]) for een in antwoord.context["lijst"]
    ] == [("Wilgenrade", ["Egel 0", "Egel 1"])]
    tekst = antwoord.content.decode()
    assert FEED in tekst
    assert JSON in tekst
    assert not {"Vol", "Onbekend", "Oud"} & {
        p.locatie.naam for een in antwoord.context["lijst"] for p in een.plekken
    }


def test_an_empty_list_does_not_say_that_all_is_full(client, loket):
    assert "Dat wil niet zeggen dat alles vol is." in client.get(PAGINA).content.decode()


def test_each_of_them_is_404_for_a_loket_that_is_not_there(client):
    assert [client.get(adres).status_code for adres in (PAGINA, FEED, JSON)] == [404] * 3


@pytest.mark.parametrize(
    ("adres", "vragen"), [(PAGINA, 4), (FEED, 4), (JSON, 4)], ids=["pagina", "feed", "json"]
)
@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, loket, nu, adres, vragen, aantal, django_assert_num_queries
):
    bouw(loket, nu, aantal)
    client.get(adres)

    with django_assert_num_queries(vragen):
        client.get(adres)


def test_who_may_keep_the_answer(client, loket, nu):
    bouw(loket, nu)

    for adres in (PAGINA, FEED, JSON):
        kop = client.get(adres)["Cache-Control"]
        assert set(kop.split(", ")) == {"public", "max-age=300"}, adres
    assert "Cookie" in client.get(PAGINA)["Vary"]


def test_a_page_with_a_name_in_its_frame_is_kept_by_nobody_else(client, loket, django_user_model):
    client.force_login(django_user_model.objects.create_user("amina@voorbeeld.test"))

    assert set(client.get(PAGINA)["Cache-Control"].split(", ")) == {"private", "no-cache"}


# The feed


def test_feed_has_an_entry_per_location_as_new_as_its_word(client, loket, nu, settings):
    bouw(loket, nu, 2)

    antwoord = client.get(FEED)

    boom = ET.fromstring(antwoord.content)  # noqa: S314 -- our own answer
    assert antwoord["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert boom.findtext("a:id", namespaces=ATOM) == settings.SITE_URL + PAGINA
    assert [
        [een.findtext(f"a:{naam}", namespaces=ATOM) for naam in ("id", "title", "summary")]
        for een in boom.findall("a:entry", ATOM)
    ] == [
        [
            f"{settings.SITE_URL}/opvang/egel-{n}/#vrij",
            f"Egel {n}, Wilgenrade",
            f"Vrij vanaf {een_dag(timezone.localdate())}: maandag hele dag.",
        ]
        for n in range(2)
    ]
    assert [
        dt.datetime.fromisoformat(een.findtext("a:updated", namespaces=ATOM))
        for een in boom.findall("a:entry", ATOM)
    ] == [nu - dt.timedelta(days=1), nu - dt.timedelta(days=2)]


def een_dag(dag: dt.date) -> str:
    maanden = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    return f"{dag.day} {maanden.split()[dag.month - 1]} {dag.year}"


def test_ids_stay_when_a_location_confirms_again(client, loket, nu):
    bouw(loket, nu)
    eerst = ET.fromstring(client.get(FEED).content)  # noqa: S314

    Plaatsaanbod.objects.filter(locatie__slug="egel-0").update(laatst_bevestigd=nu)
    daarna = ET.fromstring(client.get(FEED).content)  # noqa: S314

    ids = [[een.text for een in boom.findall("a:entry/a:id", ATOM)] for boom in (eerst, daarna)]
    assert ids[0] == ids[1]
    assert daarna.findtext("a:updated", namespaces=ATOM) != eerst.findtext(
        "a:updated", namespaces=ATOM
    )


def test_an_empty_feed_is_a_feed(client, loket):
    boom = ET.fromstring(client.get(FEED).content)  # noqa: S314

    assert boom.findall("a:entry", ATOM) == []


# Open data


def test_open_data_says_what_from_when_and_confirmed_when(client, loket, nu, settings):
    bouw(loket, nu)

    antwoord = client.get(JSON)

    inhoud = antwoord.json()
    keur_antwoord("OpenVrijePlaatsen", inhoud)
    assert (inhoud["loket"], inhoud["total"]) == ("wilgenrade", 1)
    (egel,) = inhoud["items"]
    periode = egel.pop("periode")
    assert egel == {
        "id": "egel-0",
        "naam": "Egel 0",
        "href": f"{settings.SITE_URL}/opvang/egel-0/",
        "opvangvorm": "groepsopvang",
        "prijssysteem": "onbekend",
        "gemeente": "Wilgenrade",
        "nis": "90001",
    }
    assert periode["vanaf"] == timezone.localdate(nu - dt.timedelta(days=1)).isoformat()
    assert periode["vrij"][0] == {"dag": "maandag", "voormiddag": 2, "namiddag": 1}
    assert dt.datetime.fromisoformat(periode["laatstBevestigd"]) == nu - dt.timedelta(days=1)
    assert antwoord["Access-Control-Allow-Origin"] == "*"


def test_open_data_is_for_reading_only(client, loket):
    assert [client.generic(m, JSON).status_code for m in ("POST", "PUT", "DELETE")] == [405] * 3


def test_open_data_needs_no_key_and_a_wrong_one_does_not_matter(client, loket):
    assert client.get(JSON, headers={"Authorization": "Api-Key llk_x_y"}).status_code == 200
