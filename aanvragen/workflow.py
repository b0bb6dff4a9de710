"""The lives of an opvangvraag, an aanmelding and a voorstel: their states, and which may follow
which.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vraagstatus(models.TextChoices):
    CONCEPT = "concept", _("Nog niet verstuurd")
    INGEDIEND = "ingediend", _("Ontvangen")
    ACTIEF = "actief", _("Bij de opvang")
    GEPLAATST = "geplaatst", _("Plaats gevonden")
    VERVALLEN = "vervallen", _("Vervallen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")
    ONBEANTWOORD = "onbeantwoord", _("Afgesloten zonder plaats")


#: A lapsed or withdrawn question never comes back: asking again is a new question (R4).
#: `geplaatst -> vervallen` exists because a question also lapses after a reservation (R5);
#: `geplaatst -> actief` when a placement is undone.
VRAAGOVERGANGEN: dict[Vraagstatus, frozenset[Vraagstatus]] = {
    Vraagstatus.CONCEPT: frozenset(
        {Vraagstatus.INGEDIEND, Vraagstatus.INGETROKKEN, Vraagstatus.VERVALLEN}
    ),
    Vraagstatus.INGEDIEND: frozenset(
        {Vraagstatus.ACTIEF, Vraagstatus.INGETROKKEN, Vraagstatus.VERVALLEN}
    ),
    Vraagstatus.ACTIEF: frozenset(
        {
            Vraagstatus.GEPLAATST,
            Vraagstatus.INGETROKKEN,
            Vraagstatus.VERVALLEN,
            Vraagstatus.ONBEANTWOORD,
        }
    ),
    Vraagstatus.GEPLAATST: frozenset({Vraagstatus.VERVALLEN, Vraagstatus.ACTIEF}),
    Vraagstatus.VERVALLEN: frozenset(),
    Vraagstatus.INGETROKKEN: frozenset(),
    Vraagstatus.ONBEANTWOORD: frozenset(),
}
LOPENDE_VRAGEN = frozenset({Vraagstatus.INGEDIEND, Vraagstatus.ACTIEF})
AFGESLOTEN_VRAGEN = frozenset(
    {Vraagstatus.VERVALLEN, Vraagstatus.INGETROKKEN, Vraagstatus.ONBEANTWOORD}
)


class Vervalreden(models.TextChoices):
    """Why a question lapsed. Source: domein.md §8, needed for the counting rules R4-R7."""

    DROEVIG = "droevig_nieuws", _("De vraag vervalt")
    VERHUISD = "verhuisd", _("Verhuisd")
    ANDERE_GEMEENTE = "andere_gemeente", _("Opvang gevonden in een andere gemeente")
    BUITEN_LOKET = "buiten_loket", _("Opvang gevonden zonder het loket")
    NIET_MEER_NODIG = "niet_meer_nodig", _("Opvang is niet meer nodig")
    DUBBEL = "dubbel", _("Dezelfde vraag bestond al")
    GEEN_CONTACT = "geen_contact", _("Geen contact meer")
    ONBEKEND = "onbekend", _("Niet te achterhalen hoe het afliep")


class Aanmeldingstatus(models.TextChoices):
    VERZONDEN = "verzonden", _("Verstuurd")
    GEZIEN = "gezien", _("Gelezen")
    WACHTLIJST = "wachtlijst", _("Op de wachtlijst")
    VOORGESTELD = "voorgesteld", _("Voorstel gekregen")
    AFWIJKEND = "afwijkend_voorstel", _("Ander voorstel gekregen")
    AANVAARD = "aanvaard", _("Aanvaard")
    GEWEIGERD_OPVANG = "geweigerd_door_opvang", _("Geen plaats")
    GEWEIGERD_OUDER = "geweigerd_door_ouder", _("Niet aangenomen")
    VERLOPEN = "verlopen", _("Voorstel verlopen")
    VERVALLEN_ELDERS = "vervallen_elders", _("Vervallen: elders een plaats")
    VERVALLEN = "vervallen", _("Vervallen: de vraag stopt")


_einde = frozenset({Aanmeldingstatus.VERVALLEN_ELDERS, Aanmeldingstatus.VERVALLEN})
_voorstellen = frozenset({Aanmeldingstatus.VOORGESTELD, Aanmeldingstatus.AFWIJKEND})
_antwoorden = (
    frozenset({Aanmeldingstatus.WACHTLIJST, Aanmeldingstatus.GEWEIGERD_OPVANG}) | _voorstellen
)

#: A provider may answer without first opening the request (from the mail), so `verzonden` reaches
#: every answer. `verlopen -> wachtlijst`: a parent who was too late may ask to stay on the list.
#: `vervallen_elders -> verzonden`: staff ask again there once the place elsewhere fell through.
AANMELDINGOVERGANGEN: dict[Aanmeldingstatus, frozenset[Aanmeldingstatus]] = {
    Aanmeldingstatus.VERZONDEN: _antwoorden
    | _einde
    | {Aanmeldingstatus.GEZIEN, Aanmeldingstatus.GEWEIGERD_OUDER},
    Aanmeldingstatus.GEZIEN: _antwoorden | _einde | {Aanmeldingstatus.GEWEIGERD_OUDER},
    Aanmeldingstatus.WACHTLIJST: _voorstellen
    | _einde
    | {Aanmeldingstatus.GEWEIGERD_OPVANG, Aanmeldingstatus.GEWEIGERD_OUDER},
    Aanmeldingstatus.VOORGESTELD: _einde
    | {
        Aanmeldingstatus.AANVAARD,
        Aanmeldingstatus.GEWEIGERD_OUDER,
        Aanmeldingstatus.VERLOPEN,
        Aanmeldingstatus.WACHTLIJST,
    },
    Aanmeldingstatus.AFWIJKEND: _einde
    | {
        Aanmeldingstatus.AANVAARD,
        Aanmeldingstatus.GEWEIGERD_OUDER,
        Aanmeldingstatus.VERLOPEN,
        Aanmeldingstatus.WACHTLIJST,
    },
    Aanmeldingstatus.AANVAARD: frozenset({Aanmeldingstatus.VERVALLEN}),
    Aanmeldingstatus.GEWEIGERD_OPVANG: frozenset(),
    Aanmeldingstatus.GEWEIGERD_OUDER: frozenset(),
    Aanmeldingstatus.VERLOPEN: frozenset({Aanmeldingstatus.WACHTLIJST}) | _einde,
    Aanmeldingstatus.VERVALLEN_ELDERS: frozenset({Aanmeldingstatus.VERZONDEN}),
    Aanmeldingstatus.VERVALLEN: frozenset(),
}
#: What an acceptance ended comes back as it stood when staff undo it, and only then.
AANMELDINGHERSTEL: dict[Aanmeldingstatus, frozenset[Aanmeldingstatus]] = {
    Aanmeldingstatus.AANVAARD: _voorstellen,
    Aanmeldingstatus.VERVALLEN_ELDERS: _voorstellen
    | {
        Aanmeldingstatus.VERZONDEN,
        Aanmeldingstatus.GEZIEN,
        Aanmeldingstatus.WACHTLIJST,
        Aanmeldingstatus.VERLOPEN,
    },
}
WACHT_OP_ANTWOORD = frozenset({Aanmeldingstatus.VERZONDEN, Aanmeldingstatus.GEZIEN})
MET_VOORSTEL = _voorstellen
#: What a held offer that is ranked higher suspends (`AanmeldingQuerySet.opgeschort`).
OP_TE_SCHORTEN = WACHT_OP_ANTWOORD | {Aanmeldingstatus.WACHTLIJST}
LOPENDE_AANMELDINGEN = WACHT_OP_ANTWOORD | MET_VOORSTEL | {Aanmeldingstatus.WACHTLIJST}


#: A provider and a family may still write to each other.
GESPREK_AANMELDINGEN = LOPENDE_AANMELDINGEN | {Aanmeldingstatus.VERLOPEN, Aanmeldingstatus.AANVAARD}


class Partij(models.TextChoices):
    """Who speaks in a conversation about a question."""

    GEZIN = "gezin", _("Het gezin")
    TOELEIDER = "toeleider", _("Wie het gezin helpt")
    LOKET = "loket", _("Het loket")
    OPVANG = "opvang", _("De opvang")


KANT_VAN_HET_GEZIN = frozenset({Partij.GEZIN, Partij.TOELEIDER})


class Weigerreden(models.TextChoices):
    """Why a provider can't give a place; a code, so that the reasons can be counted."""

    VOLZET = "volzet", _("We zijn volzet in die periode")
    DAGEN = "dagen", _("We hebben geen plaats op deze dagen")
    UREN = "uren", _("We zijn niet open op deze uren")
    LEEFTIJD = "leeftijd", _("We hebben geen plaats voor deze leeftijd")
    VOORRANG = "voorrang", _("Andere gezinnen krijgen eerst een plaats (voorrangsregels)")
    STOPT = "stopt", _("Onze opvang stopt")
    GEVONDEN = "gevonden", _("Het gezin heeft al opvang")
    ANDERS = "anders", _("Een andere reden")


