-- Why: the triggers refuse to change the audit log and published versions; the role that the service
-- runs as in a private cluster should not even be allowed to ask. Where it is one and the same as the
-- owner (an own PostgreSQL with one role), nothing is revoked: foreign keys into contract_version
-- are checked with the owner's rights and lock its rows, which takes the right to update.
DO $$
BEGIN
    IF current_user <> 'zonecut' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'zonecut') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, contract_version FROM zonecut;
    END IF;
END
$$;
