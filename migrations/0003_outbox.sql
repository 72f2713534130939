-- Why: events leave only for changes that happened, so they are written in the transaction of the
-- change and sent afterwards. `position` orders them; gaps are possible, going back is not, because
-- the writer holds the row of registry_state.
CREATE TABLE outbox (
    position bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id       uuid        NOT NULL CONSTRAINT outbox_id_unique UNIQUE,
    at       timestamptz NOT NULL,
    type     text        NOT NULL,
    subject  text        NOT NULL,
    data     jsonb       NOT NULL
);
