-- Why: a key belonged to a principal's name, so that what one token was answered could be had by
-- another token of that name, which may do less. It now belongs to the credential. Answers that an
-- older binary keeps have a principal and no credential; `principal` goes a release later.
ALTER TABLE idempotency
    DROP CONSTRAINT idempotency_key,
    ALTER COLUMN principal DROP NOT NULL,
    ADD COLUMN credential uuid,
    ADD CONSTRAINT idempotency_key UNIQUE (principal, key),
    ADD CONSTRAINT idempotency_credential_key UNIQUE (credential, key);
