"""The parent's own pages over HTTP."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.concept import begin_concept
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Opvangvraag, Ouder, Plaatsing, Voorstel
from aanvragen.workflow import Vervalreden, Weigerreden
from loket.domain.logboek import leg_inzage_vast
from loket.models import Bericht, Gebeurtenis, Loket
from opvang.weekrooster import Weekrooster
from tests.aanvragen.invullen import datum
from tests.fabrieken import (
    MA_DI,
    kind_gegevens,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
    maak_vragen,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db


def tekst(antwoord) -> str:
    html = antwoord.content.decode()
    inhoud = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(inhoud.split())


def meldingen(antwoord) -> list[str]:
    return [str(bericht) for bericht in antwoord.context["messages"]]


@pytest.fixture
def nu() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def start(nu) -> dt.date:
    return timezone.localdate(nu) + dt.timedelta(days=120)


@pytest.fixture
def vraag(spelers, nu, start) -> Opvangvraag:
    """Amina's running question for Lou at De Egeltjes and Het Zonnetje."""
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        nu=nu,
        kinderen=(
            kind_gegevens(
                voornaam="Lou",
                familienaam="Peeters",
                geboortedatum=timezone.localdate(nu) - dt.timedelta(days=60),
            ),
        ),
        vraag=vraag_gegevens(gewenste_start=start, dringende_reden="StartWerk"),
    )


@pytest.fixture
def baby(spelers, nu, start) -> Opvangvraag:
    """Amina's running question for a child that is expected."""
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        nu=nu,
        kinderen=(
            kind_gegevens(
                familienaam="Peeters",
                verwachte_geboortedatum=timezone.localdate(nu) - dt.timedelta(days=3),
            ),
        ),
        vraag=vraag_gegevens(gewenste_start=start),
    )


@pytest.fixture
def amina(client, spelers) -> Client:
    client.force_login(spelers.amina)
    return client


def bij(vraag, locatie):
    return vraag.aanmeldingen.get(locatie=locatie)


def doe_voorstel(vraag, locatie, nu, **velden) -> Voorstel:
    aanbod = maak_aanbod(locatie, nu=nu)
    return maak_voorstel(bij(vraag, locatie), aanbod, nu=nu, **velden)


def antwoord_op(client, voorstel, pagina="", **gegevens):
    referentie = voorstel.aanmelding.opvangvraag.referentie
    pad = f"/mijn/{referentie}/voorstel/{voorstel.pk}/{pagina}"
    return client.post(pad, gegevens, follow=True)


# The list


def test_empty_list_says_what_to_do(amina):
    antwoord = amina.get("/mijn/")

    assert "Je hebt nog geen vraag" in tekst(antwoord)
    assert 'href="/aanvraag/"' in antwoord.content.decode()


def test_list_shows_questions_and_drafts(amina, spelers, vraag, nu):
    concept = begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=nu)

    antwoord = amina.get("/mijn/")

    assert "2 opvangplekken bekijken je vraag." in tekst(antwoord)
    assert vraag.referentie in tekst(antwoord)
    assert f"/aanvraag/{concept.sleutel}/" in antwoord.content.decode()


def test_list_puts_what_ended_last(amina, spelers, vraag, baby, nu):
    trek_in(baby, door=spelers.amina, nu=nu)
    Opvangvraag.objects.filter(pk=vraag.pk).update(aangemaakt_op=nu - dt.timedelta(days=9))

    antwoord = amina.get("/mijn/")

    assert [rij.referentie for rij, _kern in antwoord.context["vragen"]] == [
        vraag.referentie,
        baby.referentie,
    ]


def test_list_is_silent_after_sad_news(amina, spelers, baby, nu):
    laat_vervallen(baby, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=nu)

    antwoord = amina.get("/mijn/")

    assert baby.referentie not in antwoord.content.decode()
    assert "Peeters" not in tekst(antwoord)


