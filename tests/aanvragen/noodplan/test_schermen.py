"""The pages of a noodplan: what they say, do, refuse and survive."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from aanvragen.domain.noodplan.bellen import noteer_gesprek
from aanvragen.domain.noodplan.berichten import maak_ontwerpen
from aanvragen.models import (
    Aanmelding,
    Belpoging,
    Noodbericht,
    Noodplan,
    Noodplanregel,
    Ouder,
    Plaatsing,
    Vervangcapaciteit,
)
from aanvragen.models.noodplan import Beluitkomst
from loket.models import Bericht, Inzage
from opvang.models import Sluiting
from tests.fabrieken import maak_aanbod, maak_locatie
from tests.opvang.fabrieken_noodplan import begin_plan, zonder_mail

pytestmark = pytest.mark.django_db
ROMMEL = ["", "x", "-1", "9" * 40, "1e9", "\x00", "0x10"]


def als(mens) -> Client:
    client = Client()
    client.force_login(mens)
    return client


@pytest.fixture
def carla(geval):
    return als(geval.spelers.carla)


def _datum(naam: str, dag: dt.date) -> dict[str, str]:
    return {
        f"{naam}_dag": str(dag.day),
        f"{naam}_maand": str(dag.month),
        f"{naam}_jaar": str(dag.year),
    }


def _melding(**velden) -> dict[str, str]:
    vanaf = timezone.localdate() + dt.timedelta(days=40)
    return {
        "soort": "stop",
        **_datum("vanaf", vanaf),
        **_datum("tot", vanaf) | dict.fromkeys(("tot_dag", "tot_maand", "tot_jaar"), ""),
        "bron": "Brief",
        "onbekende_kinderen": "3",
        "dagen": "14",
        "straal_km": "10",
        **velden,
    }


def test_wizard_records_nothing_before_the_last_button(spelers):
    client = als(spelers.carla)
    gevonden = client.get(reverse("balie:sluiting_zoeken"), {"zoek": "zonne"})
    adres = reverse("balie:sluiting_melden", args=["het-zonnetje"])
    assert adres in gevonden.text

    nakijken = client.post(adres, _melding())
    assert nakijken.status_code == 200
    assert "Klopt dit?" in nakijken.text
    assert Sluiting.objects.count() == 0

    klaar = client.post(adres, _melding(zeker="ja"))
    plan = Noodplan.objects.get()
    assert klaar.url == reverse("balie:noodplan", args=[plan.pk])
    assert (plan.loket, plan.onbekende_kinderen) == (spelers.loket, 3)
    nog_eens = client.post(adres, _melding(zeker="ja"))
    assert nog_eens.status_code == 422
    assert "al een sluiting gemeld" in nog_eens.text


@pytest.mark.parametrize(
    "velden",
    [
        {"soort": ""},
        {"soort": "vakantie"},
        {"bron": ""},
        {"bron": "x" * 201},
        {"vanaf_jaar": "twee"},
        {"onbekende_kinderen": "501"},
        {"straal_km": "0"},
        {"dagen": "-1"},
        {"tot_dag": "1", "tot_maand": "1", "tot_jaar": "2099"},
        {"soort": "schorsing", "tot_dag": "1", "tot_maand": "1", "tot_jaar": "2020"},
        *({"onbekende_kinderen": waarde} for waarde in ROMMEL),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(spelers, velden):
    adres = reverse("balie:sluiting_melden", args=["het-zonnetje"])
    antwoord = als(spelers.carla).post(adres, _melding(zeker="ja", **velden))

    assert antwoord.status_code == 422
    assert "foutlijst" in antwoord.text
    assert 'value="14"' in antwoord.text or "dagen" in velden
    assert not Sluiting.objects.exists()


def test_enforcement_is_explained(spelers):
    adres = reverse("balie:sluiting_melden", args=["het-zonnetje"])

    nakijken = als(spelers.carla).post(adres, _melding(soort="opheffing"))

    assert "krijgt de gemeente geen gegevens van ouders" in nakijken.text


def test_plan_lists_families_in_due_order_and_counts(geval, carla):
    eerste, _tweede, _derde = geval.regels
    noteer_gesprek(eerste, Beluitkomst.NIET_BEREIKT, door=geval.spelers.carla, nu=timezone.now())

    tekst = carla.get(reverse("balie:noodplan", args=[geval.plan.pk])).text

    assert tekst.index("Lou Peeters") < tekst.index("Sam Peeters") < tekst.index("Mila Peeters")


def test_call_list_asks_the_same_number_of_queries_for_more(geval):
    client, url = als(geval.spelers.carla), reverse("balie:noodplan", args=[geval.plan.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as drie:
        client.get(url)
    Noodplanregel.objects.filter(pk__in=[een.pk for een in geval.regels[1:]]).delete()
    with CaptureQueriesContext(connection) as een:
        client.get(url)

    assert len(drie) == len(een)


def test_child_page_says_how_to_reach_and_where_is_room_and_is_recorded(geval, carla):
    regel = geval.regels[0]
    maak_aanbod(geval.spelers.zonnetje, 1, nu=timezone.now())

    pagina = carla.get(reverse("balie:noodplan_kind", args=[geval.plan.pk, regel.pk]))

    assert regel.heropend.aanvrager.email in pagina.text
    assert "Het Zonnetje" in pagina.text
    assert "afstand niet gekend" in pagina.text
    assert Inzage.objects.get().onderwerp_id == regel.heropend.pk


def test_one_click_asks_a_location_and_mails_only_that_provider(geval, carla):
    regel = geval.regels[0]
    adres = reverse("balie:noodplan_vraag", args=[geval.plan.pk, regel.pk])
    voor = set(Bericht.objects.values_list("pk", flat=True))

    antwoord = carla.post(adres, {"locatie": geval.spelers.zonnetje.pk}, follow=True)

    assert "De vraag is nu ook bij Het Zonnetje" in antwoord.text
    assert regel.heropend.aanmeldingen.get().locatie == geval.spelers.zonnetje
    assert [b.aan for b in Bericht.objects.exclude(pk__in=voor)] == ["zon@voorbeeld.test"]
    nog_eens = carla.post(adres, {"locatie": geval.spelers.zonnetje.pk}, follow=True)
    assert "staat al bij de keuzes" in nog_eens.text


@pytest.mark.parametrize("waarde", ROMMEL)
def test_junk_where_a_location_belongs(geval, carla, waarde):
    adres = reverse("balie:noodplan_vraag", args=[geval.plan.pk, geval.regels[0].pk])

    antwoord = carla.post(adres, {"locatie": waarde}, follow=True)

    assert "Kies een opvang uit de lijst" in antwoord.text
    assert Aanmelding.objects.filter(opvangvraag=geval.regels[0].heropend).count() == 0


def test_a_hidden_location_of_elsewhere_can_not_be_noted_as_a_new_place(geval, carla):
    verborgen = maak_locatie(loket=geval.spelers.ander_loket, zichtbaar=False)
    aanbod = maak_aanbod(verborgen, 1, nu=timezone.now())
    adres = reverse("balie:noodplan_plaats", args=[geval.plan.pk, geval.regels[0].pk, aanbod.pk])

    assert carla.get(adres).status_code == 404
    assert Plaatsing.objects.filter(locatie=verborgen).count() == 0


def test_both_said_yes_places_the_child_with_one_mail_each(geval, carla):
    regel = geval.regels[0]
    aanbod = maak_aanbod(geval.spelers.zonnetje, 1, nu=timezone.now())
    adres = reverse("balie:noodplan_plaats", args=[geval.plan.pk, regel.pk, aanbod.pk])
    start = geval.plan.sluiting.vanaf
    voor = set(Bericht.objects.values_list("pk", flat=True))

    zonder_ja = carla.post(adres, {**_datum("start", start), "ok_opvang": "on"})
    assert zonder_ja.status_code == 422
    antwoord = carla.post(adres, {**_datum("start", start), "ok_opvang": "on", "ok_gezin": "on"})

    assert antwoord.status_code == 302
    plaatsing = Plaatsing.objects.get(opvangvraag=regel.heropend)
    assert (plaatsing.locatie, plaatsing.vanaf) == (geval.spelers.zonnetje, start)
    nieuw = Bericht.objects.exclude(pk__in=voor)
    assert sorted(nieuw.values_list("sjabloon", flat=True)) == [
        "aanvragen/aanbieder_aanvaard",
        "aanvragen/geplaatst",
    ]
    weer = carla.get(adres, follow=True)
    assert "zoekt geen plaats meer" in weer.text


def test_messages_are_drafted_looked_at_and_sent_by_a_button(geval, carla):
    met_brief = geval.regels[1]
    zonder_mail(met_brief.heropend)
    adres = reverse("balie:noodplan_berichten", args=[geval.plan.pk])
    voor = Bericht.objects.count()

    carla.post(adres, {"tekst": "Infoavond op dinsdag."})
    ontwerpen = list(Noodbericht.objects.order_by("pk"))
    assert [een.wijze for een in ontwerpen] == ["mail", "brief", "mail"]
    nakijken = carla.get(
        reverse("balie:noodplan_bericht", args=[geval.plan.pk, ontwerpen[0].pk])
    ).text
    assert "Infoavond op dinsdag." in nakijken
    assert geval.regels[0].heropend.referentie in nakijken
    assert Bericht.objects.count() == voor  # looking sends nothing

    carla.post(
        reverse("balie:noodplan_versturen", args=[geval.plan.pk]),
        {"bericht": [een.pk for een in ontwerpen]},
    )
    mails = Bericht.objects.filter(sjabloon="aanvragen/noodplan")
    assert sorted(mails.values_list("onderwerp_id", flat=True)) == sorted(
        een.heropend_id for een in (geval.regels[0], geval.regels[2])
    )
    carla.post(
        reverse("balie:noodplan_versturen", args=[geval.plan.pk]),
        {"bericht": [een.pk for een in ontwerpen]},
    )
    assert mails.count() == 2  # once


@pytest.mark.parametrize("waarde", ROMMEL)
def test_junk_where_messages_belong(geval, carla, waarde):
    antwoord = carla.post(
        reverse("balie:noodplan_versturen", args=[geval.plan.pk]), {"bericht": waarde}, follow=True
    )

    assert antwoord.status_code == 200


def test_letters_are_a_tagged_pdf_with_one_page_each(geval, carla):
    for regel in geval.regels[:2]:
        zonder_mail(regel.heropend)
    maak_ontwerpen(geval.plan, tekst="", door=geval.spelers.carla, nu=timezone.now())

    antwoord = carla.get(reverse("balie:noodplan_brieven", args=[geval.plan.pk]))

    pdf = PdfReader(io.BytesIO(antwoord.content))
    tekst = [" ".join(blad.extract_text().split()) for blad in pdf.pages]
    assert antwoord["Content-Type"] == "application/pdf"
    assert len(tekst) == 2
    assert "Lou Peeters" in tekst[0] + tekst[1]
    assert "Sam Peeters" not in tekst[0] + tekst[1]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert Noodbericht.objects.filter(verstuurd_op=None).count() == 3  # printing sends nothing


def test_temporary_places_may_lie_over_the_border(geval, carla):
    buur = maak_locatie("De Buur", loket=geval.spelers.ander_loket, slug="de-buur")
    adres = reverse("balie:noodplan_vervang_nieuw", args=[geval.plan.pk, "de-buur"])
    assert "buiten het gebied van je loket" in carla.get(adres).text
    vanaf = geval.plan.sluiting.vanaf
    invoer = {
        "aantal": "4",
        "rooster": ["ma-vm", "ma-nm"],
        **_datum("vanaf", vanaf),
        **_datum("tot", vanaf + dt.timedelta(days=200)),
        "akkoord_van": "An Buur",
        **_datum("akkoord_op", timezone.localdate()),
    }

    te_lang = carla.post(adres, {**invoer, **_datum("tot", vanaf + dt.timedelta(days=600))})
    assert te_lang.status_code == 422
    antwoord = carla.post(adres, invoer)

    assert antwoord.status_code == 302
    rij = Vervangcapaciteit.objects.get()
    assert (rij.locatie, rij.plaatsaanbod.vrij[:3], rij.plaatsaanbod.tot) == (
        buur,
        [4, 4, 0],
        vanaf + dt.timedelta(days=200),
    )
    assert Bericht.objects.get(sjabloon="aanvragen/noodplan_vervangplaatsen").aan == (
        buur.organisator.email
    )
    lijst = carla.get(reverse("balie:noodplan_vervang", args=[geval.plan.pk])).text
    assert "Over de grens van ons gebied" in lijst


def test_what_others_can_forward_names_nobody(geval, carla):
    tekst = carla.get(reverse("balie:noodplan_onbekend", args=[geval.plan.pk])).text

    assert "Tekst die de opvang kan doorsturen" in tekst
    assert "http://testserver/aanvraag/" in tekst
    assert "Peeters" not in tekst

    carla.post(
        reverse("balie:noodplan_onbekend", args=[geval.plan.pk]),
        {"onbekende_kinderen": "9", "dagen": "30", "straal_km": "5"},
    )
    geval.plan.refresh_from_db()
    assert (geval.plan.onbekende_kinderen, geval.plan.dagen, geval.plan.straal_km) == (9, 30, 5)


def test_schepen_sees_figures_without_names_and_small_numbers_hidden(geval):
    ivo = als(geval.spelers.ivo)
    lijst = ivo.get(reverse("balie:sluitingen")).text
    adres = reverse("balie:noodplan_cijfers", args=[geval.plan.pk])
    assert adres in lijst
    assert reverse("balie:noodplan", args=[geval.plan.pk]) + '"' not in lijst

    pagina = ivo.get(adres).text

    assert "minder dan 5" in pagina
    assert "niet getoond" in pagina
    assert "Peeters" not in pagina
    assert ivo.get(reverse("balie:noodplan", args=[geval.plan.pk])).status_code == 404


def test_pages_of_a_family_that_wants_calm_do_not_exist(geval, carla):
    regel = geval.regels[0]
    maak_ontwerpen(geval.plan, tekst="", door=geval.spelers.carla, nu=timezone.now())
    bericht = Noodbericht.objects.get(regel=regel)
    aanbod = maak_aanbod(geval.spelers.zonnetje, 1, nu=timezone.now())
    noteer_gesprek(regel, Beluitkomst.RUST, door=geval.spelers.carla, nu=timezone.now())

    plan, rij = geval.plan.pk, regel.pk
    codes = {
        naam: carla.get(reverse(f"balie:{naam}", args=args)).status_code
        for naam, args in {
            "noodplan_kind": [plan, rij],
            "noodplan_plaats": [plan, rij, aanbod.pk],
            "noodplan_bericht": [plan, bericht.pk],
            "noodplan_brief": [plan, bericht.pk],
        }.items()
    }
    assert set(codes.values()) == {404}
    assert carla.post(reverse("balie:noodplan_vraag", args=[plan, rij])).status_code == 404
    for naam in ("noodplan", "noodplan_berichten", "noodplan_vervang", "noodplan_onbekend"):
        for lijst in ("bellen", "alle"):
            tekst = carla.get(reverse(f"balie:{naam}", args=[plan]), {"lijst": lijst}).text
            assert "Mila" not in tekst
            assert Ouder.objects.get(gezin=regel.gezin).email not in tekst
    assert (
        "1 kind van een gezin dat rust vroeg"
        in carla.get(reverse("balie:noodplan", args=[plan])).text
    )


def test_a_call_that_is_noted_badly_keeps_the_note(geval, carla):
    adres = reverse("balie:noodplan_kind", args=[geval.plan.pk, geval.regels[0].pk])

    antwoord = carla.post(adres, {"uitkomst": "", "notitie": "Belt zelf terug"})

    assert antwoord.status_code == 422
    assert "Belt zelf terug" in antwoord.text
    assert not Belpoging.objects.exists()
    gisteren = timezone.localdate() - dt.timedelta(days=1)
    antwoord = carla.post(adres, {"uitkomst": "niet_bereikt", **_datum("opnieuw_op", gisteren)})
    assert antwoord.status_code == 422


def test_empty_states(spelers):
    client = als(spelers.carla)
    assert "Geen opvang die sluit" in client.get(reverse("balie:sluitingen")).text
    plan = begin_plan(
        spelers.egeltjes,
        loket=spelers.loket,
        vanaf=timezone.localdate() + dt.timedelta(days=9),
        nu=timezone.now(),
    )
    leeg = client.get(reverse("balie:noodplan", args=[plan.pk])).text
    assert "Niemand meer te bellen" in leeg
    assert (
        "Er staat niets klaar"
        in client.get(reverse("balie:noodplan_berichten", args=[plan.pk])).text
    )
    assert client.get(reverse("balie:noodplan_brieven", args=[plan.pk])).status_code == 404


def test_another_loket_finds_nothing(geval):
    dirk = als(geval.spelers.dirk)
    plan, regel = geval.plan.pk, geval.regels[0].pk

    assert dirk.get(reverse("balie:sluiting_melden", args=["de-egeltjes"])).status_code == 404
    assert "De Egeltjes" not in dirk.get(reverse("balie:sluitingen")).text
    assert "Egeltjes" not in dirk.get(
        reverse("balie:sluiting_zoeken"), {"zoek": "egel"}
    ).text.replace('value="egel"', "")
    for naam in ("noodplan", "noodplan_berichten", "noodplan_onbekend", "noodplan_cijfers"):
        assert dirk.get(reverse(f"balie:{naam}", args=[plan])).status_code == 404
    assert dirk.get(reverse("balie:noodplan_kind", args=[plan, regel])).status_code == 404
