//! Making a cluster: all of it, or nothing that a later start would take for one.

use std::fs;
use std::io::{self as std_io, Write};
use std::process::{Command, Output, Stdio};

use super::DATABASE;
use super::directory::{Layout, Role};
use super::error::{PrivatePostgresError, io};
use super::installation::Installation;

/// How much of what a failing program said is shown.
const SHOWN: usize = 2000;

/// Makes the cluster, its roles and its database beside the place of the cluster, and moves it there.
pub(super) fn create(
    installation: &Installation,
    layout: &Layout,
) -> Result<(), PrivatePostgresError> {
    let (new, cluster) = (layout.new_cluster(), layout.cluster());
    if new.exists() {
        fs::remove_dir_all(&new).map_err(io("remove", &new))?;
    }
    tracing::info!(cluster = %cluster.display(), "making a PostgreSQL cluster");
    layout.new_passwords()?;
    initdb(installation, layout)?;
    run_sql(installation, layout, "postgres", &roles(layout)?)?;
    run_sql(installation, layout, DATABASE, PRIVILEGES)?;
    fs::rename(&new, &cluster).map_err(io("rename", &new))?;
    let root = fs::File::open(layout.root()).map_err(io("open", layout.root()))?;
    root.sync_all().map_err(io("write", layout.root()))
}

fn initdb(installation: &Installation, layout: &Layout) -> Result<(), PrivatePostgresError> {
    let program = installation.program("initdb");
    let mut command = layout.account().command(&program);
    command
        .arg("--pgdata")
        .arg(layout.for_server(&layout.new_cluster()))
        .args(["--username", Role::Superuser.name(), "--pwfile"])
        .arg(layout.for_server(&layout.password_file(Role::Superuser)))
        .args([
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--auth",
            "scram-sha-256",
        ])
        .arg("--data-checksums");
    let output = run(&mut command, "").map_err(io("run", &program))?;
    check("initdb", &output)
}

/// The roles, and the database with its owner.
fn roles(layout: &Layout) -> Result<String, PrivatePostgresError> {
    let (owner, application) = (Role::Owner, Role::Application);
    Ok(format!(
        "create role {owner_name} login password '{}';
         create role {application_name} login password '{}';
         create database {DATABASE} owner {owner_name};
         revoke all on database {DATABASE} from public;
         grant connect, temporary on database {DATABASE} to {application_name};",
        layout.password(owner)?,
        layout.password(application)?,
        owner_name = owner.name(),
        application_name = application.name(),
    ))
}

/// In the database: the owner makes things, the application reads and writes rows.
const PRIVILEGES: &str = "
    alter schema public owner to zonecut_owner;
    revoke all on schema public from public;
    grant usage on schema public to zonecut;
    alter default privileges for role zonecut_owner in schema public
        grant select, insert, update, delete on tables to zonecut;
    alter default privileges for role zonecut_owner in schema public
        grant usage, select on sequences to zonecut;";

/// Runs statements in a server without clients, so that the new cluster needs no socket yet.
fn run_sql(
    installation: &Installation,
    layout: &Layout,
    database: &str,
    statements: &str,
) -> Result<(), PrivatePostgresError> {
    let program = installation.program("postgres");
    let mut command = layout.account().command(&program);
    command
        .args(["--single", "-D"])
        .arg(layout.for_server(&layout.new_cluster()))
        // A statement that fails ends it, and is not shown: it may hold a password.
        .args([
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            database,
        ]);
    // This mode takes one statement a line.
    let lines: String = statements.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = lines.replace("; ", ";\n") + "\n";
    let output = run(&mut command, &lines).map_err(io("run", &program))?;
    check("postgres --single", &output)
}

fn run(command: &mut Command, input: &str) -> std_io::Result<Output> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early says why on its standard error.
        stdin.write_all(input.as_bytes()).ok();
    }
    child.wait_with_output()
}

fn check(program: &'static str, output: &Output) -> Result<(), PrivatePostgresError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let start = said.len().saturating_sub(SHOWN);
    let output_tail = said
        .get(said.ceil_char_boundary(start)..)
        .unwrap_or_default();
    Err(PrivatePostgresError::Program {
        program,
        status: output.status.to_string(),
        output: output_tail.trim().to_owned(),
    })
}
