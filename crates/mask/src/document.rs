//! Masks as they stand in documents and answers.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::mask::{DomainCut, IpPrefix, Keyed, Mask};

/// What is wrong with a mask document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct MaskError {
    /// The key at fault; none when it is the mask as a whole.
    pub key: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// Every mask type and the keys it has beside `type`.
const TYPES: [(&str, &[&str]); 11] = [
    ("null", &[]),
    ("constant", &["value"]),
    ("partial", &["first", "last"]),
    ("ip-prefix", &["v4", "v6"]),
    ("domain", &["to", "labels"]),
    ("time-bucket", &["seconds"]),
    ("number-bucket", &["size"]),
    ("enum-group", &["groups", "other"]),
    ("hash-keyed", &["key", "epoch"]),
    ("ip-pseudonym", &["key", "epoch"]),
    ("ip-token", &["key", "epoch"]),
];

impl Mask {
    /// Every `type` a document may name.
    pub fn type_names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(name, _)| *name)
    }

    /// Reads a mask document.
    ///
    /// # Errors
    /// All that is wrong with it, at once.
    pub fn from_json(document: &Value) -> Result<Self, Vec<MaskError>> {
        let Value::Object(map) = document else {
            return Err(vec![whole(
                "a mask must be a mapping",
                "write `{type: ip-prefix, v4: 24, v6: 48}`",
            )]);
        };
        let (type_name, keys) = read_type(map).map_err(|error| vec![error])?;
        let mut reader = Reader {
            map,
            errors: Vec::new(),
        };
        reader.refuse_unknown(type_name, keys);
        let mask = reader.mask(type_name);
        match mask {
            Some(mask) if reader.errors.is_empty() => Ok(mask.normal()),
            _ => Err(reader.errors),
        }
    }
}

