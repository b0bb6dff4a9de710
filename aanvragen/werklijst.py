"""The work list: every kind of task as a query, all in one trip, and a page of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Greatest, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanvragen.domain import werklijst as regels
from aanvragen.domain.herinneren import HERINNERD
from aanvragen.domain.werklijst import Taak, Taaksoort
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import LOPENDE_AANMELDINGEN, LOPENDE_VRAGEN, Vraagstatus
from loket.models import Bericht, Gebeurtenis, Gebruiker, Rol
from loket.workflow import Berichtstatus

_VRAAG = "aanvragen.opvangvraag"
#: Mails to a provider: their failure means ringing the provider, not the family.
_AAN_OPVANG = ("aanvragen/nieuwe_vraag", "aanvragen/aanbieder_")


def taken_voor(
    gebruiker: Gebruiker, *, nu: dt.datetime, vraag: Opvangvraag | None = None
) -> list[Taak]:
    """What this person should do within the horizon, in order. One query.

    With `vraag` only what is to be done about that question.
    """
    vandaag = timezone.localdate(nu)
    vragen = Opvangvraag.objects.voor_balie(gebruiker)
    if vraag is not None:
        vragen = vragen.filter(pk=vraag.pk)
    soorten = _soorten(vragen, nu=nu, vandaag=vandaag)
    if not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER):
        soorten = {
            soort: rijen for soort, rijen in soorten.items() if soort in regels.VOOR_TOELEIDER
        }
    horizon = vandaag + dt.timedelta(days=regels.HORIZON_DAGEN)
    eerste, *rest = (
        _kolommen(rijen.filter(termijn__lte=horizon), soort) for soort, rijen in soorten.items()
    )
    return regels.op_volgorde(
        Taak(soort=Taaksoort(soort), vraag_id=vraag_id, ding_id=ding_id, termijn=termijn)
        for soort, vraag_id, ding_id, termijn in eerste.union(*rest, all=True)
    )


def _soorten(
    vragen: QuerySet[Opvangvraag], *, nu: dt.datetime, vandaag: dt.date
) -> dict[Taaksoort, QuerySet[Any]]:
    """Per kind the rows, with `vraag_pk` and `termijn`; their own pk is what the task is about."""
    ids = vragen.order_by().values("pk")
    actief = Opvangvraag.objects.order_by().filter(pk__in=ids, status=Vraagstatus.ACTIEF)
    aanmeldingen = Aanmelding.objects.order_by().filter(
        opvangvraag__in=ids, opvangvraag__status=Vraagstatus.ACTIEF
    )
    meezoeken = vandaag + dt.timedelta(days=regels.MEEZOEKEN_DAGEN)
    met_voorstel = Voorstel.objects.lopend().values("aanmelding__opvangvraag")
    met_keuze = Aanmelding.objects.filter(status__in=LOPENDE_AANMELDINGEN).values("opvangvraag")
    herinnerd = (
        Gebeurtenis.objects.filter(
            werkwoord=HERINNERD, onderwerp_soort=_VRAAG, onderwerp_id=OuterRef("opvangvraag_id")
        )
        .annotate(over=Cast(KT("gegevens__aanmelding"), BigIntegerField()))
        .filter(over=OuterRef("pk"))
        .order_by("-op")
        .values("op")[:1]
    )
    eigen = {"vraag_pk": F("pk")}
    return {
        Taaksoort.DUBBEL: Opvangvraag.objects.order_by()
        .filter(pk__in=ids, status=Vraagstatus.INGEDIEND)
        .annotate(**eigen, termijn=_plus(TruncDate("ingediend_op"), regels.NAKIJKEN_DAGEN)),
        Taaksoort.MISLUKT: Bericht.objects.order_by()
        .filter(
            status=Berichtstatus.MISLUKT,
            onderwerp_soort=_VRAAG,
            onderwerp_id__in=vragen.filter(status__in=[*LOPENDE_VRAGEN, Vraagstatus.GEPLAATST])
            .order_by()
            .values("pk"),
            aangemaakt_op__gt=nu - dt.timedelta(days=regels.MISLUKT_DAGEN),
        )
        .annotate(vraag_pk=F("onderwerp_id"), termijn=TruncDate("aangemaakt_op")),
        Taaksoort.VERLOOPT: Voorstel.objects.lopend()
        .order_by()
        .filter(aanmelding__in=aanmeldingen.values("pk"), geldig_tot__gt=nu)
        # A deadline at midnight is the whole day before.
        .annotate(
            vraag_pk=F("aanmelding__opvangvraag_id"),
            termijn=TruncDate(
                ExpressionWrapper(
                    F("geldig_tot") - dt.timedelta(seconds=1), output_field=DateTimeField()
                )
            ),
        ),
        Taaksoort.GEEN_KEUZE: actief.exclude(pk__in=met_keuze).annotate(
            **eigen,
            termijn=TruncDate(
                Subquery(
                    Aanmelding.objects.filter(opvangvraag=OuterRef("pk"))
                    .order_by("-gewijzigd_op")
                    .values("gewijzigd_op")[:1]
                )
            ),
        ),
        Taaksoort.TE_LAAT: aanmeldingen.te_laat(vandaag).annotate(
            vraag_pk=F("opvangvraag_id"),
            termijn=Greatest(
                F("antwoord_voor"),
                _plus(TruncDate(Subquery(herinnerd)), regels.NA_HERINNERING_DAGEN),
            ),
        ),
        Taaksoort.START: actief.filter(gewenste_start__lte=meezoeken, pk__in=met_keuze)
        .exclude(pk__in=met_voorstel)
        .annotate(
            **eigen,
            termijn=Greatest(
                _plus(F("gewenste_start"), -regels.MEEZOEKEN_DAGEN),
                _plus(
                    TruncDate("laatst_bevestigd"),
                    Func(
                        F("dringende_reden"),
                        template="(CASE WHEN %(expressions)s = '' THEN "
                        f"{regels.RUST_DAGEN} ELSE {regels.RUST_DRINGEND_DAGEN} END)",
                    ),
                ),
            ),
        ),
        Taaksoort.BEVESTIGEN: actief.filter(gewenste_start__gt=meezoeken, pk__in=met_keuze)
        .exclude(pk__in=met_voorstel)
        .annotate(
            **eigen,
            termijn=_plus(TruncDate("laatst_bevestigd"), F("loket__bevestigingstermijn")),
        ),
        Taaksoort.NIEUW: actief.filter(ingediend_op__gte=_begin_van(vandaag)).annotate(
            **eigen, termijn=Value(vandaag, output_field=DateField())
        ),
    }


def _plus(dag: Any, dagen: Any) -> ExpressionWrapper[Combinable]:
    """A day, so many days later."""
    return ExpressionWrapper(dag + dagen, output_field=DateField())


def _begin_van(dag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dag, dt.time.min))


def _kolommen(rijen: QuerySet[Any], soort: Taaksoort) -> QuerySet[Any, Any]:
    genoemd: QuerySet[Any] = rijen.annotate(
        soort_=Value(soort.value, output_field=CharField()), ding_pk=F("pk")
    )
    return genoemd.values_list("soort_", "vraag_pk", "ding_pk", "termijn")


@dataclass(frozen=True, slots=True)
class Taakregel:
    """A task in words, with the question that it is about."""

    taak: Taak
    vraag: Opvangvraag
    titel: str
    uitleg: str
    aanmelding: Aanmelding | None = None
    voorstel: Voorstel | None = None
    bericht: Bericht | None = None


def in_woorden(taken: Sequence[Taak]) -> list[Taakregel]:
    """Fetch what the tasks are about, per kind in one query, and say what to do."""
    vragen = Opvangvraag.objects.select_related("kind", "aanvrager", "loket").in_bulk(
        {taak.vraag_id for taak in taken}
    )
    aanmeldingen = Aanmelding.objects.select_related("locatie").in_bulk(
        _dingen(taken, Taaksoort.TE_LAAT)
    )
    voorstellen = Voorstel.objects.select_related("aanmelding__locatie").in_bulk(
        _dingen(taken, Taaksoort.VERLOOPT)
    )
    berichten = Bericht.objects.defer("tekst", "html", "bijlagen").in_bulk(
        _dingen(taken, Taaksoort.MISLUKT)
    )
    return [
        _regel(
            taak,
            vragen[taak.vraag_id],
            aanmelding=aanmeldingen.get(taak.ding_id) if taak.soort == Taaksoort.TE_LAAT else None,
            voorstel=voorstellen.get(taak.ding_id) if taak.soort == Taaksoort.VERLOOPT else None,
            bericht=berichten.get(taak.ding_id) if taak.soort == Taaksoort.MISLUKT else None,
        )
        for taak in taken
        if taak.vraag_id in vragen
    ]


def _dingen(taken: Iterable[Taak], soort: Taaksoort) -> set[int]:
    return {taak.ding_id for taak in taken if taak.soort == soort}


def _regel(
    taak: Taak,
    vraag: Opvangvraag,
    *,
    aanmelding: Aanmelding | None,
    voorstel: Voorstel | None,
    bericht: Bericht | None,
) -> Taakregel:
    titel, uitleg = _woorden(taak, vraag, aanmelding, voorstel, bericht)
    return Taakregel(taak, vraag, titel, uitleg, aanmelding, voorstel, bericht)


def _woorden(
    taak: Taak,
    vraag: Opvangvraag,
    aanmelding: Aanmelding | None,
    voorstel: Voorstel | None,
    bericht: Bericht | None,
) -> tuple[str, str]:
    """Verb first: what to do, and why now."""
    if aanmelding is not None:
        return (
            _("Bel %(opvang)s") % {"opvang": aanmelding.locatie.naam},
            _("Gaf geen antwoord voor %(dag)s")
            % {"dag": date_format(aanmelding.antwoord_voor, "j F")},
        )
    if voorstel is not None:
        return (
            _("Bel het gezin: het voorstel van %(opvang)s vervalt")
            % {"opvang": voorstel.aanmelding.locatie.naam},
            _("Antwoord ten laatste op %(dag)s") % {"dag": date_format(taak.termijn, "l j F")},
        )
    if bericht is not None:
        if bericht.sjabloon.startswith(_AAN_OPVANG):
            return _("Bel de opvang: een mail kwam niet aan"), bericht.titel
        return _("Bel het gezin: een mail kwam niet aan"), bericht.titel
    start = {"dag": date_format(vraag.gewenste_start, "j F Y")}
    vast: dict[Taaksoort, tuple[str, str]] = {
        Taaksoort.DUBBEL: (
            _("Kijk na: twee keer hetzelfde kind?"),
            _("De opvang krijgt de vraag pas als jij beslist"),
        ),
        Taaksoort.GEEN_KEUZE: (
            _("Zoek met het gezin een andere opvang"),
            _("Geen enkele gekozen opvang heeft plaats"),
        ),
        Taaksoort.START: (
            _("Bel het gezin: nog geen plaats"),
            _("Start op %(dag)s. We zoeken mee") % start,
        ),
        Taaksoort.BEVESTIGEN: (
            _("Vraag of het gezin nog zoekt"),
            _("Laatst gehoord op %(dag)s")
            % {"dag": date_format(timezone.localdate(vraag.laatst_bevestigd), "j F Y")},
        ),
        Taaksoort.NIEUW: (_("Lees de nieuwe vraag"), vraag.get_kanaal_display()),
    }
    return vast[taak.soort]
