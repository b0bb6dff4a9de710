"""Master data of the counter, in the admin: the letters of a loket, in each language."""
# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aanvragen.briefvelden import VELDEN
from aanvragen.forms.aanvraag import TALEN
from aanvragen.models import Briefsjabloon, Brieftekst
from aanvragen.models.balie import NEDERLANDS
from loket.beheer import Stamgegevens, beheer, beheerde_lokets
from loket.models import Gebruiker, Loket

#: What can be written; signs and "another language" can't.
_GEEN_SCHRIFT = frozenset({"sgn", "ander"})


class BrieftekstFormulier(forms.ModelForm[Brieftekst]):
    taal = forms.ChoiceField(
        label=_("Taal"), choices=[taal for taal in TALEN if taal[0] not in _GEEN_SCHRIFT]
    )

    class Meta:
        model = Brieftekst
        fields = ("taal", "titel", "tekst")
        help_texts = {
            "tekst": _("Een lege regel begint een nieuwe alinea. Velden: %(velden)s.")
            % {"velden": ", ".join(f"{{{naam}}}" for naam in VELDEN)}
        }


class BrieftekstFormset(BaseInlineFormSet[Brieftekst, Briefsjabloon, forms.ModelForm[Brieftekst]]):
    def clean(self) -> None:
        """Every letter has a Dutch text: a colleague must know what a family is told."""
        super().clean()
        talen = {
            formulier.cleaned_data.get("taal")
            for formulier in self.forms
            if formulier.is_valid() and not formulier.cleaned_data.get("DELETE")
        }
        if NEDERLANDS not in talen:
            raise ValidationError(_("Geef altijd ook een Nederlandse tekst."))


class TekstenInline(admin.StackedInline[Brieftekst, Briefsjabloon]):
    model = Brieftekst
    form = BrieftekstFormulier
    formset = BrieftekstFormset
    extra = 0
    min_num = 1

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)


@admin.register(Briefsjabloon, site=beheer)
class BriefsjabloonAdmin(Stamgegevens[Briefsjabloon]):
    """Letters of the lokets that this person manages."""

    list_display = ("naam", "loket", "actief")
    list_filter = ("actief",)
    search_fields = ("naam",)
    fields = ("loket", "naam", "actief")
    inlines = (TekstenInline,)

    def binnen(
        self, rijen: QuerySet[Briefsjabloon], gebruiker: Gebruiker
    ) -> QuerySet[Briefsjabloon]:
        return rijen.filter(loket__in=beheerde_lokets(gebruiker))

    def get_readonly_fields(self, request: HttpRequest, obj: Briefsjabloon | None = None) -> Any:
        return ("loket",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        gebruiker = request.user
        if db_field.name == "loket" and isinstance(gebruiker, Gebruiker):
            kwargs["queryset"] = Loket.objects.filter(pk__in=beheerde_lokets(gebruiker))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
