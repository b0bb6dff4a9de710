"""What the counter's own work shows of a question: its notes, and what else is to be done."""

from __future__ import annotations

from typing import Any

from aanvragen.forms.werk import NotitieForm
from aanvragen.models import Notitie, Opvangvraag
from aanvragen.permissions import Actie, mag
from loket.models import Gebruiker


def in_dossier(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Notes and calls, newest first; a toeleider reads none."""
    if not mag(gebruiker, Actie.NOTITIE_SCHRIJVEN, vraag):
        return {"werk_notities": [], "werk_kan_noteren": False, "werk_kan_brief": False}
    return {
        "werk_notities": list(
            Notitie.objects.voor_balie(gebruiker).filter(opvangvraag=vraag).select_related("door")
        ),
        "werk_notitieform": NotitieForm(),
        "werk_kan_noteren": True,
        "werk_kan_brief": mag(gebruiker, Actie.BRIEF_STUREN, vraag),
    }
