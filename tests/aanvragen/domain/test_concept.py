from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from aanvragen import tasks
from aanvragen.domain.concept import (
    MAX_CONCEPTEN,
    MAX_LOCATIES,
    AlVerstuurd,
    TeVeelConcepten,
    begin_concept,
    bewaar_stap,
    gooi_weg,
    heeft_toestemming,
    neem_over,
    referenties_van,
    ruim_concepten_op,
    verstuur,
    vervalt_op,
)
from aanvragen.domain.fouten import DubbeleVraag, GeenLocaties
from aanvragen.models import Concept, Opvangvraag
from loket.domain.fouten import IntussenGewijzigd
from loket.models import Bericht, Gebruiker
from tests.fabrieken import NU, aanvraag_gegevens, kind_gegevens, maak_loket, ouder_gegevens

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


def nieuw(loket, **velden):
    return begin_concept(**{"loket": loket, "gebruiker": None, "nu": NU, **velden})


def stuur(concept, gegevens, ouder):
    return verstuur(
        concept, gegevens, loket=concept.loket, door=ouder, ouder_gebruiker=ouder, nu=NU
    )


def test_begin_takes_the_chosen_locations_as_first_wishes(spelers):
    concept = nieuw(spelers.loket, locatie_ids=[7, 3, 7])

    assert concept.gegevens == {"opvang": {"keuze": ["zelf"], "locatie": ["7", "3"]}}


def test_begin_bounds_the_chosen_locations(spelers):
    concept = nieuw(spelers.loket, locatie_ids=range(1, 10_001))

    assert len(concept.gegevens["opvang"]["locatie"]) == MAX_LOCATIES


def test_begin_refuses_one_draft_too_many(spelers):
    nieuw(spelers.loket, eigen=MAX_CONCEPTEN - 1)

    with pytest.raises(TeVeelConcepten):
        nieuw(spelers.loket, eigen=MAX_CONCEPTEN)


def test_save_keeps_what_another_tab_saved(spelers):
    concept = nieuw(spelers.loket)
    ander_tabblad = Concept.objects.get(pk=concept.pk)
    bewaar_stap(ander_tabblad, "wie", {"voornaam": ["Nora"]}, nu=NU)

    bewaar_stap(concept, "dagen", {"rooster": ["ma-vm"]}, nu=NU + DAG)

    concept.refresh_from_db()
    assert concept.gegevens == {"wie": {"voornaam": ["Nora"]}, "dagen": {"rooster": ["ma-vm"]}}
    assert concept.gewijzigd_op == NU + DAG


def test_save_bounds_what_anybody_can_make_us_keep(spelers):
    concept = nieuw(spelers.loket)
    veel = {f"veld{nr}": ["x" * 10_000] * 10_000 for nr in range(300)}

    bewaar_stap(concept, "wie", {"a": ["nul\x00teken"], **veel}, nu=NU)

    concept.refresh_from_db()
    bewaard = concept.gegevens["wie"]
    assert bewaard["a"] == ["nulteken"]
    assert len(bewaard) == 200
    assert {(len(w), len(w[0])) for naam, w in bewaard.items() if naam != "a"} == {(200, 500)}


def test_changed_answer_undoes_the_consent(spelers):
    concept = nieuw(spelers.loket)
    bewaar_stap(concept, "controleer", {"akkoord": ["on"]}, nu=NU)
    assert heeft_toestemming(concept) is True

    bewaar_stap(concept, "wie", {"voornaam": ["Nora"]}, nu=NU)

    assert heeft_toestemming(concept) is False


def test_save_refuses_a_draft_that_was_thrown_away(spelers):
    concept = nieuw(spelers.loket)
    Concept.objects.all().delete()

    with pytest.raises(IntussenGewijzigd):
        bewaar_stap(concept, "wie", {"voornaam": ["Nora"]}, nu=NU)


def test_send_makes_the_questions_and_wipes_the_answers(spelers):
    concept = nieuw(spelers.loket)
    bewaar_stap(concept, "wie", {"voornaam": ["Nora"]}, nu=NU)

    (vraag,) = stuur(concept, aanvraag_gegevens(spelers.loket, [spelers.egeltjes]), spelers.amina)

    concept.refresh_from_db()
    assert vraag.status == "actief"
    assert concept.afgerond_op == NU
    assert concept.gebruiker == spelers.amina
    assert concept.gegevens == {"verstuurd": {"referentie": [vraag.referentie]}}
    assert referenties_van(concept) == [vraag.referentie]


def test_send_twice_makes_one_question(spelers):
    concept = nieuw(spelers.loket)
    verouderd = Concept.objects.get(pk=concept.pk)
    gegevens = aanvraag_gegevens(spelers.loket, [spelers.egeltjes])
    stuur(concept, gegevens, spelers.amina)

    with pytest.raises(AlVerstuurd):
        stuur(verouderd, gegevens, spelers.amina)

    assert Opvangvraag.objects.count() == 1


