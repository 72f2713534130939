//! A published schema, read in place: its texts are those of the file in this program.
//!
//! Every check of a document reads its schema, so this costs a tenth of the memory that a JSON value
//! of any shape and any age would. Belongs here: what `plain` asks of a schema's text. Does not belong
//! here: what keywords mean.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::keyword::Keyword;

/// A schema, or a value inside one.
#[derive(Debug, Default)]
pub enum Json<'a> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(Cow<'a, str>),
    /// A list.
    Array(Box<[Self]>),
    /// A mapping.
    Object(Map<'a>),
}

/// The members of a mapping, by key.
#[derive(Debug)]
pub struct Map<'a>(Box<[Member<'a>]>);

#[derive(Debug)]
struct Member<'a> {
    key: Cow<'a, str>,
    /// What the key means where the mapping is a schema: asked for every value of every document.
    keyword: Keyword,
    value: Json<'a>,
}

/// The order of keys: most differ in length, which is sooner seen.
fn by_length(one: &str, other: &str) -> Ordering {
    (one.len(), one).cmp(&(other.len(), other))
}

impl<'a> Map<'a> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        let place = self.0.binary_search_by(|known| by_length(&known.key, key));
        self.0.get(place.ok()?).map(|member| &member.value)
    }

    /// Whether it has a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Each key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|member| (&*member.key, &member.value))
    }

    /// Each keyword with its value, remarks left out.
    pub fn keywords(&self) -> impl Iterator<Item = (Keyword, &Json<'a>)> {
        let members = self.0.iter().map(|member| (member.keyword, &member.value));
        members.filter(|(keyword, _)| *keyword != Keyword::Remark)
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The keys of several mappings.
#[derive(Debug)]
pub struct Names<'a>(Box<[&'a str]>);

impl<'a> Names<'a> {
    /// All keys of `maps`.
    pub fn of(maps: &[&'a Map<'a>]) -> Self {
        let keys = maps.iter().flat_map(|map| map.iter());
        let mut names: Vec<&str> = keys.map(|(key, _)| key).collect();
        names.sort_unstable_by(|one, other| by_length(one, other));
        names.dedup();
        Self(names.into())
    }

    /// Whether `name` is among them.
    pub fn contain(&self, name: &str) -> bool {
        let place = self.0.binary_search_by(|known| by_length(known, name));
        place.is_ok()
    }
}

impl<'a> Json<'a> {
    /// The text, when this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when this is a whole one that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number, when this is one.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The items, when this is a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, when this is a mapping.
    pub fn as_object(&self) -> Option<&Map<'a>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<Key<'de>, Json<'de>>()? {
            members.push(Member {
                keyword: Keyword::of(&key.0),
                key: key.0,
                value,
            });
        }
        members.sort_by(|one, other| by_length(&one.key, &other.key));
        Ok(Json::Object(Map(members.into())))
    }
}

/// A key, borrowed where it needs no escape: serde copies those it is not told to borrow.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
