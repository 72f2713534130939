//! `/v1/webhooks`

pub mod create;
pub mod delete;
pub mod list;
pub mod replay;

use crate::app::webhooks::WebhookError;
use crate::problem::{Code, Problem};

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Missing(_) => Self::new(Code::NotFound, error.to_string()),
            WebhookError::TooMany => Self::new(Code::Conflict, error.to_string()),
            WebhookError::Randomness(error) => error.into(),
            WebhookError::Store(error) => error.into(),
            WebhookError::Address(_)
            | WebhookError::BadSecret
            | WebhookError::NoEvents
            | WebhookError::UnknownEvent(_) => Self::new(Code::InvalidField, error.to_string()),
        }
    }
}
