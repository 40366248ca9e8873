"""What a role that speaks raw SQL tries against the second wall: every attempt tells nothing of Claire's.

Claire is the firm 1, Victor, who looks, the firm 2; each has one contact, item, site and input under its own number.
"""

NOTHING_OF_CLAIRES: dict[str, str] = {
    "a list": "SELECT name FROM chain_contact",
    "one by key": "SELECT name FROM chain_contact WHERE id = 1",
    "by its owner": "SELECT name FROM chain_contact WHERE owner_id = 1",
    "an always-true condition": "SELECT name FROM chain_contact WHERE owner_id = 2 OR 1 = 1",
    "a count": "SELECT 'Of ' || 'Claire' FROM chain_contact HAVING count(*) > 1",
    "whether there is one": "SELECT 'Of ' || 'Claire' WHERE EXISTS (SELECT FROM chain_contact WHERE owner_id = 1)",
    "a join to the firms": (
        "SELECT c.name FROM parties_organization o JOIN chain_contact c ON c.owner_id = o.id WHERE o.name = 'Claire'"
    ),
    "a lateral join": (
        "SELECT c.name FROM parties_organization o, LATERAL (SELECT * FROM chain_contact x WHERE x.owner_id = o.id) c"
    ),
    "a common table": "WITH everything AS MATERIALIZED (SELECT * FROM chain_contact) SELECT name FROM everything",
    "a recursive one": (
        "WITH RECURSIVE up(id, name) AS (SELECT id::bigint, name FROM chain_contact"
        " UNION SELECT c.id, c.name FROM chain_contact c, up) SELECT name FROM up"
    ),
    "a union": "SELECT name FROM chain_contact WHERE false UNION ALL SELECT name FROM chain_contact",
    "a whole row": "SELECT row_to_json(c)::text FROM chain_contact c",
    "gathered as one text": "SELECT string_agg(name, ',') FROM chain_contact",
    "the least": "SELECT min(name) FROM chain_contact",
    "a window": "SELECT first_value(name) OVER (ORDER BY owner_id) FROM chain_contact",
    "as XML": "SELECT query_to_xml('SELECT * FROM chain_contact', true, false, '')::text",
    "a table as XML": "SELECT table_to_xml('chain_contact', true, false, '')::text",
    "a cursor as XML": "SELECT cursor_to_xml('c', 9, true, false, '')::text",
    "a sample": "SELECT name FROM chain_contact TABLESAMPLE SYSTEM (100)",
    "its system columns": "SELECT ctid::text || name FROM chain_contact WHERE ctid = '(0,1)'",
    "only this table": "TABLE ONLY chain_contact",
    "statistics of the column": "SELECT most_common_vals::text || histogram_bounds::text FROM pg_stats",
    "an error that tells": (
        "SELECT 1 FROM chain_contact WHERE 1 / (CASE WHEN name = 'Of Claire' THEN 0 ELSE 1 END) = 0"
    ),
    "a cast that tells": "SELECT name::int FROM chain_contact WHERE owner_id = 1",
    "a condition that talks": "SELECT name FROM chain_contact WHERE pg_catalog.set_config('a.b', name, false) <> ''",
    "an update that returns": "UPDATE chain_contact SET name = name WHERE owner_id = 1 RETURNING name",
    "a deletion that returns": "DELETE FROM chain_contact WHERE owner_id = 1 RETURNING name",
    "an update through another table": (
        "UPDATE chain_contact c SET name = c.name FROM parties_organization o WHERE o.id = c.owner_id RETURNING c.name"
    ),
    "a merge": (
        "MERGE INTO chain_contact c USING parties_organization o ON c.owner_id = o.id AND o.id = 1"
        " WHEN MATCHED THEN UPDATE SET name = 'changed'"
    ),
    "a conflict that updates": (
        "INSERT INTO chain_contact SELECT * FROM chain_contact WHERE id = 2"
        " ON CONFLICT (id) DO UPDATE SET name = chain_contact.name RETURNING name"
    ),
    "rows locked": "SELECT name FROM chain_contact WHERE owner_id = 1 FOR UPDATE",
    "a plan that ran": "EXPLAIN (ANALYZE, VERBOSE, TIMING OFF) SELECT 1 FROM chain_contact WHERE owner_id = 1",
    "another's pass, unsealed": "SELECT set_config('amont.pass', '1||', false); SELECT name FROM chain_contact",
    "another's pass, sealed with nothing": (
        "SELECT set_config('amont.pass', repeat('0', 64) || ':1||', false); SELECT name FROM chain_contact"
    ),
    "one's own pass with more in it": (
        "SELECT set_config('amont.pass', left(current_setting('amont.pass'), 65) || '2|1|', false);"
        " SELECT name FROM chain_contact"
    ),
    "one's own pass with items in it": (
        "SELECT set_config('amont.pass', current_setting('amont.pass') || '1,2', false);"
        " SELECT name FROM catalogue_item"
    ),
    "no pass": "SELECT set_config('amont.pass', '', false); SELECT name FROM chain_contact",
    "a pass put back": "RESET amont.pass; SELECT name FROM chain_contact",
    "everything put back": "RESET ALL; SELECT name FROM chain_contact",
    "everything thrown away": "DISCARD ALL",
    "row security switched off": "SET row_security = off; SELECT name FROM chain_contact",
    "a replica's ways": "SET session_replication_role = replica; SELECT name FROM chain_contact",
    "the owner's role": "SET ROLE postgres; SELECT name FROM chain_contact",
    "the owner's session": "SET SESSION AUTHORIZATION postgres; SELECT name FROM chain_contact",
    "the role put back": "RESET ROLE; SELECT name FROM chain_contact",
    "a role that reads all": "GRANT pg_read_all_data TO amont_web; SELECT name FROM chain_contact",
    "a role made": "CREATE ROLE other SUPERUSER LOGIN",
    "rights of one's own": "ALTER ROLE amont_web BYPASSRLS",
    "the wall taken down": "ALTER TABLE chain_contact DISABLE ROW LEVEL SECURITY",
    "a policy dropped": "DROP POLICY amont_select ON chain_contact",
    "a policy added": "CREATE POLICY mine ON chain_contact USING (true)",
    "the table taken over": "ALTER TABLE chain_contact OWNER TO amont_web",
    "the table emptied": "TRUNCATE chain_contact CASCADE",
    "a view": "CREATE VIEW seen AS SELECT * FROM chain_contact; SELECT name FROM seen",
    "a passing view": "CREATE TEMP VIEW seen AS SELECT * FROM chain_contact; SELECT name FROM pg_temp.seen",
    "a copy of the table": "CREATE TABLE copied AS SELECT * FROM chain_contact; SELECT name FROM copied",
    "a passing copy": "SELECT * INTO TEMP copied FROM chain_contact; SELECT name FROM copied",
    "a function with its maker's rights": (
        "CREATE FUNCTION steal() RETURNS SETOF chain_contact SECURITY DEFINER LANGUAGE sql AS"
        " 'SELECT * FROM chain_contact'; SELECT name FROM steal()"
    ),
    "a passing function": (
        "CREATE FUNCTION pg_temp.tell(text) RETURNS boolean COST 0.0001 LANGUAGE plpgsql AS"
        " 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'; SELECT name FROM chain_contact WHERE pg_temp.tell(name)"
    ),
    "a cheap operator in front": "SELECT name FROM chain_contact WHERE name ~~ '%Claire%' AND owner_id > 0",
    "a rule": "CREATE RULE seen AS ON UPDATE TO chain_contact DO ALSO SELECT 1",
    "a trigger": (
        "CREATE TRIGGER seen BEFORE UPDATE ON chain_contact FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    "a block of code": (
        "DO $$ DECLARE c text; BEGIN SELECT name INTO STRICT c FROM chain_contact WHERE owner_id = 1;"
        " RAISE EXCEPTION 'found %', c; END $$"
    ),
    "a statement kept": "PREPARE kept AS SELECT name FROM chain_contact; EXECUTE kept",
    "a cursor": "BEGIN; DECLARE c CURSOR FOR SELECT name FROM chain_contact; FETCH ALL FROM c",
    "a file written": "COPY chain_contact TO '/dev/null'",
    "a program run": "COPY chain_contact TO PROGRAM 'cat'",
    "a file read": "SELECT pg_read_file('postgresql.conf')",
    "the key of passes": "SELECT encode(bytes, 'hex') || 'Of ' || 'Claire' FROM amont_wall.key",
    "the key through a function": "SELECT amont_wall.checked() || 'x' WHERE amont_wall.checked() LIKE '1%'",
    "the wall's function replaced": (
        "CREATE OR REPLACE FUNCTION amont_wall.is_open() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    ),
    "a function before it on the path": (
        "CREATE FUNCTION public.split_part(text, text, int) RETURNS text LANGUAGE sql AS 'SELECT ''1''';"
        " SELECT name FROM chain_contact"
    ),
    "an own row given away": "UPDATE chain_contact SET owner_id = 1 WHERE owner_id = 2",
    "a row written for another": (
        "INSERT INTO chain_contact SELECT (c).* FROM (SELECT c #= hstore('owner_id', '1') AS c FROM chain_contact c) t"
    ),
    "what others say in their statements": (
        "SELECT query FROM pg_stat_activity WHERE query LIKE '%Of Claire%' AND pid <> pg_backend_pid()"
    ),
    "a large object": "SELECT lo_import('/etc/hostname')",
    "another database's link": "CREATE EXTENSION dblink",
    "items of another": "SELECT name FROM catalogue_item WHERE id = 1",
    "inputs by another's item": (
        "SELECT 'Of ' || 'Claire' FROM chain_input i JOIN parties_organization o ON o.id = i.owner_id WHERE o.id = 1"
    ),
    "sites through items": "SELECT s.name FROM catalogue_site s JOIN catalogue_item i ON i.site_id = s.id",
}
"""Every attempt tells nothing of Claire's: it gives other rows, or the database refuses it."""
