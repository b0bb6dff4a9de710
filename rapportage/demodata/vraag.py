"""Requests on their way: one for a sibling that is nearly done, one that nobody touched for days,
and a baby whose expected day has passed.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.concept import begin_concept, bewaar_stap
from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens, Vraaggegevens
from aanvragen.domain.hervatten import bewaar_onder
from aanvragen.domain.indienen import dien_in
from aanvragen.forms.hergebruik import neem_over_van
from aanvragen.models import Opvangvraag
from loket.models import Loket
from opvang.weekrooster import Weekrooster
from rapportage.demodata.verhalen import Accounts

_DAG = dt.timedelta(days=1)


def begin_aanvragen(loket: Loket, accounts: Accounts, *, nu: dt.datetime) -> None:
    """Leave work for who opens the request: to finish, to resume, to complete after a birth."""
    _voor_een_broer_of_zus(accounts, nu=nu)
    _lang_stil(loket, accounts, nu=nu)
    _baby_is_er(loket, accounts, nu=nu)


def _voor_een_broer_of_zus(accounts: Accounts, *, nu: dt.datetime) -> None:
    """The demo parent began a request for a second child; only the child is missing."""
    ouder = accounts.mensen["ouder"]
    vraag = (
        Opvangvraag.objects.van_ouder(ouder).select_related("kind__gezin", "loket").earliest("pk")
    )
    begin_concept(
        loket=vraag.loket,
        gebruiker=ouder,
        nu=nu - 2 * _DAG,
        overgenomen=neem_over_van(
            vraag,
            ouder=vraag.kind.gezin.ouders.get(gebruiker=ouder),
            vandaag=timezone.localdate(nu),
            tweeling=False,
        ),
    )


def _lang_stil(loket: Loket, accounts: Accounts, *, nu: dt.datetime) -> None:
    """Somebody without an account kept a request under an address; it goes in two days."""
    toen = nu - (loket.conceptdagen - 2) * _DAG
    concept = begin_concept(loket=loket, gebruiker=None, nu=toen, locatie_ids=[accounts.locatie.pk])
    wie = {
        "voornaam": ["Hilde"],
        "familienaam": ["De Wachter"],
        "relatie": ["ouder"],
        "email": ["hilde@voorbeeld.test"],
        "telefoon": ["0470 00 00 00"],
        "gemeente": [str(accounts.locatie.gemeente_id)],
    }
    bewaar_stap(concept, "wie", wie, nu=toen, email="hilde@voorbeeld.test")
    bewaar_onder(concept, "hilde@voorbeeld.test", nu=toen)


def _baby_is_er(loket: Loket, accounts: Accounts, *, nu: dt.datetime) -> None:
    """A baby was expected nine days ago: the family is asked for the real day."""
    vandaag, locatie = timezone.localdate(nu), accounts.locatie
    dien_in(
        Aanvraaggegevens(
            ouder=Oudergegevens(
                voornaam="Wout",
                familienaam="Verbeke",
                email="wout@voorbeeld.test",
                telefoon="0470 00 00 00",
                straat="Kerkstraat",
                huisnummer="8",
                postcode=locatie.postcode,
                gemeente_id=locatie.gemeente_id,
                wijk_id=locatie.wijk_id,
                taal="nl",
            ),
            kinderen=(
                Kindgegevens(familienaam="Verbeke", verwachte_geboortedatum=vandaag - 9 * _DAG),
            ),
            vraag=Vraaggegevens(
                gewenste_start=vandaag + 100 * _DAG, rooster=Weekrooster.van_dagen(0, 1, 3).masker
            ),
            locatie_ids=(locatie.pk,),
            toestemming_versie="demo",
        ),
        loket=loket,
        nu=nu - 5 * _DAG,
        door=None,
    )
