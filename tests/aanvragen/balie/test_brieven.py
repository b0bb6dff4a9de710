"""Letters out of templates, to one family or to many."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from aanvragen.briefvelden import VELDEN, fouten_in, fouten_in_titel, vul_in
from aanvragen.domain.brieven import druk_af, stel_op, verstuur_brief
from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.samen import doe_samen
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.kandidaten import Kring, te_herinneren, te_schrijven
from aanvragen.models import Briefsjabloon, Brieftekst, Papierpost
from aanvragen.workflow import Vervalreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.aanvragen.balie.conftest import middag
from tests.aanvragen.balie.fabrieken import maak_sjabloon
from tests.fabrieken import kind_gegevens, maak_vraag, ouder_gegevens, vraag_gegevens

pytestmark = pytest.mark.django_db
NU = middag("2026-03-20")


@pytest.fixture
def vraag(spelers):
    return _vraag(spelers)


def _vraag(spelers, *, email="amina@voorbeeld.test", taal="fr", naam="Lou"):
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        nu=middag("2026-03-12"),
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            email=email,
            telefoon="" if email else "0470 11 22 33",
            taal=taal,
        ),
        kinderen=(kind_gegevens(voornaam=naam, familienaam="Haddad"),),
        vraag=vraag_gegevens(gewenste_start=dt.date(2026, 9, 1)),
    )


def brieven() -> list[Bericht]:
    return list(Bericht.objects.filter(sjabloon="aanvragen/brief"))


def test_a_family_reads_its_language_first_and_dutch_always(spelers, vraag):
    sjabloon = maak_sjabloon(
        spelers.loket, fr="Nous cherchons\nPour {kind}, le {start}.", ar="عنوان\nنص"
    )

    brief = stel_op(sjabloon, vraag, peildatum=NU.date())

    assert [(d.taal, d.titel, d.tekst, d.richting) for d in brief.delen] == [
        ("fr", "Nous cherchons", "Pour Lou Haddad, le 1 september 2026.", "ltr"),
        (
            "nl",
            "We zoeken mee",
            f"Voor Lou Haddad. Vraag {vraag.referentie} start op 1 september 2026.",
            "ltr",
        ),
    ]


def test_a_language_that_we_do_not_have_leaves_dutch(spelers, vraag):
    assert [
        d.taal for d in stel_op(maak_sjabloon(spelers.loket), vraag, peildatum=NU.date()).delen
    ] == ["nl"]


def test_a_letter_is_mailed_in_two_languages(spelers, vraag):
    sjabloon = maak_sjabloon(spelers.loket, fr="Bonjour\nDe {opvang}.")

    verstuur_brief(vraag, sjabloon, door=spelers.carla, nu=NU)

    (mail,) = brieven()
    assert mail.titel == f"Bonjour / We zoeken mee, vraag {vraag.referentie}"
    assert "De De Egeltjes, Het Zonnetje." in mail.tekst
    assert "Dag Amina," in mail.tekst
    assert 'lang="fr"' in mail.html
    assert gebeurtenissen_van(vraag)[0].gegevens == {
        "sjabloon": sjabloon.pk,
        "brief": "We zoeken mee",
    }


def test_a_home_without_an_address_gets_it_on_paper(spelers):
    vraag = _vraag(spelers, email="")

    verstuur_brief(vraag, maak_sjabloon(spelers.loket), door=spelers.carla, nu=NU)

    assert brieven() == []
    brief = Papierpost.objects.get(vraag=vraag, sjabloon="brief")
    assert f"Vraag {vraag.referentie} start op 1 september 2026." in brief.tekst


def test_the_same_letter_goes_once_a_day(spelers, vraag):
    sjabloon = maak_sjabloon(spelers.loket)
    verstuur_brief(vraag, sjabloon, door=spelers.carla, nu=NU)

    with pytest.raises(Weigering, match="vandaag al"):
        verstuur_brief(vraag, sjabloon, door=spelers.carla, nu=NU + dt.timedelta(hours=2))
    verstuur_brief(vraag, sjabloon, door=spelers.carla, nu=NU + dt.timedelta(days=1))

    assert len(brieven()) == 2


def test_nothing_is_written_to_who_stopped_or_wants_calm(spelers, vraag):
    sjabloon = maak_sjabloon(spelers.loket)
    gestopt = _vraag(spelers, email="bo@voorbeeld.test", naam="Bo")
    trek_in(gestopt, door=None, nu=NU)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    for een in (gestopt, vraag):
        for doe in (verstuur_brief, druk_af):
            with pytest.raises(Weigering):
                doe(een, sjabloon, door=spelers.carla, nu=NU)

    assert brieven() == []


def test_a_letter_of_another_loket_is_refused(spelers, vraag):
    with pytest.raises(OngeldigeOvergang):
        verstuur_brief(vraag, maak_sjabloon(spelers.ander_loket), door=spelers.carla, nu=NU)


# The fields


@pytest.mark.parametrize(
    ("tekst", "goed"),
    [
        ("Dag {kind}, {start}.", True),
        ("Geen velden.", True),
        ("{naam}", False),
        ("{kind.__class__}", False),
        ("{}", False),
        ("{kind", False),
        ("kind}", False),
    ],
)
def test_only_known_fields_are_allowed(tekst, goed):
    assert (fouten_in(tekst) == []) is goed


def test_a_subject_names_no_child():
    assert fouten_in_titel("Vraag {referentie}") == []
    assert len(fouten_in_titel("Voor {kind}")) == 1
    with pytest.raises(ValidationError, match="niet in het onderwerp"):
        Brieftekst(titel="Voor {kind}", tekst="Dag {kind}").clean()


def test_a_value_is_never_a_field_itself():
    assert vul_in("{kind} {start}", {"kind": "{start}", "start": "morgen"}) == "{start} morgen"


# The pages


@pytest.fixture
def als_carla(client, spelers):
    with time_machine.travel(NU, tick=False):
        client.force_login(spelers.carla)
        yield client


def test_a_letter_is_read_before_it_goes(als_carla, spelers, vraag):
    sjabloon = maak_sjabloon(spelers.loket, fr="Bonjour\nNous cherchons.")
    pad = f"/balie/dossier/{vraag.referentie}/brief/"

    tekst = als_carla.get(pad, {"sjabloon": sjabloon.pk}).content.decode()

    assert 'lang="fr" dir="ltr"' in tekst
    assert "amina@voorbeeld.test" in tekst
    assert brieven() == []
    assert als_carla.post(pad, {"sjabloon": sjabloon.pk}).status_code == 302
    assert len(brieven()) == 1
    assert als_carla.post(pad, {"sjabloon": sjabloon.pk}).status_code == 422


def test_a_letter_can_be_printed(als_carla, spelers, vraag):
    sjabloon = maak_sjabloon(spelers.loket)

    antwoord = als_carla.post(
        f"/balie/dossier/{vraag.referentie}/brief/brief.pdf", {"sjabloon": sjabloon.pk}
    )

    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord.content.startswith(b"%PDF-")
    assert gebeurtenissen_van(vraag)[0].werkwoord == "aanvragen.brief.afgedrukt"
    assert brieven() == []


@pytest.mark.parametrize("waarde", ["x", "999999", "²", "9" * 40])
def test_a_letter_that_is_not_ours_is_not_there(als_carla, spelers, vraag, waarde):
    pad = f"/balie/dossier/{vraag.referentie}/brief/"

    assert als_carla.get(pad, {"sjabloon": waarde}).status_code == 404


# Many at once


def test_who_is_touched_is_shown_before_and_told_after(als_carla, spelers, vraag):
    ander = _vraag(spelers, email="bo@voorbeeld.test", naam="Bo")
    sjabloon = maak_sjabloon(spelers.loket)
    keuze = {"sjabloon": sjabloon.pk, "kring": "wacht"}

    antwoord = als_carla.get("/balie/samen/brief/", keuze)
    assert [k.vraag for k in antwoord.context["kandidaten"]] == [vraag, ander]
    assert brieven() == []

    antwoord = als_carla.post("/balie/samen/brief/", {**keuze, "kies": [vraag.pk]}, follow=True)

    assert [rij[0] for rij in antwoord.context["gelukt"]] == [vraag]
    assert [mail.aan for mail in brieven()] == ["amina@voorbeeld.test"]
    rest = te_schrijven(spelers.carla, sjabloon, Kring.WACHT, nu=NU)
    assert [k.vraag for k in rest] == [ander]


def test_late_providers_are_reminded_once_a_day(als_carla, spelers, vraag):
    vraag.aanmeldingen.update(antwoord_voor=dt.date(2026, 3, 18))
    pks = [k.pk for k in te_herinneren(spelers.carla, nu=NU)]
    assert len(pks) == 2

    antwoord = als_carla.post("/balie/samen/herinner/", {"kies": pks}, follow=True)

    assert len(antwoord.context["gelukt"]) == 2
    assert te_herinneren(spelers.carla, nu=NU) == []
    assert Bericht.objects.filter(sjabloon="aanvragen/aanbieder_herinnering").count() == 2


def test_what_was_not_on_the_page_is_not_touched(als_carla, spelers, vraag):
    pk = vraag.aanmeldingen.first().pk

    assert als_carla.post("/balie/samen/herinner/", {"kies": [pk, "x"]}).status_code == 422
    assert not Bericht.objects.filter(sjabloon="aanvragen/aanbieder_herinnering").exists()


def test_a_refusal_stops_only_that_one(spelers, vraag):
    ander = _vraag(spelers, email="bo@voorbeeld.test", naam="Bo")
    sjabloon = maak_sjabloon(spelers.loket)
    trek_in(vraag, door=None, nu=NU)

    uit = doe_samen(
        [(vraag.pk, vraag), (ander.pk, ander)],
        lambda een: verstuur_brief(een, sjabloon, door=spelers.carla, nu=NU),
    )

    assert [(een.sleutel, een.gelukt) for een in uit] == [(vraag.pk, False), (ander.pk, True)]
    assert [mail.aan for mail in brieven()] == ["bo@voorbeeld.test"]


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_preview_takes_the_same_queries_however_many(
    als_carla, spelers, django_assert_num_queries, aantal
):
    for n in range(aantal):
        vraag = _vraag(spelers, email=f"ouder{n}@voorbeeld.test", naam=f"Kind{n}")
        vraag.aanmeldingen.filter(rang=1).update(antwoord_voor=dt.date(2026, 3, 18))

    with django_assert_num_queries(5):
        antwoord = als_carla.get("/balie/samen/herinner/")

    assert len(antwoord.context["kandidaten"]) == aantal


# Master data


def _formulier(loket, *teksten) -> dict[str, str]:
    velden = {
        "loket": loket.pk,
        "naam": "Nieuw",
        "actief": "on",
        "teksten-TOTAL_FORMS": len(teksten),
        "teksten-INITIAL_FORMS": 0,
        "teksten-MIN_NUM_FORMS": 1,
        "teksten-MAX_NUM_FORMS": 1000,
    }
    for n, (taal, tekst) in enumerate(teksten):
        velden |= {
            f"teksten-{n}-taal": taal,
            f"teksten-{n}-titel": "Titel",
            f"teksten-{n}-tekst": tekst,
        }
    return velden


@pytest.mark.parametrize(
    ("teksten", "fout"),
    [
        ([("fr", "Bonjour")], "Geef altijd ook een Nederlandse tekst."),
        ([("nl", "Dag {oeps}")], "is geen veld"),
        ([("nl", "Dag {kind}"), ("fr", "Bonjour")], ""),
    ],
)
def test_a_manager_makes_letters(client, spelers, teksten, fout):
    client.force_login(spelers.joke)

    antwoord = client.post(
        reverse("admin:aanvragen_briefsjabloon_add"), _formulier(spelers.loket, *teksten)
    )

    if fout:
        assert fout in antwoord.content.decode()
    assert Briefsjabloon.objects.exists() is not bool(fout)


def test_every_field_has_a_value(spelers, vraag):
    alle = "\n".join(f"{{{naam}}}" for naam in VELDEN)
    sjabloon = maak_sjabloon(spelers.loket, nl=f"T\n{alle}")

    assert "{" not in stel_op(sjabloon, vraag, peildatum=NU.date()).delen[0].tekst
