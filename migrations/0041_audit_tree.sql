-- Why: whoever can rewrite the whole log can rewrite all its hashes. A Merkle tree over its lines, whose
-- root is signed now and then, shows that to anyone who keeps the key, and proves a single entry without
-- the rest. Nodes are those above complete runs of entries, two for each entry in the long run; they
-- never change, as little as checkpoints and keys do.
CREATE TABLE audit_node (
    level    smallint NOT NULL,
    position bigint   NOT NULL,
    hash     bytea    NOT NULL,
    PRIMARY KEY (level, position)
);

CREATE TABLE audit_key (
    key           text        PRIMARY KEY,
    id            text        NOT NULL,
    first_used_at timestamptz NOT NULL
);

CREATE TABLE audit_checkpoint (
    size bigint      PRIMARY KEY,
    at   timestamptz NOT NULL,
    root text        NOT NULL,
    key  text        NOT NULL REFERENCES audit_key (key),
    note text        NOT NULL
);

CREATE TRIGGER audit_node_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_node
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_key_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoint_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who, what, on what and when: what a reader of a long log narrows it to.
CREATE INDEX audit_log_actor ON audit_log (actor COLLATE "C", seq);
CREATE INDEX audit_log_action ON audit_log (action COLLATE "C", seq);
CREATE INDEX audit_log_subject ON audit_log (subject COLLATE "C", seq);
CREATE INDEX audit_log_at ON audit_log (at);
