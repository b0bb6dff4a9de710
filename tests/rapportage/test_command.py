"""`manage.py rapport capaciteit`: makes it now and prints where it is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from rapportage.domain.status import neem
from rapportage.models import CapaciteitsRapport
from tests.fabrieken import NU, VANDAAG, maak_loket
from tests.rapportage.fabrieken import maak_rapport

pytestmark = pytest.mark.django_db


def test_the_report_is_made_and_its_paths_are_printed(tmp_path, capsys):
    loket = maak_loket(slug="wilgenrade")
    map_ = tmp_path / "nieuw" / "rapporten"

    call_command(
        "rapport", "capaciteit", loket="wilgenrade", peildatum=dt.date(2026, 2, 28), uit=map_
    )

    rapport = CapaciteitsRapport.objects.get()
    assert (rapport.loket, rapport.status, rapport.aangevraagd_door) == (loket, "klaar", None)
    pdf, csv = (
        map_ / f"capaciteit-wilgenrade-2026-02-28.{extensie}" for extensie in ("pdf", "csv")
    )
    assert capsys.readouterr().out.splitlines() == [str(pdf), str(csv)]
    assert pdf.read_bytes() == bytes(rapport.pdf)
    assert csv.read_text(encoding="utf-8-sig").startswith("onderwerp;rij;cijfer;")


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"loket": "bestaat-niet"}, "Er is geen loket met slug 'bestaat-niet'."),
        (
            {"peildatum": timezone.localdate() + dt.timedelta(days=1)},
            "Een rapport gaat over vandaag of over een vroegere dag.",
        ),
    ],
)
def test_what_can_not_be_made_is_said(velden, zin, tmp_path):
    maak_loket(slug="wilgenrade")

    with pytest.raises(CommandError, match=zin):
        call_command("rapport", "capaciteit", **{"loket": "wilgenrade", "uit": tmp_path, **velden})

    assert not CapaciteitsRapport.objects.exists()


def test_a_report_that_a_worker_is_making_is_left_to_it(tmp_path):
    rapport = maak_rapport(maak_loket(slug="wilgenrade"))
    neem(rapport.pk, nu=NU)

    with pytest.raises(CommandError, match="Een worker maakt dit rapport al"):
        call_command("rapport", "capaciteit", loket="wilgenrade", peildatum=VANDAAG, uit=tmp_path)
