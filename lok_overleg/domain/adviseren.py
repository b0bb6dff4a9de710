"""Write an advice, vote on it, and hear what the college did with it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lok_overleg.domain.fouten import (
    IntussenGewijzigd,
    MagNietStemmen,
    OngeldigeOpvolging,
    Vastgelegd,
    Weigering,
)
from lok_overleg.domain.status import vergrendel
from lok_overleg.domain.uitnodigen import meld_leden
from lok_overleg.models import (
    OPVOLGTERMIJN,
    Advies,
    Agendapunt,
    LokReglement,
    Opvolging,
    Stem,
    Vergadering,
)
from lok_overleg.workflow import (
    OPEN_VOOR_ADVIES,
    Beslissing,
    Stemkeuze,
    Uitslag,
    Vergaderstatus,
    uitslag,
)
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Lidmaatschap, Loket, Rol


@transaction.atomic
def schrijf_advies(
    vergadering: Vergadering,
    *,
    onderwerp: str,
    tekst: str,
    door: Gebruiker,
    nu: dt.datetime,
    agendapunt: Agendapunt | None = None,
) -> Advies:
    """Put the text of an advice before the meeting. Refuses once its minutes are published."""
    rij = _open(vergadering)
    if agendapunt is not None and agendapunt.vergadering_id != rij.pk:
        raise Weigering(_("Dat punt staat op de agenda van een andere vergadering."))
    advies = Advies.objects.create(
        vergadering=rij, agendapunt=agendapunt, onderwerp=onderwerp, tekst=tekst
    )
    leg_vast("lok.advies.geschreven", rij, door=door, nu=nu, loket=rij.loket, advies=onderwerp)
    return advies


@transaction.atomic
def wijzig_advies(
    advies: Advies,
    *,
    onderwerp: str,
    tekst: str,
    door: Gebruiker,
    nu: dt.datetime,
    agendapunt: Agendapunt | None = None,
) -> None:
    """Change the text. Refuses once it was voted on: people voted on those words (Vastgelegd)."""
    rij = _open(advies.vergadering)
    advies.refresh_from_db()
    if advies.gestemd_op is not None:
        raise Vastgelegd(_("Over deze tekst is gestemd. Hij kan niet meer veranderen."))
    if agendapunt is not None and agendapunt.vergadering_id != rij.pk:
        raise Weigering(_("Dat punt staat op de agenda van een andere vergadering."))
    advies.onderwerp, advies.tekst, advies.agendapunt = onderwerp, tekst, agendapunt
    advies.save(update_fields=["onderwerp", "tekst", "agendapunt"])
    leg_vast("lok.advies.gewijzigd", rij, door=door, nu=nu, loket=rij.loket, advies=onderwerp)


@transaction.atomic
def noteer_stemming(
    advies: Advies,
    stemmen: Mapping[int, Stemkeuze],
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> Uitslag:
    """Note the votes (`stemmen`: id of the aanwezigheid -> choice) and say what they decide.

    Guarantees: only members who were there and have voting right vote, each once; the database
    refuses the rest. Votes may be corrected until the minutes are published or the college
    answered: the new list then replaces the old. Causes: a mail to the schepenen of the loket about
    an adopted advice; the college has the days of the LokReglement, counted from the meeting.
    Refuses: a meeting that was not held or is closed (Vastgelegd), an empty vote, votes of others
    (MagNietStemmen).
    """
    rij = vergrendel(advies.vergadering)
    if rij.status != Vergaderstatus.GEHOUDEN:
        raise Vastgelegd(_("Noteer eerst wie er was. Daarna kun je de stemmen noteren."))
    advies = Advies.objects.select_related("vergadering__loket").get(pk=advies.pk)
    if Opvolging.objects.filter(advies=advies).exists():
        raise Vastgelegd(_("Het college heeft dit advies al behandeld."))
    if not stemmen:
        raise Weigering(_("Noteer minstens één stem."))
    kiezers = set(rij.aanwezigheden.stemgerechtigd().values_list("pk", flat=True))
    if stemmen.keys() - kiezers:
        raise MagNietStemmen
    verbeterd, _per_soort = advies.stemmen.all().delete()
    Stem.objects.bulk_create(
        Stem(advies=advies, aanwezigheid_id=wie, keuze=keuze) for wie, keuze in stemmen.items()
    )
    telling = Counter(stemmen.values())
    besluit = uitslag(voor=telling[Stemkeuze.VOOR], tegen=telling[Stemkeuze.TEGEN])
    aangenomen = besluit == Uitslag.AANGENOMEN
    advies.gestemd_op = nu
    advies.antwoord_voor = (
        rij.dag + dt.timedelta(days=opvolgtermijn(rij.loket, peildatum=rij.dag))
        if aangenomen
        else None
    )
    advies.save(update_fields=["gestemd_op", "antwoord_voor"])
    leg_vast(
        "lok.stemming.verbeterd" if verbeterd else "lok.stemming.genoteerd",
        rij,
        door=door,
        nu=nu,
        loket=rij.loket,
        advies=advies.onderwerp,
        voor=telling[Stemkeuze.VOOR],
        tegen=telling[Stemkeuze.TEGEN],
        onthouding=telling[Stemkeuze.ONTHOUDING],
    )
    if aangenomen:
        _meld_college(advies, nu=nu)
    return besluit


@transaction.atomic
def noteer_opvolging(
    advies: Advies,
    *,
    beslissing: Beslissing,
    datum: dt.date,
    motivering: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> Opvolging:
    """Note what the college did with an adopted advice, once; the members are told.

    The bestuur says what it did with an advice (domein.md §6.1), and always why it does not follow
    it or only in part (OngeldigeOpvolging). Refuses an advice that was not adopted, a day before
    the meeting or in the future, and a second answer (IntussenGewijzigd).
    """
    rij = vergrendel(advies.vergadering)
    advies = Advies.objects.select_related("vergadering__loket").get(pk=advies.pk)
    if advies.antwoord_voor is None:
        raise Weigering(_("Het college antwoordt alleen op een advies dat is aangenomen."))
    if Opvolging.objects.filter(advies=advies).exists():
        raise IntussenGewijzigd
    if not rij.dag <= datum <= timezone.localdate(nu):
        raise OngeldigeOpvolging(
            _("Het college besliste na de vergadering en niet in de toekomst. Kijk de datum na.")
        )
    if beslissing != Beslissing.VOLGT and not motivering.strip():
        raise OngeldigeOpvolging
    opvolging = Opvolging.objects.create(
        advies=advies,
        beslissing=beslissing,
        datum=datum,
        motivering=motivering.strip(),
        ingevoerd_door=door,
        ingevoerd_op=nu,
    )
    leg_vast(
        "lok.opvolging.genoteerd",
        rij,
        door=door,
        nu=nu,
        loket=rij.loket,
        advies=advies.onderwerp,
        beslissing=beslissing.value,
    )
    meld_leden(rij, "lok/opvolging", nu=nu, advies=advies, opvolging=opvolging)
    return opvolging


def opvolgtermijn(loket: Loket, *, peildatum: dt.date) -> int:
    """Count the days that the college has, by the rules of the loket or else by custom."""
    reglement = LokReglement.objects.filter(loket=loket).geldig_op(peildatum).first()
    return reglement.opvolgtermijn if reglement else OPVOLGTERMIJN


def _open(vergadering: Vergadering) -> Vergadering:
    rij = vergrendel(vergadering)
    if rij.status not in OPEN_VOOR_ADVIES:
        raise Vastgelegd
    return rij


def _meld_college(advies: Advies, *, nu: dt.datetime) -> None:
    """Mail each schepen of the loket, once per advice however often votes are corrected."""
    vergadering = advies.vergadering
    schepenen = Gebruiker.objects.filter(
        pk__in=Lidmaatschap.objects.geldig_op(timezone.localdate(nu))
        .filter(loket=vergadering.loket, rol=Rol.SCHEPEN)
        .values("gebruiker")
    )
    for schepen in schepenen.filter(is_active=True):
        leg_klaar(
            "lok/advies",
            aan=schepen.email,
            nu=nu,
            loket=vergadering.loket,
            onderwerp=vergadering,
            ontvanger=schepen,
            sleutel=f"lok.advies:{advies.pk}:{schepen.pk}",
            context={
                "advies": advies,
                "vergadering": vergadering,
                "url": settings.SITE_URL + vergadering.get_absolute_url(),
            },
        )