class Voorstelstatus(models.TextChoices):
    OPEN = "open", _("Wacht op de ouder")
    VASTGEHOUDEN = "vastgehouden", _("Vastgehouden")
    AANVAARD = "aanvaard", _("Aanvaard")
    GEWEIGERD = "geweigerd", _("Niet aangenomen")
    VERLOPEN = "verlopen", _("Verlopen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")


#: `aanvaard -> ingetrokken` frees the places when the question lapses after the placement (R5).
VOORSTELOVERGANGEN: dict[Voorstelstatus, frozenset[Voorstelstatus]] = {
    Voorstelstatus.OPEN: frozenset(
        {
            Voorstelstatus.VASTGEHOUDEN,
            Voorstelstatus.AANVAARD,
            Voorstelstatus.GEWEIGERD,
            Voorstelstatus.VERLOPEN,
            Voorstelstatus.INGETROKKEN,
        }
    ),
    Voorstelstatus.VASTGEHOUDEN: frozenset(
        {
            Voorstelstatus.AANVAARD,
            Voorstelstatus.GEWEIGERD,
            Voorstelstatus.VERLOPEN,
            Voorstelstatus.INGETROKKEN,
        }
    ),
    Voorstelstatus.AANVAARD: frozenset({Voorstelstatus.INGETROKKEN}),
    Voorstelstatus.GEWEIGERD: frozenset(),
    Voorstelstatus.VERLOPEN: frozenset(),
    Voorstelstatus.INGETROKKEN: frozenset(),
}
LOPENDE_VOORSTELLEN = frozenset({Voorstelstatus.OPEN, Voorstelstatus.VASTGEHOUDEN})


