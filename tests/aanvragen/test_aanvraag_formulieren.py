"""What each question page accepts, and what it says when it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.concept import MAX_KINDEREN, MAX_LOCATIES
from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens, Vraaggegevens
from aanvragen.forms.aanvraag import (
    DagenForm,
    KinderForm,
    OpvangForm,
    SituatieForm,
    WanneerForm,
    WieForm,
    ZoekForm,
)
from aanvragen.forms.samenvatting import samenvatting
from aanvragen.forms.stap import Kader, als_querydict
from aanvragen.forms.vragenlijst import Stand, Vragenlijst
from aanvragen.workflow import Kenmerkcode
from loket.models import Wijk
from tests.aanvragen.invullen import datum
from tests.fabrieken import maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db

VANDAAG = dt.date(2026, 11, 23)
SAMI = Kindgegevens(voornaam="Sami", familienaam="Haddad", geboortedatum=dt.date(2026, 9, 1))
BABY = Kindgegevens(familienaam="Haddad", verwachte_geboortedatum=dt.date(2027, 3, 14))


def maak(klasse, spelers, gegevens, **kader):
    invoer = {
        naam: waarde if isinstance(waarde, list) else [waarde] for naam, waarde in gegevens.items()
    }
    return klasse(als_querydict(invoer), kader=Kader(vandaag=VANDAAG, loket=spelers.loket, **kader))


def fouten(form):
    return {naam: list(form[naam].errors) for naam in form.errors}


def wie(spelers, **anders):
    return {
        "voornaam": "Nora",
        "familienaam": "Haddad",
        "relatie": "ouder",
        "email": "nora@voorbeeld.test",
        "gemeente": str(spelers.loket.gemeenten.get().pk),
        **anders,
    }


def kind(nummer=0, **anders):
    goed = {
        "geboren": "ja",
        "voornaam": "Sami",
        "familienaam": "Haddad",
        **datum("datum", dt.date(2026, 9, 1)),
        **anders,
    }
    return {
        f"datum_{nummer}_{naam[6:]}" if naam.startswith("datum_") else f"{naam}_{nummer}": waarde
        for naam, waarde in goed.items()
    }


# Who


def test_who_needs_a_name_an_address_and_a_gemeente(spelers):
    form = maak(WieForm, spelers, {"relatie": "ouder"})

    assert fouten(form) == {
        "voornaam": ["Vul in: Voornaam."],
        "familienaam": ["Vul in: Familienaam."],
        "email": ["Vul in: E-mailadres."],
        "gemeente": ["Kies: Gemeente."],
    }


def test_who_gives_the_loket_of_the_gemeente(spelers):
    elders = spelers.ander_loket.gemeenten.get()

    form = maak(WieForm, spelers, wie(spelers, gemeente=str(elders.pk)))

    assert form.loket() == spelers.ander_loket


def test_who_keeps_the_loket_of_the_draft_when_several_serve_the_gemeente(spelers):
    gemeente = spelers.loket.gemeenten.get()
    spelers.ander_loket.gemeenten.add(gemeente)

    form = maak(WieForm, spelers, wie(spelers))

    assert form.loket() == spelers.loket


def test_who_lives_elsewhere_reads_where_to_go(spelers):
    gent = maak_gemeente("Gent")

    form = maak(WieForm, spelers, wie(spelers, gemeente=str(gent.pk)))

    assert fouten(form) == {
        "gemeente": [
            (
                "In Gent helpt een ander loket je. Zoek op de website van Gent naar “lokaal loket "
                "kinderopvang”. Wij helpen gezinnen in Wilgenrade. Lukt het niet? Bel ons op "
                "09 000 00 00."
            )
        ]
    }
    assert form.loket() is None


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("gemeente", "abc", "Selecteer een geldige keuze. abc is geen beschikbare keuze."),
        ("gemeente", "999999", "Selecteer een geldige keuze. 999999 is geen beschikbare keuze."),
        ("postcode", "90011", "Een postcode heeft vier cijfers, zoals 9000."),
        ("postcode", "90a1", "Een postcode heeft vier cijfers, zoals 9000."),
        (
            "postcode",
            "2550",
            "Postcode 2550 hoort niet bij Wilgenrade. Kijk de postcode en de gemeente na.",
        ),
        ("telefoon", "bel mij", "Schrijf een telefoonnummer, zoals 0470 12 34 56."),
        (
            "email",
            "nöra@voorbeeld.test",
            "Vul een volledig e-mailadres in, zoals naam@voorbeeld.be.",
        ),
        ("relatie", "koning", "Selecteer een geldige keuze. koning is geen beschikbare keuze."),
        ("voornaam", "\x00", "Null-tekens zijn niet toegestaan."),
    ],
)
def test_who_refuses(spelers, veld, waarde, fout):
    form = maak(WieForm, spelers, wie(spelers, **{veld: waarde}))

    assert fouten(form) == {veld: [fout]}


def test_who_refuses_a_wijk_of_another_gemeente(spelers):
    elders = spelers.ander_loket.gemeenten.get()
    ver = Wijk.objects.create(gemeente=elders, naam="Ver", code="ver")
    dichtbij = Wijk.objects.create(gemeente=spelers.loket.gemeenten.get(), naam="Dorp", code="dorp")

    fout = maak(WieForm, spelers, wie(spelers, wijk=str(ver.pk)))
    goed = maak(WieForm, spelers, wie(spelers, wijk=str(dichtbij.pk)))

    assert fouten(fout) == {"wijk": ["Deze wijk ligt niet in Wilgenrade."]}
    assert fouten(goed) == {}


def test_who_is_signed_in_is_not_asked_for_an_address(spelers):
    form = maak(
        WieForm, spelers, wie(spelers, email="ander@voorbeeld.test"), email="amina@voorbeeld.test"
    )

    assert "email" not in form.fields
    assert form.is_valid()
    assert "email" not in form.invoer()


def test_who_comes_to_the_counter_needs_one_way_to_be_reached(spelers):
    zonder = maak(WieForm, spelers, wie(spelers, email=""), aan_balie=True)
    met = maak(WieForm, spelers, wie(spelers, email="", telefoon="09 000 00 01"), aan_balie=True)

    assert fouten(zonder) == {"telefoon": ["Geef een e-mailadres of een telefoonnummer."]}
    assert fouten(met) == {}


# Children


def test_born_child_needs_a_first_name(spelers):
    form = maak(KinderForm, spelers, kind(voornaam=""))

    assert fouten(form) == {"voornaam_0": ["Vul de voornaam van je kind in."]}
    assert form.kinderen() == ()


def test_expected_child_needs_no_first_name(spelers):
    form = maak(
        KinderForm,
        spelers,
        kind(geboren="nee", voornaam="", **datum("datum", dt.date(2027, 3, 14))),
    )

    assert fouten(form) == {}
    assert form.kinderen() == (BABY,)


@pytest.mark.parametrize(
    ("geboren", "dag", "fout"),
    [
        ("ja", dt.date(2026, 11, 23), ""),
        (
            "ja",
            dt.date(2026, 11, 24),
            "Deze dag moet nog komen. Is je kind nog niet geboren? Kies dan “Nee, nog niet”.",
        ),
        ("ja", dt.date(2023, 11, 23), ""),
        (
            "ja",
            dt.date(2023, 11, 22),
            (
                "Dit kind is ouder dan 3 jaar. Wij helpen bij opvang voor baby's en peuters. "
                "Bel het loket: zij wijzen je de weg naar andere opvang."
            ),
        ),
        (
            "ja",
            dt.date(1900, 1, 1),
            (
                "Dit kind is ouder dan 3 jaar. Wij helpen bij opvang voor baby's en peuters. "
                "Bel het loket: zij wijzen je de weg naar andere opvang."
            ),
        ),
        ("nee", dt.date(2026, 10, 26), ""),
        (
            "nee",
            dt.date(2026, 10, 25),
            "Deze dag is al even voorbij. Is je kind geboren? Kies dan “Ja”.",
        ),
        ("nee", dt.date(2027, 9, 23), ""),
        (
            "nee",
            dt.date(2027, 9, 24),
            (
                "Deze dag ligt meer dan 10 maanden ver. "
                "Je kunt opvang vragen zodra je zwanger bent en de verwachte datum kent."
            ),
        ),
    ],
)
def test_birth_date_is_plausible(spelers, geboren, dag, fout):
    form = maak(KinderForm, spelers, kind(geboren=geboren, **datum("datum", dag)))

    assert fouten(form) == ({"datum_0": [fout]} if fout else {})


def test_year_1800_is_refused_in_words(spelers):
    form = maak(KinderForm, spelers, kind(**datum("datum", dt.date(1800, 1, 1))))

    assert fouten(form) == {"datum_0": ["Schrijf het jaar met vier cijfers, zoals 2027."]}


def test_same_child_twice_is_told(spelers):
    form = maak(KinderForm, spelers, {"aantal": "2", **kind(), **kind(1, voornaam="SAMI")})

    assert fouten(form) == {
        "voornaam_1": ["Dit kind staat er al. Een tweeling heeft twee verschillende voornamen."]
    }


def test_twins_to_come_are_two_children(spelers):
    baby = kind(geboren="nee", voornaam="", **datum("datum", dt.date(2027, 3, 14)))
    form = maak(
        KinderForm,
        spelers,
        {
            "aantal": "2",
            **baby,
            **kind(1, geboren="nee", voornaam="", **datum("datum", dt.date(2027, 3, 14))),
        },
    )

    assert form.kinderen() == (BABY, BABY)


@pytest.mark.parametrize("aantal", ["", "0", "-1", "1e9", "99999999999", "één", "\x00"])
def test_tampered_number_of_children_is_bounded(spelers, aantal):
    assert 1 <= maak(KinderForm, spelers, {"aantal": aantal}).aantal <= MAX_KINDEREN


def test_one_more_child_has_the_same_family_name(spelers):
    form = maak(KinderForm, spelers, {"aantal": "1", **kind()})

    erbij = form.invoer_met_een_erbij()

    assert erbij["aantal"] == ["2"]
    assert erbij["familienaam_1"] == ["Haddad"]
    assert erbij["voornaam_0"] == ["Sami"]


def test_no_child_too_many(spelers):
    form = maak(KinderForm, spelers, {"aantal": str(MAX_KINDEREN)})

    assert form.kan_erbij is False
    assert form.invoer_met_een_erbij() == {"aantal": [str(MAX_KINDEREN)]}


def test_removing_a_child_moves_the_later_ones_up(spelers):
    form = maak(
        KinderForm,
        spelers,
        {"aantal": "3", **kind(), **kind(1, voornaam="Lou"), **kind(2, voornaam="Noa")},
    )

    over = maak(KinderForm, spelers, form.invoer_zonder(2))

    assert [k.voornaam for k in over.kinderen()] == ["Sami", "Noa"]
    assert over.aantal == 2


@pytest.mark.parametrize("nummer", [0, 4, 999])
def test_removing_a_child_that_is_not_there_changes_nothing(spelers, nummer):
    form = maak(KinderForm, spelers, {"aantal": "2", **kind(), **kind(1, voornaam="Lou")})

    assert form.invoer_zonder(nummer) == form.invoer()


# When


@pytest.mark.parametrize(
    ("kinderen", "start", "fout"),
    [
        ((), VANDAAG, ""),
        ((), dt.date(2026, 11, 22), "Deze dag is al voorbij. Kies vandaag of een latere dag."),
        ((BABY,), dt.date(2027, 3, 14), ""),
        (
            (BABY,),
            dt.date(2027, 3, 13),
            "Je startdatum ligt voor de geboorte. Kies een latere datum.",
        ),
        ((SAMI,), dt.date(2029, 9, 1), ""),
        (
            (SAMI,),
            dt.date(2029, 9, 2),
            (
                "Op deze dag is Sami ouder dan 3 jaar. Dan gaat een kind naar de kleuterklas. "
                "Kies een vroegere dag, of bel het loket."
            ),
        ),
        (
            (SAMI, BABY),
            dt.date(2199, 1, 1),
            (
                "Op deze dag is Sami ouder dan 3 jaar. Dan gaat een kind naar de kleuterklas. "
                "Kies een vroegere dag, of bel het loket."
            ),
        ),
    ],
)
def test_start_fits_the_children(spelers, kinderen, start, fout):
    form = maak(WanneerForm, spelers, datum("start", start), kinderen=kinderen)

    assert fouten(form) == ({"start": [fout]} if fout else {})


def test_child_of_a_leap_day_has_a_third_birthday(spelers):
    schrikkel = Kindgegevens(
        voornaam="Bo", familienaam="Haddad", geboortedatum=dt.date(2024, 2, 29)
    )

    op_tijd = maak(WanneerForm, spelers, datum("start", dt.date(2027, 3, 1)), kinderen=(schrikkel,))
    te_laat = maak(WanneerForm, spelers, datum("start", dt.date(2027, 3, 2)), kinderen=(schrikkel,))

    assert (op_tijd.is_valid(), te_laat.is_valid()) == (True, False)


def test_last_day_comes_after_the_first(spelers):
    start = datum("start", dt.date(2027, 1, 4))

    fout = maak(WanneerForm, spelers, {**start, **datum("einde", dt.date(2027, 1, 4))})
    goed = maak(WanneerForm, spelers, {**start, **datum("einde", dt.date(2027, 1, 5))})

    assert fouten(fout) == {
        "einde": ["De laatste dag komt na de eerste dag. Kijk de twee datums na."]
    }
    assert goed.is_valid()
    assert goed.tot() == dt.date(2027, 1, 6)


def test_start_may_not_move_unless_said(spelers):
    form = maak(WanneerForm, spelers, datum("start", VANDAAG))

    assert form.is_valid()
    assert form.cleaned_data["flexibel"] == 0


def test_hint_tells_when_the_baby_comes(spelers):
    form = maak(WanneerForm, spelers, {}, kinderen=(BABY,))

    assert (
        form["start"].help_text
        == "Bijvoorbeeld 1 8 2027. Je verwacht baby Haddad rond 14 maart 2027."
    )


# Days


def test_week_needs_a_day(spelers):
    form = maak(DagenForm, spelers, {"wisselend": "nee"})

    assert fouten(form) == {"rooster": ["Kies minstens één voormiddag of namiddag."]}


@pytest.mark.parametrize(
    ("wisselend", "andere_week", "verwacht"),
    [
        ("nee", ["di-vm"], None),
        ("ja", ["di-vm"], 4),
        ("ja", [], 0),
        ("ja", ["ma-vm"], None),
    ],
)
def test_other_week_counts_when_it_differs(spelers, wisselend, andere_week, verwacht):
    form = maak(
        DagenForm,
        spelers,
        {"rooster": ["ma-vm"], "wisselend": wisselend, "rooster_wissel": andere_week},
    )

    assert form.is_valid()
    assert form.rooster_andere_week() == verwacht


def test_day_that_does_not_exist_is_refused(spelers):
    form = maak(DagenForm, spelers, {"rooster": ["ma-vm", "xx-yy"], "wisselend": "nee"})

    assert fouten(form) == {"rooster": ["Kies alleen dagen uit de week hieronder."]}


# Where


def test_locations_keep_their_order(spelers):
    ids = [str(spelers.zonnetje.pk), str(spelers.egeltjes.pk)]

    form = maak(OpvangForm, spelers, {"keuze": "zelf", "locatie": [*ids, ids[0]]})

    assert form.is_valid()
    assert form.locatie_ids() == (spelers.zonnetje.pk, spelers.egeltjes.pk)
    assert form.gebied_ids() == ()


@pytest.mark.parametrize("geknoei", ["0", "-1", "abc", "9" * 30, "1 OR 1=1", "\x00", "²"])
def test_tampered_location_is_left_out_and_told(spelers, geknoei):
    form = maak(
        OpvangForm, spelers, {"keuze": "zelf", "locatie": [str(spelers.egeltjes.pk), geknoei]}
    )

    assert fouten(form) == {
        "locatie": [
            (
                "Een opvangplek die je koos, is niet meer te vinden. We haalden ze uit je lijst. "
                "Kijk na en ga verder."
            )
        ]
    }
    assert form.gekozen() == [spelers.egeltjes]


def test_hidden_location_can_not_be_chosen(spelers):
    verborgen = maak_locatie("Geheim", loket=spelers.loket, zichtbaar=False)

    form = maak(OpvangForm, spelers, {"keuze": "zelf", "locatie": str(verborgen.pk)})

    assert list(fouten(form)) == ["locatie"]
    assert form.gekozen() == []


def test_ten_thousand_locations_are_refused(spelers):
    form = maak(
        OpvangForm,
        spelers,
        {"keuze": "zelf", "locatie": [str(nr) for nr in range(1, 10_001)]},
    )

    assert fouten(form) == {
        "locatie": [f"Kies hoogstens {MAX_LOCATIES} opvangplekken. Haal er enkele weg."]
    }


def test_no_location_is_told(spelers):
    form = maak(OpvangForm, spelers, {"keuze": "zelf"})

    assert fouten(form) == {"locatie": ["Kies minstens één opvangplek. Zoek hieronder bij naam."]}


def test_anywhere_needs_a_gemeente_with_care(spelers):
    leeg = maak_gemeente("Leegdorp")
    spelers.loket.gemeenten.add(leeg)

    geen = maak(OpvangForm, spelers, {"keuze": "overal"})
    zonder = maak(OpvangForm, spelers, {"keuze": "overal", "gebied": str(leeg.pk)})
    goed = maak(
        OpvangForm,
        spelers,
        {"keuze": "overal", "gebied": str(spelers.egeltjes.gemeente_id), "locatie": "1"},
    )

    assert fouten(geen) == {"gebied": ["Kies minstens één gemeente waar je zoekt."]}
    assert fouten(zonder) == {
        "gebied": ["In deze gemeente is er nog geen opvang in ons loket. Kies er een bij."]
    }
    assert goed.is_valid() is False  # a location that is not there is told, also now
    assert goed["gebied"].errors == []


def test_anywhere_leaves_out_what_was_chosen_before(spelers):
    form = maak(
        OpvangForm,
        spelers,
        {
            "keuze": "overal",
            "gebied": str(spelers.egeltjes.gemeente_id),
            "locatie": str(spelers.egeltjes.pk),
        },
    )

    assert form.is_valid()
    assert (form.locatie_ids(), form.gebied_ids()) == ((), (spelers.egeltjes.gemeente_id,))


def test_area_of_another_loket_is_refused(spelers):
    elders = spelers.ander_loket.gemeenten.get()

    form = maak(OpvangForm, spelers, {"keuze": "overal", "gebied": str(elders.pk)})

    assert list(fouten(form)) == ["gebied"]


def test_search_finds_by_a_part_of_name_or_place_without_accents(spelers):
    creche = maak_locatie("Crèche Zoë", loket=spelers.loket)
    maak_locatie("Crèche Verborgen", loket=spelers.loket, zichtbaar=False)

    def treffers(zoek, behalve=()):
        return ZoekForm({"zoek": zoek}).treffers(behalve=list(behalve))

    assert treffers("creche") == [creche]
    assert treffers("wilgen") == [creche, spelers.egeltjes, spelers.zonnetje]
    assert treffers("wilgen", behalve=[creche]) == [spelers.egeltjes, spelers.zonnetje]
    assert treffers("9001") == [creche, spelers.egeltjes, spelers.zonnetje]
    assert treffers("%") == []
    assert treffers("") == []
    assert treffers("\x00") == []


# The situation


@pytest.mark.parametrize(
    ("gekozen", "aanwezig"),
    [
        ([], None),
        (["liever_niet"], None),
        (["geen"], set()),
        (["WerkOpleiding", "Alleenstaanden"], {"WerkOpleiding", "Alleenstaanden"}),
    ],
)
def test_traits_are_yes_no_or_not_asked(spelers, gekozen, aanwezig):
    form = maak(SituatieForm, spelers, {"kenmerken": gekozen})

    assert form.is_valid()
    assert form.kenmerken_per_code() == (
        {} if aanwezig is None else {code: code in aanwezig for code in Kenmerkcode.values}
    )


def test_none_of_these_excludes_a_tick(spelers):
    form = maak(SituatieForm, spelers, {"kenmerken": ["geen", "Alleenstaanden"]})

    assert fouten(form) == {
        "kenmerken": [
            (
                "Je vinkt iets aan én je kiest “Niets van dit alles” of “Dat zeg ik liever niet”. "
                "Haal een van de twee weg."
            )
        ]
    }


def test_situation_may_stay_empty(spelers):
    assert maak(SituatieForm, spelers, {}).is_valid()


# All pages together


def antwoorden(spelers):
    def lijst(gegevens):
        return {n: w if isinstance(w, list) else [w] for n, w in gegevens.items()}

    return {
        "wie": lijst(wie(spelers, telefoon="0470 12 34 56", straat="Dorpsstraat", huisnummer="3")),
        "kind": lijst({"aantal": "1", **kind()}),
        "wanneer": lijst({**datum("start", dt.date(2027, 3, 1)), "flexibel": "4"}),
        "dagen": lijst(
            {"rooster": ["ma-vm"], "wisselend": "ja", "rooster_wissel": ["di-nm"], "schuiven": "ja"}
        ),
        "opvang": lijst({"keuze": "zelf", "locatie": [str(spelers.egeltjes.pk)]}),
        "situatie": lijst(
            {
                "dringend": "StartWerk",
                "ruimer": ["Voor7uur"],
                "zorg": "persoonlijk",
                "kenmerken": ["Alleenstaanden"],
                "taal": "ar",
                "tolk": "on",
            }
        ),
    }


def vragenlijst(spelers, gegevens, **kader):
    return Vragenlijst(gegevens, kader=Kader(vandaag=VANDAAG, loket=spelers.loket, **kader))


def test_complete_request_becomes_clean_values(spelers):
    lijst = vragenlijst(spelers, antwoorden(spelers))

    assert lijst.eerste_open() is None
    assert lijst.naar_gegevens(toestemming_versie="v1", kanaal="online") == Aanvraaggegevens(
        ouder=Oudergegevens(
            voornaam="Nora",
            familienaam="Haddad",
            email="nora@voorbeeld.test",
            telefoon="0470 12 34 56",
            relatie="ouder",
            straat="Dorpsstraat",
            huisnummer="3",
            gemeente_id=spelers.loket.gemeenten.get().pk,
            taal="ar",
            tolk=True,
        ),
        kinderen=(SAMI,),
        vraag=Vraaggegevens(
            gewenste_start=dt.date(2027, 3, 1),
            rooster=1,
            rooster_wissel=8,
            flexibel_weken=4,
            flexibel_dagen=True,
            dringende_reden="StartWerk",
            ruimere_uren=("Voor7uur",),
            zorgbehoefte="persoonlijk",
            kenmerken={code: code == "Alleenstaanden" for code in Kenmerkcode.values},
        ),
        locatie_ids=(spelers.egeltjes.pk,),
        toestemming_versie="v1",
        kanaal="online",
    )


def test_confirmed_address_goes_before_a_typed_one(spelers):
    lijst = vragenlijst(spelers, antwoorden(spelers), email="amina@voorbeeld.test")
    assert lijst.eerste_open() is None

    gegevens = lijst.naar_gegevens(toestemming_versie="v1", kanaal="online")

    assert gegevens.ouder.email == "amina@voorbeeld.test"


def test_page_is_new_then_busy_then_done(spelers):
    gegevens = antwoorden(spelers)
    del gegevens["situatie"]
    gegevens["dagen"]["rooster"] = []

    lijst = vragenlijst(spelers, gegevens)

    assert [lijst.stand(slug) for slug in ("wie", "dagen", "situatie")] == [
        Stand.KLAAR,
        Stand.BEZIG,
        Stand.NIEUW,
    ]
    assert lijst.eerste_open().slug == "dagen"


def test_other_child_makes_the_start_wrong(spelers):
    gegevens = antwoorden(spelers)
    gegevens["kind"] = {
        naam: [waarde]
        for naam, waarde in kind(
            geboren="nee", voornaam="", **datum("datum", dt.date(2027, 6, 1))
        ).items()
    }

    lijst = vragenlijst(spelers, gegevens)

    assert lijst.eerste_open().slug == "wanneer"


def test_summary_says_every_answer_in_words(spelers):
    lijst = vragenlijst(spelers, antwoorden(spelers))
    assert lijst.eerste_open() is None

    blokken = samenvatting(lijst, email="nora@voorbeeld.test")

    assert [
        (blok.slug, regel.naam, regel.waarden, regel.masker)
        for blok in blokken
        for regel in blok.regels
    ] == [
        ("wie", "Naam", ("Nora Haddad",), None),
        ("wie", "Wie ben je?", ("Ouder",), None),
        ("wie", "E-mail", ("nora@voorbeeld.test",), None),
        ("wie", "Telefoon", ("0470 12 34 56",), None),
        ("wie", "Adres", ("Dorpsstraat 3", "Wilgenrade"), None),
        ("kind", "Naam", ("Sami Haddad",), None),
        ("kind", "Geboren op", ("1 september 2026",), None),
        ("wanneer", "Vanaf", ("maandag 1 maart 2027",), None),
        ("wanneer", "Vroeger of later?", ("Ja, tot een maand vroeger of later",), None),
        ("wanneer", "Laatste dag", ("Nog niet gekend",), None),
        ("dagen", "Ene week", (), 1),
        ("dagen", "Andere week", (), 8),
        ("dagen", "Mag er een dag schuiven?", ("Ja, een andere dag mag ook",), None),
        ("opvang", "Jouw plekken", ("De Egeltjes, Wilgenrade",), None),
        ("opvang", "Soort opvang", ("Maakt niet uit",), None),
        ("opvang", "Prijs", ("Maakt niet uit",), None),
        ("situatie", "Snel nodig?", ("Ik kan onverwacht beginnen werken",), None),
        ("situatie", "Andere uren", ("Voor 7 uur",), None),
        ("situatie", "Extra zorg", ("Dat vertel ik liever persoonlijk",), None),
        ("situatie", "Wat klopt voor jullie", ("Ik sta er alleen voor",), None),
        ("situatie", "Taal thuis", ("Arabisch", "Graag hulp van een tolk"), None),
    ]


def test_summary_of_the_least_that_can_be_said(spelers):
    gegevens = antwoorden(spelers)
    gegevens["wie"] |= {"telefoon": [""], "straat": [""], "huisnummer": [""]}
    gegevens["dagen"] = {"rooster": ["ma-vm"], "wisselend": ["nee"]}
    gegevens["opvang"] = {"keuze": ["overal"], "gebied": [str(spelers.egeltjes.gemeente_id)]}
    gegevens["situatie"] = {}
    lijst = vragenlijst(spelers, gegevens)
    assert lijst.eerste_open() is None

    woorden = {
        regel.naam: regel.waarden
        for blok in samenvatting(lijst, email="nora@voorbeeld.test")
        for regel in blok.regels
    }

    assert woorden["Telefoon"] == ("Niet ingevuld",)
    assert woorden["Adres"] == ("Wilgenrade",)
    assert woorden["Mag er een dag schuiven?"] == ("Niet ingevuld",)
    assert woorden["Geen voorkeur"] == ("Alle opvang in Wilgenrade",)
    assert woorden["Snel nodig?"] == ("Niet dringend",)
    assert woorden["Andere uren"] == ("Niet nodig",)
    assert woorden["Extra zorg"] == ("Niet ingevuld",)
    assert woorden["Wat klopt voor jullie"] == ("Niet ingevuld",)
    assert woorden["Taal thuis"] == ("Niet ingevuld",)
