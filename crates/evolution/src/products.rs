//! Two versions of a product: its ports, its terms, its people.

use std::cell::OnceCell;

use zonecut_contract::Product;
use zonecut_diagnostics::ContractReport;

use crate::compare::{findings, least_bump, order, report, unpaid, verdicts};
use crate::comparison::{Comparison, Findings};
use crate::diff::diff_products;
use crate::edition::Edition;
use crate::settings::{Mode, Settings};
use crate::version;

/// Judges what differs between two versions of a product, by the rules for contracts.
///
/// A product may go without a version; then nothing has to pay. What its contracts promise is
/// compared apart, contract by contract.
#[must_use]
pub fn compare_products(
    before: &Product,
    after: &Product,
    settings: &Settings<'_>,
) -> ContractReport {
    let facts = diff_products(before, after);
    let comparison = Comparison {
        before: None,
        after: None,
        facts: &facts,
        mode: settings.mode.unwrap_or(Mode::FORWARD),
        now: settings.now,
        personal: false,
        impacts: &[],
        encoded: &[],
        classes: OnceCell::new(),
    };
    let (old, new) = (Edition::from(before), Edition::from(after));
    let found = Findings::new(Some(old), Some(new), settings);
    let findings = findings(&comparison, found);
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
