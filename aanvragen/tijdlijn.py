"""What happened with a question, in sentences for staff: one per verb of the logbook.

The family reads the same story in its own words (views/verhaal.py). A verb that only repeats what
another says in the same transaction is in `ZWIJGT`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.workflow import BijEinde, Vervalreden, Weigerreden
from loket import week
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Gebeurtenis
from loket.workflow import Berichtstatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from aanvragen.models import Opvangvraag

ZINNEN: Mapping[str, StrPromise] = {
    "aanvragen.vraag.ingediend": _("De vraag kwam binnen"),
    "aanvragen.vraag.actief": _("De vraag ging naar de opvang"),
    "aanvragen.vraag.geplaatst": _("Er is een plaats gevonden"),
    "aanvragen.vraag.vervallen": _("De vraag is gestopt"),
    "aanvragen.vraag.ingetrokken": _("De vraag is ingetrokken"),
    "aanvragen.vraag.onbeantwoord": _("De vraag is afgesloten: er was geen plaats"),
    "aanvragen.vraag.bevestigd": _("Het gezin zoekt nog altijd opvang"),
    "aanvragen.vraag.samengevoegd": _("Twee vragen voor dit kind werden één vraag"),
    "aanvragen.vraag.samenvoegen_gevraagd": _(
        "Het loket vroeg de ouder van de eerdere vraag of deze vraag erbij mag"
    ),
    "aanvragen.vraag.samenvoegen_samen": _("De ouder van de eerdere vraag zei ja"),
    "aanvragen.vraag.samenvoegen_geweigerd": _("De ouder van de eerdere vraag zei nee"),
    "aanvragen.vraag.samenvoegen_gestopt": _("Het loket vraagt niet langer om samen te voegen"),
    "aanvragen.vraag.samen_geteld": _(
        "Hetzelfde kind als een eerdere vraag: ze lopen apart en tellen als één"
    ),
    "aanvragen.vraag.gescheiden": _("De samenvoeging is ongedaan gemaakt"),
    "aanvragen.post.afgehandeld": _("Een brief aan het gezin is afgehandeld"),
    "aanvragen.vraag.gewijzigd": _("De vraag is gewijzigd"),
    "aanvragen.vraag.hartslag_gevraagd": _("We vroegen het gezin of het nog opvang zoekt"),
    "aanvragen.gezin.verhuisd": _("Het gezin gaf een nieuw adres"),
    "aanvragen.kind.geboren": _("Het kind is geboren"),
    "aanvragen.gesprek.gezin": _("Het gezin schreef een bericht"),
    "aanvragen.gesprek.toeleider": _("Een bericht in naam van het gezin"),
    "aanvragen.gesprek.loket": _("Het loket schreef een bericht"),
    "aanvragen.gesprek.opvang": _("%(locatie)s schreef het gezin"),
    "aanvragen.gesprek.afgehandeld": _("Een bericht had geen antwoord nodig"),
    "aanvragen.aanmelding.vrijgemeld": _("Het loket belde %(locatie)s: de plaats is weer vrij"),
    "aanvragen.concept.geopend": _("Het loket ging verder met een half ingevulde aanvraag"),
    "aanvragen.bericht.opnieuw": _("Een mail die niet aankwam, gaat opnieuw"),
    "aanvragen.aanmelding.toegevoegd": _("De vraag ging ook naar %(locatie)s"),
    "aanvragen.aanmelding.gezien": _("%(locatie)s las de vraag"),
    "aanvragen.aanmelding.herinnerd": _("Het loket herinnerde %(locatie)s aan de vraag"),
    "aanvragen.aanmelding.vanzelf_herinnerd": _(
        "%(locatie)s kreeg een herinnering: de antwoordtermijn loopt af"
    ),
    "aanvragen.aanmelding.eindstatus_gevraagd": _(
        "De start is voorbij: we vroegen %(locatie)s hoe het nu staat"
    ),
    "aanvragen.aanmelding.blijft_wachten": _("Nog altijd op de wachtlijst bij %(locatie)s"),
    "aanvragen.aanmelding.wachtlijst": _("Op de wachtlijst bij %(locatie)s"),
    "aanvragen.aanmelding.voorgesteld": _("%(locatie)s stelde een plaats voor"),
    "aanvragen.aanmelding.afwijkend_voorstel": _("%(locatie)s stelde een andere plaats voor"),
    "aanvragen.aanmelding.aanvaard": _("De plaats bij %(locatie)s is aanvaard"),
    "aanvragen.aanmelding.geweigerd_door_opvang": _(
        "%(locatie)s heeft geen plaats: %(weigerreden)s"
    ),
    "aanvragen.aanmelding.geweigerd_door_ouder": _("De vraag bij %(locatie)s stopt"),
    "aanvragen.aanmelding.verlopen": _(
        "Geen antwoord op tijd: het voorstel van %(locatie)s is verlopen"
    ),
    "aanvragen.aanmelding.vervallen_elders": _(
        "De vraag bij %(locatie)s vervalt: er is een plaats bij een andere opvang"
    ),
    "aanvragen.aanmelding.vervallen": _("De vraag bij %(locatie)s is gestopt"),
    "aanvragen.toestemming.gegeven": _("Het gezin laat een toeleider helpen"),
    "aanvragen.toestemming.geweigerd": _("Het gezin wil de hulp van een toeleider niet"),
    "aanvragen.toestemming.beeindigd": _("De toestemming voor een toeleider is gestopt"),
    "aanvragen.afspraak.gemaakt": _("Er is een afspraak gemaakt"),
    "aanvragen.afspraak.verplaatst": _("Een afspraak is verplaatst"),
    "aanvragen.afspraak.afgezegd": _("Een afspraak is afgezegd"),
    "aanvragen.afspraak.gedaan": _("Een afspraak ging door"),
    "aanvragen.afspraak.gemist": _("Een afspraak ging niet door"),
    "aanvragen.doorverwijzing.gedaan": _("Het gezin is doorverwezen naar een partner"),
    "aanvragen.doorverwijzing.uitkomst": _("Wat er van een doorverwijzing kwam, is genoteerd"),
    "aanvragen.noodplan.heropend": _(
        "%(locatie)s sluit: het loket zoekt dringend een nieuwe plaats"
    ),
    "aanvragen.noodplan.geschreven": _("Het loket schreef het gezin over de sluiting"),
    "aanvragen.taak.gegeven": _("Een taak kreeg iemand die ze doet, of werd losgelaten"),
    "aanvragen.taak.uitgesteld": _("Een taak wacht"),
    "aanvragen.taak.teruggehaald": _("Een taak wacht niet meer"),
    "aanvragen.taak.klaar": _("Een taak is gedaan"),
    "aanvragen.notitie.genoteerd": _("Iemand van het loket schreef een notitie"),
    "aanvragen.notitie.gewist": _("Iemand van het loket wiste een notitie"),
    "aanvragen.brief.verstuurd": _("Het loket schreef het gezin: %(brief)s"),
    "aanvragen.brief.afgedrukt": _("Het loket drukte een brief af: %(brief)s"),
    "aanvragen.voorstel.gedaan": _(
        "%(locatie)s stelde een plaats voor: vanaf %(start)s, %(rooster)s"
    ),
    "aanvragen.voorstel.vastgehouden": _("Het voorstel van %(locatie)s wordt vastgehouden"),
    "aanvragen.voorstel.bij_einde": _("Op het einde bij %(locatie)s: %(bij_einde)s"),
    "aanvragen.voorstel.herinnerd": _(
        "Het gezin kreeg een herinnering voor het voorstel van %(locatie)s"
    ),
    "aanvragen.voorstel.hersteld": _("Het voorstel van %(locatie)s staat weer open"),
    "aanvragen.aanmelding.hervat": _("De vraag bij %(locatie)s telt weer mee"),
    "aanvragen.aanmelding.verzonden": _("De vraag ging opnieuw naar %(locatie)s"),
    "aanvragen.aanmelding.buiten_keuze": _(
        "Het loket vond plaats bij %(locatie)s, buiten de keuzes van het gezin"
    ),
    "aanvragen.plaatsing.teruggedraaid": _("De plaats bij %(locatie)s is teruggedraaid"),
    "aanvragen.voorstel.aanvaard": _("Het voorstel van %(locatie)s is aanvaard"),
    "aanvragen.voorstel.geweigerd": _("Het voorstel van %(locatie)s is niet aangenomen"),
    "aanvragen.voorstel.verlopen": _("Het voorstel van %(locatie)s is verlopen"),
    "aanvragen.voorstel.ingetrokken": _("Het voorstel van %(locatie)s gaat niet door"),
}

#: Logged beside another verb of the same moment that says more.
ZWIJGT = frozenset(
    {
        "aanvragen.vraag.geplaatst",
        "aanvragen.aanmelding.voorgesteld",
        "aanvragen.aanmelding.afwijkend_voorstel",
        "aanvragen.aanmelding.geweigerd_door_ouder",
        "aanvragen.voorstel.aanvaard",
        "aanvragen.voorstel.verlopen",
    }
)

#: How somebody acted who was not signed in, or for whom somebody else acted.
NAMENS: Mapping[str, StrPromise] = {
    "link in mail": _("de opvang, met de link in de mail"),
    "link in mail aan gezin": _("het gezin, met de link in de mail"),
    "opvang aan de telefoon": _("voor de opvang, aan de telefoon"),
    "gezin aan de telefoon": _("voor het gezin, aan de telefoon"),
    "noodplan": _("omdat de opvang sluit"),
    "opvang en gezin aan de telefoon": _("voor de opvang en het gezin, aan de telefoon"),
    "termijn": _("vanzelf, de termijn is voorbij"),
    "plaats weg": _("vanzelf, de plaats was net weg"),
    "ander voorstel vastgehouden": _("vanzelf, het gezin houdt een andere plaats vast"),
    "teruggedraaid": _("bij het terugdraaien"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the logbook; `wie` may name a colleague or a parent."""

    op: dt.datetime
    tekst: str
    wie: str = ""
    bericht: Bericht | None = None


