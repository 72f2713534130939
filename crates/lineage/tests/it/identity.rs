//! One table is one node, whatever the engine calls it.

use zonecut_contract::{Contract, read_contract};
use zonecut_lineage::{Name, NodeId, Resolver};

/// A contract with one object `queries` that is the table `table` on each of the servers.
fn contract(id: &str, table: &str, servers: &[&[(&str, &str)]]) -> Contract {
    let servers = servers.iter().map(|fields| {
        let fields = fields.iter().map(|(key, value)| {
            let bare = *key == "port";
            if bare {
                format!("{key}: {value}")
            } else {
                format!("{key}: '{value}'")
            }
        });
        format!("  - {{{}}}\n", fields.collect::<Vec<_>>().join(", "))
    });
    let text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: {id}\nversion: 1.0.0\nstatus: active\n\
         schema:\n  - {{name: queries, physicalName: '{table}'}}\nservers:\n{}",
        servers.collect::<String>()
    );
    read_contract("c.odcs.yaml", text.as_bytes()).value.unwrap()
}

fn resolve(
    contracts: &[Contract],
    catalogs: &[(&str, &str)],
    namespace: &str,
    name: &str,
) -> Option<String> {
    let catalogs = catalogs
        .iter()
        .map(|(c, s)| ((*c).to_owned(), (*s).to_owned()));
    let resolver = Resolver::new(contracts, catalogs);
    resolver
        .resolve(&Name::new(namespace, name), &[])
        .map(|object| object.contract)
}

#[test]
fn trino_and_spark_mean_the_same_table() {
    let lake = contract(
        "lake",
        "q",
        &[&[
            ("server", "lake-br"),
            ("type", "trino"),
            ("host", "127.0.0.1"),
            ("port", "18080"),
            ("catalog", "dns"),
            ("schema", "r"),
        ]],
    );
    let resolver = Resolver::new([&lake], []);
    let trino = resolver.node(&Name::new("trino://127.0.0.1:18080", "dns.r.q"), &[]);
    let spark = resolver.node(
        &Name::new("file", "/lake/wh/r/q"),
        &[Name::new("file:/lake/wh", "r.q")],
    );
    assert_eq!(trino, NodeId::Contract("lake".to_owned()));
    assert_eq!(spark, trino);
}

#[test]
fn a_name_may_leave_out_the_front_but_not_contradict_it() {
    let full: &[(&str, &str)] = &[
        ("server", "s"),
        ("type", "trino"),
        ("host", "127.0.0.1"),
        ("port", "18080"),
        ("catalog", "dns"),
        ("schema", "r"),
    ];
    let contracts = [contract("lake", "Q", &[full])];
    let lake = Some("lake".to_owned());
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "r.q"),
        lake
    );
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "DNS.r.\"q\""),
        lake
    );
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "q"),
        None
    );
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "other.r.q"),
        None
    );
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "dns.other.q"),
        None
    );
}

#[test]
fn an_engine_catalog_stands_for_the_server_it_serves() {
    let contracts = [
        contract(
            "br",
            "q",
            &[&[("server", "lake-br"), ("type", "custom"), ("schema", "r")]],
        ),
        contract(
            "de",
            "q",
            &[&[("server", "lake-de"), ("type", "custom"), ("schema", "r")]],
        ),
    ];
    assert_eq!(
        resolve(&contracts, &[], "trino://127.0.0.1:18080", "dns.r.q"),
        None,
        "two could be meant"
    );
    let catalogs = [("dns", "lake-br")];
    assert_eq!(
        resolve(&contracts, &catalogs, "trino://127.0.0.1:18080", "dns.r.q"),
        Some("br".to_owned())
    );
    assert_eq!(
        resolve(&contracts, &catalogs, "trino://127.0.0.1:18080", "dns.x.q"),
        None
    );
}

#[test]
fn another_host_is_another_table() {
    let home: &[(&str, &str)] = &[
        ("server", "s"),
        ("type", "postgres"),
        ("host", "Db1"),
        ("port", "5432"),
        ("database", "dns"),
        ("schema", "r"),
    ];
    let contracts = [contract("pg", "q", &[home])];
    assert_eq!(
        resolve(&contracts, &[], "postgres://db1:5432", "dns.r.q"),
        Some("pg".to_owned())
    );
    assert_eq!(
        resolve(&contracts, &[], "postgres://db2:5432", "dns.r.q"),
        None
    );
}

#[test]
fn a_query_engine_goes_by_many_names() {
    let home: &[(&str, &str)] = &[
        ("server", "lake-br"),
        ("type", "trino"),
        ("host", "trino.br.example.net"),
        ("port", "8443"),
        ("catalog", "dns"),
        ("schema", "r"),
    ];
    let mut away = home.to_vec();
    away[0] = ("server", "lake-de");
    away[2] = ("host", "trino.de.example.net");
    let one = [contract("br", "q", &[home])];
    let br = Some("br".to_owned());
    assert_eq!(resolve(&one, &[], "trino://127.0.0.1:8080", "dns.r.q"), br);
    assert_eq!(resolve(&one, &[], "trino://127.0.0.1:8080", "r.q"), None);
    let two = [contract("br", "q", &[home]), contract("de", "q", &[&away])];
    assert_eq!(
        resolve(&two, &[], "trino://127.0.0.1:8080", "dns.r.q"),
        None
    );
    assert_eq!(
        resolve(&two, &[], "trino://trino.br.example.net:8443", "dns.r.q"),
        br
    );
}

#[test]
fn a_topic_needs_its_broker() {
    let broker: &[(&str, &str)] = &[
        ("server", "k"),
        ("type", "kafka"),
        ("host", "k1"),
        ("port", "9092"),
    ];
    let contracts = [contract("stream", "queries", &[broker])];
    assert_eq!(
        resolve(&contracts, &[], "kafka://k1:9092", "queries"),
        Some("stream".to_owned())
    );
    assert_eq!(resolve(&contracts, &[], "kafka://k2:9092", "queries"), None);
    assert_eq!(resolve(&contracts, &[], "file", "queries"), None);
}

#[test]
fn a_place_is_known_in_each_spelling() {
    let place: &[(&str, &str)] = &[
        ("server", "s"),
        ("type", "s3"),
        ("location", "s3://lake/dns/{model}/*.parquet"),
    ];
    let contracts = [contract("files", "q", &[place])];
    for (namespace, name) in [
        ("s3://lake", "dns/q"),
        ("s3a://lake", "/dns/q/"),
        ("s3://lake/", "dns/q/*.parquet"),
    ] {
        assert_eq!(
            resolve(&contracts, &[], namespace, name),
            Some("files".to_owned()),
            "{namespace} {name}"
        );
    }
    assert_eq!(resolve(&contracts, &[], "s3://lake", "dns/q2"), None);
    let local: &[(&str, &str)] = &[("server", "s"), ("type", "custom"), ("path", "/lake/wh")];
    let contracts = [contract(
        "local",
        "q",
        &[&[local, &[("schema", "r")]].concat()],
    )];
    assert_eq!(
        resolve(&contracts, &[], "file", "/lake/wh/r/q"),
        Some("local".to_owned())
    );
    assert_eq!(resolve(&contracts, &[], "file", "/lake/wh/r/q2"), None);
}

#[test]
fn an_unclaimed_dataset_goes_by_its_table_name() {
    let resolver = Resolver::default();
    let table = Name::new("hive://h:9083", "r.q");
    let by_path = resolver.node(
        &Name::new("hdfs://h", "/wh/r/q"),
        std::slice::from_ref(&table),
    );
    assert_eq!(by_path, resolver.node(&table, &[]));
}
