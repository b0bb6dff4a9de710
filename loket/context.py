"""What the frame of every page shows: the loket, its contact details, its theme and the menu.

The context processor `loket` puts one lazy object `gezicht` in every template; a page that shows
no frame asks nothing of the database. An app that wants a count in the menu adds a context
processor that returns `{"nav_aantallen": {"balie:werklijst": (7, "voor vandaag")}}` (lazy, if it
costs a query).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.contact import nummer_om_te_bellen
from loket.huisstijl import vingerafdruk
from loket.models import Gebruiker, Loket, Rol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

MERK, SOORT = "Lokaal Loket", "Kinderopvang"
# More than these do not help somebody who looks for a phone number.
MEESTE_LOKETS = 6
KRINGEN = ("organisaties", "lok_lidmaatschappen")
BALIE = (Rol.LOKETMEDEWERKER, Rol.TOELEIDER)
LOK = (Rol.VOORZITTER, Rol.SCHEPEN, Rol.LOKETMEDEWERKER, Rol.BEHEERDER)
CIJFERS = (Rol.SCHEPEN, Rol.LOKETMEDEWERKER)
SUBSIDIES = (Rol.LOKETMEDEWERKER, Rol.SCHEPEN, Rol.BEHEERDER)


@dataclass(frozen=True, slots=True)
class Punt:
    """A place to go to; `huidig` is the value of aria-current, or nothing."""

    naam: str
    url: str
    tekst: StrOrPromise
    huidig: str


class Gezicht:
    """The frame around a page, worked out when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def gebruiker(self) -> Gebruiker | None:
        gebruiker = getattr(self.request, "user", None)
        return gebruiker if isinstance(gebruiker, Gebruiker) else None

    @cached_property
    def loket(self) -> Loket | None:
        """The loket of this page, else of the person, else the only one there is."""
        van_de_pagina = getattr(self.request, "loket", None)
        if isinstance(van_de_pagina, Loket):
            return van_de_pagina
        if self.gebruiker is not None:
            eigen = {loket_id for loket_id, _rol in self.gebruiker.rollen}
            if eigen:
                return Loket.objects.filter(pk__in=eigen).order_by("pk").first()
        eerste_twee = list(Loket.objects.order_by("pk")[:2])
        return eerste_twee[0] if len(eerste_twee) == 1 else None

    @cached_property
    def lokets(self) -> Sequence[Loket]:
        """The lokets to choose from where no single one speaks; there is always someone to call."""
        return [] if self.loket else list(Loket.objects.exclude(telefoon="")[:MEESTE_LOKETS])

    @cached_property
    def naam(self) -> str:
        return self.loket.naam if self.loket else f"{MERK} {SOORT}"

    @cached_property
    def merk(self) -> str:
        """First line beside the mark."""
        return MERK if self.naam.startswith(f"{MERK} ") else self.naam

    @cached_property
    def plaats(self) -> str:
        """Second line beside the mark: what is left of the name, or what it is for."""
        rest = self.naam.removeprefix(self.merk).strip()
        return rest or ("" if SOORT.lower() in self.naam.lower() else SOORT)

    @cached_property
    def telefoon(self) -> str:
        return self.loket.telefoon if self.loket else ""

    @cached_property
    def tel(self) -> str:
        """The number as a phone wants it, for `tel:`."""
        return nummer_om_te_bellen(self.telefoon)

    @cached_property
    def email(self) -> str:
        return self.loket.email if self.loket else ""

    @cached_property
    def adres(self) -> str:
        return self.loket.adres if self.loket else ""

    @cached_property
    def openingsuren(self) -> str:
        return self.loket.openingsuren if self.loket else ""

    @cached_property
    def antwoordtermijn(self) -> int:
        return self._termijn("antwoordtermijn")

    @cached_property
    def conceptdagen(self) -> int:
        return self._termijn("conceptdagen")

    @cached_property
    def bewaarmaanden(self) -> int:
        return self._termijn("bewaarmaanden")

    def _termijn(self, veld: str) -> int:
        """Give a term of this loket, or the usual one where several lokets share the page."""
        waarde = getattr(self.loket or Loket(), veld)
        assert isinstance(waarde, int)
        return waarde

    @cached_property
    def thema_url(self) -> str:
        """The sheet with the loket's own colours; its address changes with its content."""
        if self.loket is None or not self.loket.huisstijl:
            return ""
        return (
            f"{reverse('huisstijl', args=[self.loket.slug])}?v={vingerafdruk(self.loket.huisstijl)}"
        )

    @cached_property
    def is_opvang(self) -> bool:
        """Whether this person answers for a provider."""
        return "organisaties" in self._kringen

    @cached_property
    def is_lok_lid(self) -> bool:
        """Whether this person sits in a lokaal overleg, with or without a role at the loket."""
        return "lok_lidmaatschappen" in self._kringen

    @cached_property
    def _kringen(self) -> frozenset[str]:
        """Name the relations of other apps to this person that hold today; one query for all."""
        if self.gebruiker is None:
            return frozenset()
        vandaag = timezone.localdate()
        aantallen = {
            naam: Count(
                naam,
                filter=(Q(**{f"{naam}__tot": None}) | Q(**{f"{naam}__tot__gt": vandaag}))
                & Q(**{f"{naam}__vanaf__lte": vandaag}),
                distinct=True,
            )
            for naam in KRINGEN
        }
        geteld = Gebruiker.objects.filter(pk=self.gebruiker.pk).aggregate(**aantallen)
        return frozenset(naam for naam, aantal in geteld.items() if aantal)

    @cached_property
    def nav(self) -> Sequence[Punt]:
        return list(self._punten(self._menu()))

    @cached_property
    def voet(self) -> Sequence[Punt]:
        menu: list[tuple[str, StrOrPromise]] = [
            ("toegankelijkheid", _("Toegankelijkheid")),
            ("privacy", _("Privacy")),
            ("rapporten:cijfers", _("Open cijfers")),
        ]
        if self.demo:
            menu.append(("stijl", _("Stijl")))
        return list(self._punten(menu))

    @cached_property
    def begin_url(self) -> str:
        return reverse("start")

    @cached_property
    def aanmelden_url(self) -> str:
        return reverse("account_login")

    @cached_property
    def afmelden_url(self) -> str:
        return reverse("account_logout")

    @property
    def demo(self) -> bool:
        return bool(getattr(settings, "DEMO", False))

    def _menu(self) -> Iterator[tuple[str, StrOrPromise]]:
        gebruiker = self.gebruiker
        if gebruiker is None:
            yield "opvang:zoeken", _("Zoeken")
            yield "mijn:overzicht", _("Mijn aanvraag")
            yield "aanbod:overzicht", _("Voor opvang")
            return
        if gebruiker.heeft_rol(*BALIE):
            yield "balie:werklijst", _("Werklijst")
        if self.is_opvang:
            yield "aanbod:overzicht", _("Mijn opvang")
        yield "opvang:zoeken", _("Opvang") if gebruiker.rollen else _("Zoeken")
        if not gebruiker.rollen and not self.is_opvang:
            yield "mijn:overzicht", _("Mijn aanvraag")
        if gebruiker.heeft_rol(*LOK) or (not gebruiker.rollen and self.is_lok_lid):
            yield "lok:overzicht", _("Lokaal overleg")
        if gebruiker.heeft_rol(*SUBSIDIES):
            yield "subsidies:overzicht", _("Subsidies")
        if gebruiker.heeft_rol(*CIJFERS):
            yield "rapporten:overzicht", _("Cijfers")
        elif gebruiker.rollen:
            yield "rapporten:cijfers", _("Cijfers")
        if gebruiker.heeft_rol(Rol.BEHEERDER):
            yield "admin:index", _("Beheer")

    def _punten(
        self, menu: Sequence[tuple[str, StrOrPromise]] | Iterator[tuple[str, StrOrPromise]]
    ) -> Iterator[Punt]:
        rijen = [(naam, reverse(naam), tekst) for naam, tekst in menu]
        # A page below two items belongs to the nearest: /balie/subsidies/ is not the work list.
        boven = [url for _naam, url, _tekst in rijen if self.request.path.startswith(url)]
        hier = max(boven, key=len, default="")
        for naam, url, tekst in rijen:
            huidig = self._huidig(url) if url == hier else ""
            yield Punt(naam=naam, url=url, tekst=tekst, huidig=huidig)

    def _huidig(self, url: str) -> str:
        if self.request.path == url:
            return "page"
        return "true" if self.request.path.startswith(url) and url != self.begin_url else ""


def loket(request: HttpRequest) -> Mapping[str, object]:
    """Put `gezicht` in every template."""
    return {"gezicht": Gezicht(request)}
