"""How a request of a family looks in the API: no more than a provider needs at that moment.

Who the family is comes only with an offer (`contact_zichtbaar`); a request that lapsed says nothing
of the family any more.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from aanvragen.domain.passen import contact_zichtbaar, staat_open
from aanvragen.models import Aanmelding, Kind, Opvangvraag
from aanvragen.workflow import (
    Aanmeldingstatus,
    DringendeReden,
    Voorstelstatus,
    Weigerreden,
    Zorgbehoefte,
)
from loket.api.adressen import adres
from loket.api.schema import verzameling
from loket.api.vorm import Vorm
from opvang.api.locaties import LocatieRefVorm
from opvang.api.week import DAGEN, WeekVeld
from opvang.workflow import Ruimer

VERVALLEN = frozenset({Aanmeldingstatus.VERVALLEN, Aanmeldingstatus.VERVALLEN_ELDERS})


class KeuzeOfNiets(serializers.ChoiceField):
    """A code, or null where nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


class KindVorm(Vorm):
    """When the child was born, to the month, or is expected: enough to judge a place."""

    geboren = serializers.BooleanField()
    geboortemaand = serializers.SerializerMethodField(help_text="Jaar en maand: 2026-05.")
    uitgerekend_op = serializers.SerializerMethodField()
    meerling = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "nullable": True})
    def get_geboortemaand(self, kind: Kind) -> str | None:
        return f"{kind.geboortedatum:%Y-%m}" if kind.geboortedatum else None

    @extend_schema_field({"type": "string", "format": "date", "nullable": True})
    def get_uitgerekend_op(self, kind: Kind) -> str | None:
        return None if kind.geboren else kind.rekendatum.isoformat()

    def get_meerling(self, kind: Kind) -> bool:
        return kind.meerling is not None


class VraagVorm(Vorm):
    """What the family asks."""

    referentie = serializers.CharField(help_text="Noem deze aan de telefoon met het loket.")
    gewenste_start = serializers.DateField()
    gewenst_einde = serializers.DateField(
        allow_null=True, help_text="Eerste dag zonder opvang. Leeg: geen einde gekend."
    )
    week = WeekVeld()
    week_wissel = WeekVeld(allow_null=True, help_text="De andere week, als de weken verschillen.")
    flexibel_weken = serializers.IntegerField(
        help_text="Zoveel weken mag de start vroeger of later zijn."
    )
    flexibel_dagen = serializers.BooleanField(help_text="Een andere dag mag ook.")
    kind = KindVorm()
    dringende_reden = KeuzeOfNiets(choices=DringendeReden.choices)
    zorgbehoefte = KeuzeOfNiets(choices=[keuze for keuze in Zorgbehoefte.choices if keuze[0]])
    ruimere_uren = serializers.ListField(child=serializers.ChoiceField(choices=Ruimer.choices))


class VoorstelVorm(Vorm):
    """The last offer to this family."""

    status = serializers.ChoiceField(choices=Voorstelstatus.choices)
    start = serializers.DateField()
    einde = serializers.DateField(allow_null=True, help_text="Eerste dag zonder opvang.")
    week = WeekVeld()
    reserveert = serializers.BooleanField(
        help_text="De plaatsen blijven vrij voor dit gezin zolang het voorstel loopt."
    )
    geldig_tot = serializers.DateTimeField()
    gedaan_op = serializers.DateTimeField()


class ContactVorm(Vorm):
    """Who asks. Use it for this question alone: the family sees that it was opened."""

    naam = serializers.CharField(source="aanvrager.__str__")
    kind = serializers.CharField(source="kind.naam")
    email = serializers.CharField(source="aanvrager.email", help_text="Leeg als er geen is.")
    telefoon = serializers.CharField(source="aanvrager.telefoon", help_text="Leeg als er geen is.")
    tolk = serializers.BooleanField(source="kind.gezin.tolk", help_text="Wil hulp van een tolk.")


