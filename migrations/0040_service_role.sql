-- Why: the service needs no right to rewrite history, so it should have none, in any database and not
-- only in a private cluster. Whoever migrates calls this for the role that the service runs as, after
-- every migration: tables that carry the trigger `refuse_change` are read and added to, the history of
-- the schema is read, everything else is read and written.
CREATE FUNCTION grant_service(service name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept regclass;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), service);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), service);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', current_schema(), service);
    FOR kept IN
        SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgfoid = 'refuse_change()'::regprocedure
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %I', kept, service);
    END LOOP;
    IF to_regclass('_sqlx_migrations') IS NOT NULL THEN
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON _sqlx_migrations FROM %I', service);
    END IF;
END
$$;

REVOKE ALL ON FUNCTION grant_service(name) FROM PUBLIC;
