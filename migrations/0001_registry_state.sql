-- Why: every reader of the registry names the state it saw by one number, the serial, and the audit
-- log is one chain. Both need a single row that writers take in turn; its lock is what makes the
-- order of changes, audit rows and outbox rows one and the same.
CREATE TABLE registry_state (
    only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT registry_state_only_row CHECK (only_row),
    serial     bigint  NOT NULL DEFAULT 0,
    audit_seq  bigint  NOT NULL DEFAULT 0,
    audit_hash text    NOT NULL DEFAULT repeat('0', 64)
);

INSERT INTO registry_state DEFAULT VALUES;
