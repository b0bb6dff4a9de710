"""The life of a mail in the outbox."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Berichtstatus(models.TextChoices):
    WACHT = "wacht", _("Wacht op verzending")
    BEZIG = "bezig", _("Wordt verzonden")
    VERZONDEN = "verzonden", _("Verzonden")
    MISLUKT = "mislukt", _("Niet aangekomen")
    INGETROKKEN = "ingetrokken", _("Niet meer verzonden")


#: `bezig -> wacht` is a retry; `ingetrokken` stops mail of a request that lapsed (R5). What a
#: worker was handing over at that very moment may still arrive: then `ingetrokken -> verzonden`
#: says so.
OVERGANGEN: dict[Berichtstatus, frozenset[Berichtstatus]] = {
    Berichtstatus.WACHT: frozenset({Berichtstatus.BEZIG, Berichtstatus.INGETROKKEN}),
    Berichtstatus.BEZIG: frozenset(
        {
            Berichtstatus.VERZONDEN,
            Berichtstatus.WACHT,
            Berichtstatus.MISLUKT,
            Berichtstatus.INGETROKKEN,
        }
    ),
    Berichtstatus.VERZONDEN: frozenset(),
    Berichtstatus.MISLUKT: frozenset({Berichtstatus.WACHT}),
    Berichtstatus.INGETROKKEN: frozenset({Berichtstatus.VERZONDEN}),
}
