"""The outbox against a real mail server on this machine."""

from __future__ import annotations

import datetime as dt
import smtplib
import socket
import threading
import time

import pytest
from celery import Celery
from django.db import connection, transaction
from django.test import override_settings

from loket.celery import app as celery_app
from loket.domain import verzenden
from loket.domain.berichten import Bijlage, leg_klaar, stop_berichten_over
from loket.domain.verzenden import (
    PARTIJ,
    POGINGEN,
    UITSTEL,
    VASTGELOPEN,
    message_id,
    omschrijf,
    verstuur,
    verstuur_wachtende,
)
from loket.models import Bericht
from loket.tasks import verstuur_bericht, verstuur_berichten
from loket.workflow import OVERGANGEN, Berichtstatus
from tests.fabrieken import NU, maak_gebruiker, maak_loket
from tests.loket.conftest import maak_bericht

pytestmark = pytest.mark.django_db

LATER = NU + dt.timedelta(hours=1)


# What goes out


def test_a_mail_that_waits_is_sent_once(postbus):
    bericht = maak_bericht(aan="amina@voorbeeld.test", titel="Plaats gevonden")

    assert verstuur(bericht.pk, nu=LATER) is True
    assert verstuur(bericht.pk, nu=LATER) is False

    bericht.refresh_from_db()
    assert [(mail["To"], mail["Subject"]) for mail in postbus.mails] == [
        ("amina@voorbeeld.test", "Plaats gevonden")
    ]
    assert (bericht.status, bericht.verzonden_op, bericht.pogingen) == (
        Berichtstatus.VERZONDEN,
        LATER,
        1,
    )


def test_a_mail_has_text_and_html(postbus):
    bericht = maak_bericht(tekst="Dag Zoë,\n\nEr is plaats.\n", html="<p>Er is plaats.</p>")

    verstuur(bericht.pk, nu=NU)

    (mail,) = postbus.mails
    tekst, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert tekst.get_content().replace("\r\n", "\n") == "Dag Zoë,\n\nEr is plaats.\n"
    assert html.get_content().strip() == "<p>Er is plaats.</p>"


def test_a_mail_comes_from_the_loket_and_answers_go_there(postbus, settings):
    settings.DEFAULT_FROM_EMAIL = "Portaal <nietantwoorden@voorbeeld.test>"
    loket = maak_loket("Loket Wilgenrade-bij-de-Leie")
    bericht = maak_bericht(loket=loket)

    verstuur(bericht.pk, nu=NU)

    (mail,) = postbus.mails
    assert mail["From"] == "Loket Wilgenrade-bij-de-Leie <nietantwoorden@voorbeeld.test>"
    assert (mail["Reply-To"], mail["Auto-Submitted"]) == (loket.email, "auto-generated")


def test_a_mail_of_the_portal_itself_comes_from_the_portal(postbus, settings):
    settings.DEFAULT_FROM_EMAIL = "Portaal <nietantwoorden@voorbeeld.test>"
    bericht = maak_bericht(loket=None, html="")

    verstuur(bericht.pk, nu=NU)

    (mail,) = postbus.mails
    assert (mail["From"], mail["Reply-To"]) == ("Portaal <nietantwoorden@voorbeeld.test>", None)
    assert mail.get_content_type() == "text/plain"


