"""Who may do what, as a table that the loket can read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from lok_overleg.models import LokLid
from lok_overleg.permissions import MAG, Actie, eis, mag

MATRIX = """
           hanne  ivo  carla  joke  els  dirk  farid  amina  lid
overzicht  ja     ja   ja     ja    nee  ja    nee    nee    ja
bekijken   ja     ja   ja     ja    nee  nee   nee    nee    ja
plannen    ja     nee  nee    nee   nee  nee   nee    nee    nee
beheren    ja     nee  nee    nee   nee  nee   nee    nee    nee
leden      ja     nee  nee    nee   nee  nee   nee    nee    nee
opvolgen   ja     ja   nee    nee   nee  nee   nee    nee    nee
"""


def vakjes():
    kop, *regels = MATRIX.strip("\n").splitlines()
    for regel in regels:
        actie, *antwoorden = regel.split()
        for wie, antwoord in zip(kop.split(), antwoorden, strict=True):
            yield pytest.param(wie, Actie(actie), antwoord == "ja", id=f"{wie}-{actie}")


@pytest.mark.parametrize(("wie", "actie", "verwacht"), list(vakjes()))
def test_table(lok, wie, actie, verwacht):
    LokLid.objects.filter(pk=lok.leden["roos"].pk).update(gebruiker=lok.spelers.bram)
    gebruiker = lok.spelers.bram if wie == "lid" else getattr(lok.spelers, wie)

    assert mag(gebruiker, actie, lok.vergadering) is verwacht


def test_every_action_has_a_rule_and_a_line():
    assert set(MAG) == set(Actie)
    assert {vakje.values[1] for vakje in vakjes()} == set(Actie)


def test_nobody_is_nobody(lok):
    with pytest.raises(PermissionDenied):
        eis(AnonymousUser(), Actie.BEKIJKEN, lok.vergadering)


def test_former_member_reads_nothing(lok):
    LokLid.objects.filter(naam="Vroeger Lid").update(gebruiker=lok.spelers.bram)

    assert not mag(lok.spelers.bram, Actie.OVERZICHT)
