"""The table of the supply, as text that anybody can check."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from opvang.domain.api_sleutels import maak_sleutel
from opvang.permissions import MAG, Actie, eis, mag
from tests.fabrieken import NU, maak_aanbod

#                          farid (De Egeltjes)  greet (andere)  amina (ouder)  carla (loket)
TABEL = """
aanbod_openen              ja                   ja              nee            nee
vrije_plaatsen_wijzigen    ja                   nee             nee            nee
sleutels_beheren           ja                   nee             nee            nee
pagina_beheren             ja                   nee             nee            nee
collegas_beheren           ja                   nee             nee            nee
paginas_nakijken           nee                  nee             nee            ja
subsidies_openen           nee                  nee             nee            ja
reglement_maken            nee                  nee             nee            ja
subsidies_beheren          nee                  nee             nee            nee
subsidie_beslissen         nee                  nee             nee            nee
plaatsen_plannen           ja                   nee             nee            nee
capaciteit_beheren         nee                  nee             nee            ja
"""
REGELS = [regel.split() for regel in TABEL.strip().splitlines()]
SPELERS = ("farid", "greet", "amina", "carla")


def test_every_action_has_a_rule_and_a_line():
    assert set(MAG) == set(Actie) == {Actie(regel[0]) for regel in REGELS}


@pytest.mark.parametrize(
    ("actie", "speler", "verwacht"),
    [(r[0], s, v == "ja") for r in REGELS for s, v in zip(SPELERS, r[1:], strict=True)],
)
def test_table_holds(spelers, actie, speler, verwacht):
    egeltjes = spelers.egeltjes
    sleutel, _geheim = maak_sleutel(egeltjes.organisator, naam="x", door=None, nu=NU)
    wie = getattr(spelers, speler)

    for ding in (egeltjes, maak_aanbod(egeltjes), egeltjes.organisator, sleutel):
        assert mag(wie, Actie(actie), ding) is verwacht


def test_visitor_may_nothing(spelers):
    for actie in Actie:
        assert not mag(AnonymousUser(), actie, spelers.egeltjes)
        with pytest.raises(PermissionDenied):
            eis(AnonymousUser(), actie, spelers.egeltjes)


def test_requirement_gives_the_person(spelers):
    assert eis(spelers.farid, Actie.VRIJE_PLAATSEN_WIJZIGEN, spelers.egeltjes) == spelers.farid
    with pytest.raises(PermissionDenied):
        eis(spelers.greet, Actie.VRIJE_PLAATSEN_WIJZIGEN, spelers.egeltjes)
