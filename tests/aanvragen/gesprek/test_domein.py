"""The conversation about a question: who may write when, who hears of it, and what is new to whom."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.beeld.gesprek import regels, van_vraag
from aanvragen.domain.beantwoorden import weiger
from aanvragen.domain.gesprek import (
    PER_UUR,
    GesprekGesloten,
    NogNietSchrijven,
    TeVeelBerichten,
    handel_af,
    markeer_gelezen,
    meld_vrijgekomen,
    schrijf,
)
from aanvragen.domain.gespreklink import lees_token, maak_token
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.rust import WilRust
from aanvragen.domain.stoppen import breng_tot_rust, trek_in
from aanvragen.models import Aanmelding, Gesprek, Gespreksbericht, Opvangvraag, Ouder, Vrijmelding
from aanvragen.workflow import Partij, Weigerreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.fabrieken import NU, maak_organisator, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
MINUUT = dt.timedelta(minutes=1)
DAG = dt.timedelta(days=1)


@pytest.fixture
def vraag(spelers):
    return maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)


@pytest.fixture
def bij_egeltjes(vraag):
    return vraag.aanmeldingen.get(locatie__slug="de-egeltjes")


def zeg(spelers, vraag, wie: str, tekst: str = "Dag!", *, bij=None, nu=NU):
    """Somebody writes."""
    partij = {
        "amina": Partij.GEZIN,
        "bram": Partij.GEZIN,
        "carla": Partij.LOKET,
        "els": Partij.TOELEIDER,
        "farid": Partij.OPVANG,
    }[wie]
    return schrijf(vraag, bij, partij=partij, tekst=tekst, door=getattr(spelers, wie), nu=nu)


def mails(sjabloon: str) -> list[str]:
    return sorted(
        Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").values_list("aan", flat=True)
    )


def ongelezen(gesprek, partij, gebruiker=None) -> int:
    return Gesprek.objects.met_ongelezen(partij, gebruiker).get(pk=gesprek.pk).ongelezen


# Who writes to whom


def test_a_family_and_its_loket_have_one_thread(spelers, vraag):
    zeg(spelers, vraag, "amina", "Is er al nieuws?")
    zeg(spelers, vraag, "carla", "Ik bel de opvang.", nu=NU + MINUUT)
    zeg(spelers, vraag, "els", "Ik help mee.", nu=NU + 2 * MINUUT)

    gesprek = Gesprek.objects.get()
    assert gesprek.aanmelding is None
    assert [r.wie for r in regels(gesprek, voor=Partij.GEZIN, lezer=spelers.amina)] == [
        "Jij",
        "Carla, het loket",
        "Els, namens het gezin",
    ]
    assert [r.wie for r in regels(gesprek, voor=Partij.LOKET, lezer=spelers.carla)] == [
        "Amina",
        "Carla, het loket",
        "Els, namens het gezin",
    ]
    assert list(
        gebeurtenissen_van(vraag)
        .filter(werkwoord__contains=".gesprek.")
        .values_list("werkwoord", flat=True)
    ) == ["aanvragen.gesprek.toeleider", "aanvragen.gesprek.loket", "aanvragen.gesprek.gezin"]


def test_staff_see_a_full_name_and_the_family_a_first_name(spelers, vraag):
    spelers.carla.naam = "Carla De Smet"
    spelers.carla.save()
    zeg(spelers, vraag, "carla")

    gesprek = van_vraag(vraag, None)

    assert regels(gesprek, voor=Partij.GEZIN, lezer=spelers.amina)[0].wie == "Carla, het loket"
    assert (
        regels(gesprek, voor=Partij.LOKET, lezer=spelers.carla)[0].wie == "Carla De Smet, het loket"
    )


def test_a_provider_writes_only_once_it_may_know_the_family(spelers, vraag, bij_egeltjes):
    with pytest.raises(NogNietSchrijven):
        zeg(spelers, vraag, "farid", bij=bij_egeltjes)

    maak_voorstel(bij_egeltjes)
    zeg(spelers, vraag, "farid", "Kom je eens kijken?", bij=bij_egeltjes)

    assert mails("gesprek") == ["amina@voorbeeld.test"]


def test_a_family_that_writes_first_is_answered_and_stays_unknown(spelers, vraag, bij_egeltjes):
    zeg(spelers, vraag, "amina", "Hebben jullie een tuin?", bij=bij_egeltjes)
    zeg(spelers, vraag, "farid", "Ja!", bij=bij_egeltjes, nu=NU + MINUUT)

    gesprek = van_vraag(vraag, bij_egeltjes)
    assert [r.wie for r in regels(gesprek, voor=Partij.OPVANG, lezer=spelers.farid)] == [
        "Het gezin",
        "Jullie",
    ]
    maak_voorstel(bij_egeltjes)
    gesprek = van_vraag(vraag, bij_egeltjes)
    assert regels(gesprek, voor=Partij.OPVANG, lezer=spelers.farid)[0].wie == "Amina"


@pytest.mark.parametrize("wie", ["carla", "els"])
def test_nobody_else_writes_in_the_thread_of_a_provider(spelers, vraag, bij_egeltjes, wie):
    with pytest.raises(GesprekGesloten):
        zeg(spelers, vraag, wie, bij=bij_egeltjes)


def test_a_provider_has_no_thread_with_the_loket(spelers, vraag):
    with pytest.raises(GesprekGesloten):
        zeg(spelers, vraag, "farid")


def test_the_thread_of_another_question_can_not_be_named(spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes])

    with pytest.raises(Aanmelding.DoesNotExist):
        zeg(spelers, vraag, "amina", bij=ander.aanmeldingen.get())


# When it ends


def test_after_the_end_nobody_writes(spelers, vraag, bij_egeltjes):
    zeg(spelers, vraag, "amina", bij=bij_egeltjes)
    trek_in(vraag, door=spelers.amina, nu=NU)

    with pytest.raises(GesprekGesloten):
        zeg(spelers, vraag, "amina", "Toch nog", nu=NU + MINUUT)
    with pytest.raises(GesprekGesloten):
        zeg(spelers, vraag, "farid", bij=bij_egeltjes, nu=NU + MINUUT)
    assert Gespreksbericht.objects.count() == 1


def test_a_request_that_was_refused_closes_its_thread_only(spelers, vraag, bij_egeltjes):
    zeg(spelers, vraag, "amina", bij=bij_egeltjes)
    weiger(bij_egeltjes, reden=Weigerreden.VOLZET, door=spelers.farid, nu=NU)

    with pytest.raises(GesprekGesloten):
        zeg(spelers, vraag, "amina", "Jammer", bij=bij_egeltjes, nu=NU + MINUUT)
    zeg(spelers, vraag, "amina", "En nu?", nu=NU + MINUUT)


def test_who_has_a_place_still_talks(spelers, vraag, bij_egeltjes):
    aanvaard(maak_voorstel(bij_egeltjes), door=spelers.amina, nu=NU)

    zeg(spelers, Opvangvraag.objects.get(pk=vraag.pk), "amina", bij=bij_egeltjes)
    zeg(spelers, vraag, "carla")


def test_calm_closes_every_thread_and_no_mail_of_one_leaves(spelers, vraag, bij_egeltjes):
    zeg(spelers, vraag, "amina", bij=bij_egeltjes)
    zeg(spelers, vraag, "carla")
    breng_tot_rust(vraag, door=spelers.amina, nu=NU + MINUUT)

    for wie, bij in (("amina", None), ("carla", None), ("farid", bij_egeltjes)):
        with pytest.raises((WilRust, GesprekGesloten)):
            zeg(spelers, vraag, wie, "Nog iets", bij=bij, nu=NU + 2 * MINUUT)
    wachtend = Bericht.objects.filter(status="wacht")
    assert not wachtend.filter(sjabloon__contains="gesprek").exists()
    assert not Gesprek.objects.open().exists()


# Mail


def test_a_mail_says_that_there_is_a_message_and_nothing_of_it(spelers, vraag, bij_egeltjes):
    zeg(spelers, vraag, "amina", "Robin heeft een allergie", bij=bij_egeltjes)
    zeg(spelers, vraag, "carla", "Het attest is in orde")

    voor_opvang = Bericht.objects.get(sjabloon="aanvragen/aanbieder_gesprek")
    voor_ouder = Bericht.objects.get(sjabloon="aanvragen/gesprek")
    assert (voor_opvang.aan, voor_ouder.aan) == ("egel@voorbeeld.test", "amina@voorbeeld.test")
    for bericht in (voor_opvang, voor_ouder):
        alles = f"{bericht.titel} {bericht.tekst} {bericht.html}"
        assert "allergie" not in alles
        assert "attest" not in alles
    assert "Amina" not in f"{voor_opvang.titel} {voor_opvang.tekst} {voor_opvang.html}"
    assert f"/mijn/{vraag.referentie}/gesprek/" in voor_ouder.tekst
    assert "/aanbod/gesprek/" in voor_opvang.tekst


def test_the_loket_has_its_work_list_and_gets_no_mail(spelers, vraag):
    zeg(spelers, vraag, "amina")

    assert not Bericht.objects.filter(sjabloon__contains="gesprek").exists()
    assert list(Gesprek.objects.wacht_op_loket()) == [Gesprek.objects.get()]


def test_one_mail_until_it_was_read_and_one_a_day_at_most(spelers, vraag):
    for minuut in range(3):
        zeg(spelers, vraag, "carla", f"Bericht {minuut}", nu=NU + minuut * MINUUT)
    assert len(mails("gesprek")) == 1

    markeer_gelezen(
        Gesprek.objects.get(), partij=Partij.GEZIN, door=spelers.amina, tot=NU + 5 * MINUUT
    )
    zeg(spelers, vraag, "carla", "Na het lezen", nu=NU + 6 * MINUUT)
    assert len(mails("gesprek")) == 2

    zeg(spelers, vraag, "carla", "De dag nadien", nu=NU + DAG + 7 * MINUUT)
    assert len(mails("gesprek")) == 3


# What is new, and what waits


def test_each_parent_reads_for_itself_and_a_loket_together(spelers, vraag):
    Ouder.objects.create(
        gezin=vraag.kind.gezin,
        gebruiker=spelers.bram,
        voornaam="Bram",
        familienaam="Peeters",
        email=spelers.bram.email,
    )
    zeg(spelers, vraag, "amina")
    zeg(spelers, vraag, "carla", nu=NU + MINUUT)
    gesprek = Gesprek.objects.get()

    markeer_gelezen(gesprek, partij=Partij.GEZIN, door=spelers.amina, tot=NU + MINUUT)

    assert ongelezen(gesprek, Partij.GEZIN, spelers.amina) == 0
    assert ongelezen(gesprek, Partij.GEZIN, spelers.bram) == 1
    assert ongelezen(gesprek, Partij.LOKET) == 0
    assert [r.gelezen for r in regels(gesprek, voor=Partij.LOKET, lezer=spelers.carla)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("dan", "wacht"),
    [
        pytest.param([], True, id="gezin schreef"),
        pytest.param(["carla"], False, id="loket antwoordde"),
        pytest.param(["af"], False, id="geen antwoord nodig"),
        pytest.param(["af", "amina"], True, id="daarna schreef het gezin weer"),
        pytest.param(["carla", "els"], True, id="de toeleider schreef weer"),
        pytest.param(["stop"], False, id="de vraag stopt"),
    ],
)
def test_what_waits_for_the_loket(spelers, vraag, dan, wacht):
    zeg(spelers, vraag, "amina")
    for na, wat in enumerate(dan, start=1):
        nu = NU + na * MINUUT
        gesprek = Gesprek.objects.get()
        if wat == "af":
            handel_af(gesprek, tot=gesprek.laatste_op, door=spelers.carla, nu=nu)
        elif wat == "stop":
            trek_in(vraag, door=spelers.amina, nu=nu)
        else:
            zeg(spelers, vraag, wat, f"{wat} {na}", nu=nu)

    assert Gesprek.objects.wacht_op_loket().exists() is wacht


# Twice, and too often


def test_the_same_words_twice_are_one_message(spelers, vraag):
    eerste = zeg(spelers, vraag, "amina", "Dag")
    tweede = zeg(spelers, vraag, "amina", "Dag", nu=NU + dt.timedelta(seconds=5))
    later = zeg(spelers, vraag, "amina", "Dag", nu=NU + DAG)

    assert eerste == tweede
    assert later != eerste


def test_a_flood_is_stopped(spelers, vraag):
    for n in range(PER_UUR):
        zeg(spelers, vraag, "amina", f"Bericht {n}")

    with pytest.raises(TeVeelBerichten):
        zeg(spelers, vraag, "amina", "Nog een")
    zeg(spelers, vraag, "carla", "Rustig aan")
    zeg(spelers, vraag, "amina", "Een uur later", nu=NU + dt.timedelta(hours=1))


# The link of a provider


def test_the_link_opens_one_conversation(bij_egeltjes):
    assert lees_token(maak_token(bij_egeltjes)) == bij_egeltjes


def test_the_link_dies_with_the_organisator(bij_egeltjes):
    token = maak_token(bij_egeltjes)
    bij_egeltjes.locatie.organisator = maak_organisator()
    bij_egeltjes.locatie.save()

    assert lees_token(token) is None


# A place that came free


def test_one_colleague_calls_the_provider(spelers, vraag, bij_egeltjes):
    maak_voorstel(bij_egeltjes)
    breng_tot_rust(vraag, door=spelers.amina, nu=NU)
    melding = Vrijmelding.objects.get()

    assert meld_vrijgekomen(melding, door=spelers.carla, nu=NU + DAG) is True
    assert meld_vrijgekomen(melding, door=spelers.joke, nu=NU + DAG) is False

    melding.refresh_from_db()
    assert (melding.gemeld_op, melding.gemeld_door) == (NU + DAG, spelers.carla)
    assert not Vrijmelding.objects.open().exists()
