"""Who calls the API: the organisator behind a key. Named in the settings: this imports no view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from loket.api.grenzen import tel_mislukte_sleutel
from opvang.domain.api_sleutels import vind_sleutel
from opvang.models import ApiSleutel, Opvanglocatie


@dataclass(frozen=True, slots=True)
class Sleutelhouder:
    """The organisator behind a key, in the place of a user."""

    sleutel: ApiSleutel
    is_authenticated: ClassVar[bool] = True


class SleutelAuthenticatie(BaseAuthentication):
    """`Authorization: Api-Key <secret>`; a key acts for one organisator, no cookie counts."""

    def authenticate(self, request: Request) -> tuple[Sleutelhouder, ApiSleutel] | None:
        soort, _spatie, geheim = request.headers.get("Authorization", "").partition(" ")
        if soort.lower() != "api-key":
            return None
        geheim = geheim.strip()
        leesbaar = geheim.isascii() and geheim.isprintable()
        sleutel = vind_sleutel(geheim, nu=timezone.now()) if leesbaar else None
        if sleutel is None:
            tel_mislukte_sleutel(request)
            raise exceptions.AuthenticationFailed(
                _("Deze sleutel bestaat niet, of is ingetrokken.")
            )
        return Sleutelhouder(sleutel), sleutel

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 -- DRF's signature
        return 'Api-Key realm="Lokaal Loket Kinderopvang"'


def sleutel_van(request: Request) -> ApiSleutel:
    assert isinstance(request.auth, ApiSleutel)
    return request.auth


def namens(sleutel: ApiSleutel) -> str:
    """Say in the logbook who acted: the key, by the name that its owner gave it."""
    return f"API-sleutel {sleutel.naam}"


def locaties_van(sleutel: ApiSleutel) -> QuerySet[Opvanglocatie]:
    return Opvanglocatie.objects.filter(organisator=sleutel.organisator_id)
