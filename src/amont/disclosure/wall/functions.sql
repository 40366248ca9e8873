CREATE SCHEMA IF NOT EXISTS amont_wall;
REVOKE ALL ON SCHEMA amont_wall FROM PUBLIC;
CREATE TABLE IF NOT EXISTS amont_wall.key (bytes bytea NOT NULL);
REVOKE ALL ON amont_wall.key FROM PUBLIC;

-- The body of the pass that the running statement carries, if its seal holds in this connection; else nothing.
CREATE OR REPLACE FUNCTION amont_wall.checked() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said text := current_setting('amont.pass', true);
  key bytea;
  body text;
BEGIN
  IF coalesce(said, '') = '' THEN
    RETURN NULL;
  END IF;
  body := substr(said, 66);
  SELECT bytes INTO key FROM amont_wall.key;
  IF left(said, 64) IS DISTINCT FROM
     encode(sha256(key || sha256(key || convert_to(pg_backend_pid()::text || '|' || body, 'UTF8'))), 'hex') THEN
    RETURN NULL;
  END IF;
  RETURN body;
END $$;

CREATE OR REPLACE FUNCTION amont_wall.viewer() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT nullif(split_part(amont_wall.checked(), '|', 1), '')::bigint $$;

CREATE OR REPLACE FUNCTION amont_wall.is_open() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(split_part(amont_wall.checked(), '|', 2) = '1', false) $$;

CREATE OR REPLACE FUNCTION amont_wall.items() RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT string_to_array(nullif(split_part(amont_wall.checked(), '|', 3), ''), ',')::bigint[] $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA amont_wall FROM PUBLIC;
GRANT USAGE ON SCHEMA amont_wall TO ROLE_OF_THE_WEB;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA amont_wall TO ROLE_OF_THE_WEB;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ROLE_OF_THE_WEB;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ROLE_OF_THE_WEB;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ROLE_OF_THE_WEB;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ROLE_OF_THE_WEB;
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
