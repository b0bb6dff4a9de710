"""The morning of the counter: letters in three languages, notes, tasks that wait or are taken."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.notities import noteer
from aanvragen.domain.werk import geef_aan, stel_uit
from aanvragen.models import Briefsjabloon, Brieftekst, Opvangvraag
from aanvragen.werklijst import taken_voor
from aanvragen.workflow import LOPENDE_VRAGEN, Notitiesoort, Rustreden
from loket.models import Gebruiker, Loket
from loket.werkdagen import na_werkdagen

_BRIEVEN = (
    (
        "We zoeken mee",
        {
            "nl": (
                "We zoeken mee naar opvang",
                (
                    "Je vroeg opvang voor {kind} vanaf {start}. Er is nog geen plaats.\n\n"
                    "Wij zoeken mee. Bel ons op {telefoon}. "
                    "We bekijken samen welke opvang nog kan. "
                    "Hou het nummer van je vraag bij de hand: {referentie}."
                ),
            ),
            "fr": (
                "Nous cherchons avec vous un accueil",
                (
                    "Vous avez demandé une place pour {kind} à partir du {start}. "
                    "Il n'y a pas encore de place.\n\n"
                    "Nous cherchons avec vous. Appelez-nous au {telefoon}. "
                    "Gardez le numéro de votre demande : {referentie}."
                ),
            ),
            "en": (
                "We help you find childcare",
                (
                    "You asked for a place for {kind} from {start}. There is no place yet.\n\n"
                    "We search with you. Call us on {telefoon}. "
                    "Keep the number of your request at hand: {referentie}."
                ),
            ),
        },
    ),
    (
        "Breng je attest mee",
        {
            "nl": (
                "Kom langs met je attest",
                (
                    "Voor een prijs volgens je inkomen heb je een attest nodig. "
                    "Weet je niet hoe dat gaat? Kom langs bij {loket}. We vragen het samen aan."
                ),
            )
        },
    ),
)


def werk_aan_de_balie(loket: Loket, door: Gebruiker, *, nu: dt.datetime) -> None:
    """Give the loket its letters; one task is taken, one waits, and two dossiers have notes."""
    for naam, teksten in _BRIEVEN:
        sjabloon = Briefsjabloon.objects.create(loket=loket, naam=naam)
        for taal, (titel, tekst) in teksten.items():
            Brieftekst.objects.create(sjabloon=sjabloon, taal=taal, titel=titel, tekst=tekst)
    vandaag = timezone.localdate(nu)
    lopend = Opvangvraag.objects.filter(loket=loket, status__in=LOPENDE_VRAGEN)
    eerste, tweede = lopend.order_by("-pk")[:2]
    noteer(
        eerste,
        Notitiesoort.GEBELD,
        "Gebeld. Woensdag mag ook in de namiddag.",
        door=door,
        nu=nu,
    )
    noteer(
        tweede,
        Notitiesoort.TAAK,
        "Vraag na of het attest inkomenstarief er is",
        wanneer=vandaag,
        door=door,
        nu=nu,
    )
    taken = taken_voor(door, nu=nu)
    rijp = [taak for taak in taken if taak.soort == "te_laat"][:2]
    for taak in rijp[:1]:
        geef_aan(taak, door, gezien=None, door=door, nu=nu)
    for taak in rijp[1:]:
        stel_uit(taak, na_werkdagen(vandaag, 3), reden=Rustreden.AFWEZIG, door=door, nu=nu)
