"""What providers owe: counted at its edges, the same to the provider and to the loket."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.domain.antwoordschuld import bereken, mediaan
from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Vraagstatus, Weigerreden
from tests.aanvragen.aanbieder.fabrieken import lees, maak_opgeschort, om
from tests.fabrieken import NU, maak_locatie, maak_vraag

pytestmark = pytest.mark.django_db
#: Sent on 2 March 2026: due before the sixteenth.
OP_DE_DAG, DE_DAG_ERNA = dt.date(2026, 3, 16), dt.date(2026, 3, 17)


def _schuld(locatie, peildatum):
    (schuld,) = bereken([locatie], Aanmelding.objects.all(), peildatum=peildatum)
    return schuld


@pytest.mark.parametrize(
    ("peildatum", "verwacht"),
    [
        (OP_DE_DAG, (1, 0, 0)),
        (DE_DAG_ERNA, (0, 1, 1)),
        pytest.param(dt.date(2026, 4, 1), (0, 1, 12), id="twaalf werkdagen"),
        pytest.param(dt.date(2026, 4, 7), (0, 1, 15), id="pasen telt niet"),
    ],
)
def test_an_answer_is_owed_from_the_day_after_its_term(spelers, peildatum, verwacht):
    maak_vraag(spelers.loket, [spelers.egeltjes])

    schuld = _schuld(spelers.egeltjes, peildatum)

    assert (schuld.open, schuld.te_laat, schuld.oudste) == verwacht


def test_how_the_waiting_ended_is_owed_too(spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    vraag_eindstatus(aanmelding, nu=om(2026, 9, 2))

    op_tijd = _schuld(spelers.egeltjes, dt.date(2026, 9, 16))
    te_laat = _schuld(spelers.egeltjes, dt.date(2026, 9, 18))

    assert (op_tijd.eindstatus, te_laat.eindstatus, te_laat.oudste) == (0, 1, 2)


def test_what_is_suspended_is_not_owed(spelers):
    maak_opgeschort(spelers.loket, spelers.egeltjes)

    assert _schuld(spelers.egeltjes, dt.date(2026, 4, 1)).achterstand == 0


def test_the_usual_time_counts_working_days_of_first_answers(spelers):
    for dag in (3, 9, 16):
        aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
        weiger(aanmelding, reden=Weigerreden.VOLZET, door=None, nu=om(2026, 3, dag))

    schuld = _schuld(spelers.egeltjes, DE_DAG_ERNA)

    assert (schuld.antwoorden, schuld.mediaan) == (3, 5)
    assert _schuld(spelers.egeltjes, dt.date(2027, 3, 17)).mediaan is None


@pytest.mark.parametrize(
    ("dagen", "verwacht"), [([], None), ([3], 3), ([1, 2], 1.5), ([9, 1, 4], 4)]
)
def test_the_middle(dagen, verwacht):
    assert mediaan(dagen) == verwacht


def test_the_longest_overdue_location_stands_first(spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes], nu=om(2026, 2, 2))
    maak_vraag(spelers.loket, [spelers.zonnetje])
    rustig = maak_locatie("Stil", loket=spelers.loket)

    schulden = bereken(
        [rustig, spelers.zonnetje, spelers.egeltjes],
        Aanmelding.objects.all(),
        peildatum=DE_DAG_ERNA,
    )

    assert [schuld.locatie for schuld in schulden] == [spelers.egeltjes, spelers.zonnetje, rustig]


# The pages


def test_a_provider_reads_what_it_owes(client, spelers):
    for dag in (2, 2, 3):
        maak_vraag(spelers.loket, [spelers.egeltjes], nu=om(2026, 3, dag))
    client.force_login(spelers.farid)

    with time_machine.travel(om(2026, 4, 1), tick=False):
        tekst = lees(client.get("/aanbod/vragen/stand/"))

    assert "3 vragen te laat" in tekst
    assert "wacht 12 werkdagen langer dan beloofd." in tekst
    assert "nog niet bekend" in tekst
    assert "Het Zonnetje" not in tekst


def test_a_provider_that_owes_nothing_is_thanked(client, spelers):
    client.force_login(spelers.farid)

    assert "Geen enkele vraag is te laat" in lees(client.get("/aanbod/vragen/stand/"))


def test_staff_see_every_location_that_its_families_asked(client, spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    maak_vraag(spelers.ander_loket, [spelers.zonnetje])
    client.force_login(spelers.carla)

    with time_machine.travel(om(2026, 3, 17), tick=False):
        tekst = lees(client.get("/balie/antwoordschuld/"))
        een = lees(client.get("/balie/antwoordschuld/de-egeltjes/"))
        ander = client.get("/balie/antwoordschuld/het-zonnetje/")

    assert "Van 1 gezin hadden we al antwoord moeten krijgen." in tekst
    assert "De Egeltjes" in tekst
    assert "Het Zonnetje" not in tekst
    assert f"/balie/dossier/{aanmelding.opvangvraag.referentie}/opvang/" in een
    assert "1 dag te laat" in een
    assert ander.status_code == 404


def test_a_question_that_waits_at_the_loket_shows_no_location(client, spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
    Opvangvraag.objects.filter(pk=vraag.pk).update(status=Vraagstatus.INGEDIEND)
    client.force_login(spelers.carla)

    assert "De Egeltjes" not in lees(client.get("/balie/antwoordschuld/"))
    assert client.get("/balie/antwoordschuld/de-egeltjes/").status_code == 404


def test_a_loket_without_questions_says_so(client, spelers):
    client.force_login(spelers.carla)

    assert "Nog geen vraag bij een opvang" in lees(client.get("/balie/antwoordschuld/"))


def test_a_location_that_is_up_to_date_says_so(client, spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes])
    client.force_login(spelers.carla)

    with time_machine.travel(NU, tick=False):
        assert "Niets te laat" in lees(client.get("/balie/antwoordschuld/de-egeltjes/"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_takes_the_same_queries(client, spelers, aantal, django_assert_num_queries):
    for _ in range(aantal):
        maak_vraag(spelers.loket, [maak_locatie(loket=spelers.loket)])
    client.force_login(spelers.carla)
    client.get("/balie/antwoordschuld/")

    with time_machine.travel(om(2026, 4, 1), tick=False), django_assert_num_queries(7):
        client.get("/balie/antwoordschuld/")
