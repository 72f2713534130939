//! From a request to a decision.

use std::cell::{OnceCell, RefCell};
use std::convert::Infallible;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::answer::{self, Asked};
use crate::catalog::Object;
use crate::compile::{Leaves, ObjectRules, Reach, Rule, bit};
use crate::matching::{Attribute, Context, Truth};
use crate::memo;
use crate::request::{self, Action, DecisionRequest, ObjectRequest, Text};
use crate::response::{ColumnDecision, DecisionResponse, ObjectDecision};
use crate::snapshot::{EngineEntry, Snapshot};
use crate::symbols::{Symbol, sorted};

thread_local! {
    /// Reused, so that a remembered decision allocates nothing but its answer.
    static KEY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A decision and its JSON. The key holds everything a request says and the stretch of time it falls
/// into, so two requests share an answer only when nothing that rules look at can differ.
#[derive(Debug)]
pub(crate) struct Remembered {
    key: Box<[u8]>,
    decision: Arc<ObjectDecision>,
    json: Box<[u8]>,
}

impl memo::Remembered for Remembered {
    fn key(&self) -> &[u8] {
        &self.key
    }

    /// The texts of a decision are in its JSON too, so they count twice.
    fn weight(&self) -> usize {
        let columns = self.decision.columns.0.capacity() * size_of::<(String, ColumnDecision)>();
        let fixed = size_of::<Self>() + size_of::<ObjectDecision>();
        fixed + self.key.len() + 2 * self.json.len() + columns
    }
}

impl Snapshot {
    /// Decides. `id` names the decision, `now` is the time it is taken at.
    #[must_use]
    pub fn decide(
        &self,
        request: &DecisionRequest<'_>,
        id: &str,
        now: DateTime<Utc>,
    ) -> DecisionResponse {
        let mut decisions = Vec::with_capacity(request.objects.len());
        self.each(request, now, |remembered| {
            decisions.push(Arc::clone(&remembered.decision));
        });
        DecisionResponse {
            id: id.to_owned(),
            serial: self.serial,
            decisions,
        }
    }

    /// Decides, and appends the answer's JSON to `out`: what [`Snapshot::decide`] serialises to.
    /// Answers whether every object is allowed.
    pub fn decide_json(
        &self,
        request: &DecisionRequest<'_>,
        id: &str,
        now: DateTime<Utc>,
        out: &mut Vec<u8>,
    ) -> bool {
        out.extend_from_slice(br#"{"id":"#);
        answer::json_string(id, out);
        out.extend_from_slice(br#","serial":"#);
        answer::json_number(self.serial, out);
        out.extend_from_slice(br#","decisions":["#);
        let (mut first, mut allowed) = (true, true);
        self.each(request, now, |remembered| {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            out.extend_from_slice(&remembered.json);
            allowed &= remembered.decision.allow;
        });
        out.extend_from_slice(b"]}");
        allowed
    }

    fn each(
        &self,
        request: &DecisionRequest<'_>,
        now: DateTime<Utc>,
        mut take: impl FnMut(&Remembered),
    ) {
        let caller = OnceCell::new();
        KEY.with_borrow_mut(|key| {
            self.begin_key(request, now, key);
            let common = key.len();
            for object in &request.objects {
                key.truncate(common);
                end_key(object, key);
                let Ok(()) = self.memo.get_or(key, &mut take, || {
                    // Nobody looks who asks while every object is remembered.
                    let caller = caller.get_or_init(|| Caller::new(self, &request.principal));
                    let decision = self.decide_object(request, caller, object, now);
                    let json = answer::json(&decision);
                    Ok::<_, Infallible>(Remembered {
                        key: key.as_slice().into(),
                        decision: Arc::new(decision),
                        json: json.into_boxed_slice(),
                    })
                });
            }
        });
    }

    /// Everything that can change the answer, each part with its length, so that no two requests
    /// write the same key: first what all objects of a request have in common.
    fn begin_key(&self, request: &DecisionRequest<'_>, now: DateTime<Utc>, key: &mut Vec<u8>) {
        let option = |key: &mut Vec<u8>, option: Option<&str>| match option {
            Some(value) => push_text(key, value),
            None => push_number(key, usize::MAX),
        };
        key.clear();
        push_number(key, self.turns.partition_point(|turn| *turn <= now));
        key.push(u8::from(request.explain));
        push_text(key, &request.action);
        push_text(key, &request.principal.user);
        push_list(key, &request.principal.groups);
        option(key, request.engine.as_deref());
        option(key, request.purpose.as_deref());
    }

    /// The decision about one object, computed.
    fn decide_object(
        &self,
        request: &DecisionRequest<'_>,
        caller: &Caller<'_>,
        asked: &ObjectRequest<'_>,
        now: DateTime<Utc>,
    ) -> ObjectDecision {
        let closed = |reason: String| answer::closed(asked, reason);
        let Some(action) = Action::named(&request.action) else {
            return closed(format!("unknown action `{}`", &*request.action));
        };
        let engine = match request.engine.as_deref().map(|name| self.engines.get(name)) {
            None => None,
            Some(Some(engine)) => Some(engine),
            Some(None) => {
                return closed(format!(
                    "unknown engine `{}`",
                    request.engine.as_deref().unwrap_or_default()
                ));
            }
        };
        let Some((object, rules)) = self.find(&asked.contract, &asked.object) else {
            return ObjectDecision::unknown(asked);
        };
        let held = caller.held(self, object.domain);
        let (context, notes) = self.context(
            &caller.principal,
            &held,
            object,
            rules,
            engine,
            request.purpose.as_deref(),
            now,
        );
        let view = self.view(object, rules, action, &context);
        let asked = Asked {
            request: asked,
            action,
            user: &request.principal.user,
            groups: &caller.groups,
            engine,
            explain: request.explain,
        };
        answer::object(self, object, rules, &view, &context, &asked, notes)
    }

    pub(crate) fn find(&self, contract: &str, name: &str) -> Option<(&Object, &ObjectRules)> {
        let index = self.object(contract, name)?;
        Some((self.objects.get(index)?, self.reach.get(index)?))
    }

    /// The context of a request about one object, and what has to be said about its purpose.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a different thing the context is made of"
    )]
    pub(crate) fn context<'a>(
        &self,
        principal: &'a Principal,
        held: &'a Held,
        object: &Object,
        rules: &ObjectRules,
        engine: Option<&EngineEntry>,
        stated: Option<&str>,
        now: DateTime<Utc>,
    ) -> (Context<'a>, Vec<String>) {
        let mut context = Context {
            user: principal.user,
            groups: &principal.groups,
            roles: &held.domain,
            global_roles: &held.global,
            engine: engine.map_or(Attribute::Unknown, |engine| {
                Attribute::Known(Some(engine.symbol))
            }),
            region: engine.map_or(Attribute::Unknown, |engine| engine.region),
            cloud: engine.map_or(Attribute::Unknown, |engine| engine.cloud),
            purpose: Attribute::Unknown,
            agreement: Truth::No,
            now,
        };
        let agreed = self.agreed_purposes(rules, &context);
        let mut notes = Vec::new();
        context.purpose = self.purpose(object, engine, stated, &agreed, &mut notes);
        context.agreement = match context.purpose {
            Attribute::Known(purpose)
                if purpose.is_some_and(|purpose| agreed.contains(&purpose)) =>
            {
                Truth::Yes
            }
            Attribute::Unknown if !agreed.is_empty() => Truth::Unknown,
            _ => Truth::No,
        };
        (context, notes)
    }

    /// The engine's own purpose first; else the stated one; else the only one that all agreements
    /// of the principal name; else unknown.
    fn purpose(
        &self,
        object: &Object,
        engine: Option<&EngineEntry>,
        stated: Option<&str>,
        agreed: &[Symbol],
        notes: &mut Vec<String>,
    ) -> Attribute {
        if let Some(own) = engine.and_then(|engine| engine.purpose.as_deref()) {
            if let Some(stated) = stated.filter(|stated| *stated != own) {
                notes.push(format!(
                    "the engine's own purpose `{own}` overrules the stated `{stated}`"
                ));
            }
            return Attribute::Known(self.symbols.get(own));
        }
        if let Some(stated) = stated {
            let published = object.domain.and_then(|domain| self.purposes.get(&domain));
            if published.is_some_and(|published| !published.contains(stated)) {
                notes.push(format!("purpose `{stated}` is not one that the domain publishes, so it counts as unknown"));
                return Attribute::Unknown;
            }
            return Attribute::Known(self.symbols.get(stated));
        }
        match agreed {
            [only] => Attribute::Known(Some(*only)),
            _ => Attribute::Unknown,
        }
    }

    /// The purposes of the principal's active agreements, each once.
    fn agreed_purposes(&self, rules: &ObjectRules, context: &Context<'_>) -> Box<[Symbol]> {
        let active = rules
            .agreements
            .iter()
            .filter_map(|rule| self.rules.get(*rule))
            .filter(|rule| {
                rule.when.purposes.as_deref().is_some_and(|purposes| {
                    purposes
                        .iter()
                        .any(|purpose| context.grants_for(rule, *purpose))
                })
            });
        sorted(
            active
                .flat_map(|rule| rule.when.purposes.iter().flatten().copied())
                .collect(),
        )
    }

    /// The rules that fall on a request.
    pub(crate) fn view<'a>(
        &'a self,
        object: &Object,
        rules: &'a ObjectRules,
        action: Action,
        context: &Context<'_>,
    ) -> View<'a> {
        let about = |rule: usize| {
            self.rules
                .get(rule)
                .filter(|rule| rule.actions & bit(action) != 0)
        };
        let granting = |reach: &'a Reach| {
            about(reach.rule)
                .filter(|rule| context.grants(rule))
                .map(|rule| Applied {
                    rule,
                    leaves: &reach.leaves,
                })
        };
        let falling = |reach: &'a Reach| {
            about(reach.rule)
                .filter(|rule| context.restricts(rule))
                .map(|rule| Applied {
                    rule,
                    leaves: &reach.leaves,
                })
        };
        let mut view = View {
            granted: Leaves::none(object.leaves),
            denied: Leaves::none(object.leaves),
            grants: rules.grants.iter().filter_map(granting).collect(),
            denies: rules.denies.iter().filter_map(falling).collect(),
            masks: rules.masks.iter().filter_map(falling).collect(),
            filters: rules
                .filters
                .iter()
                .filter_map(|rule| about(*rule))
                .filter(|rule| context.restricts(rule))
                .collect(),
        };
        view.grants
            .iter()
            .for_each(|grant| view.granted.add_all(grant.leaves));
        view.denies
            .iter()
            .for_each(|deny| view.denied.add_all(deny.leaves));
        view
    }
}

