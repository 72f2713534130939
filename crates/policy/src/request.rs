//! `POST /v1/decisions`: what is asked. Borrowed from the body wherever JSON allows it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// How many columns of one object are usually asked for.
const ORDINARY: usize = 16;

/// What a principal wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Read rows.
    Select,
    /// Add rows.
    Insert,
    /// Change rows.
    Update,
    /// Remove rows.
    Delete,
    /// Change the object itself, and see its hidden tables and columns.
    Manage,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 5] = [
        Self::Select,
        Self::Insert,
        Self::Update,
        Self::Delete,
        Self::Manage,
    ];

    /// Its word in documents and requests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Manage => "manage",
        }
    }

    /// The action of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == word)
    }
}

/// A string that borrows from the request's body unless JSON had to escape it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<'a>(pub Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Text<'_> {
    fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Text<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}

/// Who asks. Groups are always known: none stated is none held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principal<'a> {
    /// The user.
    #[serde(borrow)]
    pub user: Text<'a>,
    /// Their groups.
    #[serde(borrow, default)]
    pub groups: Vec<Text<'a>>,
}

/// One object and the columns wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectRequest<'a> {
    /// The contract's id.
    #[serde(borrow)]
    pub contract: Text<'a>,
    /// The object's name.
    #[serde(borrow)]
    pub object: Text<'a>,
    /// Paths of columns. None asks for every top-level column; an empty list for the object itself.
    #[serde(
        borrow,
        default,
        deserialize_with = "columns",
        skip_serializing_if = "Option::is_none"
    )]
    pub columns: Option<Vec<Text<'a>>>,
}

/// Reads columns into a list that has room for those of ordinary tables, instead of one that grows again
/// and again: a noticeable part of an answer.
fn columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Text<'de>>>, D::Error> {
    struct Columns<'a>(Vec<Text<'a>>);
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Columns<'de>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of columns")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut columns = Vec::with_capacity(ORDINARY);
            while let Some(column) = list.next_element()? {
                columns.push(column);
            }
            Ok(Columns(columns))
        }
    }
    impl<'de> Deserialize<'de> for Columns<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_seq(List)
        }
    }
    let columns = Option::<Columns<'de>>::deserialize(deserializer)?;
    Ok(columns.map(|it| it.0))
}

/// The body of `POST /v1/decisions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest<'a> {
    /// Who asks.
    #[serde(borrow)]
    pub principal: Principal<'a>,
    /// What they want to do; an unknown word is denied.
    #[serde(borrow)]
    pub action: Text<'a>,
    /// The registered engine that will serve the data; its region, cloud and purpose count.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<Text<'a>>,
    /// What the data is wanted for.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text<'a>>,
    /// The objects.
    #[serde(borrow)]
    pub objects: Vec<ObjectRequest<'a>>,
    /// Whether to say which rules applied, and what would grant what is denied.
    #[serde(default)]
    pub explain: bool,
}

impl DecisionRequest<'_> {
    /// The same, without the body that it was read from.
    #[must_use]
    pub fn into_owned(self) -> DecisionRequest<'static> {
        let all = |texts: Vec<Text<'_>>| texts.into_iter().map(Text::into_owned).collect();
        let object = |it: ObjectRequest<'_>| ObjectRequest {
            contract: it.contract.into_owned(),
            object: it.object.into_owned(),
            columns: it.columns.map(all),
        };
        DecisionRequest {
            principal: Principal {
                user: self.principal.user.into_owned(),
                groups: all(self.principal.groups),
            },
            action: self.action.into_owned(),
            engine: self.engine.map(Text::into_owned),
            purpose: self.purpose.map(Text::into_owned),
            objects: self.objects.into_iter().map(object).collect(),
            explain: self.explain,
        }
    }
}
