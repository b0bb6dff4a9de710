"""An appointment, a referral and a consent that is asked for, of the family in the world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanvragen.domain.afspraken import Afspraakgegevens, maak_afspraak
from aanvragen.domain.doorverwijzen import verwijs_door
from aanvragen.domain.toestemming import link_van, maak_code
from aanvragen.models import Opvangvraag, Partner
from aanvragen.workflow import Afspraaksoort, Doorverwijswijze, Hulpomvang, Partnersoort
from tests.spelers import Spelers


def bij_hulp(spelers: Spelers, vraag: Opvangvraag, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    afspraak = maak_afspraak(
        vraag,
        Afspraakgegevens(begint_op=nu + dt.timedelta(days=2), duur=15),
        soort=Afspraaksoort.TERUGBELLEN,
        wie=spelers.carla,
        door=spelers.carla,
        nu=nu,
    )
    partner = Partner.objects.create(
        loket=spelers.loket, naam="OCMW", soort=Partnersoort.OCMW, telefoon="09 000 00 01"
    )
    verwijzing = verwijs_door(
        vraag,
        partner,
        wijze=Doorverwijswijze.ZELF,
        gezin_akkoord=True,
        door=spelers.carla,
        nu=nu,
    )
    code = maak_code(vraag, toeleider=spelers.els, omvang=Hulpomvang.BEKIJKEN, dagen=30, nu=nu)
    dossier = {"referentie": vraag.referentie}
    toestemming = {**dossier, "pk": vraag.kind.gezin.toestemmingen.get().pk}
    bij_afspraak = {**dossier, "uuid": afspraak.uuid}
    return {
        **dict.fromkeys(
            (
                "mijn:hulp",
                "balie:hulp_toestemming",
                "balie:afspraak_nieuw",
                "balie:doorverwijzen",
            ),
            dossier,
        ),
        **dict.fromkeys(("mijn:hulp_stop", "balie:hulp_stop"), toestemming),
        **dict.fromkeys(
            ("mijn:afspraak", "mijn:afspraak_kalender", "balie:afspraak"), bij_afspraak
        ),
        "balie:doorverwijzing": {**dossier, "pk": verwijzing.pk},
        "toestemming:link": {"token": link_van(code).rstrip("/").rpartition("/")[2]},
    }
