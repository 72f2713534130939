//! What is asked, always about one object: ten columns of the shipped mesh, or any number of a
//! generated contract.

use serde_json::{Value, json};

use crate::documents;

/// An analyst in operations: one column masked to networks, one to registrable domains, one denied,
/// rows filtered.
#[must_use]
pub fn masked() -> Value {
    question("analyst-1", "noc-br", "trino-br", "operations")
}

/// A threat hunter in an incident: everything is clear.
#[must_use]
pub fn clear() -> Value {
    question("hunter-1", "csirt", "trino-br-csirt", "incident-response")
}

fn question(user: &str, group: &str, engine: &str, purpose: &str) -> Value {
    json!({
        "principal": {"user": user, "groups": [group]},
        "action": "select",
        "engine": engine,
        "purpose": purpose,
        "objects": [{
            "contract": "recursive-queries-br",
            "object": "queries",
            "columns": [
                "query_time", "client_ip", "ecs", "qname", "qtype",
                "rcode", "latency", "transport", "resolver_site", "resolver_country",
            ],
        }],
    })
}

/// A reader of [`documents::policies`], about that many columns of the generated contract.
#[must_use]
pub fn generated(columns: usize) -> Value {
    let columns: Vec<_> = (0..columns).map(documents::name).collect();
    json!({
        "principal": {"user": "reader-1", "groups": ["readers"]},
        "action": "select",
        "objects": [{"contract": "large", "object": "object_0", "columns": columns}],
    })
}
