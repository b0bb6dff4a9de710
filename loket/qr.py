"""QR codes as drawings in the page: for paper that goes on online."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_svg(adres: str, *, titel: str) -> SafeString:
    """Draw `adres` as an SVG of its own; `titel` says what it opens, for who cannot see it.

    Error correction M: a fold or a stain over a seventh of it does no harm.
    """
    code = segno.make(adres, error="m", micro=False)
    breedte = code.symbol_size(scale=1, border=2)[0]
    punten = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, rij in enumerate(code.matrix_iter(scale=1, border=2))
        for x, donker in enumerate(rij)
        if donker
    )
    return format_html(
        '<svg class="qr" role="img" viewBox="0 0 {} {}" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>"
        '<rect width="{}" height="{}" fill="#ffffff"/><path fill="#000000" d="{}"/></svg>',
        breedte,
        breedte,
        titel,
        breedte,
        breedte,
        mark_safe(punten),  # noqa: S308 -- our own numbers
    )
