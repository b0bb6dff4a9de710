"""The typeface is made from its package, once, also when several ask at the same time."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont

from loket import lettertype


@pytest.fixture(scope="module")
def gemaakt(tmp_path_factory) -> Path:
    doel, nieuw = lettertype.maak(tmp_path_factory.mktemp("var"))
    assert nieuw
    return doel


def test_font_is_made_once(gemaakt):
    eerst = gemaakt.stat().st_mtime_ns

    doel, nieuw = lettertype.maak(gemaakt.parent.parent)

    assert (doel, nieuw) == (gemaakt, False)
    assert doel.stat().st_mtime_ns == eerst
    assert sorted(pad.name for pad in gemaakt.parent.iterdir()) == [".gemaakt-van", "manrope.woff2"]


def test_font_is_made_again_when_its_source_changed(gemaakt):
    (gemaakt.parent / ".gemaakt-van").write_text("an older package")

    assert lettertype.maak(gemaakt.parent.parent) == (gemaakt, True)


def test_font_is_small_and_holds_the_letters_and_weights_of_the_pages(gemaakt):
    letters = TTFont(gemaakt)

    assert gemaakt.stat().st_size < 35_000
    assert [teken for teken in "aé€ëïŞğıŁȚč–…’→≥" if ord(teken) not in letters.getBestCmap()] == []
    (as_,) = letters["fvar"].axes
    assert (as_.axisTag, as_.minValue, as_.maxValue) == ("wght", 400, 800)
    assert "tnum" in {regel.FeatureTag for regel in letters["GSUB"].table.FeatureList.FeatureRecord}


def test_two_at_once_leave_one_whole_font(tmp_path):
    with ThreadPoolExecutor(2) as samen:
        doelen = {doel for doel, _nieuw in samen.map(lettertype.maak, [tmp_path, tmp_path])}

    (doel,) = doelen
    assert TTFont(doel).getBestCmap()
    assert sorted(pad.name for pad in doel.parent.iterdir()) == [".gemaakt-van", "manrope.woff2"]


def test_font_is_a_static_file(settings, tmp_path):
    settings.VAR = tmp_path

    assert finders.find("lettertype/manrope.woff2") == str(
        tmp_path / "lettertype/lettertype/manrope.woff2"
    )
    assert finders.find("lettertype/anders.woff2") is None
    assert finders.find("lettertype/manrope.woff2", find_all=True) == [
        str(tmp_path / "lettertype/lettertype/manrope.woff2")
    ]


def test_font_is_collected(settings, tmp_path):
    settings.VAR = tmp_path

    (pad,) = [
        pad
        for vinder in finders.get_finders()
        for pad, opslag in vinder.list([])
        if pad.startswith("lettertype/") and opslag.exists(pad)
    ]

    assert pad == "lettertype/manrope.woff2"


def test_command_names_the_font(tmp_path, capsys):
    call_command("maak_lettertype", uit=tmp_path)
    call_command("maak_lettertype", uit=tmp_path)

    eerst, daarna = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r".*/lettertype/manrope\.woff2 \(\d+ bytes, made now\)", eerst)
    assert re.fullmatch(r".*/lettertype/manrope\.woff2 \(\d+ bytes\)", daarna)


def test_pdf_reads_every_weight_from_disk():
    css = lettertype.css_voor_pdf()

    bestanden = [Path(unquote(urlsplit(url).path)) for url in re.findall(r'url\("([^"]+)"\)', css)]
    assert re.findall(r"font-weight: (\d+)", css) == ["400", "500", "600", "700", "800"]
    assert [pad for pad in bestanden if not pad.exists()] == []
