"""A family asks: one request becomes a question per child and an aanmelding per location."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from aanvragen.domain.dubbels import eigen_lopende_vraag, zoek_mogelijke_dubbel
from aanvragen.domain.fouten import DubbeleVraag, GeenLocaties
from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.ronde import antwoord_voor
from aanvragen.domain.status import verander_vraag
from aanvragen.domain.toestemming import geef_bij_aanvraag
from aanvragen.models import Aanmelding, Gezin, Kenmerk, Kind, Opvangvraag, Ouder
from aanvragen.workflow import Kanaal, Vraagstatus
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie


@transaction.atomic
def dien_in(
    gegevens: Aanvraaggegevens,
    *,
    loket: Loket,
    nu: dt.datetime,
    door: Gebruiker | None,
    ouder_gebruiker: Gebruiker | None = None,
) -> list[Opvangvraag]:
    """Register one question per child (R1, R3) and send each to every chosen location.

    `door` is who typed it (the parent, staff or a toeleider); `ouder_gebruiker` the account of the
    parent, if there is one. Guarantees: all questions or none; every question logged; the parents
    and the providers mailed. Refuses: no location and no area (GeenLocaties); a running question of
    this same parent for the same child (DubbeleVraag); the twin of a child that was asked for
    before is another child (R3), also as long as neither is born. When *another* family seems to
    have asked for the same child (R2) nothing of it is shown: the question waits as `ingediend` for
    staff, who merge or release it. Causes: a toeleider gets a consent of the family that ends by
    itself (domein.md §1.6). Source of the counting rules: Opgroeien FAQ, domein.md §1.4.
    """
    locaties = _kies_locaties(gegevens)
    for kind in gegevens.kinderen:
        eerder = eigen_lopende_vraag(kind, gegevens.ouder, gebruiker=ouder_gebruiker)
        if eerder and not _is_van_de_tweeling(kind, eerder):
            raise DubbeleVraag(referentie=eerder.referentie)
    ouder = _gezin_en_ouder(gegevens.ouder, loket=loket, gebruiker=ouder_gebruiker, nu=nu)
    meerlingen = _meerlingen(gegevens.kinderen)
    vragen = []
    for kindgegevens in gegevens.kinderen:
        dubbel_van = zoek_mogelijke_dubbel(kindgegevens, loket=loket, behalve_gezin=ouder.gezin)
        vraag = _maak_vraag(
            gegevens,
            kindgegevens,
            ouder=ouder,
            loket=loket,
            door=door,
            nu=nu,
            meerling=meerlingen.get(
                kindgegevens.geboortedatum or kindgegevens.verwachte_geboortedatum
            ),
        )
        vraag.mogelijk_dubbel_van = dubbel_van
        vraag.save(update_fields=["mogelijk_dubbel_van"])
        _maak_aanmeldingen(vraag, locaties, nu=nu)
        verander_vraag(vraag, Vraagstatus.INGEDIEND, door=door, nu=nu)
        if dubbel_van is None:
            activeer(vraag, door=door, nu=nu)
        else:
            meld_ouders(vraag, "ontvangen", nu=nu, wordt_nagekeken=True)
        vragen.append(vraag)
    if gegevens.kanaal == Kanaal.TOELEIDER and door is not None:
        geef_bij_aanvraag(
            vragen, gezin=ouder.gezin, toeleider=door, dagen=gegevens.toestemming_dagen, nu=nu
        )
    return vragen


@transaction.atomic
def activeer(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Release the question to its locations: the answer term starts now, parents and providers are
    mailed.
    """
    verander_vraag(vraag, Vraagstatus.ACTIEF, door=door, nu=nu)
    termijn = antwoord_voor(vraag.loket, nu=nu)
    vraag.aanmeldingen.update(verzonden_op=nu, antwoord_voor=termijn, gewijzigd_op=nu)
    aanmeldingen = list(
        vraag.aanmeldingen.select_related(
            "locatie__organisator", "opvangvraag__loket", "opvangvraag__kind"
        )
    )
    meld_ouders(vraag, "ontvangen", nu=nu, aanmeldingen=aanmeldingen, antwoord_voor=termijn)
    for aanmelding in aanmeldingen:
        meld_aanbieder(aanmelding, "nieuwe_vraag", nu=nu)


def _kies_locaties(gegevens: Aanvraaggegevens) -> list[Opvanglocatie]:
    """The chosen public locations in the parent's order, or all of the chosen area by name."""
    if gegevens.locatie_ids:
        gevonden = Opvanglocatie.objects.publiek().in_bulk(gegevens.locatie_ids)
        locaties = [gevonden[pk] for pk in dict.fromkeys(gegevens.locatie_ids) if pk in gevonden]
    else:
        locaties = list(Opvanglocatie.objects.publiek().filter(gemeente__in=gegevens.gebied_ids))
    if not locaties:
        raise GeenLocaties
    return locaties


