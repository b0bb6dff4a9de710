"""What is told to parents about a question: in whole sentences, who does what by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aanvragen.domain.opschorten import NAMENS_VASTGEHOUDEN
from aanvragen.domain.passen import is_opgeschort
from aanvragen.domain.terugdraaien import NAMENS as NAMENS_TERUG
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.templatetags.aanvragen import uiterlijk
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    MET_VOORSTEL,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    BijEinde,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from loket.models import Gebeurtenis
from loket.week import opsomming


def _dag(dag: dt.date) -> str:
    return date_format(dag, "l j F")


@dataclass(frozen=True, slots=True)
class Stand:
    """One location of a question: its label (see the template tag `etiket`) and a sentence."""

    aanmelding: Aanmelding
    soort: str
    etiket: str
    zin: str
    jouw_beurt: bool = False


def stand_bij_locatie(aanmelding: Aanmelding, vraag: Opvangvraag, *, peildatum: dt.date) -> Stand:
    """Say where the question stands at one location, and who is to do something about it."""
    if vraag.status == Vraagstatus.INGEDIEND:
        return Stand(
            aanmelding,
            "",
            _("Nog niet verstuurd"),
            _("Vertrekt zodra het loket je vraag heeft nagekeken."),
        )
    voorstel = next(iter(aanmelding.voorstellen.all()), None)
    if voorstel is not None:
        return _stand_met_voorstel(aanmelding, voorstel)
    if is_opgeschort(aanmelding, vraag.aanmeldingen.all()):
        return Stand(
            aanmelding,
            "wacht",
            _("Wacht"),
            _(
                "Je houdt een plaats vast die hoger op je lijst staat. "
                "Geef je die vrij, dan telt deze vraag weer mee."
            ),
        )
    soort, etiket, zin = _WOORDEN[Aanmeldingstatus(aanmelding.status)](aanmelding, peildatum)
    return Stand(aanmelding, soort, etiket, zin)


def _stand_met_voorstel(aanmelding: Aanmelding, voorstel: Voorstel) -> Stand:
    gedaan, tot = _dag(timezone.localdate(voorstel.gedaan_op)), uiterlijk(voorstel.geldig_tot)
    if voorstel.status == Voorstelstatus.VASTGEHOUDEN:
        einde = (
            _("Beslis je niets, dan is de plaats daarna van jullie.")
            if voorstel.bij_einde == BijEinde.NEMEN
            else _("Beslis je niets, dan komt de plaats daarna vrij.")
        )
        return Stand(
            aanmelding,
            "wacht",
            _("Jij houdt deze plaats vast"),
            _("Beslis ten laatste op %(tot)s.") % {"tot": tot} + " " + einde,
        )
    return Stand(
        aanmelding,
        "",
        _("Wacht op jou"),
        _("Bood op %(gedaan)s een plaats aan. Antwoord ten laatste op %(tot)s.")
        % {"gedaan": gedaan, "tot": tot},
        jouw_beurt=True,
    )


Woorden = tuple[str, str, str]


def _wacht(aanmelding: Aanmelding, peildatum: dt.date) -> str:
    if aanmelding.antwoord_voor < peildatum:
        return _("Moest antwoorden voor %(dag)s. Het loket vraagt na waarom dat niet lukte.") % {
            "dag": _dag(aanmelding.antwoord_voor)
        }
    return _("Antwoordt voor %(dag)s. Jij hoeft niets te doen.") % {
        "dag": _dag(aanmelding.antwoord_voor)
    }


def _verzonden(aanmelding: Aanmelding, peildatum: dt.date) -> Woorden:
    return "", _("Verstuurd"), _wacht(aanmelding, peildatum)


def _gezien(aanmelding: Aanmelding, peildatum: dt.date) -> Woorden:
    return "info", _("Gelezen"), _wacht(aanmelding, peildatum)


def _wachtlijst(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return (
        "wacht",
        _("Op de wachtlijst"),
        _("Nu is er geen plaats. Komt er een vrij, dan krijg je bericht. Jij hoeft niets te doen."),
    )


def _geen_plaats(aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return "", _("Geen plaats"), f"{Weigerreden(aanmelding.weigerreden).label}."


def _niet_genomen(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return "", _("Niet aangenomen"), _("Jij koos om deze plaats niet te nemen.")


def _verlopen(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return (
        "",
        _("Voorstel verlopen"),
        _("De tijd om te antwoorden is voorbij. Wil je toch op de wachtlijst? Bel het loket."),
    )


def _genomen(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return "ja", _("Jouw plaats"), _("De opvang neemt contact met je op voor een eerste afspraak.")


def _elders(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return (
        "",
        _("Gestopt"),
        _("Je vraag stopte hier, want je vond een plaats bij een andere opvang."),
    )


def _gestopt(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    return "", _("Gestopt"), _("Deze opvang krijgt je vraag niet meer te zien.")


def _weg(_aanmelding: Aanmelding, _peildatum: dt.date) -> Woorden:
    """Word an offer that ended while this page was being made."""
    return (
        "wacht",
        _("Verandert net"),
        _("Laad deze bladzijde opnieuw om te zien hoe het nu staat."),
    )


_WOORDEN: dict[Aanmeldingstatus, Callable[[Aanmelding, dt.date], Woorden]] = {
    Aanmeldingstatus.VERZONDEN: _verzonden,
    Aanmeldingstatus.GEZIEN: _gezien,
    Aanmeldingstatus.WACHTLIJST: _wachtlijst,
    Aanmeldingstatus.VOORGESTELD: _weg,
    Aanmeldingstatus.AFWIJKEND: _weg,
    Aanmeldingstatus.AANVAARD: _genomen,
    Aanmeldingstatus.GEWEIGERD_OPVANG: _geen_plaats,
    Aanmeldingstatus.GEWEIGERD_OUDER: _niet_genomen,
    Aanmeldingstatus.VERLOPEN: _verlopen,
    Aanmeldingstatus.VERVALLEN_ELDERS: _elders,
    Aanmeldingstatus.VERVALLEN: _gestopt,
}


@dataclass(frozen=True, slots=True)
class Bod:
    """An offer as the parent weighs it: against what was asked and what else is open."""

    voorstel: Voorstel
    aanmelding: Aanmelding
    wacht_nog_op: str
    verstreken: bool
    #: The better wishes that still run, when this loket lets a family wait for them.
    beter: str = ""

    @classmethod
    def van(
        cls,
        voorstel: Voorstel,
        aanmelding: Aanmelding,
        alle: Sequence[Aanmelding],
        *,
        nu: dt.datetime,
    ) -> Bod:
        """Weigh an offer; `alle` are the requests of the question: hold only while one is open."""
        open_namen = [
            ander.locatie.naam
            for ander in alle
            if ander.pk != aanmelding.pk and ander.status in LOPENDE_AANMELDINGEN
        ]
        vraag = aanmelding.opvangvraag
        beter = [
            ander.locatie.naam
            for ander in alle
            if ander.rang < aanmelding.rang and ander.status in LOPENDE_AANMELDINGEN
        ]
        return cls(
            voorstel=voorstel,
            aanmelding=aanmelding,
            wacht_nog_op=_namen(open_namen),
            verstreken=voorstel.geldig_tot <= nu,
            beter="" if vraag.geen_voorkeur or not vraag.loket.vasthouden_mag else _namen(beter),
        )

    @property
    def laatste_dag(self) -> dt.date:
        """A deadline at midnight is the end of the day before."""
        return timezone.localdate(self.voorstel.geldig_tot - dt.timedelta(microseconds=1))

    @property
    def kan_vasthouden(self) -> bool:
        return bool(self.beter) and self.voorstel.status == Voorstelstatus.OPEN


MAX_NAMEN = 3


def _namen(namen: Sequence[str]) -> str:
    """Join the names as in a sentence, not too many."""
    if len(namen) <= MAX_NAMEN:
        return opsomming(list(namen))
    return _("%(namen)s en %(aantal)s andere") % {
        "namen": ", ".join(namen[:MAX_NAMEN]),
        "aantal": len(namen) - MAX_NAMEN,
    }


@dataclass(frozen=True, slots=True)
class Kern:
    """A question in one sentence; `beurt` when the parent has to act."""

    kop: str
    zin: str
    beurt: bool = False


def kern(vraag: Opvangvraag) -> Kern:
    """Say what matters most; wants prefetched `aanmeldingen__voorstellen` and `plaatsingen`."""
    if vraag.status == Vraagstatus.GEPLAATST:
        return _geplaatst(vraag)
    over = _("Je vraag voor %(naam)s") % {"naam": vraag.kind.naam}
    match vraag.status:
        case Vraagstatus.INGEDIEND:
            zin = _("Het loket kijkt je vraag na. Daarna gaat ze naar de opvang die je koos.")
        case Vraagstatus.ACTIEF:
            return _actief(list(vraag.aanmeldingen.all()), over)
        case Vraagstatus.ONBEANTWOORD:
            zin = _("We vonden samen geen plaats. Het loket sloot je vraag af.")
        case _ander:
            zin = _("Deze vraag is gestopt.")
    return Kern(over, zin)


def _actief(aanmeldingen: Sequence[Aanmelding], over: str) -> Kern:
    met_voorstel = [a for a in aanmeldingen if a.status in MET_VOORSTEL]
    if met_voorstel:
        return _met_voorstel(met_voorstel, over)
    wachtend = sum(a.status in WACHT_OP_ANTWOORD for a in aanmeldingen)
    op_lijst = sum(a.status == Aanmeldingstatus.WACHTLIJST for a in aanmeldingen)
    zinnen = []
    if wachtend:
        zinnen.append(
            ngettext(
                "%(aantal)s opvangplek bekijkt je vraag.",
                "%(aantal)s opvangplekken bekijken je vraag.",
                wachtend,
            )
            % {"aantal": wachtend}
        )
    if op_lijst:
        zinnen.append(
            ngettext(
                "Je staat op %(aantal)s wachtlijst.",
                "Je staat op %(aantal)s wachtlijsten.",
                op_lijst,
            )
            % {"aantal": op_lijst}
        )
    if zinnen:
        zinnen.append(_("Jij hoeft nu niets te doen."))
    else:
        zinnen.append(
            _("Geen enkele opvang heeft nu plaats. Bel het loket: we zoeken samen verder.")
        )
    return Kern(over, " ".join(zinnen))


def _geplaatst(vraag: Opvangvraag) -> Kern:
    plaatsing = next(iter(vraag.plaatsingen.all()), None)
    kop = _("%(naam)s heeft een plaats") % {"naam": vraag.kind.naam}
    if plaatsing is None:
        return Kern(kop, "")
    return Kern(
        kop[0].upper() + kop[1:],
        _("Bij %(opvang)s, vanaf %(dag)s.")
        % {"opvang": plaatsing.locatie.naam, "dag": date_format(plaatsing.vanaf, "l j F Y")},
    )


def _met_voorstel(met_voorstel: Sequence[Aanmelding], over: str) -> Kern:
    namen = _namen([a.locatie.naam for a in met_voorstel])
    vast = all(
        voorstel.status == Voorstelstatus.VASTGEHOUDEN
        for a in met_voorstel
        for voorstel in a.voorstellen.all()
    )
    if vast:
        return Kern(
            over,
            _("Je houdt een plaats vast bij %(opvang)s. Beslis op tijd.") % {"opvang": namen},
            beurt=True,
        )
    return Kern(
        _("Er is een plaats"),
        ngettext(
            "%(opvang)s wil je kind opvangen. Laat weten wat je doet.",
            "%(opvang)s willen je kind opvangen. Laat weten wat je doet.",
            len(met_voorstel),
        )
        % {"opvang": namen},
        beurt=True,
    )


# What happened


@dataclass(frozen=True, slots=True)
class Feit:
    """A point on the timeline."""

    op: dt.date
    zin: str


def verloop(gebeurtenissen: Sequence[Gebeurtenis]) -> list[Feit]:
    """Tell the family what happened, oldest first; the rest is the loket's own."""
    op_moment: dict[dt.datetime, set[str]] = {}
    for gebeurtenis in gebeurtenissen:
        op_moment.setdefault(gebeurtenis.op, set()).add(gebeurtenis.werkwoord)
    feiten = []
    for gebeurtenis in reversed(gebeurtenissen):
        zin = _zin(gebeurtenis, op_moment[gebeurtenis.op])
        if zin:
            feiten.append(Feit(timezone.localdate(gebeurtenis.op), zin))
    return feiten


