from __future__ import annotations

import pytest

from lok_overleg.domain.agenda import (
    Puntgegevens,
    verplaats_punt,
    verwijder_punt,
    voeg_punt_toe,
    wijzig_punt,
)
from lok_overleg.domain.fouten import Vastgelegd
from lok_overleg.domain.plannen import las_af
from lok_overleg.workflow import Puntsoort
from tests.fabrieken import NU


def titels(lok):
    return list(lok.vergadering.agendapunten.values_list("titel", flat=True))


def test_point_comes_last(lok):
    voeg_punt_toe(
        lok.vergadering,
        Puntgegevens(titel="Varia", soort=Puntsoort.INFORMATIE, duur=10),
        door=lok.hanne,
        nu=NU,
    )

    assert titels(lok) == ["Punt 1", "Punt 2", "Varia"]


@pytest.mark.parametrize(
    ("plek", "richting", "verwacht"),
    [
        (0, "omlaag", ["Punt 2", "Punt 1"]),
        (1, "omhoog", ["Punt 2", "Punt 1"]),
        (0, "omhoog", ["Punt 1", "Punt 2"]),
        (1, "omlaag", ["Punt 1", "Punt 2"]),
    ],
)
def test_point_changes_places_with_its_neighbour(lok, plek, richting, verwacht):
    punt = lok.vergadering.agendapunten.all()[plek]

    verplaats_punt(punt, richting, door=lok.hanne, nu=NU)

    assert titels(lok) == verwacht


def test_point_is_changed_and_removed(lok):
    eerste, tweede = lok.vergadering.agendapunten.all()

    wijzig_punt(eerste, Puntgegevens(titel="Cijfers"), door=lok.hanne, nu=NU)
    verwijder_punt(tweede, door=lok.hanne, nu=NU)

    assert titels(lok) == ["Cijfers"]


def test_agenda_of_a_held_meeting_only_grows(lok):
    lok.hou()
    punt = lok.vergadering.agendapunten.first()

    for doe in (
        lambda: wijzig_punt(punt, Puntgegevens(titel="X"), door=lok.hanne, nu=NU),
        lambda: verplaats_punt(punt, "omlaag", door=lok.hanne, nu=NU),
        lambda: verwijder_punt(punt, door=lok.hanne, nu=NU),
    ):
        with pytest.raises(Vastgelegd):
            doe()
    voeg_punt_toe(lok.vergadering, Puntgegevens(titel="Varia"), door=lok.hanne, nu=NU)

    assert titels(lok) == ["Punt 1", "Punt 2", "Varia"]


def test_agenda_of_a_meeting_that_was_called_off_is_closed(lok):
    las_af(lok.vergadering, reden="Geen zaal.", door=lok.hanne, nu=NU)

    with pytest.raises(Vastgelegd):
        voeg_punt_toe(lok.vergadering, Puntgegevens(titel="Varia"), door=lok.hanne, nu=NU)
