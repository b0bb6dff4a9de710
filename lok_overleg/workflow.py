"""The life of a meeting of the LOK, and the fixed codes around it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vergaderstatus(models.TextChoices):
    GEPLAND = "gepland", _("Gepland")
    UITGENODIGD = "uitgenodigd", _("Uitnodiging verstuurd")
    GEHOUDEN = "gehouden", _("Verslag in opmaak")
    VERSLAG_GEPUBLICEERD = "verslag_gepubliceerd", _("Verslag gepubliceerd")
    AFGELAST = "afgelast", _("Afgelast")


#: A meeting is held only after its members were invited; published minutes are final.
OVERGANGEN: dict[Vergaderstatus, frozenset[Vergaderstatus]] = {
    Vergaderstatus.GEPLAND: frozenset({Vergaderstatus.UITGENODIGD, Vergaderstatus.AFGELAST}),
    Vergaderstatus.UITGENODIGD: frozenset({Vergaderstatus.GEHOUDEN, Vergaderstatus.AFGELAST}),
    Vergaderstatus.GEHOUDEN: frozenset({Vergaderstatus.VERSLAG_GEPUBLICEERD}),
    Vergaderstatus.VERSLAG_GEPUBLICEERD: frozenset(),
    Vergaderstatus.AFGELAST: frozenset(),
}
#: The meeting is still to come: date, place and agenda may change.
KOMEND = frozenset({Vergaderstatus.GEPLAND, Vergaderstatus.UITGENODIGD})
#: Adviezen may be written or changed.
OPEN_VOOR_ADVIES = KOMEND | {Vergaderstatus.GEHOUDEN}
VOORBIJ = frozenset({Vergaderstatus.GEHOUDEN, Vergaderstatus.VERSLAG_GEPUBLICEERD})


class Hoedanigheid(models.TextChoices):
    """In what capacity somebody sits in the LOK. Source: domein.md §6.1 (composition)."""

    LOKALE_ACTOR = "lokale_actor", _("Opvang of partner")
    GEBRUIKER = "gebruiker", _("Ouder of gezinsvereniging")
    BESTUUR = "bestuur", _("Lokaal bestuur")
    WAARNEMER = "waarnemer", _("Waarnemer")


class Functie(models.TextChoices):
    LID = "lid", _("Lid")
    VOORZITTER = "voorzitter", _("Voorzitter")
    SECRETARIS = "secretaris", _("Secretaris")


class Puntsoort(models.TextChoices):
    """What the meeting does with a point of the agenda."""

    INFORMATIE = "informatie", _("Toelichting")
    BESPREKING = "bespreking", _("Bespreking")
    ADVIES = "advies", _("Advies en stemming")
    GOEDKEURING = "goedkeuring", _("Goedkeuring")


class Aanwezigheidsstand(models.TextChoices):
    """Before the meeting what a member answered, afterwards who was there."""

    UITGENODIGD = "uitgenodigd", _("Nog geen antwoord")
    AANWEZIG = "aanwezig", _("Aanwezig")
    VERONTSCHULDIGD = "verontschuldigd", _("Verontschuldigd")
    AFWEZIG = "afwezig", _("Afwezig")


#: What a member may answer to an invitation.
ANTWOORDEN = frozenset({Aanwezigheidsstand.AANWEZIG, Aanwezigheidsstand.VERONTSCHULDIGD})
#: What the chair notes when the meeting was held.
VASTGESTELD = ANTWOORDEN | {Aanwezigheidsstand.AFWEZIG}


class Stemkeuze(models.TextChoices):
    VOOR = "voor", _("Voor")
    TEGEN = "tegen", _("Tegen")
    ONTHOUDING = "onthouding", _("Onthouding")


class Uitslag(models.TextChoices):
    """What the votes say; follows from them, is never stored. Abstentions count for no side."""

    AANGENOMEN = "aangenomen", _("Advies aangenomen")
    VERWORPEN = "verworpen", _("Advies niet aangenomen")
    STAKING = "staking", _("Evenveel stemmen voor als tegen")


class Beslissing(models.TextChoices):
    """What the college does with an advice."""

    VOLGT = "volgt", _("Het college volgt het advies")
    VOLGT_DEELS = "volgt_deels", _("Het college volgt een deel van het advies")
    VOLGT_NIET = "volgt_niet", _("Het college volgt het advies niet")


def uitslag(*, voor: int, tegen: int) -> Uitslag:
    """Say what so many votes decide: more for than against adopts."""
    if voor == tegen:
        return Uitslag.STAKING
    return Uitslag.AANGENOMEN if voor > tegen else Uitslag.VERWORPEN
