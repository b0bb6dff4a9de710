"""How the demand is worded in templates: `{% load aanvragen %}`.

{{ voorstel.geldig_tot|uiterlijk }}       the last moment to answer: "donderdag 3 december 2026"
{{ voorstel.geldig_tot|uiterlijk_kort }}  "3 dec. 2026"
{{ dag|laatste_dag }}                     the day before an exclusive end
{{ kind|kind_zonder_naam }}               a child for somebody who need not know its name yet
{{ vraag|leeftijd_bij_start }}            "8 maanden bij de start"
{{ vraag.rooster|past_bij:vrij }}         which asked days are free: "Past: maandag. Niet: vrijdag."
{% aanmeldingstand aanmelding %}          the state of a request as a label
{% vraagstand vraag %}                    the state of a question as a label
{% wachtlijst_bij locatie loket %}        a section: how many wait there, and how long it took
{{ dagen|duur }}                          "3 weken", "8 maanden"
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, SupportsInt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from aanvragen.domain.wachtlijst import wachtlijstfeiten
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket import week
from loket.templatetags.loket import etiket

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from aanvragen.models import Aanmelding, Kind, Opvangvraag
    from loket.models import Loket
    from opvang.models import Opvanglocatie

register = template.Library()

MAANDEN_PER_JAAR = 12
AANMELDING_SOORT = {
    Aanmeldingstatus.GEZIEN: "info",
    Aanmeldingstatus.WACHTLIJST: "wacht",
    Aanmeldingstatus.VOORGESTELD: "ja",
    Aanmeldingstatus.AFWIJKEND: "ja",
    Aanmeldingstatus.AANVAARD: "ja",
}
VRAAG_SOORT = {
    Vraagstatus.INGEDIEND: "wacht",
    Vraagstatus.ACTIEF: "info",
    Vraagstatus.GEPLAATST: "ja",
}


def _laatste_dag(moment: dt.datetime) -> tuple[dt.date, str]:
    """Give the last day that counts, and the hour when the moment is not a midnight."""
    lokaal = timezone.localtime(moment)
    if lokaal.time() == dt.time.min:
        return lokaal.date() - dt.timedelta(days=1), ""
    uur = f"{lokaal.hour}.{lokaal.minute:02}" if lokaal.minute else f"{lokaal.hour}"
    return lokaal.date(), uur


@register.filter
def uiterlijk(moment: dt.datetime | None) -> str:
    """Write a deadline; one at midnight is the whole day before, as people read it."""
    if moment is None:
        return ""
    dag, uur = _laatste_dag(moment)
    tekst = date_format(dag, "l j F Y")
    return gettext("%(dag)s om %(klok)s uur") % {"dag": tekst, "klok": uur} if uur else tekst


@register.filter
def uiterlijk_kort(moment: dt.datetime | None) -> str:
    """Write the day of a deadline in short."""
    return "" if moment is None else date_format(_laatste_dag(moment)[0], "j b Y")


@register.filter
def laatste_dag(tot: dt.date | None) -> dt.date | None:
    """Give the last day of an interval that ends before `tot`."""
    return tot and tot - dt.timedelta(days=1)


@register.filter
def kind_zonder_naam(kind: Kind) -> str:
    """Say when the child came, to the month: enough to judge a place, too little to know who."""
    if kind.geboortedatum:
        return gettext("geboren in %(maand)s") % {"maand": date_format(kind.geboortedatum, "F Y")}
    return gettext("komt rond %(dag)s") % {"dag": date_format(kind.rekendatum, "j F Y")}


@register.filter
def leeftijd_bij_start(vraag: Opvangvraag) -> str:
    """Say how old the child is when care should begin."""
    maanden = vraag.kind.leeftijd_in_maanden(vraag.gewenste_start)
    if maanden < 0:
        return gettext("nog niet geboren bij de start")
    if maanden < 2 * MAANDEN_PER_JAAR:
        return ngettext(
            "%(aantal)s maand bij de start", "%(aantal)s maanden bij de start", maanden
        ) % {"aantal": maanden}
    return gettext("%(aantal)s jaar bij de start") % {"aantal": maanden // MAANDEN_PER_JAAR}


@register.filter
def past_bij(gevraagd: SupportsInt, vrij: SupportsInt | None) -> str:
    """Say to a provider which of the asked days are free at its location."""
    if vrij is None:
        return gettext("Je gaf nog geen vrije plaatsen door.")
    past, mist = int(gevraagd) & int(vrij), int(gevraagd) & ~int(vrij)
    if not mist:
        return gettext("Past helemaal bij je vrije plaatsen.")
    if not past:
        return gettext("Geen van deze dagen staat bij je vrije plaatsen.")
    return gettext("Past: %(past)s. Niet: %(mist)s.") % {
        "past": week.in_woorden(past),
        "mist": week.in_woorden(mist),
    }


@register.simple_tag
def aanmeldingstand(aanmelding: Aanmelding) -> SafeString:
    """Show the state of a request."""
    soort = AANMELDING_SOORT.get(Aanmeldingstatus(aanmelding.status), "")
    return etiket(soort, aanmelding.get_status_display())


@register.simple_tag
def vraagstand(vraag: Opvangvraag) -> SafeString:
    """Show the state of a question."""
    return etiket(VRAAG_SOORT.get(Vraagstatus(vraag.status), ""), vraag.get_status_display())


@register.inclusion_tag("aanvragen/onderdelen/wachtlijst.html")
def wachtlijst_bij(locatie: Opvanglocatie, loket: Loket | None) -> dict[str, object]:
    """Say on a location's page what is known of its waiting list; nothing without a loket."""
    if loket is None:
        return {}
    feiten = wachtlijstfeiten(locatie, nu=timezone.now(), kleinste=loket.kleine_cel)
    return {"feiten": feiten}


@register.filter
def duur(dagen: int) -> str:
    """Say a number of days as people do: in weeks, from ten weeks on in months."""
    if dagen < 7:  # noqa: PLR2004 -- a week
        return gettext("minder dan een week")
    if dagen < 70:  # noqa: PLR2004 -- ten weeks
        weken = round(dagen / 7)
        return ngettext("%(aantal)s week", "%(aantal)s weken", weken) % {"aantal": weken}
    maanden = round(dagen / 30.44)
    return ngettext("%(aantal)s maand", "%(aantal)s maanden", maanden) % {"aantal": maanden}
