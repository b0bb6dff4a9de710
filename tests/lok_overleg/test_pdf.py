from __future__ import annotations

from io import BytesIO

import page
import pypdf
import pytest
from django.urls import reverse

from lok_overleg.domain.adviseren import noteer_opvolging
from lok_overleg.domain.uitnodigingslink import maak_token
from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from lok_overleg.workflow import Beslissing
from tests.lok_overleg.conftest import BEGIN, DAARNA


def tekst_van(pdf: bytes) -> str:
    bladen = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(blad.extract_text() for blad in bladen).split())


@pytest.fixture
def gepubliceerd(lok):
    lok.hou("an")
    advies = lok.stem(
        lok.advies("Plaats voor het kind van Roos Janssens"), roos="voor", karim="voor"
    )
    bewaar_verslag(
        lok.vergadering,
        tekst="Vragen? Mail roos@voorbeeld.test.",
        per_punt={lok.vergadering.agendapunten.first().pk: "Karim El Idrissi licht toe."},
        verwachte_versie=0,
        door=lok.hanne,
        nu=DAARNA,
    )
    publiceer_verslag(lok.vergadering, verwachte_versie=1, door=lok.hanne, nu=DAARNA)
    noteer_opvolging(
        advies,
        beslissing=Beslissing.VOLGT_NIET,
        datum=BEGIN.date(),
        motivering="An Claessens weet waarom.",
        door=lok.spelers.ivo,
        nu=DAARNA,
    )
    lok.vergadering.refresh_from_db()
    return lok


def test_minutes_for_members_hold_names_votes_and_the_answer(client, gepubliceerd):
    token = maak_token(gepubliceerd.aanwezigheid("roos"))

    antwoord = client.get(reverse("lok:uitnodiging_pdf", args=[token]))

    tekst = tekst_van(antwoord.content)
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == 'inline; filename="verslag-2026-03-17.pdf"'
    for stuk in (
        "Verslag voor de leden",
        "Dinsdag 17 maart 2026, 19.30 tot 21.30 uur",
        "An Claessens Ouder of gezinsvereniging ja afwezig",
        "Karim El Idrissi licht toe.",
        "Advies aangenomen",
        "Het college volgt het advies niet",
        "Gepubliceerd op dinsdag 17 maart 2026.",
        "Loket Wilgenrade",
    ):
        assert stuk in tekst


def test_public_minutes_name_nobody(client, gepubliceerd):
    uuid = gepubliceerd.vergadering.uuid

    pdf = tekst_van(client.get(reverse("lok:openbaar_pdf", args=[uuid])).content)
    blad = client.get(reverse("lok:openbaar_verslag", args=[uuid])).content.decode()

    for tekst in (pdf, blad):
        for naam in ("Roos", "Janssens", "Karim", "Idrissi", "Claessens", "voorbeeld.test"):
            assert naam not in tekst.replace(gepubliceerd.loket.email, "")
        assert "Een lid licht toe." in tekst
        assert "Plaats voor het kind van een lid" in tekst
        assert "Een lid weet waarom." in tekst


def test_public_minutes_count_people_per_capacity(client, gepubliceerd):
    pdf = client.get(reverse("lok:openbaar_pdf", args=[gepubliceerd.vergadering.uuid])).content

    tekst = tekst_van(pdf)
    assert "Opvang of partner 2 2" in tekst
    assert "Ouder of gezinsvereniging 0 1" in tekst


@pytest.mark.parametrize("naam", ["verslag_pdf", "openbaar_pdf"])
def test_minutes_are_pdf_ua(client, gepubliceerd, naam):
    client.force_login(gepubliceerd.hanne)

    pdf = client.get(reverse(f"lok:{naam}", args=[gepubliceerd.vergadering.uuid])).content

    rapport = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [f"{fout.rule_id}: {fout.message}" for fout in rapport.failures] == []
    assert rapport.is_compliant
