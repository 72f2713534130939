//! The documents, against the standards and each other.

use std::collections::BTreeSet;

use zonecut_contract::Contract;

use super::{contracts, products, yaml};
use crate::checkout::read;

fn domains() -> BTreeSet<String> {
    let list = yaml("domains.yaml", &read("domains.yaml"));
    let domains = list.as_array().expect("domains.yaml is a list");
    domains
        .iter()
        .map(|domain| {
            domain["name"]
                .as_str()
                .expect("a domain has a name")
                .to_owned()
        })
        .collect()
}

#[test]
fn contracts_are_named_by_id_and_version() {
    for (file, contract) in contracts() {
        assert_eq!(
            file,
            format!("{}-{}.odcs.yaml", contract.id, contract.version)
        );
        assert_eq!(
            (contract.status.as_str(), contract.api_version.as_str()),
            ("active", "v3.1.0"),
            "{file}"
        );
    }
}

#[test]
fn lint_has_nothing_to_say() {
    for (file, contract) in contracts() {
        assert_eq!(zonecut_contract::lint(&contract), [], "{file}");
    }
    for (file, product) in products() {
        assert_eq!(zonecut_contract::lint_product(&product), [], "{file}");
    }
}

#[test]
fn every_contract_says_who_where_and_how_well() {
    let domains = domains();
    for (file, contract) in contracts() {
        assert!(
            contract
                .domain
                .as_ref()
                .is_some_and(|domain| domains.contains(domain)),
            "{file}: domain"
        );
        assert!(!contract.owners().is_empty(), "{file}: owner");
        assert!(!contract.support.is_empty(), "{file}: support");
        assert!(
            contract
                .servers
                .iter()
                .any(|server| server.region.is_some()),
            "{file}: a server with a region"
        );
        for promise in ["freshness", "availability", "retention"] {
            assert!(
                contract.sla.iter().any(|sla| sla.property == promise),
                "{file}: {promise}"
            );
        }
        for sla in &contract.sla {
            assert!(
                sla.element
                    .as_deref()
                    .is_some_and(|element| resolves(&contract, element)),
                "{file}: {sla:?}"
            );
        }
    }
}

/// Whether an SLA's `object` or `object.column` is in the contract.
fn resolves(contract: &Contract, element: &str) -> bool {
    let (object, path) = element.split_once('.').unwrap_or((element, ""));
    contract.object(object).is_some_and(|object| {
        path.is_empty()
            || contract
                .columns(object)
                .iter()
                .any(|column| column.path == path)
    })
}

#[test]
fn every_column_is_classified_and_described() {
    for (file, contract) in contracts() {
        for object in contract.objects() {
            for column in contract.columns(object) {
                let place = format!("{file}: {}.{}", object.name, column.path);
                assert!(
                    column.classification.is_some() || !column.element.is_leaf(),
                    "{place} has no classification"
                );
                assert!(
                    column.element.description.is_some(),
                    "{place} has no description"
                );
                let personal = column.tags.contains(&"pii");
                let class = column.classification.unwrap_or_default();
                assert!(
                    !personal || ["confidential", "restricted"].contains(&class),
                    "{place} is personal and {class}"
                );
            }
        }
    }
}

#[test]
fn products_offer_versions_that_are_there() {
    let domains = domains();
    let contracts = contracts();
    let products = products();
    for (file, product) in &products {
        assert_eq!(*file, format!("{}.odps.yaml", product.id));
        assert!(
            product
                .domain
                .as_ref()
                .is_some_and(|domain| domains.contains(domain)),
            "{file}: domain"
        );
        assert!(
            !product.output_ports.is_empty(),
            "{file}: a product offers something"
        );
        for port in product.output_ports.iter().chain(&product.input_ports) {
            let found = contracts.iter().find(|(_, contract)| {
                port.contract_id.as_ref() == Some(&contract.id)
                    && port.version.as_ref() == Some(&contract.version)
            });
            assert!(
                found.is_some(),
                "{file}: port `{}` names no contract version that is there",
                port.name
            );
        }
    }
    for (file, contract) in &contracts {
        let offered = products.iter().any(|(_, product)| {
            product.domain == contract.domain
                && product
                    .output_ports
                    .iter()
                    .any(|port| port.contract_id.as_ref() == Some(&contract.id))
        });
        assert!(offered, "{file}: no product of its domain offers it");
    }
}

#[test]
fn the_mesh_has_the_domains_and_products_it_is_known_for() {
    assert_eq!(
        domains(),
        ["authoritative", "edge", "privacy", "resolvers"]
            .map(str::to_owned)
            .into()
    );
    let ids: Vec<_> = products()
        .into_iter()
        .map(|(_, product)| product.id)
        .collect();
    let known = [
        "authoritative-latency-de",
        "edge-cache-hits",
        "nxdomain-hourly-br",
        "recursive-queries-br",
        "rssac002",
        "zeek-dns",
    ];
    assert_eq!(ids, known);
}
