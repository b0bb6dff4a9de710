"""Which locations a visitor has chosen for a request: kept in the session, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

#: The session key that the request wizard reads: ids of locations, in order of choice.
GEKOZEN = "gekozen_locaties"
#: As many as one request takes (aanvragen.domain.concept.MAX_LOCATIES).
MEESTE_GEKOZEN = 20


def gekozen_locaties(request: HttpRequest) -> list[int]:
    """The locations that this visitor has chosen so far, in order."""
    ruw = request.session.get(GEKOZEN, [])
    return [pk for pk in ruw if isinstance(pk, int)] if isinstance(ruw, list) else []
