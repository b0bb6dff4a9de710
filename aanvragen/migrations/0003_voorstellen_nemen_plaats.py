"""A running voorstel takes its places: a trigger keeps `Plaatsaanbod.ingenomen`, whoever writes the row.

The difference is added to the newest version of the row (which the update locks), so that two voorstellen at the same moment are
both counted; the check of `opvang/0002` then refuses the one too many. The condition repeats `Voorstel.neemt_plaats`.
"""

from django.db import migrations

HEEN = """
CREATE FUNCTION voorstel_neemt(status text, reserveert boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT status IN ('vastgehouden', 'aanvaard') OR (status = 'open' AND reserveert) $$;

CREATE FUNCTION aanvragen_houd_ingenomen_bij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND voorstel_neemt(OLD.status, OLD.reserveert) THEN
        IF TG_OP = 'UPDATE' AND voorstel_neemt(NEW.status, NEW.reserveert)
            AND (NEW.rooster, NEW.plaatsaanbod_id) = (OLD.rooster, OLD.plaatsaanbod_id) THEN
            RETURN NULL;
        END IF;
        UPDATE opvang_plaatsaanbod
            SET ingenomen = vector_tel_op(ingenomen, weekrooster_vector(OLD.rooster), -1)
            WHERE id = OLD.plaatsaanbod_id;
    END IF;
    IF TG_OP <> 'DELETE' AND voorstel_neemt(NEW.status, NEW.reserveert) THEN
        UPDATE opvang_plaatsaanbod
            SET ingenomen = vector_tel_op(ingenomen, weekrooster_vector(NEW.rooster), 1)
            WHERE id = NEW.plaatsaanbod_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER voorstel_houdt_ingenomen_bij
    AFTER INSERT OR DELETE OR UPDATE OF status, reserveert, rooster, plaatsaanbod_id ON aanvragen_voorstel
    FOR EACH ROW EXECUTE FUNCTION aanvragen_houd_ingenomen_bij();
"""
TERUG = """
DROP TRIGGER voorstel_houdt_ingenomen_bij ON aanvragen_voorstel;
DROP FUNCTION aanvragen_houd_ingenomen_bij();
DROP FUNCTION voorstel_neemt(text, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0002_begin_verbanden"), ("opvang", "0002_weekrooster_in_sql")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
