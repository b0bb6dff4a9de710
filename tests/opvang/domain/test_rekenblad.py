"""The list out and in again: everything wrong is told at once, with its cell; then nothing is written."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket import week
from opvang.domain.csvlezer import Bestandsfout
from opvang.domain.rekenblad import KOLOMMEN, als_csv, als_xlsx
from opvang.domain.rekenblad_invoeren import Bladfouten, voer_in
from opvang.domain.rekenblad_keuren import Wat, keur_rijen
from opvang.domain.rekenblad_lezen import lees, naar_json, uit_json
from opvang.domain.vrije_plaatsen import pas_vrij_aan
from opvang.models import Opvanglocatie, Plaatsaanbod
from tests.fabrieken import NU, maak_aanbod, maak_locatie

pytestmark = pytest.mark.django_db

EINDE = dt.date(2027, 1, 1)


def _dag(jaar: int, maand: int, dag: int, uur: int = 0) -> dt.datetime:
    """A day as a spreadsheet has it: midnight, of no time zone."""
    return dt.datetime(jaar, maand, dag, uur)  # noqa: DTZ001 -- idem


SEPTEMBER, UUR_ERBIJ = _dag(2026, 9, 1), _dag(2026, 9, 1, 8)


@pytest.fixture
def egel():
    return maak_locatie("De Egel", slug="de-egel", dossiernummer="0123456789")


@pytest.fixture
def aanbod(egel):
    return maak_aanbod(egel, [2, 1] + [0] * 12, tot=EINDE, soort="dringend", leeftijd_tot=18)


def mijn(locatie) -> list[Opvanglocatie]:
    return list(
        Opvanglocatie.objects.filter(organisator=locatie.organisator).prefetch_related(
            "plaatsaanbod"
        )
    )


def keur(inhoud: bytes, locatie):
    return keur_rijen(
        lees(inhoud), mijn(locatie), Plaatsaanbod.objects.filter(locatie__in=mijn(locatie))
    )


def blad(*rijen, kop=KOLOMMEN) -> bytes:
    """A workbook as Excel makes it."""
    boek = openpyxl.Workbook()
    boek.active.append(list(kop))
    for rij in rijen:
        boek.active.append(list(rij))
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def rij(**anders) -> list:
    """A new period of De Egel, all well, with other cells where they are given (`ma_vm=…`)."""
    cellen = {
        "locatie": "de-egel",
        "soort": "regulier",
        "vanaf": SEPTEMBER,
        "leeftijd vanaf": 0,
        "leeftijd tot": 36,
        **{code.replace("-", " "): 1 for code in week.CODES},
    }
    cellen |= {naam.replace("_", " "): waarde for naam, waarde in anders.items()}
    return [cellen.get(kolom) for kolom in KOLOMMEN]


def fouten(keuring) -> list[tuple[str, str]]:
    return [(fout.cel, fout.tekst) for fout in keuring.fouten]


# Out, and back without a change


@pytest.mark.parametrize("schrijf", [als_xlsx, als_csv])
def test_what_goes_out_comes_back_the_same(egel, aanbod, schrijf):
    maak_locatie("Leeg", organisator=egel.organisator)

    keuring = keur(schrijf(mijn(egel)), egel)

    assert fouten(keuring) == []
    assert [(een.wat, een.aanbod) for een in keuring.veranderingen] == [(Wat.GELIJK, aanbod)]
    assert not keuring.verandert_iets


def test_workbook_has_a_row_per_period_and_a_sheet_that_explains(egel, aanbod):
    boek = openpyxl.load_workbook(io.BytesIO(als_xlsx(mijn(egel))))

    assert boek.sheetnames == ["Vrije plaatsen", "Uitleg"]
    kop, rij_ = list(boek["Vrije plaatsen"].values)
    assert kop == KOLOMMEN
    assert rij_ == (
        *("de-egel", "0123456789", "De Egel", aanbod.pk, 1, "dringend"),
        *(_dag(2026, 3, 2), _dag(2026, 12, 31), 0, 18),
        *([2, 1] + [0] * 12),
        None,
    )
    assert boek["Uitleg"]["A1"].value == "Zo werkt deze lijst"


def test_csv_is_a_semicolon_file_that_excel_opens(egel, aanbod):
    egel.naam = "=1+1;é"
    egel.save()

    inhoud = als_csv(mijn(egel))

    assert inhoud.startswith(b"\xef\xbb\xbflocatie;dossiernummer;naam;")
    rij_ = list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))[1]
    assert rij_[:10] == [
        *("de-egel", "0123456789", "'=1+1;é", str(aanbod.pk), "1", "dringend"),
        *("02/03/2026", "31/12/2026", "0", "18"),
    ]


# In: what may be


def test_list_changes_adds_and_removes(egel, aanbod):
    weg = maak_aanbod(egel, 3)
    rijen = [
        rij(periode=aanbod.pk, versie=1, soort="dringend", vanaf="2/3/2026", tot_en_met="2026-12-31",
            leeftijd_tot=18.0, ma_vm="0", ma_nm=5.0),
        rij(periode=weg.pk, versie=1, weghalen="ja"),
        rij(vanaf="01-09-2027", za_vm=None, zo_nm=""),
    ]  # fmt: skip

    keuring = keur(blad(*rijen), egel)
    assert fouten(keuring) == []
    assert [een.wat for een in keuring.veranderingen] == [Wat.ANDERS, Wat.WEG, Wat.NIEUW]
    assert voer_in(keuring.veranderingen, door=None, nu=NU) == 3

    aanbod.refresh_from_db()
    assert (aanbod.vrij[:3], aanbod.tot, aanbod.versie) == ([0, 5, 1], EINDE, 2)
    assert not Plaatsaanbod.objects.filter(pk=weg.pk).exists()
    nieuw = Plaatsaanbod.objects.exclude(pk=aanbod.pk).get()
    assert (nieuw.vanaf, nieuw.tot) == (dt.date(2027, 9, 1), None)
    assert nieuw.vrij == [1] * 10 + [0, 1, 1, 0]


@pytest.mark.parametrize("codering", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
def test_csv_is_read_as_programs_write_it(egel, codering, scheiding):
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=scheiding)
    schrijver.writerow(reversed(KOLOMMEN))
    schrijver.writerow(reversed(rij(naam="Crèche; of niet, hè", vanaf="1/9/2026")))

    (een,) = keur(uit.getvalue().encode(codering), egel).veranderingen

    assert (een.wat, een.gegevens.vanaf) == (Wat.NIEUW, dt.date(2026, 9, 1))


@pytest.mark.parametrize("dossier", ["0123456789", "123456789", 123456789, 123456789.0])
def test_location_is_found_by_its_dossiernummer_also_without_its_zero(egel, dossier):
    (een,) = keur(blad(rij(locatie=None, dossiernummer=dossier)), egel).veranderingen

    assert een.locatie == egel


def test_rows_survive_the_way_through_the_preview(egel):
    rijen = lees(blad(rij(naam="=A1", dossiernummer="0123456789")))

    over = keur_rijen(uit_json(naar_json(rijen)), mijn(egel), [])

    assert (
        over.veranderingen[0].gegevens
        == keur_rijen(rijen, mijn(egel), []).veranderingen[0].gegevens
    )


@given(st.lists(st.integers(0, 200), min_size=14, max_size=14))
@settings(max_examples=15)
def test_numbers_come_back_as_they_went(vrij):
    locatie = Opvanglocatie(pk=1, slug="x", naam="X")
    rij_ = Plaatsaanbod(
        pk=1,
        locatie=locatie,
        versie=3,
        vanaf=dt.date(2026, 9, 1),
        plaatsen=vrij,
        ingenomen=[0] * 14,
    )
    locatie._prefetched_objects_cache = {"plaatsaanbod": [rij_]}
    locatie.plaatsaanbod  # noqa: B018 -- the cache answers from here on
    for schrijf in (als_xlsx, als_csv):
        regels = lees(schrijf([_Met(locatie, [rij_])]))

        (een,) = keur_rijen(regels, [locatie], [rij_]).veranderingen

        assert (een.wat, list(een.gegevens.vrij)) == (Wat.GELIJK, vrij)


class _Met:
    """A location with its periods, without a database."""

    def __init__(self, locatie, rijen):
        self.slug, self.naam, self.dossiernummer = locatie.slug, locatie.naam, None
        self.plaatsaanbod = type("Alle", (), {"all": staticmethod(lambda: rijen)})


# In: what may not be


def test_twenty_kinds_of_error_are_told_at_once_and_nothing_is_written(egel, aanbod):
    ander = maak_aanbod(egel, 1, vanaf=dt.date(2028, 1, 1))
    oud = maak_aanbod(egel, 1, vanaf=dt.date(2029, 1, 1))
    pas_vrij_aan(oud, vrij=[4] * 14, verwachte_versie=1, door=None, nu=NU)
    vreemd = maak_aanbod(maak_locatie("Van een ander"))
    voor = list(Plaatsaanbod.objects.order_by("pk").values())

    keuring = keur(
        blad(
            rij(locatie=None),                                            # 2
            rij(locatie="van-een-ander"),                                 # 3
            rij(dossiernummer="999999999"),                               # 4
            rij(periode="abc", versie=1),                                 # 5
            rij(periode=vreemd.pk, versie=1),                             # 6
            rij(periode=ander.pk, versie=1, vanaf=_dag(2028, 1, 1)),
            rij(periode=ander.pk, versie=1),                              # 8
            rij(periode=oud.pk, versie=1),                                # 9
            rij(soort="altijd"),                                          # 10
            rij(vanaf=None),                                              # 11
            rij(vanaf="31/2/2026"),                                       # 12
            rij(vanaf="1/9/2026", ma_vm="#N/A"),                          # 13
            rij(tot_en_met="30/8/2026"),                                  # 14
            rij(leeftijd_vanaf="jong"),                                   # 15
            rij(leeftijd_vanaf=36),                                       # 16
            rij(ma_vm="veel", ma_nm=-1, di_nm=1.5),  # 17: three
            rij(do_vm="=K2+1", vr_vm=_dag(2026, 1, 1)),            # 18: two
            rij(weghalen="misschien"),                                    # 19
        ),
        egel,
    )  # fmt: skip

    aantal = "{}: vul een getal in van 0 tot 200."
    assert len(keuring.fouten) == 20
    assert fouten(keuring) == [
        ("A2", "Vul de locatie in."),
        ("A3", "Deze locatie staat niet bij jouw locaties."),
        ("B4", "Dit dossiernummer hoort niet bij deze locatie."),
        (
            "D5",
            "Laat periode en versie staan zoals ze in de lijst stonden, of maak ze allebei leeg.",
        ),
        ("D6", "Deze periode bestaat niet bij deze locatie."),
        ("D8", "Deze periode staat er twee keer in."),
        ("E9", "Iemand wijzigde deze periode intussen."),
        ("F10", "Deze soort plaats bestaat niet."),
        ("G11", "Vul een datum in."),
        ("G12", "Deze dag bestaat niet. Kijk de datum na."),
        ("K13", "Hier staat een fout van je rekenblad, zoals #REF!."),
        ("H14", "De laatste dag ligt voor de eerste dag."),
        ("I15", "Vul een leeftijd in van 0 tot 144 maanden."),
        ("J16", "De oudste leeftijd is hoger dan de jongste leeftijd."),
        ("K17", aantal.format("Maandag voormiddag")),
        ("L17", aantal.format("Maandag namiddag")),
        ("N17", aantal.format("Dinsdag namiddag")),
        ("Q18", "Hier staat een formule. Kopieer de cel en plak ze als waarde."),
        ("S18", aantal.format("Vrijdag voormiddag")),
        ("Y19", "Schrijf ja, of laat leeg."),
    ]
    assert list(Plaatsaanbod.objects.order_by("pk").values()) == voor


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"vanaf": "1/9/1026"}, ("G2", "Kies een dag tussen 2000 en 2199.")),
        ({"di_vm": 201}, ("M2", "Dinsdag voormiddag: vul een getal in van 0 tot 200.")),
        ({"wo_vm": True}, ("O2", "Woensdag voormiddag: vul een getal in van 0 tot 200.")),
        ({"leeftijd_tot": 145}, ("J2", "Vul een leeftijd in van 0 tot 144 maanden.")),
        ({"vanaf": 46000}, ("G2", "Deze dag bestaat niet. Kijk de datum na.")),
        ({"vanaf": UUR_ERBIJ}, ("G2", "Deze dag bestaat niet. Kijk de datum na.")),
        ({"tot_en_met": "9999-12-31"}, ("H2", "Kies een dag tussen 2000 en 2199.")),
        ({"versie": 1}, ("D2", "Laat periode en versie staan")),
        ({"periode": 10**30}, ("D2", "Laat periode en versie staan")),
        ({"weghalen": "ja"}, ("Y2", "Een nieuwe periode kun je niet weghalen.")),
        ({code.replace("-", "_"): None for code in week.CODES}, ("K2", "Vul minstens één aantal in.")),
        ({"ma_vm": "1" * 40}, ("K2", "Maandag voormiddag: vul een getal in")),
        ({"ma_vm": float("1e300")}, ("K2", "Maandag voormiddag: vul een getal in")),
        ({"ma_vm": "²"}, ("K2", "Maandag voormiddag: vul een getal in")),
        ({"soort": "=A1"}, ("F2", "Hier staat een formule.")),
        ({"vanaf": "=TODAY()"}, ("G2", "Hier staat een formule.")),
        ({"locatie": "=A1"}, ("A2", "Hier staat een formule.")),
        ({"periode": 1, "versie": "=A1"}, ("E2", "Hier staat een formule.")),
        ({"periode": "=A1"}, ("D2", "Hier staat een formule.")),
        ({"weghalen": "=A1"}, ("Y2", "Hier staat een formule.")),
    ],
)  # fmt: skip
def test_cell_that_can_not_be_is_named(egel, anders, verwacht):
    ((cel, tekst),) = fouten(keur(blad(rij(**anders)), egel))

    assert (cel, tekst[: len(verwacht[1])]) == verwacht


def test_what_is_left_out_is_the_usual(egel):
    keuring = keur(blad(rij(soort=None, leeftijd_vanaf=None, leeftijd_tot="")), egel)

    (een,) = keuring.veranderingen
    assert (een.gegevens.soort, een.gegevens.leeftijd_vanaf) == ("regulier", 0)
    assert een.gegevens.leeftijd_tot == 36


def test_error_value_of_the_spreadsheet_is_named(egel):
    inhoud = blad(rij(ma_vm="#REF!"))

    assert fouten(keur(inhoud, egel)) == [
        ("K2", "Hier staat een fout van je rekenblad, zoals #REF!.")
    ]


def test_new_period_that_is_there_twice_or_already(egel):
    maak_aanbod(egel, vanaf=dt.date(2026, 9, 1))

    keuring = keur(blad(rij(), rij(vanaf="1/1/2027"), rij(vanaf="1/1/2027")), egel)

    assert fouten(keuring) == [
        ("G2", "Deze periode bestaat al. Download de lijst opnieuw en pas ze daar aan."),
        ("G4", "Deze periode staat er twee keer in."),
    ]


def test_somebody_elses_location_and_period_say_no_more_than_unknown(egel):
    vreemd = maak_locatie(slug="van-greet", dossiernummer="987654321")
    periode = maak_aanbod(vreemd)

    keuring = keur(
        blad(
            rij(locatie="van-greet"),
            rij(locatie="bestaat-niet"),
            rij(locatie=None, dossiernummer="987654321"),
            rij(periode=periode.pk, versie=1),
            rij(periode=999999, versie=1),
        ),
        egel,
    )

    assert [tekst for _cel, tekst in fouten(keuring)] == [
        *["Deze locatie staat niet bij jouw locaties."] * 3,
        *["Deze periode bestaat niet bij deze locatie."] * 2,
    ]


# What is no list


def zip_met(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return uit.getvalue()


def met_blad_xml(xml: bytes) -> bytes:
    """A real workbook of which one part was replaced."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blad(rij()))) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for naam in oud.namelist():
            nieuw.writestr(naam, xml if naam == "xl/worksheets/sheet1.xml" else oud.read(naam))
    return uit.getvalue()


