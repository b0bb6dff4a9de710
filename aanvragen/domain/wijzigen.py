"""A family changes its running question: when, which days, where, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import (
    GeenLocaties,
    IntussenGewijzigd,
    OngeldigeOvergang,
    Weigering,
)
from aanvragen.domain.gevolgen import (
    INHOUD,
    Gevolg,
    Gevolgsoort,
    Wens,
    bod,
    gevolgen_van,
    stempel,
    veranderde_velden,
    wens_van,
)
from aanvragen.domain.keuzes import maak_aanmelding
from aanvragen.domain.kiezen import weiger_voorstel
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.ronde import begin_ronde
from aanvragen.domain.status import verander_aanmelding
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import (
    LOPENDE_VRAGEN,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod


class NietsVeranderd(Weigering):
    def __init__(self) -> None:
        super().__init__(_("Je veranderde niets. Je vraag blijft zoals ze was."))


def keuzes_van(vraag: Opvangvraag) -> list[Aanmelding]:
    """The running wishes of a question in order, with their running offers. Two queries.

    What staff found outside the wishes is no wish: it can't be moved or dropped here.
    """
    return list(
        Aanmelding.objects.lopend()
        .filter(opvangvraag=vraag, buiten_keuze=False)
        .select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
        .prefetch_related(Prefetch("voorstellen", queryset=Voorstel.objects.lopend()))
        .order_by("rang", "pk")
    )


@transaction.atomic
def wijzig(
    vraag: Opvangvraag,
    wens: Wens,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    gezien: str | None = None,
    namens: str = "",
) -> list[Gevolg]:
    """Change what is asked. Gives the consequences, the same that `gevolgen_van` told beforehand.

    Guarantees: the date of asking stays, at every location; a running or held offer stays valid as
    it was made, and so does a place on a waiting list; only who drops a wish gives those back.
    Providers that have to answer still get a fresh term and a new link. The question counts as
    confirmed. Refuses: a question that no longer runs (OngeldigeOvergang); `gezien`, the mark of
    the page that was confirmed, when the question differs from it (IntussenGewijzigd); no change;
    dropping the last wish (GeenLocaties); a location that parents can't find or that had this
    question before. Causes: one mail to each parent, and one to each provider that it concerns.
    Source: domein.md §12, rules 1 and 9; calm is guarded in `meldingen`.
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket", "kind__gezin").get(pk=vraag.pk)
    )
    if vraag.status not in LOPENDE_VRAGEN:
        raise OngeldigeOvergang
    keuzes = keuzes_van(vraag)
    if gezien is not None and gezien != stempel(vraag, keuzes):
        raise IntussenGewijzigd
    vroeger = wens_van(vraag, keuzes)
    if wens == vroeger:
        raise NietsVeranderd
    if keuzes and not wens.locaties:
        raise GeenLocaties(
            _("Hou minstens één opvang over. Wil je helemaal stoppen? Dat kan bij je vraag.")
        )
    nieuw = _nieuwe_locaties(vraag, wens, keuzes)
    gevolgen = gevolgen_van(vraag, keuzes, wens, namen={een.pk: een.naam for een in nieuw})
    wie: dict[str, Any] = {"door": door, "nu": nu, "namens": namens}

    velden = veranderde_velden(vroeger, wens)
    Opvangvraag.objects.filter(pk=vraag.pk).update(
        laatst_bevestigd=nu, **{naam: getattr(wens, naam) for naam in INHOUD}
    )
    vraag.refresh_from_db(fields=["laatst_bevestigd", *INHOUD])
    _laat_vallen(vraag, [k for k in keuzes if k.locatie_id not in wens.locaties], **wie)
    _herschik(keuzes, wens)
    _voeg_toe(vraag, nieuw, wens, **wie)
    _vertel_aan_opvang(vraag, gevolgen, velden, **wie)
    leg_vast(
        "aanvragen.vraag.gewijzigd",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        velden=" ".join(velden),
        volgorde=_volgorde_anders(keuzes, wens),
        erbij=len(nieuw),
        eraf=sum(gevolg.is_verlies for gevolg in gevolgen),
        **{f"was_{naam}": _als_feit(getattr(vroeger, naam)) for naam in velden},
    )
    meld_ouders(vraag, "gewijzigd", nu=nu, keuzes=[k.locatie.naam for k in keuzes_van(vraag)])
    return gevolgen


def _nieuwe_locaties(
    vraag: Opvangvraag, wens: Wens, keuzes: Sequence[Aanmelding]
) -> list[Opvanglocatie]:
    """Find the locations that were not asked yet, in order of wish; refuse what can't be asked."""
    bekend = {keuze.locatie_id for keuze in keuzes}
    ids = [pk for pk in dict.fromkeys(wens.locaties) if pk not in bekend]
    gevonden = Opvanglocatie.objects.publiek().in_bulk(ids)
    if len(gevonden) != len(ids):
        raise Weigering(_("Een opvang die je koos, is niet te vinden voor ouders."))
    eerder = vraag.aanmeldingen.filter(locatie__in=ids).select_related("locatie").first()
    if eerder:
        raise Weigering(
            _("%(opvang)s kreeg je vraag al eens. Je kunt ze in deze vraag niet opnieuw kiezen.")
            % {"opvang": eerder.locatie.naam}
        )
    return [gevonden[pk] for pk in ids]


