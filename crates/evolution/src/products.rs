//! Two versions of a product: its ports, its terms, its people.

use zonecut_contract::{Lifecycle, Product};
use zonecut_diagnostics::ContractReport;

use crate::compare::{findings, least_bump, order, report, unpaid, verdicts};
use crate::comparison::Comparison;
use crate::diff::diff_products;
use crate::edition::Edition;
use crate::settings::{Mode, Settings};
use crate::version;

/// Judges what differs between two versions of a product, by the rules for contracts.
///
/// A product may go without a version; then nothing has to pay. What its contracts promise is
/// compared apart, contract by contract.
#[must_use]
pub fn compare_products(before: &Product, after: &Product, settings: &Settings) -> ContractReport {
    let facts = diff_products(before, after);
    let comparison = Comparison {
        before: None,
        after: None,
        facts: &facts,
        mode: settings.mode.unwrap_or(Mode::FORWARD),
        now: settings.now,
        personal: false,
    };
    let findings = findings(&comparison, Lifecycle::of(&before.status).is_tentative());
    let bump = findings.bump().max(least_bump(&facts));
    let (old, new) = (Edition::from(before), Edition::from(after));
    let advice = version::advise(old.version, new.version, bump);
    let versioned = before.version.is_some() && after.version.is_some();
    let missing = unpaid(old, new, &advice).filter(|_| versioned);
    let mut report = report(Some(old), Some(new), findings.drafts, advice);
    if !versioned {
        report.version.required.clone_from(&report.version.declared);
    }
    report.findings.extend(missing);
    report.findings.sort_by_cached_key(order);
    report.verdict = verdicts(&report.findings);
    report
}
