//! The same values from PostgreSQL's SQL as from our own evaluation, where a server is at hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use zonecut_mask::{Mask, Value};
use zonecut_policy::filter::Predicate;
use zonecut_policy::lower::{self, Dialect};

use super::evaluate::{Truth, evaluate};
use super::{column, columns, masks, target};
use crate::world::Choices;

const TEXTS: [&str; 20] = [
    "",
    "a",
    "ab",
    "abc",
    "it's",
    "NOERROR",
    "x\\y",
    "éàü",
    "日本語",
    "%_",
    "a b",
    "--",
    "'; drop table t; --",
    "\"",
    "\n",
    "\u{1f600}!",
    "abcdefgh",
    "A",
    "Z",
    "a'",
];
const NAMES: [&str; 14] = [
    "",
    ".",
    "com",
    "com.",
    "example.com",
    "www.example.com.",
    "a.b.c.d.e",
    "a..b",
    ".com",
    "co.uk",
    "WWW.Example.COM",
    "x y.z",
    "é.com",
    "a.b..",
];
const ADDRESSES: [&str; 26] = [
    "192.0.2.1",
    "0.0.0.0",
    "255.255.255.255",
    "10.1.2.3",
    "01.2.3.4",
    "256.1.1.1",
    "1.2.3",
    "192.0.2.1/24",
    "2001:db8::1",
    "2001:DB8:1:2:3:4:5:6",
    "::",
    "::1",
    "::ffff:192.0.2.77",
    "::ffff:c000:24d",
    "::1.2.3.4",
    "1:2:3:4:5:6:1.2.3.4",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "1::2::3",
    "fe80::1%eth0",
    "",
    "x",
    "1:2:3:4:5:6:7:8:9",
    "2001:db8:0:0:1:0:0:1",
    " 192.0.2.1",
];

/// Values of a column, NULL first.
fn values(name: &str, choices: &mut Choices) -> Vec<Value> {
    let texts = |list: &[&str]| {
        list.iter()
            .map(|text| Value::Text((*text).to_owned()))
            .collect::<Vec<_>>()
    };
    let mut values = match name {
        "addr" => texts(&ADDRESSES),
        "qname" => texts(&NAMES),
        "txt" => texts(&TEXTS),
        "num" => [
            0,
            1,
            -1,
            5,
            -5,
            7,
            4_611_686_018_427_387_904,
            -4_611_686_018_427_387_904,
        ]
        .map(Value::Integer)
        .to_vec(),
        "real" => [0.0, 0.5, -0.5, 4.0, -4.0, 1e15]
            .map(Value::Number)
            .to_vec(),
        "at" => [0, 1, -1, 1_780_000_000_123_456, -3_600_000_000]
            .map(Value::Timestamp)
            .to_vec(),
        _ => [true, false].map(Value::Boolean).to_vec(),
    };
    if name == "num" {
        values.extend((0..10).map(|_| {
            Value::Integer(i64::try_from(choices.below(1 << 40)).expect("small") - (1 << 39))
        }));
    }
    values.insert(0, Value::Null);
    values
}

fn string(text: &str) -> String {
    format!(
        "E'{}'",
        text.replace('\\', "\\\\")
            .replace('\'', "\\'")
            .replace('\n', "\\n")
    )
}

/// A value as PostgreSQL reads it in a plain column, written independently of the crate.
fn sql_value(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => format!("{number:?}"),
        Value::Text(text) => string(text),
        Value::Timestamp(micros) => {
            format!("(TIMESTAMP '1970-01-01' + {micros} * INTERVAL '1 microsecond')")
        }
    }
}

