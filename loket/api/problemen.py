"""Every error as a problem (RFC 9457), with the URNs of Belgif and a Dutch sentence."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from loket.api.vorm import ONBEKEND, veilig
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering

logboek = logging.getLogger(__name__)
Issue: TypeAlias = dict[str, str]

BELGIF = "urn:problem-type:belgif:"
EIGEN = "urn:problem-type:lokaalloket:"
MEDIATYPE = "application/problem+json"
#: Kinds of problem by status: URN, and a stable title in English.
SOORTEN: dict[int, tuple[str, str]] = {
    400: (f"{BELGIF}badRequest", "Bad Request"),
    401: (f"{BELGIF}noAccessToken", "No Access Token"),
    403: (f"{BELGIF}missingPermission", "Missing Permission"),
    404: (f"{BELGIF}resourceNotFound", "Resource Not Found"),
    405: (f"{EIGEN}methodNotAllowed", "Method Not Allowed"),
    409: (f"{EIGEN}conflict", "Conflict"),
    412: (f"{EIGEN}preconditionFailed", "Precondition Failed"),
    413: (f"{BELGIF}payloadTooLarge", "Payload Too Large"),
    415: (f"{EIGEN}unsupportedMediaType", "Unsupported Media Type"),
    428: (f"{EIGEN}preconditionRequired", "Precondition Required"),
    429: (f"{BELGIF}tooManyRequests", "Too Many Requests"),
    500: (f"{BELGIF}internalServerError", "Internal Server Error"),
    503: (f"{BELGIF}serviceUnavailable", "Service Unavailable"),
}
VERKEERDE_SLEUTEL = (f"{BELGIF}invalidAccessToken", "Invalid Access Token")
GEWEIGERD = (f"{EIGEN}refused", "Refused")
ISSUE_ONGELDIG = f"{BELGIF}input-validation:invalidInput"
ISSUE_ONBEKEND = f"{BELGIF}input-validation:unknownInput"

#: Our words in place of those of DRF and Django.
_ZINNEN: dict[type[Exception], Any] = {
    exceptions.ValidationError: gettext_lazy("De invoer klopt niet. Kijk bij issues wat mis is."),
    exceptions.NotAuthenticated: gettext_lazy(
        "Stuur je sleutel mee in de kop Authorization: Api-Key <sleutel>."
    ),
    exceptions.NotFound: gettext_lazy("Dit bestaat niet, of het is niet van jou."),
    exceptions.PermissionDenied: gettext_lazy("Dit mag niet met deze sleutel."),
    exceptions.MethodNotAllowed: gettext_lazy("Deze methode kan hier niet."),
    exceptions.UnsupportedMediaType: gettext_lazy("Stuur de inhoud als application/json."),
    exceptions.Throttled: gettext_lazy("Te veel vragen kort na elkaar. Wacht even."),
}


class Conflict(exceptions.APIException):
    """Something else holds now; what was asked does not fit with it."""

    status_code = HTTPStatus.CONFLICT
    default_detail = gettext_lazy("Dat kan niet samen met wat er al staat.")
    default_code = "conflict"


class Druk(exceptions.APIException):
    """A lock or the database made us wait too long."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = gettext_lazy("Het is even druk. Probeer het zo opnieuw.")
    default_code = "service_unavailable"


class OnzeFout(exceptions.APIException):
    default_detail = gettext_lazy("Er ging iets mis bij ons. Het is gemeld.")


