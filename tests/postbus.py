"""A real mail server on this machine: what reaches it was really sent.

    def test_…(postbus):        # `from tests.postbus import postbus` in the nearest conftest.py
        …
        assert [mail["To"] for mail in postbus.mails] == ["amina@voorbeeld.test"]

`postbus.weiger = "450 later"` refuses the next recipients; `postbus.vertraging` holds every mail
for that many seconds; `postbus.tijdens` is called (in the server's thread) while a mail is being
handed over.
"""

from __future__ import annotations

import email
import email.policy
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller


class Postbus:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.weiger = ""
        self.vertraging = 0.0
        self.tijdens: Callable[[], None] | None = None
        self._slot = threading.Lock()

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if self.weiger:
            return f"{self.weiger} <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope) -> str:  # noqa: N802
        return await server.loop.run_in_executor(None, self._neem_aan, envelope)

    def _neem_aan(self, envelope) -> str:
        if self.tijdens:
            self.tijdens()
        time.sleep(self.vertraging)
        bericht = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(bericht, EmailMessage)
        with self._slot:
            self.mails.append(bericht)
        return "250 OK"


class VrijePoort(Controller):
    """Listens on a port that the system chose."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def postbus(settings) -> Iterator[Postbus]:
    """A mail server of this test alone, to which Django sends."""
    bus = Postbus()
    controller = VrijePoort(bus, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield bus
    controller.stop()
