"""A location says what is free: unknown is not zero, and what is taken stays taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.domain.fouten import IntussenGewijzigd
from loket.models import Gebeurtenis
from opvang.domain.keuren import Aanbodgegevens, OngeldigAanbod, bezwaren
from opvang.domain.vrije_plaatsen import (
    Roosterregel,
    bevestig_ongewijzigd,
    haal_periode_weg,
    heeft_plaats,
    meld_vrij,
    pas_rooster_aan,
    pas_vrij_aan,
    stand_van,
    vervang_aanbod,
    wijzig_periode,
)
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster
from opvang.workflow import Stand
from tests.fabrieken import NU, START, VANDAAG, maak_aanbod, maak_locatie, maak_voorstel, maak_vraag

LATER = NU + dt.timedelta(days=3)
MAANDAG = Weekrooster.van_dagen(0).masker


def gegevens(**velden) -> Aanbodgegevens:
    velden.setdefault("vanaf", VANDAAG)
    velden.setdefault("vrij", (1,) * 14)
    return Aanbodgegevens(**velden)


@pytest.fixture
def aanbod(db):
    return maak_aanbod(maak_locatie(), 2)


@pytest.fixture
def deels_ingenomen(db):
    """Two places on weekdays, of which a family holds one on Monday and Tuesday."""
    locatie = maak_locatie()
    (aanmelding,) = maak_vraag(locaties=[locatie]).aanmeldingen.all()
    aanbod = maak_aanbod(locatie, 2)
    maak_voorstel(aanmelding, aanbod)
    aanbod.refresh_from_db()
    assert aanbod.ingenomen == [1] * 4 + [0] * 10
    return aanbod


# Announce


@pytest.mark.django_db
def test_announced_zeros_are_known_and_nothing_is_unknown():
    vol, stil = maak_locatie(), maak_locatie()
    meld_vrij(vol, gegevens(vrij=(0,) * 14), door=None, nu=NU)

    def stand(locatie):
        return stand_van(
            list(locatie.plaatsaanbod.all()),
            rooster_masker=None,
            nu=NU,
            vers_dagen=30,
            verborgen_dagen=60,
        )

    assert stand(vol) is Stand.VOL
    assert stand(stil) is Stand.ONBEKEND


@pytest.mark.django_db
def test_announcing_leaves_a_record():
    locatie = maak_locatie()

    aanbod = meld_vrij(locatie, gegevens(), door=None, nu=NU, namens="API")

    gebeurtenis = Gebeurtenis.objects.get(werkwoord="opvang.vrije_plaatsen.gemeld")
    assert (gebeurtenis.onderwerp_id, gebeurtenis.namens) == (locatie.pk, "API")
    assert gebeurtenis.gegevens == {
        "aanbod": aanbod.pk,
        "soort": "regulier",
        "vanaf": "2026-03-02",
        "tot": None,
        "leeftijd_vanaf": 0,
        "leeftijd_tot": 36,
        "vrij": [1] * 14,
        "versie": 1,
        "bevestigd": NU.isoformat(),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("velden", "bericht"),
    [
        ({"vrij": (1,) * 13}, "0 tot 200"),
        ({"vrij": (-1,) + (0,) * 13}, "0 tot 200"),
        ({"vrij": (201,) + (0,) * 13}, "0 tot 200"),
        ({"tot": VANDAAG}, "De laatste dag ligt voor de eerste dag."),
        ({"soort": "altijd"}, "Deze soort"),
        ({"tot": dt.date(2200, 1, 1)}, "Kies een dag tussen 2000 en 2199."),
        ({"vanaf": dt.date(1999, 12, 31)}, "Kies een dag tussen 2000 en 2199."),
        ({"leeftijd_tot": 145}, "Vul een leeftijd in van 0 tot 144 maanden."),
        ({"leeftijd_vanaf": 12, "leeftijd_tot": 12}, "leeftijd"),
    ],
)
def test_announcing_what_cannot_be_is_refused(velden, bericht):
    locatie = maak_locatie()

    with pytest.raises(OngeldigAanbod, match=bericht):
        meld_vrij(locatie, gegevens(**velden), door=None, nu=NU)

    assert not Plaatsaanbod.objects.exists()
    assert not Gebeurtenis.objects.exists()


# Change the numbers


def test_changing_confirms_and_raises_the_version(aanbod):
    gewijzigd = pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=LATER)

    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie, aanbod.laatst_bevestigd) == ([3] * 14, 2, LATER)
    assert gewijzigd == aanbod


@pytest.mark.parametrize("vrij", [[1] * 13, [201] + [0] * 13, [-1] + [0] * 13])
def test_numbers_that_can_not_be_are_refused_in_one_period_and_in_the_grid(aanbod, vrij):
    with pytest.raises(OngeldigAanbod):
        pas_vrij_aan(aanbod, vrij=vrij, verwachte_versie=1, door=None, nu=NU)
    with pytest.raises(OngeldigAanbod):
        pas_rooster_aan(aanbod.locatie, {aanbod.pk: Roosterregel(tuple(vrij), 1)}, door=None, nu=NU)

    assert not Gebeurtenis.objects.exists()


def test_grid_takes_no_period_of_another_location(aanbod):
    vreemd = maak_aanbod(maak_locatie(), 1)

    with pytest.raises(IntussenGewijzigd):
        pas_rooster_aan(
            aanbod.locatie,
            {pk: Roosterregel((9,) * 14, 1) for pk in (aanbod.pk, vreemd.pk)},
            door=None,
            nu=NU,
        )

    assert not Plaatsaanbod.objects.filter(versie=2).exists()


@given(st.lists(st.integers(-3, 203), min_size=12, max_size=16), st.integers(-1, 150))
@settings(max_examples=40)
def test_what_is_objected_to_is_exactly_what_is_refused(vrij, oudste):
    gegevens_ = gegevens(vrij=tuple(vrij), leeftijd_tot=oudste)

    mag = len(vrij) == 14 and all(0 <= n <= 200 for n in vrij) and 0 < oudste <= 144
    assert (not bezwaren(gegevens_)) is mag


def test_stale_version_is_refused_and_nothing_changes(aanbod):
    pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=LATER)

    aanbod.refresh_from_db()
    assert (aanbod.vrij, aanbod.versie, aanbod.laatst_bevestigd) == ([3] * 14, 2, NU)


def test_period_that_is_gone_is_refused(aanbod):
    Plaatsaanbod.objects.all().delete()

    with pytest.raises(IntussenGewijzigd):
        pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=NU)


def test_free_places_come_on_top_of_what_is_taken(deels_ingenomen):
    pas_vrij_aan(deels_ingenomen, vrij=[0] * 14, verwachte_versie=1, door=None, nu=NU)

    deels_ingenomen.refresh_from_db()
    assert deels_ingenomen.vrij == [0] * 14
    assert deels_ingenomen.plaatsen == deels_ingenomen.ingenomen == [1] * 4 + [0] * 10


def test_page_from_before_a_family_took_a_place_is_refused(deels_ingenomen):
    voor_het_voorstel = [2] * 10 + [0] * 4

    with pytest.raises(IntussenGewijzigd):
        pas_vrij_aan(
            deels_ingenomen,
            vrij=voor_het_voorstel,
            verwachte_versie=1,
            gezien_vrij=voor_het_voorstel,
            door=None,
            nu=NU,
        )

    deels_ingenomen.refresh_from_db()
    assert deels_ingenomen.vrij == [1] * 4 + [2] * 6 + [0] * 4


@pytest.mark.django_db
@given(st.lists(st.integers(0, 200), min_size=14, max_size=14))
def test_never_below_what_is_taken(vrij):
    aanbod = maak_aanbod(maak_locatie(), [4] * 14, ingenomen=[0, 1, 2, 3, 4] + [0] * 9)

    pas_vrij_aan(aanbod, vrij=vrij, verwachte_versie=1, door=None, nu=NU)

    aanbod.refresh_from_db()
    assert aanbod.vrij == vrij
    assert all(a >= b for a, b in zip(aanbod.plaatsen, aanbod.ingenomen, strict=True))


# Change or take back a period


def test_whole_period_changes(aanbod):
    wijzig_periode(
        aanbod,
        gegevens(
            vanaf=START, tot=dt.date(2027, 1, 1), soort="dringend", leeftijd_tot=18, vrij=(4,) * 14
        ),
        verwachte_versie=1,
        door=None,
        nu=LATER,
    )

    aanbod.refresh_from_db()
    assert (aanbod.vanaf, aanbod.tot, aanbod.soort) == (START, dt.date(2027, 1, 1), "dringend")
    assert (aanbod.leeftijd_tot, aanbod.vrij, aanbod.versie) == (18, [4] * 14, 2)


def test_whole_period_of_a_stale_page_is_refused(aanbod):
    pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        wijzig_periode(aanbod, gegevens(), verwachte_versie=1, door=None, nu=NU)
    with pytest.raises(OngeldigAanbod):
        wijzig_periode(aanbod, gegevens(tot=VANDAAG), verwachte_versie=2, door=None, nu=NU)


def test_period_is_taken_back(aanbod):
    haal_periode_weg(aanbod, verwachte_versie=1, door=None, nu=NU)

    assert not Plaatsaanbod.objects.exists()
    assert Gebeurtenis.objects.get().werkwoord == "opvang.vrije_plaatsen.weggehaald"


def test_period_with_an_offer_stays_and_has_nothing_free(deels_ingenomen):
    haal_periode_weg(deels_ingenomen, verwachte_versie=1, door=None, nu=LATER)

    deels_ingenomen.refresh_from_db()
    assert deels_ingenomen.vrij == [0] * 14
    assert deels_ingenomen.ingenomen == [1] * 4 + [0] * 10


def test_taking_back_from_a_stale_page_is_refused(aanbod):
    with pytest.raises(IntussenGewijzigd):
        haal_periode_weg(aanbod, verwachte_versie=7, door=None, nu=NU)

    assert Plaatsaanbod.objects.count() == 1


# Confirm


@pytest.mark.django_db
def test_confirming_refreshes_what_has_not_ended():
    locatie, ander = maak_locatie(), maak_locatie()
    loopt, straks = maak_aanbod(locatie), maak_aanbod(locatie, vanaf=START)
    voorbij = maak_aanbod(locatie, vanaf=VANDAAG, tot=VANDAAG + dt.timedelta(days=3))
    van_ander = maak_aanbod(ander)

    assert bevestig_ongewijzigd(locatie, door=None, nu=LATER) == 2

    bevestigd = {a.pk: a.laatst_bevestigd for a in Plaatsaanbod.objects.all()}
    assert bevestigd == {loopt.pk: LATER, straks.pk: LATER, voorbij.pk: NU, van_ander.pk: NU}


def test_confirming_what_somebody_changed_meanwhile_is_refused(aanbod):
    gezien = {aanbod.pk: aanbod.versie}
    pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        bevestig_ongewijzigd(aanbod.locatie, door=None, nu=LATER, gezien=gezien)

    aanbod.refresh_from_db()
    assert aanbod.laatst_bevestigd == NU


def test_confirming_what_was_seen_works(aanbod):
    assert bevestig_ongewijzigd(aanbod.locatie, door=None, nu=LATER, gezien={aanbod.pk: 1}) == 1


# Replace


@pytest.mark.django_db
def test_replacing_changes_adds_and_removes():
    locatie = maak_locatie()
    blijft, weg = maak_aanbod(locatie), maak_aanbod(locatie)
    van_ander = maak_aanbod(maak_locatie())

    uit = vervang_aanbod(
        locatie,
        [gegevens(id=blijft.pk, vrij=(5,) * 14), gegevens(vanaf=START)],
        door=None,
        nu=LATER,
    )

    assert [a.vrij for a in uit] == [[5] * 14, [1] * 14]
    assert set(locatie.plaatsaanbod.all()) == set(uit)
    assert not Plaatsaanbod.objects.filter(pk=weg.pk).exists()
    assert Plaatsaanbod.objects.filter(pk=van_ander.pk).exists()


def test_replacing_keeps_a_period_with_an_offer_full(deels_ingenomen):
    vervang_aanbod(deels_ingenomen.locatie, [], door=None, nu=LATER)

    deels_ingenomen.refresh_from_db()
    assert (deels_ingenomen.vrij, deels_ingenomen.ingenomen[:4]) == ([0] * 14, [1] * 4)


@pytest.mark.django_db
def test_replacing_with_somebody_elses_period_is_refused_whole():
    locatie = maak_locatie()
    eigen, vreemd = maak_aanbod(locatie), maak_aanbod(maak_locatie())

    with pytest.raises(OngeldigAanbod, match="bestaat niet bij deze locatie"):
        vervang_aanbod(locatie, [gegevens(id=vreemd.pk, vrij=(9,) * 14)], door=None, nu=LATER)

    vreemd.refresh_from_db()
    assert vreemd.plaatsen == [1] * 10 + [0] * 4
    assert Plaatsaanbod.objects.filter(pk=eigen.pk).exists()


@pytest.mark.django_db
def test_replacing_with_one_bad_period_changes_nothing():
    locatie = maak_locatie()
    eigen = maak_aanbod(locatie)

    with pytest.raises(OngeldigAanbod):
        vervang_aanbod(
            locatie,
            [gegevens(id=eigen.pk, vrij=(9,) * 14), gegevens(tot=VANDAAG)],
            door=None,
            nu=LATER,
        )

    eigen.refresh_from_db()
    assert (eigen.versie, eigen.plaatsen) == (1, [1] * 10 + [0] * 4)


# How sure (pure)


def rij(vrij, *, dagen_oud=0):
    return Plaatsaanbod(
        plaatsen=vrij,
        ingenomen=[0] * 14,
        laatst_bevestigd=NU - dt.timedelta(days=dagen_oud),
        vanaf=VANDAAG,
    )


VRIJ, VOL, ALLEEN_DINSDAG = [1] * 14, [0] * 14, [0, 0, 1, 1] + [0] * 10


@pytest.mark.parametrize(
    ("rijen", "masker", "stand"),
    [
        pytest.param([], None, Stand.ONBEKEND, id="niets gezegd"),
        pytest.param([rij(VRIJ, dagen_oud=60)], None, Stand.ONBEKEND, id="te lang geleden"),
        pytest.param([rij(VOL, dagen_oud=60)], None, Stand.ONBEKEND, id="vol van te lang geleden"),
        pytest.param([rij(VRIJ, dagen_oud=59)], None, Stand.MISSCHIEN, id="net niet te lang"),
        pytest.param([rij(VRIJ, dagen_oud=30)], None, Stand.MISSCHIEN, id="niet meer vers"),
        pytest.param([rij(VRIJ, dagen_oud=29)], None, Stand.VRIJ, id="vers"),
        pytest.param([rij(VOL)], None, Stand.VOL, id="nul is niet onbekend"),
        pytest.param([rij(ALLEEN_DINSDAG)], None, Stand.VRIJ, id="iets is vrij"),
        pytest.param([rij(ALLEEN_DINSDAG)], 0, Stand.VRIJ, id="niets gevraagd"),
        pytest.param([rij(ALLEEN_DINSDAG)], MAANDAG, Stand.VOL, id="andere dag gevraagd"),
        pytest.param([rij(VOL), rij(VRIJ, dagen_oud=40)], None, Stand.MISSCHIEN, id="oude is vrij"),
        pytest.param([rij(VOL, dagen_oud=90), rij(VRIJ)], None, Stand.VRIJ, id="oudste telt niet"),
        pytest.param(
            [rij([1, 0] * 7), rij([0, 1] * 7)],
            MAANDAG,
            Stand.VOL,
            id="samen geldt niet: een periode",
        ),
    ],
)
def test_how_sure_there_is_room(rijen, masker, stand):
    assert (
        stand_van(rijen, rooster_masker=masker, nu=NU, vers_dagen=30, verborgen_dagen=60) is stand
    )


def test_room_for_every_asked_dagdeel():
    assert heeft_plaats(rij(ALLEEN_DINSDAG), 0b1100)
    assert not heeft_plaats(rij(ALLEEN_DINSDAG), 0b1101)