#: What ends a question or a search; offers that fall away with it need no line of their own.
_EINDE = frozenset(
    {
        "aanvragen.aanmelding.aanvaard",
        "aanvragen.vraag.ingetrokken",
        "aanvragen.vraag.vervallen",
        "aanvragen.vraag.onbeantwoord",
    }
)


def _zin(gebeurtenis: Gebeurtenis, tegelijk: set[str]) -> str:
    werkwoord = gebeurtenis.werkwoord
    if _zwijgt(gebeurtenis, tegelijk):
        return ""
    zin = _ZINNEN_NAMENS.get((werkwoord, gebeurtenis.namens)) or _ZINNEN.get(werkwoord)
    if werkwoord == "aanvragen.vraag.actief" and _van_geplaatst(gebeurtenis):
        zin = _ging_niet_door
    opvang = str(gebeurtenis.gegevens.get("locatie", ""))
    return str(zin()) % {"opvang": opvang} if zin else ""


def _zwijgt(gebeurtenis: Gebeurtenis, tegelijk: set[str]) -> bool:
    """Tell whether another line of the same moment says more."""
    match gebeurtenis.werkwoord:
        case "aanvragen.vraag.ingediend":
            return "aanvragen.vraag.actief" in tegelijk
        case "aanvragen.voorstel.ingetrokken" if tegelijk & _EINDE:
            return True
        case "aanvragen.voorstel.verlopen":
            return "aanvragen.aanmelding.wachtlijst" not in tegelijk
        case werkwoord if gebeurtenis.namens == NAMENS_TERUG:
            return werkwoord != "aanvragen.voorstel.hersteld"
    return False


