"""The link in a provider's mail, as somebody would attack it: replay, guess, widen, reuse, scan."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.conf import settings
from django.core import signing

from aanvragen.domain.antwoordlink import lees_bewijs, lees_token, maak_bewijs, maak_token
from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.ronde import begin_ronde
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import Aanmeldingstatus, Vervalreden, Weigerreden
from loket.models import Bericht, Gebeurtenis, Inzage
from tests.aanvragen.aanbieder.fabrieken import lees, maak_opgeschort
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_organisator,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
NEE = {"antwoord": "nee", "keuze": "volzet"}
WACHTLIJST = {"antwoord": "nee", "keuze": "wachtlijst"}
JA = {"antwoord": "ja", "nieuwe_plaats": "on", "start": "2026-09-01"}
GEHEIM = ("Haddad", "Noor", "Amina", "0470", "amina@", "Molenkouter", "Het Zonnetje", "januari")


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def aanmelding(spelers) -> Aanmelding:
    return maak_vraag(
        spelers.loket,
        [spelers.zonnetje, spelers.egeltjes],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email="amina@voorbeeld.test",
            telefoon="0470 11 22 33",
            straat="Molenkouter",
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
    ).aanmeldingen.get(locatie=spelers.egeltjes)


def adres(aanmelding: Aanmelding) -> str:
    return f"/antwoord/{maak_token(aanmelding)}/"


def _stand() -> tuple[object, ...]:
    """Everything that an answer could change."""
    return (
        tuple(Aanmelding.objects.order_by("pk").values_list("status", "ronde", "gewijzigd_op")),
        Voorstel.objects.count(),
        Gebeurtenis.objects.count(),
        Bericht.objects.count(),
        Inzage.objects.count(),
    )


def _is_dood(client, pad: str, woorden: str) -> None:
    """No way of asking brings anything but the page that says why, without the family."""
    voor = _stand()
    for antwoord in (
        client.get(pad),
        client.get(pad + "?antwoord=ja"),
        client.post(pad, NEE),
        client.post(pad, WACHTLIJST),
        client.post(pad, JA),
    ):
        tekst = lees(antwoord)
        assert antwoord.status_code == 410
        assert woorden in tekst
        assert "Aanmelden" in tekst
        assert "09 000 00 00" in tekst
        assert [geheim for geheim in GEHEIM if geheim in tekst] == []
        assert antwoord["Referrer-Policy"] == "no-referrer"
        assert "no-store" in antwoord["Cache-Control"]
    assert client.head(pad).status_code == 410
    assert _stand() == voor


# Opening it, as mail scanners do


@pytest.mark.parametrize("vervolg", ["", "?antwoord=ja", "?antwoord=nee&keuze=volzet"])
@pytest.mark.parametrize(
    "kop",
    [
        {},
        {"user_agent": "Mozilla/5.0 (compatible; SafeLinks)"},
        {"sec-purpose": "prefetch", "purpose": "prefetch"},
    ],
    ids=["gewoon", "scanner", "vooraf"],
)
def test_opening_the_link_answers_nothing(client, aanmelding, vervolg, kop):
    voor = _stand()

    assert client.get(adres(aanmelding) + vervolg, headers=kop).status_code == 200
    assert client.head(adres(aanmelding) + vervolg, headers=kop).status_code == 200

    assert _stand() == voor


@pytest.mark.parametrize("methode", ["put", "delete", "patch", "options"])
def test_no_other_method_does_anything(client, aanmelding, methode):
    assert getattr(client, methode)(adres(aanmelding)).status_code == 405


def test_the_button_of_the_mail_is_ticked_already_and_still_decides_nothing(client, aanmelding):
    antwoord = client.get(adres(aanmelding) + "?antwoord=nee&keuze=volzet")

    assert antwoord.context["form"].initial == {"keuze": "volzet"}
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


# Replay: one answer, then it is dead, whoever answered


def _met_de_link(client, aanmelding):
    client.post(adres(aanmelding), NEE)


def _in_het_portaal(client, aanmelding):
    weiger(aanmelding, reden=Weigerreden.VOLZET, door=None, nu=NU)


def _op_de_wachtlijst(client, aanmelding):
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)


def _met_een_voorstel(client, aanmelding):
    maak_voorstel(aanmelding)


def _voorstel_en_weer_ingetrokken(client, aanmelding):
    trek_voorstel_in(maak_voorstel(aanmelding), door=None, nu=NU)


@pytest.mark.parametrize(
    "antwoord",
    [
        _met_de_link,
        _in_het_portaal,
        _op_de_wachtlijst,
        _met_een_voorstel,
        _voorstel_en_weer_ingetrokken,
    ],
)
def test_the_link_is_dead_after_the_answer(client, aanmelding, antwoord):
    pad = adres(aanmelding)

    antwoord(client, aanmelding)

    _is_dood(client, pad, "Op deze vraag is al geantwoord.")


def test_the_same_form_sent_twice_counts_once(client, aanmelding):
    eerste = client.post(adres(aanmelding), WACHTLIJST)
    tweede = client.post(adres(aanmelding), WACHTLIJST)

    assert (eerste.status_code, tweede.status_code) == (302, 410)
    assert Bericht.objects.filter(sjabloon="aanvragen/wachtlijst").count() == 1


def test_a_new_round_does_not_bring_an_old_link_back(client, aanmelding):
    oud = adres(aanmelding)

    begin_ronde(
        Aanmelding.objects.filter(pk=aanmelding.pk), loket=aanmelding.opvangvraag.loket, nu=NU
    )

    _is_dood(client, oud, "Alleen de link in die mail werkt nog.")
    aanmelding.refresh_from_db()
    assert client.get(adres(aanmelding)).status_code == 200


def test_asking_how_it_ended_does_not_bring_the_first_link_back(client, aanmelding):
    oud = adres(aanmelding)
    zet_op_wachtlijst(aanmelding, door=None, nu=NU)
    na_de_start = dt.datetime(2026, 9, 2, 9, 0, tzinfo=dt.UTC)

    with time_machine.travel(na_de_start, tick=False):
        vraag_eindstatus(aanmelding, nu=na_de_start)
        aanmelding.refresh_from_db()
        nieuw = adres(aanmelding)
        dood = client.post(oud, NEE)
        leeft = client.get(nieuw)

    # Signed 184 days before: older than any link may be.
    assert (dood.status_code, leeft.status_code) == (404, 200)
    assert "Wacht dit gezin nog?" in lees(leeft)


# Its term


def test_the_link_works_five_working_days_longer_than_its_term(client, aanmelding):
    pad = adres(aanmelding)
    assert aanmelding.antwoord_voor == dt.date(2026, 3, 16)

    with time_machine.travel(dt.datetime(2026, 3, 23, 22, 59, tzinfo=dt.UTC), tick=False):
        assert client.get(pad).status_code == 200
    with time_machine.travel(dt.datetime(2026, 3, 23, 23, 0, tzinfo=dt.UTC), tick=False):
        _is_dood(client, pad, "De tijd om met deze link te antwoorden is voorbij.")


def test_a_reminder_lets_the_link_live_longer_and_both_mails_answer_the_same(client, aanmelding):
    pad = adres(aanmelding)
    herinner(aanmelding, door=None, nu=NU + dt.timedelta(days=30))
    aanmelding.refresh_from_db()

    assert aanmelding.link_tot == dt.date(2026, 4, 9)
    assert lees_token(maak_token(aanmelding)) == lees_token(pad.split("/")[2])
    with time_machine.travel(dt.datetime(2026, 4, 9, 12, 0, tzinfo=dt.UTC), tick=False):
        assert client.post(pad, NEE).status_code == 302
    with time_machine.travel(dt.datetime(2026, 4, 10, 12, 0, tzinfo=dt.UTC), tick=False):
        assert client.get(pad).status_code == 410


# The request lapses


@pytest.mark.parametrize(
    "stop",
    [
        lambda vraag: laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=NU),
        lambda vraag: trek_in(vraag, door=None, nu=NU),
    ],
    ids=["droevig nieuws", "ingetrokken"],
)
def test_the_link_dies_with_the_request_and_says_nothing_of_why(client, aanmelding, stop):
    pad = adres(aanmelding)

    stop(Opvangvraag.objects.get(pk=aanmelding.opvangvraag_id))

    _is_dood(client, pad, "Je hoeft niet meer te antwoorden: deze vraag is gestopt.")


def test_a_suspended_wish_is_not_asked(client, spelers):
    aanmelding = maak_opgeschort(spelers.loket, spelers.egeltjes)

    _is_dood(client, adres(aanmelding), "Je hoeft nu niet te antwoorden")


# Guess, forge, widen, use for another


def test_a_token_that_is_changed_in_any_place_is_refused(client, aanmelding):
    token = maak_token(aanmelding)

    for i in range(0, len(token), 3):
        vals = token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :]
        assert client.get(f"/antwoord/{vals}/").status_code == 404
        assert client.post(f"/antwoord/{vals}/", NEE).status_code == 404


@pytest.mark.parametrize(
    "inhoud",
    [
        "6d1f7f3e-0000-4000-8000-000000000000",
        [],
        ["geen uuid", 1, 1],
        [None, None, None],
        {"uuid": 1},
        [["a"], {}, "x"],
    ],
)
def test_a_token_that_says_something_else_is_refused(client, inhoud):
    token = signing.dumps(inhoud, salt="aanvragen.antwoord")

    assert client.get(f"/antwoord/{token}/").status_code == 404


def test_a_signature_of_another_purpose_opens_nothing(client, aanmelding):
    inhoud = [str(aanmelding.uuid), aanmelding.locatie.organisator_id, aanmelding.ronde]
    bewijs = maak_bewijs(aanmelding)

    for token in (
        bewijs,
        signing.dumps(inhoud, salt="opvang.bevestig"),
        signing.dumps(inhoud, key=settings.SECRET_KEY + "x", salt="aanvragen.antwoord"),
    ):
        assert client.post(f"/antwoord/{token}/", NEE).status_code == 404
    assert client.get(f"/antwoord/klaar/{maak_token(aanmelding)}/").status_code == 404
    assert aanmelding.__class__.objects.get(pk=aanmelding.pk).status == "verzonden"


def test_nothing_that_is_posted_names_another_request(client, spelers, aanmelding):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()

    client.post(
        adres(aanmelding),
        {
            **NEE,
            "aanmelding": ander.pk,
            "uuid": str(ander.uuid),
            "locatie": spelers.zonnetje.pk,
            "status": "aanvaard",
            "door": spelers.carla.pk,
        },
    )

    standen = dict(Aanmelding.objects.values_list("pk", "status"))
    assert standen.pop(aanmelding.pk) == Aanmeldingstatus.GEWEIGERD_OPVANG
    assert set(standen.values()) == {Aanmeldingstatus.VERZONDEN}


def test_who_gave_the_location_away_holds_no_key_to_its_families(client, spelers, aanmelding):
    pad = adres(aanmelding)

    spelers.egeltjes.organisator = maak_organisator("Nieuwe vzw")
    spelers.egeltjes.save()

    assert client.get(pad).status_code == 404
    assert client.post(pad, NEE).status_code == 404
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


def test_the_link_signs_nobody_in_and_opens_no_other_page(client, aanmelding):
    client.get(adres(aanmelding))
    client.post(adres(aanmelding), NEE)

    assert "_auth_user_id" not in client.session
    assert client.get(f"/aanbod/vragen/{aanmelding.uuid}/").status_code == 302


def test_the_token_names_no_family(aanmelding):
    inhoud, _tijd, _handtekening = maak_token(aanmelding).split(":")

    gelezen = json.loads(signing.b64_decode(inhoud.encode()))

    assert gelezen == [str(aanmelding.uuid), aanmelding.locatie.organisator_id, 1]


# The page after the answer


def test_what_was_answered_can_be_read_for_a_quarter_of_an_hour(client, aanmelding):
    naar = client.post(adres(aanmelding), WACHTLIJST)["Location"]

    tekst = lees(client.get(naar))
    assert "Je antwoord is verstuurd" in tekst
    assert [geheim for geheim in GEHEIM if geheim in tekst] == []
    assert client.post(naar, NEE).status_code == 405
    with time_machine.travel(NU + dt.timedelta(minutes=15, seconds=1), tick=False):
        laat = client.get(naar)
    assert laat.status_code == 404
    assert "Deze bladzijde kon je een kwartier lang nalezen." in lees(laat)


def test_the_page_after_the_answer_goes_silent_when_the_question_stops(client, aanmelding):
    naar = client.post(adres(aanmelding), WACHTLIJST)["Location"]

    laat_vervallen(
        Opvangvraag.objects.get(pk=aanmelding.opvangvraag_id),
        reden=Vervalreden.DROEVIG,
        door=None,
        nu=NU,
    )

    assert client.get(naar).status_code == 404


def test_proof_of_an_answer_that_was_not_given_is_none(aanmelding):
    assert lees_bewijs(maak_bewijs(aanmelding)) is None
