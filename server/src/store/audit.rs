//! The audit log: appended under the lock of the registry's state, never changed.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use zonecut_audit::{Chain, Entry, Head, Outcome, ParseHashError, Record};

/// Takes the writers' turn and reads where the log ends.
async fn lock(connection: &mut PgConnection) -> Result<Chain, sqlx::Error> {
    let row = sqlx::query!("SELECT audit_seq, audit_hash FROM registry_state FOR UPDATE")
        .fetch_one(connection)
        .await?;
    Ok(Chain::resume(Head {
        seq: row.audit_seq.cast_unsigned(),
        hash: row.audit_hash.parse().map_err(undecodable)?,
    }))
}

/// Writes where the log ends now.
async fn move_head(connection: &mut PgConnection, chain: &Chain) -> Result<(), sqlx::Error> {
    let head = chain.head();
    sqlx::query!(
        "UPDATE registry_state SET audit_seq = $1, audit_hash = $2",
        head.seq.cast_signed(),
        head.hash.to_string()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Appends records to the log, in one statement however many they are.
pub(crate) async fn append(
    connection: &mut PgConnection,
    records: Vec<Record>,
) -> Result<(), sqlx::Error> {
    let mut chain = lock(connection).await?;
    let mut columns = Columns::default();
    for record in records {
        columns.push(chain.append(storable(record)));
    }
    sqlx::query!(
        r#"
        INSERT INTO audit_log (seq, at, actor, action, subject, outcome, detail, previous, hash)
        SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[],
                             $6::text[], $7::jsonb[], $8::text[], $9::text[])
        "#,
        &columns.seq,
        &columns.at,
        &columns.actor,
        &columns.action,
        &columns.subject,
        &columns.outcome,
        &columns.detail,
        &columns.previous,
        &columns.hash
    )
    .execute(&mut *connection)
    .await?;
    move_head(connection, &chain).await
}

/// `record` without U+0000, which PostgreSQL can't keep: one such text, which callers choose, would
/// take a whole batch along. The visible symbol for it stands in its place.
fn storable(mut record: Record) -> Record {
    for text in [&mut record.actor, &mut record.action, &mut record.subject] {
        show_nul(text);
    }
    show_nuls(&mut record.detail);
    record
}

fn show_nuls(value: &mut Value) {
    match value {
        Value::String(text) => show_nul(text),
        Value::Array(items) => items.iter_mut().for_each(show_nuls),
        Value::Object(members) => {
            members.values_mut().for_each(show_nuls);
            if members.keys().any(|name| name.contains('\0')) {
                let all = std::mem::take(members).into_iter();
                let shown = all.map(|(mut name, value)| {
                    show_nul(&mut name);
                    (name, value)
                });
                *members = shown.collect();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn show_nul(text: &mut String) {
    if text.contains('\0') {
        *text = text.replace('\0', "\u{2400}");
    }
}

#[derive(Default)]
struct Columns {
    seq: Vec<i64>,
    at: Vec<DateTime<Utc>>,
    actor: Vec<String>,
    action: Vec<String>,
    subject: Vec<String>,
    outcome: Vec<String>,
    detail: Vec<serde_json::Value>,
    previous: Vec<String>,
    hash: Vec<String>,
}

impl Columns {
    fn push(&mut self, entry: Entry) {
        self.seq.push(entry.seq.cast_signed());
        self.at.push(entry.at);
        self.actor.push(entry.actor);
        self.action.push(entry.action);
        self.subject.push(entry.subject);
        self.outcome.push(word(entry.outcome).to_owned());
        self.detail.push(entry.detail);
        self.previous.push(entry.previous.to_string());
        self.hash.push(entry.hash.to_string());
    }
}

/// A part of the log.
#[derive(Debug, Clone)]
pub struct Part {
    /// Entries after this one.
    pub after: i64,
    /// Entries before this one.
    pub before: i64,
    /// At most so many.
    pub limit: i64,
    /// Whether the newest comes first.
    pub newest_first: bool,
    /// Only those.
    pub filter: Filter,
}

/// What the log is narrowed to; what is absent narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who.
    pub actor: Option<String>,
    /// What was asked for: `contract.publish`, or `contract` for all that is asked of contracts.
    pub action: Option<String>,
    /// On what: all of it, or its first words.
    pub subject: Option<String>,
    /// Whether it was done.
    pub outcome: Option<Outcome>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub to: Option<DateTime<Utc>>,
}

/// Where the log ends.
pub(crate) async fn head(connection: &mut PgConnection) -> Result<u64, sqlx::Error> {
    let seq = sqlx::query_scalar!("SELECT audit_seq FROM registry_state")
        .fetch_one(connection)
        .await?;
    Ok(seq.cast_unsigned())
}

/// Whether the role of this connection has no right to rewrite the log.
pub(crate) async fn is_append_only(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT NOT has_table_privilege('audit_log', 'UPDATE, DELETE, TRUNCATE') AS "only!""#
    )
    .fetch_one(connection)
    .await
}

/// The entries of a part.
pub(crate) async fn list(
    connection: &mut PgConnection,
    part: &Part,
) -> Result<Vec<Entry>, sqlx::Error> {
    let filter = &part.filter;
    // Planned anew each time, which the macros don't offer: the best plan for one filter is the worst
    // for another.
    let rows: Vec<Row> = sqlx::query_as(LIST)
        .persistent(false)
        .bind(part.after)
        .bind(part.before)
        .bind(part.limit)
        .bind(part.newest_first)
        .bind(&filter.actor)
        .bind(&filter.action)
        .bind(&filter.subject)
        .bind(filter.outcome.map(word))
        .bind(filter.from)
        .bind(filter.to)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// Each order goes along the index; the one that is not asked for answers nothing. `contract` narrows
/// to all of `contract.…`, a subject to all that begin with its words.
const LIST: &str = r#"
    WITH narrowed AS NOT MATERIALIZED (
        SELECT * FROM audit_log
        WHERE seq > $1 AND seq < $2
          AND ($5::text IS NULL OR actor COLLATE "C" = $5)
          AND ($6::text IS NULL OR action COLLATE "C" = $6
               OR (action COLLATE "C" >= $6 || '.' AND action COLLATE "C" < $6 || '/'))
          AND ($7::text IS NULL OR subject COLLATE "C" = $7
               OR (subject COLLATE "C" >= $7 || ' ' AND subject COLLATE "C" < $7 || '!'))
          AND ($8::text IS NULL OR outcome = $8)
          AND ($9::timestamptz IS NULL OR at >= $9)
          AND ($10::timestamptz IS NULL OR at < $10)
    )
    SELECT * FROM (
        (SELECT * FROM narrowed WHERE NOT $4 ORDER BY seq LIMIT $3)
        UNION ALL
        (SELECT * FROM narrowed WHERE $4 ORDER BY seq DESC LIMIT $3)
    ) AS part
    ORDER BY CASE WHEN $4 THEN -seq ELSE seq END
    "#;

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: DateTime<Utc>,
    actor: String,
    action: String,
    subject: String,
    outcome: String,
    detail: Value,
    previous: String,
    hash: String,
}

fn entry(row: Row) -> Result<Entry, sqlx::Error> {
    Ok(Entry {
        seq: row.seq.cast_unsigned(),
        at: row.at,
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        outcome: if row.outcome == word(Outcome::Done) {
            Outcome::Done
        } else {
            Outcome::Refused
        },
        detail: row.detail,
        previous: row.previous.parse().map_err(undecodable)?,
        hash: row.hash.parse().map_err(undecodable)?,
    })
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
    }
}

fn undecodable(error: ParseHashError) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
