"""`importeer_locaties`: from somebody's list to our locations, and back to somebody with reasons."""

from __future__ import annotations

import io
import random
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from loket.models import Gebeurtenis, Gemeente, Wijk
from opvang.models import Opvanglocatie, Organisator
from tests.fabrieken import maak_gemeente

KAART = """
[kolommen]
naam = "naam"
opvangvorm = "soort"
prijssysteem = "prijs"
adres = "adres"
postcode = "pc"
dossiernummer = "dossier"
breedtegraad = "lat"
lengtegraad = "lon"
telefoon = "tel"
organisator = "org"
ondernemingsnummer = "kbo"
"""
KOP = "naam,soort,prijs,adres,pc,dossier,lat,lon,tel,org,kbo\n"


def importeer(pad, kaart, *, schrijf=True) -> str:
    uit = io.StringIO()
    call_command("importeer_locaties", str(pad), kolommen=str(kaart), schrijf=schrijf, stdout=uit)
    return uit.getvalue()


def totaal(uitvoer: str) -> str:
    (regel,) = [r for r in uitvoer.splitlines() if r.startswith("Totaal")]
    return regel


def foto() -> list[dict[str, object]]:
    return list(Opvanglocatie.objects.order_by("pk").values())


@pytest.fixture
def lijst(tmp_path, db):
    """Write a list in our own small shape, with its map."""
    maak_gemeente("Gent", nis="44021", postcode="9000")
    kaart = tmp_path / "kaart.toml"
    kaart.write_text(KAART)

    def schrijf(*rijen: str | bytes, kop: str = KOP, codering: str = "utf-8"):
        pad = tmp_path / "lijst.csv"
        pad.write_bytes(
            kop.encode()
            + b"".join((r if isinstance(r, bytes) else r.encode(codering)) + b"\n" for r in rijen)
        )
        return pad, kaart

    return schrijf


EGEL = "De Egel,groepsopvang,inkomenstarief,Kerkstraat 1,9000,,51.05,3.72,09 111,,"
MEREL = "De Merel,gezinsopvang,vrije_prijs,Merelstraat 2,9000,,,,,,"


# The real lists


@pytest.mark.parametrize("naam", ["brussel", "kontich"])
def test_real_list_comes_in_whole_and_a_second_run_changes_nothing(request, naam):
    lijst = request.getfixturevalue(naam)

    eerste = importeer(lijst.pad, lijst.kaart)

    assert totaal(eerste) == f"Totaal: {lijst.aantal} nieuw, 0 gewijzigd, 0 gelijk, 0 geweigerd."
    locaties = Opvanglocatie.objects.all()
    assert Counter(locaties.values_list("opvangvorm", flat=True)) == lijst.per_vorm
    assert Counter(locaties.values_list("prijssysteem", flat=True)) == lijst.per_prijs
    assert Organisator.objects.count() == lijst.organisatoren
    assert all(loc.breedtegraad and loc.straat and loc.organisator_id for loc in locaties)
    assert Gebeurtenis.objects.filter(werkwoord="opvang.locatie.ingevoerd").count() == lijst.aantal
    voor = foto()

    tweede = importeer(lijst.pad, lijst.kaart)

    assert totaal(tweede) == f"Totaal: 0 nieuw, 0 gewijzigd, {lijst.aantal} gelijk, 0 geweigerd."
    assert foto() == voor
    assert Gebeurtenis.objects.count() == lijst.aantal


def test_real_list_has_a_line_for_each_row(brussel):
    uitvoer = importeer(brussel.pad, brussel.kaart, schrijf=False)

    assert uitvoer.count("\nregel ") == brussel.aantal
    assert "nieuw        'Onthaalouder Bruynstraat (2), Bruynstraat, 1120 Brussel'" in uitvoer
    assert "Dit was een proef: er is niets bewaard." in uitvoer
    assert not Opvanglocatie.objects.exists()
    assert not Organisator.objects.exists()
    assert not Gebeurtenis.objects.exists()


def test_real_list_without_a_column_is_refused_whole(brussel, tmp_path):
    stuk = tmp_path / "stuk.csv"
    stuk.write_bytes(brussel.pad.read_bytes().replace(b"postcode", b"post", 1))

    with pytest.raises(
        CommandError, match=r"ontbreekt: 'postcode'. Gevonden kolommen: 'instantie', 'naam'"
    ):
        importeer(stuk, brussel.kaart)

    assert not Opvanglocatie.objects.exists()


