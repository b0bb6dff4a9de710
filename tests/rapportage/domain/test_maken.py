"""A worker makes a report: what it stores, whom it tells, and what happens when it can't."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pypdf
import pytest

from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Rol
from rapportage.domain import maken
from rapportage.domain.maken import maak
from rapportage.domain.status import geef_terug, meld_voortgang, neem
from rapportage.models import CapaciteitsRapport
from rapportage.rapport import Rapportgegevens, codeversie
from rapportage.snapshot import checksum, uit_json
from rapportage.tasks import maak_rapport as taak
from rapportage.workflow import Stap
from tests.fabrieken import (
    NU,
    VANDAAG,
    maak_gebruiker,
    maak_lid,
    maak_locatie,
    maak_loket,
    maak_vergunning,
)
from tests.rapportage.fabrieken import (
    bewaar_voorbeeld,
    maak_kinderaantal,
    maak_rapport,
    plaats,
    vraag_van,
)

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(minutes=2)


@pytest.fixture
def loket():
    return maak_loket("Loket Wilgenrade", kleine_cel=0)


@pytest.fixture
def spelers_van(loket):
    """Carla asks, Ivo is schepen; Jan was schepen, and Dirk is it elsewhere."""
    carla = maak_lid(
        loket, Rol.LOKETMEDEWERKER, gebruiker=maak_gebruiker("carla@voorbeeld.test", naam="Carla")
    )
    maak_lid(loket, Rol.SCHEPEN, gebruiker=maak_gebruiker("ivo@voorbeeld.test", naam="Ivo"))
    maak_lid(loket, Rol.SCHEPEN, gebruiker=maak_gebruiker("jan@voorbeeld.test"), tot=VANDAAG)
    maak_lid(maak_loket(), Rol.SCHEPEN, gebruiker=maak_gebruiker("dirk@voorbeeld.test"))
    maak_lid(loket, Rol.VOORZITTER, gebruiker=maak_gebruiker("hanne@voorbeeld.test"))
    return carla


def test_a_report_is_counted_drawn_stored_and_announced(loket, spelers_van):
    locatie = maak_locatie(loket=loket)
    maak_vergunning(locatie, 18)
    maak_kinderaantal(loket.gemeenten.get(), 100)
    for _ in range(3):
        plaats(vraag_van(loket, locatie, gewenste_start=VANDAAG))
    vraag_van(loket, locatie, gewenste_start=VANDAAG)
    rapport = maak_rapport(loket, door=spelers_van)

    assert maak(rapport.pk, klok=lambda: LATER) is True

    rapport.refresh_from_db()
    assert (rapport.status, rapport.voortgang, rapport.stap) == ("klaar", 100, Stap.KLAAR)
    assert (rapport.afgerond_op, rapport.pogingen) == (LATER, 1)
    assert rapport.checksum == checksum(rapport.gegevens)
    assert rapport.codeversie == codeversie()
    gegevens = uit_json(Rapportgegevens, rapport.gegevens)
    assert (gegevens.loket, gegevens.peildatum) == ("Loket Wilgenrade", VANDAAG)
    assert str(gegevens.dekking.per_100) == "18.0"
    assert gegevens.vragen.totaal.cellen == (4, 3, 1, 0, 0)
    # What an acceptance did stands in the PDF, for people and for a browser test.
    tekst = " ".join(
        bladzijde.extract_text() for bladzijde in pypdf.PdfReader(BytesIO(bytes(rapport.pdf))).pages
    )
    assert "zijn er 3 geplaatst" in " ".join(tekst.split())
    assert [(g.werkwoord, g.namens) for g in gebeurtenissen_van(rapport)] == [
        ("rapportage.rapport.klaar", "worker"),
        ("rapportage.rapport.aangevraagd", ""),
    ]
    berichten = Bericht.objects.over(rapport).order_by("aan")
    assert [bericht.aan for bericht in berichten] == ["carla@voorbeeld.test", "ivo@voorbeeld.test"]
    assert berichten[1].titel == "Het capaciteitsrapport van 2 maart 2026 is klaar"
    assert berichten[1].tekst.startswith(
        "Dag Ivo,\n\nHet rapport over de kinderopvang op 2 maart 2026"
    )
    assert f"http://testserver/rapporten/{rapport.pk}/".split("testserver")[1] in berichten[1].tekst
    assert f"/rapporten/{rapport.pk}/" in berichten[1].html


def test_the_task_makes_what_stands_in_the_row(loket):
    rapport = maak_rapport(loket, nu=NU)

    assert taak(rapport.pk) is True

    rapport.refresh_from_db()
    assert rapport.is_klaar
    assert not Bericht.objects.exists()  # nobody asked and there is no schepen


@pytest.mark.parametrize("toestand", ["bezig", "klaar"])
def test_what_another_has_or_had_is_left_alone(loket, toestand):
    if toestand == "klaar":
        rapport = bewaar_voorbeeld(loket)
    else:
        rapport = maak_rapport(loket)
        neem(rapport.pk, nu=NU)
    voor = CapaciteitsRapport.objects.filter(pk=rapport.pk).values().get()

    assert maak(rapport.pk, klok=lambda: LATER) is False

    assert CapaciteitsRapport.objects.filter(pk=rapport.pk).values().get() == voor


def test_a_report_that_was_thrown_away_is_no_error():
    assert maak(999, klok=lambda: NU) is False


def test_a_making_that_breaks_off_is_marked_and_the_error_goes_on(loket, monkeypatch):
    rapport = maak_rapport(loket)

    def kapot(*_args, **_kwargs):
        raise RuntimeError("geen letters")

    monkeypatch.setattr(maken, "rapport_als_pdf", kapot)

    with pytest.raises(RuntimeError, match="geen letters"):
        maak(rapport.pk, klok=lambda: LATER)

    rapport.refresh_from_db()
    assert (rapport.status, rapport.stap, rapport.voortgang) == ("mislukt", Stap.PDF, 60)
    assert (rapport.gegevens, rapport.pdf, rapport.afgerond_op) == (None, None, LATER)
    assert not Bericht.objects.exists()


def test_a_worker_that_lost_its_claim_stops_and_stores_nothing(loket, monkeypatch):
    """The worker hangs at the first step; its report goes to another meanwhile."""
    rapport = maak_rapport(loket)
    begonnen = []

    def klok() -> dt.datetime:
        if len(begonnen) == 1:
            claim = CapaciteitsRapport.objects.get(pk=rapport.pk).claim
            assert geef_terug(rapport.pk, claim)
        begonnen.append(1)
        return LATER

    gemaakt = []
    monkeypatch.setattr(maken, "rapport_als_pdf", lambda *_a, **_k: gemaakt.append(1) or b"%PDF")

    assert maak(rapport.pk, klok=klok) is False

    rapport.refresh_from_db()
    assert (rapport.status, rapport.claim, gemaakt) == ("aangevraagd", None, [])


def test_a_worker_that_lost_its_claim_at_the_end_announces_nothing(loket, monkeypatch):
    rapport = maak_rapport(loket, door=maak_gebruiker())

    def teken_te_lang(*_args, **_kwargs) -> bytes:
        geef_terug(rapport.pk, CapaciteitsRapport.objects.get(pk=rapport.pk).claim)
        return b"%PDF"

    monkeypatch.setattr(maken, "rapport_als_pdf", teken_te_lang)

    assert maak(rapport.pk, klok=lambda: LATER) is False

    rapport.refresh_from_db()
    assert (rapport.status, rapport.gegevens) == ("aangevraagd", None)
    assert not Bericht.objects.exists()


def test_progress_is_only_told_by_who_has_the_claim(loket):
    rapport = maak_rapport(loket)
    eerste = neem(rapport.pk, nu=NU)
    geef_terug(rapport.pk, eerste)
    tweede = neem(rapport.pk, nu=NU)

    assert meld_voortgang(rapport.pk, eerste, Stap.PDF, nu=LATER) is False
    assert meld_voortgang(rapport.pk, tweede, Stap.VRAGEN, nu=LATER) is True

    rapport.refresh_from_db()
    assert (rapport.stap, rapport.voortgang, rapport.hartslag_op) == (Stap.VRAGEN, 20, LATER)
    assert rapport.pogingen == 2
