"""The pages of a change: first what it does, then yes; stopping says why; a family that moves."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.wijzigen import keuzes_van
from aanvragen.models import Opvangvraag
from loket.models import Gebeurtenis
from tests.fabrieken import NU, maak_gemeente, maak_locatie, maak_loket, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db
BALIE = "/balie/dossier/{}/wijzigen/"


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel(NU + dt.timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    return maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)


@pytest.fixture
def amina(client, spelers):
    client.force_login(spelers.amina)
    return client


def ingevuld(vraag: Opvangvraag, **anders) -> dict:
    """What the page posts when nothing is touched, and what is changed."""
    return {
        "rooster": str(vraag.rooster),
        "wisselend": "nee",
        "schuiven": "nee",
        "start": vraag.gewenste_start.isoformat(),
        "flexibel": "0",
        "locatie": [str(keuze.locatie_id) for keuze in keuzes_van(vraag)],
        **anders,
    }


def pad(vraag: Opvangvraag) -> str:
    return f"/mijn/{vraag.referentie}/wijzigen/"


def hoofd(antwoord) -> str:
    return " ".join(antwoord.text.split("<main")[1].split())


def test_the_page_shows_what_is_asked_now(amina, vraag):
    antwoord = amina.get(pad(vraag))

    form = antwoord.context["form"]
    assert form["rooster"].value() == vraag.rooster
    assert form["start"].value() == vraag.gewenste_start
    assert [locatie.naam for locatie in antwoord.context["gekozen"]] == [
        "De Egeltjes",
        "Het Zonnetje",
    ]


def test_first_what_it_does_then_yes(amina, vraag):
    voorstel = maak_voorstel(vraag.aanmeldingen.get(rang=1), nu=timezone.now())
    invoer = ingevuld(vraag, rooster=["wo-vm", "wo-nm"])

    vooraf = amina.post(pad(vraag), invoer)
    vraag.refresh_from_db()
    rooster_vooraf = vraag.rooster
    verborgen = vooraf.context["form"].verborgen()
    antwoord = amina.post(
        pad(vraag),
        {
            **{naam: [w for n, w in verborgen if n == naam] for naam, _waarde in verborgen},
            "gezien": vooraf.context["gezien"],
            "actie": "bevestig",
        },
    )

    vraag.refresh_from_db()
    voorstel.refresh_from_db()
    assert vooraf.status_code == 200
    assert "Je voorstel blijft geldig zoals het is: maandag en dinsdag hele dag" in hoofd(vooraf)
    assert rooster_vooraf == voorstel.rooster
    assert antwoord.status_code == 302
    assert (vraag.week.masker, voorstel.status) == (0b110000, "open")


def test_a_loss_is_named_apart(amina, vraag, spelers):
    maak_voorstel(vraag.aanmeldingen.get(rang=1), nu=timezone.now())

    antwoord = amina.post(pad(vraag), ingevuld(vraag, locatie=[str(spelers.zonnetje.pk)]))

    (regel,) = antwoord.context["verlies"]
    assert regel.opvang == "De Egeltjes"
    assert "Je geeft de plaats terug" in regel.zin
    assert "Dit geef je op" in hoofd(antwoord)


def test_another_tab_in_between_is_told_and_nothing_is_lost(amina, vraag):
    invoer = ingevuld(vraag, rooster=["wo-vm"])
    vooraf = amina.post(pad(vraag), invoer)
    maak_voorstel(vraag.aanmeldingen.get(rang=2), nu=timezone.now())

    antwoord = amina.post(
        pad(vraag), {**invoer, "gezien": vooraf.context["gezien"], "actie": "bevestig"}
    )

    vraag.refresh_from_db()
    assert antwoord.status_code == 422
    assert "Er is intussen iets veranderd" in hoofd(antwoord)
    assert ("rooster", "wo-vm") in antwoord.context["form"].verborgen()
    assert vraag.rooster == 0b1111


def test_buttons_move_add_and_drop_without_saving(amina, vraag, spelers):
    molen = maak_locatie("De Molen", loket=spelers.loket)
    een, twee = spelers.egeltjes, spelers.zonnetje
    gevallen = [
        (f"omlaag-{een.pk}", [twee, een]),
        (f"verwijder-{een.pk}", [twee]),
        (f"voeg-toe-{molen.pk}", [een, twee, molen]),
        ("terug", [een, twee]),
    ]
    for actie, verwacht in gevallen:
        antwoord = amina.post(pad(vraag), ingevuld(vraag, schuiven="ja", actie=actie))

        assert antwoord.status_code == 200
        assert antwoord.context["gekozen"] == verwacht
        assert antwoord.context["form"]["schuiven"].value() == "ja"
    assert [k.locatie for k in keuzes_van(vraag)] == [een, twee]


def test_errors_keep_what_was_typed(amina, vraag):
    antwoord = amina.post(pad(vraag), ingevuld(vraag, rooster=[], locatie=[], start="2020-01-01"))

    assert antwoord.status_code == 422
    assert set(antwoord.context["form"].errors) == {"rooster", "locatie", "start"}
    assert 'value="2020"' in antwoord.text


def test_nothing_changed_leads_back(amina, vraag):
    antwoord = amina.post(pad(vraag), ingevuld(vraag), follow=True)

    assert "Je veranderde niets" in antwoord.text


def test_a_start_that_has_passed_may_stay(amina, vraag):
    Opvangvraag.objects.filter(pk=vraag.pk).update(gewenste_start=dt.date(2026, 1, 20))
    vraag.refresh_from_db()

    antwoord = amina.post(pad(vraag), ingevuld(vraag, rooster=["wo-vm"]))

    assert antwoord.status_code == 200


def test_a_placed_question_is_not_changed_here(amina, vraag, spelers):
    voorstel = maak_voorstel(vraag.aanmeldingen.get(rang=1), nu=timezone.now())
    aanvaard(voorstel, door=spelers.amina, nu=timezone.now())

    antwoord = amina.get(pad(vraag))

    assert antwoord.status_code == 302


def test_staff_change_it_for_the_family(client, vraag, spelers):
    client.force_login(spelers.carla)
    adres = BALIE.format(vraag.referentie)
    invoer = ingevuld(vraag, schuiven="ja")
    vooraf = client.post(adres, invoer)

    client.post(adres, {**invoer, "gezien": vooraf.context["gezien"], "actie": "bevestig"})

    vraag.refresh_from_db()
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="aanvragen.vraag.gewijzigd")
    assert vraag.flexibel_dagen
    assert (gebeurtenis.door, gebeurtenis.namens) == (spelers.carla, "gezin aan de telefoon")


@pytest.mark.parametrize("plekken", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, spelers, django_assert_max_num_queries, plekken
):
    locaties = [maak_locatie(loket=spelers.loket) for _ in range(plekken)]
    vraag = maak_vraag(spelers.loket, locaties, gebruiker=spelers.amina)
    client.force_login(spelers.amina)

    with django_assert_max_num_queries(23):
        antwoord = client.post(pad(vraag), ingevuld(vraag, schuiven="ja"))

    assert antwoord.status_code == 200


@pytest.mark.parametrize(
    ("reden", "status", "vervalreden"),
    [
        ("", "ingetrokken", ""),
        ("niet_meer_nodig", "vervallen", "niet_meer_nodig"),
        ("buiten_loket", "vervallen", "buiten_loket"),
        ("andere_gemeente", "vervallen", "andere_gemeente"),
        ("verhuisd", "vervallen", "verhuisd"),
    ],
)
def test_stopping_with_a_reason(amina, vraag, reden, status, vervalreden):
    amina.post(f"/mijn/{vraag.referentie}/stop/", {"reden": reden})

    vraag.refresh_from_db()
    assert (vraag.status, vraag.vervalreden) == (status, vervalreden)


def test_a_reason_that_is_not_offered_stops_nothing(amina, vraag):
    antwoord = amina.post(f"/mijn/{vraag.referentie}/stop/", {"reden": "droevig_nieuws"})

    vraag.refresh_from_db()
    assert antwoord.status_code == 422
    assert vraag.status == "actief"


def test_who_moves_keeps_the_question_and_reads_which_loket_helps_there(amina, vraag):
    ver = maak_gemeente("Ver", nis="90003", postcode="9003")
    maak_loket("Loket Ver", gemeenten=[ver])

    antwoord = amina.post(
        f"/mijn/{vraag.referentie}/verhuizen/",
        {"straat": "Kerkplein", "huisnummer": "2", "postcode": "9003", "gemeente": str(ver.pk)},
        follow=True,
    )

    vraag.refresh_from_db()
    gezin = vraag.kind.gezin
    assert (gezin.straat, gezin.gemeente, vraag.status) == ("Kerkplein", ver, "actief")
    assert "In Ver helpt Loket Ver je" in antwoord.text
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="aanvragen.gezin.verhuisd")
    assert gebeurtenis.gegevens == {"ander_loket": True}
