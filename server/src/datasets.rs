//! Which dataset is which contract's, in memory: rebuilt when the contracts or engines change.

use std::sync::Arc;

use arc_swap::ArcSwap;
use sqlx::{Connection as _, PgConnection};
use zonecut_contract::{read_contract, read_document};
use zonecut_lineage::Resolver;

use crate::store;

/// What is known at a serial.
#[derive(Default)]
pub struct Known {
    serial: i64,
    sources: Vec<(String, String)>,
    /// Resolves datasets against the active contracts of that serial.
    pub resolver: Arc<Resolver>,
}

/// The newest that this node knows.
#[derive(Default)]
pub struct Datasets(ArcSwap<Known>);

impl Datasets {
    /// Brings the datasets that are stored in line with the contracts: the first who reads them
    /// after a change sees to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catch_up(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let serial = store::registry::serial(connection).await?;
        if self.0.load().serial == serial {
            return Ok(());
        }
        let mut transaction = connection.begin().await?;
        let serial = store::registry::take_turn(&mut transaction).await? - 1;
        let known = self.at(&mut transaction, serial).await?;
        transaction.commit().await?;
        self.learn(known);
        Ok(())
    }

    /// What is known at `serial`, read where that is newer than the memory; then the datasets that
    /// are stored are brought in line with it.
    ///
    /// The caller has the writers' turn, so that no newer serial comes in between, and hands the
    /// answer to [`Datasets::learn`] once that is committed: what was undone must not be taken for
    /// done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn at(
        &self,
        connection: &mut PgConnection,
        serial: i64,
    ) -> Result<Arc<Known>, sqlx::Error> {
        let known = self.0.load_full();
        if known.serial == serial {
            return Ok(known);
        }
        let sources = store::lineage::sources(connection).await?;
        let resolver = if sources == known.sources {
            Arc::clone(&known.resolver)
        } else {
            let resolver = Arc::new(read(connection).await?);
            store::lineage::resolve_all(connection, &resolver).await?;
            resolver
        };
        Ok(Arc::new(Known {
            serial,
            sources,
            resolver,
        }))
    }

    /// Remembers what was committed.
    pub fn learn(&self, known: Arc<Known>) {
        self.0.store(known);
    }
}

async fn read(connection: &mut PgConnection) -> Result<Resolver, sqlx::Error> {
    let (contracts, engines) = store::lineage::source_documents(connection).await?;
    let built = tokio::task::spawn_blocking(move || build(&contracts, &engines)).await;
    built.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))
}

fn build(contracts: &[String], engines: &[String]) -> Resolver {
    let contracts: Vec<_> = contracts
        .iter()
        .filter_map(|text| read_contract("contract", text.as_bytes()).value)
        .collect();
    let catalogs = engines.iter().flat_map(|text| {
        let document = read_document("engine", text.as_bytes()).value;
        let root = document.map(|document| document.root);
        let catalogs = root
            .as_ref()
            .and_then(|root| root.get("spec")?.get("catalogs"));
        let entries = catalogs.map_or(&[][..], |catalogs| catalogs.entries());
        let pairs = entries.iter().filter_map(|entry| {
            let server = entry.node.get("server")?.as_str()?;
            Some((entry.key.to_string(), server.to_owned()))
        });
        pairs.collect::<Vec<_>>()
    });
    Resolver::new(&contracts, catalogs)
}
