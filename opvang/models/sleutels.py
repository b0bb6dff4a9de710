"""Keys for back offices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker
from opvang.models.locaties import Organisator
from opvang.querysets import ApiSleutelQuerySet


class ApiSleutel(models.Model):
    """A key with which the back office of one organisator talks to the API; only its hash is
    stored.
    """

    organisator = models.ForeignKey(
        Organisator, on_delete=models.CASCADE, related_name="api_sleutels"
    )
    naam = models.CharField(_("naam"), max_length=80)
    voorvoegsel = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    aangemaakt_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt_op = models.DateTimeField()
    laatst_gebruikt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = ApiSleutelQuerySet.as_manager()

    class Meta:
        verbose_name = _("API-sleutel")
        verbose_name_plural = _("API-sleutels")
        ordering = ("-aangemaakt_op",)

    def __str__(self) -> str:
        return f"{self.naam} ({self.voorvoegsel}…)"
