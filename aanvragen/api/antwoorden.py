"""The answers that a provider may send: the same rules as on the screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from aanvragen.domain.beantwoorden import laat_wachten, weiger
from aanvragen.domain.voorstellen import doe_voorstel, doe_voorstel_met_nieuwe_plaats
from aanvragen.models import Aanmelding
from aanvragen.workflow import Weigerreden
from loket.api.vorm import Vorm, keur
from opvang.api.vrije_plaatsen import vind_periode
from opvang.api.week import DagVeld, WeekVeld

#: A family gets at least a day to think, and an offer does not stand forever.
KORTSTE_BEDENKTIJD, LANGSTE_BEDENKTIJD = dt.timedelta(days=1), dt.timedelta(days=90)


class AntwoordVorm(Vorm):
    """What every answer has."""

    toelichting = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=500,
        help_text="Je eigen woorden aan het gezin.",
    )

    def voer_uit(self, aanmelding: Aanmelding, **wie: Any) -> None:
        raise NotImplementedError


class WachtlijstVorm(AntwoordVorm):
    """No place now; the family stays on the list of this location."""

    soort = serializers.ChoiceField(choices=["wachtlijst"])

    def voer_uit(self, aanmelding: Aanmelding, **wie: Any) -> None:
        laat_wachten(aanmelding, toelichting=self.validated_data["toelichting"], **wie)


class WeigeringVorm(AntwoordVorm):
    """No place, and why."""

    soort = serializers.ChoiceField(choices=["weigering"])
    reden = serializers.ChoiceField(choices=Weigerreden.choices)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["reden"] == Weigerreden.ANDERS and not attrs["toelichting"]:
            raise serializers.ValidationError(
                {"toelichting": _("Schrijf kort wat de reden is. Het gezin leest dit.")}
            )
        return attrs

    def voer_uit(self, aanmelding: Aanmelding, **wie: Any) -> None:
        weiger(
            aanmelding,
            reden=Weigerreden(self.validated_data["reden"]),
            toelichting=self.validated_data["toelichting"],
            **wie,
        )


class VoorstelDoenVorm(AntwoordVorm):
    """A place. With other days or another start than asked it becomes a deviating offer."""

    soort = serializers.ChoiceField(choices=["voorstel", "afwijkend"])
    start = DagVeld(help_text="Eerste dag van de opvang, vandaag of later.")
    einde = DagVeld(
        required=False,
        allow_null=True,
        default=None,
        help_text="Eerste dag zonder opvang. Leeg: geen einde.",
    )
    week = WeekVeld()
    aanbod_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="De periode waaruit je de plaats geeft (zie Vrije plaatsen). Zonder id komt er "
        "een nieuwe periode bij voor precies deze dagen.",
    )
    geldig_tot = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Tot wanneer het gezin kan kiezen: 1 tot 90 dagen. Gewoon de bedenktijd van het "
        "loket.",
    )
    reserveert = serializers.BooleanField(
        default=True,
        help_text="Hou de plaats vrij voor dit gezin. Met false mag je dezelfde plaats aan meer "
        "gezinnen voorstellen: wie eerst ja zegt, krijgt ze.",
    )

    def validate_start(self, start: dt.date) -> dt.date:
        if start < timezone.localdate():
            raise serializers.ValidationError(
                _("Deze dag is voorbij. Kies vandaag of een latere dag.")
            )
        return start

    def validate_geldigTot(self, geldig_tot: dt.datetime | None) -> dt.datetime | None:  # noqa: N802 -- DRF finds it by the name in the API
        if geldig_tot is not None:
            nu = timezone.now()
            if not nu + KORTSTE_BEDENKTIJD <= geldig_tot <= nu + LANGSTE_BEDENKTIJD:
                raise serializers.ValidationError(_("Geef het gezin 1 tot 90 dagen bedenktijd."))
        return geldig_tot

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["einde"] is not None and attrs["einde"] <= attrs["start"]:
            raise serializers.ValidationError(
                {"einde": _("Deze dag ligt niet na de start. Kijk beide datums na.")}
            )
        return attrs

    def voer_uit(self, aanmelding: Aanmelding, **wie: Any) -> None:
        gegevens = dict(self.validated_data)
        gegevens.pop("soort")
        publiek = gegevens.pop("aanbod_id")
        gegevens["rooster"] = gegevens.pop("week")
        if publiek is None:
            doe_voorstel_met_nieuwe_plaats(aanmelding, **gegevens, **wie)
            return
        aanbod = vind_periode(aanmelding.locatie_id, publiek)
        if aanbod is None:
            raise serializers.ValidationError(
                {"aanbodId": [_("Deze periode bestaat niet bij deze locatie.")]}
            )
        doe_voorstel(aanmelding, aanbod, **gegevens, **wie)


VORMEN: Mapping[str, type[AntwoordVorm]] = {
    "wachtlijst": WachtlijstVorm,
    "weigering": WeigeringVorm,
    "voorstel": VoorstelDoenVorm,
    "afwijkend": VoorstelDoenVorm,
}
#: All answers as one shape in the schema.
IN_SCHEMA = PolymorphicProxySerializer(
    component_name="Antwoord", serializers=dict(VORMEN), resource_type_field_name="soort"
)


def lees_antwoord(data: Any) -> AntwoordVorm:
    """Find the shape that belongs to `soort` and check it."""
    soort = data.get("soort") if isinstance(data, Mapping) else None
    vorm = VORMEN.get(soort) if isinstance(soort, str) else None
    if vorm is None:
        raise serializers.ValidationError(
            {"soort": [_("Kies wachtlijst, weigering, voorstel of afwijkend.")]}
        )
    antwoord = vorm(data=data)
    keur(antwoord)
    return antwoord
