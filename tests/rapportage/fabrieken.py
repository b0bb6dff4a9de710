"""Small factories for reports, and a rich situation in which every figure says something."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af
from aanvragen.models import Opvangvraag
from aanvragen.workflow import DringendeReden, Kenmerkcode, Vervalreden, Zorgbehoefte
from loket.models import Gemeente, Loket, Wijk
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster
from opvang.workflow import Opvangvorm, Ruimer
from rapportage.domain.aanvragen import vraag_aan
from rapportage.domain.maken import maak
from rapportage.domain.status import neem, rond_af
from rapportage.indicatoren.basis import Toelichting
from rapportage.indicatoren.capaciteit import Capaciteit, Capaciteitsrij
from rapportage.indicatoren.dekking import VLAAMS_GEWEST, Dekking, Dekkingsrij
from rapportage.indicatoren.opvangvragen import Opvangvragen, Vraagrij
from rapportage.indicatoren.tekort import Tekort, Tekortcel, Tekortmaand, maanden_vanaf
from rapportage.indicatoren.vrije_plaatsen import VrijePlaatsen
from rapportage.indicatoren.wijken import Wijken, Wijkrij
from rapportage.models import CapaciteitsRapport, Kinderaantal
from rapportage.rapport import Rapportgegevens, codeversie
from rapportage.snapshot import checksum, naar_json
from tests.fabrieken import (
    NU,
    VANDAAG,
    maak_aanbod,
    maak_gemeente,
    maak_locatie,
    maak_loket,
    maak_vergunning,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
    vraag_gegevens,
)

BRON = "Statbel, bevolking op 1 januari"


def moment(dag: dt.date, uur: int = 10) -> dt.datetime:
    """An hour of a day, in Brussels."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time(uur)))


def maak_wijk(gemeente: Gemeente, naam: str) -> Wijk:
    return Wijk.objects.create(gemeente=gemeente, naam=naam, code=f"{gemeente.nis}-{naam}"[:20])


def maak_kinderaantal(gemeente: Gemeente, aantal: int = 1000, **velden) -> Kinderaantal:
    velden.setdefault("peildatum", dt.date(2026, 1, 1))
    velden.setdefault("bron", BRON)
    return Kinderaantal.objects.create(gemeente=gemeente, jonger_dan_3=aantal, **velden)


def vraag_van(
    loket: Loket,
    locatie: Opvanglocatie,
    *,
    op: dt.date = VANDAAG,
    wijk: Wijk | None = None,
    gemeente: Gemeente | None = None,
    **wens,
) -> Opvangvraag:
    """One question handed in through the portal on a day, by a family of a wijk."""
    gemeente = gemeente or (wijk.gemeente if wijk else loket.gemeenten.first())
    assert gemeente is not None
    return maak_vraag(
        loket,
        [locatie],
        nu=moment(op),
        ouder=ouder_gegevens(gemeente.pk, wijk_id=wijk.pk if wijk else None),
        vraag=vraag_gegevens(**wens),
    )


def plaats(vraag: Opvangvraag, *, op: dt.date = VANDAAG, vrij: int = 1) -> None:
    """Offer what was asked and accept it, out of an announcement of its own."""
    aanmelding = vraag.aanmeldingen.get()
    aanbod = maak_aanbod(aanmelding.locatie, vrij, nu=moment(op), vanaf=vraag.gewenste_start)
    aanvaard(maak_voorstel(aanmelding, aanbod, nu=moment(op)), door=None, nu=moment(op, 11))
    vraag.refresh_from_db()


def maak_rapport(loket: Loket, *, peildatum: dt.date = VANDAAG, nu: dt.datetime = NU, door=None):
    """A report that was asked for; nobody makes it yet."""
    return vraag_aan(loket, peildatum=peildatum, door=door, nu=nu)


def maak_klaar_rapport(
    loket: Loket, *, peildatum: dt.date = VANDAAG, nu: dt.datetime = NU, door=None
) -> CapaciteitsRapport:
    """A finished report, made by the real maker."""
    rapport = maak_rapport(loket, peildatum=peildatum, nu=nu, door=door)
    assert maak(rapport.pk, klok=lambda: nu)
    return CapaciteitsRapport.objects.get(pk=rapport.pk)


