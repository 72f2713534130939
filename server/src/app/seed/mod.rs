//! Loads a folder of documents in one transaction and without workflow: each contract in the status
//! that it states. The same files again change nothing.

mod folder;

use std::path::Path;

use serde_json::json;
use zonecut_contract::{Contract, Product};
use zonecut_diagnostics::LintFinding;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::decision_set;
use crate::app::events::EventKind;
use crate::app::publish_contract::{self, PublishError};
use crate::app::unit::Unit;
use crate::app::write_policy::{self, Incoming, PolicyError};
use crate::app::write_product::{self, ProductError};
use crate::state::AppState;
use crate::store;
use crate::store::domain::Domain;
use folder::{Folder, In};

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The folder or a file can't be read.
    #[error("can't read `{0}`: {1}")]
    Unreadable(String, std::io::Error),
    /// A document is not valid.
    #[error("`{file}` is not valid: {}", listed(.findings))]
    Invalid {
        /// The file.
        file: String,
        /// Why.
        findings: Vec<LintFinding>,
    },
    /// The registry has it, and says something else.
    #[error("`{file}` conflicts with the registry: {what} is there with other content")]
    Conflict {
        /// The file.
        file: String,
        /// What is there.
        what: String,
    },
    /// A file can't be stored.
    #[error("`{file}`: {reason}")]
    Refused {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// The documents do not decide together.
    #[error("the policies would not compile: {}", listed(.0))]
    Uncompilable(Vec<LintFinding>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Loads the documents of `path`; answers how many were new.
///
/// # Errors
/// When a document is not valid, conflicts with the registry, or would not compile with the others;
/// then nothing is loaded.
pub async fn seed(state: &AppState, path: &Path) -> Result<usize, SeedError> {
    let folder = folder::read(path.to_owned()).await?;
    let mut seeding = Seeding {
        unit: Unit::begin(state, "seed".to_owned(), None).await?,
        first: 0,
        new: 0,
    };
    seeding.first = seeding.unit.take_turn().await?;
    seeding.domains(&folder).await?;
    for contract in &folder.contracts {
        seeding.contract(contract).await?;
    }
    for product in &folder.products {
        seeding.product(product).await?;
    }
    for policy in &folder.policies {
        seeding.policy(policy).await?;
    }
    let serial = seeding.next();
    let Seeding { mut unit, new, .. } = seeding;
    if new > 0 {
        let compiled = decision_set::compiles(&mut unit, serial).await?;
        compiled.map_err(SeedError::Uncompilable)?;
        unit.commit(Answer::no_content()).await?;
    }
    Ok(new)
}

struct Seeding {
    unit: Unit,
    /// The serial of the first change.
    first: i64,
    new: usize,
}

impl Seeding {
    async fn domains(&mut self, folder: &Folder) -> Result<(), SeedError> {
        for domain in folder.domains() {
            let connection = self.unit.connection();
            let standing = store::domain::find(connection, &domain.value.name).await?;
            match standing {
                None => self.domain(&domain.value).await?,
                Some(standing) if domain.stated && standing != domain.value => {
                    return Err(conflict(
                        &domain.file,
                        format!("domain `{}`", standing.name),
                    ));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    async fn domain(&mut self, domain: &Domain) -> Result<(), SeedError> {
        let at = self.unit.at();
        store::domain::insert(self.unit.connection(), domain, at).await?;
        let change = Change::new("domain.create", format!("domain {}", domain.name));
        let data = json!({ "domain": domain.name });
        self.record(change.event(EventKind::DomainCreated, data))
            .await
    }

    async fn contract(&mut self, file: &In<Contract>) -> Result<(), SeedError> {
        let contract = &file.value;
        let (id, version) = (&contract.id, &contract.version);
        let hash = contract.content_hash().to_string();
        let connection = self.unit.connection();
        match store::contract::document(connection, id, version).await? {
            Some(standing) if standing.hash == hash => return Ok(()),
            Some(_) => return Err(conflict(&file.name, format!("contract `{id}` `{version}`"))),
            None => {}
        }
        let serial = self.next();
        let stored = publish_contract::store_version(&mut self.unit, contract, serial).await;
        stored.map_err(|error| match error {
            PublishError::Store(error) => error.into(),
            other => refused(&file.name, &other),
        })?;
        self.record(publish_contract::change(contract, serial))
            .await
    }

    async fn product(&mut self, file: &In<Product>) -> Result<(), SeedError> {
        let product = &file.value;
        let hash = product.content_hash().to_string();
        let standing = store::product::find(self.unit.connection(), &product.id).await?;
        let standing = standing.map(|it| it.hash);
        if !self
            .is_new(
                "product",
                &product.id,
                &hash,
                standing.as_deref(),
                &file.name,
            )
            .await?
        {
            return Ok(());
        }
        let stored = write_product::store_product(&mut self.unit, product).await;
        stored.map_err(|error| match error {
            ProductError::Store(error) => error.into(),
            other => refused(&file.name, &other),
        })?;
        let data = json!({ "product": product.id, "hash": hash });
        let change = Change::new("product.register", format!("product {}", product.id));
        self.record(
            change
                .detail(data.clone())
                .event(EventKind::ProductRegistered, data),
        )
        .await
    }

    async fn policy(&mut self, file: &In<Incoming>) -> Result<(), SeedError> {
        let row = write_policy::row(&file.value, self.unit.at());
        let standing = store::policy::find(self.unit.connection(), &row.id).await?;
        let standing = standing.map(|it| it.hash);
        if !self
            .is_new(
                "policy",
                &row.id,
                &row.hash,
                standing.as_deref(),
                &file.name,
            )
            .await?
        {
            return Ok(());
        }
        let actor = self.unit.actor().to_owned();
        let stored = write_policy::insert(self.unit.connection(), &row, &actor).await;
        stored.map_err(|error| match error {
            PolicyError::Store(error) => error.into(),
            other => refused(&file.name, &other),
        })?;
        let data = json!({ "policy": row.id, "hash": row.hash });
        let change = Change::new("policy.create", format!("policy {}", row.id));
        self.record(
            change
                .detail(data.clone())
                .event(EventKind::PolicyCreated, data),
        )
        .await
    }

    /// Whether a document must be stored: it is neither there nor was it loaded before, whatever
    /// became of it since.
    async fn is_new(
        &mut self,
        kind: &str,
        id: &str,
        hash: &str,
        standing: Option<&str>,
        file: &str,
    ) -> Result<bool, SeedError> {
        let connection = self.unit.connection();
        let loaded = store::seeded::hash(connection, kind, id).await?;
        if loaded.as_deref() == Some(hash) || standing == Some(hash) {
            return Ok(false);
        }
        if standing.is_some() {
            return Err(conflict(file, format!("{kind} `{id}`")));
        }
        store::seeded::remember(connection, kind, id, hash).await?;
        Ok(true)
    }

    /// The serial of the next change.
    fn next(&self) -> i64 {
        self.first + i64::try_from(self.new).unwrap_or(i64::MAX)
    }

    async fn record(&mut self, change: Change) -> Result<(), SeedError> {
        self.unit.record(change).await?;
        self.new += 1;
        Ok(())
    }
}

fn conflict(file: &str, what: String) -> SeedError {
    SeedError::Conflict {
        file: file.to_owned(),
        what,
    }
}

fn refused(file: &str, reason: &impl ToString) -> SeedError {
    SeedError::Refused {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

fn listed(findings: &[LintFinding]) -> String {
    let lines = findings.iter().map(|it| {
        format!(
            "\n  {}:{}:{}: {}: {}",
            it.at.file, it.at.line, it.at.column, it.path, it.message
        )
    });
    lines.collect()
}
