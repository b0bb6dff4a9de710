"""Two parents of one child, and a family without an e-mail address."""

from __future__ import annotations

import datetime as dt

from aanvragen.models import Opvangvraag, Papierpost
from tests.fabrieken import NU, kind_gegevens, maak_vraag, ouder_gegevens
from tests.spelers import Spelers

NOOR = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 15))


def maak_paar(spelers: Spelers, **velden) -> tuple[Opvangvraag, Opvangvraag]:
    """Amina asked for Noor at De Egeltjes; then Bram did at Het Zonnetje, and his waits."""
    gemeente = spelers.loket.gemeenten.get()
    eerste = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(NOOR,),
        gebruiker=spelers.amina,
        ouder=ouder_gegevens(
            gemeente.pk,
            voornaam="Amina",
            familienaam="Haddad",
            email="amina@voorbeeld.test",
            telefoon="0470 11 22 33",
            straat="Molenkouter",
        ),
    )
    dubbel = maak_vraag(
        spelers.loket,
        [spelers.zonnetje],
        kinderen=(NOOR,),
        **{
            "gebruiker": spelers.bram,
            "ouder": ouder_gegevens(
                gemeente.pk,
                voornaam="Bram",
                familienaam="Maes",
                email="bram@voorbeeld.test",
                telefoon="0470 44 55 66",
                straat="Bosweg",
            ),
            **velden,
        },
    )
    return eerste, dubbel


def maak_vraag_zonder_mail(spelers: Spelers, *, nu: dt.datetime = NU, **velden) -> Opvangvraag:
    """Rosa Claes has a phone and no e-mail address."""
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Rosa",
            familienaam="Claes",
            email="",
            telefoon="0470 00 00 01",
            straat="Veldstraat",
            huisnummer="7",
            postcode="9001",
        ),
        nu=nu,
        **velden,
    )


def maak_brief(spelers: Spelers, *, nu: dt.datetime = NU) -> Papierpost:
    return maak_vraag_zonder_mail(spelers, nu=nu).papierpost.get()
