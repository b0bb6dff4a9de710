"""The same child asked for by two parents: asked, agreed, refused, kept apart, undone."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.dubbels import (
    AlBeslist,
    AlGevraagd,
    bevestig_samenvoegen,
    voeg_samen,
    vraag_niet_langer,
    vraag_samenvoegen,
    weiger_samenvoegen,
)
from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.rust import WilRust
from aanvragen.domain.scheiden import (
    SCHEIDBAAR,
    OuderVroegVerder,
    TeLaatOmTeScheiden,
    laat_lopen,
    scheid,
    tel_samen,
)
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Opvangvraag, Ouder, Samenvoeging
from aanvragen.workflow import Vervalreden, Vraagstatus
from loket.models import Bericht
from tests.aanvragen.post.fabrieken import NOOR, maak_paar
from tests.fabrieken import NU, kind_gegevens, maak_vraag

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def paar(spelers):
    return maak_paar(spelers)


@pytest.fixture
def gevraagd(spelers, paar) -> Samenvoeging:
    return vraag_samenvoegen(paar[1], door=spelers.carla, nu=NU)


def mails(sjabloon: str) -> list[str]:
    rijen = Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}")
    return sorted(rijen.values_list("aan", flat=True))


def ziet(gebruiker, vraag) -> bool:
    return Opvangvraag.objects.van_ouder(gebruiker).filter(pk=vraag.pk).exists()


# Asking the parent of the first question


def test_until_the_parent_answers_neither_sees_anything_of_the_other(spelers, paar, gevraagd):
    eerste, dubbel = paar

    assert mails("dubbel_gevraagd") == ["amina@voorbeeld.test"]
    assert (ziet(spelers.bram, eerste), ziet(spelers.amina, dubbel)) == (False, False)
    assert dubbel.status == Vraagstatus.INGEDIEND
    tekst = Bericht.objects.get(sjabloon="aanvragen/dubbel_gevraagd").tekst
    for geheim in ("Bram", "Maes", "Bosweg", "0470 44 55 66", dubbel.referentie):
        assert geheim not in tekst


def test_a_yes_makes_one_question_that_both_follow(spelers, paar, gevraagd):
    eerste, dubbel = paar

    bevestig_samenvoegen(gevraagd, door=spelers.amina, nu=LATER, wijze="online")

    dubbel.refresh_from_db()
    assert (dubbel.status, dubbel.vervalreden) == (Vraagstatus.VERVALLEN, Vervalreden.DUBBEL)
    assert (gevraagd.stand, gevraagd.wijze, gevraagd.beantwoord_op) == ("samen", "online", LATER)
    assert ziet(spelers.bram, eerste)
    assert mails("samengevoegd") == ["amina@voorbeeld.test", "bram@voorbeeld.test"]


def test_a_merge_is_about_one_child_and_no_other(spelers, paar, gevraagd):
    eerste, _dubbel = paar
    broer = maak_vraag(
        spelers.loket, [spelers.zonnetje], kinderen=(kind_gegevens(),), gebruiker=spelers.amina
    )
    assert broer.kind.gezin == eerste.kind.gezin
    Bericht.objects.all().delete()

    bevestig_samenvoegen(gevraagd, door=spelers.amina, nu=LATER, wijze="online")
    trek_in(broer, door=spelers.amina, nu=LATER)

    assert (ziet(spelers.bram, eerste), ziet(spelers.bram, broer)) == (True, False)
    assert mails("ingetrokken") == ["amina@voorbeeld.test"]


def test_asking_later_for_another_child_leaves_the_other_parents_address_alone(
    spelers, paar, gevraagd
):
    eerste, dubbel = paar
    bevestig_samenvoegen(gevraagd, door=spelers.amina, nu=LATER, wijze="online")

    nieuw = maak_vraag(
        spelers.loket, [spelers.zonnetje], kinderen=(kind_gegevens(),), gebruiker=spelers.bram
    )

    eerste.kind.gezin.refresh_from_db()
    assert eerste.kind.gezin.straat == "Molenkouter"
    assert nieuw.kind.gezin == dubbel.kind.gezin


def test_a_no_shares_nothing_and_staff_judge_again(spelers, paar, gevraagd):
    eerste, dubbel = paar
    aantal = Bericht.objects.count()

    weiger_samenvoegen(gevraagd, door=spelers.amina, nu=LATER, wijze="online")

    dubbel.refresh_from_db()
    assert dubbel.status == Vraagstatus.INGEDIEND
    assert not ziet(spelers.bram, eerste)
    assert Bericht.objects.count() == aantal  # nobody is told, the second parent least of all
    assert not Samenvoeging.objects.wacht_op_ouder().exists()


@pytest.mark.parametrize(
    "tweede",
    [
        lambda s, door: bevestig_samenvoegen(s, door=door, nu=LATER, wijze="telefoon"),
        lambda s, door: weiger_samenvoegen(s, door=door, nu=LATER, wijze="telefoon"),
        lambda s, door: vraag_niet_langer(s, door=door, nu=LATER),
    ],
    ids=["ja", "nee", "stop"],
)
def test_an_answer_counts_once(spelers, gevraagd, tweede):
    vraag_niet_langer(gevraagd, door=spelers.carla, nu=LATER)

    with pytest.raises(AlBeslist):
        tweede(gevraagd, spelers.carla)


def test_a_colleague_who_was_first_is_named_in_the_refusal(spelers, paar, gevraagd):
    with pytest.raises(AlGevraagd):
        vraag_samenvoegen(paar[1], door=spelers.carla, nu=LATER)


def test_after_sad_news_the_family_is_asked_nothing(spelers, paar):
    eerste, dubbel = paar
    laat_vervallen(eerste, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU)

    with pytest.raises(WilRust):
        vraag_samenvoegen(dubbel, door=spelers.carla, nu=LATER)


@pytest.mark.parametrize("welke", [0, 1])
def test_a_question_that_ended_meanwhile_is_not_merged(spelers, paar, gevraagd, welke):
    trek_in(paar[welke], door=None, nu=NU)
    gevraagd = Samenvoeging.objects.get(pk=gevraagd.pk)

    with pytest.raises(OngeldigeOvergang):
        bevestig_samenvoegen(gevraagd, door=spelers.amina, nu=LATER, wijze="online")


# Nothing shared, or another child


def test_parents_who_share_nothing_run_apart_and_learn_nothing(spelers, paar, gevraagd):
    eerste, dubbel = paar

    tel_samen(dubbel, door=spelers.carla, nu=LATER)

    assert (dubbel.status, dubbel.geteld_met) == (Vraagstatus.ACTIEF, eerste)
    assert (ziet(spelers.bram, eerste), ziet(spelers.amina, dubbel)) == (False, False)
    gevraagd.refresh_from_db()
    assert gevraagd.stand == "gestopt"
    assert mails("samengevoegd") == []


def test_another_child_after_all_counts_by_itself(spelers, paar, gevraagd):
    _eerste, dubbel = paar

    laat_lopen(dubbel, door=spelers.carla, nu=LATER)

    assert (dubbel.status, dubbel.geteld_met) == (Vraagstatus.ACTIEF, None)


# Undoing a merge


def test_an_undo_gives_the_second_family_its_question_and_its_day_back(spelers, paar):
    eerste, dubbel = paar
    voeg_samen(dubbel, door=spelers.carla, nu=NU, wijze="papier")
    samenvoeging = Samenvoeging.objects.get()

    terug = scheid(samenvoeging, door=spelers.carla, nu=NU + dt.timedelta(days=3))

    assert terug.referentie != dubbel.referentie
    assert (terug.status, terug.ingediend_op, terug.aanvrager) == ("actief", NU, dubbel.aanvrager)
    assert [a.locatie for a in terug.aanmeldingen.all()] == [spelers.zonnetje]
    assert (ziet(spelers.bram, eerste), ziet(spelers.bram, terug)) == (False, True)
    assert (samenvoeging.stand, samenvoeging.verder_als) == ("gescheiden", terug)
    assert not Ouder.objects.filter(gezin=eerste.kind.gezin, gebruiker=spelers.bram).exists()
    assert mails("dubbel_gescheiden") == ["amina@voorbeeld.test"]
    assert mails("ontvangen").count("bram@voorbeeld.test") == 2


@pytest.mark.parametrize(
    ("na", "mag"), [(SCHEIDBAAR - dt.timedelta(seconds=1), True), (SCHEIDBAAR, False)]
)
def test_an_undo_is_possible_for_thirty_days(spelers, paar, na, mag):
    voeg_samen(paar[1], door=spelers.carla, nu=NU)
    samenvoeging = Samenvoeging.objects.get()

    if mag:
        assert scheid(samenvoeging, door=spelers.carla, nu=NU + na)
    else:
        with pytest.raises(TeLaatOmTeScheiden):
            scheid(samenvoeging, door=spelers.carla, nu=NU + na)


def test_an_undo_counts_once(spelers, paar):
    voeg_samen(paar[1], door=spelers.carla, nu=NU)
    samenvoeging = Samenvoeging.objects.get()
    scheid(samenvoeging, door=spelers.carla, nu=LATER)

    with pytest.raises(AlBeslist):
        scheid(samenvoeging, door=spelers.carla, nu=LATER)


def test_an_undo_waits_for_a_person_when_the_second_parent_asks_in_the_first_family(spelers, paar):
    eerste, dubbel = paar
    voeg_samen(dubbel, door=spelers.carla, nu=NU)
    samenvoeging = Samenvoeging.objects.get()
    Opvangvraag.objects.filter(pk=eerste.pk).update(aanvrager=samenvoeging.toegevoegd)

    with pytest.raises(OuderVroegVerder):
        scheid(samenvoeging, door=spelers.carla, nu=LATER)

    assert Opvangvraag.objects.count() == 2


def test_the_same_child_is_found_again_whoever_asks(spelers, paar):
    _eerste, dubbel = paar

    assert dubbel.mogelijk_dubbel_van.kind.voornaam == NOOR.voornaam
