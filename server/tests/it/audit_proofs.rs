//! Checkpoints, proofs and filters of the audit log, over HTTP, on a real PostgreSQL.

use chrono::TimeDelta;
use http::{Method, StatusCode};
use serde_json::Value;
use sqlx::PgPool;
use zonecut_audit::{
    Bounds, Checkpoint, Entry, Hash, Verifier, VerifyingKey, leaf_hash, verify_consistency,
    verify_inclusion,
};
use zonecut_server::app::audit::{self, Change};
use zonecut_server::app::checkpoint::{self, CheckpointError};
use zonecut_server::app::verify_audit::Walk;
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::store::MIGRATIONS;

use crate::support::{Service, audit_key, start_time};

/// A log of four entries: the first token, and three domains.
async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    for name in ["a", "b", "c"] {
        service.domain(name).await;
    }
    service
}

async fn get(service: &Service, path: &str) -> Value {
    let reply = service.admin(Method::GET, path).send().await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {reply:?}");
    reply.json()
}

async fn refused(service: &Service, path: &str) -> (StatusCode, String) {
    let reply = service.admin(Method::GET, path).send().await;
    (reply.status, reply.code())
}

async fn export(service: &Service, path: &str) -> Vec<String> {
    let reply = service.admin(Method::GET, path);
    let reply = reply.header("accept", "application/x-ndjson").send().await;
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    let text = String::from_utf8(reply.bytes).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn opened(checkpoint: &Value, keys: &[VerifyingKey]) -> Checkpoint {
    let note = checkpoint["note"].as_str().unwrap();
    let (opened, id) = Checkpoint::open(note, keys).unwrap();
    assert_eq!(checkpoint["size"], opened.size);
    assert_eq!(checkpoint["root"], opened.root.to_string());
    assert_eq!(checkpoint["key_id"], id.to_string());
    opened
}

fn path(proof: &Value) -> Vec<Hash> {
    serde_json::from_value(proof["path"].clone()).unwrap()
}

async fn keys(service: &Service) -> Vec<VerifyingKey> {
    let keys = get(service, "/v1/audit/keys").await;
    let items = keys["items"].as_array().unwrap().iter();
    items
        .map(|item| item["key"].as_str().unwrap().parse().unwrap())
        .collect()
}

/// Walks through the whole log.
async fn walk(service: &Service) {
    let mut walk = Walk::begin(&service.state).await.unwrap();
    while let Some(further) = walk {
        walk = further.go_on(&service.state).await.unwrap();
    }
}

/// Changes a table that nobody changes: a superuser can switch its trigger off.
async fn by_superuser(pool: &PgPool, table: &str, statement: &str) {
    let disable = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
    for statement in [disable, statement.to_owned()] {
        let changed = sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(pool)
            .await;
        changed.unwrap();
    }
}

/// The value of a metric about the log.
async fn metric(service: &Service, name: &str) -> String {
    let metrics = service.anonymous(Method::GET, "/metrics").send().await;
    let metrics = String::from_utf8(metrics.bytes).unwrap();
    let name = format!("zonecut_audit_{name} ");
    let value = metrics.lines().find_map(|line| line.strip_prefix(&name));
    value.unwrap_or_else(|| panic!("{metrics}")).to_owned()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_entry_and_every_growth_is_proven(pool: PgPool) {
    let service = start(&pool).await;
    checkpoint::sign(&service.state).await.unwrap();
    for name in ["d", "e", "f"] {
        service.domain(name).await;
    }
    checkpoint::sign(&service.state).await.unwrap();
    checkpoint::sign(&service.state).await.unwrap();
    let keys = keys(&service).await;
    assert_eq!(keys, [audit_key().verifying_key()]);
    let listed = get(&service, "/v1/audit/checkpoints").await;
    let sizes: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| opened(it, &keys).size)
        .collect();
    assert_eq!(sizes, [4, 7], "what is not new is not signed again");

    for seq in 1..=7_u64 {
        for size in [4, 7].into_iter().filter(|size| *size >= seq) {
            let proof = get(&service, &format!("/v1/audit/{seq}/proof?size={size}")).await;
            let signed = opened(&proof["checkpoint"], &keys);
            let line = proof["line"].as_str().unwrap();
            let leaf = leaf_hash(line.as_bytes());
            assert_eq!(proof["leaf"], leaf.to_string());
            let proven = verify_inclusion(seq, leaf, (size, signed.root), &path(&proof));
            assert_eq!(proven, Ok(()), "{seq} of {size}");
            let entry: Entry = serde_json::from_str(line).unwrap();
            assert_eq!(entry.seq, seq);
        }
    }
    let grown = get(&service, "/v1/audit/checkpoints/7/consistency?from=4").await;
    let (from, to) = (opened(&grown["from"], &keys), opened(&grown["to"], &keys));
    let proven = verify_consistency((4, from.root), (7, to.root), &path(&grown));
    assert_eq!(proven, Ok(()));

    let mut verifier = Verifier::new(Bounds::default()).signed_by(vec![from, to]);
    for line in export(&service, "/v1/audit").await {
        verifier.push(line.as_bytes());
    }
    let report = verifier.finish();
    assert_eq!((report.broken, report.entries, report.signed), (None, 7, 7));
    let exported = export(&service, "/v1/audit/checkpoints").await;
    let exported: Vec<Value> = exported
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(Value::from(exported), listed["items"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_cant_be_proven_says_why(pool: PgPool) {
    let service = start(&pool).await;
    let conflict = (StatusCode::CONFLICT, "not-signed".to_owned());
    let unknown = (StatusCode::NOT_FOUND, "not-found".to_owned());
    let invalid = (StatusCode::UNPROCESSABLE_ENTITY, "invalid-field".to_owned());
    assert_eq!(refused(&service, "/v1/audit/1/proof").await, conflict);
    checkpoint::sign(&service.state).await.unwrap();
    service.domain("d").await;
    assert_eq!(refused(&service, "/v1/audit/5/proof").await, conflict);
    assert_eq!(
        refused(&service, "/v1/audit/5/proof?size=4").await,
        conflict
    );
    for path in [
        "/v1/audit/6/proof",
        "/v1/audit/0/proof",
        "/v1/audit/-1/proof",
        "/v1/audit/x/proof",
    ] {
        assert_eq!(refused(&service, path).await, unknown, "{path}");
    }
    assert_eq!(refused(&service, "/v1/audit/1/proof?size=3").await, unknown);
    let most = i64::MAX;
    for path in [
        "5/consistency?from=4",
        "4/consistency?from=3",
        &format!("{most}/consistency?from=1"),
    ] {
        assert_eq!(
            refused(&service, &format!("/v1/audit/checkpoints/{path}")).await,
            unknown,
            "{path}"
        );
    }
    checkpoint::sign(&service.state).await.unwrap();
    for path in [
        "/v1/audit/checkpoints/4/consistency?from=5",
        "/v1/audit/checkpoints/4/consistency",
        "/v1/audit/checkpoints?limit=0",
        "/v1/audit/1/proof?size=four",
        "/v1/audit?outcome=perhaps",
        "/v1/audit?from=yesterday",
        "/v1/audit?actor=%00",
    ] {
        assert_eq!(refused(&service, path).await, invalid, "{path}");
    }
    let (status, code) = refused(&service, "/v1/audit?actr=ana").await;
    assert_eq!(
        (status, code.as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "unknown-field")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_log_longer_than_a_batch_is_signed_in_one_go(pool: PgPool) {
    let service = start(&pool).await;
    // Refusals are entries too, and cheap.
    let refusals = (0..1_500).map(|n| Change::new("test.refuse", format!("thing {n}")));
    for refusal in refusals {
        audit::refused(&service.state, "ana", refusal).await;
    }
    checkpoint::sign(&service.state).await.unwrap();
    let listed = get(&service, "/v1/audit/checkpoints").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["size"], 1_504);
    // Two nodes for each entry, less the tops that are missing.
    assert_eq!(
        service.count("audit_node").await,
        2 * 1_504 - i64::from(1_504_u32.count_ones())
    );
    walk(&service).await;
    let state = get(&service, "/v1/audit/verification").await;
    assert_eq!(state["verified"]["through"], 1_504);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn checkpoints_are_signed_when_enough_is_new_or_time_has_passed(pool: PgPool) {
    let config = Config {
        audit_checkpoint_entries: 3.try_into().unwrap(),
        ..Config::default()
    };
    let clock = Clock::set_to(start_time());
    let service = Service::start_with(&pool, config, clock.clone()).await;
    let signed = async || {
        checkpoint::sign_when_due(&service.state).await.unwrap();
        service.count("audit_checkpoint").await
    };
    assert_eq!(signed().await, 1, "the first entries are signed at once");
    service.domain("a").await;
    assert_eq!(signed().await, 1, "one entry can wait");
    clock.advance(TimeDelta::seconds(60));
    assert_eq!(signed().await, 2, "but not for longer than a minute");
    clock.advance(TimeDelta::seconds(60));
    assert_eq!(signed().await, 2, "what is not new is not signed again");
    for name in ["b", "c", "d"] {
        service.domain(name).await;
    }
    assert_eq!(signed().await, 3, "enough is new");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn two_nodes_sign_one_tree_each_with_its_key(pool: PgPool) {
    let one = start(&pool).await;
    let two = Service::join(&pool, Config::default(), Clock::set_to(start_time())).await;
    let both = tokio::join!(checkpoint::sign(&one.state), checkpoint::sign(&two.state));
    both.0.unwrap();
    both.1.unwrap();
    assert_eq!(one.count("audit_checkpoint").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_entry_changed_by_hand_is_noticed_and_nothing_is_signed_over_it(pool: PgPool) {
    let service = start(&pool).await;
    checkpoint::sign(&service.state).await.unwrap();
    walk(&service).await;
    let state = get(&service, "/v1/audit/verification").await;
    assert_eq!(state["entries"], 4);
    assert_eq!(state["checkpoint"]["size"], 4);
    assert_eq!(state["verified"]["through"], 4);
    assert_eq!(state["broken"], Value::Null);
    assert_eq!(
        state["append_only"], false,
        "these tests own their database"
    );

    // A superuser can switch the trigger off.
    let tamper = |seq: i64| {
        let pool = pool.clone();
        async move {
            for statement in [
                "ALTER TABLE audit_log DISABLE TRIGGER audit_log_immutable".to_owned(),
                format!("UPDATE audit_log SET actor = 'eve' WHERE seq = {seq}"),
            ] {
                sqlx::query(sqlx::AssertSqlSafe(statement))
                    .execute(&pool)
                    .await
                    .unwrap();
            }
        }
    };
    service.domain("d").await;
    tamper(5).await;
    let error = checkpoint::sign(&service.state).await.unwrap_err();
    assert!(
        matches!(&error, CheckpointError::Broken(broken) if broken.line == 5),
        "{error}"
    );
    assert_eq!(service.count("audit_checkpoint").await, 1);
    let state = get(&service, "/v1/audit/verification").await;
    assert_eq!(state["broken"]["seq"], 5);

    tamper(2).await;
    walk(&service).await;
    let state = get(&service, "/v1/audit/verification").await;
    assert_eq!(state["broken"]["seq"], 2);
    assert_eq!(state["verified"]["through"], 4, "it was once");
    assert_eq!(metric(&service, "intact").await, "0");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_tree_or_checkpoint_changed_by_hand_is_noticed(pool: PgPool) {
    let service = start(&pool).await;
    checkpoint::sign(&service.state).await.unwrap();
    assert_eq!(metric(&service, "intact").await, "1");
    assert_eq!(metric(&service, "verified_timestamp_seconds").await, "0");
    walk(&service).await;
    let at = start_time().timestamp().to_string();
    assert_eq!(metric(&service, "verified_timestamp_seconds").await, at);

    service.domain("d").await;
    let node = "UPDATE audit_node SET hash = sha256('') WHERE level = 2";
    by_superuser(&pool, "audit_node", node).await;
    let error = checkpoint::sign(&service.state).await.unwrap_err();
    assert!(
        matches!(error, CheckpointError::OtherTree { size: 4, .. }),
        "{error}"
    );
    let state = get(&service, "/v1/audit/verification").await;
    assert_eq!(state["broken"]["seq"], 4);
    let node = "DELETE FROM audit_node WHERE level = 2";
    by_superuser(&pool, "audit_node", node).await;
    let error = checkpoint::sign(&service.state).await.unwrap_err();
    assert!(matches!(error, CheckpointError::NotATree(_)), "{error}");
    assert_eq!(metric(&service, "intact").await, "0");

    let other = Service::join(&pool, Config::default(), Clock::set_to(start_time())).await;
    assert_eq!(metric(&other, "intact").await, "1", "it has not looked yet");
    let note = "UPDATE audit_checkpoint SET note = replace(note, E'\n4\n', E'\n3\n')";
    by_superuser(&pool, "audit_checkpoint", note).await;
    walk(&other).await;
    let found = other.state.audit.found();
    let fault = found.fault().unwrap();
    assert!(fault.reason.contains("was changed"), "{fault:?}");
    assert_eq!(metric(&other, "intact").await, "0");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_log_begun_anew_is_noticed_by_who_remembers_the_old_one(pool: PgPool) {
    let service = start(&pool).await;
    checkpoint::sign(&service.state).await.unwrap();
    walk(&service).await;
    for table in ["audit_checkpoint", "audit_node", "audit_log"] {
        by_superuser(&pool, table, &format!("DELETE FROM {table}")).await;
    }
    let beginning = "UPDATE registry_state SET audit_seq = 0, audit_hash = repeat('0', 64)";
    by_superuser(&pool, "registry_state", beginning).await;
    for name in ["d", "e", "f", "g", "h"] {
        service.domain(name).await;
    }
    checkpoint::sign(&service.state).await.unwrap();
    let other = Service::join(&pool, Config::default(), Clock::set_to(start_time())).await;
    walk(&other).await;
    assert_eq!(
        metric(&other, "intact").await,
        "1",
        "it never saw another log"
    );
    walk(&service).await;
    let state = get(&service, "/v1/audit/verification").await;
    let reason = state["broken"]["reason"].as_str().unwrap();
    assert!(reason.contains("begins with another entry"), "{reason}");
    assert_eq!(metric(&service, "intact").await, "0");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_log_is_narrowed_by_who_what_on_what_how_and_when(pool: PgPool) {
    let clock = Clock::set_to(start_time());
    let service = Service::start_with(&pool, Config::default(), clock.clone()).await;
    service.domain("a").await;
    clock.advance(TimeDelta::hours(1));
    let ana = service.token("ana", "viewer", "*").await;
    let reply = service.by(&ana, Method::GET, "/v1/tokens").send().await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    service.domain("ab").await;

    let all = service.audit().await;
    let seqs = async |query: &str| {
        let page = get(&service, &format!("/v1/audit?{query}")).await;
        let items = page["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|it| it["seq"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    let that = |is: &dyn Fn(&Value) -> bool| {
        let found = all.iter().filter(|it| is(it));
        found
            .map(|it| it["seq"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    let by_ana = that(&|it| it["actor"] == "ana");
    assert_eq!(by_ana.len(), 1);
    assert_eq!(seqs("actor=ana").await, by_ana);
    let domains = that(&|it| it["action"] == "domain.create");
    assert_eq!(domains.len(), 2);
    assert_eq!(seqs("action=domain.create").await, domains);
    assert_eq!(seqs("action=domain").await, domains);
    assert_eq!(seqs("action=dom").await, [0; 0]);
    let subject = all[1]["subject"].as_str().unwrap();
    assert_eq!(
        seqs(&format!("subject={}", subject.replace(' ', "%20"))).await,
        [2]
    );
    let asked = that(&|it| it["subject"].as_str().unwrap().starts_with("GET "));
    assert_eq!(seqs("subject=GET").await, asked);
    assert_eq!(seqs("outcome=refused").await, by_ana);
    assert_eq!(seqs("from=2026-03-02T11:00:00Z").await, [3, 4, 5]);
    assert_eq!(seqs("to=2026-03-02T11:00:00Z").await, [1, 2]);
    assert_eq!(seqs("from=2026-03-02T11:00:00Z&action=domain").await, [5]);
    assert_eq!(seqs("order=desc&action=domain&limit=1").await, [5]);
    assert_eq!(seqs("order=desc&action=domain&limit=1&before=5").await, [2]);
    let lines = export(&service, "/v1/audit?actor=ana").await;
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("\"actor\":\"ana\""));
}
