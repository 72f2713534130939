//! The documents that decide together, and the snapshot they compile to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::PgConnection;
use zonecut_contract::{Contract, Product, read_product};
use zonecut_diagnostics::LintFinding;
use zonecut_policy::{PolicyDocument, Snapshot, SnapshotInput, read_policies};

use crate::app::judge;
use crate::app::unit::Unit;
use crate::store;

/// Documents already read, by content: a change reads again only what changed.
#[derive(Debug, Default)]
pub struct Documents(Mutex<Read>);

#[derive(Debug, Default, Clone)]
struct Read {
    contracts: HashMap<String, Arc<Contract>>,
    products: HashMap<String, Arc<Product>>,
    policies: HashMap<String, Arc<PolicyDocument>>,
}

struct Rows {
    contracts: Vec<store::contract::Document>,
    products: Vec<store::product::Product>,
    policies: Vec<store::policy::Policy>,
}

/// Whether the set still compiles with what `unit` has written so far.
///
/// # Errors
/// When the database fails; the inner error says why the set does not compile.
pub(crate) async fn compiles(
    unit: &mut Unit,
    serial: i64,
) -> Result<Result<(), Vec<LintFinding>>, sqlx::Error> {
    let state = unit.state().clone();
    let input = input(unit.connection(), &state.decisions.documents, serial).await?;
    let built = tokio::task::spawn_blocking(move || Snapshot::build(&input).map(drop)).await;
    built.map_err(|error| sqlx::Error::Decode(error.into()))
}

/// The set as `connection` sees it.
///
/// # Errors
/// When the database fails, or a stored document can't be read any more.
pub(crate) async fn input(
    connection: &mut PgConnection,
    documents: &Arc<Documents>,
    serial: i64,
) -> Result<SnapshotInput, sqlx::Error> {
    let rows = Rows {
        contracts: store::contract::active_documents(connection).await?,
        products: store::product::all(connection).await?,
        policies: store::policy::all(connection).await?,
    };
    let documents = Arc::clone(documents);
    let read = tokio::task::spawn_blocking(move || assemble(&rows, &documents, serial)).await;
    read.map_err(|error| sqlx::Error::Decode(error.into()))?
}

fn assemble(rows: &Rows, documents: &Documents, serial: i64) -> Result<SnapshotInput, sqlx::Error> {
    let known = documents
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let mut read = Read::default();
    let mut input = SnapshotInput {
        serial: serial.cast_unsigned(),
        ..SnapshotInput::default()
    };
    for row in &rows.contracts {
        let contract = match known.contracts.get(&row.hash) {
            Some(contract) => Arc::clone(contract),
            None => Arc::new(judge::reread(row)?),
        };
        read.contracts
            .insert(row.hash.clone(), Arc::clone(&contract));
        input.contracts.push(contract);
    }
    for row in &rows.products {
        let product = match known.products.get(&row.hash) {
            Some(product) => Arc::clone(product),
            None => Arc::new(reread_product(row)?),
        };
        read.products.insert(row.hash.clone(), Arc::clone(&product));
        input.products.push(product);
    }
    for row in &rows.policies {
        // Two policies may have one text but for their names, which are in the text: the id tells
        // nothing more than the hash.
        let policy = match known.policies.get(&row.hash) {
            Some(policy) => Arc::clone(policy),
            None => Arc::new(reread_policy(row)?),
        };
        read.policies.insert(row.hash.clone(), Arc::clone(&policy));
        input.policies.push(policy);
    }
    *documents.0.lock().unwrap_or_else(PoisonError::into_inner) = read;
    Ok(input)
}

/// A stored product, read again.
pub(crate) fn reread_product(row: &store::product::Product) -> Result<Product, sqlx::Error> {
    let file = format!("products/{}", row.id);
    let parsed = read_product(&file, row.document.as_bytes());
    parsed.value.ok_or_else(|| unreadable(&file))
}

fn reread_policy(row: &store::policy::Policy) -> Result<PolicyDocument, sqlx::Error> {
    let file = format!("policies/{}", row.id);
    let parsed = read_policies(&file, row.document.as_bytes());
    let document = parsed
        .value
        .and_then(|documents| documents.into_iter().next());
    document.ok_or_else(|| unreadable(&file))
}

fn unreadable(file: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("stored document `{file}` can't be read any more").into())
}
