"""The Django admin, for master data only: casework has its own screens.

What every admin of master data has in common: only a manager (role beheerder, valid today) sees it,
only what belongs to the lokets that this person manages, and nothing is ever deleted.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from allauth.account.internal.flows.logout import logout
from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from loket.domain.aanmelden import schoon_adres
from loket.domain.fouten import Weigering
from loket.models import Gebruiker, Rol

M = TypeVar("M", bound=Model)


class Beheer(admin.AdminSite):
    site_header = _("Beheer van het loket")
    site_title = _("Beheer")
    index_title = _("Basisgegevens")

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask the membership, never a flag: it ends on its last day."""
        gebruiker = request.user
        return (
            isinstance(gebruiker, Gebruiker)
            and gebruiker.is_active
            and gebruiker.heeft_rol(Rol.BEHEERDER)
        )

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the one page where people sign in, with its limits and its second factor."""
        if self.has_permission(request):
            return redirect(f"{self.name}:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    @method_decorator(require_POST)
    def logout(  # type: ignore[override]  # django-stubs expects a template
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        logout(request, show_message=False)
        return redirect("start")

    def password_change(  # type: ignore[override]  # django-stubs expects a template
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


beheer = Beheer(name="admin")


class AlleenLezen(admin.ModelAdmin[M]):
    """Rows that a manager may look at."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        gebruiker = request.user
        assert isinstance(gebruiker, Gebruiker)
        return self.binnen(super().get_queryset(request), gebruiker)

    def binnen(self, rijen: QuerySet[M], gebruiker: Gebruiker) -> QuerySet[M]:
        """Keep what belongs to the lokets that this person manages; public data has no loket."""
        return rijen

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class Stamgegevens(AlleenLezen[M]):
    """Rows that a manager may make and change; what is over gets an end date."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.admin_site.has_permission(request)


class MetPersoon(forms.ModelForm[M]):
    """Names a person by e-mail address: nobody has to search among everybody who has an account."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Waarmee deze persoon zich aanmeldt. Een account is er vanzelf."),
    )
    naam = forms.CharField(label=_("Naam"), max_length=150)

    #: The fields that say which person; only asked when the row is made.
    persoon: ClassVar[tuple[str, ...]] = ("email", "naam")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for veld in self.persoon:
                del self.fields[veld]

    def clean_email(self) -> str:
        try:
            return schoon_adres(self.cleaned_data["email"])
        except Weigering as nee:
            raise forms.ValidationError(str(nee)) from nee


def beheerde_lokets(gebruiker: Gebruiker) -> frozenset[int]:
    """Ids of the lokets that this person manages today."""
    return gebruiker.lokets_als(Rol.BEHEERDER)
