//! What worlds are made of, at random.

use serde_json::{Value, json};
use zonecut_policy::Agreement;

use super::{
    ACTIONS, CLASSES, CLOUDS, CONTRACTS, Choices, Column, Contract, DOMAINS, EARLIER, ENGINES,
    GROUPS, LATER, PATHS, PRODUCTS, PURPOSES, Product, REGIONS, ROLES, RoleDocument, Rule,
    RuleDocument, Subjects, TAGS, TYPES, USERS, When, moment,
};

pub fn contract(id: &str, choices: &mut Choices) -> Contract {
    let roles = (0..choices.below(2)).map(|_| {
        (
            choices.one(&ROLES).to_owned(),
            choices.one(&["read", "write", "read"]).to_owned(),
        )
    });
    let roles = roles.collect();
    let leaf = |name: &str, logical, semantic: Option<&str>, choices: &mut Choices| {
        column(name, logical, semantic, choices)
    };
    let mut structure = leaf("s", "object", None, choices);
    structure.properties = vec![
        leaf("a", "string", None, choices),
        leaf("b", "string", Some("net.client_ip"), choices),
    ];
    let mut list = leaf("l", "array", None, choices);
    let mut item = Column {
        tags: Vec::new(),
        class: None,
        ..leaf("", "object", None, choices)
    };
    item.properties = vec![leaf("x", "string", None, choices)];
    list.items = Some(Box::new(item));
    Contract {
        id: id.to_owned(),
        domain: choices.chance(92).then(|| choices.one(&DOMAINS).to_owned()),
        status: if choices.chance(94) {
            "active"
        } else {
            choices.one(&["draft", "retired", "deprecated"])
        }
        .to_owned(),
        tags: if choices.chance(20) {
            choices.some(&TAGS)
        } else {
            Vec::new()
        },
        roles,
        columns: vec![
            leaf("addr", "string", Some("net.client_ip"), choices),
            leaf("name", "string", Some("dns.qname"), choices),
            leaf("num", "integer", None, choices),
            leaf("txt", "string", None, choices),
            structure,
            list,
        ],
    }
}

fn column(
    name: &str,
    logical: &'static str,
    semantic: Option<&str>,
    choices: &mut Choices,
) -> Column {
    Column {
        name: name.to_owned(),
        logical,
        tags: if choices.chance(20) {
            choices.some(&TAGS)
        } else {
            Vec::new()
        },
        class: choices.chance(50).then(|| choices.one(&CLASSES).to_owned()),
        semantic: semantic.map(ToOwned::to_owned),
        properties: Vec::new(),
        items: None,
    }
}

pub fn product(id: &str, choices: &mut Choices) -> Product {
    Product {
        id: id.to_owned(),
        domain: choices.one(&DOMAINS).to_owned(),
        contracts: choices.some(&CONTRACTS),
    }
}

pub fn role_document(index: usize, choices: &mut Choices) -> RoleDocument {
    let roles = ROLES
        .iter()
        .enumerate()
        .filter(|_| choices.chance(70))
        .collect::<Vec<_>>();
    let roles = roles.into_iter().map(|(number, role)| {
        let inherits = if number > 0 && choices.chance(50) {
            vec![ROLES[choices.below(number)].to_owned()]
        } else {
            Vec::new()
        };
        ((*role).to_owned(), inherits)
    });
    let roles = roles.collect();
    let bindings = (0..=choices.below(3)).map(|_| {
        let users = if choices.chance(50) {
            choices.some(&USERS[..3])
        } else {
            Vec::new()
        };
        let groups = if users.is_empty() || choices.chance(50) {
            choices.some(&GROUPS)
        } else {
            Vec::new()
        };
        (choices.one(&ROLES).to_owned(), users, groups)
    });
    RoleDocument {
        name: format!("roles{index}"),
        domain: if index == 0 {
            None
        } else {
            Some(DOMAINS[index - 1].to_owned())
        },
        roles,
        bindings: bindings.collect(),
    }
}

pub fn rule_document(index: usize, choices: &mut Choices) -> RuleDocument {
    let guardrail = choices.chance(25);
    let kinds: &[&'static str] = if guardrail {
        &["denies", "masks", "masks", "filters"]
    } else {
        &[
            "grants", "grants", "grants", "grants", "grants", "denies", "masks", "masks", "filters",
        ]
    };
    RuleDocument {
        name: format!("rules{index}"),
        domain: (!guardrail).then(|| choices.one(&DOMAINS).to_owned()),
        products: choices.maybe(20, &PRODUCTS),
        contracts: choices.maybe(15, &CONTRACTS),
        tags: choices.maybe(8, &TAGS),
        domains: choices.maybe(8, &DOMAINS),
        rules: (0..=choices.below(4))
            .map(|_| rule(choices.one(kinds), choices))
            .collect(),
    }
}

