"""The price in the admin: tables without holes, help of the own loket, ages within the licence."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from loket.models import Gebeurtenis
from opvang.models import Leeftijdsgroep, Tariefhulp, Tarieftabel, Vergunning
from tests.fabrieken import maak_vergunning
from tests.opvang.fabrieken_tarief import maak_hulp, maak_tabel

pytestmark = pytest.mark.django_db


@pytest.fixture
def joke(client, spelers):
    client.force_login(spelers.joke)
    return spelers.joke


def beheer(soort: str, *args) -> str:
    return reverse(f"admin:opvang_{soort}", args=args)


def rijen(voorvoegsel: str, *lijnen: dict, begin: int = 0) -> dict[str, str]:
    """The lines of an inline, as the admin posts them."""
    uit = {
        f"{voorvoegsel}-TOTAL_FORMS": str(len(lijnen)),
        f"{voorvoegsel}-INITIAL_FORMS": str(begin),
    }
    for nr, lijn in enumerate(lijnen):
        uit |= {f"{voorvoegsel}-{nr}-{naam}": str(waarde) for naam, waarde in lijn.items()}
    return uit


SCHIJF = {"tot": "50000", "coefficient": "0.0004", "plafond": ""}
HEEL = {"van_uur": "5", "tot_uur": "11", "procent": "100", "geval": "gewoon"}


def tabel(*, duren=(HEEL,), **velden) -> dict[str, str]:
    return {
        "naam": "Tabel van oktober",
        "vanaf": "2026-10-01",
        "actief": "on",
        "bron": "Opgroeien",
        "minimum": "5",
        "maximum": "40",
        "stap_bedrag": "0.6",
        "stap_inkomen": "3700",
        "kindkorting": "3",
        "meerlingkorting": "3",
        **rijen("schijven", SCHIJF),
        **rijen("duren", *duren),
        **velden,
    }


def fouten(antwoord) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", antwoord.content.decode()).split())


def test_manager_adds_a_table_and_it_is_told_who_did(client, joke):
    antwoord = client.post(beheer("tarieftabel_add"), tabel())

    assert antwoord.status_code == 302
    nieuw = Tarieftabel.objects.get()
    assert (nieuw.schijven.count(), nieuw.duren.count()) == (1, 1)
    log = Gebeurtenis.objects.get(werkwoord="opvang.tarieftabel_toegevoegd")
    assert (log.door, log.gegevens["actief"]) == (joke, True)


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"vanaf": "2027-01-01"}, "Van 2026-12-01 tot 2027-01-01 zou er geen tabel zijn."),
        ({"vanaf": "2026-11-01"}, "In die periode is er al een actieve tabel."),
        ({"kindkorting": "", "vanaf": "2026-12-01"}, "Een actieve tabel noemt haar bron"),
        (
            {"vanaf": "2026-12-01", "duren": (HEEL, {**HEEL, "van_uur": "10", "tot_uur": ""})},
            "Deze uren overlappen.",
        ),
        (
            {"vanaf": "2026-12-01", **rijen("schijven", SCHIJF, SCHIJF)},
            "tot",
        ),
    ],
)
def test_what_the_database_would_refuse_is_told_in_words(client, joke, velden, melding):
    maak_tabel(tot=dt.date(2026, 12, 1))

    antwoord = client.post(beheer("tarieftabel_add"), tabel(**velden))

    assert antwoord.status_code == 200
    assert melding in fouten(antwoord)
    assert Tarieftabel.objects.count() == 1


def test_hours_that_follow_one_another_are_fine(client, joke):
    lang = {"van_uur": "11", "tot_uur": "", "procent": "160", "geval": "flexibel"}

    assert client.post(beheer("tarieftabel_add"), tabel(duren=(lang, HEEL))).status_code == 302


def test_manager_sees_and_makes_help_of_the_own_loket_alone(client, joke, spelers):
    elders = maak_hulp(spelers.ander_loket, uitleg="Elders")

    velden = {
        "soort": "sociaal",
        "uitleg": "Uitleg",
        "vragen": "Bel",
        "vanaf": "2026-01-01",
        "actief": "on",
    }
    vreemd = client.post(beheer("tariefhulp_add"), {**velden, "loket": spelers.ander_loket.pk})
    eigen = client.post(beheer("tariefhulp_add"), {**velden, "loket": spelers.loket.pk})

    assert (vreemd.status_code, eigen.status_code) == (200, 302)
    assert set(Tariefhulp.objects.values_list("loket__slug", flat=True)) == {
        "elders",
        "wilgenrade",
    }
    lijst = client.get(beheer("tariefhulp_changelist"))
    assert "Loket Wilgenrade" in fouten(lijst)
    assert client.get(beheer("tariefhulp_change", elders.pk)).status_code == 302


def vergunning_velden(vergunning: Vergunning, *groepen: dict, **velden) -> dict[str, str]:
    return {
        "locatie": str(vergunning.locatie_id),
        "vanaf": "2020-01-01",
        "vergunde_plaatsen": "18",
        "operationele_plaatsen": "18",
        "plaatsen_t0": "0",
        "plaatsen_t1": "0",
        "plaatsen_t2": "18",
        "plaatsen_t3": "0",
        **rijen("leeftijdsgroepen", *groepen),
        **velden,
    }


def groep(plaatsen: int) -> dict[str, object]:
    return {"naam": "Groep", "leeftijd_vanaf": 0, "leeftijd_tot": 36, "plaatsen": plaatsen}


def test_ages_stay_within_the_licence(client, joke, spelers):
    vergunning = maak_vergunning(spelers.egeltjes, 18)
    pad = beheer("vergunning_change", vergunning.pk)

    te_veel = client.post(pad, vergunning_velden(vergunning, groep(9), groep(10)))
    goed = client.post(pad, vergunning_velden(vergunning, groep(9), groep(9)))

    assert te_veel.status_code == 200
    assert "De groepen hebben samen 19 plaatsen, vergund zijn er 18" in fouten(te_veel)
    assert goed.status_code == 302
    assert sorted(Leeftijdsgroep.objects.values_list("plaatsen", flat=True)) == [9, 9]
