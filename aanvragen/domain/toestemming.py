"""A family lets a toeleider help: asked with a code or on paper, dated, and over by itself.

A ticket (`Toestemmingscode`) is not a consent yet. It becomes one when the parent reads six digits
to the toeleider, or presses the button behind the link of the mail. Whoever types a number or an
address that is not known is answered as if it was: nobody learns here who is a client.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.models import Gezin, Opvangvraag, Toestemming, Toestemmingscode
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    Hulpduur,
    Hulpomvang,
    Toestemmingswijze,
    Vraagstatus,
)
from loket.contact import kaal
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Lidmaatschap, Rol

#: Code and link work this long: a parent reads its mail, or comes back next week.
CODE_GELDIG = dt.timedelta(days=7)
CIJFERS = 6
#: So many codes a family may be asked for in a day; the next ones are not sent.
CODES_PER_DAG = 5
#: What a toeleider gets for a family for which it asks care itself.
STANDAARD_DUUR = Hulpduur.HALFJAAR
_ZOUT = "aanvragen.toestemming"
NAMENS_MAIL = "link in mail aan gezin"


class GeenToeleider(Weigering):
    standaard = _("Kies iemand die voor het loket gezinnen begeleidt.")


class CodeKloptNiet(Weigering):
    standaard = _(
        "Deze code klopt niet of werkt niet meer. Vraag de ouder om de cijfers nog eens te lezen, "
        "of stuur een nieuwe code."
    )


class CodeVoorbij(Weigering):
    standaard = _("Deze vraag om toestemming is al beantwoord, of te oud.")


class GezinOnbekend(Weigering):
    standaard = _(
        "We vinden geen lopende vraag met dit nummer en deze naam. Kijk het na op het formulier."
    )


# Giving, and ending


@transaction.atomic
def geef_toestemming(
    vraag: Opvangvraag,
    *,
    toeleider: Gebruiker,
    omvang: Hulpomvang,
    dagen: int,
    wijze: Toestemmingswijze,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> Toestemming:
    """Let this toeleider help the family of this question for so many days from today.

    Guarantees: one consent per family and toeleider; an earlier one ends now. Refuses who is no
    toeleider of the loket today (GeenToeleider) and a question that ended (OngeldigeOvergang).
    Causes: an event with each running question of the family, and a mail to both parents that says
    who may do what until when, and how to end it. Source: domein.md §1.6.
    """
    _vergrendel(vraag)
    if vraag.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    vandaag = timezone.localdate(nu)
    als_toeleider = Lidmaatschap.objects.geldig_op(vandaag).filter(
        gebruiker=toeleider, loket=vraag.loket_id, rol=Rol.TOELEIDER
    )
    if not als_toeleider.exists():
        raise GeenToeleider
    toestemming = _schrijf(
        vraag.kind.gezin,
        toeleider=toeleider,
        omvang=omvang,
        dagen=dagen,
        wijze=wijze,
        door=door,
        nu=nu,
    )
    namens = NAMENS_MAIL if wijze == Toestemmingswijze.LINK else ""
    _leg_vast("gegeven", toestemming, _lopende(vraag.kind.gezin), door=door, nu=nu, namens=namens)
    meld_ouders(
        vraag,
        "toestemming_gegeven",
        nu=nu,
        toestemming=toestemming,
        organisatie=organisatie_van(toeleider, vraag.loket_id, peildatum=vandaag),
        hulp_url=settings.SITE_URL + reverse("mijn:hulp", args=[vraag.referentie]),
    )
    return toestemming


def geef_bij_aanvraag(
    vragen: Iterable[Opvangvraag],
    *,
    gezin: Gezin,
    toeleider: Gebruiker,
    dagen: int,
    nu: dt.datetime,
) -> Toestemming:
    """The toeleider who asks care for a family may follow it from then on.

    Runs in the transaction that hands in. Nothing is mailed: the family sees it with its question.
    """
    toestemming = _schrijf(
        gezin,
        toeleider=toeleider,
        omvang=Hulpomvang.AANVRAGEN,
        dagen=dagen,
        wijze=Toestemmingswijze.AANVRAAG,
        door=toeleider,
        nu=nu,
    )
    _leg_vast("gegeven", toestemming, vragen, door=toeleider, nu=nu)
    return toestemming


@transaction.atomic
def geef_op_papier(
    *,
    referentie: str,
    familienaam: str,
    toeleider: Gebruiker,
    omvang: Hulpomvang,
    dagen: int,
    nu: dt.datetime,
) -> Toestemming:
    """A toeleider notes the form that a parent signed: the number and the name stand on it.

    Refuses a number and a name that are not of one running question of the toeleider's lokets
    (GezinOnbekend). The parents are mailed, so that nobody gets a helper unseen.
    """
    gevonden = [
        vraag
        for vraag in vragen_van(referentie, toeleider, nu=nu).select_related(
            "aanvrager", "kind__gezin", "loket"
        )
        if "@" not in referentie and kaal(vraag.aanvrager.familienaam) == kaal(familienaam)
    ]
    if not gevonden:
        raise GezinOnbekend
    return geef_toestemming(
        gevonden[0],
        toeleider=toeleider,
        omvang=omvang,
        dagen=dagen,
        wijze=Toestemmingswijze.PAPIER,
        door=toeleider,
        nu=nu,
    )


@transaction.atomic
def beeindig(toestemming: Toestemming, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """The family takes its consent back; from this moment the toeleider sees nothing more.

    Refuses one that is over already (OngeldigeOvergang).
    """
    geraakt = (
        Toestemming.objects.geldig_op(timezone.localdate(nu))
        .filter(pk=toestemming.pk)
        .update(beeindigd_op=nu)
    )
    if geraakt != 1:
        raise OngeldigeOvergang
    toestemming.beeindigd_op = nu
    _leg_vast("beeindigd", toestemming, _lopende(toestemming.gezin), door=door, nu=nu)


# With a code or a link


@transaction.atomic
def maak_code(
    vraag: Opvangvraag,
    *,
    toeleider: Gebruiker | None,
    omvang: Hulpomvang,
    dagen: int,
    nu: dt.datetime,
) -> Toestemmingscode:
    """Make a ticket that the parent turns into a consent; an earlier one for the same is void.

    With a `toeleider` it is asked for: both parents get a mail with the code and a link. Without,
    a parent made it on the screen, for whoever it reads the digits to. Refuses a question that
    ended (OngeldigeOvergang).
    """
    _vergrendel(vraag)
    if vraag.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    vraag.toestemmingscodes.bruikbaar(nu).filter(toeleider=toeleider).update(geldig_tot=nu)
    code = Toestemmingscode.objects.create(
        opvangvraag=vraag,
        toeleider=toeleider,
        omvang=omvang,
        dagen=dagen,
        gemaakt_op=nu,
        geldig_tot=nu + CODE_GELDIG,
    )
    if toeleider is not None:
        meld_ouders(
            vraag,
            "toestemming_gevraagd",
            nu=nu,
            gevraagd=code,
            code=code_van(code),
            organisatie=organisatie_van(
                toeleider, vraag.loket_id, peildatum=timezone.localdate(nu)
            ),
            hulp_url=link_van(code),
        )
    return code


def vraag_toestemming(
    wie: str, *, toeleider: Gebruiker, omvang: Hulpomvang, dagen: int, nu: dt.datetime
) -> None:
    """Send a code to the parents whom the toeleider means; tells nothing of what was found.

    Silent when nobody is found, and when the family was asked `CODES_PER_DAG` times today.
    """
    vraag = (
        vragen_van(wie, toeleider, nu=nu)
        .select_related("kind__gezin", "loket")
        .order_by("-aangemaakt_op", "-pk")
        .first()
    )
    if vraag is None:
        return
    recent = Toestemmingscode.objects.filter(
        opvangvraag__kind__gezin=vraag.kind.gezin_id,
        gemaakt_op__gt=nu - dt.timedelta(days=1),
    )
    if recent.count() < CODES_PER_DAG:
        maak_code(vraag, toeleider=toeleider, omvang=omvang, dagen=dagen, nu=nu)


def gebruik_code(wie: str, cijfers: str, *, toeleider: Gebruiker, nu: dt.datetime) -> Toestemming:
    """Turn the digits that the parent read out into a consent.

    Refuses digits that are not of this family's running tickets for this toeleider
    (CodeKloptNiet). A wrong try counts with each of them, also though it is refused: after
    `querysets.MAX_POGINGEN` a ticket is dead.
    """
    gelukt = _probeer_code(wie, cijfers, toeleider=toeleider, nu=nu)
    if gelukt is None:
        raise CodeKloptNiet
    return gelukt


@transaction.atomic
def bevestig_met_link(code: Toestemmingscode, *, nu: dt.datetime) -> Toestemming:
    """The parent says yes behind the link of the mail. Refuses a ticket that is over
    (CodeVoorbij).
    """
    vers = _bruikbaar(code, nu=nu)
    assert vers.toeleider is not None
    return _verzilver(vers, vers.toeleider, wijze=Toestemmingswijze.LINK, nu=nu)


@transaction.atomic
def weiger_met_link(code: Toestemmingscode, *, nu: dt.datetime) -> None:
    """The parent says no; the toeleider is told nothing. Refuses a ticket that is over."""
    vers = _bruikbaar(code, nu=nu)
    Toestemmingscode.objects.filter(pk=vers.pk).update(geweigerd_op=nu)
    vraag = vers.opvangvraag
    leg_vast(
        "aanvragen.toestemming.geweigerd",
        vraag,
        door=None,
        nu=nu,
        loket=vraag.loket,
        namens=NAMENS_MAIL,
        toeleider=vers.toeleider_id,
    )


def code_van(code: Toestemmingscode) -> str:
    """The digits of a ticket, computed: who reads the database can not read them out."""
    bytes_ = salted_hmac(_ZOUT, str(code.sleutel), algorithm="sha256").digest()
    return str(int.from_bytes(bytes_[:8]) % 10**CIJFERS).zfill(CIJFERS)


def link_van(code: Toestemmingscode) -> str:
    """Absolute address of the page with the two buttons."""
    token = signing.dumps(str(code.sleutel), salt=_ZOUT)
    return settings.SITE_URL + reverse("toestemming:link", args=[token])


def lees_token(token: str) -> Toestemmingscode | None:
    """The ticket behind a link, used or not; None when the token is forged or damaged."""
    try:
        sleutel = signing.loads(token, salt=_ZOUT)
    except signing.BadSignature:
        return None
    return (
        Toestemmingscode.objects.exclude(toeleider=None)
        .select_related("toeleider", "opvangvraag__kind__gezin", "opvangvraag__loket")
        .filter(sleutel=sleutel)
        .first()
    )


# Who is meant


def vragen_van(wie: str, toeleider: Gebruiker, *, nu: dt.datetime) -> QuerySet[Opvangvraag]:
    """Running questions with this number, or of a parent with this address, at the lokets that the
    person works for as a toeleider today.
    """
    lokets = (
        Lidmaatschap.objects.geldig_op(timezone.localdate(nu))
        .filter(gebruiker=toeleider, rol=Rol.TOELEIDER)
        .values("loket")
    )
    lopend = Opvangvraag.objects.filter(loket__in=lokets).exclude(
        status__in=[*AFGESLOTEN_VRAGEN, Vraagstatus.CONCEPT]
    )
    schoon = wie.replace("\x00", "").strip()
    if "@" in schoon:
        van_adres = Q(kind__gezin__ouders__email__iexact=schoon)
        return lopend.filter(pk__in=lopend.filter(van_adres).values("pk"))
    kaal = schoon.upper().replace("-", "").replace(" ", "")
    return lopend.filter(referentie=f"{kaal[:4]}-{kaal[4:]}")


def toeleiders_van(loket_id: int, *, peildatum: dt.date) -> QuerySet[Gebruiker]:
    """Who guides families for this loket on a day."""
    leden = Lidmaatschap.objects.geldig_op(peildatum).filter(loket=loket_id, rol=Rol.TOELEIDER)
    return Gebruiker.objects.filter(is_active=True, pk__in=leden.values("gebruiker")).order_by(
        "naam", "email"
    )


def collegas_van(vraag: Opvangvraag, *, peildatum: dt.date) -> QuerySet[Gebruiker]:
    """Who may be given work about this question: staff of its loket, and the toeleiders of the
    loket whom the family lets help.
    """
    leden = Lidmaatschap.objects.geldig_op(peildatum).filter(loket=vraag.loket_id)
    helpers = Toestemming.objects.geldig_op(peildatum).filter(gezin=vraag.kind.gezin_id)
    van_hier = leden.filter(
        Q(rol=Rol.LOKETMEDEWERKER) | Q(rol=Rol.TOELEIDER, gebruiker__in=helpers.values("toeleider"))
    )
    return Gebruiker.objects.filter(is_active=True, pk__in=van_hier.values("gebruiker")).order_by(
        "naam", "email"
    )


def organisatie_van(toeleider: Gebruiker, loket_id: int, *, peildatum: dt.date) -> str:
    """For whom the toeleider works; nothing when that was not filled in."""
    return (
        Lidmaatschap.objects.geldig_op(peildatum)
        .filter(gebruiker=toeleider, loket=loket_id, rol=Rol.TOELEIDER)
        .exclude(organisatie="")
        .values_list("organisatie", flat=True)
        .first()
        or ""
    )


@transaction.atomic
def _probeer_code(
    wie: str, cijfers: str, *, toeleider: Gebruiker, nu: dt.datetime
) -> Toestemming | None:
    kandidaten = list(
        Toestemmingscode.objects.bruikbaar(nu)
        .filter(
            Q(toeleider=toeleider) | Q(toeleider=None),
            opvangvraag__in=vragen_van(wie, toeleider, nu=nu).values("pk"),
        )
        .select_related("opvangvraag__kind__gezin", "opvangvraag__loket")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    schoon = "".join(teken for teken in cijfers if teken.isdecimal())
    for code in kandidaten:
        if constant_time_compare(code_van(code), schoon):
            return _verzilver(code, toeleider, wijze=Toestemmingswijze.CODE, nu=nu)
    Toestemmingscode.objects.filter(pk__in=[code.pk for code in kandidaten]).update(
        pogingen=F("pogingen") + 1
    )
    return None


def _bruikbaar(code: Toestemmingscode, *, nu: dt.datetime) -> Toestemmingscode:
    """The ticket under a lock, or CodeVoorbij."""
    vers = (
        Toestemmingscode.objects.bruikbaar(nu)
        .select_for_update(of=("self",))
        .select_related("toeleider", "opvangvraag__kind__gezin", "opvangvraag__loket")
        .exclude(opvangvraag__status__in=AFGESLOTEN_VRAGEN)
        .filter(pk=code.pk)
        .first()
    )
    if vers is None:
        raise CodeVoorbij
    return vers


def _verzilver(
    code: Toestemmingscode, toeleider: Gebruiker, *, wijze: Toestemmingswijze, nu: dt.datetime
) -> Toestemming:
    Toestemmingscode.objects.filter(pk=code.pk).update(gebruikt_op=nu)
    return geef_toestemming(
        code.opvangvraag,
        toeleider=toeleider,
        omvang=Hulpomvang(code.omvang),
        dagen=code.dagen,
        wijze=wijze,
        door=toeleider if wijze == Toestemmingswijze.CODE else None,
        nu=nu,
    )


def _schrijf(
    gezin: Gezin,
    *,
    toeleider: Gebruiker,
    omvang: Hulpomvang,
    dagen: int,
    wijze: Toestemmingswijze,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> Toestemming:
    Gezin.objects.select_for_update(no_key=True).get(pk=gezin.pk)
    gezin.toestemmingen.filter(toeleider=toeleider, beeindigd_op=None).update(beeindigd_op=nu)
    vandaag = timezone.localdate(nu)
    return Toestemming.objects.create(
        gezin=gezin,
        toeleider=toeleider,
        omvang=omvang,
        vanaf=vandaag,
        tot=vandaag + dt.timedelta(days=dagen),
        gegeven_op=nu,
        wijze=wijze,
        genoteerd_door=door,
    )


def _vergrendel(vraag: Opvangvraag) -> None:
    """Lock the family before anything of it; who asks for calm meanwhile comes before or after."""
    Gezin.objects.select_for_update(no_key=True).get(pk=vraag.kind.gezin_id)
    vraag.refresh_from_db(fields=["status"])


def _lopende(gezin: Gezin) -> QuerySet[Opvangvraag]:
    return (
        Opvangvraag.objects.filter(kind__gezin=gezin)
        .exclude(status__in=AFGESLOTEN_VRAGEN)
        .select_related("loket")
    )


def _leg_vast(
    wat: str,
    toestemming: Toestemming,
    vragen: Iterable[Opvangvraag],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> None:
    for vraag in vragen:
        leg_vast(
            f"aanvragen.toestemming.{wat}",
            vraag,
            door=door,
            nu=nu,
            loket=vraag.loket,
            namens=namens,
            toestemming=toestemming.pk,
            toeleider=toestemming.toeleider_id,
            omvang=str(toestemming.omvang),
            wijze=str(toestemming.wijze),
            tot=toestemming.tot.isoformat(),
        )
