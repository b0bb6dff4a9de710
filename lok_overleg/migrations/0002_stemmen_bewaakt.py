"""A vote comes from a member of that meeting who was there and may vote, whoever writes the row.

The first trigger guards the votes, the second what they rest on.
"""

from django.db import migrations

HEEN = """
CREATE FUNCTION lok_bewaak_stem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The lock makes a change of the attendance at the same moment wait for this vote.
    PERFORM 1
        FROM lok_overleg_aanwezigheid a
        JOIN lok_overleg_advies v ON v.vergadering_id = a.vergadering_id
        WHERE a.id = NEW.aanwezigheid_id AND v.id = NEW.advies_id
            AND a.stemrecht AND a.stand = 'aanwezig'
        FOR SHARE OF a;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'alleen wie er was en stemrecht heeft, stemt'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stem_van_aanwezig_lid';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER stem_van_aanwezig_lid
    BEFORE INSERT OR UPDATE ON lok_overleg_stem
    FOR EACH ROW EXECUTE FUNCTION lok_bewaak_stem();

CREATE FUNCTION lok_bewaak_aanwezigheid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM lok_overleg_stem WHERE aanwezigheid_id = NEW.id) THEN
        RAISE EXCEPTION 'wie gestemd heeft, was er'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'aanwezigheid_van_wie_stemde';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER aanwezigheid_van_wie_stemde
    BEFORE UPDATE ON lok_overleg_aanwezigheid
    FOR EACH ROW WHEN (NOT NEW.stemrecht OR NEW.stand <> 'aanwezig'
        OR NEW.vergadering_id <> OLD.vergadering_id)
    EXECUTE FUNCTION lok_bewaak_aanwezigheid();
"""
TERUG = """
DROP TRIGGER aanwezigheid_van_wie_stemde ON lok_overleg_aanwezigheid;
DROP FUNCTION lok_bewaak_aanwezigheid();
DROP TRIGGER stem_van_aanwezig_lid ON lok_overleg_stem;
DROP FUNCTION lok_bewaak_stem();
"""


class Migration(migrations.Migration):
    dependencies = [("lok_overleg", "0001_begin")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
