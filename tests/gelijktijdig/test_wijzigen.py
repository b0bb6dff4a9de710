"""Two parents change the same question at the same moment: neither overwrites the other unseen.

The race is first run without the lock, to show that it is a race (docs/gelijktijdigheid.md).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from aanvragen.domain.fouten import IntussenGewijzigd
from aanvragen.domain.gevolgen import stempel, wens_van
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Opvangvraag
from aanvragen.querysets import OpvangvraagQuerySet
from loket.models import Gebeurtenis
from loket.week import uit_codes
from tests.fabrieken import NU, maak_locatie, maak_loket, maak_vraag
from tests.gelijktijdig.hulp import Uitkomst, tegelijk

pytestmark = pytest.mark.django_db(transaction=True)
WOENSDAG, VRIJDAG = uit_codes(["wo-vm", "wo-nm"]), uit_codes(["vr-vm", "vr-nm"])


@pytest.fixture
def zonder_slot(monkeypatch):
    """Take the row lock away, as if somebody had forgotten it."""
    monkeypatch.setattr(OpvangvraagQuerySet, "vergrendeld", lambda self: self.order_by("pk"))


def _twee_ouders() -> tuple[Opvangvraag, Uitkomst]:
    """Both read the same page; one asks Wednesday, the other Friday."""
    loket = maak_loket()
    vraag = maak_vraag(loket, [maak_locatie(loket=loket)])
    keuzes = keuzes_van(vraag)
    wens, gezien = wens_van(vraag, keuzes), stempel(vraag, keuzes)

    def vraagt(rooster: int):
        return wijzig(vraag, replace(wens, rooster=rooster), gezien=gezien, door=None, nu=NU)

    uitkomst = tegelijk(lambda: vraagt(WOENSDAG), lambda: vraagt(VRIJDAG))
    vraag = Opvangvraag.objects.get(pk=vraag.pk)
    return vraag, uitkomst


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_the_second_parent_overwrites_the_first():
    vraag, uitkomst = _twee_ouders()

    assert isinstance(uitkomst.tweede, list)
    assert vraag.rooster == VRIJDAG
    assert Gebeurtenis.objects.filter(werkwoord="aanvragen.vraag.gewijzigd").count() == 2


def test_the_second_parent_is_told_that_something_changed():
    vraag, uitkomst = _twee_ouders()

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, IntussenGewijzigd)
    assert vraag.rooster == WOENSDAG
    assert Gebeurtenis.objects.filter(werkwoord="aanvragen.vraag.gewijzigd").count() == 1
