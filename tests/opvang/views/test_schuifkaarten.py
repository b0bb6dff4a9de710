"""The suggestions on the page of a search, and the searches that they lead to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from opvang.workflow import Stand
from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db

ADRES = reverse("opvang:zoeken")
MA_DO = 0b11000011


@pytest.fixture
def nu():
    return timezone.now()


@pytest.fixture
def gemeente():
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    return gemeente


def met_ruimte(antwoord) -> set[int]:
    plekken = antwoord.context["resultaat"].locaties
    return {plek.pk for plek in plekken if plek.stand in {Stand.VRIJ, Stand.MISSCHIEN}}


def bouw_alles_een_stap_weg(gemeente, nu) -> dt.date:
    """Nothing fits; one step away in each direction something does. Gives the start to ask."""
    start = timezone.localdate(nu) + dt.timedelta(weeks=8)
    ma_do = [1, 1, 0, 0, 0, 0, 1, 1] + [0] * 6
    ma_wo = [1, 1, 0, 0, 1, 1] + [0] * 8
    groep = {"gemeente": gemeente, "opvangvorm": "groepsopvang", "prijssysteem": "inkomenstarief"}
    maak_aanbod(maak_locatie(**groep), ma_do, nu=nu, vanaf=start + dt.timedelta(weeks=2))
    maak_aanbod(maak_locatie(**groep), ma_wo, nu=nu)
    maak_aanbod(maak_locatie(**groep | {"opvangvorm": "gezinsopvang"}), ma_do, nu=nu)
    maak_aanbod(maak_locatie(**groep | {"prijssysteem": "vrije_prijs"}), ma_do, nu=nu)
    elders = groep | {"gemeente": maak_gemeente(), "lengtegraad": 4.02, "breedtegraad": 51.0}
    maak_aanbod(maak_locatie(**elders), ma_do, nu=nu)
    return start


@pytest.mark.parametrize(
    ("weg", "teksten"),
    [
        ("", ["Zoeken tot 5 km", "Starten op", "Woensdag in plaats van donderdag"]),
        ("start", ["Zoeken tot 5 km", "Woensdag in plaats van donderdag", "Ook andere soorten"]),
        ("dagen", []),
        ("soort", ["Zoeken tot 5 km", "Starten op", "Woensdag in plaats van donderdag"]),
    ],
)
def test_each_suggestion_leads_to_a_search_with_so_many_more(client, gemeente, nu, weg, teksten):
    start = bouw_alles_een_stap_weg(gemeente, nu)
    vraag = {
        "waar": "Wilgenrade",
        "vanaf_dag": str(start.day),
        "vanaf_maand": str(start.month),
        "vanaf_jaar": str(start.year),
        "dagen": ["ma-vm", "ma-nm", "do-vm", "do-nm"],
        "soort": "groepsopvang",
        "prijs": "inkomen",
        "pagina": "1",
    }
    if weg == "start":
        for deel in ("vanaf_dag", "vanaf_maand", "vanaf_jaar"):
            del vraag[deel]
    vraag.pop(weg, None)
    antwoord = client.get(ADRES, vraag)
    al = met_ruimte(antwoord)

    kaarten = antwoord.context["schuiven"]

    assert [
        kaart.tekst[: len(tekst)] for kaart, tekst in zip(kaarten, teksten, strict=False)
    ] == teksten
    for kaart in kaarten:
        gevolgd = client.get(ADRES + kaart.url)
        assert not gevolgd.context["form"].errors
        assert len(met_ruimte(gevolgd) - al) == kaart.erbij > 0
        assert gevolgd.context["request"].GET.get("waar") == "Wilgenrade"
        assert "pagina" not in gevolgd.context["request"].GET


def test_a_suggestion_says_what_and_how_much(client, gemeente, nu):
    start = bouw_alles_een_stap_weg(gemeente, nu)

    kaarten = client.get(
        ADRES,
        {"waar": "Wilgenrade", "vanaf": start.isoformat(), "dagen": MA_DO, "soort": "samenwerkend"},
    ).context["schuiven"]

    assert [(kaart.erbij, kaart.tekst, kaart.uitleg) for kaart in kaarten] == [
        (2, "Ook andere soorten opvang", "2 plekken erbij")
    ]


def test_weeks_are_said_as_later_or_earlier(client, gemeente, nu):
    start = timezone.localdate(nu) + dt.timedelta(weeks=8)
    later = start + dt.timedelta(weeks=2)
    maak_aanbod(maak_locatie(gemeente=gemeente), 1, nu=nu, vanaf=later)

    (kaart,) = client.get(ADRES, {"waar": "Wilgenrade", "vanaf": start.isoformat()}).context[
        "schuiven"
    ]

    assert kaart.uitleg == "2 weken later, 1 plek erbij"
    assert kaart.url == f"?waar=Wilgenrade&vanaf={later.isoformat()}"

    maak_aanbod(maak_locatie(gemeente=gemeente), 1, nu=nu, tot=start - dt.timedelta(days=1))

    (kaart,) = client.get(ADRES, {"waar": "Wilgenrade", "vanaf": start.isoformat()}).context[
        "schuiven"
    ]

    assert kaart.uitleg == "1 week vroeger, 1 plek erbij"


def test_a_day_less_is_said_without(client, gemeente, nu):
    maak_aanbod(maak_locatie(gemeente=gemeente), [1, 1] + [0] * 12, nu=nu)

    (kaart,) = client.get(ADRES, {"waar": "Wilgenrade", "dagen": MA_DO}).context["schuiven"]

    assert (kaart.tekst, kaart.url) == ("Zonder donderdag", "?waar=Wilgenrade&dagen=3")


def test_where_somebody_stands_stays_in_the_link(client, nu):
    maak_aanbod(maak_locatie(lengtegraad=4.1, breedtegraad=51.0), 1, nu=nu)

    (kaart,) = client.get(ADRES, {"bij": "51.000,4.000", "ver": "5"}).context["schuiven"]

    assert kaart.url == "?bij=51.000%2C4.000&ver=10"
    assert client.get(ADRES + kaart.url).context["resultaat"].aantal == 1
