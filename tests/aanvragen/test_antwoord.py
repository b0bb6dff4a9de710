"""A provider answers without signing in, through the link in its mail."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.test import Client

from aanvragen.domain.antwoordlink import maak_token
from aanvragen.models import Voorstel
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Gebeurtenis, Inzage
from opvang.models import Plaatsaanbod
from tests.fabrieken import (
    MA_DI,
    NU,
    START,
    kind_gegevens,
    maak_aanbod,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
OP_1_SEPTEMBER = {"start_dag": "1", "start_maand": "9", "start_jaar": "2026"}


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def aanmelding(spelers):
    """Baby Haddad, of whom a provider may not yet learn the name."""
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email="amina@voorbeeld.test",
            telefoon="0470 11 22 33",
            straat="Molenkouter",
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
    ).aanmeldingen.get(locatie=spelers.egeltjes)


def adres(aanmelding) -> str:
    return f"/antwoord/{maak_token(aanmelding)}/"


def lees(antwoord) -> str:
    """The page with all white space the same: how it is broken over lines means nothing."""
    return " ".join(antwoord.content.decode().split())


def test_the_page_shows_what_the_answer_needs_and_not_who_asks(client, aanmelding):
    maak_aanbod(aanmelding.locatie)

    antwoord = client.get(adres(aanmelding))

    tekst = lees(antwoord)
    assert antwoord.status_code == 200
    assert "Heb je plaats voor dit gezin?" in tekst
    assert "Maandag en dinsdag hele dag" in tekst
    assert "Geboren in januari 2026" in tekst
    assert "7 maanden bij de start" in tekst
    assert "Past helemaal bij je vrije plaatsen." in tekst
    for geheim in ("Haddad", "Noor", "Amina", "0470", "amina@", "Molenkouter", "Het Zonnetje"):
        assert geheim not in tekst


def test_opening_the_link_changes_nothing(client, aanmelding):
    voor = (Gebeurtenis.objects.count(), Bericht.objects.count())

    for vervolg in ("", "?antwoord=ja", "?antwoord=anders", "?antwoord=nee", "?antwoord=iets"):
        assert client.get(adres(aanmelding) + vervolg).status_code == 200

    assert client.head(adres(aanmelding)).status_code == 200
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN
    assert (Gebeurtenis.objects.count(), Bericht.objects.count()) == voor
    assert not Inzage.objects.exists()


def test_the_page_leaks_nothing_on_its_way(client, aanmelding):
    antwoord = client.get(adres(aanmelding))

    assert antwoord["Referrer-Policy"] == "no-referrer"
    assert antwoord["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in antwoord["Cache-Control"]
    assert "private" in antwoord["Cache-Control"]
    assert antwoord.cookies == {}


def test_a_yes_takes_one_press(client, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)
    formulier = client.get(adres(aanmelding) + "?antwoord=ja").context["form"]
    assert formulier.initial == {"plaats": str(aanbod.pk), "start": START}

    antwoord = client.post(
        adres(aanmelding), {"antwoord": "ja", "plaats": aanbod.pk, **OP_1_SEPTEMBER}
    )

    assert (antwoord.status_code, antwoord["Location"][:16]) == (302, "/antwoord/klaar/")
    voorstel = Voorstel.objects.get()
    assert (voorstel.aanmelding, voorstel.plaatsaanbod) == (aanmelding, aanbod)
    assert (voorstel.start, voorstel.week, voorstel.reserveert) == (START, MA_DI, True)
    gedaan = gebeurtenissen_van(aanmelding.opvangvraag).get(werkwoord="aanvragen.voorstel.gedaan")
    assert (gedaan.door, gedaan.namens) == (None, "link in mail")


def test_after_the_answer_a_page_says_what_was_answered(client, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)

    antwoord = client.post(
        adres(aanmelding), {"antwoord": "ja", "plaats": aanbod.pk, **OP_1_SEPTEMBER}, follow=True
    )

    tekst = lees(antwoord)
    assert "Je antwoord is verstuurd" in tekst
    assert (
        "Je stelde een plaats voor: vanaf dinsdag 1 september 2026, maandag en dinsdag hele dag."
        in tekst
    )
    assert (
        "Het gezin antwoordt ten laatste op donderdag 12 maart 2026. Dan krijg je een mail."
        in tekst
    )
    assert "Ja, ik heb plaats" not in tekst
    assert "Haddad" not in tekst


def test_a_place_that_was_never_announced_is_made_with_the_offer(client, aanmelding):
    antwoord = client.post(
        adres(aanmelding), {"antwoord": "ja", "nieuwe_plaats": "on", **OP_1_SEPTEMBER}
    )

    assert antwoord.status_code == 302
    aanbod = Plaatsaanbod.objects.get()
    assert (aanbod.locatie, aanbod.vanaf, aanbod.plaatsen) == (
        aanmelding.locatie,
        START,
        [1, 1, 1, 1] + [0] * 10,
    )
    assert aanbod.ingenomen == [1, 1, 1, 1] + [0] * 10
    assert Voorstel.objects.get().plaatsaanbod == aanbod


def test_the_chosen_place_is_given_and_no_other(client, aanmelding):
    eerste = maak_aanbod(aanmelding.locatie)
    tweede = maak_aanbod(aanmelding.locatie, 3)

    client.post(adres(aanmelding), {"antwoord": "ja", "plaats": tweede.pk, **OP_1_SEPTEMBER})

    assert Voorstel.objects.get().plaatsaanbod == tweede
    eerste.refresh_from_db()
    assert eerste.ingenomen == [0] * 14


def test_a_provider_with_free_places_can_still_give_another_one(client, aanmelding):
    bestaand = maak_aanbod(aanmelding.locatie)

    client.post(adres(aanmelding), {"antwoord": "ja", "plaats": "nieuw", **OP_1_SEPTEMBER})

    assert Plaatsaanbod.objects.exclude(pk=bestaand.pk).get() == (
        Voorstel.objects.get().plaatsaanbod
    )


def test_without_a_place_and_without_the_tick_nothing_is_made(client, aanmelding):
    antwoord = client.post(adres(aanmelding), {"antwoord": "ja", **OP_1_SEPTEMBER})

    tekst = lees(antwoord)
    assert antwoord.status_code == 422
    assert "<title>Fout: Antwoord op vraag" in " ".join(tekst.split()).replace(
        "<title> ", "<title>"
    )
    assert (
        tekst.count(
            "Je gaf nog geen vrije plaats door. Vink aan dat het om een nieuwe plaats gaat."
        )
        == 2
    )
    assert not Plaatsaanbod.objects.exists()
    assert not Voorstel.objects.exists()


def test_other_days_make_a_deviating_offer(client, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)

    client.post(
        adres(aanmelding),
        {
            "antwoord": "anders",
            "plaats": aanbod.pk,
            "start": "2026-10-01",
            "einde": "2027-06-30",
            "rooster": ["wo-vm", "wo-nm"],
            "toelichting": "Op woensdag is er plaats.",
            "deelbaar": "on",
        },
    )

    voorstel = Voorstel.objects.get()
    assert (voorstel.start, voorstel.einde) == (dt.date(2026, 10, 1), dt.date(2027, 7, 1))
    assert (str(voorstel.week), voorstel.reserveert) == ("woensdag", False)
    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.toelichting) == (
        Aanmeldingstatus.AFWIJKEND,
        "Op woensdag is er plaats.",
    )


def test_the_form_for_other_days_begins_with_what_is_free(client, aanmelding):
    maak_aanbod(aanmelding.locatie, [0, 1, 1, 1] + [0] * 10, vanaf=dt.date(2026, 10, 1))

    formulier = client.get(adres(aanmelding) + "?antwoord=anders").context["form"]

    assert (formulier.initial["start"], formulier.initial["rooster"]) == (
        dt.date(2026, 10, 1),
        0b1110,
    )


def test_a_family_is_put_on_the_waiting_list(client, aanmelding):
    antwoord = client.post(
        adres(aanmelding),
        {"antwoord": "nee", "keuze": "wachtlijst", "toelichting": "Misschien in de lente."},
        follow=True,
    )

    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.WACHTLIJST
    tekst = lees(antwoord)
    assert "Dit gezin staat op je wachtlijst. Je schreef: “Misschien in de lente.”" in tekst
    assert "Komt er een plaats vrij? Meld je aan, dan kun je die nog voorstellen." in tekst


def test_a_no_carries_its_reason(client, aanmelding):
    antwoord = client.post(adres(aanmelding), {"antwoord": "nee", "keuze": "volzet"}, follow=True)

    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.weigerreden) == ("geweigerd_door_opvang", "volzet")
    tekst = lees(antwoord)
    assert "Je kon dit gezin geen plaats geven: We zijn volzet in die periode." in tekst


@pytest.mark.parametrize(
    ("gegevens", "fout"),
    [
        ({"antwoord": "nee"}, "Beantwoord de vraag: Wat zeg je tegen het gezin?"),
        ({"antwoord": "nee", "keuze": "hack"}, "hack"),
        (
            {"antwoord": "nee", "keuze": "anders"},
            "Schrijf kort wat de reden is. Het gezin leest dit.",
        ),
        (
            {"antwoord": "ja", "nieuwe_plaats": "on", "start": "2026-03-01"},
            "Deze dag is voorbij. Kies vandaag of een latere dag.",
        ),
        (
            {"antwoord": "ja", "nieuwe_plaats": "on", "start": "2026-02-31"},
            "Deze dag bestaat niet. Kijk de datum na.",
        ),
        (
            {"antwoord": "anders", "nieuwe_plaats": "on", "start": "2026-09-01"},
            "Kies minstens één voormiddag of namiddag.",
        ),
        (
            {
                "antwoord": "anders",
                "nieuwe_plaats": "on",
                "start": "2026-09-01",
                "einde": "2026-08-01",
                "rooster": "3",
            },
            "Deze dag ligt voor de start. Kijk beide datums na.",
        ),
        ({"antwoord": "nee", "keuze": "volzet", "toelichting": "x" * 501}, "500"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_happens(client, aanmelding, gegevens, fout):
    antwoord = client.post(adres(aanmelding), gegevens)

    assert antwoord.status_code == 422
    assert fout in antwoord.content.decode()
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


@pytest.mark.parametrize("plaats", ["999999", "abc", "", "0x1"])
def test_a_place_of_somebody_else_can_not_be_given(client, spelers, aanmelding, plaats):
    maak_aanbod(aanmelding.locatie)
    vreemd = maak_aanbod(spelers.zonnetje)

    for keuze in (plaats, vreemd.pk):
        antwoord = client.post(
            adres(aanmelding), {"antwoord": "ja", "plaats": keuze, **OP_1_SEPTEMBER}
        )
        assert antwoord.status_code == 422

    assert not Voorstel.objects.exists()


def test_a_place_that_is_taken_meanwhile_is_refused_kindly(client, spelers, aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie)
    ander = maak_vraag(
        spelers.loket, [spelers.egeltjes], vraag=vraag_gegevens(rooster=0b11)
    ).aanmeldingen.get()
    maak_voorstel(ander, aanbod)

    antwoord = client.post(
        adres(aanmelding),
        {"antwoord": "ja", "plaats": aanbod.pk, "toelichting": "Welkom!", **OP_1_SEPTEMBER},
    )

    tekst = lees(antwoord)
    assert antwoord.status_code == 422
    assert "Op deze dagen is er geen vrije plaats meer: maandag." in tekst
    assert "Welkom!" in tekst


def test_a_post_without_an_answer_shows_the_buttons_again(client, aanmelding):
    antwoord = client.post(adres(aanmelding), {})

    assert antwoord.status_code == 422
    assert "Ja, ik heb plaats" in antwoord.content.decode()


def _oud(aanmelding):
    with time_machine.travel(NU - dt.timedelta(days=121), tick=False):
        return maak_token(aanmelding)


@pytest.mark.parametrize(
    "token",
    [
        lambda _a: "onzin",
        lambda a: maak_token(a)[:-1],
        lambda a: signing.dumps(
            [str(a.uuid), a.locatie.organisator_id, a.ronde], salt="een ander doel"
        ),
        lambda a: signing.dumps(
            ["6d1f7f3e-0000-4000-8000-000000000000", a.locatie.organisator_id, 1],
            salt="aanvragen.antwoord",
        ),
        _oud,
    ],
    ids=["onzin", "beschadigd", "ander doel", "bestaat niet", "verlopen"],
)
def test_a_link_that_does_not_work_says_what_to_do(client, aanmelding, token):
    pad = f"/antwoord/{token(aanmelding)}/"

    for antwoord in (client.get(pad), client.post(pad, {"antwoord": "nee", "keuze": "volzet"})):
        tekst = lees(antwoord)
        assert antwoord.status_code == 404
        assert "Deze link werkt niet meer" in tekst
        assert "Open de link opnieuw vanuit de laatste mail over deze vraag." in tekst
        assert antwoord["Referrer-Policy"] == "no-referrer"
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


def test_a_question_that_waits_at_the_loket_has_no_answer_page(client, aanmelding):
    aanmelding.opvangvraag.__class__.objects.update(status=Vraagstatus.INGEDIEND)

    assert client.get(adres(aanmelding)).status_code == 404


def test_the_answer_counts_for_the_link_and_not_for_who_happens_to_be_signed_in(
    client, spelers, aanmelding
):
    client.force_login(spelers.carla)

    client.post(adres(aanmelding), {"antwoord": "nee", "keuze": "volzet"})

    gedaan = gebeurtenissen_van(aanmelding.opvangvraag).first()
    assert (gedaan.werkwoord, gedaan.door, gedaan.namens) == (
        "aanvragen.aanmelding.geweigerd_door_opvang",
        None,
        "link in mail",
    )


def test_a_browser_that_hides_where_it_comes_from_can_answer(aanmelding):
    streng = Client(enforce_csrf_checks=True)

    antwoord = streng.post(
        adres(aanmelding), {"antwoord": "nee", "keuze": "volzet"}, headers={"origin": "null"}
    )

    assert antwoord.status_code == 302


def test_the_page_shows_the_loket_of_the_family(client, spelers, aanmelding):
    spelers.ander_loket.telefoon = "011 99 99 99"
    spelers.ander_loket.save()
    client.force_login(spelers.dirk)

    tekst = lees(client.get(adres(aanmelding)))

    assert "09 000 00 00" in tekst
    assert "011 99 99 99" not in tekst


def test_the_answer_page_takes_few_queries(client, aanmelding, django_assert_num_queries):
    maak_aanbod(aanmelding.locatie)
    maak_aanbod(aanmelding.locatie, 2)

    with django_assert_num_queries(5):
        client.get(adres(aanmelding))
