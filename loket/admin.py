"""Master data of the ground floor: lokets, their people, and the area; the records to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from loket.beheer import AlleenLezen, MetPersoon, Stamgegevens, beheer, beheerde_lokets
from loket.domain.aanmelden import vind_of_maak
from loket.domain.rollen import bewaar_rol
from loket.huisstijl import valideer_huisstijl
from loket.models import (
    Bericht,
    Gebeurtenis,
    Gebruiker,
    Gemeente,
    Inzage,
    Lidmaatschap,
    Loket,
    Wijk,
)


@admin.register(Gemeente, site=beheer)
class GemeenteAdmin(AlleenLezen[Gemeente]):
    list_display = ("naam", "nis", "provincie", "gewest")
    list_filter = ("gewest", "provincie")
    search_fields = ("naam", "nis", "postcodes")


@admin.register(Wijk, site=beheer)
class WijkAdmin(AlleenLezen[Wijk]):
    list_display = ("naam", "gemeente", "soort", "code")
    list_filter = ("soort",)
    list_select_related = ("gemeente",)
    search_fields = ("naam", "code", "gemeente__naam")
    exclude = ("omtrek",)

    def binnen(self, rijen: QuerySet[Wijk], gebruiker: Gebruiker) -> QuerySet[Wijk]:
        return rijen.defer("omtrek")


class LoketFormulier(ModelForm[Loket]):
    class Meta:
        model = Loket
        fields = (
            "naam",
            "telefoon",
            "email",
            "adres",
            "website",
            "openingsuren",
            "huisstijl",
            "antwoordtermijn",
            "voorsteltermijn",
            "bevestigingstermijn",
            "vers_dagen",
            "verborgen_dagen",
            "conceptdagen",
            "bewaarmaanden",
            "teksten_nakijken",
            "kleine_cel",
        )
        # An address has lines; one input would glue them together.
        widgets = {"adres": AdminTextareaWidget(attrs={"rows": 3})}

    def clean_huisstijl(self) -> dict[str, Any]:
        huisstijl = self.cleaned_data["huisstijl"]
        if huisstijl is None:
            return {}
        valideer_huisstijl(huisstijl)
        assert isinstance(huisstijl, dict)
        return huisstijl


@admin.register(Loket, site=beheer)
class LoketAdmin(Stamgegevens[Loket]):
    """Contact details and terms; which municipalities it serves is not its own to decide."""

    form = LoketFormulier
    fields = ("naam", "slug", "gemeenten", *LoketFormulier.Meta.fields[1:])
    list_display = ("naam", "telefoon", "email", "antwoordtermijn", "voorsteltermijn")
    search_fields = ("naam",)
    readonly_fields = ("slug", "gemeenten")

    def binnen(self, rijen: QuerySet[Loket], gebruiker: Gebruiker) -> QuerySet[Loket]:
        return rijen.filter(pk__in=beheerde_lokets(gebruiker))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class LidmaatschapFormulier(MetPersoon[Lidmaatschap]):
    class Meta:
        model = Lidmaatschap
        fields = ("loket", "rol", "organisatie", "vanaf", "tot")


@admin.register(Lidmaatschap, site=beheer)
class LidmaatschapAdmin(Stamgegevens[Lidmaatschap]):
    """Who does what for the loket."""

    form = LidmaatschapFormulier
    list_display = ("gebruiker", "rol", "loket", "organisatie", "vanaf", "tot")
    list_filter = ("rol",)
    list_select_related = ("gebruiker", "loket")
    search_fields = ("gebruiker__email", "gebruiker__naam", "organisatie")

    def binnen(self, rijen: QuerySet[Lidmaatschap], gebruiker: Gebruiker) -> QuerySet[Lidmaatschap]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))

    def has_change_permission(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> bool:
        """Refuse one's own: nobody changes what they may do, nor locks themselves out."""
        eigen = obj is not None and obj.gebruiker_id == request.user.pk
        return super().has_change_permission(request, obj) and not eigen

    def get_fields(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> Any:
        wie = ("gebruiker",) if obj else MetPersoon.persoon
        return (*wie, *LidmaatschapFormulier.Meta.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> Any:
        # Another loket or role is another membership; this one ends.
        return ("gebruiker", "loket", "rol") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "loket":
            kwargs["queryset"] = Loket.objects.filter(pk__in=beheerde_lokets(_door(request)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Lidmaatschap, form: ModelForm[Lidmaatschap], change: bool
    ) -> None:
        if not change:
            obj.gebruiker = vind_of_maak(form.cleaned_data["email"], naam=form.cleaned_data["naam"])
        bewaar_rol(obj, door=_door(request), nu=timezone.now())


@admin.register(Gebruiker, site=beheer)
class GebruikerAdmin(Stamgegevens[Gebruiker]):
    """The people who work for the own lokets; parents are nobody's master data."""

    list_display = ("email", "naam", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "naam")
    fields = ("email", "naam", "is_active", "last_login", "aangemaakt_op")

    def binnen(self, rijen: QuerySet[Gebruiker], gebruiker: Gebruiker) -> QuerySet[Gebruiker]:
        return rijen.filter(lidmaatschappen__loket__in=beheerde_lokets(gebruiker)).distinct()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a person comes with a role."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Gebruiker | None = None) -> Any:
        altijd = ("email", "last_login", "aangemaakt_op")
        return altijd if self._is_alleen_van_ons(request, obj) else (*altijd, "naam", "is_active")

    def _is_alleen_van_ons(self, request: HttpRequest, obj: Gebruiker | None) -> bool:
        """Whether nobody else depends on this account, and it is not one's own."""
        if obj is None or obj.pk == request.user.pk:
            return False
        elders = obj.lidmaatschappen.exclude(loket__in=beheerde_lokets(_door(request)))
        return not elders.exists()


@admin.register(Gebeurtenis, site=beheer)
class GebeurtenisAdmin(AlleenLezen[Gebeurtenis]):
    list_display = ("op", "werkwoord", "onderwerp_soort", "onderwerp_id", "door", "namens")
    list_filter = ("werkwoord",)
    list_select_related = ("door",)
    search_fields = ("werkwoord", "onderwerp_soort", "=onderwerp_id")
    date_hierarchy = "op"
    show_full_result_count = False

    def binnen(self, rijen: QuerySet[Gebeurtenis], gebruiker: Gebruiker) -> QuerySet[Gebeurtenis]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))


@admin.register(Inzage, site=beheer)
class InzageAdmin(AlleenLezen[Inzage]):
    """What the people of the own lokets opened."""

    list_display = ("op", "gebruiker", "onderwerp_soort", "onderwerp_id", "reden")
    list_select_related = ("gebruiker",)
    search_fields = ("gebruiker__email", "gebruiker__naam", "onderwerp_soort", "=onderwerp_id")
    date_hierarchy = "op"
    show_full_result_count = False

    def binnen(self, rijen: QuerySet[Inzage], gebruiker: Gebruiker) -> QuerySet[Inzage]:
        eigen = rijen.filter(gebruiker__lidmaatschappen__loket__in=beheerde_lokets(gebruiker))
        return eigen.distinct()


@admin.register(Bericht, site=beheer)
class BerichtAdmin(AlleenLezen[Bericht]):
    """Whether a mail arrived; what it says is for the people who handle the dossier."""

    list_display = ("aangemaakt_op", "titel", "aan", "status", "pogingen", "verzonden_op", "fout")
    list_filter = ("status", "sjabloon")
    search_fields = ("aan", "titel")
    date_hierarchy = "aangemaakt_op"
    show_full_result_count = False
    fields = (
        "loket",
        "sjabloon",
        "titel",
        "aan",
        "status",
        "pogingen",
        "aangemaakt_op",
        "volgende_poging_op",
        "verzonden_op",
        "fout",
    )

    def binnen(self, rijen: QuerySet[Bericht], gebruiker: Gebruiker) -> QuerySet[Bericht]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))


def _door(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user