def test_list_shows_nothing_of_another_family(client, spelers, vraag):
    client.force_login(spelers.bram)

    assert vraag.referentie not in client.get("/mijn/").content.decode()


def test_list_of_many_questions_has_pages(amina, spelers, nu):
    for _ in range(21):
        maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, nu=nu)

    assert len(amina.get("/mijn/").context["vragen"]) == 20
    assert len(amina.get("/mijn/?pagina=2").context["vragen"]) == 1
    assert len(amina.get("/mijn/?pagina=abc").context["vragen"]) == 20


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_asks_as_much_of_the_database_for_one_as_for_three(
    amina, spelers, nu, start, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        vraag = maak_vraag(
            spelers.loket,
            [spelers.egeltjes, spelers.zonnetje],
            gebruiker=spelers.amina,
            nu=nu,
            vraag=vraag_gegevens(gewenste_start=start),
        )
        doe_voorstel(vraag, spelers.egeltjes, nu)
        begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=nu)
    amina.get("/mijn/")

    with django_assert_num_queries(10):
        antwoord = amina.get("/mijn/")

    assert len(antwoord.context["vragen"]) == len(antwoord.context["concepten"]) == aantal


# One question


def test_question_needs_a_sign_in(client, vraag):
    for pad in ("", "stop/", "droevig-nieuws/", "geboorte/"):
        antwoord = client.get(f"/mijn/{vraag.referentie}/{pad}")
        assert antwoord["Location"].startswith("/accounts/login/?next=")


def test_question_of_another_family_does_not_exist(client, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)
    paden = [
        ("get", ""),
        ("post", f"voorstel/{voorstel.pk}/"),
        ("post", "bevestig/"),
        ("get", "geboorte/"),
        ("post", "geboorte/"),
        ("get", "stop/"),
        ("post", "stop/"),
        ("get", "droevig-nieuws/"),
        ("post", "droevig-nieuws/"),
    ]
    for vreemde in (spelers.bram, spelers.farid, spelers.dirk, spelers.ivo, spelers.carla):
        client.force_login(vreemde)
        for methode, pad in paden:
            antwoord = getattr(client, methode)(f"/mijn/{vraag.referentie}/{pad}")
            assert antwoord.status_code == 404, (vreemde, pad)

    vraag.refresh_from_db()
    voorstel.refresh_from_db()
    assert (vraag.status, voorstel.status) == ("actief", "open")


@pytest.mark.parametrize("referentie", ["ZZZZ-ZZZZ", "x", "%00", "7kq2-m9xd" * 40, "é"])
def test_question_that_never_was_does_not_exist(amina, referentie):
    assert amina.get(f"/mijn/{referentie}/").status_code == 404


def test_reference_may_be_typed_in_small_letters(amina, vraag):
    assert amina.get(f"/mijn/{vraag.referentie.lower()}/").status_code == 200


def test_second_parent_of_the_family_sees_it_too(client, spelers, vraag):
    Ouder.objects.create(
        gezin=vraag.kind.gezin,
        gebruiker=spelers.bram,
        voornaam="Bram",
        familienaam="Peeters",
        email="bram@voorbeeld.test",
    )
    client.force_login(spelers.bram)

    assert client.get(f"/mijn/{vraag.referentie}/").status_code == 200


