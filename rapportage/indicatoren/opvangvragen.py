"""Questions for care and what became of them, by the counting rules R1-R10 (domein.md §1.4)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanvragen.domain.kwetsbaar import is_kwetsbaar
from aanvragen.models import Opvangvraag, Plaatsing
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    Kenmerkcode,
    Kenmerkstand,
    Vervalreden,
    Vraagstatus,
    Zorgbehoefte,
)
from rapportage.indicatoren.basis import Telling, Toelichting, Werkgebied, einde_van
from rapportage.indicatoren.kleine_cellen import als_rij, als_tabel, verberg
from rapportage.indicatoren.rekenen import per_honderd

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Found in another municipality counted as unanswered until the end of 2021, and not since (R7).
ELDERS_TELT_NIET_MEER_VANAF = 2022
#: Care until nursery school; a question without an end stops counting as a need at the third
#: birthday at the latest.
HOOGSTE_LEEFTIJD = 3
#: Keys of places: "Gemeente<tab>Wijk", without a wijk when it is not known, and one for all
#: families from elsewhere.
SCHEIDING = "\t"
ELDERS = "\t\t"


class Afloop(models.TextChoices):
    """What had become of a question on a day. Every question has exactly one."""

    GEPLAATST = "geplaatst", gettext_lazy("Geplaatst")
    ONBEANTWOORD = "onbeantwoord", gettext_lazy("Zonder plaats")
    OPEN = "open", gettext_lazy("Start later")
    GESTOPT = "gestopt", gettext_lazy("Gestopt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraagfeit:
    """One unique question as it stood on the day, without anything that names a person."""

    ingediend: dt.date
    afloop: Afloop
    loopt: bool
    start: dt.date
    einde: dt.date
    rooster: int
    rooster_wissel: int | None
    gemeente_id: int
    gemeente: str
    wijk: str
    dringend: bool
    ruimere_uren: bool
    inclusief: bool
    kenmerken: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcategorie:
    """An official subcategory, for the years in which it is registered (R8-R10: dated data)."""

    code: str
    naam: StrOrPromise
    vanaf: int
    tot: int | None
    bron: str
    geldt: Callable[[Vraagfeit], bool]

    def hoort_bij(self, jaar: int) -> bool:
        return self.vanaf <= jaar and (self.tot is None or jaar < self.tot)


_FAQ = "Opgroeien, veelgestelde vragen: registratie opvangvragen lokaal loket"
_LANG_GELEDEN = 2014

#: Priority traits of form FO-RE-19; the family is in a priority group with one of them (domein.md
#: §2.2, §3.2).
SUBCATEGORIEEN: tuple[Subcategorie, ...] = (
    Subcategorie(
        code="dringend",
        naam=gettext_lazy("Dringende opvang"),
        vanaf=_LANG_GELEDEN,
        tot=None,
        bron=_FAQ,
        geldt=lambda feit: feit.dringend,
    ),
    Subcategorie(
        code="ruimere_uren",
        naam=gettext_lazy("Ruimere openingstijden"),
        vanaf=_LANG_GELEDEN,
        tot=None,
        bron=_FAQ,
        geldt=lambda feit: feit.ruimere_uren,
    ),
    Subcategorie(
        code="inclusief",
        naam=gettext_lazy("Inclusieve opvang"),
        vanaf=_LANG_GELEDEN,
        tot=None,
        bron=_FAQ,
        geldt=lambda feit: feit.inclusief,
    ),
    Subcategorie(
        code="kwetsbaar",
        naam=gettext_lazy("Kwetsbaar gezin"),
        vanaf=_LANG_GELEDEN,
        tot=None,
        bron=_FAQ,
        geldt=lambda feit: is_kwetsbaar(feit.kenmerken, peildatum=feit.ingediend),
    ),
    Subcategorie(
        code="voorrangsgroep",
        naam=gettext_lazy("Gezin uit een voorrangsgroep"),
        vanaf=_LANG_GELEDEN,
        tot=2024,
        bron="Vlaams Parlement, SV nr. 852 (2024-25): niet meer geregistreerd vanaf 2024 (R10)",
        geldt=lambda feit: bool(feit.kenmerken & set(Kenmerkcode.values)),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraagrij:
    """Questions of one kind; the four outcomes add up to the total, None is hidden."""

    code: str
    naam: str
    totaal: Telling
    geplaatst: Telling
    onbeantwoord: Telling
    open: Telling
    gestopt: Telling

    @property
    def onbeantwoord_aandeel(self) -> Decimal | None:
        return per_honderd(self.onbeantwoord, self.totaal)

    @property
    def cellen(self) -> tuple[Telling, ...]:
        return (self.totaal, self.geplaatst, self.onbeantwoord, self.open, self.gestopt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvangvragen:
    toelichting: Toelichting
    jaar: int
    totaal: Vraagrij
    rijen: tuple[Vraagrij, ...]


def lees_vragen(werkgebied: Werkgebied, peildatum: dt.date) -> tuple[Vraagfeit, ...]:
    """Read every unique question handed in by the end of the day, in the state it had then.

    The state follows from moments, so a report over the past says what was true then: closed when
    `afgesloten_op` lies before the end of the day, else placed when a placement held, else still
    running. Only R2 looks back with the knowledge of today: a question that proved to be double
    never counted, and one that staff still look at does not count yet. Two questions of parents
    who share nothing are counted once, as the first, with what became of either.
    """
    grens = einde_van(peildatum)
    geplaatst = Plaatsing.objects.filter(
        Q(opvangvraag=OuterRef("pk")) | Q(opvangvraag__geteld_met=OuterRef("pk")),
        gemaakt_op__lt=grens,
    ).filter(Q(beeindigd_op=None) | Q(beeindigd_op__gte=grens))
    ander_loopt = Opvangvraag.objects.filter(
        Q(afgesloten_op=None) | Q(afgesloten_op__gte=grens),
        geteld_met=OuterRef("pk"),
        ingediend_op__lt=grens,
    )
    aanwezig = Q(kenmerken__aanwezig=True, kenmerken__op__lt=grens) & ~Q(
        kenmerken__stand=Kenmerkstand.WEERLEGD
    )
    rijen = (
        Opvangvraag.objects.filter(loket=werkgebied.loket_id, ingediend_op__lt=grens)
        .exclude(vervalreden=Vervalreden.DUBBEL)
        .exclude(status=Vraagstatus.INGEDIEND, mogelijk_dubbel_van__isnull=False)
        .filter(geteld_met=None)
        .annotate(
            is_geplaatst=Exists(geplaatst),
            ander_loopt=Exists(ander_loopt),
            aanwezige_kenmerken=ArrayAgg("kenmerken__code", filter=aanwezig, default=[]),
        )
        .order_by("pk")
        .values(
            "status",
            "vervalreden",
            "ingediend_op",
            "afgesloten_op",
            "gewenste_start",
            "gewenst_einde",
            "rooster",
            "rooster_wissel",
            "dringende_reden",
            "ruimere_uren",
            "zorgbehoefte",
            "kind__geboortedatum",
            "kind__verwachte_geboortedatum",
            "kind__gezin__gemeente",
            "kind__gezin__gemeente__naam",
            "kind__gezin__wijk__naam",
            "is_geplaatst",
            "ander_loopt",
            "aanwezige_kenmerken",
        )
    )
    return tuple(_feit(rij, peildatum=peildatum, grens=grens) for rij in rijen)


def _feit(rij: Mapping[str, Any], *, peildatum: dt.date, grens: dt.datetime) -> Vraagfeit:
    afgesloten = (
        rij["afgesloten_op"] is not None and rij["afgesloten_op"] < grens and not rij["ander_loopt"]
    )
    geboren = rij["kind__geboortedatum"] or rij["kind__verwachte_geboortedatum"]
    te_oud = _jaren_later(geboren, HOOGSTE_LEEFTIJD)
    return Vraagfeit(
        ingediend=timezone.localdate(rij["ingediend_op"]),
        afloop=afloop_van(
            status=rij["status"] if afgesloten else Vraagstatus.ACTIEF,
            vervalreden=rij["vervalreden"] if afgesloten else "",
            is_geplaatst=rij["is_geplaatst"],
            start=rij["gewenste_start"],
            peildatum=peildatum,
        ),
        loopt=not afgesloten and not rij["is_geplaatst"],
        start=rij["gewenste_start"],
        einde=min(rij["gewenst_einde"] or te_oud, te_oud),
        rooster=rij["rooster"],
        rooster_wissel=rij["rooster_wissel"],
        gemeente_id=rij["kind__gezin__gemeente"],
        gemeente=rij["kind__gezin__gemeente__naam"],
        wijk=rij["kind__gezin__wijk__naam"] or "",
        dringend=bool(rij["dringende_reden"]),
        ruimere_uren=bool(rij["ruimere_uren"]),
        inclusief=rij["zorgbehoefte"] == Zorgbehoefte.JA,
        kenmerken=frozenset(rij["aanwezige_kenmerken"]),
    )


def afloop_van(
    *, status: str, vervalreden: str, is_geplaatst: bool, start: dt.date, peildatum: dt.date
) -> Afloop:
    """What had become of a question, from its state on the day. Pure.

    Without a place (unanswered) is a question that staff closed as such, or that still ran without
    a placement while its desired start was on or before the day. Never a lapsed or withdrawn one,
    one of which nobody knows how it ended, or one that found a place elsewhere (R5-R7; the last
    only since 2022).
    """
    if status == Vraagstatus.ONBEANTWOORD:
        return Afloop.ONBEANTWOORD
    if status in AFGESLOTEN_VRAGEN:
        telde_mee = peildatum.year < ELDERS_TELT_NIET_MEER_VANAF
        elders = vervalreden == Vervalreden.ANDERE_GEMEENTE
        return Afloop.ONBEANTWOORD if elders and telde_mee else Afloop.GESTOPT
    if is_geplaatst:
        return Afloop.GEPLAATST
    return Afloop.ONBEANTWOORD if start <= peildatum else Afloop.OPEN


def _jaren_later(dag: dt.date, jaren: int) -> dt.date:
    """The birthday, on 1 March for a child of 29 February."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return dt.date(dag.year + jaren, 3, 1)


