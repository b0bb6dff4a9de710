"""The small parts that every page uses: `{% load loket %}`.

{% icoon "zoek" %}                       an icon from the sprite, hidden from screen readers
{% icoon "pijl" richting=True %}         one that turns round in right-to-left text
{% icoon "merk" klasse="merk__beeld" %}  with an own class in place of `ic`
{% gevel locatie.pk %}                   a drawn house front in place of a photo
{% week masker %}                        the week strip and its text (maat="klein"|"groot")
{% week gevraagd vrij=vrij %}            the asked week against the free one
{{ masker|week_woorden }}                "maandag en dinsdag hele dag"
{% stand "vrij" aantal=2 %}              vrij, misschien, vol, onbekend (own text: 2nd argument)
{% vers moment %}                        how fresh a figure is; None says "Nooit bevestigd"
{% termijn moment %}                     due: "3 dagen te laat", "Vandaag 17 u.", "nog 4 dagen"
{% termijn moment zet=True %}            in coral: it is the reader's turn
{% termijn moment voluit=True %}         "4 dec, 17 u." in place of "nog 4 dagen"
{% termijn moment klaar=True %}          in green: done
{% etiket "wacht" "Op de wachtlijst" %}  state label: "", info, ja, wacht, nee
{% datum dag %}                          "vrijdag 4 december 2026"; {{ dag|datum }} without <time>
{% datum moment uur=True %}              "vrijdag 4 december 2026 om 17 uur"
{% datum dag kort=True %}                "4 dec 2026"; {{ dag|datum_kort }}
{{ dag|maand }}                          "september 2027"
{{ moment|geleden }}                     "vandaag", "12 dagen geleden", "3 weken geleden"
{% paginering pagina %}                  links to other pages; keeps the query string
{% foutlijst form %}                     the error summary, at the top of the page
{% fout_titel form %}                    "Fout: " for the <title>, if there is something wrong
{% veld form.naam %}                     one field: label, hint, error, input
{% stap 3 6 "voor baby Haddad" %}        where you are in a number of steps
{{ telefoon|tel }}                       for `href="tel:…"`; {{ adres|een_regel }} joins lines
{% mail_stijl %}                         the sheet of mails (only in templates/mail/basis.html)
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsInt, TypeAlias

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from loket import week as weken
from loket.contact import nummer_om_te_bellen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.paginator import Page
    from django.forms import BaseForm, BoundField
    from django.template.context import Context
    from django.utils.safestring import SafeString

    from loket.context import Punt

Moment: TypeAlias = dt.date | dt.datetime

register = template.Library()

GEVELS = 4
STAND_TEKST = {
    "vrij": lambda: gettext("Plaats vrij"),
    "misschien": lambda: gettext("Misschien plaats"),
    "vol": lambda: gettext("Nu volzet"),
    "onbekend": lambda: gettext("Niet doorgegeven"),
}
MELDING_ICOON = {"success": "vink", "warning": "klok", "danger": "let-op", "error": "let-op"}


# Icons


@register.simple_tag
def icoon(naam: str, *, klasse: str = "ic", richting: bool = False) -> SafeString:
    """Show an icon of the sprite; what it means stands in words beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"{klasse} ic--richting" if richting else klasse,
        static("beeld/iconen.svg"),
        naam,
    )


@register.simple_tag
def gevel(nummer: int) -> SafeString:
    """Draw a house front for a location without a photo; the same number gives the same house."""
    return format_html(
        '<div class="gevelbeeld{}"><svg aria-hidden="true" focusable="false">'
        '<use href="{}#gevel-{}"/></svg></div>',
        " gevelbeeld--zand" if nummer % 2 else "",
        static("beeld/iconen.svg"),
        nummer % GEVELS + 1,
    )


@register.simple_tag
def melding_icoon(soort: str) -> SafeString:
    """Show the sign that goes with a kind of message."""
    return icoon(MELDING_ICOON.get(soort, "info"))


@register.simple_tag(takes_context=True)
def nav_aantal(context: Context, punt: Punt) -> SafeString | str:
    """Show how much waits behind a menu item, if an app counted it in `nav_aantallen`."""
    aantallen = context.get("nav_aantallen") or {}
    aantal, tekst = aantallen.get(punt.naam, (0, ""))
    if not aantal:
        return ""
    return format_html(
        ' <span class="nav__aantal">{}<span class="vh"> {}</span></span>', aantal, tekst
    )


# The week