class VoorwaardeNietVoldaan(exceptions.APIException):
    """The client saw an older version: If-Match names another ETag."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = gettext_lazy(
        "Dit is intussen veranderd. Haal het opnieuw op en stuur de nieuwe ETag mee in If-Match."
    )
    default_code = "precondition_failed"


class VoorwaardeNodig(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = gettext_lazy(
        "Stuur in If-Match de ETag mee van wat je ophaalde. Zo overschrijf je niets van een ander."
    )
    default_code = "precondition_required"


class FoutInVraag(exceptions.ValidationError):
    """A parameter in the address is wrong."""

    def __init__(self, naam: str, detail: str, *, code: str = "invalid") -> None:
        super().__init__({veilig(naam): [serializers.ErrorDetail(detail, code=code)]})


def probleem(fout: Exception, context: dict[str, Any]) -> Response:
    """Answer an exception as a problem, also our own mistakes.

    `instance` names this one occurrence and stands in our log. What was sent is not repeated.
    """
    set_rollback()
    spoor = f"urn:uuid:{uuid.uuid4()}"
    antwoord = _als_antwoord(fout)
    soort, titel = _soort(fout, antwoord.status_code)
    inhoud: dict[str, Any] = {
        "type": soort,
        "title": titel,
        "status": antwoord.status_code,
        "detail": str(_ZINNEN.get(type(antwoord), antwoord.detail)),
        "instance": spoor,
    }
    koppen = {}
    if isinstance(antwoord, exceptions.ValidationError):
        inhoud["detail"] = str(_ZINNEN[exceptions.ValidationError])
        plaats = "query" if isinstance(antwoord, FoutInVraag) else "body"
        inhoud["issues"] = list(_issues(antwoord.get_full_details(), plaats))
    if isinstance(antwoord, exceptions.Throttled):
        koppen["Retry-After"] = str(int(getattr(antwoord, "wait", None) or 1))
    if isinstance(antwoord, Druk):
        koppen["Retry-After"] = "5"
    if kop := getattr(antwoord, "auth_header", None):
        koppen["WWW-Authenticate"] = str(kop)
    if antwoord.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(antwoord, Conflict):
        pad = getattr(context.get("request"), "path", "")
        logboek.error("%s at %s", spoor, pad, exc_info=fout)
    return Response(inhoud, status=antwoord.status_code, headers=koppen, content_type=MEDIATYPE)


def _als_antwoord(fout: Exception) -> exceptions.APIException:
    """Find the answer that fits an exception of Django, the database or the rules."""
    if isinstance(fout, exceptions.APIException):
        return fout
    if isinstance(fout, Weigering):
        return Geweigerd(str(fout))
    for soort, antwoord in (
        (Http404, exceptions.NotFound),
        (PermissionDenied, exceptions.PermissionDenied),
        (OperationalError, Druk),
        (IntegrityError, Conflict),
        (DataError, Conflict),
    ):
        if isinstance(fout, soort):
            return antwoord()
    return OnzeFout()


class Geweigerd(exceptions.APIException):
    """A rule said no, in a sentence that may be shown."""

    status_code = HTTPStatus.CONFLICT


def _soort(fout: Exception, status: int) -> tuple[str, str]:
    if isinstance(fout, exceptions.AuthenticationFailed):
        return VERKEERDE_SLEUTEL
    if isinstance(fout, Weigering) and not isinstance(fout, OngeldigeOvergang | IntussenGewijzigd):
        return GEWEIGERD
    return SOORTEN.get(status, SOORTEN[HTTPStatus.BAD_REQUEST])


def _issues(details: Any, plaats: str, pad: str = "") -> Iterator[Issue]:
    """Flatten DRF's tree of errors: one issue per field, with its path (`periodes[0].vrij`)."""
    if _is_blad(details):
        issue = {
            "type": ISSUE_ONBEKEND if details["code"] == ONBEKEND else ISSUE_ONGELDIG,
            "in": plaats,
            "detail": str(details["message"]),
        }
        yield {**issue, "name": pad} if pad else issue
    elif isinstance(details, dict):
        for naam, deel in details.items():
            yield from _issues(deel, plaats, _onder(pad, naam))
    else:
        for nummer, deel in enumerate(details):
            if deel:
                yield from _issues(deel, plaats, pad if _is_blad(deel) else f"{pad}[{nummer}]")


def _is_blad(details: Any) -> bool:
    return isinstance(details, dict) and set(details) == {"message", "code"}


def _onder(pad: str, naam: object) -> str:
    """Write the path of a part: a field, a place in a list, or the thing as a whole."""
    if naam == "non_field_errors":
        return pad
    if isinstance(naam, int):
        return f"{pad}[{naam}]"
    return f"{pad}.{naam}" if pad else str(naam)
