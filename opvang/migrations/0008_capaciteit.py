"""Places per age; together never more than the licence, whoever writes."""

import django.db.models.deletion
from django.db import migrations, models

BINNEN = """
CREATE FUNCTION leeftijdsgroepen_binnen_vergunning() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    welke bigint := CASE TG_TABLE_NAME WHEN 'opvang_vergunning' THEN NEW.id ELSE (to_jsonb(NEW)->>'vergunning_id')::bigint END;
    vergund integer;
BEGIN
    SELECT vergunde_plaatsen INTO vergund FROM opvang_vergunning WHERE id = welke FOR NO KEY UPDATE;
    IF (SELECT coalesce(sum(plaatsen), 0) FROM opvang_leeftijdsgroep WHERE vergunning_id = welke)
        > vergund
    THEN
        RAISE EXCEPTION 'leeftijdsgroepen_binnen_vergunning: more places than the licence has'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leeftijdsgroepen_binnen_vergunning';
    END IF;
    RETURN NULL;
END $$;

-- Deferred: a licence and its groups may change in one transaction, in any order.
CREATE CONSTRAINT TRIGGER leeftijdsgroepen_binnen_vergunning
    AFTER INSERT OR UPDATE ON opvang_leeftijdsgroep
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION leeftijdsgroepen_binnen_vergunning();
CREATE CONSTRAINT TRIGGER leeftijdsgroepen_binnen_vergunning
    AFTER UPDATE OF vergunde_plaatsen ON opvang_vergunning
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION leeftijdsgroepen_binnen_vergunning();
"""
TERUG = """
DROP TRIGGER leeftijdsgroepen_binnen_vergunning ON opvang_vergunning;
DROP TRIGGER leeftijdsgroepen_binnen_vergunning ON opvang_leeftijdsgroep;
DROP FUNCTION leeftijdsgroepen_binnen_vergunning();
"""


class Migration(migrations.Migration):
    dependencies = [("opvang", "0007_vrije_plaatsen")]

    operations = [
        migrations.CreateModel(
            name='Leeftijdsgroep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=60, verbose_name='naam')),
                ('leeftijd_vanaf', models.PositiveSmallIntegerField(default=0, verbose_name='leeftijd vanaf (maanden)')),
                ('leeftijd_tot', models.PositiveSmallIntegerField(default=36, verbose_name='leeftijd tot (maanden)')),
                ('plaatsen', models.PositiveSmallIntegerField(verbose_name='plaatsen')),
                ('vergunning', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leeftijdsgroepen', to='opvang.vergunning')),
            ],
            options={
                'verbose_name': 'leeftijdsgroep',
                'verbose_name_plural': 'leeftijdsgroepen',
                'ordering': ('vergunning', 'leeftijd_vanaf', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('leeftijd_vanaf__lt', models.F('leeftijd_tot'))), name='leeftijdsgroep_leeftijden_oplopend', violation_error_message='De leeftijd loopt van jong naar oud.')],
            },
        ),
        migrations.RunSQL(BINNEN, TERUG),
    ]
