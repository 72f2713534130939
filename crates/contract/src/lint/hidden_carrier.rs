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

use super::elements::Element;
use super::nodes::{semantic_type, text};
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::sensitivity::Classification;

pub(super) static RULE: Rule = Rule {
    name: "hidden-carrier",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let classes = report.classification;
    for (_, object) in subject.elements.objects() {
        // The object itself is no column.
        let columns = object.skip(1);
        let typed = columns.filter_map(|column| Some((column, semantic_type(column.node)?)));
        let typed: Vec<Typed<'_>> = typed.collect();
        let Some((client, _)) = best_guarded_client(&typed, classes) else {
            continue;
        };
        for (column, known) in &typed {
            let Some(how) = known.hides else {
                continue;
            };
            if let Some(lack) = weaker(*column, known, client, classes) {
                report.add(column.node.span, column, known.name, || {
                    let [carrier, client] = [column, &client].map(|it| it.path_within());
                    (
                        format!("`{carrier}` is {lack} while `{client}` is guarded: {how}"),
                        "guard it at least as well, or leave it out",
                    )
                });
            }
        }
    }
}

/// A column and its semantic type.
type Typed<'a> = (Element<'a>, &'static SemanticType);

/// How well a column is guarded: what transforms it, then how high it is classified. A label that
/// nobody has ordered guards nothing.
fn guard(column: Element<'_>, classes: &Classification) -> (bool, usize) {
    let node = column.node;
    let transformed =
        node.custom_property("transform").is_some() || text(node, "encryptedName").is_some();
    let rank = classes.rank(column.classification());
    (transformed, rank.unwrap_or_default())
}

fn best_guarded_client<'a>(typed: &[Typed<'a>], classes: &Classification) -> Option<Typed<'a>> {
    let clients = typed
        .iter()
        .filter(|(_, known)| known.name == "net.client_ip");
    clients
        .max_by_key(|(column, _)| guard(*column, classes))
        .copied()
}

/// In which way the carrier is guarded less than the client, if it is.
fn weaker(
    carrier: Element<'_>,
    known: &SemanticType,
    client: Element<'_>,
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
