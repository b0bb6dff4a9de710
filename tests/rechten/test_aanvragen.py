"""Who may do what, as a table that somebody of the loket can read and check."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from aanvragen.domain.dubbels import voeg_samen, vraag_samenvoegen
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import trek_in
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.models import Aanmelding, Opvangvraag, Toestemming
from aanvragen.permissions import MAG, Actie, mag
from aanvragen.workflow import Kanaal
from loket.models import Rol
from opvang.models import Plaatsaanbod
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_lid,
    maak_voorstel,
    maak_vraag,
)

pytestmark = pytest.mark.django_db

#: ja / nee per person. "situatie" is the state of the question (or of the aanmelding and its
#: offer).
MATRIX = """
actie                   situatie    amina bram els_met els_zonder carla dirk farid greet hanne ivo joke
bekijken                actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
bekijken                geplaatst   ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
dossier                 actief      nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
bevestigen              actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
bevestigen              ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
geboorte_melden         actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
wijzigen                actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
wijzigen                ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
intrekken               actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
intrekken               geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
laten_vervallen         actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
laten_vervallen         geplaatst   ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
laten_vervallen         ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
dubbel_beoordelen       actief      nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
dubbel_beoordelen       ingediend   nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
samenvoegen_beantwoorden gevraagd   ja    nee  nee     nee        ja    nee  nee   nee   nee   nee nee
samenvoegen_beantwoorden actief     nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
samenvoeging_scheiden   samen       nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
samenvoeging_scheiden   actief      nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
onbeantwoord_afsluiten  actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
onbeantwoord_afsluiten  geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
aanmelding_bekijken     actief      ja    nee  ja      nee        ja    nee  ja    nee   nee   nee nee
aanmelding_beantwoorden actief      nee   nee  nee     nee        ja    nee  ja    nee   nee   nee nee
aanmelding_beantwoorden geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
aanmelding_herinneren   actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
aanmelding_terugzetten  verlopen    nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
aanmelding_terugzetten  actief      nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
keuze_toevoegen         actief      nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
keuze_toevoegen         geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
voorstel_kiezen         voorstel    ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
voorstel_kiezen         geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
voorstel_intrekken      voorstel    nee   nee  nee     nee        ja    nee  ja    nee   nee   nee nee
voorstel_intrekken      geplaatst   nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
plaatsing_terugdraaien  geplaatst   nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
plaatsing_terugdraaien  actief      nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
aanmelding_opnieuw      elders      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
aanmelding_opnieuw      actief      nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
buiten_keuze_voorstellen actief     nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
buiten_keuze_voorstellen geplaatst  nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
toestemming_geven       actief      ja    nee  nee     nee        nee   nee  nee   nee   nee   nee nee
toestemming_geven       ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
toestemming_noteren     actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
toestemming_noteren     ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
afspraak_maken          actief      nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
afspraak_maken          geplaatst   nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
afspraak_maken          ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
doorverwijzen           actief      nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
doorverwijzen           ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
hulp_noteren            ingetrokken nee   nee  ja      nee        ja    nee  nee   nee   nee   nee nee
gesprek_schrijven       actief      ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
gesprek_schrijven       geplaatst   ja    nee  ja      nee        ja    nee  nee   nee   nee   nee nee
gesprek_schrijven       ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
gesprek_afhandelen      actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
gesprek_afhandelen      ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
notitie_schrijven       actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
notitie_schrijven       ingetrokken nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
brief_sturen            actief      nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
brief_sturen            ingetrokken nee   nee  nee     nee        nee   nee  nee   nee   nee   nee nee
vrij_melden             ingetrokken nee   nee  nee     nee        ja    nee  nee   nee   nee   nee nee
"""


def vakjes() -> list[tuple[str, str, dict[str, bool]]]:
    kop, *regels = MATRIX.strip().splitlines()
    rollen = kop.split()[2:]
    return [
        (actie, situatie, dict(zip(rollen, [a == "ja" for a in antwoorden], strict=True)))
        for actie, situatie, *antwoorden in (regel.split() for regel in regels)
    ]


@pytest.fixture
def els_zonder(spelers):
    """A toeleider of the same loket whom this family never gave consent."""
    return maak_lid(spelers.loket, Rol.TOELEIDER)


def _ding(spelers, actie: str, situatie: str):
    unborn = kind_gegevens(familienaam="Peeters", verwachte_geboortedatum=dt.date(2026, 6, 1))
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        kinderen=(unborn,),
        kanaal=Kanaal.ONLINE,
    )
    Toestemming.objects.create(
        gezin=vraag.kind.gezin,
        toeleider=spelers.els,
        vanaf=dt.date(2020, 1, 1),
        tot=dt.date(2100, 1, 1),
        gegeven_op=NU,
    )
    aanmelding = vraag.aanmeldingen.get()
    voorstel = None
    if situatie in {"voorstel", "geplaatst"}:
        voorstel = maak_voorstel(aanmelding)
    if situatie == "geplaatst":
        aanvaard(voorstel, door=None, nu=NU)
    elif situatie == "ingetrokken":
        trek_in(vraag, door=None, nu=NU)
    elif situatie == "verlopen":
        laat_verlopen(maak_voorstel(aanmelding), nu=NU + dt.timedelta(days=30))
    elif situatie in {"gevraagd", "samen"}:
        dubbel = maak_vraag(spelers.loket, [spelers.egeltjes])
        Opvangvraag.objects.filter(pk=dubbel.pk).update(
            status="ingediend", mogelijk_dubbel_van=vraag
        )
        dubbel.refresh_from_db()
        (vraag_samenvoegen if situatie == "gevraagd" else voeg_samen)(
            dubbel, door=spelers.carla, nu=NU
        )
    elif situatie == "elders":
        Aanmelding.objects.filter(pk=aanmelding.pk).update(status="vervallen_elders")
    elif situatie == "ingediend":
        Opvangvraag.objects.filter(pk=vraag.pk).update(status="ingediend")
    if actie.startswith("voorstel"):
        voorstel.refresh_from_db()
        return voorstel
    if actie.startswith("aanmelding"):
        return Aanmelding.objects.get(pk=aanmelding.pk)
    return Opvangvraag.objects.get(pk=vraag.pk)


@pytest.mark.parametrize(
    ("actie", "situatie", "verwacht"), vakjes(), ids=lambda v: str(v) if isinstance(v, str) else ""
)
def test_rechten(spelers, els_zonder, actie, situatie, verwacht):
    ding = _ding(spelers, actie, situatie)
    mensen = {naam: getattr(spelers, naam, None) for naam in verwacht}
    mensen |= {"els_met": spelers.els, "els_zonder": els_zonder}

    assert {naam: mag(mens, Actie(actie), ding) for naam, mens in mensen.items()} == verwacht


def test_every_action_has_a_rule_and_a_line():
    assert set(MAG) == set(Actie)
    assert {actie for actie, _, _ in vakjes()} == {actie.value for actie in Actie}


def test_signed_out_and_inactive_people_may_nothing(spelers):
    vraag = _ding(spelers, "bekijken", "actief")
    spelers.amina.is_active = False

    assert not mag(AnonymousUser(), Actie.BEKIJKEN, vraag)
    assert not mag(spelers.amina, Actie.BEKIJKEN, vraag)


@pytest.mark.parametrize(
    ("naam", "ziet"),
    [
        ("amina", True),
        ("bram", False),
        ("carla", True),
        ("dirk", False),
        ("els", True),
        ("farid", False),
        ("hanne", False),
        ("ivo", False),
        ("joke", False),
    ],
)
def test_rows_that_a_person_sees(spelers, naam, ziet):
    """The queryset says the same as the table: what is not yours is not there."""
    vraag = _ding(spelers, "bekijken", "actief")
    mens = getattr(spelers, naam)

    assert Opvangvraag.objects.zichtbaar_voor(mens).filter(pk=vraag.pk).exists() is ziet
    assert mag(mens, Actie.BEKIJKEN, vraag) is ziet


def test_provider_sees_the_requests_at_its_own_locations_only(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje], gebruiker=spelers.amina)
    aanbod = Plaatsaanbod.objects.create(
        locatie=spelers.egeltjes, vanaf=dt.date(2026, 1, 1), laatst_bevestigd=NU
    )

    assert [a.locatie for a in Aanmelding.objects.van_aanbieder(spelers.farid)] == [
        spelers.egeltjes
    ]
    assert [a.locatie for a in Aanmelding.objects.van_aanbieder(spelers.greet)] == [
        spelers.zonnetje
    ]
    assert list(Plaatsaanbod.objects.van_aanbieder(spelers.farid)) == [aanbod]
    assert not Plaatsaanbod.objects.van_aanbieder(spelers.greet).exists()
    assert not Opvangvraag.objects.zichtbaar_voor(spelers.farid).filter(pk=vraag.pk).exists()


def test_membership_that_ended_opens_nothing(spelers):
    vraag = _ding(spelers, "bekijken", "actief")
    oud = maak_lid(spelers.loket, Rol.LOKETMEDEWERKER, tot=dt.date(2021, 1, 1))

    assert not mag(oud, Actie.BEKIJKEN, vraag)
    assert not Opvangvraag.objects.zichtbaar_voor(oud).exists()
