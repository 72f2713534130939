//! Single changes to one contract of every section, each with the verdict that a consumer, a
//! producer and a privacy officer would give.

use zonecut_diagnostics::Perspective;
use zonecut_diagnostics::Verdict::{self, Breaking as B, Compatible as C, Warning as W};
use zonecut_evolution::compare;

use crate::support::{contract, settings, verdict};

/// What changes, how, and the verdicts for consumer, producer and governance.
type Probe = (&'static str, &'static str, &'static str, [Verdict; 3]);

#[rustfmt::skip]
const SCHEMA: &[Probe] = &[
    // Structure.
    ("optional property in an array's object", "            - name: ttl\n", "            - name: class\n            - name: ttl\n", [C, C, C]),
    ("required property in an array's object", "            - name: ttl\n", "            - name: class\n              required: true\n            - name: ttl\n", [C, B, C]),
    ("property of an array's object removed", "            - name: ttl\n              logicalType: integer\n              physicalType: int\n", "", [B, C, C]),
    ("type of an array's object's property widened", "            - name: ttl\n              logicalType: integer\n              physicalType: int\n", "            - name: ttl\n              logicalType: integer\n              physicalType: bigint\n", [B, C, C]),
    ("array's property optional", "            - name: rdata\n              logicalType: string\n              required: true\n", "            - name: rdata\n              logicalType: string\n", [B, C, C]),
    ("array of objects turned into array of texts", "          logicalType: object\n          logicalTypeOptions:\n            required: [rdata]\n          properties:\n            - name: rdata\n              logicalType: string\n              required: true\n            - name: ttl\n              logicalType: integer\n              physicalType: int\n", "          logicalType: string\n", [B, B, C]),
    ("array's required names loosened", "            required: [rdata]\n", "            required: [ttl]\n", [B, B, C]),
    ("map's value widened", "          value:\n            logicalType: integer\n            physicalType: int\n", "          value:\n            logicalType: integer\n            physicalType: bigint\n", [B, C, C]),
    ("map's key lengthened", "            physicalType: varchar(16)\n", "            physicalType: varchar(32)\n", [W, C, C]),
    ("map's value of another type", "          value:\n            logicalType: integer\n            physicalType: int\n", "          value:\n            logicalType: string\n", [B, B, C]),
    ("object removed", "  - id: sites_obj\n    name: sites\n    properties:\n      - name: name\n        logicalType: string\n", "", [B, C, C]),
    ("object renamed under its id", "    name: sites\n", "    name: places\n", [B, C, C]),
    ("object's physical name", "physicalName: queries_v1", "physicalName: queries_v2", [B, C, C]),
    ("property's physical name", "physicalName: q_name", "physicalName: dns_qname", [B, C, C]),
    ("table became a topic", "physicalType: table", "physicalType: topic", [B, C, C]),
    ("table became a view", "physicalType: table", "physicalType: view", [W, C, C]),
    ("object became a blob", "    physicalName: queries_v1\n", "    physicalName: queries_v1\n    logicalType: blob\n", [B, C, C]),
    ("property deprecated", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        deprecated: true\n", [W, C, C]),
    ("sunset within the notice period", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        customProperties: [{property: sunset, value: '2026-04-01'}]\n", [B, C, C]),
    ("sunset after the notice period", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        customProperties: [{property: sunset, value: '2026-06-01'}]\n", [W, C, C]),
    ("sunset moved earlier", "2027-06-30", "2027-06-29", [B, C, C]),
    ("sunset moved later", "2027-06-30", "2028-06-30", [C, C, C]),
    ("sunset withdrawn", "          - property: sunset\n            value: '2027-06-30'\n", "", [C, C, C]),
    // Types and limits.
    ("decimal with more digits", "decimal(10,3)", "decimal(12,3)", [B, C, C]),
    ("decimal with fewer digits", "decimal(10,3)", "decimal(8,3)", [C, B, C]),
    ("decimal with another scale", "decimal(10,3)", "decimal(10,6)", [B, B, C]),
    ("finer time", "timestamp(3)", "timestamp(6)", [B, C, C]),
    ("coarser time", "timestamp(3)", "timestamp(0)", [C, B, C]),
    ("physical time with a zone", "timestamp(3)", "timestamp(3) with time zone", [B, B, C]),
    ("logical time without its zone", "          timezone: true\n", "          timezone: false\n", [B, B, C]),
    ("another default zone", "          timezone: true\n", "          timezone: true\n          defaultTimezone: America/Sao_Paulo\n", [B, B, C]),
    ("default zone spelled out", "          timezone: true\n", "          timezone: true\n          defaultTimezone: Etc/UTC\n", [C, C, C]),
    ("earlier times allowed", "minimum: '2020-01-01T00:00:00Z'", "minimum: '2019-01-01T00:00:00Z'", [B, C, C]),
    ("same bound in another zone", "minimum: '2020-01-01T00:00:00Z'", "minimum: '2019-12-31T21:00:00-03:00'", [C, C, C]),
    ("maximum raised", "maximum: 4095", "maximum: 65535", [B, C, C]),
    ("maximum lowered", "maximum: 4095", "maximum: 15", [C, B, C]),
    ("maximum written exclusively", "maximum: 4095", "exclusiveMaximum: 4096", [C, C, C]),
    ("minimum raised", "minimum: 0\n", "minimum: 1\n", [C, B, C]),
    ("minimum withdrawn", "          minimum: 0\n", "", [B, C, C]),
    ("format of more bits", "format: u16", "format: u32", [B, C, C]),
    ("format of fewer bits", "format: u16", "format: u8", [C, B, C]),
    ("format with a sign", "format: u16", "format: i16", [B, B, C]),
    ("finer steps", "multipleOf: 5", "multipleOf: 1", [B, C, C]),
    ("coarser steps", "multipleOf: 5", "multipleOf: 10", [C, B, C]),
    ("other steps", "multipleOf: 5", "multipleOf: 7", [B, B, C]),
    ("longer texts", "maxLength: 255", "maxLength: 1024", [W, C, C]),
    ("shorter texts", "maxLength: 255", "maxLength: 63", [C, B, C]),
    ("empty texts", "minLength: 1", "minLength: 0", [W, C, C]),
    ("pattern withdrawn", "          pattern: '^[a-z0-9.-]+$'\n", "", [B, C, C]),
    ("another pattern", "'^[a-z0-9.-]+$'", "'^[A-Z0-9.-]+$'", [B, B, C]),
    ("another text format", "format: hostname", "format: uri", [B, B, C]),
    ("more items", "maxItems: 64", "maxItems: 128", [B, C, C]),
    ("fewer items", "maxItems: 64", "maxItems: 8", [C, B, C]),
    ("items repeat", "uniqueItems: true", "uniqueItems: false", [B, C, C]),
    ("vector of other dimensions", "dimensions: 384", "dimensions: 768", [B, B, C]),
    ("vector of another model", "embeddingModel: names-1", "embeddingModel: names-2", [B, B, C]),
    ("vector's default element type spelled out", "dimensions: 384", "dimensions: 384\n          elementType: float32", [C, C, C]),
    ("enum grows", "          - value: 3\n", "          - value: 2\n          - value: 3\n", [B, C, C]),
    ("enum shrinks", "          - value: 3\n            label: NXDOMAIN\n", "", [C, B, C]),
    ("enum value's label", "label: NXDOMAIN", "label: NAME_ERROR", [C, C, C]),
    ("no longer unique", "        unique: true\n", "", [B, C, C]),
    ("promised unique", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        unique: true\n", [C, W, C]),
    // Keys.
    ("another member of the key", "        partitioned: true\n", "        partitioned: true\n        primaryKey: true\n        primaryKeyPosition: 2\n", [B, C, C]),
    ("partition key at another place", "partitionKeyPosition: 1", "partitionKeyPosition: 2", [W, C, C]),
    ("a second partition key", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        partitioned: true\n        partitionKeyPosition: 2\n", [W, C, C]),
    ("relationship of a property removed", "        relationships:\n          - to: sites.name\n", "", [W, C, C]),
    ("relationship to another object", "          - to: sites.name\n", "          - to: sites.code\n", [W, C, C]),
    ("relationship added", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        relationships: [{to: codes.code}]\n", [C, C, C]),
    ("relationship of an object from another property", "from: queries.site", "from: queries.place", [W, C, C]),
    ("relationship's default type spelled out", "          - to: sites.name\n", "          - to: sites.name\n            type: foreignKey\n", [C, C, C]),
    // Meaning and documentation.
    ("transform logic", "lower(name)", "upper(name)", [W, C, C]),
    ("another source", "[raw_queries]", "[raw_queries, replay]", [W, C, C]),
    ("transform's description", "transformDescription: Lower case", "transformDescription: In lower case", [C, C, C]),
    ("examples", "examples: [example.net]", "examples: [example.org]", [C, C, C]),
    ("business name", "businessName: Queries", "businessName: Client queries", [C, C, C]),
    ("description of an object", "description: What clients asked", "description: What clients asked for", [C, C, C]),
    ("description broken otherwise", "description: What clients asked", "description: |\n      What\n      clients asked", [C, C, C]),
    ("granularity withdrawn", "    dataGranularityDescription: One row per query\n", "", [W, C, C]),
    ("synonym", "synonym: pop", "synonym: point of presence", [C, C, C]),
    ("measure became a dimension", "semanticType: measure", "semanticType: dimension", [W, C, C]),
    ("measure said no more", "        semanticType: measure\n", "", [W, C, C]),
    ("unit", "value: ms", "value: us", [B, C, C]),
    ("canonical form", "lower-no-dot", "wire", [B, C, C]),
    ("key epoch", "property: keyEpoch\n            value: 1", "property: keyEpoch\n            value: 2", [B, C, C]),
    ("instructions of the context", "Count queries by hour", "Count queries by day", [C, C, C]),
    ("verified statement", "Those with rcode 5", "Those with rcode 5 or 9", [C, C, C]),
];

#[rustfmt::skip]
const PROTECTION: &[Probe] = &[
    ("encrypted form renamed", "encryptedName: client_ip_token", "encryptedName: client_token", [B, C, C]),
    ("encrypted form removed", "        encryptedName: client_ip_token\n", "", [C, C, B]),
    ("encrypted form added", "        name: qname\n        physicalName", "        name: qname\n        encryptedName: qname_token\n        physicalName", [C, C, C]),
    ("class lowered by one", "classification: restricted", "classification: confidential", [C, C, B]),
    ("class withdrawn", "        classification: internal\n", "", [C, C, B]),
    ("class of a word nobody knows", "classification: internal", "classification: tier-2", [C, C, W]),
    ("class raised", "classification: internal", "classification: confidential", [C, C, C]),
    ("personal tag removed", "        tags: [pii]\n", "", [C, C, B]),
    ("plain tag removed", "    tags: [raw]\n", "", [C, C, W]),
    ("tag added", "tags: [raw]", "tags: [raw, hot]", [C, C, C]),
    ("mask removed", "          - property: transform\n            value: ip-prefix\n", "", [C, C, B]),
    ("another mask", "value: ip-prefix", "value: partial", [W, C, B]),
    ("mask added", "          - property: canonicalForm\n", "          - property: transform\n            value: registrable-domain\n          - property: canonicalForm\n", [W, W, C]),
    ("personal meaning gone", "value: net.client_ip", "value: net.asn", [B, C, B]),
    ("wire message added", "      - id: rcode\n        name: rcode\n", "      - name: wire\n        customProperties: [{property: semanticType, value: dns.wire_message}]\n      - id: rcode\n        name: rcode\n", [C, C, B]),
    ("client found where nobody said so", "          - property: canonicalForm\n", "          - property: semanticType\n            value: net.client_ip\n          - property: canonicalForm\n", [C, C, C]),
    ("critical element cleared", "        criticalDataElement: true\n", "", [C, C, W]),
    ("critical element named", "      - id: rcode\n        name: rcode\n", "      - id: rcode\n        name: rcode\n        criticalDataElement: true\n", [C, C, C]),
    ("role widened", "  - role: auditor\n    access: read\n", "  - role: auditor\n    access: write\n", [C, C, B]),
    ("role narrowed", "    access: write\n", "    access: read\n", [B, C, C]),
    ("role added", "  - role: auditor\n", "  - role: guest\n    access: read\n  - role: auditor\n", [C, C, B]),
    ("role renamed", "  - role: auditor\n", "  - role: inspector\n", [B, C, B]),
    ("approver withdrawn", "    secondLevelApprovers: privacy office\n", "", [C, C, B]),
    ("another approver", "secondLevelApprovers: privacy office", "secondLevelApprovers: na", [C, C, W]),
    ("approver added", "  - role: auditor\n    access: read\n", "  - role: auditor\n    access: read\n    firstLevelApprovers: privacy office\n", [C, C, C]),
    ("role of a server widened", "      - role: etl\n        access: read\n", "      - role: etl\n        access: write\n", [C, C, B]),
    ("role of a server added", "      - role: etl\n", "      - role: guest\n        access: read\n      - role: etl\n", [C, C, B]),
    ("role of a server removed", "    roles:\n      - role: etl\n        access: read\n", "", [B, C, C]),
    ("purpose", "Operations of the resolvers", "Marketing", [C, C, W]),
    ("tenant", "tenant: Example", "tenant: Other", [C, C, W]),
    ("tenant in other letters", "tenant: Example", "tenant: EXAMPLE", [C, C, C]),
    ("domain", "domain: resolvers", "domain: edge", [C, C, W]),
];

#[rustfmt::skip]
const PROMISES: &[Probe] = &[
    // Service levels.
    ("latency in days", "value: 24\n    unit: h", "value: 1\n    unit: d", [C, C, C]),
    ("latency in other words", "value: 24\n    unit: h", "value: 1\n    unit: days", [C, C, C]),
    ("more latency", "value: 24\n", "value: 25\n", [B, C, C]),
    ("less latency", "value: 24\n", "value: 1\n", [C, W, C]),
    ("less availability", "value: 99.9\n", "value: 99\n", [B, C, C]),
    ("more availability", "value: 99.9\n", "value: 99.99\n", [C, W, C]),
    ("availability as a ratio", "value: 99.9\n    unit: percent", "value: 0.999\n    unit: ratio", [C, C, C]),
    ("objective lowered", "objective: 99.5", "objective: 99", [B, C, C]),
    ("objective raised", "objective: 99.5", "objective: 99.9", [C, W, C]),
    ("objective over a longer window", "window: P30D", "window: P90D", [B, C, C]),
    ("objective over a shorter window", "window: P30D", "window: P7D", [C, W, C]),
    ("longer retention of personal data", "value: 30\n    unit: d", "value: 60\n    unit: d", [C, W, B]),
    ("shorter retention", "value: 30\n    unit: d", "value: 7\n    unit: d", [B, C, C]),
    ("retention withdrawn", "  - property: retention\n    value: 30\n    unit: d\n", "", [B, C, B]),
    ("more errors", "value: 1\n    unit: percent", "value: 5\n    unit: percent", [B, C, C]),
    ("later in the day", "09:00-03:00", "10:00-03:00", [B, C, C]),
    ("same moment elsewhere", "09:00-03:00", "12:00Z", [C, C, C]),
    ("earlier end", "2030-01-01T00:00:00Z", "2029-01-01T00:00:00Z", [B, C, C]),
    ("nobody knows which way", "value: high", "value: low", [W, C, C]),
    ("service level added", "  - property: gentleness\n", "  - property: throughput\n    value: 5\n  - property: gentleness\n", [C, W, C]),
    ("driver", "driver: regulatory", "driver: analytics", [C, C, C]),
    // Quality.
    ("row count loosened", "mustBeGreaterThan: 1000", "mustBeGreaterThan: 10", [B, C, C]),
    ("row count tightened", "mustBeGreaterThan: 1000", "mustBeGreaterThan: 100000", [C, W, C]),
    ("row count written otherwise", "mustBeGreaterThan: 1000", "mustBeGreaterOrEqualTo: 1001", [C, C, C]),
    ("row count between", "mustBeGreaterThan: 1000", "mustBeBetween: [2000, 9000]", [C, W, C]),
    ("row count moved aside", "mustBeGreaterThan: 1000", "mustBeLessThan: 1000", [B, W, C]),
    ("severity lowered", "severity: error", "severity: warning", [W, C, C]),
    ("severity raised", "severity: error", "severity: critical", [C, W, C]),
    ("dimension", "dimension: completeness", "dimension: coverage", [C, C, C]),
    ("query", "where rcode = 5\n", "where rcode = 9\n", [W, C, C]),
    ("threshold of a query", "mustBeLessThan: 100", "mustBeLessThan: 1000", [B, C, C]),
    ("engine's implementation", "checks for queries", "other checks for queries", [W, C, C]),
    ("another engine", "engine: soda", "engine: greatExpectations", [W, C, C]),
    ("rule in prose", "Names are as the client sent them", "Names are in lower case", [W, C, C]),
    ("another metric under one name", "metric: invalidValues", "metric: missingValues", [B, C, C]),
    ("nulls in percent", "mustBe: 0\n            unit: rows", "mustBeLessThan: 5\n            unit: percent", [B, C, C]),
    ("valid values grow", "validValues: [gru, fra]", "validValues: [gru, fra, ams]", [B, C, C]),
    ("valid values shrink", "validValues: [gru, fra]", "validValues: [gru]", [C, B, C]),
    ("rule withdrawn", "      - name: engine-check\n        type: custom\n        engine: soda\n        implementation: checks for queries\n", "", [B, C, C]),
    ("rule added", "      - name: engine-check\n", "      - name: fresh\n        metric: duplicateValues\n        mustBe: 0\n      - name: engine-check\n", [C, W, C]),
    ("default type spelled out", "      - metric: rowCount\n", "      - type: library\n        metric: rowCount\n", [C, C, C]),
];

#[rustfmt::skip]
const TERMS: &[Probe] = &[
    // Servers.
    ("another host", "host: pg.example.net", "host: pg2.example.net", [B, C, C]),
    ("host in other letters", "host: pg.example.net", "host: PG.example.net", [C, C, C]),
    ("port as a text", "port: 5432", "port: '5432'", [C, C, C]),
    ("another port", "port: 8443", "port: 443", [B, C, C]),
    ("another catalog", "catalog: dns", "catalog: lake", [B, C, C]),
    ("another location", "s3://dns-archive/queries", "s3://dns-archive/q", [B, C, C]),
    ("another file format", "format: parquet", "format: json", [B, C, C]),
    ("another topic format", "format: avro", "format: protobuf", [B, C, C]),
    ("another table format", "value: iceberg", "value: delta", [B, C, C]),
    ("another system", "value: pulsar\n      - property: region", "value: rabbit\n      - property: region", [B, C, C]),
    ("another environment", "environment: prod", "environment: test", [W, C, C]),
    ("encoding said for the first time", "    format: parquet\n", "    format: parquet\n    encoding: utf-8\n", [W, C, C]),
    ("server described", "  - server: lake\n", "  - server: lake\n    description: Lake\n", [C, C, C]),
    ("server removed", "  - server: stream\n    type: kafka\n    host: kafka.example.net:9092\n    format: avro\n    customProperties:\n      - property: region\n        value: br\n", "", [B, C, C]),
    ("server added in the region", "  - server: stream\n", "  - server: copy\n    type: local\n    path: /data\n    format: csv\n    customProperties: [{property: region, value: br}]\n  - server: stream\n", [C, C, C]),
    ("server added elsewhere", "  - server: stream\n", "  - server: copy\n    type: kinesis\n    stream: q\n    region: us-east-1\n  - server: stream\n", [C, C, B]),
    // Support, team, price, terms.
    ("support channel removed", "  - channel: announcements\n    url: mailto:dns@example.net\n", "", [W, C, C]),
    ("support channel added", "  - channel: announcements\n", "  - channel: phone\n  - channel: announcements\n", [C, C, C]),
    ("support tool", "tool: slack", "tool: teams", [C, C, C]),
    ("owner left", "    - username: ana\n      role: Owner\n", "    - username: ana\n      role: Engineer\n", [C, C, C]),
    ("member left", "    - username: eve\n      role: Engineer\n", "", [C, C, C]),
    ("dearer", "priceAmount: 9.95", "priceAmount: 99", [W, C, C]),
    ("cheaper", "priceAmount: 9.95", "priceAmount: 1", [C, C, C]),
    ("another currency", "priceCurrency: USD", "priceCurrency: EUR", [W, C, C]),
    ("another unit of price", "priceUnit: megabyte", "priceUnit: query", [W, C, C]),
    ("usage", "usage: Dashboards and alerts", "usage: Dashboards", [W, C, C]),
    ("limitations withdrawn", "  limitations: Not for marketing\n", "", [W, C, C]),
    ("privacy statement elsewhere", "https://example.net/privacy", "https://example.net/privacy-2", [C, C, C]),
    ("canonical definition elsewhere", "https://example.net/contracts/queries", "https://example.net/contracts/q", [C, C, C]),
    // Life cycle.
    ("retired", "status: active", "status: retired", [B, C, C]),
    ("deprecated", "status: active", "status: deprecated", [W, C, C]),
    ("back to draft", "status: active", "status: draft", [B, C, C]),
    ("another id", "id: recursive-queries\n", "id: queries\n", [B, C, C]),
    ("shorter notice", "value: P90D", "value: P30D", [B, C, C]),
    ("notice in other words", "value: P90D", "value: P12W6D", [C, C, C]),
    ("longer notice", "value: P90D", "value: P180D", [C, C, C]),
    ("custom property", "value: 4711", "value: 4712", [C, C, C]),
    ("created in another zone", "2026-01-15T02:59:43Z", "2026-01-14T23:59:43-03:00", [C, C, C]),
];

const BASE: &str = include_str!("../probes/base.odcs.yaml");

fn judge(probes: &[Probe]) {
    let before = contract("before", BASE);
    let mut wrong = Vec::new();
    for (title, old, new, wanted) in probes {
        let Some((head, tail)) = BASE.split_once(old) else {
            panic!("{title}: no `{old}`");
        };
        let after = contract("after", &format!("{head}{new}{tail}"));
        let report = compare(Some(&before), Some(&after), &settings());
        let got = Perspective::ALL.map(|perspective| verdict(&report, perspective));
        if got != *wanted || report.findings.is_empty() {
            let told: Vec<_> = report
                .findings
                .iter()
                .map(|found| {
                    format!(
                        "{:?} {:?} {}: {}",
                        found.perspective, found.severity, found.rule, found.message
                    )
                })
                .collect();
            wrong.push(format!(
                "{title}: {got:?}, not {wanted:?}\n  {}",
                told.join("\n  ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        probes.len(),
        wrong.join("\n")
    );
}

#[test]
fn changes_of_the_schema() {
    judge(SCHEMA);
}

#[test]
fn changes_of_protection() {
    judge(PROTECTION);
}

#[test]
fn changes_of_service_levels_and_quality() {
    judge(PROMISES);
}

#[test]
fn changes_of_servers_terms_and_life() {
    judge(TERMS);
}