@register.simple_tag
def week(
    gevraagd: SupportsInt | None,
    *,
    vrij: SupportsInt | None = None,
    maat: str = "",
    label: str = "",
) -> SafeString:
    """Draw the week; with `vrij` also what fits, what is missing and what else is free."""
    gevraagd_masker = int(gevraagd or 0)
    vrij_masker = None if vrij is None else int(vrij)
    if not label:
        label = (
            weken.in_woorden(gevraagd_masker)
            if vrij_masker is None
            else weken.in_woorden_naast(gevraagd_masker, vrij_masker)
        )

    def toestand(bit: int) -> str:
        gewenst = bool(gevraagd_masker & bit)
        if vrij_masker is None or (gewenst and vrij_masker & bit):
            return "past" if gewenst else ""
        if gewenst:
            return "mist"
        return "vrij" if vrij_masker & bit else ""

    dagen = format_html_join(
        "",
        "<i{}>{}</i>",
        (
            (
                format_html_join(
                    "",
                    ' data-{}="{}"',
                    (
                        (deel, toestand(weken.CODES[f"{dag}-{deel}"]))
                        for deel, _naam in weken.DAGDELEN
                        if toestand(weken.CODES[f"{dag}-{deel}"])
                    ),
                ),
                dag,
            )
            for dag, _naam in weken.DAGEN
        ),
    )
    return format_html(
        '<span class="week{}" role="img" aria-label="{}">{}</span>',
        f" week--{maat}" if maat else "",
        label,
        dagen,
    )


@register.filter
def week_woorden(masker: SupportsInt) -> str:
    """Say the week in words."""
    return weken.in_woorden(int(masker))


# Badges


@register.simple_tag
def stand(soort: str, tekst: str = "", *, aantal: int | None = None) -> SafeString:
    """Show the vacancy state: an own sign per state, never colour alone."""
    if not tekst and aantal is not None:
        tekst = ngettext("%(aantal)s plaats vrij", "%(aantal)s plaatsen vrij", aantal) % {
            "aantal": aantal
        }
    return format_html(
        '<span class="stand stand--{}">{}{}</span>',
        soort,
        icoon(f"stand-{soort}"),
        tekst or STAND_TEKST[soort](),
    )


@register.simple_tag
def etiket(soort: str, tekst: str) -> SafeString:
    """Show a state label."""
    return format_html(
        '<span class="etiket{}">{}</span>', f" etiket--{soort}" if soort else "", tekst
    )