def test_real_list_twice_in_one_file_is_brought_in_once(brussel, tmp_path):
    kop, *rijen = brussel.pad.read_bytes().splitlines(keepends=True)
    stuk = tmp_path / "stuk.csv"
    stuk.write_bytes(b"".join([kop, *rijen, *rijen]))

    uitvoer = importeer(stuk, brussel.kaart)

    assert totaal(uitvoer) == (
        f"Totaal: {brussel.aantal} nieuw, 0 gewijzigd, 0 gelijk, {brussel.aantal} geweigerd."
    )
    assert "staat al op regel 2 van dit bestand" in uitvoer
    assert Opvanglocatie.objects.count() == brussel.aantal


def test_real_list_in_another_encoding_writes_nothing_wrong(brussel, tmp_path):
    tekst = brussel.pad.read_text(encoding="utf-8")
    stuk = tmp_path / "stuk.csv"
    stuk.write_bytes(tekst.encode("cp1252", errors="replace"))
    met_accent = sum(not regel.isascii() for regel in tekst.splitlines())
    assert met_accent

    uitvoer = importeer(stuk, brussel.kaart)

    assert uitvoer.count(
        'is geen utf-8; is het bestand anders bewaard, zet dan codering = "windows-1252"'
    ) == (met_accent)
    assert Opvanglocatie.objects.count() == brussel.aantal - met_accent
    assert not Opvanglocatie.objects.filter(naam__contains="�").exists()


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-32"])
def test_real_list_in_a_wide_encoding_is_refused_whole(kontich, tmp_path, codering):
    stuk = tmp_path / "stuk.csv"
    stuk.write_bytes(kontich.pad.read_text(encoding="utf-8").encode(codering))

    with pytest.raises(CommandError, match="is geweigerd"):
        importeer(stuk, kontich.kaart)


def test_real_list_with_swapped_and_broken_coordinates(kontich, tmp_path):
    kop, *rijen = kontich.pad.read_text(encoding="utf-8").splitlines()
    for i, paar in enumerate([("51.1", "4.4"), ("x", "51.1")]):
        cellen = rijen[i].split(",")
        cellen[7:9] = paar
        rijen[i] = ",".join(cellen)
    stuk = tmp_path / "stuk.csv"
    stuk.write_text("\n".join([kop, *rijen]), encoding="utf-8")

    uitvoer = importeer(stuk, kontich.kaart)

    assert (
        totaal(uitvoer)
        == f"Totaal: {kontich.aantal - 2} nieuw, 0 gewijzigd, 0 gelijk, 2 geweigerd."
    )
    assert "regel     2  geweigerd" in uitvoer
    assert "coördinaten 4.4, 51.1: breedte en lengte zijn verwisseld" in uitvoer
    assert "coördinaten '51.1 x' zijn geen twee getallen" in uitvoer


def test_real_list_in_ten_megabytes_of_noise(kontich, tmp_path):
    kop, *rijen = kontich.pad.read_bytes().splitlines(keepends=True)
    ruis = random.Random(2).randbytes(10 * 1024**2).replace(b'"', b"'")
    stuk = tmp_path / "ruis.csv"
    stuk.write_bytes(b"".join([kop, *rijen, ruis, b"\n"]))

    uitvoer = importeer(stuk, kontich.kaart)

    assert f"Totaal: {kontich.aantal} nieuw, 0 gewijzigd, 0 gelijk, " in uitvoer
    assert "keer geweigerd, hier niet getoond." in uitvoer
    assert len(uitvoer) < 150_000
    assert Opvanglocatie.objects.count() == kontich.aantal


# Our own shape


def test_nothing_is_kept_without_schrijf(lijst):
    uitvoer = importeer(*lijst(EGEL, MEREL), schrijf=False)

    assert totaal(uitvoer) == "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 0 geweigerd."
    assert not Opvanglocatie.objects.exists()
    assert not Gebeurtenis.objects.exists()


def test_trial_tells_what_writing_would_do(lijst):
    paden = lijst(EGEL, "x,fout,,y 1,9000,,,,,,", EGEL, MEREL)

    proef = importeer(*paden, schrijf=False).splitlines()
    echt = importeer(*paden).splitlines()

    assert proef[:-1] == echt[:-1]
    assert echt[-1] == "Bewaard."


