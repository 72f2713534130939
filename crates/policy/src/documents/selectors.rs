//! `applies`, `to`, `columns`, `when`, `unless`.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use zonecut_contract::node::Node;

use super::{Applies, ColumnSelector, Conditions, Exemption, Subjects, TimeRange};
use zonecut_contract::strict::{Reader, join};

const APPLIES: [&str; 4] = ["products", "contracts", "tags", "domains"];
const TO: [&str; 3] = ["users", "groups", "roles"];
const COLUMNS: [&str; 4] = ["names", "tags", "classifications", "semanticTypes"];
const WHEN: [&str; 6] = [
    "purposes",
    "regions",
    "clouds",
    "engines",
    "agreement",
    "time",
];

/// A mapping with at least one key: an empty one says nothing, and is likely an accident.
fn filled<'n>(
    reader: &mut Reader<'_>,
    node: &'n Node,
    key: &str,
    path: &str,
    allowed: &[&str],
) -> Option<(&'n Node, String)> {
    let child = node.get(key)?;
    let path = join(path, key);
    if !reader.mapping(child, &path, allowed) {
        return None;
    }
    if child.entries().is_empty() {
        reader.refuse(
            "empty-mapping",
            child.span,
            &path,
            format!("`{path}` is empty"),
            format!(
                "leave it out, or say one of {}",
                crate::quoted(allowed.iter().copied())
            ),
        );
    }
    Some((child, path))
}

pub(super) fn applies(reader: &mut Reader<'_>, spec: &Node) -> Applies {
    let Some((node, path)) = filled(reader, spec, "applies", "spec", &APPLIES) else {
        return Applies::default();
    };
    Applies {
        products: reader.words(node, "products", &path),
        contracts: reader.words(node, "contracts", &path),
        tags: reader.words(node, "tags", &path),
        domains: reader.words(node, "domains", &path),
    }
}

pub(super) fn to(reader: &mut Reader<'_>, rule: &Node, path: &str) -> Subjects {
    let found = filled(reader, rule, "to", path, &TO);
    found.map_or_else(Subjects::default, |(node, path)| {
        subjects(reader, node, &path)
    })
}

fn subjects(reader: &mut Reader<'_>, node: &Node, path: &str) -> Subjects {
    Subjects {
        users: reader.words(node, "users", path),
        groups: reader.words(node, "groups", path),
        roles: reader.words(node, "roles", path),
    }
}

pub(super) fn columns(reader: &mut Reader<'_>, rule: &Node, path: &str) -> ColumnSelector {
    let Some((node, path)) = filled(reader, rule, "columns", path, &COLUMNS) else {
        return ColumnSelector::default();
    };
    ColumnSelector {
        names: reader.words(node, "names", &path),
        tags: reader.words(node, "tags", &path),
        classifications: reader.words(node, "classifications", &path),
        semantic_types: reader.words(node, "semanticTypes", &path),
    }
}

pub(super) fn when(reader: &mut Reader<'_>, rule: &Node, path: &str) -> Conditions {
    let found = filled(reader, rule, "when", path, &WHEN);
    found.map_or_else(Conditions::default, |(node, path)| {
        conditions(reader, node, &path)
    })
}

pub(super) fn unless(reader: &mut Reader<'_>, rule: &Node, path: &str) -> Option<Exemption> {
    let allowed = TO.iter().chain(&WHEN).copied().collect::<Vec<_>>();
    let (node, path) = filled(reader, rule, "unless", path, &allowed)?;
    Some(Exemption {
        to: subjects(reader, node, &path),
        when: conditions(reader, node, &path),
    })
}

fn conditions(reader: &mut Reader<'_>, node: &Node, path: &str) -> Conditions {
    Conditions {
        purposes: reader.words(node, "purposes", path),
        regions: reader.words(node, "regions", path),
        clouds: reader.words(node, "clouds", path),
        engines: reader.words(node, "engines", path),
        agreement: agreement(reader, node, path),
        time: time(reader, node, path),
    }
}

fn agreement(reader: &mut Reader<'_>, node: &Node, path: &str) -> bool {
    let Some(child) = node.get("agreement") else {
        return false;
    };
    let stated = child.as_bool() == Some(true);
    if !stated {
        let path = join(path, "agreement");
        reader.refuse(
            "wrong-type",
            child.span,
            &path,
            format!("`{path}` can only be `true`"),
            "leave it out where no agreement is asked for",
        );
    }
    stated
}

fn time(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<TimeRange> {
    let (child, path) = filled(reader, node, "time", path, &["from", "until"])?;
    let range = TimeRange {
        from: moment(reader, child, "from", &path),
        until: moment(reader, child, "until", &path),
    };
    if let (Some(from), Some(until)) = (range.from, range.until)
        && until <= from
    {
        reader.refuse(
            "empty-time",
            child.span,
            &path,
            format!("`{path}` ends before it begins"),
            "`from` is included, `until` is not",
        );
    }
    Some(range)
}

fn moment(reader: &mut Reader<'_>, node: &Node, key: &str, path: &str) -> Option<DateTime<Utc>> {
    let text = reader.text(node, key, path)?;
    let zoned = DateTime::parse_from_rfc3339(&text).map(|time| time.to_utc());
    let day = || {
        text.parse::<NaiveDate>()
            .map(|date| date.and_time(NaiveTime::MIN).and_utc())
    };
    let moment = zoned.ok().or_else(|| day().ok());
    if moment.is_none() {
        let span = node.get(key).map_or(node.span, |child| child.span);
        let path = join(path, key);
        reader.refuse(
            "wrong-type",
            span,
            &path,
            format!("`{path}` is no moment"),
            "`2026-01-31` (from midnight, UTC) or `2026-01-31T09:00:00Z`",
        );
    }
    moment
}