fn whole(message: &str, help: &str) -> MaskError {
    MaskError {
        key: None,
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// `type: null` is YAML's null when nobody quotes it; both mean the mask.
fn read_type(
    map: &Map<String, Value>,
) -> Result<(&'static str, &'static [&'static str]), MaskError> {
    let known = || format!("one of {}", quoted(Mask::type_names()));
    let word = match map.get("type") {
        None => return Err(whole("a mask needs `type`", &known())),
        Some(Value::Null) => "null",
        Some(Value::String(word)) => word,
        Some(_) => {
            return Err(MaskError {
                key: Some("type".to_owned()),
                message: "`type` must be a string".to_owned(),
                help: known(),
            });
        }
    };
    TYPES
        .iter()
        .find(|(name, _)| *name == word)
        .copied()
        .ok_or_else(|| MaskError {
            key: Some("type".to_owned()),
            message: format!("unknown mask type `{word}`"),
            help: nearest(word, Mask::type_names())
                .map_or_else(known, |name| format!("did you mean `{name}`?")),
        })
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 2.max(name.len() / 3))
        .min()
        .map(|(_, name)| name)
}

struct Reader<'a> {
    map: &'a Map<String, Value>,
    errors: Vec<MaskError>,
}

impl Reader<'_> {
    fn refuse<T>(&mut self, key: &str, message: String, help: impl Into<String>) -> Option<T> {
        self.errors.push(MaskError {
            key: Some(key.to_owned()),
            message,
            help: help.into(),
        });
        None
    }

    fn refuse_unknown(&mut self, type_name: &str, keys: &[&'static str]) {
        for key in self
            .map
            .keys()
            .filter(|key| *key != "type" && !keys.contains(&key.as_str()))
        {
            let help = nearest(key, keys.iter().copied()).map_or_else(
                || match keys {
                    [] => format!("`{type_name}` has no other keys"),
                    keys => format!("`{type_name}` has {}", quoted(keys.iter().copied())),
                },
                |name| format!("did you mean `{name}`?"),
            );
            let message = format!("unknown key `{key}` of mask `{type_name}`");
            self.errors.push(MaskError {
                key: Some(key.clone()),
                message,
                help,
            });
        }
    }

    fn mask(&mut self, type_name: &str) -> Option<Mask> {
        match type_name {
            "null" => Some(Mask::Null),
            "constant" => self.constant(),
            "partial" => self.partial(),
            "ip-prefix" => self.ip_prefix(),
            "domain" => self.domain(),
            "time-bucket" => Some(Mask::TimeBucket {
                seconds: self.width("seconds")?,
            }),
            "number-bucket" => Some(Mask::NumberBucket {
                size: self.width("size")?,
            }),
            "enum-group" => self.enum_group(),
            "hash-keyed" => Some(Mask::HashKeyed(self.keyed()?)),
            "ip-pseudonym" => Some(Mask::IpPseudonym(self.keyed()?)),
            _ => Some(Mask::IpToken(self.keyed()?)),
        }
    }

    fn constant(&mut self) -> Option<Mask> {
        match self.map.get("value") {
            Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
                Some(Mask::Constant(value.clone()))
            }
            Some(Value::Null) => self.refuse(
                "value",
                "`value` is null".to_owned(),
                "write `{type: null}` to show nothing",
            ),
            Some(_) => self.refuse(
                "value",
                "`value` must be a string, a number or a boolean".to_owned(),
                "`value: redacted`",
            ),
            None => self.refuse(
                "type",
                "`constant` needs `value`".to_owned(),
                "`{type: constant, value: redacted}`",
            ),
        }
    }

    fn partial(&mut self) -> Option<Mask> {
        let first = self.integer("first", 0, u64::from(u32::MAX), false);
        let last = self.integer("last", 0, u64::from(u32::MAX), false);
        if !self.map.contains_key("first") && !self.map.contains_key("last") {
            return self.refuse(
                "type",
                "`partial` needs `first` or `last`".to_owned(),
                "`{type: partial, first: 2, last: 0}`",
            );
        }
        let narrow = |number: Option<u64>| u32::try_from(number.unwrap_or(0)).ok();
        Some(Mask::Partial {
            first: narrow(first)?,
            last: narrow(last)?,
        })
    }

    fn ip_prefix(&mut self) -> Option<Mask> {
        let v4 = self
            .integer("v4", 0, 32, false)
            .and_then(|bits| u8::try_from(bits).ok());
        let v6 = self
            .integer("v6", 0, 128, false)
            .and_then(|bits| u8::try_from(bits).ok());
        if !self.map.contains_key("v4") && !self.map.contains_key("v6") {
            return self.refuse(
                "type",
                "`ip-prefix` needs `v4` or `v6`".to_owned(),
                "`{type: ip-prefix, v4: 24, v6: 48}`",
            );
        }
        if v4 == Some(32) && v6 == Some(128) {
            return self.refuse(
                "v4",
                "`v4: 32` with `v6: 128` hides nothing".to_owned(),
                "shorten one, or leave the mask out",
            );
        }
        Some(Mask::IpPrefix(IpPrefix { v4, v6 }))
    }

    fn domain(&mut self) -> Option<Mask> {
        match (self.map.get("to"), self.map.contains_key("labels")) {
            (Some(_), true) => self.refuse(
                "labels",
                "`to` and `labels` exclude each other".to_owned(),
                "keep one of them",
            ),
            (Some(Value::String(to)), false) if to == "registrable" => {
                Some(Mask::Domain(DomainCut::Registrable))
            }
            (Some(Value::String(to)), false) if to == "tld" => {
                Some(Mask::Domain(DomainCut::Labels(1)))
            }
            (Some(_), false) => self.refuse(
                "to",
                "`to` must be `registrable` or `tld`".to_owned(),
                "or write `labels: 2`",
            ),
            (None, true) => {
                let labels = self.integer("labels", 1, 127, true)?;
                Some(Mask::Domain(DomainCut::Labels(u8::try_from(labels).ok()?)))
            }
            (None, false) => self.refuse(
                "type",
                "`domain` needs `to` or `labels`".to_owned(),
                "`{type: domain, to: registrable}`",
            ),
        }
    }

    fn enum_group(&mut self) -> Option<Mask> {
        let other = match self.map.get("other") {
            None | Some(Value::Null) => None,
            Some(Value::String(other)) => Some(other.clone()),
            Some(_) => {
                return self.refuse(
                    "other",
                    "`other` must be a string".to_owned(),
                    "`other: other`",
                );
            }
        };
        let help = "`groups: {NOERROR: ok, NXDOMAIN: error}`";
        let Some(Value::Object(map)) = self.map.get("groups") else {
            return self.refuse(
                "groups",
                "`enum-group` needs `groups`, a mapping from value to group".to_owned(),
                help,
            );
        };
        let mut groups = BTreeMap::new();
        for (value, group) in map {
            let Value::String(group) = group else {
                return self.refuse(
                    "groups",
                    format!("the group of `{value}` must be a string"),
                    help,
                );
            };
            groups.insert(value.clone(), group.clone());
        }
        if groups.is_empty() {
            return self.refuse("groups", "`groups` is empty".to_owned(), help);
        }
        Some(Mask::EnumGroup { groups, other })
    }

    fn keyed(&mut self) -> Option<Keyed> {
        let epoch = self.integer("epoch", 0, u64::from(u32::MAX), true);
        let key = match self.map.get("key") {
            Some(Value::String(key)) if !key.is_empty() && key.chars().all(is_key_id_char) => {
                key.clone()
            }
            Some(_) => {
                return self.refuse(
                    "key",
                    "`key` must be the id of a key: letters, digits, `-` and `_`".to_owned(),
                    "`key: mesh-2026`; the key itself never stands in a document",
                );
            }
            None => {
                return self.refuse(
                    "type",
                    "a keyed mask needs `key`".to_owned(),
                    "`key: mesh-2026`",
                );
            }
        };
        Some(Keyed {
            key,
            epoch: u32::try_from(epoch?).ok()?,
        })
    }

    fn width(&mut self, key: &str) -> Option<u64> {
        self.integer(key, 1, i64::MAX.unsigned_abs(), true)
    }

    fn integer(&mut self, key: &str, least: u64, most: u64, required: bool) -> Option<u64> {
        match self.map.get(key) {
            None if required => self.refuse(
                "type",
                format!("the mask needs `{key}`"),
                format!("a whole number from {least} to {most}"),
            ),
            None => None,
            Some(value) => match value
                .as_u64()
                .filter(|number| (least..=most).contains(number))
            {
                None => self.refuse(
                    key,
                    format!("`{key}` must be a whole number from {least} to {most}"),
                    format!("found `{value}`"),
                ),
                number => number,
            },
        }
    }
}

