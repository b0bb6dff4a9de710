"""What other pages say about places: `{% load capaciteit %}`.

{% waarschuw_plaatsen locatie %}        what the child ratios will change, for the provider
{% if user|beheert_capaciteit %}        whether this person may see the places of an area
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from opvang.domain.capaciteit_lezen import beeld_van
from opvang.permissions import Actie, mag

if TYPE_CHECKING:
    from opvang.models import Opvanglocatie

register = template.Library()


@register.inclusion_tag("opvang/capaciteit/waarschuwing.html")
def waarschuw_plaatsen(locatie: Opvanglocatie) -> dict[str, Any]:
    """Warn long before; nothing when nothing changes, or when it was planned already."""
    vergunningen = locatie.vergunningen.order_by("vanaf").prefetch_related("leeftijdsgroepen")
    beeld = beeld_van(locatie, vergunningen, peildatum=timezone.localdate())
    return {"locatie": locatie, "beeld": beeld}


@register.filter
def beheert_capaciteit(gebruiker: Any) -> bool:
    return mag(gebruiker, Actie.CAPACITEIT_BEHEREN)
