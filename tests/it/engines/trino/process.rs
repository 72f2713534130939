//! A Trino of our own, and its client protocol: statements sent, pages of the answer followed.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long a start may take.
const READY_WITHIN: Duration = Duration::from_mins(3);

const JVM: &str = "\
-server
-Xmx1500M
-XX:+UseG1GC
-XX:+ExplicitGCInvokesConcurrent
-XX:+ExitOnOutOfMemoryError
-XX:TieredStopAtLevel=1
-Djdk.attach.allowAttachSelf=true
-Dfile.encoding=UTF-8
-XX:+EnableDynamicAgentLoading
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
";

/// A running Trino; killed on drop.
pub struct Trino {
    child: Child,
    folder: TempDir,
    url: String,
    client: reqwest::Client,
}

/// What became of a statement that failed.
#[derive(Debug)]
pub struct Failed {
    /// Its name for the kind of error.
    pub name: String,
    /// The message.
    pub message: String,
}

/// The rows of an answer, each its values.
pub type Rows = Vec<Vec<Value>>;

impl Trino {
    /// Starts one whose access control is made of `opa`, lines of properties, and waits until it answers.
    pub async fn start(opa: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        configure(folder.path(), port, opa);
        let log = fs::File::create(folder.path().join("log")).expect("a log");
        let child = Command::new(given("TRINO_HOME").join("bin/launcher"))
            .arg("run")
            .arg("-jvm-dir")
            .arg(given("TRINO_JAVA_HOME"))
            .arg("-etc-dir")
            .arg(folder.path().join("etc"))
            .arg("-data-dir")
            .arg(folder.path().join("data"))
            .stdout(log.try_clone().expect("the log again"))
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .expect("Trino's launcher can be started");
        let mut trino = Self {
            child,
            folder,
            url: format!("http://127.0.0.1:{port}"),
            client: reqwest::Client::new(),
        };
        trino.wait().await;
        trino
    }

    /// Waits until it finds a node for a query.
    async fn wait(&mut self) {
        let began = Instant::now();
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("Trino ended, {status}:\n{}", self.log());
            }
            if self.is_up().await && self.run("nobody", "SELECT 1").await.is_ok() {
                return;
            }
            assert!(
                began.elapsed() < READY_WITHIN,
                "Trino does not get ready:\n{}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn is_up(&self) -> bool {
        let asked = self.client.get(format!("{}/v1/info", self.url)).send();
        let Ok(answer) = asked.await else {
            return false;
        };
        let info: Value = answer.json().await.unwrap_or_default();
        info["starting"] == false
    }

    /// What it wrote of errors.
    fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        let said = log.lines().filter(|line| !line.contains("\tINFO\t"));
        said.collect::<Vec<_>>().join("\n")
    }

    /// Runs a statement as `user` to its end: all of its rows, or why there are none.
    pub async fn run(&self, user: &str, statement: &str) -> Result<Rows, Failed> {
        let first = self.client.post(format!("{}/v1/statement", self.url));
        let mut request = first.body(statement.to_owned());
        let mut rows = Vec::new();
        loop {
            let sent = request.header("X-Trino-User", user).send().await;
            let page = sent.expect("Trino answers");
            assert!(page.status().is_success(), "{}: {statement}", page.status());
            let page: Value = page.json().await.expect("a page of an answer");
            if let Some(error) = page.get("error") {
                let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
                assert!(
                    rows.is_empty(),
                    "`{statement}` served {rows:?}, then failed"
                );
                return Err(Failed {
                    name: text("errorName"),
                    message: text("message"),
                });
            }
            for row in page["data"].as_array().into_iter().flatten() {
                rows.push(row.as_array().expect("a row is a list").clone());
            }
            let Some(next) = page["nextUri"].as_str() else {
                return Ok(rows);
            };
            request = self.client.get(next);
        }
    }
}

impl Drop for Trino {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn given(variable: &str) -> PathBuf {
    let found = std::env::var_os(variable);
    found
        .unwrap_or_else(|| panic!("no `{variable}`: run by `make test-engines`"))
        .into()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

fn configure(folder: &Path, port: u16, opa: &str) {
    let lake = folder.join("lake");
    fs::create_dir_all(&lake).expect("a folder");
    let groups = folder.join("etc/groups.txt");
    let files = [
        ("jvm.config", JVM.to_owned()),
        (
            "node.properties",
            "node.environment=test\nnode.id=one\nnode.bind-ip=127.0.0.1\nnode.internal-address=127.0.0.1\n".to_owned(),
        ),
        (
            "config.properties",
            format!(
                "coordinator=true\nnode-scheduler.include-coordinator=true\nhttp-server.http.port={port}\n\
                 discovery.uri=http://127.0.0.1:{port}\nquery.max-memory-per-node=300MB\n"
            ),
        ),
        ("access-control.properties", opa.to_owned()),
        (
            "group-provider.properties",
            format!("group-provider.name=file\nfile.group-file={}\n", groups.display()),
        ),
        ("groups.txt", "noc-br:ana,bruno\n".to_owned()),
        (
            "catalog/lake.properties",
            format!(
                "connector.name=iceberg\niceberg.catalog.type=TESTING_FILE_METASTORE\n\
                 hive.metastore.catalog.dir=local:///meta\nfs.native-local.enabled=true\nlocal.location={}\n",
                lake.display()
            ),
        ),
        ("catalog/memory.properties", "connector.name=memory\n".to_owned()),
        ("catalog/scratch.properties", "connector.name=memory\n".to_owned()),
        ("catalog/tpch.properties", "connector.name=tpch\n".to_owned()),
    ];
    for (name, text) in files {
        let file = folder.join("etc").join(name);
        fs::create_dir_all(file.parent().expect("in a folder")).expect("a folder");
        fs::write(file, text).expect("it can be written");
    }
}
