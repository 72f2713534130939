//! Masks and filters in SQL: literals that stay inside their quotes, and what a dialect lacks.

mod evaluate;
mod postgresql;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sqlparser::dialect::{
    ClickHouseDialect, DatabricksDialect, Dialect as Grammar, GenericDialect, PostgreSqlDialect,
};
use sqlparser::tokenizer::{Token, Tokenizer};
use zonecut_mask::{LogicalType, Mask, Meaning};
use zonecut_policy::filter::{Column, Comparison, Literal, Operand, Position, Predicate};
use zonecut_policy::lower::{self, ColumnRef, Dialect, Target};

use crate::world::Choices;

/// A column of each kind that masks and filters tell apart: name, SQL type, what it means.
fn columns() -> Vec<(Vec<String>, &'static str, Meaning)> {
    let meaning = |logical| Meaning {
        address: false,
        name: false,
        logical,
    };
    let named = |name: &str| vec![name.to_owned()];
    vec![
        (
            named("addr"),
            "text",
            Meaning {
                address: true,
                ..meaning(LogicalType::Text)
            },
        ),
        (
            named("qname"),
            "text",
            Meaning {
                name: true,
                ..meaning(LogicalType::Text)
            },
        ),
        (named("txt"), "text", meaning(LogicalType::Text)),
        (named("num"), "bigint", meaning(LogicalType::Integer)),
        (
            named("real"),
            "double precision",
            meaning(LogicalType::Number),
        ),
        (named("at"), "timestamp", meaning(LogicalType::Timestamp)),
        (named("select"), "boolean", meaning(LogicalType::Boolean)),
    ]
}

fn column<'a>(
    columns: &'a [(Vec<String>, &'static str, Meaning)],
    name: &str,
) -> Option<ColumnRef<'a>> {
    let found = columns.iter().find(|(names, _, _)| names[0] == name)?;
    Some(ColumnRef {
        names: &found.0,
        item: false,
        meaning: found.2,
        physical_type: Some(found.1),
    })
}

fn masks() -> Vec<(&'static str, Json)> {
    let mut masks = vec![
        ("txt", json!({"type": "null"})),
        (
            "txt",
            json!({"type": "constant", "value": "it's \\ \"quoted\""}),
        ),
        ("num", json!({"type": "constant", "value": -7})),
        ("select", json!({"type": "constant", "value": true})),
        (
            "txt",
            json!({"type": "enum-group", "groups": {"NOERROR": "ok", "it's": "x\\'y"}, "other": "other"}),
        ),
        (
            "txt",
            json!({"type": "enum-group", "groups": {"NOERROR": "ok"}}),
        ),
        ("qname", json!({"type": "domain", "to": "tld"})),
        ("qname", json!({"type": "domain", "labels": 2})),
        ("qname", json!({"type": "domain", "labels": 3})),
        ("qname", json!({"type": "domain", "to": "registrable"})),
        ("at", json!({"type": "time-bucket", "seconds": 3600})),
        ("at", json!({"type": "time-bucket", "seconds": 7})),
        ("num", json!({"type": "number-bucket", "size": 5})),
        (
            "num",
            json!({"type": "number-bucket", "size": 3_000_000_000_u64}),
        ),
        ("real", json!({"type": "number-bucket", "size": 4})),
        (
            "addr",
            json!({"type": "ip-pseudonym", "key": "mesh", "epoch": 1}),
        ),
    ];
    for (first, last) in [(2, 0), (0, 2), (1, 3)] {
        masks.push((
            "txt",
            json!({"type": "partial", "first": first, "last": last}),
        ));
    }
    for (v4, v6) in [(24, 48), (0, 0), (32, 64), (31, 128), (20, 97)] {
        masks.push(("addr", json!({"type": "ip-prefix", "v4": v4, "v6": v6})));
    }
    masks.push(("addr", json!({"type": "ip-prefix", "v6": 48})));
    masks
}

fn target(dialect: Dialect, functions: &BTreeMap<String, String>) -> Target<'_> {
    Target { dialect, functions }
}

fn grammar(dialect: Dialect) -> Box<dyn Grammar> {
    match dialect {
        Dialect::PostgreSql => Box::new(PostgreSqlDialect {}),
        Dialect::ClickHouse => Box::new(ClickHouseDialect {}),
        Dialect::Spark => Box::new(DatabricksDialect {}),
        _ => Box::new(GenericDialect {}),
    }
}

