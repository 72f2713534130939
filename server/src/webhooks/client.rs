//! The client that calls subscribers: no redirects, no proxy, no private addresses, no waiting.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use uuid::Uuid;

use crate::secret::Secret;
use crate::webhooks::address::{self, is_public};
use crate::webhooks::message::{
    KEY_HEADER, MEDIA_TYPE, SIGNATURE_HEADER, TIMESTAMP_HEADER, signature,
};

/// How long a subscriber may take to answer.
pub const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Calls subscribers.
#[derive(Debug, Clone)]
pub struct Client {
    http: Result<reqwest::Client, String>,
    allow_private: bool,
}

/// A call to be made.
pub struct Call<'a> {
    /// Which webhook's.
    pub webhook: Uuid,
    /// Where to.
    pub url: &'a str,
    /// What signs it.
    pub secret: &'a Secret,
    /// The time, in seconds since 1970.
    pub timestamp: i64,
    /// What it says.
    pub body: String,
}

impl Client {
    /// A client; `allow_private` lets it call addresses of private networks.
    #[must_use]
    pub fn new(allow_private: bool) -> Self {
        // An error means that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            reqwest::Client::builder()
                .user_agent(concat!("zonecut/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .no_proxy()
                .connect_timeout(CONNECT_TIMEOUT)
                .timeout(TIMEOUT)
                .pool_max_idle_per_host(1)
                .dns_resolver(Arc::new(Resolver { allow_private }))
        };
        let http = builder().build().or_else(|error| {
            // A machine without certificates of authorities can serve; it only can't call over
            // HTTPS.
            tracing::warn!(%error, "webhooks can't call anyone over HTTPS");
            builder().tls_certs_only([]).build()
        });
        Self {
            http: http.map_err(|error| error.to_string()),
            allow_private,
        }
    }

    /// Calls, and answers why the subscriber has not taken it, if it hasn't. What is answered names
    /// neither the URL nor the secret.
    ///
    /// # Errors
    /// When the answer is no 2xx, or there is none.
    pub async fn send(&self, call: Call<'_>) -> Result<(), String> {
        let url = address::checked(call.url, self.allow_private);
        let url = url.map_err(|error| error.to_string())?;
        let signature = signature(call.secret.reveal(), call.timestamp, &call.body);
        let http = self.http.as_ref().map_err(Clone::clone)?;
        let answer = http
            .post(url)
            .header(http::header::CONTENT_TYPE, MEDIA_TYPE)
            .header(KEY_HEADER, call.webhook.to_string())
            .header(TIMESTAMP_HEADER, call.timestamp)
            .header(SIGNATURE_HEADER, signature)
            .body(call.body)
            .send()
            .await
            .map_err(|error| reason(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(format!("it answered {}", status.as_u16())),
        }
    }
}

fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("it did not answer within {} s", TIMEOUT.as_secs());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if std::ptr::addr_eq(cause, error) {
        return "it could not be called".to_owned();
    }
    cause.to_string()
}

/// Resolves host names to addresses that may be called. Looking at what is then connected to, and
/// not only at what the name meant when it was registered, leaves no time to change its mind.
struct Resolver {
    allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|address| allow_private || is_public(address.ip()))
                .collect();
            if allowed.is_empty() {
                return Err("its name leads to private addresses only".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