class BijEinde(models.TextChoices):
    """What a family that holds an offer wants at its deadline; chosen beforehand."""

    NEMEN = "nemen", _("Neem de plaats")
    VRIJGEVEN = "vrijgeven", _("Geef de plaats vrij")


class Ouderreden(models.TextChoices):
    """Why a family did not take an offer: a code that is counted, never asked twice, not shown to
    the provider.
    """

    NIET_GEZEGD = "", _("Dat zeg ik liever niet")
    TE_VER = "te_ver", _("De opvang is te ver")
    DAGEN = "dagen", _("De dagen passen niet")
    START = "start", _("De startdatum past niet")
    PRIJS = "prijs", _("De prijs past niet")
    BETERE_KEUZE = "betere_keuze", _("Ik wacht op een andere keuze")
    AL_OPVANG = "al_opvang", _("Ik heb intussen andere opvang")
    ANDERS = "anders", _("Een andere reden")


class Kanaal(models.TextChoices):
    """How the question reached the loket; every channel has the same rights (domein.md §12, rule
    8).
    """

    ONLINE = "online", _("Online")
    BALIE = "balie", _("Aan de balie")
    TELEFOON = "telefoon", _("Telefonisch")
    TOELEIDER = "toeleider", _("Via een toeleider")
    PAPIER = "papier", _("Op papier")