def test_question_says_per_location_who_acts_by_when(amina, spelers, vraag, nu):
    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    termijn = timezone.localdate(nu) + dt.timedelta(days=14)
    assert [stand.etiket for stand in antwoord.context["locaties"]] == ["Verstuurd", "Verstuurd"]
    assert antwoord.context["locaties"][0].zin.startswith("Antwoordt voor ")
    assert [feit.op for feit in antwoord.context["straks"]] == [termijn]
    assert antwoord.context["kern"].zin == (
        "2 opvangplekken bekijken je vraag. Jij hoeft nu niets te doen."
    )
    assert antwoord.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_question_asks_as_much_of_the_database_for_one_as_for_three(
    amina, spelers, nu, start, django_assert_num_queries, aantal
):
    locaties = [maak_locatie(loket=spelers.loket) for _ in range(aantal)]
    vraag = maak_vraag(
        spelers.loket,
        locaties,
        gebruiker=spelers.amina,
        nu=nu,
        vraag=vraag_gegevens(gewenste_start=start),
    )
    for locatie in locaties:
        doe_voorstel(vraag, locatie, nu)
    amina.get("/mijn/")

    with django_assert_num_queries(18):
        antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert len(antwoord.context["boden"]) == aantal


def test_own_mails_are_listed_and_nobody_elses(amina, spelers, vraag, nu):
    zet_op_wachtlijst(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=nu)
    eigen = Bericht.objects.filter(ontvanger=spelers.amina)
    assert Bericht.objects.count() > eigen.count() == 2

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert {bericht.pk for bericht in antwoord.context["berichten"]} == {b.pk for b in eigen}
    for bericht in eigen:
        assert bericht.titel in antwoord.content.decode()


def test_refusal_shows_the_reason_and_the_words_of_the_provider(amina, spelers, vraag, nu):
    weiger(
        bij(vraag, spelers.egeltjes),
        reden=Weigerreden.VOLZET,
        door=spelers.farid,
        nu=nu,
        toelichting="Probeer het in juni nog eens.",
    )

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert (
        "De Egeltjes Geen plaats We zijn volzet in die periode. "
        "De opvang schrijft: “Probeer het in juni nog eens.”"
    ) in tekst(antwoord)


# An offer


def test_offer_comes_first_with_three_answers_and_what_follows(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu, toelichting="Kom gerust eens kijken.")

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    woorden = tekst(antwoord)
    assert antwoord.context["kop"] == "Dag Amina, er is een plaats"
    assert "Je vraag bij Het Zonnetje stopt." in woorden
    assert "Hou vast" not in woorden
    assert "Je andere vragen lopen verder. Dit heeft geen gevolgen." in woorden
    assert "Kom gerust eens kijken." in woorden
    assert "Dit voorstel is anders dan je vroeg." not in woorden
    assert re.findall(r'name="antwoord" value="(\w+)"', antwoord.content.decode()) == ["ja"]
    assert f"/voorstel/{voorstel.pk}/nee/" in antwoord.content.decode()
    assert antwoord.content.decode().count("kaart--zet") == 1
    eerste = antwoord.context["straks"][0]
    assert (eerste.op, eerste.zin) == (
        timezone.localdate(voorstel.geldig_tot) - dt.timedelta(days=1),
        "Laatste dag om De Egeltjes te antwoorden",
    )


def test_deviating_offer_says_what_was_asked(amina, spelers, vraag, nu):
    doe_voorstel(vraag, spelers.egeltjes, nu, rooster=Weekrooster.van_dagen(0))

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert "Dit voorstel is anders dan je vroeg." in tekst(antwoord)
    assert "maandag en dinsdag hele dag" in tekst(antwoord)


def test_shared_offer_says_that_the_first_gets_it(amina, spelers, vraag, nu):
    doe_voorstel(vraag, spelers.egeltjes, nu, reserveert=False)

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert "Wie eerst ja zegt, krijgt ze." in tekst(antwoord)


def test_only_offer_can_not_be_held(amina, spelers, baby, nu):
    doe_voorstel(baby, spelers.egeltjes, nu)

    antwoord = amina.get(f"/mijn/{baby.referentie}/")

    assert "/vasthouden/" not in antwoord.content.decode()


