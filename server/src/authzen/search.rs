//! Search (section 8 of the standard): who may, on what, and how. What is found is what an evaluation
//! allows. Masks and filters may fall on it all the same.

use std::ops::Bound;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zonecut_policy::request::{Principal, Text};
use zonecut_policy::{Access, Action as Known, DecisionRequest, ObjectDecision, ObjectRequest};

use super::entities::{self, Action, COLUMN, Context, GROUP, OBJECT, Resource, Subject, USER};
use crate::app::decide::{Asker, check_size};
use crate::face::{Anything, Asked, Closed, Object, malformed, present, read};

/// The results of a page, unless fewer are wanted.
const PAGE: usize = 100;
/// How many decisions are taken for one page at most.
const EFFORT: usize = 1_000;
/// What parts the words of a page's key.
const PART: char = '\0';

/// A subject or resource of which only the type is given; what else is there is ignored.
#[derive(Debug, Deserialize)]
struct Wanted<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(default, deserialize_with = "present")]
    #[expect(dead_code, reason = "only has to be an object")]
    properties: Option<Object<Anything>>,
}

/// Which page.
#[derive(Debug, Default, Deserialize)]
struct PageRequest {
    /// What the page before said; drafts of the standard call it `next_token` here too.
    #[serde(default, alias = "next_token", deserialize_with = "present")]
    token: Option<String>,
    #[serde(default, deserialize_with = "present")]
    limit: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct SubjectSearch<'a> {
    #[serde(borrow)]
    subject: Object<Wanted<'a>>,
    #[serde(borrow)]
    action: Object<Action<'a>>,
    #[serde(borrow)]
    resource: Object<Resource<'a>>,
    #[serde(borrow, default)]
    context: Object<Context<'a>>,
    #[serde(default)]
    page: Object<PageRequest>,
}

#[derive(Debug, Deserialize)]
struct ResourceSearch<'a> {
    #[serde(borrow)]
    subject: Object<Subject<'a>>,
    #[serde(borrow)]
    action: Object<Action<'a>>,
    #[serde(borrow)]
    resource: Object<Wanted<'a>>,
    #[serde(borrow, default)]
    context: Object<Context<'a>>,
    #[serde(default)]
    page: Object<PageRequest>,
}

#[derive(Debug, Deserialize)]
struct ActionSearch<'a> {
    #[serde(borrow)]
    subject: Object<Subject<'a>>,
    #[serde(borrow)]
    resource: Object<Resource<'a>>,
    #[serde(borrow, default)]
    context: Object<Context<'a>>,
    #[serde(default)]
    page: Object<PageRequest>,
}

/// A page of what was found.
#[derive(Debug, Serialize)]
pub struct Found<T> {
    results: Vec<T>,
    page: Next,
}

#[derive(Debug, Serialize)]
struct Next {
    /// Empty on the last page.
    next_token: String,
}

/// A subject or resource that was found.
#[derive(Debug, Serialize)]
pub struct Entity {
    r#type: &'static str,
    id: String,
}

/// An action that was found.
#[derive(Debug, Serialize)]
pub struct Named {
    name: &'static str,
}

impl<T> Found<T> {
    const fn none() -> Self {
        Self::all(Vec::new())
    }

    const fn all(results: Vec<T>) -> Self {
        let page = Next {
            next_token: String::new(),
        };
        Self { results, page }
    }
}

/// Who, of the users or groups that documents name, may do that.
///
/// # Errors
/// When the request is malformed, too large, or not the caller's to ask.
pub fn subjects(asked: &Asked<'_>) -> Result<Found<Entity>, Closed> {
    let search: SubjectSearch<'_> = read(asked.body)?;
    let paging = Paging::of(&search.page)?;
    let context = search.context.bound(asked)?;
    let snapshot = &asked.serving.snapshot;
    let (kind, names) = match &*search.subject.kind {
        USER => (USER, snapshot.users()),
        GROUP => (GROUP, snapshot.groups()),
        _ => return Ok(Found::none()),
    };
    let search_for = |name: &str| {
        let principal = entities::named(kind, &name.to_owned().into(), Vec::new()).ok()?;
        let nobody = Subject {
            kind: kind.into(),
            id: "".into(),
            properties: None,
        };
        let question =
            entities::question(&nobody, &search.action.name, &search.resource, &context).ok()?;
        Some(DecisionRequest {
            principal,
            ..question
        })
    };
    if let Some(question) = search_for("") {
        check_size(&question)?;
    }
    let caller = Asker::new(asked.identity, asked.serving, context.engine.as_deref());
    let after = (paging.after.as_deref()).map_or(Bound::Unbounded, Bound::Excluded);
    let mut page = Collected::new(&paging);
    for name in names.range::<str, _>((after, Bound::Unbounded)) {
        if page.is_full() {
            break;
        }
        let decided = search_for(name).is_some_and(|question| allowed(asked, &caller, &question));
        let found = decided.then(|| Entity {
            r#type: kind,
            id: (*name).to_owned(),
        });
        page.tried(name, found);
    }
    Ok(page.found())
}

