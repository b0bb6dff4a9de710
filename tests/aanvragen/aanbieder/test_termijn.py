"""Terms in working days, over Easter and Christmas: when an answer is due, when a provider is
reminded, and when it is asked how the waiting ended.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanvragen.domain.beantwoorden import blijft_wachten, weiger, zet_op_wachtlijst
from aanvragen.domain.eindstatus import GEVRAAGD, te_vragen, vraag_allen, vraag_eindstatus
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.herinneren import VANZELF, herinner_allen, herinner_vanzelf, te_herinneren
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.ronde import begin_ronde, herinneringsdag
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Aanmelding
from aanvragen.workflow import Aanmeldingstatus, Vervalreden, Weigerreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Loket
from loket.werkdagen import is_werkdag, na_werkdagen
from tests.aanvragen.aanbieder.fabrieken import maak_opgeschort, om
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_locatie,
    maak_loket,
    maak_organisator,
    maak_voorstel,
    maak_vraag,
)

pytestmark = pytest.mark.django_db


#: Sent on Monday 2 March 2026: due on Monday the 16th, reminded on Thursday the 12th.
DONDERDAG = om(2026, 3, 12)


# When an answer is due


@pytest.mark.parametrize(
    ("verzonden", "werkdagen", "verwacht"),
    [
        (om(2026, 3, 2), 10, dt.date(2026, 3, 16)),
        pytest.param(om(2026, 3, 27), 5, dt.date(2026, 4, 3), id="tot goede vrijdag"),
        pytest.param(om(2026, 3, 30), 5, dt.date(2026, 4, 7), id="over paasmaandag"),
        pytest.param(om(2026, 12, 18), 10, dt.date(2027, 1, 5), id="over kerst en nieuwjaar"),
        pytest.param(om(2026, 12, 26), 1, dt.date(2026, 12, 28), id="op tweede kerstdag"),
        pytest.param(om(2026, 3, 1, 23), 1, dt.date(2026, 3, 3), id="na middernacht bij ons"),
    ],
)
def test_an_answer_is_due_after_the_working_days_of_the_loket(verzonden, werkdagen, verwacht):
    loket = maak_loket(antwoordtermijn=werkdagen)

    aanmelding = maak_vraag(loket, nu=verzonden).aanmeldingen.get()

    assert aanmelding.antwoord_voor == verwacht


def test_a_location_that_is_added_later_has_the_same_term(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes])

    erbij = voeg_keuze_toe(vraag, spelers.zonnetje, door=None, nu=om(2026, 3, 30))

    assert erbij.antwoord_voor == dt.date(2026, 4, 14)


def test_a_new_round_has_a_fresh_term_and_is_reminded_again(spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    herinner_vanzelf(aanmelding, nu=DONDERDAG)

    termijn = begin_ronde(
        Aanmelding.objects.filter(pk=aanmelding.pk), loket=spelers.loket, nu=om(2026, 3, 16)
    )

    aanmelding.refresh_from_db()
    assert termijn == aanmelding.antwoord_voor == dt.date(2026, 3, 30)
    assert (aanmelding.ronde, aanmelding.herinnerd_voor) == (2, None)
    assert list(te_herinneren(om(2026, 3, 25))) == []
    assert list(te_herinneren(om(2026, 3, 26))) == [aanmelding]


# Reminders


def test_a_provider_is_reminded_two_working_days_before_its_term(spelers):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()

    dag_ervoor, op_de_dag, nog_eens = (
        herinner_allen(nu) for nu in (om(2026, 3, 11), DONDERDAG, om(2026, 3, 12, 11))
    )

    assert (dag_ervoor, op_de_dag, nog_eens) == (0, 1, 0)
    bericht = Bericht.objects.get(sjabloon="aanvragen/aanbieder_herinnering")
    assert bericht.aan == "egel@voorbeeld.test"
    assert "Het gezin verwacht je antwoord voor maandag 16 maart 2026." in bericht.tekst
    gedaan = gebeurtenissen_van(aanmelding.opvangvraag).get(werkwoord=VANZELF)
    assert (gedaan.door, gedaan.namens) == (None, "termijn")


@pytest.mark.parametrize(
    ("verzonden", "herinnering"),
    [
        pytest.param(om(2026, 3, 24), dt.date(2026, 4, 3), id="paasmaandag telt niet"),
        pytest.param(om(2026, 12, 14), dt.date(2026, 12, 24), id="kerst telt niet"),
    ],
)
def test_the_day_of_the_reminder_skips_holidays(spelers, verzonden, herinnering):
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes], nu=verzonden).aanmeldingen.get()

    assert herinneringsdag(aanmelding.antwoord_voor, werkdagen=2) == herinnering
    op_de_dag = dt.datetime.combine(herinnering, dt.time(10), tzinfo=dt.UTC)
    assert not te_herinneren(op_de_dag - dt.timedelta(days=1)).exists()
    assert te_herinneren(op_de_dag).exists()


@pytest.mark.parametrize("uur_en_aantal", [(6, 0), (7, 1), (16, 1), (17, 0)])
def test_nobody_is_reminded_at_night(spelers, uur_en_aantal):
    """Brussels is one hour later than UTC in winter: from eight until six."""
    uur, aantal = uur_en_aantal
    maak_vraag(spelers.loket, [spelers.egeltjes])

    assert herinner_allen(om(2026, 3, 12, uur)) == aantal


def test_nobody_is_reminded_on_a_day_off_and_a_missed_day_is_made_up_for(spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes])

    zaterdag, zondag, maandag = (herinner_allen(om(2026, 3, dag)) for dag in (14, 15, 16))

    assert (zaterdag, zondag, maandag) == (0, 0, 1)


def test_after_the_term_no_reminder_leaves(spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes])

    assert herinner_allen(om(2026, 3, 17)) == 0


def test_each_loket_has_its_own_term_for_reminders(spelers):
    vroeg = maak_loket(herinner_opvang_voor=5)
    maak_vraag(vroeg)
    maak_vraag(spelers.loket, [spelers.egeltjes])

    assert [herinner_allen(om(2026, 3, dag)) for dag in (6, 9, 11, 12)] == [0, 1, 0, 1]


def test_a_term_shorter_than_the_reminder_is_not_reminded_on_the_day_itself(spelers):
    Loket.objects.update(antwoordtermijn=1)
    maak_vraag(spelers.loket, [spelers.egeltjes])

    assert (herinner_allen(NU), herinner_allen(om(2026, 3, 3))) == (0, 1)


def _beantwoord(aanmelding):
    weiger(aanmelding, reden=Weigerreden.VOLZET, door=None, nu=NU)


def _gestopt(aanmelding):
    trek_in(aanmelding.opvangvraag, door=None, nu=NU)


def _rust(aanmelding):
    laat_vervallen(aanmelding.opvangvraag, reden=Vervalreden.DROEVIG, door=None, nu=NU)


@pytest.mark.parametrize("gebeurd", [_beantwoord, _gestopt, _rust])
def test_who_need_not_answer_is_not_reminded(spelers, gebeurd):
    gebeurd(maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get())

    assert herinner_allen(DONDERDAG) == 0


def test_a_suspended_wish_is_not_reminded(spelers):
    aanmelding = maak_opgeschort(spelers.loket, spelers.egeltjes)

    assert aanmelding not in te_herinneren(DONDERDAG)


def test_a_location_without_an_address_is_looked_at_once(spelers):
    locatie = maak_locatie(loket=spelers.loket, organisator=maak_organisator(email=""))
    aanmelding = maak_vraag(spelers.loket, [locatie]).aanmeldingen.get()

    assert herinner_allen(DONDERDAG) == 0
    assert not te_herinneren(DONDERDAG).exists()
    assert not gebeurtenissen_van(aanmelding.opvangvraag).filter(werkwoord=VANZELF).exists()


@settings(max_examples=40)
@given(
    dag=st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)).filter(is_werkdag),
    vandaag=st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    werkdagen=st.integers(1, 20),
)
def test_the_query_and_the_pure_rule_agree(dag, vandaag, werkdagen):
    """What `te_herinneren` asks of the database is the same as `herinneringsdag`."""
    in_de_query = dag <= na_werkdagen(vandaag, werkdagen)

    assert in_de_query == (herinneringsdag(dag, werkdagen=werkdagen) <= vandaag)


# How the waiting ended


@pytest.fixture
def wachtend(spelers) -> Aanmelding:
    """On a waiting list since 2 March 2026, with 1 September as its wished start."""
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    return aanmelding


def test_the_day_after_the_wished_start_the_provider_is_asked_how_it_ended(wachtend):
    op_de_start, erna, nog_eens = (vraag_allen(om(2026, 9, dag)) for dag in (1, 2, 3))

    assert (op_de_start, erna, nog_eens) == (0, 1, 0)
    wachtend.refresh_from_db()
    assert (wachtend.status, wachtend.eindstatus_voor, wachtend.ronde) == (
        Aanmeldingstatus.WACHTLIJST,
        dt.date(2026, 9, 16),
        2,
    )
    bericht = Bericht.objects.get(sjabloon="aanvragen/aanbieder_eindstatus")
    assert "Een gezin staat op de wachtlijst van De Egeltjes." in bericht.tekst
    assert "keuze=gevonden" in bericht.tekst
    assert gebeurtenissen_van(wachtend.opvangvraag).filter(werkwoord=GEVRAAGD).count() == 1


def test_who_still_waits_stays_on_the_list_and_is_asked_again_after_the_term_of_the_loket(wachtend):
    vraag_eindstatus(wachtend, nu=om(2026, 9, 2))

    blijft_wachten(wachtend, door=None, nu=om(2026, 9, 4), toelichting="Misschien in januari.")

    assert (wachtend.status, wachtend.eindstatus_voor, wachtend.toelichting) == (
        Aanmeldingstatus.WACHTLIJST,
        None,
        "Misschien in januari.",
    )
    bericht = Bericht.objects.get(sjabloon="aanvragen/nog_op_wachtlijst")
    assert "Je blijft op de wachtlijst staan." in bericht.tekst
    assert not te_vragen(om(2026, 12, 2)).exists()
    assert te_vragen(om(2026, 12, 3)).exists()


def test_who_has_care_already_leaves_the_list_and_the_parents_are_asked(wachtend):
    vraag_eindstatus(wachtend, nu=om(2026, 9, 2))

    weiger(wachtend, reden=Weigerreden.GEVONDEN, door=None, nu=om(2026, 9, 3))

    assert (wachtend.status, wachtend.weigerreden, wachtend.eindstatus_voor) == (
        Aanmeldingstatus.GEWEIGERD_OPVANG,
        "gevonden",
        None,
    )
    bericht = Bericht.objects.get(sjabloon="aanvragen/al_opvang")
    assert "De Egeltjes zegt dat je al opvang hebt." in bericht.tekst


def test_an_offer_is_an_end_status_too(wachtend):
    vraag_eindstatus(wachtend, nu=om(2026, 9, 2))
    wachtend.refresh_from_db()

    voorstel = maak_voorstel(wachtend, nu=om(2026, 9, 3), start=dt.date(2026, 9, 7))
    wachtend.refresh_from_db()
    assert (wachtend.status, wachtend.eindstatus_voor) == ("afwijkend_voorstel", None)

    trek_voorstel_in(voorstel, door=None, nu=om(2026, 9, 4))
    assert te_vragen(om(2026, 9, 4)).filter(pk=wachtend.pk).exists()


def test_who_was_put_on_the_list_after_the_start_is_not_asked_the_next_day(spelers):
    laat = om(2026, 9, 7)
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()

    zet_op_wachtlijst(aanmelding, door=None, nu=laat)

    assert not te_vragen(om(2026, 12, 5)).exists()
    assert te_vragen(om(2026, 12, 6)).exists()


def test_an_end_status_that_was_not_asked_can_not_be_given(wachtend):
    with pytest.raises(IntussenGewijzigd):
        blijft_wachten(wachtend, door=None, nu=NU)


def test_an_end_status_is_not_taken_from_a_question_that_stopped(wachtend):
    vraag_eindstatus(wachtend, nu=om(2026, 9, 2))
    trek_in(wachtend.opvangvraag, door=None, nu=om(2026, 9, 3))
    wachtend.refresh_from_db()

    with pytest.raises(OngeldigeOvergang):
        blijft_wachten(wachtend, door=None, nu=om(2026, 9, 3))
    assert wachtend.eindstatus_voor is None


@pytest.mark.parametrize("nu", [om(2026, 9, 5), om(2026, 9, 6), om(2026, 9, 2, 19)])
def test_nobody_is_asked_at_night_or_in_the_weekend(wachtend, nu):
    assert te_vragen(nu).exists()
    assert vraag_allen(nu) == 0


def test_a_family_that_is_not_on_a_list_is_not_asked_about(spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes])
    weiger(
        maak_vraag(
            spelers.loket, [spelers.egeltjes], kinderen=(kind_gegevens(),)
        ).aanmeldingen.get(),
        reden=Weigerreden.DAGEN,
        door=None,
        nu=NU,
    )

    assert not te_vragen(om(2027, 1, 4)).exists()
