from __future__ import annotations

import pytest

from lok_overleg.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Vastgelegd, Weigering
from lok_overleg.domain.verslag import (
    bewaar_verslag,
    namen_van,
    publiceer_verslag,
    zonder_namen,
)
from lok_overleg.models import LokLid
from lok_overleg.workflow import Vergaderstatus
from loket.models import Bericht
from tests.lok_overleg.conftest import DAARNA, maak_vergadering


def bewaar(lok, *, tekst="Geen andere zaken.", versie=0, **per_punt):
    punten = list(lok.vergadering.agendapunten.all())
    return bewaar_verslag(
        lok.vergadering,
        tekst=tekst,
        per_punt={punten[0].pk: per_punt.get("eerste", "Goedgekeurd.")},
        verwachte_versie=versie,
        door=lok.hanne,
        nu=DAARNA,
    )


def publiceer(lok, versie):
    return publiceer_verslag(lok.vergadering, verwachte_versie=versie, door=lok.hanne, nu=DAARNA)


def test_minutes_are_kept_per_point(lok):
    lok.hou()

    verslag = bewaar(lok)

    assert (verslag.tekst, verslag.versie) == ("Geen andere zaken.", 1)
    assert list(lok.vergadering.agendapunten.values_list("verslag", flat=True)) == [
        "Goedgekeurd.",
        "",
    ]


def test_second_writer_is_refused(lok):
    lok.hou()
    bewaar(lok)

    with pytest.raises(IntussenGewijzigd):
        bewaar(lok, tekst="Van iemand anders.", versie=0)

    lok.vergadering.refresh_from_db()
    assert lok.vergadering.verslag.tekst == "Geen andere zaken."
    assert bewaar(lok, tekst="Aangevuld.", versie=1).versie == 2


def test_minutes_before_the_meeting_are_refused(lok):
    lok.nodig_uit()

    with pytest.raises(Vastgelegd):
        bewaar(lok)


def test_point_of_another_meeting_is_left_alone(lok):
    vreemd = maak_vergadering(lok.loket, door=lok.hanne).agendapunten.first()
    lok.hou()

    bewaar_verslag(
        lok.vergadering,
        tekst="",
        per_punt={vreemd.pk: "Binnengesmokkeld"},
        verwachte_versie=0,
        door=lok.hanne,
        nu=DAARNA,
    )

    vreemd.refresh_from_db()
    assert vreemd.verslag == ""


def test_publishing_tells_the_members_and_is_final(lok):
    lok.hou()
    bewaar(lok)

    verslag = publiceer(lok, 1)

    lok.vergadering.refresh_from_db()
    assert lok.vergadering.status == Vergaderstatus.VERSLAG_GEPUBLICEERD
    assert (verslag.gepubliceerd_op, verslag.gepubliceerd_door) == (DAARNA, lok.hanne)
    assert Bericht.objects.filter(sjabloon="lok/verslag").count() == 4
    with pytest.raises(Vastgelegd):
        bewaar(lok, versie=1)
    with pytest.raises(OngeldigeOvergang):
        publiceer(lok, 1)


def test_only_what_was_read_is_published(lok):
    lok.hou()
    bewaar(lok)
    bewaar(lok, tekst="Intussen veranderd.", versie=1)

    with pytest.raises(IntussenGewijzigd):
        publiceer(lok, 1)


def test_empty_minutes_are_not_published(lok):
    lok.hou()
    with pytest.raises(Weigering):
        publiceer(lok, 0)
    bewaar(lok, tekst=" ", eerste="")

    with pytest.raises(Weigering):
        publiceer(lok, 1)


NAMEN = ["An Claessens", "An Claessens-Peeters", "Karim El Idrissi", "Roos (Rosa) Janssens", " "]


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("An Claessens vraagt het.", "Een lid vraagt het."),
        ("Volgens an  claessens, opnieuw", "Volgens een lid, opnieuw"),
        ("An Claessens-Peeters belt.", "Een lid belt."),
        ("Karim El\nIdrissi zegt nee.", "Een lid zegt nee."),
        ("Akkoord. Roos (Rosa) Janssens knikt", "Akkoord. Een lid knikt"),
        ("Jan Claessens is iemand anders.", "Jan Claessens is iemand anders."),
        ("Mail an.c@voorbeeld.test!", "Mail [e-mailadres]!"),
        ("Bel 0471 23 45 67 of 09/000.12.34.", "Bel [telefoonnummer] of [telefoonnummer]."),
        ("Bel +32 471 23 45 67", "Bel [telefoonnummer]"),
        ("Op 17 maart 2026 zijn er 18 plaatsen.", "Op 17 maart 2026 zijn er 18 plaatsen."),
        ("", ""),
    ],
)
def test_names_and_numbers_go_out_of_the_public_text(tekst, verwacht):
    assert zonder_namen(tekst, NAMEN) == verwacht


def test_names_of_members_then_and_now_and_of_the_loket_are_known(lok):
    lok.nodig_uit()
    LokLid.objects.filter(pk=lok.leden["an"].pk).update(naam="An Nieuwenaam")

    namen = namen_van(lok.vergadering)

    assert namen == {
        "Roos Janssens",
        "Karim El Idrissi",
        "An Claessens",
        "An Nieuwenaam",
        "Pieter Wouters",
        "Mia Thijs",
        "Carla",
        "Els",
        "Hanne",
        "Ivo",
        "Joke",
    }