/// On what of that type the subject may do that.
///
/// # Errors
/// When the request is malformed, too large, or not the caller's to ask.
pub fn resources(asked: &Asked<'_>) -> Result<Found<Entity>, Closed> {
    let search: ResourceSearch<'_> = read(asked.body)?;
    let paging = Paging::of(&search.page)?;
    let context = search.context.bound(asked)?;
    let columns = match &*search.resource.kind {
        OBJECT => false,
        COLUMN => true,
        _ => return Ok(Found::none()),
    };
    let Ok(principal) = entities::principal(&search.subject) else {
        return Ok(Found::none());
    };
    let caller = Asker::new(asked.identity, asked.serving, context.engine.as_deref());
    let wanted = Wish {
        principal,
        action: &search.action.name,
        context: &context,
    };
    check_size(&wanted.about("", "", None))?;
    let snapshot = &asked.serving.snapshot;
    let after = paging.after.as_deref().unwrap_or_default();
    let mut page = Collected::new(&paging);
    for (contract, object) in snapshot.objects() {
        let key = format!("{contract}{PART}{object}");
        if *key <= *after || !caller.may_about(contract) {
            continue;
        }
        if page.is_full() {
            break;
        }
        let paths = columns.then(|| snapshot.columns(contract, object).into_iter().collect());
        let decided = wanted.decide(asked, &caller, contract, object, paths);
        page.tried(&key, entities_of(&decided, columns));
    }
    Ok(page.found())
}

/// What the subject may do to the resource.
///
/// # Errors
/// When the request is malformed, too large, or not the caller's to ask.
pub fn actions(asked: &Asked<'_>) -> Result<Found<Named>, Closed> {
    let search: ActionSearch<'_> = read(asked.body)?;
    Paging::of(&search.page)?;
    let context = search.context.bound(asked)?;
    let caller = Asker::new(asked.identity, asked.serving, context.engine.as_deref());
    let mut results = Vec::new();
    for action in Known::ALL {
        let name = action.name();
        let question = entities::question(&search.subject, name, &search.resource, &context);
        let Ok(question) = question else {
            return Ok(Found::none());
        };
        check_size(&question)?;
        if allowed(asked, &caller, &question) {
            results.push(Named { name });
        }
    }
    Ok(Found::all(results))
}

fn allowed(asked: &Asked<'_>, caller: &Asker<'_>, question: &DecisionRequest<'_>) -> bool {
    let decided = caller.decide(question, "", asked.now);
    decided.decisions.first().is_some_and(|it| it.allow)
}

/// What a subject wants to do, to whatever it may.
struct Wish<'w, 'a> {
    principal: Principal<'a>,
    action: &'w str,
    context: &'w Context<'a>,
}

impl<'a> Wish<'_, 'a> {
    fn about(&self, contract: &str, object: &str, paths: Option<Vec<&str>>) -> DecisionRequest<'a> {
        let object = ObjectRequest {
            contract: contract.to_owned().into(),
            object: object.to_owned().into(),
            columns: paths.map(|paths| paths.into_iter().map(|it| it.to_owned().into()).collect()),
        };
        entities::ask(self.principal.clone(), self.action, object, self.context)
    }

    fn decide(
        &self,
        asked: &Asked<'_>,
        caller: &Asker<'_>,
        contract: &str,
        object: &str,
        paths: Option<Vec<&str>>,
    ) -> ObjectDecision {
        let question = self.about(contract, object, paths);
        let decided = caller.decide(&question, "", asked.now);
        let decision = decided.decisions.into_iter().next();
        decision.map_or_else(
            || {
                ObjectDecision::unknown(&ObjectRequest {
                    contract: contract.to_owned().into(),
                    object: object.to_owned().into(),
                    columns: None,
                })
            },
            |decision| (*decision).clone(),
        )
    }
}

fn entities_of(decided: &ObjectDecision, columns: bool) -> Vec<Entity> {
    let object = format!("{}/{}", decided.contract, decided.object);
    if !columns {
        let found = decided.allow.then_some(Entity {
            r#type: OBJECT,
            id: object,
        });
        return found.into_iter().collect();
    }
    let open = decided.columns.0.iter();
    open.filter(|(_, column)| column.access != Access::Denied)
        .map(|(path, _)| Entity {
            r#type: COLUMN,
            id: format!("{object}/{path}"),
        })
        .collect()
}

/// Which page is wanted.
struct Paging {
    after: Option<String>,
    limit: usize,
}

impl Paging {
    fn of(page: &PageRequest) -> Result<Self, Closed> {
        let token = page.token.as_deref().filter(|token| !token.is_empty());
        let key = |token: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok();
        let after = match token.map(key) {
            Some(None) => return Err(malformed("`page.token` is none of ours")),
            after => after.flatten(),
        };
        match page.limit.unwrap_or(PAGE) {
            0 => Err(malformed("`page.limit` is at least 1")),
            limit => Ok(Self {
                after,
                limit: limit.min(PAGE),
            }),
        }
    }
}

/// A page while it is filled. It may hold more than was asked for where one decision found several.
struct Collected {
    results: Vec<Entity>,
    limit: usize,
    tries: usize,
    last: String,
    full: bool,
}

impl Collected {
    fn new(paging: &Paging) -> Self {
        Self {
            results: Vec::new(),
            limit: paging.limit,
            tries: 0,
            last: String::new(),
            full: false,
        }
    }

    /// Whether nothing more belongs to it, though there is more.
    fn is_full(&mut self) -> bool {
        self.full = self.results.len() >= self.limit || self.tries >= EFFORT;
        self.full
    }

    fn tried(&mut self, key: &str, found: impl IntoIterator<Item = Entity>) {
        self.tries += 1;
        key.clone_into(&mut self.last);
        self.results.extend(found);
    }

    fn found(self) -> Found<Entity> {
        let next_token = if self.full {
            URL_SAFE_NO_PAD.encode(&self.last)
        } else {
            String::new()
        };
        Found {
            results: self.results,
            page: Next { next_token },
        }
    }
}
