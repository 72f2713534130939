//! Two versions of a product: its ports, its terms, its people.

use std::cell::OnceCell;

use zonecut_contract::Product;
use zonecut_diagnostics::ContractReport;

use crate::compare::{findings, least_bump, order, report, unpaid, verdicts};
use crate::comparison::{Comparison, Findings};
use crate::diff::diff_products;
use crate::edition::Edition;
use crate::fact::Fact;
use crate::settings::{Mode, Settings};
use crate::version::{self, Advice};

/// Judges what differs between two versions of a product, by the rules for contracts. Without
/// `after` it was deleted.
///
/// A product may go without a version; then nothing has to pay. What its contracts promise is
/// compared apart, contract by contract.
#[must_use]
pub fn compare_products(
    before: &Product,
    after: Option<&Product>,
    settings: &Settings<'_>,
) -> ContractReport {
    match after {
        Some(after) => changed(before, after, settings),
        None => deleted(before, settings),
    }
}

fn deleted(before: &Product, settings: &Settings<'_>) -> ContractReport {
    let old = Edition::from(before);
    let comparison = Comparison {
        gone: Some(before),
        ..comparison(&[], settings)
    };
    let found = findings(&comparison, Findings::new(Some(old), None, settings));
    let advice = Advice {
        required: old.version.to_owned(),
        pays: true,
    };
    report(Some(old), None, found.finish(), advice)
}

fn changed(before: &Product, after: &Product, settings: &Settings<'_>) -> ContractReport {
    let facts = diff_products(before, after);
    let (old, new) = (Edition::from(before), Edition::from(after));
    let found = Findings::new(Some(old), Some(new), settings);
    let findings = findings(&comparison(&facts, settings), found);
    let bump = findings.bump().max(least_bump(&facts));
    let advice = version::advise(old.version, new.version, bump);
    let versioned = before.version.is_some() && after.version.is_some();
    let missing = unpaid(old, new, &advice, settings).filter(|_| versioned);
    let mut report = report(Some(old), Some(new), findings.finish(), advice);
    if !versioned {
        report.version.required.clone_from(&report.version.declared);
    }
    report.findings.extend(missing);
    report.findings.sort_by(order);
    report.verdict = verdicts(&report.findings);
    report
}

/// What rules see of two products.
fn comparison<'a>(facts: &'a [Fact<'a>], settings: &Settings<'a>) -> Comparison<'a> {
    Comparison {
        before: None,
        after: None,
        gone: None,
        facts,
        mode: settings.mode.unwrap_or(Mode::FORWARD),
        now: settings.now,
        classification: settings.classification,
        personal: false,
        impacts: &[],
        unjudged: &[],
        encoded: &[],
        classes: OnceCell::new(),
    }
}
