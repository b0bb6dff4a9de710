"""The parent decides: one place is taken and the other requests fall away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from aanvragen.domain.beantwoorden import markeer_gezien, weiger, zet_op_wachtlijst
from aanvragen.domain.fouten import (
    AlGeplaatst,
    GeenPlaats,
    OngeldigeOvergang,
    VoorstelVerlopen,
    Weigering,
)
from aanvragen.domain.kiezen import aanvaard, hou_vast, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.voorstellen import NietVrij, laat_verlopen, trek_voorstel_in
from aanvragen.models import Aanmelding, Plaatsing, Voorstel, Vrijmelding
from aanvragen.tasks import laat_voorstellen_verlopen
from aanvragen.workflow import (
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from loket.models import Bericht
from loket.workflow import Berichtstatus
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster
from tests.fabrieken import (
    MA_DI,
    NU,
    START,
    maak_aanbod,
    maak_voorstel,
    maak_vraag,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db
EEN_WEEK = dt.timedelta(days=7)
TWEE_DAGEN = [1, 1, 1, 1] + [0] * 10


@pytest.fixture
def vraag(spelers):
    return maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)


@pytest.fixture
def bij_egeltjes(vraag):
    return vraag.aanmeldingen.get(rang=1)


@pytest.fixture
def bij_zonnetje(vraag):
    return vraag.aanmeldingen.get(rang=2)


def _mails(sjabloon: str) -> list[str]:
    return sorted(
        Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").values_list("aan", flat=True)
    )


def _ingenomen(voorstel: Voorstel) -> list[int]:
    return Plaatsaanbod.objects.get(pk=voorstel.plaatsaanbod_id).ingenomen


def test_offer_takes_its_places_and_mails_the_parent_with_the_last_day(
    spelers, vraag, bij_egeltjes
):
    voorstel = maak_voorstel(bij_egeltjes, maak_aanbod(spelers.egeltjes, 1), door=spelers.farid)

    assert bij_egeltjes.status == Aanmeldingstatus.VOORGESTELD
    assert _ingenomen(voorstel) == TWEE_DAGEN
    # Ten full days after 2 March: the parent has until the end of the 12th.
    assert voorstel.geldig_tot == dt.datetime(2026, 3, 12, 23, 0, tzinfo=dt.UTC)
    assert _mails("voorstel") == ["amina@voorbeeld.test"]


@pytest.mark.parametrize(
    ("start", "rooster", "status"),
    [
        pytest.param(START, MA_DI, Aanmeldingstatus.VOORGESTELD, id="zoals gevraagd"),
        pytest.param(
            START + dt.timedelta(weeks=2), MA_DI, Aanmeldingstatus.VOORGESTELD, id="binnen speling"
        ),
        pytest.param(
            START + dt.timedelta(days=15), MA_DI, Aanmeldingstatus.AFWIJKEND, id="te laat"
        ),
        pytest.param(
            START - dt.timedelta(days=15), MA_DI, Aanmeldingstatus.AFWIJKEND, id="te vroeg"
        ),
        pytest.param(
            START, Weekrooster.van_dagen(0), Aanmeldingstatus.AFWIJKEND, id="een dag minder"
        ),
    ],
)
def test_other_start_or_days_make_a_deviating_offer(spelers, start, rooster, status):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], vraag=vraag_gegevens(flexibel_weken=2))
    aanmelding = vraag.aanmeldingen.get()

    maak_voorstel(aanmelding, start=start, rooster=rooster)

    assert aanmelding.status == status


def test_offer_of_places_that_are_not_there_is_refused(spelers, vraag, bij_egeltjes):
    aanbod = maak_aanbod(spelers.egeltjes, [1, 1, 1, 0] + [0] * 10)

    with pytest.raises(NietVrij, match="dinsdag namiddag"):
        maak_voorstel(bij_egeltjes, aanbod)

    assert not Voorstel.objects.exists()
    assert Bericht.objects.filter(sjabloon="aanvragen/voorstel").count() == 0


def test_offer_out_of_another_location_is_refused(spelers, bij_egeltjes):
    with pytest.raises(Weigering, match="andere opvang"):
        maak_voorstel(bij_egeltjes, maak_aanbod(spelers.zonnetje, 1))


@pytest.mark.parametrize("start", [dt.date(2026, 3, 1), dt.date(2027, 1, 1)])
def test_offer_outside_the_period_is_refused(spelers, bij_egeltjes, start):
    aanbod = maak_aanbod(spelers.egeltjes, 1, tot=dt.date(2027, 1, 1))

    with pytest.raises(Weigering, match="nog niet of niet meer vrij"):
        maak_voorstel(bij_egeltjes, aanbod, start=start)


def test_second_offer_for_the_same_place_is_refused_while_the_first_runs(spelers, bij_egeltjes):
    aanbod = maak_aanbod(spelers.egeltjes, 1)
    maak_voorstel(bij_egeltjes, aanbod)
    ander = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()

    with pytest.raises(NietVrij):
        maak_voorstel(ander, aanbod)


def test_acceptance_makes_the_placement_and_lets_the_others_lapse(
    spelers, vraag, bij_egeltjes, bij_zonnetje
):
    gekozen = maak_voorstel(bij_egeltjes)
    ander = maak_voorstel(bij_zonnetje)

    plaatsing = aanvaard(gekozen, door=spelers.amina, nu=NU + EEN_WEEK)

    vraag.refresh_from_db()
    bij_zonnetje.refresh_from_db()
    ander.refresh_from_db()
    assert (plaatsing.locatie, plaatsing.vanaf, plaatsing.week) == (spelers.egeltjes, START, MA_DI)
    assert vraag.status == Vraagstatus.GEPLAATST
    assert bij_zonnetje.status == Aanmeldingstatus.VERVALLEN_ELDERS
    assert ander.status == Voorstelstatus.INGETROKKEN
    assert (_ingenomen(gekozen), _ingenomen(ander)) == (TWEE_DAGEN, [0] * 14)
    assert _mails("geplaatst") == ["amina@voorbeeld.test"]
    assert _mails("aanbieder_aanvaard") == ["egel@voorbeeld.test"]
    assert _mails("aanbieder_elders") == ["zon@voorbeeld.test"]


def test_accepting_twice_is_refused(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)
    aanvaard(voorstel, door=spelers.amina, nu=NU)

    with pytest.raises(AlGeplaatst):
        aanvaard(voorstel, door=spelers.amina, nu=NU)

    assert Plaatsing.objects.count() == 1


def test_second_placement_is_refused_by_the_database(spelers, vraag, bij_egeltjes, bij_zonnetje):
    eerste, tweede = maak_voorstel(bij_egeltjes), maak_voorstel(bij_zonnetje)
    aanvaard(eerste, door=spelers.amina, nu=NU)

    with pytest.raises(IntegrityError, match="plaatsing_een_per_vraag"), transaction.atomic():
        Plaatsing.objects.create(
            opvangvraag=vraag,
            voorstel=tweede,
            locatie=spelers.zonnetje,
            vanaf=START,
            rooster=1,
            gemaakt_op=NU,
        )


def test_shared_offer_whose_place_went_puts_the_family_back_on_the_list(spelers):
    aanbod = maak_aanbod(spelers.egeltjes, 1)
    een, twee = (
        maak_voorstel(
            maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get(),
            aanbod,
            reserveert=False,
        )
        for _ in range(2)
    )
    aanvaard(een, door=None, nu=NU)

    with pytest.raises(GeenPlaats):
        aanvaard(twee, door=None, nu=NU)

    aanmelding = Aanmelding.objects.get(pk=twee.aanmelding_id)
    assert aanmelding.status == Aanmeldingstatus.WACHTLIJST
    assert len(_mails("plaats_weg")) == 1


def test_too_late_is_too_late(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)

    with pytest.raises(VoorstelVerlopen):
        aanvaard(voorstel, door=spelers.amina, nu=voorstel.geldig_tot)
    with pytest.raises(VoorstelVerlopen):
        hou_vast(voorstel, door=spelers.amina, nu=voorstel.geldig_tot)

    aanvaard(voorstel, door=spelers.amina, nu=voorstel.geldig_tot - dt.timedelta(seconds=1))


def test_held_offer_keeps_its_places_and_can_still_be_accepted(spelers, bij_zonnetje):
    voorstel = maak_voorstel(bij_zonnetje, reserveert=False)
    assert _ingenomen(voorstel) == [0] * 14

    hou_vast(voorstel, door=spelers.amina, nu=NU)

    assert _ingenomen(voorstel) == TWEE_DAGEN
    assert _mails("aanbieder_vastgehouden") == ["zon@voorbeeld.test"]
    assert _mails("vastgehouden") == ["amina@voorbeeld.test"]
    aanvaard(voorstel, door=spelers.amina, nu=NU)
    assert voorstel.status == Voorstelstatus.AANVAARD


def test_shared_offer_that_is_gone_can_not_be_held(spelers):
    aanbod = maak_aanbod(spelers.egeltjes, 1)
    een, twee = (
        maak_voorstel(
            maak_vraag(spelers.loket, [spelers.zonnetje, spelers.egeltjes]).aanmeldingen.get(
                rang=2
            ),
            aanbod,
            reserveert=False,
        )
        for _ in range(2)
    )
    hou_vast(een, door=None, nu=NU)

    with pytest.raises(GeenPlaats):
        hou_vast(twee, door=None, nu=NU)


@pytest.mark.parametrize(
    ("blijf", "status"),
    [(True, Aanmeldingstatus.WACHTLIJST), (False, Aanmeldingstatus.GEWEIGERD_OUDER)],
)
def test_declining_frees_the_place_and_keeps_the_other_wishes(
    spelers, vraag, bij_egeltjes, bij_zonnetje, blijf, status
):
    voorstel = maak_voorstel(bij_egeltjes)

    weiger_voorstel(voorstel, door=spelers.amina, nu=NU, blijf_op_wachtlijst=blijf)

    bij_egeltjes.refresh_from_db()
    bij_zonnetje.refresh_from_db()
    assert (bij_egeltjes.status, bij_zonnetje.status) == (status, Aanmeldingstatus.VERZONDEN)
    assert _ingenomen(voorstel) == [0] * 14
    assert _mails("aanbieder_geweigerd") == ["egel@voorbeeld.test"]


def test_hold_is_refused_after_declining(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)
    weiger_voorstel(voorstel, door=spelers.amina, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        hou_vast(voorstel, door=spelers.amina, nu=NU)


def test_withdrawn_offer_frees_the_place_and_tells_the_parent(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)

    trek_voorstel_in(voorstel, door=spelers.farid, nu=NU)

    bij_egeltjes.refresh_from_db()
    assert bij_egeltjes.status == Aanmeldingstatus.WACHTLIJST
    assert _ingenomen(voorstel) == [0] * 14
    assert _mails("voorstel_ingetrokken") == ["amina@voorbeeld.test"]


def test_accepted_offer_can_not_be_withdrawn_by_the_provider(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)
    aanvaard(voorstel, door=spelers.amina, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        trek_voorstel_in(voorstel, door=spelers.farid, nu=NU)


def test_offer_lapses_only_after_its_deadline_and_both_sides_are_told(spelers, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)

    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot - dt.timedelta(seconds=1)) is False
    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot) is True
    assert laat_verlopen(voorstel, nu=voorstel.geldig_tot) is False

    bij_egeltjes.refresh_from_db()
    assert bij_egeltjes.status == Aanmeldingstatus.VERLOPEN
    assert _ingenomen(voorstel) == [0] * 14
    assert _mails("voorstel_verlopen") == ["amina@voorbeeld.test"]
    assert _mails("aanbieder_voorstel_verlopen") == ["egel@voorbeeld.test"]


def test_periodic_task_lets_due_offers_lapse(bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)
    assert voorstel.geldig_tot.year == 2026

    assert laat_voorstellen_verlopen() == 1
    assert laat_voorstellen_verlopen() == 0


def test_provider_answers_are_dated_once_and_told(spelers, vraag, bij_egeltjes, bij_zonnetje):
    markeer_gezien(bij_egeltjes, door=spelers.farid, nu=NU)
    markeer_gezien(bij_egeltjes, door=spelers.farid, nu=NU + EEN_WEEK)
    zet_op_wachtlijst(
        bij_egeltjes, door=spelers.farid, nu=NU + EEN_WEEK, toelichting="Vanaf mei misschien."
    )
    weiger(bij_egeltjes, reden=Weigerreden.DAGEN, door=spelers.farid, nu=NU + 2 * EEN_WEEK)

    assert (bij_egeltjes.gezien_op, bij_egeltjes.beantwoord_op) == (NU, NU + EEN_WEEK)
    assert (bij_egeltjes.status, bij_egeltjes.weigerreden) == (
        Aanmeldingstatus.GEWEIGERD_OPVANG,
        Weigerreden.DAGEN,
    )
    assert _mails("wachtlijst") == _mails("geen_plaats") == ["amina@voorbeeld.test"]
    bij_zonnetje.refresh_from_db()
    assert bij_zonnetje.status == Aanmeldingstatus.VERZONDEN


def test_answer_after_a_withdrawn_question_is_refused(spelers, vraag, bij_egeltjes):
    trek_in(vraag, door=spelers.amina, nu=NU)

    with pytest.raises(Weigering):
        zet_op_wachtlijst(bij_egeltjes, door=spelers.farid, nu=NU)


def test_sad_news_silences_everything_at_once_even_after_a_placement(spelers, vraag, bij_egeltjes):
    voorstel = maak_voorstel(bij_egeltjes)
    aanvaard(voorstel, door=spelers.amina, nu=NU)
    wachtend = Bericht.objects.over(vraag).filter(status=Berichtstatus.WACHT)
    assert wachtend.filter(aan="amina@voorbeeld.test").exists()

    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU + EEN_WEEK)

    assert (vraag.status, vraag.vervalreden) == (Vraagstatus.VERVALLEN, Vervalreden.DROEVIG)
    assert not wachtend.filter(aan="amina@voorbeeld.test").exists()
    assert _ingenomen(voorstel) == [0] * 14
    assert Plaatsing.objects.get().beeindigd_op == NU + EEN_WEEK
    # The provider hears it from a person: that the place is free again, not why.
    assert not wachtend.exists()
    assert Vrijmelding.objects.open().get().aanmelding == bij_egeltjes


def test_other_lapse_is_confirmed_to_the_parent(spelers, vraag):
    laat_vervallen(vraag, reden=Vervalreden.ANDERE_GEMEENTE, door=spelers.amina, nu=NU)

    assert _mails("vervallen") == ["amina@voorbeeld.test"]
    assert _mails("aanbieder_vervallen") == ["egel@voorbeeld.test", "zon@voorbeeld.test"]
    assert set(vraag.aanmeldingen.values_list("status", flat=True)) == {Aanmeldingstatus.VERVALLEN}


def test_closing_unanswered_is_for_active_questions_only(spelers, vraag):
    sluit_onbeantwoord_af(vraag, door=spelers.carla, nu=NU)
    assert (vraag.status, vraag.afgesloten_op) == (Vraagstatus.ONBEANTWOORD, NU)

    with pytest.raises(OngeldigeOvergang):
        sluit_onbeantwoord_af(vraag, door=spelers.carla, nu=NU)


def test_nobody_else_is_touched_by_a_withdrawal(spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram)
    voorstel = maak_voorstel(ander.aanmeldingen.get())

    trek_in(vraag, door=spelers.amina, nu=NU)

    voorstel.refresh_from_db()
    assert voorstel.status == Voorstelstatus.OPEN