fn is_key_id_char(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || character == '_'
}

impl Serialize for Mask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.type_name())?;
        match self {
            Self::Clear | Self::Null => {}
            Self::Constant(value) => map.serialize_entry("value", value)?,
            Self::Partial { first, last } => {
                map.serialize_entry("first", first)?;
                map.serialize_entry("last", last)?;
            }
            Self::IpPrefix(IpPrefix { v4, v6 }) => {
                if let Some(v4) = v4 {
                    map.serialize_entry("v4", v4)?;
                }
                if let Some(v6) = v6 {
                    map.serialize_entry("v6", v6)?;
                }
            }
            Self::Domain(DomainCut::Registrable) => map.serialize_entry("to", "registrable")?,
            Self::Domain(DomainCut::Labels(1)) => map.serialize_entry("to", "tld")?,
            Self::Domain(DomainCut::Labels(count)) => map.serialize_entry("labels", count)?,
            Self::TimeBucket { seconds } => map.serialize_entry("seconds", seconds)?,
            Self::NumberBucket { size } => map.serialize_entry("size", size)?,
            Self::EnumGroup { groups, other } => {
                map.serialize_entry("groups", groups)?;
                if let Some(other) = other {
                    map.serialize_entry("other", other)?;
                }
            }
            Self::HashKeyed(keyed) | Self::IpPseudonym(keyed) | Self::IpToken(keyed) => {
                map.serialize_entry("key", &keyed.key)?;
                map.serialize_entry("epoch", &keyed.epoch)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Mask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Value::deserialize(deserializer)?;
        Self::from_json(&document).map_err(|errors| {
            let all = errors
                .iter()
                .map(|error| format!("{error} ({})", error.help))
                .collect::<Vec<_>>();
            serde::de::Error::custom(all.join("; "))
        })
    }
}