def _laat_vallen(
    vraag: Opvangvraag,
    weg: Sequence[Aanmelding],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str,
) -> None:
    """End the wishes that the family drops; places that were offered there are free again."""
    # Each offer below locks its places by itself: take all of them first, in pk order.
    lopende = Voorstel.objects.lopend().filter(aanmelding__opvangvraag=vraag)
    list(Plaatsaanbod.objects.vergrendeld().filter(voorstellen__in=lopende.values("pk")))
    for keuze in weg:
        voorstel = bod(keuze)
        if voorstel:
            weiger_voorstel(voorstel, door=door, nu=nu, namens=namens)
            continue
        keuze.refresh_from_db(fields=["status"])
        verander_aanmelding(keuze, Aanmeldingstatus.VERVALLEN, door=door, nu=nu, namens=namens)
        if vraag.status == Vraagstatus.ACTIEF:
            meld_aanbieder(keuze, "aanbieder_vervallen", nu=nu)


def _herschik(keuzes: Sequence[Aanmelding], wens: Wens) -> None:
    """Give the wishes that stay their new order, among the ranks that they had."""
    per_locatie = {keuze.locatie_id: keuze for keuze in keuzes}
    volgorde = [per_locatie[pk] for pk in wens.locaties if pk in per_locatie]
    rangen = sorted(keuze.rang for keuze in volgorde)
    for keuze, rang in zip(volgorde, rangen, strict=True):
        if keuze.rang != rang:
            Aanmelding.objects.filter(pk=keuze.pk).update(rang=rang)


def _voeg_toe(
    vraag: Opvangvraag,
    nieuw: Sequence[Opvanglocatie],
    wens: Wens,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str,
) -> None:
    """Send the question to the new locations; each stands where the family put it."""
    if not nieuw:
        return
    for locatie in nieuw:
        maak_aanmelding(vraag, locatie, door=door, nu=nu, namens=namens)
    _herschik(keuzes_van(vraag), wens)
    for aanmelding in vraag.aanmeldingen.niet_opgeschort().filter(locatie__in=nieuw):
        if vraag.status == Vraagstatus.ACTIEF:
            meld_aanbieder(aanmelding, "nieuwe_vraag", nu=nu)


def _vertel_aan_opvang(
    vraag: Opvangvraag,
    gevolgen: Sequence[Gevolg],
    velden: Sequence[str],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str,
) -> None:
    """Ask anew who still has to answer; tell who has the family on its list or made an offer."""
    van_soort = {
        soort: [g.aanmelding.pk for g in gevolgen if g.aanmelding and g.soort == soort]
        for soort in Gevolgsoort
    }
    opnieuw = [*van_soort[Gevolgsoort.OPNIEUW], *van_soort[Gevolgsoort.TELT_WEER]]
    if velden and vraag.gewenste_start > timezone.localdate(nu):
        # How it ended is asked once the start has passed: not for a start that lies ahead again.
        vraag.aanmeldingen.filter(status=Aanmeldingstatus.WACHTLIJST).update(
            eindstatus_voor=None, wacht_bevestigd_op=None
        )
    begin_ronde(
        vraag.aanmeldingen.filter(pk__in=opnieuw, status__in=WACHT_OP_ANTWOORD),
        loket=vraag.loket,
        nu=nu,
    )
    vers = vraag.aanmeldingen.select_related(
        "locatie__organisator", "opvangvraag__loket", "opvangvraag__kind__gezin"
    ).in_bulk()
    for gevolg in gevolgen:
        if gevolg.aanmelding is None:
            continue
        aanmelding = vers[gevolg.aanmelding.pk]
        match gevolg.soort:
            case Gevolgsoort.OPNIEUW | Gevolgsoort.LIJST_BLIJFT | Gevolgsoort.BOD_BLIJFT:
                meld_aanbieder(aanmelding, "aanbieder_gewijzigd", nu=nu, soort=gevolg.soort.value)
            case Gevolgsoort.TELT_WEER if aanmelding.status in WACHT_OP_ANTWOORD:
                meld_aanbieder(aanmelding, "aanbieder_hervat", nu=nu)


def _volgorde_anders(keuzes: Sequence[Aanmelding], wens: Wens) -> bool:
    """Tell whether the wishes that stay stand in another order."""
    vroeger = [keuze.locatie_id for keuze in keuzes if keuze.locatie_id in wens.locaties]
    return vroeger != [pk for pk in wens.locaties if pk in vroeger]


def _als_feit(waarde: dt.date | int | None) -> str | int | None:
    """Write an earlier answer as the log keeps it; providers are told what it was."""
    return waarde.isoformat() if isinstance(waarde, dt.date) else waarde
