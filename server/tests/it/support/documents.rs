//! Documents to publish.

/// A contract `queries` of the domain `resolvers`; `columns` are further lines of its properties.
pub(crate) fn contract(version: &str, columns: &str) -> String {
    contract_as("queries", version, "active", columns)
}

/// A contract in a status.
pub(crate) fn contract_as(id: &str, version: &str, status: &str, columns: &str) -> String {
    format!(
        "\
apiVersion: v3.1.0
kind: DataContract
id: {id}
name: Queries
version: {version}
status: {status}
domain: resolvers
schema:
  - name: queries
    logicalType: object
    physicalName: queries
    properties:
      - {{name: query_time, logicalType: timestamp, required: true}}
      - {{name: rcode, logicalType: integer}}
{columns}"
    )
}

/// One more column.
pub(crate) const QNAME: &str = "      - {name: qname, logicalType: string}\n";

/// A product that offers `output` and reads `inputs`.
pub(crate) fn product(id: &str, output: &str, input: Option<&str>) -> String {
    let inputs = input.map_or_else(String::new, |input| {
        format!("inputPorts:\n  - {{name: in, version: 1.0.0, contractId: {input}}}\n")
    });
    format!(
        "\
apiVersion: v1.0.0
kind: DataProduct
id: {id}
name: {id}
version: 1.0.0
status: active
domain: resolvers
description: {{purpose: To be read.}}
{inputs}outputPorts:
  - {{name: out, version: 1.0.0, contractId: {output}}}
"
    )
}

/// A contract of the table `dns.{domain}.{id}` on a Trino, with these further sections.
pub(crate) fn contract_on_trino(id: &str, domain: &str, version: &str, sections: &str) -> String {
    format!(
        "\
apiVersion: v3.1.0
kind: DataContract
id: {id}
name: {id}
version: {version}
status: active
domain: {domain}
schema:
  - name: queries
    physicalName: {id}
    properties:
      - {{name: query_time, logicalType: timestamp}}
servers:
  - {{server: lake, type: trino, host: trino.example.net, port: 8443, catalog: dns, schema: {domain}}}
{sections}"
    )
}

/// A promise of freshness.
pub(crate) fn fresh_within(seconds: u32) -> String {
    format!(
        "slaProperties:\n  - {{property: freshness, value: {seconds}, unit: s, element: queries}}\n"
    )
}
