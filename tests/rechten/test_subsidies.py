"""Who may do what with subsidies, as a table that somebody of the loket can read and check."""

from __future__ import annotations

import pytest

from opvang.permissions import Actie, mag
from tests.opvang.fabrieken_subsidies import maak_subsidies

pytestmark = pytest.mark.django_db

MATRIX = """
actie               amina els carla dirk farid hanne ivo joke
subsidies_openen    nee   nee ja    ja   nee   nee   ja  ja
reglement_maken     nee   nee ja    ja   nee   nee   nee ja
subsidies_beheren   nee   nee ja    nee  nee   nee   nee ja
subsidie_beslissen  nee   nee ja    nee  nee   nee   nee nee
"""
KOP, *REGELS = [regel.split() for regel in MATRIX.strip().splitlines()]


@pytest.mark.parametrize("regel", REGELS, ids=lambda regel: regel[0])
def test_table_holds(spelers, regel):
    sub = maak_subsidies(spelers.loket, spelers.carla)
    eigen = (sub.reglement, sub.regel(), sub.voorstel(spelers.egeltjes))

    for ding in eigen:
        kan = {wie: mag(getattr(spelers, wie), Actie(regel[0]), ding) for wie in KOP[1:]}
        assert kan == {wie: woord == "ja" for wie, woord in zip(KOP[1:], regel[1:], strict=True)}
