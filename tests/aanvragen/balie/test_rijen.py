"""Every rule at its edge, against the database: the day before, the day itself.

Easter Monday is 6 April 2026; Christmas 2026 and New Year 2027 are Fridays.
"""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.concept import begin_concept
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.kwetsbaar import is_kwetsbaar
from aanvragen.domain.notities import noteer
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Aanmelding, Concept, Kenmerk, Opvangvraag, Samenvoeging, Vrijmelding
from aanvragen.werkrijen import is_kwetsbaar_in_sql
from aanvragen.workflow import Kenmerkcode, Kenmerkstand, Notitiesoort, Vervalreden, Weigerreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.aanvragen.balie.conftest import middag
from tests.fabrieken import kind_gegevens, maak_voorstel, maak_vraag, ouder_gegevens, vraag_gegevens

pytestmark = pytest.mark.django_db
VER = dt.date(2028, 3, 1)
KWETSBAAR = {"LaagInkomen": True, "Alleenstaanden": True}


def vraag_van(spelers, nu: str, *, wachtlijst: bool = True, **wens) -> Opvangvraag:
    wens.setdefault("gewenste_start", VER)
    vraag = maak_vraag(
        spelers.loket, [spelers.egeltjes], nu=middag(nu), vraag=vraag_gegevens(**wens)
    )
    if wachtlijst:
        zet_op_wachtlijst(vraag.aanmeldingen.get(), door=None, nu=middag(nu))
    return vraag


def nieuw(spelers):
    vraag_van(spelers, "2026-04-04", wachtlijst=False)


def te_laat(spelers):
    vraag = vraag_van(spelers, "2026-03-10", wachtlijst=False)
    Aanmelding.objects.filter(opvangvraag=vraag).update(antwoord_voor=dt.date(2026, 4, 3))


def verloopt(spelers):
    vraag = vraag_van(spelers, "2026-12-14", wachtlijst=False)
    voorstel = maak_voorstel(vraag.aanmeldingen.get(), nu=middag("2026-12-14"))
    voorstel.geldig_tot = dt.datetime(2026, 12, 27, 23, 0, tzinfo=dt.UTC)  # midnight in Brussels
    voorstel.save()


def dringend(spelers):
    vraag_van(spelers, "2026-04-01", dringende_reden="StartWerk")


def geen_keuze(spelers):
    vraag = vraag_van(spelers, "2026-03-10", wachtlijst=False)
    weiger(vraag.aanmeldingen.get(), reden=Weigerreden.VOLZET, door=None, nu=middag("2026-04-04"))


def kwetsbaar(spelers):
    vraag_van(spelers, "2026-03-27", gewenste_start=dt.date(2026, 11, 2), kenmerken=KWETSBAAR)


def kwetsbaar_ver_weg(spelers):
    # Nine months before 27 December 2026 is a Friday.
    vraag_van(spelers, "2026-02-02", gewenste_start=dt.date(2026, 12, 27), kenmerken=KWETSBAAR)


def start(spelers):
    # Thirty days before is Good Friday.
    vraag_van(spelers, "2026-02-27", gewenste_start=dt.date(2026, 5, 3))


def start_na_gesprek(spelers):
    vraag_van(spelers, "2026-12-21", gewenste_start=dt.date(2026, 12, 25))


def hulp(spelers):
    # Six months before 6 October 2026 is Easter Monday.
    vraag_van(spelers, "2026-02-27", gewenste_start=dt.date(2026, 10, 6))


def bevestigen(spelers):
    # Asked a fortnight before Easter.
    vraag = vraag_van(spelers, "2025-12-22")
    vraag_na(vraag, nu=middag("2026-03-22"))


def mislukt(spelers):
    vraag_van(spelers, "2026-03-10")
    Bericht.objects.filter(sjabloon="aanvragen/ontvangen").update(
        status=Berichtstatus.MISLUKT, aangemaakt_op=middag("2026-04-04")
    )


def eigen(spelers):
    vraag = vraag_van(spelers, "2026-03-10")
    noteer(
        vraag,
        Notitiesoort.TAAK,
        "Vraag na of de verbouwing klaar is",
        wanneer=dt.date(2026, 4, 6),
        door=spelers.carla,
        nu=middag("2026-03-11"),
    )


def concept(spelers):
    maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        nu=middag("2026-03-02"),
        vraag=vraag_gegevens(gewenste_start=VER),
    )
    zet_op_wachtlijst(Aanmelding.objects.get(), door=None, nu=middag("2026-03-02"))
    begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=middag("2026-04-01"))


