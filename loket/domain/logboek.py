"""What happened, and who looked: the two append-only records."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model, QuerySet

from loket.models import Gebeurtenis, Gebruiker, Inzage, Loket

Primitief = str | int | float | bool | None | list[str] | list[int]


def leg_vast(
    werkwoord: str,
    onderwerp: Model,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    loket: Loket | None = None,
    namens: str = "",
    **gegevens: Primitief,
) -> Gebeurtenis:
    """Append one event about `onderwerp`, in the caller's transaction: no decision without its
    record.

    `gegevens` are primitives and hold no personal data; `namens` says who acted without being
    signed in.
    """
    return Gebeurtenis.objects.create(
        werkwoord=werkwoord,
        onderwerp_soort=onderwerp._meta.label_lower,
        onderwerp_id=onderwerp.pk,
        loket=loket,
        door=door,
        namens=namens,
        gegevens=gegevens,
        op=nu,
    )


def gebeurtenissen_van(onderwerp: Model) -> QuerySet[Gebeurtenis]:
    """The history of one thing, newest first, with the people who acted."""
    return Gebeurtenis.objects.filter(
        onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk
    ).select_related("door")


def leg_inzage_vast(onderwerp: Model, *, door: Gebruiker, nu: dt.datetime, reden: str = "") -> None:
    """Record that `door` opened this dossier; once per person, dossier and hour is enough."""
    recent = Inzage.objects.filter(
        gebruiker=door,
        onderwerp_soort=onderwerp._meta.label_lower,
        onderwerp_id=onderwerp.pk,
        op__gt=nu - dt.timedelta(hours=1),
    )
    if not recent.exists():
        Inzage.objects.create(
            gebruiker=door,
            onderwerp_soort=onderwerp._meta.label_lower,
            onderwerp_id=onderwerp.pk,
            reden=reden,
            op=nu,
        )