/// One rule of a kind.
pub fn rule(kind: &'static str, choices: &mut Choices) -> Rule {
    let grant = kind == "grants";
    let mut to = if grant || choices.chance(30) {
        subjects(choices)
    } else {
        Subjects::default()
    };
    if grant && to.users.is_none() && to.groups.is_none() && to.roles.is_none() {
        to.roles = Some(choices.some(&ROLES));
    }
    let about_columns = kind != "filters";
    Rule {
        kind,
        to,
        actions: (matches!(kind, "grants" | "denies") && choices.chance(30))
            .then(|| choices.some(&ACTIONS)),
        names: if about_columns {
            choices.maybe(if grant { 10 } else { 35 }, &PATHS)
        } else {
            None
        },
        tags: if about_columns {
            choices.maybe(12, &TAGS)
        } else {
            None
        },
        classes: if about_columns {
            choices.maybe(15, &CLASSES)
        } else {
            None
        },
        types: if about_columns {
            choices.maybe(if kind == "masks" { 25 } else { 8 }, &TYPES)
        } else {
            None
        },
        when: if choices.chance(if grant { 40 } else { 25 }) {
            when(choices)
        } else {
            When::default()
        },
        unless: (!grant && choices.chance(35)).then(|| exemption(choices)),
        what: match kind {
            "masks" => mask(choices),
            "filters" => json!(choices.one(&[
                "num > 3",
                "num > 3",
                "txt = principal.user",
                "txt in principal.groups",
                "txt is not null"
            ])),
            _ => Value::Null,
        },
    }
}

fn subjects(choices: &mut Choices) -> Subjects {
    Subjects {
        users: choices.maybe(20, &USERS[..3]),
        groups: choices.maybe(25, &GROUPS),
        roles: choices.maybe(60, &ROLES),
    }
}

fn when(choices: &mut Choices) -> When {
    When {
        purposes: choices.maybe(50, &PURPOSES),
        regions: choices.maybe(30, &REGIONS),
        clouds: choices.maybe(30, &CLOUDS),
        engines: choices.maybe(15, &ENGINES),
        agreement: choices.chance(12),
        from: choices.chance(10).then_some("2026-01-01T00:00:00Z"),
        until: choices
            .chance(10)
            .then(|| choices.one(&["2026-02-02T00:00:00Z", "2026-12-02T00:00:00Z"])),
    }
}

fn exemption(choices: &mut Choices) -> (Subjects, When) {
    let (mut to, when) = (
        subjects(choices),
        if choices.chance(50) {
            when(choices)
        } else {
            When::default()
        },
    );
    if to.json().is_none() && when.json().is_none() {
        to.roles = Some(choices.some(&ROLES));
    }
    (to, when)
}

fn mask(choices: &mut Choices) -> Value {
    match choices.below(9) {
        0 => json!({"type": null}),
        1 => json!({"type": "constant", "value": "redacted"}),
        2 => json!({"type": "partial", "first": choices.below(3), "last": 1}),
        3 => {
            json!({"type": "ip-prefix", "v4": choices.one(&[16, 24]), "v6": choices.one(&[32, 48])})
        }
        4 => json!({"type": "ip-prefix", "v4": 24}),
        5 => json!({"type": "domain", "to": choices.one(&["registrable", "tld"])}),
        6 => json!({"type": "domain", "labels": 2 + choices.below(2)}),
        7 => json!({"type": "number-bucket", "size": choices.one(&[4, 6, 10])}),
        _ => json!({"type": "hash-keyed", "key": "k", "epoch": choices.below(2)}),
    }
}

pub fn agreement(index: usize, choices: &mut Choices) -> Agreement {
    let users: Vec<String> = if choices.chance(60) {
        choices.some(&USERS[..3])
    } else {
        Vec::new()
    };
    Agreement {
        id: format!("a{index}"),
        groups: if users.is_empty() {
            choices.some(&GROUPS)
        } else {
            Vec::new()
        },
        users,
        product: choices.one(&PRODUCTS).to_owned(),
        columns: choices.chance(30).then(|| choices.some(&PATHS)),
        purpose: choices.one(&PURPOSES).to_owned(),
        from: choices
            .chance(30)
            .then(|| moment(choices.one(&[EARLIER, LATER]))),
        until: moment(choices.one(&[EARLIER, LATER, LATER])),
    }
}
