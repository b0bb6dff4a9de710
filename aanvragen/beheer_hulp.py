"""Master data of help: the partners to which a loket sends families on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from aanvragen.models import Partner
from loket.beheer import Stamgegevens, beheer, beheerde_lokets
from loket.models import Gebruiker, Loket


@admin.register(Partner, site=beheer)
class PartnerAdmin(Stamgegevens[Partner]):
    """Partners of the own lokets. One that is gone is switched off: old referrals still name it."""

    list_display = ("naam", "soort", "telefoon", "email", "actief", "loket")
    list_filter = ("soort", "actief")
    list_select_related = ("loket",)
    search_fields = ("naam",)
    fields = (
        "loket",
        "naam",
        "soort",
        "waarmee",
        "telefoon",
        "email",
        "adres",
        "website",
        "actief",
    )

    def binnen(self, rijen: QuerySet[Partner], gebruiker: Gebruiker) -> QuerySet[Partner]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002 -- the signature is Django's
        obj: Partner | None = None,
    ) -> Any:
        return ("loket",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "loket":
            assert isinstance(request.user, Gebruiker)
            kwargs["queryset"] = Loket.objects.filter(pk__in=beheerde_lokets(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
