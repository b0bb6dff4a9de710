"""Who may do what with a question, an aanmelding or an offer: one line per action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied

from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.models.post import Samenvoegstand
from aanvragen.querysets import toeleider_mag
from aanvragen.workflow import (
    AANMELDINGOVERGANGEN,
    AFGESLOTEN_VRAGEN,
    LOPENDE_VOORSTELLEN,
    LOPENDE_VRAGEN,
    VRAAGOVERGANGEN,
    Aanmeldingstatus,
    Hulpomvang,
    Vraagstatus,
)
from loket.models import Gebruiker, Rol
from loket.permissions import Bezoeker, Regel, alle, een_van, rol_bij_loket
from opvang.querysets import organisator_ids


class Actie(StrEnum):
    """On an Opvangvraag, unless the name says aanmelding or voorstel."""

    BEKIJKEN = "bekijken"
    DOSSIER = "dossier"
    BEVESTIGEN = "bevestigen"
    GEBOORTE_MELDEN = "geboorte_melden"
    WIJZIGEN = "wijzigen"
    INTREKKEN = "intrekken"
    LATEN_VERVALLEN = "laten_vervallen"
    DUBBEL_BEOORDELEN = "dubbel_beoordelen"
    SAMENVOEGEN_BEANTWOORDEN = "samenvoegen_beantwoorden"
    SAMENVOEGING_SCHEIDEN = "samenvoeging_scheiden"
    ONBEANTWOORD_AFSLUITEN = "onbeantwoord_afsluiten"
    AANMELDING_BEKIJKEN = "aanmelding_bekijken"
    AANMELDING_BEANTWOORDEN = "aanmelding_beantwoorden"
    AANMELDING_HERINNEREN = "aanmelding_herinneren"
    AANMELDING_TERUGZETTEN = "aanmelding_terugzetten"
    KEUZE_TOEVOEGEN = "keuze_toevoegen"
    VOORSTEL_KIEZEN = "voorstel_kiezen"
    VOORSTEL_INTREKKEN = "voorstel_intrekken"
    PLAATSING_TERUGDRAAIEN = "plaatsing_terugdraaien"
    AANMELDING_OPNIEUW = "aanmelding_opnieuw"
    BUITEN_KEUZE_VOORSTELLEN = "buiten_keuze_voorstellen"
    GESPREK_SCHRIJVEN = "gesprek_schrijven"
    GESPREK_AFHANDELEN = "gesprek_afhandelen"
    VRIJ_MELDEN = "vrij_melden"
    NOTITIE_SCHRIJVEN = "notitie_schrijven"
    BRIEF_STUREN = "brief_sturen"
    TOESTEMMING_GEVEN = "toestemming_geven"
    TOESTEMMING_NOTEREN = "toestemming_noteren"
    AFSPRAAK_MAKEN = "afspraak_maken"
    DOORVERWIJZEN = "doorverwijzen"
    HULP_NOTEREN = "hulp_noteren"


def _vraag(ding: Any) -> Opvangvraag:
    if isinstance(ding, Voorstel):
        return ding.aanmelding.opvangvraag
    if isinstance(ding, Aanmelding):
        return ding.opvangvraag
    assert isinstance(ding, Opvangvraag)
    return ding


def is_ouder(gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).kind.ouders.filter(gebruiker=gebruiker).exists()


def is_loketmedewerker(gebruiker: Gebruiker, ding: Any) -> bool:
    return rol_bij_loket(Rol.LOKETMEDEWERKER)(gebruiker, _vraag(ding))


def is_toeleider(gebruiker: Gebruiker, ding: Any) -> bool:
    """A toeleider of this loket, with the family's consent that holds today."""
    vraag = _vraag(ding)
    return rol_bij_loket(Rol.TOELEIDER)(gebruiker, vraag) and toeleider_mag(gebruiker, vraag)


