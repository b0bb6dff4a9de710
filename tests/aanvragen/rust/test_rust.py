"""Calm: after sad news nobody hears anything more about this child, and everything is free."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain import meldingen
from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.kiezen import aanvaard, hou_vast
from aanvragen.domain.noodplan.berichten import maak_ontwerpen, verstuur_ontwerpen
from aanvragen.domain.rust import WilRust, eis_geen_rust_over, is_stil, zwijgt_over
from aanvragen.domain.stoppen import breng_tot_rust, laat_vervallen, trek_in
from aanvragen.models import Opvangvraag, Ouder, Plaatsing, Voorstel, Vrijmelding
from aanvragen.workflow import (
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import gebeurtenissen_van
from loket.domain.verzenden import verstuur, verstuur_wachtende
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, kind_gegevens, maak_locatie, maak_voorstel, maak_vraag, maak_vragen
from tests.opvang.fabrieken_noodplan import begin_plan, plaats_kind, regel_van
from tests.postbus import postbus

__all__ = ["postbus"]

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)
ROBIN = dt.date(2026, 1, 15)


def kind(**velden):
    return kind_gegevens(voornaam="Robin", geboortedatum=ROBIN, familienaam="Peeters", **velden)


@pytest.fixture
def vraag(spelers):
    """Amina asks for Robin at two locations; Bram is the second parent."""
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        kinderen=(kind(),),
    )
    Ouder.objects.create(
        gezin=vraag.kind.gezin,
        gebruiker=spelers.bram,
        voornaam="Bram",
        familienaam="Peeters",
        email=spelers.bram.email,
    )
    return vraag


def wachtend() -> list[tuple[str, str]]:
    return list(
        Bericht.objects.filter(status__in=[Berichtstatus.WACHT, Berichtstatus.BEZIG]).values_list(
            "sjabloon", "aan"
        )
    )


# What stops


def test_everything_stops_for_everybody_at_that_moment(spelers, vraag):
    voorstel = maak_voorstel(vraag.aanmeldingen.get(rang=2))
    hou_vast(voorstel, door=spelers.amina, nu=NU)
    assert {aan for _sjabloon, aan in wachtend()} == {
        "amina@voorbeeld.test",
        "bram@voorbeeld.test",
        "egel@voorbeeld.test",
        "zon@voorbeeld.test",
    }

    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    assert wachtend() == []
    assert (vraag.status, vraag.vervalreden, vraag.afgesloten_op) == (
        Vraagstatus.VERVALLEN,
        Vervalreden.DROEVIG,
        LATER,
    )
    assert set(vraag.aanmeldingen.values_list("status", flat=True)) == {Aanmeldingstatus.VERVALLEN}
    assert Voorstel.objects.get().status == Voorstelstatus.INGETROKKEN
    voorstel.plaatsaanbod.refresh_from_db()
    assert voorstel.plaatsaanbod.ingenomen == [0] * 14


def test_a_place_that_was_accepted_is_free_and_a_person_tells_the_provider(spelers, vraag):
    bij_egeltjes = vraag.aanmeldingen.get(rang=1)
    aanvaard(maak_voorstel(bij_egeltjes), door=spelers.amina, nu=NU)

    breng_tot_rust(vraag, door=spelers.bram, nu=LATER)

    assert Plaatsing.objects.get().beeindigd_op == LATER
    melding = Vrijmelding.objects.voor_balie(spelers.carla).open().get()
    assert (melding.aanmelding, melding.sinds) == (bij_egeltjes, LATER)
    assert not Vrijmelding.objects.voor_balie(spelers.dirk).exists()


def test_where_nothing_was_offered_nobody_has_to_be_called(spelers, vraag):
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    assert not Vrijmelding.objects.exists()


def test_twice_is_once(spelers, vraag):
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)
    breng_tot_rust(vraag, door=spelers.bram, nu=LATER + dt.timedelta(minutes=1))

    assert vraag.afgesloten_op == LATER
    assert gebeurtenissen_van(vraag).filter(werkwoord="aanvragen.vraag.vervallen").count() == 1


def test_a_question_that_ended_otherwise_is_left_as_it_was(spelers, vraag):
    trek_in(vraag, door=spelers.amina, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        breng_tot_rust(vraag, door=spelers.amina, nu=LATER)


def test_another_child_of_the_family_goes_on(spelers, vraag):
    (zus,) = maak_vragen(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind_gegevens(),)
    )
    Bericht.objects.filter(onderwerp_id=vraag.pk).update(
        status=Berichtstatus.VERZONDEN, verzonden_op=NU
    )
    voor_de_zus = wachtend()

    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    zus.refresh_from_db()
    assert zus.status == Vraagstatus.ACTIEF
    assert len(voor_de_zus) == 3
    assert wachtend() == voor_de_zus
    assert not zwijgt_over(zus)


def test_a_child_that_was_placed_and_asks_again_loses_both(spelers):
    """A closing reopened its question: calm about the one is calm about the other."""
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    begin_plan(spelers.egeltjes, loket=spelers.loket)
    heropend = regel_van(plaatsing).heropend

    breng_tot_rust(heropend, door=None, nu=LATER)

    plaatsing.refresh_from_db()
    oud = Opvangvraag.objects.get(pk=plaatsing.opvangvraag_id)
    assert plaatsing.beeindigd_op == LATER
    assert (oud.vervalreden, heropend.vervalreden) == (Vervalreden.DROEVIG, Vervalreden.DROEVIG)


# What is written afterwards


def test_no_road_writes_a_mail_afterwards(spelers, vraag):
    aanmelding = vraag.aanmeldingen.get(rang=1)
    voorstel = maak_voorstel(aanmelding)
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    meldingen.meld_ouders(vraag, "vervallen", nu=LATER)
    meldingen.meld_aanbieder(aanmelding, "nieuwe_vraag", nu=LATER)
    meldingen.meld_voorstel(voorstel, nu=LATER)
    zelf = leg_klaar("toegang/code", aan="els@voorbeeld.test", nu=LATER, onderwerp=vraag)

    assert zelf is None
    assert wachtend() == []


def test_a_mail_that_was_written_all_the_same_does_not_go_out(spelers, vraag, postbus):
    """Somebody wrote it in a transaction that looked just before the calm was there."""
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)
    laat = Bericht.objects.create(
        sjabloon="aanvragen/geen_plaats",
        aan="amina@voorbeeld.test",
        titel="Geen plaats",
        tekst="Sorry",
        onderwerp_soort="aanvragen.opvangvraag",
        onderwerp_id=vraag.pk,
        volgende_poging_op=LATER,
        aangemaakt_op=LATER,
    )

    assert verstuur(laat.pk, nu=LATER) is False

    laat.refresh_from_db()
    assert (laat.status, postbus.mails) == (Berichtstatus.INGETROKKEN, [])


def test_what_is_about_others_goes_out(spelers, vraag, postbus):
    ander = maak_vraag(spelers.loket, [spelers.zonnetje])
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    assert verstuur_wachtende(nu=LATER) == 2

    assert {mail["To"] for mail in postbus.mails} == {
        ander.aanvrager.email,
        "zon@voorbeeld.test",
    }


def test_who_asks_again_for_this_child_is_spoken_to(spelers, vraag):
    breng_tot_rust(vraag, door=spelers.amina, nu=NU)

    opnieuw = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind(),), nu=LATER
    )

    assert opnieuw.kind == vraag.kind
    assert (is_stil(vraag), is_stil(opnieuw)) == (True, False)
    assert ("aanvragen/ontvangen", "amina@voorbeeld.test") in wachtend()


def test_the_same_question_of_the_other_parent_is_silent_too(spelers, vraag):
    """Two questions that were one child (R2): the one that lapsed as double says nothing either."""
    dubbel = maak_vraag(spelers.loket, [spelers.zonnetje], gebruiker=spelers.bram)
    laat_vervallen(dubbel, reden=Vervalreden.DUBBEL, door=spelers.carla, nu=NU)
    Opvangvraag.objects.filter(pk=dubbel.pk).update(mogelijk_dubbel_van=vraag)

    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    assert is_stil(dubbel)
    assert wachtend() == []


def test_what_would_speak_can_be_refused(spelers, vraag):
    eis_geen_rust_over(vraag)
    breng_tot_rust(vraag, door=spelers.amina, nu=LATER)

    with pytest.raises(WilRust):
        eis_geen_rust_over(vraag)


def test_a_plan_is_silent_to_the_family_and_not_to_the_provider(spelers):
    """Calm about one child: of the other, which a plan asks for, its provider still hears."""
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    plan = begin_plan(spelers.egeltjes, loket=spelers.loket)
    heropend = regel_van(plaatsing).heropend
    zus = maak_vraag(spelers.loket, [maak_locatie(loket=spelers.loket)])
    zus.kind.gezin = heropend.kind.gezin
    zus.kind.save()
    for ontwerp in maak_ontwerpen(plan, tekst="", door=spelers.carla, nu=NU):
        verstuur_ontwerpen(plan, [ontwerp.pk], door=spelers.carla, nu=NU)

    breng_tot_rust(zus, door=None, nu=LATER)

    ouder = heropend.aanvrager.email
    assert leg_klaar("toegang/code", aan=ouder, nu=LATER, onderwerp=heropend) is None
    assert leg_klaar("toegang/code", aan="egel@voorbeeld.test", nu=LATER, onderwerp=heropend)
    wacht = Bericht.objects.over(heropend).filter(status=Berichtstatus.WACHT)
    assert set(wacht.values_list("aan", flat=True)) == {"egel@voorbeeld.test"}
