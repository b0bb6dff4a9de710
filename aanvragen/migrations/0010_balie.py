"""The daily work of the counter, and an index that forgiving search really uses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Immutable, so that an index can hold what they give. They name the schema: an index is built
# with an empty search path.
ZOEKFUNCTIES = r"""
CREATE FUNCTION public.zoekvorm(tekst text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, tekst)) $$;

CREATE FUNCTION public.zoeknummer(telefoon text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.regexp_replace(
       pg_catalog.regexp_replace(telefoon, '[^0-9]', '', 'g'), '^(0032|32)0?', '0') $$;

CREATE FUNCTION public.zoeknaam(een text, twee text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT public.zoekvorm(een || ' ' || twee) $$;

CREATE FUNCTION public.zoekouder(voornaam text, familienaam text, email text, telefoon text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT public.zoekvorm(voornaam || ' ' || familienaam || ' ' || email) || ' '
          || public.zoeknummer(telefoon) $$;

CREATE INDEX kind_zoek ON aanvragen_kind
USING gin (public.zoeknaam(voornaam, familienaam) public.gin_trgm_ops);
CREATE INDEX ouder_zoek ON aanvragen_ouder
USING gin (public.zoekouder(voornaam, familienaam, email, telefoon) public.gin_trgm_ops);
CREATE INDEX locatie_zoek ON opvang_opvanglocatie
USING gin (public.zoeknaam(naam, plaats) public.gin_trgm_ops);
"""
ZOEKFUNCTIES_WEG = """
DROP INDEX locatie_zoek;
DROP INDEX ouder_zoek;
DROP INDEX kind_zoek;
DROP FUNCTION public.zoekouder(text, text, text, text);
DROP FUNCTION public.zoeknaam(text, text);
DROP FUNCTION public.zoeknummer(text);
DROP FUNCTION public.zoekvorm(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0009_antwoorden"),
        ("loket", "0001_extensies"),
        ("opvang", "0010_sluitingen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefsjabloon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "naam",
                    models.CharField(
                        help_text="Zo vindt een collega de brief terug.",
                        max_length=80,
                        verbose_name="naam",
                    ),
                ),
                ("actief", models.BooleanField(default=True, verbose_name="in gebruik")),
                (
                    "loket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefsjablonen",
                        to="loket.loket",
                    ),
                ),
            ],
            options={
                "verbose_name": "brief",
                "verbose_name_plural": "brieven",
                "ordering": ("naam",),
            },
        ),
        migrations.CreateModel(
            name="Brieftekst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taal", models.CharField(default="nl", max_length=10, verbose_name="taal")),
                ("titel", models.CharField(max_length=120, verbose_name="onderwerp")),
                ("tekst", models.TextField(max_length=4000, verbose_name="tekst")),
                (
                    "sjabloon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teksten",
                        to="aanvragen.briefsjabloon",
                    ),
                ),
            ],
            options={
                "verbose_name": "tekst van een brief",
                "verbose_name_plural": "teksten van een brief",
                "ordering": ("taal",),
            },
        ),
        migrations.CreateModel(
            name="Notitie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("notitie", "Notitie"),
                            ("gebeld", "Wij belden"),
                            ("telefoon", "Het gezin of de opvang belde"),
                            ("balie", "Gesprek aan de balie"),
                            ("taak", "Taak"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tekst", models.TextField(max_length=2000, verbose_name="notitie")),
                (
                    "wanneer",
                    models.DateField(
                        blank=True, db_comment="a task: to be done on this day", null=True
                    ),
                ),
                ("gedaan_op", models.DateTimeField(blank=True, null=True)),
                ("op", models.DateTimeField()),
                (
                    "door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opvangvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notities",
                        to="aanvragen.opvangvraag",
                    ),
                ),
            ],
            options={
                "verbose_name": "notitie",
                "verbose_name_plural": "notities",
                "ordering": ("-op", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Taakwerk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        db_comment="kind of task: domain.werklijst.Taaksoort", max_length=24
                    ),
                ),
                (
                    "ding_id",
                    models.BigIntegerField(
                        db_comment="the aanmelding, offer, mail ... it is about"
                    ),
                ),
                (
                    "rust_tot",
                    models.DateField(blank=True, db_comment="shown again from this day", null=True),
                ),
                (
                    "rust_reden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("belt_terug", "Het gezin of de opvang laat iets weten"),
                            ("niet_bereikt", "Niemand nam op"),
                            ("afwezig", "Vakantie of gesloten"),
                            ("afspraak", "Er is iets afgesproken voor die dag"),
                            ("anders", "Een andere reden"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "gedaan_termijn",
                    models.DateField(
                        blank=True,
                        db_comment="done as it was due on this day; due later is a new task",
                        null=True,
                    ),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geregeld", "Het is geregeld"),
                            ("gesproken", "Gesproken, we wachten af"),
                            ("niet_bereikt", "Niet bereikt"),
                            ("niet_nodig", "Er is niets te doen"),
                        ],
                        max_length=16,
                    ),
                ),
                ("gewijzigd_op", models.DateTimeField()),
                (
                    "opvangvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taakwerk",
                        to="aanvragen.opvangvraag",
                    ),
                ),
                (
                    "wie",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="taakwerk",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "werk aan een taak",
                "verbose_name_plural": "werk aan taken",
            },
        ),
        migrations.AddConstraint(
            model_name="briefsjabloon",
            constraint=models.UniqueConstraint(
                fields=("loket", "naam"),
                name="briefsjabloon_naam_een_keer",
                violation_error_message="Dit loket heeft al een brief met deze naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="brieftekst",
            constraint=models.UniqueConstraint(
                fields=("sjabloon", "taal"),
                name="brieftekst_taal_een_keer",
                violation_error_message="Deze taal staat er al.",
            ),
        ),
        migrations.AddIndex(
            model_name="notitie",
            index=models.Index(
                condition=models.Q(("gedaan_op", None), ("soort", "taak")),
                fields=["wanneer"],
                name="notitie_te_doen",
            ),
        ),
        migrations.AddConstraint(
            model_name="notitie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["notitie", "gebeld", "telefoon", "balie", "taak"])
                ),
                name="notitie_soort_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="notitie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort", "taak"), ("wanneer__isnull", False)),
                    models.Q(
                        models.Q(("soort", "taak"), _negated=True),
                        ("gedaan_op", None),
                        ("wanneer", None),
                    ),
                    _connector="OR",
                ),
                name="notitie_alleen_een_taak_heeft_een_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="taakwerk",
            constraint=models.UniqueConstraint(
                fields=("opvangvraag", "soort", "ding_id"), name="taakwerk_een_per_taak"
            ),
        ),
        migrations.AddConstraint(
            model_name="taakwerk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rust_reden", ""),
                    models.Q(
                        (
                            "rust_reden__in",
                            ["belt_terug", "niet_bereikt", "afwezig", "afspraak", "anders"],
                        ),
                        ("rust_tot__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="taakwerk_uitstel_heeft_een_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="taakwerk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gedaan_termijn", None), ("uitkomst", "")),
                    models.Q(
                        ("gedaan_termijn__isnull", False),
                        ("uitkomst__in", ["geregeld", "gesproken", "niet_bereikt", "niet_nodig"]),
                    ),
                    _connector="OR",
                ),
                name="taakwerk_gedaan_heeft_een_uitkomst",
            ),
        ),
        migrations.RunSQL(ZOEKFUNCTIES, ZOEKFUNCTIES_WEG),
    ]
