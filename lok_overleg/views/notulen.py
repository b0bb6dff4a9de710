"""The minutes put together, with names for the members or without for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lok_overleg.domain.verslag import namen_van, zonder_namen
from lok_overleg.models import Verslag
from lok_overleg.views.beeld import Adviesbeeld
from lok_overleg.workflow import Aanwezigheidsstand, Functie, Hoedanigheid
from loket.templatetags.loket import datum

if TYPE_CHECKING:
    import datetime as dt

    from lok_overleg.models import Aanwezigheid, Vergadering


@dataclass(frozen=True, slots=True)
class Notulenpunt:
    titel: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Notulenadvies:
    """An advice in the minutes; `besluit` is what the college answered, if it did."""

    onderwerp: str
    tekst: str
    beeld: Adviesbeeld
    motivering: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How many members of one capacity were there; all that the public version says of people."""

    hoedanigheid: str
    aanwezig: int
    leden: int


@dataclass(frozen=True, slots=True)
class Notulen:
    titel: str
    openbaar: bool
    gepubliceerd_op: dt.datetime | None
    punten: list[Notulenpunt]
    andere_zaken: str
    adviezen: list[Notulenadvies]
    telling: list[Telling]
    #: Empty in the public version.
    aanwezigen: list[Aanwezigheid]
    voorzitter: str
    secretaris: str


def stel_op(vergadering: Vergadering, *, openbaar: bool) -> Notulen | None:
    """Put the minutes together, or None when nothing was written yet.

    With `openbaar` no name, e-mail address or phone number of a known person is in it.
    """
    verslag = Verslag.objects.filter(vergadering=vergadering).first()
    if verslag is None:
        return None
    namen = namen_van(vergadering) if openbaar else set()

    def tekst(ruw: str) -> str:
        return zonder_namen(ruw, namen) if openbaar else ruw

    wie = list(vergadering.aanwezigheden.select_related("lid"))
    adviezen = vergadering.adviezen.met_totalen().select_related("vergadering", "opvolging")
    return Notulen(
        titel=_("Verslag van het lokaal overleg van %(dag)s") % {"dag": datum(vergadering.dag)},
        openbaar=openbaar,
        gepubliceerd_op=verslag.gepubliceerd_op,
        punten=[
            Notulenpunt(tekst(punt.titel), tekst(punt.verslag))
            for punt in vergadering.agendapunten.all()
        ],
        andere_zaken=tekst(verslag.tekst),
        adviezen=[
            Notulenadvies(
                onderwerp=tekst(advies.onderwerp),
                tekst=tekst(advies.tekst),
                beeld=(beeld := Adviesbeeld.van(advies)),
                motivering=tekst(beeld.opvolging.motivering) if beeld.opvolging else "",
            )
            for advies in adviezen.order_by("pk")
            if advies.gestemd_op
        ],
        telling=_tel(wie),
        aanwezigen=[] if openbaar else wie,
        voorzitter="" if openbaar else _naam(wie, Functie.VOORZITTER),
        secretaris="" if openbaar else _naam(wie, Functie.SECRETARIS),
    )


def _tel(wie: list[Aanwezigheid]) -> list[Telling]:
    return [
        Telling(
            str(soort.label),
            sum(een.stand == Aanwezigheidsstand.AANWEZIG for een in deel),
            len(deel),
        )
        for soort in Hoedanigheid
        if (deel := [een for een in wie if een.lid.hoedanigheid == soort])
    ]


def _naam(wie: list[Aanwezigheid], functie: Functie) -> str:
    return next(
        (
            een.naam
            for een in wie
            if een.lid.functie == functie and een.stand == Aanwezigheidsstand.AANWEZIG
        ),
        "",
    )
