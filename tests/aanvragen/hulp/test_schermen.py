"""The pages of help: the toeleider's, the counter's, the parent's, and the link of the mail."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.domain.toestemming import code_van, link_van, maak_code
from aanvragen.models import Afspraak, Doorverwijzing, Toestemming, Toestemmingscode
from aanvragen.workflow import Afspraakstatus, Hulpomvang, Toestemmingswijze, Vervalreden
from loket.models import Rol
from tests.aanvragen.hulp.conftest import AMINA, geef
from tests.aanvragen.hulp.test_afspraken import MOMENT, maak
from tests.aanvragen.hulp.test_doorverwijzen import verwijs
from tests.aanvragen.invullen import datum
from tests.fabrieken import NU, maak_lid, maak_vraag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
HELP, CODE = "/balie/toestemming/", "/balie/toestemming/code/"


def tekst_van(antwoord) -> str:
    """The words on the page, as one line."""
    kaal = re.sub(
        r"<(script|style).*?</\1>|<[^>]+>", " ", antwoord.content.decode(), flags=re.DOTALL
    )
    return " ".join(kaal.split())


def dossier(vraag, rest="") -> str:
    return f"/balie/dossier/{vraag.referentie}/{rest}"


def mijn(vraag, rest="hulp/") -> str:
    return f"/mijn/{vraag.referentie}/{rest}"


@pytest.fixture
def als_els(client, spelers):
    client.force_login(spelers.els)
    return client


@pytest.fixture
def als_carla(client, spelers):
    client.force_login(spelers.carla)
    return client


@pytest.fixture
def als_amina(client, spelers):
    client.force_login(spelers.amina)
    return client


def vraag_hulp(client, wie, **anders):
    return client.post(
        HELP, {"wie": wie, "omvang": "antwoorden", "dagen": "90", "hoe": "code", **anders}
    )


# The toeleider


def test_from_the_question_to_the_dossier_by_code(als_els, spelers, vraag):
    assert als_els.get(dossier(vraag)).status_code == 404
    assert vraag_hulp(als_els, AMINA).url == CODE
    cijfers = code_van(Toestemmingscode.objects.get())

    antwoord = als_els.post(CODE, {"code": f"{cijfers[:3]}-{cijfers[3:]}"}, follow=True)

    assert antwoord.redirect_chain == [(dossier(vraag), 302)]
    assert "Je mag dit gezin nu helpen." in tekst_van(antwoord)
    # What was typed is spent: the next family is asked anew.
    assert als_els.get(CODE).url == HELP


def test_known_and_unknown_families_get_the_same_page(als_els, spelers, vraag):
    def blad(wie):
        antwoord = als_els.get(vraag_hulp(als_els, wie).url)
        fout = als_els.post(CODE, {"code": "123456"})
        return [tekst_van(een).replace(wie, "WIE") for een in (antwoord, fout)]

    assert blad(AMINA) == blad("niemand@voorbeeld.test")
    assert blad(vraag.referentie) == blad("AAAA-BBBB")


def test_a_wrong_code_is_said_beside_the_field(als_els, spelers, vraag):
    vraag_hulp(als_els, AMINA)

    for code, fout in (("12", "De code heeft zes cijfers."), ("999999", "Deze code klopt niet of")):
        antwoord = als_els.post(CODE, {"code": code})
        assert antwoord.status_code == 422
        assert tekst_van(antwoord).count(fout) == 2


def test_paper_asks_the_number_and_the_name(als_els, spelers, vraag):
    fout = vraag_hulp(als_els, AMINA, hoe="papier")
    assert fout.status_code == 422
    assert "Vul in: Familienaam van de ouder." in tekst_van(fout)
    assert "Vul bij papier het nummer van de vraag in" in tekst_van(fout)

    onbekend = vraag_hulp(als_els, vraag.referentie, hoe="papier", familienaam="Peeters")
    assert "We vinden geen lopende vraag met dit nummer en deze naam." in tekst_van(onbekend)

    goed = vraag_hulp(als_els, vraag.referentie, hoe="papier", familienaam="El Haddad")
    assert goed.url == dossier(vraag)


def test_asking_has_a_limit(als_els, spelers, vraag):
    antwoorden = [vraag_hulp(als_els, "AAAA-BBBB").status_code for _keer in range(22)]

    assert antwoorden == [302] * 20 + [422] * 2


def test_who_only_looks_gets_no_buttons_and_no_pages_to_act(als_els, spelers, vraag):
    geef(vraag, spelers, Hulpomvang.BEKIJKEN)

    blad = tekst_van(als_els.get(dossier(vraag)))

    assert "Maak een afspraak" not in blad
    assert "De vraag stopt" not in blad
    for rest in ("afspraak/", "doorverwijzen/", "toestemming/", "stoppen/", "nog-nodig/"):
        assert als_els.post(dossier(vraag, rest)).status_code == 403, rest


# The counter


def test_staff_note_a_consent_and_end_it(als_carla, spelers, vraag):
    antwoord = als_carla.post(
        dossier(vraag, "toestemming/"),
        {"toeleider": spelers.els.pk, "omvang": "bekijken", "dagen": "30", "getekend": "on"},
        follow=True,
    )

    gegeven = Toestemming.objects.get()
    assert (gegeven.wijze, gegeven.genoteerd_door, gegeven.omvang) == (
        Toestemmingswijze.PAPIER,
        spelers.carla,
        Hulpomvang.BEKIJKEN,
    )
    assert "Els , OCMW Wilgenrade" in tekst_van(antwoord)
    als_carla.post(dossier(vraag, f"toestemming/{gegeven.pk}/stop/"))
    assert "Geen toeleider helpt dit gezin." in tekst_van(als_carla.get(dossier(vraag)))


def test_staff_choose_among_the_toeleiders_of_their_loket(als_carla, spelers, vraag):
    maak_lid(spelers.ander_loket, Rol.TOELEIDER)

    form = als_carla.get(dossier(vraag, "toestemming/")).context["form"]

    assert list(form.fields["toeleider"].queryset) == [spelers.els]


def _afspraak(spelers, **anders) -> dict:
    return {
        "soort": "bezoek",
        **datum("dag", dt.date(2026, 3, 5)),
        "uur": "14.30",
        "duur": "",
        "locatie": str(spelers.egeltjes.pk),
        "plaats": "",
        "wie": str(spelers.carla.pk),
        **anders,
    }


def test_an_appointment_from_making_to_its_outcome(als_carla, spelers, vraag):
    antwoord = als_carla.post(dossier(vraag, "afspraak/"), _afspraak(spelers), follow=True)

    afspraak = Afspraak.objects.get()
    blad = dossier(vraag, f"afspraak/{afspraak.uuid}/")
    assert (afspraak.begint_op, afspraak.duur, afspraak.wie) == (MOMENT, 60, spelers.carla)
    assert "De afspraak staat vast. Het gezin krijgt een mail." in tekst_van(antwoord)
    als_carla.post(blad, _afspraak(spelers, actie="verplaats", versie="0", uur="9", duur="45"))
    afspraak.refresh_from_db()
    assert (afspraak.begint_op, afspraak.duur) == (dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC), 45)
    oud = als_carla.post(blad, _afspraak(spelers, actie="verplaats", versie="0"))
    assert "Iemand anders was je net voor." in tekst_van(oud)
    als_carla.post(blad, {"actie": "uitkomst", "gelukt": "ja", "uitkomst": "Fijn bezoek"})
    afspraak.refresh_from_db()
    assert (afspraak.status, afspraak.uitkomst) == (Afspraakstatus.GEDAAN, "Fijn bezoek")
    assert "Noteer" not in tekst_van(als_carla.get(blad))


@pytest.mark.parametrize(
    ("anders", "fout"),
    [
        ({"locatie": ""}, "Kies bij welke opvang jullie afspreken."),
        ({"uur": "half drie"}, "Schrijf een uur, zoals 9 of 14.30."),
        (datum("dag", dt.date(2026, 3, 1)), "Dit moment is al voorbij. Kies een later moment."),
        ({"soort": ""}, "Beantwoord de vraag: Wat spreken jullie af?"),
    ],
)
def test_a_wrong_appointment_keeps_what_was_typed(als_carla, spelers, vraag, anders, fout):
    antwoord = als_carla.post(
        dossier(vraag, "afspraak/"), _afspraak(spelers, plaats="Lokaal 2", **anders)
    )

    assert antwoord.status_code == 422
    assert fout in tekst_van(antwoord)
    assert 'value="Lokaal 2"' in antwoord.content.decode()
    assert not Afspraak.objects.exists()


def test_a_family_without_mail_is_told_in_person(als_carla, spelers, vraag):
    vraag.kind.gezin.ouders.update(email="", telefoon="0470 11 22 33")

    antwoord = als_carla.post(
        dossier(vraag, "afspraak/"), _afspraak(spelers, soort="terugbellen"), follow=True
    )

    assert "Het gezin heeft geen e-mail: zeg het zelf." in tekst_van(antwoord)


def test_a_referral_needs_the_family(als_carla, spelers, vraag, partner):
    blad = dossier(vraag, "doorverwijzen/")
    gegevens = {"partner": str(partner.pk), "wijze": "zelf"}

    fout = als_carla.post(blad, gegevens)
    als_carla.post(blad, {**gegevens, "akkoord": "on"})

    assert fout.status_code == 422
    assert "Vink aan dat het gezin het goed vindt." in tekst_van(fout)
    verwijzing = Doorverwijzing.objects.get()
    als_carla.post(
        dossier(vraag, f"doorverwijzing/{verwijzing.pk}/"), {"uitkomst": "geholpen", "nota": "Ja"}
    )
    verwijzing.refresh_from_db()
    assert (verwijzing.uitkomst, verwijzing.uitkomst_nota) == ("geholpen", "Ja")


def test_without_partners_the_page_says_who_adds_them(als_carla, spelers, vraag):
    assert "Er zijn nog geen partners" in tekst_van(als_carla.get(dossier(vraag, "doorverwijzen/")))


def test_another_familys_things_are_not_there(als_carla, spelers, vraag, partner):
    afspraak, verwijzing = maak(vraag, spelers), verwijs(vraag, partner, spelers)
    gegeven = geef(vraag, spelers)
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram)

    for rest in (f"afspraak/{afspraak.uuid}/", f"doorverwijzing/{verwijzing.pk}/"):
        assert als_carla.get(dossier(ander, rest)).status_code == 404
    assert als_carla.post(dossier(ander, f"toestemming/{gegeven.pk}/stop/")).status_code == 404


# The parent


def test_the_parent_sees_who_helps_and_when_that_person_looked(client, spelers, vraag):
    geef(vraag, spelers)
    client.force_login(spelers.els)
    client.get(dossier(vraag))
    client.force_login(spelers.amina)

    blad = tekst_van(client.get(mijn(vraag)))

    assert "Els OCMW Wilgenrade Mag Meekijken en mee antwoorden" in blad
    assert "Tot en met dinsdag 31 maart 2026" in blad
    assert "Keek het laatst maandag 2 maart 2026 om 10 uur" in blad
    op_de_vraag = tekst_van(client.get(mijn(vraag, "")))
    assert "Els helpt je tot en met dinsdag 31 maart 2026. Keek vandaag." in op_de_vraag


def test_the_parent_ends_it_with_one_button(client, spelers, vraag):
    gegeven = geef(vraag, spelers)
    client.force_login(spelers.amina)

    antwoord = client.post(mijn(vraag, f"hulp/{gegeven.pk}/stop/"), follow=True)

    blad = tekst_van(antwoord)
    assert "Gestopt. Els kan je aanvraag niet meer openen." in blad
    assert "Nu helpt niemand je." in blad
    assert "Wie hielp vroeger?" in blad
    client.force_login(spelers.els)
    assert client.get(dossier(vraag)).status_code == 404


def test_the_parent_makes_a_code_on_the_screen(als_amina, spelers, vraag):
    antwoord = als_amina.post(mijn(vraag), {"omvang": "bekijken", "dagen": "30"}, follow=True)

    ticket = Toestemmingscode.objects.get()
    cijfers = code_van(ticket)
    assert (ticket.toeleider, ticket.omvang, ticket.dagen) == (None, "bekijken", 30)
    assert f"Code {cijfers[:3]} {cijfers[3:]}" in tekst_van(antwoord)
    als_amina.force_login(spelers.els)
    vraag_hulp(als_amina, vraag.referentie)
    als_amina.post(CODE, {"code": cijfers})
    # The parent decided how far it reaches, whatever the toeleider asked.
    assert Toestemming.objects.get().omvang == Hulpomvang.BEKIJKEN


def test_the_parent_downloads_and_calls_off(als_amina, spelers, vraag):
    afspraak = maak(vraag, spelers)
    blad = mijn(vraag, f"afspraak/{afspraak.uuid}/")

    bestand = als_amina.get(f"{blad}afspraak.ics")
    antwoord = als_amina.post(blad, follow=True)

    assert bestand["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART;TZID=Europe/Brussels:20260305T143000" in bestand.content
    assert "De afspraak gaat niet door. Het loket weet het." in tekst_van(antwoord)
    assert als_amina.get(blad).status_code == 404


def test_another_parent_finds_nothing(client, spelers, vraag):
    gegeven, afspraak = geef(vraag, spelers), maak(vraag, spelers)
    client.force_login(spelers.bram)

    assert client.get(mijn(vraag)).status_code == 404
    assert client.post(mijn(vraag, f"hulp/{gegeven.pk}/stop/")).status_code == 404
    assert client.get(mijn(vraag, f"afspraak/{afspraak.uuid}/")).status_code == 404


def test_after_sad_news_nothing_is_shown(als_amina, spelers, vraag):
    maak(vraag, spelers)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU)

    assert als_amina.get(mijn(vraag)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_pages_take_as_many_queries_with_more_help(
    client, spelers, vraag, partner, aantal, django_assert_num_queries
):
    for _keer in range(aantal):
        maak(vraag, spelers)
        verwijs(vraag, partner, spelers)
        lid = maak_lid(spelers.loket, Rol.TOELEIDER)
        geef(vraag, type("S", (), {"els": lid, "carla": spelers.carla}))
    client.force_login(spelers.amina)
    client.get(mijn(vraag))

    with django_assert_num_queries(10):
        client.get(mijn(vraag))


# The link


def _link(spelers, vraag) -> str:
    ticket = maak_code(vraag, toeleider=spelers.els, omvang=Hulpomvang.BEKIJKEN, dagen=30, nu=NU)
    return "/toestemming/" + link_van(ticket).rpartition("/toestemming/")[2]


def test_opening_the_link_gives_nothing(client, spelers, vraag):
    link = _link(spelers, vraag)

    for _keer in range(2):
        antwoord = client.get(link)
        client.head(link)

    blad = tekst_van(antwoord)
    assert "Mag Els je helpen?" in blad
    assert f"Je aanvraag {vraag.referentie} bij Loket Wilgenrade" in blad
    assert "Noor" not in blad
    assert "Haddad" not in blad
    assert antwoord["Referrer-Policy"] == "no-referrer"
    assert antwoord["X-Robots-Tag"] == "noindex, nofollow"
    assert not Toestemming.objects.exists()


@pytest.mark.parametrize(
    ("gezegd", "kop", "gegeven"),
    [
        ("ja", "Toestemming gegeven", 1),
        ("nee", "Geen toestemming gegeven", 0),
        ("misschien", "Mag Els je helpen?", 0),
    ],
)
def test_the_answer_behind_the_link(client, spelers, vraag, gezegd, kop, gegeven):
    link = _link(spelers, vraag)

    antwoord = client.post(link, {"antwoord": gezegd}, follow=True)

    assert kop in tekst_van(antwoord)
    assert Toestemming.objects.count() == gegeven
    # What was said stays said.
    client.post(link, {"antwoord": "ja"})
    assert Toestemming.objects.count() == (0 if gezegd == "nee" else 1)


def test_a_dead_link_says_what_to_do(client, spelers, vraag, op_die_dag):
    link = _link(spelers, vraag)
    op_die_dag.move_to(NU + dt.timedelta(days=7))

    for adres, status in ((link, 410), (f"{link[:-2]}x/", 404)):
        antwoord = client.get(adres)
        assert antwoord.status_code == status
        assert "Deze link werkt niet meer" in tekst_van(antwoord)
        assert "Els" not in tekst_van(antwoord)
