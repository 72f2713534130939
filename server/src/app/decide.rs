//! Decides: the one use case under every protocol. A caller asks for an engine, and gets answers
//! about the domains that it may ask about; what lies in others is not there.

mod size;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use zonecut_policy::{DecisionRequest, DecisionResponse, ObjectDecision, ObjectRequest};

use crate::authorization::Permission;
use crate::decision_plane::Serving;
use crate::identity::{EVERYWHERE, Identity};
use crate::problem::{Code, Problem};
use crate::state::AppState;

pub use size::TooLarge;
pub(crate) use size::{check as check_size, check_columns};

/// Whether the caller may ask for `engine`: an engine asks for itself, so that its region and purpose
/// count. Who is none, or asks for another's, needs a permission of its own.
#[must_use]
pub fn may_ask_for(identity: &Identity, engine: Option<&str>) -> bool {
    asks_for_itself(identity, engine) || identity.may(Permission::DecisionsAskUnbound)
}

fn asks_for_itself(identity: &Identity, engine: Option<&str>) -> bool {
    engine == Some(identity.principal.as_str())
}

/// Lets `work` answer from what is served at `now`.
///
/// # Errors
/// When nothing is served yet, when it has not been known to be the newest for too long, and those of
/// `work`.
pub fn from_served<T, E: From<Problem>>(
    state: &AppState,
    now: DateTime<Utc>,
    work: impl FnOnce(&Serving) -> Result<T, E>,
) -> Result<T, E> {
    let unavailable = |detail: String| Problem::new(Code::Unavailable, detail).into();
    let serving = state.decisions.serving();
    let Some(serving) = serving.as_ref() else {
        return Err(unavailable("no snapshot of the registry yet".to_owned()));
    };
    let age = state.decisions.age(now);
    let most = state.config.max_stale_seconds;
    if age > f64::from(most.get()) {
        return Err(unavailable(format!(
            "the snapshot has not been known to be the newest for {age:.0} s, more than `max_stale_seconds` = {most}"
        )));
    }
    work(serving)
}

/// Who asks, and what of.
pub struct Asker<'a> {
    /// The caller.
    pub identity: &'a Identity,
    /// What is served.
    pub serving: &'a Serving,
    /// An engine that asks for itself.
    own: bool,
}

impl<'a> Asker<'a> {
    /// `identity`, asking for `engine`.
    #[must_use]
    pub fn new(identity: &'a Identity, serving: &'a Serving, engine: Option<&str>) -> Self {
        Self {
            own: asks_for_itself(identity, engine),
            identity,
            serving,
        }
    }

    fn may_in(&self, domain: &str) -> bool {
        self.identity.may_in(Permission::DecisionsAsk, domain)
            && (self.own
                || self
                    .identity
                    .may_in(Permission::DecisionsAskUnbound, domain))
    }

    /// Whether the contract is of a domain that the caller may ask about.
    #[must_use]
    pub fn may_about(&self, contract: &str) -> bool {
        let domain = self.serving.domains.get(contract);
        self.may_in(domain.map_or(EVERYWHERE, String::as_str))
    }

    /// Whether the caller may ask about everything in the question.
    #[must_use]
    pub fn may_about_all(&self, question: &DecisionRequest<'_>) -> bool {
        let mut objects = question.objects.iter();
        self.may_in(EVERYWHERE) || objects.all(|asked| self.may_about(&asked.contract))
    }

    /// How many columns an object has that the caller may know of.
    #[must_use]
    pub fn width(&self, asked: &ObjectRequest<'_>) -> usize {
        if !self.may_about(&asked.contract) {
            return 0;
        }
        self.serving.snapshot.width(&asked.contract, &asked.object)
    }

    /// Decides about the objects that the caller may ask about; the others are unknown.
    #[must_use]
    pub fn decide(
        &self,
        question: &DecisionRequest<'_>,
        id: &str,
        now: DateTime<Utc>,
    ) -> DecisionResponse {
        if self.may_about_all(question) {
            return self.serving.snapshot.decide(question, id, now);
        }
        let mut known = question.clone();
        known
            .objects
            .retain(|asked| self.may_about(&asked.contract));
        let mut decided = self.serving.snapshot.decide(&known, id, now);
        let mut decisions = std::mem::take(&mut decided.decisions).into_iter();
        let decision = |asked: &ObjectRequest<'_>| {
            let known = self.may_about(&asked.contract).then(|| decisions.next());
            let unknown = || Arc::new(ObjectDecision::unknown(asked));
            known.flatten().unwrap_or_else(unknown)
        };
        decided.decisions = question.objects.iter().map(decision).collect();
        decided
    }
}
