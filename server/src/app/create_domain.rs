//! Registers a domain.

use serde_json::json;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::events::EventKind;
use crate::app::unit::Unit;
use crate::store;
use crate::store::domain::Domain;

/// Why a domain is not registered.
#[derive(Debug, thiserror::Error)]
pub enum CreateDomainError {
    /// The name is no name.
    #[error(
        "`{0}` can't be a domain's name: lower-case letters, digits and inner hyphens, at most 63"
    )]
    BadName(String),
    /// There is one already.
    #[error("domain `{0}` is registered already")]
    Exists(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Registers `domain`; `answer` makes what is answered.
///
/// # Errors
/// When the name is taken or no name.
pub(crate) async fn create_domain(
    mut unit: Unit,
    domain: &Domain,
    answer: Answer,
) -> Result<Answer, CreateDomainError> {
    if !is_label(&domain.name) {
        return Err(CreateDomainError::BadName(domain.name.clone()));
    }
    let at = unit.at();
    if let Err(error) = store::domain::insert(unit.connection(), domain, at).await {
        return Err(match store::violated(&error) {
            Some("domain_name") => CreateDomainError::Exists(domain.name.clone()),
            _ => error.into(),
        });
    }
    let data = json!({ "domain": domain.name });
    let change = Change::new("domain.create", format!("domain {}", domain.name));
    unit.record(change.event(EventKind::DomainCreated, data))
        .await?;
    Ok(unit.commit(answer).await?)
}

/// A domain is named like one label of a host name (RFC 1123, 2.1), in lower case.
pub(crate) fn is_label(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&name.len())
        && name.bytes().all(letters)
        && !name.starts_with('-')
        && !name.ends_with('-')
}
