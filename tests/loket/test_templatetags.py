"""The small parts that every page uses."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from loket import week
from tests.fabrieken import NU, VANDAAG
from tests.loket.html import plat

WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def op_2_maart():
    with time_machine.travel(NU, tick=False):
        yield


def toon(sjabloon: str, **context: object) -> str:
    return Template("{% load loket %}" + sjabloon).render(Context(context))


def dagen(aantal: int) -> dt.date:
    return VANDAAG + dt.timedelta(days=aantal)


def test_icon_is_hidden_from_screen_readers():
    assert toon('{% icoon "zoek" %}') == (
        '<svg class="ic" aria-hidden="true" focusable="false">'
        '<use href="/static/beeld/iconen.svg#zoek"/></svg>'
    )
    assert 'class="ic ic--richting"' in toon('{% icoon "pijl" richting=True %}')
    assert 'class="merk__beeld"' in toon('{% icoon "merk" klasse="merk__beeld" %}')


def test_every_icon_that_a_template_asks_for_is_in_the_sprite():
    sprite = (WORTEL / "static/beeld/iconen.svg").read_text()
    bekend = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    gevraagd = {
        (pad.name, naam)
        for pad in (WORTEL / "templates").rglob("*.html")
        for naam in re.findall(r'{% icoon "([\w-]+)"|iconen\.svg\' %}#([\w-]+)', pad.read_text())
        for naam in naam
        if naam
    }

    assert len(gevraagd) > 5
    assert {(pad, naam) for pad, naam in gevraagd if naam not in bekend} == set()


def test_same_location_always_gets_the_same_house():
    assert toon("{% gevel 7 %}") == toon("{% gevel 7 %}")
    assert "gevel-4" in toon("{% gevel 7 %}")
    assert "gevel-1" in toon("{% gevel 8 %}")


# The week


def test_week_strip_draws_the_chosen_parts_and_says_them():
    html = toon("{% week masker %}", masker=week.uit_codes(["ma-vm", "ma-nm", "vr-vm"]))

    assert html.startswith(
        '<span class="week" role="img" aria-label="maandag hele dag, vrijdag voormiddag">'
    )
    assert '<i data-vm="past" data-nm="past">ma</i><i>di</i>' in html
    assert '<i data-vm="past">vr</i>' in html


def test_week_strip_against_the_free_week_tells_three_things_apart():
    html = toon(
        '{% week gevraagd vrij=vrij maat="klein" %}',
        gevraagd=week.uit_codes(["ma-vm", "di-vm"]),
        vrij=week.uit_codes(["ma-vm", "wo-nm"]),
    )

    assert 'class="week week--klein"' in html
    assert '<i data-vm="past">ma</i><i data-vm="mist">di</i><i data-nm="vrij">wo</i>' in html
    assert (
        "Past: maandag voormiddag. Niet vrij: dinsdag voormiddag. Ook vrij: woensdag namiddag."
        in html
    )


def test_week_strip_takes_anything_that_is_a_number_or_nothing():
    class Rooster:
        def __int__(self) -> int:
            return 3

    assert 'aria-label="maandag hele dag"' in toon("{% week r %}", r=Rooster())
    assert toon("{{ r|week_woorden }}", r=Rooster()) == "maandag hele dag"
    assert 'aria-label="geen dagen"' in toon("{% week r %}", r=None)


# Badges


@pytest.mark.parametrize(
    ("sjabloon", "klasse", "tekst"),
    [
        ('{% stand "vrij" %}', "stand--vrij", "Plaats vrij"),
        ('{% stand "vrij" aantal=1 %}', "stand--vrij", "1 plaats vrij"),
        ('{% stand "vrij" aantal=2 %}', "stand--vrij", "2 plaatsen vrij"),
        ('{% stand "misschien" %}', "stand--misschien", "Misschien plaats"),
        ('{% stand "vol" %}', "stand--vol", "Nu volzet"),
        ('{% stand "onbekend" %}', "stand--onbekend", "Niet doorgegeven"),
        ('{% stand "vol" "Vol tot juni" %}', "stand--vol", "Vol tot juni"),
    ],
)
def test_vacancy_state_has_a_sign_and_words(sjabloon, klasse, tekst):
    html = toon(sjabloon)

    assert f'<span class="stand {klasse}">' in html
    assert f"#{klasse.replace('stand--', 'stand-')}" in html
    assert html.endswith(f"</svg>{tekst}</span>")


@pytest.mark.parametrize(
    ("nog", "klasse", "tekst"),
    [
        (-3, " termijn--laat", "3 dagen te laat"),
        (-1, " termijn--laat", "1 dag te laat"),
        (0, "", "Vandaag"),
        (1, "", "nog 1 dag"),
        (4, "", "nog 4 dagen"),
    ],
)
def test_due_badge_of_a_day(nog, klasse, tekst):
    dag = dagen(nog)

    assert toon("{% termijn dag %}", dag=dag) == (
        f'<span class="termijn{klasse}"><time datetime="{dag.isoformat()}">{tekst}</time></span>'
    )


@pytest.mark.parametrize(
    ("sjabloon", "klasse", "tekst"),
    [
        ("{% termijn nu %}", " termijn--vandaag", "Vandaag 10 u."),
        ("{% termijn later %}", " termijn--vandaag", "Vandaag 17.30 u."),
        ("{% termijn morgen zet=True %}", " termijn--vandaag", "nog 1 dag"),
        ("{% termijn morgen voluit=True %}", "", "3 mrt"),
        ("{% termijn nu klaar=True %}", " termijn--klaar", "10 u."),
        ("{% termijn gisteren klaar=True %}", " termijn--klaar", "Klaar"),
        ('{% termijn morgen "Wacht op jou" zet=True %}', " termijn--vandaag", "Wacht op jou"),
    ],
)
def test_due_badge_in_its_other_forms(sjabloon, klasse, tekst):
    html = toon(
        sjabloon,
        nu=NU,
        later=NU + dt.timedelta(hours=7, minutes=30),
        morgen=dagen(1),
        gisteren=dagen(-1),
    )

    assert f'class="termijn{klasse}"' in html
    assert f">{tekst}</time>" in html


def test_due_badge_of_the_evening_counts_in_local_days():
    # 23.30 UTC on 1 March is already 2 March in Brussels.
    moment = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)

    assert "Vandaag 0.30 u." in toon("{% termijn moment %}", moment=moment)


def test_no_date_is_no_term():
    assert toon("{% termijn None %}") == '<span class="termijn">Geen termijn</span>'


@pytest.mark.parametrize(
    ("oud", "klasse", "tekst"),
    [
        (0, "", "Bevestigd vandaag"),
        (1, "", "Bevestigd gisteren"),
        (12, " vers--week", "Bevestigd 12 dagen geleden"),
        (21, " vers--maand", "Bevestigd 3 weken geleden"),
        (100, " vers--oud", "Bevestigd 3 maanden geleden"),
        (800, " vers--oud", "Bevestigd 2 jaar geleden"),
    ],
)
def test_freshness_stamp(oud, klasse, tekst):
    assert toon("{% vers dag %}", dag=dagen(-oud)) == f'<span class="vers{klasse}">{tekst}</span>'


def test_never_confirmed_is_said():
    assert toon("{% vers None %}") == '<span class="vers vers--oud">Nooit bevestigd</span>'
    assert toon("{{ d|geleden }}", d=None) == "nooit"
    assert toon("{% vers d kort=True %}", d=dagen(-1)) == '<span class="vers">gisteren</span>'


def test_state_label():
    assert toon('{% etiket "wacht" tekst %}', tekst="Op de <wachtlijst>") == (
        '<span class="etiket etiket--wacht">Op de &lt;wachtlijst&gt;</span>'
    )
    assert toon('{% etiket "" "Geen plaats" %}') == '<span class="etiket">Geen plaats</span>'


# Dates


@pytest.mark.parametrize(
    ("sjabloon", "verwacht"),
    [
        ("{% datum d %}", '<time datetime="2026-12-04">vrijdag 4 december 2026</time>'),
        ("{% datum d kort=True %}", '<time datetime="2026-12-04">4 dec 2026</time>'),
        ("{{ d|datum }}", "vrijdag 4 december 2026"),
        ("{{ d|datum_kort }}", "4 dec 2026"),
        ("{{ d|maand }}", "december 2026"),
        (
            "{% datum m uur=True %}",
            '<time datetime="2026-12-04T16:00:00+00:00">vrijdag 4 december 2026 om 17 uur</time>',
        ),
        (
            "{% datum m %}",
            '<time datetime="2026-12-04T16:00:00+00:00">vrijdag 4 december 2026</time>',
        ),
        ("{% datum None %}{{ niets|datum }}{{ niets|datum_kort }}{{ niets|maand }}", ""),
    ],
)
def test_date_in_words(sjabloon, verwacht):
    context = {
        "d": dt.date(2026, 12, 4),
        "m": dt.datetime(2026, 12, 4, 16, tzinfo=dt.UTC),
        "niets": None,
    }

    assert toon(sjabloon, **context) == verwacht


# Lists


def test_pages_are_linked_and_keep_the_question():
    request = RequestFactory().get("/zoeken/?waar=Oude+Kern&pagina=3")

    html = plat(toon("{% paginering p %}", p=Paginator(range(100), 10).page(3), request=request))

    assert 'href="?waar=Oude+Kern&amp;pagina=2" rel="prev"' in html
    assert 'href="?waar=Oude+Kern&amp;pagina=4" rel="next"' in html
    assert 'href="?waar=Oude+Kern&amp;pagina=3" aria-current="page"' in html
    assert html.count("…") == 1
    assert html.count("pagina=") == 7


def test_one_page_needs_no_links():
    assert toon("{% paginering p %}", p=Paginator(range(3), 10).page(1)).strip() == ""


def test_step_says_where_you_are():
    html = plat(toon('{% stap 2 3 "voor Noor" %}'))

    assert "<p>Stap 2 van 3 voor Noor</p>" in html
    assert '<i class="af"></i><i class="nu"></i><i></i>' in html


def test_menu_count_is_read_with_its_words():
    class Punt:
        naam = "balie:werklijst"

    telling = {"balie:werklijst": (7, "voor vandaag")}

    assert toon("{% nav_aantal p %}", p=Punt(), nav_aantallen=telling) == (
        ' <span class="nav__aantal">7<span class="vh"> voor vandaag</span></span>'
    )
    assert toon("{% nav_aantal p %}", p=Punt(), nav_aantallen={}) == ""
    assert toon("{% nav_aantal p %}", p=Punt()) == ""


# Mail and contact


def test_phone_number_and_lines_for_machines():
    assert toon("{{ '09 000 12 34'|tel }}") == "+3290001234"
    assert toon("{{ '+32 9 000 12 34'|tel }}") == "+3290001234"
    assert toon("{{ '0032 9 000 12 34'|tel }}") == "+3290001234"
    assert toon("{{ '112'|tel }}") == "112"
    assert toon("{{ adres|een_regel }}", adres="Statieplein 4,\n\n 9001 Wilgenrade") == (
        "Statieplein 4, 9001 Wilgenrade"
    )


@pytest.mark.parametrize(
    ("soort", "icoon"), [("success", "vink"), ("danger", "let-op"), ("info", "info")]
)
def test_message_has_a_sign(soort, icoon):
    assert f"#{icoon}" in toon("{% melding_icoon soort %}", soort=soort)


def test_mail_carries_its_sheet_and_no_variable():
    html = toon("{% mail_stijl %}")

    assert ".knop1" in html
    assert "var(" not in html