def toeleider_met(omvang: Hulpomvang) -> Regel:
    """A toeleider of this loket whom the family allows at least this much today."""
    return lambda gebruiker, ding: (
        rol_bij_loket(Rol.TOELEIDER)(gebruiker, _vraag(ding))
        and toeleider_mag(gebruiker, _vraag(ding), omvang)
    )


def is_aanbieder(gebruiker: Gebruiker, ding: Any) -> bool:
    aanmelding = ding.aanmelding if isinstance(ding, Voorstel) else ding
    return isinstance(aanmelding, Aanmelding) and (
        aanmelding.locatie.organisator_id in organisator_ids(gebruiker)
    )


def vraag_kan_naar(status: Vraagstatus) -> Regel:
    return lambda _gebruiker, ding: status in VRAAGOVERGANGEN[Vraagstatus(_vraag(ding).status)]


def vraag_loopt(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).status in LOPENDE_VRAGEN


def vraag_is_actief(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).status == Vraagstatus.ACTIEF


def vraag_is_niet_gestopt(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).status not in AFGESLOTEN_VRAGEN


def kind_is_nog_niet_geboren(_gebruiker: Gebruiker, ding: Any) -> bool:
    return not _vraag(ding).kind.geboren


def wacht_op_nakijken(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).status == Vraagstatus.INGEDIEND


def samenvoegen_is_gevraagd(_gebruiker: Gebruiker, ding: Any) -> bool:
    """Its parent was asked if somebody else may follow this question."""
    return _vraag(ding).samenvoegingen_als_eerste.wacht_op_ouder().exists()


def is_samengevoegd(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).samenvoegingen_als_eerste.filter(stand=Samenvoegstand.SAMEN).exists()


def kan_antwoord_krijgen(_gebruiker: Gebruiker, ding: Aanmelding) -> bool:
    """An answer is possible: a provider's no or a place on the list is an allowed next state."""
    return bool(
        {Aanmeldingstatus.GEWEIGERD_OPVANG, Aanmeldingstatus.VOORGESTELD}
        & AANMELDINGOVERGANGEN[Aanmeldingstatus(ding.status)]
    )


def vraag_is_geplaatst(_gebruiker: Gebruiker, ding: Any) -> bool:
    return _vraag(ding).status == Vraagstatus.GEPLAATST


def verviel_door_elders(_gebruiker: Gebruiker, ding: Aanmelding) -> bool:
    return ding.status == Aanmeldingstatus.VERVALLEN_ELDERS


def voorstel_is_verlopen(_gebruiker: Gebruiker, ding: Aanmelding) -> bool:
    return ding.status == Aanmeldingstatus.VERLOPEN


def voorstel_loopt(_gebruiker: Gebruiker, ding: Voorstel) -> bool:
    return ding.status in LOPENDE_VOORSTELLEN


# Staff first: their roles are known, who is a parent or a provider asks the database each time.
_mag_meekijken = een_van(is_loketmedewerker, is_ouder, is_toeleider)
#: What acts in the family's name asks more of a toeleider than looking.
_gezin_of_balie = een_van(is_loketmedewerker, is_ouder, toeleider_met(Hulpomvang.ANTWOORDEN))
_gezin_of_balie_vraagt = een_van(is_loketmedewerker, is_ouder, toeleider_met(Hulpomvang.AANVRAGEN))
_balie_helpt = een_van(is_loketmedewerker, toeleider_met(Hulpomvang.ANTWOORDEN))
_aanbieder_of_balie = een_van(is_loketmedewerker, is_aanbieder)

