"""The provider's side of a page: write, look, publish; photos; closing days. And staff's look."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from loket.models import Bericht
from opvang.models import Locatiefoto, Paginatekst, Sluitingsdag
from tests.fabrieken import NU, maak_locatie
from tests.opvang.fabrieken_pagina import als_bestand, maak_beeld, maak_foto, schrijf
from tests.opvang.views.test_publiek import tekst, titel

pytestmark = pytest.mark.django_db
PAGINA = "/aanbod/locatie/de-egeltjes/pagina/"
FOTOS = "/aanbod/locatie/de-egeltjes/fotos/"
DAGEN = "/aanbod/locatie/de-egeltjes/sluitingsdagen/"
#: What no form of ours may stumble over.
ROMMEL = ["\0", "\ud800", "9" * 400, "<script>", "é" * 300, "-1"]


@pytest.fixture
def farid(client, spelers):
    client.force_login(spelers.farid)
    return client


@pytest.fixture
def carla(client, spelers):
    """Staff of a loket that looks first, with a text and a photo to look at."""
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    schrijf(spelers.egeltjes, door=spelers.farid, over="Wij zijn De Egeltjes.")
    maak_foto(spelers.egeltjes, door=spelers.farid)
    client.force_login(spelers.carla)
    return client


def velden(antwoord) -> dict[str, str]:
    """What the form on the page would send back."""
    html = antwoord.content.decode()
    verborgen = dict(re.findall(r'name="(gezien_\w+)" value="([^"]*)"', html))
    open_ = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s?([^<]*)</textarea>', html))
    return verborgen | {naam: inhoud.strip() for naam, inhoud in open_.items()}


# Texts


def test_write_look_and_publish(farid, spelers):
    begin = velden(farid.get(PAGINA))
    assert sorted(begin) == sorted(
        deel
        for naam in ("over", "dag", "eten_slapen", "buiten", "taal", "wennen")
        for deel in (naam, f"gezien_{naam}")
    )

    naar = farid.post(PAGINA, begin | {"over": "Wij zijn zes.\r\nEn blij.", "doe": "voorbeeld"})
    assert naar["Location"] == f"{PAGINA}voorbeeld/"
    voorbeeld = farid.get(naar["Location"])
    assert titel(voorbeeld).startswith("Voorbeeld: De Egeltjes")
    assert "Wij zijn zes.<br>En blij." in voorbeeld.content.decode()
    assert '<meta name="robots" content="noindex">' in voorbeeld.content.decode()
    assert "Hier opvang vragen?" not in tekst(voorbeeld)
    openbaar = farid.get("/opvang/de-egeltjes/")
    assert "Wij zijn zes." not in openbaar.content.decode()

    klaar = farid.post(f"{PAGINA}publiceer/", follow=True)
    assert "1 onderwerp staat op je pagina. Ouders zien het nu." in tekst(klaar)
    assert "Wij zijn zes.<br>En blij." in farid.get("/opvang/de-egeltjes/").content.decode()


def test_three_buttons_do_three_things(farid, spelers):
    begin = velden(farid.get(PAGINA))

    bewaard = farid.post(PAGINA, begin | {"dag": "Fruit", "doe": "bewaar"}, follow=True)
    assert "Bewaard. Ouders zien dit nog niet." in tekst(bewaard)
    assert "Nog niet op de pagina" in tekst(bewaard)
    niets = farid.post(PAGINA, velden(bewaard) | {"doe": "onzin"}, follow=True)
    assert "Bewaard." in tekst(niets)
    gezet = farid.post(PAGINA, velden(niets) | {"dag": "Pap", "doe": "publiceer"}, follow=True)
    assert "1 onderwerp staat op je pagina." in tekst(gezet)
    leeg = farid.post(f"{PAGINA}publiceer/", follow=True)
    assert "Er was niets nieuws om op je pagina te zetten." in tekst(leeg)


def test_where_the_loket_looks_the_provider_is_told(farid, spelers):
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()

    begin = farid.get(PAGINA)
    assert "Het loket kijkt teksten en foto's na" in begin.content.decode().replace("&#x27;", "'")
    klaar = farid.post(PAGINA, velden(begin) | {"over": "Nieuw", "doe": "publiceer"}, follow=True)

    assert "Het loket kijkt je tekst na." in tekst(klaar)
    assert Paginatekst.objects.get().status == "wacht"


def test_colleague_was_first_and_nothing_typed_is_lost(farid, spelers):
    begin = velden(farid.get(PAGINA))
    schrijf(spelers.egeltjes, door=spelers.farid, over="Van de collega", dag="Ook van haar")

    botst = farid.post(PAGINA, begin | {"over": "Van mij", "buiten": "Tuin", "doe": "bewaar"})

    assert botst.status_code == 422
    assert titel(botst).startswith("Fout: ")
    woorden = tekst(botst)
    assert "Een collega wijzigde dit net." in woorden
    assert "Van de collega" in woorden
    assert {naam: velden(botst)[naam] for naam in ("over", "dag", "buiten")} == {
        "over": "Van mij",
        "dag": "Ook van haar",
        "buiten": "Tuin",
    }
    weer = farid.post(PAGINA, velden(botst) | {"doe": "publiceer"}, follow=True)
    assert "2 onderwerpen staan op je pagina." in tekst(weer)
    assert sorted(Paginatekst.objects.publiek().values_list("onderwerp", "tekst")) == [
        ("buiten", "Tuin"),
        ("dag", "Ook van haar"),
        ("over", "Van mij"),
    ]


def test_too_long_is_told_and_kept(farid, spelers):
    lang = "a" * 2001

    mis = farid.post(PAGINA, velden(farid.get(PAGINA)) | {"taal": lang})

    assert mis.status_code == 422
    assert "Deze tekst is te lang: hoogstens 2000 tekens, nu 2001." in tekst(mis)
    assert velden(mis)["taal"] == lang


@pytest.mark.parametrize("rommel", ROMMEL)
def test_junk_breaks_nothing(farid, spelers, rommel):
    foto = maak_foto(spelers.egeltjes, door=spelers.farid)
    for pad, namen in (
        (PAGINA, ("over", "gezien_over", "doe")),
        (FOTOS, ("alt", "bestand", "mag", "versie")),
        (f"/aanbod/foto/{foto.pk}/", ("alt", "versie")),
        (DAGEN, ("vanaf", "vanaf_dag", "vanaf_maand", "vanaf_jaar", "tot_en_met", "reden")),
    ):
        ruw = urlencode(dict.fromkeys(namen, rommel), errors="surrogatepass")
        antwoord = farid.post(pad, ruw, content_type="application/x-www-form-urlencoded")
        assert antwoord.status_code in {302, 422}
        assert farid.get(f"{pad}?{ruw}").status_code == 200


def test_other_provider_finds_nothing_of_this(client, spelers):
    foto = maak_foto(spelers.egeltjes, door=spelers.farid)
    schrijf(spelers.egeltjes, door=spelers.farid, over="Geheim plan", publiceer=False)
    dag = Sluitingsdag.objects.create(
        locatie=spelers.egeltjes, vanaf="2026-07-01", tot="2026-07-02", reden="anders"
    )
    client.force_login(spelers.greet)

    for pad in (PAGINA, f"{PAGINA}voorbeeld/", FOTOS, DAGEN, f"/aanbod/foto/{foto.pk}/"):
        assert client.get(pad).status_code == 404, pad
    for pad in (
        PAGINA,
        f"{PAGINA}publiceer/",
        f"/aanbod/foto/{foto.pk}/",
        f"/aanbod/foto/{foto.pk}/vooraan/",
        f"/aanbod/foto/{foto.pk}/weg/",
        f"/aanbod/sluitingsdag/{dag.pk}/weg/",
    ):
        assert client.post(pad).status_code == 404, pad
    assert (Locatiefoto.objects.count(), Sluitingsdag.objects.count()) == (1, 1)
    assert Paginatekst.objects.get().status == "concept"


@pytest.mark.parametrize("aantal", [2, 5])
def test_overview_asks_the_same_for_any_number(farid, spelers, aantal, django_assert_num_queries):
    for _ in range(aantal - 1):
        locatie = maak_locatie(organisator=spelers.egeltjes.organisator)
        schrijf(locatie, door=spelers.farid, over="x", publiceer=False)
        maak_foto(locatie, door=spelers.farid)

    # Session, person, whose people, the locations; menu: roles, loket, circles.
    with django_assert_num_queries(7):
        antwoord = farid.get("/aanbod/paginas/")

    woorden = tekst(antwoord)
    assert woorden.count("Er is tekst die nog niet op de pagina staat") == aantal - 1
    assert woorden.count("1 foto van") == aantal - 1


# Photos


def test_add_describe_and_order_photos(farid, spelers):
    for alt in ("De tuin", "De slaapkamer"):
        klaar = farid.post(
            FOTOS, {"bestand": als_bestand(maak_beeld()), "alt": alt, "mag": "on"}, follow=True
        )
    assert "De foto staat op je pagina." in tekst(klaar)
    tuin, kamer = Locatiefoto.objects.order_by("pk")

    farid.post(f"/aanbod/foto/{kamer.pk}/vooraan/")
    farid.post(f"/aanbod/foto/{tuin.pk}/", {"alt": "De tuin in mei", "versie": 1})

    html = farid.get("/opvang/de-egeltjes/").content.decode()
    assert re.findall(r'<img[^>]* alt="([^"]*)"', html) == ["De slaapkamer", "De tuin in mei"]
    oud = farid.post(f"/aanbod/foto/{tuin.pk}/", {"alt": "Oud blad", "versie": 1})
    assert oud.status_code == 422
    assert 'value="Oud blad"' in oud.content.decode()
    farid.post(f"/aanbod/foto/{tuin.pk}/weg/")
    assert [foto.alt for foto in Locatiefoto.objects.all()] == ["De slaapkamer"]


@pytest.mark.parametrize(
    ("gegevens", "zinnen"),
    [
        (
            {},
            [
                "Kies een foto.",
                "Schrijf in een zin wat er op de foto staat.",
                "Vink aan dat je de foto mag tonen, of kies een andere foto.",
            ],
        ),
        ({"bestand": b"", "alt": "Tuin", "mag": "on"}, ["Dit bestand is leeg."]),
        (
            {"bestand": b"<script>alert(1)</script>", "alt": "Tuin", "mag": "on"},
            ["Dit bestand is geen foto die we kunnen tonen."],
        ),
    ],
)
def test_what_is_wrong_with_a_photo_is_told_and_the_words_are_kept(
    farid, spelers, gegevens, zinnen
):
    if "bestand" in gegevens:
        gegevens = gegevens | {"bestand": als_bestand(gegevens["bestand"])}

    mis = farid.post(FOTOS, gegevens)

    assert mis.status_code == 422
    assert titel(mis).startswith("Fout: ")
    for zin in zinnen:
        assert zin in tekst(mis)
    if "alt" in gegevens:
        assert 'value="Tuin"' in mis.content.decode()
    assert Locatiefoto.objects.count() == 0


@pytest.mark.parametrize("aantal", [1, 3])
def test_photos_ask_the_same_for_any_number(farid, spelers, aantal, django_assert_num_queries):
    for _ in range(aantal):
        maak_foto(spelers.egeltjes, door=spelers.farid)

    # Session, person, whose people, the location, its photos, does the loket look; menu: 3.
    with django_assert_num_queries(9):
        farid.get(FOTOS)


# Closing days


def test_say_when_it_is_closed_here_or_everywhere(farid, spelers):
    jaar = timezone.localdate().year + 1
    andere = maak_locatie("Nest", organisator=spelers.egeltjes.organisator)
    dag = {"vanaf_dag": "14", "vanaf_maand": "juli", "vanaf_jaar": jaar, "reden": "vakantie"}

    een = farid.post(DAGEN, dag, follow=True)
    assert f"14 juli {jaar} Vakantie" in tekst(een)
    assert (spelers.egeltjes.sluitingsdagen.count(), andere.sluitingsdagen.count()) == (1, 0)

    weer = farid.post(DAGEN, dag | {"overal": "on"})
    assert weer.status_code == 422
    assert "De Egeltjes is al dicht van 14 juli" in tekst(weer)
    assert andere.sluitingsdagen.count() == 0
    assert 'value="juli"' in weer.content.decode() or 'value="7"' in weer.content.decode()

    farid.post(f"/aanbod/sluitingsdag/{Sluitingsdag.objects.get().pk}/weg/")
    alle = farid.post(
        DAGEN,
        dag
        | {"tot_en_met_dag": 31, "tot_en_met_maand": 7, "tot_en_met_jaar": jaar, "overal": "on"},
        follow=True,
    )
    assert "Dit staat nu op de pagina van 2 locaties." in tekst(alle)
    assert {een.tot for een in Sluitingsdag.objects.all()} == {dt.date(jaar, 8, 1)}


@pytest.mark.parametrize(
    ("gegevens", "zin"),
    [
        ({}, "Vul de eerste dag in."),
        ({"vanaf": "2031-02-30", "reden": "vakantie"}, "Deze dag bestaat niet."),
        (
            {"vanaf": "2027-07-14", "tot_en_met": "2027-07-13", "reden": "vakantie"},
            "De laatste dag komt na de eerste.",
        ),
        ({"vanaf": "2020-07-14", "reden": "vakantie"}, "Deze dagen zijn al voorbij."),
        ({"vanaf": "2027-07-14", "reden": "zomaar"}, "Kies een van de redenen hieronder."),
    ],
)
def test_what_is_wrong_with_a_day_is_told(farid, spelers, gegevens, zin):
    mis = farid.post(DAGEN, gegevens)

    assert mis.status_code == 422
    assert zin in tekst(mis)
    assert Sluitingsdag.objects.count() == 0


# Staff look


def test_staff_approve_and_send_back(carla, spelers):
    lijst = carla.get("/balie/paginas/")
    assert "De Egeltjes Wilgenrade 1 tekst 1 foto" in tekst(lijst)
    bladzijde = carla.get("/balie/paginas/de-egeltjes/")
    assert "Geschreven door Farid" in tekst(bladzijde)
    ding, foto = Paginatekst.objects.get(), Locatiefoto.objects.get()

    carla.post(f"/balie/paginas/tekst/{ding.pk}/", {"versie": 1, "doe": "goed"})
    zonder = carla.post(f"/balie/paginas/foto/{foto.pk}/", {"versie": 1, "doe": "terug"})
    assert zonder.status_code == 422
    assert titel(zonder).startswith("Fout: ")
    assert "Schrijf in een zin wat de opvang kan veranderen." in tekst(zonder)
    terug = carla.post(
        f"/balie/paginas/foto/{foto.pk}/",
        {"versie": 1, "doe": "terug", "reden": "Er staat een kind op."},
        follow=True,
    )

    assert "Alles is nagekeken" in tekst(terug)
    assert "Niets na te kijken" in tekst(carla.get("/balie/paginas/"))
    html = carla.get("/opvang/de-egeltjes/").content.decode()
    assert "Wij zijn De Egeltjes." in html
    assert "<img" not in html
    assert "Er staat een kind op." in Bericht.objects.get(sjabloon="opvang/teruggestuurd").tekst
    carla.force_login(spelers.farid)
    assert "Er staat een kind op." in tekst(carla.get(FOTOS))


def test_text_that_changed_meanwhile_is_not_approved(carla, spelers):
    ding = Paginatekst.objects.get()
    schrijf(spelers.egeltjes, door=spelers.farid, over="Iets anders")

    kijk = carla.post(f"/balie/paginas/tekst/{ding.pk}/", {"versie": 1, "doe": "goed"}, follow=True)

    assert "Iemand anders was je net voor." in tekst(kijk)
    assert "Iets anders" in tekst(kijk)
    assert Paginatekst.objects.publiek().count() == 0
    for versie in (*ROMMEL, ""):
        ruw = urlencode({"versie": versie, "doe": "goed"}, errors="surrogatepass")
        carla.post(
            f"/balie/paginas/tekst/{ding.pk}/",
            ruw,
            content_type="application/x-www-form-urlencoded",
        )
    assert Paginatekst.objects.publiek().count() == 0


def test_staff_take_from_the_page_what_can_not_stay(carla, spelers):
    foto = Locatiefoto.objects.get()
    adres = f"/balie/paginas/foto/{foto.pk}/"
    carla.post(adres, {"versie": 1, "doe": "goed"})
    openbaar = carla.get("/opvang/de-egeltjes/").content.decode()
    assert "<img" in openbaar
    assert 'href="/balie/paginas/de-egeltjes/"' in openbaar
    twee_keer = carla.post(adres, {"versie": 1, "doe": "goed"}, follow=True)
    assert "Dat kan niet meer: de situatie is intussen veranderd." in tekst(twee_keer)
    assert "Nu op de pagina" in tekst(twee_keer)

    carla.post(adres, {"versie": 1, "doe": "terug", "reden": "Dit kind is herkenbaar."})

    assert "<img" not in carla.get("/opvang/de-egeltjes/").content.decode()
    assert carla.post(adres, {"versie": 1, "doe": "goed"}).status_code == 404
    mail = Bericht.objects.get(sjabloon="opvang/teruggestuurd")
    assert "Tot dan staat dit niet op de pagina." in mail.tekst
    for wie in (spelers.dirk, spelers.farid, spelers.amina):
        carla.force_login(wie)
        assert "/balie/paginas/" not in carla.get("/opvang/de-egeltjes/").content.decode()


def test_staff_elsewhere_find_nothing(carla, spelers):
    ding = Paginatekst.objects.get()
    carla.force_login(spelers.dirk)

    assert "Niets na te kijken" in tekst(carla.get("/balie/paginas/"))
    assert carla.get("/balie/paginas/de-egeltjes/").status_code == 404
    goed = {"versie": 1, "doe": "goed"}
    assert carla.post(f"/balie/paginas/tekst/{ding.pk}/", goed).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_lists_of_staff_ask_the_same_for_any_number(
    carla, spelers, aantal, django_assert_num_queries
):
    for i in range(aantal - 1):
        locatie = maak_locatie(loket=spelers.loket)
        schrijf(locatie, door=spelers.farid, over="x", nu=NU + dt.timedelta(hours=i))
        maak_foto(spelers.egeltjes, door=spelers.farid)
    # Session, person, roles, count, the locations; menu.
    with django_assert_num_queries(6):
        carla.get("/balie/paginas/")
    # Session, person, roles, the location, its texts, its photos; menu.
    with django_assert_num_queries(7):
        carla.get("/balie/paginas/de-egeltjes/")
