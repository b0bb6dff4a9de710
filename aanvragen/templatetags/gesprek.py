"""The conversation on pages of others: `{% load gesprek %}`.

{% gesprek_bij aanmelding %}      on a provider's page of one request: write to the family
{% nieuw_bij_opvang user %}       on a provider's list: how many conversations hold something new
{% nieuw_voor_ouder user %}       on a parent's overview: who wrote
"""

from __future__ import annotations

from typing import Any

from django import template

from aanvragen.beeld.gesprek import aantal_nieuw_bij_opvang, bij_aanmelding, ongelezen_van_ouder
from aanvragen.models import Aanmelding
from loket.models import Gebruiker

register = template.Library()


@register.inclusion_tag("gesprek/onderdelen/bij_aanmelding.html")
def gesprek_bij(aanmelding: Aanmelding) -> dict[str, Any]:
    return bij_aanmelding(aanmelding)


@register.inclusion_tag("gesprek/onderdelen/nieuw_opvang.html")
def nieuw_bij_opvang(gebruiker: Gebruiker) -> dict[str, Any]:
    return {"aantal": aantal_nieuw_bij_opvang(gebruiker)}


@register.inclusion_tag("gesprek/onderdelen/nieuw_ouder.html")
def nieuw_voor_ouder(gebruiker: Gebruiker) -> dict[str, Any]:
    return {"gesprekken": ongelezen_van_ouder(gebruiker)}
