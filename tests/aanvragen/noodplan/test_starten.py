"""A closing reopens the need of every child there, counts right, and asks nothing of the family."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from aanvragen.domain.fouten import DubbeleVraag, Weigering
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.kiezen import hou_vast
from aanvragen.domain.noodplan.starten import Gevolgen, voorzie, werk_bij
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Aanmelding, Noodplan, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import Kenmerkcode, Vervalreden
from loket.models import Bericht
from opvang.domain.sluiten import AlGemeld, Sluitinggegevens, meld_sluiting
from opvang.models import Sluiting
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_loket,
    maak_voorstel,
    maak_vraag,
    vraag_gegevens,
)
from tests.fabrieken import aanvraag_gegevens as aanvraag
from tests.opvang.fabrieken_noodplan import SINDS, SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


@pytest.fixture
def loket():
    return maak_loket()


@pytest.fixture
def locatie(loket):
    return maak_locatie("De Sluiters", loket=loket)


def test_a_child_in_care_asks_again_with_what_the_loket_knows(loket, locatie):
    oud = plaats_kind(
        locatie,
        loket=loket,
        vraag=vraag_gegevens(
            gewenste_start=SINDS, kenmerken={Kenmerkcode.WERK: True}, prijswens="inkomenstarief"
        ),
    )
    voor = Bericht.objects.count()

    plan = begin_plan(locatie, loket=loket)

    oud.refresh_from_db()
    regel = regel_van(oud)
    vraag = regel.heropend
    assert (oud.tot, oud.beeindigd_op, regel.tot_voordien) == (SLUIT, None, None)
    assert oud.opvangvraag.status == "geplaatst"  # it was answered, and stays so
    assert vraag.pk != oud.opvangvraag_id
    assert vraag.kind_id == oud.opvangvraag.kind_id
    assert (vraag.status, vraag.dringende_reden) == ("actief", "WegvallenOpvang")
    assert (vraag.gewenste_start, vraag.gewenst_einde) == (SLUIT, None)
    assert (vraag.rooster, vraag.prijswens) == (oud.rooster, "inkomenstarief")
    assert vraag.toestemming_op == oud.opvangvraag.toestemming_op
    assert vraag.kenmerken.get().code == Kenmerkcode.WERK
    assert plan.regels.get() == regel
    assert Bericht.objects.count() == voor  # nobody is told anything yet


@pytest.mark.parametrize(
    ("einde", "geraakt"),
    [(SLUIT, False), (SLUIT + DAG, True), (dt.date(2026, 9, 1), True)],
)
def test_only_care_that_runs_into_the_closing(loket, locatie, einde, geraakt):
    oud = plaats_kind(locatie, loket=loket, einde=einde)

    plan = begin_plan(locatie, loket=loket)

    assert plan.regels.exists() is geraakt
    oud.refresh_from_db()
    assert oud.tot == SLUIT
    if geraakt:
        regel = regel_van(oud)
        assert (regel.tot_voordien, regel.heropend.gewenst_einde) == (
            einde,
            einde,
        )


@pytest.mark.parametrize("vanaf", [SLUIT, dt.date(2026, 9, 1)])
def test_a_place_that_never_began_is_undone_and_the_same_question_goes_on(loket, locatie, vanaf):
    oud = plaats_kind(locatie, loket=loket, vanaf=vanaf)

    begin_plan(locatie, loket=loket)

    oud.refresh_from_db()
    vraag = Opvangvraag.objects.get(pk=oud.opvangvraag_id)
    assert oud.beeindigd_op == NU
    assert regel_van(oud).heropend == vraag
    assert (vraag.status, vraag.dringende_reden) == ("actief", "WegvallenOpvang")
    assert vraag.gewenste_start == vanaf
    assert Voorstel.objects.get().status == "ingetrokken"
    assert Aanmelding.objects.get().status == "vervallen"
    # The place it had does not come free again at a closed location.
    assert all(rij.vrij == [0] * 14 or rij.tot == SLUIT for rij in locatie.plaatsaanbod.all())


def test_a_suspension_interrupts_and_asks_only_for_that_time(loket, locatie):
    oud = plaats_kind(locatie, loket=loket)
    tot = dt.date(2026, 7, 1)

    begin_plan(locatie, loket=loket, soort="schorsing", tot=tot)

    oud.refresh_from_db()
    vraag = regel_van(oud).heropend
    assert oud.tot is None
    assert (vraag.gewenste_start, vraag.gewenst_einde) == (SLUIT, tot)


def test_a_suspension_that_becomes_final_keeps_the_same_question_and_drops_its_end(loket, locatie):
    oud = plaats_kind(locatie, loket=loket)
    eerste = begin_plan(locatie, loket=loket, soort="schorsing", tot=dt.date(2026, 7, 1))

    tweede = begin_plan(locatie, loket=loket, soort="opheffing", vanaf=dt.date(2026, 6, 20))

    vraag = eerste.regels.get().heropend
    assert tweede.regels.get().heropend == vraag
    assert vraag.gewenst_einde is None
    assert Opvangvraag.objects.filter(kind=oud.opvangvraag.kind).count() == 2


def test_waiting_families_get_a_coded_no_and_their_offer_is_taken_back(loket, locatie):
    ander = maak_locatie(loket=loket)
    wacht = maak_vraag(loket, [locatie, ander])
    met_voorstel = maak_vraag(loket, [locatie])
    maak_voorstel(met_voorstel.aanmeldingen.get(), maak_aanbod(locatie, vanaf=SINDS))
    voor_de_sluiting = maak_vraag(
        loket, [locatie], vraag=vraag_gegevens(gewenste_start=SINDS, gewenst_einde=SLUIT)
    )

    begin_plan(locatie, loket=loket)

    standen = {
        (a.opvangvraag_id, a.locatie_id): (a.status, a.weigerreden)
        for a in Aanmelding.objects.all()
    }
    assert standen == {
        (wacht.pk, locatie.pk): ("geweigerd_door_opvang", "stopt"),
        (wacht.pk, ander.pk): ("verzonden", ""),
        (met_voorstel.pk, locatie.pk): ("geweigerd_door_opvang", "stopt"),
        (voor_de_sluiting.pk, locatie.pk): ("verzonden", ""),
    }
    assert Voorstel.objects.get().status == "ingetrokken"
    mails = Bericht.objects.filter(sjabloon="aanvragen/geen_plaats")
    assert sorted(mails.values_list("onderwerp_id", flat=True)) == [wacht.pk, met_voorstel.pk]


def test_what_a_family_suspended_for_an_offer_there_counts_again(loket, locatie):
    beter, lager = maak_locatie(loket=loket), maak_locatie(loket=loket)
    vraag = maak_vraag(loket, [beter, locatie, lager])
    wens = vraag.aanmeldingen.get(locatie=lager)
    hou_vast(
        maak_voorstel(vraag.aanmeldingen.get(locatie=locatie), maak_aanbod(locatie, vanaf=SINDS)),
        door=None,
        nu=NU,
    )
    assert list(vraag.aanmeldingen.opgeschort()) == [wens]

    begin_plan(locatie, loket=loket)

    ronde = wens.ronde
    wens.refresh_from_db()
    assert not vraag.aanmeldingen.opgeschort().exists()
    assert wens.ronde == ronde + 1
    assert Bericht.objects.filter(sjabloon="aanvragen/aanbieder_hervat").count() == 1


def test_foresees_exactly_what_it_does(loket, locatie):
    plaats_kind(locatie, loket=loket)
    plaats_kind(locatie, loket=loket, vanaf=dt.date(2026, 9, 1))
    maak_vraag(loket, [locatie])

    gevolgen = voorzie(locatie, Sluiting(soort="stop", vanaf=SLUIT))

    assert gevolgen == Gevolgen(kinderen=2, nog_niet_begonnen=1, stil=0, wachtenden=1)
    assert begin_plan(locatie, loket=loket).regels.count() == 2


def test_vacancies_after_the_day_are_gone_and_a_stale_grid_is_told(loket, locatie):
    aanbod = maak_aanbod(locatie, 3)
    later = maak_aanbod(locatie, 3, vanaf=dt.date(2026, 9, 1))

    begin_plan(locatie, loket=loket)

    for rij in (aanbod, later):
        rij.refresh_from_db()
    assert (aanbod.tot, aanbod.versie) == (SLUIT, 2)
    assert later.vrij == [0] * 14


def test_a_family_that_asked_for_calm_is_counted_and_left_alone(loket, locatie):
    oud = plaats_kind(locatie, loket=loket)
    broer = oud.opvangvraag.kind.gezin.kinderen.create(
        familienaam="Peeters", verwachte_geboortedatum=dt.date(2026, 8, 1)
    )
    droef = maak_vraag(loket, [maak_locatie(loket=loket)])
    Opvangvraag.objects.filter(pk=droef.pk).update(kind=broer, aanvrager=oud.opvangvraag.aanvrager)
    droef.refresh_from_db()
    laat_vervallen(droef, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    assert voorzie(locatie, Sluiting(soort="stop", vanaf=SLUIT)).stil == 1

    plan = begin_plan(locatie, loket=loket)

    regel = plan.regels.get()
    oud.refresh_from_db()
    assert regel.heropend is None
    assert oud.tot is None
    oud.opvangvraag.refresh_from_db()
    assert (oud.opvangvraag.status, oud.opvangvraag.opvang_stopt_op) == ("geplaatst", SLUIT)
    assert not plan.regels.aanspreekbaar(plan).exists()


def test_calm_ends_when_the_family_asks_for_itself(loket, locatie):
    oud = plaats_kind(locatie, loket=loket)
    gezin = oud.opvangvraag.kind.gezin
    (droef,) = dien_in(
        aanvraag(
            loket,
            [maak_locatie(loket=loket)],
            kinderen=(kind_gegevens(verwachte_geboortedatum=dt.date(2026, 8, 1)),),
        ),
        loket=loket,
        nu=NU,
        door=None,
    )
    droef.kind.gezin = gezin
    droef.kind.save()
    laat_vervallen(droef, reden=Vervalreden.DROEVIG, door=None, nu=NU)
    nieuw = maak_vraag(loket, [maak_locatie(loket=loket)], nu=NU + DAG)
    nieuw.kind.gezin = gezin
    nieuw.kind.save()

    plan = begin_plan(locatie, loket=loket, nu=NU + 2 * DAG)

    assert plan.regels.aanspreekbaar(plan).get().heropend is not None


def test_parents_can_ask_anew_themselves_but_not_beside_the_question_of_the_plan(
    loket, locatie, spelers
):
    kind = kind_gegevens(voornaam="Noor", geboortedatum=dt.date(2025, 9, 1))
    oud = plaats_kind(locatie, loket=loket, gebruiker=spelers.amina, kinderen=(kind,))
    vragen = partial(
        maak_vraag,
        loket,
        [maak_locatie(loket=loket)],
        gebruiker=spelers.amina,
        kinderen=(kind,),
        nu=NU + DAG,
    )
    with pytest.raises(DubbeleVraag):
        vragen()  # it has a place
    begin_plan(locatie, loket=loket)
    heropend = regel_van(oud).heropend
    with pytest.raises(DubbeleVraag) as nee:
        vragen()
    assert nee.value.referentie == heropend.referentie
    laat_vervallen(heropend, reden=Vervalreden.DROEVIG, door=None, nu=NU)

    assert vragen().status == "actief"


def test_families_of_another_loket_are_reopened_there_and_told_to_that_loket(loket, locatie):
    buren = maak_loket("Loket Buren")
    oud = plaats_kind(locatie, loket=buren)

    plan = begin_plan(locatie, loket=loket)

    regel = regel_van(oud)
    assert regel.heropend.loket == buren
    assert not plan.regels.aanspreekbaar(plan).exists()
    mail = Bericht.objects.get(sjabloon="aanvragen/noodplan_ander_loket")
    assert mail.aan == buren.email
    assert str(oud.opvangvraag.kind) not in mail.tekst + mail.html


def test_only_in_the_own_area_and_only_once(loket, locatie):
    with pytest.raises(Weigering, match="werkingsgebied"):
        begin_plan(locatie, loket=maak_loket())
    begin_plan(locatie, loket=loket)
    with pytest.raises(AlGemeld):
        begin_plan(locatie, loket=loket, soort="opheffing", vanaf=dt.date(2026, 8, 1))

    assert (Noodplan.objects.count(), Sluiting.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "gegevens",
    [
        {"soort": "vakantie", "vanaf": SLUIT},
        {"soort": "stop", "vanaf": SLUIT, "tot": dt.date(2026, 7, 1)},
        {"soort": "schorsing", "vanaf": SLUIT, "tot": SLUIT},
    ],
)
def test_refuses_a_closing_that_makes_no_sense(loket, locatie, gegevens):
    with pytest.raises(Weigering):
        meld_sluiting(
            locatie, Sluitinggegevens(bron="brief", **gegevens), loket=loket, door=None, nu=NU
        )
    assert not Sluiting.objects.exists()


def test_looking_again_adds_who_came_since_and_nobody_twice(loket, locatie):
    eerste = plaats_kind(locatie, loket=loket)
    plan = begin_plan(locatie, loket=loket)
    laat = plaats_kind(maak_locatie(loket=loket), loket=loket)
    Plaatsing.objects.filter(pk=laat.pk).update(locatie=locatie)

    assert werk_bij(plan, door=None, nu=NU) == 1
    assert werk_bij(plan, door=None, nu=NU) == 0
    assert {regel.plaatsing_id for regel in plan.regels.all()} == {eerste.pk, laat.pk}


def test_the_same_child_can_still_not_have_two_running_questions(loket, locatie):
    oud = plaats_kind(locatie, loket=loket)
    begin_plan(locatie, loket=loket)

    with pytest.raises(IntegrityError, match="vraag_een_lopende_per_kind"), transaction.atomic():
        kopie = regel_van(oud).heropend
        kopie.pk, kopie.referentie = None, "AAAA-AAAA"
        kopie.save(force_insert=True)
