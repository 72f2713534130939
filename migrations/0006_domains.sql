-- Why: every contract, product and policy belongs to the team that answers for it.
CREATE TABLE domain (
    name        text        CONSTRAINT domain_name PRIMARY KEY,
    title       text        NOT NULL,
    description text        NOT NULL,
    owner       text,
    created_at  timestamptz NOT NULL
);
