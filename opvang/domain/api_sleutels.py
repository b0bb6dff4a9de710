"""Keys for the back office of an organisator: shown once, stored as a hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import ApiSleutel, Organisator

#: How stale `laatst_gebruikt_op` may be, so that not every call writes.
_GEBRUIK_BIJWERKEN_NA = dt.timedelta(minutes=5)


def maak_sleutel(
    organisator: Organisator, *, naam: str, door: Gebruiker | None, nu: dt.datetime
) -> tuple[ApiSleutel, str]:
    """Make a key; the second value is the secret itself, which can't be shown again."""
    voorvoegsel = secrets.token_hex(4)
    geheim = f"llk_{voorvoegsel}_{secrets.token_urlsafe(32)}"
    sleutel = ApiSleutel.objects.create(
        organisator=organisator,
        naam=naam,
        voorvoegsel=voorvoegsel,
        hash=_hash(geheim),
        aangemaakt_door=door,
        aangemaakt_op=nu,
    )
    leg_vast("opvang.api_sleutel.gemaakt", organisator, door=door, nu=nu, sleutel=sleutel.pk)
    return sleutel, geheim


def vind_sleutel(geheim: str, *, nu: dt.datetime) -> ApiSleutel | None:
    """The usable key for this secret, or None; compares in constant time and notes the use now and
    then.
    """
    delen = geheim.split("_", 2)
    if len(delen) != 3 or delen[0] != "llk":  # noqa: PLR2004 -- llk_<prefix>_<secret>
        return None
    sleutel = (
        ApiSleutel.objects.bruikbaar()
        .filter(voorvoegsel=delen[1])
        .select_related("organisator")
        .first()
    )
    if sleutel is None or not hmac.compare_digest(sleutel.hash, _hash(geheim)):
        return None
    if (
        sleutel.laatst_gebruikt_op is None
        or nu - sleutel.laatst_gebruikt_op > _GEBRUIK_BIJWERKEN_NA
    ):
        ApiSleutel.objects.filter(pk=sleutel.pk).update(laatst_gebruikt_op=nu)
    return sleutel


def trek_sleutel_in(sleutel: ApiSleutel, *, door: Gebruiker, nu: dt.datetime) -> None:
    """The key stops working at once; doing it twice changes nothing."""
    if ApiSleutel.objects.bruikbaar().filter(pk=sleutel.pk).update(ingetrokken_op=nu):
        leg_vast(
            "opvang.api_sleutel.ingetrokken",
            sleutel.organisator,
            door=door,
            nu=nu,
            sleutel=sleutel.pk,
        )


def _hash(geheim: str) -> str:
    """SHA-256 is enough: the secret has 256 bits of chance, there is nothing to guess."""
    return hashlib.sha256(geheim.encode()).hexdigest()
