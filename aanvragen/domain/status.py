"""The only place where the status of a question, an aanmelding or a voorstel changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import (
    AANMELDINGHERSTEL,
    AANMELDINGOVERGANGEN,
    AFGESLOTEN_VRAGEN,
    VOORSTELOVERGANGEN,
    VRAAGOVERGANGEN,
    Aanmeldingstatus,
    BijEinde,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


@transaction.atomic
def verander_vraag(
    vraag: Opvangvraag,
    naar: Vraagstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    vervalreden: str = "",
    namens: str = "",
) -> None:
    """Move the question to `naar` and log it, or refuse; two callers never both succeed.

    Refuses an edge that `VRAAGOVERGANGEN` does not have (OngeldigeOvergang) and a stale copy
    (IntussenGewijzigd).
    """
    van = Vraagstatus(vraag.status)
    if naar not in VRAAGOVERGANGEN[van]:
        raise OngeldigeOvergang
    velden: dict[str, Any] = {"status": naar, "vervalreden": vervalreden}
    if naar in AFGESLOTEN_VRAGEN:
        velden["afgesloten_op"] = nu
    if naar == Vraagstatus.INGEDIEND:
        velden["ingediend_op"] = nu
    _wissel(Opvangvraag.objects.filter(pk=vraag.pk, status=van), velden)
    leg_vast(
        f"aanvragen.vraag.{naar.value}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        van=van.value,
        vervalreden=vervalreden,
    )
    vraag.refresh_from_db()


@transaction.atomic
def verander_aanmelding(
    aanmelding: Aanmelding,
    naar: Aanmeldingstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    weigerreden: str = "",
    toelichting: str | None = None,
    namens: str = "",
    herstel: bool = False,
) -> None:
    """Move one aanmelding to `naar` and log it under its question, or refuse.

    The first answer of the provider is dated in `beantwoord_op`. Refuses as `verander_vraag` does.
    With `herstel` an acceptance is undone: the edges are those of `AANMELDINGHERSTEL`.
    """
    van = Aanmeldingstatus(aanmelding.status)
    kan = AANMELDINGHERSTEL.get(van, frozenset()) if herstel else AANMELDINGOVERGANGEN[van]
    if naar not in kan:
        raise OngeldigeOvergang
    velden: dict[str, Any] = {
        "status": naar,
        "weigerreden": weigerreden,
        "gewijzigd_op": nu,
        "eindstatus_voor": None,
    }
    if toelichting is not None:
        velden["toelichting"] = toelichting
    if naar == Aanmeldingstatus.GEZIEN and aanmelding.gezien_op is None:
        velden["gezien_op"] = nu
    antwoorden = {
        Aanmeldingstatus.WACHTLIJST,
        Aanmeldingstatus.VOORGESTELD,
        Aanmeldingstatus.AFWIJKEND,
        Aanmeldingstatus.GEWEIGERD_OPVANG,
    }
    if naar in antwoorden and aanmelding.beantwoord_op is None:
        velden["beantwoord_op"] = nu
    _wissel(Aanmelding.objects.filter(pk=aanmelding.pk, status=van), velden)
    vraag = aanmelding.opvangvraag
    leg_vast(
        f"aanvragen.aanmelding.{naar.value}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        aanmelding=aanmelding.pk,
        locatie=aanmelding.locatie.naam,
        van=van.value,
        weigerreden=weigerreden,
    )
    aanmelding.refresh_from_db()


@transaction.atomic
def verander_voorstel(
    voorstel: Voorstel,
    naar: Voorstelstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    bij_einde: BijEinde | None = None,
    ouderreden: str = "",
) -> None:
    """Move one offer to `naar` and log it under its question, or refuse. A trigger takes or frees
    the places.

    `bij_einde` goes with a hold, `ouderreden` with a no of the family; both are logged as codes.
    """
    van = Voorstelstatus(voorstel.status)
    if naar not in VOORSTELOVERGANGEN[van]:
        raise OngeldigeOvergang
    velden: dict[str, Any] = {"status": naar, "beslist_op": nu, "ouderreden": ouderreden}
    extra: dict[str, str] = {"reden": ouderreden} if ouderreden else {}
    if bij_einde is not None:
        velden["bij_einde"] = bij_einde
        extra["bij_einde"] = bij_einde.value
    _wissel(Voorstel.objects.filter(pk=voorstel.pk, status=van), velden)
    aanmelding = voorstel.aanmelding
    leg_vast(
        f"aanvragen.voorstel.{naar.value}",
        aanmelding.opvangvraag,
        door=door,
        nu=nu,
        loket=aanmelding.opvangvraag.loket,
        namens=namens,
        voorstel=voorstel.pk,
        locatie=aanmelding.locatie.naam,
        van=van.value,
        **extra,
    )
    voorstel.refresh_from_db()


def _wissel(rijen: Any, velden: dict[str, Any]) -> None:
    """Compare-and-swap: one row in the expected state, or somebody was first."""
    if rijen.update(**velden) != 1:
        raise IntussenGewijzigd
