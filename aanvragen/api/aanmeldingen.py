"""The requests at the locations of the organisator that calls, and its answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from aanvragen.api.antwoorden import IN_SCHEMA, lees_antwoord
from aanvragen.api.vormen import (
    VOORBEELD_BLAD,
    VOORBEELD_MET_CONTACT,
    AanmeldingenVorm,
    AanmeldingMetContactVorm,
    AanmeldingVorm,
)
from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.passen import contact_zichtbaar, staat_open
from aanvragen.models import Aanmelding as Aanmeldingrij
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket.api.adressen import Verzameling, etag_van, keur_if_match
from loket.api.problemen import FoutInVraag
from loket.api.schema import CURSOR, PAGE_SIZE, fouten
from loket.api.view import ApiView
from loket.domain.logboek import gebeurtenissen_van, leg_inzage_vast, leg_vast
from opvang.api.sleutel import namens, sleutel_van
from opvang.api.week import DAGEN, EERSTE_JAAR, LAATSTE_JAAR
from opvang.models import ApiSleutel

if TYPE_CHECKING:
    from uuid import UUID

_EEN_UUR = dt.timedelta(hours=1)


def aanmeldingen_van(sleutel: ApiSleutel) -> QuerySet[Aanmeldingrij]:
    """Find what was sent to this organisator; a question that still waits at the loket was not."""
    return (
        Aanmeldingrij.objects.filter(locatie__organisator=sleutel.organisator_id)
        .exclude(opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND])
        .select_related(
            "locatie",
            "opvangvraag__loket",
            "opvangvraag__aanvrager",
            "opvangvraag__kind__gezin",
        )
        .prefetch_related("voorstellen")
    )


def _statussen(request: Request) -> list[str]:
    gevraagd = request.query_params.get("status", "")
    statussen = [deel for deel in gevraagd.split(",") if deel]
    if set(statussen) - set(Aanmeldingstatus.values):
        raise FoutInVraag(
            "status", _("Kies uit: %(codes)s.") % {"codes": ", ".join(Aanmeldingstatus.values)}
        )
    return statussen


def _gewijzigd_sinds(request: Request) -> dt.datetime | None:
    """Read a moment or a day; without time zone it is local time."""
    # A plus that was not encoded arrives as a space.
    ruw = request.query_params.get("gewijzigdSinds", "").replace(" ", "+")
    if not ruw:
        return None
    try:
        moment = parse_datetime(ruw)
        if moment is None and (dag := parse_date(ruw)):
            moment = dt.datetime.combine(dag, dt.time.min)
    except ValueError:
        moment = None
    if moment is None or not EERSTE_JAAR <= moment.year <= LAATSTE_JAAR:
        raise FoutInVraag(
            "gewijzigdSinds", _("Schrijf een tijdstip, zoals 2027-03-01T08:00:00Z, of een dag.")
        )
    return moment if moment.tzinfo else timezone.make_aware(moment)


ID = OpenApiParameter("aanmelding", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH)
_ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200], description="De versie van dit antwoord."
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="De ETag van wat je ophaalde. Is de vraag intussen veranderd, dan hoor je dat.",
)
_MA_DI = [
    {"dag": dag, "voormiddag": dag in DAGEN[:2], "namiddag": dag in DAGEN[:2]} for dag in DAGEN
]
VOORBEELDEN = {
    "wachtlijst": {"soort": "wachtlijst", "toelichting": "We bellen zodra er plaats is."},
    "weigering": {"soort": "weigering", "reden": "volzet"},
    "voorstel": {"soort": "voorstel", "start": "2027-09-01", "week": _MA_DI},
}


class Aanmeldingen(ApiView):
    @extend_schema(
        operation_id="aanmeldingenLezen",
        summary="Mijn aanmeldingen",
        description="Vragen van gezinnen bij mijn locaties, wat het langst niet veranderde eerst. "
        "Onthoud de laatste gewijzigdOp en vraag de volgende keer wat sindsdien veranderde. "
        "Ophalen telt niet als antwoorden.",
        parameters=[
            OpenApiParameter(
                "status",
                str,
                description="Eén of meer statussen, met een komma ertussen: "
                + ", ".join(Aanmeldingstatus.values),
            ),
            OpenApiParameter(
                "gewijzigdSinds",
                {"type": "string", "format": "date-time"},
                description="Alleen wat op of na dit tijdstip veranderde.",
            ),
            PAGE_SIZE,
            CURSOR,
        ],
        responses={200: AanmeldingenVorm, **fouten(400)},
        examples=[OpenApiExample("Eerste blad", value=VOORBEELD_BLAD, response_only=True)],
        tags=["Aanmeldingen"],
    )
    def get(self, request: Request) -> Response:
        verzameling = Verzameling(
            request, volgorde=["gewijzigd_op", "uuid"], filters=["status", "gewijzigdSinds"]
        )
        rijen = aanmeldingen_van(sleutel_van(request))
        if statussen := _statussen(request):
            rijen = rijen.filter(status__in=statussen)
        if sinds := _gewijzigd_sinds(request):
            rijen = rijen.filter(gewijzigd_op__gte=sinds)
        blad, rand = verzameling.blad(rijen)
        return Response({"items": AanmeldingVorm(blad, many=True).data, **rand})


class Aanmelding(ApiView):
    @extend_schema(
        operation_id="aanmeldingLezen",
        summary="Eén aanmelding",
        description="Met de gegevens van het gezin zodra je een plaats voorstelde. Het gezin ziet "
        "dat je die opende.",
        parameters=[ID, _ETAG],
        responses={200: AanmeldingMetContactVorm, **fouten(404)},
        examples=[OpenApiExample("Met voorstel", VOORBEELD_MET_CONTACT, response_only=True)],
        tags=["Aanmeldingen"],
    )
    def get(self, request: Request, aanmelding: UUID) -> Response:
        sleutel = sleutel_van(request)
        return _detail(get_object_or_404(aanmeldingen_van(sleutel), uuid=aanmelding), sleutel)


class Antwoord(ApiView):
    @extend_schema(
        operation_id="aanmeldingBeantwoorden",
        summary="Antwoord op een aanmelding",
        description="Zet het gezin op je wachtlijst, zeg dat er geen plaats is, of stel een plaats "
        "voor. Het gezin krijgt meteen een mail. Andere dagen of een andere start dan gevraagd "
        "worden vanzelf een afwijkend voorstel: kijk naar status in het antwoord.",
        parameters=[ID, _IF_MATCH, _ETAG],
        request=IN_SCHEMA,
        responses={200: AanmeldingMetContactVorm, **fouten(400, 404, 409, 412)},
        examples=[
            OpenApiExample(naam.capitalize(), value=voorbeeld, request_only=True)
            for naam, voorbeeld in VOORBEELDEN.items()
        ]
        + [OpenApiExample("Na een voorstel", VOORBEELD_MET_CONTACT, response_only=True)],
        tags=["Aanmeldingen"],
    )
    def post(self, request: Request, aanmelding: UUID) -> Response:
        sleutel = sleutel_van(request)
        rij = get_object_or_404(aanmeldingen_van(sleutel), uuid=aanmelding)
        keur_if_match(request, _etag(rij), verplicht=False)
        antwoord = lees_antwoord(request.data)
        if not staat_open(rij):
            raise OngeldigeOvergang
        antwoord.voer_uit(rij, door=None, nu=timezone.now(), namens=namens(sleutel))
        return _detail(aanmeldingen_van(sleutel).get(pk=rij.pk), sleutel)


def _etag(aanmelding: Aanmeldingrij) -> str:
    return etag_van(AanmeldingMetContactVorm(aanmelding).data)


def _detail(aanmelding: Aanmeldingrij, sleutel: ApiSleutel) -> Response:
    """Answer with one request; who may know the family is also known to the family."""
    if contact_zichtbaar(aanmelding):
        _noteer_inzage(aanmelding, sleutel)
    inhoud = AanmeldingMetContactVorm(aanmelding).data
    return Response(inhoud, headers={"ETag": etag_van(inhoud)})


def _noteer_inzage(aanmelding: Aanmeldingrij, sleutel: ApiSleutel) -> None:
    """Note it for the person who made the key, or for the key itself when that person is gone."""
    vraag, nu = aanmelding.opvangvraag, timezone.now()
    if sleutel.aangemaakt_door is not None:
        reden = _("contactgegevens opvang, via de API")
        leg_inzage_vast(vraag, door=sleutel.aangemaakt_door, nu=nu, reden=reden)
        return
    gegevens: dict[str, Any] = {"aanmelding": aanmelding.pk, "locatie": aanmelding.locatie.naam}
    werkwoord = "aanvragen.contact.gelezen"
    recent = gebeurtenissen_van(vraag).filter(
        werkwoord=werkwoord, op__gt=nu - _EEN_UUR, gegevens__aanmelding=aanmelding.pk
    )
    if not recent.exists():
        leg_vast(
            werkwoord,
            vraag,
            door=None,
            nu=nu,
            loket=vraag.loket,
            namens=namens(sleutel),
            **gegevens,
        )
