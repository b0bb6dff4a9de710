"""Two staff at once on the same pair of questions: one asks, one answer counts.

Each race is first run without the lock that protects it (docs/gelijktijdigheid.md).
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from aanvragen.domain.dubbels import (
    AlBeslist,
    AlGevraagd,
    bevestig_samenvoegen,
    voeg_samen,
    vraag_samenvoegen,
    weiger_samenvoegen,
)
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.models import Opvangvraag, Ouder, Samenvoeging
from aanvragen.querysets import OpvangvraagQuerySet
from loket.models import Bericht
from tests.aanvragen.post.fabrieken import maak_paar
from tests.fabrieken import NU
from tests.gelijktijdig.hulp import tegelijk
from tests.spelers import roep_spelers

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def zonder_slot(monkeypatch):
    """Forget to lock the families and the questions."""
    monkeypatch.setattr("aanvragen.domain.dubbels.vergrendel_gezinnen", lambda _ids: None)
    monkeypatch.setattr(OpvangvraagQuerySet, "vergrendeld", lambda self: self.order_by("pk"))


def _twee_keer_samen():
    """Carla and a colleague press the same button on the same dossier."""
    spelers = roep_spelers()
    _eerste, dubbel = maak_paar(spelers)
    eigen = [Opvangvraag.objects.get(pk=dubbel.pk) for _ in range(2)]
    return tegelijk(
        lambda: voeg_samen(eigen[0], door=spelers.carla, nu=NU),
        lambda: voeg_samen(eigen[1], door=spelers.carla, nu=LATER),
    )


@pytest.mark.usefixtures("zonder_slot")
def test_control_without_the_lock_the_second_breaks_on_the_database():
    uit = _twee_keer_samen()

    assert uit.wachtte  # on the unique row, only there
    assert isinstance(uit.tweede, IntegrityError)


def test_two_staff_merge_the_same_pair_and_one_is_told_kindly():
    uit = _twee_keer_samen()

    assert uit.wachtte
    assert isinstance(uit.tweede, OngeldigeOvergang)
    assert list(Samenvoeging.objects.values_list("stand", flat=True)) == ["samen"]
    assert Ouder.objects.filter(voornaam="Bram").count() == 2  # at home, and once in the family
    assert Bericht.objects.filter(sjabloon="aanvragen/samengevoegd").count() == 2


def test_two_staff_ask_the_same_parent_and_she_gets_one_mail():
    spelers = roep_spelers()
    _eerste, dubbel = maak_paar(spelers)
    eigen = [Opvangvraag.objects.get(pk=dubbel.pk) for _ in range(2)]

    uit = tegelijk(
        lambda: vraag_samenvoegen(eigen[0], door=spelers.carla, nu=NU),
        lambda: vraag_samenvoegen(eigen[1], door=spelers.carla, nu=LATER),
    )

    assert uit.wachtte
    assert isinstance(uit.tweede, AlGevraagd)
    assert Bericht.objects.filter(sjabloon="aanvragen/dubbel_gevraagd").count() == 1


def _ja_en_nee():
    """She says yes online while staff note the no of the phone."""
    spelers = roep_spelers()
    _eerste, dubbel = maak_paar(spelers)
    pk = vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU).pk
    eigen = [Samenvoeging.objects.select_related("eerste", "dubbel").get(pk=pk) for _ in range(2)]
    return tegelijk(
        lambda: weiger_samenvoegen(eigen[0], door=spelers.carla, nu=LATER, wijze="telefoon"),
        lambda: bevestig_samenvoegen(eigen[1], door=spelers.amina, nu=LATER, wijze="online"),
    )


@pytest.mark.usefixtures("zonder_slot")
def test_control_without_the_lock_the_second_answer_is_only_stopped_at_the_last_row():
    uit = _ja_en_nee()

    # Everything of the merge was written before the row of the answer said no.
    assert uit.wachtte
    assert isinstance(uit.tweede, AlBeslist | IntussenGewijzigd)


def test_a_yes_and_a_no_at_once_are_one_answer():
    uit = _ja_en_nee()

    assert uit.wachtte
    assert isinstance(uit.tweede, AlBeslist)
    assert Samenvoeging.objects.get().stand == "geweigerd"
    assert not Bericht.objects.filter(sjabloon="aanvragen/samengevoegd").exists()
