"""Does the family still search? Silence ends nothing, it becomes a call."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from aanvragen.domain.bijwerken import bevestig
from aanvragen.domain.hartslag import (
    klopt_url,
    lees_token,
    moet_gevraagd,
    te_bellen,
    te_vragen,
    vraag_alle,
)
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.workflow import Kanaal, Vervalreden
from loket.models import Bericht, Gebeurtenis
from tests.fabrieken import NU, maak_vraag, ouder_gegevens, vraag_gegevens

pytestmark = pytest.mark.django_db
VANDAAG = NU.date()
DAG = dt.timedelta(days=1)


@pytest.fixture
def vraag(spelers):
    """Asked today, for a start that lies far ahead."""
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        vraag=vraag_gegevens(gewenste_start=VANDAAG + 400 * DAG),
    )


def na(dagen: int) -> dt.datetime:
    return NU + dagen * DAG


@pytest.mark.parametrize(
    ("gehoord", "start", "verwacht"),
    [
        (-89, 400, False),
        (-90, 400, True),
        (-1, 61, False),
        (-1, 60, True),
        (0, 60, False),
        (-1, 10, False),
    ],
)
def test_the_moments_at_their_edge(gehoord, start, verwacht):
    gekozen = moet_gevraagd(
        gehoord=VANDAAG + gehoord * DAG,
        start=VANDAAG + start * DAG,
        termijn=90,
        voor_start=60,
        peildatum=VANDAAG,
    )

    assert gekozen is verwacht


def test_it_is_asked_once_and_silence_becomes_a_call(vraag, spelers):
    termijn, stilte = spelers.loket.bevestigingstermijn, spelers.loket.bellen_na_stilte

    gevraagd = [vraag_alle(na(dag)) for dag in (termijn - 1, termijn, termijn + 1, termijn + 99)]

    vraag.refresh_from_db()
    laatste = (na(termijn + stilte)).date()
    assert gevraagd == [0, 1, 0, 0]
    assert Bericht.objects.filter(sjabloon="aanvragen/hartslag").count() == 1
    assert list(te_bellen(laatste - DAG)) == []
    assert list(te_bellen(laatste)) == [vraag]
    assert vraag.status == "actief"
    assert Gebeurtenis.objects.filter(werkwoord="aanvragen.vraag.hartslag_gevraagd").count() == 1


def test_an_answer_takes_the_call_away_and_starts_a_new_term(vraag, spelers):
    termijn = spelers.loket.bevestigingstermijn
    vraag_alle(na(termijn))

    bevestig(vraag, door=spelers.amina, nu=na(termijn + 20))

    assert list(te_bellen(na(termijn + 20).date())) == []
    assert te_vragen(spelers.loket, peildatum=na(2 * termijn + 19).date()) == []
    assert te_vragen(spelers.loket, peildatum=na(2 * termijn + 20).date()) == [vraag]


@pytest.mark.parametrize("wie", ["toeleider", "zonder_mail"])
def test_who_is_helped_or_has_no_mail_is_called_at_once(spelers, wie):
    gemeente = spelers.loket.gemeenten.get()
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        vraag=vraag_gegevens(gewenste_start=VANDAAG + 400 * DAG),
        ouder=ouder_gegevens(
            gemeente.pk,
            email="" if wie == "zonder_mail" else "gezin@voorbeeld.test",
            telefoon="0470 00 00 01",
        ),
        kanaal=Kanaal.TOELEIDER if wie == "toeleider" else Kanaal.BALIE,
        door=spelers.els if wie == "toeleider" else spelers.carla,
    )
    dag = na(spelers.loket.bevestigingstermijn)

    vraag_alle(dag)

    assert list(te_bellen(dag.date())) == [vraag]


def test_who_wants_calm_is_neither_asked_nor_called(vraag, spelers):
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU)

    gevraagd = vraag_alle(na(400))

    assert gevraagd == 0
    assert list(te_bellen(na(800).date())) == []


def pad(vraag) -> str:
    return reverse("mijn:klopt", args=[klopt_url(vraag).rstrip("/").rpartition("/")[2]])


def test_opening_the_link_says_nothing_and_one_tap_says_yes(client, vraag, spelers):
    dag = na(spelers.loket.bevestigingstermijn)
    vraag_alle(dag)
    vraag.refresh_from_db()
    gehoord = vraag.laatst_bevestigd
    with time_machine.travel(dag + DAG, tick=False):
        for manier in (client.get, client.head):
            manier(pad(vraag))
        vraag.refresh_from_db()
        na_openen = vraag.laatst_bevestigd

        antwoord = client.post(pad(vraag), follow=True)
        client.post(pad(vraag))

    vraag.refresh_from_db()
    assert (na_openen, vraag.laatst_bevestigd) == (gehoord, dag + DAG)
    assert "Dank je, je vraag loopt verder" in antwoord.text
    assert vraag.kind.voornaam not in antwoord.text
    logregel = Gebeurtenis.objects.get(werkwoord="aanvragen.vraag.bevestigd")
    assert (logregel.door, logregel.namens) == (None, "link in mail aan gezin")


def test_a_link_dies_with_a_newer_mail_with_its_question_and_with_time(client, vraag, spelers):
    termijn = spelers.loket.bevestigingstermijn
    with time_machine.travel(na(termijn), tick=False):
        vraag_alle(na(termijn))
        vraag.refresh_from_db()
        eerste = pad(vraag)
        vers = client.get(eerste).status_code
        vervalst = client.get(eerste[:-3] + "xx/").status_code
    with time_machine.travel(na(termijn + 61), tick=False):
        oud = client.get(eerste).status_code
    bevestig(vraag, door=None, nu=na(termijn + 1))
    with time_machine.travel(na(2 * termijn + 1), tick=False):
        vraag_alle(na(2 * termijn + 1))
        vraag.refresh_from_db()
        tweede = pad(vraag)
        vroeger, nieuw = client.get(eerste).status_code, client.get(tweede).status_code
        trek_in(vraag, door=None, nu=na(2 * termijn + 1))

        gestopt = client.post(tweede)

    assert (vers, vervalst, oud, vroeger, nieuw) == (200, 404, 404, 404, 200)
    assert gestopt.status_code == 404
    assert vraag.referentie not in gestopt.text


def test_a_forged_link_reads_as_nothing():
    gelezen = lees_token("bestaat-niet")

    assert gelezen is None
