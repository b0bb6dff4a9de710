"""What must be true of the demand at every moment, whoever did what: read by the state machine.

The guard replays the logbook beside the tables. It knows a status only from the events it read; a
status that moved without an event, or along an edge that does not exist, is found at once.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    AANMELDINGHERSTEL,
    AANMELDINGOVERGANGEN,
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    LOPENDE_VRAGEN,
    VOORSTELOVERGANGEN,
    VRAAGOVERGANGEN,
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.models import Bericht, Gebeurtenis, Loket
from loket.workflow import Berichtstatus
from opvang.models import Plaatsaanbod

ONDERWERP = Opvangvraag._meta.label_lower
OVERGANGEN: dict[str, Any] = {
    "vraag": VRAAGOVERGANGEN,
    "aanmelding": AANMELDINGOVERGANGEN,
    "voorstel": VOORSTELOVERGANGEN,
}
#: How an offer begins: its first event carries no `van`.
BEGINT = {"gedaan", "hersteld"}
NIET_VERSTUURD = {Berichtstatus.WACHT, Berichtstatus.BEZIG}


class Bewaker:
    """Looks at one loket's world after each step; only what is new is read from the logbook."""

    def __init__(self, loket: Loket, *, gezien: Counter[str]) -> None:
        self.loket, self.gezien = loket, gezien
        self.gelezen = Gebeurtenis.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.uit_logboek: dict[tuple[str, int], str] = {}
        self.stil_vanaf: dict[int, int] = {}
        self.gewijzigd: set[int] = set()

    def foto(self) -> list[Any]:
        """Everything that a refused step must leave as it was."""
        return [
            list(self.vragen().values_list("pk", "status", "vervalreden")),
            list(self.aanmeldingen().values_list("pk", "status", "rang", "antwoord_voor")),
            list(self.voorstellen().values_list("pk", "status", "bij_einde")),
            list(self.plaatsingen().values_list("pk", "beeindigd_op")),
            Bericht.objects.filter(loket=self.loket).count(),
            Gebeurtenis.objects.filter(loket=self.loket).count(),
        ]

    def vragen(self) -> Any:
        return Opvangvraag.objects.filter(loket=self.loket).order_by("pk")

    def aanmeldingen(self) -> Any:
        return Aanmelding.objects.filter(opvangvraag__loket=self.loket).order_by("pk")

    def voorstellen(self) -> Any:
        return Voorstel.objects.filter(aanmelding__opvangvraag__loket=self.loket).order_by("pk")

    def plaatsingen(self) -> Any:
        return Plaatsing.objects.filter(opvangvraag__loket=self.loket).order_by("pk")

    def kijk(self) -> None:
        """Hold the world to all of it."""
        vragen = list(self.vragen())
        aanmeldingen = list(self.aanmeldingen())
        voorstellen = list(self.voorstellen().select_related("aanmelding"))
        plaatsingen = list(self.plaatsingen().filter(beeindigd_op=None))
        self._elk_besluit_staat_in_het_logboek(vragen, aanmeldingen, voorstellen)
        _geen_plaats_te_veel(voorstellen)
        _een_actieve_vraag_per_kind(vragen)
        _een_plaats_per_dagdeel(plaatsingen, {v.pk: v for v in vragen})
        _geplaatst_is_geplaatst(vragen, aanmeldingen, voorstellen, plaatsingen)
        _een_vastgehouden_per_vraag(voorstellen)
        _elk_einde_heeft_een_reden(vragen, aanmeldingen, voorstellen, self.gewijzigd)
        self._na_rust_geen_mail(vragen)
        self._een_herinnering_en_op_tijd(voorstellen)

    def _elk_besluit_staat_in_het_logboek(
        self, vragen: list[Any], aanmeldingen: list[Any], voorstellen: list[Any]
    ) -> None:
        """Every status is what the logbook says, reached along edges that exist."""
        for gebeurtenis in Gebeurtenis.objects.filter(
            pk__gt=self.gelezen, onderwerp_soort=ONDERWERP
        ).order_by("pk"):
            self.gelezen = gebeurtenis.pk
            self._lees(gebeurtenis)
        for soort, rijen in (
            ("vraag", vragen),
            ("aanmelding", aanmeldingen),
            ("voorstel", voorstellen),
        ):
            begin = Aanmeldingstatus.VERZONDEN if soort == "aanmelding" else None
            staat = {rij.pk: rij.status for rij in rijen}
            gelogd = {pk: self.uit_logboek.get((soort, pk), begin) for pk in staat}
            assert staat == gelogd, soort

    def _lees(self, gebeurtenis: Gebeurtenis) -> None:
        self.gezien[f"{gebeurtenis.werkwoord}|{gebeurtenis.namens}"] += 1
        self.gezien[gebeurtenis.werkwoord] += 1
        if gebeurtenis.werkwoord == "aanvragen.vraag.gewijzigd":
            self.gewijzigd.add(gebeurtenis.onderwerp_id)
        _app, soort, naar = gebeurtenis.werkwoord.split(".")
        if soort not in OVERGANGEN:
            return
        gegevens = gebeurtenis.gegevens
        pk = gebeurtenis.onderwerp_id if soort == "vraag" else gegevens.get(soort)
        assert pk is not None
        sleutel = (soort, pk)
        if soort == "voorstel" and naar in BEGINT:
            assert sleutel not in self.uit_logboek
            # A hold that staff put back begins as a hold.
            self.uit_logboek[sleutel] = gegevens.get("status", Voorstelstatus.OPEN)
            return
        if naar not in OVERGANGEN[soort]:
            return  # something else about it: a reminder, another choice for the end
        begin = {"vraag": Vraagstatus.CONCEPT, "aanmelding": Aanmeldingstatus.VERZONDEN}.get(soort)
        was = self.uit_logboek.get(sleutel, begin)
        assert gegevens["van"] == was, gebeurtenis.werkwoord
        if gebeurtenis.namens == "teruggedraaid" and soort == "aanmelding":
            assert naar in AANMELDINGHERSTEL[was]
        else:
            assert naar in OVERGANGEN[soort][was]
        self.uit_logboek[sleutel] = naar

    def _na_rust_geen_mail(self, vragen: list[Any]) -> None:
        """From the moment of calm: nothing waits to leave, and nothing new is written."""
        for vraag in vragen:
            if vraag.vervalreden != Vervalreden.DROEVIG:
                continue
            berichten = Bericht.objects.over(vraag)
            assert not berichten.filter(status__in=NIET_VERSTUURD).exists()
            laatste = berichten.count()
            assert self.stil_vanaf.setdefault(vraag.pk, laatste) == laatste

    def _een_herinnering_en_op_tijd(self, voorstellen: list[Any]) -> None:
        """At most one reminder for an offer, and before its deadline."""
        for voorstel in voorstellen:
            assert voorstel.herinnerd_op is None or voorstel.herinnerd_op < voorstel.geldig_tot
        mails = Bericht.objects.filter(
            loket=self.loket, sjabloon="aanvragen/voorstel_herinnering"
        ).count()
        assert mails <= sum(voorstel.herinnerd_op is not None for voorstel in voorstellen)


