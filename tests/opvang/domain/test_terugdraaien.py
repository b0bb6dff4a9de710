"""Undo: the last change, all of it, only while nothing happened since; and it confirms nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.domain.fouten import IntussenGewijzigd
from loket.models import Gebeurtenis
from opvang.domain.geschiedenis import geschiedenis_van, vertel
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.overnemen import StaatErAl, neem_over, volgende
from opvang.domain.terugdraaien import AlUitVoorgesteld, maak_ongedaan, terug_te_draaien
from opvang.domain.vrije_plaatsen import (
    Roosterregel,
    bevestig_ongewijzigd,
    haal_periode_weg,
    meld_vrij,
    pas_rooster_aan,
    pas_vrij_aan,
    wijzig_periode,
)
from opvang.models import Plaatsaanbod
from tests.fabrieken import (
    NU,
    START,
    VANDAAG,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
)

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def locatie():
    return maak_locatie()


@pytest.fixture
def aanbod(locatie):
    return maak_aanbod(locatie, 2)


def laatste(locatie, nu=LATER) -> int | None:
    rijen = {rij.pk: rij for rij in Plaatsaanbod.objects.filter(locatie=locatie)}
    wijziging = terug_te_draaien(locatie, rijen, nu=nu)
    return wijziging.nummer if wijziging else None


def draai_terug(locatie, nummer=None, nu=LATER) -> int:
    return maak_ongedaan(locatie, nummer=nummer or laatste(locatie) or -1, door=None, nu=nu)


def velden(aanbod) -> tuple:
    aanbod.refresh_from_db()
    return (
        *(aanbod.soort, aanbod.vanaf, aanbod.tot, aanbod.leeftijd_vanaf, aanbod.leeftijd_tot),
        *(aanbod.vrij, aanbod.laatst_bevestigd),
    )


def test_numbers_of_several_periods_go_back_together(locatie, aanbod):
    ander = maak_aanbod(locatie, 1, vanaf=START)
    voor = velden(aanbod), velden(ander)
    regels = {rij.pk: Roosterregel(vrij=(9,) * 14, versie=1) for rij in (aanbod, ander)}
    pas_rooster_aan(locatie, regels, door=None, nu=LATER)

    assert draai_terug(locatie) == 2

    assert (velden(aanbod), velden(ander)) == voor
    assert aanbod.versie == 3


def test_dates_ages_and_kind_go_back(locatie, aanbod):
    voor = velden(aanbod)
    anders = Aanbodgegevens(
        vanaf=START, tot=dt.date(2027, 1, 1), vrij=(0,) * 14, soort="nacht", leeftijd_tot=9
    )
    wijzig_periode(aanbod, anders, verwachte_versie=1, door=None, nu=LATER)

    draai_terug(locatie)

    assert velden(aanbod) == voor


def test_new_period_goes_away_again(locatie):
    meld_vrij(locatie, Aanbodgegevens(vanaf=VANDAAG, vrij=(1,) * 14), door=None, nu=LATER)

    draai_terug(locatie)

    assert not Plaatsaanbod.objects.exists()


def test_removed_period_comes_back_as_old_as_it_was(locatie, aanbod):
    voor = velden(aanbod)
    haal_periode_weg(aanbod, verwachte_versie=1, door=None, nu=LATER)

    draai_terug(locatie)

    assert velden(Plaatsaanbod.objects.get()) == voor


def test_removed_period_with_an_offer_gets_its_places_back(locatie, aanbod):
    vraag = maak_vraag(locaties=[locatie])
    maak_voorstel(vraag.aanmeldingen.get(), aanbod)
    aanbod.refresh_from_db()
    voor = velden(aanbod)
    haal_periode_weg(aanbod, verwachte_versie=1, door=None, nu=LATER)

    draai_terug(locatie)

    assert velden(aanbod) == voor
    assert aanbod.ingenomen == [1] * 4 + [0] * 10


def test_undo_itself_is_not_undone(locatie, aanbod):
    pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=LATER)
    draai_terug(locatie)

    assert laatste(locatie) is None
    with pytest.raises(IntussenGewijzigd):
        draai_terug(locatie)


def test_second_press_of_the_same_button_is_refused(locatie, aanbod):
    pas_vrij_aan(aanbod, vrij=[0] * 14, verwachte_versie=1, door=None, nu=LATER)
    nummer = laatste(locatie)
    draai_terug(locatie, nummer)

    with pytest.raises(IntussenGewijzigd):
        draai_terug(locatie, nummer)


def _nog_een_wijziging(aanbod):
    pas_vrij_aan(aanbod, vrij=[5] * 14, verwachte_versie=2, door=maak_gebruiker(), nu=LATER)


def _bevestiging(aanbod):
    bevestig_ongewijzigd(aanbod.locatie, door=None, nu=LATER)


def _gezin_neemt_plaats(aanbod):
    aanbod.refresh_from_db()
    maak_voorstel(maak_vraag(locaties=[aanbod.locatie]).aanmeldingen.get(), aanbod)


@pytest.mark.parametrize("daarna", [_nog_een_wijziging, _bevestiging, _gezin_neemt_plaats])
def test_what_happened_since_stops_the_undo(locatie, aanbod, daarna):
    pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=NU)
    nummer = laatste(locatie)
    daarna(aanbod)
    aanbod.refresh_from_db()
    voor = velden(aanbod)

    with pytest.raises(IntussenGewijzigd):
        maak_ongedaan(locatie, nummer=nummer, door=None, nu=LATER)

    assert velden(aanbod) == voor


def test_new_period_out_of_which_something_was_offered_stays(locatie):
    nieuw = meld_vrij(locatie, Aanbodgegevens(vanaf=VANDAAG, vrij=(1,) * 14), door=None, nu=LATER)
    vraag = maak_vraag(locaties=[locatie])
    maak_voorstel(vraag.aanmeldingen.get(), nieuw, reserveert=False)

    with pytest.raises(AlUitVoorgesteld):
        draai_terug(locatie)

    assert Plaatsaanbod.objects.count() == 1


def test_change_of_yesterday_is_no_slip(locatie, aanbod):
    pas_vrij_aan(aanbod, vrij=[3] * 14, verwachte_versie=1, door=None, nu=NU)

    assert laatste(locatie, NU + dt.timedelta(hours=23)) is not None
    assert laatste(locatie, NU + dt.timedelta(hours=24)) is None


def test_change_elsewhere_is_not_mine(locatie, aanbod):
    ander = maak_aanbod(maak_locatie())
    pas_vrij_aan(ander, vrij=[3] * 14, verwachte_versie=1, door=None, nu=LATER)
    nummer = laatste(ander.locatie)

    with pytest.raises(IntussenGewijzigd):
        maak_ongedaan(locatie, nummer=nummer, door=None, nu=LATER)


def test_history_tells_of_the_undo(locatie, aanbod):
    farid = maak_gebruiker(naam="Farid")
    pas_vrij_aan(aanbod, vrij=[3, 2, *aanbod.vrij[2:]], verwachte_versie=1, door=farid, nu=LATER)
    maak_ongedaan(locatie, nummer=laatste(locatie), door=farid, nu=LATER)

    zinnen = [zin for g in geschiedenis_van(locatie) for zin in vertel(g).zinnen]

    periode = "vanaf 2 mrt 2026"
    assert zinnen == [
        f"Farid draaide de laatste wijziging van de periode {periode} terug.",
        f"Farid zette maandag voormiddag van 3 op 2 (periode {periode}).",
        f"Farid zette maandag voormiddag van 2 op 3 (periode {periode}).",
    ]


def test_every_kind_of_event_has_its_sentence(locatie, aanbod):
    farid = maak_gebruiker(naam="Farid")
    stap = iter(range(1, 30))

    def nu():
        return NU + dt.timedelta(minutes=next(stap))

    nieuw = meld_vrij(locatie, Aanbodgegevens(vanaf=START, vrij=(1,) * 14), door=farid, nu=nu())
    maak_ongedaan(locatie, nummer=laatste(locatie), door=farid, nu=nu())
    pas_vrij_aan(aanbod, vrij=aanbod.vrij, verwachte_versie=1, door=None, nu=nu())
    langer = Aanbodgegevens(vanaf=VANDAAG, tot=START, vrij=tuple(aanbod.vrij))
    wijzig_periode(aanbod, langer, verwachte_versie=2, door=farid, namens="rekenblad", nu=nu())
    haal_periode_weg(aanbod, verwachte_versie=3, door=farid, nu=nu())
    maak_ongedaan(locatie, nummer=laatste(locatie), door=farid, nu=nu())
    bevestig_ongewijzigd(locatie, door=farid, nu=nu())

    assert nieuw.pk
    assert [zin for g in geschiedenis_van(locatie) for zin in vertel(g).zinnen] == [
        "Farid bevestigde dat alles nog klopt.",
        "Farid zette de weggehaalde periode van 2 mrt 2026 tot 1 sep 2026 terug.",
        "Farid haalde de periode van 2 mrt 2026 tot 1 sep 2026 weg.",
        "Farid (met een rekenblad) wijzigde de periode: nu vaste plaats van 2 mrt 2026 tot "
        "1 sep 2026, van 0 tot 36 maanden, eerst vaste plaats vanaf 2 mrt 2026, van 0 tot 36 "
        "maanden.",
        "Het portaal bewaarde de periode vanaf 2 mrt 2026 zonder iets te veranderen.",
        "Farid draaide de nieuwe periode vanaf 1 sep 2026 terug.",
        "Farid meldde een nieuwe periode vanaf 1 sep 2026: 1 op maandag tot en met zondag hele "
        "dag.",
    ]


# Copy to the next period


@pytest.mark.parametrize(
    ("vanaf", "tot", "nieuw"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 4, 1), (dt.date(2026, 4, 1), dt.date(2026, 5, 1))),
        (dt.date(2026, 1, 1), dt.date(2026, 4, 1), (dt.date(2026, 4, 1), dt.date(2026, 7, 1))),
        (dt.date(2026, 1, 1), dt.date(2026, 2, 1), (dt.date(2026, 3, 1), dt.date(2026, 4, 1))),
        (dt.date(2026, 2, 23), dt.date(2026, 3, 9), (dt.date(2026, 3, 9), dt.date(2026, 3, 23))),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 1), (dt.date(2027, 1, 1), dt.date(2027, 2, 1))),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), (dt.date(2026, 3, 1), dt.date(2026, 3, 29))),
        (dt.date(2026, 1, 15), None, (dt.date(2026, 4, 1), None)),
        (dt.date(2027, 9, 1), None, (dt.date(2027, 10, 1), None)),
    ],
)
def test_next_period(vanaf, tot, nieuw):
    bron = Plaatsaanbod(vanaf=vanaf, tot=tot, plaatsen=[2] * 14, ingenomen=[1] * 14)

    uit = volgende(bron, vandaag=VANDAAG)

    assert ((uit.vanaf, uit.tot), uit.vrij) == (nieuw, (1,) * 14)


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    st.integers(1, 900),
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
)
@settings(max_examples=60)
def test_next_period_follows_never_overlaps_and_is_not_of_the_past(vanaf, dagen, vandaag):
    tot = vanaf + dt.timedelta(days=dagen)
    bron = Plaatsaanbod(vanaf=vanaf, tot=tot, plaatsen=[1] * 14, ingenomen=[0] * 14)

    uit = volgende(bron, vandaag=vandaag)

    assert uit.vanaf >= tot
    assert uit.vanaf >= vandaag.replace(day=1)
    assert uit.tot is not None
    assert abs((uit.tot - uit.vanaf).days - dagen) <= 3


def test_open_period_ends_where_its_copy_begins_and_the_undo_joins_them_again(locatie, aanbod):
    voor = velden(aanbod)

    nieuw = neem_over(aanbod, verwachte_versie=1, door=None, nu=LATER)

    aanbod.refresh_from_db()
    assert (aanbod.tot, nieuw.vanaf, nieuw.tot) == (dt.date(2026, 4, 1), dt.date(2026, 4, 1), None)
    assert nieuw.vrij == aanbod.vrij
    assert draai_terug(locatie) == 2
    assert velden(aanbod) == voor
    assert Plaatsaanbod.objects.count() == 1


def test_second_press_of_copy_makes_no_second_copy(locatie):
    bron = maak_aanbod(locatie, 2, tot=dt.date(2026, 4, 1))
    neem_over(bron, verwachte_versie=1, door=None, nu=LATER)

    with pytest.raises(StaatErAl):
        neem_over(bron, verwachte_versie=1, door=None, nu=LATER)

    assert Plaatsaanbod.objects.count() == 2


def test_copy_of_a_stale_page_is_refused(aanbod):
    with pytest.raises(IntussenGewijzigd):
        neem_over(aanbod, verwachte_versie=9, door=None, nu=LATER)

    assert not Gebeurtenis.objects.exists()
