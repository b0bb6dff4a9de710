"""What a mail would say, on paper: a letter to a family without an e-mail address, and a text
message that staff may copy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanvragen.models import Gezin, Opvangvraag, Ouder, Papierpost
from aanvragen.models.post import Poststand, Samenvoegstand
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker

SMS_LENGTE = 160
#: A letter with a slip to cut off, by the mail that it stands for.
STROKEN: Mapping[str, str] = {
    "voorstel": "voorstel",
    "voorstel_herinnering": "voorstel",
    "hartslag": "hartslag",
    "dubbel_gevraagd": "samen",
}
#: They only say that there is something to read online: somebody calls instead.
ALLEEN_ONLINE = frozenset({"gesprek"})


def schrijf_brieven(
    vraag: Opvangvraag,
    sjabloon: str,
    *,
    zonder: Sequence[Ouder],
    nu: dt.datetime,
    context: Mapping[str, Any],
    sleutel: str | None = None,
) -> list[Papierpost]:
    """Write what the mail `sjabloon` says to the parents that have no e-mail address.

    One letter per address: none to a home where somebody gets the mail. Who joined by a merge gets
    it at the own address, never at that of the other parent. The same `sleutel` gives one letter,
    ever. Called by `meldingen.meld_ouders`, which guards calm (R5).
    """
    if sjabloon in ALLEEN_ONLINE:
        return []
    per_gezin: dict[int, tuple[Gezin, list[Ouder]]] = {}
    for ouder in zonder:
        gezin = _thuis(ouder)
        if not gezin.ouders.thuis().exclude(email="").exists():
            per_gezin.setdefault(gezin.pk, (gezin, []))[1].append(ouder)
    brieven = []
    for gezin, ouders in per_gezin.values():
        velden = _inhoud(vraag, sjabloon, ouder=ouders[0], context=context)
        velden |= {"vraag": vraag, "gezin": gezin, "sjabloon": sjabloon, "aangemaakt_op": nu}
        if sleutel is None:
            brief = Papierpost.objects.create(**velden)
        else:
            brief, _nieuw = Papierpost.objects.get_or_create(
                sleutel=f"{sleutel}:gezin{gezin.pk}", defaults=velden
            )
        brief.ouders.set(ouders)
        brieven.append(brief)
    return brieven


@transaction.atomic
def handel_af(
    brieven: Iterable[Papierpost], *, stand: Poststand, door: Gebruiker, nu: dt.datetime
) -> int:
    """Note that these letters were posted, or that nobody needs them; gives how many.

    A letter that a colleague noted meanwhile is left as it is. Every one is logged.
    """
    aantal = 0
    for brief in brieven:
        gelukt = Papierpost.objects.filter(pk=brief.pk, stand=Poststand.KLAAR).update(
            stand=stand, afgehandeld_op=nu, afgehandeld_door=door
        )
        if gelukt:
            leg_vast(
                "aanvragen.post.afgehandeld",
                brief.vraag,
                door=door,
                nu=nu,
                loket=brief.vraag.loket,
                brief=brief.pk,
                stand=stand.value,
            )
        aantal += gelukt
    return aantal


def alineas(tekst: str) -> str:
    """The body of a text mail without its foot, and without what only works on a screen."""
    hoofd = tekst.partition("\n--\n")[0]
    delen = [deel.strip() for deel in hoofd.split("\n\n")]
    return "\n\n".join(deel for deel in delen if deel and settings.SITE_URL not in deel)


def sms(vraag: Opvangvraag, sjabloon: str, context: Mapping[str, Any]) -> str:
    """One text message, without the child's name, that fits in one (160 signs)."""
    locatie = context.get("locatie") or getattr(context.get("aanmelding"), "locatie", None)
    opvang = str(locatie.naam) if locatie else ""
    zin = _smszin(sjabloon, opvang, context)
    einde = (
        _("Bel %(telefoon)s.") % {"telefoon": vraag.loket.telefoon} if vraag.loket.telefoon else ""
    )
    begin = _("%(loket)s, vraag %(nummer)s:") % {
        "loket": vraag.loket.naam,
        "nummer": vraag.referentie,
    }
    over = len(f"{begin} {zin} {einde}".strip()) - SMS_LENGTE
    if over > 0 and opvang:
        kort = opvang[: max(len(opvang) - over - 1, 3)].rstrip() + "."
        zin = _smszin(sjabloon, kort, context)
    if len(f"{begin} {zin} {einde}") > SMS_LENGTE:
        begin = _("Loket kinderopvang, vraag %(nummer)s:") % {"nummer": vraag.referentie}
    return f"{begin} {zin} {einde}".strip()[:SMS_LENGTE]


def _smszin(sjabloon: str, opvang: str, context: Mapping[str, Any]) -> str:
    voorstel = context.get("voorstel")
    dag = ""
    if voorstel is not None:
        dag = date_format(timezone.localtime(voorstel.geldig_tot - dt.timedelta(seconds=1)), "j F")
    zinnen = {
        "ontvangen": _("we hebben je vraag. Je hoort van ons bij elk antwoord."),
        "wachtlijst": _("%(opvang)s zet je op de wachtlijst."),
        "geen_plaats": _("%(opvang)s heeft geen plaats. Je andere keuzes lopen door."),
        "voorstel": _("%(opvang)s heeft een plaats voor je. Antwoord voor of op %(dag)s."),
        "voorstel_herinnering": _("je plaats bij %(opvang)s. Antwoord voor of op %(dag)s."),
        "geplaatst": _("je hebt een plaats bij %(opvang)s."),
        "hartslag": _("zoek je nog opvang? Laat het ons weten."),
        "dubbel_gevraagd": _("we willen je iets vragen over je vraag."),
        "vervallen": _("je vraag is gestopt."),
        "ingetrokken": _("je vraag is gestopt, zoals je vroeg."),
    }
    zin = zinnen.get(sjabloon, _("er is nieuws over je vraag. Je krijgt een brief."))
    return zin % {"opvang": opvang or _("de opvang"), "dag": dag}


def _thuis(ouder: Ouder) -> Gezin:
    """The family at whose address this parent lives."""
    samen = (
        ouder.samenvoegingen.filter(stand=Samenvoegstand.SAMEN)
        .select_related("dubbel__kind__gezin")
        .first()
    )
    return samen.dubbel.kind.gezin if samen else ouder.gezin


def _inhoud(
    vraag: Opvangvraag, sjabloon: str, *, ouder: Ouder, context: Mapping[str, Any]
) -> dict[str, Any]:
    gegevens = {
        **context,
        "vraag": vraag,
        "ouder": ouder,
        "loket": vraag.loket,
        "site_url": settings.SITE_URL,
        "papier": True,
    }
    tekst = render_to_string(f"mail/aanvragen/{sjabloon}.txt", gegevens)
    titel, _leeg, rest = tekst.lstrip().partition("\n")
    voorstel = context.get("voorstel")
    return {
        "titel": " ".join(titel.split())[:200],
        "tekst": alineas(rest),
        "sms": sms(vraag, sjabloon, context),
        "antwoord_tegen": voorstel.geldig_tot if voorstel else None,
    }
