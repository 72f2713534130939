-- Why: tokens, browser sessions and one-time sign-in codes are one thing, a secret that stands for a
-- principal with roles for a while; only the hash of the secret is kept. What comes from another
-- credential (a session from its token) ends with it.
CREATE TABLE credential (
    id          uuid        PRIMARY KEY,
    kind        text        NOT NULL CONSTRAINT credential_kind CHECK (kind IN ('token', 'session', 'code')),
    secret_hash bytea       NOT NULL CONSTRAINT credential_secret_unique UNIQUE,
    principal   text        NOT NULL,
    parent      uuid        REFERENCES credential (id) ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL,
    expires_at  timestamptz,
    ended_at    timestamptz
);

CREATE INDEX credential_parent ON credential (parent) WHERE parent IS NOT NULL;

CREATE TABLE credential_role (
    credential uuid NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    role       text NOT NULL,
    domain     text NOT NULL,
    PRIMARY KEY (credential, role, domain)
);
