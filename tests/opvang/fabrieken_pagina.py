"""A location's page in tests: a photo that is one, and a page with one of each thing that waits."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from loket.models import Bericht
from opvang.domain.fotos import lees_foto, plaats_foto
from opvang.domain.pagina import afdruk, bewaar_teksten, standen_van, zet_op_pagina
from opvang.domain.sluitingsdagen import sluit
from opvang.domain.uitnodigen import nodig_collega_uit
from opvang.models import Collegauitnodiging, Locatiefoto, Opvanglocatie, Organisator
from opvang.workflow import Onderwerp, Sluitingsreden
from tests.fabrieken import NU

if TYPE_CHECKING:
    from loket.models import Gebruiker
    from tests.spelers import Spelers


def maak_beeld(
    maten: tuple[int, int] = (640, 480), *, soort: str = "JPEG", kleur: str = "teal", **opties: Any
) -> bytes:
    """A picture in one colour, as a file."""
    uit = io.BytesIO()
    Image.new("RGB", maten, kleur).save(uit, soort, **opties)
    return uit.getvalue()


def als_bestand(inhoud: bytes, naam: str = "tuin.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, content_type="image/jpeg")


def maak_foto(
    locatie: Opvanglocatie,
    *,
    door: Gebruiker,
    alt: str = "De tuin met zandbak",
    nu: dt.datetime = NU,
    **beeld: Any,
) -> Locatiefoto:
    """A photo as a provider adds it: public at once, or waiting where the loket looks first."""
    inhoud = maak_beeld(**beeld)
    return plaats_foto(
        locatie, lees_foto(io.BytesIO(inhoud), omvang=len(inhoud)), alt=alt, door=door, nu=nu
    )


def schrijf(
    locatie: Opvanglocatie,
    *,
    door: Gebruiker,
    nu: dt.datetime = NU,
    publiceer: bool = True,
    **teksten: str,
) -> None:
    """Write on what stands there now, and put it on the page."""
    bewaar_teksten(
        locatie,
        {Onderwerp(naam): tekst for naam, tekst in teksten.items()},
        gezien={stand.onderwerp: afdruk(stand.tekst) for stand in standen_van(locatie)},
        door=door,
        nu=nu,
    )
    if publiceer:
        zet_op_pagina(locatie, door=door, nu=nu)


def nodig_uit(
    organisator: Organisator, email: str, *, door: Gebruiker, nu: dt.datetime = NU
) -> tuple[Collegauitnodiging, str]:
    """Invite; the second value is the secret of the link, read from the mail."""
    uitnodiging = nodig_collega_uit(organisator, email=email, door=door, nu=nu)
    mail = Bericht.objects.filter(aan=uitnodiging.email).latest("pk")
    begin = reverse("aanbod:uitnodiging", args=["x"]).removesuffix("x/")
    return uitnodiging, mail.tekst.partition(begin)[2].partition("/")[0]


def bij_pagina(spelers: Spelers, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    """What the URLs about a page need: at De Egeltjes a text and a photo wait for the loket."""
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    egeltjes, farid = spelers.egeltjes, spelers.farid
    schrijf(egeltjes, door=farid, nu=nu, over="Wij zijn De Egeltjes.")
    foto = maak_foto(egeltjes, door=farid, nu=nu)
    vandaag = timezone.localdate(nu)
    (dag,) = sluit(
        [egeltjes],
        vanaf=vandaag,
        tot=vandaag + dt.timedelta(days=7),
        reden=Sluitingsreden.VAKANTIE,
        door=farid,
        nu=nu,
    )
    uitnodiging, geheim = nodig_uit(
        egeltjes.organisator, "collega@voorbeeld.test", door=farid, nu=nu
    )
    bij_slug = {"slug": egeltjes.slug}
    bij_foto = {"pk": foto.pk}
    return {
        **dict.fromkeys(
            (
                "opvang:kaartbeeld",
                "aanbod:pagina",
                "aanbod:voorbeeld",
                "aanbod:publiceer",
                "aanbod:fotos",
                "aanbod:sluitingsdagen",
                "nakijken:locatie",
            ),
            bij_slug,
        ),
        **dict.fromkeys(("opvang:foto", "opvang:foto_klein"), bij_slug | bij_foto),
        **dict.fromkeys(
            ("aanbod:foto", "aanbod:foto_vooraan", "aanbod:foto_weg", "nakijken:foto"), bij_foto
        ),
        "nakijken:tekst": {"pk": egeltjes.paginateksten.get().pk},
        "aanbod:sluitingsdag_weg": {"pk": dag.pk},
        "aanbod:collega_weg": {"pk": egeltjes.organisator.leden.get().pk},
        "aanbod:uitnodiging_intrekken": {"pk": uitnodiging.pk},
        "aanbod:uitnodiging": {"token": geheim},
    }
