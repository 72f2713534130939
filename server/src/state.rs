//! What every request and job shares.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sqlx::PgPool;
use tokio::sync::Notify;
use zonecut_policy::Questions;

use crate::app::verify_audit::Audit;
use crate::attempts::Attempts;
use crate::clock::Clock;
use crate::compute::Compute;
use crate::config::Config;
use crate::control_plane::ControlPlane;
use crate::datasets::Datasets;
use crate::decision_plane::DecisionPlane;
use crate::identity::Directory;
use crate::ids::Ids;
use crate::metrics::Metrics;
use crate::recorder::Recorder;
use crate::webhooks::client::Client;

/// The service; clones are the same one.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The parts of the service.
pub struct Shared {
    /// The database.
    pub pool: PgPool,
    /// The time.
    pub clock: Clock,
    /// Identifiers and secrets.
    pub ids: Ids,
    /// Where long work is done.
    pub compute: Compute,
    /// What the operator decided.
    pub config: Config,
    /// The roles of the control plane.
    pub control_plane: ControlPlane,
    /// Who failed to be somebody.
    pub attempts: Attempts,
    /// Whether the service was told to end.
    pub draining: AtomicBool,
    /// Who may call.
    pub directory: Directory,
    /// What decisions are taken from.
    pub decisions: DecisionPlane,
    /// Reads what is asked about.
    pub questions: Questions,
    /// Signs and watches the audit log.
    pub audit: Audit,
    /// Denied decisions on their way to the audit log.
    pub recorder: Recorder,
    /// What is counted.
    pub metrics: Metrics,
    /// Which dataset is which contract's.
    pub datasets: Datasets,
    /// Calls subscribers.
    pub webhooks: Client,
    /// Told when this process changed the registry; it need not wait for its own notification.
    pub changed: Notify,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