def test_broken_row_does_not_stop_the_others(lijst):
    uitvoer = importeer(
        *lijst(EGEL, "kapot", b"\xff\xfe,x", "De Uil,hotel,,Bos 1,9000,,,,,,", MEREL)
    )

    assert totaal(uitvoer) == "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 3 geweigerd."
    assert set(Opvanglocatie.objects.values_list("naam", flat=True)) == {"De Egel", "De Merel"}
    assert "regel     3  geweigerd    'kapot': de rij heeft 1 cellen in plaats van 11" in uitvoer
    assert "regel     5  geweigerd    'De Uil Bos 1': opvangvorm 'hotel' bestaat niet" in uitvoer


def test_changed_fields_are_named_and_the_rest_is_left_alone(lijst):
    importeer(*lijst(EGEL, MEREL))
    Opvanglocatie.objects.filter(naam="De Egel").update(
        tekst="Onze eigen woorden", zichtbaar=False, email="egel@voorbeeld.test"
    )

    uitvoer = importeer(
        *lijst("DE EGEL,groepsopvang,gemengd,Kerkstraat 1,9000,,51.06,3.72,,,", MEREL)
    )

    assert totaal(uitvoer) == "Totaal: 0 nieuw, 1 gewijzigd, 1 gelijk, 0 geweigerd."
    assert "'DE EGEL, Kerkstraat 1, 9000': naam; prijssysteem; breedtegraad" in uitvoer
    egel = Opvanglocatie.objects.get(straat="Kerkstraat")
    assert (egel.naam, egel.prijssysteem, egel.breedtegraad) == ("DE EGEL", "gemengd", 51.06)
    assert (egel.tekst, egel.zichtbaar, egel.email) == (
        "Onze eigen woorden",
        False,
        "egel@voorbeeld.test",
    )
    assert egel.telefoon == "09 111"
    assert Gebeurtenis.objects.get(werkwoord="opvang.locatie.bijgewerkt").gegevens == {
        "velden": ["naam", "prijssysteem", "breedtegraad"]
    }


def test_unknown_price_never_replaces_a_known_one(lijst):
    importeer(*lijst(EGEL))

    uitvoer = importeer(*lijst(EGEL.replace("inkomenstarief", "onbekend")))

    assert totaal(uitvoer) == "Totaal: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 geweigerd."
    assert Opvanglocatie.objects.get().prijssysteem == "inkomenstarief"


def test_dossiernummer_recognises_a_location_that_moved(lijst):
    importeer(*lijst("De Egel,groepsopvang,,Kerkstraat 1,9000,123456789,,,,,"))

    uitvoer = importeer(*lijst("De Nieuwe Egel,groepsopvang,,Marktplein 5,9000,123456789,,,,,"))

    assert totaal(uitvoer) == "Totaal: 0 nieuw, 1 gewijzigd, 0 gelijk, 0 geweigerd."
    assert Opvanglocatie.objects.get().adres == "Marktplein 5, 9000 Gent"
    assert Opvanglocatie.objects.get().slug == "de-egel-gent"


def test_location_gets_its_dossiernummer_later(lijst):
    importeer(*lijst("De Egel,groepsopvang,,Kerkstraat 1,9000,,,,,,"))

    importeer(*lijst("De Egel,groepsopvang,,Kerkstraat 1,9000,123456789,,,,,"))

    assert Opvanglocatie.objects.get().dossiernummer == "123456789"


def test_two_dossiernummers_at_one_address_are_two_locations(lijst):
    rijen = [
        f"De Egel,groepsopvang,,Kerkstraat 1,9000,{nr},,,,," for nr in ("123456789", "123456780")
    ]

    uitvoer = importeer(*lijst(*rijen))

    assert totaal(uitvoer) == "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 0 geweigerd."
    assert set(Opvanglocatie.objects.values_list("slug", flat=True)) == {
        "de-egel-gent",
        "de-egel-gent-2",
    }


def test_double_rows_in_one_file(lijst):
    uitvoer = importeer(
        *lijst(
            EGEL,
            EGEL.replace("De Egel", "DE  EGEL"),
            "A,groepsopvang,,X 1,9000,123456789,,,,,",
            "B,groepsopvang,,Y 2,9000,123456789,,,,,",
        )
    )

    assert totaal(uitvoer) == "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 2 geweigerd."
    assert "regel     3  geweigerd    'DE EGEL, Kerkstraat 1, 9000': staat al op regel 2" in uitvoer
    assert (
        "regel     5  geweigerd    'B, Y 2, 9000': staat al op regel 4 van dit bestand" in uitvoer
    )