def test_two_offers_have_one_coral_card_the_most_urgent(amina, spelers, vraag, nu):
    later = doe_voorstel(vraag, spelers.egeltjes, nu, geldig_tot=nu + dt.timedelta(days=9))
    eerst = doe_voorstel(vraag, spelers.zonnetje, nu, geldig_tot=nu + dt.timedelta(days=2))

    antwoord = amina.get(f"/mijn/{vraag.referentie}/")

    assert [bod.voorstel for bod in antwoord.context["boden"]] == [eerst, later]
    assert antwoord.content.decode().count("kaart--zet") == 1


def test_accepting_places_the_child_and_stops_the_rest(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)

    antwoord = antwoord_op(amina, voorstel, antwoord="ja")

    vraag.refresh_from_db()
    assert vraag.status == "geplaatst"
    assert Plaatsing.objects.get().locatie == spelers.egeltjes
    assert bij(vraag, spelers.zonnetje).status == "vervallen_elders"
    assert meldingen(antwoord) == [
        "De plaats bij De Egeltjes is voor jullie. De opvang neemt contact met je op."
    ]
    assert antwoord.context["kop"] == "Lou Peeters heeft een plaats"
    assert [stand.etiket for stand in antwoord.context["locaties"]] == ["Jouw plaats", "Gestopt"]


def test_holding_keeps_the_place_and_the_other_wishes(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.zonnetje, nu)

    antwoord = antwoord_op(amina, voorstel, "vasthouden/", bij_einde="vrijgeven")

    voorstel.refresh_from_db()
    assert voorstel.status == "vastgehouden"
    assert bij(vraag, spelers.egeltjes).status == "verzonden"
    assert meldingen(antwoord) == ["Je houdt de plaats bij Het Zonnetje vast."]
    assert "Verander wat er op het einde gebeurt" in tekst(antwoord)
    assert 'value="ja"' in antwoord.content.decode()


@pytest.mark.parametrize(
    ("blijf", "status", "melding"),
    [
        (
            {},
            "geweigerd_door_ouder",
            "Je nam de plaats bij De Egeltjes niet. Dat heeft geen gevolgen voor je andere vragen.",
        ),
        (
            {"blijf": "ja"},
            "wachtlijst",
            "Je nam deze plaats niet. Je blijft op de wachtlijst van De Egeltjes.",
        ),
    ],
)
def test_declining_may_keep_the_place_in_the_queue(
    amina, spelers, vraag, nu, blijf, status, melding
):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)

    antwoord = antwoord_op(amina, voorstel, "nee/", **blijf)

    assert bij(vraag, spelers.egeltjes).status == status
    assert meldingen(antwoord) == [melding]


def test_offer_taken_back_meanwhile_is_refused_kindly(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)
    trek_voorstel_in(voorstel, door=spelers.farid, nu=nu)

    antwoord = antwoord_op(amina, voorstel, antwoord="ja")

    vraag.refresh_from_db()
    assert vraag.status == "actief"
    assert meldingen(antwoord) == ["Dat kan niet meer: de situatie is intussen veranderd."]


@pytest.mark.parametrize("pagina", ["vasthouden/", "nee/"])
def test_link_of_an_offer_that_ended_meanwhile_says_so(amina, spelers, vraag, nu, pagina):
    voorstel = doe_voorstel(vraag, spelers.zonnetje, nu)
    trek_voorstel_in(voorstel, door=spelers.farid, nu=nu)

    antwoord = amina.get(f"/mijn/{vraag.referentie}/voorstel/{voorstel.pk}/{pagina}", follow=True)

    assert antwoord.redirect_chain == [(f"/mijn/{vraag.referentie}/", 302)]
    assert meldingen(antwoord) == ["Dat kan niet meer: de situatie is intussen veranderd."]


def test_offer_past_its_deadline_is_refused_and_has_no_buttons(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)
    Voorstel.objects.filter(pk=voorstel.pk).update(geldig_tot=nu)

    pagina = amina.get(f"/mijn/{vraag.referentie}/")
    antwoord = antwoord_op(amina, voorstel, antwoord="ja")

    assert 'name="antwoord"' not in pagina.content.decode()
    assert "De tijd om te antwoorden is voorbij." in tekst(pagina)
    assert meldingen(antwoord) == [
        "De tijd om te antwoorden op dit voorstel is voorbij. Bel het loket als je nog wilt."
    ]
    assert Plaatsing.objects.count() == 0


