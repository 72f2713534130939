-- Why: subscribers learn of a change by a signed call. A delivery row is written in the transaction
-- that writes the outbox row, so none is forgotten, and stays until the subscriber has taken it or
-- has failed so often that a person should look. The secret is kept readable, because signing needs
-- it and every node must be able to sign: whoever reads this table can forge calls to subscribers,
-- and nothing else. It never leaves in an answer but the one that makes it.
CREATE TABLE webhook (
    id         uuid        PRIMARY KEY,
    url        text        NOT NULL,
    secret     text        NOT NULL,
    events     text[]      NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL
);

CREATE TABLE webhook_delivery (
    webhook    uuid        NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event      bigint      NOT NULL REFERENCES outbox (position),
    state      text        NOT NULL CONSTRAINT webhook_delivery_state
               CHECK (state IN ('due', 'delivered', 'dead')),
    due_at     timestamptz NOT NULL,
    attempts   integer     NOT NULL,
    last_error text,
    PRIMARY KEY (webhook, event)
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook, due_at) WHERE state = 'due';
