//! Stands between Trino and Zonecut: passes on what one asks and the other answers, keeps the questions,
//! and goes wrong where a test wants it.

use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::wire::Message;

/// What becomes of a question.
#[derive(Debug, Clone, Copy)]
pub enum Manner {
    /// It is passed on.
    PassOn,
    /// It is granted without Zonecut: for what has to be there before anything is guarded.
    Grant,
    /// It never gets an answer.
    Hang,
    /// It gets a 500.
    Fail,
    /// The process is killed when that endpoint is asked, and the question passed on.
    KillAt {
        /// The last part of the path.
        endpoint: &'static str,
        /// Whom.
        pid: u32,
    },
}

struct State {
    upstream: String,
    manner: Manner,
    /// The endpoints.
    asked: Vec<String>,
}

/// The stand-in.
#[derive(Clone)]
pub struct Between {
    /// Where Trino asks.
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Between {
    /// Listens on a free port, for questions to `upstream` (`http://HOST:PORT`).
    pub async fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let between = Self {
            url: format!("http://{address}"),
            state: Arc::new(Mutex::new(State {
                upstream: upstream.to_owned(),
                manner: Manner::PassOn,
                asked: Vec::new(),
            })),
        };
        let accepting = between.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(accepting.clone().serve(stream));
            }
        });
        between
    }

    /// What becomes of questions from now on.
    pub fn set(&self, manner: Manner) {
        self.state().manner = manner;
    }

    /// Where questions go from now on.
    pub fn lead_to(&self, upstream: &str) {
        upstream.clone_into(&mut self.state().upstream);
    }

    /// The endpoints asked since this was called last: the last parts of their paths.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state().asked)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding it")
    }

    /// The questions of one connection, until one of the ends goes away.
    async fn serve(self, mut stream: TcpStream) {
        while let Some(question) = Message::next(&mut stream).await {
            let Some(answer) = self.answer(&question).await else {
                return;
            };
            if stream.write_all(&answer).await.is_err() {
                return;
            }
        }
    }

    async fn answer(&self, question: &Message) -> Option<Vec<u8>> {
        let endpoint = endpoint(question);
        let (upstream, manner) = {
            let mut state = self.state();
            state.asked.push(endpoint.clone());
            (state.upstream.clone(), state.manner)
        };
        match manner {
            Manner::PassOn => pass_on(&upstream, question).await,
            Manner::Grant if endpoint == "allow" => Some(answer("200 OK", r#"{"result": true}"#)),
            Manner::Grant => Some(answer("200 OK", r#"{"result": []}"#)),
            Manner::Hang => {
                tokio::time::sleep(Duration::from_mins(10)).await;
                None
            }
            Manner::Fail => Some(answer("500 Internal Server Error", "{}")),
            Manner::KillAt { endpoint: at, pid } => {
                if endpoint == at {
                    kill(pid);
                }
                pass_on(&upstream, question).await
            }
        }
    }
}

fn endpoint(question: &Message) -> String {
    let path = question.start.split(['?', ' ']).nth(1).unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// The other's answer; none when there is none, which closes the connection as they would.
async fn pass_on(upstream: &str, question: &Message) -> Option<Vec<u8>> {
    let address = upstream.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(&question.bytes).await.ok()?;
    Message::next(&mut stream).await.map(|it| it.bytes)
}

fn kill(pid: u32) {
    let killed = Command::new("kill")
        .args(["-KILL", &pid.to_string()])
        .status();
    assert!(killed.expect("kill can be started").success());
}
