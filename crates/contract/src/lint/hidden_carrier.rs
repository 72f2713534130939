//! ## What it does
//! Looks, in each object, for columns in which a client's identity hides while the client's own
//! address is guarded better: the wire message, EDNS Client Subnet, cookies, device identifiers, and
//! query names where the address is transformed.
//!
//! ## Why it matters
//! Masking `client_ip` protects nobody while the address stands in clear inside the message beside
//! it: the question section, EDNS option 8, or a query for `4.3.2.1.in-addr.arpa`.
//!
//! ## Example
//! ```yaml
//! - name: client_ip
//!   classification: restricted
//!   customProperties: [{property: semanticType, value: net.client_ip}]
//! - name: dns_message
//!   classification: internal
//!   customProperties: [{property: semanticType, value: dns.wire_message}]
//! ```
//!
//! ## How to fix
//! Classify the carrier at least as high and transform it as well, or leave it out.

use zonecut_diagnostics::LintSeverity;
use zonecut_dns::{PrivacyClass, SemanticType};

use super::rule::{Check, Report, Rule};
use crate::model::{Column, Contract};
use crate::sensitivity::Classification;

pub(super) static RULE: Rule = Rule {
    name: "hidden-carrier",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    let classes = report.classification;
    for object in contract.objects() {
        let columns = contract.columns(object);
        let Some(client) = best_guarded_client(&columns, classes) else {
            continue;
        };
        for column in &columns {
            let Some((known, how)) = carrier(column) else {
                continue;
            };
            if let Some(lack) = weaker(column, known, client, classes) {
                report.add(
                    column.element.span,
                    format!("{}.{}", object.name, column.path),
                    known.name,
                    format!(
                        "`{}` is {lack} while `{}` is guarded: {how}",
                        column.path, client.path
                    ),
                    "guard it at least as well, or leave it out",
                );
            }
        }
    }
}

/// How well a column is guarded: what transforms it, then how high it is classified. A label that
/// nobody has ordered guards nothing.
fn guard(column: &Column<'_>, classes: &Classification) -> (bool, usize) {
    let transformed =
        column.element.custom.contains_key("transform") || column.element.encrypted_name.is_some();
    let rank = classes.rank(column.classification);
    (transformed, rank.unwrap_or_default())
}

fn best_guarded_client<'a, 'b>(
    columns: &'b [Column<'a>],
    classes: &Classification,
) -> Option<&'b Column<'a>> {
    columns
        .iter()
        .filter(|column| column.element.semantic_type.as_deref() == Some("net.client_ip"))
        .max_by_key(|column| guard(column, classes))
}

fn carrier(column: &Column<'_>) -> Option<(&'static SemanticType, &'static str)> {
    let name = column.element.semantic_type.as_deref()?;
    let known = zonecut_dns::semantic_type(name)?;
    Some((known, known.hides?))
}

/// In which way the carrier is guarded less than the client, if it is.
fn weaker(
    carrier: &Column<'_>,
    known: &SemanticType,
    client: &Column<'_>,
    classes: &Classification,
) -> Option<&'static str> {
    let (carrier_transformed, carrier_rank) = guard(carrier, classes);
    let (client_transformed, client_rank) = guard(client, classes);
    if client_transformed && !carrier_transformed {
        return Some("in clear");
    }
    // A query name is personal in its own right, and rarely an address: its class is the owner's
    // to choose.
    let carries_always = known.privacy == PrivacyClass::Carrier;
    (carries_always && carrier_rank < client_rank).then_some("classified lower")
}
