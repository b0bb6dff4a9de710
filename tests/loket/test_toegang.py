"""Signing in: a code by mail for everybody, a password for who has one, and where one lands."""

from __future__ import annotations

import datetime as dt
import re
import socket
import time
from html.parser import HTMLParser

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lok_overleg.models import LokLid
from lok_overleg.workflow import Hoedanigheid
from loket import settings as echte_settings
from loket.context import Gezicht
from loket.domain import aanmelden
from loket.domain.aanmelden import (
    GeenAanmelding,
    OngeldigAdres,
    meld_aan_met_code,
    vind_of_maak,
)
from loket.domain.verzenden import verstuur_wachtende
from loket.models import Bericht, Gebruiker, Rol
from loket.rem import te_vaak
from loket.views.toegang import plekken_van
from opvang.models import OrganisatorLid
from tests.fabrieken import NU, maak_gebruiker, maak_lid, maak_loket, maak_organisator
from tests.gelijktijdig.hulp import tegelijk

pytestmark = pytest.mark.django_db

LOGIN, CODE = reverse("account_login"), reverse("account_confirm_login_code")
WACHTWOORD = reverse("account_login_wachtwoord")
GEHEIM = "een lang genoeg wachtwoord"
MIJN = "/mijn/"


def vraag_code(client: Client, email: str, volgende: str = "") -> None:
    antwoord = client.post(LOGIN, {"email": email, "next": volgende})
    assert antwoord.status_code == 302, antwoord.content.decode()


def laatste_code(email: str) -> str:
    bericht = Bericht.objects.filter(aan=email, sjabloon="toegang/code").first()
    return re.search(r"\b\d{4}-\d{4}\b", bericht.tekst)[0]


