"""What the daily work of the counter points at: a task, a note, a letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanvragen.domain.notities import noteer
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Notitiesoort
from tests.spelers import Spelers


def bij_balie(
    spelers: Spelers, vraag: Opvangvraag, *, nu: dt.datetime
) -> dict[str, dict[str, Any]]:
    """A question that came in today is a task of the loket, not of a toeleider."""
    dossier = {"referentie": vraag.referentie}
    notitie = noteer(vraag, Notitiesoort.GEBELD, "Belt terug.", door=spelers.carla, nu=nu)
    taak = {**dossier, "soort": "nieuw", "ding": vraag.pk}
    return {
        **dict.fromkeys(
            (f"balie:taak{naam}" for naam in ("", "_wie", "_later", "_klaar", "_nu")), taak
        ),
        **dict.fromkeys(("balie:notitie", "balie:brief", "balie:brief_pdf"), dossier),
        "balie:notitie_wissen": {**dossier, "pk": notitie.pk},
        "balie:samen_bekijken": {"soort": "herinner"},
    }
