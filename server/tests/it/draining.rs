//! A service that is told to end says so, finishes what is open, and only then hangs up.

use std::net::SocketAddr;
use std::time::Duration;

use sqlx::PgPool;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::sleep;
use zonecut_server::config::Config;
use zonecut_server::secret::Secret;
use zonecut_server::serve;

use crate::support::url_of;

const MOMENT: Duration = Duration::from_millis(50);

async fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

/// What `/readyz` says; nothing, if nobody answers.
async fn ready(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request = "GET /readyz HTTP/1.1\r\nHost: zonecut\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.ok()?;
    Some(answer(stream).await)
}

/// Asks until `enough`, for a while.
async fn until(address: SocketAddr, enough: impl Fn(Option<&str>) -> bool) {
    for _ in 0..400 {
        if enough(ready(address).await.as_deref()) {
            return;
        }
        sleep(MOMENT).await;
    }
    panic!("waited in vain");
}

#[sqlx::test(migrations = false)]
async fn what_is_open_at_the_end_is_finished(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let config = Config {
        database_url: Some(Secret::new(url_of(&pool).to_string())),
        data_dir: folder.path().join("data"),
        listen: address.to_string(),
        bootstrap_token_file: Some(token.clone()),
        drain_seconds: 2,
        ..Config::default()
    };
    let (end, ended) = oneshot::channel::<()>();
    let serving = serve(config, async {
        ended.await.unwrap();
    });
    let story = async {
        until(address, |it| {
            it.is_some_and(|it| it.starts_with("HTTP/1.1 200"))
        })
        .await;
        let token = std::fs::read_to_string(&token).unwrap();
        let (first, rest) = (r#"{"name": "edge","#, r#" "title": "Edge"}"#);
        let head = format!(
            "POST /v1/domains HTTP/1.1\r\nHost: zonecut\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{first}",
            token.trim(),
            first.len() + rest.len()
        );
        let mut open = TcpStream::connect(address).await.unwrap();
        open.write_all(head.as_bytes()).await.unwrap();
        assert!(
            ready(address)
                .await
                .unwrap()
                .contains(r#""draining":false"#)
        );

        end.send(()).unwrap();
        let told = |it: Option<&str>| {
            it.is_some_and(|it| it.starts_with("HTTP/1.1 503") && it.contains(r#""draining":true"#))
        };
        until(address, told).await;
        until(address, |it| it.is_none()).await;
        open.write_all(rest.as_bytes()).await.unwrap();
        let answer = answer(open).await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    };
    let (served, ()) = tokio::join!(serving, story);
    served.unwrap();
    let codes = "SELECT count(*) FROM credential WHERE kind = 'code'";
    let codes: i64 = sqlx::query_scalar(codes).fetch_one(&pool).await.unwrap();
    assert_eq!(
        codes, 0,
        "whoever takes the token from a file needs no code"
    );
    let signed = "SELECT max(size) = (SELECT audit_seq FROM registry_state) FROM audit_checkpoint";
    let signed: bool = sqlx::query_scalar(signed).fetch_one(&pool).await.unwrap();
    assert!(signed, "what was done last is signed");
}
