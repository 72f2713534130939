//! One who calls a service in JSON and expects an answer: for tests that tell a longer story.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::state::AppState;

use super::{Reply, Service, start_time};

/// A service and the token it is called with.
pub(crate) struct Caller {
    service: Arc<Service>,
    pub(crate) state: AppState,
    token: String,
}

impl Caller {
    /// The administrator of a service whose clock is moved by the test, and which may call this
    /// machine.
    pub(crate) async fn new(pool: &PgPool) -> Self {
        Self::with(pool, Clock::set_to(start_time()), true).await
    }

    /// The administrator of a service with that clock; `allow_private` lets its webhooks call this
    /// machine.
    pub(crate) async fn with(pool: &PgPool, clock: Clock, allow_private: bool) -> Self {
        let service = Service::start_with(pool, config(allow_private), clock).await;
        let token = service.admin.clone();
        Self::of(service, token)
    }

    fn of(service: Service, token: String) -> Self {
        Self {
            state: service.state.clone(),
            service: Arc::new(service),
            token,
        }
    }

    /// The same caller of another service on the same database, with the same clock.
    pub(crate) async fn of_sibling(&self) -> Self {
        let clock = self.service.clock.clone();
        let service = Service::join(&self.state.pool, config(true), clock).await;
        Self::of(service, self.token.clone())
    }

    /// Another caller of the same service, with that role in that domain.
    pub(crate) async fn with_role(&self, role: &str, domain: &str) -> Self {
        let token = self
            .service
            .token(&format!("{role}@{domain}"), role, domain)
            .await;
        Self {
            service: Arc::clone(&self.service),
            state: self.state.clone(),
            token,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.service.by(&self.token, Method::GET, path).send().await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.service
            .by(&self.token, Method::POST, path)
            .json(body)
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.service
            .by(&self.token, Method::DELETE, path)
            .send()
            .await
    }

    /// The items of a list.
    pub(crate) async fn items(&self, path: &str) -> Vec<Value> {
        let body = self.get(path).await.expect(StatusCode::OK);
        body["items"].as_array().unwrap().clone()
    }

    pub(crate) async fn domain(&self, name: &str) {
        let body = json!({"name": name, "title": name});
        self.post("/v1/domains", &body)
            .await
            .expect(StatusCode::CREATED);
    }

    /// Publishes a version of a contract.
    pub(crate) async fn publish(&self, id: &str, document: String) {
        let path = format!("/v1/contracts/{id}/versions");
        let call = self.service.by(&self.token, Method::POST, &path);
        call.yaml(document).await.expect(StatusCode::CREATED);
    }

    /// Registers a product.
    pub(crate) async fn register(&self, document: String) {
        let call = self.service.by(&self.token, Method::POST, "/v1/products");
        call.yaml(document).await.expect(StatusCode::CREATED);
    }
}

impl Reply {
    /// The body, when the status is this one.
    #[track_caller]
    pub(crate) fn expect(&self, status: StatusCode) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status, status, "{text}");
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }
}

fn config(allow_private_webhooks: bool) -> Config {
    Config {
        allow_private_webhooks,
        ..Config::default()
    }
}
