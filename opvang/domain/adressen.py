"""Where mail for a location goes."""

from __future__ import annotations

from opvang.models import Opvanglocatie


def adressen_van(locatie: Opvanglocatie) -> list[str]:
    """Give the location's own address, else its organisator's, else those of its people.

    The people stand in the order in which they came; who no longer acts for it is left out. Reads
    no more than is prefetched (`organisator__leden__gebruiker`).
    """
    eigen = locatie.email or locatie.organisator.email
    if eigen:
        return [eigen]
    leden = [lid for lid in locatie.organisator.leden.all() if lid.tot is None]
    return [lid.gebruiker.email for lid in sorted(leden, key=lambda lid: (lid.vanaf, lid.pk))]
