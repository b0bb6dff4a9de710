"""What opens up when one thing moves, held against trying every change with the real search."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from opvang.domain.schuiven import OUDSTE_MAANDEN, STRALEN, Schuif, Schuifsoort, schuif, wijzigingen
from opvang.domain.stand import Termijnen
from opvang.domain.waar import Plek, Zoekgebied, vind_gebied
from opvang.domain.zoeken import Zoekvraag, zoek
from opvang.forms import VER
from opvang.forms import zoeken as form_zoeken
from opvang.weekrooster import Weekrooster
from opvang.workflow import Stand
from tests.fabrieken import NU, START, VANDAAG, maak_aanbod, maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db

MA_DO = Weekrooster.van_dagen(0, 3).masker


@pytest.fixture
def gemeente():
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    return gemeente


def vrij_op(*dagen) -> list[int]:
    return list(Weekrooster.van_dagen(*dagen).vector)


def stel_voor(vraag: Zoekvraag) -> list[Schuif]:
    gevonden = zoek(vraag, termijnen=Termijnen(), nu=NU)
    return schuif(vraag, gevonden.per_stand, termijnen=Termijnen(), nu=NU)


def voorstellen(**vraag) -> list[tuple]:
    """(kind, size, how many, what) of each suggestion, as short as a test reads."""
    return [
        (een.soort.value, een.grootte, een.erbij, wat(een))
        for een in stel_voor(Zoekvraag(gebied=vind_gebied("Wilgenrade"), **vraag))
    ]


def wat(een: Schuif) -> object:
    if een.soort is Schuifsoort.DAGEN:
        return (een.van_dag, een.naar_dag)
    return een.weken or een.straal_km


# One kind at a time


def test_another_day_and_of_equals_the_one_that_opens_most(gemeente):
    for dagen in ((0, 2), (0, 2, 4), (0, 4), (1, 2), (1, 3)):
        maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(*dagen))

    assert voorstellen(rooster_masker=MA_DO) == [("dagen", 2, 2, (3, 2))]


def test_half_a_day_moves_as_half_a_day_and_is_a_smaller_change(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), [0, 0, 1, 0] + [0] * 10)

    assert voorstellen(rooster_masker=0b01) == [("dagen", 1, 1, (0, 1))]


def test_a_day_less_only_when_no_other_day_opens_anything(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0))

    assert voorstellen(rooster_masker=MA_DO) == [("dagen", 4, 1, (3, None))]

    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 4))

    assert voorstellen(rooster_masker=MA_DO) == [("dagen", 2, 1, (3, 4))]


def test_the_last_day_is_never_given_up(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(6))

    assert voorstellen(rooster_masker=Weekrooster.van_dagen(0).masker) == []


def test_another_start_is_the_nearest_one_later_or_earlier(gemeente):
    for weken in (3, 5):
        maak_aanbod(
            maak_locatie(gemeente=gemeente), vrij_op(0, 3), vanaf=START + dt.timedelta(weeks=weken)
        )

    assert voorstellen(rooster_masker=MA_DO, start=START) == [("start", 3, 1, 3)]

    maak_aanbod(
        maak_locatie(gemeente=gemeente),
        vrij_op(0, 3),
        vanaf=START - dt.timedelta(weeks=9),
        tot=START - dt.timedelta(weeks=1),
    )

    assert voorstellen(rooster_masker=MA_DO, start=START) == [("start", 2, 1, -2)]


def test_a_larger_change_of_the_same_kind_does_not_win_by_opening_more(gemeente):
    for weken in (1, 4, 4):
        maak_aanbod(maak_locatie(gemeente=gemeente), 1, vanaf=START + dt.timedelta(weeks=weken))

    assert voorstellen(start=START) == [("start", 1, 1, 1)]


def test_no_start_before_today_and_none_more_than_half_a_year_away(gemeente):
    maak_aanbod(
        maak_locatie(gemeente=gemeente),
        1,
        vanaf=VANDAAG - dt.timedelta(weeks=9),
        tot=VANDAAG + dt.timedelta(days=6),
    )
    maak_aanbod(maak_locatie(gemeente=gemeente), 1, vanaf=VANDAAG + dt.timedelta(weeks=28))

    assert voorstellen(start=VANDAAG + dt.timedelta(days=6)) == []
    assert voorstellen(start=VANDAAG + dt.timedelta(days=7)) == [("start", 1, 1, -1)]


def test_the_age_moves_along_with_the_start_and_nobody_starts_before_birth(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), 1, vanaf=VANDAAG, leeftijd_vanaf=12)
    maak_aanbod(
        maak_locatie(gemeente=gemeente),
        1,
        vanaf=VANDAAG,
        tot=START - dt.timedelta(weeks=8),
    )

    (later, *_anders) = stel_voor(
        Zoekvraag(gebied=vind_gebied("Wilgenrade"), start=START, leeftijd_maanden=10)
    )

    assert (later.weken, later.vraag.leeftijd_maanden) == (7, 12)
    assert voorstellen(start=START, leeftijd_maanden=1) == []


def test_a_larger_circle(gemeente):
    maak_locatie(gemeente=gemeente)
    maak_aanbod(maak_locatie("Buren", lengtegraad=4.02, breedtegraad=51.0), 1)
    maak_aanbod(maak_locatie("Verder", lengtegraad=4.1, breedtegraad=51.0), 1)
    maak_aanbod(maak_locatie("Te ver", lengtegraad=4.5, breedtegraad=51.0), 1)

    assert voorstellen() == [("verder", 1, 1, 5)]
    assert voorstellen(straal_km=1) == [("verder", 2, 1, 3)]
    assert voorstellen(straal_km=5) == [("verder", 5, 1, 10)]
    assert voorstellen(straal_km=20) == []


def test_from_a_point_also_further_but_not_when_everything_is_shown_already():
    maak_aanbod(maak_locatie(lengtegraad=4.1, breedtegraad=51.0), 1)

    (verder,) = stel_voor(Zoekvraag(punt=(4.0, 51.0), straal_km=5))

    assert (verder.straal_km, verder.erbij) == (10, 1)
    assert stel_voor(Zoekvraag(punt=(4.0, 51.0))) == []


def test_another_kind_and_another_price(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente, opvangvorm="gezinsopvang"), 1)
    for _ in range(2):
        maak_aanbod(maak_locatie(gemeente=gemeente, prijssysteem="vrije_prijs"), 1)
    maak_aanbod(maak_locatie(gemeente=gemeente, prijssysteem="inkomenstarief"), 0)

    assert voorstellen(vormen=("samenwerkend",)) == [("vorm", 6, 3, None)]
    assert voorstellen(inkomenstarief=True) == [("prijs", 8, 3, None)]
    assert voorstellen(inkomenstarief=True, vormen=("groepsopvang",)) == [("prijs", 8, 2, None)]


# Together


def test_never_more_than_three_and_the_smallest_change_first(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 3), vanaf=START + dt.timedelta(weeks=7))
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2))
    maak_aanbod(maak_locatie(lengtegraad=4.02, breedtegraad=51.0), vrij_op(0, 3))
    maak_aanbod(maak_locatie(gemeente=gemeente, opvangvorm="gezinsopvang"), vrij_op(0, 3))

    gevonden = voorstellen(rooster_masker=MA_DO, start=START, vormen=("groepsopvang",))

    assert gevonden == [("verder", 1, 1, 5), ("dagen", 2, 1, (3, 2)), ("vorm", 6, 1, None)]


def test_equal_changes_stand_by_what_they_open(gemeente):
    """Two weeks later and another whole day are equally large."""
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2))
    for _ in range(2):
        maak_aanbod(
            maak_locatie(gemeente=gemeente), vrij_op(0, 3), vanaf=START + dt.timedelta(weeks=2)
        )

    assert voorstellen(rooster_masker=MA_DO, start=START) == [
        ("start", 2, 2, 2),
        ("dagen", 2, 1, (3, 2)),
    ]


def test_what_is_forgotten_ended_taken_or_irregular_opens_nothing(gemeente):
    oud = NU - dt.timedelta(days=70)
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), laatst_bevestigd=oud)
    maak_aanbod(
        maak_locatie(gemeente=gemeente), vrij_op(0, 2), vanaf=dt.date(2026, 1, 1), tot=VANDAAG
    )
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), ingenomen=vrij_op(0))
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), soort="dringend")
    maak_aanbod(maak_locatie(gemeente=gemeente, zichtbaar=False), vrij_op(0, 2))

    assert voorstellen(rooster_masker=MA_DO) == []


def test_what_is_perhaps_free_counts_unless_only_sure_is_asked(gemeente):
    lang_geleden = NU - dt.timedelta(days=40)
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), laatst_bevestigd=lang_geleden)

    assert voorstellen(rooster_masker=MA_DO) == [("dagen", 2, 1, (3, 2))]
    assert voorstellen(rooster_masker=MA_DO, standen=(Stand.VRIJ,)) == []
    assert voorstellen(rooster_masker=MA_DO, standen=(Stand.MISSCHIEN, Stand.VOL)) == [
        ("dagen", 2, 1, (3, 2))
    ]


def test_nothing_to_suggest_when_there_is_enough(gemeente):
    for _ in range(5):
        maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 3))
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2))

    assert voorstellen(rooster_masker=MA_DO) == []


def test_nothing_to_suggest_for_a_place_that_is_unknown():
    maak_aanbod(maak_locatie(), vrij_op(0, 2))

    assert stel_voor(Zoekvraag(gebied=vind_gebied("xyzzy"), rooster_masker=MA_DO)) == []


def test_the_form_can_ask_what_we_suggest():
    assert (STRALEN, OUDSTE_MAANDEN) == (VER, form_zoeken.OUDSTE_MAANDEN)


def test_no_suggestion_for_a_child_that_goes_to_school_by_then(gemeente):
    maak_aanbod(
        maak_locatie(gemeente=gemeente), 1, vanaf=START + dt.timedelta(weeks=6), leeftijd_tot=60
    )

    assert voorstellen(start=START, leeftijd_maanden=46) == [("start", 6, 1, 6)]
    assert voorstellen(start=START, leeftijd_maanden=47) == []


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_queries_does_not_grow(gemeente, aantal):
    for _ in range(aantal):
        maak_aanbod(
            maak_locatie(
                gemeente=gemeente, opvangvorm="gezinsopvang", prijssysteem="inkomenstarief"
            ),
            vrij_op(0, 2),
        )
    vraag = Zoekvraag(
        gebied=vind_gebied("Wilgenrade"),
        start=START,
        rooster_masker=MA_DO,
        vormen=("groepsopvang",),
        inkomenstarief=True,
    )
    geen_enkele = dict.fromkeys(Stand, 0)

    with CaptureQueriesContext(connection) as vragen:
        schuif(vraag, geen_enkele, termijnen=Termijnen(), nu=NU)

    assert len(vragen) == 5


# Every change, tried with the real search

#: Few values, and mostly those that nearly fit, so that worlds and questions meet.
_WEKEN = st.sampled_from([-3, -1, 0, 1, 2, 5])
_VRIJ = st.sampled_from(
    [vrij_op(0, 3), vrij_op(0, 3), vrij_op(0, 2), vrij_op(0), vrij_op(4), [1] * 14, [0] * 14]
)
_PERIODE = st.fixed_dictionaries(
    {
        "plaatsen": _VRIJ,
        "vanaf": _WEKEN,
        "duur": st.sampled_from([None, None, 1, 3]),
        "oud": st.sampled_from([1, 1, 40, 70]),
        "soort": st.sampled_from(["regulier", "regulier", "dringend"]),
        "leeftijd_vanaf": st.sampled_from([0, 0, 4]),
    }
)
_LOCATIE = st.fixed_dictionaries(
    {
        "opvangvorm": st.sampled_from(["groepsopvang", "gezinsopvang"]),
        "prijssysteem": st.sampled_from(["inkomenstarief", "vrije_prijs", "gemengd"]),
        "lengtegraad": st.sampled_from([4.0, 4.03, 4.06, 4.2, 4.5]),
        "in_de_gemeente": st.sampled_from([True, True, False]),
        "periodes": st.lists(_PERIODE, min_size=1, max_size=2),
    }
)
_VRAAG = st.fixed_dictionaries(
    {
        "start": _WEKEN.map(lambda weken: VANDAAG + dt.timedelta(weeks=weken)) | st.none(),
        "rooster_masker": st.sampled_from([MA_DO, MA_DO, 0b11, 0b1000001, None]),
        "straal_km": st.sampled_from([None, None, 1, 3, 10]),
        "vormen": st.sampled_from([(), (), ("groepsopvang",), ("samenwerkend",)]),
        "inkomenstarief": st.sampled_from([False, False, True]),
        "vrije_prijs": st.sampled_from([False, False, True]),
        "leeftijd_maanden": st.sampled_from([None, None, 0, 3]),
        "soorten": st.sampled_from([(), (), (), ("dringend",), ("regulier", "dringend")]),
        "standen": st.sampled_from([(), (), (), ("vrij",), ("misschien", "vol"), ("onbekend",)]),
    },
)


def andere_dagen(vraag: Zoekvraag, delen: set[int]) -> list[tuple[int, Zoekvraag]]:
    """Each day in place of another, and each day left out but the last."""
    uit = []
    dagen = {i // 2 for i in delen}
    for weg in dagen:
        blijft = {i for i in delen if i // 2 != weg}
        aantal = len(delen) - len(blijft)
        weken = [
            (aantal, blijft | {2 * erbij + i % 2 for i in delen - blijft})
            for erbij in set(range(5)) - dagen
        ]
        if blijft:
            weken.append((2 * aantal, blijft))
        for grootte, week in weken:
            uit.append((grootte, replace(vraag, rooster_masker=sum(1 << i for i in week))))
    return uit


def alle_wijzigingen(vraag: Zoekvraag) -> dict[str, list[tuple[int, Zoekvraag]]]:
    """Every single change and its size, by kind: written apart from the code under test."""
    uit: dict[str, list[tuple[int, Zoekvraag]]] = {}
    if vraag.start is not None:
        for weken in (w for w in range(-26, 27) if w):
            start = vraag.start + dt.timedelta(days=7 * weken)
            leeftijd = vraag.leeftijd_maanden
            if leeftijd is not None:
                leeftijd += round(weken * 7 * 12 / 365.25)
            if start >= VANDAAG and (leeftijd is None or leeftijd >= 0):
                anders = replace(vraag, start=start, leeftijd_maanden=leeftijd)
                uit.setdefault("start", []).append((abs(weken), anders))
    if vraag.rooster_masker:
        uit["dagen"] = andere_dagen(vraag, {i for i in range(14) if vraag.rooster_masker >> i & 1})
    for km in (1, 3, 5, 10, 20):
        if km > (vraag.straal_km or 4):
            verder = (km - (vraag.straal_km or 4), replace(vraag, straal_km=km))
            uit.setdefault("verder", []).append(verder)
    if vraag.vormen:
        uit["vorm"] = [(6, replace(vraag, vormen=()))]
    if vraag.inkomenstarief or vraag.vrije_prijs:
        uit["prijs"] = [(8, replace(vraag, inkomenstarief=False, vrije_prijs=False))]
    return uit


def met_ruimte(vraag: Zoekvraag) -> set[int]:
    """The locations that the page of this search shows with room."""
    gevonden = zoek(vraag, termijnen=Termijnen(), nu=NU).locaties
    return {plek.pk for plek in gevonden if plek.stand in {Stand.VRIJ, Stand.MISSCHIEN}}


def bouw(wereld, gemeente, elders) -> None:
    for een in wereld:
        locatie = maak_locatie(
            gemeente=gemeente if een["in_de_gemeente"] else elders,
            opvangvorm=een["opvangvorm"],
            prijssysteem=een["prijssysteem"],
            lengtegraad=een["lengtegraad"],
            breedtegraad=51.0,
        )
        for periode in een["periodes"]:
            vanaf = VANDAAG + dt.timedelta(weeks=periode["vanaf"])
            duur = periode["duur"]
            maak_aanbod(
                locatie,
                periode["plaatsen"],
                vanaf=vanaf,
                tot=None if duur is None else vanaf + dt.timedelta(weeks=duur),
                laatst_bevestigd=NU - dt.timedelta(days=periode["oud"]),
                soort=periode["soort"],
                leeftijd_vanaf=periode["leeftijd_vanaf"],
            )


@settings(max_examples=40)
@given(wereld=st.lists(_LOCATIE, min_size=3, max_size=6), velden=_VRAAG)
def test_every_suggestion_is_true_and_the_smallest_of_its_kind(wereld, velden):
    with transaction.atomic():
        gemeente, elders = maak_gemeente(), maak_gemeente()
        bouw(wereld, gemeente, elders)
        plek = Plek(naam="Hier", gemeente_id=gemeente.pk, midden=(4.0, 51.0))
        vraag = Zoekvraag(gebied=Zoekgebied(tekst="Hier", plekken=(plek,)), **velden)
        al = met_ruimte(vraag)
        opent = {
            soort: [(grootte, len(met_ruimte(anders) - al)) for grootte, anders in lijst]
            for soort, lijst in alle_wijzigingen(vraag).items()
        }
        # The smallest that opens anything; of equals the one that opens most.
        verwacht = {
            soort: min((grootte, -erbij) for grootte, erbij in lijst if erbij)
            for soort, lijst in opent.items()
            if any(erbij for _grootte, erbij in lijst)
        }

        gekregen = stel_voor(vraag)

        assert [len(met_ruimte(een.vraag) - al) for een in gekregen] == [
            een.erbij for een in gekregen
        ]
        orde = ["start", "dagen", "verder", "vorm", "prijs"]
        beste = sorted(verwacht, key=lambda soort: (*verwacht[soort], orde.index(soort)))[:3]
        assert [(een.soort, een.grootte, -een.erbij) for een in gekregen] == [
            (soort, *verwacht[soort]) for soort in beste
        ]
        transaction.set_rollback(True)


def test_the_changes_are_listed_once_each():
    vraag = Zoekvraag(
        gebied=Zoekgebied(tekst="Hier", plekken=(Plek(naam="Hier", midden=(4.0, 51.0)),)),
        start=START,
        rooster_masker=MA_DO,
        straal_km=3,
        vormen=("groepsopvang",),
        vrije_prijs=True,
    )

    vragen = [een.vraag for een in wijzigingen(vraag, vandaag=VANDAAG)]

    assert len(vragen) == 52 + 2 * 3 + 2 + 3 + 1 + 1
    assert len(set(map(repr, vragen))) == len(vragen)
    assert vraag not in vragen
