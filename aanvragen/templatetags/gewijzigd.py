"""`{% gewijzigd aanmelding %}`: how the question differs from what this location got first."""

from __future__ import annotations

from typing import Any

from django import template

from aanvragen.beeld.gewijzigd import laatste_wijzigingen
from aanvragen.models import Aanmelding

register = template.Library()


@register.inclusion_tag("antwoord/onderdelen/gewijzigd.html")
def gewijzigd(aanmelding: Aanmelding) -> dict[str, Any]:
    return {"wijziging": laatste_wijzigingen([aanmelding]).get(aanmelding.pk)}