def zin(gebeurtenis: Gebeurtenis) -> str:
    """The sentence of one event; an unknown verb is shown as it is, never hidden."""
    sjabloon = ZINNEN.get(gebeurtenis.werkwoord)
    if sjabloon is None:
        return gebeurtenis.werkwoord
    return str(sjabloon) % defaultdict(str, _in_woorden(gebeurtenis.gegevens))


def logboek(vraag: Opvangvraag) -> list[Regel]:
    """Everything, newest first: events with who did them, and mails with what became of them."""
    regels = [
        Regel(op=g.op, tekst=_met_reden(g), wie=_wie(g))
        for g in gebeurtenissen_van(vraag)
        if g.werkwoord not in ZWIJGT
    ]
    regels += [
        Regel(op=b.verzonden_op or b.aangemaakt_op, tekst=_bericht_zin(b), bericht=b)
        for b in Bericht.objects.over(vraag)
    ]
    return sorted(regels, key=lambda regel: regel.op, reverse=True)


def _in_woorden(gegevens: Mapping[str, Any]) -> dict[str, str]:
    """Turn the primitives of an event into words; what is missing or damaged stays out."""
    woorden = {sleutel: str(waarde) for sleutel, waarde in gegevens.items()}
    if gegevens.get("weigerreden") in Weigerreden.values:
        label = str(Weigerreden(gegevens["weigerreden"]).label)
        woorden["weigerreden"] = label[0].lower() + label[1:]
    if gegevens.get("bij_einde") in BijEinde.values:
        label = str(BijEinde(gegevens["bij_einde"]).label)
        woorden["bij_einde"] = label[0].lower() + label[1:]
    if isinstance(gegevens.get("start"), str):
        woorden["start"] = date_format(dt.date.fromisoformat(gegevens["start"]), "j F Y")
    if isinstance(gegevens.get("rooster"), int):
        woorden["rooster"] = week.in_woorden(gegevens["rooster"])
    return woorden


