"""The states of a report over every pair: what the dict allows happens, and nothing else."""

from __future__ import annotations

import itertools
import uuid

import pytest

from rapportage.domain import status
from rapportage.models import CapaciteitsRapport
from rapportage.workflow import LOPEND, OVERGANGEN, VOORTGANG, Rapportstatus, Stap
from tests.fabrieken import NU, VANDAAG, maak_loket

pytestmark = pytest.mark.django_db
CLAIM = uuid.UUID(int=7)
INHOUD = {"gegevens": {}, "checksum": "c", "codeversie": "v", "pdf": b"%PDF"}
WEGEN = {
    (Rapportstatus.AANGEVRAAGD, Rapportstatus.BEZIG): lambda pk: status.neem(pk, nu=NU),
    (Rapportstatus.BEZIG, Rapportstatus.KLAAR): lambda pk: status.rond_af(
        pk, CLAIM, nu=NU, **INHOUD
    ),
    (Rapportstatus.BEZIG, Rapportstatus.MISLUKT): lambda pk: status.meld_mislukt(pk, CLAIM, nu=NU),
    (Rapportstatus.BEZIG, Rapportstatus.AANGEVRAAGD): lambda pk: status.geef_terug(pk, CLAIM),
    (Rapportstatus.MISLUKT, Rapportstatus.AANGEVRAAGD): lambda pk: status.vraag_opnieuw(pk, nu=NU),
}


def rapport_in(toestand: Rapportstatus) -> CapaciteitsRapport:
    velden = {"claim": CLAIM, "begonnen_op": NU, "hartslag_op": NU}
    if toestand == Rapportstatus.KLAAR:
        velden |= {**INHOUD, "voortgang": 100, "afgerond_op": NU}
    return CapaciteitsRapport.objects.create(
        loket=maak_loket(), peildatum=VANDAAG, aangevraagd_op=NU, status=toestand, **velden
    )


def test_every_state_has_a_row_and_every_edge_a_function():
    assert set(OVERGANGEN) == set(Rapportstatus)
    assert {(van, naar) for van, alle in OVERGANGEN.items() for naar in alle} == set(WEGEN)


@pytest.mark.parametrize(("toestand", "weg"), list(itertools.product(Rapportstatus, WEGEN)))
def test_only_listed_transitions_happen(toestand, weg):
    rapport = rapport_in(toestand)
    van, naar = weg

    gelukt = bool(WEGEN[weg](rapport.pk))

    rapport.refresh_from_db()
    assert gelukt is (toestand == van)
    assert rapport.status == (naar if toestand == van else toestand)


def test_a_finished_report_leads_nowhere():
    assert OVERGANGEN[Rapportstatus.KLAAR] == frozenset()
    assert frozenset({Rapportstatus.AANGEVRAAGD, Rapportstatus.BEZIG}) == LOPEND


def test_progress_only_rises():
    assert list(VOORTGANG) == list(Stap)
    assert list(VOORTGANG.values()) == sorted(VOORTGANG.values())
    assert VOORTGANG[Stap.KLAAR] == 100
