"""How a rule says no: refusals that carry a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Weigering(Exception):  # noqa: N818 -- the field's word; it is an answer, not a fault
    """A rule said no. `str()` is a plain Dutch sentence that may be shown as it is."""

    standaard = _("Dat kan niet.")

    def __init__(self, bericht: object = "") -> None:
        super().__init__(str(bericht or self.standaard))


class OngeldigeOvergang(Weigering):
    """The state machine has no such edge."""

    standaard = _("Dat kan niet meer: de situatie is intussen veranderd.")


class IntussenGewijzigd(Weigering):
    """Somebody else was first; the page that the person looked at is stale."""

    standaard = _("Iemand anders was je net voor. Kijk wat er nu staat en probeer opnieuw.")
