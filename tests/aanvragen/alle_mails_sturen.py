"""Send every mail of the demand once, each by the decision that causes it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from aanvragen.domain.afspraken import Afspraakgegevens, maak_afspraak, zeg_afspraak_af
from aanvragen.domain.beantwoorden import blijft_wachten, weiger, zet_op_wachtlijst
from aanvragen.domain.brieven import verstuur_brief
from aanvragen.domain.concept import begin_concept
from aanvragen.domain.doorverwijzen import verwijs_door
from aanvragen.domain.dubbels import bevestig_samenvoegen, vraag_samenvoegen
from aanvragen.domain.eindstatus import vraag_eindstatus
from aanvragen.domain.fouten import GeenPlaats
from aanvragen.domain.geboorte import vraag_geboorten
from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.hervatten import bewaar_onder, waarschuw_voor_opruimen
from aanvragen.domain.kiezen import aanvaard, weiger_voorstel
from aanvragen.domain.scheiden import scheid
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.toestemming import geef_toestemming, maak_code
from aanvragen.domain.voorstellen import laat_verlopen, trek_voorstel_in
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Aanmelding, Opvangvraag, Partner
from aanvragen.workflow import (
    Afspraaksoort,
    Doorverwijswijze,
    Hulpomvang,
    Partij,
    Partnersoort,
    Toestemmingswijze,
    Vervalreden,
    Weigerreden,
)
from tests.aanvragen.balie.fabrieken import maak_sjabloon
from tests.aanvragen.voorstellen.verhaal import hou_vast_tot_het_einde
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_aanbod,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
)
from tests.spelers import Spelers

DAG = dt.timedelta(days=1)
AMINA = "amina@voorbeeld.test"
#: The wished start of the factories has passed: a Wednesday, in the morning.
NA_DE_START = dt.datetime(2026, 9, 2, 10, tzinfo=dt.UTC)


def vraag_van_haddad(spelers: Spelers, **velden: object) -> Opvangvraag:
    velden.setdefault("kinderen", (kind_gegevens(voornaam="Noor", familienaam="Haddad"),))
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email=AMINA,
            telefoon="0470 11 22 33",
            straat="Molenkouter",
        ),
        **velden,
    )


def egel(vraag: Opvangvraag) -> Aanmelding:
    return vraag.aanmeldingen.get(locatie__slug="de-egeltjes")


def stuur_alle_mails(spelers: Spelers) -> None:
    """Every way in which a question can go, beside a closing (noodplan/test_mails.py)."""
    _zoek_vergeefs(spelers)
    _kies_en_stop(spelers)
    hou_vast_tot_het_einde(spelers)
    _wacht_lang(spelers)
    _krijg_hulp(spelers)
    _verwacht(spelers)
    _begin_en_bewaar(spelers)


def _zoek_vergeefs(spelers: Spelers) -> None:
    """Asked twice, written about, offered, changed, asked after, and no place in the end."""
    voorbij = NU + 11 * DAG
    kind = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 1, 15))
    vraag = vraag_van_haddad(spelers, kinderen=(kind,))
    schrijf(vraag, None, partij=Partij.LOKET, tekst="Geheim", door=spelers.carla, nu=NU)
    schrijf(vraag, egel(vraag), partij=Partij.GEZIN, tekst="Geheim", door=spelers.amina, nu=NU)
    dubbel = maak_vraag(spelers.loket, [spelers.egeltjes], kinderen=(kind,))
    samen = vraag_samenvoegen(dubbel, door=spelers.carla, nu=NU)
    bevestig_samenvoegen(samen, door=spelers.carla, nu=NU, wijze="telefoon")
    trek_in(scheid(samen, door=spelers.carla, nu=NU), door=None, nu=NU)
    herinner(vraag.aanmeldingen.get(rang=2), door=spelers.carla, nu=voorbij)
    trek_voorstel_in(maak_voorstel(egel(vraag)), door=None, nu=NU)
    weiger_voorstel(maak_voorstel(egel(vraag)), door=None, nu=NU, blijf_op_wachtlijst=True)
    laat_verlopen(maak_voorstel(egel(vraag)), nu=voorbij)
    vraag.refresh_from_db()
    wens = dataclasses.replace(wens_van(vraag, keuzes_van(vraag)), rooster=1)
    wijzig(vraag, wens, door=None, nu=NU)
    assert vraag_na(vraag, nu=NU + 91 * DAG)
    weiger(vraag.aanmeldingen.get(rang=2), reden=Weigerreden.VOLZET, door=None, nu=NU)
    sluit_onbeantwoord_af(vraag, door=spelers.carla, nu=NU)


def _kies_en_stop(spelers: Spelers) -> None:
    """Two families for one place, and both questions stop."""
    vraag = vraag_van_haddad(spelers)
    zet_op_wachtlijst(egel(vraag), door=None, nu=NU)
    aanbod = maak_aanbod(spelers.egeltjes)
    gedeeld = maak_voorstel(egel(vraag), aanbod, reserveert=False)
    jonger = kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=dt.date(2026, 2, 1))
    ander = vraag_van_haddad(spelers, kinderen=(jonger,))
    aanvaard(maak_voorstel(egel(ander), aanbod), door=None, nu=NU)
    with pytest.raises(GeenPlaats):
        aanvaard(gedeeld, door=None, nu=NU)
    trek_in(vraag, door=None, nu=NU)
    laat_vervallen(ander, reden=Vervalreden.VERHUISD, door=None, nu=NU)


def _wacht_lang(spelers: Spelers) -> None:
    """On two lists until after the wished start: one still waits, one says there is care already."""
    vraag = vraag_van_haddad(spelers)
    for aanmelding in vraag.aanmeldingen.order_by("rang"):
        zet_op_wachtlijst(aanmelding, door=None, nu=NU)
        assert vraag_eindstatus(aanmelding, nu=NA_DE_START)
    een, twee = vraag.aanmeldingen.order_by("rang")
    blijft_wachten(een, door=None, nu=NA_DE_START)
    weiger(twee, reden=Weigerreden.GEVONDEN, door=None, nu=NA_DE_START)
    trek_in(vraag, door=None, nu=NA_DE_START)


def _krijg_hulp(spelers: Spelers) -> None:
    """A toeleider asks to help and may, an appointment is called off, a partner and a letter."""
    vraag = vraag_van_haddad(spelers)
    hulp = {"toeleider": spelers.els, "omvang": Hulpomvang.ANTWOORDEN, "dagen": 30, "nu": NU}
    maak_code(vraag, **hulp)
    geef_toestemming(vraag, **hulp, wijze=Toestemmingswijze.PAPIER, door=spelers.carla)
    afspraak = maak_afspraak(
        vraag,
        Afspraakgegevens(begint_op=NU + DAG, duur=60, locatie=spelers.egeltjes),
        soort=Afspraaksoort.BEZOEK,
        wie=spelers.els,
        door=spelers.carla,
        nu=NU,
    )
    zeg_afspraak_af(afspraak, door=spelers.amina, nu=NU, door_ouder=True)
    partner = Partner.objects.create(
        loket=spelers.loket,
        naam="Open Deur",
        soort=Partnersoort.TAALLES,
        waarmee="Je leert er Nederlands, ook overdag.",
        telefoon="09 111 22 33",
    )
    verwijs_door(
        vraag,
        partner,
        wijze=Doorverwijswijze.DOORGEVEN,
        gezin_akkoord=True,
        door=spelers.carla,
        nu=NU,
    )
    brief = maak_sjabloon(spelers.loket, nl="We zoeken mee\nVoor {kind}, vanaf {start}.")
    verstuur_brief(vraag, brief, door=spelers.carla, nu=NU)


def _verwacht(spelers: Spelers) -> None:
    """The day that a baby was expected is over."""
    dag = NU.date() + 30 * DAG
    baby = kind_gegevens(familienaam="Haddad", verwachte_geboortedatum=dag)
    vraag_van_haddad(spelers, kinderen=(baby,))
    assert vraag_geboorten(NU + 37 * DAG) == 1


def _begin_en_bewaar(spelers: Spelers) -> None:
    """A form that is kept for later, and almost thrown away."""
    concept = begin_concept(loket=spelers.loket, gebruiker=None, nu=NU)
    bewaar_onder(concept, AMINA, nu=NU)
    assert waarschuw_voor_opruimen(NU + 12 * DAG) == 1
