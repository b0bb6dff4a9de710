"""Gebeurtenis and Inzage are append-only: the database itself refuses to change or remove a row."""

from django.db import migrations

HEEN = """
CREATE FUNCTION loket_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is alleen om toe te voegen: % geweigerd', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER gebeurtenis_alleen_toevoegen BEFORE UPDATE OR DELETE ON loket_gebeurtenis
    FOR EACH ROW EXECUTE FUNCTION loket_alleen_toevoegen();
CREATE TRIGGER inzage_alleen_toevoegen BEFORE UPDATE OR DELETE ON loket_inzage
    FOR EACH ROW EXECUTE FUNCTION loket_alleen_toevoegen();
"""
TERUG = """
DROP TRIGGER gebeurtenis_alleen_toevoegen ON loket_gebeurtenis;
DROP TRIGGER inzage_alleen_toevoegen ON loket_inzage;
DROP FUNCTION loket_alleen_toevoegen();
"""


class Migration(migrations.Migration):
    dependencies = [("loket", "0002_begin")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