/// The part of a key that is about one object.
fn end_key(object: &ObjectRequest<'_>, key: &mut Vec<u8>) {
    push_text(key, &object.contract);
    push_text(key, &object.object);
    match &object.columns {
        Some(columns) => push_list(key, columns),
        None => push_number(key, usize::MAX),
    }
}

fn push_number(key: &mut Vec<u8>, number: usize) {
    key.extend_from_slice(&number.to_le_bytes());
}

fn push_text(key: &mut Vec<u8>, text: &str) {
    push_number(key, text.len());
    key.extend_from_slice(text.as_bytes());
}

fn push_list(key: &mut Vec<u8>, list: &[Text<'_>]) {
    push_number(key, list.len());
    for item in list {
        push_text(key, item);
    }
}

/// Who asks, looked up once for all objects of a request.
#[derive(Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) principal: Principal,
    /// All groups, those that no document mentions too; sorted, each once.
    groups: Vec<&'a str>,
    /// The roles held everywhere.
    global: Box<[Symbol]>,
}

impl<'a> Caller<'a> {
    pub(crate) fn new(snapshot: &Snapshot, stated: &'a request::Principal<'_>) -> Self {
        let mut groups: Vec<&str> = stated.groups.iter().map(|group| &**group).collect();
        groups.sort_unstable();
        groups.dedup();
        let known = groups
            .iter()
            .filter_map(|group| snapshot.symbols.get(group));
        let principal = Principal {
            user: snapshot.symbols.get(&stated.user),
            groups: sorted(known.collect()),
        };
        let global = snapshot.roles.held(principal.user, &principal.groups, None);
        Self {
            principal,
            groups,
            global,
        }
    }

