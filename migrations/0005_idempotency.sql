-- Why: a client that lost the answer to a write may send it again. The answer is kept in the
-- transaction of the change, so that a change and the memory of it can't part.
CREATE TABLE idempotency (
    principal    text        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    status       smallint    NOT NULL,
    headers      jsonb       NOT NULL,
    body         bytea       NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT idempotency_key PRIMARY KEY (principal, key)
);

CREATE INDEX idempotency_at ON idempotency (at);