def test_a_file_travels_with_the_mail(postbus):
    ics = b"BEGIN:VCALENDAR\r\nSUMMARY:Lokaal overleg \xc3\xa9\xc3\xa9n\r\nEND:VCALENDAR\r\n"
    bericht = leg_klaar(
        "toegang/code",
        aan="lid@voorbeeld.test",
        nu=NU,
        bijlagen=[
            Bijlage("uitnodiging.ics", "text/calendar; method=REQUEST", ics),
            Bijlage("verslag.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),
        ],
    )

    verstuur(bericht.pk, nu=NU)

    (mail,) = postbus.mails
    agenda, verslag = mail.iter_attachments()
    assert (agenda.get_filename(), agenda.get_content_type()) == (
        "uitnodiging.ics",
        "text/calendar",
    )
    assert agenda["Content-Type"].params["method"] == "REQUEST"
    assert agenda.get_content().splitlines() == ics.decode().splitlines()
    assert (verslag.get_filename(), verslag.get_content()) == ("verslag.pdf", b"%PDF-1.7 \x00\xff")


def test_the_message_id_follows_from_the_row():
    een, twee = maak_bericht(), maak_bericht()

    assert message_id(een) == message_id(Bericht.objects.get(pk=een.pk))
    assert message_id(een) != message_id(twee)
    assert message_id(een).endswith("@127.0.0.1>")


def test_a_second_sending_after_a_crash_is_recognisable(postbus):
    """A worker died after the mail server took the mail and before it could write that down."""
    bericht = maak_bericht()
    verstuur(bericht.pk, nu=NU)
    Bericht.objects.update(status=Berichtstatus.BEZIG, verzonden_op=None)

    verstuur(bericht.pk, nu=NU + VASTGELOPEN + dt.timedelta(seconds=1))

    assert [mail["Message-ID"] for mail in postbus.mails] == [message_id(bericht)] * 2


# When it goes out


@pytest.mark.parametrize(
    ("status", "velden"),
    [
        pytest.param(
            Berichtstatus.WACHT, {"volgende_poging_op": LATER}, id="nog niet aan de beurt"
        ),
        pytest.param(Berichtstatus.BEZIG, {"geclaimd_op": NU}, id="een ander is bezig"),
        pytest.param(
            Berichtstatus.BEZIG, {"geclaimd_op": NU - VASTGELOPEN}, id="een ander is al lang bezig"
        ),
        pytest.param(Berichtstatus.VERZONDEN, {"verzonden_op": NU}, id="al verzonden"),
        pytest.param(Berichtstatus.MISLUKT, {}, id="opgegeven"),
        pytest.param(Berichtstatus.INGETROKKEN, {}, id="ingetrokken"),
    ],
)
def test_a_mail_whose_turn_it_is_not_stays(postbus, status, velden):
    bericht = maak_bericht(status=status, **velden)

    assert verstuur(bericht.pk, nu=NU) is False
    assert verstuur_wachtende(nu=NU) == 0

    bericht.refresh_from_db()
    assert (postbus.mails, bericht.status, bericht.pogingen) == ([], status, 0)


def test_a_mail_of_a_worker_that_died_is_taken_over(postbus):
    bericht = maak_bericht(
        status=Berichtstatus.BEZIG,
        pogingen=1,
        geclaimd_op=NU - VASTGELOPEN - dt.timedelta(seconds=1),
    )

    assert verstuur(bericht.pk, nu=NU) is True

    bericht.refresh_from_db()
    assert (len(postbus.mails), bericht.status, bericht.pogingen) == (1, Berichtstatus.VERZONDEN, 2)


def test_a_mail_that_kills_every_worker_is_given_up(postbus):
    bericht = maak_bericht(
        status=Berichtstatus.BEZIG,
        pogingen=POGINGEN,
        geclaimd_op=NU - VASTGELOPEN - dt.timedelta(seconds=1),
    )

    assert verstuur(bericht.pk, nu=NU) is False

    bericht.refresh_from_db()
    assert (postbus.mails, bericht.status, bericht.fout) == (
        [],
        Berichtstatus.MISLUKT,
        "telkens afgebroken",
    )


def test_the_pick_up_sends_what_waits_oldest_first(postbus):
    maak_bericht(titel="tweede", volgende_poging_op=NU - dt.timedelta(minutes=1))
    maak_bericht(titel="eerste", volgende_poging_op=NU - dt.timedelta(minutes=2))
    maak_bericht(titel="morgen", volgende_poging_op=NU + dt.timedelta(days=1))

    assert verstuur_wachtende(nu=NU) == 2

    assert [mail["Subject"] for mail in postbus.mails] == ["eerste", "tweede"]


def test_the_pick_up_is_bounded_in_number(postbus, monkeypatch):
    monkeypatch.setattr("loket.domain.verzenden.PARTIJ", 2)
    for _ in range(3):
        maak_bericht()

    assert (verstuur_wachtende(nu=NU), verstuur_wachtende(nu=NU)) == (2, 1)
    assert PARTIJ == 200


def test_the_pick_up_is_bounded_in_time(postbus, monkeypatch):
    monkeypatch.setattr("loket.domain.verzenden.PARTIJ_SECONDEN", 0.2)
    postbus.vertraging = 0.3
    for _ in range(3):
        maak_bericht()

    assert verstuur_wachtende(nu=NU) == 1


def test_one_mail_that_fails_does_not_stop_the_others(postbus):
    maak_bericht(aan="geen adres\nBcc: iedereen@voorbeeld.test", titel="stuk")
    maak_bericht(titel="goed")

    assert verstuur_wachtende(nu=NU) == 1

    assert [mail["Subject"] for mail in postbus.mails] == ["goed"]
    assert Bericht.objects.get(titel="stuk").status == Berichtstatus.WACHT


def test_the_tasks_send_now(postbus):
    een, twee = maak_bericht(titel="een"), maak_bericht(titel="twee")

    verstuur_bericht(een.pk)
    verstuur_berichten()

    assert [mail["Subject"] for mail in postbus.mails] == ["een", "twee"]
    assert Bericht.objects.get(pk=twee.pk).status == Berichtstatus.VERZONDEN


def test_a_mail_that_is_gone_is_no_error(postbus):
    assert verstuur(123456789, nu=NU) is False


# When it fails


def test_a_failing_mail_waits_longer_each_time_and_is_given_up(postbus):
    postbus.weiger = "450 mailbox van"
    bericht = maak_bericht(aan="amina@voorbeeld.test")
    nu, wachttijden = NU, []

    for _ in range(POGINGEN - 1):
        assert verstuur(bericht.pk, nu=nu) is False
        bericht.refresh_from_db()
        assert bericht.status == Berichtstatus.WACHT
        wachttijden.append(bericht.volgende_poging_op - nu)
        nu = bericht.volgende_poging_op
    verstuur(bericht.pk, nu=nu)

    bericht.refresh_from_db()
    assert wachttijden == list(UITSTEL)
    assert [w.total_seconds() / 60 for w in wachttijden] == [1, 5, 30, 120, 720]
    assert (bericht.status, bericht.pogingen) == (Berichtstatus.MISLUKT, 6)
    assert bericht.fout == "SMTPRecipientsRefused 450"


def test_a_mail_that_failed_goes_out_when_the_server_is_back(postbus):
    postbus.weiger = "451 later"
    bericht = maak_bericht()
    verstuur(bericht.pk, nu=NU)
    postbus.weiger = ""

    assert verstuur(bericht.pk, nu=NU + UITSTEL[0]) is True

    bericht.refresh_from_db()
    assert (bericht.status, bericht.fout, bericht.pogingen) == (Berichtstatus.VERZONDEN, "", 2)


def test_without_a_mail_server_the_mail_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = dicht.getsockname()
        bericht = maak_bericht()

        assert verstuur(bericht.pk, nu=NU) is False

    bericht.refresh_from_db()
    assert (bericht.status, bericht.fout) == (Berichtstatus.WACHT, "ConnectionRefusedError")


@pytest.mark.parametrize(
    ("fout", "tekst"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a@b.be": (550, b"no a@b.be here")}),
            "SMTPRecipientsRefused 550",
        ),
        (smtplib.SMTPDataError(554, b"a@b.be is spam"), "SMTPDataError 554"),
        (smtplib.SMTPServerDisconnected("a@b.be"), "SMTPServerDisconnected"),
        (TimeoutError("a@b.be"), "TimeoutError"),
    ],
)
def test_the_reason_of_a_failure_holds_no_address(fout, tekst):
    assert omschrijf(fout) == tekst


