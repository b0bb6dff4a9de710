from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from loket.pdf import BASIS, EigenBestanden, NietVanOnsError, maak_pdf


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://example.com/beeld.png",
        "http://127.0.0.1:8000/beheer/",
        "https://static.invalid.example.com/tokens.css",
        f"{BASIS}../loket/settings.py",
        f"{BASIS}%2e%2e/loket/settings.py",
        f"{BASIS}bestaat-niet.css",
        "data:text/html,hallo",
    ],
)
def test_fetcher_refuses_what_is_not_ours(url):
    with pytest.raises(NietVanOnsError):
        EigenBestanden().fetch(url)


def test_fetcher_gives_static_files():
    antwoord = EigenBestanden().fetch(f"{BASIS}tokens.css")

    assert antwoord.headers["Content-Type"] == "text/css"
    assert antwoord.read() == Path("static/tokens.css").read_bytes()


def test_pdf_is_tagged_with_title_and_language():
    pdf = maak_pdf("pdf/basis.html", {}, titel="Verslag <van> maandag & dinsdag")

    with pikepdf.open(BytesIO(pdf)) as bestand:
        assert bestand.Root.Lang == "nl"
        assert bestand.Root.MarkInfo.Marked
        assert bestand.Root.ViewerPreferences.DisplayDocTitle
        assert bestand.docinfo["/Title"] == "Verslag <van> maandag & dinsdag"
    assert "Lokaal Loket Kinderopvang" in pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()
