"""Going on with a request on another device, and hearing of one that is thrown away."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from aanvragen import tasks
from aanvragen.domain.concept import AlVerstuurd, begin_concept, bewaar_stap, ruim_concepten_op
from aanvragen.domain.hervatten import TeVeelMails, bewaar_onder, waarschuw_voor_opruimen
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Concept
from aanvragen.workflow import Vervalreden
from loket.domain.aanmelden import OngeldigAdres
from loket.domain.fouten import IntussenGewijzigd
from loket.models import Bericht, Gebruiker
from tests.aanvragen.invullen import antwoorden, begin, concept, url
from tests.aanvragen.test_aanvraag import code_uit_de_mail, meldingen, tekst
from tests.fabrieken import NU, maak_vraag

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)
NORA = "nora@voorbeeld.test"


def ontwerp(spelers, **velden) -> Concept:
    return begin_concept(**{"loket": spelers.loket, "gebruiker": None, "nu": NU, **velden})


def mails(sjabloon: str) -> list[Bericht]:
    return list(Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").order_by("pk"))


def meld_aan_als(client: Client, adres: str) -> None:
    """Ask a code at "verder", and type the one that came by mail."""
    naar = client.post("/aanvraag/verder/", {"email": adres})
    assert naar.status_code == 302
    antwoord = client.post(naar["Location"], {"code": code_uit_de_mail()})
    assert antwoord["Location"] == "/aanvraag/verder/"


# Keeping under an address


def test_keeping_mails_the_way_back_and_nothing_that_was_typed(spelers):
    mijn = ontwerp(spelers)
    bewaar_stap(mijn, "wie", {"voornaam": ["Nora"], "straat": ["Molenkouter"]}, nu=NU)

    bewaar_onder(mijn, "Nora@Voorbeeld.test", nu=NU)

    (mail,) = mails("concept_verder")
    assert (mijn.email, mail.aan) == (NORA, NORA)
    assert mail.titel == "Zo ga je verder met je aanvraag"
    assert "/aanvraag/verder/\n" in mail.tekst
    assert re.search("Molenkouter|Nora", mail.tekst + mail.html) is None
    assert mijn.sleutel.__str__() not in mail.tekst + mail.html


def test_another_address_replaces_the_first(spelers):
    mijn = ontwerp(spelers)
    bewaar_onder(mijn, "verkeerd@voorbeeld.test", nu=NU)

    bewaar_onder(mijn, NORA, nu=NU)

    assert Concept.objects.get().email == NORA


def test_keeping_refuses_what_can_get_no_mail_and_too_much_mail(spelers):
    mijn = ontwerp(spelers)
    with pytest.raises(OngeldigAdres):
        bewaar_onder(mijn, "nöra@voorbeeld.test", nu=NU)

    for _ in range(3):
        bewaar_onder(mijn, NORA, nu=NU)
    with pytest.raises(TeVeelMails):
        bewaar_onder(mijn, NORA, nu=NU)
    bewaar_onder(mijn, NORA, nu=NU + dt.timedelta(hours=1, seconds=1))

    assert len(mails("concept_verder")) == 4


def test_keeping_refuses_a_draft_that_is_sent_or_gone(spelers):
    weg, klaar = ontwerp(spelers), ontwerp(spelers)
    Concept.objects.filter(pk=weg.pk).delete()
    Concept.objects.filter(pk=klaar.pk).update(afgerond_op=NU)

    with pytest.raises(IntussenGewijzigd):
        bewaar_onder(weg, NORA, nu=NU)
    with pytest.raises(AlVerstuurd):
        bewaar_onder(klaar, NORA, nu=NU)

    assert mails("concept_verder") == []


def test_save_button_offers_another_device(client, spelers):
    sleutel = begin(client)

    bewaard = client.post(url(sleutel, "kind"), {"aantal": "1", "actie": "bewaar"}, follow=True)
    gemaild = client.post(f"/aanvraag/{sleutel}/bewaren/", {"email": NORA}, follow=True)

    assert bewaard.redirect_chain[-1][0] == f"/aanvraag/{sleutel}/bewaren/"
    assert "Verder op een ander toestel?" in tekst(bewaard)
    assert meldingen(gemaild) == [f"We mailden naar {NORA} hoe je verder gaat. Klopt dat adres?"]
    assert concept(sleutel).email == NORA


def test_address_is_asked_once(client, spelers):
    sleutel = begin(client)
    client.post(f"/aanvraag/{sleutel}/bewaren/", {"email": NORA})

    wie = client.get(url(sleutel, "wie"))
    nog_eens = client.get(f"/aanvraag/{sleutel}/bewaren/")

    assert f'value="{NORA}"' in str(wie.context["form"]["email"])
    assert f'value="{NORA}"' in str(nog_eens.context["formulier"]["email"])


@pytest.mark.parametrize("adres", ["", "nora", "nora@", "nöra@voorbeeld.test"])
def test_wrong_address_is_told_beside_the_field(client, spelers, adres):
    sleutel = begin(client)

    antwoord = client.post(f"/aanvraag/{sleutel}/bewaren/", {"email": adres})

    assert antwoord.status_code == 422
    assert antwoord.context["formulier"].errors["email"]
    assert mails("concept_verder") == []


# On the other device


def test_other_device_goes_on_with_a_code(client, spelers):
    sleutel = begin(client)
    goed = antwoorden(spelers.loket, [spelers.egeltjes])
    for stap in ("wie", "kind"):
        client.post(url(sleutel, stap), goed[stap])
    gsm = Client()

    meld_aan_als(gsm, NORA)
    lijst = gsm.get("/aanvraag/verder/")
    taken = gsm.get(url(sleutel, "taken"))

    assert "Aanvraag voor Sami" in tekst(lijst)
    assert "2 van 7 stappen klaar." in tekst(lijst)
    assert taken.context["verder_url"] == url(sleutel, "wanneer")
    assert concept(sleutel).gebruiker == Gebruiker.objects.get(email=NORA)


def test_first_device_reads_that_it_has_to_sign_in(client, spelers):
    sleutel = begin(client)
    client.post(url(sleutel, "wie"), antwoorden(spelers.loket, [])["wie"])
    gsm = Client()
    meld_aan_als(gsm, NORA)
    gsm.get(url(sleutel, "taken"))

    antwoord = client.get(url(sleutel, "kind"))

    assert antwoord.status_code == 404
    assert "Meld je aan om verder te gaan" in tekst(antwoord)
    assert f"?next=/aanvraag/{sleutel}/" in antwoord.content.decode()


def test_every_address_is_answered_alike(client, spelers):
    sleutel = begin(client)
    client.post(url(sleutel, "wie"), antwoorden(spelers.loket, [])["wie"])

    bekend = Client().post("/aanvraag/verder/", {"email": NORA})
    onbekend = Client().post("/aanvraag/verder/", {"email": "niemand@voorbeeld.test"})

    assert (bekend.status_code, bekend["Location"]) == (302, onbekend["Location"])
    assert onbekend.status_code == 302


def test_who_has_nothing_open_reads_why(client, spelers):
    begin(client)
    gsm = Client()

    meld_aan_als(gsm, "ander@voorbeeld.test")
    antwoord = gsm.get("/aanvraag/verder/")

    assert antwoord.status_code == 200
    assert "Hier staat geen aanvraag meer open" in tekst(antwoord)
    assert "ander@voorbeeld.test" in tekst(antwoord)


def test_draft_of_an_address_is_not_for_another_address(client, spelers):
    sleutel = begin(client)
    client.post(f"/aanvraag/{sleutel}/bewaren/", {"email": NORA})
    bram = Client()
    bram.force_login(spelers.bram)

    assert bram.get(url(sleutel, "taken")).status_code == 404
    assert list(bram.get("/aanvraag/verder/").context["open"]) == []


def test_draft_of_the_counter_is_never_taken_by_its_address(client, spelers):
    van_balie = ontwerp(spelers, ingevoerd_door=spelers.carla)
    Concept.objects.filter(pk=van_balie.pk).update(email=spelers.amina.email)
    client.force_login(spelers.amina)

    assert client.get(url(str(van_balie.sleutel), "taken")).status_code == 404
    assert list(client.get("/aanvraag/verder/").context["open"]) == []


@pytest.mark.parametrize("aantal", [1, 3])
def test_open_requests_cost_as_many_queries(client, spelers, django_assert_num_queries, aantal):
    client.force_login(spelers.amina)
    for _ in range(aantal):
        ontwerp(spelers, gebruiker=spelers.amina)
    client.get("/aanvraag/verder/")

    with django_assert_num_queries(4):
        client.get("/aanvraag/verder/")


# Links that died


def test_dead_link_explains_itself_and_gives_nothing_away(client, spelers):
    sleutel = begin(client)
    vreemd = Client().get(url(sleutel, "taken"))
    Concept.objects.all().delete()

    eigen = client.get(url(sleutel, "taken"))
    typen = client.post(url(sleutel, "wie"), {"voornaam": "Nora"})

    for antwoord in (vreemd, eigen, typen):
        assert antwoord.status_code == 404
        assert "Deze aanvraag is er niet meer" in tekst(antwoord)
        assert "Ga verder met een code" in tekst(antwoord)


def test_sent_from_another_device_is_told(client, spelers):
    sleutel = begin(client)
    Concept.objects.update(gebruiker=spelers.amina, afgerond_op=NU)

    antwoord = client.get(url(sleutel, "taken"))

    assert antwoord.status_code == 404
    assert "Deze aanvraag is al verstuurd" in tekst(antwoord)


# Before a draft goes


@pytest.mark.parametrize(("dagen", "gewaarschuwd"), [(10, 0), (11, 0), (12, 1), (14, 1), (15, 0)])
def test_warning_comes_three_days_before(spelers, dagen, gewaarschuwd):
    assert spelers.loket.conceptdagen == 14
    bewaar_onder(ontwerp(spelers), NORA, nu=NU)

    aantal = waarschuw_voor_opruimen(NU + dagen * DAG)

    assert aantal == gewaarschuwd
    assert len(mails("concept_vervalt")) == gewaarschuwd


def test_warning_says_the_day_and_comes_once_per_rest(spelers):
    mijn = ontwerp(spelers)
    bewaar_onder(mijn, NORA, nu=NU)
    dag_12 = NU + 12 * DAG

    eerst = [waarschuw_voor_opruimen(dag_12), waarschuw_voor_opruimen(dag_12 + DAG)]
    bewaar_stap(mijn, "wie", {}, nu=dag_12)
    later = waarschuw_voor_opruimen(dag_12 + 12 * DAG)

    assert (eerst, later) == ([1, 0], 1)
    mail = mails("concept_vervalt")[0]
    assert mail.titel == "Je aanvraag is nog niet verstuurd"
    assert (NU + 14 * DAG).strftime("%Y") in mail.tekst
    assert "Geen enkele opvang zag ze." in mail.tekst


def test_who_is_signed_in_is_warned_and_a_nameless_draft_goes_silently(spelers):
    ontwerp(spelers, gebruiker=spelers.amina)
    ontwerp(spelers)
    ontwerp(spelers, gebruiker=spelers.bram, ingevoerd_door=spelers.carla)

    aantal = waarschuw_voor_opruimen(NU + 12 * DAG)
    weg = ruim_concepten_op(NU + 15 * DAG)

    assert (aantal, weg) == (1, 3)
    assert [mail.aan for mail in mails("concept_vervalt")] == [spelers.amina.email]


@pytest.mark.parametrize("onder_adres", [True, False])
def test_nobody_is_warned_after_sad_news(spelers, onder_adres):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, nu=NU)
    mijn = ontwerp(spelers, gebruiker=None if onder_adres else spelers.amina)
    bewaar_onder(mijn, spelers.amina.email, nu=NU)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU + DAG)

    stil = waarschuw_voor_opruimen(NU + 12 * DAG)
    bewaar_stap(mijn, "wie", {}, nu=NU + 13 * DAG)
    weer = waarschuw_voor_opruimen(NU + 25 * DAG)

    assert (stil, weer) == (0, 1)


def test_task_warns(spelers, time_machine):
    bewaar_onder(ontwerp(spelers), NORA, nu=NU)
    time_machine.move_to(NU + 12 * DAG)

    assert tasks.waarschuw_voor_opruimen() == 1
