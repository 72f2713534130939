//! `/v1/session`: who I am.

pub mod show;
pub mod sign_in;
pub mod sign_out;

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use chrono::TimeDelta;
use http::header;
use http::request::Parts;
use serde::Serialize;
use utoipa::ToSchema;

use crate::admission::SESSION_COOKIE;
use crate::identity::{Identity, RoleBinding};
use crate::state::AppState;

/// Who is signed in, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// The principal.
    pub principal: String,
    /// The roles held, with their domains.
    pub roles: Vec<RoleBinding>,
    /// What the roles allow.
    pub permissions: Vec<HeldPermission>,
}

/// A permission, and where it is held.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldPermission {
    /// The permission.
    pub permission: &'static str,
    /// The domains, `*` for all. What no domain owns alone needs `*`.
    pub domains: Vec<String>,
}

impl From<&Identity> for Session {
    fn from(identity: &Identity) -> Self {
        let permissions = identity.permissions();
        let permissions = permissions.map(|(permission, domains)| HeldPermission {
            permission: permission.as_str(),
            domains,
        });
        Self {
            principal: identity.principal.clone(),
            roles: identity.roles.clone(),
            permissions: permissions.collect(),
        }
    }
}

/// How the session's cookie is set for the browser that asks.
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// `Set-Cookie` with that secret, kept for `age`.
    #[must_use]
    pub fn holding(&self, secret: &str, age: TimeDelta) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = age.num_seconds();
        format!(
            "{SESSION_COOKIE}={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age={age}{secure}"
        )
    }
}

impl FromRequestParts<AppState> for SessionCookie {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        // The browser's own word for how it got the page; TLS ends at a proxy, if anywhere.
        let origin = parts.headers.get(header::ORIGIN);
        let by_https = origin.is_some_and(|origin| origin.as_bytes().starts_with(b"https://"));
        Ok(Self {
            secure: by_https || state.config.secure_cookies,
        })
    }
}
