from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lok_overleg.domain.plannen import las_af
from lok_overleg.models import Vergadering
from lok_overleg.workflow import Aanwezigheidsstand, Vergaderstatus
from loket.models import Bericht
from tests.fabrieken import NU
from tests.lok_overleg.conftest import BEGIN, DAARNA, maak_vergadering

NIEUW = {
    "titel": "Lokaal overleg",
    "dag": "2026-06-16",
    "van": "19.30",
    "tot": "21u15",
    "plaats": "Gemeentehuis",
}


@pytest.fixture
def hanne(client, lok, time_machine):
    time_machine.move_to(NU, tick=False)
    client.force_login(lok.hanne)
    return client


def url(lok, naam="vergadering", *args):
    return reverse(f"lok:{naam}", args=[lok.vergadering.uuid, *args])


def test_meeting_is_planned_in_local_time(hanne, lok):
    antwoord = hanne.post(reverse("lok:nieuw"), NIEUW)

    rij = Vergadering.objects.get(titel="Lokaal overleg")
    assertRedirects(antwoord, reverse("lok:agenda", args=[rij.uuid]))
    assert rij.begint_op == dt.datetime(2026, 6, 16, 17, 30, tzinfo=dt.UTC)
    assert (rij.duur, rij.plaats, rij.loket) == (105, "Gemeentehuis", lok.loket)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"van": "half acht"}, "Schrijf een uur, zoals 19.30."),
        ({"van": "25.00"}, "Schrijf een uur, zoals 19.30."),
        ({"tot": "19.40"}, "Een vergadering duurt minstens een kwartier."),
        ({"tot": ""}, "Vul in: Tot."),
        ({"dag": ""}, "Vul een datum in."),
        ({"plaats": " "}, "Vul in: Plaats."),
    ],
)
def test_impossible_meeting_is_explained(hanne, lok, velden, zin):
    antwoord = hanne.post(reverse("lok:nieuw"), NIEUW | velden)

    assertContains(antwoord, zin, status_code=422)
    assertContains(antwoord, "Gemeentehuis" if "plaats" not in velden else "19.30", status_code=422)
    assert Vergadering.objects.count() == 1


@pytest.mark.parametrize(
    ("getypt", "uur"),
    [("9", 9), ("19", 19), ("19u", 19), ("19 uur", 19), ("19:00", 19), ("19h00", 19)],
)
def test_hours_are_read_as_people_write_them(hanne, lok, getypt, uur):
    hanne.post(reverse("lok:nieuw"), NIEUW | {"van": getypt})

    rij = Vergadering.objects.get(titel="Lokaal overleg")
    assert rij.begint_op == dt.datetime(2026, 6, 16, uur - 2, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "knop", "geen"),
    [
        ("gepland", "Nodig de leden uit", "Noteer wie er was"),
        ("uitgenodigd", "Stuur opnieuw", "Nodig de leden uit"),
        ("begonnen", "Noteer wie er was", "Werk het verslag af"),
        ("gehouden", "Werk het verslag af", "Gelast af"),
        ("afgelast", "De zaal is weg.", "Wijzig dag, uur of plaats"),
    ],
)
def test_page_says_the_one_thing_to_do(hanne, lok, time_machine, status, knop, geen):
    if status in {"uitgenodigd", "begonnen"}:
        lok.nodig_uit()
    if status == "begonnen":
        time_machine.move_to(DAARNA)
        hanne.force_login(lok.hanne)
    if status == "gehouden":
        lok.hou()
    if status == "afgelast":
        las_af(lok.vergadering, reden="De zaal is weg.", door=lok.hanne, nu=NU)

    blad = hanne.get(url(lok))

    assertContains(blad, knop)
    assertNotContains(blad, geen)


def test_reader_sees_no_buttons_and_may_not_post(client, lok):
    lok.nodig_uit()
    client.force_login(lok.spelers.carla)

    blad = client.get(url(lok))

    assertContains(blad, "Punt 1")
    for knop in ("Stuur opnieuw", "Gelast af", "Wijzig de agenda", "Schrijf een advies"):
        assertNotContains(blad, knop)
    punt = lok.vergadering.agendapunten.first()
    for naam, *args in (
        ("wijzigen",), ("afgelasten",), ("agenda",), ("punt", punt.pk),
        ("punt_verplaatsen", punt.pk), ("punt_verwijderen", punt.pk), ("uitnodigen",),
        ("aanwezigheid",), ("advies_nieuw",), ("verslag",), ("publiceren",),
    ):  # fmt: skip
        assert client.post(url(lok, naam, *args)).status_code == 403, naam
    assert Bericht.objects.filter(sjabloon="lok/uitnodiging_gewijzigd").count() == 0