BOM_XML = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
)


@pytest.mark.parametrize(
    ("inhoud", "bericht"),
    [
        (b"", "Dit bestand is leeg."),
        (b"   \n", "Dit bestand is leeg."),
        (b"x" * (2 * 1024 * 1024 + 1), "te groot"),
        (b"\xd0\xcf\x11\xe0rest", "oud of beveiligd Excelbestand"),
        (b"PK\x03\x04kapot", "kunnen we niet lezen"),
        (zip_met(x=b"x"), "kunnen we niet lezen"),
        (zip_met(x=b"0" * (41 * 1024 * 1024)), "pakt uit tot iets veel te groots"),
        (zip_met(**{str(i): b"" for i in range(201)}), "pakt uit tot iets veel te groots"),
        (met_blad_xml(BOM_XML), "kunnen we niet lezen"),
        (met_blad_xml(b"<worksheet"), "kunnen we niet lezen"),
        (b"\x00\x01\x02", "geen lijst die we kunnen lezen"),
        (b"locatie;soort\n", "ontbreken deze kolommen: periode, versie, vanaf"),
        (b'"locatie', "aanhalingstekens kloppen niet"),
        (blad(kop=[*KOLOMMEN, "vanaf"]), "De kolom 'vanaf' staat er twee keer in."),
        (";".join(KOLOMMEN).encode() + b"\n" + b";;;;;;1/9/2026\n" * 1001, "meer dan 1000 rijen"),
        (";".join(KOLOMMEN).encode() + b"\n" * 20_001, "meer dan 1000 rijen"),
    ],
)  # fmt: skip
def test_file_that_is_no_list_is_refused_with_a_way_on(inhoud, bericht):
    with pytest.raises(Bestandsfout, match=bericht):
        lees(inhoud)


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_any_bytes_give_rows_or_a_refusal(ruis):
    for inhoud in (ruis, b"PK\x03\x04" + ruis, ";".join(KOLOMMEN).encode() + b"\n" + ruis):
        try:
            keur_rijen(lees(inhoud), [], [])
        except Bestandsfout as nee:
            assert str(nee)  # noqa: PT017 -- a refusal says why


