"""What allauth does our way: its mails go through the outbox, and nobody signs up with a form."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.context import Gezicht
from loket.domain.aanmelden import SJABLOON_AFGESLOTEN, SJABLOON_CODE
from loket.domain.berichten import leg_klaar
from loket.models import Gebruiker

#: The mails of allauth that we send, each with our own template; any other one fails loudly.
SJABLONEN = {
    "account/email/login_code": SJABLOON_CODE,
    # allauth sends this where it may not sign somebody in; here that is an account that was closed.
    "account/email/unknown_account": SJABLOON_AFGESLOTEN,
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en dit wachtwoord horen niet samen. Probeer opnieuw of vraag een code."
        ),
        "too_many_login_attempts": _(
            "Er waren te veel pogingen na elkaar. Wacht vijf minuten, of vraag een code."
        ),
        "enter_current_password": _("Dit is niet je huidige wachtwoord."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth asks
        """Refuse: an account comes with the first code, or with a role that a manager gives."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox."""
        ontvanger = Gebruiker.objects.alias(laag=Lower("email")).filter(laag=email.lower()).first()
        leg_klaar(
            SJABLONEN[template_prefix],
            aan=email,
            nu=timezone.now(),
            context={
                "code": context.get("code", ""),
                "minuten": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
                "url": f"{settings.SITE_URL}{reverse('account_confirm_login_code')}",
            },
            loket=Gezicht(self.request).loket,
            ontvanger=ontvanger,
            gevoelig=True,
        )
