//! A small client of the REST API, as a script with a token would use it.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

/// A caller with a bearer token.
pub struct Api {
    client: reqwest::Client,
    url: String,
    token: String,
}

/// What came back, read whole.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body, as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {self:?}"))
    }

    /// Asserts the status, showing the body when it is another one.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The `ETag`, quotes included.
    pub fn etag(&self) -> String {
        self.headers["etag"]
            .to_str()
            .expect("an ETag is ASCII")
            .to_owned()
    }
}

impl Api {
    /// A caller at `url` with `token`.
    pub fn new(url: &str, token: &str) -> Self {
        // reqwest wants a provider even where nothing is encrypted; an error means it has one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            client: reqwest::Client::new(),
            url: url.to_owned(),
            token: token.to_owned(),
        }
    }

    /// A request, not sent yet.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
    }

    /// Sends `request` and reads the whole answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("the body arrives whole");
        Answer {
            status,
            headers,
            text,
        }
    }

    /// `GET path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `POST path` with JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `POST path` with a YAML document.
    pub async fn post_yaml(&self, path: &str, document: &str) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/yaml");
        self.send(request.body(document.to_owned())).await
    }
}
