"""What a row says about a location, and what is wrong with it."""

from __future__ import annotations

import io

import pytest
from django.forms import modelform_factory

from loket.models import Gemeente
from opvang.domain.importeren import (
    LENGTES,
    Gemeentenlijst,
    Geweigerd,
    Locatiegegevens,
    OnbekendeGemeente,
    Overgeslagen,
    Rij,
    lees_rij,
    lees_rijen,
    normaal,
    splits_adres,
)
from opvang.domain.kolomkaart import lees_kaart
from opvang.models import Opvanglocatie, Organisator

BASIS = """
[kolommen]
naam = "naam"
opvangvorm = "soort"
adres = "adres"
postcode = "pc"
coordinaten = "punt"
dossiernummer = "dossier"
email = "mail"
website = "web"
telefoon = "tel"
nis = "nis"
ondernemingsnummer = "kbo"
[vast]
plaats = "Gent"
[waarden.opvangvorm]
"crèche" = "groepsopvang"
"""
KAART = lees_kaart(BASIS)
RIJ = {
    "naam": "De Egel",
    "soort": "Crèche",
    "adres": "Kerkstraat 12 bus 3",
    "pc": "9000",
    "punt": "51.05, 3.72",
    "dossier": "",
    "mail": "",
    "web": "",
    "tel": "",
    "nis": "",
    "kbo": "",
}


def lees(kaart=KAART, **cellen):
    return lees_rij(7, RIJ | cellen, kaart)


def test_good_row_becomes_a_location():
    assert lees(naam="  De \t Egel ") == Rij(
        7,
        Locatiegegevens(
            naam="De Egel",
            opvangvorm="groepsopvang",
            straat="Kerkstraat",
            huisnummer="12 bus 3",
            postcode="9000",
            plaats="Gent",
            breedtegraad=51.05,
            lengtegraad=3.72,
            organisator="De Egel",
        ),
    )


@pytest.mark.parametrize(
    ("cellen", "reden"),
    [
        ({"naam": ""}, "de naam ontbreekt"),
        ({"adres": ""}, "het adres ontbreekt"),
        ({"pc": ""}, "de postcode ontbreekt"),
        ({"pc": "900"}, "postcode '900': Een postcode heeft vier cijfers."),
        ({"pc": "٩٠٠٠"}, "postcode '٩٠٠٠': Een postcode heeft vier cijfers."),
        ({"soort": ""}, "de soort opvang ontbreekt"),
        ({"soort": "Hotel"}, "opvangvorm 'Hotel' staat niet in [waarden.opvangvorm] van de kaart"),
        ({"naam": "x" * 151}, "naam is langer dan 150 tekens"),
        ({"naam": "a\x07b"}, "naam bevat onleesbare tekens"),
        ({"adres": "Straat " + "9" * 30}, "huisnummer is langer dan 20 tekens"),
        ({"adres": "x" * 50_000}, "straat is langer dan 120 tekens"),
        (
            {"dossier": "12345678"},
            "dossiernummer '12345678': Een dossiernummer heeft negen of tien cijfers.",
        ),
        (
            {"kbo": "2123456789"},
            "ondernemingsnummer '2123456789': Een ondernemingsnummer heeft tien cijfers.",
        ),
        ({"nis": "4402"}, "nis '4402': Een NIS-code heeft vijf cijfers."),
        ({"mail": "geen adres"}, "email 'geen adres': Voer een geldig e-mailadres in."),
        ({"web": "javascript:alert(1)"}, "website 'javascript:alert(1)': Voer een geldige URL in."),
        ({"tel": "0" * 31}, "telefoon is langer dan 30 tekens"),
        ({"punt": "noord"}, "coördinaten 'noord' zijn geen twee getallen"),
        ({"punt": "51.05"}, "coördinaten '51.05' zijn geen twee getallen"),
        ({"punt": "51.05, 3.72, 4"}, "coördinaten '51.05, 3.72, 4' zijn geen twee getallen"),
        ({"punt": "nan, nan"}, "coördinaten 'nan nan' zijn geen twee getallen"),
        ({"punt": "inf, 3.7"}, "coördinaten 'inf 3.7' zijn geen twee getallen"),
        ({"punt": "1e999, 3.7"}, "coördinaten '1e999 3.7' zijn geen twee getallen"),
        ({"punt": "3.72, 51.05"}, "coördinaten 3.72, 51.05: breedte en lengte zijn verwisseld"),
        ({"punt": "52.37, 4.9"}, "coördinaten 52.37, 4.9 liggen niet in België"),
        ({"punt": "0, 0"}, "coördinaten 0, 0 liggen niet in België"),
    ],
)
def test_bad_cell_refuses_the_row_with_its_reason(cellen, reden):
    gelezen = lees(**cellen)

    assert isinstance(gelezen, Geweigerd)
    assert gelezen.redenen == (reden,)


