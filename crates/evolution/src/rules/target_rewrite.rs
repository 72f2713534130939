//! ## What it does
//! Names the targets, among the contract's servers or those of `--target`, in which stored data has
//! to be written anew for the change: a type that the format can't promote, a rename where columns
//! are known by name, another partitioning. What each change takes in each target, and which
//! document says so, stands in [the tables](../targets.md).
//!
//! ## Why it matters
//! It speaks to the producer: the owner has to rewrite a table, move readers to another one, or
//! publish to another topic, however well the readers get along with the new type. Whether those
//! readers break is another question, and the consumer findings answer it: a `bigint` in place of
//! an `int` may overflow in their code though the table is altered in a blink. The two never soften
//! each other: that every target promotes a type says nothing of the readers' code, and that
//! readers are fine makes no table smaller. Where a finding for consumers or producers rests on the
//! same change, it names the targets as well.
//!
//! The verdict of the target in the report is `breaking`, unless the finding is waived. To the
//! producer's verdict it is a note: what was valid output before is so still. A target that only the new version has holds nothing yet, and can't
//! break. The version moves by a patch: storage is the owner's affair.
//!
//! ## Example
//! ```yaml
//! servers:
//!   - {server: warehouse, type: postgresql}
//! # before
//! physicalType: int
//! # after
//! physicalType: bigint
//! ```
//!
//! ## How to fix
//! Add a property of the new type beside the old one and move readers, or plan the rewrite.

use super::prelude::*;
use crate::targets::Demand;

pub(super) const RULE: Rule = Rule {
    name: "target-rewrite",
    since: "0.1.0",
    category: Category::Storage,
    severities: &[(Producer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for impact in cx.impacts {
        let rewritten: Vec<&Demand> = impact.rewritten().collect();
        let Some(first) = rewritten.first() else {
            continue;
        };
        let names: Vec<String> = rewritten
            .iter()
            .map(|demand| format!("`{}`", demand.target.name))
            .collect();
        let message = format!(
            "`{}` takes a rewrite in {}: {}",
            impact.fact.path,
            names.join(", "),
            first.change
        );
        let help = format!(
            "plan the rewrite, or keep what is stored ({})",
            reasons(&rewritten)
        );
        out.report(impact.fact, Producer, Note, message, help)
            .about(rewritten);
    }
}

/// Why, target by target.
pub(super) fn reasons(demands: &[&Demand]) -> String {
    let reason = |demand: &&Demand| format!("{}: {}", demand.target.name, demand.row.why);
    demands.iter().map(reason).collect::<Vec<_>>().join("; ")
}
