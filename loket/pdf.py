"""PDF out of a Django template: PDF/UA-1, tagged, made of our own files and nothing else.

A template extends `pdf/basis.html`. It names stylesheets and pictures by their static path
("afdruk.css", "beeld/logo.svg"): every address is looked up among the static files and all else is
refused, so that text typed by people can never make the server read a file or call out.
"""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import font_manrope
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import CSS, HTML  # type: ignore[import-untyped]  # has no types
from weasyprint.text.fonts import (  # type: ignore[import-untyped]  # has no types
    FontConfiguration,
)
from weasyprint.urls import (  # type: ignore[import-untyped]  # has no types
    URLFetcher,
    URLFetcherResponse,
)

from loket.lettertype import css_voor_pdf

#: Never resolved: it only gives relative addresses something to stand on.
BASIS = "https://static.invalid/"
# Our sheets are made for browsers too; it warns about each rule that paper does not have.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
_LETTERS = Path(font_manrope.font_directory)


class NietVanOnsError(ValueError):
    """The page asked for something that is not one of our static files."""


class EigenBestanden(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives static files and the weights of the typeface; nothing else, and never the network."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 -- WeasyPrint's signature
    ) -> URLFetcherResponse:
        pad = self._pad(url)
        soort = mimetypes.guess_type(pad.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, pad.read_bytes(), {"Content-Type": soort})

    def _pad(self, url: str) -> Path:
        if url.startswith("file:"):
            pad = Path(unquote(urlsplit(url).path)).resolve()
            if pad.parent == _LETTERS.resolve():
                return pad
            raise NietVanOnsError(url)
        # The web font is for browsers; the PDF has the static weights.
        if not url.startswith(BASIS) or url.endswith(".woff2"):
            raise NietVanOnsError(url)
        try:
            gevonden = finders.find(unquote(urlsplit(url).path).lstrip("/"))
        except SuspiciousFileOperation as fout:
            raise NietVanOnsError(url) from fout
        if not isinstance(gevonden, str):
            raise NietVanOnsError(url)
        return Path(gevonden)


def maak_pdf(template: str, context: Mapping[str, Any], *, titel: str) -> bytes:
    """Render `template` with `context` and `titel` as a tagged PDF/UA-1 document.

    Takes about a second per ten pages: a long report belongs in a worker.
    """
    fetcher = EigenBestanden()
    letters = FontConfiguration()
    html = HTML(
        string=render_to_string(template, {**context, "titel": titel}),
        base_url=BASIS,
        url_fetcher=fetcher,
    )
    pdf = html.write_pdf(
        pdf_variant="pdf/ua-1",
        font_config=letters,
        stylesheets=[CSS(string=css_voor_pdf(), font_config=letters, url_fetcher=fetcher)],
    )
    assert isinstance(pdf, bytes)
    return pdf
