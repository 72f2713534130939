-- Why: a promise is kept by being watched. Each promise of an active contract is one row with the
-- deadline that silence would miss, and with the best that measurements have proved; a sweep finds
-- what is due by the index and opens the incident by itself. Withdrawn promises stay, for the
-- incidents that name them. Measurements are kept as they came, for reports.
CREATE TABLE expectation (
    id             uuid             PRIMARY KEY,
    contract       text             NOT NULL REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED,
    object         text             NOT NULL,
    kind           text             NOT NULL,
    column_path    text             NOT NULL,
    driver         text             NOT NULL,
    limit_ms       bigint           NOT NULL CONSTRAINT expectation_limit CHECK (limit_ms > 0),
    since          timestamptz      NOT NULL,
    evidence_at    timestamptz,
    evidence_value double precision,
    deadline       timestamptz,
    open_since     timestamptz,
    withdrawn_at   timestamptz,
    CONSTRAINT expectation_promise UNIQUE (contract, object, kind, column_path, driver)
);

CREATE INDEX expectation_due ON expectation (deadline)
    WHERE open_since IS NULL AND withdrawn_at IS NULL;

CREATE TABLE incident (
    id          uuid        PRIMARY KEY,
    expectation uuid        NOT NULL REFERENCES expectation (id),
    broken_at   timestamptz NOT NULL,
    opened_at   timestamptz NOT NULL,
    resolved_at timestamptz
);

CREATE UNIQUE INDEX incident_one_open ON incident (expectation) WHERE resolved_at IS NULL;

CREATE TABLE measurement (
    id          bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract    text             NOT NULL,
    object      text             NOT NULL,
    kind        text             NOT NULL,
    at          timestamptz      NOT NULL,
    value       double precision,
    received_at timestamptz      NOT NULL,
    received_by text             NOT NULL
);

CREATE INDEX measurement_received_at ON measurement USING brin (received_at) WITH (autosummarize = on);
