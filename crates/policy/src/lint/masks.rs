//! Masks without a meaning for a column they reach, and masks that meet in `null`.
//!
//! Columns that the same masks reach are looked at once, and two masks are reported once, on the
//! first column where they meet: what is said stays as small as what has to be mended.

use std::collections::HashSet;

use zonecut_diagnostics::{LintFinding, Place};
use zonecut_mask::Mask;

use super::{Built, warn};
use crate::catalog::{Column, Object};
use crate::compile::{Compiled, ObjectRules, RuleEffect};

/// How many findings are listed at most.
const MOST: usize = 100;

/// Looks at every column that masks reach.
pub(super) fn check(built: &Built<'_>, findings: &mut Vec<LintFinding>) {
    let mut doubts = Doubts::default();
    'all: for (object, rules) in built.objects.iter().zip(&built.compiled.reach) {
        for (number, column) in object.leaf_columns().enumerate() {
            let masks = reaching(rules, number, built.compiled);
            if let Err(at) = doubts.column(object, column, &masks) {
                findings.push(warn(
                    "more-findings",
                    &at,
                    "",
                    format!("more masks show nothing than the {MOST} that are listed"),
                    "mend these first",
                ));
                break 'all;
            }
        }
    }
    findings.append(&mut doubts.found);
}

/// A mask that reaches a column.
struct Reaching<'a> {
    rule: usize,
    label: &'a str,
    mask: &'a Mask,
    at: &'a Place,
}

fn reaching<'a>(rules: &ObjectRules, leaf: usize, compiled: &'a Compiled) -> Vec<Reaching<'a>> {
    let reach = rules.masks.iter().filter(|reach| reach.leaves.has(leaf));
    let masks = reach.filter_map(|reach| {
        let rule = compiled.rules.get(reach.rule)?;
        let RuleEffect::Mask(mask) = &rule.effect else {
            return None;
        };
        Some(Reaching {
            rule: reach.rule,
            label: &rule.label,
            mask,
            at: rule.at.as_ref()?,
        })
    });
    masks.collect()
}

#[derive(Default)]
struct Doubts {
    found: Vec<LintFinding>,
    /// Sets of masks that were looked at.
    sets: HashSet<Vec<usize>>,
    /// Pairs that were reported.
    pairs: HashSet<(usize, usize)>,
}

impl Doubts {
    /// Fails with a place when there is more to say than is listed.
    fn column(
        &mut self,
        object: &Object,
        column: &Column,
        masks: &[Reaching<'_>],
    ) -> Result<(), Place> {
        let path = format!("{}.{}.{}", object.contract, object.name, column.path);
        let (meant, meaningless): (Vec<&Reaching<'_>>, Vec<_>) = masks
            .iter()
            .partition(|it| it.mask.has_meaning_for(column.meaning));
        for it in meaningless {
            let message = format!(
                "{} has no meaning for `{}` of `{}` and shows nothing there",
                it.label, column.path, object.contract
            );
            let help = format!("`{}` needs {}", it.mask.type_name(), it.mask.needs());
            self.report("mask-without-meaning", it.at, &path, message, help)?;
        }
        if !self.sets.insert(meant.iter().map(|it| it.rule).collect()) {
            return Ok(());
        }
        let showing = meant.iter().filter(|it| *it.mask != Mask::Null);
        for (position, one) in showing.clone().enumerate() {
            for other in showing.clone().take(position) {
                if one.mask.join(other.mask) == Mask::Null
                    && self.pairs.insert((other.rule, one.rule))
                {
                    let message = format!(
                        "{} and {} meet in `null` on `{}` of `{}`",
                        other.label, one.label, column.path, object.contract
                    );
                    let help = "use masks of one family, or let `to` and `unless` keep them apart";
                    self.report("masks-meet-in-null", one.at, &path, message, help.into())?;
                }
            }
        }
        Ok(())
    }

    fn report(
        &mut self,
        rule: &str,
        at: &Place,
        path: &str,
        message: String,
        help: String,
    ) -> Result<(), Place> {
        if self.found.len() == MOST {
            return Err(at.clone());
        }
        self.found.push(warn(rule, at, path, message, help));
        Ok(())
    }
}
