"""How the demand is worded in templates: `{% load aanvragen %}`.

    {{ voorstel.geldig_tot|uiterlijk }}       the last moment to answer: "donderdag 3 december 2026"
    {{ voorstel.geldig_tot|uiterlijk_kort }}  "3 dec. 2026"
    {{ kind|kind_zonder_naam }}               a child for somebody who need not know its name yet
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

if TYPE_CHECKING:
    from aanvragen.models import Kind

register = template.Library()


def _laatste_dag(moment: dt.datetime) -> tuple[dt.date, str]:
    """The last day that counts, and the hour when the moment is not a midnight."""
    lokaal = timezone.localtime(moment)
    if lokaal.time() == dt.time.min:
        return lokaal.date() - dt.timedelta(days=1), ""
    uur = f"{lokaal.hour}.{lokaal.minute:02}" if lokaal.minute else f"{lokaal.hour}"
    return lokaal.date(), uur


@register.filter
def uiterlijk(moment: dt.datetime | None) -> str:
    """A deadline at midnight is the whole day before: people read "until the 4th" as "the 4th included"."""
    if moment is None:
        return ""
    dag, uur = _laatste_dag(moment)
    tekst = date_format(dag, "l j F Y")
    return gettext("%(dag)s om %(klok)s uur") % {"dag": tekst, "klok": uur} if uur else tekst


@register.filter
def uiterlijk_kort(moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    return date_format(_laatste_dag(moment)[0], "j b Y")


@register.filter
def kind_zonder_naam(kind: Kind) -> str:
    """Born or expected, to the month when born: enough to judge a place, too little to know who."""
    if kind.geboortedatum:
        return gettext("geboren in %(maand)s") % {"maand": date_format(kind.geboortedatum, "F Y")}
    return gettext("komt rond %(dag)s") % {"dag": date_format(kind.rekendatum, "j F Y")}
