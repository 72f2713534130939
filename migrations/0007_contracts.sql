-- Why: a published version of a contract never changes; its content hash is its identity. The
-- document is kept byte for byte; `search` is the text that queries look into, lower case.
CREATE TABLE contract (
    id             text        CONSTRAINT contract_id PRIMARY KEY,
    domain         text        NOT NULL CONSTRAINT contract_domain REFERENCES domain (name),
    name           text        NOT NULL,
    active_version text,
    search         text        NOT NULL,
    updated_at     timestamptz NOT NULL
);

CREATE TABLE contract_version (
    contract     text        NOT NULL REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED,
    version      text        NOT NULL,
    status       text        NOT NULL,
    hash         text        NOT NULL,
    document     text        NOT NULL,
    serial       bigint      NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text        NOT NULL,
    position     bigint      GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT contract_version_key PRIMARY KEY (contract, version)
);

ALTER TABLE contract ADD CONSTRAINT contract_active_version
    FOREIGN KEY (id, active_version) REFERENCES contract_version (contract, version)
    DEFERRABLE INITIALLY DEFERRED;

CREATE TRIGGER contract_version_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
