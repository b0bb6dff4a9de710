"""Who is touched when staff do one thing for many: read and shown beforehand, then done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanvragen.domain import werklijst as regels
from aanvragen.domain.brieven import VERSTUURD, verstuur_brief
from aanvragen.domain.herinneren import HERINNERD, herinner
from aanvragen.domain.samen import Uitslag, doe_samen
from aanvragen.domain.werklijst import Taaksoort
from aanvragen.models import Aanmelding, Briefsjabloon, Opvangvraag
from aanvragen.werklijst import taken_voor
from aanvragen.workflow import Vraagstatus
from loket.models import Gebeurtenis, Gebruiker, Rol
from loket.werkdagen import begin_van

_VRAAG = "aanvragen.opvangvraag"


class Samensoort(models.TextChoices):
    """What can be done for many at once."""

    HERINNER = "herinner", gettext_lazy("Herinner elke opvang die te laat is")
    BRIEF = "brief", gettext_lazy("Schrijf gezinnen een brief")


class Kring(models.TextChoices):
    """Which families get a letter."""

    HULP = "hulp", gettext_lazy("Nog geen plaats, start nadert")
    GEEN_KEUZE = "geen_keuze", gettext_lazy("Geen keuze over")
    BEVESTIGEN = "bevestigen", gettext_lazy("Lang niets gehoord")
    WACHT = "wacht", gettext_lazy("Alle gezinnen die wachten")


_KRINGEN = {
    Kring.HULP: frozenset(
        {Taaksoort.HULP, Taaksoort.START, Taaksoort.KWETSBAAR, Taaksoort.DRINGEND}
    ),
    Kring.GEEN_KEUZE: frozenset({Taaksoort.GEEN_KEUZE}),
    Kring.BEVESTIGEN: frozenset({Taaksoort.BEVESTIGEN}),
}


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """One that is touched: the question, and the request when a provider is."""

    pk: int
    vraag: Opvangvraag
    wat: str
    aanmelding: Aanmelding | None = None


def te_herinneren(gebruiker: Gebruiker, *, nu: dt.datetime) -> list[Kandidaat]:
    """Requests whose answer is late and that got no reminder today."""
    begin = begin_van(timezone.localdate(nu))
    vandaag_al = (
        Gebeurtenis.objects.filter(
            werkwoord=HERINNERD,
            onderwerp_soort=_VRAAG,
            onderwerp_id=OuterRef("opvangvraag_id"),
            op__gte=begin,
        )
        .annotate(over=Cast(KT("gegevens__aanmelding"), BigIntegerField()))
        .filter(over=OuterRef("pk"))
    )
    rijen = (
        Aanmelding.objects.te_laat(timezone.localdate(nu))
        .filter(
            ~Exists(vandaag_al),
            opvangvraag__status=Vraagstatus.ACTIEF,
            opvangvraag__loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER),
        )
        .select_related("locatie", "opvangvraag__kind", "opvangvraag__loket")
        .order_by("antwoord_voor", "pk")
    )
    return [
        Kandidaat(
            rij.pk,
            rij.opvangvraag,
            _("%(opvang)s, antwoord verwacht voor %(dag)s")
            % {"opvang": rij.locatie.naam, "dag": date_format(rij.antwoord_voor, "j F")},
            rij,
        )
        for rij in rijen
    ]


def te_schrijven(
    gebruiker: Gebruiker, sjabloon: Briefsjabloon, kring: Kring, *, nu: dt.datetime
) -> list[Kandidaat]:
    """Families of the loket of this letter that did not get it today."""
    begin = begin_van(timezone.localdate(nu))
    vragen = Opvangvraag.objects.filter(
        loket=sjabloon.loket_id,
        loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER),
        status=Vraagstatus.ACTIEF,
    ).exclude(
        pk__in=Gebeurtenis.objects.filter(
            werkwoord=VERSTUURD,
            onderwerp_soort=_VRAAG,
            op__gte=begin,
            gegevens__sjabloon=sjabloon.pk,
        ).values("onderwerp_id")
    )
    if soorten := _KRINGEN.get(kring):
        taken = regels.kies(
            taken_voor(gebruiker, nu=nu), regels.WEEK, peildatum=timezone.localdate(nu)
        )
        vragen = vragen.filter(pk__in={taak.vraag_id for taak in taken if taak.soort in soorten})
    return [
        Kandidaat(
            vraag.pk,
            vraag,
            _("%(ouder)s, start op %(dag)s")
            % {"ouder": vraag.aanvrager, "dag": date_format(vraag.gewenste_start, "j F Y")},
        )
        for vraag in vragen.select_related("kind", "aanvrager").order_by("gewenste_start", "pk")
    ]


def herinner_samen(
    kandidaten: Iterable[Kandidaat], *, door: Gebruiker, nu: dt.datetime
) -> list[Uitslag]:
    return doe_samen(
        [(k.vraag.pk, k.aanmelding) for k in kandidaten if k.aanmelding is not None],
        lambda aanmelding: herinner(aanmelding, door=door, nu=nu),
    )


def schrijf_samen(
    kandidaten: Iterable[Kandidaat], sjabloon: Briefsjabloon, *, door: Gebruiker, nu: dt.datetime
) -> list[Uitslag]:
    return doe_samen(
        [(k.vraag.pk, k.vraag) for k in kandidaten],
        lambda vraag: verstuur_brief(vraag, sjabloon, door=door, nu=nu),
    )
