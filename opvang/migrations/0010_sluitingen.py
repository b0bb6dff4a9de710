"""A closed location offers nothing: a trigger cuts every period of free places at that day, whoever writes it.

Cutting, not refusing: a provider that announces places in good faith gets what is possible, and a page never breaks on it.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import opvang.models.vergunningen
from django.conf import settings
from django.db import migrations, models

HEEN = """
CREATE FUNCTION opvang_niets_na_sluiting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    grens date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Wait for a closing that is being recorded (domain/sluiten.py locks the location), then look.
        PERFORM 1 FROM opvang_opvanglocatie WHERE id = NEW.locatie_id FOR SHARE;
    END IF;
    SELECT min(vanaf) INTO grens FROM opvang_sluiting
        WHERE locatie_id = NEW.locatie_id AND ingetrokken_op IS NULL
        AND (NEW.tot IS NULL OR NEW.tot > vanaf) AND (tot IS NULL OR NEW.vanaf < tot);
    IF grens IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.vanaf < grens THEN
        NEW.tot := grens;
    ELSE
        NEW.plaatsen := NEW.ingenomen;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER aanbod_stopt_bij_sluiting
    BEFORE INSERT OR UPDATE OF plaatsen, ingenomen, vanaf, tot, locatie_id ON opvang_plaatsaanbod
    FOR EACH ROW EXECUTE FUNCTION opvang_niets_na_sluiting();
"""
TERUG = """
DROP TRIGGER aanbod_stopt_bij_sluiting ON opvang_plaatsaanbod;
DROP FUNCTION opvang_niets_na_sluiting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('opvang', '0009_subsidies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sluiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('stop', 'De opvang stopt zelf'), ('schorsing', 'Schorsing van de vergunning'), ('opheffing', 'Opheffing van de vergunning')], max_length=12, verbose_name='wat is er beslist')),
                ('vanaf', models.DateField(verbose_name='eerste dag zonder opvang')),
                ('tot', models.DateField(blank=True, null=True, verbose_name='eerste dag dat de opvang weer open is')),
                ('bron', models.CharField(max_length=200, verbose_name='hoe weet je het')),
                ('aangemaakt_op', models.DateTimeField()),
                ('ingetrokken_op', models.DateTimeField(blank=True, null=True)),
                ('aangemaakt_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locatie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sluitingen', to='opvang.opvanglocatie')),
            ],
            options={
                'verbose_name': 'sluiting',
                'verbose_name_plural': 'sluitingen',
                'ordering': ('-vanaf', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('soort__in', ['stop', 'schorsing', 'opheffing'])), name='sluiting_soort_bestaat'), models.CheckConstraint(condition=models.Q(('tot', None), ('vanaf__lt', models.F('tot')), _connector='OR'), name='sluiting_begint_voor_ze_eindigt'), models.CheckConstraint(condition=models.Q(('tot', None), ('soort', 'schorsing'), _connector='OR'), name='sluiting_alleen_schorsing_eindigt'), models.UniqueConstraint(condition=models.Q(('ingetrokken_op', None), ('soort__in', ['stop', 'opheffing'])), fields=('locatie',), name='sluiting_een_blijvende_per_locatie'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ingetrokken_op', None), ('soort', 'schorsing')), expressions=[('locatie', '='), (opvang.models.vergunningen.DateRange('vanaf', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='sluiting_schorsingen_overlappen_niet')],
            },
        ),
        migrations.RunSQL(HEEN, TERUG),
    ]