class AanmeldingVorm(Vorm):
    """The request of one family at one location."""

    id = serializers.UUIDField(source="uuid")
    href = serializers.SerializerMethodField()
    locatie = LocatieRefVorm()
    status = serializers.ChoiceField(choices=Aanmeldingstatus.choices)
    kan_beantwoorden = serializers.SerializerMethodField()
    verzonden_op = serializers.DateTimeField()
    antwoord_voor = serializers.DateField(help_text="Het gezin wacht op antwoord tot deze dag.")
    beantwoord_op = serializers.DateTimeField(allow_null=True)
    gewijzigd_op = serializers.DateTimeField()
    weigerreden = KeuzeOfNiets(choices=Weigerreden.choices)
    toelichting = serializers.CharField(allow_blank=True, help_text="Wat jij het gezin schreef.")
    vraag = serializers.SerializerMethodField()
    voorstel = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_href(self, aanmelding: Aanmelding) -> str:
        return adres(reverse("api:aanmelding", args=[aanmelding.uuid]))

    def get_kan_beantwoorden(self, aanmelding: Aanmelding) -> bool:
        return staat_open(aanmelding)

    @extend_schema_field(VraagVorm(allow_null=True))
    def get_vraag(self, aanmelding: Aanmelding) -> Any:
        if aanmelding.status in VERVALLEN:
            return None
        return VraagVorm(aanmelding.opvangvraag).data

    @extend_schema_field(VoorstelVorm(allow_null=True))
    def get_voorstel(self, aanmelding: Aanmelding) -> Any:
        # Sorted by the prefetch: the last one first.
        voorstel = next(iter(aanmelding.voorstellen.all()), None)
        return VoorstelVorm(voorstel).data if voorstel else None


class AanmeldingMetContactVorm(AanmeldingVorm):
    """A request on its own: with who asks, once a place was offered."""

    contact = serializers.SerializerMethodField()

    @extend_schema_field(ContactVorm(allow_null=True))
    def get_contact(self, aanmelding: Aanmelding) -> Any:
        if not contact_zichtbaar(aanmelding):
            return None
        vraag: Opvangvraag = aanmelding.opvangvraag
        return ContactVorm(vraag).data


AanmeldingenVorm = verzameling("AanmeldingenVorm", AanmeldingVorm)

_ADRES = "https://loket.example/api/v1"
_WEEK = [
    {"dag": dag, "voormiddag": dag in DAGEN[:2], "namiddag": dag in DAGEN[:2]} for dag in DAGEN
]
VOORBEELD: dict[str, Any] = {
    "id": "0b0c6a52-6c1f-4a86-9a40-5f5cbd6b7a11",
    "href": f"{_ADRES}/aanmeldingen/0b0c6a52-6c1f-4a86-9a40-5f5cbd6b7a11",
    "locatie": {
        "id": "de-egeltjes",
        "naam": "De Egeltjes",
        "href": f"{_ADRES}/locaties/de-egeltjes",
    },
    "status": "verzonden",
    "kanBeantwoorden": True,
    "verzondenOp": "2027-03-01T09:12:00+01:00",
    "antwoordVoor": "2027-03-16",
    "beantwoordOp": None,
    "gewijzigdOp": "2027-03-01T09:12:00+01:00",
    "weigerreden": None,
    "toelichting": "",
    "vraag": {
        "referentie": "7KQ2-M9XD",
        "gewensteStart": "2027-09-01",
        "gewenstEinde": None,
        "week": _WEEK,
        "weekWissel": None,
        "flexibelWeken": 2,
        "flexibelDagen": False,
        "kind": {
            "geboren": True,
            "geboortemaand": "2027-01",
            "uitgerekendOp": None,
            "meerling": False,
        },
        "dringendeReden": None,
        "zorgbehoefte": "nee",
        "ruimereUren": [],
    },
    "voorstel": None,
}
VOORBEELD_MET_CONTACT: dict[str, Any] = {
    **VOORBEELD,
    "status": "voorgesteld",
    "kanBeantwoorden": False,
    "beantwoordOp": "2027-03-04T14:05:00+01:00",
    "gewijzigdOp": "2027-03-04T14:05:00+01:00",
    "voorstel": {
        "status": "open",
        "start": "2027-09-01",
        "einde": None,
        "week": _WEEK,
        "reserveert": True,
        "geldigTot": "2027-03-15T00:00:00+01:00",
        "gedaanOp": "2027-03-04T14:05:00+01:00",
    },
    "contact": {
        "naam": "Sara Haddad",
        "kind": "Noor Haddad",
        "email": "sara@voorbeeld.example",
        "telefoon": "0470 00 00 00",
        "tolk": False,
    },
}
VOORBEELD_BLAD: dict[str, Any] = {
    "items": [VOORBEELD],
    "self": f"{_ADRES}/aanmeldingen?status=verzonden&pageSize=1",
    "first": f"{_ADRES}/aanmeldingen?status=verzonden&pageSize=1",
    "pageSize": 1,
    "total": 12,
    "next": f"{_ADRES}/aanmeldingen?status=verzonden&pageSize=1&cursor=eyJ0",
}
