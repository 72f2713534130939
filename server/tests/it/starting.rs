//! A service that is told to end while it starts: it does, whatever it is waiting for.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use zonecut_server::config::Config;
use zonecut_server::private_postgres::{Options, PrivatePostgres};
use zonecut_server::secret::Secret;
use zonecut_server::serve;
use zonecut_server::store;

/// The URL of what takes connections, and never answers.
async fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://zonecut@{}/z", listener.local_addr().unwrap());
    (listener, url)
}

#[tokio::test]
async fn a_database_that_never_answers_holds_nobody() {
    let (_listener, url) = silent().await;
    let config = Config {
        database_url: Some(Secret::new(url)),
        ..Config::default()
    };
    let served = serve(config, sleep(Duration::from_millis(100)));
    let served = timeout(Duration::from_secs(5), served).await;
    served.expect("it ends when it is told to").unwrap();
}

#[tokio::test]
async fn a_database_that_never_answers_is_waited_for_in_vain_for_a_while_only() {
    let (_listener, url) = silent().await;
    let options = url.parse().unwrap();
    let migrated = timeout(Duration::from_secs(20), store::migrate(&options, "zonecut")).await;
    let error = migrated.expect("it gives up by itself").unwrap_err();
    assert!(error.to_string().contains("did not answer"), "{error}");
}

#[tokio::test]
async fn a_private_server_that_is_not_needed_any_more_is_not_left_behind() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    // The server may run as somebody else, who must be able to get to its own directory.
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let token = folder.path().join("token");
    let config = Config {
        data_dir: folder.path().join("data"),
        listen: "127.0.0.1:0".to_owned(),
        bootstrap_token_file: Some(token.clone()),
        ..Config::default()
    };
    let served = timeout(Duration::from_mins(1), serve(config, async {})).await;
    served.expect("it ends when it is told to").unwrap();
    assert!(!token.exists(), "it did not go on to its end first");
    let cluster = folder.path().join("data/postgres/cluster");
    assert!(!cluster.join("postmaster.pid").exists());
}

#[tokio::test]
async fn a_private_server_that_does_not_get_ready_holds_nobody() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let options = Options {
        directory: folder.path().join("postgres"),
        pg_bin: None,
    };
    let made = tokio::task::spawn_blocking(move || PrivatePostgres::start(&options)?.stop());
    made.await.unwrap().unwrap();
    // As one that recovers for long: it runs, takes no connections, and ends on SIGINT, even where a
    // shell that put these tests in the background has it ignored.
    let programs = folder.path().join("bin");
    std::fs::create_dir(&programs).unwrap();
    for name in ["postgres", "initdb"] {
        let script = "#!/bin/sh\n\
                      case \"$1\" in --version) echo 'postgres (PostgreSQL) '$(cat \"$0\".major);; \
                      *) exec env --default-signal=INT sleep 120;; esac\n";
        let program = programs.join(name);
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        let version = folder.path().join("postgres/cluster/PG_VERSION");
        std::fs::copy(version, programs.join(format!("{name}.major"))).unwrap();
    }
    std::fs::set_permissions(
        programs.join("postgres.major"),
        PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        pg_bin: Some(programs),
        ..Config::default()
    };
    let served = serve(config, sleep(Duration::from_millis(500)));
    let served = timeout(Duration::from_secs(10), served).await;
    served.expect("it ends when it is told to").unwrap();
}
