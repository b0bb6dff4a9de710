"""How prices are written: `{% load tarief %}`.

{{ bedrag|euro }}       "€ 1.234,50"
{{ factor|getal }}      "0,000385", without zeros that say nothing
{{ maanden|leeftijd }}  "30 maanden", "12 jaar"
"""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

register = template.Library()

MAANDEN_IN_JAAR = 12
TWEE_JAAR = 24


@register.filter
def euro(bedrag: Decimal | None) -> str:
    """Write an amount with its sign; a hard space keeps the two together."""
    if bedrag is None:
        return ""
    return f"€\u00a0{number_format(bedrag, 2, use_l10n=True, force_grouping=True)}"


@register.filter
def getal(waarde: Decimal) -> str:
    """Write a number with as many decimals as it needs."""
    kaal = f"{Decimal(waarde):f}"
    if "." in kaal:
        kaal = kaal.rstrip("0").rstrip(".")
    return number_format(kaal, use_l10n=True, force_grouping=True)


@register.filter
def leeftijd(maanden: int) -> str:
    """Say an age: in years where it is a whole number of them, from two on."""
    if maanden >= TWEE_JAAR and maanden % MAANDEN_IN_JAAR == 0:
        return gettext("%(aantal)s jaar") % {"aantal": maanden // MAANDEN_IN_JAAR}
    return ngettext("%(aantal)s maand", "%(aantal)s maanden", maanden) % {"aantal": maanden}