def vrij(spelers):
    vraag = vraag_van(spelers, "2026-03-10")
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=middag("2026-04-04"))
    Vrijmelding.objects.get_or_create(
        aanmelding=vraag.aanmeldingen.get(), defaults={"sinds": middag("2026-04-04")}
    )


@pytest.mark.parametrize(
    ("maak", "soort", "dag_ervoor", "dag_zelf"),
    [
        pytest.param(nieuw, "nieuw", "2026-04-06", "2026-04-07", id="nieuw, over Pasen"),
        pytest.param(te_laat, "te_laat", "2026-04-03", "2026-04-07", id="te laat, over Pasen"),
        pytest.param(verloopt, "verloopt", "2026-12-23", "2026-12-24", id="vervalt met Kerst"),
        pytest.param(dringend, "dringend", "2026-04-06", "2026-04-07", id="dringend, over Pasen"),
        pytest.param(geen_keuze, "geen_keuze", "2026-04-06", "2026-04-07", id="geen keuze"),
        pytest.param(kwetsbaar, "kwetsbaar", "2026-04-12", "2026-04-13", id="kwetsbaar"),
        pytest.param(
            kwetsbaar_ver_weg, "kwetsbaar", "2026-03-26", "2026-03-27", id="kwetsbaar, 9 maanden"
        ),
        pytest.param(start, "start", "2026-04-02", "2026-04-03", id="start over 30 dagen"),
        pytest.param(start_na_gesprek, "start", "2026-12-28", "2026-12-29", id="start voorbij"),
        pytest.param(hulp, "hulp", "2026-04-06", "2026-04-07", id="zes maanden, over Pasen"),
        pytest.param(bevestigen, "bevestigen", "2026-04-06", "2026-04-07", id="stil, over Pasen"),
        pytest.param(mislukt, "mislukt", "2026-04-06", "2026-04-07", id="mail kwam niet aan"),
        pytest.param(eigen, "eigen", "2026-04-05", "2026-04-06", id="eigen taak, op de dag"),
        pytest.param(concept, "concept", "2026-04-06", "2026-04-07", id="niet af, over Pasen"),
        pytest.param(vrij, "vrij", "2026-04-06", "2026-04-07", id="plaats vrij na rust"),
    ],
)
def test_every_rule_at_its_edge(spelers, te_doen, maak, soort, dag_ervoor, dag_zelf):
    maak(spelers)

    assert soort not in te_doen(spelers.carla, dag_ervoor)
    assert te_doen(spelers.carla, dag_zelf) == [soort]


def test_a_double_waits_for_the_next_working_day(spelers, te_doen):
    kind = kind_gegevens(voornaam="Lou", geboortedatum=dt.date(2026, 1, 15))
    for waar in (spelers.egeltjes, spelers.zonnetje):
        maak_vraag(
            spelers.loket,
            [waar],
            nu=middag("2026-04-03"),
            kinderen=(kind,),
            vraag=vraag_gegevens(gewenste_start=VER),
        )

    assert te_doen(spelers.carla, "2026-04-06") == []
    assert te_doen(spelers.carla, "2026-04-07") == ["dubbel"]


def test_what_is_new_is_new_once(spelers, te_doen):
    nieuw(spelers)

    assert te_doen(spelers.carla, "2026-04-08", lijst="week") == []


def test_an_offer_ends_the_search_for_an_urgent_family(spelers, te_doen):
    vraag = vraag_van(spelers, "2026-04-01", wachtlijst=False, dringende_reden="StartWerk")
    voorstel = maak_voorstel(vraag.aanmeldingen.get(), nu=middag("2026-04-01"))
    voorstel.geldig_tot = middag("2026-05-01")
    voorstel.save()

    assert te_doen(spelers.carla, "2026-04-07") == []


def test_an_offer_that_is_over_is_no_task_any_more(spelers, te_doen):
    verloopt(spelers)

    assert "verloopt" not in te_doen(spelers.carla, "2026-12-28")


@pytest.mark.parametrize(
    ("wens", "soort"),
    [
        ({"dringende_reden": "StartWerk", "kenmerken": KWETSBAAR}, "dringend"),
        ({"kenmerken": KWETSBAAR}, "kwetsbaar"),
        ({}, "start"),
    ],
)
def test_a_family_without_a_place_has_one_task(spelers, te_doen, wens, soort):
    vraag_van(spelers, "2026-03-02", gewenste_start=dt.date(2026, 4, 20), **wens)

    assert te_doen(spelers.carla, "2026-04-14", lijst="week") == [soort]


