"""The answers of an earlier question as input for a new one: all but the child."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from aanvragen.domain.voorrang_telt import geeft_voorrang
from aanvragen.forms.aanvraag import GEEN_KENMERK
from aanvragen.forms.vragenlijst import BRON
from aanvragen.workflow import Kenmerkcode
from opvang.models import Opvanglocatie

if TYPE_CHECKING:
    from aanvragen.forms.stap import Invoer
    from aanvragen.models import Opvangvraag, Ouder

#: What is about the other child: its own care, and whether it is a foster child.
_VAN_HET_KIND = frozenset({Kenmerkcode.PLEEGKIND})


def neem_over_van(
    vraag: Opvangvraag, *, ouder: Ouder, vandaag: dt.date, tweeling: bool
) -> dict[str, Invoer]:
    """Give the pages of a new request as `ouder` would fill them in after `vraag`.

    The child is left open but for its family name; for a `tweeling` its date is known too. A start
    that has passed is left open. The need for extra care belongs to the other child, so it is not
    taken along.
    """
    return {
        BRON: {
            "referentie": [vraag.referentie],
            "voor": [vraag.kind.voornaam],
            "tweeling": ["ja"] if tweeling else [],
        },
        "wie": _wie(ouder),
        "kind": _kind(vraag, tweeling=tweeling),
        **_wanneer(vraag, vandaag=vandaag),
        "dagen": _dagen(vraag),
        "opvang": _opvang(vraag),
        "situatie": _situatie(vraag, vandaag=vandaag),
    }


def _wie(ouder: Ouder) -> Invoer:
    gezin = ouder.gezin
    return {
        "voornaam": [ouder.voornaam],
        "familienaam": [ouder.familienaam],
        "relatie": [ouder.relatie],
        "telefoon": [ouder.telefoon],
        "straat": [gezin.straat],
        "huisnummer": [gezin.huisnummer],
        "postcode": [gezin.postcode],
        "gemeente": [str(gezin.gemeente_id)],
        "wijk": [str(gezin.wijk_id or "")],
    }


def _kind(vraag: Opvangvraag, *, tweeling: bool) -> Invoer:
    invoer = {"aantal": ["1"], "familienaam_0": [vraag.kind.familienaam]}
    if tweeling:
        invoer["geboren_0"] = ["ja" if vraag.kind.geboren else "nee"]
        invoer["datum_0"] = [vraag.kind.rekendatum.isoformat()]
    return invoer


def _wanneer(vraag: Opvangvraag, *, vandaag: dt.date) -> dict[str, Invoer]:
    if vraag.gewenste_start < vandaag:
        return {}
    invoer = {
        "start": [vraag.gewenste_start.isoformat()],
        "flexibel": [str(vraag.flexibel_weken)],
    }
    if vraag.gewenst_einde:
        invoer["einde"] = [(vraag.gewenst_einde - dt.timedelta(days=1)).isoformat()]
    return {"wanneer": invoer}


def _dagen(vraag: Opvangvraag) -> Invoer:
    invoer = {
        "rooster": [str(vraag.rooster)],
        "wisselend": ["nee" if vraag.rooster_wissel is None else "ja"],
        "schuiven": ["ja" if vraag.flexibel_dagen else "nee"],
    }
    if vraag.rooster_wissel is not None:
        invoer["rooster_wissel"] = [str(vraag.rooster_wissel)]
    return invoer


def _opvang(vraag: Opvangvraag) -> Invoer:
    invoer = {"vormwens": [vraag.vormwens], "prijswens": [vraag.prijswens]}
    if vraag.geen_voorkeur:
        gebied = [str(gemeente.pk) for gemeente in vraag.gebied.all()]
        return {**invoer, "keuze": ["overal"], "gebied": gebied}
    keuzes = vraag.aanmeldingen.filter(locatie__in=Opvanglocatie.objects.publiek()).order_by("rang")
    locaties = [str(pk) for pk in keuzes.values_list("locatie", flat=True)]
    return {**invoer, "keuze": ["zelf"], "locatie": locaties}


def _situatie(vraag: Opvangvraag, *, vandaag: dt.date) -> Invoer:
    gezin = vraag.kind.gezin
    invoer = {
        "dringend": [vraag.dringende_reden],
        "ruimer": list(vraag.ruimere_uren),
        "taal": [gezin.taal],
    }
    if gezin.tolk:
        invoer["tolk"] = ["on"]
    gezegd = {kenmerk.code: kenmerk.aanwezig for kenmerk in vraag.kenmerken.all()}
    if gezegd:
        aanwezig = [code for code, ja in gezegd.items() if ja and code not in _VAN_HET_KIND]
        invoer["kenmerken"] = aanwezig or [GEEN_KENMERK]
    elif not _werden_gevraagd(vraag, vandaag=vandaag):
        invoer["zonder_kenmerken"] = ["1"]
    return invoer


def _werden_gevraagd(vraag: Opvangvraag, *, vandaag: dt.date) -> bool:
    """Tell whether the family saw the question about its traits, and left it open: then it may."""
    locaties = Opvanglocatie.objects.filter(aanmeldingen__opvangvraag=vraag)
    return geeft_voorrang(locaties, peildatum=vandaag)
