//! Reading an OpenLineage 2-0-2 event (run, dataset or job), tolerantly.
//!
//! What producers are known to get wrong (a run id that is no UUID, a time without a zone, `null`
//! for an empty list) is read as it was meant and recorded as a [`Warning`]. Refused is only what
//! says nothing: no object, or neither a job nor a dataset.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::edges::{self, MAX_EDGES};
use crate::graph::Name;
use crate::json;

/// How deep an event may nest. Query plans in facets are texts; nothing honest comes near.
const MAX_DEPTH: usize = 64;
/// How many datasets an event may read, and how many it may write.
const MAX_DATASETS: usize = 1_000;
/// How many other names a dataset may have.
const MAX_SYMLINKS: usize = 100;

/// An event as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What it is about.
    pub kind: EventKind,
    /// `eventTime`, or when it was received where it states none.
    pub time: DateTime<Utc>,
    /// `producer`, or nothing.
    pub producer: String,
    /// The job, by its template where the producer names jobs by query; absent in a dataset event.
    pub job: Option<Name>,
    /// What was read.
    pub inputs: Vec<Dataset>,
    /// What was written; the one dataset of a dataset event.
    pub outputs: Vec<Dataset>,
    /// Flaws that were read past.
    pub warnings: Vec<Warning>,
    /// SHA-256 of the content, whatever the order of its keys.
    pub content_hash: String,
}

/// Which of the three events it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum EventKind {
    /// A run of a job moved to a state.
    Run {
        /// `run.runId` as stated.
        run_id: String,
        /// `eventType`.
        state: RunState,
    },
    /// Something about a job, whether or not it runs.
    Job,
    /// Something about a dataset.
    Dataset,
}

/// `eventType` of a run event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RunState {
    /// The run began.
    Start,
    /// The run goes on.
    Running,
    /// The run succeeded.
    Complete,
    /// The run was stopped.
    Abort,
    /// The run failed.
    Fail,
    /// Something else about the run; also the meaning of no type, or of an unknown one.
    Other,
}

impl RunState {
    /// The word of the specification.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Running => "RUNNING",
            Self::Complete => "COMPLETE",
            Self::Abort => "ABORT",
            Self::Fail => "FAIL",
            Self::Other => "OTHER",
        }
    }
}

/// A dataset that an event names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dataset {
    /// Namespace and name, as the producer spells them.
    #[serde(flatten)]
    pub name: Name,
    /// Its other names, from the `symlinks` facet.
    pub symlinks: Vec<Name>,
    /// Where its columns come from, from the `columnLineage` facet: the datasets, each once.
    pub derived_from: Vec<Name>,
}

/// A flaw that did not keep the event from being understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where, as a path from the root of the event.
    pub path: String,
    /// What is wrong, and how it was read.
    pub message: String,
}

/// Why an event was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// It is no JSON object.
    #[error("an OpenLineage event is a JSON object")]
    NotAnObject,
    /// It nests deeper than anything honest.
    #[error("the event nests deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// It names neither a job nor a dataset.
    #[error("the event names neither `job.name` nor `dataset.name`, so it is about nothing")]
    AboutNothing,
}

impl Event {
    /// Reads one event. `received` stands in for a time that is missing or can't be read.
    ///
    /// # Errors
    /// When the value is about nothing: see [`EventError`].
    pub fn read(value: &Value, received: DateTime<Utc>) -> Result<Self, EventError> {
        if deeper_than(value, MAX_DEPTH) {
            return Err(EventError::TooDeep);
        }
        let root = value.as_object().ok_or(EventError::NotAnObject)?;
        let mut reader = Reader::default();
        let time = reader.time(root, received);
        let producer = json::text(root, "producer").unwrap_or_default().to_owned();
        if producer.is_empty() {
            reader.warn("producer", "is missing");
        }
        let stated_job = json::object(root, "job").and_then(|job| reader.name(job, "job"));
        let inputs = reader.datasets(root, "inputs");
        let mut outputs = reader.datasets(root, "outputs");
        let kind = if stated_job.is_some() {
            reader.kind(root)
        } else {
            let dataset = json::object(root, "dataset")
                .and_then(|dataset| reader.dataset(dataset, "dataset"))
                .ok_or(EventError::AboutNothing)?;
            outputs.push(dataset);
            EventKind::Dataset
        };
        if edges::too_many(&inputs, &outputs) {
            let message = format!(
                "states more than {MAX_EDGES} flows; only what the job read and wrote is kept"
            );
            reader.warn("outputs", message);
        }
        let job = stated_job.map(|job| template(job, &inputs, &outputs));
        Ok(Self {
            kind,
            time,
            producer,
            job,
            inputs,
            outputs,
            warnings: reader.warnings,
            content_hash: json::content_hash(value),
        })
    }

