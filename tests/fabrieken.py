"""Small factories without surprises: every value that matters can be given, the rest is plain."""

from __future__ import annotations

import datetime as dt
import itertools

from django.utils import timezone

from aanvragen.domain.gegevens import (
    Aanvraaggegevens,
    Kindgegevens,
    Oudergegevens,
    Vraaggegevens,
)
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from loket.models import Gebruiker, Gemeente, Lidmaatschap, Loket, Rol
from opvang.models import (
    Opvanglocatie,
    Organisator,
    OrganisatorLid,
    Plaatsaanbod,
    Vergunning,
)
from opvang.weekrooster import Weekrooster
from opvang.workflow import Opvangvorm

_teller = itertools.count(1)

#: Monday, 2 March 2026, ten in the morning in Brussels.
NU = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
VANDAAG = dt.date(2026, 3, 2)
START = dt.date(2026, 9, 1)
#: Monday and Tuesday, whole days.
MA_DI = Weekrooster.van_dagen(0, 1)


def maak_gebruiker(email: str = "", *, naam: str = "", **velden) -> Gebruiker:
    return Gebruiker.objects.create_user(
        email or f"iemand{next(_teller)}@voorbeeld.test", naam=naam, **velden
    )


def maak_gemeente(naam: str = "", *, nis: str = "", postcode: str = "") -> Gemeente:
    n = next(_teller)
    return Gemeente.objects.create(
        nis=nis or f"{n:05d}",
        naam=naam or f"Gemeente {n}",
        gewest="Vlaams Gewest",
        postcodes=[postcode or f"{1000 + n % 8000}"],
    )


def maak_loket(naam: str = "", *, gemeenten: list[Gemeente] | None = None, **velden) -> Loket:
    n = next(_teller)
    loket = Loket.objects.create(
        naam=naam or f"Loket {n}",
        slug=velden.pop("slug", f"loket-{n}"),
        email=f"loket{n}@voorbeeld.test",
        telefoon="09 000 00 00",
        **velden,
    )
    loket.gemeenten.set(gemeenten if gemeenten is not None else [maak_gemeente()])
    return loket


def maak_lid(loket: Loket, rol: Rol, *, gebruiker: Gebruiker | None = None, **velden) -> Gebruiker:
    """Somebody with a role at the loket, since long ago."""
    gebruiker = gebruiker or maak_gebruiker()
    velden.setdefault("vanaf", dt.date(2020, 1, 1))
    Lidmaatschap.objects.create(gebruiker=gebruiker, loket=loket, rol=rol, **velden)
    gebruiker.__dict__.pop("rollen", None)
    return gebruiker


def maak_organisator(naam: str = "", *, lid: Gebruiker | None = None, **velden) -> Organisator:
    n = next(_teller)
    organisator = Organisator.objects.create(
        naam=naam or f"Organisator {n}",
        email=velden.pop("email", f"organisator{n}@voorbeeld.test"),
        **velden,
    )
    if lid:
        OrganisatorLid.objects.create(
            organisator=organisator, gebruiker=lid, vanaf=dt.date(2020, 1, 1)
        )
        lid.__dict__.pop("_organisator_ids", None)
    return organisator


def maak_locatie(
    naam: str = "",
    *,
    loket: Loket | None = None,
    gemeente: Gemeente | None = None,
    organisator: Organisator | None = None,
    **velden,
) -> Opvanglocatie:
    n = next(_teller)
    gemeente = gemeente or (loket.gemeenten.first() if loket else None) or maak_gemeente()
    velden.setdefault("opvangvorm", Opvangvorm.GROEP)
    return Opvanglocatie.objects.create(
        organisator=organisator or maak_organisator(),
        naam=naam or f"Opvang {n}",
        slug=velden.pop("slug", f"opvang-{n}"),
        straat=velden.pop("straat", "Kerkstraat"),
        huisnummer=velden.pop("huisnummer", str(n)),
        postcode=velden.pop("postcode", gemeente.postcodes[0]),
        plaats=velden.pop("plaats", gemeente.naam),
        gemeente=gemeente,
        **velden,
    )


