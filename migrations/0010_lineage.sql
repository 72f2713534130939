-- Why: who really reads and writes what is known from the runs that report it. An event is taken
-- once, whatever the number of deliveries; what it says accumulates in edges. Datasets keep the
-- names that engines give them, and beside them the node they stand for, which follows the
-- contracts: one table under many names is one node. The payload itself is not kept: it carries
-- statements, and statements carry secrets.
CREATE TABLE lineage_job (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace text   NOT NULL,
    name      text   NOT NULL,
    node      text   NOT NULL GENERATED ALWAYS AS ('job:' || namespace || '|' || name) STORED
              CONSTRAINT lineage_job_node UNIQUE
);

CREATE TABLE lineage_dataset (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace text   NOT NULL,
    name      text   NOT NULL,
    symlinks  jsonb  NOT NULL,
    node      text   NOT NULL,
    CONSTRAINT lineage_dataset_name UNIQUE (namespace, name)
);

CREATE INDEX lineage_dataset_node ON lineage_dataset (node);

CREATE TABLE lineage_event (
    key         text        CONSTRAINT lineage_event_key PRIMARY KEY,
    job         bigint      REFERENCES lineage_job (id),
    run_id      text,
    state       text        NOT NULL,
    at          timestamptz NOT NULL,
    producer    text        NOT NULL,
    warnings    jsonb       NOT NULL,
    received_at timestamptz NOT NULL,
    received_by text        NOT NULL
);

CREATE INDEX lineage_event_received_at ON lineage_event USING brin (received_at);

-- A flow through a job; an end is absent where the job only read, or wrote what it made up. The
-- walk goes breadth-first, a level per query: forward by `upstream`, backward by `downstream`, and
-- through a job by the unique index.
CREATE TABLE lineage_edge (
    job        bigint      NOT NULL REFERENCES lineage_job (id),
    upstream   bigint      REFERENCES lineage_dataset (id),
    downstream bigint      REFERENCES lineage_dataset (id),
    kind       text        NOT NULL CONSTRAINT lineage_edge_kind CHECK (kind IN ('declared', 'observed')),
    first_seen timestamptz NOT NULL,
    last_seen  timestamptz NOT NULL,
    CONSTRAINT lineage_edge_ends CHECK (upstream IS NOT NULL OR downstream IS NOT NULL)
);

CREATE UNIQUE INDEX lineage_edge_once
    ON lineage_edge (job, kind, coalesce(upstream, 0), coalesce(downstream, 0));
CREATE INDEX lineage_edge_forward ON lineage_edge (upstream) INCLUDE (job, kind, last_seen);
CREATE INDEX lineage_edge_backward ON lineage_edge (downstream) INCLUDE (job, kind, last_seen);
