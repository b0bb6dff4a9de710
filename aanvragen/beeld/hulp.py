"""What the part `hulp` shows of a question: who helps, what is agreed, and referrals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from aanvragen.domain.toestemming import code_van
from aanvragen.models import (
    Afspraak,
    Doorverwijzing,
    Gezin,
    Opvangvraag,
    Toestemming,
    Toestemmingscode,
)
from aanvragen.permissions import Actie, mag
from loket.models import Gebruiker, Inzage, Lidmaatschap, Rol


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who helps a family, for whom that person works, and when he or she last looked."""

    toestemming: Toestemming
    organisatie: str
    keek_op: dt.datetime | None

    @property
    def naam(self) -> str:
        """A name; an e-mail address is its owner's."""
        return self.toestemming.toeleider.naam


def helpers(gezin: Gezin, *, vandaag: dt.date) -> list[Helper]:
    """The consents that hold today, newest first. One query."""
    return [_helper(een) for een in _met_blik(gezin).geldig_op(vandaag)]


def vroegere_helpers(gezin: Gezin, *, vandaag: dt.date) -> list[Helper]:
    """The consents that are over, newest first."""
    geldig = gezin.toestemmingen.geldig_op(vandaag).values("pk")
    return [_helper(een) for een in _met_blik(gezin).exclude(pk__in=geldig)]


def _met_blik(gezin: Gezin) -> Any:
    vragen = Opvangvraag.objects.filter(kind__gezin=gezin).values("pk")
    keek = (
        Inzage.objects.filter(
            gebruiker=OuterRef("toeleider"),
            onderwerp_soort=Opvangvraag._meta.label_lower,
            onderwerp_id__in=vragen,
        )
        .order_by()
        .values("gebruiker")
        .annotate(laatst=Max("op"))
        .values("laatst")
    )
    organisatie = Lidmaatschap.objects.filter(
        gebruiker=OuterRef("toeleider"), loket=gezin.loket_id, rol=Rol.TOELEIDER
    ).order_by("-vanaf")
    return gezin.toestemmingen.select_related("toeleider").annotate(
        keek_op=Subquery(keek), organisatie=Subquery(organisatie.values("organisatie")[:1])
    )


def _helper(toestemming: Any) -> Helper:
    return Helper(toestemming, toestemming.organisatie or "", toestemming.keek_op)


def in_dossier(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Who helps this family, what stands in the diary, and what came of referrals."""
    return {
        "hulp_helpers": helpers(vraag.kind.gezin, vandaag=timezone.localdate()),
        "hulp_afspraken": list(_afspraken(vraag)),
        "hulp_verwijzingen": list(_verwijzingen(vraag)),
        "hulp_kan_noteren": mag(gebruiker, Actie.TOESTEMMING_NOTEREN, vraag),
        "hulp_kan_afspreken": mag(gebruiker, Actie.AFSPRAAK_MAKEN, vraag),
        "hulp_kan_bijwerken": mag(gebruiker, Actie.HULP_NOTEREN, vraag),
    }


def op_mijn(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Who helps the parent, and the appointments that come."""
    return {
        "hulp_helpers": helpers(vraag.kind.gezin, vandaag=timezone.localdate()),
        "hulp_afspraken": list(_afspraken(vraag)),
        "hulp_kan_geven": mag(gebruiker, Actie.TOESTEMMING_GEVEN, vraag),
    }


def op_hulpblad(vraag: Opvangvraag, *, gebruiker: Gebruiker, nu: dt.datetime) -> dict[str, Any]:
    """Everything of the parent's page about help."""
    open_code = (
        Toestemmingscode.objects.bruikbaar(nu).filter(opvangvraag=vraag, toeleider=None).first()
    )
    return {
        **op_mijn(vraag, gebruiker=gebruiker),
        "vroegere": vroegere_helpers(vraag.kind.gezin, vandaag=timezone.localdate(nu)),
        "verwijzingen": list(_verwijzingen(vraag)),
        "open_code": open_code,
        "cijfers": code_van(open_code) if open_code else "",
    }


def _afspraken(vraag: Opvangvraag) -> QuerySet[Afspraak]:
    return vraag.afspraken.te_doen().select_related("locatie", "wie")


def _verwijzingen(vraag: Opvangvraag) -> QuerySet[Doorverwijzing]:
    return vraag.doorverwijzingen.select_related("partner", "door")
