"""Families, providers, staff and the clock together, in any order, against PostgreSQL.

A machine plays thousands of steps: each is one domain function, on anything that stands there,
now and then on what has ended. A refusal is a fine answer, when it changed nothing. After every
step the world must hold (`wereld_bewaken.py`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from aanvragen.domain.beantwoorden import markeer_gezien, weiger, zet_op_wachtlijst
from aanvragen.domain.buiten_keuze import stel_buiten_keuze_voor
from aanvragen.domain.fouten import GeenPlaats, Weigering
from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard, hou_vast, kies_bij_einde, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.terugdraaien import draai_terug, vraag_opnieuw
from aanvragen.domain.voorstel_herinneren import herinner_voorstel, te_herinneren
from aanvragen.domain.voorstellen import doe_voorstel, laat_verlopen, trek_voorstel_in
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    BijEinde,
    Ouderreden,
    Partij,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster
from tests.aanvragen.wereld_bewaken import Bewaker
from tests.fabrieken import (
    NU,
    aanvraag_gegevens,
    kind_gegevens,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_loket,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.traag]

LOCATIES, GEZINNEN = 4, 3
MAANDAG, MA_DI = Weekrooster.van_dagen(0), Weekrooster.van_dagen(0, 1)
#: What happened in all machines together, by the name of the event: to see that they go deep.
GEZIEN: Counter[str] = Counter()
#: What must have happened somewhere, or the test proves little.
DIEP = {
    "aanvragen.voorstel.vastgehouden",
    "aanvragen.voorstel.verlopen",
    "aanvragen.aanmelding.hervat",
    "aanvragen.aanmelding.vervallen_elders",
    "aanvragen.plaatsing.teruggedraaid",
    "aanvragen.voorstel.hersteld",
    "aanvragen.vraag.gewijzigd",
    "aanvragen.vraag.geplaatst",
    "aanvragen.vraag.vervallen",
}
#: Who does what, and how often: families, providers, staff, the clock.
DADEN = [
    *["houdt_vast"] * 6,
    *["neemt_de_plaats"] * 2,
    *["kiest_het_einde", "zegt_nee", "wijzigt", "schrijft", "vraagt_opvang", "stopt"],
    *["stelt_voor"] * 9,
    *["leest", "zet_op_de_lijst", "heeft_geen_plaats", "trekt_terug"],
    *["draait_terug"] * 2,
    *["vraagt_opnieuw", "voegt_toe", "zoekt_buiten_de_keuzes", "sluit_af"],
    *["tijd_gaat_voorbij"] * 4,
]
UREN = (1, 12, 30, 60)
#: Which thing of the world, and which way: numbers, so that a failing story is short.
welke = st.integers(0, 29)
hoe = st.integers(0, 23)


class Portaal(RuleBasedStateMachine):
    """The world: one loket, four small locations, three families with two children each."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.nu = NU
        self.loket = maak_loket(voorsteltermijn=4, antwoordtermijn=5, herinner_voorstel_voor=1)
        self.locaties = [maak_locatie(loket=self.loket) for _ in range(LOCATIES)]
        self.aanbod = [maak_aanbod(locatie, 1 + i % 2) for i, locatie in enumerate(self.locaties)]
        self.ouders = [maak_gebruiker() for _ in range(GEZINNEN)]
        self.medewerker = maak_gebruiker()
        self.bewaker = Bewaker(self.loket, gezien=GEZIEN)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(volgorde=st.permutations(range(LOCATIES)))
    def iedereen_vraagt(self, volgorde: list[int]) -> None:
        for gezin in range(GEZINNEN):
            self._vraag_opvang(gezin, 0, [*volgorde[gezin:], *volgorde[:gezin]][:3])

    @rule(doet=st.sampled_from(DADEN), nummer=welke, hoe=hoe)
    def iemand(self, doet: str, nummer: int, hoe: int) -> None:
        """One rule for all: of many small ones a machine would leave half aside."""
        if doet == "tijd_gaat_voorbij":
            self._tijd_gaat_voorbij(UREN[hoe % len(UREN)])
        else:
            self._doe(lambda: getattr(self, f"_{doet}")(nummer, hoe))

    def _tijd_gaat_voorbij(self, uren: int) -> None:
        self.nu += dt.timedelta(hours=uren)
        for voorstel in te_herinneren(self.nu):
            assert herinner_voorstel(voorstel, nu=self.nu)
        for voorstel in Voorstel.objects.verstreken(self.nu).order_by("pk"):
            # What one deadline decides may end the next offer of the same family.
            over = not Voorstel.objects.verstreken(self.nu).filter(pk=voorstel.pk).exists()
            assert laat_verlopen(voorstel, nu=self.nu) is not over
        assert not Voorstel.objects.verstreken(self.nu).exists()

    @invariant()
    def de_wereld_klopt(self) -> None:
        self.bewaker.kijk()

    # How a step is taken

    def _doe(self, stap: Callable[[], Any]) -> None:
        """Take a step; when it is refused nothing may have changed, but for a place that went."""
        voor = self.bewaker.foto()
        try:
            stap()
        except GeenPlaats:
            pass  # aanvaard stores that the family is back on the list
        except Weigering:
            assert self.bewaker.foto() == voor

    def _kies(self, nummer: int, alle: Any, lopende: Any = None) -> Any:
        """Point at a row: mostly one that lives, now and then at any."""
        if lopende is not None and nummer % 5:
            alle = lopende
        sleutels = list(alle.order_by("pk").values_list("pk", flat=True))
        return alle.get(pk=sleutels[nummer % len(sleutels)]) if sleutels else None

    def _vraag(self, nummer: int) -> Opvangvraag | None:
        alle = Opvangvraag.objects.filter(loket=self.loket)
        return self._kies(nummer, alle, alle.filter(status=Vraagstatus.ACTIEF))

    def _aanmelding(self, nummer: int) -> Aanmelding | None:
        alle = Aanmelding.objects.filter(opvangvraag__loket=self.loket)
        return self._kies(nummer, alle, alle.filter(opvangvraag__status=Vraagstatus.ACTIEF))

    def _voorstel(self, nummer: int) -> Voorstel | None:
        alle = Voorstel.objects.filter(aanmelding__opvangvraag__loket=self.loket)
        return self._kies(nummer, alle, alle.lopend())

    # Families

    def _vraag_opvang(self, gezin: int, kind: int, keuzes: list[int]) -> None:
        ouder = self.ouders[gezin]
        dien_in(
            aanvraag_gegevens(
                self.loket,
                [self.locaties[i] for i in keuzes],
                ouder=ouder_gegevens(
                    self.loket.gemeenten.get().pk,
                    email=ouder.email,
                    voornaam="Ouder",
                    familienaam=f"Gezin{gezin}",
                ),
                kinderen=(
                    kind_gegevens(
                        voornaam=f"Kind{gezin}{kind}",
                        familienaam=f"Gezin{gezin}",
                        geboortedatum=dt.date(2026, 1, 10 + 2 * gezin + kind),
                    ),
                ),
                vraag=vraag_gegevens(rooster=MA_DI.masker),
            ),
            loket=self.loket,
            nu=self.nu,
            door=ouder,
            ouder_gebruiker=ouder,
        )

    def _vraagt_opvang(self, nummer: int, hoe: int) -> None:
        volgorde = list(itertools.permutations(range(LOCATIES)))[hoe]
        self._vraag_opvang(nummer % GEZINNEN, nummer % 2, list(volgorde[:3]))

    def _neemt_de_plaats(self, nummer: int, _hoe: int) -> None:
        if voorstel := self._voorstel(nummer):
            aanvaard(voorstel, door=None, nu=self.nu)

    def _houdt_vast(self, nummer: int, hoe: int) -> None:
        alle = Voorstel.objects.filter(aanmelding__opvangvraag__loket=self.loket)
        open_lager = alle.filter(status=Voorstelstatus.OPEN, aanmelding__rang__gt=1)
        if voorstel := self._kies(nummer, alle, open_lager):
            hou_vast(voorstel, bij_einde=list(BijEinde)[hoe % 2], door=None, nu=self.nu)

    def _kiest_het_einde(self, nummer: int, hoe: int) -> None:
        alle = Voorstel.objects.filter(aanmelding__opvangvraag__loket=self.loket)
        vast = alle.filter(status=Voorstelstatus.VASTGEHOUDEN)
        if voorstel := self._kies(nummer, alle, vast):
            kies_bij_einde(voorstel, list(BijEinde)[hoe % 2], door=None, nu=self.nu)

    def _zegt_nee(self, nummer: int, hoe: int) -> None:
        if voorstel := self._voorstel(nummer):
            weiger_voorstel(
                voorstel,
                blijf_op_wachtlijst=bool(hoe % 2),
                reden=list(Ouderreden)[hoe % len(Ouderreden)],
                door=None,
                nu=self.nu,
            )

    def _wijzigt(self, nummer: int, hoe: int) -> None:
        """Another order, a wish more or less, other days."""
        if vraag := self._vraag(nummer):
            volgorde = list(itertools.permutations(range(LOCATIES)))[hoe]
            wens = dataclasses.replace(
                wens_van(vraag, keuzes_van(vraag)),
                locaties=tuple(self.locaties[i].pk for i in volgorde[: 2 + nummer % 2]),
                rooster=(MAANDAG if hoe % 3 == 0 else MA_DI).masker,
            )
            wijzig(vraag, wens, door=None, nu=self.nu)

    def _schrijft(self, nummer: int, hoe: int) -> None:
        if vraag := self._vraag(nummer):
            schrijf(
                vraag,
                None,
                partij=[Partij.GEZIN, Partij.LOKET][hoe % 2],
                tekst=f"Bericht {hoe}",
                door=[self.ouders[0], self.medewerker][hoe % 2],
                nu=self.nu,
            )

    def _stopt(self, nummer: int, hoe: int) -> None:
        vraag = self._kies(nummer, Opvangvraag.objects.filter(loket=self.loket))
        if hoe % 3 == 0:
            trek_in(vraag, door=None, nu=self.nu)
        else:
            reden = [Vervalreden.DROEVIG, Vervalreden.VERHUISD][hoe % 2]
            laat_vervallen(vraag, reden=reden, door=None, nu=self.nu)

    # Providers

    def _leest(self, nummer: int, _hoe: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            markeer_gezien(aanmelding, door=self.medewerker, nu=self.nu)

    def _zet_op_de_lijst(self, nummer: int, _hoe: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            zet_op_wachtlijst(aanmelding, door=None, nu=self.nu)

    def _heeft_geen_plaats(self, nummer: int, hoe: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            reden = list(Weigerreden)[hoe % len(Weigerreden)]
            weiger(aanmelding, reden=reden, door=None, nu=self.nu)

    def _stelt_voor(self, nummer: int, hoe: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            doe_voorstel(
                aanmelding,
                Plaatsaanbod.objects.get(locatie=aanmelding.locatie_id),
                start=aanmelding.opvangvraag.gewenste_start,
                rooster=MAANDAG if hoe % 4 == 0 else MA_DI,
                reserveert=bool(hoe % 3),
                door=None,
                nu=self.nu,
            )

    def _trekt_terug(self, nummer: int, _hoe: int) -> None:
        if voorstel := self._voorstel(nummer):
            trek_voorstel_in(voorstel, door=None, nu=self.nu)

    # Staff

    def _draait_terug(self, nummer: int, _hoe: int) -> None:
        alle = Plaatsing.objects.filter(opvangvraag__loket=self.loket)
        if plaatsing := self._kies(nummer, alle, alle.filter(beeindigd_op=None)):
            draai_terug(plaatsing, door=self.medewerker, nu=self.nu)

    def _vraagt_opnieuw(self, nummer: int, _hoe: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            vraag_opnieuw(aanmelding, door=self.medewerker, nu=self.nu)

    def _voegt_toe(self, nummer: int, hoe: int) -> None:
        if vraag := self._vraag(nummer):
            locatie = self.locaties[hoe % LOCATIES]
            voeg_keuze_toe(vraag, locatie, door=self.medewerker, nu=self.nu)

    def _zoekt_buiten_de_keuzes(self, nummer: int, hoe: int) -> None:
        if vraag := self._vraag(nummer):
            stel_buiten_keuze_voor(
                vraag,
                Plaatsaanbod.objects.get(locatie=self.locaties[hoe % LOCATIES]),
                start=vraag.gewenste_start,
                rooster=MA_DI,
                door=self.medewerker,
                nu=self.nu,
            )

    def _sluit_af(self, nummer: int, hoe: int) -> None:
        if hoe % 3 == 0 and (vraag := self._vraag(nummer)):
            sluit_onbeantwoord_af(vraag, door=self.medewerker, nu=self.nu)


def test_whatever_they_do_in_whatever_order_the_world_holds(db):
    run_state_machine_as_test(
        Portaal,
        settings=settings(
            max_examples=30,
            stateful_step_count=70,
            deadline=None,
            # A failing story is told as it was found: to make it shorter takes minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert set(GEZIEN) >= DIEP