def test_second_accept_is_refused_kindly(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)
    antwoord_op(amina, voorstel, antwoord="ja")

    antwoord = antwoord_op(amina, voorstel, antwoord="ja")

    assert meldingen(antwoord) == ["Je hebt voor dit kind al een plaats aanvaard."]
    assert Plaatsing.objects.count() == 1


def test_shared_place_that_is_gone_leaves_the_family_on_the_list(amina, spelers, vraag, nu):
    aanbod = maak_aanbod(spelers.egeltjes, 1, nu=nu)
    ander = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.bram,
        nu=nu,
        vraag=vraag_gegevens(gewenste_start=vraag.gewenste_start),
    )
    van_amina = maak_voorstel(bij(vraag, spelers.egeltjes), aanbod, nu=nu, reserveert=False)
    van_bram = maak_voorstel(bij(ander, spelers.egeltjes), aanbod, nu=nu, reserveert=False)
    bram = Client()
    bram.force_login(spelers.bram)
    antwoord_op(bram, van_bram, antwoord="ja")

    antwoord = antwoord_op(amina, van_amina, antwoord="ja")

    assert meldingen(antwoord) == [
        (
            "Een ander gezin heeft deze plaats net voor jou genomen. Dat spijt ons. "
            "Je vraag blijft bij deze opvang op de wachtlijst staan."
        )
    ]
    assert antwoord.context["locaties"][0].etiket == "Op de wachtlijst"
    assert "Een ander gezin nam de plaats bij De Egeltjes" in tekst(antwoord)


def test_offer_of_another_family_can_not_be_accepted_through_an_own_question(
    amina, spelers, vraag, nu, start
):
    ander = maak_vraag(
        spelers.loket,
        [spelers.zonnetje],
        gebruiker=spelers.bram,
        nu=nu,
        vraag=vraag_gegevens(gewenste_start=start),
    )
    voorstel = doe_voorstel(ander, spelers.zonnetje, nu)

    antwoord = amina.post(f"/mijn/{vraag.referentie}/voorstel/{voorstel.pk}/", {"antwoord": "ja"})

    voorstel.refresh_from_db()
    assert antwoord.status_code == 404
    assert voorstel.status == "open"


def test_offer_is_answered_at_its_own_question(amina, spelers, vraag, baby, nu):
    voorstel = doe_voorstel(baby, spelers.egeltjes, nu)

    antwoord = amina.post(f"/mijn/{vraag.referentie}/voorstel/{voorstel.pk}/", {"antwoord": "ja"})

    voorstel.refresh_from_db()
    assert (antwoord.status_code, voorstel.status) == (404, "open")


@pytest.mark.parametrize("gegevens", [{}, {"antwoord": ""}, {"antwoord": "nee"}])
def test_answer_that_never_was_is_told(amina, spelers, vraag, nu, gegevens):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)

    antwoord = antwoord_op(amina, voorstel, **gegevens)

    voorstel.refresh_from_db()
    assert meldingen(antwoord) == ["Kies een antwoord bij het voorstel."]
    assert voorstel.status == "open"


def test_link_alone_answers_nothing(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)

    for pad in (f"voorstel/{voorstel.pk}/", "bevestig/"):
        assert amina.get(f"/mijn/{vraag.referentie}/{pad}").status_code == 405


# Keeping it true


