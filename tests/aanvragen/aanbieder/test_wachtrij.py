"""The queue of a provider: the order of the ranking, what is asked now, and what waits."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.domain.volgorde import VOLGORDE, op_volgorde
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, DringendeReden
from tests.aanvragen.aanbieder.fabrieken import lees, maak_opgeschort
from tests.fabrieken import NU, maak_locatie, maak_vraag, vraag_gegevens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
NA_DE_START = dt.datetime(2026, 9, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def als_farid(client, spelers):
    client.force_login(spelers.farid)
    return client


def _vraag(spelers, *, nu=NU, dringend: str = "") -> Aanmelding:
    return maak_vraag(
        spelers.loket, [spelers.egeltjes], nu=nu, vraag=vraag_gegevens(dringende_reden=dringend)
    ).aanmeldingen.get()


# The order


def test_urgent_families_stand_first_and_then_who_asked_longest_ago(als_farid, spelers):
    gisteren = _vraag(spelers, nu=NU - dt.timedelta(days=1))
    eergisteren = _vraag(spelers, nu=NU - dt.timedelta(days=2))
    dringend = _vraag(spelers, dringend=DringendeReden.START_WERK)

    rijen = als_farid.get("/aanbod/vragen/").context["rijen"]

    assert [rij.aanmelding for rij in rijen] == [dringend, eergisteren, gisteren]
    for keuze in ("wachtlijst", "afloop"):
        assert als_farid.get(f"/aanbod/vragen/?lijst={keuze}").status_code == 200


@settings(max_examples=15)
@given(
    gezinnen=st.lists(
        st.tuples(st.sampled_from(["", DringendeReden.WEGVALLEN]), st.integers(0, 5)),
        min_size=2,
        max_size=6,
    )
)
def test_the_order_in_memory_and_in_the_database_are_the_same(gezinnen, aanmeldingen):
    for aanmelding, (dringend, dagen) in zip(aanmeldingen, gezinnen, strict=False):
        Opvangvraag.objects.filter(pk=aanmelding.opvangvraag_id).update(
            dringende_reden=dringend, ingediend_op=NU - dt.timedelta(days=dagen)
        )

    rijen = Aanmelding.objects.select_related("opvangvraag").order_by(*VOLGORDE)

    assert op_volgorde(reversed(rijen)) == list(rijen)


@pytest.fixture
def aanmeldingen(spelers) -> list[Aanmelding]:
    return [_vraag(spelers) for _ in range(6)]


# What is asked now


def test_a_family_of_whom_the_start_passed_has_a_list_of_its_own(als_farid, spelers):
    aanmelding = _vraag(spelers)
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    assert "Wacht het gezin nog?" not in lees(als_farid.get("/aanbod/vragen/"))

    with time_machine.travel(NA_DE_START, tick=False):
        als_farid.force_login(spelers.farid)
        vraag_eindstatus(aanmelding, nu=NA_DE_START)
        afloop = als_farid.get("/aanbod/vragen/?lijst=afloop")
        wachtlijst = als_farid.get("/aanbod/vragen/?lijst=wachtlijst")
        een = als_farid.get(f"/aanbod/vragen/{aanmelding.uuid}/")

    assert [rij.aanmelding for rij in afloop.context["rijen"]] == [aanmelding]
    assert "nog 14 dagen" in lees(afloop)
    assert wachtlijst.context["rijen"] == []
    assert "De gevraagde start is voorbij. Hoe staat het nu met dit gezin?" in lees(een)
    assert "Jij bent aan zet" in lees(een)


def test_the_end_status_is_given_in_the_portal(als_farid, spelers):
    aanmelding = _vraag(spelers)
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    vraag_eindstatus(aanmelding, nu=NA_DE_START)
    pad = f"/aanbod/vragen/{aanmelding.uuid}/"

    formulier = als_farid.get(f"{pad}?antwoord=nee&keuze=wachtlijst").context["form"]
    antwoord = als_farid.post(pad, {"antwoord": "nee", "keuze": "wachtlijst"})

    assert str(dict(formulier.fields["keuze"].choices)["wachtlijst"]) == (
        "Het gezin wacht nog en blijft op mijn wachtlijst"
    )
    assert antwoord.status_code == 302
    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.eindstatus_voor) == (Aanmeldingstatus.WACHTLIJST, None)


def test_that_a_family_has_care_is_only_said_of_who_waited(als_farid, spelers):
    aanmelding = _vraag(spelers)

    antwoord = als_farid.post(
        f"/aanbod/vragen/{aanmelding.uuid}/", {"antwoord": "nee", "keuze": "gevonden"}
    )

    assert antwoord.status_code == 422
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


def test_a_suspended_wish_stands_apart_and_asks_nothing(als_farid, spelers):
    lager = maak_opgeschort(spelers.loket, spelers.egeltjes)

    gewoon = als_farid.get("/aanbod/vragen/")
    apart = als_farid.get("/aanbod/vragen/?lijst=opgeschort")
    een = lees(als_farid.get(f"/aanbod/vragen/{lager.uuid}/"))

    assert gewoon.context["rijen"] == []
    assert [rij.aanmelding for rij in apart.context["rijen"]] == [lager]
    assert "Deze gezinnen houden een ander voorstel vast." in lees(apart)
    assert "Dit gezin houdt een ander voorstel vast." in een
    assert "Jij bent aan zet" not in een
    assert "Ja, ik heb plaats" not in een


@pytest.mark.parametrize("aantal", [1, 3])
def test_every_list_takes_the_same_queries(
    als_farid, spelers, aantal, django_assert_max_num_queries
):
    for _ in range(aantal):
        zet_op_wachtlijst(_vraag(spelers), door=None, nu=NU)
    maak_locatie(organisator=spelers.egeltjes.organisator, loket=spelers.loket)
    als_farid.get("/aanbod/vragen/")

    with django_assert_max_num_queries(14):
        als_farid.get("/aanbod/vragen/?lijst=wachtlijst")