def _gezin_en_ouder(
    gegevens: Oudergegevens, *, loket: Loket, gebruiker: Gebruiker | None, nu: dt.datetime
) -> Ouder:
    """The parent who asks: the known one of this account, refreshed with what was typed now, or a
    new family.
    """
    bestaand = (
        # Not where a merge put this parent: that is the other parent's address.
        Ouder.objects.thuis()
        .filter(gebruiker=gebruiker, gezin__loket=loket)
        .select_related("gezin")
        .first()
        if gebruiker
        else None
    )
    gezinsvelden = {
        "straat": gegevens.straat,
        "huisnummer": gegevens.huisnummer,
        "postcode": gegevens.postcode,
        "gemeente_id": gegevens.gemeente_id,
        "wijk_id": gegevens.wijk_id,
        "taal": gegevens.taal,
        "tolk": gegevens.tolk,
    }
    oudervelden = {
        "voornaam": gegevens.voornaam,
        "familienaam": gegevens.familienaam,
        "email": gegevens.email,
        "telefoon": gegevens.telefoon,
        "relatie": gegevens.relatie,
    }
    if bestaand:
        Gezin.objects.filter(pk=bestaand.gezin_id).update(**gezinsvelden)
        Ouder.objects.filter(pk=bestaand.pk).update(**oudervelden)
        bestaand.refresh_from_db()
        return bestaand
    gezin = Gezin.objects.create(loket=loket, aangemaakt_op=nu, **gezinsvelden)
    return Ouder.objects.create(gezin=gezin, gebruiker=gebruiker, **oudervelden)


def _meerlingen(kinderen: Sequence[Kindgegevens]) -> dict[dt.date | None, uuid.UUID]:
    """A shared key for the children of one request with the same birth date."""
    datums = [kind.geboortedatum or kind.verwachte_geboortedatum for kind in kinderen]
    return {datum: uuid.uuid4() for datum in set(datums) if datums.count(datum) > 1}


def _kind(gegevens: Kindgegevens, *, gezin: Gezin, meerling: uuid.UUID | None) -> Kind:
    """The child of this family with this name and date, so that asking again (R4) is about the same
    child.
    """
    if gegevens.voornaam and gegevens.geboortedatum:
        bestaand = gezin.kinderen.filter(
            voornaam__iexact=gegevens.voornaam, geboortedatum=gegevens.geboortedatum
        ).first()
        if bestaand:
            return bestaand
    return Kind.objects.create(
        gezin=gezin,
        voornaam=gegevens.voornaam,
        familienaam=gegevens.familienaam,
        geboortedatum=gegevens.geboortedatum,
        verwachte_geboortedatum=gegevens.verwachte_geboortedatum,
        meerling=meerling or _meerling_met(gegevens, gezin=gezin),
    )


def _is_van_de_tweeling(kind: Kindgegevens, eerder: Opvangvraag) -> bool:
    """Tell whether a question found for this child is the one of its twin: before birth the two
    have the same date and name.
    """
    return kind.tweeling_van == eerder.referentie and kind.geboortedatum is None


def _meerling_met(gegevens: Kindgegevens, *, gezin: Gezin) -> uuid.UUID | None:
    """Give the key that this child shares with the twin that was asked for before (R3)."""
    if not gegevens.tweeling_van:
        return None
    ander = gezin.kinderen.filter(opvangvragen__referentie=gegevens.tweeling_van).first()
    if ander is None or ander.rekendatum not in (
        gegevens.geboortedatum,
        gegevens.verwachte_geboortedatum,
    ):
        return None
    if ander.meerling is None:
        ander.meerling = uuid.uuid4()
        ander.save(update_fields=["meerling"])
    return ander.meerling


def _maak_vraag(
    gegevens: Aanvraaggegevens,
    kindgegevens: Kindgegevens,
    *,
    ouder: Ouder,
    loket: Loket,
    door: Gebruiker | None,
    nu: dt.datetime,
    meerling: uuid.UUID | None,
) -> Opvangvraag:
    wens = gegevens.vraag
    vraag = Opvangvraag.objects.create(
        loket=loket,
        kind=_kind(kindgegevens, gezin=ouder.gezin, meerling=meerling),
        aanvrager=ouder,
        ingevoerd_door=door,
        kanaal=gegevens.kanaal,
        gewenste_start=wens.gewenste_start,
        gewenst_einde=wens.gewenst_einde,
        rooster=wens.rooster,
        rooster_wissel=wens.rooster_wissel,
        flexibel_weken=wens.flexibel_weken,
        flexibel_dagen=wens.flexibel_dagen,
        vormwens=wens.vormwens,
        prijswens=wens.prijswens,
        dringende_reden=wens.dringende_reden,
        ruimere_uren=list(wens.ruimere_uren),
        zorgbehoefte=wens.zorgbehoefte,
        geen_voorkeur=not gegevens.locatie_ids,
        toestemming_op=nu,
        toestemming_versie=gegevens.toestemming_versie,
        aangemaakt_op=nu,
        laatst_bevestigd=nu,
    )
    vraag.gebied.set(gegevens.gebied_ids)
    Kenmerk.objects.bulk_create(
        Kenmerk(opvangvraag=vraag, code=code, aanwezig=aanwezig, door=door, op=nu)
        for code, aanwezig in wens.kenmerken.items()
    )
    return vraag


def _maak_aanmeldingen(
    vraag: Opvangvraag, locaties: Sequence[Opvanglocatie], *, nu: dt.datetime
) -> None:
    termijn = antwoord_voor(vraag.loket, nu=nu)
    Aanmelding.objects.bulk_create(
        Aanmelding(
            opvangvraag=vraag,
            locatie=locatie,
            rang=rang,
            verzonden_op=nu,
            antwoord_voor=termijn,
            gewijzigd_op=nu,
        )
        for rang, locatie in enumerate(locaties, start=1)
    )
