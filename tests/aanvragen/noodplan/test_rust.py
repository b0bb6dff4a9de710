"""Nothing of a noodplan reaches a family that asked for calm: whenever it asked, whatever was
ready.
"""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.noodplan.bellen import bellijst, noteer_gesprek
from aanvragen.domain.noodplan.berichten import maak_ontwerpen, ontwerpen, verstuur_ontwerpen
from aanvragen.domain.noodplan.herplaatsen import plaats_meteen, vraag_daar
from aanvragen.domain.noodplan.rust import WilRust
from aanvragen.domain.opnieuw_mailen import mail_opnieuw
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Noodbericht, Opvangvraag, Ouder
from aanvragen.models.noodplan import Beluitkomst
from aanvragen.workflow import Vervalreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, maak_aanbod, maak_gebruiker, maak_locatie, maak_vraag
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def door():
    return maak_gebruiker()


@pytest.fixture
def plaatsing(spelers):
    return plaats_kind(spelers.egeltjes, loket=spelers.loket)


@pytest.fixture
def plan(spelers, plaatsing):
    return begin_plan(spelers.egeltjes, loket=spelers.loket)


@pytest.fixture
def zus(spelers, plaatsing):
    """Another child of the same family, with a running question of its own."""
    vraag = maak_vraag(spelers.loket, [maak_locatie(loket=spelers.loket)])
    vraag.kind.gezin = plaatsing.opvangvraag.kind.gezin
    vraag.kind.save()
    return vraag


def _mails_aan(plaatsing) -> int:
    adressen = Ouder.objects.filter(gezin=plaatsing.opvangvraag.kind.gezin).values("email")
    return (
        Bericht.objects.filter(aan__in=adressen, aangemaakt_op__gte=LATER)
        .exclude(status=Berichtstatus.INGETROKKEN)
        .count()
    )


def _eigen_vraag(plaatsing, _zus, _plan, _door) -> None:
    vraag = Opvangvraag.objects.get(pk=plaatsing.opvangvraag_id)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=LATER)


def _heropende_vraag(plaatsing, _zus, _plan, _door) -> None:
    vraag = regel_van(plaatsing).heropend
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=LATER)


def _vraag_van_de_zus(_plaatsing, zus, _plan, _door) -> None:
    laat_vervallen(zus, reden=Vervalreden.DROEVIG, door=None, nu=LATER)


def _aan_de_telefoon(plaatsing, _zus, _plan, door) -> None:
    noteer_gesprek(regel_van(plaatsing), Beluitkomst.RUST, door=door, nu=LATER)


@pytest.fixture(
    params=[_eigen_vraag, _heropende_vraag, _vraag_van_de_zus, _aan_de_telefoon],
    ids=lambda f: f.__name__.strip("_"),
)
def vraag_rust(request, plaatsing, zus, plan, door):
    return lambda: request.param(plaatsing, zus, plan, door)


def test_no_draft_is_made(plan, door, vraag_rust):
    vraag_rust()

    assert maak_ontwerpen(plan, tekst="", door=door, nu=LATER) == []
    assert not Noodbericht.objects.exists()


def test_a_draft_that_was_ready_is_gone_and_never_sent(plan, plaatsing, door, vraag_rust):
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    vraag_rust()

    uit = verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=LATER)

    assert (uit.mails, uit.brieven) == (0, 0)
    assert not Noodbericht.objects.exists()
    assert _mails_aan(plaatsing) == 0


def test_calm_between_preview_and_send_even_if_the_draft_is_still_there(plan, plaatsing, door):
    """Belt and braces: the draft came back, or was made by hand; the button asks again."""
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    assert ontwerpen(plan).get() == ontwerp
    _eigen_vraag(plaatsing, None, plan, door)
    ontwerp.pk = None
    ontwerp.save(force_insert=True)

    uit = verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=LATER)

    assert (uit.mails, uit.stil) == (0, 1)
    assert not Bericht.objects.filter(sjabloon="aanvragen/noodplan").exists()
    assert not ontwerpen(plan).exists()


def test_a_mail_in_the_outbox_is_taken_back(plan, door, vraag_rust):
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=NU)
    mail = Bericht.objects.get(sjabloon="aanvragen/noodplan")
    assert mail.status == Berichtstatus.WACHT

    vraag_rust()

    mail.refresh_from_db()
    assert mail.status == Berichtstatus.INGETROKKEN


