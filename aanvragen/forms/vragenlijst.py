"""All question pages of one request: what is done, what is left, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanvragen.domain.gegevens import Aanvraaggegevens, Oudergegevens, Vraaggegevens
from aanvragen.forms.aanvraag import (
    DagenForm,
    KinderForm,
    OpvangForm,
    SituatieForm,
    ToestemmingForm,
    WanneerForm,
    WieForm,
)
from aanvragen.forms.stap import Invoer, Kader, Stapformulier, als_querydict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from loket.models import Loket


@dataclass(frozen=True, slots=True)
class Stap:
    """One question page: its address, its question, and its short name in the list."""

    slug: str
    vraag: StrOrPromise
    kort: StrOrPromise
    formulier: type[Stapformulier]


STAPPEN: tuple[Stap, ...] = (
    Stap("wie", _("Wie ben je?"), _("Over jou"), WieForm),
    Stap("kind", _("Voor wie zoek je opvang?"), _("Je kind"), KinderForm),
    Stap("wanneer", _("Wanneer heb je opvang nodig?"), _("Wanneer"), WanneerForm),
    Stap("dagen", _("Welke dagen heb je opvang nodig?"), _("Dagen"), DagenForm),
    Stap("opvang", _("Waar wil je opvang?"), _("Opvang"), OpvangForm),
    Stap("situatie", _("Wat moeten we nog weten?"), _("Jullie situatie"), SituatieForm),
    Stap("controleer", _("Klopt alles?"), _("Nakijken en versturen"), ToestemmingForm),
)
PER_SLUG: Mapping[str, Stap] = {stap.slug: stap for stap in STAPPEN}
VRAGEN: tuple[Stap, ...] = STAPPEN[:-1]
LAATSTE: Stap = STAPPEN[-1]


class Stand(StrEnum):
    """How far a page is: never opened, opened but not right, right."""

    NIEUW = "nieuw"
    BEZIG = "bezig"
    KLAAR = "klaar"


class Vragenlijst:
    """The pages bound to what was saved; each form is made and checked once, when asked for."""

    def __init__(self, gegevens: Mapping[str, Invoer], *, kader: Kader) -> None:
        self.gegevens = gegevens
        self._kader = kader

    @cached_property
    def wie(self) -> WieForm:
        return WieForm(als_querydict(self.gegevens.get("wie", {})), kader=self._kader)

    @cached_property
    def kind(self) -> KinderForm:
        return KinderForm(als_querydict(self.gegevens.get("kind", {})), kader=self._kader)

    @cached_property
    def kader(self) -> Kader:
        """Add what later pages have to know of earlier ones."""
        return self._kader.met_kinderen(self.kind.kinderen())

    @cached_property
    def wanneer(self) -> WanneerForm:
        return WanneerForm(als_querydict(self.gegevens.get("wanneer", {})), kader=self.kader)

    @cached_property
    def dagen(self) -> DagenForm:
        return DagenForm(als_querydict(self.gegevens.get("dagen", {})), kader=self.kader)

    @cached_property
    def opvang(self) -> OpvangForm:
        return OpvangForm(als_querydict(self.gegevens.get("opvang", {})), kader=self.kader)

    @cached_property
    def situatie(self) -> SituatieForm:
        return SituatieForm(als_querydict(self.gegevens.get("situatie", {})), kader=self.kader)

    def formulier(self, slug: str) -> Stapformulier:
        """Give the saved form of a page."""
        gevonden = getattr(self, slug)
        assert isinstance(gevonden, Stapformulier)
        return gevonden

    def stand(self, slug: str) -> Stand:
        if slug not in self.gegevens:
            return Stand.NIEUW
        return Stand.KLAAR if self.formulier(slug).is_valid() else Stand.BEZIG

    def eerste_open(self) -> Stap | None:
        """Find the first page that is not right yet; None when the request can be sent."""
        return next((stap for stap in VRAGEN if self.stand(stap.slug) != Stand.KLAAR), None)

    def volgende(self, slug: str) -> Stap:
        """Give the page after this one."""
        slugs = [stap.slug for stap in STAPPEN]
        return STAPPEN[min(slugs.index(slug) + 1, len(STAPPEN) - 1)]

    def loket(self) -> Loket:
        """Give the loket that the address leads to."""
        return self.wie.loket() or self._kader.loket

    def naar_gegevens(self, *, toestemming_versie: str, kanaal: str) -> Aanvraaggegevens:
        """Give the whole request as clean values; only when `eerste_open` says None."""
        wie, situatie = self.wie.cleaned_data, self.situatie.cleaned_data
        return Aanvraaggegevens(
            ouder=Oudergegevens(
                voornaam=wie["voornaam"],
                familienaam=wie["familienaam"],
                email=self._kader.email or wie.get("email", ""),
                telefoon=wie["telefoon"],
                relatie=wie["relatie"],
                straat=wie["straat"],
                huisnummer=wie["huisnummer"],
                postcode=wie["postcode"],
                gemeente_id=wie["gemeente"].pk,
                wijk_id=int(wie["wijk"]) if wie.get("wijk") else None,
                taal=situatie["taal"],
                tolk=situatie["tolk"],
            ),
            kinderen=self.kind.kinderen(),
            vraag=self._vraag(),
            locatie_ids=self.opvang.locatie_ids(),
            gebied_ids=self.opvang.gebied_ids(),
            toestemming_versie=toestemming_versie,
            kanaal=kanaal,
        )

    def _vraag(self) -> Vraaggegevens:
        wanneer, dagen = self.wanneer.cleaned_data, self.dagen.cleaned_data
        opvang, situatie = self.opvang.cleaned_data, self.situatie.cleaned_data
        return Vraaggegevens(
            gewenste_start=wanneer["start"],
            gewenst_einde=self.wanneer.tot(),
            rooster=dagen["rooster"],
            rooster_wissel=self.dagen.rooster_andere_week(),
            flexibel_weken=wanneer["flexibel"],
            flexibel_dagen=dagen["schuiven"] == "ja",
            vormwens=opvang["vormwens"],
            prijswens=opvang["prijswens"],
            dringende_reden=situatie["dringend"],
            ruimere_uren=tuple(situatie["ruimer"]),
            zorgbehoefte=situatie["zorg"],
            kenmerken=self.situatie.kenmerken_per_code(),
        )