@pytest.mark.parametrize(
    ("model", "veld", "kolom", "waarde"),
    [
        (Opvanglocatie, "dossiernummer", "dossier", "12345678"),
        (Organisator, "ondernemingsnummer", "kbo", "2123456789"),
        (Opvanglocatie, "email", "mail", "geen adres"),
        (Opvanglocatie, "website", "web", "geen link"),
    ],
)
def test_the_import_and_the_form_refuse_in_the_same_words(model, veld, kolom, waarde):
    form = modelform_factory(model, fields=[veld])({veld: waarde})

    gelezen = lees(**{kolom: waarde})

    assert gelezen.redenen == (f"{veld} '{waarde}': {' '.join(form.errors[veld])}",)


def test_all_reasons_are_told_at_once():
    gelezen = lees(naam="", pc="x", punt="3.72, 51.05")

    assert gelezen == Geweigerd(
        7,
        (
            "coördinaten 3.72, 51.05: breedte en lengte zijn verwisseld",
            "de naam ontbreekt",
            "postcode 'x': Een postcode heeft vier cijfers.",
        ),
        "'Kerkstraat 12 bus 3'",
    )


@pytest.mark.parametrize(
    ("tekst", "paar"),
    [
        ("51.05, 3.72", (51.05, 3.72)),
        ("51.05,3.72", (51.05, 3.72)),
        ("51.05 3.72", (51.05, 3.72)),
        ("51,05; 3,72", (51.05, 3.72)),
        ("[51.05, 3.72]", (51.05, 3.72)),
        ("5.105e1, 3.72", (51.05, 3.72)),
        ("", (None, None)),
    ],
)
def test_coordinates_in_one_column(tekst, paar):
    gegevens = lees(punt=tekst).gegevens

    assert (gegevens.breedtegraad, gegevens.lengtegraad) == paar


def test_coordinates_in_two_columns():
    kaart = lees_kaart(
        BASIS.replace('coordinaten = "punt"', 'breedtegraad = "lat"\nlengtegraad = "lon"')
    )

    assert lees(kaart, lat="51,05", lon="3.72").gegevens.breedtegraad == 51.05
    assert lees(kaart, lat="51.05", lon="").redenen == (
        "coördinaten '51.05' zijn geen twee getallen",
    )
    assert lees(kaart, lat="", lon="").gegevens.lengtegraad is None


@pytest.mark.parametrize(
    ("adres", "delen"),
    [
        ("Kerkstraat 12", ("Kerkstraat", "12")),
        ("Kerkstraat 12b", ("Kerkstraat", "12b")),
        ("Kerkstraat 12 A", ("Kerkstraat", "12 A")),
        ("Kerkstraat 12/3", ("Kerkstraat", "12/3")),
        ("Kerkstraat 12-14", ("Kerkstraat", "12-14")),
        ("Kerkstraat 12 bus 3", ("Kerkstraat", "12 bus 3")),
        ("Kerkstraat, 12", ("Kerkstraat", "12")),
        ("Kerkstraat", ("Kerkstraat", "")),
        ("Plein 1830 12", ("Plein 1830", "12")),
        ("Avenue du 11 novembre 5", ("Avenue du 11 novembre", "5")),
        ("site de l'hôpital, rue Bruyn 1", ("site de l'hôpital, rue Bruyn", "1")),
        ("Onze-Lieve-Vrouwestraat 1 bte 2.1", ("Onze-Lieve-Vrouwestraat", "1 bte 2.1")),
        ("rue bruyn nan", ("rue bruyn", "")),
        ("nan", ("nan", "")),
    ],
)
def test_address_is_split(adres, delen):
    assert splits_adres(adres, leeg=frozenset({"nan"})) == delen


def test_own_columns_for_street_and_number_win():
    kaart = lees_kaart(BASIS.replace('adres = "adres"', 'straat = "adres"\nhuisnummer = "nr"'))

    gegevens = lees(kaart, adres="Plein 12", nr="7").gegevens

    assert (gegevens.straat, gegevens.huisnummer) == ("Plein 12", "7")


def test_values_translate_with_a_rest():
    kaart = lees_kaart(BASIS + '"*" = "gezinsopvang"\n')

    assert lees(kaart, soort="CRÈCHE").gegevens.opvangvorm == "groepsopvang"
    assert lees(kaart, soort="anders").gegevens.opvangvorm == "gezinsopvang"


