"""The pages about subsidies: staff, the schepen, and the provider who gets one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO

import page
import pypdf
import pytest
import time_machine
from django.urls import reverse

from loket.models import Bericht
from opvang.domain.subsidies.rekenen import vraag_aan
from opvang.models import Subsidie, Subsidiebudget, Subsidieregel, Subsidiereglement
from opvang.workflow import MaximumPer, Regelsoort
from tests.fabrieken import NU, maak_locatie, maak_vergunning
from tests.opvang.fabrieken_subsidies import S, maak_subsidies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _maart_2026():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def sub(spelers):
    return maak_subsidies(spelers.loket, spelers.carla)


@pytest.fixture
def als(client):
    def meld_aan(wie):
        client.force_login(wie)
        return client

    return meld_aan


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def tekst_van(pdf: bytes) -> str:
    bladen = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(blad.extract_text() for blad in bladen).replace("\u00a0", " ").split())


# A reglement from nothing


def test_staff_enters_a_reglement_a_rule_and_a_budget(als, spelers):
    client = als(spelers.carla)
    assert "In 2026 geldt er geen subsidiereglement" in tekst(
        client.get(reverse("subsidies:overzicht"))
    )

    antwoord = client.post(
        reverse("subsidies:nieuw"),
        {
            "naam": "Startpremie",
            "raadsbesluit_op": "2025-12-15",
            "bron": "Raadsbesluit 118",
            "vanaf": "2026-01-01",
            "slotzin": "Bezwaar? Schrijf het college.",
        },
    )
    reglement = Subsidiereglement.objects.get()
    assert antwoord.headers["Location"] == reglement.get_absolute_url()
    assert (reglement.loket, reglement.gemeente, reglement.tot) == (spelers.loket, None, None)

    client.post(
        reverse("subsidies:regel_nieuw", args=[reglement.pk]),
        {
            "naam": "Per nieuwe plaats",
            "soort": "nieuwe_plaats",
            "bedrag": "1.000",
            "trappen": ["T1", "T2"],
            "maximum": "€ 10 000,50",
            "maximum_per": "locatie",
            # What belongs to interest is left out.
            "rentepunten": "2",
            "jaren": "5",
        },
    )
    regel = Subsidieregel.objects.get()
    assert (regel.bedrag, regel.maximum, regel.trappen) == (
        Decimal(1000),
        Decimal("10000.50"),
        ["T1", "T2"],
    )
    assert (regel.rentepunten, regel.jaren, regel.ook_gemeentelijk) == (None, None, False)

    client.post(
        reverse("subsidies:budget", args=[reglement.pk]), {"jaar": "2026", "bedrag": "50.000"}
    )
    assert Subsidiebudget.objects.get().bedrag == 50000
    blad = tekst(client.get(reverse("subsidies:overzicht")))
    assert "Startpremie" in blad
    assert "€ 50 000,00" in blad


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("bedrag", "duizend", "Schrijf een getal, zoals 1250 of 1250,50."),
        ("bedrag", "0", "Dit moet minstens € 0,01 zijn."),
        ("bedrag", "1,234", "Schrijf hoogstens 2 cijfers na de komma."),
        ("bedrag", "9" * 400, "Dit kan hoogstens € 1 000 000,00 zijn."),
        ("bedrag", "", "Vul in hoeveel euro de gemeente geeft."),
        ("bedrag", "NaN", "Schrijf een getal, zoals 1250 of 1250,50."),
        ("bedrag", "-5", "Schrijf een getal, zoals 1250 of 1250,50."),
        ("bedrag", "1\x00", "Schrijf een getal, zoals 1250 of 1250,50."),
        ("maximum", "1 0000", "Schrijf een getal, zoals 1250 of 1250,50."),
    ],
)
def test_a_rule_that_is_wrong_comes_back_as_it_was_typed(als, sub, veld, waarde, fout):
    goed = {
        "naam": "Premie <3",
        "soort": "nieuwe_plaats",
        "bedrag": "750,5",
        "maximum_per": "dossier",
    }

    antwoord = als(sub.carla).post(
        reverse("subsidies:regel_nieuw", args=[sub.reglement.pk]), {**goed, veld: waarde}
    )

    assert antwoord.status_code == 422
    assert fout in tekst(antwoord)
    assert 'value="Premie &lt;3"' in antwoord.content.decode()
    assert not Subsidieregel.objects.exists()


@pytest.mark.parametrize(
    ("bedrag", "gelezen"),
    [
        ("14.000,50", "14000.50"),
        ("14 000", "14000"),
        ("1000.5", "1000.5"),
        ("€ 7", "7"),
        ("0", "0"),
    ],
)
def test_amounts_are_read_as_people_write_them(als, sub, bedrag, gelezen):
    als(sub.carla).post(
        reverse("subsidies:budget", args=[sub.reglement.pk]), {"jaar": "2026", "bedrag": bedrag}
    )

    assert Subsidiebudget.objects.get().bedrag == Decimal(gelezen)


ROMMEL = (
    "\x00",
    "9" * 40,
    "-1",
    "\ud800".encode("utf-8", "surrogatepass"),
    "٢",
    "<b>",
    "1e999",
    " ",
)


@pytest.mark.parametrize("rommel", ROMMEL)
def test_junk_is_refused_and_never_a_crash(als, spelers, sub, rommel):
    sub.regel()
    subsidie = sub.voorstel(spelers.egeltjes)
    client = als(sub.kim)
    for naam in ("nieuw", "wijzigen", "regel_nieuw", "budget", "aanvraag"):
        url = reverse(f"subsidies:{naam}", args=[] if naam == "nieuw" else [sub.reglement.pk])
        velden = client.get(url).context["form"].fields
        delen = [f"{veld}_{deel}" for veld in velden for deel in ("dag", "maand", "jaar")]
        assert client.post(url, dict.fromkeys([*velden, *delen], rommel)).status_code == 422
    for naam in ("dienst", "college", "weigeren", "intrekken", "betaald"):
        url = reverse(f"subsidies:{naam}", args=[subsidie.pk])
        assert client.post(url, {"datum_dag": rommel, "datum": rommel}).status_code == 422
    for url in (
        reverse("subsidies:overzicht"),
        reverse("subsidies:reglement", args=[sub.reglement.pk]),
        reverse("subsidies:csv", args=[sub.reglement.pk]),
    ):
        vraag = {"jaar": rommel, "toon": rommel, "pagina": rommel}
        assert client.get(url, vraag).status_code == 200
    assert client.get(f"/balie/subsidies/{'9' * 30}/").status_code == 404
    assert (
        client.post(reverse("subsidies:rekenen", args=[sub.reglement.pk]), {"jaar": rommel})
        .headers["Location"]
        .endswith("?jaar=2026#lijst")
    )


# The list


def test_a_run_says_what_it_did(als, spelers, sub):
    sub.regel()
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 2, 1))
    url = reverse("subsidies:rekenen", args=[sub.reglement.pk])
    client = als(sub.carla)

    eerste = client.post(url, {"jaar": "2026"}, follow=True)
    tweede = client.post(url, {"jaar": "2026"}, follow=True)

    assert "Gerekend voor 2026: 1 nieuw voorstel." in tekst(eerste)
    assert "€ 14 000,00" in tekst(eerste)
    assert "Zonder budget kan er niets goedgekeurd worden." in tekst(eerste)
    assert "Gerekend voor 2026: niets veranderd." in tekst(tweede)


def test_a_run_without_rules_says_what_to_do(als, sub):
    antwoord = als(sub.carla).post(
        reverse("subsidies:rekenen", args=[sub.reglement.pk]), follow=True
    )

    assert "Dit reglement heeft nog geen regels. Voeg er eerst een toe." in tekst(antwoord)


def _vul(sub, aantal: int) -> None:
    for _ in range(aantal):
        maak_vergunning(maak_locatie(loket=sub.loket), 9, vanaf=dt.date(2026, 2, 1))
    sub.reken()


@pytest.mark.parametrize("aantal", [1, 3])
def test_pages_ask_as_many_questions_whatever_the_number(
    als, sub, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        sub.regel(naam=f"Regel {nummer}")
    sub.budget()
    _vul(sub, aantal)
    client = als(sub.carla)

    with django_assert_num_queries(16):
        blad = client.get(reverse("subsidies:reglement", args=[sub.reglement.pk]))
    assert len(blad.context["rijen"]) == aantal * aantal
    with django_assert_num_queries(6):
        client.get(reverse("subsidies:csv", args=[sub.reglement.pk]))


@pytest.mark.parametrize("aantal", [1, 3])
def test_overview_asks_as_many_questions_for_three_reglementen(
    als, spelers, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        maak_subsidies(spelers.loket, spelers.carla).budget()
    client = als(spelers.ivo)

    with django_assert_num_queries(7):
        blad = client.get(reverse("subsidies:overzicht"))
    assert len(blad.context["rijen"]) == aantal


def test_the_list_can_be_narrowed(als, spelers, sub):
    sub.regel()
    sub.budget()
    sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    sub.voorstel(spelers.zonnetje, 8)
    url = reverse("subsidies:reglement", args=[sub.reglement.pk])
    client = als(sub.carla)

    def namen(**vraag) -> set[str]:
        rijen = client.get(url, {"jaar": "2026", **vraag}).context["rijen"]
        return {rij.subsidie.locatie.naam for rij in rijen}

    assert namen() == {"De Egeltjes", "Het Zonnetje"}
    assert namen(toon="open") == {"Het Zonnetje"}
    assert namen(toon="goedgekeurd") == {"De Egeltjes"}
    assert namen(toon="gestopt") == set()
    assert namen(jaar="2025") == set()


def test_a_reglement_that_ended_is_not_in_later_years(als, spelers, sub):
    sub.reglement.tot = dt.date(2026, 1, 1)
    sub.reglement.save()
    client = als(spelers.carla)

    def aantal(jaar: int) -> int:
        return len(client.get(reverse("subsidies:overzicht"), {"jaar": jaar}).context["rijen"])

    assert (aantal(2025), aantal(2026), aantal(2019)) == (1, 0, 0)


def test_csv_holds_the_list_and_the_budget(als, spelers, sub):
    sub.regel(naam="=SOM(A1)")
    sub.budget("20000")
    sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)
    een = Subsidie.objects.get()

    antwoord = als(spelers.ivo).get(
        reverse("subsidies:csv", args=[sub.reglement.pk]), {"jaar": 2026}
    )

    assert antwoord["Content-Disposition"] == (
        f'attachment; filename="subsidies-{sub.reglement.pk}-2026.csv"'
    )
    assert antwoord.content.decode("utf-8-sig").splitlines() == [
        "soort;kenmerk;jaar;organisator;opvanglocatie;regel;stand;besluit;nieuwe plaatsen;bedrag",
        f"subsidie;{een.kenmerk};2026;Egel vzw;De Egeltjes;'=SOM(A1);Goedgekeurd door het college;2026-03-02;14;14000,00",
        "budget;;2026;;;;Budget;;;20000,00",
        "budget;;2026;;;;Goedgekeurd, nog niet betaald;;;14000,00",
        "budget;;2026;;;;Betaald;;;0,00",
        "budget;;2026;;;;Nog over;;;6000,00",
        "budget;;2026;;;;Voorstellen en aanvragen;;;0,00",
    ]


# One subsidie


def test_page_shows_the_calculation_in_words(als, spelers, sub):
    sub.t1()
    sub.budget()
    maak_vergunning(spelers.egeltjes, 10, vanaf=dt.date(2026, 7, 1), plaatsen_t1=10)
    sub.reken()
    subsidie = Subsidie.objects.get()

    blad = tekst(als(sub.carla).get(subsidie.get_absolute_url()))

    assert "10 plaatsen (T1), van 1 juli tot en met 31 december 2026" in blad
    assert "10 × € 500,00 × 184/365 dagen" in blad
    assert "€ 2 520,55" in blad
    assert "Bereken en leg vast" in blad


def test_without_an_address_the_letter_goes_by_post(als, spelers, sub):
    organisator = spelers.egeltjes.organisator
    organisator.email = ""
    organisator.save()
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)

    blad = tekst(als(sub.kim).get(subsidie.get_absolute_url()))

    assert "Stuur de brief met de post." in blad
    assert not Bericht.objects.over(subsidie).exists()


def test_who_computed_is_told_that_somebody_else_approves(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    keur = reverse("subsidies:dienst", args=[subsidie.pk])

    van_carla = als(sub.carla).get(subsidie.get_absolute_url())
    assert "wie rekent, keurt niet zelf goed" in tekst(van_carla)
    assert keur not in van_carla.content.decode()
    antwoord = als(sub.carla).post(keur, {"motivering": "Toch"})
    assert antwoord.status_code == 422
    assert "Een collega van de dienst moet het goedkeuren." in tekst(antwoord)

    assert keur in als(sub.kim).get(subsidie.get_absolute_url()).content.decode()


def test_going_over_the_budget_says_what_to_do(als, spelers, sub):
    sub.regel()
    sub.budget("100")
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)

    antwoord = als(sub.kim).post(
        reverse("subsidies:dienst", args=[subsidie.pk]), {"motivering": "Mooi dossier"}
    )

    assert antwoord.status_code == 422
    assert "Verhoog eerst het budget, of weiger." in tekst(antwoord)
    assert "Mooi dossier" in tekst(antwoord)


def test_page_warns_when_the_licence_changed_since(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    spelers.egeltjes.vergunningen.update(vergunde_plaatsen=15, plaatsen_t2=15)

    blad = tekst(als(sub.kim).get(subsidie.get_absolute_url()))

    assert "De vergunning of het reglement is intussen veranderd." in blad
    assert "Keur goed als dienst" not in blad


def test_from_proposal_to_letter_over_the_counter(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.voorstel(spelers.egeltjes)

    def url(naam: str) -> str:
        return reverse(f"subsidies:{naam}", args=[subsidie.pk])

    als(sub.carla).post(url("berekenen"))
    als(sub.kim).post(url("dienst"), {})
    assert als(sub.kim).get(url("brief")).status_code == 404
    assert als(sub.kim).post(url("college"), {"datum": "2026-03-02"}).status_code == 302
    als(sub.kim).post(url("betaald"), {"datum": "2026-03-02"})

    subsidie.refresh_from_db()
    assert subsidie.status == S.BETAALD
    blad = tekst(als(spelers.ivo).get(subsidie.get_absolute_url()))
    assert "Betaald op maandag 2 maart 2026" in blad
    assert "Wat nu?" not in blad


def test_an_application_for_interest_is_entered(als, spelers, sub):
    regel = sub.regel(Regelsoort.RENTE, None, maximum=Decimal(500), maximum_per=MaximumPer.JAAR)
    url = reverse("subsidies:aanvraag", args=[sub.reglement.pk])
    half = {"regel": regel.pk, "locatie": spelers.egeltjes.pk, "jaar": "2026", "hoofdsom": "20.000"}

    fout = als(sub.carla).post(url, half)
    assert fout.status_code == 422
    assert tekst(fout).count("Vul dit in: de regel gaat over rente op een lening.") == 6
    goed = als(sub.carla).post(
        url, {**half, "rente": "3.250", "begin": "2026-01-01", "einde": "2031-01-01"}
    )

    subsidie = Subsidie.objects.get()
    assert goed.headers["Location"] == subsidie.get_absolute_url()
    assert (subsidie.bedrag, subsidie.lening_rente) == (Decimal(500), Decimal("3.250"))


def test_an_application_offers_only_locations_of_the_area(als, spelers, sub):
    regel = sub.regel()
    elders = maak_locatie("Ver weg", loket=spelers.ander_loket)
    url = reverse("subsidies:aanvraag", args=[sub.reglement.pk])

    assert "Ver weg" not in tekst(als(sub.carla).get(url))
    antwoord = als(sub.carla).post(url, {"regel": regel.pk, "locatie": elders.pk, "jaar": "2026"})
    assert antwoord.status_code == 422
    assert not Subsidie.objects.exists()


def test_a_rule_by_which_something_was_decided_is_shown_as_fixed(als, spelers, sub):
    regel = sub.regel()
    sub.budget()
    sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    url = reverse("subsidies:regel", args=[regel.pk])

    assert "Ze kan niet meer veranderen." in tekst(als(sub.carla).get(url))
    antwoord = als(sub.carla).post(
        url, {"naam": "x", "soort": "nieuwe_plaats", "bedrag": "5", "maximum_per": "dossier"}
    )
    assert antwoord.status_code == 422
    assert Subsidieregel.objects.get().bedrag == 1000


# Who sees what


def test_schepen_reads_and_changes_nothing(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    client = als(spelers.ivo)

    for url in (sub.reglement.get_absolute_url(), subsidie.get_absolute_url()):
        blad = client.get(url).content.decode()
        assert "€" in blad
        assert "<form" not in blad.partition("<main")[2].partition("</main>")[0]
    for naam in ("berekenen", "dienst", "college", "weigeren", "intrekken", "betaald"):
        assert client.post(reverse(f"subsidies:{naam}", args=[subsidie.pk])).status_code == 403
    subsidie.refresh_from_db()
    assert subsidie.status == S.BEREKEND


def test_provider_sees_decisions_on_the_own_locations_only(als, spelers, sub):
    regel = sub.regel()
    sub.t1()
    sub.budget()
    eigen = sub.zet(sub.voorstel(spelers.egeltjes, 14), S.COLLEGE)
    van_greet = sub.zet(sub.voorstel(spelers.zonnetje, 8), S.COLLEGE)
    # A proposal, and a refusal that nobody asked for: not told to anybody.
    nog_een = maak_locatie(
        "De Bosjes", loket=spelers.loket, organisator=spelers.egeltjes.organisator
    )
    derde = maak_locatie(
        "De Beekjes", loket=spelers.loket, organisator=spelers.egeltjes.organisator
    )
    sub.voorstel(nog_een, 9)
    sub.zet(sub.voorstel(derde, 9), S.GEWEIGERD)
    client = als(spelers.farid)

    blad = client.get(reverse("aanbod_subsidies:lijst"))

    assert [rij.subsidie for rij in blad.context["rijen"]] == [eigen]
    assert "€ 14 000,00" in tekst(blad)
    for pk, code in (
        (eigen.pk, 200),
        (van_greet.pk, 404),
        *((een.pk, 404) for een in Subsidie.objects.filter(locatie__in=[nog_een, derde])),
    ):
        assert client.get(reverse("aanbod_subsidies:brief", args=[pk])).status_code == code
    assert client.get(reverse("subsidies:subsidie", args=[eigen.pk])).status_code == 403
    assert regel.naam in tekst(blad)


def test_provider_without_decisions_reads_what_comes(als, spelers, sub):
    sub.regel()
    sub.voorstel(spelers.egeltjes)

    blad = tekst(als(spelers.farid).get(reverse("aanbod_subsidies:lijst")))

    assert "Er is nog niets beslist over jouw opvang." in blad
    assert "14 000" not in blad


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_of_the_provider_asks_as_many_questions_whatever_the_number(
    als, spelers, sub, aantal, django_assert_num_queries
):
    sub.regel()
    sub.budget()
    for _ in range(aantal):
        locatie = maak_locatie(loket=spelers.loket, organisator=spelers.egeltjes.organisator)
        sub.zet(sub.voorstel(locatie, 9), S.COLLEGE)
    client = als(spelers.farid)

    with django_assert_num_queries(8):
        blad = client.get(reverse("aanbod_subsidies:lijst"))
    assert len(blad.context["rijen"]) == aantal


# The letter


def _brief(client, subsidie) -> bytes:
    antwoord = client.get(reverse("aanbod_subsidies:brief", args=[subsidie.pk]))
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == f'inline; filename="subsidie-{subsidie.kenmerk}.pdf"'
    return antwoord.content


def keur(pdf: bytes) -> list[tuple[str, str]]:
    verslag = page.validate_pdf_bytes(pdf, profile="ua1")
    assert verslag.rules.total > 100
    return [(fout.rule_id, fout.message) for fout in verslag.failures]


def test_letter_of_an_approval_says_how_it_was_computed(als, spelers, sub):
    sub.reglement.slotzin = "Niet akkoord? Schrijf het college."
    sub.reglement.save()
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)

    pdf = _brief(als(spelers.farid), subsidie)

    brief = tekst_van(pdf)
    for stuk in (
        "Je krijgt een subsidie",
        "Egel vzw De Egeltjes, Kerkstraat",
        f"Ons kenmerk: {subsidie.kenmerk} Maandag 2 maart 2026",
        "voor 2026 een subsidie krijgt van € 14 000,00: Startpremie.",
        "Start op 1 februari 2026 met 14 plaatsen 14 × € 1 000,00 € 14 000,00",
        "goedgekeurd door de gemeenteraad op maandag 15 december 2025 (Raadsbesluit 2025/118).",
        "Niet akkoord? Schrijf het college.",
        "Loket Wilgenrade",
    ):
        assert stuk in brief
    assert keur(pdf) == []


def test_letter_of_a_refusal_says_why_and_no_amount(als, spelers, sub):
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 2, 1))
    subsidie = vraag_aan(sub.regel(), spelers.egeltjes, jaar=2026, door=sub.carla, nu=NU)
    sub.zet(subsidie, S.GEWEIGERD)

    pdf = _brief(als(spelers.farid), subsidie)

    brief = tekst_van(pdf)
    assert "Je aanvraag is geweigerd" in brief
    assert "Te laat." in brief
    assert "14 000" not in brief
    assert keur(pdf) == []


def test_letter_of_what_was_withdrawn_says_so(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE), S.INGETROKKEN)

    brief = tekst_van(_brief(als(spelers.farid), subsidie))

    assert "Deze beslissing is ingetrokken op maandag 2 maart 2026. Vergissing." in brief


# Many at once


def test_many_go_together_from_proposal_to_college(als, spelers, sub):
    sub.regel()
    sub.budget()
    for locatie, plaatsen in ((spelers.egeltjes, 14), (spelers.zonnetje, 8)):
        sub.voorstel(locatie, plaatsen)
    blad = sub.reglement.get_absolute_url()

    def url(stap: str) -> str:
        return reverse(f"subsidies:samen_{stap}", args=[sub.reglement.pk])

    client = als(sub.carla)
    assert "Bereken 2 dossiers" in tekst(client.get(blad))
    client.post(url("berekenen"), {"jaar": "2026"})
    assert set(Subsidie.objects.values_list("status", "berekend_door")) == {
        (S.BEREKEND, sub.carla.pk)
    }
    # What you computed yourself you do not approve.
    assert "Er is niets dat een collega berekende" in tekst(client.get(url("dienst")))

    client = als(sub.kim)
    vraag = client.get(url("dienst"))
    assert "Alles samen is dat € 22 000,00." in tekst(vraag)
    assert "De Egeltjes, Startpremie: € 14 000,00" in tekst(vraag)
    keuzes = [sleutel for sleutel, _tekst in vraag.context["form"].fields["dossiers"].choices]
    client.post(url("dienst"), {"dossiers": keuzes, "motivering": "Nagekeken."})
    assert set(Subsidie.objects.values_list("status", flat=True)) == {S.DIENST}

    een, _twee = keuzes
    assert client.post(url("college"), {"dossiers": [een]}).status_code == 422
    client.post(url("college"), {"dossiers": [een], "datum": "2026-03-02"})
    assert {s.locatie.naam: s.status for s in Subsidie.objects.all()} == {
        "De Egeltjes": S.COLLEGE,
        "Het Zonnetje": S.DIENST,
    }
    assert "over 1 dossier" in tekst(client.get(blad))


def test_many_are_refused_together_when_the_budget_holds_only_one(als, spelers, sub):
    sub.regel()
    sub.budget("20000")
    for locatie in (spelers.egeltjes, spelers.zonnetje):
        sub.zet(sub.voorstel(locatie), S.BEREKEND)
    keuzes = [f"{een.pk}:{een.bedrag}" for een in Subsidie.objects.all()]

    antwoord = als(sub.kim).post(
        reverse("subsidies:samen_dienst", args=[sub.reglement.pk]), {"dossiers": keuzes}
    )

    assert antwoord.status_code == 422
    assert "Verhoog eerst het budget, of weiger." in tekst(antwoord)
    assert set(Subsidie.objects.values_list("status", flat=True)) == {S.BEREKEND}


def test_an_amount_that_changed_behind_the_page_is_not_approved(als, spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    spelers.egeltjes.vergunningen.update(vergunde_plaatsen=15, plaatsen_t2=15)
    sub.zet(subsidie, S.BEREKEND)

    samen = als(sub.kim).post(
        reverse("subsidies:samen_dienst", args=[sub.reglement.pk]),
        {"dossiers": [f"{subsidie.pk}:14000.00"]},
    )
    alleen = als(sub.kim).post(
        reverse("subsidies:dienst", args=[subsidie.pk]), {"gezien": "14000.00"}
    )

    assert (samen.status_code, alleen.status_code) == (422, 422)
    assert "Intussen is een dossier veranderd." in tekst(samen)
    assert "Iemand anders was je net voor." in tekst(alleen)
    assert Subsidie.objects.get().status == S.BEREKEND
    # The page goes on with what it shows now.
    assert 'name="gezien" value="15000.00"' in alleen.content.decode()


def test_a_proposal_of_which_nothing_is_left_asks_for_nothing(als, spelers, sub):
    sub.regel()
    subsidie = sub.voorstel(spelers.egeltjes)
    spelers.egeltjes.vergunningen.update(vanaf=dt.date(2025, 2, 1))
    sub.reken()

    blad = tekst(als(sub.carla).get(subsidie.get_absolute_url()))

    assert "Niets meer te geven" in blad
    assert "is er in dat jaar niets te geven" in blad
    assert "Wat nu?" not in blad


def test_dossiers_of_another_loket_do_not_slip_in(als, spelers, sub):
    elders = maak_subsidies(spelers.ander_loket, spelers.dirk)
    elders.regel()
    elders.budget()
    vreemd = elders.zet(elders.voorstel(maak_locatie(loket=spelers.ander_loket)), S.BEREKEND)

    antwoord = als(sub.kim).post(
        reverse("subsidies:samen_dienst", args=[sub.reglement.pk]),
        {"dossiers": [f"{vreemd.pk}:{vreemd.bedrag}"]},
    )

    assert antwoord.status_code == 422
    assert Subsidie.objects.get().status == S.BEREKEND
