"""Master data in the admin: populations. Reports are made and read on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from loket.beheer import Stamgegevens, beheer, beheerde_lokets
from loket.models import Gebruiker, Gemeente
from rapportage.models import Kinderaantal


@admin.register(Kinderaantal, site=beheer)
class KinderaantalAdmin(Stamgegevens[Kinderaantal]):
    list_display = ("gemeente", "peildatum", "jonger_dan_3", "bron")
    list_filter = ("peildatum",)
    search_fields = ("gemeente__naam",)
    list_select_related = ("gemeente",)

    def binnen(self, rijen: QuerySet[Kinderaantal], gebruiker: Gebruiker) -> QuerySet[Kinderaantal]:
        return rijen.filter(gemeente__lokets__in=beheerde_lokets(gebruiker)).distinct()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        assert isinstance(request.user, Gebruiker)
        if db_field.name == "gemeente":
            lokets = beheerde_lokets(request.user)
            kwargs["queryset"] = Gemeente.objects.filter(lokets__in=lokets).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