def van_dit_jaar(feiten: Sequence[Vraagfeit], peildatum: dt.date) -> list[Vraagfeit]:
    """The questions of the calendar year of the day: the official period."""
    return [feit for feit in feiten if feit.ingediend.year == peildatum.year]


def tel_in_groepen(
    groepen: Mapping[str, Sequence[Vraagfeit]], *, grens: int
) -> dict[str, Vraagrij]:
    """Count one row per group, and one under "" for all; small cells hidden with their complement.

    The groups don't overlap and each total is printed, so rows and columns are protected as one
    table.
    """
    waarden = {
        (groep, afloop.value): aantal
        for groep, feiten in groepen.items()
        for afloop, aantal in _tel(feiten).items()
    }
    cellen = als_tabel(waarden, kolommen=Afloop.values)
    verborgen = verberg(cellen, grens=grens)

    def telling(groep: str, kolom: str) -> Telling:
        sleutel = (groep, kolom)
        return None if sleutel in verborgen else cellen[sleutel].waarde

    return {
        groep: Vraagrij(
            code=groep,
            naam=groep,
            totaal=telling(groep, ""),
            **{afloop.value: telling(groep, afloop.value) for afloop in Afloop},
        )
        for groep in [*groepen, ""]
    }


def _tel(feiten: Sequence[Vraagfeit]) -> dict[Afloop, int]:
    geteld = Counter(feit.afloop for feit in feiten)
    return {afloop: geteld[afloop] for afloop in Afloop}


