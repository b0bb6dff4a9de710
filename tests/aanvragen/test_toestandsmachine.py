"""Families, providers, staff and the clock together, in any order, against PostgreSQL.

A machine plays thousands of steps: each is one domain function, on anything that stands there,
also on what has ended. A refusal is a fine answer, when nothing changed. After every step the world
must hold (`tests/aanvragen/wereld_bewaken.py`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from aanvragen.domain.beantwoorden import markeer_gezien, weiger, zet_op_wachtlijst
from aanvragen.domain.fouten import GeenPlaats, Weigering
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard, hou_vast, kies_bij_einde, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.terugdraaien import draai_terug, vraag_opnieuw
from aanvragen.domain.voorstel_herinneren import herinner_voorstel, te_herinneren
from aanvragen.domain.voorstellen import doe_voorstel, laat_verlopen, trek_voorstel_in
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import BijEinde, Ouderreden, Vervalreden, Vraagstatus, Weigerreden
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
    "aanvragen.voorstel.bij_einde",
    "aanvragen.voorstel.hersteld",
    "aanvragen.voorstel.herinnerd",
    "aanvragen.aanmelding.hervat",
    "aanvragen.aanmelding.vervallen_elders",
    "aanvragen.plaatsing.teruggedraaid",
    "aanvragen.vraag.onbeantwoord",
}
#: Any thing of the world, by a number: shrinks to the first.
welke = st.integers(0, 40)


class Portaal(RuleBasedStateMachine):
    """The world: one loket, four small locations, three families with two children each."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.nu = NU
        self.loket = maak_loket(voorsteltermijn=4, antwoordtermijn=5, herinner_voorstel_voor=1)
        self.locaties = [maak_locatie(loket=self.loket) for _ in range(LOCATIES)]
        self.aanbod = [maak_aanbod(locatie, 1) for locatie in self.locaties]
        self.ouders = [maak_gebruiker() for _ in range(GEZINNEN)]
        self.medewerker = maak_gebruiker()
        self.bewaker = Bewaker(self.loket, gezien=GEZIEN)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

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
        """A question to end: not too often, or nothing ever grows old."""
        alle = Opvangvraag.objects.filter(loket=self.loket)
        return None if nummer % 3 else self._kies(nummer, alle)

    def _aanmelding(self, nummer: int) -> Aanmelding | None:
        alle = Aanmelding.objects.filter(opvangvraag__loket=self.loket)
        return self._kies(nummer, alle, alle.filter(opvangvraag__status=Vraagstatus.ACTIEF))

    def _voorstel(self, nummer: int) -> Voorstel | None:
        alle = Voorstel.objects.filter(aanmelding__opvangvraag__loket=self.loket)
        return self._kies(nummer, alle, alle.lopend())

    # Families

    @rule(
        gezin=st.integers(0, GEZINNEN - 1),
        kind=st.integers(0, 1),
        keuzes=st.lists(st.integers(0, LOCATIES - 1), min_size=1, max_size=3, unique=True),
    )
    def vraagt_opvang(self, gezin: int, kind: int, keuzes: list[int]) -> None:
        ouder = self.ouders[gezin]
        gemeente = self.loket.gemeenten.get()
        gegevens = aanvraag_gegevens(
            self.loket,
            [self.locaties[i] for i in keuzes],
            ouder=ouder_gegevens(
                gemeente.pk, email=ouder.email, voornaam="Ouder", familienaam=f"Gezin{gezin}"
            ),
            kinderen=(
                kind_gegevens(
                    voornaam=f"Kind{gezin}{kind}",
                    familienaam=f"Gezin{gezin}",
                    geboortedatum=dt.date(2026, 1, 10 + 2 * gezin + kind),
                ),
            ),
            vraag=vraag_gegevens(rooster=MA_DI.masker),
        )
        self._doe(
            lambda: dien_in(
                gegevens, loket=self.loket, nu=self.nu, door=ouder, ouder_gebruiker=ouder
            )
        )

    @rule(nummer=welke)
    def neemt_de_plaats(self, nummer: int) -> None:
        if voorstel := self._voorstel(nummer):
            self._doe(lambda: aanvaard(voorstel, door=None, nu=self.nu))

    @rule(nummer=welke, bij_einde=st.sampled_from(BijEinde))
    def houdt_vast(self, nummer: int, bij_einde: BijEinde) -> None:
        if voorstel := self._voorstel(nummer):
            self._doe(lambda: hou_vast(voorstel, bij_einde=bij_einde, door=None, nu=self.nu))

    @rule(nummer=welke, bij_einde=st.sampled_from(BijEinde))
    def kiest_het_einde(self, nummer: int, bij_einde: BijEinde) -> None:
        if voorstel := self._voorstel(nummer):
            self._doe(lambda: kies_bij_einde(voorstel, bij_einde, door=None, nu=self.nu))

    @rule(nummer=welke, blijft=st.booleans(), reden=st.sampled_from(Ouderreden))
    def zegt_nee(self, nummer: int, blijft: bool, reden: Ouderreden) -> None:
        if voorstel := self._voorstel(nummer):
            self._doe(
                lambda: weiger_voorstel(
                    voorstel, blijf_op_wachtlijst=blijft, reden=reden, door=None, nu=self.nu
                )
            )

    @rule(nummer=welke)
    def trekt_de_vraag_in(self, nummer: int) -> None:
        if vraag := self._vraag(nummer):
            self._doe(lambda: trek_in(vraag, door=None, nu=self.nu))

    @rule(nummer=welke, reden=st.sampled_from([Vervalreden.DROEVIG, Vervalreden.VERHUISD]))
    def laat_de_vraag_vervallen(self, nummer: int, reden: Vervalreden) -> None:
        if vraag := self._vraag(nummer):
            self._doe(lambda: laat_vervallen(vraag, reden=reden, door=None, nu=self.nu))

    # Providers

    @rule(nummer=welke)
    def leest(self, nummer: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            self._doe(lambda: markeer_gezien(aanmelding, door=self.medewerker, nu=self.nu))

    @rule(nummer=welke)
    def zet_op_de_lijst(self, nummer: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            self._doe(lambda: zet_op_wachtlijst(aanmelding, door=None, nu=self.nu))

    @rule(nummer=welke, reden=st.sampled_from(Weigerreden))
    def heeft_geen_plaats(self, nummer: int, reden: Weigerreden) -> None:
        if aanmelding := self._aanmelding(nummer):
            self._doe(lambda: weiger(aanmelding, reden=reden, door=None, nu=self.nu))

    @rule(nummer=welke, week=st.sampled_from([MAANDAG, MA_DI]), reserveert=st.booleans())
    def stelt_voor(self, nummer: int, week: Weekrooster, reserveert: bool) -> None:
        self._stel_voor(nummer, week, reserveert)

    @rule(nummer=welke)
    def stelt_voor_wat_gevraagd_is(self, nummer: int) -> None:
        self._stel_voor(nummer, MA_DI, True)

    def _stel_voor(self, nummer: int, week: Weekrooster, reserveert: bool) -> None:
        if aanmelding := self._aanmelding(nummer):
            aanbod = Plaatsaanbod.objects.get(locatie=aanmelding.locatie_id)
            self._doe(
                lambda: doe_voorstel(
                    aanmelding,
                    aanbod,
                    start=aanmelding.opvangvraag.gewenste_start,
                    rooster=week,
                    reserveert=reserveert,
                    door=None,
                    nu=self.nu,
                )
            )

    @rule(nummer=welke)
    def trekt_het_voorstel_in(self, nummer: int) -> None:
        if voorstel := self._voorstel(nummer):
            self._doe(lambda: trek_voorstel_in(voorstel, door=None, nu=self.nu))

    # Staff

    @rule(nummer=welke)
    def draait_terug(self, nummer: int) -> None:
        alle = Plaatsing.objects.filter(opvangvraag__loket=self.loket)
        if plaatsing := self._kies(nummer, alle):
            self._doe(lambda: draai_terug(plaatsing, door=self.medewerker, nu=self.nu))

    @rule(nummer=welke)
    def vraagt_opnieuw(self, nummer: int) -> None:
        if aanmelding := self._aanmelding(nummer):
            self._doe(lambda: vraag_opnieuw(aanmelding, door=self.medewerker, nu=self.nu))

    @rule(nummer=welke, locatie=st.integers(0, LOCATIES - 1))
    def voegt_een_keuze_toe(self, nummer: int, locatie: int) -> None:
        if vraag := self._kies(nummer, Opvangvraag.objects.filter(loket=self.loket)):
            self._doe(
                lambda: voeg_keuze_toe(
                    vraag, self.locaties[locatie], door=self.medewerker, nu=self.nu
                )
            )

    @rule(nummer=welke)
    def sluit_af(self, nummer: int) -> None:
        if vraag := self._vraag(nummer):
            self._doe(lambda: sluit_onbeantwoord_af(vraag, door=self.medewerker, nu=self.nu))

    # The clock

    @rule(uren=st.sampled_from([1, 30, 80]))
    def tijd_gaat_voorbij(self, uren: int) -> None:
        self.nu += dt.timedelta(hours=uren)
        for voorstel in te_herinneren(self.nu):
            herinner_voorstel(voorstel, nu=self.nu)
        for voorstel in Voorstel.objects.verstreken(self.nu):
            assert laat_verlopen(voorstel, nu=self.nu)
        assert not Voorstel.objects.verstreken(self.nu).exists()

    @invariant()
    def de_wereld_klopt(self) -> None:
        self.bewaker.kijk(nu=self.nu)


def test_whatever_they_do_in_whatever_order_the_world_holds(db):
    run_state_machine_as_test(
        Portaal,
        settings=settings(
            max_examples=40,
            stateful_step_count=60,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert set(GEZIEN) >= DIEP