@pytest.mark.parametrize(
    "naam",
    ["vergadering", "wijzigen", "agenda", "uitnodigen", "aanwezigheid", "verslag", "verslag_pdf"],
)
def test_other_lokets_meeting_is_not_found(hanne, lok, naam):
    vreemd = maak_vergadering(lok.spelers.ander_loket)

    assert hanne.get(reverse(f"lok:{naam}", args=[vreemd.uuid])).status_code == 404


def test_point_of_another_meeting_is_not_found(hanne, lok):
    ander = maak_vergadering(lok.loket, door=lok.hanne).agendapunten.first()

    assert hanne.get(url(lok, "punt", ander.pk)).status_code == 404
    assert hanne.post(url(lok, "punt_verwijderen", ander.pk)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_meeting_page_asks_the_same_of_the_database(hanne, lok, aantal, django_assert_num_queries):
    lok.hou()
    for nr in range(aantal):
        lok.aangenomen(f"Advies {nr}")

    with django_assert_num_queries(10):
        hanne.get(url(lok))


def test_change_after_the_invitation_says_that_members_were_told(hanne, lok):
    lok.nodig_uit()

    antwoord = hanne.post(url(lok, "wijzigen"), NIEUW, follow=True)

    assertContains(antwoord, "Alle leden krijgen een mail.")
    lok.vergadering.refresh_from_db()
    assert lok.vergadering.plaats == "Gemeentehuis"


def test_change_form_shows_what_is_planned(hanne, lok):
    blad = hanne.get(url(lok, "wijzigen"))

    for waarde in ("Huis van het Kind, zaal Wilg", "19.30", "21.30", "2026"):
        assertContains(blad, f'value="{waarde}"')


def test_held_meeting_can_not_be_changed(hanne, lok):
    lok.hou()

    assertContains(hanne.post(url(lok, "wijzigen"), NIEUW), "ligt vast", status_code=422)
    assertContains(
        hanne.post(url(lok, "afgelasten"), {"reden": "x"}), "Dat kan niet meer", status_code=422
    )


def test_calling_off_needs_a_reason(hanne, lok):
    assert hanne.post(url(lok, "afgelasten"), {"reden": ""}).status_code == 422

    antwoord = hanne.post(url(lok, "afgelasten"), {"reden": "Geen zaal."}, follow=True)

    assertContains(antwoord, "De vergadering is afgelast.")
    assertContains(antwoord, "Geen zaal.")


def test_agenda_is_made_without_javascript(hanne, lok):
    eerste, tweede = lok.vergadering.agendapunten.all()

    hanne.post(url(lok, "agenda"), {"titel": "Varia", "soort": "informatie", "duur": "10"})
    hanne.post(url(lok, "punt_verplaatsen", tweede.pk), {"richting": "omhoog"})
    hanne.post(url(lok, "punt", eerste.pk), {"titel": "Cijfers", "soort": "informatie"})
    hanne.post(url(lok, "punt_verwijderen", tweede.pk))

    assert list(lok.vergadering.agendapunten.values_list("titel", flat=True)) == [
        "Cijfers",
        "Varia",
    ]
    assert hanne.get(url(lok, "punt", eerste.pk)).context["form"]["titel"].value() == "Cijfers"


def test_agenda_says_when_points_begin(hanne, lok):
    punt = lok.vergadering.agendapunten.first()
    hanne.post(url(lok, "punt", punt.pk), {"titel": "Cijfers", "soort": "informatie", "duur": "25"})
    hanne.post(url(lok, "agenda"), {"titel": "Varia", "soort": "informatie"})

    uren = [regel.begin for regel in hanne.get(url(lok, "agenda")).context["agenda"]]

    assert uren == [BEGIN, BEGIN + dt.timedelta(minutes=25), None]


def test_agenda_after_the_meeting_is_refused_kindly(hanne, lok):
    lok.hou()
    punt = lok.vergadering.agendapunten.first()

    for naam in ("punt_verplaatsen", "punt_verwijderen"):
        antwoord = hanne.post(url(lok, naam, punt.pk), {"richting": "omlaag"}, follow=True)
        assertContains(antwoord, "ligt vast")
    antwoord = hanne.post(url(lok, "punt", punt.pk), {"titel": "X", "soort": "informatie"})
    assertContains(antwoord, "ligt vast", status_code=422)


def test_agenda_of_a_cancelled_meeting_is_refused_kindly(hanne, lok):
    las_af(lok.vergadering, reden="x", door=lok.hanne, nu=NU)

    antwoord = hanne.post(url(lok, "agenda"), {"titel": "Varia", "soort": "informatie"})

    assertContains(antwoord, "ligt vast", status_code=422)


def test_invitation_is_shown_before_it_goes(hanne, lok):
    blad = hanne.get(url(lok, "uitnodigen"))

    assertContains(blad, "4 leden krijgen een mail")
    assertContains(blad, "Nodig ze zelf uit:")
    assertContains(blad, "Pieter Wouters")
    assertNotContains(blad, "Vreemd Lid")
    assert Bericht.objects.count() == 0

    antwoord = hanne.post(url(lok, "uitnodigen"), follow=True)
    assertContains(antwoord, "De uitnodiging vertrekt naar 4 leden.")
    assert Bericht.objects.count() == 4


def test_invitation_without_agenda_is_refused_kindly(hanne, lok):
    lok.vergadering.agendapunten.all().delete()

    antwoord = hanne.post(url(lok, "uitnodigen"), follow=True)

    assertContains(antwoord, "Zet eerst minstens één punt op de agenda.")


def test_attendance_is_noted_with_the_answers_filled_in(hanne, lok, time_machine):
    lok.nodig_uit()
    roos = lok.aanwezigheid("roos")
    hanne.get(url(lok, "aanwezigheid"))
    lok.vergadering.aanwezigheden.filter(pk=roos.pk).update(stand=Aanwezigheidsstand.AANWEZIG)
    time_machine.move_to(DAARNA)
    hanne.force_login(lok.hanne)

    form = hanne.get(url(lok, "aanwezigheid")).context["form"]
    assert form[f"lid-{roos.pk}"].value() == "aanwezig"
    assert hanne.post(url(lok, "aanwezigheid"), {f"lid-{roos.pk}": "aanwezig"}).status_code == 422

    antwoord = hanne.post(
        url(lok, "aanwezigheid"),
        {f"lid-{a.pk}": "aanwezig" for a in lok.vergadering.aanwezigheden.all()},
        follow=True,
    )
    assertContains(antwoord, "Genoteerd wie er was.")
    lok.vergadering.refresh_from_db()
    assert lok.vergadering.status == Vergaderstatus.GEHOUDEN


def test_attendance_before_the_meeting_is_refused_kindly(hanne, lok):
    lok.nodig_uit()

    assertContains(hanne.get(url(lok, "aanwezigheid")), "nog niet begonnen")
    antwoord = hanne.post(
        url(lok, "aanwezigheid"),
        {f"lid-{a.pk}": "aanwezig" for a in lok.vergadering.aanwezigheden.all()},
    )
    assert antwoord.status_code == 422


def test_timeline_tells_what_happened_without_names_of_members(hanne, lok):
    lok.hou().aangenomen()

    punten = hanne.get(url(lok)).context["tijdlijn"]

    assert [(punt.tekst, punt.wie) for punt in punten] == [
        ("Vergadering gepland", "Hanne"),
        ("Punt op de agenda: Punt 1", "Hanne"),
        ("Punt op de agenda: Punt 2", "Hanne"),
        ("Leden uitgenodigd", "Hanne"),
        ("Vergadering gehouden", "Hanne"),
        ("Aanwezigheid genoteerd: 5 van 5 leden", "Hanne"),
        ("Ontwerp van advies: 18 plaatsen in Veldwijk", "Hanne"),
        ("Gestemd over 18 plaatsen in Veldwijk: 2 voor, 0 tegen, 1 onthouding", "Hanne"),
    ]
