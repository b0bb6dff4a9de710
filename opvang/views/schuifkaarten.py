"""Suggestions beside a search, in words: what opens up when one thing moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvang.domain.schuiven import Schuif, Schuifsoort
from opvang.domain.zoekadres import zoekparameters
from opvang.weekrooster import DAGEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from opvang.domain.zoeken import Zoekvraag

#: A date may stand in three parts in the address; a link writes it as one.
_DATUMDELEN = ("vanaf_dag", "vanaf_maand", "vanaf_jaar")


@dataclass(frozen=True, slots=True)
class Schuifkaart:
    """A suggestion in words, and the search that it is."""

    erbij: int
    tekst: str
    uitleg: str
    url: str


def schuifkaarten(
    request: HttpRequest, vraag: Zoekvraag, schuiven: Iterable[Schuif]
) -> list[Schuifkaart]:
    """Put suggestions in words; each links to this page with the one thing changed."""
    return [
        Schuifkaart(
            erbij=een.erbij, tekst=_wat(een), uitleg=_uitleg(een), url=_url(request, vraag, een)
        )
        for een in schuiven
    ]


def _wat(een: Schuif) -> str:
    if een.soort is Schuifsoort.START:
        assert een.vraag.start is not None
        return _("Starten op %(dag)s") % {"dag": date_format(een.vraag.start, "j F Y")}
    if een.soort is Schuifsoort.VERDER:
        return _("Zoeken tot %(km)s km") % {"km": een.straal_km}
    if een.soort is Schuifsoort.VORM:
        return _("Ook andere soorten opvang")
    if een.soort is Schuifsoort.PRIJS:
        return _("Ook opvang met een andere prijs")
    assert een.van_dag is not None
    if een.naar_dag is None:
        return _("Zonder %(dag)s") % {"dag": DAGEN[een.van_dag]}
    return _("%(naar)s in plaats van %(van)s") % {
        "naar": str(DAGEN[een.naar_dag]).capitalize(),
        "van": DAGEN[een.van_dag],
    }


def _uitleg(een: Schuif) -> str:
    erbij = ngettext("%(aantal)s plek erbij", "%(aantal)s plekken erbij", een.erbij)
    erbij %= {"aantal": een.erbij}
    if een.weken is None:
        return erbij
    if een.weken > 0:
        weken = ngettext("%(weken)s week later", "%(weken)s weken later", een.weken)
    else:
        weken = ngettext("%(weken)s week vroeger", "%(weken)s weken vroeger", -een.weken)
    return _("%(weken)s, %(erbij)s") % {"weken": weken % {"weken": abs(een.weken)}, "erbij": erbij}


def _url(request: HttpRequest, vraag: Zoekvraag, een: Schuif) -> str:
    """Change in the address what this suggestion changes, and leave the rest as it was typed."""
    was, wordt = zoekparameters(vraag), zoekparameters(een.vraag)
    adres = request.GET.copy()
    adres.pop("pagina", None)
    for naam in {*was, *wordt}:
        if was.get(naam) == wordt.get(naam):
            continue
        for deel in _DATUMDELEN if naam == "vanaf" else ():
            adres.pop(deel, None)
        adres.setlist(naam, wordt.get(naam, []))
    return f"?{adres.urlencode()}"
