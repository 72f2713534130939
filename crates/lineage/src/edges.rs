//! Which datasets of an event flow into which.
//!
//! Precedence: what the `columnLineage` facet of an output says, else every input into every
//! output. Where that would be more than [`MAX_EDGES`], only what the job read and what it wrote.

use std::collections::HashSet;

use serde::Serialize;

use crate::event::{Dataset, Event, EventKind, RunState};
use crate::graph::{EdgeKind, Name};

/// How many flows one event may state between datasets.
pub const MAX_EDGES: usize = 10_000;

/// A flow through a job. An end is absent where the job only read, or wrote what it made up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DatasetEdge {
    /// What was read.
    pub upstream: Option<Name>,
    /// What was written.
    pub downstream: Option<Name>,
}

/// The flows of one event and how sure they are, each flow once and in order.
///
/// A run that failed or was aborted moved nothing that anyone may rely on: no flows.
#[must_use]
pub fn edges(event: &Event) -> (EdgeKind, Vec<DatasetEdge>) {
    let kind = match &event.kind {
        EventKind::Run {
            state: RunState::Fail | RunState::Abort,
            ..
        }
        | EventKind::Dataset => return (EdgeKind::Observed, Vec::new()),
        EventKind::Run { .. } => EdgeKind::Observed,
        EventKind::Job => EdgeKind::Declared,
    };
    let mut edges = if too_many(&event.inputs, &event.outputs) {
        let written = event.outputs.iter().map(|output| DatasetEdge {
            upstream: None,
            downstream: Some(output.name.clone()),
        });
        written.collect()
    } else {
        let flows = event
            .outputs
            .iter()
            .flat_map(|output| flows_into(output, &event.inputs));
        flows.collect::<Vec<_>>()
    };
    edges.extend(read_only(&event.inputs, &edges));
    edges.sort();
    edges.dedup();
    (kind, edges)
}

/// Whether the flows between these datasets are more than [`MAX_EDGES`].
pub(crate) fn too_many(inputs: &[Dataset], outputs: &[Dataset]) -> bool {
    let into = |output: &Dataset| match output.derived_from.len() {
        0 => inputs.len(),
        derived => derived,
    };
    outputs.iter().map(into).sum::<usize>() > MAX_EDGES
}

fn flows_into(output: &Dataset, inputs: &[Dataset]) -> Vec<DatasetEdge> {
    let upstream: Vec<&Name> = if output.derived_from.is_empty() {
        let inputs = inputs.iter().map(|input| &input.name);
        inputs.filter(|name| **name != output.name).collect()
    } else {
        output.derived_from.iter().collect()
    };
    let edge = |upstream: Option<&Name>| DatasetEdge {
        upstream: upstream.cloned(),
        downstream: Some(output.name.clone()),
    };
    if upstream.is_empty() {
        return vec![edge(None)];
    }
    upstream.into_iter().map(|name| edge(Some(name))).collect()
}

/// The job read what flows nowhere.
fn read_only(inputs: &[Dataset], edges: &[DatasetEdge]) -> Vec<DatasetEdge> {
    let flowing: HashSet<&Name> = edges
        .iter()
        .filter_map(|edge| edge.upstream.as_ref())
        .collect();
    let idle = inputs.iter().filter(|input| !flowing.contains(&input.name));
    idle.map(|input| DatasetEdge {
        upstream: Some(input.name.clone()),
        downstream: None,
    })
    .collect()
}
