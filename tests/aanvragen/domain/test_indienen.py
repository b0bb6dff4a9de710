"""What counts as one question: R1-R4 of domein.md §1.4, from the start."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.domain.dubbels import voeg_samen
from aanvragen.domain.fouten import DubbeleVraag, GeenLocaties, Weigering
from aanvragen.domain.indienen import activeer
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.models import Gezin, Kind, Opvangvraag, Ouder, Toestemming
from aanvragen.workflow import Aanmeldingstatus, Kanaal, Vervalreden, Vraagstatus
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht
from tests.fabrieken import (
    NU,
    kind_gegevens,
    maak_locatie,
    maak_vraag,
    maak_vragen,
    ouder_gegevens,
    vraag_gegevens,
)

pytestmark = pytest.mark.django_db
TWEELING = (
    kind_gegevens(familienaam="Peeters", verwachte_geboortedatum=dt.date(2026, 6, 1)),
    kind_gegevens(familienaam="Peeters", verwachte_geboortedatum=dt.date(2026, 6, 1)),
)


def test_one_request_reaches_every_chosen_location_in_order_of_wish(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.zonnetje, spelers.egeltjes], gebruiker=spelers.amina)

    assert vraag.status == Vraagstatus.ACTIEF
    assert [(a.rang, a.locatie, a.status, a.antwoord_voor) for a in vraag.aanmeldingen.all()] == [
        (1, spelers.zonnetje, Aanmeldingstatus.VERZONDEN, dt.date(2026, 3, 16)),
        (2, spelers.egeltjes, Aanmeldingstatus.VERZONDEN, dt.date(2026, 3, 16)),
    ]
    assert sorted(Bericht.objects.over(vraag).values_list("sjabloon", "aan")) == [
        ("aanvragen/nieuwe_vraag", "egel@voorbeeld.test"),
        ("aanvragen/nieuwe_vraag", "zon@voorbeeld.test"),
        ("aanvragen/ontvangen", "amina@voorbeeld.test"),
    ]
    assert [g.werkwoord for g in gebeurtenissen_van(vraag)] == [
        "aanvragen.vraag.actief",
        "aanvragen.vraag.ingediend",
    ]


def test_mail_to_a_provider_names_neither_parent_nor_child(spelers):
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(
            kind_gegevens(
                voornaam="Xanthippe", familienaam="Zonderling", geboortedatum=dt.date(2026, 1, 1)
            ),
        ),
        ouder=ouder_gegevens(
            spelers.egeltjes.gemeente_id, familienaam="Zonderling", telefoon="0470 11 22 33"
        ),
    )

    bericht = Bericht.objects.over(vraag).get(sjabloon="aanvragen/nieuwe_vraag")
    for geheim in ("Xanthippe", "Zonderling", "0470 11 22 33", vraag.aanvrager.email):
        assert geheim not in bericht.titel + bericht.tekst + bericht.html


def test_twins_are_two_questions_of_one_family(spelers):
    vragen = maak_vragen(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=TWEELING
    )

    assert len(vragen) == 2
    assert Gezin.objects.count() == 1
    een, twee = Kind.objects.all()
    assert een.meerling == twee.meerling is not None


def test_older_child_and_unborn_baby_are_two_questions_and_no_twins(spelers):
    kinderen = (
        kind_gegevens(voornaam="Noor", familienaam="P", geboortedatum=dt.date(2024, 5, 5)),
        TWEELING[0],
    )

    vragen = maak_vragen(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=kinderen
    )

    assert len(vragen) == 2
    assert set(Kind.objects.values_list("meerling", flat=True)) == {None}


def test_second_question_for_the_same_child_by_the_same_parent_is_refused_with_its_reference(
    spelers,
):
    kind = kind_gegevens(voornaam="Noor", familienaam="P", geboortedatum=dt.date(2025, 5, 5))
    eerste = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind,)
    )

    with pytest.raises(DubbeleVraag) as weigering:
        maak_vragen(spelers.loket, [spelers.zonnetje], gebruiker=spelers.amina, kinderen=(kind,))

    assert weigering.value.referentie == eerste.referentie
    assert Opvangvraag.objects.count() == 1


def test_asking_again_after_a_lapse_is_a_new_question(spelers):
    kind = kind_gegevens(voornaam="Noor", familienaam="P", geboortedatum=dt.date(2025, 5, 5))
    eerste = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind,)
    )
    laat_vervallen(eerste, reden=Vervalreden.NIET_MEER_NODIG, door=spelers.amina, nu=NU)

    tweede = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind,)
    )

    assert tweede.status == Vraagstatus.ACTIEF
    assert tweede.kind_id == eerste.kind_id
    assert Opvangvraag.objects.count() == 2


def _beide_ouders(spelers):
    kind = kind_gegevens(voornaam="Noor", familienaam="P", geboortedatum=dt.date(2025, 5, 5))
    eerste = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind,)
    )
    tweede = maak_vraag(spelers.loket, [spelers.zonnetje], gebruiker=spelers.bram, kinderen=(kind,))
    return eerste, tweede


def test_other_parent_asks_for_the_same_child_waits_for_staff_and_learns_nothing(spelers):
    eerste, tweede = _beide_ouders(spelers)

    assert (tweede.status, tweede.mogelijk_dubbel_van) == (Vraagstatus.INGEDIEND, eerste)
    mails = Bericht.objects.over(tweede)
    assert [(m.sjabloon, m.aan) for m in mails] == [("aanvragen/ontvangen", "bram@voorbeeld.test")]
    assert eerste.referentie not in mails[0].tekst
    assert not Opvangvraag.objects.zichtbaar_voor(spelers.bram).filter(pk=eerste.pk).exists()


@pytest.mark.parametrize(
    ("familienaam", "verwacht", "dubbel"),
    [
        ("peeters", dt.date(2026, 6, 15), True),
        ("Peeters", dt.date(2026, 5, 18), True),
        ("Peeters", dt.date(2026, 6, 16), False),
        ("Pieters", dt.date(2026, 6, 1), False),
    ],
)
def test_unborn_child_is_recognised_by_family_name_and_about_the_same_due_date(
    spelers, familienaam, verwacht, dubbel
):
    maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=TWEELING[:1])
    kind = kind_gegevens(familienaam=familienaam, verwachte_geboortedatum=verwacht)

    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram, kinderen=(kind,))

    assert (vraag.mogelijk_dubbel_van is not None) is dubbel


def test_two_parents_of_one_child_are_one_question_after_the_merge(spelers):
    eerste, tweede = _beide_ouders(spelers)

    voeg_samen(tweede, door=spelers.carla, nu=NU)

    tweede.refresh_from_db()
    assert (tweede.status, tweede.vervalreden) == (Vraagstatus.VERVALLEN, Vervalreden.DUBBEL)
    assert list(Opvangvraag.objects.lopend()) == [eerste]
    assert Opvangvraag.objects.van_ouder(spelers.bram).filter(pk=eerste.pk).exists()
    assert set(
        Bericht.objects.filter(sjabloon="aanvragen/samengevoegd").values_list("aan", flat=True)
    ) == {"amina@voorbeeld.test", "bram@voorbeeld.test"}


def test_merge_is_refused_once_the_question_was_released(spelers):
    _eerste, tweede = _beide_ouders(spelers)
    activeer(tweede, door=spelers.carla, nu=NU)

    with pytest.raises(Weigering):
        voeg_samen(tweede, door=spelers.carla, nu=NU)


def test_no_preference_asks_every_public_location_of_the_area(spelers):
    maak_locatie("Verborgen", loket=spelers.loket, zichtbaar=False)

    vraag = maak_vraag(
        spelers.loket, [], gebruiker=spelers.amina, gebied_ids=(spelers.egeltjes.gemeente_id,)
    )

    assert vraag.geen_voorkeur
    assert {a.locatie for a in vraag.aanmeldingen.all()} == {spelers.egeltjes, spelers.zonnetje}


def test_without_location_or_area_nothing_is_stored(spelers):
    with pytest.raises(GeenLocaties):
        maak_vraag(spelers.loket, [], gebruiker=spelers.amina)

    assert (Gezin.objects.count(), Opvangvraag.objects.count()) == (0, 0)


def test_hidden_location_is_left_out(spelers):
    verborgen = maak_locatie("Verborgen", loket=spelers.loket, zichtbaar=False)

    vraag = maak_vraag(spelers.loket, [verborgen, spelers.egeltjes], gebruiker=spelers.amina)

    assert [a.locatie for a in vraag.aanmeldingen.all()] == [spelers.egeltjes]


def test_same_location_twice_is_one_aanmelding(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes, spelers.egeltjes], gebruiker=spelers.amina)

    assert vraag.aanmeldingen.count() == 1


@time_machine.travel(NU, tick=False)
def test_toeleider_gets_a_dated_consent_and_sees_only_that_family(spelers):
    ander = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina)

    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], door=spelers.els, kanaal=Kanaal.TOELEIDER)

    toestemming = Toestemming.objects.get()
    assert (toestemming.toeleider, toestemming.gezin) == (spelers.els, vraag.kind.gezin)
    assert list(Opvangvraag.objects.voor_balie(spelers.els)) == [vraag]
    assert ander in Opvangvraag.objects.voor_balie(spelers.carla)


def test_consent_that_ended_hides_the_family_again(spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], door=spelers.els, kanaal=Kanaal.TOELEIDER)
    Toestemming.objects.update(vanaf=dt.date(2020, 1, 1), tot=dt.date(2020, 2, 1))

    assert not Opvangvraag.objects.voor_balie(spelers.els).filter(pk=vraag.pk).exists()


def test_parent_without_mail_gets_no_mail_and_the_question_runs(spelers):
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        door=spelers.carla,
        kanaal=Kanaal.BALIE,
        ouder=ouder_gegevens(spelers.egeltjes.gemeente_id, email="", telefoon="0470 11 22 33"),
    )

    assert vraag.status == Vraagstatus.ACTIEF
    assert set(Bericht.objects.over(vraag).values_list("sjabloon", flat=True)) == {
        "aanvragen/nieuwe_vraag"
    }


def test_second_request_of_a_known_parent_reuses_the_family_and_updates_its_address(spelers):
    maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina)
    nieuw_adres = ouder_gegevens(
        spelers.egeltjes.gemeente_id, email="amina@voorbeeld.test", straat="Nieuwstraat"
    )

    maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, ouder=nieuw_adres)

    assert Ouder.objects.count() == 1
    assert Gezin.objects.get().straat == "Nieuwstraat"


def test_alternating_weeks_and_traits_are_kept(spelers):
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        vraag=vraag_gegevens(
            rooster=0b11,
            rooster_wissel=0b1100,
            kenmerken={"Alleenstaanden": True, "LaagInkomen": False},
        ),
    )

    assert vraag.week_samen.masker == 0b1111
    assert sorted(vraag.kenmerken.values_list("code", "aanwezig", "stand")) == [
        ("Alleenstaanden", True, "verklaard"),
        ("LaagInkomen", False, "verklaard"),
    ]


def test_withdrawn_question_of_another_family_is_no_double(spelers):
    kind = kind_gegevens(voornaam="Noor", familienaam="P", geboortedatum=dt.date(2025, 5, 5))
    eerste = maak_vraag(
        spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, kinderen=(kind,)
    )
    trek_in(eerste, door=spelers.amina, nu=NU)

    tweede = maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.bram, kinderen=(kind,))

    assert tweede.status == Vraagstatus.ACTIEF