def wijksleutel(werkgebied: Werkgebied, feit: Vraagfeit) -> str:
    """Say where the family lives, as a key; outside the werkingsgebied nothing but that."""
    if feit.gemeente_id not in werkgebied.gemeente_ids:
        return ELDERS
    return f"{feit.gemeente}{SCHEIDING}{feit.wijk}"


def per_wijk(werkgebied: Werkgebied, feiten: Sequence[Vraagfeit]) -> dict[str, Vraagrij]:
    """Count per wijk, and all under "": this table fixes which counts may be shown anywhere."""
    groepen: dict[str, list[Vraagfeit]] = {}
    for feit in feiten:
        groepen.setdefault(wijksleutel(werkgebied, feit), []).append(feit)
    return tel_in_groepen(dict(sorted(groepen.items())), grens=werkgebied.kleine_cel)


def _subrij(subcategorie: Subcategorie, feiten: Sequence[Vraagfeit], *, grens: int) -> Vraagrij:
    """A subcategory overlaps with the others (R8), so it is protected within its own row."""
    geteld = _tel([feit for feit in feiten if subcategorie.geldt(feit)])
    cellen = als_rij({afloop.value: aantal for afloop, aantal in geteld.items()}, totaal="totaal")
    verborgen = verberg(cellen, grens=grens)
    return Vraagrij(
        code=subcategorie.code,
        naam=str(subcategorie.naam),
        **{kolom: None if kolom in verborgen else cel.waarde for kolom, cel in cellen.items()},
    )


def opvangvragen(
    werkgebied: Werkgebied, peildatum: dt.date, *, feiten: Sequence[Vraagfeit] | None = None
) -> Opvangvragen:
    """Count the unique questions of the year until the day, in all and per subcategory (R1-R10)."""
    alle = van_dit_jaar(lees_vragen(werkgebied, peildatum) if feiten is None else feiten, peildatum)
    totaal = replace(per_wijk(werkgebied, alle)[""], code="alle", naam=_("Alle opvangvragen"))
    return Opvangvragen(
        toelichting=Toelichting(
            definitie=_(
                "Eén aanvrager en één kind is één vraag. Een tweeling is twee vragen. Vragen twee "
                "ouders voor hetzelfde kind, dan telt het één keer. We tellen de vragen van 1 "
                "januari tot en met deze dag, zoals ze er toen voor stonden. Geplaatst: het gezin "
                "nam via het loket een plaats aan. Zonder plaats: het loket sloot de vraag af "
                "zonder plaats, of de gewenste startdatum was er al en het gezin zocht nog. Start "
                "later: de gewenste startdatum komt nog. Gestopt: de vraag verviel of werd "
                "ingetrokken, het gezin vond elders opvang, of niemand weet hoe het afliep. "
                "Gestopte vragen tellen nooit als zonder plaats. Een vraag kan in meer dan één "
                "subcategorie zitten, de subcategorieën tellen dus niet op."
            ),
            bron=_("Het loket, met de telregels R1 tot R10 van Opgroeien"),
            peildatum=peildatum,
            n=totaal.totaal,
            n_van=_("unieke opvangvragen"),
        ),
        jaar=peildatum.year,
        totaal=totaal,
        rijen=tuple(
            _subrij(subcategorie, alle, grens=werkgebied.kleine_cel)
            for subcategorie in SUBCATEGORIEEN
            if subcategorie.hoort_bij(peildatum.year)
        ),
    )
