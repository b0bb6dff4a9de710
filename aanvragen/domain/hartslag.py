"""The heartbeat: does the family still search? Silence ends nothing, it becomes a call.

The facts are two fields of the question: when it was asked last (`hartslag_gevraagd_op`), and from
which day somebody calls when nothing is heard (`hartslag_bellen_vanaf`). An answer is
`laatst_bevestigd`: later than the asking. The work list reads `te_bellen`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from aanvragen.domain.bijwerken import bevestig
from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.rust import zwijgt_over
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Vraagstatus
from loket.domain.logboek import leg_vast
from loket.models import Loket

_ZOUT = "aanvragen.hartslag"
#: An older link is of an older mail; who still has one signs in or calls.
GELDIG_DAGEN = 60
NAMENS_MAIL = "link in mail aan gezin"


def moet_gevraagd(
    *, gehoord: dt.date, start: dt.date, termijn: int, voor_start: int, peildatum: dt.date
) -> bool:
    """Tell whether it is time to ask: so many days after we heard last, or so many days before the
    start when we heard nothing since then. Pure; zero days switches that moment off.
    """
    na_een_tijd = termijn > 0 and gehoord + dt.timedelta(days=termijn) <= peildatum
    moment = start - dt.timedelta(days=voor_start)
    voor_de_start = voor_start > 0 and gehoord < moment <= peildatum
    return na_een_tijd or voor_de_start


def te_vragen(loket: Loket, *, peildatum: dt.date) -> list[Opvangvraag]:
    """The questions of this loket that are due, and that were not asked since we heard last."""
    vroeg = peildatum - dt.timedelta(days=max(loket.bevestigingstermijn, 1) - 1)
    ver = peildatum + dt.timedelta(days=loket.bevestiging_voor_start)
    ruim = Q(laatst_bevestigd__date__lte=vroeg) | Q(gewenste_start__lte=ver)
    vragen = Opvangvraag.objects.filter(
        ruim,
        Q(hartslag_gevraagd_op=None) | Q(hartslag_gevraagd_op__lte=F("laatst_bevestigd")),
        loket=loket,
        status=Vraagstatus.ACTIEF,
    ).order_by("pk")
    return [vraag for vraag in vragen if _is_tijd(vraag, loket, peildatum=peildatum)]


def te_bellen(peildatum: dt.date) -> QuerySet[Opvangvraag]:
    """The running questions whose family was asked and said nothing: somebody calls."""
    return Opvangvraag.objects.filter(
        status=Vraagstatus.ACTIEF,
        hartslag_bellen_vanaf__lte=peildatum,
        hartslag_gevraagd_op__gt=F("laatst_bevestigd"),
    )


def vraag_alle(nu: dt.datetime) -> int:
    """Ask every family that is due, each in its own transaction; give how many.

    Safe to run at any time and twice at once.
    """
    vandaag = timezone.localdate(nu)
    return sum(
        vraag_na(vraag, nu=nu)
        for loket in Loket.objects.order_by("pk")
        for vraag in te_vragen(loket, peildatum=vandaag)
    )


@transaction.atomic
def vraag_na(vraag: Opvangvraag, *, nu: dt.datetime) -> bool:
    """Ask one family whether the question still holds: a mail with a one-tap link, or a letter.

    Guarantees: asked once until it answers; nothing lapses. Who has a toeleider or no e-mail
    address is called from today, the others after `bellen_na_stilte` days. False when it was asked
    or answered meanwhile, or when the family wants calm (R5): then nobody calls either.
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket", "kind__gezin").get(pk=vraag.pk)
    )
    vandaag = timezone.localdate(nu)
    if (
        vraag.status != Vraagstatus.ACTIEF
        or _is_gevraagd(vraag)
        or not _is_tijd(vraag, vraag.loket, peildatum=vandaag)
        or zwijgt_over(vraag)
    ):
        return False
    wacht = 0 if _bel_meteen(vraag, peildatum=vandaag) else vraag.loket.bellen_na_stilte
    Opvangvraag.objects.filter(pk=vraag.pk).update(
        hartslag_gevraagd_op=nu, hartslag_bellen_vanaf=vandaag + dt.timedelta(days=wacht)
    )
    vraag.refresh_from_db(fields=["hartslag_gevraagd_op", "hartslag_bellen_vanaf"])
    leg_vast("aanvragen.vraag.hartslag_gevraagd", vraag, door=None, nu=nu, loket=vraag.loket)
    meld_ouders(vraag, "hartslag", nu=nu, klopt_url=klopt_url(vraag))
    return True


def _is_tijd(vraag: Opvangvraag, loket: Loket, *, peildatum: dt.date) -> bool:
    return moet_gevraagd(
        gehoord=timezone.localdate(vraag.laatst_bevestigd),
        start=vraag.gewenste_start,
        termijn=loket.bevestigingstermijn,
        voor_start=loket.bevestiging_voor_start,
        peildatum=peildatum,
    )


def _is_gevraagd(vraag: Opvangvraag) -> bool:
    gevraagd = vraag.hartslag_gevraagd_op
    return gevraagd is not None and gevraagd > vraag.laatst_bevestigd


def _bel_meteen(vraag: Opvangvraag, *, peildatum: dt.date) -> bool:
    """A family that somebody helps, or that no mail reaches, hears it from a person."""
    if vraag.kind.gezin.toestemmingen.geldig_op(peildatum).exists():
        return True
    return not vraag.kind.ouders.exclude(email="").exists()


# The link in the mail


@dataclass(frozen=True, slots=True)
class Kloptlink:
    """What a link is for: this question, as asked at that moment, and nothing else."""

    vraag: Opvangvraag
    gevraagd: float

    @property
    def gebruikt(self) -> bool:
        """Somebody of the family said yes since this mail, by any road."""
        return self.vraag.laatst_bevestigd.timestamp() > self.gevraagd


def klopt_url(vraag: Opvangvraag) -> str:
    """Absolute address of the page with the one button, for the latest asking."""
    assert vraag.hartslag_gevraagd_op is not None
    token = signing.dumps([vraag.pk, vraag.hartslag_gevraagd_op.timestamp()], salt=_ZOUT)
    return settings.SITE_URL + reverse("mijn:klopt", args=[token])


def lees_token(token: str) -> Kloptlink | None:
    """What the link is for; None when it is forged, damaged, too old, of an earlier asking, or when
    the question no longer runs. Says nothing about which.
    """
    try:
        pk, gevraagd = signing.loads(token, salt=_ZOUT, max_age=dt.timedelta(days=GELDIG_DAGEN))
    except signing.BadSignature:
        return None
    vraag = Opvangvraag.objects.filter(pk=pk).select_related("loket").first()
    if vraag is None or vraag.status != Vraagstatus.ACTIEF or vraag.hartslag_gevraagd_op is None:
        return None
    if vraag.hartslag_gevraagd_op.timestamp() != gevraagd:
        return None
    return Kloptlink(vraag, gevraagd)


@transaction.atomic
def bevestig_met_link(token: str, *, nu: dt.datetime) -> None:
    """The family still searches, said with the link of the mail. Saying it twice is saying it once.

    Refuses a link that is dead (OngeldigeOvergang).
    """
    link = lees_token(token)
    if link is None:
        raise OngeldigeOvergang
    if not link.gebruikt:
        bevestig(link.vraag, door=None, nu=nu, namens=NAMENS_MAIL)