class Relatie(models.TextChoices):
    OUDER = "ouder", _("Ouder")
    PLEEGOUDER = "pleegouder", _("Pleegouder")
    ANDER = "ander", _("Iemand anders die voor het kind zorgt")


class DringendeReden(models.TextChoices):
    """Codes of Opgroeien's form FO-RE-28 (domein.md §2.2)."""

    START_WERK = "StartWerk", _("Ik kan onverwacht beginnen werken")
    START_OPLEIDING = "StartOpleiding", _("Ik kan onverwacht een opleiding beginnen")
    WEGVALLEN = "WegvallenOpvang", _("Mijn opvang valt plots weg")
    CRISIS_GEEN_ZORG = "CrisisgeenZorg", _("Er is een crisis thuis")
    CRISIS_ZORG = "CrisisZorg", _("Er is een crisis thuis door een zorgsituatie")


class Zorgbehoefte(models.TextChoices):
    """Yes or no, never a diagnosis."""

    NIET_GEVRAAGD = "", _("Niet gevraagd")
    NEE = "nee", _("Nee")
    JA = "ja", _("Ja")
    PERSOONLIJK = "persoonlijk", _("Dat vertel ik liever persoonlijk")


class Vormwens(models.TextChoices):
    GEEN = "", _("Maakt niet uit")
    GEZIN = "gezinsopvang", _("Bij een onthaalouder")
    GROEP = "groepsopvang", _("In een crèche")


class Prijswens(models.TextChoices):
    GEEN = "", _("Maakt niet uit")
    INKOMENSTARIEF = "inkomenstarief", _("Alleen met een prijs volgens inkomen")


class Kenmerkcode(models.TextChoices):
    """The priority traits. Codes of Opgroeien's form FO-RE-19 (domein.md §2.2, §3.2)."""

    WERK = (
        "WerkOpleiding",
        _("Ik heb opvang nodig om te werken, werk te zoeken of een opleiding te volgen"),
    )
    ALLEENSTAAND = "Alleenstaanden", _("Ik sta er alleen voor")
    LAAG_INKOMEN = "LaagInkomen", _("Ons gezin heeft een laag inkomen uit werk")
    PLEEGKIND = "Pleegkinderen", _("Het kind is een pleegkind")
    HANDICAP = "GezinslidHandicap", _("Iemand in ons gezin heeft een handicap")
    ZELFZORG = (
        "GezinslidZelfzorgvermogen",
        _("Iemand in ons gezin kan minder goed voor zichzelf zorgen"),
    )
    SOCIAAL = "SociaalPedagogisch", _("Een hulpverlener raadt opvang aan")
    OPLEIDING = "LaagOpleidingsniveau", _("Geen ouder heeft een diploma secundair onderwijs")


class Kenmerkstand(models.TextChoices):
    VERKLAARD = "verklaard", _("Zelf gezegd")
    BEWEZEN = "bewezen", _("Bewezen")
    WEERLEGD = "weerlegd", _("Klopt niet")


class Hulpomvang(models.TextChoices):
    """What a family lets a toeleider do; each includes what stands before it."""

    BEKIJKEN = "bekijken", _("Meekijken")
    ANTWOORDEN = "antwoorden", _("Meekijken en mee antwoorden")
    AANVRAGEN = "aanvragen", _("Alles doen zoals het gezin zelf")


