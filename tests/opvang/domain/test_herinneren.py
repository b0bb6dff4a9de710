"""Once a month a provider is asked if its figures still hold: by day, once, and never about nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from loket.models import Bericht
from opvang.domain.herinneren import MEESTE_MAILS, stuur_herinneringen
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd
from opvang.tasks import vraag_bevestiging_vrije_plaatsen
from tests.fabrieken import (
    NU,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_loket,
    maak_organisator,
)

pytestmark = pytest.mark.django_db

DAG = dt.timedelta(days=1)


@pytest.fixture
def loket():
    return maak_loket(vers_dagen=30, verborgen_dagen=60)


@pytest.fixture
def egel(loket):
    """A location that said on the morning of NU what is free."""
    organisator = maak_organisator(email="egel@voorbeeld.test")
    locatie = maak_locatie("De Egel", loket=loket, organisator=organisator)
    maak_aanbod(locatie, 2)
    return locatie


def mails() -> list[tuple[str, str]]:
    return list(Bericht.objects.order_by("pk").values_list("aan", "titel"))


def test_mail_goes_out_five_days_before_the_figures_become_a_maybe(egel):
    assert stuur_herinneringen(nu=NU + 25 * DAG - dt.timedelta(minutes=1)) == 0

    assert stuur_herinneringen(nu=NU + 25 * DAG) == 1

    (bericht,) = Bericht.objects.all()
    assert bericht.aan == "egel@voorbeeld.test"
    assert bericht.titel == "Kloppen je vrije plaatsen nog bij De Egel?"
    assert "Vanaf woensdag 1 april 2026 zien ouders “misschien plaats”" in bericht.tekst
    assert "vanaf 2 mrt 2026: 2 op maandag tot en met vrijdag hele dag" in bericht.tekst
    assert "/klopt/" in bericht.tekst
    assert "/klopt/" in bericht.html


def test_same_term_gives_one_mail_and_the_next_month_another(egel):
    for dag in range(25, 86):
        stuur_herinneringen(nu=NU + dag * DAG)

    assert [b.aangemaakt_op for b in Bericht.objects.order_by("pk")] == [
        NU + 25 * DAG,
        NU + 55 * DAG,
        NU + 85 * DAG,
    ]
    assert "Ouders zien dan “misschien plaats”." in Bericht.objects.order_by("pk")[1].tekst


def test_confirming_stops_the_mails_for_a_term(egel):
    stuur_herinneringen(nu=NU + 25 * DAG)
    bevestig_ongewijzigd(egel, door=None, nu=NU + 26 * DAG)

    for dag in range(27, 51):
        assert stuur_herinneringen(nu=NU + dag * DAG) == 0
    assert stuur_herinneringen(nu=NU + 51 * DAG) == 1


def test_who_never_answers_is_left_to_the_loket_in_the_end(egel):
    for maand in range(12):
        stuur_herinneringen(nu=NU + (25 + 30 * maand) * DAG)

    assert len(mails()) == MEESTE_MAILS


def test_term_is_the_lokets_own():
    locatie = maak_locatie(loket=maak_loket(vers_dagen=9, verborgen_dagen=20))
    maak_aanbod(locatie)

    assert stuur_herinneringen(nu=NU + 5 * DAG) == 0
    assert stuur_herinneringen(nu=NU + 6 * DAG) == 1


def test_very_short_term_does_not_mail_on_the_day_itself():
    maak_aanbod(maak_locatie(loket=maak_loket(vers_dagen=2, verborgen_dagen=4)))

    assert stuur_herinneringen(nu=NU + dt.timedelta(hours=3)) == 0


def test_organisator_with_several_locations_gets_one_mail(loket, egel):
    merel = maak_locatie("De Merel", loket=loket, organisator=egel.organisator)
    maak_aanbod(merel, 1, nu=NU + 4 * DAG)
    met_eigen_adres = maak_locatie(
        "De Specht", loket=loket, organisator=egel.organisator, email="specht@voorbeeld.test"
    )
    maak_aanbod(met_eigen_adres, 1)
    veel_later = maak_locatie("De Uil", loket=loket, organisator=egel.organisator)
    maak_aanbod(veel_later, 1, nu=NU + 20 * DAG)

    assert stuur_herinneringen(nu=NU + 25 * DAG) == 2

    assert mails() == [
        ("egel@voorbeeld.test", "Kloppen je vrije plaatsen nog bij 2 locaties?"),
        ("specht@voorbeeld.test", "Kloppen je vrije plaatsen nog bij De Specht?"),
    ]
    tekst = Bericht.objects.earliest("pk").tekst
    assert "De Egel" in tekst
    assert "De Merel" in tekst
    assert "De Uil" not in tekst
    # The one that went along is not asked again five days later.
    assert stuur_herinneringen(nu=NU + 29 * DAG) == 0


@pytest.mark.parametrize(
    ("reden", "maak"),
    [
        ("says nothing", lambda loket: maak_locatie(loket=loket)),
        (
            "has no address",
            lambda loket: maak_aanbod(
                maak_locatie(loket=loket, organisator=maak_organisator(email=""))
            ),
        ),
        ("is hidden", lambda loket: maak_aanbod(maak_locatie(loket=loket, zichtbaar=False))),
        (
            "ended",
            lambda loket: maak_aanbod(maak_locatie(loket=loket), tot=dt.date(2026, 3, 20)),
        ),
        ("is fresh", lambda loket: maak_aanbod(maak_locatie(loket=loket), nu=NU + 20 * DAG)),
    ],
)
def test_nothing_is_asked_of_a_location_that(loket, reden, maak):
    maak(loket)

    assert stuur_herinneringen(nu=NU + 26 * DAG) == 0
    assert mails() == []


def test_without_an_address_of_its_own_it_goes_to_who_acts_for_it(loket):
    lid = maak_gebruiker("greet@voorbeeld.test")
    organisator = maak_organisator(email="", lid=lid)
    maak_aanbod(maak_locatie("De Egel", loket=loket, organisator=organisator))

    stuur_herinneringen(nu=NU + 26 * DAG)

    assert mails() == [("greet@voorbeeld.test", "Kloppen je vrije plaatsen nog bij De Egel?")]


@pytest.mark.parametrize("aantal", [1, 3])
def test_choosing_asks_the_same_of_the_database_for_any_number(
    loket, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        maak_aanbod(maak_locatie(loket=loket, organisator=maak_organisator(email="")))

    # Terms, locations, periods, people, who was asked before; nobody has an address.
    with django_assert_num_queries(5):
        stuur_herinneringen(nu=NU + 26 * DAG)


@pytest.mark.parametrize(("uur", "aantal"), [(3, 0), (6, 0), (7, 1), (19, 1), (20, 0)])
def test_mail_is_sent_by_day_in_brussels(egel, uur, aantal):
    # The clock goes to summer time in between: 30 March is after the change.
    lokaal = dt.datetime(2026, 3, 30, uur - 2, 0, tzinfo=dt.UTC)

    assert stuur_herinneringen(nu=lokaal) == aantal


def test_task_asks_now(egel, time_machine):
    time_machine.move_to(NU + 26 * DAG, tick=False)

    assert vraag_bevestiging_vrije_plaatsen() == 1
    assert vraag_bevestiging_vrije_plaatsen() == 0