MAG: Mapping[Actie, Regel] = {
    Actie.BEKIJKEN: _mag_meekijken,
    Actie.DOSSIER: een_van(is_loketmedewerker, is_toeleider),
    Actie.BEVESTIGEN: alle(_gezin_of_balie, vraag_loopt),
    Actie.GEBOORTE_MELDEN: alle(_gezin_of_balie, kind_is_nog_niet_geboren),
    Actie.WIJZIGEN: alle(_gezin_of_balie_vraagt, vraag_loopt),
    Actie.INTREKKEN: alle(_gezin_of_balie_vraagt, vraag_kan_naar(Vraagstatus.INGETROKKEN)),
    Actie.LATEN_VERVALLEN: alle(_gezin_of_balie_vraagt, vraag_kan_naar(Vraagstatus.VERVALLEN)),
    Actie.DUBBEL_BEOORDELEN: alle(is_loketmedewerker, wacht_op_nakijken),
    Actie.SAMENVOEGEN_BEANTWOORDEN: alle(
        een_van(is_loketmedewerker, is_ouder), samenvoegen_is_gevraagd
    ),
    Actie.SAMENVOEGING_SCHEIDEN: alle(is_loketmedewerker, is_samengevoegd),
    Actie.ONBEANTWOORD_AFSLUITEN: alle(is_loketmedewerker, vraag_is_actief),
    Actie.AANMELDING_BEKIJKEN: een_van(is_aanbieder, _mag_meekijken),
    Actie.AANMELDING_BEANTWOORDEN: alle(_aanbieder_of_balie, vraag_is_actief, kan_antwoord_krijgen),
    Actie.AANMELDING_HERINNEREN: alle(is_loketmedewerker, vraag_is_actief, kan_antwoord_krijgen),
    Actie.AANMELDING_TERUGZETTEN: alle(is_loketmedewerker, vraag_is_actief, voorstel_is_verlopen),
    Actie.KEUZE_TOEVOEGEN: alle(
        een_van(is_loketmedewerker, toeleider_met(Hulpomvang.AANVRAGEN)), vraag_is_actief
    ),
    Actie.VOORSTEL_KIEZEN: alle(_gezin_of_balie, vraag_is_actief, voorstel_loopt),
    Actie.VOORSTEL_INTREKKEN: alle(_aanbieder_of_balie, voorstel_loopt),
    Actie.PLAATSING_TERUGDRAAIEN: alle(is_loketmedewerker, vraag_is_geplaatst),
    Actie.AANMELDING_OPNIEUW: alle(is_loketmedewerker, vraag_is_actief, verviel_door_elders),
    Actie.BUITEN_KEUZE_VOORSTELLEN: alle(is_loketmedewerker, vraag_is_actief),
    Actie.GESPREK_SCHRIJVEN: alle(_gezin_of_balie, vraag_is_niet_gestopt),
    Actie.GESPREK_AFHANDELEN: alle(is_loketmedewerker, vraag_is_niet_gestopt),
    # Also after the question ended: that is when a place came free.
    Actie.VRIJ_MELDEN: is_loketmedewerker,
    Actie.NOTITIE_SCHRIJVEN: is_loketmedewerker,
    Actie.BRIEF_STUREN: alle(is_loketmedewerker, vraag_is_niet_gestopt),
    Actie.TOESTEMMING_GEVEN: alle(is_ouder, vraag_is_niet_gestopt),
    Actie.TOESTEMMING_NOTEREN: alle(is_loketmedewerker, vraag_is_niet_gestopt),
    Actie.AFSPRAAK_MAKEN: alle(_balie_helpt, vraag_is_niet_gestopt),
    Actie.DOORVERWIJZEN: alle(_balie_helpt, vraag_is_niet_gestopt),
    # Also after the question ended: what came of a referral.
    Actie.HULP_NOTEREN: _balie_helpt,
}


def mag(gebruiker: Bezoeker, actie: Actie, ding: Any) -> bool:
    return isinstance(gebruiker, Gebruiker) and gebruiker.is_active and MAG[actie](gebruiker, ding)


def eis(gebruiker: Bezoeker, actie: Actie, ding: Any) -> None:
    """Raise PermissionDenied (403) when the table says no. Row access (404) is `zichtbaar_voor`."""
    if not mag(gebruiker, actie, ding):
        raise PermissionDenied
