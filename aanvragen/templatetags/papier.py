"""What paper needs: {% picto "gezin" "titel" %} draws a sign in the page itself,
{% qr adres "titel" %} a code to scan.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from loket.qr import qr_svg

register = template.Library()


@lru_cache(maxsize=1)
def _tekens() -> dict[str, tuple[str, str]]:
    """Every sign of the sprite: its viewBox and its drawing. A PDF knows no sprite."""
    pad = finders.find("beeld/iconen.svg")
    assert isinstance(pad, str)
    gevonden = re.findall(
        r'<symbol id="([\w-]+)" viewBox="([^"]+)">(.*?)</symbol>',
        Path(pad).read_text(encoding="utf-8"),
        re.DOTALL,
    )
    return {naam: (kader, lijnen) for naam, kader, lijnen in gevonden}


@register.simple_tag
def picto(naam: str, titel: str = "") -> SafeString:
    """Draw a sign; with a title when it says something that no word beside it says."""
    kader, lijnen = _tekens()[naam]
    # WeasyPrint gives the drawing no colour of the text.
    lijnen = lijnen.replace("currentColor", "#0b5156")
    return format_html(
        '<svg class="picto" viewBox="{}" role="img"><title>{}</title>{}</svg>',
        kader,
        titel or naam,
        mark_safe(lijnen),  # noqa: S308 -- our own file
    )


@register.simple_tag
def qr(adres: str, titel: str) -> SafeString:
    return qr_svg(adres, titel=titel)
