"""Excel in and out through the pages; and the form, the spreadsheet and the API say the same."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from loket import week
from loket.models import Gebeurtenis
from opvang.domain.vrije_plaatsen import pas_vrij_aan
from opvang.models import Plaatsaanbod
from tests.api.conftest import maak_pakket
from tests.fabrieken import maak_aanbod, maak_locatie
from tests.opvang.domain.test_rekenblad import blad, rij
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db

PAGINA = "/aanbod/rekenblad/"


@pytest.fixture
def nu():
    return timezone.now()


@pytest.fixture
def farid(client, spelers):
    client.force_login(spelers.farid)
    return spelers.farid


@pytest.fixture
def aanbod(spelers, nu):
    return maak_aanbod(spelers.egeltjes, 2, nu=nu, vanaf=timezone.localdate(nu))


def bestand(*rijen, naam="lijst.xlsx") -> dict:
    return {"bestand": SimpleUploadedFile(naam, blad(*rijen))}


def eigen(**anders):
    return rij(**{"locatie": "de-egeltjes", **anders})


def pakje(antwoord) -> dict[str, str]:
    return {"pakje": re.search(r'name="pakje" value="([^"]+)"', bron(antwoord))[1]}


def test_download_holds_only_my_locations(client, farid, aanbod, spelers, nu):
    maak_aanbod(spelers.zonnetje, nu=nu)

    lijst = client.get("/aanbod/rekenblad/vrije-plaatsen.csv")

    regels = lijst.content.decode("utf-8-sig").splitlines()
    assert [regel.split(";")[0] for regel in regels] == ["locatie", "de-egeltjes"]
    assert lijst["Content-Disposition"] == (
        f'attachment; filename="vrije-plaatsen-{timezone.localdate():%Y-%m-%d}.csv"'
    )
    xlsx = client.get("/aanbod/rekenblad/vrije-plaatsen.xlsx")
    assert xlsx.content.startswith(b"PK")
    assert client.get("/aanbod/rekenblad/vrije-plaatsen.ods").status_code == 404


def test_list_is_shown_first_and_written_after_one_button(client, farid, aanbod, nu):
    dag = aanbod.vanaf.isoformat()
    rijen = [
        eigen(periode=aanbod.pk, versie=1, vanaf=dag, naam="=1+1"),
        eigen(vanaf="2031-09-01"),
    ]

    voorbeeld = client.post(PAGINA, bestand(*rijen))

    woorden = tekst(voorbeeld)
    assert voorbeeld.status_code == 200
    assert "Verandert: 1 De Egeltjes" in woorden
    assert "Nu: 2 op maandag tot en met vrijdag hele dag. In je lijst: 1 op" in woorden
    assert "Nieuw: 1 De Egeltjes , vanaf 1 sep 2031" in woorden
    aanbod.refresh_from_db()
    assert aanbod.versie == 1

    antwoord = client.post("/aanbod/rekenblad/invoeren/", pakje(voorbeeld), follow=True)

    assert "Ingevoerd: 2 periodes. Ouders zien dit nu." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.bevestigd_door) == ([1] * 14, farid)
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="opvang.vrije_plaatsen.gewijzigd")
    assert (gebeurtenis.door, gebeurtenis.namens) == (farid, "rekenblad")
    geschiedenis = tekst(client.get("/aanbod/locatie/de-egeltjes/geschiedenis/"))
    assert "Farid (met een rekenblad) zette" in geschiedenis


def test_list_that_changes_nothing_says_so(client, farid, aanbod):
    lijst = client.get("/aanbod/rekenblad/vrije-plaatsen.xlsx").content

    antwoord = client.post(PAGINA, {"bestand": SimpleUploadedFile("x.xlsx", lijst)})

    assert "Deze lijst verandert niets" in tekst(antwoord)
    assert "1 periode blijft gelijk." in tekst(antwoord)
    assert "Voer in" not in tekst(antwoord)


def test_errors_are_listed_with_their_cell(client, farid, aanbod):
    antwoord = client.post(PAGINA, bestand(eigen(ma_vm="x"), eigen(locatie="het-zonnetje")))

    woorden = tekst(antwoord)
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert "Er zijn nog 2 dingen fout. Er is niets ingevoerd." in woorden
    assert "K2 Maandag voormiddag: vul een getal in van 0 tot 200." in woorden
    assert "A3 Deze locatie staat niet bij jouw locaties." in woorden
    assert Plaatsaanbod.objects.count() == 1


@pytest.mark.parametrize(
    ("gegevens", "bericht"),
    [
        ({}, "Kies een bestand."),
        ({"bestand": "geen bestand"}, "Kies een bestand."),
        ({"bestand": SimpleUploadedFile("x.xlsx", b"")}, "Dit bestand is leeg."),
        ({"bestand": SimpleUploadedFile("x.xlsx", b"PKrommel")}, "kunnen we niet lezen"),
        ({"bestand": SimpleUploadedFile("x.csv", b"a;b\n1;2")}, "ontbreken deze kolommen"),
    ],
)
def test_file_that_is_no_list_is_told(client, farid, gegevens, bericht):
    antwoord = client.post(PAGINA, gegevens)

    assert antwoord.status_code == 422
    assert bericht in tekst(antwoord)


def test_change_since_the_preview_is_told_and_nothing_is_written(client, farid, aanbod, nu):
    dag = aanbod.vanaf.isoformat()
    voorbeeld = client.post(PAGINA, bestand(eigen(periode=aanbod.pk, versie=1, vanaf=dag)))
    pas_vrij_aan(aanbod, vrij=[7] * 14, verwachte_versie=1, door=None, nu=nu)

    antwoord = client.post("/aanbod/rekenblad/invoeren/", pakje(voorbeeld))

    assert antwoord.status_code == 422
    assert "E2 Iemand wijzigde deze periode intussen." in tekst(antwoord)
    aanbod.refresh_from_db()
    assert aanbod.vrij == [7] * 14


def test_second_press_announces_nothing_twice(client, farid):
    gegevens = pakje(client.post(PAGINA, bestand(eigen(vanaf="2031-09-01"))))

    assert client.post("/aanbod/rekenblad/invoeren/", gegevens).status_code == 302
    tweede = client.post("/aanbod/rekenblad/invoeren/", gegevens)

    assert tweede.status_code == 422
    assert "G2 Deze periode bestaat al." in tekst(tweede)
    assert Plaatsaanbod.objects.count() == 1


def test_preview_of_somebody_else_or_of_long_ago_is_not_written(client, spelers, time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 3, 10, 0, tzinfo=dt.UTC), tick=False)
    client.force_login(spelers.farid)
    gegevens = pakje(client.post(PAGINA, bestand(eigen(vanaf="2031-09-01"))))

    client.force_login(spelers.greet)
    van_ander = client.post("/aanbod/rekenblad/invoeren/", gegevens, follow=True)
    time_machine.shift(dt.timedelta(hours=2))
    client.force_login(spelers.farid)
    te_laat = client.post("/aanbod/rekenblad/invoeren/", gegevens, follow=True)
    rommel = client.post("/aanbod/rekenblad/invoeren/", {"pakje": "x"}, follow=True)

    for antwoord in (van_ander, te_laat, rommel):
        assert "Laad je lijst nog eens op." in tekst(antwoord)
    assert not Plaatsaanbod.objects.exists()


@pytest.mark.parametrize("aantal", [1, 3])
def test_download_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, nu, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        plek = maak_locatie(loket=spelers.loket, organisator=spelers.egeltjes.organisator)
        maak_aanbod(plek, nu=nu)

    # Session and person, organisator, locations, periods.
    with django_assert_num_queries(4):
        client.get("/aanbod/rekenblad/vrije-plaatsen.csv")


# The same words everywhere

GELIJK = [
    ("soort", "altijd", "altijd", "altijd", "Deze soort plaats bestaat niet."),
    ("vanaf", "1900-01-01", "1900-01-01", "1900-01-01", "Kies een dag tussen 2000 en 2199."),
    ("tot", "2026-08-30", "2026-08-30", "2026-08-31", "De laatste dag ligt voor de eerste dag."),
    ("leeftijd_vanaf", "145", 145, 145, "Vul een leeftijd in van 0 tot 144 maanden."),
    ("leeftijd_tot", "x", "x", "x", "Vul een leeftijd in van 0 tot 144 maanden."),
    ("leeftijd_tot", "0", 0, 0, "De oudste leeftijd is hoger dan de jongste leeftijd."),
    ("wo-nm", "201", 201, 201, "Woensdag namiddag: vul een getal in van 0 tot 200."),
    ("wo-nm", "-1", -1, -1, "Woensdag namiddag: vul een getal in van 0 tot 200."),
    ("wo-nm", "veel", "veel", "veel", "Woensdag namiddag: vul een getal in van 0 tot 200."),
]


@pytest.mark.parametrize(("veld", "formulier", "lijst", "pakket_zegt", "bericht"), GELIJK)
def test_form_spreadsheet_and_api_give_the_same_message(
    client, farid, spelers, veld, formulier, lijst, pakket_zegt, bericht
):
    gewoon = {"soort": "regulier", "vanaf": "2026-09-01", "tot": "", "leeftijd_vanaf": "0"}
    gewoon |= {"leeftijd_tot": "36", **dict.fromkeys(week.CODES, "1")}

    ingevuld = {**gewoon, veld: formulier}
    ingevuld["tot_en_met"] = ingevuld.pop("tot")
    pagina = client.post("/aanbod/locatie/de-egeltjes/nieuw/", ingevuld)
    kolom = {"tot": "tot_en_met"}.get(veld, veld.replace("-", "_"))
    opgeladen = client.post(PAGINA, bestand(eigen(**{kolom: lijst})))

    assert (pagina.status_code, opgeladen.status_code) == (422, 422)
    assert bericht in tekst(pagina)
    assert re.search(rf"[A-Z]2 {re.escape(bericht)}", tekst(opgeladen))
    assert bericht in _antwoord_van_api(spelers, veld, pakket_zegt)
    assert not Plaatsaanbod.objects.exists()


def _antwoord_van_api(spelers, veld, waarde) -> str:
    dagen = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    vrij = [{"dag": dag, "voormiddag": 1, "namiddag": 1} for dag in dagen]
    periode = {"vanaf": "2026-09-01", "vrij": vrij}
    if veld == "wo-nm":
        vrij[2]["namiddag"] = waarde
    else:
        namen = {"leeftijd_vanaf": "leeftijdVanaf", "leeftijd_tot": "leeftijdTot"}
        periode[namen.get(veld, veld)] = waarde
    antwoord = maak_pakket(spelers, spelers.egeltjes, spelers.farid).put(
        "/locaties/de-egeltjes/vrije-plaatsen", {"periodes": [periode]}, If_Match="*"
    )
    assert antwoord.status_code == 400
    return antwoord.content.decode()
