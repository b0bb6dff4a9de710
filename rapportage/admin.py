"""Master data in the admin: populations. Reports are made and read on their own pages."""

from __future__ import annotations

from django.contrib import admin

from loket.beheer import beheer
from rapportage.models import Kinderaantal


@admin.register(Kinderaantal, site=beheer)
class KinderaantalAdmin(admin.ModelAdmin[Kinderaantal]):
    list_display = ("gemeente", "peildatum", "jonger_dan_3", "bron")
    list_filter = ("peildatum",)
    search_fields = ("gemeente__naam",)
    list_select_related = ("gemeente",)
