//! A webhook subscriber on loopback that keeps what it was sent.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A delivery as it came over the wire.
#[derive(Debug)]
pub struct Delivery {
    /// The header lines, lower-cased names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Delivery {
    /// The value of the header `name`.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        &found
            .unwrap_or_else(|| panic!("no header `{name}` in {self:?}"))
            .1
    }
}

/// A listening subscriber.
pub struct Subscriber {
    /// Where to send events.
    pub url: String,
    deliveries: Receiver<Delivery>,
}

impl Subscriber {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!(
            "http://{}/events",
            listener.local_addr().expect("it is bound")
        );
        let (sender, deliveries) = channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Some(delivery) = receive(stream).await else {
                    continue;
                };
                if sender.send(delivery).is_err() {
                    return;
                }
            }
        });
        Self { url, deliveries }
    }

    /// The next delivery whose body contains all of `needles`.
    pub async fn next_with(&self, needles: &[&str], within: Duration) -> Delivery {
        let deadline = std::time::Instant::now() + within;
        while std::time::Instant::now() < deadline {
            match self.deliveries.try_recv() {
                Ok(delivery) if needles.iter().all(|needle| delivery.body.contains(needle)) => {
                    return delivery;
                }
                Ok(_) => {}
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        panic!("no event with {needles:?} arrived within {within:?}")
    }
}

/// Reads one HTTP/1.1 request and answers 204.
async fn receive(mut stream: TcpStream) -> Option<Delivery> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let headers: Vec<(String, String)> = head
                .lines()
                .skip(1)
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let length: usize = length
                .and_then(|(_, value)| value.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
                stream.write_all(answer).await.ok()?;
                return Some(Delivery {
                    headers,
                    body: body.to_owned(),
                });
            }
        }
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.ok()?;
        if read == 0 {
            return None;
        }
        bytes.extend(chunk.iter().take(read));
    }
}
