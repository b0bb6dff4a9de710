"""A provider sees that the loket recorded its closing: `{% load sluiting %}`.

{% sluitingsbericht locatie %}            one location
{% sluitingsbericht pagina.object_list %} a list of what has a `locatie`; one query for all
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from opvang.models import Opvanglocatie, Sluiting

register = template.Library()


@register.inclusion_tag("opvang/aanbod/sluiting.html")
def sluitingsbericht(waarvan: Opvanglocatie | Iterable[Any]) -> dict[str, Any]:
    """Say which of these locations close, and from when."""
    if isinstance(waarvan, Opvanglocatie):
        locaties = [waarvan]
    else:
        locaties = [getattr(een, "locatie", een) for een in waarvan]
    sluitingen = (
        Sluiting.objects.nog_niet_voorbij(timezone.localdate())
        .filter(locatie__in=locaties)
        .select_related("locatie")
        .order_by("vanaf", "pk")
    )
    return {"sluitingen": sluitingen if locaties else []}
