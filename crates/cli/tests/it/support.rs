//! A folder to run the binary in.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A contract with one table.
pub const CONTRACT: &str = "\
apiVersion: v3.1.0
kind: DataContract
id: recursive-queries
name: Recursive queries
version: 1.0.0
status: active
schema:
  - name: queries
    physicalType: table
    properties:
      - name: query_time
        logicalType: timestamp
        required: true
      - name: qname
        logicalType: string
        physicalType: varchar(255)
slaProperties:
  - property: latency
    value: 4
    unit: h
";

/// What CI services say, and `zonecut check` listens to.
const CI: [&str; 18] = [
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "BUILD_REASON",
    "BUILD_SOURCEBRANCH",
    "CI_COMMIT_BEFORE_SHA",
    "CI_COMMIT_BRANCH",
    "CI_COMMIT_REF_PROTECTED",
    "CI_COMMIT_TAG",
    "CI_DEFAULT_BRANCH",
    "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "CI_PIPELINE_SOURCE",
    "GITHUB_BASE_REF",
    "GITHUB_EVENT_NAME",
    "GITHUB_EVENT_PATH",
    "GITHUB_REF",
    "GITHUB_REF_PROTECTED",
    "GIT_DIR",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
];

/// A temporary folder, away from any repository and any configuration of the user.
pub struct Folder(TempDir);

/// What a run answered.
pub struct Answer {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn remove(&self, name: &str) -> &Self {
        fs::remove_file(self.path().join(name)).unwrap();
        self
    }

    /// Runs git as a fixed person on a fixed day, so that commits have the same names in each run.
    pub fn git(&self, arguments: &[&str]) -> &Self {
        let output = isolated(Command::new("git"), self.path())
            .args([
                "-c",
                "init.defaultBranch=main",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        self
    }

    /// Everything there is, committed.
    pub fn commit(&self) -> &Self {
        self.git(&["add", "--all"]).git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "state",
        ])
    }

    /// Runs a script as CI services do: bash that ends at the first error, with `zonecut` on PATH.
    pub fn bash(&self, script: &str, environment: &[(&str, &str)]) -> Answer {
        let binary = Path::new(env!("CARGO_BIN_EXE_zonecut")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::iter::once(binary.to_owned()).chain(std::env::split_paths(&path));
        let output = isolated(Command::new("bash"), self.path())
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .env("PATH", std::env::join_paths(path).unwrap())
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        answer(&output)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn zonecut(&self, arguments: &[&str]) -> Answer {
        self.zonecut_in(".", arguments)
    }

    pub fn zonecut_in(&self, folder: &str, arguments: &[&str]) -> Answer {
        let output = isolated(
            Command::new(env!("CARGO_BIN_EXE_zonecut")),
            &self.path().join(folder),
        )
        .args(arguments)
        .output()
        .unwrap();
        answer(&output)
    }
}

impl Folder {
    /// Runs the binary with a text on standard input.
    pub fn zonecut_with(&self, arguments: &[&str], input: &str) -> Answer {
        use std::io::Write as _;
        let mut child = isolated(Command::new(env!("CARGO_BIN_EXE_zonecut")), self.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        answer(&child.wait_with_output().unwrap())
    }
}

fn isolated(mut command: Command, folder: &Path) -> Command {
    // The tests may themselves run for a pull request.
    for name in CI {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .env("GIT_AUTHOR_NAME", "test")
        .env("GIT_AUTHOR_EMAIL", "test@example.net")
        .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
        .env("GIT_COMMITTER_NAME", "test")
        .env("GIT_COMMITTER_EMAIL", "test@example.net")
        .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");
    command
}

fn answer(output: &Output) -> Answer {
    Answer {
        exit: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

/// The contract without the property that everybody reads.
pub fn without_qname() -> String {
    CONTRACT.replace(
        "      - name: qname\n        logicalType: string\n        physicalType: varchar(255)\n",
        "",
    )
}

/// A repository with one contract on `main`, and a branch that is checked out.
pub fn repository() -> Folder {
    let folder = Folder::new();
    folder
        .git(&["init", "--quiet"])
        .write("contracts/queries.odcs.yaml", CONTRACT)
        .commit();
    folder.git(&["checkout", "--quiet", "-b", "change"]);
    folder
}