def maak_vergunning(locatie: Opvanglocatie, plaatsen: int = 18, **velden) -> Vergunning:
    velden.setdefault("vanaf", dt.date(2020, 1, 1))
    velden.setdefault("operationele_plaatsen", plaatsen)
    if not any(f"plaatsen_t{i}" in velden for i in range(4)):
        velden["plaatsen_t2"] = plaatsen
    return Vergunning.objects.create(locatie=locatie, vergunde_plaatsen=plaatsen, **velden)


def maak_aanbod(
    locatie: Opvanglocatie, plaatsen: int | list[int] = 1, *, nu: dt.datetime = NU, **velden
) -> Plaatsaanbod:
    """Free places from the day of `nu`: the same number on each weekday, none in the weekend."""
    velden.setdefault("vanaf", timezone.localdate(nu))
    velden.setdefault("laatst_bevestigd", nu)
    vector = [plaatsen] * 10 + [0] * 4 if isinstance(plaatsen, int) else plaatsen
    return Plaatsaanbod.objects.create(locatie=locatie, plaatsen=vector, **velden)


def ouder_gegevens(gemeente_id: int, **velden) -> Oudergegevens:
    n = next(_teller)
    return Oudergegevens(
        **{
            "voornaam": "Amina",
            "familienaam": f"Peeters{n}",
            "email": f"ouder{n}@voorbeeld.test",
            "straat": "Dorpsstraat",
            "huisnummer": "1",
            "postcode": "9000",
            "gemeente_id": gemeente_id,
            **velden,
        }
    )


def kind_gegevens(**velden) -> Kindgegevens:
    velden.setdefault("familienaam", f"Peeters{next(_teller)}")
    if "verwachte_geboortedatum" not in velden:
        velden.setdefault("geboortedatum", dt.date(2026, 1, 15))
        velden.setdefault("voornaam", f"Lou{next(_teller)}")
    return Kindgegevens(**velden)


def vraag_gegevens(**velden) -> Vraaggegevens:
    velden.setdefault("gewenste_start", START)
    velden.setdefault("rooster", MA_DI.masker)
    return Vraaggegevens(**velden)


def aanvraag_gegevens(loket: Loket, locaties: list[Opvanglocatie], **velden) -> Aanvraaggegevens:
    gemeente = loket.gemeenten.first()
    assert gemeente is not None
    return Aanvraaggegevens(
        **{
            "ouder": ouder_gegevens(gemeente.pk),
            "kinderen": (kind_gegevens(),),
            "vraag": vraag_gegevens(),
            "locatie_ids": tuple(locatie.pk for locatie in locaties),
            "toestemming_versie": "2026-01",
            **velden,
        }
    )


def maak_vragen(
    loket: Loket,
    locaties: list[Opvanglocatie],
    *,
    gebruiker: Gebruiker | None = None,
    door: Gebruiker | None = None,
    nu: dt.datetime = NU,
    **velden,
) -> list[Opvangvraag]:
    """Hand in through the portal's own function, as a parent does."""
    if gebruiker is not None and "ouder" not in velden:
        gemeente = loket.gemeenten.first()
        assert gemeente is not None
        velden["ouder"] = ouder_gegevens(gemeente.pk, email=gebruiker.email)
    return dien_in(
        aanvraag_gegevens(loket, locaties, **velden),
        loket=loket,
        nu=nu,
        door=door or gebruiker,
        ouder_gebruiker=gebruiker,
    )


def maak_vraag(
    loket: Loket | None = None,
    locaties: list[Opvanglocatie] | None = None,
    **velden,
) -> Opvangvraag:
    """One active question at one or more locations."""
    loket = loket or maak_loket()
    if locaties is None:
        locaties = [maak_locatie(loket=loket)]
    (vraag,) = maak_vragen(loket, locaties, **velden)
    return vraag


def maak_voorstel(
    aanmelding: Aanmelding,
    aanbod: Plaatsaanbod | None = None,
    *,
    nu: dt.datetime = NU,
    **velden,
) -> Voorstel:
    """Offer exactly what was asked."""
    vraag = aanmelding.opvangvraag
    velden.setdefault("start", vraag.gewenste_start)
    velden.setdefault("rooster", vraag.week_samen)
    velden.setdefault("door", None)
    return doe_voorstel(
        aanmelding, aanbod or maak_aanbod(aanmelding.locatie, nu=nu), nu=nu, **velden
    )