    pub(crate) fn held(&self, snapshot: &Snapshot, domain: Option<Symbol>) -> Held {
        let (user, groups) = (self.principal.user, &self.principal.groups);
        Held {
            domain: match domain {
                Some(_) => snapshot.roles.held(user, groups, domain),
                None => self.global.clone(),
            },
            global: self.global.clone(),
        }
    }
}

/// Who asks, in numbers.
#[derive(Debug)]
pub(crate) struct Principal {
    user: Option<Symbol>,
    groups: Box<[Symbol]>,
}

impl Principal {
    /// Nobody in particular.
    pub(crate) fn nobody() -> Self {
        Self {
            user: None,
            groups: Box::default(),
        }
    }
}

/// The roles a principal holds about one domain's contracts.
#[derive(Debug)]
pub(crate) struct Held {
    pub domain: Box<[Symbol]>,
    pub global: Box<[Symbol]>,
}

/// A rule that falls on a request, and the leaves it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Applied<'a> {
    pub rule: &'a Rule,
    pub leaves: &'a Leaves,
}

/// The rules that fall on a request about one object.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub granted: Leaves,
    pub denied: Leaves,
    pub grants: Vec<Applied<'a>>,
    pub denies: Vec<Applied<'a>>,
    pub masks: Vec<Applied<'a>>,
    pub filters: Vec<&'a Rule>,
}

impl View<'_> {
    /// Whether a leaf may be read at all.
    pub(crate) fn opens(&self, leaf: usize) -> bool {
        self.granted.has(leaf) && !self.denied.has(leaf)
    }

    /// Whether any leaf may.
    pub(crate) fn opens_any(&self) -> bool {
        self.granted.exceeds(&self.denied)
    }
}
