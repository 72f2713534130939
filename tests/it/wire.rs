//! HTTP/1.1 messages as bytes on a socket, for tests that stand in for somebody: requests and answers
//! whose length is stated.

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// One message, read whole.
#[derive(Debug)]
pub struct Message {
    /// The request or status line.
    pub start: String,
    /// The header lines, lower-cased names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// All of it as it came.
    pub bytes: Vec<u8>,
}

impl Message {
    /// The next message of `stream`; none when it ends before.
    pub async fn next(stream: &mut TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        loop {
            if let Some(message) = Self::parse(&bytes) {
                return Some(message);
            }
            let mut chunk = [0; 4096];
            let read = stream.read(&mut chunk).await.ok()?;
            if read == 0 {
                return None;
            }
            bytes.extend(chunk.iter().take(read));
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let start = lines.next()?.to_owned();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length: usize = length
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0);
        (body.len() >= length).then(|| Self {
            start,
            headers,
            body: body.to_owned(),
            bytes: bytes.to_vec(),
        })
    }

    /// The value of the header `name`.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        &found
            .unwrap_or_else(|| panic!("no header `{name}` in {self:?}"))
            .1
    }
}