def test_without_translation_our_own_codes_count():
    kaart = lees_kaart(BASIS.split("[waarden", maxsplit=1)[0])

    assert lees(kaart, soort="gezinsopvang").gegevens.opvangvorm == "gezinsopvang"
    assert lees(kaart, soort="crèche").redenen == ("opvangvorm 'crèche' bestaat niet",)


def test_nameless_gets_a_name_and_capitals():
    kaart = lees_kaart(
        'naamloos = "Onthaalouder {straat}"\norganisator = "vzw {naam}"\nhoofdletter = ["straat"]\nleeg = ["nan"]\n'
        + BASIS
    )

    gegevens = lees(kaart, naam="nan", adres="rue bruyn nan").gegevens

    assert (gegevens.naam, gegevens.straat, gegevens.huisnummer) == (
        "Onthaalouder Rue bruyn",
        "Rue bruyn",
        "",
    )
    assert gegevens.organisator == "vzw Onthaalouder Rue bruyn"


def test_rows_that_the_map_leaves_out():
    kaart = lees_kaart(BASIS + '[alleen]\nsoort = ["Crèche"]\n')

    assert lees(kaart, soort="Hotel", pc="fout") == Overgeslagen(7, "'Hotel'")
    assert isinstance(lees(kaart), Rij)


def test_known_twins_are_numbered_and_a_third_is_not():
    kaart = lees_kaart(
        '[kolommen]\nnaam = "naam"\nadres = "adres"\npostcode = "pc"\n[vast]\nopvangvorm = "gezinsopvang"\n'
        '[[gelijk]]\nnaam = "roos"\nstraat = "Lindelaan"\npostcode = "9000"\naantal = 2\n'
    )
    inhoud = "naam,adres,pc\n" + "Roos,Lindelaan,9000\n" * 3 + "Roos,Lindelaan 4,9000\n"

    rijen = list(lees_rijen(io.BytesIO(inhoud.encode()), kaart))

    assert [rij.gegevens.naam for rij in rijen] == ["Roos", "Roos (2)", "Roos", "Roos"]
    assert [rij.gegevens.organisator for rij in rijen] == ["Roos", "Roos (2)", "Roos", "Roos"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Crèche  'T Egeltje!", "creche t egeltje"),
        ("SINT-NIKLAAS", "sint niklaas"),
        ("Straße", "strasse"),
    ],
)
def test_comparison_forgives_case_accents_and_signs(a, b):
    assert normaal(a) == normaal(b) == b


GEMEENTEN = Gemeentenlijst(
    [
        (1, "21004", "Brussel", ["1000", "1050"]),
        (2, "21009", "Elsene", ["1050"]),
        (3, "11024", "Kontich", ["2550"]),
        (4, "23027", "Halle", ["1500"]),
        (5, "11053", "Halle", ["2980"]),
    ]
)


@pytest.mark.parametrize(
    ("velden", "pk"),
    [
        ({"postcode": "2550"}, 3),
        ({"postcode": "1050", "gemeente": "ELSENE"}, 2),
        ({"postcode": "1050", "nis": "21004"}, 1),
        ({"postcode": "2980", "gemeente": "Halle"}, 5),
    ],
)
def test_gemeente_is_found(velden, pk):
    assert GEMEENTEN.zoek(Locatiegegevens(naam="x", opvangvorm="x", straat="x", **velden)) == pk


@pytest.mark.parametrize(
    ("velden", "bericht"),
    [
        ({"postcode": "1050"}, "ligt in Brussel en Elsene"),
        ({"postcode": "9999"}, "hoort bij geen gekende gemeente"),
        ({"postcode": "1000", "gemeente": "Bergen"}, "'Bergen' is niet gekend"),
        ({"postcode": "1000", "nis": "99999"}, "NIS-code '99999' is niet gekend"),
        ({"postcode": "3000", "gemeente": "Halle"}, "'Halle' is niet gekend"),
    ],
)
def test_gemeente_that_is_unknown_or_unsure_is_refused(velden, bericht):
    with pytest.raises(OnbekendeGemeente, match=bericht):
        GEMEENTEN.zoek(Locatiegegevens(naam="x", opvangvorm="x", straat="x", **velden))


def test_widths_are_those_of_the_database():
    breedtes = {
        veld: Opvanglocatie._meta.get_field(veld).max_length
        for veld in LENGTES
        if veld != "organisator"
    }

    assert breedtes | {"organisator": Organisator._meta.get_field("naam").max_length} == LENGTES
    assert Gemeente._meta.get_field("nis").max_length == 5
