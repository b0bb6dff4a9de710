"""The buttons around two questions for one child: who may press them, and what they answer."""

from __future__ import annotations

import pytest
import time_machine

from aanvragen.domain.dubbels import voeg_samen, vraag_samenvoegen
from aanvragen.models import Samenvoeging
from loket.domain.logboek import gebeurtenissen_van
from tests.aanvragen.post.fabrieken import maak_paar
from tests.fabrieken import NU

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def paar(spelers):
    return maak_paar(spelers)


def als(client, gebruiker):
    client.force_login(gebruiker)
    return client


@pytest.mark.parametrize(
    ("besluit", "stand", "status"),
    [
        ("vraag", ["gevraagd"], "ingediend"),
        ("samen", ["samen"], "vervallen"),
        ("tel", [], "actief"),
        ("vrij", [], "actief"),
    ],
)
def test_staff_decide(client, spelers, paar, besluit, stand, status):
    _eerste, dubbel = paar

    als(client, spelers.carla).post(
        f"/balie/dossier/{dubbel.referentie}/dubbel/", {"besluit": besluit, "wijze": "papier"}
    )

    dubbel.refresh_from_db()
    assert dubbel.status == status
    assert list(Samenvoeging.objects.values_list("stand", flat=True)) == stand


@pytest.mark.parametrize(
    ("gegeven", "code", "stand"),
    [
        ({"besluit": "ja", "wijze": "telefoon"}, 302, "samen"),
        ({"besluit": "nee", "wijze": "papier"}, 302, "geweigerd"),
        ({"besluit": "stop"}, 302, "gestopt"),
        ({"besluit": "ja"}, 422, "gevraagd"),
        ({"besluit": "ja", "wijze": "online"}, 422, "gevraagd"),
    ],
)
def test_staff_note_what_the_parent_said(client, spelers, paar, gegeven, code, stand):
    samenvoeging = vraag_samenvoegen(paar[1], door=spelers.carla, nu=NU)
    pad = f"/balie/dossier/{paar[1].referentie}/samenvoegen/{samenvoeging.pk}/"

    antwoord = als(client, spelers.carla).post(pad, gegeven)

    samenvoeging.refresh_from_db()
    assert (antwoord.status_code, samenvoeging.stand) == (code, stand)


def test_the_dossier_offers_the_undo_and_does_it(client, spelers, paar):
    eerste, dubbel = paar
    voeg_samen(dubbel, door=spelers.carla, nu=NU)
    pk = Samenvoeging.objects.get().pk
    carla = als(client, spelers.carla)

    assert "Maak er weer twee vragen van" in _tekst(carla.get(f"/balie/dossier/{eerste}/"))
    carla.post(f"/balie/dossier/{eerste}/scheiden/{pk}/")

    assert gebeurtenissen_van(eerste)[0].werkwoord == "aanvragen.vraag.gescheiden"
    assert "Weer twee vragen" in _tekst(carla.get(f"/balie/dossier/{eerste}/"))


def test_a_toeleider_and_another_loket_know_of_no_merge(client, spelers, paar):
    samenvoeging = vraag_samenvoegen(paar[1], door=spelers.carla, nu=NU)
    pad = f"/balie/dossier/{paar[1].referentie}/samenvoegen/{samenvoeging.pk}/"

    for gebruiker in (spelers.els, spelers.dirk):
        assert als(client, gebruiker).post(pad, {"besluit": "stop"}).status_code == 404


@pytest.mark.parametrize(
    ("besluit", "code", "stand"),
    [("ja", 302, "samen"), ("nee", 302, "geweigerd"), ("", 422, "gevraagd")],
)
def test_the_parent_decides(client, spelers, paar, besluit, code, stand):
    samenvoeging = vraag_samenvoegen(paar[1], door=spelers.carla, nu=NU)
    amina, pad = als(client, spelers.amina), f"/mijn/{paar[0].referentie}/samen/"

    bladzijde = _tekst(amina.get(pad))
    antwoord = amina.post(pad, {"besluit": besluit})

    assert "Bram" in bladzijde
    for geheim in ("Maes", "Bosweg", "0470 44 55 66", "bram@", paar[1].referentie):
        assert geheim not in bladzijde
    samenvoeging.refresh_from_db()
    assert (antwoord.status_code, samenvoeging.stand) == (code, stand)


def test_the_second_parent_learns_nothing_and_decides_nothing(client, spelers, paar):
    eerste, dubbel = paar
    vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU)
    bram = als(client, spelers.bram)

    bladzijde = _tekst(bram.get(f"/mijn/{dubbel}/"))

    assert "kijkt je vraag na" in bladzijde
    for geheim in ("Amina", "Haddad,", "Molenkouter", str(eerste), "samen/"):
        assert geheim not in bladzijde
    assert bram.post(f"/mijn/{eerste}/samen/", {"besluit": "ja"}).status_code == 404


def test_an_old_link_is_answered_kindly(client, spelers, paar):
    amina = als(client, spelers.amina)

    antwoord = amina.get(f"/mijn/{paar[0]}/samen/", follow=True)

    assert "Hierover hoef je niets meer te beslissen." in _tekst(antwoord)


def _tekst(antwoord) -> str:
    return antwoord.content.decode()