def _met_reden(gebeurtenis: Gebeurtenis) -> str:
    """Say why a question lapsed; after sad news only that it did."""
    tekst = zin(gebeurtenis)
    reden = gebeurtenis.gegevens.get("vervalreden")
    if reden in Vervalreden.values and reden != Vervalreden.DROEVIG:
        return f"{tekst}: {Vervalreden(reden).label}"
    return tekst


def _wie(gebeurtenis: Gebeurtenis) -> str:
    namens = str(NAMENS.get(gebeurtenis.namens, gebeurtenis.namens))
    if gebeurtenis.door is None:
        return namens or gettext("vanzelf")
    return f"{gebeurtenis.door}, {namens}" if namens else str(gebeurtenis.door)


def _bericht_zin(bericht: Bericht) -> str:
    zinnen = {
        Berichtstatus.WACHT: gettext("Mail aan %(aan)s vertrekt zo: %(titel)s"),
        Berichtstatus.BEZIG: gettext("Mail aan %(aan)s vertrekt zo: %(titel)s"),
        Berichtstatus.VERZONDEN: gettext("Mail aan %(aan)s: %(titel)s"),
        Berichtstatus.MISLUKT: gettext("Mail aan %(aan)s kwam niet aan: %(titel)s"),
        Berichtstatus.INGETROKKEN: gettext(
            "Mail aan %(aan)s niet verstuurd, de vraag was gestopt: %(titel)s"
        ),
    }
    return zinnen[Berichtstatus(bericht.status)] % {"aan": bericht.aan, "titel": bericht.titel}
