"""A question typed for a family: the same as online, on one page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.models import Opvangvraag, Ouder, Toestemming
from aanvragen.workflow import Kanaal, Vraagstatus
from loket.models import Bericht, Gebruiker
from tests.aanvragen.invullen import antwoorden, datum
from tests.fabrieken import NU, kind_gegevens, maak_gemeente, maak_loket, maak_vraag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
NIEUW = "/balie/nieuw/"


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def als_carla(client, spelers):
    client.force_login(spelers.carla)
    return client


def ingevuld(spelers, **anders) -> dict:
    """Everything filled in well; `anders` overrides single inputs, None leaves one out."""
    alles = {"kanaal": "telefoon", "akkoord": "on"}
    for waarden in antwoorden(spelers.loket, [spelers.zonnetje, spelers.egeltjes]).values():
        alles |= waarden
    return {naam: waarde for naam, waarde in (alles | anders).items() if waarde is not None}


def test_a_question_by_phone_is_the_same_as_one_online(als_carla, spelers):
    antwoord = als_carla.post(NIEUW, ingevuld(spelers), follow=True)

    vraag = Opvangvraag.objects.get()
    assert antwoord.redirect_chain == [(f"/balie/dossier/{vraag.referentie}/", 302)]
    assert (
        f"De vraag is ingevoerd. Geef het gezin dit nummer: {vraag.referentie}."
        in antwoord.content.decode()
    )
    assert (vraag.status, vraag.kanaal, vraag.ingevoerd_door, vraag.loket) == (
        Vraagstatus.ACTIEF,
        Kanaal.TELEFOON,
        spelers.carla,
        spelers.loket,
    )
    assert [str(a.locatie) for a in vraag.aanmeldingen.order_by("rang")] == [
        "Het Zonnetje",
        "De Egeltjes",
    ]
    assert (vraag.flexibel_weken, vraag.flexibel_dagen, vraag.rooster) == (2, True, 0b111)
    assert vraag.kenmerken.filter(aanwezig=False).count() == 8
    assert vraag.kind.gezin.tolk
    # The parent can follow it: whoever proves to hold this address sees the question.
    assert vraag.aanvrager.gebruiker == Gebruiker.objects.get(email="nora@voorbeeld.test")
    assert Bericht.objects.filter(aan="nora@voorbeeld.test").count() == 1


def test_a_family_without_email_gives_a_phone_number(als_carla, spelers):
    als_carla.post(NIEUW, ingevuld(spelers, email="", kanaal="balie"))

    vraag = Opvangvraag.objects.get()
    assert (vraag.aanvrager.email, vraag.aanvrager.telefoon) == ("", "0470 12 34 56")
    assert (vraag.aanvrager.gebruiker, vraag.kanaal) == (None, Kanaal.BALIE)


def test_a_family_that_can_not_be_reached_is_refused(als_carla, spelers):
    antwoord = als_carla.post(NIEUW, ingevuld(spelers, email="", telefoon=""))

    assert antwoord.status_code == 422
    assert antwoord.content.decode().count("Geef een e-mailadres of een telefoonnummer.") == 2
    assert not Opvangvraag.objects.exists()


def test_an_empty_page_names_everything_that_is_missing_and_keeps_the_rest(als_carla, spelers):
    antwoord = als_carla.post(NIEUW, {"voornaam": "Nora", "straat": "Molenkouter"})

    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Fout: Nieuwe vraag voor een gezin" in tekst
    assert 'value="Nora"' in tekst
    assert 'value="Molenkouter"' in tekst
    for fout in (
        "Vul in: Familienaam.",
        "Beantwoord de vraag: Is je kind al geboren?",
        "Beantwoord de vraag: Hoe kwam het gezin bij ons?",
        "Vink aan dat de gekozen opvang de gegevens mag zien. Anders kan ze niet antwoorden.",
    ):
        assert tekst.count(fout) == 2, fout


@pytest.mark.parametrize("weg", ["akkoord", "kanaal", "familienaam", "rooster", "keuze"])
def test_each_answer_counts(als_carla, spelers, weg):
    assert als_carla.post(NIEUW, ingevuld(spelers, **{weg: None})).status_code == 422
    assert not Opvangvraag.objects.exists()


def test_twins_get_a_number_each(als_carla, spelers):
    antwoord = als_carla.post(
        NIEUW,
        ingevuld(
            spelers,
            aantal="2",
            geboren_1="ja",
            voornaam_1="Lina",
            familienaam_1="Haddad",
            **datum("datum_1", dt.date(2026, 1, 1)),
        ),
        follow=True,
    )

    een, twee = Opvangvraag.objects.order_by("pk")
    assert (
        "De vragen zijn ingevoerd. Geef het gezin deze nummers: "
        f"{een.referentie}, {twee.referentie}." in antwoord.content.decode()
    )


# Buttons that ask for more, without losing anything


def test_a_location_is_searched_and_added(als_carla, spelers):
    gegevens = ingevuld(spelers, locatie=None, actie="zoek", zoek="egel")

    gezocht = als_carla.post(NIEUW, gegevens)

    assert gezocht.status_code == 200
    assert list(gezocht.context["treffers"]) == [spelers.egeltjes]
    assert "Nog één ding" not in gezocht.content.decode()

    erbij = als_carla.post(NIEUW, gegevens | {"actie": f"voeg-toe-{spelers.egeltjes.pk}"})

    assert [str(plek) for plek in erbij.context["gekozen"]] == ["De Egeltjes"]
    assert 'value="Nora"' in erbij.content.decode()
    assert not Opvangvraag.objects.exists()


def test_wishes_move_up_and_go_away(als_carla, spelers):
    egel, zon = spelers.egeltjes, spelers.zonnetje

    def na(knop):
        antwoord = als_carla.post(NIEUW, ingevuld(spelers, actie=knop))
        return [plek.pk for plek in antwoord.context["gekozen"]]

    assert na(f"omhoog-{egel.pk}") == [egel.pk, zon.pk]
    assert na(f"omhoog-{zon.pk}") == [zon.pk, egel.pk]
    assert na(f"weg-{zon.pk}") == [egel.pk]
    assert na("omhoog-999999") == [zon.pk, egel.pk]


def test_one_more_child_has_the_same_family_name(als_carla, spelers):
    antwoord = als_carla.post(NIEUW, ingevuld(spelers, actie="nog-een"))

    form = antwoord.context["kind"]
    assert (form.aantal, form["familienaam_1"].value()) == (2, "Haddad")
    assert form["voornaam_0"].value() == "Sami"


def test_a_child_too_many_goes_away(als_carla, spelers):
    gegevens = ingevuld(spelers, aantal="2", voornaam_1="Lina", actie="kind-weg-1")

    form = als_carla.post(NIEUW, gegevens).context["kind"]

    assert (form.aantal, form["voornaam_0"].value()) == (1, "Lina")


def test_the_ticks_of_the_counter_survive_a_button(als_carla, spelers):
    form = als_carla.post(NIEUW, ingevuld(spelers, actie="zoek", kanaal="balie")).context["invoer"]

    assert (form["kanaal"].value(), form["akkoord"].value()) == ("balie", "on")
    assert form.errors == {}


@pytest.mark.parametrize("actie", ["hack", "voeg-toe-", "omhoog-1e9", "zoek-zoek"])
def test_a_button_that_does_not_exist_is_the_main_one(als_carla, spelers, actie):
    assert als_carla.post(NIEUW, ingevuld(spelers, actie=actie)).status_code in {200, 302}


# Who may ask for whom


def test_the_address_decides_on_the_loket(als_carla, spelers):
    elders = spelers.ander_loket.gemeenten.get()

    antwoord = als_carla.post(NIEUW, ingevuld(spelers, gemeente=str(elders.pk), postcode="9002"))

    assert antwoord.status_code == 422
    assert antwoord.content.decode().count("Hier helpt een ander loket: Loket Elders.") == 2
    assert not Opvangvraag.objects.exists()


def test_the_same_child_of_the_same_parent_is_pointed_to(als_carla, spelers):
    als_carla.post(NIEUW, ingevuld(spelers))
    eerste = Opvangvraag.objects.get()

    antwoord = als_carla.post(NIEUW, ingevuld(spelers))

    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert "Dit gezin heeft voor dit kind al een lopende vraag." in tekst
    assert f"Open de vraag die er al is: {eerste.referentie}" in tekst
    assert Opvangvraag.objects.count() == 1


def test_a_toeleider_needs_the_consent_of_the_family(client, spelers):
    client.force_login(spelers.els)

    antwoord = client.post(NIEUW, ingevuld(spelers, kanaal=None))

    assert antwoord.status_code == 422
    assert (
        "Vink aan dat het gezin jou toestemming gaf. Zonder die toestemming kan het niet."
        in antwoord.content.decode()
    )


def test_a_toeleider_asks_and_follows(client, spelers):
    client.force_login(spelers.els)

    antwoord = client.post(
        NIEUW, ingevuld(spelers, kanaal="telefoon", toestemming="on", dagen="90"), follow=True
    )

    vraag = Opvangvraag.objects.get()
    assert (antwoord.status_code, vraag.kanaal) == (200, Kanaal.TOELEIDER)
    toestemming = Toestemming.objects.get()
    assert (toestemming.gezin, toestemming.toeleider, toestemming.vanaf, toestemming.tot) == (
        vraag.kind.gezin,
        spelers.els,
        dt.date(2026, 3, 2),
        dt.date(2026, 5, 31),
    )


def test_a_toeleider_never_reaches_a_family_by_typing_its_address(client, spelers):
    bekend = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        kinderen=(kind_gegevens(voornaam="Geheim", familienaam="Haddad"),),
    )
    client.force_login(spelers.els)

    client.post(
        NIEUW,
        ingevuld(spelers, kanaal=None, toestemming="on", dagen="30", email="AMINA@voorbeeld.test"),
    )

    nieuw = Opvangvraag.objects.exclude(pk=bekend.pk).get()
    assert nieuw.kind.gezin != bekend.kind.gezin
    assert nieuw.aanvrager.gebruiker is None
    assert list(Opvangvraag.objects.voor_balie(spelers.els)) == [nieuw]
    assert Ouder.objects.get(pk=bekend.aanvrager_id).voornaam == "Amina"
    assert client.get(f"/balie/dossier/{bekend.referentie}/").status_code == 404


def test_staff_of_two_gemeenten_choose_one(client, spelers):
    loket = maak_loket(gemeenten=[maak_gemeente("Aa"), maak_gemeente("Bee")])
    spelers.carla.lidmaatschappen.update(loket=loket)
    client.force_login(spelers.carla)

    begin = client.get(NIEUW).context["wie"].initial

    assert begin == {"relatie": "ouder"}


def test_the_page_opens_for_the_counter_only(client, spelers):
    for wie, code in (("carla", 200), ("els", 200), ("amina", 403), ("farid", 403), ("ivo", 403)):
        client.force_login(getattr(spelers, wie))
        assert client.get(NIEUW).status_code == code, wie


def test_the_empty_page_takes_few_queries(als_carla, django_assert_num_queries):
    with django_assert_num_queries(10):
        als_carla.get(NIEUW)
