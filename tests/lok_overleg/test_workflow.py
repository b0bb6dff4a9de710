from __future__ import annotations

from itertools import product

import pytest

from lok_overleg.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from lok_overleg.domain.status import verander_vergadering
from lok_overleg.models import Vergadering
from lok_overleg.workflow import OVERGANGEN, Uitslag, Vergaderstatus, uitslag
from loket.models import Gebeurtenis
from tests.fabrieken import NU

S = Vergaderstatus
#: The whole life of a meeting, said a second time in the words of the loket.
MAG = {
    (S.GEPLAND, S.UITGENODIGD),
    (S.GEPLAND, S.AFGELAST),
    (S.UITGENODIGD, S.GEHOUDEN),
    (S.UITGENODIGD, S.AFGELAST),
    (S.GEHOUDEN, S.VERSLAG_GEPUBLICEERD),
}


def zet(vergadering: Vergadering, status: Vergaderstatus) -> None:
    Vergadering.objects.filter(pk=vergadering.pk).update(
        status=status,
        afgelast_op=NU if status == S.AFGELAST else None,
        gehouden_op=NU if status in {S.GEHOUDEN, S.VERSLAG_GEPUBLICEERD} else None,
    )
    vergadering.refresh_from_db()


@pytest.mark.parametrize(("van", "naar"), list(product(S, S)))
def test_status_changes_only_along_the_edges(lok, van, naar):
    zet(lok.vergadering, van)
    voor = Gebeurtenis.objects.count()

    if (van, naar) in MAG:
        verander_vergadering(lok.vergadering, naar, door=lok.hanne, nu=NU)
        assert lok.vergadering.status == naar
        assert Gebeurtenis.objects.count() == voor + 1
    else:
        with pytest.raises(OngeldigeOvergang):
            verander_vergadering(lok.vergadering, naar, door=lok.hanne, nu=NU)
        lok.vergadering.refresh_from_db()
        assert lok.vergadering.status == van
        assert Gebeurtenis.objects.count() == voor


def test_every_status_has_its_edges():
    assert set(OVERGANGEN) == set(S)


def test_stale_copy_is_refused(lok):
    oud = Vergadering.objects.get(pk=lok.vergadering.pk)
    verander_vergadering(lok.vergadering, S.AFGELAST, door=lok.hanne, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        verander_vergadering(oud, S.UITGENODIGD, door=lok.hanne, nu=NU)


@pytest.mark.parametrize(
    ("voor", "tegen", "verwacht"),
    [
        (11, 1, Uitslag.AANGENOMEN),
        (1, 0, Uitslag.AANGENOMEN),
        (2, 2, Uitslag.STAKING),
        (0, 0, Uitslag.STAKING),
        (3, 4, Uitslag.VERWORPEN),
    ],
)
def test_outcome_of_a_vote(voor, tegen, verwacht):
    assert uitslag(voor=voor, tegen=tegen) == verwacht
