"""What a rule of a reglement comes to, with each step in words. Values in, values out.

Sources: € 1 000 per new place and € 500 per T1 place per year are what a municipality told
(domein.md §5.3, SEED; Odisee-VVSG 2025, §6.6.2: startsubsidie, werkingssubsidie, rentetoelage).
Amounts and limits come from the reglement; only the arithmetic stands here.

How it counts:
- A year has 365 or 366 days; the days of a period run from `vanaf` until but not including `tot`.
  Interest is over 365 days in every year, as on a loan.
- The first licence that the portal knows is the start. A later one counts what it has more than the
  one before it; places that only change tier are not new.
- Exact fractions are added up and rounded once, half a cent up. The lines then get whole cents that
  add up to that sum (largest remainder). So how a period is cut into licences never changes the
  amount, and k separate amounts differ at most (k + 1) / 2 cents from the amount of the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import dropwhile, pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvang.workflow import MaximumPer, Regelsoort, Trap

RENTEDAGEN = 365
CENT = Decimal("0.01")
NUL = Decimal("0.00")
#: Keeps the groups of a number on one line.
VAST = "\u00a0"


@dataclass(frozen=True, slots=True)
class Periode:
    """From `vanaf` until but not including `tot`; without `tot` it goes on."""

    vanaf: dt.date
    tot: dt.date | None = None

    def __and__(self, ander: Periode) -> Periode:
        einden = [einde for einde in (self.tot, ander.tot) if einde is not None]
        return Periode(max(self.vanaf, ander.vanaf), min(einden, default=None))

    def __contains__(self, dag: dt.date) -> bool:
        return self.vanaf <= dag and (self.tot is None or dag < self.tot)

    @property
    def dagen(self) -> int:
        """How many days; only asked of a period that ends."""
        assert self.tot is not None
        return max(0, (self.tot - self.vanaf).days)

    @classmethod
    def jaar(cls, jaar: int) -> Periode:
        return cls(dt.date(jaar, 1, 1), dt.date(jaar + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Capaciteit:
    """The places of a location in a period, per tier T0–T3: one licence."""

    periode: Periode
    per_trap: tuple[int, int, int, int]

    @property
    def totaal(self) -> int:
        return sum(self.per_trap)

    def telt(self, trappen: frozenset[Trap]) -> int:
        """Places in these tiers; none named is all of them."""
        if not trappen:
            return self.totaal
        return sum(
            aantal for trap, aantal in zip(Trap, self.per_trap, strict=True) if trap in trappen
        )


@dataclass(frozen=True, slots=True)
class Lening:
    """A loan: what is still to be paid back, and its rate in percent a year."""

    hoofdsom: Decimal
    rente: Decimal
    periode: Periode


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule of a reglement, as numbers."""

    soort: Regelsoort
    bedrag: Decimal = NUL
    trappen: frozenset[Trap] = frozenset()
    rentepunten: Decimal | None = None
    jaren: int | None = None
    maximum: Decimal | None = None
    maximum_per: MaximumPer = MaximumPer.DOSSIER


@dataclass(frozen=True, slots=True)
class Lijn:
    """One step: what counts, the sum as it is written, and what it comes to."""

    tekst: str
    formule: str
    bedrag: Decimal


@dataclass(frozen=True, slots=True)
class Berekening:
    """`nieuwe_plaatsen` is None where the rule says nothing about new places: that is not zero."""

    lijnen: tuple[Lijn, ...]
    totaal: Decimal
    nieuwe_plaatsen: int | None = None


@dataclass(frozen=True, slots=True)
class _Stap:
    """A line before rounding."""

    tekst: str
    formule: str
    exact: Fraction
    plaatsen: int = 0


def bereken(
    regel: Regel,
    *,
    jaar: int,
    geldig: Periode,
    capaciteit: Sequence[Capaciteit] = (),
    lening: Lening | None = None,
    al_gegeven: Decimal = NUL,
) -> Berekening:
    """Compute what the rule gives for a calendar year, as far as the reglement is `geldig`.

    `capaciteit` are all licences of the location, of every year: a start or an extension shows only
    beside what was there before. `al_gegeven` is what the maximum already went to.
    """
    venster = Periode.jaar(jaar) & geldig
    if regel.soort == Regelsoort.RENTE:
        stappen = list(_rente(regel, lening, venster)) if lening else []
    elif regel.soort == Regelsoort.PLAATS_JAAR:
        stappen = list(_per_jaar(regel, capaciteit, venster, jaar))
    else:
        stappen = list(_nieuw(regel, capaciteit, venster))
    totaal, centen = verdeel([stap.exact for stap in stappen])
    lijnen = [
        Lijn(stap.tekst, stap.formule, bedrag) for stap, bedrag in zip(stappen, centen, strict=True)
    ]
    if regel.maximum is not None and (ruimte := max(NUL, regel.maximum - al_gegeven)) < totaal:
        lijnen.append(_afgetopt(regel, al_gegeven, ruimte - totaal))
        totaal = ruimte
    nieuw = regel.soort in {Regelsoort.NIEUWE_PLAATS, Regelsoort.START}
    return Berekening(
        tuple(lijnen), totaal, sum(stap.plaatsen for stap in stappen) if nieuw else None
    )