def test_a_mail_that_failed_can_not_be_sent_again(plan, plaatsing, zus, door):
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=NU)
    Bericht.objects.update(status=Berichtstatus.MISLUKT)
    mail = Bericht.objects.get(sjabloon="aanvragen/noodplan")
    _vraag_van_de_zus(plaatsing, zus, plan, door)

    with pytest.raises(WilRust):
        mail_opnieuw(regel_van(plaatsing).heropend, mail, door=door, nu=LATER)


def test_nobody_calls_asks_or_places(plan, plaatsing, spelers, door, vraag_rust):
    aanbod = maak_aanbod(spelers.zonnetje)
    vraag_rust()
    regel = regel_van(plaatsing)

    assert not bellijst(plan).exists()
    assert not plan.regels.aanspreekbaar(plan).exists()
    with pytest.raises(WilRust):
        noteer_gesprek(regel, Beluitkomst.BEREIKT, door=door, nu=LATER)
    with pytest.raises(WilRust):
        vraag_daar(regel, spelers.zonnetje, door=door, nu=LATER)
    with pytest.raises(WilRust):
        plaats_meteen(regel, aanbod, start=SLUIT, door=door, nu=LATER)


def test_what_a_provider_answers_to_the_plans_question_is_not_mailed(
    plan, plaatsing, zus, spelers, door
):
    aanmelding = vraag_daar(regel_van(plaatsing), spelers.zonnetje, door=door, nu=NU)
    aanbod = maak_aanbod(spelers.zonnetje)
    _vraag_van_de_zus(plaatsing, zus, plan, door)

    doe_voorstel(
        aanmelding,
        aanbod,
        start=SLUIT,
        rooster=aanmelding.opvangvraag.week_samen,
        door=None,
        nu=LATER,
    )

    assert _mails_aan(plaatsing) == 0


def test_calm_on_the_phone_covers_every_child_of_the_family_in_the_plan(spelers, door):
    een = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    twee = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    kind = twee.opvangvraag.kind
    kind.gezin = een.opvangvraag.kind.gezin
    kind.save()
    plan = begin_plan(spelers.egeltjes, loket=spelers.loket)

    noteer_gesprek(regel_van(een), Beluitkomst.RUST, notitie="vertelde veel", door=door, nu=LATER)

    vragen = [regel_van(p).heropend for p in (een, twee)]
    assert {(v.status, v.vervalreden) for v in vragen} == {("vervallen", "droevig_nieuws")}
    assert not plan.regels.aanspreekbaar(plan).exists()
    assert _mails_aan(een) == 0
    assert regel_van(een).belpogingen.get().notitie == ""  # what was told is not kept


def test_other_families_are_not_silenced(spelers, plan, plaatsing, door):
    ander = plaats_kind(maak_locatie(loket=spelers.loket), loket=spelers.loket)
    laat_vervallen(
        Opvangvraag.objects.get(pk=ander.opvangvraag_id),
        reden=Vervalreden.DROEVIG,
        door=None,
        nu=NU,
    )

    assert bellijst(plan).get().plaatsing_id == plaatsing.pk
    assert len(maak_ontwerpen(plan, tekst="", door=door, nu=LATER)) == 1


def test_a_question_that_ended_for_another_reason_gets_no_mail_either(plan, plaatsing, door):
    (ontwerp,) = maak_ontwerpen(plan, tekst="", door=door, nu=NU)
    laat_vervallen(regel_van(plaatsing).heropend, reden=Vervalreden.VERHUISD, door=None, nu=LATER)

    uit = verstuur_ontwerpen(plan, [ontwerp.pk], door=door, nu=LATER)

    assert (uit.mails, uit.stil) == (0, 1)


def test_a_family_that_wanted_calm_from_the_start_can_not_be_asked_for(spelers, zus, plaatsing):
    laat_vervallen(zus, reden=Vervalreden.DROEVIG, door=None, nu=NU)
    begin_plan(spelers.egeltjes, loket=spelers.loket)

    with pytest.raises((WilRust, OngeldigeOvergang)):
        vraag_daar(regel_van(plaatsing), spelers.zonnetje, door=spelers.carla, nu=LATER)