# What happened since the preview


def test_change_since_the_preview_is_told_by_row_and_nothing_is_written(egel, aanbod):
    ander = maak_aanbod(egel, 3)
    keuring = keur(
        blad(rij(periode=aanbod.pk, versie=1), rij(periode=ander.pk, versie=1), rij()), egel
    )
    pas_vrij_aan(ander, vrij=[0] * 14, verwachte_versie=1, door=None, nu=NU)
    maak_aanbod(egel, vanaf=dt.date(2026, 9, 1))

    with pytest.raises(Bladfouten) as nee:
        voer_in(keuring.veranderingen, door=None, nu=NU)

    assert [(f.cel, f.tekst) for f in nee.value.fouten] == [
        ("E3", "Iemand wijzigde deze periode intussen."),
        ("E4", "Deze periode bestaat al. Download de lijst opnieuw en pas ze daar aan."),
    ]
    aanbod.refresh_from_db()
    assert aanbod.versie == 1


def test_same_list_twice_announces_nothing_twice(egel):
    keuring = keur(blad(rij()), egel)
    voer_in(keuring.veranderingen, door=None, nu=NU)

    with pytest.raises(Bladfouten):
        voer_in(keuring.veranderingen, door=None, nu=NU)

    assert Plaatsaanbod.objects.count() == 1