def verdeel(delen: Sequence[Fraction]) -> tuple[Decimal, list[Decimal]]:
    """Round the sum of these amounts to the cent, and each so that together they are that sum.

    The cents that are left go to the largest remainders, the first one first where they are equal.
    """
    totaal = _halve_omhoog(sum(delen, Fraction()))
    centen = [deel * 100 // 1 for deel in delen]
    over = totaal - sum(centen)
    op_rest = sorted(range(len(delen)), key=lambda i: (centen[i] - delen[i] * 100, i))
    for i in op_rest[:over]:
        centen[i] += 1
    return totaal * CENT, [Decimal(aantal) * CENT for aantal in centen]


def _halve_omhoog(bedrag: Fraction) -> int:
    """Whole cents; half a cent goes up."""
    return int((bedrag * 100 + Fraction(1, 2)) // 1)


def _per_jaar(
    regel: Regel, capaciteit: Sequence[Capaciteit], venster: Periode, jaar: int
) -> Iterator[_Stap]:
    jaardagen = Periode.jaar(jaar).dagen
    for plaatsen, periode in _tel_samen(regel, capaciteit, venster):
        exact = Fraction(regel.bedrag) * plaatsen * periode.dagen / jaardagen
        formule = f"{plaatsen} × {euro(regel.bedrag)}"
        if periode.dagen != jaardagen:
            formule += _(" × %(dagen)s/%(jaardagen)s dagen") % {
                "dagen": periode.dagen,
                "jaardagen": jaardagen,
            }
        yield _Stap(f"{_plaatsen(plaatsen, regel.trappen)}, {in_woorden(periode)}", formule, exact)


def _tel_samen(
    regel: Regel, capaciteit: Iterable[Capaciteit], venster: Periode
) -> list[tuple[int, Periode]]:
    """Join licences that follow each other with as many places that count: it reads as one line."""
    uit: list[tuple[int, Periode]] = []
    for een in op_volgorde(capaciteit):
        periode = een.periode & venster
        plaatsen = een.telt(regel.trappen)
        if not plaatsen or not periode.dagen:
            continue
        if uit and uit[-1][0] == plaatsen and uit[-1][1].tot == periode.vanaf:
            periode = Periode(uit.pop()[1].vanaf, periode.tot)
        uit.append((plaatsen, periode))
    return uit


def op_volgorde(capaciteit: Iterable[Capaciteit]) -> list[Capaciteit]:
    return sorted(capaciteit, key=lambda een: een.periode.vanaf)


def _nieuw(regel: Regel, capaciteit: Sequence[Capaciteit], venster: Periode) -> Iterator[_Stap]:
    """What starts or grows within `venster`."""
    # A licence without places came before the location opened.
    rijen = list(dropwhile(lambda een: not een.totaal, op_volgorde(capaciteit)))
    for eerste in rijen[:1]:
        plaatsen = eerste.telt(regel.trappen)
        if plaatsen and eerste.periode.vanaf in venster:
            wat = _("Start op %(dag)s met %(plaatsen)s") % {
                "dag": dag_voluit(eerste.periode.vanaf),
                "plaatsen": _plaatsen(plaatsen, regel.trappen),
            }
            yield _een_nieuw(regel, wat, plaatsen)
    if regel.soort == Regelsoort.START:
        return
    for voor, na in pairwise(rijen):
        meer = min(na.telt(regel.trappen) - voor.telt(regel.trappen), na.totaal - voor.totaal)
        if meer > 0 and na.periode.vanaf in venster:
            wat = _("Uitbreiding op %(dag)s van %(voor)s naar %(na)s plaatsen: %(plaatsen)s") % {
                "dag": dag_voluit(na.periode.vanaf),
                "voor": voor.totaal,
                "na": na.totaal,
                "plaatsen": _plaatsen(meer, regel.trappen),
            }
            yield _een_nieuw(regel, wat, meer)


def _een_nieuw(regel: Regel, wat: str, plaatsen: int) -> _Stap:
    if regel.soort == Regelsoort.START:
        return _Stap(wat, _("één vast bedrag"), Fraction(regel.bedrag), plaatsen)
    exact = Fraction(regel.bedrag) * plaatsen
    return _Stap(wat, f"{plaatsen} × {euro(regel.bedrag)}", exact, plaatsen)


def _rente(regel: Regel, lening: Lening, venster: Periode) -> Iterator[_Stap]:
    loopt = lening.periode & venster
    if regel.jaren is not None:
        begin = lening.periode.vanaf
        loopt &= Periode(begin, jaren_later(begin, regel.jaren))
    rente = lening.rente if regel.rentepunten is None else min(lening.rente, regel.rentepunten)
    if not loopt.dagen:
        return
    tekst = _("Rente op een lening van %(hoofdsom)s, %(periode)s") % {
        "hoofdsom": euro(lening.hoofdsom),
        "periode": in_woorden(loopt),
    }
    if rente < lening.rente:
        tekst += _(
            ". De lening kost %(lening)s; het reglement neemt hoogstens %(rente)s op zich"
        ) % {
            "lening": procent(lening.rente),
            "rente": procent(rente),
        }
    formule = _("%(hoofdsom)s × %(rente)s × %(dagen)s/%(jaardagen)s dagen") % {
        "hoofdsom": euro(lening.hoofdsom),
        "rente": procent(rente),
        "dagen": loopt.dagen,
        "jaardagen": RENTEDAGEN,
    }
    exact = Fraction(lening.hoofdsom) * Fraction(rente) / 100 * loopt.dagen / RENTEDAGEN
    yield _Stap(tekst, formule, exact)


def _afgetopt(regel: Regel, al_gegeven: Decimal, eraf: Decimal) -> Lijn:
    assert regel.maximum is not None
    formule = _("hoogstens %(maximum)s %(per)s") % {
        "maximum": euro(regel.maximum),
        "per": regel.maximum_per.label,
    }
    if al_gegeven:
        formule += _(", waarvan al %(bedrag)s gegeven") % {"bedrag": euro(al_gegeven)}
    return Lijn(_("Begrensd door het maximum van het reglement"), formule, eraf)


# In words


def euro(bedrag: Decimal) -> str:
    """Write an amount as people here do: "€ 14 000,00"."""
    geheel, _punt, centen = f"{abs(bedrag):.2f}".partition(".")
    teken = "\u2212" if bedrag < 0 else ""
    return f"{teken}€{VAST}{int(geheel):,}".replace(",", VAST) + f",{centen}"


def procent(waarde: Decimal) -> str:
    tekst = f"{waarde:f}"
    tekst = tekst.rstrip("0").rstrip(".") if "." in tekst else tekst
    return f"{tekst.replace('.', ',')}{VAST}%"


def dag_voluit(dag: dt.date) -> str:
    return date_format(dag, "j F Y")


def in_woorden(periode: Periode) -> str:
    """Say a period with its last day, as people read it; the whole year by its name."""
    assert periode.tot is not None
    if periode == Periode.jaar(periode.vanaf.year):
        return _("heel %(jaar)s") % {"jaar": periode.vanaf.year}
    laatste = periode.tot - dt.timedelta(days=1)
    if laatste == periode.vanaf:
        return _("op %(dag)s") % {"dag": dag_voluit(laatste)}
    van = date_format(periode.vanaf, "j F" if periode.vanaf.year == laatste.year else "j F Y")
    return _("van %(van)s tot en met %(tot)s") % {"van": van, "tot": dag_voluit(laatste)}


def _plaatsen(aantal: int, trappen: frozenset[Trap]) -> str:
    """Count places: "10 plaatsen (T1)"."""
    tekst = ngettext("%(aantal)s plaats", "%(aantal)s plaatsen", aantal) % {"aantal": aantal}
    return f"{tekst} ({', '.join(sorted(trappen))})" if trappen else tekst


def jaren_later(dag: dt.date, jaren: int) -> dt.date:
    """Give the same day so many years later; 29 February becomes 1 March."""
    jaar = min(dag.year + jaren, dt.MAXYEAR)
    try:
        return dag.replace(year=jaar)
    except ValueError:
        return dt.date(jaar, 3, 1)
