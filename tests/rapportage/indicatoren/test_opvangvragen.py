"""The counting rules R1-R10, entered through the portal's own functions and counted."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.domain.dubbels import voeg_samen
from aanvragen.domain.indienen import activeer
from aanvragen.domain.scheiden import tel_samen
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.models import Kenmerk
from aanvragen.workflow import (
    DringendeReden,
    Kenmerkcode,
    Kenmerkstand,
    Vervalreden,
    Vraagstatus,
    Zorgbehoefte,
)
from loket.models import Rol
from opvang.workflow import Ruimer
from rapportage.indicatoren.basis import Gebied, Werkgebied
from rapportage.indicatoren.opvangvragen import (
    Afloop,
    Vraagfeit,
    afloop_van,
    lees_vragen,
    opvangvragen,
    per_wijk,
)
from tests.fabrieken import (
    VANDAAG,
    kind_gegevens,
    maak_gebruiker,
    maak_lid,
    maak_locatie,
    maak_loket,
    maak_vragen,
)
from tests.rapportage.fabrieken import moment, plaats, vraag_van
from tests.rapportage.vectoren import TELREGELS, voorbeelden

pytestmark = pytest.mark.django_db
#: In time for the report of today, and a start that has passed.
EERDER = VANDAAG - dt.timedelta(days=20)
VOORBIJ = VANDAAG - dt.timedelta(days=5)
KWETSBAAR = {Kenmerkcode.WERK: True, Kenmerkcode.LAAG_INKOMEN: True}


@pytest.fixture
def loket():
    """Hides nothing, so that single questions can be counted."""
    return maak_loket(kleine_cel=0)


@pytest.fixture
def locatie(loket):
    return maak_locatie(loket=loket)


@pytest.fixture
def medewerker(loket):
    return maak_lid(loket, Rol.LOKETMEDEWERKER)


def tel(loket, peildatum: dt.date = VANDAAG):
    return opvangvragen(Werkgebied.van(loket), peildatum)


def aflopen(loket, peildatum: dt.date = VANDAAG) -> dict[str, int]:
    totaal = tel(loket, peildatum).totaal
    return {
        "totaal": totaal.totaal,
        "geplaatst": totaal.geplaatst,
        "onbeantwoord": totaal.onbeantwoord,
        "open": totaal.open,
        "gestopt": totaal.gestopt,
    }


def situatie(begin: str) -> dict:
    """The official example that starts with these words."""
    (gevonden,) = [
        v for v in voorbeelden("opvangvragen_telregels") if v["situatie"].startswith(begin)
    ]
    return gevonden


# The examples of Opgroeien


def test_twins_are_two_questions(loket, locatie):
    tweeling = tuple(
        kind_gegevens(voornaam=naam, familienaam="Haddad", geboortedatum=dt.date(2026, 1, 5))
        for naam in ("Noor", "Sami")
    )
    maak_vragen(loket, [locatie], kinderen=tweeling, nu=moment(EERDER))

    assert aflopen(loket)["totaal"] == situatie("aanvraag voor een tweeling")["unieke_vragen"] == 2


def test_an_older_child_and_an_unborn_baby_are_two_questions(loket, locatie):
    kinderen = (
        kind_gegevens(voornaam="Noor", geboortedatum=dt.date(2024, 5, 5)),
        kind_gegevens(verwachte_geboortedatum=dt.date(2026, 8, 1)),
    )
    maak_vragen(loket, [locatie], kinderen=kinderen, nu=moment(EERDER))

    assert (
        aflopen(loket)["totaal"] == situatie("aanvraag voor een ouder kindje")["unieke_vragen"] == 2
    )


def test_a_new_pregnancy_after_a_miscarriage_is_a_new_question(loket, locatie):
    ouder = maak_gebruiker()
    (eerste,) = maak_vragen(
        loket,
        [locatie],
        gebruiker=ouder,
        kinderen=(kind_gegevens(verwachte_geboortedatum=dt.date(2026, 5, 1)),),
        nu=moment(dt.date(2026, 1, 5)),
    )
    laat_vervallen(eerste, reden=Vervalreden.DROEVIG, door=None, nu=moment(dt.date(2026, 1, 20)))
    maak_vragen(
        loket,
        [locatie],
        gebruiker=ouder,
        kinderen=(kind_gegevens(verwachte_geboortedatum=dt.date(2026, 11, 1)),),
        nu=moment(EERDER),
    )

    assert situatie("vraag, miskraam")["nieuwe_unieke_vraag"] is True
    assert aflopen(loket) == {
        "totaal": 2,
        "geplaatst": 0,
        "onbeantwoord": 0,
        "open": 1,
        "gestopt": 1,
    }


@pytest.mark.parametrize("met_plaats", [False, True], ids=["zonder-voorstel", "met-reservatie"])
def test_a_miscarriage_is_never_unanswered(loket, locatie, met_plaats):
    vraag = vraag_van(loket, locatie, op=EERDER, gewenste_start=VOORBIJ)
    if met_plaats:
        plaats(vraag, op=EERDER)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=moment(VANDAAG))

    assert situatie("vraag vervallen door miskraam")["telt_als_onbeantwoord"] is False
    assert aflopen(loket)["onbeantwoord"] == 0
    assert aflopen(loket)["gestopt"] == 1


@pytest.mark.parametrize(
    ("begin", "reden"),
    [
        ("niet te achterhalen", Vervalreden.ONBEKEND),
        ("opvang gevraagd in eigen gemeente", Vervalreden.ANDERE_GEMEENTE),
    ],
)
def test_unknown_and_found_elsewhere_are_not_unanswered(loket, locatie, begin, reden):
    vraag = vraag_van(loket, locatie, op=EERDER, gewenste_start=VOORBIJ)
    laat_vervallen(vraag, reden=reden, door=None, nu=moment(VANDAAG))

    assert situatie(begin)["telt_als_onbeantwoord"] is False
    assert aflopen(loket) == {
        "totaal": 1,
        "geplaatst": 0,
        "onbeantwoord": 0,
        "open": 0,
        "gestopt": 1,
    }


def test_two_parents_who_ask_for_the_same_child_are_one_question(loket, locatie, medewerker):
    kind = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 5))
    maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))
    (dubbel,) = maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))
    verwacht = situatie("twee ouders")["unieke_vragen"]

    assert dubbel.status == Vraagstatus.INGEDIEND
    assert aflopen(loket)["totaal"] == verwacht == 1  # as long as staff still look at it

    voeg_samen(dubbel, door=medewerker, nu=moment(VANDAAG))
    assert aflopen(loket)["totaal"] == verwacht
    assert aflopen(loket)["gestopt"] == 0
    assert aflopen(loket, EERDER)["totaal"] == verwacht  # it was double then, too


def test_parents_who_share_nothing_count_as_one_with_what_became_of_either(
    loket, locatie, medewerker
):
    kind = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 5))
    (eerste,) = maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))
    (tweede,) = maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))
    tel_samen(tweede, door=medewerker, nu=moment(EERDER))

    assert aflopen(loket)["totaal"] == 1

    trek_in(eerste, door=None, nu=moment(VANDAAG))
    assert (aflopen(loket)["totaal"], aflopen(loket)["gestopt"]) == (1, 0)  # the other still looks

    trek_in(tweede, door=None, nu=moment(VANDAAG))
    assert (aflopen(loket)["totaal"], aflopen(loket)["gestopt"]) == (1, 1)


def test_what_looked_double_and_was_not_counts_once_it_is_released(loket, locatie, medewerker):
    kind = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 5))
    maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))
    (vraag,) = maak_vragen(loket, [locatie], kinderen=(kind,), nu=moment(EERDER))

    assert aflopen(loket)["totaal"] == 1
    activeer(vraag, door=medewerker, nu=moment(VANDAAG))

    assert aflopen(loket)["totaal"] == 2


def test_a_question_may_be_in_several_subcategories(loket, locatie):
    vraag_van(
        loket,
        locatie,
        op=EERDER,
        dringende_reden=DringendeReden.START_WERK,
        kenmerken=KWETSBAAR,
    )
    vraag_van(loket, locatie, op=EERDER)
    rijen = {rij.naam.lower(): rij for rij in tel(loket).rijen}

    verwacht = situatie("dringende opvang en tegelijk kwetsbaar")["subcategorieen"]
    assert verwacht == ["dringend", "kwetsbaar gezin"]
    assert [rijen[naam].totaal for naam in ("dringende opvang", "kwetsbaar gezin")] == [1, 1]
    assert aflopen(loket)["totaal"] == 2


def test_the_literals_are_the_facts_of_the_open_data():
    assert voorbeelden("opvangvragen_telregels") == TELREGELS["voorbeelden"]


# What had become of a question, on a day


@pytest.mark.parametrize(
    ("status", "vervalreden", "is_geplaatst", "start", "verwacht"),
    [
        (Vraagstatus.ACTIEF, "", False, VANDAAG, Afloop.ONBEANTWOORD),
        (Vraagstatus.ACTIEF, "", False, VANDAAG + dt.timedelta(days=1), Afloop.OPEN),
        (Vraagstatus.ACTIEF, "", True, VANDAAG, Afloop.GEPLAATST),
        (Vraagstatus.ONBEANTWOORD, "", False, VANDAAG + dt.timedelta(days=90), Afloop.ONBEANTWOORD),
        (Vraagstatus.INGETROKKEN, "", False, VANDAAG, Afloop.GESTOPT),
        *(
            (Vraagstatus.VERVALLEN, reden, geplaatst, VOORBIJ, Afloop.GESTOPT)
            for reden, geplaatst in itertools.product(Vervalreden, (False, True))
        ),
    ],
)
def test_afloop(status, vervalreden, is_geplaatst, start, verwacht):
    assert (
        afloop_van(
            status=status,
            vervalreden=vervalreden,
            is_geplaatst=is_geplaatst,
            start=start,
            peildatum=VANDAAG,
        )
        == verwacht
    )


def test_found_elsewhere_counted_as_unanswered_until_2021():
    def in_jaar(jaar: int) -> Afloop:
        return afloop_van(
            status=Vraagstatus.VERVALLEN,
            vervalreden=Vervalreden.ANDERE_GEMEENTE,
            is_geplaatst=False,
            start=dt.date(jaar, 1, 1),
            peildatum=dt.date(jaar, 12, 31),
        )

    assert [in_jaar(jaar) for jaar in (2021, 2022)] == [Afloop.ONBEANTWOORD, Afloop.GESTOPT]


def test_the_four_outcomes_add_up(loket, locatie):
    plaats(vraag_van(loket, locatie, op=EERDER))
    vraag_van(loket, locatie, op=EERDER, gewenste_start=VOORBIJ)
    sluit_onbeantwoord_af(vraag_van(loket, locatie, op=EERDER), door=None, nu=moment(VANDAAG))
    vraag_van(loket, locatie, op=EERDER)
    trek_in(vraag_van(loket, locatie, op=EERDER), door=None, nu=moment(VANDAAG))

    assert aflopen(loket) == {
        "totaal": 5,
        "geplaatst": 1,
        "onbeantwoord": 2,
        "open": 1,
        "gestopt": 1,
    }
    assert tel(loket).totaal.onbeantwoord_aandeel == Decimal("40.0")
    assert tel(loket).toelichting.n == 5


def test_a_report_over_the_past_says_what_was_true_then(loket, locatie):
    """One question: asked on 5 January, placed on 10 February, lapsed on 20 February."""
    vraag = vraag_van(loket, locatie, op=dt.date(2026, 1, 5), gewenste_start=dt.date(2026, 2, 1))
    plaats(vraag, op=dt.date(2026, 2, 10))
    laat_vervallen(vraag, reden=Vervalreden.VERHUISD, door=None, nu=moment(dt.date(2026, 2, 20)))

    def op(maand: int, dag: int) -> list[str]:
        return [
            feit.afloop.value
            for feit in lees_vragen(Werkgebied.van(loket), dt.date(2026, maand, dag))
        ]

    assert op(1, 4) == []
    assert op(1, 5) == ["open"]
    assert op(1, 31) == ["open"]
    assert op(2, 1) == ["onbeantwoord"]
    assert op(2, 9) == ["onbeantwoord"]
    assert op(2, 10) == ["geplaatst"]
    assert op(2, 19) == ["geplaatst"]
    assert op(2, 20) == ["gestopt"]
    assert op(3, 2) == ["gestopt"]


def test_the_day_ends_at_midnight_in_brussels(loket, locatie):
    # 22.30 UTC is 23.30 in Brussels; an hour later it is 2 March there, and still 1 March in UTC.
    maak_vragen(loket, [locatie], nu=dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC))
    maak_vragen(loket, [locatie], nu=dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC))

    assert aflopen(loket, dt.date(2026, 3, 1))["totaal"] == 1
    assert aflopen(loket, dt.date(2026, 3, 2))["totaal"] == 2


def test_the_period_is_the_calendar_year_of_handing_in(loket, locatie):
    vraag_van(loket, locatie, op=dt.date(2025, 12, 31), gewenste_start=VANDAAG)
    vraag_van(loket, locatie, op=dt.date(2026, 1, 1))
    vraag_van(loket, locatie, op=VANDAAG)
    vraag_van(loket, locatie, op=VANDAAG + dt.timedelta(days=1))

    assert aflopen(loket)["totaal"] == 2
    assert aflopen(loket, dt.date(2025, 12, 31))["totaal"] == 1
    assert tel(loket).jaar == 2026


def test_another_lokets_questions_are_not_counted(loket, locatie):
    ander = maak_loket(kleine_cel=0)
    vraag_van(ander, maak_locatie(loket=ander), op=EERDER)

    assert set(aflopen(loket).values()) == {0}
    assert aflopen(ander)["totaal"] == 1


# The subcategories


def subcategorieen(loket, peildatum: dt.date = VANDAAG) -> dict[str, int]:
    return {rij.code: rij.totaal for rij in tel(loket, peildatum).rijen}


def test_each_subcategory_counts_what_belongs_to_it(loket, locatie):
    vraag_van(loket, locatie, op=EERDER, dringende_reden=DringendeReden.WEGVALLEN)
    vraag_van(loket, locatie, op=EERDER, ruimere_uren=(Ruimer.VOOR_7, Ruimer.NA_18))
    vraag_van(loket, locatie, op=EERDER, zorgbehoefte=Zorgbehoefte.JA)
    vraag_van(loket, locatie, op=EERDER, zorgbehoefte=Zorgbehoefte.PERSOONLIJK)
    vraag_van(loket, locatie, op=EERDER, zorgbehoefte=Zorgbehoefte.NEE)
    vraag_van(loket, locatie, op=EERDER, kenmerken=KWETSBAAR)
    vraag_van(loket, locatie, op=EERDER, kenmerken={Kenmerkcode.WERK: True})
    vraag_van(
        loket,
        locatie,
        op=EERDER,
        kenmerken={Kenmerkcode.WERK: False, Kenmerkcode.LAAG_INKOMEN: True},
    )

    assert subcategorieen(loket) == {
        "dringend": 1,
        "ruimere_uren": 1,
        "inclusief": 1,
        "kwetsbaar": 1,
    }


def test_a_refuted_trait_does_not_count(loket, locatie):
    vraag = vraag_van(loket, locatie, op=EERDER, kenmerken=KWETSBAAR)
    Kenmerk.objects.filter(opvangvraag=vraag, code=Kenmerkcode.LAAG_INKOMEN).update(
        stand=Kenmerkstand.WEERLEGD
    )

    assert subcategorieen(loket)["kwetsbaar"] == 0


def test_a_trait_that_was_noted_later_did_not_count_then(loket, locatie):
    vraag = vraag_van(loket, locatie, op=EERDER, kenmerken={Kenmerkcode.WERK: True})
    Kenmerk.objects.create(
        opvangvraag=vraag, code=Kenmerkcode.LAAG_INKOMEN, aanwezig=True, op=moment(VANDAAG)
    )

    assert subcategorieen(loket)["kwetsbaar"] == 1
    assert subcategorieen(loket, EERDER)["kwetsbaar"] == 0


def test_priority_groups_are_registered_until_2023_only(loket, locatie):
    for jaar in (2023, 2024):
        vraag_van(
            loket,
            locatie,
            op=dt.date(jaar, 5, 5),
            gewenste_start=dt.date(jaar, 9, 1),
            kenmerken={Kenmerkcode.PLEEGKIND: True},
        )

    assert subcategorieen(loket, dt.date(2023, 12, 31))["voorrangsgroep"] == 1
    assert "voorrangsgroep" not in subcategorieen(loket, dt.date(2024, 12, 31))


# Small cells


def test_small_numbers_are_hidden_with_their_complement(locatie):
    loket = maak_loket(kleine_cel=5, gemeenten=[locatie.gemeente])
    for _ in range(3):
        vraag_van(loket, locatie, op=EERDER, gewenste_start=VOORBIJ)
    for _ in range(6):
        vraag_van(loket, locatie, op=EERDER)
    for _ in range(5):
        trek_in(vraag_van(loket, locatie, op=EERDER), door=None, nu=moment(VANDAAG))

    totaal = tel(loket).totaal

    assert (totaal.totaal, totaal.geplaatst, totaal.onbeantwoord) == (14, 0, None)
    # 14 - 6 - 5 = 3, so one of the two must go as well: the smaller.
    assert (totaal.open, totaal.gestopt) == (6, None)
    assert totaal.onbeantwoord_aandeel is None


def test_a_small_subcategory_is_hidden_and_a_missing_one_is_zero(locatie):
    loket = maak_loket(kleine_cel=5, gemeenten=[locatie.gemeente])
    for _ in range(4):
        vraag_van(loket, locatie, op=EERDER, dringende_reden=DringendeReden.START_WERK)

    rijen = {rij.code: rij.cellen for rij in tel(loket).rijen}

    assert rijen["dringend"] == (None, 0, 0, None, 0)
    assert rijen["inclusief"] == (0, 0, 0, 0, 0)


# Any set of questions


@st.composite
def feiten(draw) -> list[Vraagfeit]:
    """Up to sixty questions of four wijken, of every fate."""
    lot = st.tuples(
        st.sampled_from(["Kern", "Veld", "Dorp", ""]), st.sampled_from(Afloop), st.booleans()
    )
    return [
        Vraagfeit(
            ingediend=VANDAAG,
            afloop=afloop,
            loopt=afloop in {Afloop.ONBEANTWOORD, Afloop.OPEN},
            start=VANDAAG,
            einde=VANDAAG,
            rooster=1,
            rooster_wissel=None,
            gemeente_id=1,
            gemeente="Wilgenrade",
            wijk=wijk,
            dringend=dringend,
            ruimere_uren=False,
            inclusief=False,
            kenmerken=frozenset(),
        )
        for wijk, afloop, dringend in draw(st.lists(lot, max_size=60))
    ]


def werkgebied(kleine_cel: int) -> Werkgebied:
    return Werkgebied(
        loket_id=1,
        naam="Loket",
        gemeenten=(Gebied(id=1, naam="Wilgenrade"),),
        kleine_cel=kleine_cel,
        vers_dagen=30,
        verborgen_dagen=60,
    )


@given(feiten())
def test_every_question_is_counted_exactly_once(vragen):
    rijen = per_wijk(werkgebied(0), vragen)
    totaal = rijen.pop("")

    assert totaal.totaal == len(vragen)
    for rij in (*rijen.values(), totaal):
        assert rij.totaal == rij.geplaatst + rij.onbeantwoord + rij.open + rij.gestopt
    for kolom in ("totaal", "geplaatst", "onbeantwoord", "open", "gestopt"):
        assert sum(getattr(rij, kolom) for rij in rijen.values()) == getattr(totaal, kolom)


@given(feiten(), st.integers(2, 7))
def test_what_is_shown_is_true_and_never_small(vragen, grens):
    waar, getoond = (per_wijk(werkgebied(cel), vragen) for cel in (0, grens))

    for groep, rij in getoond.items():
        for echt, gezien in zip(waar[groep].cellen, rij.cellen, strict=True):
            assert gezien is None or (gezien == echt and not 0 < echt < grens)
        # Never exactly one of a row that adds up, its total included.
        assert sum(cel is None for cel in rij.cellen) != 1
    for kolom in range(5):
        assert sum(rij.cellen[kolom] is None for rij in getoond.values()) != 1
    uitkomst = opvangvragen(werkgebied(grens), VANDAAG, feiten=vragen)
    assert uitkomst.totaal.cellen == getoond[""].cellen
    assert uitkomst.toelichting.n == uitkomst.totaal.totaal
