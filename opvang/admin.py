"""Master data of the supply: organisatoren, their people, locations and licences.

Free places are what providers say themselves: to look at, never to change here.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.beheer import MetPersoon, Stamgegevens, beheer, beheerde_lokets
from loket.domain.aanmelden import vind_of_maak
from loket.models import Gebruiker, Gemeente, Wijk
from loket.week import CODES, DAGDELEN, DAGEN
from opvang.beheer_tarief import LeeftijdsgroepenInline
from opvang.domain.leden import bewaar_lid
from opvang.models import Opvanglocatie, Organisator, OrganisatorLid, Plaatsaanbod, Vergunning
from opvang.workflow import Ruimer

DAGDEELKEUZES = [
    (CODES[f"{dag}-{deel}"], f"{dagnaam} {deelnaam}")
    for dag, dagnaam in DAGEN
    for deel, deelnaam in DAGDELEN
]


@admin.register(Organisator, site=beheer)
class OrganisatorAdmin(Stamgegevens[Organisator]):
    """Those with a location in the own area, and those that have none yet."""

    list_display = ("naam", "ondernemingsnummer", "email", "telefoon")
    search_fields = ("naam", "ondernemingsnummer", "email")

    def binnen(self, rijen: QuerySet[Organisator], gebruiker: Gebruiker) -> QuerySet[Organisator]:
        hier = Q(locaties__gemeente__lokets__in=beheerde_lokets(gebruiker))
        return rijen.filter(hier | Q(locaties=None)).distinct()


class OrganisatorLidFormulier(MetPersoon[OrganisatorLid]):
    class Meta:
        model = OrganisatorLid
        fields = ("organisator", "vanaf", "tot")

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        al_lid = OrganisatorLid.objects.filter(
            organisator=gegevens.get("organisator"), gebruiker__email=gegevens.get("email")
        )
        if al_lid.exists():
            self.add_error("email", _("Deze persoon hoort al bij deze organisator."))
        return gegevens


@admin.register(OrganisatorLid, site=beheer)
class OrganisatorLidAdmin(Stamgegevens[OrganisatorLid]):
    """Who answers for an organisator."""

    form = OrganisatorLidFormulier
    list_display = ("gebruiker", "organisator", "vanaf", "tot")
    list_select_related = ("gebruiker", "organisator")
    search_fields = ("gebruiker__email", "gebruiker__naam", "organisator__naam")
    autocomplete_fields = ("organisator",)

    def binnen(
        self, rijen: QuerySet[OrganisatorLid], gebruiker: Gebruiker
    ) -> QuerySet[OrganisatorLid]:
        hier = Q(organisator__locaties__gemeente__lokets__in=beheerde_lokets(gebruiker))
        return rijen.filter(hier | Q(organisator__locaties=None)).distinct()

    def get_fields(self, request: HttpRequest, obj: OrganisatorLid | None = None) -> Any:
        wie = ("gebruiker",) if obj else MetPersoon.persoon
        return (*wie, *OrganisatorLidFormulier.Meta.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: OrganisatorLid | None = None) -> Any:
        return ("gebruiker", "organisator") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "organisator":
            kwargs["queryset"] = _eigen(OrganisatorAdmin, Organisator, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: OrganisatorLid,
        form: forms.ModelForm[OrganisatorLid],
        change: bool,
    ) -> None:
        if not change:
            obj.gebruiker = vind_of_maak(form.cleaned_data["email"], naam=form.cleaned_data["naam"])
        bewaar_lid(obj, door=_door(request), nu=timezone.now())


class LocatieFormulier(forms.ModelForm[Opvanglocatie]):
    openingsdagen = forms.TypedMultipleChoiceField(
        label=_("Open op"), choices=DAGDEELKEUZES, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    ruimere_uren = forms.MultipleChoiceField(
        label=_("Ruimere uren"),
        choices=Ruimer.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Opvanglocatie
        fields = (
            "organisator",
            "naam",
            "slug",
            "dossiernummer",
            "opvangvorm",
            "prijssysteem",
            "straat",
            "huisnummer",
            "postcode",
            "plaats",
            "gemeente",
            "wijk",
            "breedtegraad",
            "lengtegraad",
            "telefoon",
            "email",
            "website",
            "opening_van",
            "opening_tot",
            "openingsdagen",
            "ruimere_uren",
            "talen",
            "inclusief",
            "tekst",
            "gemeentelijk",
            "zichtbaar",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        masker = self.initial.get("openingsdagen", self.instance.openingsdagen)
        self.initial["openingsdagen"] = [bit for bit, _naam in DAGDEELKEUZES if masker & bit]

    def clean_openingsdagen(self) -> int:
        return sum(self.cleaned_data["openingsdagen"])


class PlaatsaanbodInline(admin.TabularInline[Plaatsaanbod, Opvanglocatie]):
    """What the provider said."""

    model = Plaatsaanbod
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "soort",
        "vanaf",
        "tot",
        "plaatsen",
        "ingenomen",
        "laatst_bevestigd",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Opvanglocatie, site=beheer)
class OpvanglocatieAdmin(Stamgegevens[Opvanglocatie]):
    form = LocatieFormulier
    list_display = ("naam", "organisator", "opvangvorm", "plaats", "dossiernummer", "zichtbaar")
    list_filter = ("opvangvorm", "zichtbaar")
    list_select_related = ("organisator",)
    search_fields = ("naam", "dossiernummer", "organisator__naam", "straat", "plaats")
    autocomplete_fields = ("organisator", "wijk")
    prepopulated_fields = {"slug": ("naam",)}
    inlines = (PlaatsaanbodInline,)

    def binnen(
        self, rijen: QuerySet[Opvanglocatie], gebruiker: Gebruiker
    ) -> QuerySet[Opvanglocatie]:
        return rijen.filter(gemeente__lokets__in=beheerde_lokets(gebruiker)).distinct()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        lokets = beheerde_lokets(_door(request))
        if db_field.name == "organisator":
            kwargs["queryset"] = _eigen(OrganisatorAdmin, Organisator, request)
        elif db_field.name == "gemeente":
            kwargs["queryset"] = Gemeente.objects.filter(lokets__in=lokets).distinct()
        elif db_field.name == "wijk":
            kwargs["queryset"] = Wijk.objects.filter(gemeente__lokets__in=lokets).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Vergunning, site=beheer)
class VergunningAdmin(Stamgegevens[Vergunning]):
    list_display = ("locatie", "vanaf", "tot", "vergunde_plaatsen", "operationele_plaatsen", "bron")
    list_select_related = ("locatie",)
    search_fields = ("locatie__naam", "locatie__dossiernummer", "bron")
    autocomplete_fields = ("locatie",)
    inlines = (LeeftijdsgroepenInline,)

    def binnen(self, rijen: QuerySet[Vergunning], gebruiker: Gebruiker) -> QuerySet[Vergunning]:
        eigen = rijen.filter(locatie__gemeente__lokets__in=beheerde_lokets(gebruiker))
        return eigen.distinct()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "locatie":
            kwargs["queryset"] = _eigen(OpvanglocatieAdmin, Opvanglocatie, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _door(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user


def _eigen(beheerscherm: type[Stamgegevens[Any]], model: Any, request: HttpRequest) -> Any:
    """Offer what the person sees on the screen of that model."""
    return beheerscherm(model, beheer).get_queryset(request)
