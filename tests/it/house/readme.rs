//! The README and the pages beside it do what they say: their `console` blocks are run in order, and what they
//! print is what the pages show.
//! `ZONECUT_BLESS=1 cargo test -p zonecut-tests readme` writes the blocks anew.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use regex::Regex;

use crate::checkout::{binary, read, root};

/// What the README calls the server; the one under test has another port.
const ADDRESS: &str = "http://127.0.0.1:8080";

/// Whose commands are run, against one server that was just started.
const PAGES: [&str; 5] = [
    "README.md",
    "docs/operations.md",
    "docs/audit.md",
    "docs/authzen.md",
    "docs/guides/trino.md",
];

const READY_WITHIN: Duration = Duration::from_mins(1);

/// `make run` as the README has it, with its own data, and its output kept.
struct Served {
    make: Child,
    data: PathBuf,
    url: String,
    token: String,
}

impl Served {
    fn start(data: &Path) -> Self {
        let mut make = Command::new("make")
            .arg("run")
            .current_dir(root())
            .env("ZONECUT_BIN", binary())
            .env("ZONECUT_DATA_DIR", data)
            .env("ZONECUT_LISTEN", "127.0.0.1:0")
            .env_remove("MAKEFLAGS")
            .stdout(Stdio::piped())
            // Its own group, so that make and what it started end together.
            .process_group(0)
            .spawn()
            .expect("make can be started");
        let stdout = make.stdout.take().expect("stdout is piped");
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(stdout)
                .lines()
                .map_while(Result::ok)
                .for_each(|line| drop(sender.send(line)));
        });
        let mut served = Self {
            make,
            data: data.to_owned(),
            url: String::new(),
            token: String::new(),
        };
        while served.url.is_empty() {
            let line = receiver
                .recv_timeout(READY_WITHIN)
                .expect("`make run` gets ready");
            if let Some(token) = line.strip_prefix("administrator's token, shown this once: ") {
                token.clone_into(&mut served.token);
            } else if let Some(url) = line.strip_prefix("ready ") {
                url.clone_into(&mut served.url);
            }
        }
        served
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let group = format!("-{}", self.make.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.make.wait();
    }
}

/// What differs from run to run is shown as an ellipsis.
fn steady(output: &str, url: &str) -> String {
    let patterns = [
        ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…"),
        (r#""serial":\d+"#, "\"serial\":…"),
        ("zc_[A-Za-z0-9_-]+", "zc_…"),
        (r"\d+:[0-9a-f]{64}", "…"),
        (r"all \d+ entries", "all … entries"),
        (r"the first \d+ are those", "the first … are those"),
    ];
    let mut output = output.replace(url, ADDRESS);
    for (pattern, shown) in patterns {
        output = Regex::new(pattern)
            .expect("a pattern")
            .replace_all(&output, shown)
            .into_owned();
    }
    output.trim_end().to_owned()
}

/// Runs one command as on a page, and gives what it prints on both streams.
fn run(command: &str, served: &Served) -> String {
    let folder = binary()
        .parent()
        .expect("the binary lies in a folder")
        .to_owned();
    let path = std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    )));
    let data = served.data.display().to_string();
    let command = command
        .replace("$PWD/.zonecut", &data)
        .replace(".zonecut/", &format!("{data}/"));
    let output = Command::new("bash")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(root())
        .env("PATH", path.expect("folders make a PATH"))
        .env("ZONECUT", &served.url)
        .env("TOKEN", &served.token)
        .env("NO_COLOR", "1")
        .output()
        .expect("bash can be started");
    steady(&String::from_utf8_lossy(&output.stdout), &served.url)
}

/// A page with every `console` block as it really runs.
fn performed(page: &str, served: &Served) -> String {
    let mut shown = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        shown.push(line.to_owned());
        if line != "```console" {
            continue;
        }
        for command in lines
            .by_ref()
            .take_while(|line| *line != "```")
            .filter_map(|line| line.strip_prefix("$ "))
        {
            shown.push(format!("$ {command}"));
            // These two are what the test itself did.
            if command == "make run" || command.starts_with("export ") {
                continue;
            }
            shown.extend(run(command, served).lines().map(str::to_owned));
        }
        shown.push("```".to_owned());
    }
    shown.join("\n") + "\n"
}

#[test]
fn commands_print_what_the_pages_show() {
    let folder = tempfile::tempdir().expect("a folder");
    // PostgreSQL's own user has to get in when the tests run as root.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))
        .expect("it is ours");
    let served = Served::start(&folder.path().join("data"));
    assert!(
        !served.token.is_empty(),
        "the first start shows the administrator's token"
    );

    for page in PAGES {
        let shown = read(page);
        let performed = performed(&shown, &served);
        if std::env::var_os("ZONECUT_BLESS").is_some() {
            std::fs::write(root().join(page), performed).expect("the page can be written");
        } else {
            assert!(
                shown == performed,
                "{page} shows something else than happens; see this module's comment:\n{performed}"
            );
        }
    }
}