def test_a_draft_of_an_unknown_family_stays_out_of_sight(spelers, te_doen):
    begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=middag("2026-04-01"))

    assert te_doen(spelers.carla, "2026-04-07") == []


def test_a_draft_is_known_by_the_address_that_was_left(spelers, te_doen):
    gemeente = spelers.loket.gemeenten.get()
    maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        nu=middag("2026-03-02"),
        ouder=ouder_gegevens(gemeente.pk, email="Nora@voorbeeld.test"),
        vraag=vraag_gegevens(gewenste_start=VER),
    )
    zet_op_wachtlijst(Aanmelding.objects.get(), door=None, nu=middag("2026-03-02"))
    concept = begin_concept(loket=spelers.loket, gebruiker=None, nu=middag("2026-04-01"))
    Concept.objects.filter(pk=concept.pk).update(email="nora@voorbeeld.test")

    assert te_doen(spelers.carla, "2026-04-07") == ["concept"]


def test_who_lost_a_child_is_not_asked_to_finish_a_draft(spelers, te_doen):
    concept(spelers)
    anders = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        nu=middag("2026-03-02"),
        vraag=vraag_gegevens(gewenste_start=VER),
    )
    laat_vervallen(anders, reden=Vervalreden.DROEVIG, door=None, nu=middag("2026-04-02"))

    assert "concept" not in te_doen(spelers.carla, "2026-04-07")


def test_nothing_is_to_be_done_about_a_child_at_rest(spelers, te_doen):
    eigen(spelers)
    laat_vervallen(
        Opvangvraag.objects.get(), reden=Vervalreden.DROEVIG, door=None, nu=middag("2026-04-03")
    )

    assert set(te_doen(spelers.carla, "2026-04-07", lijst="week")) <= {"vrij"}


def test_a_double_that_a_parent_has_to_confirm_is_not_asked_of_staff_twice(spelers, te_doen):
    kind = kind_gegevens(voornaam="Lou", geboortedatum=dt.date(2026, 1, 15))
    eerste, tweede = (
        maak_vraag(
            spelers.loket,
            [waar],
            nu=middag("2026-03-25"),
            kinderen=(kind,),
            vraag=vraag_gegevens(gewenste_start=VER),
        )
        for waar in (spelers.egeltjes, spelers.zonnetje)
    )
    Samenvoeging.objects.create(
        eerste=eerste, dubbel=tweede, gevraagd_door=spelers.carla, gevraagd_op=middag("2026-03-27")
    )

    assert te_doen(spelers.carla, "2026-04-02") == []
    assert te_doen(spelers.carla, "2026-04-03") == ["samenvoegen"]


def test_the_rule_of_vulnerability_in_sql_is_the_rule(spelers):
    vraag = vraag_van(spelers, "2026-03-02")
    peildatum = dt.date(2026, 3, 2)
    codes = [str(code) for code in Kenmerkcode]
    verschillen = []
    for masker in range(1 << len(codes)):
        gekozen = [code for n, code in enumerate(codes) if masker >> n & 1]
        Kenmerk.objects.all().delete()
        Kenmerk.objects.bulk_create(
            Kenmerk(opvangvraag=vraag, code=code, aanwezig=True, op=middag("2026-03-02"))
            for code in gekozen
        )
        gevonden = Opvangvraag.objects.filter(is_kwetsbaar_in_sql(peildatum)).exists()
        if gevonden != is_kwetsbaar(gekozen, peildatum=peildatum):
            verschillen.append(gekozen)

    assert verschillen == []


@pytest.mark.parametrize("velden", [{"aanwezig": False}, {"stand": Kenmerkstand.WEERLEGD}])
def test_a_trait_that_is_not_so_does_not_make_vulnerable(spelers, velden):
    vraag_van(spelers, "2026-03-02", kenmerken=KWETSBAAR)
    Kenmerk.objects.filter(code="LaagInkomen").update(**velden)

    assert not Opvangvraag.objects.filter(is_kwetsbaar_in_sql(dt.date(2026, 3, 2))).exists()


def test_before_the_first_rule_nobody_is_vulnerable(spelers):
    vraag_van(spelers, "2026-03-02", kenmerken=KWETSBAAR)

    assert not Opvangvraag.objects.filter(is_kwetsbaar_in_sql(dt.date(2014, 3, 31))).exists()
