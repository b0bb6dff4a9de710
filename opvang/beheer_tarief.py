"""Master data of the price, in the admin: tables of the inkomenstarief, the toeslag, and help.

The amounts are those of all of Flanders: every manager sees the same. Help belongs to a loket.
"""
# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.beheer import Stamgegevens, beheer, beheerde_lokets
from loket.models import Gebruiker, Loket
from opvang.domain.tarieven import bewaar_tabel
from opvang.models import (
    Duurgeval,
    Kinderopvangtoeslag,
    Leeftijdsgroep,
    Tariefduur,
    Tariefhulp,
    Tariefschijf,
    Tarieftabel,
)


class _Rijen(admin.TabularInline[Any, Any]):
    """Lines of a row: who may change the row may change them."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)


class SchijvenInline(_Rijen):
    model = Tariefschijf


def _blijft(formulier: forms.BaseForm) -> bool:
    """Whether a line is filled in, right, and not to be removed."""
    return bool(formulier.has_changed() or getattr(formulier, "instance", None)) and not (
        formulier.errors or formulier.cleaned_data.get("DELETE")
    )


class _DurenSet(BaseInlineFormSet[Any, Any, Any]):
    def clean(self) -> None:
        """Say of two new lines what the database would: their hours overlap."""
        super().clean()
        rijen = sorted(
            (
                (gegevens["van_uur"], gegevens["tot_uur"])
                for gegevens in (form.cleaned_data for form in self.forms if _blijft(form))
                if gegevens and gegevens["geval"] != Duurgeval.SCHOOL
            ),
            key=lambda rij: rij[0],
        )
        if any(eind is None or eind > begin for (_, eind), (begin, _) in pairwise(rijen)):
            raise ValidationError(_("Deze uren overlappen."))


class DurenInline(_Rijen):
    model = Tariefduur
    formset = _DurenSet


class _Groepenset(BaseInlineFormSet[Any, Any, Any]):
    def clean(self) -> None:
        """Say before the database does that the groups hold more places than the licence."""
        super().clean()
        samen = sum(form.cleaned_data.get("plaatsen") or 0 for form in self.forms if _blijft(form))
        vergund = self.instance.vergunde_plaatsen
        if vergund is not None and samen > vergund:
            raise ValidationError(
                _("De groepen hebben samen %(samen)s plaatsen, vergund zijn er %(vergund)s."),
                params={"samen": samen, "vergund": vergund},
            )


class LeeftijdsgroepenInline(_Rijen):
    """Shown with a licence (opvang/admin.py)."""

    model = Leeftijdsgroep
    formset = _Groepenset


@admin.register(Tarieftabel, site=beheer)
class TarieftabelAdmin(Stamgegevens[Tarieftabel]):
    """A new one: end the open table first, on the day that the new one begins."""

    list_display = ("naam", "vanaf", "tot", "actief", "minimum", "maximum", "bron")
    list_filter = ("actief",)
    inlines = (SchijvenInline, DurenInline)

    def save_model(
        self,
        request: HttpRequest,
        obj: Tarieftabel,
        form: forms.ModelForm[Tarieftabel],
        change: bool,  # noqa: FBT001 -- Django's signature
    ) -> None:
        assert isinstance(request.user, Gebruiker)
        bewaar_tabel(obj, door=request.user, nu=timezone.now())


@admin.register(Kinderopvangtoeslag, site=beheer)
class KinderopvangtoeslagAdmin(Stamgegevens[Kinderopvangtoeslag]):
    list_display = ("bedrag", "vanaf", "tot", "actief", "bron")


@admin.register(Tariefhulp, site=beheer)
class TariefhulpAdmin(Stamgegevens[Tariefhulp]):
    list_display = ("soort", "loket", "vanaf", "tot", "actief")
    list_select_related = ("loket",)

    def binnen(self, rijen: QuerySet[Tariefhulp], gebruiker: Gebruiker) -> QuerySet[Tariefhulp]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "loket":
            assert isinstance(request.user, Gebruiker)
            kwargs["queryset"] = Loket.objects.filter(pk__in=beheerde_lokets(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
