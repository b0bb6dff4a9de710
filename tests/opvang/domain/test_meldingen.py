"""Hear by mail what is free: ask, confirm, stop, lapse; what is mailed and what never is."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.domain.verzenden import maak_mail
from loket.models import Bericht, Gebeurtenis
from loket.workflow import Berichtstatus
from opvang import tasks
from opvang.domain import meldingen
from opvang.domain.meldingen import (
    BEVESTIGMAILS_PER_DAG,
    MEESTE_PER_ADRES,
    MeldingBestaatNiet,
    bevestig,
    laat_meldingen_verlopen,
    ruim_meldingen_op,
    stop,
    vraag_plaatsmelding,
)
from opvang.domain.meldlink import (
    bevestig_token,
    lees_bevestig_token,
    lees_stop_token,
    stop_url,
)
from opvang.domain.meldvraag import OngeldigeMeldvraag
from opvang.domain.vrijgekomen import MEESTE_IN_MAIL, mail_vrijgekomen
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Zoekvraag
from opvang.models import Melding
from opvang.workflow import MELDINGOVERGANGEN, Meldingstatus
from tests.fabrieken import NU, VANDAAG, maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.fabrieken_schuif import AMINA, maak_melding, mails

pytestmark = pytest.mark.django_db
UUR, DAG = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def loket():
    return maak_loket("Loket Wilgenrade", gemeenten=[maak_gemeente("Wilgenrade", postcode="9001")])


@pytest.fixture
def gemeente(loket):
    return loket.gemeenten.get()


@pytest.fixture
def egel(gemeente):
    """A location that is full."""
    locatie = maak_locatie("De Egel", gemeente=gemeente, slug="de-egel")
    maak_aanbod(locatie, 0)
    return locatie


def maak_vrij(locatie, aantal=1, *, nu=NU, **velden):
    locatie.plaatsaanbod.update(plaatsen=[aantal] * 10 + [0] * 4, laatst_bevestigd=nu, **velden)


# The states


@pytest.mark.parametrize(("van", "naar"), list(product(Meldingstatus, Meldingstatus)))
def test_only_the_edges_of_the_machine_can_be_walked(egel, van, naar):
    melding = maak_melding(actief=False)
    geeindigd = van in {Meldingstatus.GESTOPT, Meldingstatus.VERLOPEN}
    Melding.objects.update(
        status=van,
        bevestigd_op=NU,
        verloopt_op=NU,
        geeindigd_op=NU if geeindigd else None,
    )
    melding.refresh_from_db()
    velden = {} if naar in {Meldingstatus.WACHT, Meldingstatus.ACTIEF} else {"geeindigd_op": NU}

    if naar in MELDINGOVERGANGEN[van]:
        meldingen._zet(melding, naar, **velden)
        assert Melding.objects.get().status == naar
    else:
        with pytest.raises(OngeldigeOvergang):
            meldingen._zet(melding, naar, **velden)
        assert Melding.objects.get().status == van


def test_a_stale_melding_changes_nothing(egel):
    melding = maak_melding(actief=False)
    bevestig(melding.pk, nu=NU)

    with pytest.raises(IntussenGewijzigd):
        meldingen._zet(melding, Meldingstatus.GESTOPT, geeindigd_op=NU)


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"soort": "alles"}, "melding_soort_bestaat"),
        ({"status": "weg"}, "melding_(status_bestaat|einde_heeft_tijdstip)"),
        ({"email": "Amina@voorbeeld.test"}, "melding_adres_in_kleine_letters"),
        ({"soort": "weeklijst", "loket": None}, "melding_weeklijst_is_van_een_loket"),
        ({"bevestigd_op": None}, "melding_mailt_alleen_na_bevestiging"),
        ({"verloopt_op": None}, "melding_mailt_alleen_na_bevestiging"),
        ({"status": "gestopt"}, "melding_einde_heeft_tijdstip"),
        ({"geeindigd_op": NU}, "melding_einde_heeft_tijdstip"),
    ],
)
def test_the_database_refuses(egel, velden, regel):
    maak_melding()

    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Melding.objects.update(**velden)


def test_the_database_refuses_the_same_wish_twice(egel):
    melding = maak_melding()
    melding.pk = None

    with (
        pytest.raises(IntegrityError, match="melding_loopt_een_keer_per_adres"),
        transaction.atomic(),
    ):
        melding.save(force_insert=True)


# Ask and confirm


def test_asking_mails_a_link_and_nothing_else(loket, egel):
    melding = maak_melding(actief=False, email=" Amina@Voorbeeld.test ", rooster_masker=3)

    (bericht,) = Bericht.objects.all()
    assert (melding.status, melding.email, melding.loket) == ("wacht_op_bevestiging", AMINA, loket)
    assert melding.vraag == {"waar": "Wilgenrade", "rooster_masker": 3}
    assert (bericht.aan, bericht.titel, bericht.loket) == (AMINA, "Bevestig je e-mailadres", loket)
    assert f"/zoeken/melding/bevestig/{bevestig_token(melding)[:10]}" in bericht.tekst
    assert "- in Wilgenrade\n- maandag hele dag\n" in bericht.tekst
    assert "/zoeken/melding/stop/" not in bericht.tekst
    assert AMINA not in str(list(Gebeurtenis.objects.values("werkwoord", "gegevens", "namens")))


def test_the_frame_is_of_the_loket_of_the_place(loket, egel):
    maak_loket("Elders")

    assert maak_melding(gebied=vind_gebied("9001"), actief=False).loket == loket
    assert maak_melding(gebied=vind_gebied("egel"), actief=False).loket is None
    assert maak_melding(gebied=vind_gebied("1234"), actief=False).loket is None


def test_nobody_is_mailed_before_confirming(egel):
    maak_melding(actief=False)
    maak_vrij(egel)

    assert mail_vrijgekomen(nu=NU + UUR) == 0


def test_asking_again_mails_the_link_again_but_not_all_day(egel):
    for keer in range(5):
        maak_melding(actief=False, nu=NU + keer * UUR)

    assert Melding.objects.count() == 1
    assert len(mails("melding_bevestig")) == BEVESTIGMAILS_PER_DAG

    maak_melding(actief=False, nu=NU + 2 * DAG)

    assert len(mails("melding_bevestig")) == BEVESTIGMAILS_PER_DAG + 1
    assert Melding.objects.get().gevraagd_op == NU + 2 * DAG


def test_the_limit_counts_all_wishes_of_an_address_and_only_those(egel):
    for km in (1, 3, 5, 10):
        maak_melding(actief=False, straal_km=km)
    maak_melding(actief=False, email="bram@voorbeeld.test")

    assert [bericht.aan for bericht in mails("melding_bevestig")] == [AMINA] * 3 + [
        "bram@voorbeeld.test"
    ]


def test_an_address_has_so_many_wishes_and_the_next_one_is_not_kept(egel):
    for dag in range(MEESTE_PER_ADRES + 1):
        maak_melding(actief=False, leeftijd_maanden=dag, nu=NU + dag * DAG)

    assert Melding.objects.count() == MEESTE_PER_ADRES
    assert len(mails("melding_bevestig")) == MEESTE_PER_ADRES


def test_confirming_twice_only_makes_it_last_longer(egel):
    melding = maak_melding()

    later = bevestig(melding.pk, nu=NU + 10 * DAG)

    assert (later.status, later.bevestigd_op) == (Meldingstatus.ACTIEF, NU)
    assert later.verloopt_op == NU + 10 * DAG + dt.timedelta(days=182)


def test_what_is_over_or_gone_can_not_be_confirmed(egel):
    melding = maak_melding(actief=False)
    stop(melding.pk, nu=NU)

    for pk in (melding.pk, 0):
        with pytest.raises(MeldingBestaatNiet):
            bevestig(pk, nu=NU)
    with pytest.raises(MeldingBestaatNiet):
        stop(0, nu=NU)


# The links


def test_a_link_is_for_one_thing(egel, time_machine):
    melding = maak_melding(actief=False)
    stoptoken = stop_url(melding.pk).rstrip("/").rpartition("/")[2]

    assert lees_bevestig_token(bevestig_token(melding)) == melding.pk
    assert lees_stop_token(stoptoken) == melding.pk
    assert lees_bevestig_token(stoptoken) is None
    assert lees_stop_token(bevestig_token(melding)) is None
    assert lees_stop_token("x") is None


def test_confirming_has_a_week_and_stopping_has_for_ever(egel, time_machine):
    time_machine.move_to(NU, tick=False)
    melding = maak_melding(actief=False)
    bevestigen, stoppen = (
        bevestig_token(melding),
        stop_url(melding.pk).rstrip("/").rpartition("/")[2],
    )

    time_machine.move_to(NU + 8 * DAG, tick=False)

    assert lees_bevestig_token(bevestigen) is None
    time_machine.move_to(NU + 800 * DAG, tick=False)
    assert lees_stop_token(stoppen) == melding.pk


def test_every_mail_about_it_can_be_stopped_with_one_click(egel):
    maak_melding()
    maak_vrij(egel)
    mail_vrijgekomen(nu=NU + UUR)
    (bericht,) = mails("melding_plaatsen")

    koppen = maak_mail(bericht).extra_headers

    adres = koppen["List-Unsubscribe"].strip("<>")
    assert koppen["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert adres in bericht.tekst
    assert lees_stop_token(adres.rstrip("/").rpartition("/")[2]) == Melding.objects.get().pk


def test_other_mail_has_no_such_header(egel):
    maak_melding()
    bericht = Bericht(onderwerp_soort="aanvragen.opvangvraag", onderwerp_id=1, aan=AMINA, titel="x")
    bericht.pk = 1

    assert "List-Unsubscribe" not in maak_mail(bericht).extra_headers


# What is mailed


def test_a_place_that_frees_up_is_mailed_once(loket, egel):
    maak_melding(rooster_masker=0b11)
    maak_vrij(egel, nu=NU + UUR)

    gemaild = [mail_vrijgekomen(nu=NU + n * UUR) for n in (2, 3, 30, 60)]

    (bericht,) = mails("melding_plaatsen")
    assert gemaild == [1, 0, 0, 0]
    assert (bericht.aan, bericht.titel, bericht.loket) == (
        AMINA,
        "Er is plaats bij 1 opvang die past",
        loket,
    )
    for tekst in (
        "- in Wilgenrade\n- maandag hele dag",
        f"De Egel, {egel.adres}",
        "Nu vrij: maandag tot en met vrijdag hele dag.",
        "De opvang bevestigde dit op 2 mrt 2026.",
        "/opvang/de-egel/",
        "/zoeken/?waar=Wilgenrade&dagen=3",
        "Je krijgt deze mails tot 31 aug 2026.",
    ):
        assert tekst in bericht.tekst, tekst


def test_what_was_free_when_asking_is_no_news(egel):
    maak_vrij(egel)
    maak_melding()

    assert mail_vrijgekomen(nu=NU + UUR) == 0


def test_what_frees_up_between_asking_and_confirming_is_news(egel):
    melding = maak_melding(actief=False)
    maak_vrij(egel)
    bevestig(melding.pk, nu=NU + UUR)

    assert mail_vrijgekomen(nu=NU + 2 * UUR) == 1


def test_full_and_free_again_is_news_again(egel):
    maak_melding()
    maak_vrij(egel)
    mail_vrijgekomen(nu=NU + UUR)
    maak_vrij(egel, 0)
    mail_vrijgekomen(nu=NU + DAG)
    maak_vrij(egel)

    assert mail_vrijgekomen(nu=NU + DAG + UUR) == 1
    assert len(mails("melding_plaatsen")) == 2


def test_old_and_confirmed_again_is_the_same_place(egel):
    maak_melding()
    maak_vrij(egel)
    mail_vrijgekomen(nu=NU + UUR)

    for dagen in (35, 70):
        assert mail_vrijgekomen(nu=NU + dagen * DAG) == 0
    maak_vrij(egel, nu=NU + 71 * DAG)

    assert mail_vrijgekomen(nu=NU + 71 * DAG + UUR) == 0


def test_at_most_one_mail_a_day_and_the_rest_the_next_day(gemeente, egel):
    maak_melding()
    maak_vrij(egel)
    mail_vrijgekomen(nu=NU + UUR)
    tweede, derde = (maak_locatie(naam, gemeente=gemeente) for naam in ("Zon", "Maan"))
    maak_aanbod(tweede)
    derde_aanbod = maak_aanbod(derde)

    assert mail_vrijgekomen(nu=NU + 2 * UUR) == 0
    derde_aanbod.plaatsen = [0] * 14
    derde_aanbod.save()

    assert mail_vrijgekomen(nu=NU + DAG) == 1
    assert mails("melding_plaatsen")[1].titel == "Er is plaats bij 1 opvang die past"
    assert "Zon" in mails("melding_plaatsen")[1].tekst
    assert "Maan" not in mails("melding_plaatsen")[1].tekst


def test_many_locations_come_in_one_mail(gemeente):
    maak_melding()
    for n in range(MEESTE_IN_MAIL + 2):
        maak_aanbod(maak_locatie(f"Opvang {n:02}", gemeente=gemeente))

    assert mail_vrijgekomen(nu=NU + UUR) == 1
    (bericht,) = mails("melding_plaatsen")
    assert bericht.titel == "Er is plaats bij 12 opvangplekken die passen"
    assert "En nog 2 andere." in bericht.tekst
    assert ("Opvang 09" in bericht.tekst, "Opvang 10" in bericht.tekst) == (True, False)


@pytest.mark.parametrize(
    ("wat", "velden"),
    [
        ("misschien", {"laatst_bevestigd": NU - 40 * DAG}),
        ("vergeten", {"laatst_bevestigd": NU - 70 * DAG}),
        ("volgende week", {"vanaf": VANDAAG + dt.timedelta(days=7)}),
        ("voorbij", {"vanaf": dt.date(2026, 1, 1), "tot": VANDAAG}),
        ("dringend", {"soort": "dringend"}),
        ("te jong", {"leeftijd_vanaf": 12}),
        ("andere dag", {"plaatsen": [0, 0] + [1] * 8 + [0] * 4}),
        ("ingenomen", {"ingenomen": [1, 1] + [0] * 12}),
    ],
)
def test_what_does_not_fit_or_is_not_sure_is_never_mailed(gemeente, wat, velden):
    maak_melding(rooster_masker=0b11, start=VANDAAG, leeftijd_maanden=6)
    maak_aanbod(maak_locatie(gemeente=gemeente), **velden)

    assert mail_vrijgekomen(nu=NU + UUR) == 0


def test_places_elsewhere_hidden_or_of_another_kind_are_never_mailed(gemeente):
    maak_melding(vormen=("groepsopvang",))
    maak_aanbod(maak_locatie("Elders"))
    maak_aanbod(maak_locatie("Verborgen", gemeente=gemeente, zichtbaar=False))
    maak_aanbod(maak_locatie("Onthaal", gemeente=gemeente, opvangvorm="gezinsopvang"))
    maak_locatie("Onbekend", gemeente=gemeente)

    assert mail_vrijgekomen(nu=NU + UUR) == 0


def test_a_start_that_has_passed_is_today(egel):
    maak_melding(start=VANDAAG + dt.timedelta(days=3))
    maak_vrij(egel, vanaf=VANDAAG + dt.timedelta(days=10))

    assert mail_vrijgekomen(nu=NU + 9 * DAG) == 0
    assert mail_vrijgekomen(nu=NU + 10 * DAG) == 1


def test_each_gets_their_own(gemeente, egel):
    maak_melding(rooster_masker=0b11)
    maak_melding(email="bram@voorbeeld.test", rooster_masker=0b11 << 12)
    maak_vrij(egel)

    mail_vrijgekomen(nu=NU + UUR)

    assert [bericht.aan for bericht in mails("melding_plaatsen")] == [AMINA]


def test_a_search_that_can_not_be_read_is_passed_by(egel):
    kapot = maak_melding()
    Melding.objects.filter(pk=kapot.pk).update(vraag={"waar": 5})
    maak_melding(email="bram@voorbeeld.test")
    maak_vrij(egel)

    assert mail_vrijgekomen(nu=NU + UUR) == 1
    assert [bericht.aan for bericht in mails("melding_plaatsen")] == ["bram@voorbeeld.test"]


def test_those_that_waited_longest_come_first_and_a_run_is_bounded(egel, monkeypatch):
    monkeypatch.setattr("opvang.domain.vrijgekomen.PARTIJ", 2)
    for n in range(3):
        maak_melding(email=f"ouder{n}@voorbeeld.test", nu=NU + n * UUR)
    maak_vrij(egel)

    assert mail_vrijgekomen(nu=NU + 4 * UUR) == 2
    assert [bericht.aan[:6] for bericht in mails("melding_plaatsen")] == ["ouder0", "ouder1"]
    assert mail_vrijgekomen(nu=NU + 5 * UUR) == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_queries_of_one_look_do_not_grow_with_what_is_free(gemeente, aantal):
    maak_melding()
    for _ in range(aantal):
        maak_aanbod(maak_locatie(gemeente=gemeente))

    with CaptureQueriesContext(connection) as vragen:
        mail_vrijgekomen(nu=NU + UUR)

    assert len(vragen) == 21


# Stop, lapse, clear away


def test_stopping_ends_all_mail_also_what_waits(egel):
    melding = maak_melding()
    maak_vrij(egel)
    mail_vrijgekomen(nu=NU + UUR)

    stop(melding.pk, nu=NU + 2 * UUR)
    stop(melding.pk, nu=NU + 3 * UUR)

    melding.refresh_from_db()
    assert (melding.status, melding.geeindigd_op) == (Meldingstatus.GESTOPT, NU + 2 * UUR)
    assert {bericht.status for bericht in Bericht.objects.all()} == {Berichtstatus.INGETROKKEN}
    maak_vrij(egel, 0)
    mail_vrijgekomen(nu=NU + DAG)
    maak_vrij(egel)
    assert mail_vrijgekomen(nu=NU + 2 * DAG) == 0


def test_after_stopping_one_can_ask_again(egel):
    eerste = maak_melding()
    stop(eerste.pk, nu=NU)

    tweede = maak_melding(nu=NU + UUR)

    assert tweede.pk != eerste.pk
    assert tweede.status == Meldingstatus.ACTIEF


def test_after_half_a_year_it_ends_with_a_mail(egel):
    melding = maak_melding()
    einde = melding.verloopt_op

    assert laat_meldingen_verlopen(nu=einde - UUR) == 0
    assert laat_meldingen_verlopen(nu=einde) == 1
    assert laat_meldingen_verlopen(nu=einde + UUR) == 0

    melding.refresh_from_db()
    (bericht,) = mails("melding_verlopen")
    assert (melding.status, melding.geeindigd_op) == (Meldingstatus.VERLOPEN, einde)
    assert bericht.titel == "We stoppen met mailen over vrije plaatsen"
    assert "/zoeken/?waar=Wilgenrade\n" in bericht.tekst


def test_a_search_that_can_not_be_read_ends_as_well(egel):
    melding = maak_melding()
    Melding.objects.update(vraag={"waar": 5})

    assert laat_meldingen_verlopen(nu=melding.verloopt_op) == 1
    assert mails("melding_verlopen")[0].tekst.count("/zoeken/\n") == 1


def test_past_its_end_nothing_is_mailed_even_before_it_lapsed(egel):
    melding = maak_melding()
    maak_vrij(egel, nu=melding.verloopt_op)

    assert mail_vrijgekomen(nu=melding.verloopt_op) == 0


def test_addresses_are_thrown_away(egel):
    nooit = maak_melding(actief=False)
    gestopt = maak_melding(email="bram@voorbeeld.test")
    maak_melding(email="blijft@voorbeeld.test")
    stop(gestopt.pk, nu=NU)

    assert ruim_meldingen_op(nu=NU + 7 * DAG - UUR) == 0
    assert ruim_meldingen_op(nu=NU + 7 * DAG) == 1
    assert not Melding.objects.filter(pk=nooit.pk).exists()
    assert ruim_meldingen_op(nu=NU + 30 * DAG) == 1
    assert [melding.email for melding in Melding.objects.all()] == ["blijft@voorbeeld.test"]


def test_a_search_from_where_somebody_stands_is_never_kept(egel):
    with pytest.raises(OngeldigeMeldvraag):
        vraag_plaatsmelding(Zoekvraag(punt=(4.0, 51.0)), email=AMINA, nu=NU)
    assert Melding.objects.count() == 0


def test_beat_does_it_all(egel, time_machine):
    time_machine.move_to(NU, tick=False)
    melding = maak_melding()
    maak_vrij(egel)
    time_machine.move_to(NU + UUR, tick=False)

    assert (tasks.mail_vrijgekomen_plaatsen(), tasks.mail_lijst_van_de_week()) == (1, 0)
    time_machine.move_to(melding.verloopt_op, tick=False)
    assert tasks.ruim_meldingen() == 0
    assert Melding.objects.get().status == Meldingstatus.VERLOPEN
    time_machine.move_to(melding.verloopt_op + 30 * DAG, tick=False)
    assert tasks.ruim_meldingen() == 1
