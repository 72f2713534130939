//! ## What it does
//! Names the targets, among the contract's servers or those of `--target`, in which the change is
//! possible without a rewrite once a feature is switched on, such as Delta's column mapping, or once
//! a condition holds. What each change takes in each target, and which document says so, stands in
//! [the tables](../targets.md).
//!
//! ## Why it matters
//! Features often can't be switched off again, and older readers can't open a table that has them:
//! the owner decides, and looks at the readers first. The verdict of the target in the report is
//! `warning`; to the producer's verdict it is a note.
//!
//! ## Example
//! ```yaml
//! servers:
//!   - {server: lake, type: s3, location: 's3://lake/queries', format: delta}
//! # before
//! - id: qname_id
//!   name: qname
//! # after
//! - id: qname_id
//!   name: query_name
//! ```
//!
//! ## How to fix
//! Switch the feature on before the change, after every reader of the table knows it.

use super::prelude::*;
use super::target_rewrite::reasons;
use crate::targets::{Demand, Outcome};

pub(super) const RULE: Rule = Rule {
    name: "target-feature",
    since: "0.1.0",
    category: Category::Storage,
    severities: &[(Producer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for impact in cx.impacts {
        let (demands, features): (Vec<&Demand>, Vec<&str>) =
            impact.demands.iter().filter_map(feature).unzip();
        let Some(first) = demands.first() else {
            continue;
        };
        let ways: Vec<String> = demands
            .iter()
            .zip(features)
            .map(|(demand, feature)| format!("{feature} in `{}`", demand.target.name))
            .collect();
        let message = format!(
            "`{}` needs {}: {}",
            impact.fact.path,
            ways.join(", "),
            first.change
        );
        let help = format!("see to it before the change ({})", reasons(&demands));
        out.report(impact.fact, Producer, Note, message, help)
            .about(demands);
    }
}

fn feature(demand: &Demand) -> Option<(&Demand, &'static str)> {
    match demand.row.outcome {
        Outcome::WithFeature(feature) => Some((demand, feature)),
        _ => None,
    }
}
