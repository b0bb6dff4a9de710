"""One object of each kind, all of the same loket, and what each URL needs to point at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from aanvragen.domain.antwoordlink import maak_bewijs, maak_token
from aanvragen.domain.concept import begin_concept
from aanvragen.domain.gespreklink import maak_token as gesprek_token
from aanvragen.domain.hartslag import klopt_url
from aanvragen.domain.noodplan.berichten import maak_ontwerpen
from aanvragen.models import Opvangvraag, Toestemming, Vrijmelding
from lok_overleg.domain.aanwezig import noteer_aanwezigheid
from lok_overleg.domain.adviseren import noteer_stemming, schrijf_advies
from lok_overleg.domain.agenda import Puntgegevens, voeg_punt_toe
from lok_overleg.domain.plannen import Vergadergegevens, plan
from lok_overleg.domain.uitnodigen import nodig_uit
from lok_overleg.domain.uitnodigingslink import maak_token as maak_uitnodigingstoken
from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from lok_overleg.models import LokLid, Vergadering
from lok_overleg.workflow import Aanwezigheidsstand, Hoedanigheid, Stemkeuze
from loket.models import Bericht, Gebruiker
from opvang.domain.api_sleutels import maak_sleutel
from opvang.domain.bevestiglink import maak_token as maak_bevestigtoken
from opvang.domain.meldingen import vraag_weeklijst
from opvang.domain.meldlink import bevestig_token, stop_url
from opvang.models import Melding
from rapportage.domain.aanvragen import vraag_aan
from rapportage.domain.maken import maak
from tests.fabrieken import (
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_voorstel,
    maak_vraag,
)
from tests.opvang.fabrieken_noodplan import begin_plan, plaats_kind, regel_van
from tests.opvang.fabrieken_pagina import bij_pagina
from tests.rechten.wereld_balie import bij_balie
from tests.rechten.wereld_hulp import bij_hulp
from tests.rechten.wereld_post import bij_post
from tests.rechten.wereld_subsidies import bij_subsidies
from tests.spelers import Spelers


@dataclass
class Wereld:
    """`argumenten` by the name of a URL, else by its namespace, else none."""

    mensen: dict[str, Gebruiker | None]
    argumenten: dict[str, dict[str, Any]]

    def kwargs(self, naam: str) -> dict[str, Any]:
        return self.argumenten.get(naam, {})


def maak_wereld(spelers: Spelers) -> Wereld:
    """Amina asks for an unborn child at De Egeltjes, with an offer, and Els may help her."""
    nu = timezone.now()
    kind = kind_gegevens(
        familienaam="Peeters",
        verwachte_geboortedatum=timezone.localdate(nu) + dt.timedelta(days=60),
    )
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        kinderen=(kind,),
        nu=nu,
    )
    Toestemming.objects.create(
        gezin=vraag.kind.gezin,
        toeleider=spelers.els,
        vanaf=dt.date(2020, 1, 1),
        tot=dt.date(2100, 1, 1),
        gegeven_op=nu,
    )
    aanmelding = vraag.aanmeldingen.get(rang=1)
    aanbod = maak_aanbod(spelers.egeltjes, 2, nu=nu, vanaf=dt.date(2026, 1, 1))
    voorstel = maak_voorstel(aanmelding, aanbod, nu=nu)
    concept = begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=nu)
    sleutel, _geheim = maak_sleutel(
        spelers.egeltjes.organisator, naam="Koppeling", door=spelers.farid, nu=nu
    )
    rapport = vraag_aan(spelers.loket, peildatum=timezone.localdate(nu), door=spelers.carla, nu=nu)
    maak(rapport.pk, klok=timezone.now)
    vrijmelding = Vrijmelding.objects.create(aanmelding=aanmelding, sinds=nu)
    Opvangvraag.objects.filter(pk=vraag.pk).update(hartslag_gevraagd_op=nu)
    vraag.refresh_from_db()
    dossier = {"referentie": vraag.referentie}
    bij_locatie = {"slug": spelers.egeltjes.slug}
    return Wereld(
        mensen={
            "bezoeker": None,
            "ouder": spelers.amina,
            "andere_ouder": spelers.bram,
            "toeleider": spelers.els,
            "loket": spelers.carla,
            "ander_loket": spelers.dirk,
            "opvang": spelers.farid,
            "andere_opvang": spelers.greet,
            "voorzitter": spelers.hanne,
            "schepen": spelers.ivo,
            "beheerder": spelers.joke,
        },
        argumenten={
            "huisstijl": {"slug": spelers.loket.slug},
            "opvang:gebieden": {"nis": spelers.egeltjes.gemeente.nis},
            **_meldingen(spelers, nu=nu),
            **dict.fromkeys(
                (
                    "aanvragen:taken",
                    "aanvragen:controleer",
                    "aanvragen:versturen",
                    "aanvragen:verstuurd",
                    "aanvragen:weggooien",
                    "aanvragen:bewaren",
                ),
                {"sleutel": concept.sleutel},
            ),
            "aanvragen:stap": {"sleutel": concept.sleutel, "slug": "wie"},
            **dict.fromkeys(
                (
                    "aanvragen:zoals",
                    "mijn:vraag",
                    "mijn:bevestiging",
                    "mijn:antwoorddag",
                    "mijn:bevestig",
                    "mijn:geboorte",
                    "mijn:wijzigen",
                    "mijn:verhuizen",
                    "balie:wijzigen",
                    "mijn:stop",
                    "mijn:droevig",
                    "mijn:gesprek",
                    "balie:gesprek",
                    "balie:gesprek_klaar",
                    "balie:dossier",
                    "balie:dubbel",
                    "balie:nog_nodig",
                    "balie:geboorte",
                    "balie:stoppen",
                    "balie:opvang_toevoegen",
                    "balie:terugdraaien",
                    "balie:buiten_keuze",
                ),
                dossier,
            ),
            **dict.fromkeys(
                (
                    "mijn:antwoord",
                    "mijn:vasthouden",
                    "mijn:nee",
                    "balie:besluit",
                    "balie:voorstel_intrekken",
                ),
                {**dossier, "pk": voorstel.pk},
            ),
            **dict.fromkeys(
                (
                    "balie:herinnering",
                    "balie:antwoord",
                    "balie:terug_op_wachtlijst",
                    "balie:opnieuw_vragen",
                ),
                {**dossier, "uuid": aanmelding.uuid},
            ),
            **dict.fromkeys(
                ("mijn:gesprek_opvang", "balie:gesprek_opvang"),
                {**dossier, "uuid": aanmelding.uuid},
            ),
            "aanbod_vragen:gesprek": {"uuid": aanmelding.uuid},
            "aanbod_vragen:gesprek_link": {"token": gesprek_token(aanmelding)},
            "mijn:klopt": {"token": klopt_url(vraag).rstrip("/").rpartition("/")[2]},
            "balie:vrij_gebeld": {**dossier, "pk": vrijmelding.pk},
            "balie:opnieuw_mailen": {
                **dossier,
                "pk": Bericht.objects.over(vraag).values_list("pk", flat=True)[0],
            },
            **dict.fromkeys(
                ("opvang:locatie", "aanbod:locatie", "aanbod:bevestig", "aanbod:nieuw"),
                bij_locatie,
            ),
            **dict.fromkeys(("aanbod:plaatsen", "capaciteit:locatie"), bij_locatie),
            **dict.fromkeys(("aanbod:wijzig", "aanbod:weg"), {"pk": aanbod.pk}),
            **dict.fromkeys(
                ("aanbod:bewaar", "aanbod:ongedaan", "aanbod:overnemen", "aanbod:geschiedenis"),
                bij_locatie,
            ),
            "aanbod:rekenblad_bestand": {"soort": "csv"},
            "bevestigen:link": {"token": maak_bevestigtoken([spelers.egeltjes], nummer="x")},
            "aanbod:sleutel_intrekken": {"pk": sleutel.pk},
            **dict.fromkeys(
                ("aanbod_vragen:vraag", "aanbod_vragen:intrekken"), {"uuid": aanmelding.uuid}
            ),
            "antwoord:vraag": {"token": maak_token(vraag.aanmeldingen.get(rang=2))},
            "antwoord:klaar": {"bewijs": maak_bewijs(aanmelding)},
            "balie:antwoordschuld_locatie": {"slug": spelers.egeltjes.slug},
            **dict.fromkeys(
                (
                    "rapporten:rapport",
                    "rapporten:voortgang",
                    "rapporten:opnieuw",
                    "rapporten:pdf",
                    "rapporten:csv",
                ),
                {"pk": rapport.pk},
            ),
            **_lok(spelers, nu=nu),
            **_noodplan(spelers, nu=nu),
            **bij_pagina(spelers, nu=nu),
            **bij_subsidies(spelers, nu=nu),
            **bij_hulp(spelers, vraag, nu=nu),
            **bij_balie(spelers, vraag, nu=nu),
            **bij_post(spelers, vraag, nu=nu),
            **dict.fromkeys(
                ("api:locatie", "api:vrije_plaatsen"), {"locatie": spelers.egeltjes.slug}
            ),
            **dict.fromkeys(("api:aanmelding", "api:antwoord"), {"aanmelding": aanmelding.uuid}),
        },
    )


def _noodplan(spelers: Spelers, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    """Een Sluiter closes: one child in care, a draft to its family, and room at Het Zonnetje."""
    locatie = maak_locatie(loket=spelers.loket)
    plaatsing = plaats_kind(locatie, loket=spelers.loket, nu=nu, vanaf=timezone.localdate(nu))
    plan = begin_plan(
        locatie, loket=spelers.loket, vanaf=timezone.localdate(nu) + dt.timedelta(days=30), nu=nu
    )
    regel = regel_van(plaatsing)
    (bericht,) = maak_ontwerpen(plan, tekst="", door=spelers.carla, nu=nu)
    aanbod = maak_aanbod(spelers.zonnetje, nu=nu)
    bij_plan: dict[str, Any] = {"pk": plan.pk}
    bij_kind = {**bij_plan, "regel": regel.pk}
    bij_bericht = {**bij_plan, "bericht": bericht.pk}
    namen = ("", "_bijwerken", "_berichten", "_versturen", "_brieven", "_vervang", "_onbekend")
    return {
        "balie:sluiting_melden": {"slug": spelers.zonnetje.slug},
        **dict.fromkeys((f"balie:noodplan{naam}" for naam in (*namen, "_cijfers")), bij_plan),
        **dict.fromkeys(("balie:noodplan_kind", "balie:noodplan_vraag"), bij_kind),
        "balie:noodplan_plaats": {**bij_kind, "aanbod": aanbod.pk},
        **dict.fromkeys(("balie:noodplan_bericht", "balie:noodplan_brief"), bij_bericht),
        "balie:noodplan_vervang_nieuw": {**bij_plan, "slug": spelers.zonnetje.slug},
    }


def _meldingen(spelers: Spelers, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    """Somebody asked for the weekly list."""
    vraag_weeklijst(spelers.loket, email="volger@voorbeeld.test", nu=nu)
    melding = Melding.objects.get()
    return {
        "opvang:melding_bevestig": {"token": bevestig_token(melding)},
        "opvang:melding_stop": {"token": stop_url(melding.pk).rstrip("/").rpartition("/")[2]},
        **dict.fromkeys(
            ("opvang:vrij", "opvang:vrij_mail", "opvang:vrij_feed"), {"slug": spelers.loket.slug}
        ),
        "api:open_vrije_plaatsen": {"loket": spelers.loket.slug},
    }


def _lok(spelers: Spelers, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    """A meeting that was held, with an advice; and one whose minutes everybody may read."""
    lid = LokLid.objects.create(
        loket=spelers.loket,
        naam="Hanne",
        email=spelers.hanne.email,
        gebruiker=spelers.hanne,
        hoedanigheid=Hoedanigheid.GEBRUIKER,
        stemrecht=True,
        vanaf=dt.date(2020, 1, 1),
    )
    gehouden, openbaar = (_hou(spelers, nu=nu - dt.timedelta(days=dagen)) for dagen in (10, 40))
    verslag = bewaar_verslag(
        openbaar,
        tekst="Alles is besproken.",
        per_punt={},
        verwachte_versie=0,
        door=spelers.hanne,
        nu=nu,
    )
    publiceer_verslag(openbaar, verwachte_versie=verslag.versie, door=spelers.hanne, nu=nu)
    aanwezigheid = gehouden.aanwezigheden.get()
    advies = schrijf_advies(
        gehouden,
        onderwerp="Meer plaatsen",
        tekst="Er zijn er te weinig.",
        door=spelers.hanne,
        nu=nu,
    )
    noteer_stemming(advies, {aanwezigheid.pk: Stemkeuze.VOOR}, door=spelers.hanne, nu=nu)
    bij_vergadering = {"uuid": gehouden.uuid}
    punt = gehouden.agendapunten.get()
    return {
        "lok:lid": {"pk": lid.pk},
        **dict.fromkeys(
            (
                "lok:vergadering",
                "lok:wijzigen",
                "lok:afgelasten",
                "lok:agenda",
                "lok:uitnodigen",
                "lok:aanwezigheid",
                "lok:advies_nieuw",
                "lok:verslag",
                "lok:publiceren",
                "lok:verslag_pdf",
            ),
            bij_vergadering,
        ),
        **dict.fromkeys(
            ("lok:punt", "lok:punt_verplaatsen", "lok:punt_verwijderen"),
            {**bij_vergadering, "pk": punt.pk},
        ),
        **dict.fromkeys(("lok:advies", "lok:stemming", "lok:opvolging"), {"pk": advies.pk}),
        **dict.fromkeys(("lok:openbaar_verslag", "lok:openbaar_pdf"), {"uuid": openbaar.uuid}),
        **dict.fromkeys(
            ("lok:uitnodiging", "lok:uitnodiging_kalender", "lok:uitnodiging_pdf"),
            {"token": maak_uitnodigingstoken(openbaar.aanwezigheden.get())},
        ),
    }


def _hou(spelers: Spelers, *, nu: dt.datetime) -> Vergadering:
    vergadering = plan(
        Vergadergegevens(titel="Overleg", begint_op=nu, duur=60, plaats="Zaal"),
        loket=spelers.loket,
        door=spelers.hanne,
        nu=nu - dt.timedelta(days=20),
    )
    voeg_punt_toe(
        vergadering, Puntgegevens(titel="Welkom"), door=spelers.hanne, nu=nu - dt.timedelta(days=20)
    )
    nodig_uit(vergadering, door=spelers.hanne, nu=nu - dt.timedelta(days=19))
    na = nu + dt.timedelta(hours=2)
    standen = {een.pk: Aanwezigheidsstand.AANWEZIG for een in vergadering.aanwezigheden.all()}
    noteer_aanwezigheid(vergadering, standen, door=spelers.hanne, nu=na)
    return vergadering
