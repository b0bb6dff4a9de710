"""Suggestions about what could move, in words, each with the search that it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvang.weekrooster import DAGEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from opvang.domain.schuiven import Schuif


@dataclass(frozen=True, slots=True)
class Schuifkaart:
    """A suggestion in words, and the search that it is."""

    erbij: int
    tekst: str
    uitleg: str
    url: str


def schuifkaarten(request: HttpRequest, schuiven: Iterable[Schuif]) -> list[Schuifkaart]:
    """Put every suggestion in words; the links keep the rest of the search of this page."""
    return [_schuifkaart(request, een) for een in schuiven]


def _schuifkaart(request: HttpRequest, een: Schuif) -> Schuifkaart:
    """Put a suggestion in words, with the search that it is."""
    zoekvraag = request.GET.copy()
    zoekvraag.pop("pagina", None)
    erbij = ngettext("%(aantal)s plek erbij", "%(aantal)s plekken erbij", een.erbij)
    erbij %= {"aantal": een.erbij}
    if een.van_dag is not None and een.naar_dag is not None:
        zoekvraag["dagen"] = str(een.rooster_masker)
        tekst = _("%(naar)s in plaats van %(van)s") % {
            "naar": str(DAGEN[een.naar_dag]).capitalize(),
            "van": DAGEN[een.van_dag],
        }
    elif een.start is not None:
        for deel in ("vanaf_dag", "vanaf_maand", "vanaf_jaar"):
            zoekvraag.pop(deel, None)
        zoekvraag["vanaf"] = een.start.isoformat()
        tekst = _("Starten op %(dag)s") % {"dag": date_format(een.start, "j F Y")}
        erbij = _("%(weken)s weken later, %(erbij)s") % {"weken": een.weken, "erbij": erbij}
    else:
        zoekvraag["ver"] = str(een.straal_km)
        tekst = _("Zoeken tot %(km)s km") % {"km": een.straal_km}
    return Schuifkaart(erbij=een.erbij, tekst=tekst, uitleg=erbij, url=f"?{zoekvraag.urlencode()}")
