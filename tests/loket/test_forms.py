"""Every field in our markup: label, hint, error, input; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from loket import week
from loket.forms import DatumVeld, KaartKeuze, Keuze, WeekroosterVeld, lees_maand
from tests.loket.html import plat


class Vraag(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals op je identiteitskaart")
    start = DatumVeld(label="Vanaf welke dag?", help_text="Bijvoorbeeld 1 9 2027")
    rooster = WeekroosterVeld(label="Welke dagen?")
    schuif = forms.ChoiceField(
        label="Mag er een dag schuiven?",
        widget=KaartKeuze,
        choices=[("ja", Keuze("Ja", "Woensdag is ook goed")), ("nee", "Nee")],
    )
    bericht = forms.CharField(label="Bericht", required=False, widget=forms.Textarea)
    soort = forms.ChoiceField(label="Soort opvang", choices=[("", "Alles"), ("groep", "Groep")])
    akkoord = forms.BooleanField(label="Mijn gegevens kloppen")


GOED = (
    "naam=Amina&start_dag=1&start_maand=9&start_jaar=2027&rooster=ma-vm&rooster=zo-nm"
    "&schuif=nee&soort=groep&akkoord=on"
)


def test_good_input_gives_clean_values():
    formulier = Vraag(QueryDict(GOED))

    assert formulier.is_valid(), formulier.errors
    assert formulier.cleaned_data == {
        "naam": "Amina",
        "start": dt.date(2027, 9, 1),
        "rooster": 1 | 1 << 13,
        "schuif": "nee",
        "bericht": "",
        "soort": "groep",
        "akkoord": True,
    }


# Markup


def test_field_shows_label_hint_error_input_in_that_order():
    formulier = Vraag(QueryDict("naam="))

    assert plat(formulier["naam"].as_field_group()) == (
        '<div class="veld veld--fout"><label for="id_naam">Naam</label>'
        '<p class="hint" id="id_naam_helptext">Zoals op je identiteitskaart</p>'
        '<div class="fouten" id="id_naam_error"><p class="fout">'
        '<svg class="ic" aria-hidden="true" focusable="false">'
        '<use href="/static/beeld/iconen.svg#let-op"/></svg>'
        '<span><span class="vh">Fout:</span>Vul in: Naam.</span></p></div>'
        '<input type="text" name="naam" aria-invalid="true" '
        'aria-describedby="id_naam_helptext id_naam_error" class="invoer" id="id_naam"></div>'
    )


def test_field_that_may_stay_empty_says_so():
    veld = Vraag()["bericht"].as_field_group()

    assert '<span class="veld__vrij">(niet verplicht)</span>' in veld
    assert "required" not in veld


def test_form_may_leave_out_that_fields_may_stay_empty():
    class Filter(Vraag):
        verberg_niet_verplicht = True

    assert "niet verplicht" not in Filter()["bericht"].as_field_group()


def test_choices_are_a_fieldset_with_a_hint_per_choice():
    html = plat(Vraag({"schuif": "ja"})["schuif"].as_field_group())

    assert html.startswith('<fieldset class="veld groep"><legend>Mag er een dag schuiven?</legend>')
    assert (
        '<label class="keuze keuze--kaart">'
        '<input type="radio" name="schuif" value="ja" id="id_schuif_0" checked>'
        '<span>Ja<span class="hint">Woensdag is ook goed</span></span></label>'
    ) in html
    assert 'value="nee" id="id_schuif_1"><span>Nee</span>' in html


def test_lone_tick_box_is_its_own_label():
    html = plat(Vraag()["akkoord"].as_field_group())

    assert html == (
        '<div class="veld"><label class="keuze">'
        '<input type="checkbox" name="akkoord" id="id_akkoord">'
        "<span>Mijn gegevens kloppen</span></label></div>"
    )


def test_whole_form_renders_every_field_and_nothing_of_the_browser_s_own_checks():
    html = str(Vraag())

    assert [html.count(f'name="{naam}"') for naam in ("naam", "bericht", "soort", "akkoord")] == [
        1
    ] * 4
    assert html.count('name="rooster"') == 14
    assert "required" not in html
    assert "style=" not in html


def test_what_was_typed_comes_back_escaped():
    html = str(Vraag(QueryDict("start_dag=<b>&naam=%22%3E%3Cscript%3E")))

    assert 'value="&lt;b&gt;"' in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert "<script>" not in html


def test_group_says_its_hint_and_error_with_its_legend():
    html = Vraag(QueryDict("start_dag=1"))["start"].as_field_group()

    assert 'aria-describedby="id_start_helptext id_start_error"' in html
    assert 'id="id_start_helptext"' in html
    assert 'id="id_start_error"' in html


# Error summary


def foutlijst(*formulieren: forms.Form) -> str:
    sjabloon = Template("{% load loket %}{% foutlijst een twee %}")
    een, twee = (*formulieren, None)[:2]
    return plat(sjabloon.render(Context({"een": een, "twee": twee})))


def test_summary_links_every_error_to_the_first_input_of_its_field():
    html = foutlijst(Vraag(QueryDict("start_dag=31&start_maand=2&start_jaar=2027")))

    assert re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html) == [
        ("id_naam", "Vul in: Naam."),
        ("id_start_dag", "Deze dag bestaat niet. Kijk de datum na."),
        ("id_rooster_ma-vm", "Kies minstens één voormiddag of namiddag."),
        ("id_schuif_0", "Beantwoord de vraag: Mag er een dag schuiven?"),
        ("id_soort", "Kies: Soort opvang."),
        ("id_akkoord", "Vink aan: Mijn gegevens kloppen."),
    ]
    assert ">Nog 6 dingen<" in html


def test_every_link_of_the_summary_leads_to_an_id_on_the_page():
    formulier = Vraag(QueryDict(""))
    ankers = re.findall(r'href="#([^"]+)"', foutlijst(formulier))

    pagina = str(formulier)

    assert len(ankers) == 6
    assert [anker for anker in ankers if f'id="{anker}"' not in pagina] == []


def test_summary_says_the_same_words_as_the_field():
    formulier = Vraag(QueryDict("naam="))

    assert "Vul in: Naam." in foutlijst(formulier)
    assert "Vul in: Naam." in formulier["naam"].as_field_group()


def test_summary_puts_what_belongs_to_no_field_first_and_without_a_link():
    formulier = Vraag(QueryDict(GOED.replace("naam=Amina&", "")))
    formulier.add_error(None, "Deze plaats is net weg.")

    html = foutlijst(formulier)

    assert "<ul><li>Deze plaats is net weg.</li><li><a" in html
    assert ">Nog 2 dingen<" in html


def test_summary_of_two_forms_is_one_list():
    html = foutlijst(Vraag(QueryDict(GOED), prefix=None), Vraag(QueryDict(""), prefix="twee"))

    assert 'href="#id_twee-start_dag"' in html
    assert html.count('class="foutlijst"') == 1


@pytest.mark.parametrize(
    "formulier", [None, Vraag(), Vraag(QueryDict(GOED))], ids=["geen", "leeg", "goed"]
)
def test_no_summary_and_no_word_in_the_title_without_errors(formulier):
    assert foutlijst(formulier) == ""
    assert Template("{% load loket %}{% fout_titel f %}").render(Context({"f": formulier})) == ""


def test_title_says_that_something_is_wrong():
    assert (
        Template("{% load loket %}{% fout_titel f %}").render(Context({"f": Vraag({})})) == "Fout: "
    )


def test_own_message_for_an_empty_field_stays():
    class Eigen(forms.Form):
        naam = forms.CharField(label="Naam", error_messages={"required": "Hoe heet je kind?"})

    assert list(Eigen({})["naam"].errors) == ["Hoe heet je kind?"]


# A date in three inputs


@pytest.mark.parametrize(
    ("getypt", "maand"),
    [
        ("9", 9), ("09", 9), ("september", 9), ("Sept.", 9), ("SEP", 9), ("mrt", 3), ("maart", 3),
        ("mei", 5),
        ("juni", 6), ("jul", 7), ("0", None), ("13", None), ("ju", None), ("ma", None),
        ("brumaire", None), ("", None), ("²", None),
    ],
)  # fmt: skip
def test_month_is_read_as_a_number_or_a_name(getypt, maand):
    assert lees_maand(getypt) == maand


class AlleenDatum(forms.Form):
    start = DatumVeld(label="Start", required=False)


def datum(dag: str, maand: str, jaar: str) -> AlleenDatum:
    return AlleenDatum({"start_dag": dag, "start_maand": maand, "start_jaar": jaar})


def test_date_takes_spaces_and_names():
    formulier = datum(" 1 ", " september", "2027 ")

    assert formulier.is_valid()
    assert formulier.cleaned_data["start"] == dt.date(2027, 9, 1)


@pytest.mark.parametrize(
    ("delen", "melding"),
    [
        pytest.param(("", "9", "2027"), "Vul ook de dag in.", id="zonder dag"),
        pytest.param(("1", "", ""), "Vul ook de maand en het jaar in.", id="zonder maand en jaar"),
        pytest.param(
            ("31", "2", "2027"), "Deze dag bestaat niet. Kijk de datum na.", id="31 februari"
        ),
        pytest.param(
            ("1e", "2", "2027"), "Deze dag bestaat niet. Kijk de datum na.", id="geen getal"
        ),
        pytest.param(
            ("1", "9", "27"), "Schrijf het jaar met vier cijfers, zoals 2027.", id="kort jaar"
        ),
        pytest.param(
            ("1", "9", "0999"), "Schrijf het jaar met vier cijfers, zoals 2027.", id="te oud"
        ),
        pytest.param(
            ("1", "brumaire", "2027"),
            "Schrijf de maand als een getal van 1 tot 12 of als een naam, zoals september.",
            id="geen maand",
        ),
    ],
)
def test_date_says_what_is_wrong_with_it(delen, melding):
    formulier = datum(*delen)

    assert formulier.errors == {"start": [melding]}
    html = formulier["start"].as_field_group()
    assert html.count('aria-invalid="true"') == 3
    assert [f'value="{deel}"' in html for deel in delen] == [True] * 3


def test_empty_date_is_none_or_asked_for():
    class Verplicht(forms.Form):
        start = DatumVeld(label="Start")

    leeg = datum("", "", "")

    assert leeg.is_valid()
    assert leeg.cleaned_data["start"] is None
    assert Verplicht({}).errors == {"start": ["Vul een datum in."]}


def test_date_shows_its_initial_value_in_parts():
    html = plat(AlleenDatum(initial={"start": dt.date(2027, 9, 1)})["start"].as_field_group())

    assert re.findall(r'name="(start_\w+)" value="(\w+)"', html) == [
        ("start_dag", "1"),
        ("start_maand", "9"),
        ("start_jaar", "2027"),
    ]


def test_date_under_its_plain_name_is_read_as_iso():
    formulier = AlleenDatum(QueryDict("start=2027-09-01"))

    assert formulier.is_valid()
    assert formulier.cleaned_data["start"] == dt.date(2027, 9, 1)


def test_date_knows_whether_it_changed():
    eerst = {"start": dt.date(2027, 9, 1)}

    assert not AlleenDatum(
        {"start_dag": "01", "start_maand": "sep", "start_jaar": "2027"}, initial=eerst
    ).has_changed()
    assert AlleenDatum(
        {"start_dag": "2", "start_maand": "9", "start_jaar": "2027"}, initial=eerst
    ).has_changed()
    assert AlleenDatum({"start_dag": "x"}, initial=eerst).has_changed()


# The week


class AlleenWeek(forms.Form):
    rooster = WeekroosterVeld(label="Dagen", required=False)


def test_week_boxes_carry_the_bits_in_order():
    html = plat(AlleenWeek(initial={"rooster": 0b10_00_00_00_00_00_01})["rooster"].as_field_group())

    codes = re.findall(r'value="(\w\w-\w\w)" id="id_rooster_\w\w-\w\w"( checked)?', html)
    assert [code for code, _aan in codes] == list(week.CODES)
    assert [code for code, aan in codes if aan] == ["ma-vm", "zo-nm"]


@pytest.mark.parametrize("masker", [0, 1, 2, 1 << 13, week.WERKWEEK, week.HELE_WEEK])
def test_week_goes_through_the_form_and_back(masker):
    codes = [code for code, bit in week.CODES.items() if masker & bit]

    formulier = AlleenWeek(QueryDict("&".join(f"rooster={code}" for code in codes)))

    assert formulier.is_valid()
    assert formulier.cleaned_data["rooster"] == masker


def test_week_is_read_from_a_number_in_a_link():
    formulier = AlleenWeek(QueryDict("rooster=1023"))

    assert formulier.is_valid()
    assert formulier.cleaned_data["rooster"] == week.WERKWEEK


@pytest.mark.parametrize(
    "invoer", ["rooster=ma-vm&rooster=ma-av", "rooster=16384", "rooster=%C2%B2", "rooster=-1"]
)
def test_week_refuses_what_is_no_part_of_a_week(invoer):
    formulier = AlleenWeek(QueryDict(invoer))

    assert formulier.errors == {"rooster": ["Kies alleen dagen uit de week hieronder."]}
    assert str(formulier)


def test_week_that_is_asked_for_may_not_be_empty():
    class Verplicht(forms.Form):
        rooster = WeekroosterVeld(label="Dagen")

    assert Verplicht(QueryDict("")).errors == {
        "rooster": ["Kies minstens één voormiddag of namiddag."]
    }


def test_week_knows_whether_it_changed():
    assert not AlleenWeek(QueryDict("rooster=ma-vm"), initial={"rooster": 1}).has_changed()
    assert AlleenWeek(QueryDict("rooster=ma-nm"), initial={"rooster": 1}).has_changed()
    assert AlleenWeek(QueryDict(""), initial={"rooster": 1}).has_changed()
    assert AlleenWeek(QueryDict("rooster=x"), initial={"rooster": 1}).has_changed()
