"""The week and the day as the API writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from loket.api.vorm import Vorm
from opvang.domain.keuren import MEESTE_PLAATSEN, geen_aantal
from opvang.weekrooster import AANTAL_DAGDELEN, Weekrooster

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
EERSTE_JAAR, LAATSTE_JAAR = 2000, 2199


class DagVorm(Vorm):
    """A day of the week and whether there is care."""

    dag = serializers.ChoiceField(choices=DAGEN)
    voormiddag = serializers.BooleanField()
    namiddag = serializers.BooleanField()


class DagplaatsenVorm(Vorm):
    """A day of the week and how many places are free."""

    dag = serializers.ChoiceField(choices=DAGEN)
    voormiddag = serializers.IntegerField(min_value=0, max_value=MEESTE_PLAATSEN)
    namiddag = serializers.IntegerField(min_value=0, max_value=MEESTE_PLAATSEN)

    def to_internal_value(self, data: Any) -> Any:
        """Refuse a number in the words of the form, which name the day."""
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as fout:
            dag = data.get("dag") if isinstance(data, Mapping) else None
            if dag not in DAGEN or not isinstance(fout.detail, dict):
                raise
            for deel in fout.detail.keys() & {"voormiddag", "namiddag"} & data.keys():
                code = f"{dag[:2]}-{deel[0]}m"
                fout.detail[deel] = [serializers.ErrorDetail(geen_aantal(code), code="invalid")]
            raise


class _PerDag(serializers.ListField):
    """Seven days; one that is left out is empty, one that comes twice is refused."""

    def vector(self, data: Any) -> tuple[int, ...]:
        if isinstance(data, list) and len(data) > len(DAGEN):
            raise serializers.ValidationError(_("Een week heeft zeven dagen."))
        uit = [0] * AANTAL_DAGDELEN
        gezien: set[str] = set()
        dagen: Sequence[Mapping[str, Any]] = super().to_internal_value(data)
        for een in dagen:
            if een["dag"] in gezien:
                raise serializers.ValidationError(_("Een dag staat er twee keer in."))
            gezien.add(een["dag"])
            plek = 2 * DAGEN.index(een["dag"])
            uit[plek], uit[plek + 1] = int(een["voormiddag"]), int(een["namiddag"])
        return tuple(uit)


class WeekVeld(_PerDag):
    """A Weekrooster as seven days of two dagdelen."""

    child = DagVorm()

    def to_internal_value(self, data: Any) -> Any:
        rooster = Weekrooster(sum(bit << i for i, bit in enumerate(self.vector(data))))
        if not rooster:
            raise serializers.ValidationError(_("Kies minstens één voormiddag of namiddag."))
        return rooster

    def to_representation(self, data: Any) -> list[Any]:
        vector = data.vector
        return [
            {"dag": dag, "voormiddag": bool(vector[2 * i]), "namiddag": bool(vector[2 * i + 1])}
            for i, dag in enumerate(DAGEN)
        ]


class PlaatsenVeld(_PerDag):
    """Numbers of free places per dagdeel, as seven days."""

    child = DagplaatsenVorm()

    def to_internal_value(self, data: Any) -> Any:
        return self.vector(data)

    def to_representation(self, data: Any) -> list[Any]:
        return [
            {"dag": dag, "voormiddag": data[2 * i], "namiddag": data[2 * i + 1]}
            for i, dag in enumerate(DAGEN)
        ]


class DagVeld(serializers.DateField):
    """A day that may be meant."""

    def to_internal_value(self, value: Any) -> Any:
        dag = super().to_internal_value(value)
        if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
            raise serializers.ValidationError(
                _("Kies een dag tussen %(van)s en %(tot)s.")
                % {"van": EERSTE_JAAR, "tot": LAATSTE_JAAR}
            )
        return dag
