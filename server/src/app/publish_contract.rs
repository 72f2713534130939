//! Publishes a version of a contract: judged against the one before, stored for good.

use std::sync::Arc;

use serde_json::json;
use zonecut_contract::Contract;
use zonecut_diagnostics::obstacle::Obstacle;
use zonecut_diagnostics::{CheckReport, ContractReport, LintFinding};

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::decision_set;
use crate::app::documents::{self, Invalid};
use crate::app::events::EventKind;
use crate::app::expectations;
use crate::app::judge;
use crate::app::unit::Unit;
use crate::compute::Place;
use crate::store;
use crate::store::contract::{NewVersion, Newest};

/// How many findings a refusal repeats; its report has all of them.
const MOST_OBJECTIONS: usize = 3;

/// Why a version is not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The document is not valid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// That version is published already.
    #[error("version `{version}` of contract `{contract}` is published already")]
    VersionExists {
        /// The contract.
        contract: String,
        /// The version.
        version: String,
    },
    /// It breaks more than its version pays for.
    #[error("the change needs version `{required}`, the document says `{declared}`")]
    NotPaid {
        /// The least version that pays.
        required: String,
        /// The version declared.
        declared: String,
        /// All findings.
        report: Box<CheckReport>,
    },
    /// Its version pays, and yet something stands against it.
    #[error("the version pays, but {}", objections(.0))]
    NotPublishable(
        /// All findings.
        Box<CheckReport>,
    ),
    /// The contract belongs to a domain in which the caller may not publish.
    #[error("the contract belongs to domain `{0}`")]
    Foreign(
        /// That domain.
        String,
    ),
    /// The policies in force can't be applied to it.
    #[error("the policies in force would not compile with this version")]
    Uncompilable(Vec<LintFinding>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// What was published.
pub struct Published {
    /// The contract.
    pub contract: String,
    /// The version.
    pub version: String,
    /// Its content hash.
    pub hash: String,
    /// The serial from which it holds.
    pub serial: i64,
    /// What its publication meant.
    pub report: CheckReport,
}

/// Publishes `contract`, if `may` says so of the domain that it belongs to until now; `answer` makes
/// what is answered.
///
/// # Errors
/// When it is refused; the refusal is in the audit log.
pub async fn publish_contract(
    mut unit: Unit,
    contract: &Arc<Contract>,
    may: impl Fn(&str) -> bool,
    answer: impl FnOnce(&Published) -> Answer + Send + 'static,
) -> Result<Answer, PublishError> {
    let serial = unit.take_turn().await?;
    // Only now does nobody else move the contract.
    let standing = store::contract::find(unit.connection(), &contract.id).await?;
    if let Some(standing) = standing.filter(|standing| !may(&standing.domain)) {
        return Err(PublishError::Foreign(standing.domain));
    }
    let report = match admit(&mut unit, contract).await {
        Ok(report) => report,
        Err(error) => return Err(refuse(unit, contract, error).await),
    };
    if let Err(error) = write(&mut unit, contract, serial).await {
        return Err(refuse(unit, contract, error).await);
    }
    unit.record(change(contract, serial)).await?;
    let published = Published {
        contract: contract.id.clone(),
        version: contract.version.clone(),
        hash: contract.content_hash().to_string(),
        serial,
        report,
    };
    // A report may be as long as the contract.
    let answer = Place::uncounted().run(move || answer(&published)).await;
    Ok(unit.commit(answer).await?)
}

/// Judges the version against the registry.
async fn admit(unit: &mut Unit, contract: &Arc<Contract>) -> Result<CheckReport, PublishError> {
    let (id, version) = (&contract.id, &contract.version);
    let connection = unit.connection();
    if store::contract::document(connection, id, version)
        .await?
        .is_some()
    {
        return Err(PublishError::VersionExists {
            contract: id.clone(),
            version: version.clone(),
        });
    }
    let now = unit.at();
    // Under the writers' turn, which must not wait for a place.
    let place = Place::uncounted();
    let report = judge::candidate(&place, unit.connection(), contract, now).await?;
    if report.publishable {
        return Ok(report);
    }
    Err(refusal(report))
}

/// Why a report says that the version may not be published: what it costs comes first, since that
/// can be mended in the document alone.
fn refusal(report: CheckReport) -> PublishError {
    let unpaid = |it: &&ContractReport| it.obstacles().any(|it| it == Obstacle::Unpaid);
    let advice = report.contracts.iter().find(unpaid);
    match advice.map(|it| it.version.clone()) {
        Some(advice) => PublishError::NotPaid {
            required: advice.required,
            declared: advice.declared,
            report: Box::new(report),
        },
        None => PublishError::NotPublishable(Box::new(report)),
    }
}

/// What stands against a version that pays, in the words of the first findings.
fn objections(report: &CheckReport) -> String {
    let found = report.contracts.iter().flat_map(|contract| {
        let findings = contract.findings.iter();
        findings.filter(|finding| contract.obstacle(finding).is_some())
    });
    let mut words: Vec<&str> = found.map(|it| it.message.as_str()).collect();
    let more = words.len().saturating_sub(MOST_OBJECTIONS);
    words.truncate(MOST_OBJECTIONS);
    let words = words.join("; ");
    if more == 0 {
        words
    } else {
        format!("{words}; and {more} more")
    }
}

/// Stores the version, and sees that the policies compile with it.
async fn write(unit: &mut Unit, contract: &Contract, serial: i64) -> Result<(), PublishError> {
    store_version(unit, contract, serial).await?;
    if contract.lifecycle().is_tentative() {
        return Ok(());
    }
    decision_set::compiles(unit, serial)
        .await?
        .map_err(PublishError::Uncompilable)
}

/// Stores the version and, unless it is tentative, lets it decide and holds it to its promises.
pub(crate) async fn store_version(
    unit: &mut Unit,
    contract: &Contract,
    serial: i64,
) -> Result<(), PublishError> {
    register(unit, contract).await?;
    let (at, actor) = (unit.at(), unit.actor().to_owned());
    let new = NewVersion {
        contract: &contract.id,
        version: &contract.version,
        status: &contract.status,
        hash: &contract.content_hash().to_string(),
        document: &contract.document.text,
        serial,
        at,
        by: &actor,
    };
    store::contract::insert_version(unit.connection(), &new).await?;
    if !contract.lifecycle().is_tentative() {
        store::contract::activate(unit.connection(), &contract.id, &contract.version).await?;
        expectations::hold(unit, contract).await?;
    }
    Ok(())
}

/// Sees that the contract is there as this version describes it; what is only proposed changes
/// nothing of what stands.
async fn register(unit: &mut Unit, contract: &Contract) -> Result<(), PublishError> {
    let domain = contract.domain.as_deref().unwrap_or_default();
    let at = unit.at();
    let connection = unit.connection();
    if contract.lifecycle().is_tentative()
        && store::contract::find(connection, &contract.id)
            .await?
            .is_some()
    {
        let known = store::domain::find(connection, domain).await?;
        let unknown = || unknown_domain(&contract.document, domain).into();
        return known.map(|_| ()).ok_or_else(unknown);
    }
    let newest = Newest {
        id: &contract.id,
        domain,
        name: contract.name.as_deref().unwrap_or(&contract.id),
        search: &search_text(contract),
        at,
    };
    let written = store::contract::upsert(connection, &newest).await;
    written.map_err(|error| match store::violated(&error) {
        Some("contract_domain") => unknown_domain(&contract.document, domain).into(),
        _ => error.into(),
    })
}

/// The publication as it is recorded.
pub(crate) fn change(contract: &Contract, serial: i64) -> Change {
    let data = json!({
        "contract": contract.id,
        "version": contract.version,
        "status": contract.status,
        "hash": contract.content_hash().to_string(),
        "serial": serial,
    });
    Change::new("contract.publish", subject(contract))
        .detail(data.clone())
        .event(EventKind::ContractPublished, data)
}

fn subject(contract: &Contract) -> String {
    format!("contract {} {}", contract.id, contract.version)
}

/// Undoes the unit and records why; what the database itself could not do is no refusal.
async fn refuse(unit: Unit, contract: &Contract, error: PublishError) -> PublishError {
    if matches!(error, PublishError::Store(_)) {
        return error;
    }
    let detail = json!({
        "reason": error.to_string(),
        "hash": contract.content_hash().to_string(),
    });
    let refusal = Change::new("contract.publish", subject(contract)).detail(detail);
    unit.refuse(refusal).await;
    error
}

/// The domain named is not registered.
pub(crate) fn unknown_domain(document: &zonecut_contract::Document, domain: &str) -> Invalid {
    let message = format!("domain `{domain}` is not registered");
    let help = "register the domain first, or name one that is".to_owned();
    documents::finding(document, "domain", domain, message, help)
}

/// What is searched in a contract: its names, tags and columns, in lower case.
fn search_text(contract: &Contract) -> String {
    let mut words = vec![contract.id.as_str()];
    words.extend(contract.name.as_deref());
    words.extend(contract.tags.iter().map(String::as_str));
    let columns: Vec<_> = contract
        .objects()
        .iter()
        .flat_map(|object| contract.columns(object))
        .collect();
    words.extend(contract.objects().iter().map(|object| object.name.as_str()));
    for column in &columns {
        words.push(&column.path);
        words.extend(column.element.semantic_type.as_deref());
    }
    words.join("\n").to_lowercase()
}
