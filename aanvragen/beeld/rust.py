"""What the part `rust` shows of a question."""

from __future__ import annotations

from typing import Any

from aanvragen.models import Opvangvraag
from loket.models import Gebruiker


def op_mijn(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Context of its template; nothing yet."""
    return {}
