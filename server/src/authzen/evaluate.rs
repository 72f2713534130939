//! Access evaluation and evaluations (sections 6 and 7 of the standard).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zonecut_policy::{Access, DecisionResponse, ObjectDecision};

use super::entities::{self, Action, Context, Resource, Subject};
use crate::app::decide::{Asker, check_columns, check_size};
use crate::face::{Asked, Closed, Object, malformed, present, read, too_much};
use crate::recorder::Denial;

/// The most evaluations of one request.
const MOST: usize = 256;

/// One evaluation, or what several have in common.
#[derive(Debug, Default, Deserialize)]
pub struct Evaluation<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    subject: Option<Object<Subject<'a>>>,
    #[serde(borrow, default, deserialize_with = "present")]
    action: Option<Object<Action<'a>>>,
    #[serde(borrow, default, deserialize_with = "present")]
    resource: Option<Object<Resource<'a>>>,
    #[serde(borrow, default, deserialize_with = "present")]
    context: Option<Object<Context<'a>>>,
}

/// Several, which fall back on what stands beside them.
#[derive(Debug, Deserialize)]
struct Evaluations<'a> {
    #[serde(borrow, default)]
    evaluations: Vec<Object<Evaluation<'a>>>,
    #[serde(default)]
    options: Object<Options>,
}

#[derive(Debug, Default, Deserialize)]
struct Options {
    #[serde(default)]
    evaluations_semantic: Semantic,
}

/// When evaluating ends.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Semantic {
    #[default]
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// A decision.
#[derive(Debug, Serialize)]
pub struct Decision {
    decision: bool,
    context: Value,
}

/// The answer to several evaluations, or to one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Decisions {
    /// Several, in the order they were asked for.
    Several {
        /// Each.
        evaluations: Vec<Decision>,
    },
    /// The one that the request itself is.
    One(Decision),
}

/// Answers one evaluation.
///
/// # Errors
/// When it is malformed, too large, or not the caller's to ask.
pub fn evaluation(asked: &Asked<'_>) -> Result<Decision, Closed> {
    one(asked, &read(asked.body)?)
}

/// Answers several evaluations.
///
/// # Errors
/// When one is malformed, too large, or not the caller's to ask.
pub fn evaluations(asked: &Asked<'_>) -> Result<Decisions, Closed> {
    let shared: Evaluation<'_> = read(asked.body)?;
    let several: Evaluations<'_> = read(asked.body)?;
    if several.evaluations.is_empty() {
        return Ok(Decisions::One(one(asked, &shared)?));
    }
    if several.evaluations.len() > MOST {
        let count = several.evaluations.len();
        return Err(too_much(format!(
            "`evaluations` holds at most {MOST}, here {count}"
        )));
    }
    let mut decisions = Vec::with_capacity(several.evaluations.len());
    for own in &several.evaluations {
        let decision = match Parts::of(own, &shared) {
            Ok(parts) => decide(asked, &parts)?,
            Err(missing) => Decision {
                decision: false,
                context: json!({"error": {"status": 400, "message": missing}}),
            },
        };
        let last = match several.options.evaluations_semantic {
            Semantic::ExecuteAll => false,
            Semantic::DenyOnFirstDeny => !decision.decision,
            Semantic::PermitOnFirstPermit => decision.decision,
        };
        decisions.push(decision);
        if last {
            break;
        }
    }
    Ok(Decisions::Several {
        evaluations: decisions,
    })
}

fn one(asked: &Asked<'_>, evaluation: &Evaluation<'_>) -> Result<Decision, Closed> {
    let nothing = Evaluation::default();
    let parts = Parts::of(evaluation, &nothing).map_err(|missing| malformed(&missing))?;
    decide(asked, &parts)
}

/// A whole evaluation.
struct Parts<'e, 'a> {
    subject: &'e Subject<'a>,
    action: &'e Action<'a>,
    resource: &'e Resource<'a>,
    context: Context<'a>,
}

impl<'e, 'a> Parts<'e, 'a> {
    /// `own`, and what it lacks from `shared`.
    fn of(own: &'e Evaluation<'a>, shared: &'e Evaluation<'a>) -> Result<Self, String> {
        let missing = |field: &str| format!("missing field `{field}`");
        let subject = own.subject.as_ref().or(shared.subject.as_ref());
        let action = own.action.as_ref().or(shared.action.as_ref());
        let resource = own.resource.as_ref().or(shared.resource.as_ref());
        let context = own.context.as_ref().or(shared.context.as_ref());
        Ok(Self {
            subject: subject.ok_or_else(|| missing("subject"))?,
            action: action.ok_or_else(|| missing("action"))?,
            resource: resource.ok_or_else(|| missing("resource"))?,
            context: context.map(|it| it.0.clone()).unwrap_or_default(),
        })
    }
}

fn decide<'a>(asked: &Asked<'a>, parts: &Parts<'_, 'a>) -> Result<Decision, Closed> {
    let (state, identity, now) = (asked.state, asked.identity, asked.now);
    let id = state.ids.next(now).to_string();
    let context = parts.context.bound(asked)?;
    state.metrics.decided();
    let action = &*parts.action.name;
    let question = entities::question(parts.subject, action, parts.resource, &context);
    let question = match question {
        Ok(question) => question,
        Err(unknown) => {
            let denial = || Denial {
                decision: id.clone(),
                serial: asked.serving.snapshot.serial(),
                action,
                engine: context.engine.as_deref(),
                purpose: context.purpose.as_deref(),
                user: &parts.subject.id,
                groups: &[],
                denied: 1,
                subjects: vec![format!("{} {}", &*parts.resource.kind, &*parts.resource.id)],
                reasons: vec![unknown.clone()],
            };
            state.recorder.denied_otherwise(identity, now, denial);
            return Ok(Decision {
                decision: false,
                context: json!({"id": id, "reasons": [unknown]}),
            });
        }
    };
    check_size(&question)?;
    let caller = Asker::new(identity, asked.serving, context.engine.as_deref());
    check_columns(&question, |object| caller.width(object))?;
    let decided = caller.decide(&question, &id, now);
    let decision = shown(&decided);
    if !decision.decision {
        state.recorder.denied(identity, now, &question, || decided);
    }
    Ok(decision)
}

fn shown(decided: &DecisionResponse) -> Decision {
    let object = decided.decisions.first();
    let obligations = object.map(|it| obligations(it)).unwrap_or_default();
    Decision {
        decision: object.is_some_and(|it| it.allow),
        context: json!({
            "id": decided.id,
            "serial": decided.serial,
            "reasons": object.map(|it| it.reasons.as_slice()),
            "obligations": obligations,
        }),
    }
}

/// What whoever enforces the decision has to do.
fn obligations(decision: &ObjectDecision) -> Vec<Value> {
    if !decision.allow {
        return Vec::new();
    }
    let masked = decision.columns.0.iter();
    let masked = masked.filter(|(_, column)| column.access == Access::Masked);
    let masks = masked.map(|(path, column)| {
        json!({"type": "mask", "column": path, "mask": column.mask, "expression": column.expression})
    });
    let filters = decision.filters.iter();
    let filters = filters.map(|it| json!({"type": "filter", "expression": it.expression}));
    let others = decision.obligations.iter().map(|it| json!(it));
    masks.chain(filters).chain(others).collect()
}
