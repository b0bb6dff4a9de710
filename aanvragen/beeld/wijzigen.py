"""What the part `wijzigen` shows of a question: what a change does, in whole sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aanvragen.domain.gevolgen import Gevolg, Gevolgsoort, Wens
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.permissions import Actie, mag
from aanvragen.templatetags.aanvragen import uiterlijk
from loket.models import Gebruiker
from loket.week import in_woorden as week_in_woorden

if TYPE_CHECKING:
    from opvang.models import Opvanglocatie


def op_mijn(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Whether the parent can change this question now."""
    return {"wijzigen_mag": mag(gebruiker, Actie.WIJZIGEN, vraag)}


@dataclass(frozen=True, slots=True)
class Regel:
    """One consequence: where, and a sentence; `verlies` when the family gives something up."""

    opvang: str
    zin: str
    verlies: bool


def in_woorden(gevolg: Gevolg, *, antwoord_voor: dt.date) -> Regel:
    """Say what happens at one location; `antwoord_voor` is the term that begins with the change."""
    return Regel(gevolg.opvang, _ZINNEN[gevolg.soort](gevolg, antwoord_voor), gevolg.is_verlies)


def _bod(gevolg: Gevolg) -> dict[str, str]:
    voorstel = gevolg.voorstel
    assert voorstel is not None
    return {
        "dagen": week_in_woorden(voorstel.rooster),
        "start": date_format(voorstel.start, "j F Y"),
        "tot": uiterlijk(voorstel.geldig_tot),
    }


def _dag(dag: dt.date) -> dict[str, str]:
    return {"dag": date_format(dag, "l j F")}


_ZINNEN: dict[Gevolgsoort, Callable[[Gevolg, dt.date], str]] = {
    Gevolgsoort.BOD_BLIJFT: lambda gevolg, _termijn: (
        _(
            "Je voorstel blijft geldig zoals het is: %(dagen)s, vanaf %(start)s. "
            "Het geldt niet voor wat je nu anders vraagt. Antwoord ten laatste op %(tot)s."
        )
        % _bod(gevolg)
    ),
    Gevolgsoort.BOD_TERUG: lambda gevolg, _termijn: (
        _(
            "Je geeft de plaats terug die deze opvang je voorstelt: %(dagen)s, vanaf %(start)s. "
            "Een ander gezin kan ze krijgen."
        )
        % _bod(gevolg)
    ),
    Gevolgsoort.LIJST_WEG: lambda _gevolg, _termijn: _(
        "Je verliest je plaats op deze wachtlijst. Die krijg je niet terug."
    ),
    Gevolgsoort.STOPT: lambda _gevolg, _termijn: _(
        "Je vraag stopt hier. Je kunt deze opvang later niet opnieuw kiezen in deze vraag."
    ),
    Gevolgsoort.OPNIEUW: lambda _gevolg, termijn: (
        _("Krijgt je nieuwe vraag en antwoordt voor %(dag)s. Je datum van aanvragen blijft.")
        % _dag(termijn)
    ),
    Gevolgsoort.LIJST_BLIJFT: lambda _gevolg, _termijn: _(
        "Je blijft op de wachtlijst, met dezelfde datum. De opvang krijgt je nieuwe vraag."
    ),
    Gevolgsoort.NIEUW: lambda _gevolg, termijn: (
        _("Krijgt je vraag en antwoordt voor %(dag)s.") % _dag(termijn)
    ),
    Gevolgsoort.WACHT: lambda _gevolg, _termijn: _(
        "Wacht zolang je een plaats vasthoudt die hoger staat. "
        "Geef je die vrij, dan telt deze weer."
    ),
    Gevolgsoort.TELT_WEER: lambda _gevolg, termijn: (
        _("Staat niet langer na de plaats die je vasthoudt. Telt weer mee, antwoord voor %(dag)s.")
        % _dag(termijn)
    ),
}


@dataclass(frozen=True, slots=True)
class Verschil:
    """One answer before and after."""

    wat: str
    was: str
    wordt: str


def zo_was_het(
    vraag: Opvangvraag,
    keuzes: Sequence[Aanmelding],
    wens: Wens,
    locaties: Sequence[Opvanglocatie],
) -> list[Verschil]:
    """List what differs, in words."""
    rijen = [
        Verschil(wat(), zeg(getattr(vraag, naam)), zeg(getattr(wens, naam)))
        for naam, (wat, zeg) in _VELDEN.items()
    ]
    rijen.append(
        Verschil(
            _("Opvang"),
            ", ".join(keuze.locatie.naam for keuze in keuzes),
            ", ".join(locatie.naam for locatie in locaties),
        )
    )
    return [rij for rij in rijen if rij.was != rij.wordt]


def wat_is(naam: str) -> str:
    """Name a field that a family can change."""
    return _VELDEN[naam][0]()


def waarde_in_woorden(naam: str, waarde: Any) -> str:
    """Say the value of a field that a family can change."""
    return _VELDEN[naam][1](waarde)


def _datum(dag: dt.date) -> str:
    return date_format(dag, "j F Y")


def _laatste(einde: dt.date | None) -> str:
    return _datum(einde - dt.timedelta(days=1)) if einde else _("niet bekend")


def _weken(aantal: int) -> str:
    if not aantal:
        return _("rond deze dag")
    return ngettext(
        "tot %(aantal)s week vroeger of later", "tot %(aantal)s weken vroeger of later", aantal
    ) % {"aantal": aantal}


def _wissel(masker: int | None) -> str:
    return _("elke week dezelfde dagen") if masker is None else week_in_woorden(masker)


def _mag(flexibel_dagen: object) -> str:
    return _("mag ook") if flexibel_dagen else _("alleen deze dagen")


_VELDEN: dict[str, tuple[Callable[[], str], Callable[[Any], str]]] = {
    "gewenste_start": (lambda: _("Vanaf"), _datum),
    "flexibel_weken": (lambda: _("Schuiven"), _weken),
    "gewenst_einde": (lambda: _("Laatste dag"), _laatste),
    "rooster": (lambda: _("Dagen"), week_in_woorden),
    "rooster_wissel": (lambda: _("Andere week"), _wissel),
    "flexibel_dagen": (lambda: _("Andere dag"), _mag),
}