/// Runs a script in the PostgreSQL that the tests are given; none where there is none.
fn postgresql(script: &str) -> Option<String> {
    let Ok(url) = std::env::var("DATABASE_URL") else {
        println!("skipped: postgresql: DATABASE_URL names no server");
        return None;
    };
    let started = Command::new("psql")
        .args(["-XqAt", "-v", "ON_ERROR_STOP=1", &url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        println!("skipped: postgresql: psql is not on the path");
        return None;
    };
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(script.as_bytes())
        .expect("written");
    let output = child.wait_with_output().expect("run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Each check is a row: its number where SQL and we differ.
fn differing(checks: &[(String, String)]) -> Option<Vec<(usize, String)>> {
    let mut script = String::from("SET client_min_messages = error;\n");
    for (index, (row, condition)) in checks.iter().enumerate() {
        writeln!(
            script,
            "SELECT {index} || '|' || to_json(t) FROM ({row}) AS t WHERE NOT ({condition});"
        )
        .expect("a string takes all");
    }
    let output = postgresql(&script)?;
    let line = |line: &str| {
        let (index, shown) = line.split_once('|').expect("index and row");
        (index.parse().expect("a number"), shown.to_owned())
    };
    Some(output.lines().map(line).collect())
}

#[test]
fn masks_in_postgresql_show_what_we_show() {
    let (columns, functions) = (columns(), BTreeMap::new());
    let mut choices = Choices(7);
    let mut checks = Vec::new();
    for (name, document) in masks() {
        let mask = Mask::from_json(&document).expect("valid");
        let column = column(&columns, name).expect("there");
        let lowered = lower::mask(&mask, column, target(Dialect::PostgreSql, &functions));
        let effective = lowered
            .enforced
            .as_ref()
            .map_or(&mask, |(enforced, _)| enforced);
        assert!(mask.leq(effective));
        for value in values(name, &mut choices) {
            let shown = effective.apply(&value, None).expect("without a key");
            let row = format!(
                "SELECT ({})::{} AS {name}",
                sql_value(&value),
                column.physical_type.expect("typed")
            );
            let row = row.replace("AS select", "AS \"select\"");
            let condition = format!(
                "({}) IS NOT DISTINCT FROM {}",
                lowered.expression,
                sql_value(&shown)
            );
            checks.push((row, condition));
        }
    }
    if let Some(differing) = differing(&checks) {
        let shown: Vec<_> = differing
            .iter()
            .map(|(index, row)| format!("{row}\n  {}", checks[*index].1))
            .collect();
        assert!(
            shown.is_empty(),
            "{} of {}\n{}",
            shown.len(),
            checks.len(),
            shown.join("\n")
        );
    }
}

const FILTERS: [&str; 24] = [
    "txt = 'it''s'",
    "txt <> 'a'",
    "txt < 'b'",
    "txt >= 'Z'",
    "txt in ('a', 'x\\y')",
    "not (txt in ('a', '日本語'))",
    "txt not in ('a')",
    "txt between 'A' and 'a'",
    "txt like 'a%'",
    "txt like '_b_'",
    "txt not like '%''%'",
    "txt is null",
    "txt is not null",
    "num > 3 and num <= 7",
    "num = 5 or txt is null",
    "num between -5 and 5",
    "num < 0.5",
    "real >= -0.5",
    "real = 4",
    "at < timestamp '1970-01-01 00:00:01'",
    "\"select\" = true",
    "\"select\" <> false or not (num = 1)",
    "txt = principal.user",
    "txt in principal.groups",
];

#[test]
fn filters_in_postgresql_keep_the_rows_we_keep() {
    let columns = columns();
    let mut choices = Choices(11);
    let mut checks = Vec::new();
    for text in FILTERS {
        let predicate = Predicate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        for groups in [&["a", "it's"][..], &[]] {
            let bound = predicate.bind("x\\y", groups);
            let expression = lower::filter(&bound, Some(Dialect::PostgreSql), &|name| {
                column(&columns, name)
            });
            for _ in 0..12 {
                let mut row: Vec<(&str, &str, Value)> = Vec::new();
                for (names, physical, _) in &columns {
                    let values = values(&names[0], &mut choices);
                    row.push((
                        &names[0],
                        physical,
                        values[choices.below(values.len())].clone(),
                    ));
                }
                let read = |name: &str| {
                    row.iter()
                        .find(|(own, _, _)| *own == name)
                        .map_or(Value::Null, |(_, _, value)| value.clone())
                };
                let kept = evaluate(&bound, &read) == Truth::True;
                let cells: Vec<_> = row
                    .iter()
                    .map(|(name, physical, value)| {
                        format!("({})::{physical} AS \"{name}\"", sql_value(value))
                    })
                    .collect();
                checks.push((
                    format!("SELECT {}", cells.join(", ")),
                    format!("(({expression}) IS TRUE) = {kept}"),
                ));
            }
        }
    }
    if let Some(differing) = differing(&checks) {
        let shown: Vec<_> = differing
            .iter()
            .map(|(index, row)| format!("{row}\n  {}", checks[*index].1))
            .collect();
        assert!(
            shown.is_empty(),
            "{} of {}\n{}",
            shown.len(),
            checks.len(),
            shown.join("\n")
        );
    }
}
