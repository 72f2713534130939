//! Subjects, actions, resources and context as they are written (section 5 of the standard), and the
//! question they make together.

use serde::Deserialize;
use zonecut_policy::request::{Principal, Text};
use zonecut_policy::{DecisionRequest, ObjectRequest};

use crate::face::{Anything, Asked, Closed, Object, present};

/// The types of subjects.
pub const USER: &str = "user";
/// A group, for the question what its members may.
pub const GROUP: &str = "group";
/// An object of a contract.
pub const OBJECT: &str = "object";
/// A column of one.
pub const COLUMN: &str = "column";

/// A subject.
#[derive(Debug, Deserialize)]
pub struct Subject<'a> {
    /// Its type.
    #[serde(borrow, rename = "type")]
    pub kind: Text<'a>,
    /// Its name, scoped to the type.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// More of it.
    #[serde(borrow, default, deserialize_with = "present")]
    pub properties: Option<Object<SubjectProperties<'a>>>,
}

/// What we look at of a subject's properties.
#[derive(Debug, Deserialize)]
pub struct SubjectProperties<'a> {
    /// The groups it is in.
    #[serde(borrow, default)]
    pub groups: Vec<Text<'a>>,
}

/// A resource.
#[derive(Debug, Deserialize)]
pub struct Resource<'a> {
    /// Its type.
    #[serde(borrow, rename = "type")]
    pub kind: Text<'a>,
    /// Its name, scoped to the type.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// More of it.
    #[serde(borrow, default, deserialize_with = "present")]
    pub properties: Option<Object<ResourceProperties<'a>>>,
}

/// What we look at of a resource's properties.
#[derive(Debug, Deserialize)]
pub struct ResourceProperties<'a> {
    /// The columns of an object that are wanted.
    #[serde(borrow, default, deserialize_with = "present")]
    pub columns: Option<Vec<Text<'a>>>,
}

/// An action.
#[derive(Debug, Deserialize)]
pub struct Action<'a> {
    /// Its name.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// More of it, which we do not look at.
    #[serde(default, deserialize_with = "present")]
    pub properties: Option<Object<Anything>>,
}

/// What we look at of a context.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Context<'a> {
    /// What the data is wanted for.
    #[serde(borrow, default, deserialize_with = "present")]
    pub purpose: Option<Text<'a>>,
    /// The engine that serves it; by default the caller, when it is one.
    #[serde(borrow, default, deserialize_with = "present")]
    pub engine: Option<Text<'a>>,
}

impl<'a> Context<'a> {
    /// This context with its engine, which the caller may ask for.
    ///
    /// # Errors
    /// When the caller may not ask for it.
    pub fn bound(&self, asked: &Asked<'a>) -> Result<Self, Closed> {
        let own = asked.identity.principal.as_str();
        let is_engine = asked.serving.snapshot.has_engine(own);
        let default = || is_engine.then(|| own.into());
        let engine = self.engine.clone().or_else(default);
        asked.require_engine(engine.as_deref())?;
        Ok(Self {
            purpose: self.purpose.clone(),
            engine,
        })
    }
}

/// The question whether `subject` may do `action` to `resource`; the error says what is not known.
///
/// # Errors
/// When a type or the form of a name is not known.
pub fn question<'q>(
    subject: &Subject<'q>,
    action: &str,
    resource: &Resource<'q>,
    context: &Context<'q>,
) -> Result<DecisionRequest<'q>, String> {
    Ok(ask(principal(subject)?, action, object(resource)?, context))
}

/// The question of `principal` about one object.
#[must_use]
pub fn ask<'q>(
    principal: Principal<'q>,
    action: &str,
    object: ObjectRequest<'q>,
    context: &Context<'q>,
) -> DecisionRequest<'q> {
    DecisionRequest {
        principal,
        action: action.to_owned().into(),
        engine: context.engine.clone(),
        purpose: context.purpose.clone(),
        objects: vec![object],
        explain: false,
    }
}

/// Whom a subject stands for.
///
/// # Errors
/// When its type is not known.
pub fn principal<'q>(subject: &Subject<'q>) -> Result<Principal<'q>, String> {
    let groups = subject.properties.as_ref().map(|it| it.groups.clone());
    named(&subject.kind, &subject.id, groups.unwrap_or_default())
}

/// The principal of that type and name.
///
/// # Errors
/// When its type is not known.
pub fn named<'q>(
    kind: &str,
    id: &Text<'q>,
    mut groups: Vec<Text<'q>>,
) -> Result<Principal<'q>, String> {
    match kind {
        USER => Ok(Principal {
            user: id.clone(),
            groups,
        }),
        GROUP => {
            groups.push(id.clone());
            Ok(Principal {
                user: "".into(),
                groups,
            })
        }
        _ => Err(format!(
            "unknown subject type `{kind}`: `{USER}` or `{GROUP}`"
        )),
    }
}

fn object<'q>(resource: &Resource<'q>) -> Result<ObjectRequest<'q>, String> {
    let id = &*resource.id;
    let wanted = resource.properties.as_ref();
    let wanted = wanted.and_then(|properties| properties.columns.clone());
    let parts = match &*resource.kind {
        OBJECT => id
            .rsplit_once('/')
            .map(|(contract, name)| (contract, name, wanted)),
        COLUMN => id.rsplit_once('/').and_then(|(object, path)| {
            let (contract, name) = object.rsplit_once('/')?;
            Some((contract, name, Some(vec![path.to_owned().into()])))
        }),
        other => {
            return Err(format!(
                "unknown resource type `{other}`: `{OBJECT}` or `{COLUMN}`"
            ));
        }
    };
    let Some((contract, name, columns)) = parts else {
        return Err(
            "the `id` of a resource is `contract/object`, or `contract/object/path` of a column"
                .to_owned(),
        );
    };
    Ok(ObjectRequest {
        contract: contract.to_owned().into(),
        object: name.to_owned().into(),
        columns,
    })
}
