"""Who may help a family: the consent of a toeleider."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aanvragen.models.gezinnen import Gezin
from aanvragen.querysets import (
    ToestemmingQuerySet,
)
from loket.models import Gebruiker


class Toestemming(models.Model):
    """A family lets a toeleider act for it, from a day until another. Without it a toeleider sees
    nothing.

    Source: domein.md §1.6: a referrer passes on information only with the parent's consent.
    """

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="toestemmingen")
    toeleider = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="toestemmingen")
    vanaf = models.DateField()
    tot = models.DateField(null=True, blank=True)
    gegeven_op = models.DateTimeField()
    wijze = models.CharField(
        max_length=80, blank=True, db_comment="how it was given, e.g. on paper"
    )

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        constraints = [
            models.CheckConstraint(
                name="toestemming_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gezin} → {self.toeleider}"
