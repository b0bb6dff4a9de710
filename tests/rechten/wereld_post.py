"""A letter that waits, and a merge that was undone: they change nothing of Amina's question."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanvragen.domain.dubbels import voeg_samen
from aanvragen.models import Opvangvraag, Samenvoeging
from tests.aanvragen.post.fabrieken import maak_brief
from tests.fabrieken import kind_gegevens, maak_vraag
from tests.spelers import Spelers


def bij_post(spelers: Spelers, vraag: Opvangvraag, *, nu: dt.datetime) -> dict[str, dict[str, Any]]:
    kind = kind_gegevens(voornaam="Noor", geboortedatum=nu.date() - dt.timedelta(days=90))
    maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,), nu=nu)
    dubbel = maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,), nu=nu)
    voeg_samen(dubbel, door=spelers.carla, nu=nu)
    samenvoeging = Samenvoeging.objects.get(dubbel=dubbel)
    dossier = {"referentie": vraag.referentie}
    bij_dubbel = {"referentie": dubbel.referentie, "pk": samenvoeging.pk}
    return {
        **dict.fromkeys(
            ("mijn:samen", "mijn:op_papier", "balie:op_papier", "balie:toestemming_op_papier"),
            dossier,
        ),
        **dict.fromkeys(("balie:samenvoegen", "balie:scheiden"), bij_dubbel),
        "balie:post_brief": {"pk": maak_brief(spelers, nu=nu).pk},
    }
