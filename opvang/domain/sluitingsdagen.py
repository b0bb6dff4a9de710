"""Days on which a location is closed: holidays, a day of study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Sluitingsdag

#: Longer than any holiday: then it is no closing day but a stop.
LANGST = dt.timedelta(days=92)
#: How far ahead a year plan looks.
VERST = dt.timedelta(days=3 * 366)


@transaction.atomic
def sluit(
    locaties: Sequence[Opvanglocatie],
    *,
    vanaf: dt.date,
    tot: dt.date,
    reden: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> list[Sluitingsdag]:
    """Say that these locations are closed from `vanaf` until (not including) `tot`; all or none.

    Refuses days that overlap with days of the same location, naming it and them: the database
    would refuse as well.
    """
    vandaag = timezone.localdate(nu)
    if tot <= vandaag:
        raise Weigering(_("Deze dagen zijn al voorbij."))
    if tot - vanaf > LANGST:
        raise Weigering(
            _("Meer dan drie maanden dicht? Bel het loket: dan gaat het om een sluiting.")
        )
    if vanaf > vandaag + VERST:
        raise Weigering(_("Dat is nog te ver weg. Kijk het jaar na."))
    nieuw = []
    for locatie in sorted(locaties, key=lambda een: een.pk):
        botst = locatie.sluitingsdagen.filter(vanaf__lt=tot, tot__gt=vanaf).first()
        if botst is not None:
            raise _Overlapt(botst)
        try:
            with transaction.atomic():
                dag = Sluitingsdag.objects.create(
                    locatie=locatie, vanaf=vanaf, tot=tot, reden=reden
                )
        except IntegrityError as fout:  # a colleague, at the same moment
            raise Weigering(_("Een collega vulde deze dagen net in. Kijk even.")) from fout
        nieuw.append(dag)
        leg_vast(
            "opvang.sluitingsdag.toegevoegd",
            locatie,
            door=door,
            nu=nu,
            vanaf=vanaf.isoformat(),
            tot=tot.isoformat(),
        )
    return nieuw


class _Overlapt(Weigering):
    def __init__(self, dag: Sluitingsdag) -> None:
        super().__init__(
            _("%(naam)s is al dicht van %(vanaf)s tot en met %(laatste)s. Haal dat eerst weg.")
            % {
                "naam": dag.locatie.naam,
                "vanaf": date_format(dag.vanaf, "j F Y"),
                "laatste": date_format(dag.laatste_dag, "j F Y"),
            }
        )


@transaction.atomic
def haal_sluitingsdag_weg(dag: Sluitingsdag, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Be open after all."""
    leg_vast(
        "opvang.sluitingsdag.weggehaald",
        dag.locatie,
        door=door,
        nu=nu,
        vanaf=dag.vanaf.isoformat(),
        tot=dag.tot.isoformat(),
    )
    dag.delete()
