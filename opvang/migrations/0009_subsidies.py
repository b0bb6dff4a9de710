"""What municipalities give: reglementen, budgets and subsidies; and what the database refuses.

The first trigger keeps a decided subsidie as it was; the second keeps what is approved within the
budget of its year, from both sides; steps are only added.
"""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HEEN = """
CREATE FUNCTION opvang_subsidie_ligt_vast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'over deze subsidie is beslist: haar bedrag en berekening liggen vast'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'subsidie_ligt_vast';
END $$;

CREATE TRIGGER subsidie_ligt_vast BEFORE UPDATE ON opvang_subsidie
    FOR EACH ROW WHEN (
        OLD.status IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald', 'geweigerd', 'ingetrokken')
        AND (NEW.bedrag, NEW.nieuwe_plaatsen, NEW.berekening, NEW.regel_id, NEW.locatie_id, NEW.jaar,
             NEW.berekend_door_id, NEW.berekend_op, NEW.goedgekeurd_door_id, NEW.herkomst,
             NEW.lening_hoofdsom, NEW.lening_rente, NEW.lening_vanaf, NEW.lening_tot)
        IS DISTINCT FROM
            (OLD.bedrag, OLD.nieuwe_plaatsen, OLD.berekening, OLD.regel_id, OLD.locatie_id, OLD.jaar,
             OLD.berekend_door_id, OLD.berekend_op, OLD.goedgekeurd_door_id, OLD.herkomst,
             OLD.lening_hoofdsom, OLD.lening_rente, OLD.lening_vanaf, OLD.lening_tot)
    )
    EXECUTE FUNCTION opvang_subsidie_ligt_vast();

CREATE FUNCTION opvang_subsidie_binnen_budget() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    welk bigint;
    budget numeric;
    gebruikt numeric;
BEGIN
    SELECT reglement_id INTO welk FROM opvang_subsidieregel WHERE id = NEW.regel_id;
    -- The lock makes two approvals of one budget wait for each other; the sum then sees both.
    SELECT bedrag INTO budget FROM opvang_subsidiebudget
        WHERE reglement_id = welk AND jaar = NEW.jaar FOR UPDATE;
    SELECT coalesce(sum(s.bedrag), 0) INTO gebruikt
        FROM opvang_subsidie s JOIN opvang_subsidieregel r ON r.id = s.regel_id
        WHERE r.reglement_id = welk AND s.jaar = NEW.jaar AND s.id <> NEW.id
            AND s.status IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald');
    IF budget IS NULL OR gebruikt + NEW.bedrag > budget THEN
        RAISE EXCEPTION 'dit past niet in het budget van %', NEW.jaar
            USING ERRCODE = 'check_violation', CONSTRAINT = 'subsidie_binnen_budget';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER subsidie_binnen_budget BEFORE UPDATE ON opvang_subsidie
    FOR EACH ROW WHEN (
        NEW.status IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald')
        AND OLD.status NOT IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald')
    )
    EXECUTE FUNCTION opvang_subsidie_binnen_budget();
CREATE TRIGGER subsidie_binnen_budget_bij_maken BEFORE INSERT ON opvang_subsidie
    FOR EACH ROW WHEN (NEW.status IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald'))
    EXECUTE FUNCTION opvang_subsidie_binnen_budget();

CREATE FUNCTION opvang_subsidiebudget_dekt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gebruikt numeric;
    rest numeric := 0;
BEGIN
    SELECT coalesce(sum(s.bedrag), 0) INTO gebruikt
        FROM opvang_subsidie s JOIN opvang_subsidieregel r ON r.id = s.regel_id
        WHERE r.reglement_id = OLD.reglement_id AND s.jaar = OLD.jaar
            AND s.status IN ('goedgekeurd_dienst', 'goedgekeurd_college', 'betaald');
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.reglement_id, NEW.jaar) = (OLD.reglement_id, OLD.jaar) THEN
            rest := NEW.bedrag;
        END IF;
    END IF;
    IF gebruikt > rest THEN
        RAISE EXCEPTION 'er is al meer goedgekeurd dan dit budget'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'subsidiebudget_dekt_het_goedgekeurde';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER subsidiebudget_dekt_het_goedgekeurde
    BEFORE UPDATE OR DELETE ON opvang_subsidiebudget
    FOR EACH ROW EXECUTE FUNCTION opvang_subsidiebudget_dekt();

CREATE TRIGGER subsidiestap_alleen_toevoegen BEFORE UPDATE OR DELETE ON opvang_subsidiestap
    FOR EACH ROW EXECUTE FUNCTION loket_alleen_toevoegen();
"""
TERUG = """
DROP TRIGGER subsidiestap_alleen_toevoegen ON opvang_subsidiestap;
DROP TRIGGER subsidiebudget_dekt_het_goedgekeurde ON opvang_subsidiebudget;
DROP FUNCTION opvang_subsidiebudget_dekt();
DROP TRIGGER subsidie_binnen_budget_bij_maken ON opvang_subsidie;
DROP TRIGGER subsidie_binnen_budget ON opvang_subsidie;
DROP FUNCTION opvang_subsidie_binnen_budget();
DROP TRIGGER subsidie_ligt_vast ON opvang_subsidie;
DROP FUNCTION opvang_subsidie_ligt_vast();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("opvang", "0008_capaciteit"),
        ("loket", "0004_teksten_nakijken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Subsidieregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("nieuwe_plaats", "Per nieuwe plaats, één keer"),
                            ("start", "Per start, één vast bedrag"),
                            ("plaats_jaar", "Per plaats per jaar"),
                            ("rente", "Rente op een lening"),
                        ],
                        max_length=16,
                        verbose_name="soort",
                    ),
                ),
                (
                    "bedrag",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="bedrag"
                    ),
                ),
                (
                    "trappen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("T0", "Alleen een vergunning"),
                                ("T1", "Basissubsidie"),
                                ("T2", "Subsidie inkomenstarief"),
                                ("T3", "Plussubsidie"),
                            ],
                            max_length=2,
                        ),
                        blank=True,
                        db_comment="which places count; empty = all",
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "opvangvormen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("gezinsopvang", "Gezinsopvang (onthaalouder)"),
                                ("groepsopvang", "Groepsopvang (crèche)"),
                                ("samenwerkend", "Samenwerkende onthaalouders"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        db_comment="which locations count; empty = all",
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "ook_gemeentelijk",
                    models.BooleanField(
                        default=True, verbose_name="ook voor opvang van het lokaal bestuur"
                    ),
                ),
                (
                    "rentepunten",
                    models.DecimalField(
                        blank=True,
                        db_comment="interest only; empty = the whole rate",
                        decimal_places=3,
                        max_digits=5,
                        null=True,
                        verbose_name="hoogstens zoveel procent rente",
                    ),
                ),
                (
                    "jaren",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        db_comment="interest only, counted from the start of the loan; empty = as long as it runs",
                        null=True,
                        verbose_name="hoogstens zoveel jaar",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="maximum",
                    ),
                ),
                (
                    "maximum_per",
                    models.CharField(
                        choices=[
                            ("dossier", "per dossier"),
                            ("jaar", "per opvanglocatie en per jaar"),
                            ("locatie", "per opvanglocatie, over alle jaren samen"),
                        ],
                        default="dossier",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "verbose_name": "subsidieregel",
                "verbose_name_plural": "subsidieregels",
                "ordering": ("reglement", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Subsidie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField(verbose_name="jaar")),
                (
                    "herkomst",
                    models.CharField(
                        choices=[
                            ("voorstel", "Voorstel van het loket"),
                            ("aanvraag", "Aanvraag van de organisator"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("voorgesteld", "Voorstel"),
                            ("aangevraagd", "Aangevraagd"),
                            ("berekend", "Berekend"),
                            ("goedgekeurd_dienst", "Goedgekeurd door de dienst"),
                            ("goedgekeurd_college", "Goedgekeurd door het college"),
                            ("betaald", "Betaald"),
                            ("geweigerd", "Geweigerd"),
                            ("ingetrokken", "Ingetrokken"),
                            ("vervallen", "Niets meer te geven"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "lening_hoofdsom",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="nog af te lossen bedrag",
                    ),
                ),
                (
                    "lening_rente",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=5,
                        null=True,
                        verbose_name="rente in procent",
                    ),
                ),
                (
                    "lening_vanaf",
                    models.DateField(blank=True, null=True, verbose_name="begin van de lening"),
                ),
                (
                    "lening_tot",
                    models.DateField(blank=True, null=True, verbose_name="einde van de lening"),
                ),
                (
                    "bedrag",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="bedrag"),
                ),
                (
                    "nieuwe_plaatsen",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        db_comment="places that it pays for; empty = the rule counts none",
                        null=True,
                    ),
                ),
                (
                    "berekening",
                    models.JSONField(
                        db_comment="snapshot: lines with their formula, and the letter"
                    ),
                ),
                ("berekend_op", models.DateTimeField(blank=True, null=True)),
                (
                    "besluit_op",
                    models.DateField(
                        blank=True, db_comment="day on which the college decided", null=True
                    ),
                ),
                (
                    "bekend_op",
                    models.DateTimeField(
                        blank=True,
                        db_comment="when the organisator was told; empty = never",
                        null=True,
                    ),
                ),
                ("aangemaakt_op", models.DateTimeField()),
                (
                    "berekend_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "goedgekeurd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidies",
                        to="opvang.opvanglocatie",
                    ),
                ),
                (
                    "regel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidies",
                        to="opvang.subsidieregel",
                    ),
                ),
            ],
            options={
                "verbose_name": "subsidie",
                "verbose_name_plural": "subsidies",
                "ordering": ("-jaar", "locatie__naam", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Subsidiereglement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("raadsbesluit_op", models.DateField(verbose_name="datum van het raadsbesluit")),
                ("bron", models.CharField(max_length=200, verbose_name="bron")),
                ("link", models.URLField(blank=True, verbose_name="link naar het besluit")),
                ("vanaf", models.DateField(verbose_name="vanaf")),
                ("tot", models.DateField(blank=True, null=True, verbose_name="tot")),
                ("slotzin", models.TextField(blank=True, verbose_name="slot van de brief")),
                ("aangemaakt_op", models.DateTimeField()),
                (
                    "gemeente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidiereglementen",
                        to="loket.gemeente",
                        verbose_name="gemeente",
                    ),
                ),
                (
                    "loket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidiereglementen",
                        to="loket.loket",
                    ),
                ),
            ],
            options={
                "verbose_name": "subsidiereglement",
                "verbose_name_plural": "subsidiereglementen",
                "ordering": ("naam", "pk"),
            },
        ),
        migrations.AddField(
            model_name="subsidieregel",
            name="reglement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="regels",
                to="opvang.subsidiereglement",
            ),
        ),
        migrations.CreateModel(
            name="Subsidiebudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "jaar",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="jaar",
                    ),
                ),
                (
                    "bedrag",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="bedrag"),
                ),
                (
                    "reglement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgetten",
                        to="opvang.subsidiereglement",
                    ),
                ),
            ],
            options={
                "verbose_name": "subsidiebudget",
                "verbose_name_plural": "subsidiebudgetten",
                "ordering": ("reglement", "jaar"),
            },
        ),
        migrations.CreateModel(
            name="Subsidiestap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "naar",
                    models.CharField(
                        choices=[
                            ("voorgesteld", "Voorstel"),
                            ("aangevraagd", "Aangevraagd"),
                            ("berekend", "Berekend"),
                            ("goedgekeurd_dienst", "Goedgekeurd door de dienst"),
                            ("goedgekeurd_college", "Goedgekeurd door het college"),
                            ("betaald", "Betaald"),
                            ("geweigerd", "Geweigerd"),
                            ("ingetrokken", "Ingetrokken"),
                            ("vervallen", "Niets meer te geven"),
                        ],
                        max_length=20,
                    ),
                ),
                ("op", models.DateTimeField()),
                (
                    "datum",
                    models.DateField(
                        blank=True,
                        db_comment="day of the decision or the payment itself",
                        null=True,
                    ),
                ),
                ("motivering", models.TextField(blank=True)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subsidie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stappen",
                        to="opvang.subsidie",
                    ),
                ),
            ],
            options={
                "verbose_name": "stap van een subsidie",
                "verbose_name_plural": "stappen van een subsidie",
                "ordering": ("op", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="subsidie",
            index=models.Index(fields=["jaar", "status"], name="subsidie_jaar_status"),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "voorgesteld",
                            "aangevraagd",
                            "berekend",
                            "goedgekeurd_dienst",
                            "goedgekeurd_college",
                            "betaald",
                            "geweigerd",
                            "ingetrokken",
                            "vervallen",
                        ],
                    )
                ),
                name="subsidie_status_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(("herkomst__in", ["voorstel", "aanvraag"])),
                name="subsidie_herkomst_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(("bedrag__gte", 0)), name="subsidie_is_niet_negatief"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(("jaar__range", (2000, 2199))), name="subsidie_jaar_bestaat"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("lening_hoofdsom", None),
                    models.Q(("status__in", ["geweigerd", "ingetrokken"]), _negated=True),
                ),
                fields=("regel", "locatie", "jaar"),
                name="subsidie_een_per_regel_locatie_en_jaar",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lening_hoofdsom", None),
                        ("lening_rente", None),
                        ("lening_tot", None),
                        ("lening_vanaf", None),
                    ),
                    models.Q(
                        ("lening_hoofdsom__gt", 0),
                        ("lening_hoofdsom__isnull", False),
                        ("lening_rente__gt", 0),
                        ("lening_rente__isnull", False),
                        ("lening_tot__isnull", False),
                        ("lening_vanaf__isnull", False),
                        ("lening_vanaf__lt", models.F("lening_tot")),
                    ),
                    _connector="OR",
                ),
                name="subsidie_lening_is_volledig",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "status__in",
                            ["berekend", "betaald", "goedgekeurd_college", "goedgekeurd_dienst"],
                        ),
                        _negated=True,
                    ),
                    models.Q(("berekend_door__isnull", False), ("berekend_op__isnull", False)),
                    _connector="OR",
                ),
                name="subsidie_goedgekeurd_is_berekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["betaald", "goedgekeurd_college", "goedgekeurd_dienst"]),
                        _negated=True,
                    ),
                    models.Q(
                        ("goedgekeurd_door__isnull", False),
                        models.Q(("goedgekeurd_door", models.F("berekend_door")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="subsidie_vier_ogen",
                violation_error_message="Wie berekende, keurt niet goed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["goedgekeurd_college", "betaald"]), _negated=True),
                    ("besluit_op__isnull", False),
                    _connector="OR",
                ),
                name="subsidie_college_heeft_datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiereglement",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot", None), ("vanaf__lt", models.F("tot")), _connector="OR"),
                name="subsidiereglement_begint_voor_het_eindigt",
                violation_error_message="Het reglement eindigt voor het begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidieregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["nieuwe_plaats", "start", "plaats_jaar", "rente"])
                ),
                name="subsidieregel_soort_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidieregel",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum_per__in", ["dossier", "jaar", "locatie"])),
                name="subsidieregel_maximum_per_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidieregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bedrag", None), ("soort", "rente")),
                    models.Q(
                        models.Q(("soort", "rente"), _negated=True),
                        ("bedrag__gt", 0),
                        ("bedrag__isnull", False),
                        ("jaren", None),
                        ("rentepunten", None),
                    ),
                    _connector="OR",
                ),
                name="subsidieregel_bedrag_of_rente",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidieregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("maximum", None), ("maximum__gt", 0), _connector="OR"),
                    models.Q(("rentepunten", None), ("rentepunten__gt", 0), _connector="OR"),
                    models.Q(("jaren", None), ("jaren__gt", 0), _connector="OR"),
                ),
                name="subsidieregel_grenzen_zijn_positief",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiebudget",
            constraint=models.UniqueConstraint(
                fields=("reglement", "jaar"), name="subsidiebudget_een_per_jaar"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiebudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("bedrag__gte", 0)), name="subsidiebudget_is_niet_negatief"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiebudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("jaar__range", (2000, 2199))),
                name="subsidiebudget_jaar_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiestap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "naar__in",
                        [
                            "voorgesteld",
                            "aangevraagd",
                            "berekend",
                            "goedgekeurd_dienst",
                            "goedgekeurd_college",
                            "betaald",
                            "geweigerd",
                            "ingetrokken",
                            "vervallen",
                        ],
                    )
                ),
                name="subsidiestap_naar_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidiestap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("naar__in", ["geweigerd", "ingetrokken"]), _negated=True),
                    models.Q(("motivering", ""), _negated=True),
                    _connector="OR",
                ),
                name="subsidiestap_weigeren_met_reden",
            ),
        ),
        migrations.RunSQL(HEEN, TERUG),
    ]
