"""The families and people that a newcomer meets in the demo, entered through the portal's own
functions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from aanvragen.domain.beantwoorden import markeer_gezien, weiger, zet_op_wachtlijst
from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens, Vraaggegevens
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Opvangvraag
from aanvragen.workflow import DringendeReden, Kanaal, Kenmerkcode, Weigerreden
from loket.models import Gebruiker, Lidmaatschap, Loket, Rol
from opvang.domain.api_sleutels import maak_sleutel
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.vrije_plaatsen import meld_vrij
from opvang.models import Opvanglocatie, OrganisatorLid, Plaatsaanbod
from opvang.weekrooster import Weekrooster

WACHTWOORD = "demo-wachtwoord"
_DAG = dt.timedelta(days=1)
_ROLLEN = {
    "loket": ("Carla Loketmedewerker", Rol.LOKETMEDEWERKER),
    "toeleider": ("Els Toeleider", Rol.TOELEIDER),
    "voorzitter": ("Hanne Voorzitter", Rol.VOORZITTER),
    "schepen": ("Ivo Schepen", Rol.SCHEPEN),
    "beheerder": ("Joke Beheerder", Rol.BEHEERDER),
}


@dataclass(frozen=True)
class Accounts:
    """The people who can sign in, by the keys of `var/demo.json`; and the provider's location and
    API key.
    """

    mensen: dict[str, Gebruiker]
    locatie: Opvanglocatie
    api_sleutel: str


def maak_accounts(loket: Loket, locatie: Opvanglocatie, *, nu: dt.datetime) -> Accounts:
    """One account per role with a known password. They exist only where demo data was loaded."""

    def mens(sleutel: str, naam: str, **velden: bool) -> Gebruiker:
        return Gebruiker.objects.create_user(
            f"{sleutel}@demo.test", WACHTWOORD, naam=naam, **velden
        )

    mensen = {"ouder": mens("ouder", "Amina Ouder"), "opvang": mens("opvang", "Farid Opvang")}
    begin = timezone.localdate(nu) - 800 * _DAG
    for sleutel, (naam, rol) in _ROLLEN.items():
        mensen[sleutel] = mens(sleutel, naam, is_staff=rol == Rol.BEHEERDER)
        Lidmaatschap.objects.create(gebruiker=mensen[sleutel], loket=loket, rol=rol, vanaf=begin)
    OrganisatorLid.objects.create(
        organisator=locatie.organisator, gebruiker=mensen["opvang"], vanaf=begin
    )
    _sleutel, geheim = maak_sleutel(
        locatie.organisator, naam="Demo-koppeling", door=mensen["opvang"], nu=nu
    )
    return Accounts(mensen, locatie, geheim)


def vertel(
    loket: Loket, accounts: Accounts, andere: list[Opvanglocatie], *, nu: dt.datetime
) -> None:
    """Five families in different situations around the provider's location; `andere` are three
    other locations.
    """
    locatie, opvang = accounts.locatie, accounts.mensen["opvang"]
    gemeente_id = locatie.gemeente_id
    begin_maand = (timezone.localdate(nu) + 100 * _DAG).replace(day=1)
    Plaatsaanbod.objects.filter(locatie=locatie, tot__gt=timezone.localdate(nu)).delete()
    aanbod = meld_vrij(
        locatie,
        Aanbodgegevens(
            vanaf=timezone.localdate(nu).replace(day=1),
            vrij=(2, 2, 2, 2, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0),
        ),
        door=opvang,
        nu=nu - 3 * _DAG,
    )

    def vraag_aan(
        voornaam: str,
        familienaam: str,
        *,
        dagen_geleden: int,
        bij: list[Opvanglocatie],
        kinderen: tuple[Kindgegevens, ...],
        rooster: Weekrooster,
        gebruiker: Gebruiker | None = None,
        door: Gebruiker | None = None,
        kanaal: Kanaal = Kanaal.ONLINE,
        kenmerken: tuple[Kenmerkcode, ...] = (),
        dringend: str = "",
    ) -> list[Opvangvraag]:
        return dien_in(
            Aanvraaggegevens(
                ouder=Oudergegevens(
                    voornaam=voornaam,
                    familienaam=familienaam,
                    email=gebruiker.email if gebruiker else f"{voornaam.lower()}@voorbeeld.test",
                    telefoon="0470 00 00 00",
                    straat="Leiestraat",
                    huisnummer="12",
                    postcode=locatie.postcode,
                    gemeente_id=gemeente_id,
                    wijk_id=locatie.wijk_id,
                    taal="nl",
                ),
                kinderen=kinderen,
                vraag=Vraaggegevens(
                    gewenste_start=begin_maand,
                    rooster=rooster.masker,
                    flexibel_weken=4,
                    dringende_reden=dringend,
                    kenmerken=dict.fromkeys(kenmerken, True),
                ),
                locatie_ids=tuple(een.pk for een in bij),
                toestemming_versie="2026-01",
                kanaal=kanaal,
            ),
            loket=loket,
            nu=nu - dagen_geleden * _DAG,
            door=door or gebruiker,
            ouder_gebruiker=gebruiker,
        )

    baby = begin_maand - 110 * _DAG
    (eerste,) = vraag_aan(
        "Amina",
        "Ouder",
        dagen_geleden=25,
        bij=[locatie, *andere[:2]],
        kinderen=(_kind("Noor", "Ouder", baby, nu),),
        rooster=Weekrooster.van_dagen(0, 1, 3),
        gebruiker=accounts.mensen["ouder"],
        kenmerken=(Kenmerkcode.WERK,),
    )
    bij_ons, tweede, _derde = eerste.aanmeldingen.order_by("rang")
    markeer_gezien(bij_ons, door=opvang, nu=nu - 20 * _DAG)
    zet_op_wachtlijst(
        tweede,
        door=None,
        nu=nu - 18 * _DAG,
        toelichting="In de zomer komt er misschien een plaats.",
        namens="telefoon",
    )
    doe_voorstel(
        bij_ons,
        aanbod,
        start=begin_maand,
        rooster=eerste.week,
        door=opvang,
        nu=nu - 2 * _DAG,
        toelichting="Noor is welkom! Bel ons om te komen kennismaken.",
    )
    vraag_aan(
        "Bram",
        "Tweeling",
        dagen_geleden=6,
        bij=[locatie, andere[2]],
        kinderen=tuple(
            _kind("", "Tweeling", timezone.localdate(nu) + 90 * _DAG, nu) for _ in range(2)
        ),
        rooster=Weekrooster.van_dagen(0, 1, 2, 3),
    )
    vraag_aan(
        "Chantal",
        "Dringend",
        dagen_geleden=1,
        bij=[locatie],
        kinderen=(_kind("Leo", "Dringend", baby - 200 * _DAG, nu),),
        rooster=Weekrooster.van_dagen(0, 1),
        dringend=DringendeReden.START_WERK,
        kenmerken=(Kenmerkcode.WERK, Kenmerkcode.LAAG_INKOMEN),
    )
    (begeleid,) = vraag_aan(
        "Dalia",
        "Begeleid",
        dagen_geleden=19,
        bij=[locatie, andere[0]],
        kinderen=(_kind("Sam", "Begeleid", baby - 60 * _DAG, nu),),
        rooster=Weekrooster.van_dagen(1, 3),
        door=accounts.mensen["toeleider"],
        kanaal=Kanaal.TOELEIDER,
        kenmerken=(Kenmerkcode.ALLEENSTAAND, Kenmerkcode.LAAG_INKOMEN),
    )
    weiger(
        begeleid.aanmeldingen.get(rang=2),
        reden=Weigerreden.VOLZET,
        door=None,
        nu=nu - 12 * _DAG,
        namens="link in mail",
    )
    kind = _kind("Mila", "Samen", baby - 30 * _DAG, nu)
    for voornaam, dagen in (("Evy", 14), ("Frank", 4)):
        vraag_aan(
            voornaam,
            "Samen",
            dagen_geleden=dagen,
            bij=[andere[1]],
            kinderen=(kind,),
            rooster=Weekrooster.van_dagen(0, 2, 4),
        )


def _kind(voornaam: str, familienaam: str, datum: dt.date, nu: dt.datetime) -> Kindgegevens:
    if datum <= timezone.localdate(nu):
        return Kindgegevens(voornaam=voornaam, familienaam=familienaam, geboortedatum=datum)
    return Kindgegevens(familienaam=familienaam, verwachte_geboortedatum=datum)
