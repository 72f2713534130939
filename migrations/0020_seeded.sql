-- Why: a folder of documents may be loaded at every start. What was loaded once and then changed or
-- removed here must neither come back nor stand in the way, so the registry remembers what it took.
CREATE TABLE seeded (
    kind text NOT NULL CONSTRAINT seeded_kind CHECK (kind IN ('product', 'policy')),
    id   text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (kind, id)
);