# Withdrawn


def test_a_withdrawn_mail_never_goes_out(postbus):
    over = maak_loket()
    bericht = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk)
    ander = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk + 1)

    assert stop_berichten_over(over) == 1
    verstuur_wachtende(nu=LATER)

    bericht.refresh_from_db()
    assert bericht.status == Berichtstatus.INGETROKKEN
    assert [mail["To"] for mail in postbus.mails] == [ander.aan]


def test_a_mail_withdrawn_between_the_claim_and_the_sending_does_not_go_out(postbus, monkeypatch):
    over = maak_loket()
    bericht = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk)
    echt = verzenden.claim

    def claim_en_dan_vervalt_de_vraag(pk, *, nu):
        return echt(pk, nu=nu) and stop_berichten_over(over) == 1

    monkeypatch.setattr(verzenden, "claim", claim_en_dan_vervalt_de_vraag)

    assert verstuur(bericht.pk, nu=NU) is False

    bericht.refresh_from_db()
    assert (postbus.mails, bericht.status) == ([], Berichtstatus.INGETROKKEN)


def test_what_was_sent_is_not_withdrawn(postbus):
    over = maak_loket()
    bericht = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk)
    verstuur(bericht.pk, nu=NU)

    assert stop_berichten_over(over) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_withdrawn_while_it_fails_is_not_tried_again(postbus):
    over = maak_loket()
    bericht = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk)
    # The server takes the recipient, and while it takes the mail the question lapses; then the
    # line breaks.
    postbus.tijdens = lambda: (_trek_in(over), (_ for _ in ()).throw(ConnectionResetError))

    assert verstuur(bericht.pk, nu=NU) is False

    bericht.refresh_from_db()
    assert (bericht.status, postbus.mails) == (Berichtstatus.INGETROKKEN, [])
    assert verstuur_wachtende(nu=NU + dt.timedelta(days=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_withdrawn_while_it_arrives_is_recorded_as_sent(postbus):
    """The record says what happened, also when it happened a moment too late."""
    over = maak_loket()
    bericht = maak_bericht(onderwerp_soort="loket.loket", onderwerp_id=over.pk)
    postbus.tijdens = lambda: _trek_in(over)

    assert verstuur(bericht.pk, nu=NU) is True

    bericht.refresh_from_db()
    assert (bericht.status, bericht.verzonden_op) == (Berichtstatus.VERZONDEN, NU)


def _trek_in(over) -> None:
    stop_berichten_over(over)
    connection.close()


# Sensitive


def test_a_sign_in_code_is_wiped_once_it_was_sent(postbus):
    bericht = maak_bericht(gevoelig=True, tekst="Je code is: 1234-5678", html="<p>1234-5678</p>")
    gewoon = maak_bericht()

    verstuur_wachtende(nu=NU)

    bericht.refresh_from_db()
    gewoon.refresh_from_db()
    assert (bericht.tekst, bericht.html) == ("", "")
    assert "1234-5678" in postbus.mails[0].get_body(("plain",)).get_content()
    assert gewoon.tekst == "Dag,\n\nDit is de tekst.\n"


def test_a_sign_in_code_that_no_longer_works_is_not_sent(postbus):
    bericht = maak_bericht(gevoelig=True, tekst="Je code is: 1234-5678")

    assert verstuur(bericht.pk, nu=NU + dt.timedelta(minutes=10)) is False

    bericht.refresh_from_db()
    assert (bericht.status, bericht.tekst, bericht.fout) == (Berichtstatus.MISLUKT, "", "te laat")
    assert postbus.mails == []


# Putting a mail in the outbox


def test_the_styles_are_put_in_the_elements():
    bericht = leg_klaar(
        "toegang/code", aan="amina@voorbeeld.test", nu=NU, context={"code": "1234-5678"}
    )

    assert '<body style="' in bericht.html
    assert "font-size: 26px" in bericht.html.partition("<h1")[2].partition(">")[0]
    stijl = bericht.html.partition("<style>")[2].partition("</style>")[0]
    assert "prefers-color-scheme" in stijl
    assert ".mail" not in stijl.partition("@media")[0]


def test_the_same_key_gives_one_mail():
    een = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU, sleutel="herinnering:7")
    twee = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=LATER, sleutel="herinnering:7")

    assert (een.pk, Bericht.objects.count()) == (twee.pk, 1)