    /// What makes two deliveries one event: run id, event type, time and content.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let (run_id, state) = match &self.kind {
            EventKind::Run { run_id, state } => (run_id.as_str(), state.as_str()),
            EventKind::Job => ("", "JOB"),
            EventKind::Dataset => ("", "DATASET"),
        };
        let parts = [run_id, state, &self.time_key(), &self.content_hash];
        json::content_hash(&parts.iter().copied().collect())
    }

    /// The stated time, or nothing where the time of receipt stands in: that one differs between
    /// two deliveries of one event.
    fn time_key(&self) -> String {
        if self
            .warnings
            .iter()
            .any(|warning| warning.path == "eventTime")
        {
            String::new()
        } else {
            self.time.to_rfc3339()
        }
    }
}

/// Collects what is wrong on the way.
#[derive(Default)]
struct Reader {
    warnings: Vec<Warning>,
}

impl Reader {
    fn warn(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.warnings.push(Warning {
            path: path.into(),
            message: message.into(),
        });
    }

    fn kind(&mut self, root: &Map<String, Value>) -> EventKind {
        let Some(run) = json::object(root, "run") else {
            return EventKind::Job;
        };
        let run_id = json::text(run, "runId").unwrap_or_default();
        if run_id.is_empty() {
            self.warn("run.runId", "is missing");
        } else if !is_uuid(run_id) {
            self.warn("run.runId", format!("`{run_id}` is no UUID; kept as it is"));
        }
        let stated = json::text(root, "eventType").unwrap_or("OTHER");
        let state = match stated.to_ascii_uppercase().as_str() {
            "START" => RunState::Start,
            "RUNNING" => RunState::Running,
            "COMPLETE" => RunState::Complete,
            "ABORT" => RunState::Abort,
            "FAIL" => RunState::Fail,
            "OTHER" => RunState::Other,
            _ => {
                self.warn(
                    "eventType",
                    format!("`{stated}` is unknown; read as `OTHER`"),
                );
                RunState::Other
            }
        };
        EventKind::Run {
            run_id: run_id.to_owned(),
            state,
        }
    }

    fn time(&mut self, root: &Map<String, Value>, received: DateTime<Utc>) -> DateTime<Utc> {
        let Some(stated) = json::text(root, "eventTime") else {
            self.warn("eventTime", "is missing; the time of receipt stands in");
            return received;
        };
        if let Ok(time) = DateTime::parse_from_rfc3339(stated) {
            return time.to_utc();
        }
        if let Ok(time) = stated.parse::<NaiveDateTime>() {
            self.warn("eventTime", format!("`{stated}` has no zone; read as UTC"));
            return time.and_utc();
        }
        let message = format!("`{stated}` is no RFC 3339 time; the time of receipt stands in");
        self.warn("eventTime", message);
        received
    }

    fn name(&mut self, object: &Map<String, Value>, path: &str) -> Option<Name> {
        let name = json::text(object, "name")?;
        let namespace = json::text(object, "namespace").unwrap_or_else(|| {
            self.warn(format!("{path}.namespace"), "is missing; read as `default`");
            "default"
        });
        Some(Name::new(namespace, name))
    }

    fn datasets(&mut self, root: &Map<String, Value>, side: &str) -> Vec<Dataset> {
        match root.get(side) {
            None => return Vec::new(),
            Some(Value::Array(_)) => {}
            Some(_) => {
                self.warn(side, "is no list; read as empty");
                return Vec::new();
            }
        }
        let mut read: Vec<Dataset> = Vec::new();
        let mut places: HashMap<Name, usize> = HashMap::new();
        let items = json::items(root, side);
        if items.len() > MAX_DATASETS {
            let message = format!(
                "names {} datasets; the first {MAX_DATASETS} are kept",
                items.len()
            );
            self.warn(side, message);
        }
        for (index, item) in items.iter().take(MAX_DATASETS).enumerate() {
            let path = format!("{side}[{index}]");
            let dataset = item.as_object().and_then(|item| self.dataset(item, &path));
            match dataset {
                None => self.warn(path, "names no dataset; left out"),
                Some(dataset) => {
                    let place = *places.entry(dataset.name.clone()).or_insert(read.len());
                    match read.get_mut(place) {
                        Some(known) => known.accumulate(dataset),
                        None => read.push(dataset),
                    }
                }
            }
        }
        read
    }

