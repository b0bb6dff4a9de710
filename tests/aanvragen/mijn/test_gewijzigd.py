"""A provider sees that a question changed since it got it, and what was asked before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aanvragen.beeld.gewijzigd import laatste_wijzigingen
from aanvragen.beeld.wijzigen import Verschil
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from loket.week import uit_codes
from tests.fabrieken import NU, maak_locatie, maak_vraag, vraag_gegevens

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(days=3)
MAANDAG, DINSDAG = (uit_codes([f"{dag}-vm", f"{dag}-nm"]) for dag in ("ma", "di"))


def _gewijzigde_vraag(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], vraag=vraag_gegevens(rooster=MAANDAG))
    wens = replace(wens_van(vraag, keuzes_van(vraag)), rooster=MAANDAG | DINSDAG)
    wijzig(vraag, wens, door=None, nu=LATER)
    return vraag.aanmeldingen.select_related("opvangvraag").get()


def test_portal_says_what_changed_and_what_it_was(client, spelers):
    aanmelding = _gewijzigde_vraag(spelers)
    client.force_login(spelers.farid)

    een = client.get(f"/aanbod/vragen/{aanmelding.uuid}/").content.decode()
    lijst = client.get("/aanbod/vragen/").content.decode()

    gevonden = laatste_wijzigingen([aanmelding])[aanmelding.pk]
    assert (gevonden.op, gevonden.verschillen) == (
        LATER,
        [Verschil("Dagen", "maandag hele dag", "maandag en dinsdag hele dag")],
    )
    assert "Dagen: nu maandag en dinsdag hele dag, eerder maandag hele dag" in " ".join(een.split())
    assert "Gewijzigd op" in lijst


def test_another_order_of_wishes_and_an_older_change_are_not_told(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes, maak_locatie(loket=spelers.loket)])
    wens = wens_van(vraag, keuzes_van(vraag))
    wijzig(vraag, replace(wens, locaties=wens.locaties[::-1]), door=None, nu=LATER)
    later = _gewijzigde_vraag(spelers)
    type(later).objects.filter(pk=later.pk).update(verzonden_op=LATER)
    later.refresh_from_db()

    assert laatste_wijzigingen([*vraag.aanmeldingen.all(), later]) == {}


@pytest.mark.parametrize("aantal", [1, 3])
def test_many_requests_take_one_query(spelers, aantal, django_assert_num_queries):
    aanmeldingen = [_gewijzigde_vraag(spelers) for _ in range(aantal)]

    with django_assert_num_queries(1):
        assert len(laatste_wijzigingen(aanmeldingen)) == aantal
