//! Denied decisions, and refusals that anybody can cause, on their way to the audit log: a bounded
//! queue, so that no answer waits. What did not fit is counted, and the counts are recorded.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::sync::{Mutex, mpsc};
use zonecut_audit::{Outcome, Record};
use zonecut_policy::request::Text;
use zonecut_policy::{DecisionRequest, DecisionResponse};

use crate::app::audit::Change;
use crate::identity::Identity;

/// How many denied decisions may wait; each holds its reasons, some kilobytes.
pub const CAPACITY: usize = 1_024;
/// How many refusals of strangers are kept of one second.
const STRANGERS: u32 = 10;
/// How much of one question is kept: a caller chooses its size.
const MOST: usize = 20;
const LONGEST: usize = 256;

const DENIED: &str = "decision.deny";

/// How many of each action are in no row of the log.
pub type Dropped = BTreeMap<&'static str, u64>;

/// The queue.
pub struct Recorder {
    sender: mpsc::Sender<Record>,
    receiver: Mutex<mpsc::Receiver<Record>>,
    dropped: std::sync::Mutex<Dropped>,
    /// The last second with a refused stranger, and how many there were in it.
    strangers: std::sync::Mutex<(i64, u32)>,
}

impl Default for Recorder {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel(CAPACITY);
        Self {
            sender,
            receiver: Mutex::new(receiver),
            dropped: std::sync::Mutex::default(),
            strangers: std::sync::Mutex::default(),
        }
    }
}

impl Recorder {
    /// Notes a decision in which something was denied. `answer` is asked for only when there is
    /// room for it.
    pub fn denied(
        &self,
        identity: &Identity,
        at: DateTime<Utc>,
        question: &DecisionRequest<'_>,
        answer: impl FnOnce() -> DecisionResponse,
    ) {
        match self.sender.try_reserve() {
            Ok(place) => place.send(record(identity, at, question, &answer())),
            Err(_) => self.count_dropped(DENIED),
        }
    }

    /// Notes that a protocol's own question was denied. `denial` is asked for only when there is room
    /// for it.
    pub fn denied_otherwise<'d>(
        &self,
        identity: &Identity,
        at: DateTime<Utc>,
        denial: impl FnOnce() -> Denial<'d>,
    ) {
        match self.sender.try_reserve() {
            Ok(place) => place.send(denial().record(identity, at)),
            Err(_) => self.count_dropped(DENIED),
        }
    }

    /// Notes a refusal that anybody can cause: a few of each second, the others are counted.
    pub fn refused(&self, at: DateTime<Utc>, actor: &str, refusal: Change) {
        let second = at.timestamp();
        let action = refusal.action;
        let within = {
            let mut seen = self
                .strangers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if seen.0 != second {
                *seen = (second, 0);
            }
            seen.1 = seen.1.saturating_add(1);
            seen.1 <= STRANGERS
        };
        let record = || refusal.record(at, actor, Outcome::Refused);
        if !within || self.sender.try_send(record()).is_err() {
            self.count_dropped(action);
        }
    }

    /// Counts an `action` that gets no row.
    pub fn count_dropped(&self, action: &'static str) {
        let mut counts = self.counts();
        let count = counts.entry(action).or_default();
        *count = count.saturating_add(1);
    }

    /// Waits for the next denied decisions, at most `limit`.
    pub async fn next(&self, limit: usize) -> Vec<Record> {
        let mut batch = Vec::new();
        self.receiver
            .lock()
            .await
            .recv_many(&mut batch, limit)
            .await;
        batch
    }

    /// What is waiting now, at most `limit`.
    pub async fn waiting(&self, limit: usize) -> Vec<Record> {
        let mut receiver = self.receiver.lock().await;
        let mut batch = Vec::new();
        while batch.len() < limit {
            match receiver.try_recv() {
                Ok(denied) => batch.push(denied),
                Err(_) => break,
            }
        }
        batch
    }

    /// Whether something is in no row.
    #[must_use]
    pub fn has_dropped(&self) -> bool {
        !self.counts().is_empty()
    }

    /// Takes the counts of what is in no row.
    pub fn take_dropped(&self) -> Dropped {
        std::mem::take(&mut *self.counts())
    }

    /// Gives back counts that could not be recorded.
    pub fn give_back(&self, dropped: Dropped) {
        let mut counts = self.counts();
        for (action, more) in dropped {
            let count = counts.entry(action).or_default();
            *count = count.saturating_add(more);
        }
    }

    fn counts(&self) -> MutexGuard<'_, Dropped> {
        self.dropped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A denial as it is recorded.
pub struct Denial<'a> {
    /// The decision's id.
    pub decision: String,
    /// The serial it was taken at.
    pub serial: u64,
    /// Who wanted something.
    pub user: &'a str,
    /// Their groups.
    pub groups: &'a [Text<'a>],
    /// What they wanted to do.
    pub action: &'a str,
    /// Through which engine.
    pub engine: Option<&'a str>,
    /// What for.
    pub purpose: Option<&'a str>,
    /// How many things were denied.
    pub denied: usize,
    /// Which; the first of them are kept.
    pub subjects: Vec<String>,
    /// Why; the first of them are kept.
    pub reasons: Vec<String>,
}

impl Denial<'_> {
    fn record(self, identity: &Identity, at: DateTime<Utc>) -> Record {
        let kept = |texts: &[String]| {
            let texts = texts.iter().take(MOST);
            texts.map(|it| start(it).to_owned()).collect::<Vec<_>>()
        };
        let groups = self.groups.iter().take(MOST);
        let groups: Vec<_> = groups.map(|it| start(it)).collect();
        let detail = json!({
            "decision": self.decision,
            "serial": self.serial,
            "denied": self.denied,
            "user": start(self.user),
            "groups": groups,
            "action": start(self.action),
            "engine": self.engine.map(start),
            "purpose": self.purpose.map(start),
            "reasons": kept(&self.reasons),
        });
        let change = Change::new(DENIED, kept(&self.subjects).join(", ")).detail(detail);
        change.record(at, &identity.principal, Outcome::Refused)
    }
}

fn record(
    identity: &Identity,
    at: DateTime<Utc>,
    question: &DecisionRequest<'_>,
    answer: &DecisionResponse,
) -> Record {
    let denied: Vec<_> = answer.decisions.iter().filter(|it| !it.allow).collect();
    let named = denied.iter().take(MOST);
    let subjects = named.map(|it| format!("{}.{}", start(&it.contract), start(&it.object)));
    let reasons = denied.iter().flat_map(|it| &it.reasons).take(MOST);
    let denial = Denial {
        decision: answer.id.clone(),
        serial: answer.serial,
        user: &question.principal.user,
        groups: &question.principal.groups,
        action: &question.action,
        engine: question.engine.as_deref(),
        purpose: question.purpose.as_deref(),
        denied: denied.len(),
        subjects: subjects.collect(),
        reasons: reasons.cloned().collect(),
    };
    denial.record(identity, at)
}

fn start(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
