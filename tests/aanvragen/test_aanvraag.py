"""The question pages over HTTP: kept at every step, resumed, checked, and sent once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aanvragen.domain.concept import MAX_CONCEPTEN, MAX_LOCATIES
from aanvragen.models import Concept, Opvangvraag, Ouder
from loket.models import Bericht, Gebruiker, Loket
from tests.aanvragen.invullen import (
    STAPPEN,
    antwoorden,
    begin,
    concept,
    datum,
    over,
    url,
    vul_in,
)
from tests.fabrieken import maak_locatie, maak_vraag

pytestmark = pytest.mark.django_db


def titel(antwoord) -> str:
    gevonden = re.search(r"<title>(.*?)</title>", antwoord.content.decode(), re.DOTALL)
    assert gevonden
    return " ".join(gevonden[1].split())


def tekst(antwoord) -> str:
    """The words inside <main>."""
    html = antwoord.content.decode()
    inhoud = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(inhoud.split())


def meldingen(antwoord) -> list[str]:
    return [str(bericht) for bericht in antwoord.context["messages"]]


def code_uit_de_mail() -> str:
    gevonden = re.search(r"\d{4}-?\d{4}", Bericht.objects.filter(gevoelig=True).latest("pk").tekst)
    assert gevonden
    return gevonden[0]


# Beginning


def test_begin_says_what_a_request_takes(client, spelers):
    antwoord = client.get("/aanvraag/")

    assert titel(antwoord) == "Opvang aanvragen – Lokaal Loket Kinderopvang"
    assert "Ongeveer tien minuten." in tekst(antwoord)
    assert "Dit vragen we, in 7 stappen 1" not in tekst(antwoord)
    assert Concept.objects.count() == 0


def test_begin_without_any_loket_says_so(client, db):
    antwoord = client.get("/aanvraag/")

    assert "Online opvang vragen kan hier nog niet." in tekst(antwoord)
    assert client.post("/aanvraag/")["Location"] == "/aanvraag/"
    assert Concept.objects.count() == 0


def test_looking_makes_no_draft_and_pressing_begin_does(client, spelers):
    sleutel = begin(client)

    gemaakt = Concept.objects.get()
    assert str(gemaakt.sleutel) == sleutel
    assert gemaakt.gebruiker is None
    assert client.session["concepten"] == [sleutel]


def test_begin_takes_the_locations_chosen_while_searching(client, spelers):
    sessie = client.session
    sessie["gekozen_locaties"] = [spelers.zonnetje.pk, spelers.egeltjes.pk]
    sessie.save()

    sleutel = begin(client)
    antwoord = client.get(url(sleutel, "opvang"))

    assert concept(sleutel).loket == spelers.loket
    assert antwoord.context["gekozen"] == [spelers.zonnetje, spelers.egeltjes]


def test_begin_starts_at_the_loket_of_the_chosen_location(client, spelers):
    ver = maak_locatie(loket=spelers.ander_loket)
    sessie = client.session
    sessie["gekozen_locaties"] = [ver.pk]
    sessie.save()

    assert concept(begin(client)).loket == spelers.ander_loket


@pytest.mark.parametrize(
    "rommel", ["geen lijst", {"a": 1}, [None, "x", -1, 1.5, [], 10**40], [0, 999_999_999_999]]
)
def test_begin_survives_a_session_full_of_rubbish(client, spelers, rommel):
    sessie = client.session
    sessie["gekozen_locaties"] = rommel
    sessie.save()

    sleutel = begin(client)

    assert client.get(url(sleutel, "opvang")).status_code == 200


def test_begin_refuses_a_sixth_draft(client, spelers):
    for _ in range(MAX_CONCEPTEN):
        begin(client)

    antwoord = client.post("/aanvraag/", follow=True)

    assert Concept.objects.count() == MAX_CONCEPTEN
    assert meldingen(antwoord) == [
        (
            "Je hebt al veel aanvragen die niet af zijn. "
            "Ga verder met een ervan, of gooi er eerst een weg."
        )
    ]


# The list of pages


def test_list_shows_how_far_each_page_is(client, spelers):
    sleutel = begin(client)
    goed = antwoorden(spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "wie"), goed["wie"])
    client.post(url(sleutel, "dagen"), {"wisselend": "nee"})

    antwoord = client.get("/aanvraag/")

    assert [(taak.stap.slug, taak.stand.value) for taak in antwoord.context["taken"]] == [
        ("wie", "klaar"),
        ("kind", "nieuw"),
        ("wanneer", "nieuw"),
        ("dagen", "bezig"),
        ("opvang", "nieuw"),
        ("situatie", "nieuw"),
    ]
    assert antwoord.context["verder_url"] == url(sleutel, "kind")
    assert antwoord.context["laatste_url"] == ""
    assert "1 van 7 stappen klaar" in tekst(antwoord)


def test_list_of_a_complete_request_leads_to_the_check(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.get(url(sleutel, "taken"))

    assert antwoord.context["laatste_url"] == url(sleutel, "controleer")
    assert titel(antwoord).startswith("Je aanvraag voor Sami –")


def test_list_says_until_when_the_answers_are_kept(client, spelers):
    Loket.objects.filter(pk=spelers.loket.pk).update(conceptdagen=3)
    sleutel = begin(client)

    antwoord = client.get(url(sleutel, "taken"))

    gemaakt = concept(sleutel)
    assert antwoord.context["bewaard_tot"] == gemaakt.gewijzigd_op + dt.timedelta(days=3)


def test_list_shows_the_other_drafts(client, spelers):
    oudste = begin(client)
    nieuwste = begin(client)

    antwoord = client.get("/aanvraag/")

    assert str(antwoord.context["concept"].sleutel) == nieuwste
    assert [str(ander.sleutel) for ander in antwoord.context["andere"]] == [oudste]


# One page


@pytest.mark.parametrize(
    ("nummer", "slug", "vraag"),
    [
        (1, "wie", "Wie ben je?"),
        (2, "kind", "Voor wie zoek je opvang?"),
        (3, "wanneer", "Wanneer heb je opvang nodig?"),
        (4, "dagen", "Welke dagen heb je opvang nodig?"),
        (5, "opvang", "Waar wil je opvang?"),
        (6, "situatie", "Wat moeten we nog weten?"),
    ],
)
def test_page_says_its_question_and_its_number(client, spelers, nummer, slug, vraag):
    sleutel = begin(client)

    antwoord = client.get(url(sleutel, slug))

    html = antwoord.content.decode()
    assert titel(antwoord).startswith(f"Stap {nummer} van 7: {vraag} –")
    assert html.count("<h1>") == 1
    assert f"<h1>{vraag}</h1>" in html
    assert f"Stap {nummer} van 7" in tekst(antwoord)


@pytest.mark.parametrize("slug", STAPPEN[:-1])
def test_wrong_page_comes_back_with_a_summary_and_everything_typed(client, spelers, slug):
    sleutel = begin(client)
    onzin = {
        "wie": {"voornaam": "Nora", "email": "nora@"},
        "kind": {"aantal": "1", "familienaam_0": "Haddad", "datum_0_dag": "32"},
        "wanneer": {"start_dag": "1", "start_maand": "brumaire", "start_jaar": "2027"},
        "dagen": {"wisselend": "ja"},
        "opvang": {"keuze": "zelf", "vormwens": "gezinsopvang"},
    }[slug]

    antwoord = client.post(url(sleutel, slug), onzin)

    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: Stap ")
    assert 'class="foutlijst"' in html
    for anker in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{anker}"' in html
    bewaard = concept(sleutel).gegevens[slug]
    for naam, waarde in onzin.items():
        assert bewaard[naam] == [waarde]


def test_good_page_leads_to_the_next_one(client, spelers):
    sleutel = begin(client)
    goed = antwoorden(spelers.loket, [spelers.egeltjes])

    gegaan = [client.post(url(sleutel, slug), goed[slug])["Location"] for slug in STAPPEN]

    assert gegaan == [
        *[url(sleutel, slug) for slug in STAPPEN[1:]],
        url(sleutel, "controleer"),
    ]


def test_page_shows_what_was_saved_and_back_leads_to_the_one_before(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.get(url(sleutel, "kind"))

    assert antwoord.context["form"]["voornaam_0"].value() == "Sami"
    assert antwoord.context["vorige_url"] == url(sleutel, "wie")
    assert client.get(url(sleutel, "wie")).context["vorige_url"] == url(sleutel, "taken")


def test_half_page_is_saved_without_blame(client, spelers):
    sleutel = begin(client)

    antwoord = client.post(
        url(sleutel, "wie"), {"voornaam": "Nora", "actie": "bewaar"}, follow=True
    )

    assert antwoord.redirect_chain == [(f"/aanvraag/{sleutel}/bewaren/", 302)]
    assert meldingen(antwoord) == ["Bewaard. Je kunt later verder gaan waar je was."]
    terug = client.get(url(sleutel, "wie"))
    assert terug.context["form"]["voornaam"].value() == "Nora"
    assert "foutlijst" not in terug.content.decode()
    assert titel(terug).startswith("Stap 1 van 7")


def test_nothing_but_the_questions_is_kept(client, spelers):
    sleutel = begin(client)

    client.post(
        url(sleutel, "wie"), {"voornaam": "Nora", "is_staff": "1", "csrfmiddlewaretoken": "x"}
    )

    assert concept(sleutel).gegevens == {"wie": {"voornaam": ["Nora"]}}


def test_address_decides_which_loket_helps(client, spelers):
    sleutel = begin(client)
    assert concept(sleutel).loket == spelers.loket

    client.post(url(sleutel, "wie"), antwoorden(spelers.ander_loket, [spelers.egeltjes])["wie"])

    assert concept(sleutel).loket == spelers.ander_loket
    assert "Loket Elders" in client.get(url(sleutel, "kind")).content.decode()


def test_one_more_child_and_one_less_without_javascript(client, spelers):
    sleutel = begin(client)
    kind = antwoorden(spelers.loket, [spelers.egeltjes])["kind"]

    erbij = client.post(url(sleutel, "kind"), {**kind, "actie": "nog-een"})
    twee = client.get(url(sleutel, "kind"))
    eraf = client.post(
        url(sleutel, "kind"), {**kind, "aantal": "2", "actie": "verwijder-1", "voornaam_1": "Lou"}
    )

    assert erbij["Location"] == url(sleutel, "kind") + "#kind-2"
    assert [blok.nummer for blok in twee.context["form"].blokken()] == [1, 2]
    assert eraf["Location"] == url(sleutel, "kind") + "#kind-1"
    assert concept(sleutel).gegevens["kind"]["voornaam_0"] == ["Lou"]


# Wishes


@pytest.fixture
def drie(spelers):
    return [spelers.egeltjes, spelers.zonnetje, maak_locatie("Merelnest", loket=spelers.loket)]


@pytest.mark.parametrize(
    ("actie", "op", "volgorde"),
    [
        ("omhoog", 2, [0, 2, 1]),
        ("omhoog", 0, [0, 1, 2]),
        ("omlaag", 0, [1, 0, 2]),
        ("omlaag", 2, [0, 1, 2]),
        ("verwijder", 1, [0, 2]),
    ],
)
def test_wishes_move_by_buttons(client, spelers, drie, actie, op, volgorde):
    sleutel = begin(client)
    gegevens = {"keuze": "zelf", "locatie": [locatie.pk for locatie in drie]}

    antwoord = client.post(url(sleutel, "opvang"), {**gegevens, "actie": f"{actie}-{drie[op].pk}"})

    assert antwoord.status_code == 302
    assert concept(sleutel).gegevens["opvang"]["locatie"] == [str(drie[nr].pk) for nr in volgorde]
    gekozen = client.get(url(sleutel, "opvang")).context["gekozen"]
    assert gekozen == [drie[nr] for nr in volgorde]


def test_search_on_the_page_finds_and_adds(client, spelers, drie):
    sleutel = begin(client)

    gezocht = client.post(
        url(sleutel, "opvang"),
        {"keuze": "zelf", "vormwens": "gezinsopvang", "zoek": "merel", "actie": "zoek"},
    )
    gevonden = client.get(gezocht["Location"].partition("#")[0])
    client.post(
        gezocht["Location"],
        {"keuze": "zelf", "vormwens": "gezinsopvang", "actie": f"voeg-toe-{drie[2].pk}"},
    )

    assert gezocht["Location"] == url(sleutel, "opvang") + "?zoek=merel#treffers"
    assert gevonden.context["treffers"] == [drie[2]]
    assert concept(sleutel).gegevens["opvang"] == {
        "keuze": ["zelf"],
        "vormwens": ["gezinsopvang"],
        "locatie": [str(drie[2].pk)],
    }


def test_search_without_hits_says_so(client, spelers):
    sleutel = begin(client)

    antwoord = client.get(url(sleutel, "opvang") + "?zoek=bestaatniet")

    assert "We vinden geen opvang met “bestaatniet”." in tekst(antwoord)


def test_enter_key_searches_in_the_box_and_goes_on_elsewhere(client, spelers):
    sleutel = begin(client)
    gegevens = {"keuze": "zelf", "locatie": spelers.egeltjes.pk, "actie": "enter"}

    in_het_vak = client.post(url(sleutel, "opvang"), {**gegevens, "zoek": "zon"})
    elders = client.post(url(sleutel, "opvang"), {**gegevens, "zoek": " "})

    assert in_het_vak["Location"] == url(sleutel, "opvang") + "?zoek=zon#treffers"
    assert elders["Location"] == url(sleutel, "situatie")


def test_hidden_location_is_not_added(client, spelers):
    verborgen = maak_locatie("Geheim", loket=spelers.loket, zichtbaar=False)
    sleutel = begin(client)

    client.post(url(sleutel, "opvang"), {"keuze": "zelf", "actie": f"voeg-toe-{verborgen.pk}"})

    assert concept(sleutel).gegevens["opvang"] == {"keuze": ["zelf"]}
    assert "Geheim" not in client.get(url(sleutel, "opvang") + "?zoek=geheim").content.decode()


def test_list_of_wishes_has_an_end(client, spelers):
    vol = [maak_locatie(loket=spelers.loket) for _ in range(MAX_LOCATIES)]
    sleutel = begin(client)

    antwoord = client.post(
        url(sleutel, "opvang"),
        {
            "keuze": "zelf",
            "locatie": [locatie.pk for locatie in vol],
            "actie": f"voeg-toe-{spelers.egeltjes.pk}",
        },
        follow=True,
    )

    assert meldingen(antwoord) == [f"Je koos al {MAX_LOCATIES} plekken. Haal er eerst een weg."]
    assert antwoord.context["gekozen"] == vol


def test_what_is_chosen_while_searching_later_joins_the_wishes_once(client, spelers):
    sleutel = begin(client)
    client.post(url(sleutel, "opvang"), {"keuze": "zelf", "locatie": spelers.egeltjes.pk})
    sessie = client.session
    sessie["gekozen_locaties"] = [spelers.zonnetje.pk]
    sessie.save()

    lijst = client.get(url(sleutel, "taken"))
    pagina = client.get(url(sleutel, "opvang"))
    client.post(url(sleutel, "opvang"), {"keuze": "zelf", "locatie": spelers.egeltjes.pk})
    daarna = client.get(url(sleutel, "opvang"))

    assert lijst.context["nieuw_gekozen"] == 1
    assert pagina.context["gekozen"] == [spelers.egeltjes, spelers.zonnetje]
    assert daarna.context["gekozen"] == [spelers.egeltjes]


# Whose draft


def test_draft_of_another_browser_does_not_exist(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    vreemde = Client()

    for stap in ("taken", "controleer", "versturen", "weggooien", *STAPPEN):
        assert vreemde.get(url(sleutel, stap)).status_code == 404
    assert vreemde.post(url(sleutel, "wie"), {"voornaam": "Boef"}).status_code == 404
    assert vreemde.post(url(sleutel, "controleer"), {"akkoord": "on"}).status_code == 404
    assert concept(sleutel).gegevens["wie"]["voornaam"] == ["Nora"]


def test_draft_of_another_parent_does_not_exist(client, spelers):
    client.force_login(spelers.amina)
    sleutel = begin(client)
    bram = Client()
    bram.force_login(spelers.bram)

    assert bram.get(url(sleutel, "taken")).status_code == 404
    assert client.get(url(sleutel, "taken")).status_code == 200


def test_key_in_the_session_gives_no_draft_of_somebody_else(client, spelers):
    eigenares = Client()
    eigenares.force_login(spelers.amina)
    sleutel = begin(eigenares)
    sessie = client.session
    sessie["concepten"] = [sleutel]
    sessie.save()

    assert client.get(url(sleutel, "taken")).status_code == 404


def test_draft_follows_who_signs_in(client, spelers):
    sleutel = begin(client)
    client.force_login(spelers.amina)

    client.get(url(sleutel, "taken"))

    assert concept(sleutel).gebruiker == spelers.amina
    elders = Client()
    elders.force_login(spelers.amina)
    assert elders.get("/aanvraag/").context["concept"] == concept(sleutel)


def test_draft_of_the_counter_is_not_the_parents(client, spelers):
    van_balie = Concept.objects.create(
        loket=spelers.loket, gebruiker=spelers.amina, ingevoerd_door=spelers.carla
    )
    client.force_login(spelers.amina)

    assert client.get(url(str(van_balie.sleutel), "taken")).status_code == 404


def test_throwing_away_asks_first(client, spelers):
    sleutel = begin(client)

    vraag = client.get(url(sleutel, "weggooien"))
    assert Concept.objects.count() == 1
    gedaan = client.post(url(sleutel, "weggooien"), follow=True)

    assert titel(vraag).startswith("Aanvraag weggooien")
    assert Concept.objects.count() == 0
    assert client.session["concepten"] == []
    assert meldingen(gedaan) == ["Je aanvraag is weggegooid. We bewaren er niets van."]


# What is known is not asked again


def test_parent_who_asked_before_types_nothing_twice(client, spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina)
    eerder = Ouder.objects.get(gebruiker=spelers.amina)
    client.force_login(spelers.amina)
    sleutel = begin(client)

    wie = client.get(url(sleutel, "wie")).context["form"]
    kind = client.get(url(sleutel, "kind")).context["form"]
    situatie = client.get(url(sleutel, "situatie")).context["form"]

    assert wie["familienaam"].value() == eerder.familienaam
    assert wie["gemeente"].value() == str(eerder.gezin.gemeente_id)
    assert "email" not in wie.fields
    assert kind["familienaam_0"].value() == eerder.gezin.kinderen.get().familienaam
    assert situatie["taal"].value() == ""


def test_parent_who_never_asked_starts_empty(client, spelers):
    client.force_login(spelers.bram)
    sleutel = begin(client)

    assert client.get(url(sleutel, "wie")).context["form"]["voornaam"].value() is None


# Checking


def test_check_shows_every_answer_with_a_way_back(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes, spelers.zonnetje])

    antwoord = client.get(url(sleutel, "controleer"))

    html = antwoord.content.decode()
    assert titel(antwoord).startswith("Stap 7 van 7: Klopt alles? –")
    assert "Nora Haddad" in html
    wijzig = re.findall(
        r'<a\s+href="([^"]+)"\s*>\s*Wijzig\s*<span class="vh">\s*([^<]+?)\s*</span>\s*</a>', html
    )
    assert (f"{url(sleutel, 'wie')}?terug=controleer#id_voornaam", "je naam") in wijzig
    assert (f"{url(sleutel, 'wanneer')}?terug=controleer#id_start_dag", "de startdatum") in wijzig
    assert len({wat for _url, wat in wijzig}) == len(wijzig)
    for adres, _wat in wijzig:
        pagina = client.get(adres.partition("#")[0]).content.decode()
        assert f'id="{adres.partition("#")[2]}"' in pagina


def test_changing_one_answer_returns_to_the_check(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    dagen = antwoorden(spelers.loket, [spelers.egeltjes])["dagen"]

    pagina = client.get(url(sleutel, "dagen") + "?terug=controleer")
    fout = client.post(url(sleutel, "dagen"), {"wisselend": "nee", "terug": "controleer"})
    goed = client.post(url(sleutel, "dagen"), {**dagen, "terug": "controleer"})

    assert pagina.context["vorige_url"] == url(sleutel, "controleer")
    assert (fout.status_code, fout.context["terug"]) == (422, True)
    assert goed["Location"] == url(sleutel, "controleer")


def test_check_of_an_incomplete_request_leads_to_what_is_missing(client, spelers):
    sleutel = begin(client)

    nieuw = client.get(url(sleutel, "controleer"), follow=True)

    assert nieuw.redirect_chain == [(url(sleutel, "wie") + "?terug=controleer", 302)]
    assert meldingen(nieuw) == ["Eerst nog dit: Wie ben je?"]
    assert "foutlijst" not in nieuw.content.decode()


def test_answer_that_became_wrong_is_told_before_sending(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    baby = {"geboren_0": "nee", "voornaam_0": "", **datum("datum_0", over(200))}
    kind = antwoorden(spelers.loket, [], kind=baby)["kind"]
    client.post(url(sleutel, "kind"), {**kind, "terug": "controleer"})

    antwoord = client.get(url(sleutel, "controleer"), follow=True)

    assert antwoord.redirect_chain == [
        (url(sleutel, "wanneer") + "?terug=controleer&nakijken=1", 302)
    ]
    assert titel(antwoord).startswith("Fout: Stap 3 van 7")
    assert "Je startdatum ligt voor de geboorte. Kies een latere datum." in tekst(antwoord)


def test_sending_needs_the_consent(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.post(url(sleutel, "controleer"), {})

    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: Stap 7 van 7")
    assert 'href="#id_akkoord"' in antwoord.content.decode()
    assert Opvangvraag.objects.count() == 0


def test_check_can_be_left_for_later(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.post(url(sleutel, "controleer"), {"actie": "bewaar"})

    assert antwoord["Location"] == f"/aanvraag/{sleutel}/bewaren/"
    assert "controleer" not in concept(sleutel).gegevens


# Sending


def test_visitor_sends_after_confirming_the_address(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.zonnetje, spelers.egeltjes])

    naar_code = client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    assert Opvangvraag.objects.count() == 0
    klaar = client.post(naar_code["Location"], {"code": code_uit_de_mail()}, follow=True)

    assert klaar.redirect_chain == [
        (url(sleutel, "versturen"), 302),
        (url(sleutel, "verstuurd"), 302),
    ]
    vraag = Opvangvraag.objects.get()
    nora = Gebruiker.objects.get(email="nora@voorbeeld.test")
    assert vraag.aanvrager.gebruiker == nora
    assert vraag.kanaal == "online"
    assert vraag.toestemming_versie == "2026-11"
    assert (vraag.rooster, vraag.flexibel_weken, vraag.flexibel_dagen) == (0b111, 2, True)
    assert list(vraag.aanmeldingen.values_list("locatie", flat=True)) == [
        spelers.zonnetje.pk,
        spelers.egeltjes.pk,
    ]
    assert concept(sleutel).gegevens == {"verstuurd": {"referentie": [vraag.referentie]}}
    assert vraag.referentie in tekst(klaar)
    assert "de opvang die je koos" not in tekst(klaar)
    assert "Je vraag ging naar 2 opvangplekken: Het Zonnetje , De Egeltjes" in tekst(klaar)


def test_signed_in_parent_sends_at_once(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert antwoord["Location"] == url(sleutel, "verstuurd")
    assert Opvangvraag.objects.get().aanvrager.email == "amina@voorbeeld.test"


def test_sending_empties_the_basket(client, spelers):
    sessie = client.session
    sessie["gekozen_locaties"] = [spelers.egeltjes.pk]
    sessie.save()
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert {"gekozen_locaties", "overgenomen_locaties", "te_versturen"} & set(
        client.session.keys()
    ) == set()
    assert client.session["concepten"] == []


def test_second_post_makes_no_second_question(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    nog_eens = client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert nog_eens["Location"] == url(sleutel, "verstuurd")
    assert Opvangvraag.objects.count() == 1


@pytest.mark.parametrize("pad", ["taken", "wie", "controleer", "versturen", "weggooien"])
def test_going_back_after_sending_shows_what_was_sent(client, spelers, pad):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert client.get(url(sleutel, pad))["Location"] == url(sleutel, "verstuurd")


def test_saving_a_page_after_sending_changes_nothing(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    antwoord = client.post(url(sleutel, "wie"), {"voornaam": "Ander"}, follow=True)

    assert meldingen(antwoord) == [
        "Deze aanvraag is al verstuurd. Hieronder zie je wat er nu gebeurt."
    ]
    assert Opvangvraag.objects.get().aanvrager.voornaam == "Nora"


def test_opening_the_send_page_sends_nothing_that_nobody_asked_for(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.get(url(sleutel, "versturen"))

    assert antwoord["Location"] == url(sleutel, "controleer")
    assert Opvangvraag.objects.count() == 0


def test_send_page_before_the_code_leads_back(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    antwoord = client.get(url(sleutel, "versturen"))

    assert antwoord["Location"] == url(sleutel, "controleer")
    assert Opvangvraag.objects.count() == 0


def test_changed_answer_after_the_consent_is_not_sent(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    naar_code = client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    client.post(url(sleutel, "opvang"), antwoorden(spelers.loket, [spelers.zonnetje])["opvang"])

    antwoord = client.post(naar_code["Location"], {"code": code_uit_de_mail()}, follow=True)

    assert antwoord.redirect_chain[-1] == (url(sleutel, "controleer"), 302)
    assert Opvangvraag.objects.count() == 0


def test_answer_that_became_wrong_meanwhile_is_not_sent(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    naar_code = client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    type(spelers.egeltjes).objects.filter(pk=spelers.egeltjes.pk).update(zichtbaar=False)

    antwoord = client.post(naar_code["Location"], {"code": code_uit_de_mail()}, follow=True)

    assert antwoord.redirect_chain[-1] == (
        url(sleutel, "opvang") + "?terug=controleer&nakijken=1",
        302,
    )
    assert "is niet meer te vinden" in tekst(antwoord)
    assert Opvangvraag.objects.count() == 0


def test_too_many_codes_are_told_and_nothing_is_lost(client, spelers):
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    for _ in range(3):
        client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    antwoord = client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert antwoord.status_code == 422
    assert "Er zijn al veel codes gevraagd." in tekst(antwoord)
    assert concept(sleutel).gegevens["wie"]["voornaam"] == ["Nora"]


def test_double_question_leads_to_the_own_one(client, spelers):
    client.force_login(spelers.amina)
    vul = {"kind": {"voornaam_0": "Lou"}}
    eerste = vul_in(client, spelers.loket, [spelers.egeltjes], **vul)
    client.post(url(eerste, "controleer"), {"akkoord": "on"})
    vraag = Opvangvraag.objects.get()
    tweede = vul_in(client, spelers.loket, [spelers.zonnetje], **vul)

    antwoord = client.post(url(tweede, "controleer"), {"akkoord": "on"}, follow=True)

    assert Opvangvraag.objects.count() == 1
    assert antwoord.redirect_chain == [(url(tweede, "controleer"), 302)]
    assert meldingen(antwoord) == [
        (
            "Je hebt voor dit kind al een opvangvraag. We hebben daarom niets verstuurd. "
            f'<a href="/mijn/{vraag.referentie}/">Bekijk je vraag</a>'
        )
    ]
    assert concept(tweede).afgerond_op is None


def test_child_of_another_family_is_not_given_away(client, spelers):
    """R2: the second parent reads that the loket looks into it, nothing of the first question."""
    anna = Client()
    anna.force_login(spelers.amina)
    eerste = vul_in(anna, spelers.loket, [spelers.zonnetje])
    anna.post(url(eerste, "controleer"), {"akkoord": "on"})
    van_amina = Opvangvraag.objects.get()
    client.force_login(spelers.bram)
    tweede = vul_in(client, spelers.loket, [spelers.egeltjes])

    antwoord = client.post(url(tweede, "controleer"), {"akkoord": "on"}, follow=True)

    assert "Een medewerker van het loket kijkt je vraag na." in tekst(antwoord)
    assert van_amina.referentie not in antwoord.content.decode()
    assert "Het Zonnetje" not in tekst(antwoord)


def test_twins_get_a_reference_each(client, spelers):
    client.force_login(spelers.amina)
    sleutel = begin(client)
    goed = antwoorden(spelers.loket, [spelers.egeltjes])
    tweede = {naam.replace("_0", "_1"): waarde for naam, waarde in goed["kind"].items()}
    goed["kind"] = {**tweede, **goed["kind"], "aantal": "2", "voornaam_1": "Lina"}
    for stap, gegevens in goed.items():
        client.post(url(sleutel, stap), gegevens)

    antwoord = client.post(url(sleutel, "controleer"), {"akkoord": "on"}, follow=True)

    referenties = list(Opvangvraag.objects.order_by("pk").values_list("referentie", flat=True))
    assert len(referenties) == 2
    assert [vraag.referentie for vraag in antwoord.context["vragen"]] == referenties
    assert "Je 2 vragen zijn verstuurd" in tekst(antwoord)


def test_no_preference_reaches_every_public_location_of_the_area(client, spelers):
    maak_locatie("Geheim", loket=spelers.loket, zichtbaar=False)
    client.force_login(spelers.amina)
    overal = {"keuze": "overal", "locatie": [], "gebied": str(spelers.egeltjes.gemeente_id)}
    sleutel = vul_in(client, spelers.loket, [], opvang=overal)

    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    vraag = Opvangvraag.objects.get()
    assert vraag.geen_voorkeur is True
    assert list(vraag.gebied.values_list("pk", flat=True)) == [spelers.egeltjes.gemeente_id]
    assert {a.locatie for a in vraag.aanmeldingen.all()} == {spelers.egeltjes, spelers.zonnetje}


def test_confirmation_is_for_who_sent_it(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    bram = Client()
    bram.force_login(spelers.bram)

    assert bram.get(url(sleutel, "verstuurd")).status_code == 404
    assert Client().get(url(sleutel, "verstuurd"))["Location"].startswith("/accounts/login/")
    assert client.get(url(begin(client), "verstuurd")).status_code == 404


def test_confirmation_of_a_question_that_is_gone_does_not_exist(client, spelers):
    leeg = Concept.objects.create(
        loket=spelers.loket, gebruiker=spelers.amina, afgerond_op=timezone.now()
    )
    client.force_login(spelers.amina)

    assert client.get(url(str(leeg.sleutel), "verstuurd")).status_code == 404


# Bad input


@pytest.mark.parametrize(
    "pad",
    [
        "/aanvraag/geen-sleutel/",
        "/aanvraag/00000000-0000-0000-0000-000000000000/",
        "/aanvraag/00000000-0000-0000-0000-000000000000/wie/",
        "/aanvraag/00000000-0000-0000-0000-000000000000/controleer/",
        "/aanvraag/00000000-0000-0000-0000-000000000000/versturen/",
        "/aanvraag/00000000-0000-0000-0000-000000000000/weggooien/",
    ],
)
def test_draft_that_never_was_does_not_exist(client, spelers, pad):
    assert client.get(pad).status_code == 404


def test_page_that_never_was_does_not_exist(client, spelers):
    sleutel = begin(client)

    assert client.get(f"/aanvraag/{sleutel}/hocuspocus/").status_code == 404
    assert client.post(f"/aanvraag/{sleutel}/hocuspocus/").status_code == 404


@pytest.mark.parametrize("slug", STAPPEN)
@pytest.mark.parametrize("waarde", ["\x00", "x" * 100_000, "<script>alert(1)</script>", "𝕏\u202e"])
def test_rubbish_in_every_field_is_answered(client, spelers, slug, waarde):
    sleutel = begin(client)
    namen = client.get(url(sleutel, slug)).context["form"].invoernamen()

    antwoord = client.post(url(sleutel, slug), dict.fromkeys(namen, waarde))

    assert antwoord.status_code == 422
    assert "<script>alert" not in antwoord.content.decode()
    assert client.get(url(sleutel, slug)).status_code == 200
    assert client.get(url(sleutel, "taken")).status_code == 200
    assert client.get(url(sleutel, "controleer")).status_code == 302


@pytest.mark.parametrize(
    "actie", ["verwijder-", "verwijder-99999999999999", "omhoog-0", "voeg-toe-x", "'; DROP", "\x00"]
)
@pytest.mark.parametrize("slug", ["kind", "opvang"])
def test_button_that_never_was_is_answered(client, spelers, slug, actie):
    sleutel = begin(client)

    assert client.post(url(sleutel, slug), {"actie": actie}).status_code in {302, 422}


def test_ten_thousand_fields_are_refused_by_the_framework(client, spelers):
    sleutel = begin(client)

    antwoord = client.post(url(sleutel, "opvang"), {"locatie": [str(n) for n in range(10_000)]})

    assert antwoord.status_code == 400


@pytest.mark.parametrize("zoek", ["%00", "%25", "_", "%F0%9F%91%B6" * 30, "'"])
def test_search_survives_anything(client, spelers, zoek):
    sleutel = begin(client)

    assert client.get(url(sleutel, "opvang") + f"?zoek={zoek}").status_code == 200


def test_pages_are_not_kept_by_the_browser(client, spelers):
    sleutel = begin(client)

    assert "no-store" in client.get(url(sleutel, "wie"))["Cache-Control"]


def test_only_get_and_post_are_answered(client, spelers):
    sleutel = begin(client)

    assert client.put(url(sleutel, "wie")).status_code == 405
    assert client.post(reverse("aanvragen:taken", args=[sleutel])).status_code == 405
