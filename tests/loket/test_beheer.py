"""The admin: only for managers, only their own lokets, only master data."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from loket.beheer import beheer
from loket.domain.logboek import leg_inzage_vast, leg_vast
from loket.models import Bericht, Gebeurtenis, Gebruiker, Inzage, Lidmaatschap, Loket, Rol
from opvang.models import Opvanglocatie, OrganisatorLid, Vergunning
from tests.fabrieken import (
    NU,
    maak_aanbod,
    maak_gebruiker,
    maak_lid,
    maak_locatie,
    maak_loket,
    maak_organisator,
    maak_vergunning,
)
from tests.loket.conftest import maak_bericht

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def joke(spelers, client):
    """Manages the loket of Wilgenrade, and is signed in."""
    client.force_login(spelers.joke)
    return spelers.joke


def lijst(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def scherm(ding) -> str:
    return reverse(f"admin:{ding._meta.app_label}_{ding._meta.model_name}_change", args=[ding.pk])


def nieuw(model: str) -> str:
    return reverse(f"admin:{model}_add")


def gevonden(antwoord) -> set:
    return {rij.pk for rij in antwoord.context["cl"].result_list}


# Who comes in


def test_a_visitor_is_led_to_the_sign_in_page(client):
    antwoord = client.get(INDEX, follow=True)

    assert antwoord.redirect_chain[-1] == ("/accounts/login/?next=/beheer/", 302)


def test_the_sign_in_page_of_the_admin_is_ours(client):
    antwoord = client.get("/beheer/login/?next=/beheer/loket/loket/")

    assert (antwoord.status_code, antwoord.url) == (
        302,
        "/accounts/login/?next=/beheer/loket/loket/",
    )


@pytest.mark.parametrize("wie", ["amina", "carla", "els", "farid", "hanne", "ivo"])
def test_who_is_no_manager_is_refused(spelers, client, wie):
    client.force_login(getattr(spelers, wie))

    assert client.get(INDEX).status_code == 302
    assert client.get(INDEX, follow=True).status_code == 403
    assert client.get(lijst("loket_lidmaatschap"), follow=True).status_code == 403


def test_a_superuser_without_the_role_is_refused(client):
    client.force_login(Gebruiker.objects.create_superuser("root@voorbeeld.test", "x"))

    assert client.get(INDEX, follow=True).status_code == 403


def test_a_manager_comes_in(joke, client):
    antwoord = client.get(INDEX)

    assert antwoord.status_code == 200
    assert client.get("/beheer/login/").url == INDEX
    modellen = [model for app in antwoord.context["app_list"] for model in app["models"]]
    assert {model["object_name"] for model in modellen} >= {
        "Bericht", "Gebeurtenis", "Gebruiker", "Gemeente", "Inzage", "Lidmaatschap", "Loket",
        "Opvanglocatie", "Organisator", "OrganisatorLid", "Vergunning", "Wijk",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("veld", "dagen"),
    [pytest.param("tot", 0, id="eindigt vandaag"), pytest.param("vanaf", 1, id="begint morgen")],
)
def test_a_role_counts_only_while_it_lasts(client, veld, dagen):
    # Not in the table above: midnight may pass between reading it and running it.
    periode = {veld: timezone.localdate() + dt.timedelta(days=dagen)}
    loket = maak_loket()
    client.force_login(
        maak_lid(loket, Rol.BEHEERDER, gebruiker=maak_gebruiker(is_staff=True), **periode)
    )

    assert client.get(INDEX, follow=True).status_code == 403


def test_a_closed_account_is_out_at_once(joke, client):
    Gebruiker.objects.filter(pk=joke.pk).update(is_active=False)

    antwoord = client.get(INDEX, follow=True)

    assert antwoord.redirect_chain[-1] == ("/accounts/login/?next=/beheer/", 302)


def test_signing_out_of_the_admin_signs_out(joke, client):
    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.post(reverse("admin:logout")).url == "/"
    assert client.get(INDEX).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_password_is_changed_on_our_own_page(joke, client):
    assert client.get(reverse("admin:password_change")).url == "/accounts/password/change/"


# What is there


@pytest.mark.parametrize("admin_", beheer._registry.values(), ids=lambda a: a.model._meta.label)
def test_nothing_is_ever_deleted(rf, spelers, admin_):
    verzoek = rf.get("/")
    verzoek.user = spelers.joke

    assert admin_.has_delete_permission(verzoek) is False


@pytest.mark.parametrize("model", ["bericht", "gebeurtenis", "inzage", "gemeente", "wijk"])
def test_records_and_areas_are_only_looked_at(joke, client, model):
    assert client.get(lijst(f"loket_{model}")).status_code == 200
    assert client.get(nieuw(f"loket_{model}")).status_code == 403


def test_the_admin_of_the_libraries_is_not_ours():
    assert admin.site not in {a.admin_site for a in beheer._registry.values()}


# Own lokets


def test_a_manager_sees_and_changes_only_the_own_loket(spelers, joke, client):
    assert gevonden(client.get(lijst("loket_loket"))) == {spelers.loket.pk}
    assert client.get(scherm(spelers.loket)).status_code == 200
    assert client.get(scherm(spelers.ander_loket)).status_code == 302
    assert client.post(scherm(spelers.ander_loket), {"naam": "Gekaapt"}).status_code == 302
    assert Loket.objects.get(pk=spelers.ander_loket.pk).naam == "Loket Elders"
    assert client.get(nieuw("loket_loket")).status_code == 403


def _loketvelden(loket, **anders):
    velden = {
        veld: getattr(loket, veld) or ""
        for veld in (
            "naam", "telefoon", "email", "adres", "website", "openingsuren", "antwoordtermijn",
            "voorsteltermijn", "bevestigingstermijn", "vers_dagen", "verborgen_dagen",
            "conceptdagen", "bewaarmaanden", "kleine_cel",
        )
    }  # fmt: skip
    return {**velden, "huisstijl": "{}", **anders}


def test_a_term_is_changed_and_the_area_stays(spelers, joke, client):
    gemeenten = list(spelers.loket.gemeenten.all())

    antwoord = client.post(
        scherm(spelers.loket),
        _loketvelden(
            spelers.loket,
            antwoordtermijn=21,
            slug="gekaapt",
            gemeenten=[g.pk for g in spelers.ander_loket.gemeenten.all()],
        ),
    )

    loket = Loket.objects.get(pk=spelers.loket.pk)
    assert antwoord.status_code == 302
    assert (loket.antwoordtermijn, loket.slug) == (21, "wilgenrade")
    assert list(loket.gemeenten.all()) == gemeenten


def test_a_theme_may_be_left_out(spelers, joke, client):
    Loket.objects.filter(pk=spelers.loket.pk).update(huisstijl={"hoek": ".5rem"})

    client.post(scherm(spelers.loket), _loketvelden(spelers.loket, huisstijl=""))

    assert Loket.objects.get(pk=spelers.loket.pk).huisstijl == {}


@pytest.mark.parametrize(
    "huisstijl",
    [
        pytest.param('{"licht": {"primary": "#ffffff"}}', id="niet leesbaar"),
        pytest.param('{"licht": {"primary": "url(x)"}}', id="geen kleur"),
        pytest.param("[]", id="geen lijst van rollen"),
    ],
)
def test_a_theme_that_cannot_be_read_is_refused(spelers, joke, client, huisstijl):
    antwoord = client.post(scherm(spelers.loket), _loketvelden(spelers.loket, huisstijl=huisstijl))

    assert antwoord.status_code == 200
    assert list(antwoord.context["adminform"].form.errors) == ["huisstijl"]


# Roles


def test_a_new_colleague_is_named_by_mail_address(spelers, joke, client):
    antwoord = client.post(
        nieuw("loket_lidmaatschap"),
        {
            "email": "Nieuw@Voorbeeld.test",
            "naam": "Nele Nieuw",
            "loket": spelers.loket.pk,
            "rol": Rol.LOKETMEDEWERKER,
            "vanaf": "1-3-2026",
        },
    )

    assert antwoord.status_code == 302, antwoord.context["adminform"].form.errors
    lid = Lidmaatschap.objects.get(gebruiker__email="nieuw@voorbeeld.test")
    assert (lid.gebruiker.naam, lid.rol, lid.vanaf) == (
        "Nele Nieuw",
        Rol.LOKETMEDEWERKER,
        dt.date(2026, 3, 1),
    )
    assert (lid.gebruiker.has_usable_password(), lid.gebruiker.is_staff) == (False, False)
    gebeurtenis = Gebeurtenis.objects.get(werkwoord="toegang.rol_gegeven")
    assert (gebeurtenis.onderwerp_id, gebeurtenis.door, gebeurtenis.loket) == (
        lid.pk,
        joke,
        spelers.loket,
    )
    assert gebeurtenis.gegevens == {"rol": "loketmedewerker", "vanaf": "2026-03-01", "tot": None}


def test_somebody_who_is_known_keeps_the_own_name(spelers, joke, client):
    client.post(
        nieuw("loket_lidmaatschap"),
        {
            "email": "amina@voorbeeld.test",
            "naam": "Iemand Anders",
            "loket": spelers.loket.pk,
            "rol": Rol.BEHEERDER,
            "vanaf": "1-3-2026",
        },
    )

    amina = Gebruiker.objects.get(pk=spelers.amina.pk)
    assert (amina.naam, amina.is_staff) == ("Amina", True)
    assert amina.lokets_als(Rol.BEHEERDER) == {spelers.loket.pk}


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        pytest.param({"loket": "ander"}, "loket", id="een ander loket"),
        pytest.param({"email": "amına@voorbeeld.test"}, "email", id="een adres dat erop lijkt"),
        pytest.param({"email": ""}, "email", id="geen adres"),
        pytest.param({"rol": "god"}, "rol", id="een rol die niet bestaat"),
        pytest.param({"tot": "1-3-2026"}, "__all__", id="eindigt voor het begint"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused(spelers, joke, client, anders, veld):
    voor = Lidmaatschap.objects.count()
    velden = {
        "email": "nieuw@voorbeeld.test",
        "naam": "Nele",
        "loket": spelers.loket.pk,
        "rol": Rol.SCHEPEN,
        "vanaf": "1-3-2026",
        **anders,
    }
    if velden["loket"] == "ander":
        velden["loket"] = spelers.ander_loket.pk

    antwoord = client.post(nieuw("loket_lidmaatschap"), velden)

    assert list(antwoord.context["adminform"].form.errors) == [veld]
    assert Lidmaatschap.objects.count() == voor


def test_a_role_ends_on_a_day_and_the_rest_stays(spelers, joke, client):
    lid = Lidmaatschap.objects.get(gebruiker=spelers.carla)

    antwoord = client.post(
        scherm(lid),
        {
            "vanaf": "1-1-2020",
            "tot": "1-3-2026",
            "rol": Rol.BEHEERDER,
            "organisatie": "",
            "email": "x",
        },
    )

    lid.refresh_from_db()
    assert antwoord.status_code == 302
    assert (lid.tot, lid.rol, lid.gebruiker) == (
        dt.date(2026, 3, 1),
        Rol.LOKETMEDEWERKER,
        spelers.carla,
    )
    assert Gebeurtenis.objects.get().werkwoord == "toegang.rol_gewijzigd"


def test_the_flag_for_the_menu_goes_with_the_last_role(spelers, joke, client):
    ander = maak_lid(spelers.loket, Rol.BEHEERDER, gebruiker=maak_gebruiker(is_staff=True))
    lid = Lidmaatschap.objects.get(gebruiker=ander)

    client.post(scherm(lid), {"vanaf": "1-1-2020", "tot": "1-3-2026", "organisatie": ""})

    assert Gebruiker.objects.get(pk=ander.pk).is_staff is False


def test_nobody_changes_the_own_role(joke, client):
    eigen = Lidmaatschap.objects.get(gebruiker=joke)

    assert client.get(scherm(eigen)).status_code == 200
    assert client.post(scherm(eigen), {"vanaf": "1-1-2020", "tot": "1-1-2040"}).status_code == 403


def test_roles_of_another_loket_are_not_there(spelers, joke, client):
    antwoord = client.get(lijst("loket_lidmaatschap"))

    assert {lid.gebruiker for lid in antwoord.context["cl"].result_list} == {
        spelers.carla, spelers.els, spelers.hanne, spelers.ivo, spelers.joke,
    }  # fmt: skip
    assert client.get(scherm(Lidmaatschap.objects.get(gebruiker=spelers.dirk))).status_code == 302


# People


def test_only_the_own_staff_is_there_and_no_parent(spelers, joke, client):
    antwoord = client.get(lijst("loket_gebruiker"))

    assert gevonden(antwoord) == {
        mens.pk for mens in (spelers.carla, spelers.els, spelers.hanne, spelers.ivo, spelers.joke)
    }
    assert client.get(lijst("loket_gebruiker") + "?q=amina").context["cl"].result_count == 0
    assert client.get(scherm(spelers.amina)).status_code == 302


def test_an_account_is_closed_and_never_made_or_given_a_flag(spelers, joke, client):
    client.post(
        scherm(spelers.carla),
        {"naam": "Carla C.", "is_staff": "on", "is_superuser": "on", "email": "x@y.z"},
    )

    carla = Gebruiker.objects.get(pk=spelers.carla.pk)
    assert (carla.naam, carla.is_active, carla.email) == ("Carla C.", False, "carla@voorbeeld.test")
    assert (carla.is_staff, carla.is_superuser) == (False, False)
    assert client.get(nieuw("loket_gebruiker")).status_code == 403


def test_the_own_account_and_one_that_another_loket_needs_stay_as_they_are(spelers, joke, client):
    maak_lid(spelers.ander_loket, Rol.TOELEIDER, gebruiker=spelers.els)

    for wie in (spelers.els, joke):
        client.post(scherm(wie), {"naam": "Anders"})
        wie.refresh_from_db()

    assert [(wie.naam, wie.is_active) for wie in (spelers.els, joke)] == [
        ("Els", True),
        ("Joke", True),
    ]


# The records


def test_records_of_another_loket_are_not_there(spelers, joke, client):
    eigen = leg_vast("proef.eigen", spelers.loket, door=None, nu=NU, loket=spelers.loket)
    leg_vast("proef.ander", spelers.loket, door=None, nu=NU, loket=spelers.ander_loket)
    leg_vast("proef.geen", spelers.loket, door=None, nu=NU)
    leg_inzage_vast(spelers.loket, door=spelers.carla, nu=NU)
    leg_inzage_vast(spelers.loket, door=spelers.dirk, nu=NU)
    bericht = maak_bericht(loket=spelers.loket)
    ander_bericht = maak_bericht(loket=spelers.ander_loket)
    code = maak_bericht(loket=None, gevoelig=True)

    assert gevonden(client.get(lijst("loket_gebeurtenis"))) == {eigen.pk}
    assert gevonden(client.get(lijst("loket_inzage"))) == {
        Inzage.objects.get(gebruiker=spelers.carla).pk
    }
    assert gevonden(client.get(lijst("loket_bericht"))) == {bericht.pk}
    assert [client.get(scherm(b)).status_code for b in (ander_bericht, code)] == [302, 302]


def test_what_a_mail_says_is_not_shown(spelers, joke, client):
    bericht = maak_bericht(loket=spelers.loket, tekst="Geheim over het kind", html="<p>Geheim</p>")

    pagina = client.get(scherm(bericht)).content.decode()

    assert bericht.titel in pagina
    assert "Geheim" not in pagina


@pytest.mark.parametrize("soort", ["bericht", "gebeurtenis"])
def test_a_record_cannot_be_changed(spelers, joke, client, soort):
    ding = (
        maak_bericht(loket=spelers.loket)
        if soort == "bericht"
        else leg_vast("proef.eigen", spelers.loket, door=None, nu=NU, loket=spelers.loket)
    )

    assert client.post(scherm(ding), {"titel": "x"}).status_code == 403
    assert client.post(reverse(f"admin:loket_{soort}_delete", args=[ding.pk])).status_code == 403


# The supply


def test_only_the_supply_of_the_own_area_is_there(spelers, joke, client):
    elders = maak_locatie("Elders", loket=spelers.ander_loket)
    eigen, ander = maak_vergunning(spelers.egeltjes), maak_vergunning(elders)

    assert gevonden(client.get(lijst("opvang_opvanglocatie"))) == {
        spelers.egeltjes.pk,
        spelers.zonnetje.pk,
    }
    assert gevonden(client.get(lijst("opvang_vergunning"))) == {eigen.pk}
    assert elders.organisator.pk not in gevonden(client.get(lijst("opvang_organisator")))
    assert [
        client.get(scherm(ding)).status_code for ding in (elders, ander, elders.organisator)
    ] == [302] * 3


def test_a_new_organisator_can_get_a_first_location(spelers, joke, client):
    client.post(
        nieuw("opvang_organisator"), {"naam": "Nieuw bv", "ondernemingsnummer": "0123456789"}
    )
    nieuwe = client.get(lijst("opvang_organisator") + "?q=Nieuw").context["cl"].result_list.get()

    antwoord = client.post(
        nieuw("opvang_opvanglocatie"), _locatievelden(spelers, organisator=nieuwe.pk)
    )

    assert antwoord.status_code == 302, antwoord.context["adminform"].form.errors
    locatie = Opvanglocatie.objects.get(organisator=nieuwe)
    assert (locatie.openingsdagen, locatie.ruimere_uren, locatie.talen) == (
        0b11,
        ["Voor7uur"],
        ["nl", "fr"],
    )


def _locatievelden(spelers, **anders):
    return {
        "organisator": spelers.egeltjes.organisator_id,
        "naam": "De Nieuwe",
        "slug": "de-nieuwe",
        "opvangvorm": "groepsopvang",
        "prijssysteem": "onbekend",
        "straat": "Kerkstraat",
        "postcode": "9001",
        "plaats": "Wilgenrade",
        "gemeente": spelers.loket.gemeenten.get().pk,
        "openingsdagen": ["1", "2"],
        "ruimere_uren": ["Voor7uur"],
        "talen": "nl,fr",
        "zichtbaar": "on",
        "plaatsaanbod-TOTAL_FORMS": "0",
        "plaatsaanbod-INITIAL_FORMS": "0",
        **anders,
    }


def test_a_location_outside_the_area_is_refused(spelers, joke, client):
    elders = maak_locatie("Elders", loket=spelers.ander_loket)

    antwoord = client.post(
        nieuw("opvang_opvanglocatie"),
        _locatievelden(spelers, gemeente=elders.gemeente_id, organisator=elders.organisator_id),
    )

    assert set(antwoord.context["adminform"].form.errors) == {"gemeente", "organisator"}


def test_the_opening_days_are_ticked_as_they_are(spelers, joke, client):
    Opvanglocatie.objects.filter(pk=spelers.egeltjes.pk).update(openingsdagen=0b1001)

    formulier = client.get(scherm(spelers.egeltjes)).context["adminform"].form

    assert formulier["openingsdagen"].value() == [1, 8]


def test_free_places_are_looked_at_and_not_changed(spelers, joke, client):
    aanbod = maak_aanbod(spelers.egeltjes, 2)

    pagina = client.get(scherm(spelers.egeltjes)).content.decode()
    client.post(
        scherm(spelers.egeltjes),
        {
            **_locatievelden(spelers, naam="De Egels"),
            "plaatsaanbod-TOTAL_FORMS": "1",
            "plaatsaanbod-INITIAL_FORMS": "1",
            "plaatsaanbod-0-id": aanbod.pk,
            "plaatsaanbod-0-plaatsen": "9,9,9,9,9,9,9,9,9,9,0,0,0,0",
        },
    )

    aanbod.refresh_from_db()
    assert "field-ingenomen" in pagina
    assert Opvanglocatie.objects.get(pk=spelers.egeltjes.pk).naam == "De Egels"
    assert aanbod.plaatsen == [2] * 10 + [0] * 4


def test_two_licences_that_overlap_are_refused_kindly(spelers, joke, client):
    maak_vergunning(spelers.egeltjes)

    antwoord = client.post(
        nieuw("opvang_vergunning"),
        {
            "locatie": spelers.egeltjes.pk,
            "vanaf": "1-1-2026",
            "vergunde_plaatsen": 9,
            "operationele_plaatsen": 9,
            "plaatsen_t0": 0,
            "plaatsen_t1": 9,
            "plaatsen_t2": 0,
            "plaatsen_t3": 0,
        },
    )

    assert antwoord.context["adminform"].form.non_field_errors() == [
        "Deze locatie heeft in die periode al een vergunning."
    ]
    assert Vergunning.objects.count() == 1


def test_a_person_is_added_to_an_organisator_by_mail_address(spelers, joke, client):
    organisator = spelers.egeltjes.organisator
    velden = {
        "email": "els.egel@voorbeeld.test",
        "naam": "Els Egel",
        "organisator": organisator.pk,
        "vanaf": "1-3-2026",
    }

    antwoord = client.post(nieuw("opvang_organisatorlid"), velden)

    assert antwoord.status_code == 302, antwoord.context["adminform"].form.errors
    lid = OrganisatorLid.objects.get(gebruiker__email="els.egel@voorbeeld.test")
    gebeurtenis = Gebeurtenis.objects.get()
    assert (gebeurtenis.werkwoord, gebeurtenis.onderwerp_id, gebeurtenis.door) == (
        "opvang.lid_toegevoegd", organisator.pk, joke,
    )  # fmt: skip
    assert gebeurtenis.gegevens == {
        "gebruiker": lid.gebruiker_id,
        "vanaf": "2026-03-01",
        "tot": None,
    }

    nog_eens = client.post(nieuw("opvang_organisatorlid"), velden)
    assert nog_eens.context["adminform"].form.errors == {
        "email": ["Deze persoon hoort al bij deze organisator."]
    }


def test_a_person_leaves_an_organisator_on_a_day(spelers, joke, client):
    lid = OrganisatorLid.objects.get(gebruiker=spelers.farid)

    client.post(scherm(lid), {"vanaf": "1-1-2020", "tot": "1-3-2026"})

    lid.refresh_from_db()
    assert lid.tot == dt.date(2026, 3, 1)
    assert Gebeurtenis.objects.get().werkwoord == "opvang.lid_gewijzigd"


def test_people_of_providers_elsewhere_are_not_there(spelers, joke, client):
    elders = maak_gebruiker("elders@voorbeeld.test")
    maak_locatie(loket=spelers.ander_loket, organisator=maak_organisator(lid=elders))

    mensen = {
        lid.gebruiker
        for lid in client.get(lijst("opvang_organisatorlid")).context["cl"].result_list
    }

    assert mensen == {spelers.farid, spelers.greet}


def test_who_manages_two_lokets_sees_everything_once(spelers, joke, client):
    maak_lid(spelers.ander_loket, Rol.BEHEERDER, gebruiker=joke)
    spelers.ander_loket.gemeenten.add(*spelers.loket.gemeenten.all())
    maak_lid(spelers.ander_loket, Rol.TOELEIDER, gebruiker=spelers.els)
    maak_vergunning(spelers.egeltjes)
    leg_inzage_vast(spelers.loket, door=spelers.els, nu=NU)

    aantallen = {
        model: client.get(lijst(model)).context["cl"].result_count
        for model in (
            "loket_gebruiker", "loket_inzage", "opvang_organisator", "opvang_organisatorlid",
            "opvang_opvanglocatie", "opvang_vergunning",
        )
    }  # fmt: skip

    assert list(aantallen.values()) == [6, 1, 2, 2, 2, 1]


def test_choosing_offers_only_the_own(spelers, joke, client):
    maak_locatie("Elders", loket=spelers.ander_loket)

    antwoord = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "opvang", "model_name": "vergunning", "field_name": "locatie", "term": ""},
    )

    assert {keuze["text"] for keuze in antwoord.json()["results"]} == {
        "De Egeltjes",
        "Het Zonnetje",
    }


# Lists


@pytest.mark.parametrize(
    "model",
    [
        "loket_lidmaatschap", "loket_gebruiker", "loket_gebeurtenis", "loket_inzage",
        "loket_bericht", "loket_loket", "loket_gemeente", "loket_wijk", "opvang_organisator",
        "opvang_organisatorlid", "opvang_opvanglocatie", "opvang_vergunning",
    ],
)  # fmt: skip
def test_every_list_can_be_searched(joke, client, model):
    antwoord = client.get(lijst(model), {"q": "wil"})

    assert antwoord.status_code == 200
    assert re.search(r'<input type="text"[^>]* name="q" value="wil"', antwoord.content.decode())


def test_a_list_asks_as_much_for_three_rows_as_for_one(
    spelers, joke, client, django_assert_num_queries
):
    maak_vergunning(spelers.egeltjes)
    client.get(lijst("opvang_vergunning"))

    with django_assert_num_queries(5):
        client.get(lijst("opvang_vergunning"))
    for n in range(2):
        maak_vergunning(maak_locatie(f"Nog {n}", loket=spelers.loket))
    with django_assert_num_queries(5):
        assert len(gevonden(client.get(lijst("opvang_vergunning")))) == 3


def test_unsent_mail_is_counted_by_its_state(spelers, joke, client):
    maak_bericht(loket=spelers.loket)
    wacht = client.get(lijst("loket_bericht") + "?status__exact=wacht")

    assert gevonden(wacht) == {Bericht.objects.get().pk}
