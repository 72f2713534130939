//! A webhook subscriber on loopback that keeps what it was sent.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::wire::Message;

/// A listening subscriber.
pub struct Subscriber {
    /// Where to send events.
    pub url: String,
    deliveries: Receiver<Message>,
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
    pub async fn next_with(&self, needles: &[&str], within: Duration) -> Message {
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

/// Reads one request and answers 204.
async fn receive(mut stream: TcpStream) -> Option<Message> {
    let delivery = Message::next(&mut stream).await?;
    let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(answer).await.ok()?;
    Some(delivery)
}
