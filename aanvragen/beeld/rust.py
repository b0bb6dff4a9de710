"""What the page of sad news says: nothing is asked, and what goes on goes on."""

from __future__ import annotations

from typing import Any

from aanvragen.models import Opvangvraag
from aanvragen.workflow import LOPENDE_VRAGEN


def bij_droevig_nieuws(vraag: Opvangvraag) -> dict[str, Any]:
    """Tell whether the family asks for another child too: that goes on."""
    andere = Opvangvraag.objects.filter(
        kind__gezin=vraag.kind.gezin_id, status__in=LOPENDE_VRAGEN
    ).exclude(kind=vraag.kind_id)
    return {"vraag": vraag, "andere_vragen": andere.exists()}
