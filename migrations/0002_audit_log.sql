-- Why: what changed or was refused must be provable later. The log is append-only for everybody:
-- the trigger refuses what a mistaken statement would try; the hash chain shows what it can't refuse.
CREATE TABLE audit_log (
    seq      bigint      PRIMARY KEY,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    action   text        NOT NULL,
    subject  text        NOT NULL,
    outcome  text        NOT NULL CONSTRAINT audit_log_outcome CHECK (outcome IN ('done', 'refused')),
    detail   jsonb       NOT NULL,
    previous text        NOT NULL,
    hash     text        NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_immutable';
END
$$;

CREATE TRIGGER audit_log_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