def vul_regio(*, gezinnen: int = 160, zaad: int = 7) -> Loket:
    """A loket over three municipalities, with locations and questions of every kind."""
    kans = random.Random(zaad)
    gemeenten = [maak_gemeente(naam) for naam in ("Wilgenrade", "Lindehoek", "Sint-Amelberg")]
    loket = maak_loket("Lokaal Loket Kinderopvang Wilgenrade", gemeenten=gemeenten)
    wijken = [
        maak_wijk(gemeente, naam)
        for gemeente, namen in zip(
            gemeenten,
            (
                ["Oude Kern", "Statiewijk", "Veldwijk", "Molenkouter"],
                ["Dorp", "Ter Heide"],
                ["Kerkwijk"],
            ),
            strict=True,
        )
        for naam in namen
    ]
    for gemeente, aantal in zip(gemeenten, (991, 402, 288), strict=True):
        maak_kinderaantal(gemeente, aantal)
    locaties = []
    for nr in range(24):
        wijk = wijken[nr % len(wijken)]
        gezins = nr % 3 == 0
        locatie = maak_locatie(
            f"Opvang {nr}",
            gemeente=wijk.gemeente,
            wijk=wijk,
            opvangvorm=Opvangvorm.GEZIN
            if gezins
            else kans.choice([Opvangvorm.GROEP, Opvangvorm.SAMENWERKEND]),
        )
        plaatsen = 8 if gezins else kans.choice([14, 18, 27, 36])
        ikt = kans.choice([0, plaatsen, plaatsen, plaatsen // 2])
        maak_vergunning(
            locatie,
            plaatsen,
            operationele_plaatsen=plaatsen - kans.choice([0, 0, 2]),
            plaatsen_t1=plaatsen - ikt,
            plaatsen_t2=ikt,
        )
        if nr % 4:
            maak_aanbod(
                locatie,
                [kans.choice([0, 0, 0, 1, 2]) for _ in range(10)] + [0] * 4,
                nu=moment(VANDAAG - dt.timedelta(days=kans.choice([2, 12, 45]))),
            )
        locaties.append(locatie)
    kenmerken = {Kenmerkcode.WERK: True, Kenmerkcode.LAAG_INKOMEN: True}
    for nr in range(gezinnen):
        wijk = wijken[min(kans.randrange(10), len(wijken) - 1)]
        dag = dt.date(2026, 1, 2) + dt.timedelta(days=kans.randrange(55))
        start = dt.date(2026, 1, 15) + dt.timedelta(days=kans.randrange(330))
        vraag = vraag_van(
            loket,
            locaties[nr % len(locaties)],
            op=dag,
            wijk=wijk if nr % 17 else None,
            gewenste_start=start,
            rooster=Weekrooster.van_dagen(
                *kans.sample(range(5), kans.choice([2, 3, 3, 4, 5]))
            ).masker,
            dringende_reden=DringendeReden.START_WERK if nr % 6 == 0 else "",
            ruimere_uren=(Ruimer.VOOR_7,) if nr % 5 == 0 else (),
            zorgbehoefte=Zorgbehoefte.JA if nr % 40 == 0 else "",
            kenmerken=kenmerken if nr % 4 == 0 else {},
        )
        lot = kans.random()
        if lot < 0.35:
            plaats(vraag, op=max(dag, dt.date(2026, 2, 20)))
        elif lot < 0.45:
            laat_vervallen(vraag, reden=Vervalreden.ANDERE_GEMEENTE, door=None, nu=moment(dag, 15))
        elif lot < 0.5:
            sluit_onbeantwoord_af(vraag, door=None, nu=moment(dag, 15))
    return loket


def voorbeeldgegevens(**velden) -> Rapportgegevens:
    """A report made by hand, with a figure of every kind: shown, hidden, unknown and zero."""
    bij = Toelichting(
        definitie="Wat het is.", bron="Het loket", peildatum=VANDAAG, n=40, n_van="opvangvragen"
    )
    soorten = (
        _soort("gezinsopvang", "Gezinsopvang", locaties=2, t2=16),
        _soort("groepsopvang", "Groepsopvang", locaties=3, t1=20, t2=30, t3=6, gemengd=1),
    )
    rijen = {
        "dringend": Vraagrij(
            code="dringend",
            naam="Dringende opvang",
            totaal=12,
            geplaatst=6,
            onbeantwoord=6,
            open=0,
            gestopt=0,
        ),
        "inclusief": Vraagrij(
            code="inclusief",
            naam="Inclusieve opvang",
            totaal=None,
            geplaatst=None,
            onbeantwoord=0,
            open=0,
            gestopt=0,
        ),
    }
    totaal = Vraagrij(
        code="alle",
        naam="Alle opvangvragen",
        totaal=40,
        geplaatst=18,
        onbeantwoord=9,
        open=8,
        gestopt=5,
    )
    leeg = replace(
        totaal, code="", totaal=None, geplaatst=None, onbeantwoord=None, open=0, gestopt=0
    )
    wijk = replace(totaal, code="", totaal=30, geplaatst=None, onbeantwoord=9, open=8, gestopt=5)
    gegevens = {
        "loket": "Loket Wilgenrade",
        "gemeenten": ("Lindehoek", "Wilgenrade"),
        "peildatum": VANDAAG,
        "gemaakt_op": NU,
        "kleine_cel": 5,
        "capaciteit": Capaciteit(
            toelichting=bij,
            rijen=soorten,
            totaal=_soort("samen", "Samen", locaties=5, t1=20, t2=46, t3=6, gemengd=1),
        ),
        "dekking": Dekking(
            toelichting=bij,
            rijen=(
                Dekkingsrij(
                    gemeente="Lindehoek",
                    plaatsen=16,
                    kinderen=None,
                    stand=None,
                    bron="",
                    bron_url="",
                ),
                Dekkingsrij(
                    gemeente="Wilgenrade",
                    plaatsen=56,
                    kinderen=200,
                    stand=dt.date(2026, 1, 1),
                    bron=BRON,
                    bron_url="",
                ),
            ),
            plaatsen=72,
            kinderen=None,
            vergelijking=VLAAMS_GEWEST[0],
        ),
        "vragen": Opvangvragen(
            toelichting=bij, jaar=2026, totaal=totaal, rijen=tuple(rijen.values())
        ),
        "vrij": VrijePlaatsen(
            toelichting=bij,
            locaties=5,
            zeker=2,
            ouder=1,
            niet_gekend=2,
            per_weekdag=(Decimal(1), Decimal("2.5"), Decimal(0), Decimal(3), Decimal(1)),
            gemiddeld=Decimal("1.5"),
        ),
        "tekort": Tekort(
            toelichting=bij,
            vrij_gekend=True,
            maanden=tuple(
                _tekortmaand(nr, maand) for nr, maand in enumerate(maanden_vanaf(VANDAAG))
            ),
        ),
        "wijken": Wijken(
            toelichting=bij,
            rijen=(
                Wijkrij(gemeente="Lindehoek", wijk="Dorp", locaties=2, plaatsen=16, vragen=leeg),
                Wijkrij(
                    gemeente="Wilgenrade", wijk="Veldwijk", locaties=3, plaatsen=56, vragen=wijk
                ),
            ),
            totaal=Wijkrij(gemeente="Samen", wijk="", locaties=5, plaatsen=72, vragen=totaal),
        ),
    }
    return Rapportgegevens(**{**gegevens, **velden})


def _soort(
    code: str, naam: str, *, locaties: int, gemengd: int = 0, **trappen: int
) -> Capaciteitsrij:
    vergund = sum(trappen.values())
    return Capaciteitsrij(
        code=code,
        naam=naam,
        locaties=locaties,
        vergund=vergund,
        operationeel=vergund - 2,
        gemengd=gemengd,
        **{f"t{nr}": trappen.get(f"t{nr}", 0) for nr in range(4)},
    )


def _tekortmaand(nr: int, maand: dt.date) -> Tekortmaand:
    """From nothing to a lot; Friday is hidden in the first month, so that its total is too."""
    vrij = Decimal(2)
    cellen = []
    for dag in range(5):
        gevraagd = None if nr == 0 and dag == 4 else Decimal(nr) + Decimal(dag) / 2
        tekort = None if gevraagd is None else max(Decimal(0), gevraagd - vrij)
        cellen.append(Tekortcel(gevraagd=gevraagd, vrij=vrij, tekort=tekort))
    compleet = nr > 0
    return Tekortmaand(
        maand=maand,
        cellen=tuple(cellen),
        totaal=Tekortcel(
            gevraagd=sum((c.gevraagd for c in cellen), Decimal(0)) if compleet else None,
            vrij=vrij * 5,
            tekort=sum((c.tekort for c in cellen), Decimal(0)) if compleet else None,
        ),
    )


def bewaar_voorbeeld(
    loket: Loket, *, peildatum: dt.date = VANDAAG, nu: dt.datetime = NU, door=None, **velden
) -> CapaciteitsRapport:
    """A finished report without the seconds that a real making takes; its PDF is none."""
    rapport = maak_rapport(loket, peildatum=peildatum, nu=nu, door=door)
    claim = neem(rapport.pk, nu=nu)
    assert claim is not None
    gegevens = naar_json(voorbeeldgegevens(peildatum=peildatum, **velden))
    assert rond_af(
        rapport.pk,
        claim,
        gegevens=gegevens,
        checksum=checksum(gegevens),
        codeversie=codeversie(),
        pdf=b"%PDF-1.7 voorbeeld",
        nu=nu,
    )
    return CapaciteitsRapport.objects.get(pk=rapport.pk)