def test_without_an_address_there_is_no_mail():
    assert leg_klaar("toegang/code", aan="", nu=NU) is None
    assert Bericht.objects.count() == 0


def test_a_mail_belongs_to_its_subject_and_reader():
    loket, amina = maak_loket(), maak_gebruiker("amina@voorbeeld.test")

    bericht = leg_klaar(
        "toegang/code", aan=amina.email, nu=NU, loket=loket, onderwerp=loket, ontvanger=amina
    )

    assert list(Bericht.objects.over(loket)) == [bericht]
    assert list(amina.berichten.all()) == [bericht]
    assert (bericht.titel, bericht.status, bericht.volgende_poging_op) == (
        "Je code om je aan te melden",
        Berichtstatus.WACHT,
        NU,
    )


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_decision_that_was_rolled_back_does_not_exist():
    with transaction.atomic():
        leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU)
        transaction.set_rollback(True)

    assert Bericht.objects.count() == 0


# Redis is gone


def _leg_drie_klaar_met_broker(url: str) -> float:
    """Give how long three mails of one decision take, in seconds."""
    app = Celery("proef", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = url
    app.set_current()
    begin = time.monotonic()
    try:
        with transaction.atomic():
            for n in range(3):
                leg_klaar("toegang/code", aan=f"ouder{n}@voorbeeld.test", nu=NU)
        return time.monotonic() - begin
    finally:
        celery_app.set_current()
        app.close()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_refuses_holds_nothing_up_and_the_mail_is_sent_later(postbus, caplog):
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        duur = _leg_drie_klaar_met_broker(f"redis://127.0.0.1:{dicht.getsockname()[1]}/0")

    assert duur < 1
    assert [r.getMessage() for r in caplog.records if r.name == "loket.domain.berichten"] == [
        "the broker can't be reached; mail waits for the periodic pick-up"
    ]
    assert verstuur_wachtende(nu=NU) == 3


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_holds_a_page_up_once(postbus):
    with socket.create_server(("127.0.0.1", 0)) as stil:
        aangenomen: list[socket.socket] = []

        def neem_aan() -> None:
            while True:
                try:
                    aangenomen.append(stil.accept()[0])
                except OSError:
                    return

        draad = threading.Thread(target=neem_aan, daemon=True)
        draad.start()
        duur = _leg_drie_klaar_met_broker(f"redis://127.0.0.1:{stil.getsockname()[1]}/0")
        for verbinding in aangenomen:
            verbinding.close()
        stil.shutdown(socket.SHUT_RDWR)
    draad.join(5)

    assert aangenomen
    assert 1 < duur < 4
    assert verstuur_wachtende(nu=NU) == 3


# The states


def test_every_state_is_in_the_table_of_transitions():
    assert set(OVERGANGEN) == set(Berichtstatus)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_given_up_mail_may_be_tried_again_by_hand(mailoutbox):
    bericht = maak_bericht(status=Berichtstatus.MISLUKT, pogingen=6)
    assert Berichtstatus.WACHT in OVERGANGEN[Berichtstatus.MISLUKT]
    Bericht.objects.filter(pk=bericht.pk).update(status=Berichtstatus.WACHT, pogingen=0)

    assert verstuur(bericht.pk, nu=NU) is True
    assert [mail.to for mail in mailoutbox] == [[bericht.aan]]
