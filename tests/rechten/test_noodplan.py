"""Who may do what with a closing, as a table that somebody of the loket can read and check."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from aanvragen.permissions_noodplan import MAG, Actie, mag
from tests.opvang.fabrieken_noodplan import begin_plan

pytestmark = pytest.mark.django_db

#: Carla staffs this loket, Dirk another; Ivo is schepen, Els guides families, Farid runs the place.
MATRIX = """
actie    amina els carla dirk farid hanne ivo joke
lijst    nee   nee ja    ja   nee   nee   ja  nee
zoeken   nee   nee ja    ja   nee   nee   nee nee
melden   nee   nee ja    nee  nee   nee   nee nee
werken   nee   nee ja    nee  nee   nee   nee nee
cijfers  nee   nee ja    nee  nee   nee   ja  nee
"""


def vakjes() -> list[tuple[str, dict[str, bool]]]:
    kop, *regels = MATRIX.strip().splitlines()
    rollen = kop.split()[1:]
    return [
        (actie, dict(zip(rollen, [a == "ja" for a in antwoorden], strict=True)))
        for actie, *antwoorden in (regel.split() for regel in regels)
    ]


@pytest.mark.parametrize(
    ("actie", "verwacht"), vakjes(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_rechten(spelers, actie, verwacht):
    ding = {
        "melden": spelers.egeltjes,
        "werken": begin_plan(spelers.egeltjes, loket=spelers.loket),
    }
    ding["cijfers"] = ding["werken"]

    antwoorden = {
        naam: mag(getattr(spelers, naam), Actie(actie), ding.get(actie)) for naam in verwacht
    }

    assert antwoorden == verwacht
    assert not mag(AnonymousUser(), Actie(actie), ding.get(actie))


def test_every_action_has_a_rule_and_a_line():
    assert set(MAG) == set(Actie) == {Actie(actie) for actie, _ in vakjes()}