def _geen_plaats_te_veel(voorstellen: list[Any]) -> None:
    """No place beyond the offer, and the count is the sum of who takes them."""
    bezet: Counter[tuple[int, int]] = Counter()
    for voorstel in voorstellen:
        if voorstel.neemt_plaats:
            bezet.update((voorstel.plaatsaanbod_id, i) for i in range(14) if i in voorstel.week)
    ids = {voorstel.plaatsaanbod_id for voorstel in voorstellen}
    for aanbod in Plaatsaanbod.objects.filter(pk__in=ids):
        assert aanbod.ingenomen == [bezet[aanbod.pk, i] for i in range(14)]
        assert all(
            genomen <= er for genomen, er in zip(aanbod.ingenomen, aanbod.plaatsen, strict=True)
        )


def _een_actieve_vraag_per_kind(vragen: list[Any]) -> None:
    actief = Counter(
        (v.aanvrager_id, v.kind_id)
        for v in vragen
        if v.status in LOPENDE_VRAGEN or v.status == Vraagstatus.GEPLAATST
    )
    assert max(actief.values(), default=0) <= 1


def _een_plaats_per_dagdeel(plaatsingen: list[Any], vragen: dict[int, Any]) -> None:
    per_kind: dict[int, list[Any]] = {}
    for plaatsing in plaatsingen:
        per_kind.setdefault(vragen[plaatsing.opvangvraag_id].kind_id, []).append(plaatsing)
    for samen in per_kind.values():
        for een, twee in itertools.combinations(samen, 2):
            na_elkaar = (een.tot is not None and een.tot <= twee.vanaf) or (
                twee.tot is not None and twee.tot <= een.vanaf
            )
            assert na_elkaar or not een.rooster & twee.rooster


