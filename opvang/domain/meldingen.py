"""Ask to hear by mail what is free, without an account: ask, confirm, stop, lapse, clear away."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.domain.berichten import leg_klaar, stop_berichten_over
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from loket.domain.logboek import leg_vast
from loket.models import Bericht, Loket
from opvang.domain.meldlink import BEVESTIG_DAGEN, bevestig_url
from opvang.domain.meldvraag import (
    OngeldigeMeldvraag,
    in_woorden,
    kenmerk_van,
    naar_primitieven,
    uit_primitieven,
)
from opvang.domain.stand import Termijnen
from opvang.domain.waar import Zoekgebied
from opvang.domain.zoekadres import zoekadres
from opvang.domain.zoeken import Zoekvraag, kandidaten_met_stand
from opvang.models import BekendePlaats, Melding, Opvanglocatie
from opvang.workflow import (
    LOPENDE_MELDINGEN,
    MELDINGOVERGANGEN,
    Meldingsoort,
    Meldingstatus,
    Stand,
)

logger = logging.getLogger(__name__)

#: Half a year of looking, a year of lists; who still wants them confirms again.
GELDIG = {
    Meldingsoort.PLAATS: dt.timedelta(days=182),
    Meldingsoort.WEEKLIJST: dt.timedelta(days=364),
}
#: Whoever types somebody else's address can't fill that mailbox. Counted in the outbox.
BEVESTIGMAILS_PER_DAG = 3
MEESTE_PER_ADRES = 10
#: How long we keep what was stopped or lapsed, so that its stop link still answers.
BEWAARD_NA_EINDE = dt.timedelta(days=30)
SJABLOON_BEVESTIG = "opvang/melding_bevestig"
NAMENS = "link in mail"


class MeldingBestaatNiet(Weigering):
    standaard = _("Deze melding loopt niet meer. Zoek opnieuw en vraag ze nog eens.")


@transaction.atomic
def vraag_plaatsmelding(vraag: Zoekvraag, *, email: str, nu: dt.datetime) -> None:
    """Ask to hear when something frees up that fits this search; mails a link to confirm.

    Guarantees: the caller learns nothing about the address: known or not, often asked or not, the
    outcome is the same. Asking the same again mails the link again, at most
    BEVESTIGMAILS_PER_DAG times. What is free now is known to who asks, so it is no news later.
    Refuses a search that can't be kept (OngeldigeMeldvraag).
    """
    primitieven = naar_primitieven(vraag)
    vrij_nu = kandidaten_met_stand(
        uit_primitieven(primitieven), termijnen=Termijnen.lees(), nu=nu
    ).filter(stand=Stand.VRIJ)
    _vraag(
        Meldingsoort.PLAATS,
        email=email,
        primitieven=primitieven,
        loket=_loket_van(vraag.gebied),
        bekend=vrij_nu.order_by().values_list("pk", flat=True),
        nu=nu,
    )


@transaction.atomic
def vraag_weeklijst(loket: Loket, *, email: str, nu: dt.datetime) -> None:
    """Ask for the weekly list of a loket; as with `vraag_plaatsmelding` nothing can be learnt."""
    _vraag(Meldingsoort.WEEKLIJST, email=email, primitieven={}, loket=loket, bekend=(), nu=nu)


@transaction.atomic
def bevestig(pk: int, *, nu: dt.datetime) -> Melding:
    """From now on this melding mails. Confirming one that runs already only makes it last longer.

    Refuses one that is gone, stopped or lapsed (MeldingBestaatNiet).
    """
    melding = Melding.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if melding is None or melding.status not in LOPENDE_MELDINGEN:
        raise MeldingBestaatNiet
    verloopt_op = nu + GELDIG[Meldingsoort(melding.soort)]
    if melding.status == Meldingstatus.ACTIEF:
        Melding.objects.filter(pk=pk).update(verloopt_op=verloopt_op)
    else:
        _zet(melding, Meldingstatus.ACTIEF, bevestigd_op=nu, verloopt_op=verloopt_op)
    leg_vast(
        "opvang.melding.bevestigd", melding, door=None, namens=NAMENS, nu=nu, loket=melding.loket
    )
    melding.refresh_from_db()
    return melding


@transaction.atomic
def stop(pk: int, *, nu: dt.datetime) -> Melding:
    """No more mail, also not what waits in the outbox. Stopping twice is fine.

    Refuses one that is gone (MeldingBestaatNiet).
    """
    melding = Melding.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if melding is None:
        raise MeldingBestaatNiet
    if melding.status in LOPENDE_MELDINGEN:
        _zet(melding, Meldingstatus.GESTOPT, geeindigd_op=nu)
        leg_vast(
            "opvang.melding.gestopt", melding, door=None, namens=NAMENS, nu=nu, loket=melding.loket
        )
    stop_berichten_over(melding)
    return melding


def laat_meldingen_verlopen(*, nu: dt.datetime) -> int:
    """End what has run its time, each in its own transaction, with a mail that says so."""
    aantal = 0
    for pk in Melding.objects.verstreken(nu).order_by("pk").values_list("pk", flat=True):
        aantal += _laat_verlopen(pk, nu=nu)
    return aantal


def ruim_meldingen_op(*, nu: dt.datetime) -> int:
    """Throw away what was never confirmed, and what ended a month ago. Gives how many."""
    nooit = Melding.objects.filter(
        status=Meldingstatus.WACHT, gevraagd_op__lte=nu - dt.timedelta(days=BEVESTIG_DAGEN)
    )
    voorbij = Melding.objects.filter(geeindigd_op__lte=nu - BEWAARD_NA_EINDE)
    aantal = 0
    for weg in (nooit, voorbij):
        _alles, per_soort = weg.delete()
        aantal += per_soort.get(Melding._meta.label, 0)
    return aantal


def vraag_van(melding: Melding, *, vandaag: dt.date) -> Zoekvraag | None:
    """Read the search of a melding as it is today: a start that has passed is today.

    None for a weekly list, and for a search of long ago that the code no longer understands.
    """
    if melding.soort != Meldingsoort.PLAATS:
        return None
    try:
        vraag = uit_primitieven(melding.vraag)
    except OngeldigeMeldvraag:
        logger.warning("the stored search of melding %s can't be read", melding.pk)
        return None
    if vraag.start is not None and vraag.start < vandaag:
        vraag = replace(vraag, start=vandaag)
    return vraag


def _vraag(
    soort: Meldingsoort,
    *,
    email: str,
    primitieven: Mapping[str, Any],
    loket: Loket | None,
    bekend: Collection[int] | Any,
    nu: dt.datetime,
) -> None:
    email = email.strip().lower()
    kenmerk = kenmerk_van(soort, loket.pk if loket else None, primitieven)
    eigen = Melding.objects.lopend().filter(email=email)
    melding = eigen.filter(kenmerk=kenmerk).first()
    if melding is None:
        if eigen.count() >= MEESTE_PER_ADRES:
            return
        try:
            with transaction.atomic():
                melding = Melding.objects.create(
                    soort=soort,
                    email=email,
                    loket=loket,
                    vraag=dict(primitieven),
                    kenmerk=kenmerk,
                    gevraagd_op=nu,
                    bekeken_op=nu,
                )
        except IntegrityError:
            # Asked twice at the same moment: the other one mails.
            return
        BekendePlaats.objects.bulk_create(
            BekendePlaats(melding=melding, locatie_id=locatie_id, sinds=nu) for locatie_id in bekend
        )
    if _te_veel_gemaild(email, nu=nu):
        return
    Melding.objects.filter(pk=melding.pk, status=Meldingstatus.WACHT).update(gevraagd_op=nu)
    leg_vast("opvang.melding.gevraagd", melding, door=None, nu=nu, loket=loket)
    leg_klaar(
        SJABLOON_BEVESTIG,
        aan=email,
        loket=loket,
        onderwerp=melding,
        nu=nu,
        context={
            "melding": melding,
            "wat": in_woorden(uit_primitieven(primitieven)) if primitieven else [],
            "url": bevestig_url(melding),
            "dagen": BEVESTIG_DAGEN,
        },
    )


def _te_veel_gemaild(email: str, *, nu: dt.datetime) -> bool:
    """Count in the outbox, so that it also holds without the cache."""
    ids = list(Melding.objects.filter(email=email).values_list("pk", flat=True))
    verstuurd = Bericht.objects.filter(
        onderwerp_soort=Melding._meta.label_lower,
        onderwerp_id__in=ids,
        sjabloon=SJABLOON_BEVESTIG,
        aangemaakt_op__gt=nu - dt.timedelta(days=1),
    )
    return verstuurd.count() >= BEVESTIGMAILS_PER_DAG


def _loket_van(gebied: Zoekgebied) -> Loket | None:
    """Find the loket that serves the place that is meant: its name stands above the mail."""
    plek = gebied.plek
    if plek is None:
        return None
    gemeente_id = plek.gemeente_id
    if gemeente_id is None:
        gemeente_id = (
            Opvanglocatie.objects.publiek()
            .filter(postcode=plek.postcode)
            .order_by("pk")
            .values_list("gemeente", flat=True)
            .first()
        )
    if gemeente_id is None:
        return None
    return Loket.objects.voor_gemeente(gemeente_id).order_by("pk").first()


@transaction.atomic
def _laat_verlopen(pk: int, *, nu: dt.datetime) -> bool:
    melding = Melding.objects.verstreken(nu).vergrendeld().filter(pk=pk).first()
    if melding is None:
        return False
    _zet(melding, Meldingstatus.VERLOPEN, geeindigd_op=nu)
    stop_berichten_over(melding)
    leg_vast("opvang.melding.verlopen", melding, door=None, nu=nu, loket=melding.loket)
    vraag = vraag_van(melding, vandaag=timezone.localdate(nu))
    leg_klaar(
        "opvang/melding_verlopen",
        aan=melding.email,
        loket=melding.loket,
        nu=nu,
        context={
            "melding": melding,
            "wat": in_woorden(vraag) if vraag else [],
            "zoek_url": zoekadres(vraag or Zoekvraag()),
        },
    )
    return True


def _zet(melding: Melding, naar: Meldingstatus, **velden: Any) -> None:
    """Change the status, by compare-and-swap, along an edge of the machine."""
    van = Meldingstatus(melding.status)
    if naar not in MELDINGOVERGANGEN[van]:
        raise OngeldigeOvergang
    if Melding.objects.filter(pk=melding.pk, status=van).update(status=naar, **velden) != 1:
        raise IntussenGewijzigd
    melding.status = naar
