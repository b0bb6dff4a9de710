"""A provider answers from the link and in the portal at the same moment: one answer counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from aanvragen.domain import antwoordlink
from aanvragen.domain.antwoordlink import LinkIsDood, lees_token, maak_token
from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.herinneren import VANZELF, herinner_vanzelf, te_herinneren
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.models import Bericht, Gebeurtenis
from tests.fabrieken import MA_DI, NU, START, maak_aanbod, maak_vraag
from tests.gelijktijdig.hulp import tegelijk

pytestmark = pytest.mark.django_db(transaction=True)
DONDERDAG = dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def zonder_blik(monkeypatch):
    """Don't look at the link again once the question is locked, as if somebody had forgotten it."""
    monkeypatch.setattr(antwoordlink, "vergrendel_link", lambda *_args, **_kwargs: None)


@pytest.fixture
def aanmelding():
    return maak_vraag().aanmeldingen.get()


def _kopie(aanmelding) -> Aanmelding:
    """As another request reads it."""
    return Aanmelding.objects.select_related("opvangvraag__loket", "locatie").get(pk=aanmelding.pk)


def _in_het_portaal(aanmelding):
    """Put the family on the waiting list."""
    rij = _kopie(aanmelding)
    return lambda: zet_op_wachtlijst(rij, door=None, nu=NU)


def _met_de_link(aanmelding):
    """Offer a place through the link of the mail."""
    rij, link = _kopie(aanmelding), lees_token(maak_token(_kopie(aanmelding)))
    aanbod = maak_aanbod(rij.locatie)

    def antwoord():
        antwoordlink.vergrendel_link(link, rij, nu=NU)
        return doe_voorstel(rij, aanbod, start=START, rooster=MA_DI, door=None, nu=NU)

    return transaction.atomic(antwoord)


@pytest.mark.usefixtures("zonder_blik")
def test_without_a_second_look_the_link_answers_over_the_answer_that_was_first(aanmelding):
    uitkomst = tegelijk(_in_het_portaal(aanmelding), _met_de_link(aanmelding))

    assert uitkomst.eerste is None
    assert isinstance(uitkomst.tweede, Voorstel)
    beide = ["aanvragen/wachtlijst", "aanvragen/voorstel"]
    assert Bericht.objects.filter(sjabloon__in=beide).count() == 2


def test_the_portal_was_first_and_the_link_is_dead(aanmelding):
    uitkomst = tegelijk(_in_het_portaal(aanmelding), _met_de_link(aanmelding))

    assert uitkomst.wachtte
    assert uitkomst.eerste is None
    assert isinstance(uitkomst.tweede, LinkIsDood)
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.WACHTLIJST
    assert not Voorstel.objects.exists()


def test_the_link_was_first_and_the_portal_hears_it(aanmelding):
    uitkomst = tegelijk(_met_de_link(aanmelding), _in_het_portaal(aanmelding))

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Voorstel)
    assert isinstance(uitkomst.tweede, OngeldigeOvergang)
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VOORGESTELD
    assert not Bericht.objects.filter(sjabloon="aanvragen/wachtlijst").exists()


def test_the_same_link_twice_at_once_answers_once(aanmelding):
    uitkomst = tegelijk(_met_de_link(aanmelding), _met_de_link(aanmelding))

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Voorstel)
    assert isinstance(uitkomst.tweede, LinkIsDood)
    assert Voorstel.objects.count() == 1


def test_two_colleagues_say_no_and_the_family_is_mailed_once(aanmelding):
    een, twee = _kopie(aanmelding), _kopie(aanmelding)

    uitkomst = tegelijk(
        lambda: weiger(een, reden=Weigerreden.VOLZET, door=None, nu=NU),
        lambda: weiger(twee, reden=Weigerreden.DAGEN, door=None, nu=NU),
    )

    assert isinstance(uitkomst.tweede, IntussenGewijzigd)
    aanmelding.refresh_from_db()
    assert aanmelding.weigerreden == Weigerreden.VOLZET
    assert Bericht.objects.filter(sjabloon="aanvragen/geen_plaats").count() == 1


def test_two_workers_remind_once(aanmelding):
    een, twee = _kopie(aanmelding), _kopie(aanmelding)
    assert te_herinneren(DONDERDAG).count() == 1

    uitkomst = tegelijk(
        lambda: herinner_vanzelf(een, nu=DONDERDAG), lambda: herinner_vanzelf(twee, nu=DONDERDAG)
    )

    assert uitkomst.wachtte
    assert (uitkomst.eerste, uitkomst.tweede) == (True, False)
    assert Gebeurtenis.objects.filter(werkwoord=VANZELF).count() == 1
    assert Opvangvraag.objects.count() == 1
