"""From licence to decision: who gets what, who may say so, and what never changes any more."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from loket.models import Bericht, Gebeurtenis
from opvang.domain.subsidie_berekenen import Lening, Periode
from opvang.domain.subsidies.beslissen import (
    keur_goed_college,
    keur_goed_dienst,
    noteer_betaling,
    trek_subsidie_in,
    weiger,
)
from opvang.domain.subsidies.cijfers import budgetstanden, effect_per_regel, effect_samen
from opvang.domain.subsidies.fouten import (
    BudgetOp,
    BudgetTeKlein,
    CijfersVeranderd,
    GeenBudget,
    LigtVast,
    NietsTeGeven,
    VierOgen,
    ZonderReden,
)
from opvang.domain.subsidies.reglementen import (
    bewaar_regel,
    maak_reglement,
    verwijder_regel,
    wijzig_reglement,
)
from opvang.domain.subsidies.rekenen import Uitkomst, bereken_opnieuw, vraag_aan
from opvang.domain.subsidies.status import verander_subsidie
from opvang.models import Subsidie, Subsidiestap
from opvang.workflow import (
    SUBSIDIEOVERGANGEN,
    Herkomst,
    MaximumPer,
    Regelsoort,
    Subsidiestatus,
)
from tests.fabrieken import NU, maak_gemeente, maak_locatie, maak_vergunning
from tests.opvang.fabrieken_subsidies import VANDAAG, S, maak_subsidies

pytestmark = pytest.mark.django_db


@pytest.fixture
def sub(spelers):
    return maak_subsidies(spelers.loket, spelers.carla)


def bedragen() -> dict[str, tuple[str, str, Decimal]]:
    return {
        een.locatie.naam: (een.regel.naam, een.status, een.bedrag)
        for een in Subsidie.objects.select_related("locatie", "regel")
    }


# The run


def test_a_run_proposes_per_location_and_rule(spelers, sub):
    sub.regel()
    sub.t1()
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 4, 1))
    maak_vergunning(spelers.zonnetje, 10, vanaf=dt.date(2020, 1, 1), plaatsen_t1=10)
    elders = maak_locatie(loket=spelers.ander_loket)
    maak_vergunning(elders, 14, vanaf=dt.date(2026, 4, 1))

    uitkomst = sub.reken()

    assert uitkomst == Uitkomst(nieuw=2)
    assert bedragen() == {
        "De Egeltjes": ("Startpremie", S.VOORGESTELD, Decimal("14000.00")),
        "Het Zonnetje": ("Werkingspremie T1", S.VOORGESTELD, Decimal("5000.00")),
    }
    assert Gebeurtenis.objects.filter(werkwoord="opvang.subsidie.gerekend").get().gegevens == {
        "jaar": 2026, "nieuw": 2, "vernieuwd": 0, "vervallen": 0,
    }  # fmt: skip


def test_a_second_run_changes_nothing(spelers, sub):
    sub.regel()
    sub.voorstel(spelers.egeltjes)
    voor = list(Subsidie.objects.values())

    assert sub.reken() == Uitkomst()
    assert list(Subsidie.objects.values()) == voor


def test_a_run_refreshes_what_is_open_and_leaves_what_was_decided(spelers, sub):
    regel = sub.regel()
    sub.budget()
    beslist = sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    berekend = sub.zet(sub.voorstel(spelers.zonnetje, 8), S.BEREKEND)
    # The number of places on the licences was wrong.
    for locatie in (spelers.egeltjes, spelers.zonnetje):
        locatie.vergunningen.update(vergunde_plaatsen=16, plaatsen_t2=16)

    assert sub.reken() == Uitkomst(vernieuwd=1, vast=1)

    assert bedragen() == {
        "De Egeltjes": (regel.naam, S.DIENST, Decimal("14000.00")),
        "Het Zonnetje": (regel.naam, S.VOORGESTELD, Decimal("16000.00")),
    }
    beslist.refresh_from_db()
    assert beslist.berekening["totaal"] == "14000.00"
    berekend.refresh_from_db()
    assert (berekend.berekend_door, berekend.berekend_op) == (None, None)


def test_a_proposal_of_which_nothing_is_left_lapses_and_comes_back(spelers, sub):
    sub.regel()
    subsidie = sub.voorstel(spelers.egeltjes)
    spelers.egeltjes.vergunningen.update(vanaf=dt.date(2025, 2, 1))

    assert sub.reken() == Uitkomst(vervallen=1)
    assert sub.reken() == Uitkomst()
    subsidie.refresh_from_db()
    assert (subsidie.status, subsidie.bedrag) == (S.VERVALLEN, 0)

    spelers.egeltjes.vergunningen.update(vanaf=dt.date(2026, 2, 1))
    assert sub.reken() == Uitkomst(vernieuwd=1)
    subsidie.refresh_from_db()
    assert (subsidie.status, subsidie.bedrag) == (S.VOORGESTELD, 14000)


@pytest.mark.parametrize("status", [S.GEWEIGERD, S.INGETROKKEN])
def test_what_was_refused_is_not_proposed_again(spelers, sub, status):
    sub.regel()
    sub.zet(sub.voorstel(spelers.egeltjes), status)

    assert sub.reken() == Uitkomst(vast=1)
    assert Subsidie.objects.count() == 1


@pytest.mark.parametrize(
    ("velden", "krijgt"),
    [
        ({"opvangvormen": ["gezinsopvang"]}, set()),
        ({"opvangvormen": ["groepsopvang"]}, {"De Egeltjes", "Het Zonnetje"}),
        ({"ook_gemeentelijk": False}, {"Het Zonnetje"}),
        ({"trappen": ["T1"]}, set()),
        ({"maximum": Decimal(10_000)}, {"De Egeltjes", "Het Zonnetje"}),
    ],
)
def test_a_rule_is_only_for_who_it_names(spelers, sub, velden, krijgt):
    spelers.egeltjes.gemeentelijk = True
    spelers.egeltjes.save()
    sub.regel(**velden)
    for locatie in (spelers.egeltjes, spelers.zonnetje):
        maak_vergunning(locatie, 14, vanaf=dt.date(2026, 4, 1))

    sub.reken()

    assert set(bedragen()) == krijgt
    assert {bedrag for _r, _s, bedrag in bedragen().values()} <= {Decimal(14_000), Decimal(10_000)}


def test_a_location_that_no_longer_fits_the_rule_is_not_approved(spelers, sub):
    sub.regel(opvangvormen=["groepsopvang"])
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    spelers.egeltjes.opvangvorm = "gezinsopvang"
    spelers.egeltjes.save()

    with pytest.raises(CijfersVeranderd):
        keur_goed_dienst(subsidie, door=sub.kim, nu=NU)
    assert sub.reken() == Uitkomst(vervallen=1)


def test_a_reglement_of_one_gemeente_leaves_the_other_out(spelers):
    tweede = maak_gemeente("Lindehoek")
    spelers.loket.gemeenten.add(tweede)
    sub = maak_subsidies(spelers.loket, spelers.carla, gemeente=tweede)
    sub.regel()
    daar = maak_locatie("De Linde", gemeente=tweede)
    for locatie in (daar, spelers.egeltjes):
        maak_vergunning(locatie, 9, vanaf=dt.date(2026, 4, 1))

    sub.reken()

    assert set(bedragen()) == {"De Linde"}


def test_places_for_schoolchildren_alone_do_not_count(spelers, sub):
    sub.regel()
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 4, 1), alleen_schoolkinderen=True)

    assert sub.reken() == Uitkomst()


def test_a_run_asks_as_many_questions_for_three_locations_as_for_one(
    spelers, sub, django_assert_num_queries
):
    sub.regel(maximum=Decimal(9000), maximum_per=MaximumPer.LOCATIE)
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 4, 1))
    with django_assert_num_queries(10):
        sub.reken()
    Subsidie.objects.all().delete()
    for _ in range(2):
        maak_vergunning(maak_locatie(loket=spelers.loket), 14, vanaf=dt.date(2026, 4, 1))

    with django_assert_num_queries(10):
        sub.reken()

    assert Subsidie.objects.count() == 3


# Applications


def lening(hoofdsom="100000") -> Lening:
    return Lening(Decimal(hoofdsom), Decimal(4), Periode(dt.date(2026, 1, 1), dt.date(2036, 1, 1)))


def test_an_application_for_interest_keeps_its_loan(spelers, sub):
    regel = sub.regel(Regelsoort.RENTE, None, rentepunten=Decimal("1.5"))

    een, twee = (
        vraag_aan(regel, spelers.egeltjes, jaar=2026, lening=lening(som), door=sub.carla, nu=NU)
        for som in ("100000", "50000")
    )

    assert (een.bedrag, twee.bedrag) == (Decimal("1500.00"), Decimal("750.00"))
    assert (een.status, een.herkomst) == (S.AANGEVRAAGD, Herkomst.AANVRAAG)
    assert een.lening_hoofdsom == 100000


def test_an_application_is_refused_where_it_does_not_fit(spelers, sub):
    regel = sub.regel(opvangvormen=["groepsopvang"])
    rente = sub.regel(Regelsoort.RENTE, None)
    elders = maak_locatie(loket=spelers.ander_loket)
    gezin = maak_locatie(loket=spelers.loket, opvangvorm="gezinsopvang")
    sub.voorstel(spelers.egeltjes)

    for wat, waar, leen in (
        (regel, elders, None),
        (regel, gezin, None),
        (regel, spelers.egeltjes, None),
        (regel, spelers.zonnetje, lening()),
        (rente, spelers.zonnetje, None),
    ):
        with pytest.raises(Weigering):
            vraag_aan(wat, waar, jaar=2026, lening=leen, door=sub.carla, nu=NU)
    assert Subsidie.objects.count() == 1


def test_a_new_application_may_follow_a_refusal(spelers, sub):
    regel = sub.regel()
    sub.zet(sub.voorstel(spelers.egeltjes), S.GEWEIGERD)

    nieuw = vraag_aan(regel, spelers.egeltjes, jaar=2026, door=sub.carla, nu=NU)

    assert nieuw.bedrag == 14000
    assert sub.reken() == Uitkomst()


# The decision


def test_from_proposal_to_payment(spelers, sub):
    sub.regel()
    sub.budget("14000")
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BETAALD)

    assert subsidie.status == S.BETAALD
    assert [(s.naar, s.door, s.datum) for s in subsidie.stappen.all()] == [
        (S.BEREKEND, sub.carla, None),
        (S.DIENST, sub.kim, None),
        (S.COLLEGE, sub.kim, VANDAAG),
        (S.BETAALD, sub.kim, VANDAAG),
    ]
    bericht = Bericht.objects.over(subsidie).get()
    assert (bericht.sjabloon, bericht.aan) == ("opvang/subsidie_goedgekeurd", "egel@voorbeeld.test")
    assert bericht.titel == "Subsidie goedgekeurd voor De Egeltjes"
    assert "14" not in bericht.titel
    assert "/aanbod/subsidies/" in bericht.tekst


def test_who_computed_does_not_approve(spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)

    with pytest.raises(VierOgen):
        keur_goed_dienst(subsidie, door=sub.carla, nu=NU)

    # Whoever computes last is the one who did.
    bereken_opnieuw(subsidie, door=sub.kim, nu=NU)
    with pytest.raises(VierOgen):
        keur_goed_dienst(subsidie, door=sub.kim, nu=NU)
    assert keur_goed_dienst(subsidie, door=sub.carla, nu=NU).status == S.DIENST


def test_database_refuses_one_pair_of_eyes(spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)

    with pytest.raises(IntegrityError, match="subsidie_vier_ogen"):
        Subsidie.objects.filter(pk=subsidie.pk).update(status=S.DIENST, goedgekeurd_door=sub.carla)


def test_facts_that_changed_since_stop_the_approval(spelers, sub):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    spelers.egeltjes.vergunningen.update(vergunde_plaatsen=15, plaatsen_t2=15)

    with pytest.raises(CijfersVeranderd):
        keur_goed_dienst(subsidie, door=sub.kim, nu=NU)
    bereken_opnieuw(subsidie, door=sub.carla, nu=NU)

    assert keur_goed_dienst(subsidie, door=sub.kim, nu=NU).bedrag == 15000


def test_approval_stays_within_the_budget(spelers, sub):
    sub.regel()
    een = sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)
    twee = sub.zet(sub.voorstel(spelers.zonnetje, 8), S.BEREKEND)

    with pytest.raises(GeenBudget, match="geen budget voor 2026"):
        keur_goed_dienst(een, door=sub.kim, nu=NU)
    sub.budget("20000")
    keur_goed_dienst(een, door=sub.kim, nu=NU)
    with pytest.raises(BudgetOp) as nee:
        keur_goed_dienst(twee, door=sub.kim, nu=NU)
    assert str(nee.value).replace("\u00a0", " ") == (
        "Dit past niet in het budget van 2026. Er is nog € 6 000,00 van de € 20 000,00. "
        "Deze subsidie is € 8 000,00. Verhoog eerst het budget, of weiger."
    )

    with pytest.raises(BudgetTeKlein):
        sub.budget("13999.99")
    sub.budget("22000")
    assert keur_goed_dienst(twee, door=sub.kim, nu=NU).status == S.DIENST


def test_refusing_frees_its_part_of_the_budget(spelers, sub):
    sub.regel()
    sub.budget("14000")
    een = sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    twee = sub.zet(sub.voorstel(spelers.zonnetje, 14), S.BEREKEND)

    weiger(een, datum=VANDAAG, motivering="Het college zei nee.", door=sub.kim, nu=NU)

    assert keur_goed_dienst(twee, door=sub.kim, nu=NU).status == S.DIENST
    # Nobody had asked for it: nobody is told.
    assert not Bericht.objects.over(een).exists()
    assert Subsidie.objects.get(pk=een.pk).bekend_op is None


def test_who_asked_hears_why_not(spelers, sub):
    regel = sub.regel()
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 2, 1))
    subsidie = vraag_aan(regel, spelers.egeltjes, jaar=2026, door=sub.carla, nu=NU)

    with pytest.raises(ZonderReden):
        weiger(subsidie, datum=VANDAAG, motivering=" ", door=sub.kim, nu=NU)
    weiger(subsidie, datum=VANDAAG, motivering="Te laat gevraagd.", door=sub.kim, nu=NU)

    bericht = Bericht.objects.over(subsidie).get()
    assert bericht.sjabloon == "opvang/subsidie_geweigerd"
    assert "Te laat gevraagd." in bericht.tekst
    assert "Te laat gevraagd." in bericht.html


def test_who_knew_of_the_decision_hears_that_it_is_withdrawn(spelers, sub):
    sub.regel()
    sub.budget()
    bekend = sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)
    onbekend = sub.zet(sub.voorstel(spelers.zonnetje, 8), S.DIENST)

    for een in (bekend, onbekend):
        trek_subsidie_in(een, motivering="De opvang opent niet.", door=sub.kim, nu=NU)

    assert [b.sjabloon for b in Bericht.objects.over(bekend).order_by("pk")] == [
        "opvang/subsidie_goedgekeurd",
        "opvang/subsidie_ingetrokken",
    ]
    assert not Bericht.objects.over(onbekend).exists()


@pytest.mark.parametrize("dagen", [1, -1])
def test_a_decision_is_not_dated_ahead_or_before_the_dienst(spelers, sub, dagen):
    sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)

    with pytest.raises(Weigering):
        keur_goed_college(subsidie, datum=VANDAAG + dt.timedelta(days=dagen), door=sub.kim, nu=NU)
    assert Subsidie.objects.get().status == S.DIENST


def test_nothing_is_not_approved(spelers, sub):
    sub.budget()
    subsidie = vraag_aan(sub.regel(), spelers.egeltjes, jaar=2026, door=sub.carla, nu=NU)

    with pytest.raises(NietsTeGeven):
        keur_goed_dienst(sub.zet(subsidie, S.BEREKEND), door=sub.kim, nu=NU)


def test_a_stale_page_is_told(spelers, sub):
    sub.regel()
    sub.budget()
    oud = sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)
    noteer_betaling(oud, datum=VANDAAG, door=sub.kim, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        noteer_betaling(oud, datum=VANDAAG, door=sub.kim, nu=NU)
    with pytest.raises(IntussenGewijzigd):
        verander_subsidie(oud, S.BETAALD, door=sub.kim, nu=NU)


def test_maximum_per_location_counts_earlier_years(spelers, sub):
    regel = sub.regel(maximum=Decimal(16_000), maximum_per=MaximumPer.LOCATIE)
    sub.budget()
    sub.budget(jaar=2027)
    sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    spelers.egeltjes.vergunningen.update(tot=dt.date(2027, 3, 1))
    maak_vergunning(spelers.egeltjes, 20, vanaf=dt.date(2027, 3, 1))

    sub.reken(2027)

    latere = Subsidie.objects.get(jaar=2027)
    assert (latere.regel, latere.bedrag) == (regel, Decimal("2000.00"))
    assert latere.berekening["lijnen"][-1]["bedrag"] == "-4000.00"


# What lies fixed


@pytest.mark.parametrize(
    "velden",
    [
        {"bedrag": Decimal(1)},
        {"berekening": {}},
        {"jaar": 2027},
        {"nieuwe_plaatsen": 99},
        {"berekend_op": None},
    ],
    ids=lambda velden: next(iter(velden)),
)
@pytest.mark.parametrize("status", [S.DIENST, S.COLLEGE, S.BETAALD, S.GEWEIGERD, S.INGETROKKEN])
def test_database_keeps_a_decided_calculation_as_it_was(spelers, sub, status, velden):
    sub.regel()
    sub.budget()
    subsidie = sub.voorstel(spelers.egeltjes)
    if status in {S.GEWEIGERD, S.INGETROKKEN}:
        subsidie = sub.zet(subsidie, S.BEREKEND)
    subsidie = sub.zet(subsidie, status)

    with pytest.raises(IntegrityError, match="liggen vast"):
        Subsidie.objects.filter(pk=subsidie.pk).update(**velden)


def test_database_adds_steps_only(spelers, sub):
    sub.regel()
    sub.zet(sub.voorstel(spelers.egeltjes), S.BEREKEND)

    for sql in (
        "UPDATE opvang_subsidiestap SET motivering = 'x'",
        "DELETE FROM opvang_subsidiestap",
    ):
        with (
            pytest.raises((IntegrityError, InternalError), match="alleen om toe te voegen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert Subsidiestap.objects.count() == 1


def test_database_refuses_to_spend_beyond_the_budget(spelers, sub):
    sub.regel()
    sub.budget("14000")
    sub.zet(sub.voorstel(spelers.egeltjes), S.DIENST)
    twee = sub.zet(sub.voorstel(spelers.zonnetje, 8), S.BEREKEND)

    for sql, naam in (
        (
            f"UPDATE opvang_subsidie SET status = 'goedgekeurd_dienst', goedgekeurd_door_id = {sub.kim.pk} WHERE id = {twee.pk}",
            "past niet in het budget",
        ),
        ("UPDATE opvang_subsidiebudget SET bedrag = 13999.99", "al meer goedgekeurd"),
        ("UPDATE opvang_subsidiebudget SET jaar = 2027", "al meer goedgekeurd"),
        ("DELETE FROM opvang_subsidiebudget", "al meer goedgekeurd"),
    ):
        with (
            pytest.raises(IntegrityError, match=naam),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_snapshot_reads_the_same_after_everything_around_it_changed(spelers, sub):
    regel = sub.regel()
    sub.budget()
    subsidie = sub.zet(sub.voorstel(spelers.egeltjes), S.COLLEGE)
    toen = subsidie.berekening
    wijzig_reglement(sub.reglement, {"naam": "Iets anders"}, door=sub.carla, nu=NU)
    spelers.egeltjes.naam = "De Vosjes"
    spelers.egeltjes.save()
    regel.__class__.objects.update(bedrag=1)

    subsidie.refresh_from_db()

    assert subsidie.berekening == toen
    assert toen["lijnen"] == [
        {
            "tekst": "Start op 1 februari 2026 met 14 plaatsen",
            "formule": "14 × €\u00a01\u00a0000,00",
            "bedrag": "14000.00",
        }
    ]
    assert toen["reglement"]["naam"] == "Premie voor nieuwe opvang"
    assert toen["locatie"]["naam"] == "De Egeltjes"


def test_rules_and_reglement_lie_fixed_once_something_was_decided(spelers, sub):
    regel = sub.regel()
    sub.budget()
    subsidie = sub.voorstel(spelers.egeltjes)
    gegevens = {"naam": "Nieuw", "soort": regel.soort, "bedrag": Decimal(900)}

    bewaar_regel(sub.reglement, gegevens, door=sub.carla, nu=NU, regel=regel)
    sub.zet(subsidie, S.DIENST)

    with pytest.raises(LigtVast):
        bewaar_regel(sub.reglement, gegevens, door=sub.carla, nu=NU, regel=regel)
    with pytest.raises(LigtVast):
        wijzig_reglement(sub.reglement, {"vanaf": dt.date(2026, 1, 1)}, door=sub.carla, nu=NU)
    with pytest.raises(Weigering):
        verwijder_regel(regel, door=sub.carla, nu=NU)
    wijzig_reglement(sub.reglement, {"tot": dt.date(2027, 1, 1)}, door=sub.carla, nu=NU)


def test_a_rule_does_not_become_another_kind_once_it_was_used(spelers, sub):
    regel = sub.regel()
    sub.voorstel(spelers.egeltjes)

    with pytest.raises(Weigering, match="nieuwe regel"):
        bewaar_regel(
            sub.reglement,
            {"naam": "x", "soort": Regelsoort.RENTE, "bedrag": None},
            door=sub.carla,
            nu=NU,
            regel=regel,
        )


def test_an_unused_rule_can_go(sub):
    regel = sub.regel()

    verwijder_regel(regel, door=sub.carla, nu=NU)

    assert not sub.reglement.regels.exists()


def test_a_gemeente_of_another_loket_is_refused(spelers):
    with pytest.raises(Weigering, match="hoort niet bij dit loket"):
        maak_reglement(
            spelers.loket,
            {"gemeente": spelers.ander_loket.gemeenten.get()},
            door=spelers.carla,
            nu=NU,
        )


# Figures


def test_budget_sets_proposals_apart_from_what_is_approved(spelers, sub):
    sub.regel()
    sub.budget("30000")
    sub.zet(sub.voorstel(spelers.egeltjes), S.BETAALD)
    sub.zet(sub.voorstel(spelers.zonnetje, 8), S.DIENST)
    sub.voorstel(maak_locatie(loket=spelers.loket), 9)

    stand = budgetstanden([sub.reglement], jaar=2026)[sub.reglement.pk]

    assert (stand.betaald, stand.goedgekeurd, stand.open) == (14000, 8000, 9000)
    assert (stand.gebruikt, stand.over, stand.tekort, stand.aantal_open) == (22000, 8000, 1000, 1)


def test_a_budget_that_was_never_set_is_not_zero(sub):
    stand = budgetstanden([sub.reglement], jaar=2026)[sub.reglement.pk]

    assert (stand.budget, stand.over) == (None, None)


def test_effect_counts_the_places_of_one_start_once(spelers, sub):
    regels = [
        sub.regel(),
        sub.regel(Regelsoort.START, "2500", naam="Starterspremie"),
        sub.t1(),
    ]
    sub.budget()
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(2026, 1, 1), plaatsen_t1=14)
    sub.reken()
    for een in Subsidie.objects.all():
        sub.zet(een, S.DIENST)

    per_plaats, start, werking = effect_per_regel(regels)
    samen = effect_samen(sub.reglement, naam="Samen")

    assert (per_plaats.bedrag, per_plaats.plaatsen, per_plaats.euro_per_plaats) == (14000, 14, 1000)
    assert (start.plaatsen, start.euro_per_plaats) == (14, Decimal("178.57"))
    assert (werking.bedrag, werking.plaatsen, werking.euro_per_plaats) == (7000, None, None)
    assert (samen.bedrag, samen.plaatsen, samen.dossiers) == (16500, 14, 2)
    assert samen.euro_per_plaats == Decimal("1178.57")
    assert samen.plaatsen_per_bedrag == Decimal("8.5")


def test_effect_of_nothing_says_nothing(sub):
    (leeg,) = effect_per_regel([sub.regel()])

    assert (leeg.dossiers, leeg.plaatsen, leeg.euro_per_plaats, leeg.plaatsen_per_bedrag) == (
        0, 0, None, None,
    )  # fmt: skip


# The state machine

MAG = {
    (S.VOORGESTELD, S.BEREKEND), (S.VOORGESTELD, S.GEWEIGERD), (S.VOORGESTELD, S.INGETROKKEN),
    (S.VOORGESTELD, S.VERVALLEN),
    (S.AANGEVRAAGD, S.BEREKEND), (S.AANGEVRAAGD, S.GEWEIGERD), (S.AANGEVRAAGD, S.INGETROKKEN),
    (S.BEREKEND, S.VOORGESTELD), (S.BEREKEND, S.AANGEVRAAGD), (S.BEREKEND, S.BEREKEND),
    (S.BEREKEND, S.DIENST), (S.BEREKEND, S.GEWEIGERD), (S.BEREKEND, S.INGETROKKEN),
    (S.BEREKEND, S.VERVALLEN),
    (S.DIENST, S.COLLEGE), (S.DIENST, S.GEWEIGERD), (S.DIENST, S.INGETROKKEN),
    (S.COLLEGE, S.BETAALD), (S.COLLEGE, S.INGETROKKEN),
    (S.VERVALLEN, S.VOORGESTELD),
}  # fmt: skip


def test_every_state_has_its_edges():
    assert set(SUBSIDIEOVERGANGEN) == set(Subsidiestatus)


@pytest.mark.parametrize("van", list(S))
def test_status_changes_only_along_the_edges(spelers, sub, van):
    # Everything that any state wants is there already, so that only the edge decides.
    subsidie = Subsidie.objects.create(
        regel=sub.regel(),
        locatie=spelers.egeltjes,
        jaar=2026,
        herkomst=Herkomst.VOORSTEL,
        status=S.VOORGESTELD,
        bedrag=1,
        berekening={},
        berekend_door=sub.carla,
        berekend_op=NU,
        goedgekeurd_door=sub.kim,
        besluit_op=VANDAAG,
        aangemaakt_op=NU,
    )
    sub.budget()
    Subsidie.objects.filter(pk=subsidie.pk).update(status=van)

    for naar in S:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            subsidie.refresh_from_db()
            voor = Gebeurtenis.objects.count()
            if (van, naar) in MAG:
                verander_subsidie(subsidie, naar, door=sub.kim, nu=NU, motivering="Omdat.")
                assert subsidie.status == naar
                assert Gebeurtenis.objects.count() == voor + 1
                assert subsidie.stappen.get().naar == naar
            else:
                with pytest.raises(OngeldigeOvergang):
                    verander_subsidie(subsidie, naar, door=sub.kim, nu=NU, motivering="Omdat.")
                assert Subsidie.objects.get(pk=subsidie.pk).status == van
                assert Gebeurtenis.objects.count() == voor
            raise ZeroDivisionError  # undo
