"""A request in the making: begun without an account, kept page by page, sent once, cleared away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.gegevens import Aanvraaggegevens
from aanvragen.domain.indienen import dien_in
from aanvragen.models import Concept, Opvangvraag
from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.models import Gebruiker, Loket

#: Which text people agreed to; change it together with the words on the last page.
TOESTEMMING_VERSIE = "2026-11"
MAX_CONCEPTEN = 5
MAX_KINDEREN = 6
MAX_LOCATIES = 20

_MAX_NAMEN, _MAX_WAARDEN, _MAX_TEKENS = 200, 200, 500
#: Keys in `Concept.gegevens`: the consent, which holds for the answers as they were then; and what
#: is left of a request that was sent: no answer, only the references.
TOESTEMMING, _VERSTUURD = "controleer", "verstuurd"

Invoer = Mapping[str, Sequence[str]]


class TeVeelConcepten(Weigering):
    standaard = _(
        "Je hebt al veel aanvragen die niet af zijn. "
        "Ga verder met een ervan, of gooi er eerst een weg."
    )


class AlVerstuurd(Weigering):
    standaard = _("Deze aanvraag is al verstuurd.")


def begin_concept(
    *,
    loket: Loket,
    gebruiker: Gebruiker | None,
    nu: dt.datetime,
    eigen: int = 0,
    locatie_ids: Sequence[int] = (),
    ingevoerd_door: Gebruiker | None = None,
    overgenomen: Mapping[str, Invoer] | None = None,
) -> Concept:
    """Begin a request; locations chosen beforehand are the first wishes.

    `eigen` is how many unfinished requests this person has already; `overgenomen` holds answers of
    an earlier request, page by page, where locations chosen just now go before those of then.
    Refuses more than MAX_CONCEPTEN (TeVeelConcepten).
    """
    if eigen >= MAX_CONCEPTEN:
        raise TeVeelConcepten
    gegevens = {stap: _te_bewaren(invoer) for stap, invoer in (overgenomen or {}).items()}
    if locatie_ids:
        ids = [str(pk) for pk in dict.fromkeys(locatie_ids)][:MAX_LOCATIES]
        gegevens["opvang"] = {
            **gegevens.get("opvang", {}),
            "keuze": ["zelf"],
            "locatie": ids,
        }
    return Concept.objects.create(
        loket=loket,
        gebruiker=gebruiker,
        ingevoerd_door=ingevoerd_door,
        gegevens=gegevens,
        aangemaakt_op=nu,
        gewijzigd_op=nu,
    )


@transaction.atomic
def bewaar_stap(
    concept: Concept,
    stap: str,
    invoer: Invoer,
    *,
    nu: dt.datetime,
    loket: Loket | None = None,
    email: str = "",
) -> None:
    """Keep what was typed on one page, right or wrong; what another tab saved elsewhere stays.

    `loket` is the one that the answers lead to, `email` a good address that was typed: with it the
    family goes on elsewhere. A changed answer undoes an earlier consent. Refuses a request that was
    sent (AlVerstuurd) or thrown away meanwhile (IntussenGewijzigd).
    """
    vers = Concept.objects.select_for_update().filter(pk=concept.pk).first()
    if vers is None:
        raise IntussenGewijzigd
    if vers.afgerond_op is not None:
        raise AlVerstuurd
    blijft = {naam: waarden for naam, waarden in vers.gegevens.items() if naam != TOESTEMMING}
    concept.gegevens = {**blijft, stap: _te_bewaren(invoer)}
    concept.gewijzigd_op = nu
    concept.loket = loket or vers.loket
    concept.email = email.lower() or vers.email
    concept.save(update_fields=["gegevens", "gewijzigd_op", "loket", "email"])


def neem_over(concept: Concept, *, door: Gebruiker) -> None:
    """Give a draft to who signed in where it was begun, or with its address; somebody else's stays
    theirs.
    """
    Concept.objects.filter(pk=concept.pk, gebruiker=None, ingevoerd_door=None).update(
        gebruiker=door
    )
    concept.refresh_from_db(fields=["gebruiker"])


@transaction.atomic
def verstuur(
    concept: Concept,
    gegevens: Aanvraaggegevens,
    *,
    loket: Loket,
    door: Gebruiker,
    ouder_gebruiker: Gebruiker | None,
    nu: dt.datetime,
) -> list[Opvangvraag]:
    """Hand in the request, once: whoever presses twice gets AlVerstuurd and no second question.

    Guarantees: the concept is finished and its answers are wiped in the transaction that makes the
    questions. Refuses what `dien_in` refuses; then the concept stays as it was.
    """
    if ouder_gebruiker is not None:
        # Two drafts about one child, sent at the same moment: the second waits and sees the first.
        Gebruiker.objects.select_for_update(no_key=True).get(pk=ouder_gebruiker.pk)
    gewonnen = Concept.objects.filter(pk=concept.pk, afgerond_op=None).update(
        afgerond_op=nu, gewijzigd_op=nu, gebruiker=concept.gebruiker or ouder_gebruiker, email=""
    )
    if gewonnen != 1:
        raise AlVerstuurd
    vragen = dien_in(gegevens, loket=loket, nu=nu, door=door, ouder_gebruiker=ouder_gebruiker)
    if ouder_gebruiker is not None:
        # Who signed in with a code has no name yet; from now on the portal can say it.
        naam = f"{gegevens.ouder.voornaam} {gegevens.ouder.familienaam}"[:150]
        Gebruiker.objects.filter(pk=ouder_gebruiker.pk, naam="").update(naam=naam)
    referenties = [vraag.referentie for vraag in vragen]
    Concept.objects.filter(pk=concept.pk).update(gegevens={_VERSTUURD: {"referentie": referenties}})
    concept.refresh_from_db()
    return vragen


def referenties_van(concept: Concept) -> list[str]:
    """Give the references of the questions that this request became; none while it is a draft."""
    return list(concept.gegevens.get(_VERSTUURD, {}).get("referentie", []))


def heeft_toestemming(concept: Concept) -> bool:
    """Tell whether the family agreed to send the answers as they are now."""
    return "akkoord" in concept.gegevens.get(TOESTEMMING, {})


def gooi_weg(concept: Concept) -> None:
    """Throw an unfinished request away. Refuses one that was sent (AlVerstuurd)."""
    weg, _per_soort = Concept.objects.filter(pk=concept.pk, afgerond_op=None).delete()
    if not weg:
        raise AlVerstuurd


def vervalt_op(concept: Concept) -> dt.datetime:
    """Say when an untouched draft is thrown away."""
    return concept.gewijzigd_op + dt.timedelta(days=concept.loket.conceptdagen)


def ruim_concepten_op(nu: dt.datetime) -> int:
    """Throw away requests untouched for `Loket.conceptdagen`, sent ones too; give how many.

    Safe to run at any time and twice at once. The questions that came of a request live elsewhere.
    """
    aantal = 0
    for loket in Loket.objects.all():
        grens = nu - dt.timedelta(days=loket.conceptdagen)
        weg, _per_soort = Concept.objects.filter(loket=loket, gewijzigd_op__lt=grens).delete()
        aantal += weg
    return aantal


def _te_bewaren(invoer: Invoer) -> dict[str, list[str]]:
    """Bound what anybody can make us keep; PostgreSQL stores no NUL in JSON."""
    return {
        naam[:_MAX_TEKENS]: [
            waarde.replace("\x00", "")[:_MAX_TEKENS] for waarde in waarden[:_MAX_WAARDEN]
        ]
        for naam, waarden in list(invoer.items())[:_MAX_NAMEN]
    }