#: From little to much: `OMVANGEN[n:]` are the consents that allow what needs `OMVANGEN[n]`.
OMVANGEN = (Hulpomvang.BEKIJKEN, Hulpomvang.ANTWOORDEN, Hulpomvang.AANVRAGEN)


class Hulpduur(models.IntegerChoices):
    """For how many days a family may give its consent; then it ends by itself."""

    MAAND = 30, _("1 maand")
    KWARTAAL = 90, _("3 maanden")
    HALFJAAR = 180, _("6 maanden")
    JAAR = 365, _("1 jaar")


class Toestemmingswijze(models.TextChoices):
    CODE = "code", _("met een code")
    LINK = "link", _("met de link in een mail")
    PAPIER = "papier", _("op papier")
    AANVRAAG = "aanvraag", _("bij de aanvraag")


class Afspraaksoort(models.TextChoices):
    """What help is agreed: it raises enrolment more than information does (vergelijking.md B.3)."""

    TERUGBELLEN = "terugbellen", _("Terugbellen")
    BEZOEK = "bezoek", _("Samen een opvang bezoeken")
    WENNEN = "wennen", _("Wenmoment in de opvang")
    ATTEST = "attest", _("Hulp met het attest inkomenstarief")
    GESPREK = "gesprek", _("Gesprek aan het loket")


class Afspraakstatus(models.TextChoices):
    GEPLAND = "gepland", _("Gepland")
    GEDAAN = "gedaan", _("Gedaan")
    GEMIST = "gemist", _("Niet gelukt")
    AFGEZEGD = "afgezegd", _("Afgezegd")


class Partnersoort(models.TextChoices):
    OCMW = "ocmw", _("OCMW")
    HUIS_VAN_HET_KIND = "huis_van_het_kind", _("Huis van het Kind")
    TAALLES = "taalles", _("Nederlandse les")
    KLEUTERSCHOOL = "kleuterschool", _("Kleuterschool")
    ANDERS = "anders", _("Een andere organisatie")


class Doorverwijswijze(models.TextChoices):
    """How a family reaches a partner; its name leaves the loket in the second way only."""

    ZELF = "zelf", _("Het gezin neemt zelf contact op")
    DOORGEVEN = "doorgeven", _("Wij geven de naam en de telefoon door")


class Doorverwijsuitkomst(models.TextChoices):
    """What came of it; never why the family needed it."""

    GEHOLPEN = "geholpen", _("Het gezin is er geholpen")
    WACHT = "wacht", _("Het gezin staat er op een wachtlijst")
    GEEN_CONTACT = "geen_contact", _("Er was geen contact")
    NIET_NODIG = "niet_nodig", _("Het gezin wil het niet meer")


class Notitiesoort(models.TextChoices):
    """What staff note about a question."""

    NOTITIE = "notitie", _("Notitie")
    GEBELD = "gebeld", _("Wij belden")
    TELEFOON = "telefoon", _("Het gezin of de opvang belde")
    BALIE = "balie", _("Gesprek aan de balie")
    TAAK = "taak", _("Taak")


class Rustreden(models.TextChoices):
    """Why a task waits."""

    BELT_TERUG = "belt_terug", _("Het gezin of de opvang laat iets weten")
    NIET_BEREIKT = "niet_bereikt", _("Niemand nam op")
    AFWEZIG = "afwezig", _("Vakantie of gesloten")
    AFSPRAAK = "afspraak", _("Er is iets afgesproken voor die dag")
    ANDERS = "anders", _("Een andere reden")


class Taakuitkomst(models.TextChoices):
    """What came of a task."""

    GEREGELD = "geregeld", _("Het is geregeld")
    GESPROKEN = "gesproken", _("Gesproken, we wachten af")
    NIET_BEREIKT = "niet_bereikt", _("Niet bereikt")
    NIET_NODIG = "niet_nodig", _("Er is niets te doen")