def test_refused_send_leaves_the_draft_as_it_was(spelers):
    eerste, tweede = nieuw(spelers.loket), nieuw(spelers.loket)
    gemeente = spelers.loket.gemeenten.get()
    gegevens = aanvraag_gegevens(
        spelers.loket,
        [spelers.egeltjes],
        ouder=ouder_gegevens(gemeente.pk, email=spelers.amina.email),
        kinderen=(kind_gegevens(voornaam="Lou"),),
    )
    (vraag,) = stuur(eerste, gegevens, spelers.amina)
    bewaar_stap(tweede, "wie", {"voornaam": ["Amina"]}, nu=NU)
    berichten = Bericht.objects.count()

    with pytest.raises(DubbeleVraag) as nee:
        stuur(tweede, gegevens, spelers.amina)

    tweede.refresh_from_db()
    assert nee.value.referentie == vraag.referentie
    assert tweede.afgerond_op is None
    assert tweede.gegevens == {"wie": {"voornaam": ["Amina"]}}
    assert Bericht.objects.count() == berichten


def test_send_without_locations_is_refused(spelers):
    concept = nieuw(spelers.loket)

    with pytest.raises(GeenLocaties):
        stuur(concept, aanvraag_gegevens(spelers.loket, []), spelers.amina)

    concept.refresh_from_db()
    assert concept.afgerond_op is None


def test_send_gives_a_name_to_who_has_none(spelers):
    naamloos = Gebruiker.objects.create_user("nieuw@voorbeeld.test")
    gemeente = spelers.loket.gemeenten.get()
    ouder = ouder_gegevens(gemeente.pk, voornaam="Nora", familienaam="Haddad")

    gegevens = aanvraag_gegevens(spelers.loket, [spelers.egeltjes], ouder=ouder)
    stuur(nieuw(spelers.loket), gegevens, naamloos)
    stuur(nieuw(spelers.loket), gegevens, spelers.bram)

    naamloos.refresh_from_db()
    spelers.bram.refresh_from_db()
    assert (naamloos.naam, spelers.bram.naam) == ("Nora Haddad", "Bram")


def test_sent_draft_takes_no_more_answers_and_is_not_thrown_away(spelers):
    concept = nieuw(spelers.loket)
    stuur(concept, aanvraag_gegevens(spelers.loket, [spelers.egeltjes]), spelers.amina)

    with pytest.raises(AlVerstuurd):
        bewaar_stap(concept, "wie", {"voornaam": ["Nora"]}, nu=NU)
    with pytest.raises(AlVerstuurd):
        gooi_weg(concept)


def test_sign_in_takes_over_an_own_draft_only(spelers):
    los = nieuw(spelers.loket)
    van_bram = nieuw(spelers.loket, gebruiker=spelers.bram)
    van_balie = nieuw(spelers.loket, ingevoerd_door=spelers.carla)

    for concept in (los, van_bram, van_balie):
        neem_over(concept, door=spelers.amina)

    eigenaars = [Concept.objects.get(pk=c.pk).gebruiker for c in (los, van_bram, van_balie)]
    assert eigenaars == [spelers.amina, spelers.bram, None]


def test_cleaning_up_follows_the_term_of_each_loket():
    kort, lang = maak_loket(conceptdagen=7), maak_loket(conceptdagen=30)
    oud_kort, oud_lang = nieuw(kort, nu=NU - 8 * DAG), nieuw(lang, nu=NU - 8 * DAG)
    net_kort = nieuw(kort, nu=NU - 7 * DAG)

    weg = ruim_concepten_op(NU)

    assert weg == 1
    assert set(Concept.objects.all()) == {oud_lang, net_kort}
    assert not Concept.objects.filter(pk=oud_kort.pk).exists()
    assert vervalt_op(net_kort) == NU
    assert ruim_concepten_op(NU) == 0


def test_cleaning_up_spares_the_questions_that_came_of_a_draft(spelers):
    concept = nieuw(spelers.loket)
    stuur(concept, aanvraag_gegevens(spelers.loket, [spelers.egeltjes]), spelers.amina)

    ruim_concepten_op(NU + 400 * DAG)

    assert Concept.objects.count() == 0
    assert Opvangvraag.objects.count() == 1


def test_periodic_task_throws_old_drafts_away(spelers):
    nu = timezone.now()
    oud, nieuw = (
        begin_concept(
            loket=spelers.loket, gebruiker=spelers.amina, nu=nu - dt.timedelta(days=dagen)
        )
        for dagen in (spelers.loket.conceptdagen + 1, 1)
    )

    assert tasks.ruim_concepten_op() == 1
    assert list(Concept.objects.all()) == [nieuw]
    assert oud.pk != nieuw.pk
