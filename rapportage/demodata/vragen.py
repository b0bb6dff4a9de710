"""The invented demand: three years of questions, how they ended, and what is running today. Written
in bulk.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from aanvragen.domain.ronde import antwoord_voor
from aanvragen.models import (
    Aanmelding,
    Gezin,
    Kenmerk,
    Kind,
    Opvangvraag,
    Ouder,
    Plaatsing,
    Voorstel,
)
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    Aanmeldingstatus,
    DringendeReden,
    Kanaal,
    Kenmerkcode,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
    Zorgbehoefte,
)
from loket.models import Gebeurtenis, Loket
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import Weekrooster, tel_op
from opvang.workflow import Ruimer
from rapportage.demodata.aanbod import Streek
from rapportage.demodata.namen import Namen

#: Questions per year per 100 children under 3: 71,268 over about 200,000 (SV 852).
VRAGEN_PER_100 = 36
JAREN = 3
_DAG = dt.timedelta(days=1)
_STUK = 4000


@dataclass
class Plan:
    """One question before it is written: everything that the rows of its tables need."""

    loket: Loket
    streek: Streek
    locaties: list[Opvanglocatie]
    ingediend: dt.datetime
    start: dt.date
    geboorte: dt.date
    rooster: Weekrooster
    status: Vraagstatus
    einde: dt.datetime | None = None
    reden: str = ""
    geplaatst_bij: int | None = None
    kenmerken: list[Kenmerkcode] = field(default_factory=list)


def bouw_vragen(
    loket: Loket,
    streken: list[Streek],
    locaties: dict[int, list[Opvanglocatie]],
    *,
    namen: Namen,
    rng: random.Random,
    nu: dt.datetime,
) -> int:
    """Write `JAREN` years of questions for one loket. Gives their number."""
    plannen = [
        _plan(loket, streek, locaties, rng=rng, nu=nu)
        for streek in streken
        for _ in range(streek.kinderen * VRAGEN_PER_100 * JAREN // 100)
    ]
    for i in range(0, len(plannen), _STUK):
        _schrijf(plannen[i : i + _STUK], namen=namen, rng=rng, nu=nu)
    return len(plannen)


def _plan(
    loket: Loket,
    streek: Streek,
    locaties: dict[int, list[Opvanglocatie]],
    *,
    rng: random.Random,
    nu: dt.datetime,
) -> Plan:
    ingediend = (
        nu - dt.timedelta(days=rng.randint(0, 365 * JAREN), minutes=rng.randint(0, 600))
    ).replace(second=0, microsecond=0)
    start = (timezone.localdate(ingediend) + dt.timedelta(days=rng.randint(45, 420))).replace(day=1)
    start = max(start, timezone.localdate(ingediend) + 20 * _DAG)
    buiten = rng.random() < 0.26 and len(locaties) > 1
    nis = (
        rng.choice([k for k in locaties if k != streek.gemeente.pk])
        if buiten
        else streek.gemeente.pk
    )
    keuze = rng.sample(locaties[nis], k=min(len(locaties[nis]), rng.choice([1, 2, 3, 3, 4, 5])))
    plan = Plan(
        loket=loket,
        streek=streek,
        locaties=keuze,
        ingediend=ingediend,
        start=start,
        geboorte=start - dt.timedelta(days=rng.choice([90, 100, 120, 150, 180, 270, 400, 600])),
        rooster=_rooster(rng),
        status=Vraagstatus.ACTIEF,
        kenmerken=[code for code, kans in _KENMERKKANSEN if rng.random() < kans],
    )
    _bepaal_afloop(plan, rng=rng, nu=nu)
    return plan


_KENMERKKANSEN = (
    (Kenmerkcode.WERK, 0.7),
    (Kenmerkcode.ALLEENSTAAND, 0.1),
    (Kenmerkcode.LAAG_INKOMEN, 0.14),
    (Kenmerkcode.OPLEIDING, 0.08),
    (Kenmerkcode.SOCIAAL, 0.02),
    (Kenmerkcode.PLEEGKIND, 0.01),
)


def _rooster(rng: random.Random) -> Weekrooster:
    """Mostly whole weekdays, on average 3; now and then a half day. Wednesday afternoon is asked
    least.
    """
    dagen = rng.sample([0, 0, 1, 1, 2, 3, 3, 4], k=8)
    aantal = rng.choices([1, 2, 3, 4, 5], weights=[8, 22, 30, 22, 18])[0]
    rooster = Weekrooster.van_dagen(*list(dict.fromkeys(dagen))[:aantal])
    if rng.random() < 0.2:
        rooster = rooster - Weekrooster.van_dagdelen([(2, 1)])
    return rooster or Weekrooster.van_dagen(0)


def _bepaal_afloop(plan: Plan, *, rng: random.Random, nu: dt.datetime) -> None:
    """How it ended, if it did: 37 % of what is due found no place."""
    dagen_tot_nu = (nu - plan.ingediend).days
    lot = rng.random()
    besloten = plan.ingediend + dt.timedelta(days=rng.randint(8, 160))
    if besloten >= nu:
        besloten = plan.ingediend + dt.timedelta(days=rng.randint(1, max(1, dagen_tot_nu)))
    voorbij = plan.start <= timezone.localdate(nu)
    kans_plaats = 0.49 if voorbij else 0.22
    if lot < kans_plaats and besloten < nu:
        plan.status, plan.einde = Vraagstatus.GEPLAATST, besloten
        plan.geplaatst_bij = rng.choices(
            range(len(plan.locaties)), weights=range(len(plan.locaties), 0, -1)
        )[0]
    elif lot < kans_plaats + 0.09 and besloten < nu:
        plan.status, plan.einde = Vraagstatus.VERVALLEN, besloten
        plan.reden = rng.choices(_VERVALREDENEN, weights=_VERVALGEWICHTEN)[0]
    elif lot < kans_plaats + 0.13 and besloten < nu:
        plan.status, plan.einde = Vraagstatus.INGETROKKEN, besloten
    elif voorbij:
        sluiting = dt.datetime.combine(plan.start, dt.time(10), tzinfo=dt.UTC) + 45 * _DAG
        if sluiting < nu:
            plan.status, plan.einde = Vraagstatus.ONBEANTWOORD, sluiting


_VERVALREDENEN = [
    Vervalreden.ANDERE_GEMEENTE,
    Vervalreden.BUITEN_LOKET,
    Vervalreden.NIET_MEER_NODIG,
    Vervalreden.VERHUISD,
    Vervalreden.ONBEKEND,
    Vervalreden.GEEN_CONTACT,
    Vervalreden.DROEVIG,
]
_VERVALGEWICHTEN = [28, 24, 18, 10, 10, 7, 3]


def _schrijf(plannen: list[Plan], *, namen: Namen, rng: random.Random, nu: dt.datetime) -> None:
    gezinnen = Gezin.objects.bulk_create(_gezin(plan, namen, rng) for plan in plannen)
    mensen = [(namen.persoon(), namen.rng.choice(namen.voornamen)) for _ in plannen]
    ouders = Ouder.objects.bulk_create(
        Ouder(
            gezin=gezin,
            voornaam=voornaam,
            familienaam=familienaam,
            email=f"gezin{gezin.pk}@voorbeeld.test",
            telefoon="0470 00 00 00",
        )
        for gezin, ((voornaam, familienaam), _kind) in zip(gezinnen, mensen, strict=True)
    )
    kinderen = Kind.objects.bulk_create(
        _kind(plan, gezin, voornaam, familienaam, nu=nu)
        for plan, gezin, ((_v, familienaam), voornaam) in zip(
            plannen, gezinnen, mensen, strict=True
        )
    )
    vragen = Opvangvraag.objects.bulk_create(
        _vraag(plan, ouder, kind, rng, nu=nu)
        for plan, ouder, kind in zip(plannen, ouders, kinderen, strict=True)
    )
    Kenmerk.objects.bulk_create(
        Kenmerk(opvangvraag=vraag, code=code, aanwezig=True, op=plan.ingediend)
        for plan, vraag in zip(plannen, vragen, strict=True)
        for code in plan.kenmerken
    )
    aanmeldingen = Aanmelding.objects.bulk_create(
        rij
        for plan, vraag in zip(plannen, vragen, strict=True)
        for rij in _aanmeldingen(plan, vraag, rng=rng, nu=nu)
    )
    per_vraag: dict[int, list[Aanmelding]] = defaultdict(list)
    for aanmelding in aanmeldingen:
        per_vraag[aanmelding.opvangvraag_id].append(aanmelding)
    _plaatsingen(plannen, vragen, per_vraag)
    Gebeurtenis.objects.bulk_create(
        gebeurtenis
        for plan, vraag in zip(plannen, vragen, strict=True)
        for gebeurtenis in _gebeurtenissen(plan, vraag, per_vraag[vraag.pk])
    )


def _gezin(plan: Plan, namen: Namen, rng: random.Random) -> Gezin:
    straat, huisnummer = namen.straat()
    return Gezin(
        loket=plan.loket,
        straat=straat,
        huisnummer=huisnummer,
        postcode=rng.choice(plan.streek.gemeente.postcodes)
        if plan.streek.gemeente.postcodes
        else "",
        gemeente=plan.streek.gemeente,
        wijk=rng.choice(plan.streek.wijken) if plan.streek.wijken and rng.random() < 0.92 else None,
        taal=rng.choices(["nl", "fr", "tr", "ar", "pl", "en"], weights=[80, 5, 4, 4, 4, 3])[0],
        tolk=rng.random() < 0.04,
        aangemaakt_op=plan.ingediend,
    )


def _kind(plan: Plan, gezin: Gezin, voornaam: str, familienaam: str, *, nu: dt.datetime) -> Kind:
    geboren = plan.geboorte <= timezone.localdate(nu)
    was_verwacht = plan.geboorte > timezone.localdate(plan.ingediend)
    return Kind(
        gezin=gezin,
        voornaam=voornaam if geboren else "",
        familienaam=familienaam,
        geboortedatum=plan.geboorte if geboren else None,
        verwachte_geboortedatum=plan.geboorte if was_verwacht or not geboren else None,
    )


def _vraag(
    plan: Plan, ouder: Ouder, kind: Kind, rng: random.Random, *, nu: dt.datetime
) -> Opvangvraag:
    return Opvangvraag(
        loket=plan.loket,
        kind=kind,
        aanvrager=ouder,
        status=plan.status,
        vervalreden=plan.reden,
        kanaal=rng.choices(list(Kanaal), weights=[70, 14, 8, 5, 3])[0],
        gewenste_start=plan.start,
        rooster=plan.rooster.masker,
        flexibel_weken=rng.choice([0, 0, 2, 4, 8]),
        flexibel_dagen=rng.random() < 0.3,
        dringende_reden=rng.choice(list(DringendeReden)) if rng.random() < 0.06 else "",
        ruimere_uren=[rng.choice(list(Ruimer)).value] if rng.random() < 0.09 else [],
        zorgbehoefte=rng.choices(
            [
                Zorgbehoefte.NIET_GEVRAAGD,
                Zorgbehoefte.NEE,
                Zorgbehoefte.JA,
                Zorgbehoefte.PERSOONLIJK,
            ],
            weights=[30, 64, 4, 2],
        )[0],
        toestemming_op=plan.ingediend,
        toestemming_versie="2026-01",
        aangemaakt_op=plan.ingediend,
        ingediend_op=plan.ingediend,
        laatst_bevestigd=max(plan.ingediend, nu - dt.timedelta(days=rng.randint(1, 95))),
        afgesloten_op=plan.einde if plan.status in AFGESLOTEN_VRAGEN else None,
    )


def _aanmeldingen(
    plan: Plan, vraag: Opvangvraag, *, rng: random.Random, nu: dt.datetime
) -> list[Aanmelding]:
    rijen = []
    for i, locatie in enumerate(plan.locaties):
        status = _aanmeldingstatus(plan, i, rng=rng, nu=nu)
        antwoord = min(plan.ingediend + dt.timedelta(days=rng.randint(1, 24)), plan.einde or nu)
        onbeantwoord = status in {Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.GEZIEN}
        rijen.append(
            Aanmelding(
                opvangvraag=vraag,
                locatie=locatie,
                uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
                rang=i + 1,
                status=status,
                weigerreden=rng.choices(list(Weigerreden), weights=[60, 15, 5, 8, 8, 2, 0, 2])[0]
                if status == Aanmeldingstatus.GEWEIGERD_OPVANG
                else "",
                verzonden_op=plan.ingediend,
                antwoord_voor=antwoord_voor(plan.loket, nu=plan.ingediend),
                gezien_op=None if status == Aanmeldingstatus.VERZONDEN else antwoord,
                beantwoord_op=None if onbeantwoord else antwoord,
                gewijzigd_op=plan.ingediend if onbeantwoord else antwoord,
            )
        )
    return rijen


def _aanmeldingstatus(
    plan: Plan, i: int, *, rng: random.Random, nu: dt.datetime
) -> Aanmeldingstatus:
    if plan.status == Vraagstatus.GEPLAATST:
        if i == plan.geplaatst_bij:
            return Aanmeldingstatus.AANVAARD
        return rng.choice([Aanmeldingstatus.VERVALLEN_ELDERS, Aanmeldingstatus.GEWEIGERD_OPVANG])
    if plan.status in AFGESLOTEN_VRAGEN:
        return rng.choice([Aanmeldingstatus.VERVALLEN, Aanmeldingstatus.GEWEIGERD_OPVANG])
    if (nu - plan.ingediend).days < 12:
        return rng.choice(
            [Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.GEZIEN]
        )
    keuzes = [Aanmeldingstatus.WACHTLIJST] * 6 + [Aanmeldingstatus.GEWEIGERD_OPVANG] * 4
    if (nu - plan.ingediend).days < 40:  # the counter has called about anything older
        keuzes += [Aanmeldingstatus.GEZIEN, Aanmeldingstatus.VERZONDEN]
    return rng.choice(keuzes)


def _plaatsingen(
    plannen: list[Plan], vragen: list[Opvangvraag], per_vraag: dict[int, list[Aanmelding]]
) -> None:
    """The places taken: one past Plaatsaanbod per location holds exactly what it gave."""
    geplaatst = [
        (plan, vraag, per_vraag[vraag.pk][plan.geplaatst_bij])
        for plan, vraag in zip(plannen, vragen, strict=True)
        if plan.geplaatst_bij is not None
    ]
    nodig: dict[tuple[int, int], list[int]] = {}
    for plan, _, aanmelding in geplaatst:
        sleutel = (aanmelding.locatie_id, plan.start.year)
        nodig[sleutel] = tel_op(nodig.get(sleutel, [0] * 14), plan.rooster.vector)
    aanbod = dict(
        zip(
            nodig,
            Plaatsaanbod.objects.bulk_create(
                Plaatsaanbod(
                    locatie_id=locatie_id,
                    vanaf=dt.date(jaar - 1, 1, 1),
                    tot=dt.date(jaar - 1, 1, 2),
                    plaatsen=plaatsen,
                    laatst_bevestigd=dt.datetime(jaar - 1, 1, 1, 12, tzinfo=dt.UTC),
                )
                for (locatie_id, jaar), plaatsen in nodig.items()
            ),
            strict=True,
        )
    )
    voorstellen = Voorstel.objects.bulk_create(
        Voorstel(
            aanmelding=aanmelding,
            plaatsaanbod=aanbod[aanmelding.locatie_id, plan.start.year],
            status=Voorstelstatus.AANVAARD,
            start=plan.start,
            rooster=plan.rooster.masker,
            geldig_tot=(plan.einde or plan.ingediend) + 3 * _DAG,
            gedaan_op=aanmelding.beantwoord_op or plan.ingediend,
            beslist_op=plan.einde,
        )
        for plan, _, aanmelding in geplaatst
    )
    Plaatsing.objects.bulk_create(
        Plaatsing(
            opvangvraag=vraag,
            voorstel=voorstel,
            locatie_id=aanmelding.locatie_id,
            vanaf=plan.start,
            rooster=plan.rooster.masker,
            gemaakt_op=plan.einde or plan.ingediend,
        )
        for (plan, vraag, aanmelding), voorstel in zip(geplaatst, voorstellen, strict=True)
    )


def _gebeurtenissen(
    plan: Plan, vraag: Opvangvraag, aanmeldingen: list[Aanmelding]
) -> list[Gebeurtenis]:
    def een(werkwoord: str, op: dt.datetime, **gegevens: object) -> Gebeurtenis:
        return Gebeurtenis(
            werkwoord=werkwoord,
            onderwerp_soort="aanvragen.opvangvraag",
            onderwerp_id=vraag.pk,
            loket=plan.loket,
            gegevens=gegevens,
            op=op,
        )

    uit = [
        een("aanvragen.vraag.ingediend", plan.ingediend, van="concept"),
        een("aanvragen.vraag.actief", plan.ingediend, van="ingediend"),
    ]
    uit += [
        een(
            f"aanvragen.aanmelding.{a.status}",
            a.beantwoord_op or plan.ingediend,
            aanmelding=a.pk,
            locatie=a.locatie.naam,
            van="gezien",
            weigerreden=a.weigerreden,
        )
        for a in aanmeldingen
        if a.beantwoord_op
    ]
    if plan.einde:
        uit.append(
            een(
                f"aanvragen.vraag.{plan.status.value}",
                plan.einde,
                van="actief",
                vervalreden=plan.reden,
            )
        )
    return uit