def _geplaatst_is_geplaatst(
    vragen: list[Any], aanmeldingen: list[Any], voorstellen: list[Any], plaatsingen: list[Any]
) -> None:
    """A placement, its question, its request and its offer say the same."""
    met_plaats = {p.opvangvraag_id for p in plaatsingen}
    assert met_plaats == {v.pk for v in vragen if v.status == Vraagstatus.GEPLAATST}
    assert {p.voorstel_id for p in plaatsingen} == {
        v.pk for v in voorstellen if v.status == Voorstelstatus.AANVAARD
    }
    actief = {v.pk for v in vragen if v.status in LOPENDE_VRAGEN}
    for aanmelding in aanmeldingen:
        if aanmelding.status in LOPENDE_AANMELDINGEN:
            assert aanmelding.opvangvraag_id in actief
        if aanmelding.status == Aanmeldingstatus.AANVAARD:
            assert aanmelding.opvangvraag_id in met_plaats
    lopend = {v.aanmelding_id for v in voorstellen if v.status in LOPENDE_VOORSTELLEN}
    assert lopend == {
        a.pk
        for a in aanmeldingen
        if a.status in {Aanmeldingstatus.VOORGESTELD, Aanmeldingstatus.AFWIJKEND}
    }


def _een_vastgehouden_per_vraag(voorstellen: list[Any]) -> None:
    per_vraag = Counter(
        v.aanmelding.opvangvraag_id for v in voorstellen if v.status == Voorstelstatus.VASTGEHOUDEN
    )
    assert max(per_vraag.values(), default=0) <= 1


def _elk_einde_heeft_een_reden(
    vragen: list[Any], aanmeldingen: list[Any], voorstellen: list[Any], gewijzigd: set[int]
) -> None:
    """A question, a request, an offer that ended says why: by itself or by what happened to it."""
    per_pk = {v.pk: v for v in vragen}
    for vraag in vragen:
        assert (vraag.status == Vraagstatus.VERVALLEN) == bool(vraag.vervalreden)
    for aanmelding in aanmeldingen:
        vraag = per_pk[aanmelding.opvangvraag_id]
        match aanmelding.status:
            case Aanmeldingstatus.GEWEIGERD_OPVANG:
                assert aanmelding.weigerreden
            case Aanmeldingstatus.VERVALLEN:
                assert vraag.afgesloten_op is not None or vraag.pk in gewijzigd
            case Aanmeldingstatus.VERVALLEN_ELDERS:
                assert vraag.plaatsingen.exists()
    for voorstel in voorstellen:
        match voorstel.status:
            case Voorstelstatus.VERLOPEN:
                assert voorstel.geldig_tot <= voorstel.beslist_op
            case Voorstelstatus.AANVAARD | Voorstelstatus.GEWEIGERD | Voorstelstatus.INGETROKKEN:
                assert voorstel.beslist_op is not None
