"""Master data of the LOK: the rules that the council laid down. Members have their own page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lok_overleg.models import LokReglement
from loket.beheer import Stamgegevens, beheer, beheerde_lokets
from loket.models import Gebruiker, Loket


@admin.register(LokReglement, site=beheer)
class LokReglementAdmin(Stamgegevens[LokReglement]):
    list_display = ("loket", "vanaf", "opvolgtermijn", "bron")
    list_select_related = ("loket",)
    fields = ("loket", "vanaf", "opvolgtermijn", "bron")

    def binnen(self, rijen: QuerySet[LokReglement], gebruiker: Gebruiker) -> QuerySet[LokReglement]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        assert isinstance(request.user, Gebruiker)
        kwargs["queryset"] = Loket.objects.filter(pk__in=beheerde_lokets(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
