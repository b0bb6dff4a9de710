"""Giving a task, letting it wait, calling it done: the domain and its pages."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.fouten import Weigering
from aanvragen.domain.notities import noteer, wis
from aanvragen.domain.toestemming import collegas_van, geef_toestemming
from aanvragen.domain.werk import geef_aan, haal_terug, rond_af, stel_uit
from aanvragen.models import Notitie, Taakwerk
from aanvragen.werklijst import taken_voor
from aanvragen.workflow import (
    Hulpomvang,
    Notitiesoort,
    Rustreden,
    Taakuitkomst,
    Toestemmingswijze,
)
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Rol
from tests.aanvragen.balie.conftest import middag
from tests.aanvragen.balie.fabrieken import taak_van
from tests.fabrieken import maak_gebruiker, maak_lid, maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = pytest.mark.django_db
DAG = "2026-03-20"
NU = middag(DAG)


@pytest.fixture
def vraag(spelers):
    """A provider that is late since Wednesday; nothing else is to be done."""
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        nu=middag("2026-03-02"),
        vraag=vraag_gegevens(gewenste_start=dt.date(2028, 3, 1)),
    )
    vraag.aanmeldingen.update(antwoord_voor=dt.date(2026, 3, 18))
    return vraag


@pytest.fixture
def taak(spelers, vraag):
    return taak_van(spelers.carla, "te_laat", nu=NU)


def verbs(vraag) -> list[str]:
    return [
        g.werkwoord
        for g in gebeurtenissen_van(vraag).order_by("pk")
        if g.werkwoord.startswith(("aanvragen.taak", "aanvragen.notitie"))
    ]


# Who does it


def test_a_task_is_given_and_let_go(spelers, vraag, taak):
    geef_aan(taak, spelers.carla, gezien=None, door=spelers.carla, nu=NU)

    assert taak_van(spelers.carla, "te_laat", nu=NU).wie == spelers.carla.pk

    geef_aan(taak, None, gezien=spelers.carla.pk, door=spelers.carla, nu=NU)

    assert taak_van(spelers.carla, "te_laat", nu=NU).wie is None
    assert verbs(vraag) == ["aanvragen.taak.gegeven", "aanvragen.taak.gegeven"]


def test_who_presses_second_reads_who_has_it(spelers, vraag, taak):
    piet = maak_lid(spelers.loket, Rol.LOKETMEDEWERKER, gebruiker=maak_gebruiker(naam="Piet"))
    geef_aan(taak, piet, gezien=None, door=piet, nu=NU)

    with pytest.raises(Weigering, match="Intussen nam Piet deze taak"):
        geef_aan(taak, spelers.carla, gezien=None, door=spelers.carla, nu=NU)

    assert Taakwerk.objects.get().wie == piet


def test_pressing_twice_is_once(spelers, vraag, taak):
    for _keer in range(2):
        geef_aan(taak, spelers.carla, gezien=None, door=spelers.carla, nu=NU)

    assert verbs(vraag) == ["aanvragen.taak.gegeven"]


def test_a_task_is_not_given_to_who_may_not_open_the_dossier(spelers, taak):
    for vreemde in (spelers.dirk, spelers.els):
        with pytest.raises(Weigering, match="kan dit dossier niet openen"):
            geef_aan(taak, vreemde, gezien=None, door=spelers.carla, nu=NU)


def test_colleagues_are_staff_of_the_loket(spelers, vraag):
    assert list(collegas_van(vraag, peildatum=NU.date())) == [spelers.carla]


def test_who_helps_the_family_is_a_colleague_as_long_as_the_loket_lets(spelers, vraag):
    geef_toestemming(
        vraag,
        toeleider=spelers.els,
        omvang=Hulpomvang.BEKIJKEN,
        dagen=90,
        wijze=Toestemmingswijze.PAPIER,
        door=spelers.carla,
        nu=NU,
    )

    eerst = list(collegas_van(vraag, peildatum=NU.date()))
    spelers.els.lidmaatschappen.update(tot=NU.date())
    daarna = list(collegas_van(vraag, peildatum=NU.date()))

    assert eerst == [spelers.carla, spelers.els]
    assert daarna == [spelers.carla]


# Later


@pytest.mark.parametrize(
    ("op", "verwacht"), [("2026-03-24", []), ("2026-03-25", [("te_laat", "2026-03-25")])]
)
def test_what_waits_comes_back_on_its_day(spelers, vraag, taak, te_doen, op, verwacht):
    stel_uit(taak, dt.date(2026, 3, 25), reden=Rustreden.AFWEZIG, door=spelers.carla, nu=NU)

    nu = middag(op)
    lijst = [
        (str(t.soort), t.termijn.isoformat())
        for t in taken_voor(spelers.carla, nu=nu)
        if not t.rust(nu.date())
    ]

    assert lijst == verwacht
    assert verbs(vraag) == ["aanvragen.taak.uitgesteld"]


@pytest.mark.parametrize(
    ("tot", "zin"),
    [
        ("2026-03-20", "Kies een dag na vandaag"),
        ("2026-06-21", "ten hoogste 92 dagen"),
    ],
)
def test_a_task_waits_for_a_while_only(spelers, taak, tot, zin):
    with pytest.raises(Weigering, match=zin):
        stel_uit(
            taak, dt.date.fromisoformat(tot), reden=Rustreden.ANDERS, door=spelers.carla, nu=NU
        )

    assert not Taakwerk.objects.exists()


def test_an_offer_does_not_wait_until_it_is_gone(spelers, vraag):
    maak_voorstel(vraag.aanmeldingen.get(), nu=middag("2026-03-16"))
    taak = taak_van(spelers.carla, "verloopt", nu=NU)

    with pytest.raises(Weigering, match="al vervallen"):
        stel_uit(
            taak,
            taak.termijn + dt.timedelta(days=1),
            reden=Rustreden.ANDERS,
            door=spelers.carla,
            nu=NU,
        )


def test_a_wait_can_end_early(spelers, vraag, taak, te_doen):
    stel_uit(taak, dt.date(2026, 3, 25), reden=Rustreden.AFWEZIG, door=spelers.carla, nu=NU)
    haal_terug(taak_van(spelers.carla, "te_laat", nu=NU), door=spelers.carla, nu=NU)

    assert te_doen(spelers.carla, DAG) == ["te_laat"]


# Done


@pytest.mark.parametrize(
    ("uitkomst", "weg_tot", "terug_op"),
    [
        (Taakuitkomst.GESPROKEN, "2026-03-24", "2026-03-25"),
        (Taakuitkomst.NIET_BEREIKT, "2026-03-22", "2026-03-23"),
    ],
)
def test_a_rule_that_still_holds_brings_the_task_back(
    spelers, vraag, taak, te_doen, uitkomst, weg_tot, terug_op
):
    terug = rond_af(taak, uitkomst=uitkomst, door=spelers.carla, nu=NU, notitie="Belt terug.")

    assert terug == dt.date.fromisoformat(terug_op)
    assert te_doen(spelers.carla, weg_tot) == []
    assert te_doen(spelers.carla, terug_op) == ["te_laat"]
    assert Notitie.objects.get().tekst == "Belt terug."
    assert verbs(vraag) == ["aanvragen.taak.klaar"]


def test_the_words_of_a_note_stay_out_of_the_logbook(spelers, vraag, taak):
    rond_af(
        taak,
        uitkomst=Taakuitkomst.GEREGELD,
        door=spelers.carla,
        nu=NU,
        notitie="Mama is ziek.",
    )

    assert all("ziek" not in str(g.gegevens) for g in gebeurtenissen_van(vraag))


def test_what_is_due_anew_is_a_new_task(spelers, vraag, taak, te_doen):
    rond_af(taak, uitkomst=Taakuitkomst.GESPROKEN, door=spelers.carla, nu=NU)
    vraag.aanmeldingen.update(antwoord_voor=dt.date(2026, 3, 20))

    assert te_doen(spelers.carla, "2026-03-23") == ["te_laat"]


def test_a_task_of_our_own_is_done_for_good(spelers, vraag, te_doen):
    zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=NU)
    noteer(vraag, Notitiesoort.TAAK, "Bel terug", wanneer=NU.date(), door=spelers.carla, nu=NU)
    assert te_doen(spelers.carla, DAG) == ["eigen"]

    terug = rond_af(
        taak_van(spelers.carla, "eigen", nu=NU),
        uitkomst=Taakuitkomst.GEREGELD,
        door=spelers.carla,
        nu=NU,
    )

    assert terug is None
    assert te_doen(spelers.carla, "2026-04-20", lijst="week") == []
    assert Notitie.objects.get().gedaan_op == NU


def test_what_asks_for_a_decision_is_never_just_done(spelers, vraag, taak):
    vraag.__class__.objects.update(status="ingediend")
    dubbel = taak_van(spelers.carla, "dubbel", nu=NU)

    with pytest.raises(Weigering, match="beslissing"):
        rond_af(dubbel, uitkomst=Taakuitkomst.GEREGELD, door=spelers.carla, nu=NU)


# Notes


@pytest.mark.parametrize("wanneer", [None, dt.date(2026, 3, 19)])
def test_a_task_needs_a_day_that_has_not_passed(spelers, vraag, wanneer):
    with pytest.raises(Weigering, match="latere dag"):
        noteer(vraag, Notitiesoort.TAAK, "Bel", wanneer=wanneer, door=spelers.carla, nu=NU)


def test_a_note_is_wiped_for_good_and_that_is_logged(spelers, vraag):
    notitie = noteer(vraag, Notitiesoort.GEBELD, "Te veel", door=spelers.carla, nu=NU)

    wis(notitie, door=spelers.carla, nu=NU)

    assert not Notitie.objects.exists()
    assert verbs(vraag) == ["aanvragen.notitie.genoteerd", "aanvragen.notitie.gewist"]


# The pages


@pytest.fixture
def als_carla(client, spelers):
    with time_machine.travel(NU, tick=False):
        client.force_login(spelers.carla)
        yield client


def pad(vraag, wat: str = "") -> str:
    return f"/balie/dossier/{vraag.referentie}/taak/te_laat/{vraag.aanmeldingen.get().pk}/{wat}"


def test_one_button_on_the_list_takes_a_task(als_carla, spelers, vraag):
    antwoord = als_carla.post(
        pad(vraag, "wie/"), {"wie": spelers.carla.pk, "terug": "/balie/?lijst=week"}
    )

    assert (antwoord.status_code, antwoord["Location"]) == (302, "/balie/?lijst=week")
    assert Taakwerk.objects.get().wie == spelers.carla
    for wie, aantal in (("mij", 1), ("niemand", 0)):
        assert len(als_carla.get(f"/balie/?wie={wie}").context["pagina"]) == aantal


def test_nobody_is_led_out_of_the_portal(als_carla, spelers, vraag):
    antwoord = als_carla.post(
        pad(vraag, "wie/"), {"wie": spelers.carla.pk, "terug": "https://elders.test/balie/"}
    )

    assert antwoord["Location"] == f"/balie/dossier/{vraag.referentie}/"


def test_a_task_is_put_off_with_a_reason(als_carla, spelers, vraag):
    antwoord = als_carla.post(
        pad(vraag, "later/"), {"wanneer": "3", "reden": "afwezig"}, follow=True
    )

    assert "Deze taak komt terug op woensdag 25 maart." in antwoord.content.decode()
    lijst = als_carla.get("/balie/?lijst=uitgesteld")
    assert [r.rust_reden for g in lijst.context["groepen"] for r in g.regels] == [
        "Vakantie of gesloten"
    ]
    assert als_carla.get("/balie/").context["aantallen"] == {"nu": 0, "week": 0, "uitgesteld": 1}


def test_another_day_has_to_be_named(als_carla, vraag):
    antwoord = als_carla.post(pad(vraag, "later/"), {"wanneer": "dag", "reden": "anders"})

    assert antwoord.status_code == 422
    assert "Vul de dag in waarop de taak terugkomt." in antwoord.content.decode()


def test_an_own_day_counts(als_carla, vraag):
    als_carla.post(
        pad(vraag, "later/"),
        {
            "wanneer": "dag",
            "dag_dag": "1",
            "dag_maand": "april",
            "dag_jaar": "2026",
            "reden": "afspraak",
        },
    )

    assert Taakwerk.objects.get().rust_tot == dt.date(2026, 4, 1)


def test_done_says_when_it_comes_back_and_keeps_the_note(als_carla, vraag):
    antwoord = als_carla.post(
        pad(vraag, "klaar/"),
        {"uitkomst": "gesproken", "notitie": "Ze zoeken het uit."},
        follow=True,
    )

    tekst = antwoord.content.decode()
    assert "dan komt de taak terug op woensdag 25 maart." in tekst
    assert "Ze zoeken het uit." in tekst


def test_a_task_that_is_gone_leads_to_the_dossier(als_carla, vraag):
    adres = pad(vraag)
    assert als_carla.get(adres).status_code == 200
    zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=NU)

    antwoord = als_carla.get(adres, follow=True)

    assert "Deze taak is er niet meer" in antwoord.content.decode()


def test_a_note_with_a_mistake_is_not_lost(als_carla, vraag):
    antwoord = als_carla.post(
        f"/balie/dossier/{vraag.referentie}/notitie/", {"soort": "taak", "tekst": "Bel de crèche"}
    )

    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Vul de dag in waarop je dit moet doen." in tekst
    assert "Bel de crèche</textarea>" in tekst


def test_a_note_of_another_dossier_is_not_wiped(als_carla, spelers, vraag):
    ander = maak_vraag(spelers.loket, [spelers.zonnetje], nu=NU)
    notitie = noteer(ander, Notitiesoort.GEBELD, "Van een ander", door=spelers.carla, nu=NU)

    adres = f"/balie/dossier/{vraag.referentie}/notitie/{notitie.pk}/wissen/"

    assert als_carla.post(adres).status_code == 404
    assert Notitie.objects.exists()


def test_a_toeleider_reads_no_notes(client, spelers):
    vraag = maak_vraag(
        spelers.loket, [spelers.egeltjes], nu=NU, door=spelers.els, kanaal="toeleider"
    )
    noteer(vraag, Notitiesoort.GEBELD, "Alleen voor ons", door=spelers.carla, nu=NU)
    with time_machine.travel(NU, tick=False):
        client.force_login(spelers.els)

        tekst = client.get(f"/balie/dossier/{vraag.referentie}/").content.decode()

    assert "Alleen voor ons" not in tekst
    assert "Noteer iets" not in tekst


def test_the_figures_of_the_day(als_carla, spelers, vraag):
    maak_vraag(spelers.loket, [spelers.zonnetje], nu=NU)
    zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=NU)

    cijfers = als_carla.get("/balie/").context["cijfers"]

    assert (cijfers.nieuw, cijfers.beantwoord, cijfers.geplaatst) == (1, 1, 0)
    assert (cijfers.wachten, cijfers.te_laat) == (2, 0)
