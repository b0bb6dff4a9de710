"""How long the main things take on the demo region. Not part of `make test`: run `make bench`."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from aanvragen.domain.kiezen import aanvaard
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Aanmeldingstatus
from tests.fabrieken import maak_aanbod, maak_voorstel, maak_vragen, vraag_gegevens

pytestmark = pytest.mark.django_db


def _pagina(client, adres: str):
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord


def test_zoeken(client, demo, meet):
    meet(
        "zoekpagina, een gemeente",
        lambda: _pagina(client, reverse("opvang:zoeken") + "?waar=Deinze"),
    )
    meet("zoekpagina, alles", lambda: _pagina(client, reverse("opvang:zoeken")))


def test_werklijst_en_dossier(client, demo, meet):
    client.force_login(demo.accounts.mensen["loket"])
    vraag = Opvangvraag.objects.filter(status="actief").first()

    meet("werklijst", lambda: _pagina(client, reverse("balie:werklijst")))
    meet("dossier", lambda: _pagina(client, reverse("balie:dossier", args=[vraag.referentie])))


def test_mijn_vraag(client, demo, meet):
    client.force_login(demo.accounts.mensen["ouder"])
    vraag = Opvangvraag.objects.van_ouder(demo.accounts.mensen["ouder"]).get()

    meet("mijn vraag", lambda: _pagina(client, reverse("mijn:vraag", args=[vraag.referentie])))


def test_indienen_en_aanvaarden(demo, meet):
    loket, locatie, nu = demo.loket, demo.accounts.locatie, timezone.now()
    aanbod = maak_aanbod(locatie, 200, nu=nu)
    wens = vraag_gegevens(gewenste_start=timezone.localdate(nu) + dt.timedelta(days=120))
    meet("vraag indienen", lambda: maak_vragen(loket, [locatie], nu=nu, vraag=wens))
    wachtend = Opvangvraag.objects.filter(
        aanmeldingen__locatie=locatie, aanmeldingen__status=Aanmeldingstatus.VERZONDEN
    )
    voorstellen = iter(
        [
            maak_voorstel(vraag.aanmeldingen.get(locatie=locatie), aanbod, nu=nu)
            for vraag in itertools.islice(wachtend.filter(gewenste_start=wens.gewenste_start), 25)
        ]
    )
    meet("voorstel aanvaarden", lambda: aanvaard(next(voorstellen), door=None, nu=nu), keer=24)


def test_past_in_een_weekrooster(demo, meet):
    def vraag() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM opvang_plaatsaanbod WHERE weekrooster_past_in(15, plaatsen)"
            )

    meet("weekrooster in SQL over alle vrije plaatsen", vraag)