def test_old_question_asks_whether_it_is_still_true(amina, spelers, vraag, nu):
    Opvangvraag.objects.filter(pk=vraag.pk).update(laatst_bevestigd=nu - dt.timedelta(days=90))

    voor = amina.get(f"/mijn/{vraag.referentie}/")
    na = amina.post(f"/mijn/{vraag.referentie}/bevestig/", follow=True)

    assert "Klopt je vraag nog?" in tekst(voor)
    assert meldingen(na) == ["Dank je. We weten dat je vraag nog klopt."]
    assert "Klopt je vraag nog?" not in tekst(na)
    assert Gebeurtenis.objects.filter(
        werkwoord="aanvragen.vraag.bevestigd", door=spelers.amina
    ).exists()


def test_term_of_the_loket_decides_when_to_ask(amina, spelers, vraag, nu):
    Loket.objects.filter(pk=spelers.loket.pk).update(bevestigingstermijn=100)
    Opvangvraag.objects.filter(pk=vraag.pk).update(laatst_bevestigd=nu - dt.timedelta(days=90))

    assert amina.get(f"/mijn/{vraag.referentie}/").context["vraag_na"] is False


def test_ended_question_is_not_confirmed(amina, spelers, vraag, nu):
    trek_in(vraag, door=spelers.amina, nu=nu)

    antwoord = amina.post(f"/mijn/{vraag.referentie}/bevestig/", follow=True)

    assert meldingen(antwoord) == ["Dat kan niet."]


def test_birth_gives_the_child_its_name_and_day(amina, baby, nu):
    geboren = timezone.localdate(nu) - dt.timedelta(days=1)

    antwoord = amina.post(
        f"/mijn/{baby.referentie}/geboorte/",
        {"voornaam": "Noa", **datum("geboortedatum", geboren)},
        follow=True,
    )

    baby.kind.refresh_from_db()
    assert (baby.kind.voornaam, baby.kind.geboortedatum) == ("Noa", geboren)
    assert meldingen(antwoord) == ["Proficiat met Noa! We hebben de geboortedatum genoteerd."]
    assert "Mijn kind is geboren" not in tekst(antwoord)


@pytest.mark.parametrize(
    ("dagen", "fout"),
    [
        (1, "Deze dag moet nog komen. Vul de dag in waarop je kind geboren is."),
        (
            -200,
            (
                "Deze dag ligt ver van de datum die we verwachtten. "
                "Kijk de datum na, of bel het loket."
            ),
        ),
    ],
)
def test_birth_on_an_unlikely_day_is_asked_again(amina, baby, nu, dagen, fout):
    dag = timezone.localdate(nu) + dt.timedelta(days=dagen)

    antwoord = amina.post(
        f"/mijn/{baby.referentie}/geboorte/",
        {"voornaam": "Noa", **datum("geboortedatum", dag)},
    )

    baby.kind.refresh_from_db()
    assert antwoord.status_code == 422
    assert list(antwoord.context["form"]["geboortedatum"].errors) == [fout]
    assert "<title>Fout: " in antwoord.content.decode()
    assert antwoord.context["form"]["voornaam"].value() == "Noa"
    assert baby.kind.geboortedatum is None


def test_birth_needs_both_answers(amina, baby):
    antwoord = amina.post(f"/mijn/{baby.referentie}/geboorte/", {})

    assert antwoord.status_code == 422
    assert sorted(antwoord.context["form"].errors) == ["geboortedatum", "voornaam"]


def test_birth_is_told_once(amina, vraag):
    assert "Mijn kind is geboren" not in tekst(amina.get(f"/mijn/{vraag.referentie}/"))
    antwoord = amina.post(
        f"/mijn/{vraag.referentie}/geboorte/",
        {"voornaam": "Ander", **datum("geboortedatum", vraag.kind.geboortedatum)},
    )

    vraag.kind.refresh_from_db()
    assert antwoord["Location"] == f"/mijn/{vraag.referentie}/"
    assert vraag.kind.voornaam == "Lou"


def test_birth_of_an_ended_question_is_not_asked(amina, spelers, baby, nu):
    trek_in(baby, door=spelers.amina, nu=nu)

    assert amina.get(f"/mijn/{baby.referentie}/geboorte/").status_code == 302


