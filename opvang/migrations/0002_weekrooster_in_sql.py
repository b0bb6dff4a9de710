"""The week of `opvang/weekrooster.py` in SQL, and the check that no more is taken than there is.

Bit i of the mask is element i + 1 of the vector: PostgreSQL counts array elements from 1.
"""

from django.db import migrations

HEEN = """
CREATE FUNCTION weekrooster_vector(masker integer) RETURNS smallint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT array_agg(((masker >> i) & 1)::smallint ORDER BY i) FROM generate_series(0, 13) AS i $$;

CREATE FUNCTION vector_tel_op(a smallint[], b smallint[], maal integer) RETURNS smallint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT array_agg((a[i] + maal * b[i])::smallint ORDER BY i) FROM generate_series(1, 14) AS i $$;

CREATE FUNCTION vector_binnen(a smallint[], b smallint[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT bool_and(a[i] BETWEEN 0 AND b[i]) FROM generate_series(1, 14) AS i $$;

CREATE FUNCTION weekrooster_past_in(masker integer, plaatsen smallint[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT masker <> 0 AND bool_and((masker >> i) & 1 = 0 OR plaatsen[i + 1] >= 1)
          FROM generate_series(0, 13) AS i $$;

CREATE FUNCTION weekrooster_ontbrekend_in(masker integer, plaatsen smallint[]) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT coalesce(sum(1 << i), 0)::integer FROM generate_series(0, 13) AS i
          WHERE (masker >> i) & 1 = 1 AND plaatsen[i + 1] < 1 $$;

ALTER TABLE opvang_plaatsaanbod ADD CONSTRAINT aanbod_niet_meer_ingenomen_dan_er_is
    CHECK (vector_binnen(ingenomen, plaatsen));
"""
TERUG = """
ALTER TABLE opvang_plaatsaanbod DROP CONSTRAINT aanbod_niet_meer_ingenomen_dan_er_is;
DROP FUNCTION weekrooster_ontbrekend_in(integer, smallint[]);
DROP FUNCTION weekrooster_past_in(integer, smallint[]);
DROP FUNCTION vector_binnen(smallint[], smallint[]);
DROP FUNCTION vector_tel_op(smallint[], smallint[], integer);
DROP FUNCTION weekrooster_vector(integer);
"""


class Migration(migrations.Migration):
    dependencies = [("opvang", "0001_begin")]
    operations = [migrations.RunSQL(HEEN, TERUG)]
