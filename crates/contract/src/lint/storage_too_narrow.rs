//! ## What it does
//! Looks for a physical type that cannot hold every value of the column's semantic type.
//!
//! ## Why it matters
//! A response code with its EDNS bits needs twelve bits; a `UInt8` column keeps the lowest eight and
//! turns `BADCOOKIE` into something else without an error. An address column of fifteen characters
//! cuts every IPv6 address.
//!
//! ## Example
//! ```yaml
//! - name: rcode
//!   logicalType: integer
//!   physicalType: UInt8
//!   customProperties: [{property: semanticType, value: dns.rcode}]
//! ```
//!
//! ## How to fix
//! Use a type that holds the width the finding names.

use zonecut_diagnostics::LintSeverity;
use zonecut_dns::{Family, SemanticType, Values};

use super::nodes::{semantic_type, text};
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::Node;

pub(super) static RULE: Rule = Rule {
    name: "storage-too-narrow",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

/// Characters of the longest IPv6 address without an IPv4 tail.
const ADDRESS: u64 = 39;
/// The same with a slash and a prefix length.
const ADDRESS_PREFIX: u64 = 43;
/// Characters of the longest name without escapes and without its final dot.
const NAME: u64 = 253;

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for column in subject.columns() {
        let Some(known) = semantic_type(column.node) else {
            continue;
        };
        let (span, name) = (column.node.span, known.name);
        let physical = text(column.node, "physicalType").map_or("", |(stated, _)| stated);
        if let (Some(bits), Some(least)) = (integer_bits(column.node, physical), known.least_bits)
            && bits < u32::from(least)
        {
            report.add(span, column, name, || {
                (
                    format!("`{name}` needs `{least}` bits and the type holds `{bits}`"),
                    "use a wider integer type",
                )
            });
        } else if let (Some(length), Some(least)) = (text_length(physical), least_text(known))
            && length < least
        {
            report.add(span, column, name, || {
                (
                    format!("`{name}` needs `{least}` characters and the type holds `{length}`"),
                    format!("allow at least `{least}` characters"),
                )
            });
        }
    }
}

const fn least_text(known: &SemanticType) -> Option<u64> {
    match (known.family, &known.values) {
        (Family::Name, _) => Some(NAME),
        (Family::Address, Values::ClientSubnet) => Some(ADDRESS_PREFIX),
        (Family::Address, _) => Some(ADDRESS),
        _ => None,
    }
}

/// Bits that a non-negative number may have in the element's type, where the type says so without
/// doubt. `int8` does not: `PostgreSQL` means octets, others mean bits.
fn integer_bits(element: &Node, physical: &str) -> Option<u32> {
    let declared = match physical {
        "Int8" => Some(7),
        "Int16" => Some(15),
        "Int32" => Some(31),
        _ => match physical
            .to_ascii_lowercase()
            .split('(')
            .next()
            .unwrap_or_default()
            .trim()
        {
            "uint8" | "utinyint" | "tinyint unsigned" => Some(8),
            "uint16" | "usmallint" | "smallint unsigned" => Some(16),
            "uint32" | "uinteger" | "int unsigned" | "integer unsigned" => Some(32),
            "tinyint" => Some(7),
            "smallint" | "int2" => Some(15),
            _ => None,
        },
    };
    declared.or_else(
        || match text(element.get("logicalTypeOptions")?, "format")?.0 {
            "i8" => Some(7),
            "u8" => Some(8),
            "i16" => Some(15),
            "u16" => Some(16),
            _ => None,
        },
    )
}

/// `varchar(45)`, `char(15)`, `FixedString(16)` is octets and does not count.
fn text_length(physical: &str) -> Option<u64> {
    let lower = physical.to_ascii_lowercase();
    let (name, rest) = lower.split_once('(')?;
    let known = [
        "varchar",
        "char",
        "character varying",
        "character",
        "nvarchar",
        "varchar2",
    ];
    if !known.contains(&name.trim()) {
        return None;
    }
    rest.split(')').next()?.trim().parse().ok()
}