def test_row_that_the_database_refuses_is_undone_alone(lijst):
    """The refused row made the organisator; the row after it needs that one again."""
    paden = lijst(
        "De Egel,groepsopvang,,Kerkstraat 1,9000,,,,,,",
        "De Merel,groepsopvang,,Merelstraat 2,9000,,,,,Nieuw,",
        "De Uil,groepsopvang,,Uilstraat 3,9000,,,,,Nieuw,",
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE opvang_opvanglocatie ADD CONSTRAINT geen_merel CHECK (naam <> 'De Merel')"
        )

    uitvoer = importeer(*paden)

    assert totaal(uitvoer) == "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 1 geweigerd."
    assert "'De Merel, Merelstraat 2, 9000': de databank weigert deze rij:" in uitvoer
    assert Opvanglocatie.objects.get(naam="De Uil").organisator.naam == "Nieuw"


def test_unknown_gemeente_is_refused(lijst):
    uitvoer = importeer(*lijst(EGEL.replace("9000", "1234")))

    assert "postcode 1234 hoort bij geen gekende gemeente" in uitvoer
    assert totaal(uitvoer) == "Totaal: 0 nieuw, 0 gewijzigd, 0 gelijk, 1 geweigerd."


def test_organisator_by_number_everywhere_and_by_name_in_one_gemeente(lijst):
    maak_gemeente("Aalst", postcode="9300")
    importeer(
        *lijst(
            "A,groepsopvang,,X 1,9000,,,,,Zon,0123456789",
            "B,groepsopvang,,X 2,9300,,,,,Andere naam,0123456789",
            "C,groepsopvang,,X 3,9000,,,,,Maan,",
            "D,groepsopvang,,X 4,9000,,,,,Maan,",
            "E,groepsopvang,,X 5,9300,,,,,Maan,",
        )
    )

    van = {loc.naam: loc.organisator for loc in Opvanglocatie.objects.select_related("organisator")}
    assert van["A"] == van["B"]
    assert van["C"] == van["D"]
    assert van["C"] != van["E"]
    assert van["A"].naam == "Zon"


def test_point_gives_the_wijk_and_a_chosen_wijk_stays(lijst):
    gemeente = Gemeente.objects.get(nis="44021")
    vierkant = [[[3.7, 51.0], [3.8, 51.0], [3.8, 51.1], [3.7, 51.1], [3.7, 51.0]]]
    wijk = Wijk.objects.create(
        gemeente=gemeente,
        code="W1",
        naam="Kern",
        omtrek={"type": "Polygon", "coordinates": vierkant},
    )
    gekozen = Wijk.objects.create(gemeente=gemeente, code="W2", naam="Rand")
    importeer(*lijst(EGEL))
    assert Opvanglocatie.objects.get().wijk == wijk
    Opvanglocatie.objects.update(wijk=gekozen)

    uitvoer = importeer(*lijst(EGEL))

    assert totaal(uitvoer) == "Totaal: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 geweigerd."
    assert Opvanglocatie.objects.get().wijk == gekozen


def test_rename_and_newcomer_in_one_file_do_not_meet(lijst):
    """Row 1 renames the Egel by its number; row 2 is another one that now bears the old name there."""
    importeer(*lijst("De Egel,groepsopvang,,Kerkstraat 1,9000,123456789,,,,,"))

    uitvoer = importeer(
        *lijst(
            "De Nieuwe Egel,groepsopvang,,Kerkstraat 1,9000,123456789,,,,,",
            "De Egel,gezinsopvang,,Kerkstraat 1,9000,,,,,,",
        )
    )

    assert totaal(uitvoer) == "Totaal: 1 nieuw, 1 gewijzigd, 0 gelijk, 0 geweigerd."


def test_files_and_maps_that_are_not_there(lijst, tmp_path):
    pad, kaart = lijst(EGEL)

    with pytest.raises(CommandError, match="niet te lezen"):
        importeer(tmp_path / "weg.csv", kaart)
    with pytest.raises(CommandError, match="niet te lezen"):
        importeer(tmp_path, kaart)
    with pytest.raises(CommandError, match="De kaart bestaat-niet is niet te lezen"):
        importeer(pad, "bestaat-niet")
    kaart.write_text("kolomen = 3")
    with pytest.raises(
        CommandError, match=r"De kaart kaart\.toml klopt niet\. De kaart: 'kolomen'"
    ):
        importeer(pad, kaart)


def test_report_shows_no_control_characters(lijst):
    uitvoer = importeer(*lijst('"\x1b[2JBoem",groepsopvang,,X 1,9000,,,,,,'))

    assert "\x1b" not in uitvoer
    assert "naam bevat onleesbare tekens" in uitvoer
