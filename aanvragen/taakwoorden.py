"""What the work list says of a task: verb first, and why now."""

from __future__ import annotations

import datetime as dt
from functools import singledispatch
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aanvragen.domain.werklijst import Taak, Taaksoort
from aanvragen.models import Aanmelding, Afspraak, Notitie, Opvangvraag, Voorstel, Vrijmelding
from aanvragen.templatetags.aanvragen import uiterlijk
from loket.models import Bericht

#: Mails to a provider: their failure means ringing the provider, not the family.
_AAN_OPVANG = ("aanvragen/nieuwe_vraag", "aanvragen/aanbieder_")
_TITEL_TEKENS = 80


def in_twee_zinnen(
    taak: Taak, vraag: Opvangvraag, ding: Any, *, peildatum: dt.date
) -> tuple[str, str]:
    """Give what to do and why, of the thing that the task is about or else of its question."""
    return _van_de_vraag(taak, vraag, peildatum) if ding is None else _van(ding)


@singledispatch
def _van(ding: Any) -> tuple[str, str]:
    raise TypeError(ding)


@_van.register
def _van_aanmelding(ding: Aanmelding) -> tuple[str, str]:
    dag = {"dag": date_format(ding.antwoord_voor, "j F")}
    return _("Bel %(opvang)s") % {"opvang": ding.locatie.naam}, _(
        "Gaf geen antwoord voor %(dag)s"
    ) % dag


@_van.register
def _van_voorstel(ding: Voorstel) -> tuple[str, str]:
    opvang = {"opvang": ding.aanmelding.locatie.naam}
    return _("Bel het gezin: het voorstel van %(opvang)s vervalt") % opvang, _(
        "Antwoord ten laatste op %(dag)s"
    ) % {"dag": uiterlijk(ding.geldig_tot)}


@_van.register
def _van_vrijmelding(ding: Vrijmelding) -> tuple[str, str]:
    return _("Bel %(opvang)s: de plaats is weer vrij") % {
        "opvang": ding.aanmelding.locatie.naam
    }, _("Zeg alleen dat de vraag vervalt. Bel het gezin niet")


@_van.register
def _van_bericht(ding: Bericht) -> tuple[str, str]:
    if ding.sjabloon.startswith(_AAN_OPVANG):
        return _("Bel de opvang: een mail kwam niet aan"), ding.titel
    return _("Bel het gezin: een mail kwam niet aan"), ding.titel


@_van.register
def _van_afspraak(ding: Afspraak) -> tuple[str, str]:
    uur = date_format(timezone.localtime(ding.begint_op), "H.i")
    titel = _("%(wat)s om %(uur)s uur") % {"wat": ding.get_soort_display(), "uur": uur}
    met = {"wie": str(ding.wie), "waar": ding.waar}
    return titel, (_("Met %(wie)s. %(waar)s") if ding.waar else _("Met %(wie)s")) % met


@_van.register
def _van_notitie(ding: Notitie) -> tuple[str, str]:
    return ding.tekst.splitlines()[0][:_TITEL_TEKENS], _("Taak voor deze dag")


def _van_de_vraag(taak: Taak, vraag: Opvangvraag, peildatum: dt.date) -> tuple[str, str]:
    start = {"dag": date_format(vraag.gewenste_start, "j F Y")}
    gehoord = {"dag": date_format(timezone.localdate(vraag.laatst_bevestigd), "j F Y")}
    geen_plaats = _("Bel het gezin: nog geen plaats")
    vast: dict[Taaksoort, tuple[str, str]] = {
        Taaksoort.DUBBEL: (
            _("Kijk na: twee keer hetzelfde kind?"),
            _("De opvang krijgt de vraag pas als jij beslist"),
        ),
        Taaksoort.SAMENVOEGEN: (
            _("Bel de ouder van de eerste vraag"),
            _("Twee vragen over hetzelfde kind: die ouder antwoordde nog niet"),
        ),
        Taaksoort.GEEN_KEUZE: (
            _("Zoek met het gezin een andere opvang"),
            _("Geen enkele gekozen opvang heeft plaats"),
        ),
        Taaksoort.DRINGEND: (
            _("Zoek dringend een plaats"),
            _("%(reden)s. Nog geen voorstel") % {"reden": vraag.get_dringende_reden_display()},
        ),
        Taaksoort.KWETSBAAR: (
            geen_plaats,
            _("Kwetsbaar gezin, start op %(dag)s. Zoek mee") % start,
        ),
        Taaksoort.START: (geen_plaats, _start_in_woorden(vraag.gewenste_start, peildatum)),
        Taaksoort.HULP: (geen_plaats, _("Start op %(dag)s. We zoeken mee") % start),
        Taaksoort.BEVESTIGEN: (
            _("Vraag of het gezin nog zoekt"),
            _("Geen antwoord op onze vraag. Laatst gehoord op %(dag)s") % gehoord,
        ),
        Taaksoort.GESPREK: (
            _("Antwoord op het bericht van het gezin"),
            _("Het gezin wacht op een antwoord van het loket"),
        ),
        Taaksoort.CONCEPT: (
            _("Vraag of het gezin hulp wil"),
            _("Iemand van dit gezin begon een nieuwe aanvraag en maakte ze niet af"),
        ),
        Taaksoort.NIEUW: (_("Lees de nieuwe vraag"), vraag.get_kanaal_display()),
    }
    return vast[taak.soort]


def _start_in_woorden(start: dt.date, peildatum: dt.date) -> str:
    dag = {"dag": date_format(start, "j F Y")}
    if start < peildatum:
        return _("De start van %(dag)s is voorbij") % dag
    nog = (start - peildatum).days
    if nog == 0:
        return _("De start is vandaag")
    return ngettext(
        "Start over %(aantal)s dag, op %(dag)s", "Start over %(aantal)s dagen, op %(dag)s", nog
    ) % {**dag, "aantal": nog}