def _dag(moment: Moment) -> dt.date:
    if isinstance(moment, dt.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def _klok(moment: Moment) -> str:
    """Write the hour as people say it: "17" or "17.30"; nothing for a date."""
    if not isinstance(moment, dt.datetime):
        return ""
    lokaal = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{lokaal.hour}.{lokaal.minute:02}" if lokaal.minute else f"{lokaal.hour}"


DAGEN_IN_WEEK, DAGEN_IN_MAAND, DAGEN_IN_JAAR = 7, 30, 365


@register.filter
def geleden(moment: Moment | None) -> str:
    """Say how long ago, in the coarsest words that are still useful."""
    if moment is None:
        return gettext("nooit")
    dagen = (timezone.localdate() - _dag(moment)).days
    if dagen <= 1:
        return gettext("gisteren") if dagen == 1 else gettext("vandaag")
    if dagen < 2 * DAGEN_IN_WEEK:
        return gettext("%(aantal)s dagen geleden") % {"aantal": dagen}
    if dagen < 2 * DAGEN_IN_MAAND:
        return gettext("%(aantal)s weken geleden") % {"aantal": dagen // DAGEN_IN_WEEK}
    if dagen < 2 * DAGEN_IN_JAAR:
        return gettext("%(aantal)s maanden geleden") % {"aantal": dagen // DAGEN_IN_MAAND}
    return gettext("%(aantal)s jaar geleden") % {"aantal": dagen // DAGEN_IN_JAAR}


@register.simple_tag
def vers(moment: Moment | None, *, kort: bool = False) -> SafeString:
    """Stamp a figure with its age; "never" is said, not hidden."""
    if moment is None:
        return format_html('<span class="vers vers--oud">{}</span>', gettext("Nooit bevestigd"))
    dagen = (timezone.localdate() - _dag(moment)).days
    klasse = (
        ""
        if dagen < DAGEN_IN_WEEK
        else " vers--week"
        if dagen < 3 * DAGEN_IN_WEEK
        else " vers--maand"
        if dagen < 2 * DAGEN_IN_MAAND
        else " vers--oud"
    )
    tekst = geleden(moment)
    return format_html(
        '<span class="vers{}">{}</span>',
        klasse,
        tekst if kort else gettext("Bevestigd %(geleden)s") % {"geleden": tekst},
    )


@register.simple_tag
def termijn(
    moment: Moment | None,
    tekst: str = "",
    *,
    zet: bool = False,
    voluit: bool = False,
    klaar: bool = False,
) -> SafeString:
    """Show when something is due; late is wine red, the reader's turn is coral."""
    if moment is None:
        return format_html('<span class="termijn">{}</span>', tekst or gettext("Geen termijn"))
    nog = (_dag(moment) - timezone.localdate()).days
    klok = _klok(moment)
    soort = "klaar" if klaar else "laat" if nog < 0 else "vandaag" if zet else ""
    if not tekst:
        if klaar:
            tekst = (
                gettext("%(klok)s u.") % {"klok": klok} if klok and nog == 0 else gettext("Klaar")
            )
        elif nog < 0:
            tekst = ngettext("%(aantal)s dag te laat", "%(aantal)s dagen te laat", -nog) % {
                "aantal": -nog
            }
        elif nog == 0:
            tekst = gettext("Vandaag %(klok)s u.") % {"klok": klok} if klok else gettext("Vandaag")
            soort = "vandaag" if zet or klok else ""
        elif voluit:
            dag = date_format(_dag(moment), "j b")
            tekst = gettext("%(dag)s, %(klok)s u.") % {"dag": dag, "klok": klok} if klok else dag
        else:
            tekst = ngettext("nog %(aantal)s dag", "nog %(aantal)s dagen", nog) % {"aantal": nog}
    return format_html(
        '<span class="termijn{}"><time datetime="{}">{}</time></span>',
        f" termijn--{soort}" if soort else "",
        moment.isoformat(),
        tekst,
    )


# Dates


def _datum_tekst(moment: Moment, *, kort: bool = False, uur: bool = False) -> str:
    dag = date_format(_dag(moment), "j b Y" if kort else "l j F Y")
    klok = _klok(moment)
    if uur and klok:
        return gettext("%(dag)s om %(klok)s uur") % {"dag": dag, "klok": klok}
    return dag


@register.simple_tag(name="datum")
def datum_tag(moment: Moment | None, *, kort: bool = False, uur: bool = False) -> SafeString | str:
    """Show a date with its weekday, readable by machines too."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.isoformat(),
        _datum_tekst(moment, kort=kort, uur=uur),
    )


@register.filter
def datum(moment: Moment | None) -> str:
    """Write a date with its weekday: "vrijdag 4 december 2026"."""
    return "" if moment is None else _datum_tekst(moment)


@register.filter
def datum_kort(moment: Moment | None) -> str:
    """Write a short date: "4 dec 2026"."""
    return "" if moment is None else _datum_tekst(moment, kort=True)


@register.filter
def maand(moment: Moment | None) -> str:
    """Write the month: "september 2027"."""
    return "" if moment is None else date_format(_dag(moment), "F Y")


# Mail and contact details


@register.simple_tag
def mail_stijl() -> SafeString:
    """Give the sheet of mails, which travels with the mail."""
    pad = finders.find("mail.css")
    assert isinstance(pad, str)
    css = re.sub(r"/\*.*?\*/", "", Path(pad).read_text(encoding="utf-8"), flags=re.DOTALL)
    return mark_safe(css.strip())  # noqa: S308 -- our own file, no input of others


@register.filter
def tel(telefoon: str) -> str:
    """Write a phone number as `tel:` wants it."""
    return nummer_om_te_bellen(telefoon)


@register.filter
def een_regel(tekst: str) -> str:
    """Put lines one after the other, as in a sentence."""
    return ", ".join(regel.strip().rstrip(",") for regel in tekst.splitlines() if regel.strip())


# Lists and forms


@register.inclusion_tag("onderdelen/paginering.html", takes_context=True)
def paginering(context: Context, pagina: Page[Any]) -> dict[str, Any]:
    """Link to the other pages; the query parameter is called `pagina`."""
    return {
        "pagina": pagina,
        "nummers": pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1),
        "ellips": pagina.paginator.ELLIPSIS,
        "request": context.get("request"),
    }


@register.inclusion_tag("onderdelen/foutlijst.html")
def foutlijst(*formulieren: BaseForm | None) -> dict[str, Any]:
    """Sum up what is wrong, each with a link to its field."""
    fouten = [
        {"tekst": fout, "anker": getattr(veld, "anker", "") or veld.id_for_label}
        for formulier in formulieren
        if formulier is not None
        for veld in formulier
        for fout in veld.errors
    ]
    algemeen = [
        {"tekst": fout, "anker": ""}
        for formulier in formulieren
        if formulier is not None
        for fout in formulier.non_field_errors()
    ]
    return {"fouten": algemeen + fouten}


@register.simple_tag
def fout_titel(*formulieren: BaseForm | None) -> str:
    """Say in the title of the page that something is wrong."""
    mis = any(formulier is not None and formulier.errors for formulier in formulieren)
    return gettext("Fout: ") if mis else ""


@register.simple_tag
def veld(gebonden: BoundField) -> SafeString:
    """Show one field: label, hint, error, input, in that order."""
    return gebonden.as_field_group()


@register.inclusion_tag("onderdelen/stap.html")
def stap(nummer: int, totaal: int, voor: str = "") -> dict[str, Any]:
    """Show where you are in a number of steps."""
    balk: Iterable[str] = (
        "af" if punt < nummer else "nu" if punt == nummer else "" for punt in range(1, totaal + 1)
    )
    return {"nummer": nummer, "totaal": totaal, "voor": voor, "balk": balk}
