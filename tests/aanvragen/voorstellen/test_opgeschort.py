"""A held offer suspends what the family ranked lower, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.kiezen import hou_vast
from aanvragen.domain.passen import is_opgeschort
from aanvragen.models import Aanmelding
from tests.fabrieken import NU, maak_locatie, maak_loket, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 12, 1)


@pytest.fixture
def vraag():
    """Four wishes; the second one is held."""
    loket = maak_loket()
    vraag = maak_vraag(loket, [maak_locatie(loket=loket) for _ in range(4)])
    hou_vast(maak_voorstel(vraag.aanmeldingen.get(rang=2)), door=None, nu=NU)
    return vraag


def test_only_lower_wishes_of_the_same_question_are_suspended(vraag):
    ander = maak_vraag(vraag.loket, [a.locatie for a in vraag.aanmeldingen.all()])

    assert [a.rang for a in vraag.aanmeldingen.opgeschort()] == [3, 4]
    assert [a.rang for a in vraag.aanmeldingen.niet_opgeschort()] == [1, 2]
    assert ander.aanmeldingen.opgeschort().count() == 0


def test_query_and_predicate_agree(vraag):
    alle = list(Aanmelding.objects.filter(opvangvraag=vraag).prefetch_related("voorstellen"))

    assert [a.rang for a in alle if is_opgeschort(a, alle)] == [3, 4]


def test_a_suspended_wish_is_never_late(vraag):
    assert [a.rang for a in Aanmelding.objects.te_laat(LATER)] == [1]
