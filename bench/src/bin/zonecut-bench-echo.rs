//! The floor of a decision over HTTP: axum with routes that answer with the body they were sent.
//! The runtime and the way of serving are those of `zonecut serve`; everything else is left out.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("ready http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/v1/decisions", post(echo))
        .route("/opa/{engine}/batch", post(echo));
    axum::serve(listener, router).await
}

async fn echo(body: Bytes) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], body)
}
