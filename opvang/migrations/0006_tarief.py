"""Amounts of the inkomenstarief; the database refuses days between two active tables."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import opvang.models.tarief
import opvang.models.vergunningen

GATEN = """
CREATE FUNCTION tarieftabel_laat_geen_gat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM opvang_tarieftabel a
        WHERE a.actief AND a.tot IS NOT NULL
          AND EXISTS (SELECT 1 FROM opvang_tarieftabel b WHERE b.actief AND b.vanaf > a.tot)
          AND NOT EXISTS (SELECT 1 FROM opvang_tarieftabel b WHERE b.actief AND b.vanaf = a.tot)
    ) THEN
        RAISE EXCEPTION 'tarieftabel_laat_geen_gat: two active tables leave days without one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tarieftabel_laat_geen_gat';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER tarieftabel_laat_geen_gat
    AFTER INSERT OR UPDATE OR DELETE ON opvang_tarieftabel
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION tarieftabel_laat_geen_gat();
"""
TERUG = """
DROP TRIGGER tarieftabel_laat_geen_gat ON opvang_tarieftabel;
DROP FUNCTION tarieftabel_laat_geen_gat();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("loket", "0004_teksten_nakijken"),
        ("opvang", "0005_meldingen"),
    ]

    operations = [
        migrations.CreateModel(
            name='Kinderopvangtoeslag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vanaf', models.DateField(verbose_name='vanaf')),
                ('tot', models.DateField(blank=True, null=True, verbose_name='tot')),
                ('bedrag', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='bedrag per dag')),
                ('bron', models.CharField(max_length=300, verbose_name='bron')),
                ('bron_url', models.URLField(blank=True, max_length=300, verbose_name='link naar de bron')),
                ('actief', models.BooleanField(default=False, help_text='Zet dit pas aan na een blik op de bron.', verbose_name='actief')),
            ],
            options={
                'verbose_name': 'kinderopvangtoeslag',
                'verbose_name_plural': 'kinderopvangtoeslag',
                'ordering': ('-vanaf',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('actief', True)), expressions=[(opvang.models.vergunningen.DateRange('vanaf', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='toeslag_overlapt_niet', violation_error_message='In die periode is er al een bedrag.'), models.CheckConstraint(condition=models.Q(('tot', None), ('vanaf__lt', models.F('tot')), _connector='OR'), name='toeslag_begint_voor_hij_eindigt'), models.CheckConstraint(condition=models.Q(('actief', False), models.Q(('bron', ''), _negated=True), _connector='OR'), name='toeslag_noemt_zijn_bron')],
            },
        ),
        migrations.CreateModel(
            name='Tarieftabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=100, verbose_name='naam')),
                ('vanaf', models.DateField(verbose_name='vanaf')),
                ('tot', models.DateField(blank=True, help_text='Tot en zonder deze dag. Leeg: tot nader order.', null=True, verbose_name='tot')),
                ('actief', models.BooleanField(default=False, help_text='Ouders krijgen er bedragen mee. Zet dit pas aan na een blik op de bron.', verbose_name='actief')),
                ('bron', models.CharField(max_length=300, verbose_name='bron')),
                ('bron_url', models.URLField(blank=True, max_length=300, verbose_name='link naar de bron')),
                ('minimum', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='laagste prijs per dag')),
                ('maximum', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hoogste prijs per dag')),
                ('stap_bedrag', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='boven de laatste schijf: bedrag per begonnen stap')),
                ('stap_inkomen', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='boven de laatste schijf: inkomen per stap')),
                ('kindkorting', models.DecimalField(blank=True, decimal_places=2, help_text='Leeg als de bron ze niet noemt; de tabel kan dan niet actief zijn.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='vermindering per ander kind ten laste')),
                ('meerlingkorting', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='vermindering bij een meerling')),
                ('kind_tot_maanden', models.PositiveSmallIntegerField(blank=True, help_text='144 is tot 12 jaar. Leeg: geen grens.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='andere kinderen tellen tot (maanden)')),
                ('nieuwe_start_vanaf', models.DateField(blank=True, null=True, verbose_name='andere leeftijdsgrens voor een start vanaf')),
                ('nieuwe_start_tot_maanden', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='kinderen tellen dan tot (maanden)')),
                ('laag_inkomen_onder', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='laag inkomen: onder')),
                ('laag_inkomen_korting', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='laag inkomen: hoogste vermindering per dag')),
                ('maandcoefficient', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='van maandinkomen naar jaarinkomen: maal')),
            ],
            options={
                'verbose_name': 'tarieftabel',
                'verbose_name_plural': 'tarieftabellen',
                'ordering': ('-vanaf', 'pk'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('actief', True)), expressions=[(opvang.models.vergunningen.DateRange('vanaf', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='tarieftabel_overlapt_niet', violation_error_message='In die periode is er al een actieve tabel.'), models.CheckConstraint(condition=models.Q(('tot', None), ('vanaf__lt', models.F('tot')), _connector='OR'), name='tarieftabel_begint_voor_ze_eindigt', violation_error_message='De tabel eindigt voor ze begint.'), models.CheckConstraint(condition=models.Q(('actief', False), models.Q(models.Q(('bron', ''), _negated=True), ('kindkorting__isnull', False), ('meerlingkorting__isnull', False)), _connector='OR'), name='tarieftabel_actief_is_volledig', violation_error_message='Een actieve tabel noemt haar bron en de verminderingen voor kinderen.'), models.CheckConstraint(condition=models.Q(('minimum__gte', 0), ('minimum__lte', models.F('maximum'))), name='tarieftabel_minimum_onder_maximum', violation_error_message='De laagste prijs ligt niet boven de hoogste.'), models.CheckConstraint(condition=models.Q(('stap_bedrag__gte', 0), ('stap_inkomen__gt', 0)), name='tarieftabel_stappen_gaan_omhoog', violation_error_message='Een stap is een bedrag per stuk inkomen boven nul.'), models.CheckConstraint(condition=models.Q(models.Q(('kindkorting', None), ('kindkorting__gte', 0), _connector='OR'), models.Q(('meerlingkorting', None), ('meerlingkorting__gte', 0), _connector='OR')), name='tarieftabel_korting_is_niet_negatief'), models.CheckConstraint(condition=models.Q(models.Q(('nieuwe_start_tot_maanden', None), ('nieuwe_start_vanaf', None)), models.Q(('nieuwe_start_tot_maanden__isnull', False), ('nieuwe_start_vanaf__isnull', False)), _connector='OR'), name='tarieftabel_nieuwe_start_is_volledig', violation_error_message='Geef bij de andere leeftijdsgrens de dag én de leeftijd.'), models.CheckConstraint(condition=models.Q(models.Q(('laag_inkomen_korting', None), ('laag_inkomen_onder', None)), models.Q(('laag_inkomen_korting__gte', 0), ('laag_inkomen_onder__isnull', False)), _connector='OR'), name='tarieftabel_laag_inkomen_is_volledig', violation_error_message='Geef bij laag inkomen de grens én de vermindering.')],
            },
        ),
        migrations.CreateModel(
            name='Tariefhulp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('sociaal', 'Sociaal tarief van het OCMW'), ('kansentarief', 'UiTPAS met kansentarief'), ('verminderd', 'Individueel verminderd tarief'), ('andere', 'Andere hulp')], max_length=12, verbose_name='soort')),
                ('uitleg', models.TextField(verbose_name='wat is het, en voor wie')),
                ('vragen', models.TextField(verbose_name='hoe vraag je het')),
                ('link', models.URLField(blank=True, verbose_name='link')),
                ('vanaf', models.DateField(verbose_name='vanaf')),
                ('tot', models.DateField(blank=True, null=True, verbose_name='tot')),
                ('actief', models.BooleanField(default=True, verbose_name='tonen')),
                ('loket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tariefhulp', to='loket.loket')),
            ],
            options={
                'verbose_name': 'hulp bij de prijs',
                'verbose_name_plural': 'hulp bij de prijs',
                'ordering': ('loket', 'soort', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('soort__in', ['sociaal', 'kansentarief', 'verminderd', 'andere'])), name='tariefhulp_soort_bestaat'), models.CheckConstraint(condition=models.Q(('tot', None), ('vanaf__lt', models.F('tot')), _connector='OR'), name='tariefhulp_begint_voor_ze_eindigt')],
            },
        ),
        migrations.CreateModel(
            name='Tariefschijf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tot', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='inkomen tot en met')),
                ('coefficient', models.DecimalField(decimal_places=8, max_digits=9, verbose_name='coëfficiënt')),
                ('plafond', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hoogste prijs in deze schijf')),
                ('tabel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schijven', to='opvang.tarieftabel')),
            ],
            options={
                'verbose_name': 'schijf',
                'verbose_name_plural': 'schijven',
                'ordering': ('tabel', 'tot'),
                'constraints': [models.UniqueConstraint(fields=('tabel', 'tot'), name='tariefschijf_eindigt_een_keer'), models.CheckConstraint(condition=models.Q(('coefficient__gt', 0), ('coefficient__lt', 1), ('tot__gt', 0), models.Q(('plafond', None), ('plafond__gt', 0), _connector='OR')), name='tariefschijf_is_positief', violation_error_message='Een schijf heeft bedragen boven nul.')],
            },
        ),
        migrations.CreateModel(
            name='Tariefduur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('van_uur', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='vanaf (uren)')),
                ('tot_uur', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='tot (uren)')),
                ('procent', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='procent van de dagprijs')),
                ('geval', models.CharField(choices=[('gewoon', 'Overal'), ('flexibel', 'Alleen bij opvang met toestemming voor flexibele opvang'), ('school', 'Alleen bij opvang van schoolkinderen')], default='gewoon', max_length=10, verbose_name='waar')),
                ('tabel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duren', to='opvang.tarieftabel')),
            ],
            options={
                'verbose_name': 'duur',
                'verbose_name_plural': 'duren',
                'ordering': ('tabel', 'van_uur', 'pk'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('geval', 'school'), _negated=True), expressions=[('tabel', '='), (opvang.models.tarief.NumRange('van_uur', 'tot_uur', models.Value('[)')), '&&')], name='tariefduur_overlapt_niet', violation_error_message='Deze uren staan al in de tabel.'), models.CheckConstraint(condition=models.Q(('geval__in', ['gewoon', 'flexibel', 'school'])), name='tariefduur_geval_bestaat'), models.CheckConstraint(condition=models.Q(('van_uur__gte', 0), models.Q(('tot_uur', None), ('van_uur__lt', models.F('tot_uur')), _connector='OR')), name='tariefduur_loopt_op'), models.CheckConstraint(condition=models.Q(('procent__range', (1, 300))), name='tariefduur_procent')],
            },
        ),

        migrations.RunSQL(GATEN, TERUG),
    ]