# Stopping


def test_stopping_asks_first_and_tells_the_rest(amina, spelers, vraag):
    vooraf = amina.get(f"/mijn/{vraag.referentie}/stop/")
    vraag.refresh_from_db()
    assert vraag.status == "actief"
    antwoord = amina.post(f"/mijn/{vraag.referentie}/stop/", follow=True)

    vraag.refresh_from_db()
    assert "Stop je deze vraag?" in tekst(vooraf)
    assert vraag.status == "ingetrokken"
    assert meldingen(antwoord) == ["Je vraag is gestopt. Je krijgt er geen berichten meer over."]
    assert [stand.etiket for stand in antwoord.context["locaties"]] == ["Gestopt", "Gestopt"]
    assert "Stop mijn vraag" not in tekst(antwoord)


def test_stopping_after_a_placement_gives_the_place_back(amina, spelers, vraag, nu):
    voorstel = doe_voorstel(vraag, spelers.egeltjes, nu)
    antwoord_op(amina, voorstel, antwoord="ja")

    vooraf = amina.get(f"/mijn/{vraag.referentie}/stop/")
    amina.post(f"/mijn/{vraag.referentie}/stop/")

    vraag.refresh_from_db()
    voorstel.plaatsaanbod.refresh_from_db()
    assert "Je geeft dan je plaats bij De Egeltjes terug" in tekst(vooraf)
    assert (vraag.status, vraag.vervalreden) == ("vervallen", "niet_meer_nodig")
    assert sum(voorstel.plaatsaanbod.ingenomen) == 0


def test_stopping_twice_leads_back(amina, vraag):
    amina.post(f"/mijn/{vraag.referentie}/stop/")

    assert amina.get(f"/mijn/{vraag.referentie}/stop/").status_code == 302
    assert amina.post(f"/mijn/{vraag.referentie}/stop/").status_code == 302


def test_sad_news_asks_nothing_and_then_there_is_silence(amina, spelers, baby, nu):
    doe_voorstel(baby, spelers.egeltjes, nu)
    Bericht.objects.all().delete()

    vooraf = amina.get(f"/mijn/{baby.referentie}/droevig-nieuws/").content.decode()
    antwoord = amina.post(f"/mijn/{baby.referentie}/droevig-nieuws/", follow=True)

    baby.refresh_from_db()
    assert (baby.status, baby.vervalreden) == ("vervallen", "droevig_nieuws")
    assert re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', vooraf) == [
        "csrfmiddlewaretoken"
    ]
    assert not Bericht.objects.filter(aan=spelers.amina.email).exists()
    stil = antwoord.content.decode()
    assert "Deze vraag is gestopt" in stil
    for woord in ("Peeters", "baby", "Verwacht", "Verloop", "droevig", "Stop"):
        assert woord not in stil


def test_sad_news_after_a_placement_frees_the_place(amina, spelers, baby, nu):
    voorstel = doe_voorstel(baby, spelers.egeltjes, nu)
    antwoord_op(amina, voorstel, antwoord="ja")

    amina.post(f"/mijn/{baby.referentie}/droevig-nieuws/")

    voorstel.plaatsaanbod.refresh_from_db()
    assert sum(voorstel.plaatsaanbod.ingenomen) == 0


def test_sad_news_of_a_stopped_question_changes_nothing(amina, spelers, vraag, nu):
    trek_in(vraag, door=spelers.amina, nu=nu)

    vooraf = amina.get(f"/mijn/{vraag.referentie}/droevig-nieuws/")
    antwoord = amina.post(f"/mijn/{vraag.referentie}/droevig-nieuws/", follow=True)

    vraag.refresh_from_db()
    assert vooraf.status_code == 302
    assert vraag.status == "ingetrokken"
    assert meldingen(antwoord) == ["Dat kan niet meer: de situatie is intussen veranderd."]


