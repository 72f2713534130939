-- Why: a product gathers the contracts it offers and names those it reads; its ports are the
-- declared lineage. A port may name a contract that is not registered here (yet): no foreign key.
CREATE TABLE product (
    id         text        CONSTRAINT product_id PRIMARY KEY,
    domain     text        NOT NULL CONSTRAINT product_domain REFERENCES domain (name),
    name       text        NOT NULL,
    status     text        NOT NULL,
    version    text,
    purpose    text        NOT NULL,
    tags       text[]      NOT NULL,
    hash       text        NOT NULL,
    document   text        NOT NULL,
    search     text        NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text        NOT NULL
);

CREATE TABLE product_port (
    product   text    NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    direction text    NOT NULL CONSTRAINT product_port_direction CHECK (direction IN ('input', 'output')),
    position  integer NOT NULL,
    name      text    NOT NULL,
    contract  text,
    version   text,
    PRIMARY KEY (product, direction, position)
);

CREATE INDEX product_port_contract ON product_port (contract, direction);
