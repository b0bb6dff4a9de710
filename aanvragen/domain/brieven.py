"""Letters of the loket: a template filled in for one family, in its language and in Dutch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanvragen.briefvelden import vul_in
from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.rust import zwijgt_over
from aanvragen.models import Briefsjabloon, Opvangvraag
from aanvragen.models.balie import NEDERLANDS
from aanvragen.workflow import AFGESLOTEN_VRAGEN, LOPENDE_AANMELDINGEN
from loket.domain.logboek import gebeurtenissen_van, leg_vast
from loket.models import Gebruiker

VERSTUURD = "aanvragen.brief.verstuurd"
AFGEDRUKT = "aanvragen.brief.afgedrukt"
_VAN_RECHTS = frozenset({"ar", "fa", "ps"})
_TITEL_TEKENS = 200


@dataclass(frozen=True, slots=True)
class Deel:
    """A letter in one language, filled in."""

    taal: str
    titel: str
    tekst: str

    @property
    def richting(self) -> str:
        return "rtl" if self.taal in _VAN_RECHTS else "ltr"

    @property
    def alineas(self) -> list[str]:
        return [deel.strip() for deel in self.tekst.split("\n\n") if deel.strip()]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a family gets: its own language first where we have it, Dutch always."""

    delen: tuple[Deel, ...]

    @property
    def titel(self) -> str:
        return " / ".join(deel.titel for deel in self.delen)[:_TITEL_TEKENS]


def stel_op(sjabloon: Briefsjabloon, vraag: Opvangvraag, *, peildatum: dt.date) -> Brief:
    """Fill a template in for a family. Refuses one without a Dutch text."""
    waarden = _waarden(vraag, peildatum=peildatum)
    per_taal = {tekst.taal: tekst for tekst in sjabloon.teksten.all()}
    if NEDERLANDS not in per_taal:
        raise Weigering(_("Deze brief heeft nog geen Nederlandse tekst."))
    talen = dict.fromkeys([vraag.kind.gezin.taal, NEDERLANDS])
    return Brief(
        tuple(
            Deel(taal, vul_in(tekst.titel, waarden), vul_in(tekst.tekst, waarden))
            for taal in talen
            if (tekst := per_taal.get(taal))
        )
    )


@transaction.atomic
def verstuur_brief(
    vraag: Opvangvraag, sjabloon: Briefsjabloon, *, door: Gebruiker, nu: dt.datetime
) -> None:
    """Send a letter to the parents: by mail, and on paper to a home without an e-mail address.

    Guarantees: one letter a day from one template to one family, also after a double click or two
    colleagues. Refuses: a template of another loket, a question that ended, a family that wants
    calm (R5). Causes a line in the logbook.
    """
    vraag = _bewaakt(vraag, sjabloon)
    vandaag = timezone.localdate(nu)
    eerder = gebeurtenissen_van(vraag).filter(werkwoord=VERSTUURD, gegevens__sjabloon=sjabloon.pk)
    if any(timezone.localdate(een.op) == vandaag for een in eerder):
        raise Weigering(_("Dit gezin kreeg deze brief vandaag al."))
    _leg_vast(VERSTUURD, vraag, sjabloon, door=door, nu=nu)
    meld_ouders(
        vraag,
        "brief",
        nu=nu,
        sleutel=f"brief:{sjabloon.pk}:{vraag.pk}:{vandaag.isoformat()}",
        brief=stel_op(sjabloon, vraag, peildatum=vandaag),
    )


@transaction.atomic
def druk_af(
    vraag: Opvangvraag, sjabloon: Briefsjabloon, *, door: Gebruiker, nu: dt.datetime
) -> Brief:
    """Give a letter to print and hand over; it is logged, and sends nothing. Refuses as above."""
    vraag = _bewaakt(vraag, sjabloon)
    brief = stel_op(sjabloon, vraag, peildatum=timezone.localdate(nu))
    _leg_vast(AFGEDRUKT, vraag, sjabloon, door=door, nu=nu)
    return brief


def _bewaakt(vraag: Opvangvraag, sjabloon: Briefsjabloon) -> Opvangvraag:
    """Lock the question and look if this family may be written to."""
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket", "kind__gezin").get(pk=vraag.pk)
    )
    if sjabloon.loket_id != vraag.loket_id or vraag.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    if zwijgt_over(vraag):
        raise Weigering(_("Dit gezin vroeg rust. Van ons krijgt het niets meer."))
    return vraag


def _leg_vast(
    werkwoord: str,
    vraag: Opvangvraag,
    sjabloon: Briefsjabloon,
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    leg_vast(
        werkwoord,
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        sjabloon=sjabloon.pk,
        brief=sjabloon.naam,
    )


def _waarden(vraag: Opvangvraag, *, peildatum: dt.date) -> dict[str, str]:
    opvang = vraag.aanmeldingen.filter(status__in=LOPENDE_AANMELDINGEN).order_by("rang")
    return {
        "kind": vraag.kind.naam,
        "referentie": vraag.referentie,
        "start": date_format(vraag.gewenste_start, "j F Y"),
        "opvang": ", ".join(opvang.values_list("locatie__naam", flat=True)),
        "loket": vraag.loket.naam,
        "telefoon": vraag.loket.telefoon,
        "adres": vraag.loket.adres,
        "vandaag": date_format(peildatum, "j F Y"),
    }