# What is stored, and who looked


def test_my_data_shows_what_is_stored(amina, spelers, vraag):
    antwoord = amina.get("/mijn/gegevens/")

    woorden = tekst(antwoord)
    ouder = Ouder.objects.get(gebruiker=spelers.amina)
    for verwacht in (
        f"Amina {ouder.familienaam}",
        "amina@voorbeeld.test",
        "Dorpsstraat 1",
        "Lou Peeters",
        vraag.referentie,
        "Ik kan onverwacht beginnen werken",
        "Nog niemand opende je aanvraag.",
    ):
        assert verwacht in woorden


def test_my_data_of_who_never_asked(amina):
    antwoord = amina.get("/mijn/gegevens/")

    assert "We bewaren alleen je e-mailadres." in tekst(antwoord)
    assert "amina@voorbeeld.test" in tekst(antwoord)


def test_my_data_shows_who_looked_without_their_address(amina, spelers, vraag, nu):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram, nu=nu)
    naamloos = maak_gebruiker("geheim.adres@voorbeeld.test")
    leg_inzage_vast(vraag, door=spelers.carla, nu=nu, reden="ouder belde")
    leg_inzage_vast(bij(vraag, spelers.egeltjes), door=spelers.farid, nu=nu)
    leg_inzage_vast(vraag, door=naamloos, nu=nu)
    leg_inzage_vast(vraag, door=spelers.amina, nu=nu)
    leg_inzage_vast(ander, door=spelers.dirk, nu=nu)

    antwoord = amina.get("/mijn/gegevens/")

    assert [(b.wie, b.namens, b.reden) for b in antwoord.context["inzagen"]] == [
        ("Een medewerker", "", ""),
        ("Farid", "Egel vzw", ""),
        ("Carla", "Loketmedewerker, Loket Wilgenrade", "ouder belde"),
    ]
    assert "geheim.adres" not in antwoord.content.decode()


def test_my_data_is_silent_about_sad_news(amina, spelers, baby, nu):
    leg_inzage_vast(baby, door=spelers.carla, nu=nu)
    laat_vervallen(baby, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=nu)

    antwoord = amina.get("/mijn/gegevens/")

    assert baby.referentie not in antwoord.content.decode()
    assert "We bewaren ook 1 vraag die gestopt is." in tekst(antwoord)
    assert antwoord.context["inzagen"] == []


@pytest.mark.parametrize("aantal", [1, 3])
def test_my_data_asks_as_much_of_the_database_for_one_as_for_three(
    amina, spelers, nu, django_assert_num_queries, aantal
):
    kijkers = [spelers.farid, spelers.carla, spelers.greet][:aantal]
    for kijker in kijkers:
        vraag = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, nu=nu)
        leg_inzage_vast(vraag, door=kijker, nu=nu)
    amina.get("/mijn/")

    with django_assert_num_queries(13):
        antwoord = amina.get("/mijn/gegevens/")

    assert len(antwoord.context["vragen"]) == len(antwoord.context["inzagen"]) == aantal


def test_pages_are_not_kept_by_the_browser(amina, vraag):
    for pad in ("/mijn/", "/mijn/gegevens/", f"/mijn/{vraag.referentie}/"):
        assert "no-store" in amina.get(pad)["Cache-Control"]


def test_twins_are_followed_apart(amina, spelers, nu, start):
    kinderen = tuple(
        kind_gegevens(
            voornaam=naam,
            familienaam="Peeters",
            geboortedatum=timezone.localdate(nu) - dt.timedelta(days=60),
        )
        for naam in ("Lou", "Noa")
    )
    maak_vragen(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        nu=nu,
        kinderen=kinderen,
        vraag=vraag_gegevens(gewenste_start=start, rooster=MA_DI.masker),
    )

    woorden = tekst(amina.get("/mijn/"))

    assert "Lou Peeters" in woorden
    assert "Noa Peeters" in woorden
