"""Figures in templates: `{% load rapport %}`.

{{ aantal|getal }}         "1 304", "12,5", or "verborgen" for a hidden count
{{ verhouding|een }}       one decimal: "38,3"
{{ aantal|getal_of:"…" }}  own words where there is no figure
{{ naam|vaste_streepjes }}  with hyphens that don't break
{% getalcel aantal %}      <td class="n">…</td>; a hidden one in muted type
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rapportage.getallen import datum_voluit
from rapportage.getallen import getal as schrijf
from rapportage.indicatoren.tekort import Tekortcel

register = template.Library()

Waarde = int | Decimal | None


@register.filter
def getal(waarde: Waarde) -> str:
    """Write a count; a hidden one says so."""
    return schrijf(waarde)


@register.filter
def een(waarde: Waarde) -> str:
    """Write a ratio with one decimal; one that can't be given says so."""
    return _("niet gekend") if waarde is None else schrijf(waarde, 1)


@register.filter
def getal_of(waarde: Waarde, anders: str) -> str:
    """Write a number, or `anders` where there is none."""
    return anders if waarde is None else schrijf(waarde)


@register.filter
def dag(datum: dt.date | None) -> str:
    """Write a date without its weekday: "23 november 2026"."""
    return "" if datum is None else datum_voluit(datum)


@register.filter
def vaste_streepjes(naam: str) -> str:
    """Keep names such as Sint-Amelberg on one line of a large title."""
    return naam.replace("-", "\u2011")


@register.simple_tag
def getalcel(
    waarde: Waarde, *, cijfers: int | None = None, anders: str = "", klasse: str = ""
) -> SafeString:
    """Give a table cell; where there is no figure the word stands in muted type, and is no zero."""
    tekst = schrijf(waarde, cijfers) if waarde is not None else anders or _("verborgen")
    klassen = ["n", *klasse.split(), *(["stil"] if waarde is None else [])]
    return format_html('<td class="{}">{}</td>', " ".join(klassen), tekst)


@register.simple_tag
def tekortcel(cel: Tekortcel, warmte: int | None = None) -> SafeString:
    """Give the cell of a shortage; without a figure it says whether that is hidden or unknown."""
    anders = _("niet gekend") if cel.vrij is None else _("verborgen")
    return getalcel(cel.tekort, anders=anders, klasse="" if warmte is None else f"warmte--{warmte}")
