"""A finished report is a snapshot: the database itself refuses to change or remove it."""

from django.db import migrations

HEEN = """
CREATE FUNCTION rapportage_klaar_is_vast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'een rapport dat klaar is verandert niet meer: % geweigerd', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rapport_klaar_is_vast BEFORE UPDATE OR DELETE ON rapportage_capaciteitsrapport
    FOR EACH ROW WHEN (OLD.status = 'klaar') EXECUTE FUNCTION rapportage_klaar_is_vast();
"""
TERUG = """
DROP TRIGGER rapport_klaar_is_vast ON rapportage_capaciteitsrapport;
DROP FUNCTION rapportage_klaar_is_vast();
"""


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0001_begin")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
