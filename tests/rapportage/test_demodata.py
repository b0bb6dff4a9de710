"""The demo: the same for the same seed, with the shortage of Flanders, and never over real data."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum

from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, Vervalreden, Vraagstatus
from loket.models import Bericht, Gebeurtenis, Loket
from loket.workflow import Berichtstatus
from opvang.models import Leeftijdsgroep, Opvanglocatie, Plaatsaanbod, Tarieftabel, Vergunning

pytestmark = [pytest.mark.django_db, pytest.mark.traag]
PEILDATUM = "2026-03-02"


def _vul(tmp_path, zaad: int = 7) -> dict:
    uit = tmp_path / "gegevens.json"
    call_command(
        "demodata",
        schaal="gemeente",
        zaad=zaad,
        peildatum=dt.date.fromisoformat(PEILDATUM),
        uit=uit,
    )
    return json.loads(uit.read_text())


def _afdruk() -> list[tuple]:
    return [
        *Opvangvraag.objects.order_by("pk").values_list(
            "referentie", "status", "gewenste_start", "rooster", "kind__familienaam"
        ),
        *Opvanglocatie.objects.order_by("pk").values_list("naam", "straat", "opvangvorm"),
        *Plaatsaanbod.objects.order_by("pk").values_list("vanaf", "plaatsen", "ingenomen"),
    ]


def test_demo_has_the_shape_of_flanders_and_every_situation(tmp_path):
    gegevens = _vul(tmp_path)

    loket = Loket.objects.get()
    assert gegevens["loket"] == loket.slug
    assert set(gegevens["accounts"]) == {
        "ouder",
        "toeleider",
        "loket",
        "opvang",
        "voorzitter",
        "schepen",
        "beheerder",
    }
    assert Opvanglocatie.objects.filter(slug=gegevens["locatie"]).exists()
    assert Opvanglocatie.objects.count() == 30
    plaatsen = Vergunning.objects.geldig_op(dt.date.fromisoformat(PEILDATUM)).aggregate(
        som=Sum("vergunde_plaatsen")
    )["som"]
    assert 33 <= 100 * plaatsen / 1260 <= 46
    statussen = Counter(Opvangvraag.objects.values_list("status", flat=True))
    beslist = statussen[Vraagstatus.GEPLAATST] + statussen[Vraagstatus.ONBEANTWOORD]
    assert 0.3 <= statussen[Vraagstatus.ONBEANTWOORD] / beslist <= 0.45
    assert set(Opvangvraag.objects.values_list("vervalreden", flat=True)) >= {
        Vervalreden.DROEVIG,
        Vervalreden.ONBEKEND,
        Vervalreden.ANDERE_GEMEENTE,
    }
    gemeld = Plaatsaanbod.objects.geldig_op(dt.date.fromisoformat(PEILDATUM))
    assert Opvanglocatie.objects.exclude(plaatsaanbod__in=gemeld).exists()
    assert Aanmelding.objects.filter(status=Aanmeldingstatus.VOORGESTELD).count() == 4
    assert Opvangvraag.objects.exclude(mogelijk_dubbel_van=None).count() == 1
    assert (
        not Bericht.objects.exclude(status__in=[Berichtstatus.VERZONDEN, Berichtstatus.INGETROKKEN])
        .exclude(sjabloon__startswith="lok/")
        .exists()
    )
    geplaatst = Opvangvraag.objects.filter(status=Vraagstatus.GEPLAATST)
    vastgelegd = Gebeurtenis.objects.filter(werkwoord="aanvragen.vraag.geplaatst")
    assert not geplaatst.exclude(pk__in=vastgelegd.values("onderwerp_id")).exists()
    # The estimator can be tried, and nobody takes its amounts for real ones.
    assert "geen echte bedragen" in Tarieftabel.objects.get(actief=True).bron
    assert Leeftijdsgroep.objects.exists()
    # All addresses lead nowhere: .test is reserved for that (RFC 6761).
    assert not Bericht.objects.exclude(aan__endswith=".test").exists()


def test_demo_is_the_same_for_the_same_seed(tmp_path):
    afdrukken = []
    for zaad in (7, 7, 8):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _vul(tmp_path, zaad)
            afdrukken.append(_afdruk())
            raise ZeroDivisionError

    assert afdrukken[0] == afdrukken[1]
    assert afdrukken[0] != afdrukken[2]


def test_demo_refuses_a_database_that_is_not_empty(tmp_path):
    Loket.objects.create(naam="Echt loket", slug="echt")

    with pytest.raises(CommandError, match="niet leeg"):
        _vul(tmp_path)

    assert Loket.objects.count() == 1
