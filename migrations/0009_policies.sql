-- Why: policies, guardrails, roles and engines are documents that decide together. The whole set is
-- compiled at every change, so a row here is always part of a set that compiled.
CREATE TABLE policy (
    id         text        CONSTRAINT policy_id PRIMARY KEY,
    kind       text        NOT NULL,
    domain     text        CONSTRAINT policy_domain REFERENCES domain (name),
    name       text        NOT NULL,
    hash       text        NOT NULL,
    document   text        NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text        NOT NULL
);
