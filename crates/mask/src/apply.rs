//! What a masked value looks like.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use crate::mask::{Keyed, Mask};
use crate::{address, name};

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Text.
    Text(String),
    /// A moment: microseconds since 1970-01-01T00:00:00Z.
    Timestamp(i64),
}

/// Why a mask could not be applied. The caller shows nothing then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CannotApply {
    /// A keyed mask without its key.
    #[error("`{mask}` needs key `{key}` of epoch {epoch}")]
    KeyMissing {
        /// The mask's type.
        mask: &'static str,
        /// The key's id.
        key: String,
        /// The key's epoch.
        epoch: u32,
    },
    /// A transform that only engines have as a function.
    #[error("`{mask}` can only be applied by an engine that has it as a function")]
    EngineOnly {
        /// The mask's type.
        mask: &'static str,
    },
}

impl Mask {
    /// What `value` looks like behind this mask. `key` is the secret of the mask's key id and
    /// epoch; masks without a key ignore it. A value that the mask has no meaning for shows nothing.
    ///
    /// # Errors
    /// When a keyed mask has no key, or when the transform is not one of ours.
    pub fn apply(&self, value: &Value, key: Option<&[u8]>) -> Result<Value, CannotApply> {
        if let Self::IpPseudonym(_) | Self::IpToken(_) = self {
            return Err(CannotApply::EngineOnly {
                mask: self.type_name(),
            });
        }
        if let Self::HashKeyed(keyed) = self {
            return self.hashed(keyed, value, key);
        }
        Ok(self.show(value).unwrap_or(Value::Null))
    }

    /// The transforms without a key; none where nothing is shown.
    fn show(&self, value: &Value) -> Option<Value> {
        match (self, value) {
            (Self::Clear, value) => Some(value.clone()),
            (Self::Constant(constant), _) => constant_value(constant),
            (Self::Partial { first, last }, Value::Text(text)) => {
                Some(Value::Text(partial(text, *first as usize, *last as usize)))
            }
            (Self::IpPrefix(prefix), Value::Text(text)) => {
                Some(Value::Text(address::network(text, *prefix)?.to_string()))
            }
            (Self::Domain(cut), Value::Text(text)) => {
                Some(Value::Text(name::cut(text, *cut)?.to_owned()))
            }
            (Self::TimeBucket { seconds }, Value::Timestamp(micros)) => {
                let width = i64::try_from(*seconds).ok()?.checked_mul(1_000_000)?;
                Some(Value::Timestamp(floor(*micros, width)?))
            }
            (Self::NumberBucket { size }, Value::Integer(number)) => {
                Some(Value::Integer(floor(*number, i64::try_from(*size).ok()?)?))
            }
            (Self::NumberBucket { size }, Value::Number(number)) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "widths above 2^53 are as inexact as the values"
                )]
                let width = *size as f64;
                let floored = (number / width).floor() * width;
                floored.is_finite().then_some(Value::Number(floored))
            }
            (Self::EnumGroup { groups, other }, Value::Text(text)) => groups
                .get(text)
                .or(other.as_ref())
                .cloned()
                .map(Value::Text),
            _ => None,
        }
    }

    fn hashed(
        &self,
        keyed: &Keyed,
        value: &Value,
        key: Option<&[u8]>,
    ) -> Result<Value, CannotApply> {
        let missing = || CannotApply::KeyMissing {
            mask: self.type_name(),
            key: keyed.key.clone(),
            epoch: keyed.epoch,
        };
        let mut mac = key
            .filter(|key| !key.is_empty())
            .and_then(|key| Hmac::<Sha256>::new_from_slice(key).ok())
            .ok_or_else(missing)?;
        let Value::Text(text) = value else {
            return Ok(Value::Null);
        };
        mac.update(text.as_bytes());
        let digest = hex::encode(mac.finalize().into_bytes());
        Ok(Value::Text(format!(
            "{}.{}.{digest}",
            keyed.key, keyed.epoch
        )))
    }
}

fn constant_value(constant: &serde_json::Value) -> Option<Value> {
    match constant {
        serde_json::Value::Bool(truth) => Some(Value::Boolean(*truth)),
        serde_json::Value::Number(number) => number
            .as_i64()
            .map(Value::Integer)
            .or_else(|| number.as_f64().map(Value::Number)),
        serde_json::Value::String(text) => Some(Value::Text(text.clone())),
        _ => None,
    }
}

/// The longest multiple of `width` not above `number`, or none where that cannot be counted.
fn floor(number: i64, width: i64) -> Option<i64> {
    number.checked_sub(number.checked_rem_euclid(width)?)
}

/// Characters, not bytes: a value no longer than what is shown of it is shown whole.
fn partial(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    if length <= first.saturating_add(last) {
        return text.to_owned();
    }
    let head = text.chars().take(first);
    let tail = text.chars().skip(length.saturating_sub(last));
    head.chain(std::iter::once('*')).chain(tail).collect()
}
