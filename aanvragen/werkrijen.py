"""The work list in SQL: per kind of task the rows that are due, for one UNION.

Each row has `vraag_pk`, `dag` and `vanaf`; its own pk is what the task is about. What the two days
mean says `domain.werklijst.termijn`.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.utils import timezone

from aanvragen.domain import werklijst as regels
from aanvragen.domain.hartslag import te_bellen
from aanvragen.domain.herinneren import HERINNERD
from aanvragen.domain.kwetsbaar import REGELS
from aanvragen.domain.rust import stille_vragen
from aanvragen.domain.werklijst import Taaksoort
from aanvragen.models import (
    Aanmelding,
    Afspraak,
    Concept,
    Gesprek,
    Kenmerk,
    Notitie,
    Opvangvraag,
    Ouder,
    Samenvoeging,
    Voorstel,
    Vrijmelding,
)
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VRAGEN,
    Kenmerkstand,
    Vervalreden,
    Vraagstatus,
)
from loket.models import Bericht, Gebeurtenis
from loket.werkdagen import begin_van
from loket.workflow import Berichtstatus

VRAAG = "aanvragen.opvangvraag"
_GEEN_DAG = Cast(Value(None), DateField())
_EIGEN = {"vraag_pk": F("pk")}


def rijen(
    vragen: QuerySet[Opvangvraag], *, nu: dt.datetime, vandaag: dt.date
) -> dict[Taaksoort, QuerySet[Any]]:
    """Give the rows of every kind about these questions."""
    ids = vragen.order_by().values("pk")
    return {
        **_van_de_vraag(ids, vandaag=vandaag),
        **_van_de_opvang(ids, nu=nu, vandaag=vandaag),
        **_van_het_loket(ids, nu=nu),
    }


def _van_de_vraag(ids: QuerySet[Any, Any], *, vandaag: dt.date) -> dict[Taaksoort, QuerySet[Any]]:
    """What the state of a question asks for: it has no offer, no choice left, or no news."""
    einder = vandaag + dt.timedelta(days=regels.HORIZON_DAGEN + regels.SPELING_DAGEN)
    alle = Opvangvraag.objects.order_by().filter(pk__in=ids)
    actief = alle.filter(status=Vraagstatus.ACTIEF)
    met_keuze = Aanmelding.objects.filter(status__in=LOPENDE_AANMELDINGEN).values("opvangvraag")
    zonder_voorstel = actief.filter(pk__in=met_keuze).exclude(
        pk__in=Voorstel.objects.lopend().values("aanmelding__opvangvraag")
    )
    dringend = ~Q(dringende_reden="")
    kwetsbaar = is_kwetsbaar_in_sql(vandaag)
    meezoeken = zonder_voorstel.annotate(
        kwetsbaar=Case(When(kwetsbaar, then=True), default=False),
        hulp_vanaf=_maanden_voor_start(
            Case(
                When(kwetsbaar, then=Value(regels.KWETSBAAR_EERDER_MAANDEN)),
                default=Value(0),
                output_field=IntegerField(),
            )
        ),
        start_vanaf=_plus(F("gewenste_start"), -regels.START_DAGEN),
        gehoord=TruncDate("laatst_bevestigd"),
    )
    gewoon = meezoeken.filter(dringende_reden="", kwetsbaar=False)
    return {
        Taaksoort.DUBBEL: alle.filter(status=Vraagstatus.INGEDIEND)
        .exclude(pk__in=Samenvoeging.objects.wacht_op_ouder().order_by().values("dubbel"))
        .annotate(**_EIGEN, dag=_GEEN_DAG, vanaf=TruncDate("ingediend_op")),
        Taaksoort.SAMENVOEGEN: Samenvoeging.objects.wacht_op_ouder()
        .order_by()
        .filter(dubbel__in=ids)
        .annotate(vraag_pk=F("dubbel_id"), dag=_GEEN_DAG, vanaf=TruncDate("gevraagd_op")),
        Taaksoort.DRINGEND: meezoeken.filter(dringend).annotate(
            **_EIGEN, dag=_GEEN_DAG, vanaf=F("gehoord")
        ),
        Taaksoort.KWETSBAAR: meezoeken.filter(
            dringende_reden="", kwetsbaar=True, hulp_vanaf__lte=einder
        ).annotate(**_EIGEN, dag=F("hulp_vanaf"), vanaf=F("gehoord")),
        Taaksoort.START: gewoon.filter(start_vanaf__lte=einder).annotate(
            **_EIGEN, dag=F("start_vanaf"), vanaf=F("gehoord")
        ),
        Taaksoort.HULP: gewoon.filter(hulp_vanaf__lte=einder, start_vanaf__gt=einder).annotate(
            **_EIGEN,
            dag=Greatest(F("hulp_vanaf"), _plus(F("gehoord"), regels.RUST_DAGEN)),
            vanaf=_GEEN_DAG,
        ),
        # Asked, and silent. Silence ends nothing: somebody calls.
        Taaksoort.BEVESTIGEN: te_bellen(einder)
        .order_by()
        .filter(pk__in=ids)
        .annotate(**_EIGEN, dag=F("hartslag_bellen_vanaf"), vanaf=_GEEN_DAG),
        Taaksoort.GEEN_KEUZE: actief.exclude(pk__in=met_keuze).annotate(
            **_EIGEN,
            # One that a closing opened again was sent nowhere yet.
            dag=TruncDate(
                Coalesce(
                    Subquery(
                        Aanmelding.objects.filter(opvangvraag=OuterRef("pk"))
                        .order_by("-gewijzigd_op")
                        .values("gewijzigd_op")[:1]
                    ),
                    F("ingediend_op"),
                )
            ),
            vanaf=_GEEN_DAG,
        ),
        # A question of Saturday is read on Monday.
        Taaksoort.NIEUW: actief.filter(
            ingediend_op__gte=begin_van(vandaag - dt.timedelta(days=regels.SPELING_DAGEN))
        ).annotate(**_EIGEN, dag=TruncDate("ingediend_op"), vanaf=_GEEN_DAG),
    }


def _van_de_opvang(
    ids: QuerySet[Any, Any], *, nu: dt.datetime, vandaag: dt.date
) -> dict[Taaksoort, QuerySet[Any]]:
    """What a provider owes, and what it has to hear."""
    aanmeldingen = Aanmelding.objects.order_by().filter(
        opvangvraag__in=ids, opvangvraag__status=Vraagstatus.ACTIEF
    )
    herinnerd = (
        Gebeurtenis.objects.filter(
            werkwoord=HERINNERD, onderwerp_soort=VRAAG, onderwerp_id=OuterRef("opvangvraag_id")
        )
        .annotate(over=Cast(KT("gegevens__aanmelding"), BigIntegerField()))
        .filter(over=OuterRef("pk"))
        .order_by("-op")
        .values("op")[:1]
    )
    return {
        Taaksoort.VERLOOPT: Voorstel.objects.lopend()
        .order_by()
        .filter(aanmelding__in=aanmeldingen.values("pk"), geldig_tot__gt=nu)
        # A deadline at midnight is the whole day before.
        .annotate(
            vraag_pk=F("aanmelding__opvangvraag_id"),
            dag=TruncDate(
                ExpressionWrapper(
                    F("geldig_tot") - dt.timedelta(seconds=1), output_field=DateTimeField()
                )
            ),
            vanaf=_GEEN_DAG,
        ),
        Taaksoort.TE_LAAT: aanmeldingen.te_laat(vandaag).annotate(
            vraag_pk=F("opvangvraag_id"),
            dag=F("antwoord_voor"),
            vanaf=TruncDate(Subquery(herinnerd)),
        ),
        Taaksoort.VRIJ: Vrijmelding.objects.open()
        .order_by()
        .filter(aanmelding__opvangvraag__in=ids)
        .annotate(
            vraag_pk=F("aanmelding__opvangvraag_id"), dag=TruncDate("sinds"), vanaf=_GEEN_DAG
        ),
    }


def _van_het_loket(ids: QuerySet[Any, Any], *, nu: dt.datetime) -> dict[Taaksoort, QuerySet[Any]]:
    """What arrived, what did not, what was agreed, and what somebody began and left."""
    leeft = (
        Opvangvraag.objects.order_by()
        .filter(pk__in=ids, status__in=[*LOPENDE_VRAGEN, Vraagstatus.GEPLAATST])
        .exclude(pk__in=stille_vragen().values("pk"))
        .values("pk")
    )
    # The newest question of a family that somebody of that family goes on writing for.
    van_het_gezin = (
        Ouder.objects.filter(
            Q(gebruiker=OuterRef("gebruiker"))
            | Q(email__iexact=OuterRef("email"), email__gt="")
            | Q(email__iexact=OuterRef("gebruiker__email"), email__gt=""),
            gezin__kinderen__opvangvragen__in=ids,
            gezin__loket=OuterRef("loket"),
        )
        .order_by()
        .annotate(vraag=Max("gezin__kinderen__opvangvragen"))
        .order_by("-vraag")
    )
    return {
        Taaksoort.AFSPRAAK: Afspraak.objects.te_doen()
        .order_by()
        .filter(opvangvraag__in=ids)
        .annotate(vraag_pk=F("opvangvraag_id"), dag=TruncDate("begint_op"), vanaf=_GEEN_DAG),
        Taaksoort.GESPREK: Gesprek.objects.wacht_op_loket()
        .order_by()
        .filter(opvangvraag__in=ids)
        .annotate(vraag_pk=F("opvangvraag_id"), dag=_GEEN_DAG, vanaf=TruncDate("laatste_op")),
        Taaksoort.MISLUKT: Bericht.objects.order_by()
        .filter(
            status=Berichtstatus.MISLUKT,
            onderwerp_soort=VRAAG,
            onderwerp_id__in=leeft,
            aangemaakt_op__gt=nu - dt.timedelta(days=regels.MISLUKT_DAGEN),
        )
        .annotate(vraag_pk=F("onderwerp_id"), dag=TruncDate("aangemaakt_op"), vanaf=_GEEN_DAG),
        Taaksoort.EIGEN: Notitie.objects.open_taken()
        .order_by()
        .filter(opvangvraag__in=leeft)
        .annotate(vraag_pk=F("opvangvraag_id"), dag=F("wanneer"), vanaf=_GEEN_DAG),
        Taaksoort.CONCEPT: Concept.objects.order_by()
        .filter(afgerond_op=None, ingevoerd_door=None)
        .annotate(
            vraag_pk=Subquery(van_het_gezin.values("vraag")[:1], output_field=BigIntegerField()),
            van_gezin=Subquery(van_het_gezin.values("gezin")[:1], output_field=BigIntegerField()),
            dag=_GEEN_DAG,
            vanaf=TruncDate("gewijzigd_op"),
        )
        .filter(
            ~Exists(
                # Who lost a child after it last wrote is not asked to go on.
                Opvangvraag.objects.filter(
                    kind__gezin=OuterRef("van_gezin"),
                    vervalreden=Vervalreden.DROEVIG,
                    afgesloten_op__gte=OuterRef("gewijzigd_op"),
                )
            ),
            vraag_pk__isnull=False,
            vanaf__lte=timezone.localdate(nu),
        ),
    }


def is_kwetsbaar_in_sql(peildatum: dt.date) -> Q:
    """The rule of `domain.kwetsbaar` as a condition on questions, made from the same data."""

    def heeft(grond: frozenset[Any]) -> Exists:
        return Exists(
            Kenmerk.objects.filter(
                opvangvraag=OuterRef("pk"), code__in=sorted(grond), aanwezig=True
            ).exclude(stand=Kenmerkstand.WEERLEGD)
        )

    niemand = Q(pk__in=[])
    for regel in REGELS:
        if regel.vanaf <= peildatum and (regel.tot is None or peildatum < regel.tot):
            aantal: Any = sum(
                Case(When(heeft(grond), then=1), default=0, output_field=IntegerField())
                for grond in regel.gronden
            )
            ankers = reduce(or_, (Q(heeft(anker)) for anker in regel.ankers), niemand)
            genoeg = Func(
                aantal,
                Value(regel.minstens),
                template="(%(expressions)s)",
                arg_joiner=" >= ",
                output_field=BooleanField(),
            )
            return Q(genoeg) & ankers
    return niemand


def _plus(dag: Any, dagen: Any) -> ExpressionWrapper[Combinable]:
    """A day, so many days later."""
    return ExpressionWrapper(dag + dagen, output_field=DateField())


def _maanden_voor_start(extra: Any) -> Func:
    """The day on which the loket begins to search along, so many months earlier."""
    return Func(
        F("gewenste_start"),
        F("loket__actieve_hulp_maanden") + extra,
        template="(%(expressions)s))::date",
        arg_joiner=" - make_interval(months => ",
        output_field=DateField(),
    )


def kolommen(van: QuerySet[Any], soort: Taaksoort) -> QuerySet[Any, Any]:
    """The five columns that every kind has."""
    genoemd: QuerySet[Any] = van.annotate(
        soort_=Value(soort.value, output_field=CharField()), ding_pk=F("pk")
    )
    return genoemd.values_list("soort_", "vraag_pk", "ding_pk", "dag", "vanaf")
