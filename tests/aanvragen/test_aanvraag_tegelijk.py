"""The same request sent twice at the same moment: one question, and nobody sees an error."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client

from aanvragen.models import Opvangvraag
from tests.aanvragen.invullen import url, vul_in
from tests.gelijktijdig.hulp import tegelijk

pytestmark = pytest.mark.django_db(transaction=True)


def post(client: Client, sleutel: str):
    return client.post(url(sleutel, "controleer"), {"akkoord": "on"})


def test_second_press_waits_for_the_first_and_finds_it_done(spelers):
    client = Client()
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    tweede = Client()
    tweede.cookies = client.cookies

    uit = tegelijk(lambda: post(client, sleutel), lambda: post(tweede, sleutel))

    assert uit.wachtte is True
    assert uit.eerste["Location"] == uit.tweede["Location"] == url(sleutel, "verstuurd")
    assert Opvangvraag.objects.count() == 1


def test_two_drafts_about_one_child_sent_together_make_one_question(spelers):
    """Both pass the check for doubles unless the second waits for the first."""
    client = Client()
    client.force_login(spelers.amina)
    eerste = vul_in(client, spelers.loket, [spelers.egeltjes])
    tweede = vul_in(client, spelers.loket, [spelers.zonnetje])
    ander = Client()
    ander.cookies = client.cookies

    uit = tegelijk(lambda: post(client, eerste), lambda: post(ander, tweede))

    assert uit.wachtte is True
    assert uit.eerste["Location"] == url(eerste, "verstuurd")
    assert uit.tweede["Location"] == url(tweede, "controleer")
    assert Opvangvraag.objects.count() == 1


def test_five_impatient_presses_make_one_question(spelers):
    client = Client()
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    samen = threading.Barrier(5)
    gegaan: list[str] = []

    def druk() -> None:
        eigen = Client()
        eigen.cookies = client.cookies
        samen.wait()
        gegaan.append(post(eigen, sleutel)["Location"])
        connection.close()

    draden = [threading.Thread(target=druk) for _ in range(5)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)

    assert gegaan == [url(sleutel, "verstuurd")] * 5
    assert Opvangvraag.objects.count() == 1