def is_aangemeld(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return Gebruiker.objects.get(pk=pk).email if pk else None


class Meldingen(HTMLParser):
    """The texts of the messages on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.teksten: list[str] = []
        self.diep = 0

    def handle_starttag(self, tag, attrs):
        if tag == "div" and "melding" in (dict(attrs).get("class") or "").split():
            self.diep = 1

    def handle_endtag(self, tag):
        if tag == "div":
            self.diep = 0

    def handle_data(self, data):
        if self.diep and data.strip():
            self.teksten.append(data.strip())


def meldingen(antwoord) -> list[str]:
    lezer = Meldingen()
    lezer.feed(antwoord.content.decode())
    return lezer.teksten


# With a code


def test_somebody_without_an_account_signs_in_with_the_code_from_the_mail(client):
    antwoord = client.post(LOGIN, {"email": " Nieuw@Voorbeeld.test "})
    assert (antwoord.status_code, antwoord.url) == (302, CODE)

    antwoord = client.post(CODE, {"code": laatste_code("nieuw@voorbeeld.test")})

    assert (antwoord.status_code, antwoord.url) == (302, "/na-aanmelden/")
    assert is_aangemeld(client) == "nieuw@voorbeeld.test"
    nieuw = Gebruiker.objects.get()
    assert (nieuw.has_usable_password(), nieuw.is_staff, nieuw.rollen) == (
        False,
        False,
        frozenset(),
    )


def test_the_code_really_arrives_and_is_then_wiped(client, postbus):
    vraag_code(client, "amina@voorbeeld.test")
    verstuur_wachtende(nu=timezone.now())

    (mail,) = postbus.mails
    code = re.search(r"\d{4}-\d{4}", mail.get_body(("plain",)).get_content())[0]
    bericht = Bericht.objects.get()
    assert (mail["To"], mail["Subject"]) == ("amina@voorbeeld.test", "Je code om je aan te melden")
    assert (bericht.tekst, bericht.html, bericht.gevoelig) == ("", "", True)
    assert code not in str(Bericht.objects.values().get())
    client.post(CODE, {"code": code})
    assert is_aangemeld(client) == "amina@voorbeeld.test"


@pytest.mark.parametrize(
    "vorm",
    [
        pytest.param(lambda c: c, id="zoals in de mail"),
        pytest.param(lambda c: c.replace("-", ""), id="zonder streepje"),
        pytest.param(lambda c: c.replace("-", " "), id="met een spatie"),
        pytest.param(lambda c: f"  {c}.\n", id="slordig geplakt"),
    ],
)
def test_a_code_may_be_typed_or_pasted_any_way(client, vorm):
    vraag_code(client, "amina@voorbeeld.test")

    client.post(CODE, {"code": vorm(laatste_code("amina@voorbeeld.test"))})

    assert is_aangemeld(client) == "amina@voorbeeld.test"


def test_a_code_has_eight_digits_and_its_own_keyboard(client):
    vraag_code(client, "amina@voorbeeld.test")

    invoer = re.search(r'<input[^>]* name="code"[^>]*>', client.get(CODE).content.decode())[0]

    assert 'autocomplete="one-time-code"' in invoer
    assert 'inputmode="numeric"' in invoer
    assert re.fullmatch(r"\d{4}-\d{4}", laatste_code("amina@voorbeeld.test"))


def test_the_code_page_says_where_the_code_went_and_until_when_it_works(client):
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC), tick=False):
        vraag_code(client, "amina@voorbeeld.test")
        pagina = client.get(CODE).content.decode()

    assert "<bdi>amina@voorbeeld.test</bdi>. De code werkt tot 10.10 uur." in pagina


def test_after_the_code_one_goes_on_where_one_was(client):
    vraag_code(client, "amina@voorbeeld.test", "/privacy/?van=aanvraag")

    antwoord = client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert antwoord.url == "/privacy/?van=aanvraag"


@pytest.mark.parametrize(
    "buiten",
    [
        "https://kwaad.test/",
        "//kwaad.test/",
        "javascript:alert(1)",
        "/\\kwaad.test",
        "http:///kwaad.test",
    ],
)
def test_nobody_is_led_out_of_the_portal(client, buiten):
    antwoord = client.post(LOGIN, {"email": "amina@voorbeeld.test", "next": buiten})
    assert antwoord.url == CODE

    antwoord = client.post(f"{CODE}?next={buiten}", {"code": laatste_code("amina@voorbeeld.test")})

    assert antwoord.url == "/na-aanmelden/"


def test_a_page_that_asks_to_sign_in_comes_back_after_it(client):
    antwoord = client.get("/na-aanmelden/")
    assert antwoord.url == "/accounts/login/?next=/na-aanmelden/"

    pagina = client.get(antwoord.url).content.decode()

    assert '<input type="hidden" name="next" value="/na-aanmelden/">' in pagina


def test_what_a_visitor_filled_in_survives_the_sign_in(client):
    sessie = client.session
    sessie["concept"] = "abc"
    sessie.save()
    vraag_code(client, "amina@voorbeeld.test")
    voor = client.session.session_key

    client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert client.session["concept"] == "abc"
    assert client.session.session_key != voor


def test_a_code_works_once(client):
    vraag_code(client, "amina@voorbeeld.test")
    code = laatste_code("amina@voorbeeld.test")
    client.post(CODE, {"code": code})
    client.post(reverse("account_logout"))

    antwoord = client.post(CODE, {"code": code}, follow=True)

    assert is_aangemeld(client) is None
    assert meldingen(antwoord)[-1] == "Je code werkt niet meer. Vraag een nieuwe code."


def test_a_code_works_only_in_the_browser_that_asked_for_it(client):
    vraag_code(client, "amina@voorbeeld.test")
    ander = Client()

    antwoord = ander.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert (antwoord.url, is_aangemeld(ander)) == (LOGIN, None)


def test_a_code_stops_working_after_ten_minutes(client):
    with time_machine.travel(NU, tick=False) as klok:
        vraag_code(client, "amina@voorbeeld.test", "/privacy/")
        klok.shift(dt.timedelta(minutes=10, seconds=1))

        antwoord = client.post(
            f"{CODE}?next=/privacy/", {"code": laatste_code("amina@voorbeeld.test")}, follow=True
        )

        assert is_aangemeld(client) is None
    assert antwoord.redirect_chain == [("/accounts/login/?next=%2Fprivacy%2F", 302)]
    assert meldingen(antwoord) == ["Je code werkt niet meer. Vraag een nieuwe code."]


def test_a_code_still_works_just_before(client):
    with time_machine.travel(NU, tick=False) as klok:
        vraag_code(client, "amina@voorbeeld.test")
        klok.shift(dt.timedelta(minutes=10))
        client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

        assert is_aangemeld(client) == "amina@voorbeeld.test"


def test_a_wrong_code_is_said_kindly_and_may_be_tried_again(client):
    vraag_code(client, "amina@voorbeeld.test")

    antwoord = client.post(CODE, {"code": "0000-0000"})

    pagina = antwoord.content.decode()
    zin = "Deze code klopt niet. Kijk naar de cijfers in onze laatste mail en probeer opnieuw."
    assert antwoord.status_code == 422
    assert f'<a href="#id_code">{zin}</a>' in pagina
    assert "<title>Fout: Vul je code in" in pagina
    client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})
    assert is_aangemeld(client) == "amina@voorbeeld.test"


@pytest.mark.parametrize("leeg", ["", "   "])
def test_no_code_at_all_is_no_wrong_try(client, leeg):
    vraag_code(client, "amina@voorbeeld.test")

    antwoorden = [client.post(CODE, {"code": leeg}) for _ in range(6)]

    assert {a.status_code for a in antwoorden} == {422}
    assert antwoorden[-1].context["formulier"]["code"].errors == ["Vul in: Code."]
    client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})
    assert is_aangemeld(client) == "amina@voorbeeld.test"


@pytest.mark.parametrize("adres", [LOGIN, WACHTWOORD])
def test_an_empty_form_is_a_wrong_form(client, adres):
    antwoord = client.post(adres)

    assert antwoord.status_code == 422
    assert '<div class="foutlijst"' in antwoord.content.decode()


def test_after_five_wrong_codes_a_new_one_is_needed(client):
    vraag_code(client, "amina@voorbeeld.test")

    codes = [client.post(CODE, {"code": "0000-0000"}).status_code for _ in range(5)]
    client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert codes == [422, 422, 422, 422, 302]
    assert is_aangemeld(client) is None


def test_guesses_made_at_the_same_moment_are_counted_too(client):
    """A copy of the session has its own count of wrong codes; the mailbox has one for all."""
    vraag_code(client, "amina@voorbeeld.test")
    sessie = dict(client.session)
    for _ in range(aanmelden.POGINGEN_PER_UUR):
        client.post(CODE, {"code": "0000-0000"})
        terug = client.session
        terug.update(sessie)
        terug.save()

    antwoord = client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert (antwoord.url, is_aangemeld(client)) == (LOGIN, None)


def test_a_new_code_replaces_the_old_one(client):
    vraag_code(client, "amina@voorbeeld.test", "/privacy/")
    oud = laatste_code("amina@voorbeeld.test")

    antwoord = client.post(f"{CODE}?next=/privacy/", {"opnieuw": "1"}, follow=True)

    assert antwoord.redirect_chain == [(f"{CODE}?next=%2Fprivacy%2F", 302)]
    assert meldingen(antwoord)[0] == "Je krijgt een nieuwe code. De vorige werkt niet meer."
    assert client.post(CODE, {"code": oud}).status_code == 422
    assert client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")}).url == "/privacy/"


def test_another_address_may_be_tried_while_a_code_is_on_its_way(client):
    """A typing mistake in the address must not lock anybody in."""
    vraag_code(client, "amnia@voorbeeld.test")

    pagina = client.get(LOGIN)
    vraag_code(client, "amina@voorbeeld.test")
    client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

    assert "<bdi>amnia@voorbeeld.test</bdi>" in pagina.content.decode()
    assert is_aangemeld(client) == "amina@voorbeeld.test"


def test_who_is_signed_in_goes_on_at_once(client):
    client.force_login(maak_gebruiker())

    assert client.get(LOGIN).url == "/na-aanmelden/"
    assert client.get(f"{LOGIN}?next=/privacy/").url == "/privacy/"
    assert client.get(CODE).url == "/na-aanmelden/"
    assert client.get(WACHTWOORD).url == "/na-aanmelden/"


def test_a_page_with_a_code_is_kept_by_no_cache(client):
    vraag_code(client, "amina@voorbeeld.test")

    for adres in (LOGIN, CODE, WACHTWOORD):
        assert "no-store" in client.get(adres)["Cache-Control"]


# Nobody learns which addresses exist


def test_a_known_and_an_unknown_address_are_answered_alike(client):
    maak_gebruiker("bekend@voorbeeld.test", naam="Bekend")
    antwoorden = []
    for email in ("bekend@voorbeeld.test", "nergens@voorbeeld.test"):
        bezoeker = Client()
        eerst = bezoeker.post(LOGIN, {"email": email})
        daarna = bezoeker.get(CODE).content.decode()
        zonder = re.sub(r'value="\w{64}"|[\d.]+ uur', "", daarna.replace(email, "ADRES"))
        antwoorden.append((eerst.status_code, eerst.url, zonder))

    assert antwoorden[0] == antwoorden[1]
    assert Bericht.objects.values_list("titel", "sjabloon").distinct().count() == 1


def test_a_wrong_password_says_nothing_about_the_address(client):
    maak_gebruiker("bekend@voorbeeld.test", password=GEHEIM)

    fouten = [
        client.post(WACHTWOORD, {"login": email, "password": "fout"}).context["formulier"].errors
        for email in ("bekend@voorbeeld.test", "nergens@voorbeeld.test")
    ]

    zin = "Dit e-mailadres en dit wachtwoord horen niet samen. Probeer opnieuw of vraag een code."
    assert fouten == [{"__all__": [zin]}] * 2


def test_a_closed_account_gets_a_mail_that_says_so_and_no_code(client):
    maak_gebruiker("weg@voorbeeld.test", is_active=False)

    vraag_code(client, "weg@voorbeeld.test")

    bericht = Bericht.objects.get()
    assert (bericht.sjabloon, bericht.titel) == (
        "toegang/afgesloten",
        "Je kunt je niet meer aanmelden",
    )
    assert not re.search(r"\d{4}-\d{4}", bericht.tekst + bericht.html)
    assert [client.post(CODE, {"code": c}).status_code for c in ("0000-0000", "-", ".")] == [
        422
    ] * 3
    assert is_aangemeld(client) is None


def test_an_account_that_closes_while_the_code_is_on_its_way_stays_out(client):
    vraag_code(client, "amina@voorbeeld.test")
    Gebruiker.objects.update(is_active=False)

    antwoord = client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")}, follow=True)

    assert is_aangemeld(client) is None
    assert (antwoord.request["PATH_INFO"], antwoord.status_code) == ("/accounts/inactive/", 403)


# One address, one account


@pytest.mark.parametrize("getypt", ["Amina@Voorbeeld.Test", " amina@voorbeeld.test "])
def test_an_address_is_known_however_it_is_typed(getypt):
    amina = maak_gebruiker("amina@voorbeeld.test")

    assert vind_of_maak(getypt) == amina


def test_a_name_is_filled_in_where_there_is_none():
    amina = maak_gebruiker("amina@voorbeeld.test")

    vind_of_maak("amina@voorbeeld.test", naam="Amina")
    vind_of_maak("amina@voorbeeld.test", naam="Iemand Anders")

    amina.refresh_from_db()
    assert amina.naam == "Amina"


def test_without_a_code_that_was_asked_there_is_nothing_to_compare(rf, client):
    verzoek = rf.post(CODE)
    verzoek.session, verzoek.user = client.session, AnonymousUser()

    with pytest.raises(GeenAanmelding):
        meld_aan_met_code(verzoek, code="", nu=NU)


def test_an_account_with_capitals_is_found():
    amina = Gebruiker.objects.create(email="Amina@Voorbeeld.test")

    assert vind_of_maak("amina@voorbeeld.test") == amina


@pytest.mark.parametrize(
    "lijkt_op", ["amına@voorbeeld.test", "zoë@voorbeeld.test", "ſara@voorbeeld.test"]
)
def test_an_address_that_only_looks_like_another_is_refused(client, lijkt_op):
    maak_gebruiker("amina@voorbeeld.test")

    with pytest.raises(OngeldigAdres):
        vind_of_maak(lijkt_op)
    assert client.post(LOGIN, {"email": lijkt_op}).status_code == 422
    assert (Gebruiker.objects.count(), Bericht.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("email", "zin"),
    [
        ("", "Vul in: E-mailadres."),
        ("amina", "Vul een volledig e-mailadres in, zoals naam@voorbeeld.be."),
        (
            "amina@voorbeeld.test\nBcc: a@b.be",
            "Vul een volledig e-mailadres in, zoals naam@voorbeeld.be.",
        ),
    ],
)
def test_an_address_that_is_none_is_said_kindly(client, email, zin):
    antwoord = client.post(LOGIN, {"email": email})

    assert antwoord.status_code == 422
    assert f'<a href="#id_email">{zin}</a>' in antwoord.content.decode()
    assert Gebruiker.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_makes_one_account():
    uitkomst = tegelijk(
        lambda: vind_of_maak("amina@voorbeeld.test"), lambda: vind_of_maak("Amina@voorbeeld.test")
    )

    assert uitkomst.wachtte
    assert [uitkomst.eerste, uitkomst.tweede] == [Gebruiker.objects.get()] * 2


# Limits


def test_a_mailbox_gets_three_codes_a_minute_and_ten_an_hour(client):
    with time_machine.travel(NU, tick=False) as klok:
        uitkomst = []
        for _ in range(14):
            uitkomst.append(client.post(LOGIN, {"email": "amina@voorbeeld.test"}).status_code)
            klok.shift(dt.timedelta(seconds=15))

    assert uitkomst == [302, 302, 302, 422, 302, 302, 302, 422, 302, 302, 302, 422, 302, 422]
    assert Bericht.objects.count() == 10


def test_the_limit_of_a_mailbox_holds_without_a_cache(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    uitkomst = [client.post(LOGIN, {"email": "amina@voorbeeld.test"}).status_code for _ in range(4)]

    assert uitkomst == [302, 302, 302, 422]


def test_too_many_codes_is_said_kindly_and_nothing_typed_is_lost(client):
    for _ in range(3):
        vraag_code(client, "amina@voorbeeld.test")

    pagina = client.post(LOGIN, {"email": "amina@voorbeeld.test"}).content.decode()
    opnieuw = client.post(CODE, {"opnieuw": "1"}, follow=True)

    zin = "Er zijn al veel codes gevraagd. Wacht even en kijk intussen in je mailbox."
    assert f'<a href="#id_email">{zin}</a>' in pagina
    assert 'value="amina@voorbeeld.test"' in pagina
    assert (opnieuw.request["PATH_INFO"], meldingen(opnieuw)[0]) == (CODE, zin)


def test_a_network_may_not_ask_codes_for_everybody(client, settings):
    with time_machine.travel(NU, tick=False):
        uitkomst = [
            client.post(LOGIN, {"email": f"ouder{n}@voorbeeld.test"}).status_code for n in range(31)
        ]
        elders = client.post(LOGIN, {"email": "x@voorbeeld.test"}, REMOTE_ADDR="192.0.2.7")

    assert uitkomst == [302] * 30 + [422]
    assert elders.status_code == 302


def test_a_made_up_address_of_a_proxy_is_not_believed(client):
    with time_machine.travel(NU, tick=False):
        uitkomst = [
            client.post(
                LOGIN, {"email": f"ouder{n}@voorbeeld.test"}, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}"
            ).status_code
            for n in range(31)
        ]

    assert uitkomst[-1] == 422


def test_the_brake_counts_per_window_and_per_person():
    minuut = dt.timedelta(minutes=1)

    def rem(wie: str, nu: dt.datetime) -> bool:
        return te_vaak("proef", wie, keer=2, per=minuut, nu=nu)

    assert [rem("a", NU) for _ in range(3)] == [False, False, True]
    assert rem("b", NU) is False
    assert rem("a", NU + minuut) is False
    assert not [sleutel for sleutel in cache._cache if ":a" in sleutel]


@pytest.mark.parametrize("antwoord", [None, ValueError], ids=["weg", "net verlopen"])
def test_the_brake_lets_through_when_the_cache_does_not_answer(monkeypatch, antwoord):
    """django-redis answers None when Redis is gone; the key may run out between two commands."""

    def incr(_sleutel):
        raise antwoord

    if antwoord is None:
        monkeypatch.setattr("loket.rem.cache.add", lambda *_a, **_k: None)
    else:
        monkeypatch.setattr("loket.rem.cache.incr", incr)

    assert te_vaak("proef", "a", keer=0, per=dt.timedelta(minutes=1), nu=NU) is False


# With a password


def test_a_password_signs_in_who_has_one(client):
    maak_gebruiker("carla@voorbeeld.test", password=GEHEIM)

    antwoord = client.post(
        WACHTWOORD, {"login": "Carla@voorbeeld.test", "password": GEHEIM, "next": "/privacy/"}
    )

    assert (antwoord.url, is_aangemeld(client)) == ("/privacy/", "carla@voorbeeld.test")
    assert client.session.get_expire_at_browser_close() is True


def test_without_a_password_no_password_works(client):
    maak_gebruiker("amina@voorbeeld.test")

    for geprobeerd in ("!", "None", "x"):
        client.post(WACHTWOORD, {"login": "amina@voorbeeld.test", "password": geprobeerd})

    assert is_aangemeld(client) is None


def test_a_closed_account_does_not_come_in_with_its_password(client):
    maak_gebruiker("weg@voorbeeld.test", password=GEHEIM, is_active=False)

    client.post(WACHTWOORD, {"login": "weg@voorbeeld.test", "password": GEHEIM})

    assert is_aangemeld(client) is None


def test_guessing_a_password_stops_after_five_tries(client):
    maak_gebruiker("carla@voorbeeld.test", password=GEHEIM)
    for _ in range(5):
        client.post(WACHTWOORD, {"login": "carla@voorbeeld.test", "password": "fout"})

    antwoord = client.post(WACHTWOORD, {"login": "carla@voorbeeld.test", "password": GEHEIM})

    assert antwoord.context["formulier"].non_field_errors() == [
        "Er waren te veel pogingen na elkaar. Wacht vijf minuten, of vraag een code."
    ]
    assert is_aangemeld(client) is None


def test_many_tries_from_one_network_are_held_up_in_our_face(client):
    for n in range(30):
        client.post(WACHTWOORD, {"login": f"wie{n}@voorbeeld.test", "password": "fout"})

    antwoord = client.post(WACHTWOORD, {"login": "nog@voorbeeld.test", "password": "fout"})

    assert antwoord.status_code == 429
    assert "<h1>Even wachten</h1>" in antwoord.content.decode()


def test_a_waiting_code_does_not_stand_in_the_way_of_a_password(client):
    maak_gebruiker("carla@voorbeeld.test", password=GEHEIM)
    vraag_code(client, "carla@voorbeeld.test")

    assert client.get(WACHTWOORD).status_code == 200
    client.post(WACHTWOORD, {"login": "carla@voorbeeld.test", "password": GEHEIM})

    assert is_aangemeld(client) == "carla@voorbeeld.test"


def test_a_password_is_changed_and_the_sign_in_stays(client):
    carla = maak_gebruiker("carla@voorbeeld.test", password=GEHEIM)
    client.force_login(carla)
    nieuw = "een heel ander wachtwoord"

    antwoord = client.post(
        reverse("account_change_password"),
        {"oldpassword": GEHEIM, "password1": nieuw, "password2": nieuw},
    )

    carla.refresh_from_db()
    assert (antwoord.url, carla.check_password(nieuw)) == ("/na-aanmelden/", True)
    assert is_aangemeld(client) == "carla@voorbeeld.test"


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        (
            {"oldpassword": "fout", "password1": GEHEIM + "1", "password2": GEHEIM + "1"},
            "oldpassword",
        ),
        ({"oldpassword": GEHEIM, "password1": "tekort", "password2": "tekort"}, "password1"),
        (
            {
                "oldpassword": GEHEIM,
                "password1": "carla@voorbeeld.test",
                "password2": "carla@voorbeeld.test",
            },
            "password1",
        ),
        (
            {"oldpassword": GEHEIM, "password1": GEHEIM + "1", "password2": GEHEIM + "2"},
            "password2",
        ),
    ],
)
def test_a_bad_new_password_is_refused(client, velden, veld):
    carla = maak_gebruiker("carla@voorbeeld.test", password=GEHEIM)
    client.force_login(carla)

    antwoord = client.post(reverse("account_change_password"), velden)

    carla.refresh_from_db()
    assert (antwoord.status_code, carla.check_password(GEHEIM)) == (422, True)
    assert list(antwoord.context["formulier"].errors) == [veld]


def test_who_signs_in_with_a_code_has_no_password_to_change(client):
    client.force_login(maak_gebruiker())

    assert client.get(reverse("account_change_password")).status_code == 404


# Signing out


def test_signing_out_is_asked_and_a_link_alone_does_not(client):
    client.force_login(maak_gebruiker("amina@voorbeeld.test"))

    pagina = client.get(reverse("account_logout"))
    assert "<h1>Wil je je afmelden?</h1>" in pagina.content.decode()
    assert is_aangemeld(client) == "amina@voorbeeld.test"

    antwoord = client.post(reverse("account_logout"), follow=True)
    assert is_aangemeld(client) is None
    assert (antwoord.redirect_chain, meldingen(antwoord)) == ([("/", 302)], ["Je bent afgemeld."])


def test_who_is_not_signed_in_cannot_sign_out(client):
    assert client.get(reverse("account_logout")).url == "/"


# Only what is needed is there


@pytest.mark.parametrize("naam", ["account_signup", "account_request_login_code"])
def test_there_is_one_page_to_sign_in(client, naam):
    assert client.get(reverse(naam)).url == LOGIN
    assert client.get(f"{reverse(naam)}?next=/privacy/").url == f"{LOGIN}?next=%2Fprivacy%2F"
    assert client.post(reverse(naam), {"email": "a@b.be", "password1": GEHEIM}).status_code == 405
    assert Gebruiker.objects.count() == 0


@pytest.mark.parametrize(
    "naam",
    ["account_email", "account_reset_password", "account_set_password", "account_reauthenticate"],
)
def test_what_is_not_needed_is_not_there(naam):
    with pytest.raises(NoReverseMatch):
        reverse(naam)


def test_a_closed_account_is_told_whom_to_ask(client):
    antwoord = client.get(reverse("account_inactive"))

    assert antwoord.status_code == 403
    assert "<h1>Je account is afgesloten</h1>" in antwoord.content.decode()


def test_nobody_signs_up_with_a_form():
    from loket.toegang import Adapter  # noqa: PLC0415

    assert Adapter().is_open_for_signup(RequestFactory().get("/")) is False


# Where one lands


def plekken(gebruiker: Gebruiker) -> list[str]:
    verzoek = RequestFactory().get("/")
    verzoek.user = Gebruiker.objects.get(pk=gebruiker.pk)
    return [plek.naam for plek in plekken_van(Gezicht(verzoek))]


@pytest.mark.parametrize(
    ("wie", "waar"),
    [
        ("amina", MIJN),
        ("carla", "/balie/"),
        ("els", "/balie/"),
        ("farid", "/aanbod/"),
        ("hanne", "/lok/"),
        ("ivo", "/rapporten/"),
        ("joke", "/beheer/"),
    ],
)
def test_everybody_lands_where_their_work_is(spelers, client, wie, waar):
    client.force_login(getattr(spelers, wie))

    antwoord = client.get(reverse("na_aanmelden"))

    assert (antwoord.status_code, antwoord.url) == (302, waar)


def test_who_has_several_places_chooses(spelers, client):
    carla = maak_lid(spelers.loket, Rol.SCHEPEN, gebruiker=spelers.carla)
    client.force_login(carla)

    pagina = client.get(reverse("na_aanmelden")).content.decode()

    plekken = re.findall(r'<h2 class="h3"><a href="([^"]+)">([^<]+?) <', pagina)
    assert plekken == [
        ("/balie/", "Werklijst"),
        ("/rapporten/", "Cijfers en rapporten"),
        ("/mijn/", "Mijn aanvraag"),
    ]


def test_two_lokets_with_the_same_role_are_one_place(spelers):
    maak_lid(spelers.ander_loket, Rol.TOELEIDER, gebruiker=spelers.carla)

    assert plekken(spelers.carla) == ["balie:werklijst"]


def test_a_role_that_is_over_leads_nowhere(client):
    gebruiker = maak_gebruiker()
    maak_lid(maak_loket(), Rol.SCHEPEN, gebruiker=gebruiker, tot=timezone.localdate())
    OrganisatorLid.objects.create(
        organisator=maak_organisator(),
        gebruiker=gebruiker,
        vanaf=dt.date(2020, 1, 1),
        tot=timezone.localdate(),
    )

    assert plekken(gebruiker) == ["mijn:overzicht"]


def test_a_manager_who_also_answers_for_a_provider_has_both(spelers):
    maak_organisator(lid=spelers.joke)

    assert plekken(spelers.joke) == ["admin:index", "aanbod:overzicht", "mijn:overzicht"]


def test_a_member_of_the_lok_lands_there_and_a_chair_only_once(spelers):
    begin = dt.date(2020, 1, 1)
    for mens in (spelers.bram, spelers.hanne, spelers.farid):
        LokLid.objects.create(
            loket=spelers.loket,
            gebruiker=mens,
            naam=mens.naam,
            hoedanigheid=Hoedanigheid.GEBRUIKER,
            vanaf=begin,
        )

    assert [plekken(mens) for mens in (spelers.bram, spelers.hanne, spelers.farid)] == [
        ["lok:overzicht", "mijn:overzicht"],
        ["lok:overzicht"],
        ["aanbod:overzicht", "lok:overzicht", "mijn:overzicht"],
    ]


# The mail


def test_the_mail_with_the_code_says_what_to_do_and_comes_from_the_loket(client):
    loket = maak_loket("Loket Wilgenrade", adres="Statieplein 4\n9000 Wilgenrade")

    vraag_code(client, "amina@voorbeeld.test")

    bericht = Bericht.objects.get()
    code = laatste_code("amina@voorbeeld.test")
    assert bericht.loket == loket
    assert (
        bericht.tekst
        == f"""Dag,

Je code is: {code}

Typ of plak deze code op de pagina waar je ze vroeg. De code werkt 10 minuten en maar één keer.

Is de pagina al gesloten? Open ze opnieuw op hetzelfde toestel:
http://127.0.0.1:8000/accounts/login/code/confirm/

Heb je dit niet gevraagd? Dan hoef je niets te doen. Geef de code aan niemand, ook niet aan ons.

--
Loket Wilgenrade
Statieplein 4, 9000 Wilgenrade
Bel 09 000 00 00
{loket.email}
"""
    )
    assert code in bericht.html
    assert code not in bericht.titel


def test_with_several_lokets_the_mail_comes_from_the_portal(client):
    maak_loket()
    maak_loket()

    vraag_code(client, "amina@voorbeeld.test")

    assert Bericht.objects.get().loket is None


# Redis is gone


def _redis_op(settings, poort: int) -> None:
    settings.CACHES = {
        "default": {**echte_settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{poort}/1"}
    }


def test_without_redis_one_still_signs_in(client, settings):
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        _redis_op(settings, dicht.getsockname()[1])
        begin = time.monotonic()

        vraag_code(client, "amina@voorbeeld.test")
        client.post(CODE, {"code": laatste_code("amina@voorbeeld.test")})

        assert is_aangemeld(client) == "amina@voorbeeld.test"
        assert time.monotonic() - begin < 3


def test_with_a_redis_that_hangs_a_page_still_comes(client, settings):
    with socket.create_server(("127.0.0.1", 0), backlog=50) as stil:
        _redis_op(settings, stil.getsockname()[1])
        begin = time.monotonic()

        vraag_code(client, "amina@voorbeeld.test")

        assert time.monotonic() - begin < 5
        assert Bericht.objects.count() == 1
