"""A family lets a toeleider help: how far, how long, by which way, and how it ends."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.toestemming import (
    CODES_PER_DAG,
    CodeKloptNiet,
    CodeVoorbij,
    GeenToeleider,
    GezinOnbekend,
    beeindig,
    bevestig_met_link,
    code_van,
    gebruik_code,
    geef_op_papier,
    lees_token,
    link_van,
    maak_code,
    vraag_toestemming,
    weiger_met_link,
)
from aanvragen.models import Opvangvraag, Toestemming, Toestemmingscode
from aanvragen.permissions import Actie, mag
from aanvragen.querysets import MAX_POGINGEN
from aanvragen.tijdlijn import logboek
from aanvragen.workflow import Hulpomvang, Toestemmingswijze, Vervalreden
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Rol
from tests.aanvragen.hulp.conftest import AMINA, geef
from tests.fabrieken import NU, kind_gegevens, maak_lid, maak_voorstel, maak_vraag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_die_dag")]
DAG = dt.timedelta(days=1)

#: What a toeleider may do on a running question, by how far the consent reaches.
REIKWIJDTE = """
actie               niets bekijken antwoorden aanvragen
bekijken            nee   ja       ja         ja
dossier             nee   ja       ja         ja
bevestigen          nee   nee      ja         ja
voorstel_kiezen     nee   nee      ja         ja
afspraak_maken      nee   nee      ja         ja
doorverwijzen       nee   nee      ja         ja
hulp_noteren        nee   nee      ja         ja
intrekken           nee   nee      nee        ja
laten_vervallen     nee   nee      nee        ja
keuze_toevoegen     nee   nee      nee        ja
dubbel_beoordelen   nee   nee      nee        nee
toestemming_geven   nee   nee      nee        nee
toestemming_noteren nee   nee      nee        nee
"""


def _ticket(spelers, vraag, *, toeleider=True, omvang=Hulpomvang.ANTWOORDEN) -> Toestemmingscode:
    return maak_code(
        vraag, toeleider=spelers.els if toeleider else None, omvang=omvang, dagen=90, nu=NU
    )


def _ziet(mens) -> list[Opvangvraag]:
    mens.__dict__.pop("rollen", None)
    return list(Opvangvraag.objects.voor_balie(mens))


# How far


@pytest.mark.parametrize("regel", REIKWIJDTE.strip().splitlines()[1:], ids=lambda r: r.split()[0])
def test_what_a_toeleider_may_follows_the_consent(spelers, vraag, regel):
    actie, *verwacht = regel.split()
    ding = maak_voorstel(vraag.aanmeldingen.get(rang=1)) if actie.startswith("voorstel") else vraag
    gekregen = ["ja" if mag(spelers.els, Actie(actie), ding) else "nee"]
    for omvang in Hulpomvang:
        geef(vraag, spelers, omvang)
        gekregen.append("ja" if mag(spelers.els, Actie(actie), ding) else "nee")

    assert gekregen == verwacht


@pytest.mark.parametrize(
    ("dagen_later", "ziet"), [(0, True), (29, True), (30, False), (400, False)]
)
def test_it_ends_by_itself(spelers, vraag, op_die_dag, dagen_later, ziet):
    geef(vraag, spelers, dagen=30)

    op_die_dag.move_to(NU + dagen_later * DAG)

    assert (_ziet(spelers.els) == [vraag]) is ziet
    assert mag(spelers.els, Actie.DOSSIER, vraag) is ziet


def test_only_this_family_opens(spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram)

    geef(vraag, spelers)

    assert _ziet(spelers.els) == [vraag]
    assert not mag(spelers.els, Actie.DOSSIER, ander)


def test_a_new_consent_replaces_the_earlier_one(spelers, vraag):
    ruim = geef(vraag, spelers, Hulpomvang.AANVRAGEN)

    smal = geef(vraag, spelers, Hulpomvang.BEKIJKEN, nu=NU + dt.timedelta(hours=1))

    ruim.refresh_from_db()
    assert ruim.beeindigd_op == NU + dt.timedelta(hours=1)
    assert list(Toestemming.objects.geldig_op(dt.date(2026, 3, 2))) == [smal]


def test_both_parents_hear_who_helps_and_how_to_stop_it(spelers, vraag):
    gezin = vraag.kind.gezin
    gezin.ouders.create(voornaam="Sami", familienaam="Haddad", email="sami@voorbeeld.test")

    geef(vraag, spelers)

    mails = Bericht.objects.filter(sjabloon="aanvragen/toestemming_gegeven").order_by("aan")
    assert [mail.aan for mail in mails] == [AMINA, "sami@voorbeeld.test"]
    assert mails[0].titel == f"Iemand helpt je met je aanvraag {vraag.referentie}"
    assert mails[0].tekst.startswith(
        "Dag Amina,\n\n"
        f"Els mag je helpen met je aanvraag {vraag.referentie}. Dat kwam bij ons binnen op papier. "
        "Die persoon werkt voor OCMW Wilgenrade.\n\n"
        "Dit mag: Meekijken en mee antwoorden. Het stopt vanzelf na dinsdag 31 maart 2026.\n"
    )
    assert f"/mijn/{vraag.referentie}/hulp/" in mails[0].tekst
    assert "Noor" not in mails[0].titel + mails[0].tekst


def test_it_is_in_the_logbook_of_each_running_question(spelers, vraag):
    broer = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        kinderen=(kind_gegevens(voornaam="Adam"),),
    )

    gegeven = geef(vraag, spelers)
    beeindig(gegeven, door=spelers.amina, nu=NU)

    for een in (vraag, broer):
        feiten = [g for g in gebeurtenissen_van(een) if "toestemming" in g.werkwoord]
        assert [(g.werkwoord, g.door) for g in feiten] == [
            ("aanvragen.toestemming.beeindigd", spelers.amina),
            ("aanvragen.toestemming.gegeven", spelers.carla),
        ]
        assert feiten[1].gegevens == {
            "toestemming": gegeven.pk,
            "toeleider": spelers.els.pk,
            "omvang": "antwoorden",
            "wijze": "papier",
            "tot": "2026-04-01",
        }


def test_only_who_guides_families_for_this_loket_gets_one(spelers, vraag):
    elders = maak_lid(spelers.ander_loket, Rol.TOELEIDER)
    for niemand in (spelers.carla, spelers.bram, elders):
        spelers_ = type("S", (), {"els": niemand, "carla": spelers.carla})
        with pytest.raises(GeenToeleider):
            geef(vraag, spelers_)

    assert not Toestemming.objects.exists()


def test_a_question_that_ended_needs_no_help(spelers, vraag):
    trek_in(vraag, door=None, nu=NU)

    with pytest.raises(OngeldigeOvergang):
        geef(vraag, spelers)
    with pytest.raises(OngeldigeOvergang):
        _ticket(spelers, vraag)


# It ends


def test_the_family_ends_it_at_once_and_once(spelers, vraag):
    gegeven = geef(vraag, spelers)

    beeindig(gegeven, door=spelers.amina, nu=NU)

    assert _ziet(spelers.els) == []
    assert not mag(spelers.els, Actie.DOSSIER, vraag)
    with pytest.raises(OngeldigeOvergang):
        beeindig(gegeven, door=spelers.amina, nu=NU)


# With a code


def test_the_mail_brings_the_code_and_what_is_asked(spelers, vraag):
    vraag_toestemming(
        f" {vraag.referentie.lower()} ",
        toeleider=spelers.els,
        omvang=Hulpomvang.BEKIJKEN,
        dagen=90,
        nu=NU,
    )

    ticket = Toestemmingscode.objects.get()
    tekst = Bericht.objects.get(sjabloon="aanvragen/toestemming_gevraagd").tekst
    cijfers = code_van(ticket)
    assert tekst.startswith(
        "Dag Amina,\n\n"
        f"Els wil je helpen met je aanvraag {vraag.referentie}. "
        "Die persoon werkt voor OCMW Wilgenrade.\n\n"
        "Dit mag die persoon dan: Meekijken. Dat duurt 3 maanden. Daarna stopt het vanzelf.\n\n"
        f"Is dat goed? Lees die persoon deze code voor: {cijfers[:3]} {cijfers[3:]}\n\n"
    )
    assert link_van(ticket) in tekst
    assert "De code werkt één keer, tot maandag 9 maart 2026." in tekst
    assert not Toestemming.objects.exists()


@pytest.mark.parametrize("wie", ["referentie", "adres"])
def test_the_code_that_the_parent_reads_out_opens_the_dossier(spelers, vraag, wie):
    wie = vraag.referentie if wie == "referentie" else AMINA.upper()
    ticket = _ticket(spelers, vraag)
    cijfers = code_van(ticket)

    gegeven = gebruik_code(wie, f"{cijfers[:3]} {cijfers[3:]}", toeleider=spelers.els, nu=NU)

    assert (gegeven.omvang, gegeven.wijze, gegeven.tot) == (
        Hulpomvang.ANTWOORDEN,
        Toestemmingswijze.CODE,
        dt.date(2026, 5, 31),
    )
    assert _ziet(spelers.els) == [vraag]


def test_a_code_works_once(spelers, vraag):
    ticket = _ticket(spelers, vraag)
    gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU)

    with pytest.raises(CodeKloptNiet):
        gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU)
    with pytest.raises(CodeVoorbij):
        bevestig_met_link(ticket, nu=NU)


def test_guessing_kills_the_code(spelers, vraag):
    ticket = _ticket(spelers, vraag)
    mis = "000000" if code_van(ticket) != "000000" else "000001"

    for _keer in range(MAX_POGINGEN):
        with pytest.raises(CodeKloptNiet):
            gebruik_code(vraag.referentie, mis, toeleider=spelers.els, nu=NU)

    with pytest.raises(CodeKloptNiet):
        gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU)
    assert not Toestemming.objects.exists()


def test_four_wrong_tries_are_forgiven(spelers, vraag):
    ticket = _ticket(spelers, vraag)
    for _keer in range(MAX_POGINGEN - 1):
        with pytest.raises(CodeKloptNiet):
            gebruik_code(vraag.referentie, "1", toeleider=spelers.els, nu=NU)

    assert gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU)


@pytest.mark.parametrize(
    ("later", "werkt"), [(7 * DAG - dt.timedelta(seconds=1), True), (7 * DAG, False)]
)
def test_a_code_lives_seven_days(spelers, vraag, later, werkt):
    ticket = _ticket(spelers, vraag)

    if werkt:
        assert gebruik_code(
            vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU + later
        )
    else:
        with pytest.raises(CodeKloptNiet):
            gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU + later)


def test_a_code_is_of_one_family_and_one_toeleider(spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram)
    collega = maak_lid(spelers.loket, Rol.TOELEIDER)
    cijfers = code_van(_ticket(spelers, vraag))

    for wie, toeleider in ((ander.referentie, spelers.els), (vraag.referentie, collega)):
        with pytest.raises(CodeKloptNiet):
            gebruik_code(wie, cijfers, toeleider=toeleider, nu=NU)
    assert not Toestemming.objects.exists()


def test_the_code_of_the_parents_screen_is_for_whom_it_is_read_to(spelers, vraag):
    ticket = _ticket(spelers, vraag, toeleider=False)
    collega = maak_lid(spelers.loket, Rol.TOELEIDER)

    gegeven = gebruik_code(vraag.referentie, code_van(ticket), toeleider=collega, nu=NU)

    assert gegeven.toeleider == collega
    # It was made, not asked for: the only mail says that it was given.
    assert list(
        Bericht.objects.filter(sjabloon__startswith="aanvragen/toestemming").values_list(
            "sjabloon", flat=True
        )
    ) == ["aanvragen/toestemming_gegeven"]


def test_a_newer_code_replaces_the_older_one(spelers, vraag):
    oud, nieuw = _ticket(spelers, vraag), _ticket(spelers, vraag)

    with pytest.raises(CodeVoorbij):
        bevestig_met_link(oud, nu=NU)
    assert bevestig_met_link(nieuw, nu=NU)


@pytest.mark.parametrize("wie", ["AAAA-BBBB", "niemand@voorbeeld.test", "", "@", "\x00"])
def test_an_unknown_family_is_answered_alike(spelers, vraag, wie):
    vraag_toestemming(wie, toeleider=spelers.els, omvang=Hulpomvang.BEKIJKEN, dagen=30, nu=NU)

    assert not Toestemmingscode.objects.exists()
    with pytest.raises(CodeKloptNiet):
        gebruik_code(wie, "123456", toeleider=spelers.els, nu=NU)


def test_a_family_is_not_flooded(spelers, vraag):
    for _keer in range(CODES_PER_DAG + 3):
        vraag_toestemming(AMINA, toeleider=spelers.els, omvang=Hulpomvang.BEKIJKEN, dagen=30, nu=NU)

    mails = Bericht.objects.filter(sjabloon="aanvragen/toestemming_gevraagd")
    assert mails.count() == CODES_PER_DAG


def test_a_family_that_wants_calm_is_not_asked(spelers, vraag):
    ticket = _ticket(spelers, vraag)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU)
    voor = Bericht.objects.count()

    vraag_toestemming(AMINA, toeleider=spelers.els, omvang=Hulpomvang.BEKIJKEN, dagen=30, nu=NU)
    with pytest.raises(CodeKloptNiet):
        gebruik_code(AMINA, code_van(ticket), toeleider=spelers.els, nu=NU)
    with pytest.raises(CodeVoorbij):
        bevestig_met_link(ticket, nu=NU)

    assert Bericht.objects.count() == voor


# With the link


def test_the_parent_says_yes_behind_the_link(spelers, vraag):
    ticket = lees_token(link_van(_ticket(spelers, vraag)).rstrip("/").rpartition("/")[2])

    gegeven = bevestig_met_link(ticket, nu=NU)

    assert (gegeven.toeleider, gegeven.wijze, gegeven.genoteerd_door) == (
        spelers.els,
        Toestemmingswijze.LINK,
        None,
    )


def test_the_parent_says_no_behind_the_link(spelers, vraag):
    ticket = _ticket(spelers, vraag)

    weiger_met_link(ticket, nu=NU)

    for poging in (
        lambda: bevestig_met_link(ticket, nu=NU),
        lambda: weiger_met_link(ticket, nu=NU),
    ):
        with pytest.raises(CodeVoorbij):
            poging()
    with pytest.raises(CodeKloptNiet):
        gebruik_code(vraag.referentie, code_van(ticket), toeleider=spelers.els, nu=NU)
    assert gebeurtenissen_van(vraag).first().werkwoord == "aanvragen.toestemming.geweigerd"


def test_the_logbook_says_that_it_was_the_family_that_answered_behind_the_link(spelers, vraag):
    bevestig_met_link(_ticket(spelers, vraag), nu=NU)
    weiger_met_link(_ticket(spelers, vraag), nu=NU)

    gezegd = {(regel.tekst, regel.wie) for regel in logboek(vraag)}

    wie = "het gezin, met de link in de mail"
    assert {
        ("Het gezin laat een toeleider helpen", wie),
        ("Het gezin wil de hulp van een toeleider niet", wie),
    } <= gezegd


def test_a_code_made_on_the_screen_has_no_link(spelers, vraag):
    ticket = _ticket(spelers, vraag, toeleider=False)

    assert lees_token(link_van(ticket).rstrip("/").rpartition("/")[2]) is None
    assert lees_token("x" + link_van(ticket).rstrip("/").rpartition("/")[2]) is None


# On paper


@pytest.mark.parametrize("naam", ["El Haddad", "elhaddad", "ÉL HADDAD "])
def test_a_toeleider_notes_a_signed_form(spelers, vraag, naam):
    gegeven = geef_op_papier(
        referentie=vraag.referentie,
        familienaam=naam,
        toeleider=spelers.els,
        omvang=Hulpomvang.BEKIJKEN,
        dagen=30,
        nu=NU,
    )

    assert (gegeven.wijze, gegeven.genoteerd_door) == (Toestemmingswijze.PAPIER, spelers.els)
    assert Bericht.objects.filter(sjabloon="aanvragen/toestemming_gegeven", aan=AMINA).exists()


@pytest.mark.parametrize(
    ("referentie", "naam"),
    [("AAAA-BBBB", "El Haddad"), (None, "Peeters"), (None, ""), (AMINA, "El Haddad")],
)
def test_a_form_without_the_right_number_and_name_is_refused(spelers, vraag, referentie, naam):
    with pytest.raises(GezinOnbekend):
        geef_op_papier(
            referentie=referentie or vraag.referentie,
            familienaam=naam,
            toeleider=spelers.els,
            omvang=Hulpomvang.BEKIJKEN,
            dagen=30,
            nu=NU,
        )


def test_a_form_of_another_loket_is_refused(spelers, vraag):
    elders = maak_lid(spelers.ander_loket, Rol.TOELEIDER)

    with pytest.raises(GezinOnbekend):
        geef_op_papier(
            referentie=vraag.referentie,
            familienaam="El Haddad",
            toeleider=elders,
            omvang=Hulpomvang.BEKIJKEN,
            dagen=30,
            nu=NU,
        )
