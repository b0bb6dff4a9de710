"""All question pages of one request: what is done, what is left, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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

    from aanvragen.domain.gegevens import Kindgegevens
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


#: Beside the pages: which earlier question the answers came from.
BRON = "bron"


@dataclass(frozen=True, slots=True)
class Bron:
    """An earlier question whose answers are used again; `voor` is the first name of that child."""

    referentie: str
    voor: str
    tweeling: bool


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
        return SituatieForm(
            als_querydict(self.gegevens.get("situatie", {})), kader=self.kader_situatie
        )

    def kader_van(self, slug: str) -> Kader:
        """Give what this page has to know, for a form that is not bound to what was saved."""
        return self.kader_situatie if slug == "situatie" else self.kader

    @cached_property
    def kader_situatie(self) -> Kader:
        """Add whether traits of the family matter at what was chosen; at the counter they are asked
        always: there the page is one.
        """
        if self._kader.aan_balie or "opvang" not in self.gegevens:
            return self.kader
        return replace(self.kader, kenmerken_tellen=self.opvang.kenmerken_tellen())

    @cached_property
    def bron(self) -> Bron | None:
        """Say from which earlier question the answers were taken over; None when from nowhere."""
        bewaard = self.gegevens.get(BRON)
        if not bewaard or not bewaard.get("referentie"):
            return None
        return Bron(
            referentie=bewaard["referentie"][0],
            voor="".join(bewaard.get("voor", [])),
            tweeling="ja" in bewaard.get("tweeling", []),
        )

    def formulier(self, slug: str) -> Stapformulier:
        """Give the saved form of a page."""
        gevonden = getattr(self, slug)
        assert isinstance(gevonden, Stapformulier)
        return gevonden

    def stand(self, slug: str) -> Stand:
        if slug not in self.gegevens:
            return Stand.NIEUW
        if slug == "situatie" and self.situatie.nog_kenmerken_vragen():
            return Stand.BEZIG
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
            kinderen=self._kinderen(),
            vraag=self._vraag(),
            locatie_ids=self.opvang.locatie_ids(),
            gebied_ids=self.opvang.gebied_ids(),
            toestemming_versie=toestemming_versie,
            kanaal=kanaal,
        )

    def _kinderen(self) -> tuple[Kindgegevens, ...]:
        """Give the children; the first one is the twin of a child that was asked for before."""
        kinderen = self.kind.kinderen()
        if self.bron is None or not self.bron.tweeling:
            return kinderen
        return (replace(kinderen[0], tweeling_van=self.bron.referentie), *kinderen[1:])

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