    fn dataset(&mut self, object: &Map<String, Value>, path: &str) -> Option<Dataset> {
        let name = self.name(object, path)?;
        let facets = json::object(object, "facets");
        let symlinks = facets
            .and_then(|facets| json::object(facets, "symlinks"))
            .map_or(&[][..], |facet| json::items(facet, "identifiers"))
            .iter()
            .take(MAX_SYMLINKS)
            .filter_map(|item| self.name(item.as_object()?, &format!("{path}.facets.symlinks")))
            .collect();
        let derived_from = facets
            .and_then(|facets| json::object(facets, "columnLineage"))
            .map(|facet| self.derived_from(facet, &name, path))
            .unwrap_or_default();
        Some(Dataset {
            name,
            symlinks,
            derived_from,
        })
    }

    /// The datasets that a `columnLineage` facet names, for any column or for the whole. An update
    /// in place names the dataset itself, which is no flow.
    fn derived_from(&mut self, facet: &Map<String, Value>, of: &Name, path: &str) -> Vec<Name> {
        let per_column = json::object(facet, "fields")
            .into_iter()
            .flat_map(Map::values)
            .filter_map(Value::as_object)
            .flat_map(|column| json::items(column, "inputFields"));
        let mut names: HashSet<Name> = HashSet::new();
        for item in per_column.chain(json::items(facet, "dataset")) {
            let path = format!("{path}.facets.columnLineage");
            let name = item.as_object().and_then(|item| self.name(item, &path));
            match name {
                None => self.warn(path, "has an input that names no dataset; left out"),
                Some(name) if name != *of => {
                    names.insert(name);
                }
                Some(_) => {}
            }
        }
        let mut names: Vec<Name> = names.into_iter().collect();
        names.sort();
        names
    }
}

impl Dataset {
    /// One dataset named twice in a list is one dataset that knows both facets.
    fn accumulate(&mut self, other: Self) {
        let known: HashSet<Name> = self.symlinks.iter().cloned().collect();
        let new = other.symlinks.into_iter();
        self.symlinks
            .extend(new.filter(|symlink| !known.contains(symlink)));
        self.symlinks.truncate(MAX_SYMLINKS);
        self.derived_from.extend(other.derived_from);
        self.derived_from.sort();
        self.derived_from.dedup();
    }
}

/// Engines that name jobs by query id make a new job of every query. Such jobs collapse into one
/// per set of inputs and outputs: what flows is the same.
fn template(job: Name, inputs: &[Dataset], outputs: &[Dataset]) -> Name {
    if !is_query_id(&job.name) {
        return job;
    }
    let side = |datasets: &[Dataset]| {
        let mut names: Vec<_> = datasets
            .iter()
            .map(|dataset| dataset.name.name.clone())
            .collect();
        names.sort();
        names.join(", ")
    };
    let name = match (inputs.is_empty(), outputs.is_empty()) {
        (true, true) => "query".to_owned(),
        (false, true) => format!("query of {}", side(inputs)),
        (true, false) => format!("query into {}", side(outputs)),
        (false, false) => format!("query of {} into {}", side(inputs), side(outputs)),
    };
    Name::new(job.namespace, shortened(name))
}

/// A query over very many tables still has a name of a length that can be indexed and read.
fn shortened(name: String) -> String {
    const LONGEST: usize = 200;
    if name.chars().count() <= LONGEST {
        return name;
    }
    let start: String = name.chars().take(LONGEST).collect();
    let hash: String = json::content_hash(&Value::String(name))
        .chars()
        .take(12)
        .collect();
    format!("{start}… {hash}")
}

/// Trino's and Presto's query id: `20261123_111143_00010_uczye`.
fn is_query_id(name: &str) -> bool {
    let parts: Vec<&str> = name.split('_').collect();
    let [date, time, number, coordinator] = parts.as_slice() else {
        return false;
    };
    let digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(date, 8)
        && digits(time, 6)
        && digits(number, 5)
        && coordinator.len() == 5
        && coordinator.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn deeper_than(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(items) => {
            levels == 0 || items.iter().any(|item| deeper_than(item, levels - 1))
        }
        Value::Object(map) => levels == 0 || map.values().any(|item| deeper_than(item, levels - 1)),
        _ => false,
    }
}
