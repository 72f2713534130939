//! Expectations: promises of active contracts with their deadlines.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;
use zonecut_quality::{Evidence, Expectation, Kind, Promise};

/// An expectation as it is kept.
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) contract: String,
    pub(crate) object: String,
    pub(crate) kind: String,
    pub(crate) column_path: String,
    pub(crate) driver: String,
    pub(crate) limit_ms: i64,
    pub(crate) since: DateTime<Utc>,
    pub(crate) evidence_at: Option<DateTime<Utc>>,
    pub(crate) evidence_value: Option<f64>,
    pub(crate) deadline: Option<DateTime<Utc>>,
    pub(crate) open_since: Option<DateTime<Utc>>,
    pub(crate) withdrawn_at: Option<DateTime<Utc>>,
}

impl Row {
    /// The expectation itself.
    pub(crate) fn expectation(&self) -> Result<Expectation, sqlx::Error> {
        let kind = Kind::from_name(&self.kind);
        Ok(Expectation {
            kind: kind.ok_or_else(|| undecodable("kind"))?,
            limit: TimeDelta::try_milliseconds(self.limit_ms)
                .ok_or_else(|| undecodable("limit_ms"))?,
            since: self.since,
            evidence: self.evidence_at.map(|at| Evidence {
                at,
                value: self.evidence_value,
            }),
            open_since: self.open_since,
        })
    }

    /// Whether it is for this promise.
    pub(crate) fn is_for(&self, promise: &Promise) -> bool {
        self.object == promise.object
            && self.kind == promise.kind.as_str()
            && self.column_path == promise.column.as_deref().unwrap_or_default()
            && self.driver == promise.driver.as_deref().unwrap_or_default()
    }
}

fn undecodable(column: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: "not a value of ours".into(),
    }
}

/// All expectations of a contract, withdrawn ones included, locked.
pub(crate) async fn of_contract(
    connection: &mut PgConnection,
    contract: &str,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT id, contract, object, kind, column_path, driver, limit_ms, since, evidence_at,
               evidence_value, deadline, open_since, withdrawn_at
        FROM expectation WHERE contract = $1 ORDER BY id FOR UPDATE
        "#,
        contract
    )
    .fetch_all(connection)
    .await
}

/// The expectations that a measurement speaks to, locked.
pub(crate) async fn measured(
    connection: &mut PgConnection,
    contract: &str,
    object: &str,
    kind: Kind,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT id, contract, object, kind, column_path, driver, limit_ms, since, evidence_at,
               evidence_value, deadline, open_since, withdrawn_at
        FROM expectation
        WHERE contract = $1 AND object = $2 AND kind = $3 AND withdrawn_at IS NULL
        ORDER BY id FOR UPDATE
        "#,
        contract,
        object,
        kind.as_str()
    )
    .fetch_all(connection)
    .await
}

/// Whether a deadline passed in silence before `now` and nobody has seen to it.
pub(crate) async fn any_due(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM expectation
            WHERE deadline < $1 AND open_since IS NULL AND withdrawn_at IS NULL
        ) AS "some!"
        "#,
        now
    )
    .fetch_one(connection)
    .await
}

/// Some of those whose deadline passed before `now`, locked; what another server has locked is
/// left to it.
pub(crate) async fn due(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT id, contract, object, kind, column_path, driver, limit_ms, since, evidence_at,
               evidence_value, deadline, open_since, withdrawn_at
        FROM expectation
        WHERE deadline < $1 AND open_since IS NULL AND withdrawn_at IS NULL
        ORDER BY deadline LIMIT $2 FOR UPDATE SKIP LOCKED
        "#,
        now,
        limit
    )
    .fetch_all(connection)
    .await
}

/// Begins to hold a promise.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    id: Uuid,
    contract: &str,
    promise: &Promise,
    expectation: &Expectation,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO expectation
            (id, contract, object, kind, column_path, driver, limit_ms, since, deadline)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        id,
        contract,
        promise.object,
        promise.kind.as_str(),
        promise.column.as_deref().unwrap_or_default(),
        promise.driver.as_deref().unwrap_or_default(),
        promise.limit.num_milliseconds(),
        expectation.since,
        expectation.deadline()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps what became of an expectation.
pub(crate) async fn update(
    connection: &mut PgConnection,
    id: Uuid,
    expectation: &Expectation,
    withdrawn_at: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE expectation
        SET limit_ms = $2, since = $3, evidence_at = $4, evidence_value = $5, deadline = $6,
            open_since = $7, withdrawn_at = $8
        WHERE id = $1
        "#,
        id,
        expectation.limit.num_milliseconds(),
        expectation.since,
        expectation.evidence.map(|evidence| evidence.at),
        expectation.evidence.and_then(|evidence| evidence.value),
        expectation.deadline(),
        expectation.open_since,
        withdrawn_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A place in the list of expectations: those due first come first, those that silence can't break
/// last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    deadline: Option<DateTime<Utc>>,
    id: Uuid,
}

impl Place {
    /// Before all.
    pub(crate) const FIRST: Self = Self {
        deadline: Some(DateTime::UNIX_EPOCH),
        id: Uuid::nil(),
    };

    /// That of an expectation.
    pub(crate) const fn of(row: &Row) -> Self {
        Self {
            deadline: row.deadline,
            id: row.id,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.deadline {
            Some(deadline) => write!(f, "{} {}", deadline.timestamp_micros(), self.id),
            None => write!(f, "never {}", self.id),
        }
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (deadline, id) = text.split_once(' ').ok_or(())?;
        let instant = |micros: &str| DateTime::from_timestamp_micros(micros.parse().ok()?);
        Ok(Self {
            deadline: match deadline {
                "never" => None,
                micros => Some(instant(micros).ok_or(())?),
            },
            id: id.parse().map_err(drop)?,
        })
    }
}

/// Expectations that are held, of contracts in the scope, at most `limit` after `after`.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    contract: Option<&str>,
    after: Place,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT e.id, e.contract, e.object, e.kind, e.column_path, e.driver, e.limit_ms, e.since,
               e.evidence_at, e.evidence_value, e.deadline, e.open_since, e.withdrawn_at
        FROM expectation e JOIN contract c ON c.id = e.contract
        WHERE e.withdrawn_at IS NULL
          AND (coalesce(e.deadline, 'infinity'::timestamptz), e.id)
              > (coalesce($3, 'infinity'::timestamptz), $4)
          AND ($1::text[] IS NULL OR c.domain = ANY($1))
          AND ($2::text IS NULL OR e.contract = $2)
        ORDER BY coalesce(e.deadline, 'infinity'::timestamptz), e.id LIMIT $5
        "#,
        scope,
        contract,
        after.deadline,
        after.id,
        limit
    )
    .fetch_all(connection)
    .await
}
