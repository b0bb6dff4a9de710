"""Rows out of any bytes: a broken one costs itself alone, and nothing costs memory."""

from __future__ import annotations

import io
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvang.domain.csvlezer import (
    LANGSTE_REGEL,
    Bestandsfout,
    Cellen,
    Onleesbaar,
    lees_cellen,
    toon,
)

KOP = b"naam,plaats\n"


def lees(inhoud: bytes, *, codering="utf-8", scheiding=",", kolommen=("naam",)):
    return list(
        lees_cellen(io.BytesIO(inhoud), codering=codering, scheiding=scheiding, kolommen=kolommen)
    )


def goed(*paren):
    return [Cellen(regel, {"naam": naam}) for regel, naam in paren]


def test_rows_have_the_number_of_their_line():
    assert lees(KOP + b"a,1\n\n  \nb,2\r\nc,3") == goed((2, "a"), (5, "b"), (6, "c"))


def test_only_the_asked_columns_come_along_whatever_their_order():
    assert lees(b"x, plaats ,naam\n1,2,3\n", kolommen=("naam", "plaats")) == [
        Cellen(2, {"naam": "3", "plaats": "2"})
    ]


def test_byte_order_mark_and_other_delimiters():
    assert lees(b"\xef\xbb\xbfnaam;plaats\nCaf\xc3\xa9;x\n", scheiding=";") == goed((2, "Café"))


def test_quotes_hold_delimiters_and_lines():
    inhoud = KOP + b'"a, ""b""",1\n"c\nd",2\ne,3\n'

    assert lees(inhoud) == goed((2, 'a, "b"'), (3, "c\nd"), (5, "e"))


def test_unclosed_quote_costs_its_own_line_only():
    inhoud = KOP + b'"a,1\nb,2\nc,3\n'

    assert lees(inhoud) == [
        Onleesbaar(2, "een aanhalingsteken is niet gesloten"),
        *goed((3, "b"), (4, "c")),
    ]


def test_unclosed_quote_in_a_long_file_costs_its_own_line_only():
    inhoud = KOP + b'"a,1\n' + b"".join(b"b%d,2\n" % i for i in range(50)) + b'"c",3\n'

    rijen = lees(inhoud)

    assert [type(rij) for rij in rijen] == [Onleesbaar] + [Cellen] * 51


def test_quotes_in_the_wrong_place_are_refused():
    assert lees(KOP + b'a "b" c,1\n"a"b,1\n') == [
        *goed((2, 'a "b" c')),
        Onleesbaar(3, "de aanhalingstekens kloppen niet"),
    ]


@pytest.mark.parametrize(
    ("rij", "aantal"),
    [(b"a\n", 1), (b"a,1,2\n", 3), (b"a,1,\n", 3)],
    ids=["te weinig", "te veel", "leeg"],
)
def test_row_of_another_width_is_refused(rij, aantal):
    (geweigerd, *rest) = lees(KOP + rij + b"b,2\n")

    assert geweigerd.reden == f"de rij heeft {aantal} cellen in plaats van 2"
    assert rest == goed((3, "b"))


@pytest.mark.parametrize(
    ("inhoud", "bericht"),
    [
        (b"", "leeg"),
        (b"name,city\n", "ontbreekt: 'naam'. Gevonden kolommen: 'name', 'city'"),
        (b"naam;plaats\n", "Gevonden kolommen: 'naam;plaats'"),
        (b"naam,naam\n", "'naam' staat twee keer"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "oud Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08", "gecomprimeerd"),
        ("naam,plaats\n".encode("utf-16"), "UTF-16"),
        ("naam,plaats\n".encode("utf-16-le"), "geen tekstbestand"),
        (b"n\x00aam\n", "geen tekstbestand"),
        (b"Caf\xe9,naam\n", "teken 4 is geen utf-8.*windows-1252"),
        (b'"naam,plaats\n', "aanhalingstekens"),
        (b"naam," * 20_000 + b"\n", "langer dan 64 kB"),
    ],
)
def test_file_without_a_usable_first_line_is_refused_whole(inhoud, bericht):
    with pytest.raises(Bestandsfout, match=bericht):
        lees(inhoud)


def test_refusal_of_a_file_names_a_few_columns_only():
    with pytest.raises(Bestandsfout) as nee:
        lees(",".join(f"kolom{i}" for i in range(3000)).encode() + b"\n")

    assert "'kolom39' en nog 2960." in str(nee.value)
    assert len(str(nee.value)) < 1000


def test_wrong_encoding_names_the_line_and_what_to_do():
    assert lees(KOP + "Crèche,1\n".encode("cp1252") + b"b,2\n") == [
        Onleesbaar(
            2,
            "teken 3 is geen utf-8; is het bestand anders bewaard, "
            'zet dan codering = "windows-1252" in de kaart',
        ),
        *goed((3, "b")),
    ]


def test_utf8_read_as_something_else_is_noticed():
    assert lees(KOP + "Crèche,1\nb,2\n".encode(), codering="cp1252") == [
        Onleesbaar(
            2, 'de regel is utf-8 en de kaart zegt cp1252; zet codering = "utf-8" in de kaart'
        ),
        *goed((3, "b")),
    ]


def test_declared_encoding_is_read():
    assert lees(KOP + "Crèche €,1\n".encode("cp1252"), codering="cp1252") == goed((2, "Crèche €"))


def test_nul_and_long_lines_cost_themselves_alone():
    inhoud = KOP + b"a\x00,1\n" + b"x" * (3 * LANGSTE_REGEL) + b",1\n" + b"b,2\n"

    assert lees(inhoud) == [
        Onleesbaar(2, "de regel bevat onleesbare tekens (NUL)"),
        Onleesbaar(3, "de regel is langer dan 64 kB"),
        *goed((4, "b")),
    ]


@pytest.mark.traag
@pytest.mark.parametrize(
    "ruis",
    [
        pytest.param(random.Random(1).randbytes(10 * 1024**2), id="ruis"),
        pytest.param(b"x" * (10 * 1024**2), id="een regel"),
        pytest.param(b'"\n' * (5 * 1024**2 // 64), id="aanhalingstekens"),
        pytest.param(b"\x00" * (10 * 1024**2), id="nul"),
        pytest.param(b"\n" * (10 * 1024**2 // 16), id="lege regels"),
    ],
)
def test_noise_is_refused_in_little_memory(ruis):
    bestand = io.BytesIO(KOP + ruis + b"\ngoed,1\n")
    tracemalloc.start()
    try:
        laatste = None
        for laatste in lees_cellen(bestand, codering="utf-8", scheiding=",", kolommen=["naam"]):
            pass
        _nu, piek = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert isinstance(laatste, Cellen)
    assert laatste.bron == {"naam": "goed"}
    assert piek < 4 * 1024**2


@given(st.binary(max_size=400), st.sampled_from(["utf-8", "cp1252", "iso8859-1"]))
def test_any_bytes_give_rows_or_reasons(rommel, codering):
    rijen = lees(KOP + rommel + b"\n", codering=codering)

    assert all(isinstance(rij, Cellen | Onleesbaar) for rij in rijen)
    regels = [rij.regel for rij in rijen]
    assert regels == sorted(set(regels))


def test_shown_values_are_short_and_harmless():
    assert toon("gewoon") == "'gewoon'"
    assert toon("a\x1b[31m\nb") == "'a·[31m·b'"
    assert toon("x" * 100) == f"'{'x' * 60}…'"
