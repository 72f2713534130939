//! A service on a database of its own, and a caller that speaks HTTP to it without a socket.

pub(crate) mod caller;
pub(crate) mod documents;
pub(crate) mod log;
pub(crate) mod mutations;
pub(crate) mod promise;
pub(crate) mod vectors;

use axum::Router;
use std::net::{IpAddr, SocketAddr};

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::sync::watch;
use tower::ServiceExt as _;
use zonecut_audit::SigningKey;
use zonecut_server::app::{load, sign_in};
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::secret::Secret;
use zonecut_server::state::AppState;
use zonecut_server::{assemble, jobs, router, store};

/// A service on a migrated database.
pub(crate) struct Service {
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) clock: Clock,
    /// The administrator's token.
    pub(crate) admin: String,
}

/// A request being put together.
pub(crate) struct Call<'a> {
    service: &'a Service,
    request: http::request::Builder,
    body: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Service {
    /// A service at a fixed time, on the database of `pool`.
    pub(crate) async fn start(pool: &PgPool) -> Self {
        Self::start_with(pool, Config::default(), Clock::set_to(start_time())).await
    }

    /// A service with that configuration and clock, on the database of `pool`.
    pub(crate) async fn start_with(pool: &PgPool, config: Config, clock: Clock) -> Self {
        let mut service = Self::join(pool, config, clock).await;
        let mut admin = String::new();
        let hand_over = |token: &Secret| {
            token.reveal().clone_into(&mut admin);
            Ok(())
        };
        sign_in::first_token(&service.state, hand_over)
            .await
            .unwrap();
        load::refresh(&service.state).await.unwrap();
        service.admin = admin;
        service
    }

    /// One more service on a database that another is on: it knows no token yet.
    pub(crate) async fn join(pool: &PgPool, config: Config, clock: Clock) -> Self {
        let options = (*pool.connect_options()).clone();
        let pool = store::pool(options, 10);
        let state = assemble(pool, config, clock.clone(), audit_key())
            .await
            .unwrap();
        load::refresh(&state).await.unwrap();
        Self {
            router: router::router(state.clone()).unwrap(),
            state,
            clock,
            admin: String::new(),
        }
    }

    /// A call by nobody.
    pub(crate) fn anonymous(&self, method: Method, path: &str) -> Call<'_> {
        Call {
            service: self,
            request: Request::builder().method(method).uri(path),
            body: Vec::new(),
        }
    }

    /// A call with a token.
    pub(crate) fn by(&self, token: &str, method: Method, path: &str) -> Call<'_> {
        self.anonymous(method, path)
            .header("authorization", &format!("Bearer {token}"))
    }

    /// A call by the administrator.
    pub(crate) fn admin(&self, method: Method, path: &str) -> Call<'_> {
        self.by(&self.admin, method, path)
    }

    /// A new token with a role in a domain.
    pub(crate) async fn token(&self, principal: &str, role: &str, domain: &str) -> String {
        let roles = [json!({"role": role, "domain": domain})];
        let body = json!({"principal": principal, "roles": roles});
        let reply = self.admin(Method::POST, "/v1/tokens").json(&body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        reply.json()["token"].as_str().unwrap().to_owned()
    }

    /// A domain.
    pub(crate) async fn domain(&self, name: &str) {
        let body = json!({"name": name, "title": name});
        let reply = self.admin(Method::POST, "/v1/domains").json(&body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
    }

    /// The audit log, from its beginning.
    pub(crate) async fn audit(&self) -> Vec<Value> {
        let reply = self.admin(Method::GET, "/v1/audit?limit=1000").send().await;
        reply.json()["items"].as_array().unwrap().clone()
    }

    /// The audit log after what waited for it was written.
    pub(crate) async fn audit_at_last(&self) -> Vec<Value> {
        let (end, shutdown) = watch::channel(false);
        let mut running = jobs::start(&self.state, &shutdown);
        end.send_replace(true);
        while running.join_next().await.is_some() {}
        self.audit().await
    }

    /// How many rows `table` has.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let query = format!("SELECT count(*) FROM {table}");
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query));
        query.fetch_one(&self.state.pool).await.unwrap()
    }
}

impl Call<'_> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// From that address, as its peer.
    pub(crate) fn from(mut self, address: &str) -> Self {
        let address: IpAddr = address.parse().unwrap();
        let peer = ConnectInfo(SocketAddr::new(address, 4711));
        self.request = self.request.extension(peer);
        self
    }

    pub(crate) async fn json(self, body: &Value) -> Reply {
        let mut call = self.header(header::CONTENT_TYPE.as_str(), "application/json");
        call.body = body.to_string().into_bytes();
        call.send().await
    }

    pub(crate) async fn yaml(self, body: impl Into<Vec<u8>>) -> Reply {
        let mut call = self.header(header::CONTENT_TYPE.as_str(), "application/yaml");
        call.body = body.into();
        call.send().await
    }

    pub(crate) async fn raw(mut self, body: Vec<u8>) -> Reply {
        self.body = body;
        self.send().await
    }

    pub(crate) async fn send(self) -> Reply {
        let request = self.request.body(Body::from(self.body)).unwrap();
        let response = self.service.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The code of the problem that this must be.
    pub(crate) fn code(&self) -> String {
        let problem = self.json();
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json"
        );
        assert_eq!(problem["status"], self.status.as_u16());
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// The address of the database of `pool`.
pub(crate) fn url_of(pool: &PgPool) -> url::Url {
    let mut url = url::Url::parse(&std::env::var("DATABASE_URL").unwrap()).unwrap();
    url.set_path(pool.connect_options().get_database().unwrap());
    url
}

/// The key that signs the audit log in tests.
pub(crate) fn audit_key() -> SigningKey {
    SigningKey::from_seed(&[7; 32]).unwrap()
}

/// Where tests whose clock stands still begin.
pub(crate) fn start_time() -> DateTime<Utc> {
    instant("2026-03-02T10:00:00Z")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