/// Five hundred strings of the characters that end literals and begin comments.
#[test]
fn hostile_strings_never_leave_their_literal() {
    let columns = columns();
    let mut choices = Choices(500);
    let alphabet = [
        "'", "\"", "\\", "`", "--", "/*", "*/", ";", "$$", "\n", "%", "é", "a", " OR 1=1", "E'",
        "{",
    ];
    for _ in 0..500 {
        let hostile: String = (0..choices.below(9))
            .map(|_| choices.one(&alphabet))
            .collect();
        let equals = Predicate::Compare {
            left: Operand::Column(Column {
                path: "txt".to_owned(),
                at: Position::START,
            }),
            op: Comparison::Equal,
            right: Operand::Literal(Literal::Text(hostile.clone())),
        };
        for dialect in Dialect::ALL {
            let sql = lower::filter(&equals, Some(dialect), &|name| column(&columns, name));
            let grammar = grammar(dialect);
            let tokens = Tokenizer::new(&*grammar, &sql)
                .tokenize()
                .unwrap_or_else(|error| panic!("{dialect:?} {sql}: {error}"));
            let words: Vec<_> = tokens
                .into_iter()
                .filter(|token| !matches!(token, Token::Whitespace(_)))
                .collect();
            let [
                _,
                Token::Eq,
                Token::SingleQuotedString(text) | Token::EscapedStringLiteral(text),
            ] = words.as_slice()
            else {
                panic!("{dialect:?}: {sql} is {words:?}");
            };
            assert_eq!(*text, hostile, "{dialect:?}: {sql}");
        }
    }
}

#[test]
fn what_a_dialect_cannot_express_is_dominated_and_said() {
    let columns = columns();
    let functions = BTreeMap::from([
        ("ip-pseudonym".to_owned(), "zonecut_ip_pseudonym".to_owned()),
        ("domain".to_owned(), "registrable".to_owned()),
    ]);
    let none = BTreeMap::new();
    let lowered = |dialect, name: &str, document: &Json, functions| {
        let mask = Mask::from_json(document).expect("valid");
        lower::mask(
            &mask,
            column(&columns, name).expect("there"),
            target(dialect, functions),
        )
    };
    let pseudonym = json!({"type": "ip-pseudonym", "key": "mesh-2026", "epoch": 3});
    assert_eq!(
        lowered(Dialect::Trino, "addr", &pseudonym, &functions).expression,
        "zonecut_ip_pseudonym(addr, 'mesh-2026', 3)"
    );
    let registrable = json!({"type": "domain", "to": "registrable"});
    assert_eq!(
        lowered(Dialect::Trino, "qname", &registrable, &functions).expression,
        "registrable(qname)"
    );
    for dialect in Dialect::ALL {
        for (name, document) in masks() {
            let mask = Mask::from_json(&document).expect("valid");
            let lowered = lowered(dialect, name, &document, &none);
            match &lowered.enforced {
                Some((enforced, why)) => {
                    assert!(mask.leq(enforced) && *enforced != mask && !why.is_empty());
                }
                None => assert!(
                    mask.keyed().is_none() && (mask == Mask::Null || lowered.expression != "NULL")
                ),
            }
            let tokens = Tokenizer::new(&*grammar(dialect), &lowered.expression).tokenize();
            assert!(tokens.is_ok(), "{dialect:?}: {}", lowered.expression);
        }
    }
}

#[test]
fn masks_in_trino() {
    let (columns, functions) = (columns(), BTreeMap::new());
    let lines = masks().into_iter().map(|(name, document)| {
        let mask = Mask::from_json(&document).expect("valid");
        let lowered = lower::mask(
            &mask,
            column(&columns, name).expect("there"),
            target(Dialect::Trino, &functions),
        );
        let enforced = lowered.enforced.map(|(mask, why)| {
            format!(
                "\n    enforced {}: {why}",
                serde_json::to_string(&mask).expect("JSON")
            )
        });
        format!(
            "{document}\n    {}{}",
            lowered.expression,
            enforced.unwrap_or_default()
        )
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_words_of_a_filter_are_that_filter() {
    for text in [
        "resolver_country = 'BR' and not (rcode in (0, 3) or qname like '%.br')",
        "\"query time\" is null",
        "\"select\" = \"it's\".\"\"\"quoted\"\"\"",
        "\"principal\".\"user\" = principal.user",
        "\"principal\".groups in principal.groups",
    ] {
        let predicate = Predicate::parse(text).unwrap();
        let words = lower::filter(&predicate, None, &|_| None);
        assert_eq!(Predicate::parse(&words).as_ref(), Ok(&predicate), "{words}");
    }
}
