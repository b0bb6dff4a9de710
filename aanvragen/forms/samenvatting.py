"""A request in words, to check before it is sent: each answer with the way back to its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanvragen.forms.aanvraag import naam_van, rekendatum
from aanvragen.forms.vragenlijst import Vragenlijst
from aanvragen.workflow import (
    DringendeReden,
    Kenmerkcode,
    Prijswens,
    Relatie,
    Vormwens,
    Zorgbehoefte,
)
from opvang.workflow import Ruimer


@dataclass(frozen=True, slots=True)
class Regel:
    """One answer. `wijzig` names it after "Wijzig"; `anker` is its input on the page of `slug`."""

    naam: str
    waarden: tuple[str, ...]
    wijzig: str
    anker: str
    masker: int | None = None
    genummerd: bool = False


@dataclass(frozen=True, slots=True)
class Blok:
    """The answers of one page."""

    slug: str
    titel: str
    regels: tuple[Regel, ...]


def samenvatting(lijst: Vragenlijst, *, email: str) -> list[Blok]:
    """List every answer of a complete request, page by page. `email` is where the answers go."""
    return [
        Blok("wie", _("Jij"), tuple(_wie(lijst, email))),
        Blok(
            "kind",
            _("Je kind") if lijst.kind.aantal == 1 else _("Je kinderen"),
            tuple(_kind(lijst)),
        ),
        Blok("wanneer", _("Wanneer"), tuple(_wanneer(lijst))),
        Blok("dagen", _("Dagen"), tuple(_dagen(lijst))),
        Blok("opvang", _("Waar"), tuple(_opvang(lijst))),
        Blok("situatie", _("Jullie situatie"), tuple(_situatie(lijst))),
    ]


def _wie(lijst: Vragenlijst, email: str) -> Iterator[Regel]:
    form, schoon = lijst.wie, lijst.wie.cleaned_data
    yield Regel(
        _("Naam"),
        (f"{schoon['voornaam']} {schoon['familienaam']}",),
        _("je naam"),
        form.anker("voornaam"),
    )
    yield Regel(
        _("Wie ben je?"),
        (str(Relatie(schoon["relatie"]).label),),
        _("wie je bent"),
        form.anker("relatie"),
    )
    yield Regel(_("E-mail"), (email,), "" if lijst.kader.email else _("je e-mailadres"), "id_email")
    yield Regel(
        _("Telefoon"),
        (schoon["telefoon"] or _("Niet ingevuld"),),
        _("je telefoon"),
        form.anker("telefoon"),
    )
    adres = f"{schoon['straat']} {schoon['huisnummer']}".strip()
    plaats = f"{schoon['postcode']} {schoon['gemeente'].naam}".strip()
    wijk = form.label_van("wijk", schoon["wijk"]) if schoon.get("wijk") else ""
    yield Regel(
        _("Adres"),
        tuple(deel for deel in (adres, plaats, wijk) if deel),
        _("je adres"),
        form.anker("straat"),
    )


def _kind(lijst: Vragenlijst) -> Iterator[Regel]:
    form = lijst.kind
    for nummer, kind in enumerate(form.kinderen()):
        naam = f"{kind.voornaam or _('Baby')} {kind.familienaam}"
        yield Regel(
            _("Naam"),
            (naam if kind.geboortedatum else _("%(naam)s, nog niet geboren") % {"naam": naam},),
            _("de naam van %(naam)s") % {"naam": naam_van(kind)},
            form.anker(f"voornaam_{nummer}"),
        )
        yield Regel(
            _("Geboren op") if kind.geboortedatum else _("Verwacht rond"),
            (date_format(rekendatum(kind), "j F Y"),),
            (
                _("de geboortedatum van %(naam)s")
                if kind.geboortedatum
                else _("de verwachte datum van %(naam)s")
            )
            % {"naam": naam_van(kind)},
            form.anker(f"datum_{nummer}"),
        )


def _wanneer(lijst: Vragenlijst) -> Iterator[Regel]:
    form, schoon = lijst.wanneer, lijst.wanneer.cleaned_data
    yield Regel(
        _("Vanaf"),
        (date_format(schoon["start"], "l j F Y"),),
        _("de startdatum"),
        form.anker("start"),
    )
    yield Regel(
        _("Vroeger of later?"),
        (form.label_van("flexibel", schoon["flexibel"]),),
        _("of het vroeger of later mag"),
        form.anker("flexibel"),
    )
    yield Regel(
        _("Laatste dag"),
        (date_format(schoon["einde"], "l j F Y") if schoon["einde"] else _("Nog niet gekend"),),
        _("de laatste dag"),
        form.anker("einde"),
    )


def _dagen(lijst: Vragenlijst) -> Iterator[Regel]:
    form, schoon = lijst.dagen, lijst.dagen.cleaned_data
    wissel = form.rooster_andere_week()
    yield Regel(
        _("Dagen") if wissel is None else _("Ene week"),
        (),
        _("de dagen"),
        form.anker("rooster"),
        schoon["rooster"],
    )
    if wissel is not None:
        yield Regel(
            _("Andere week"),
            (),
            _("de dagen van de andere week"),
            form.anker("rooster_wissel"),
            wissel,
        )
    yield Regel(
        _("Mag er een dag schuiven?"),
        (form.label_van("schuiven", schoon["schuiven"]) or _("Niet ingevuld"),),
        _("of er een dag mag schuiven"),
        form.anker("schuiven"),
    )


def _opvang(lijst: Vragenlijst) -> Iterator[Regel]:
    form, schoon = lijst.opvang, lijst.opvang.cleaned_data
    if schoon["keuze"] == "zelf":
        yield Regel(
            _("Jouw plekken"),
            tuple(f"{locatie.naam}, {locatie.plaats}" for locatie in schoon["locatie"]),
            _("je opvangplekken"),
            form.anker("keuze"),
            genummerd=len(schoon["locatie"]) > 1,
        )
    else:
        yield Regel(
            _("Geen voorkeur"),
            (
                _("Alle opvang in %(gemeenten)s")
                % {"gemeenten": ", ".join(g.naam for g in schoon["gebied"])},
            ),
            _("waar je opvang zoekt"),
            form.anker("keuze"),
        )
    yield Regel(
        _("Soort opvang"),
        (str(Vormwens(schoon["vormwens"]).label),),
        _("de soort opvang"),
        form.anker("vormwens"),
    )
    yield Regel(
        _("Prijs"),
        (str(Prijswens(schoon["prijswens"]).label),),
        _("de prijs"),
        form.anker("prijswens"),
    )


def _situatie(lijst: Vragenlijst) -> Iterator[Regel]:
    form, schoon = lijst.situatie, lijst.situatie.cleaned_data
    niet = _("Niet ingevuld")
    yield Regel(
        _("Snel nodig?"),
        (
            str(DringendeReden(schoon["dringend"]).label)
            if schoon["dringend"]
            else _("Niet dringend"),
        ),
        _("of het dringend is"),
        form.anker("dringend"),
    )
    yield Regel(
        _("Andere uren"),
        tuple(str(Ruimer(code).label) for code in schoon["ruimer"]) or (_("Niet nodig"),),
        _("de uren"),
        form.anker("ruimer"),
    )
    yield Regel(
        _("Extra zorg"),
        (str(Zorgbehoefte(schoon["zorg"]).label) if schoon["zorg"] else niet,),
        _("of je kind extra zorg nodig heeft"),
        form.anker("zorg"),
    )
    if form.kader.kenmerken_tellen:
        yield _kenmerken(lijst)
    taal = form.label_van("taal", schoon["taal"]) if schoon["taal"] else niet
    yield Regel(
        _("Taal thuis"),
        (taal, _("Graag hulp van een tolk")) if schoon["tolk"] else (taal,),
        _("je taal"),
        form.anker("taal"),
    )


def _kenmerken(lijst: Vragenlijst) -> Regel:
    form, niet = lijst.situatie, _("Niet ingevuld")
    kenmerken = form.kenmerken_per_code()
    aanwezig = tuple(str(Kenmerkcode(code).label) for code, ja in kenmerken.items() if ja)
    return Regel(
        _("Wat klopt voor jullie"),
        aanwezig or ((_("Niets van dit alles") if kenmerken else niet),),
        _("wat klopt voor jullie"),
        form.anker("kenmerken"),
    )
