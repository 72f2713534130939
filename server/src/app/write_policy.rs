//! Adds, replaces and removes policy documents. The whole set must compile, or nothing changes.

use serde_json::json;
use sha2::{Digest, Sha256};
use zonecut_diagnostics::LintFinding;
use zonecut_policy::{PolicyDocument, read_policies};

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::decision_set;
use crate::app::events::EventKind;
use crate::app::unit::Unit;
use crate::compute::Place;
use crate::store;
use crate::store::policy::Policy;

/// Why the policies stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The document is not valid, or the set would not compile.
    #[error("the policies would not compile: {} findings", .0.len())]
    Invalid(Vec<LintFinding>),
    /// Not one document.
    #[error("the body holds {0} policy documents: send one at a time")]
    NotOne(usize),
    /// The document is about another policy than the path.
    #[error("the document is `{document}`, not `{path}`")]
    WrongId {
        /// What the path says.
        path: String,
        /// What the document says.
        document: String,
    },
    /// There is one already.
    #[error("policy `{0}` is there already: replace it instead")]
    Exists(String),
    /// There is none.
    #[error("there is no policy `{0}`")]
    Missing(String),
    /// It has changed since it was read.
    #[error("policy `{0}` has changed since it was read")]
    Changed(String),
    /// Its domain is not registered.
    #[error("domain `{0}` is not registered")]
    UnknownDomain(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// A policy document that came in.
pub struct Incoming {
    /// What it says.
    pub document: PolicyDocument,
    /// Its text, byte for byte.
    pub text: String,
}

/// What is to happen to a policy.
pub enum Intent<'a> {
    /// It must not be there yet.
    Add(&'a Incoming),
    /// It must be there, as the caller read it.
    Replace(&'a Incoming, &'a (dyn Fn(&str) -> bool + Sync)),
    /// It must be there, as the caller read it, and goes.
    Remove(&'a str, &'a (dyn Fn(&str) -> bool + Sync)),
}

/// What stands now.
pub struct Written {
    /// The policy.
    pub id: String,
    /// The hash of its text.
    pub hash: String,
    /// The serial from which it holds.
    pub serial: i64,
}

/// Reads a policy that came in.
///
/// # Errors
/// When it is not one valid document.
pub async fn read(
    place: &Place,
    file: &'static str,
    bytes: axum::body::Bytes,
) -> Result<Incoming, PolicyError> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let parsed = place.run(move || read_policies(file, &bytes)).await;
    let mut documents = parsed.value.ok_or(PolicyError::Invalid(parsed.findings))?;
    match (documents.pop(), documents.len()) {
        (Some(document), 0) => Ok(Incoming { document, text }),
        (Some(_), others) => Err(PolicyError::NotOne(others + 1)),
        (None, _) => Err(PolicyError::NotOne(0)),
    }
}

/// Does what is intended; `answer` makes what is answered.
///
/// # Errors
/// When it is refused; a set that would not compile is recorded in the audit log.
pub async fn write_policy(
    mut unit: Unit,
    intent: Intent<'_>,
    answer: impl FnOnce(&Written) -> Answer,
) -> Result<Answer, PolicyError> {
    let serial = unit.take_turn().await?;
    let (id, action, event) = match intent {
        Intent::Add(incoming) => (
            incoming.document.id(),
            "policy.create",
            EventKind::PolicyCreated,
        ),
        Intent::Replace(incoming, _) => (
            incoming.document.id(),
            "policy.replace",
            EventKind::PolicyReplaced,
        ),
        Intent::Remove(id, _) => (id.to_owned(), "policy.remove", EventKind::PolicyRemoved),
    };
    let hash = apply(&mut unit, &id, intent).await?;
    if let Err(findings) = decision_set::compiles(&mut unit, serial).await? {
        let reasons: Vec<_> = findings.iter().map(|it| &it.message).collect();
        let refusal = Change::new(action, format!("policy {id}"));
        unit.refuse(refusal.detail(json!({ "reasons": reasons })))
            .await;
        return Err(PolicyError::Invalid(findings));
    }
    let data = json!({ "policy": id, "hash": hash, "serial": serial });
    let change = Change::new(action, format!("policy {id}")).detail(data.clone());
    unit.record(change.event(event, data)).await?;
    let answer = answer(&Written { id, hash, serial });
    Ok(unit.commit(answer).await?)
}

async fn apply(unit: &mut Unit, id: &str, intent: Intent<'_>) -> Result<String, PolicyError> {
    let (at, actor) = (unit.at(), unit.actor().to_owned());
    let connection = unit.connection();
    let standing = store::policy::find(connection, id).await?;
    match (intent, standing) {
        (Intent::Add(_), Some(_)) => Err(PolicyError::Exists(id.to_owned())),
        (Intent::Add(incoming), None) => {
            let policy = row(incoming, at);
            insert(connection, &policy, &actor).await?;
            Ok(policy.hash)
        }
        (_, None) => Err(PolicyError::Missing(id.to_owned())),
        (Intent::Replace(_, as_read) | Intent::Remove(_, as_read), Some(standing))
            if !as_read(&standing.hash) =>
        {
            Err(PolicyError::Changed(id.to_owned()))
        }
        (Intent::Replace(incoming, _), Some(_)) => {
            let policy = row(incoming, at);
            store::policy::replace(connection, &policy, &actor).await?;
            Ok(policy.hash)
        }
        (Intent::Remove(..), Some(standing)) => {
            store::policy::remove(connection, id).await?;
            Ok(standing.hash)
        }
    }
}

/// Adds a policy whose id is free.
pub(crate) async fn insert(
    connection: &mut sqlx::PgConnection,
    policy: &Policy,
    actor: &str,
) -> Result<(), PolicyError> {
    let inserted = store::policy::insert(connection, policy, actor).await;
    inserted.map_err(|error| match (store::violated(&error), &policy.domain) {
        (Some("policy_domain"), Some(domain)) => PolicyError::UnknownDomain(domain.clone()),
        _ => error.into(),
    })
}

/// A policy as it is kept.
pub(crate) fn row(incoming: &Incoming, at: chrono::DateTime<chrono::Utc>) -> Policy {
    let document = &incoming.document;
    Policy {
        id: document.id(),
        kind: document.kind().to_owned(),
        domain: document.domain.clone(),
        name: document.name.clone(),
        hash: hex::encode(Sha256::digest(incoming.text.as_bytes())),
        document: incoming.text.clone(),
        updated_at: at,
    }
}