def _van_geplaatst(gebeurtenis: Gebeurtenis) -> bool:
    return bool(gebeurtenis.gegevens.get("van") == Vraagstatus.GEPLAATST)


def _ging_niet_door() -> str:
    return _("De plaats ging niet door. Je vraag loopt opnieuw")


#: What is worded differently when it followed by itself.
_ZINNEN_NAMENS: dict[tuple[str, str], Callable[[], str]] = {
    ("aanvragen.voorstel.ingetrokken", "plaats weg"): lambda: _(
        "Een ander gezin nam de plaats bij %(opvang)s"
    ),
    ("aanvragen.voorstel.ingetrokken", NAMENS_VASTGEHOUDEN): lambda: _(
        "Je voorstel van %(opvang)s verviel: je houdt een plaats vast die hoger op je lijst staat"
    ),
    ("aanvragen.voorstel.verlopen", "termijn"): lambda: _(
        "Je gaf de plaats bij %(opvang)s vrij, zoals je koos"
    ),
}
_ZINNEN: dict[str, Callable[[], str]] = {
    "aanvragen.vraag.ingediend": lambda: _("Het loket kreeg je vraag"),
    "aanvragen.vraag.actief": lambda: _("Je vraag ging naar de opvang"),
    "aanvragen.vraag.ingetrokken": lambda: _("Je vraag is gestopt"),
    "aanvragen.vraag.vervallen": lambda: _("Je vraag is gestopt"),
    "aanvragen.vraag.onbeantwoord": lambda: _("Het loket sloot je vraag af: er was geen plaats"),
    "aanvragen.vraag.bevestigd": lambda: _("Je vraag klopte nog"),
    "aanvragen.vraag.samengevoegd": lambda: _("Twee vragen voor hetzelfde kind werden één vraag"),
    "aanvragen.vraag.gewijzigd": lambda: _("Je vraag is gewijzigd"),
    "aanvragen.vraag.hartslag_gevraagd": lambda: _("We vroegen of je nog opvang zoekt"),
    "aanvragen.aanmelding.toegevoegd": lambda: _("Je vraag ging ook naar %(opvang)s"),
    "aanvragen.gezin.verhuisd": lambda: _("Je gaf een nieuw adres"),
    "aanvragen.kind.geboren": lambda: _("De geboorte werd gemeld"),
    "aanvragen.aanmelding.gezien": lambda: _("%(opvang)s las je vraag"),
    "aanvragen.aanmelding.wachtlijst": lambda: _("Je staat op de wachtlijst van %(opvang)s"),
    "aanvragen.aanmelding.voorgesteld": lambda: _("%(opvang)s biedt je een plaats aan"),
    "aanvragen.aanmelding.afwijkend_voorstel": lambda: _(
        "%(opvang)s biedt je een plaats aan, anders dan je vroeg"
    ),
    "aanvragen.aanmelding.geweigerd_door_opvang": lambda: _("%(opvang)s heeft geen plaats"),
    "aanvragen.aanmelding.geweigerd_door_ouder": lambda: _("Je nam de plaats bij %(opvang)s niet"),
    "aanvragen.aanmelding.verlopen": lambda: _("De tijd om %(opvang)s te antwoorden ging voorbij"),
    "aanvragen.aanmelding.aanvaard": lambda: _("Je nam de plaats bij %(opvang)s"),
    "aanvragen.voorstel.vastgehouden": lambda: _("Je houdt de plaats bij %(opvang)s vast"),
    "aanvragen.voorstel.ingetrokken": lambda: _("%(opvang)s trok het voorstel in"),
    "aanvragen.voorstel.bij_einde": lambda: _(
        "Je koos opnieuw wat er gebeurt met de plaats bij %(opvang)s"
    ),
    "aanvragen.voorstel.herinnerd": lambda: _("We herinnerden je aan de plaats bij %(opvang)s"),
    "aanvragen.voorstel.hersteld": lambda: _("Het voorstel van %(opvang)s staat weer open"),
    "aanvragen.aanmelding.hervat": lambda: _("Je vraag bij %(opvang)s telt weer mee"),
    "aanvragen.aanmelding.verzonden": lambda: _("Je vraag ging opnieuw naar %(opvang)s"),
    "aanvragen.plaatsing.teruggedraaid": lambda: _(
        "Het loket draaide de plaats bij %(opvang)s terug"
    ),
}


