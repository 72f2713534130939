//! OpenLineage events as datasets, jobs and edges; the graph they make together with what
//! products declare.
//!
//! Belongs here: reading events ([`event`]), the flows in them ([`edges`]), which dataset is which
//! contract's ([`identity`]), walking the graph ([`walk`]) and laying it out ([`layout`]). Does not belong here: storing any of it, the clock, any I/O.

pub mod edges;
pub mod event;
pub mod graph;
pub mod identity;
mod json;
pub mod layout;
pub mod walk;

pub use edges::{DatasetEdge, edges};
pub use event::{Dataset, Event, EventError, EventKind, RunState, Warning};
pub use graph::{Edge, EdgeKind, Name, NodeId, NodeKind};
pub use identity::{ContractObject, Resolver};
pub use layout::{Position, layout};
pub use walk::Walk;
