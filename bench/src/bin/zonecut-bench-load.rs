//! `zonecut-bench-load ADDRESS CONNECTIONS SECONDS REQUEST-FILE`: sends the bytes of the file, a whole
//! HTTP/1.1 request, over that many connections that stay open, each as soon as its last answer is
//! complete. Prints what came of it as JSON.
//!
//! It asks its connections in turn and never sleeps, and so it is fair: an answer to a generator that
//! sleeps has to wake it, on the server's processor. It sleeps whenever it is through before the next
//! answer, so the slower of two servers pays for a wake-up several times as often as the faster, and is
//! charged for its slowness twice. Clients on other machines cost a server no wake-ups.

use std::error::Error;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

type Failure = Box<dyn Error>;

/// Requests before this are not counted.
const WARM_UP: Duration = Duration::from_millis(300);

struct Connection {
    stream: TcpStream,
    sent: Instant,
    answer: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, connections, seconds, file] = arguments.as_slice() else {
        return Err("usage: zonecut-bench-load ADDRESS CONNECTIONS SECONDS REQUEST-FILE".into());
    };
    let address: SocketAddr = address.parse()?;
    let length = Duration::from_secs_f64(seconds.parse()?);
    let request = std::fs::read(file)?;
    let connections: Result<Vec<_>, _> = (0..connections.parse::<usize>()?)
        .map(|_| Connection::open(address, &request))
        .collect();
    let (mut latencies, answered) = load(&mut connections?, &request, length)?;
    latencies.sort_unstable();
    let at = |share: usize| latencies.get(latencies.len() * share / 100).copied();
    let summary = serde_json::json!({
        "requests": latencies.len(),
        "seconds": length.as_secs_f64(),
        "answered": answered,
        "p50_us": at(50),
        "p99_us": at(99),
    });
    println!("{summary}");
    Ok(())
}

/// The microseconds of each request that was answered after the warm-up, for `length`; and how many
/// were answered in all.
fn load(
    connections: &mut [Connection],
    request: &[u8],
    length: Duration,
) -> Result<(Vec<u128>, u64), Failure> {
    let begin = Instant::now() + WARM_UP;
    let (mut latencies, mut answered) = (Vec::with_capacity(1 << 20), 0);
    loop {
        for connection in &mut *connections {
            let Some(latency) = connection.answered()? else {
                continue;
            };
            let now = Instant::now();
            answered += 1;
            if now >= begin + length {
                return Ok((latencies, answered));
            }
            if now >= begin {
                latencies.push(latency.as_micros());
            }
            connection.ask(request)?;
        }
    }
}

impl Connection {
    fn open(address: SocketAddr, request: &[u8]) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut connection = Self {
            stream,
            sent: Instant::now(),
            answer: Vec::with_capacity(1 << 16),
        };
        connection.ask(request)?;
        Ok(connection)
    }

    fn ask(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.answer.clear();
        self.sent = Instant::now();
        // A request is far smaller than the socket's buffer, which is empty by now.
        Ok(self.stream.write_all(request)?)
    }

    /// How long the answer took, when all of it has come.
    fn answered(&mut self) -> Result<Option<Duration>, Failure> {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => return Err("the server closed the connection".into()),
            Ok(read) => self
                .answer
                .extend_from_slice(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let Some(head) = self
            .answer
            .windows(4)
            .position(|bytes| bytes == b"\r\n\r\n")
        else {
            return Ok(None);
        };
        let length = length(self.answer.get(..head).unwrap_or_default()).ok_or_else(|| {
            format!(
                "unexpected answer: {}",
                String::from_utf8_lossy(&self.answer)
            )
        })?;
        Ok((self.answer.len() >= head + 4 + length).then(|| self.sent.elapsed()))
    }
}

/// The length of the body of a 200, from its head.
fn length(head: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length: ";
    head.starts_with(b"HTTP/1.1 200 ").then_some(())?;
    let begin = head
        .windows(NAME.len())
        .position(|bytes| bytes.eq_ignore_ascii_case(NAME))?
        + NAME.len();
    let digits = head
        .get(begin..)?
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0')))
}