def komt_nog(
    vraag: Opvangvraag, aanmeldingen: Sequence[Aanmelding], *, peildatum: dt.date
) -> list[Feit]:
    """Tell what is still to come, with its day, first things first."""
    straks: list[Feit] = []
    if vraag.status == Vraagstatus.ACTIEF:
        straks += [
            Feit(
                timezone.localdate(voorstel.geldig_tot - dt.timedelta(microseconds=1)),
                _("Laatste dag om %(opvang)s te antwoorden") % {"opvang": aanmelding.locatie.naam},
            )
            for aanmelding in aanmeldingen
            for voorstel in aanmelding.voorstellen.all()
        ]
        straks += _antwoorden(aanmeldingen, peildatum)
    if vraag.status == Vraagstatus.GEPLAATST:
        straks += [
            Feit(
                plaatsing.vanaf,
                _("Eerste dag bij %(opvang)s") % {"opvang": plaatsing.locatie.naam},
            )
            for plaatsing in vraag.plaatsingen.all()
            if plaatsing.vanaf > peildatum
        ]
    return sorted(straks, key=lambda feit: feit.op)


def _antwoorden(aanmeldingen: Sequence[Aanmelding], peildatum: dt.date) -> list[Feit]:
    """Tell before which day each location answers that has not yet.

    A wish below a place that the family holds is not asked now: nothing is promised about it.
    """
    per_dag: dict[dt.date, list[str]] = {}
    for een in aanmeldingen:
        if (
            een.status in WACHT_OP_ANTWOORD
            and een.antwoord_voor >= peildatum
            and not is_opgeschort(een, aanmeldingen)
        ):
            per_dag.setdefault(een.antwoord_voor, []).append(een.locatie.naam)
    feiten = []
    for dag, namen in per_dag.items():
        zin = ngettext(
            "Voor deze dag antwoordt %(opvang)s. Zo niet, dan vraagt het loket het na",
            "Voor deze dag antwoorden %(opvang)s. Zo niet, dan vraagt het loket het na",
            len(namen),
        )
        feiten.append(Feit(dag, zin % {"opvang": _namen(namen)}))
    return feiten
