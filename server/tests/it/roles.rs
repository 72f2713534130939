//! Two roles on a PostgreSQL of one's own: the owner migrates, the service reads and writes, and
//! neither history nor schema is the service's to change.

use std::time::Duration;

use http::{Method, StatusCode};
use sqlx::error::DatabaseError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool};
use tokio::time::sleep;
use zonecut_server::app::checkpoint;
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::secret::Secret;
use zonecut_server::{serve, store};

use crate::support::{Service, documents, start_time, url_of};

/// A role of the cluster, which all tests share; it ends with the test.
struct Role {
    name: String,
    owner: PgConnectOptions,
}

impl Role {
    async fn new(pool: &PgPool) -> Self {
        let owner = (*pool.connect_options()).clone();
        let database = owner.get_database().unwrap();
        let name = format!("service_of_{database}");
        let role = Self { name, owner };
        role.by_owner(&format!("CREATE ROLE \"{}\" LOGIN", role.name))
            .await
            .unwrap();
        role
    }

    fn options(&self) -> PgConnectOptions {
        self.owner.clone().username(&self.name)
    }

    async fn by_owner(&self, statement: &str) -> Result<(), sqlx::Error> {
        run(&self.owner, statement).await
    }

    async fn by_service(&self, statement: &str) -> Result<(), sqlx::Error> {
        run(&self.options(), statement).await
    }

    async fn end(self) {
        let name = &self.name;
        self.by_owner(&format!("DROP OWNED BY \"{name}\""))
            .await
            .unwrap();
        self.by_owner(&format!("DROP ROLE \"{name}\""))
            .await
            .unwrap();
    }
}

async fn run(options: &PgConnectOptions, statement: &str) -> Result<(), sqlx::Error> {
    let mut connection: PgConnection = options.connect().await?;
    sqlx::query(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

#[sqlx::test(migrations = false)]
async fn the_service_works_and_history_is_not_its_to_change(pool: PgPool) {
    let role = Role::new(&pool).await;
    store::migrate(&role.owner, &role.name).await.unwrap();
    // As every start does.
    store::migrate(&role.owner, &role.name).await.unwrap();

    let own = PgPool::connect_with(role.options()).await.unwrap();
    let service = Service::start_with(&own, Config::default(), Clock::set_to(start_time())).await;
    service.domain("resolvers").await;
    let published = service.admin(Method::POST, "/v1/contracts/queries/versions");
    let published = published.yaml(documents::contract("1.0.0", "")).await;
    assert_eq!(published.status, StatusCode::CREATED, "{published:?}");
    let revised = service.admin(Method::POST, "/v1/contracts/queries/versions");
    let revised = revised
        .yaml(documents::contract("1.1.0", documents::QNAME))
        .await;
    assert_eq!(revised.status, StatusCode::CREATED, "{revised:?}");
    let token = service.token("ana", "viewer", "*").await;
    let refused = service.by(&token, Method::GET, "/v1/audit").send().await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    checkpoint::sign(&service.state).await.unwrap();
    let state = service
        .admin(Method::GET, "/v1/audit/verification")
        .send()
        .await;
    assert_eq!(state.json()["append_only"], true);
    assert!(state.json()["checkpoint"]["size"].as_u64() > Some(3));

    for (table, column) in [
        ("audit_log", "actor"),
        ("audit_node", "hash"),
        ("audit_checkpoint", "note"),
        ("audit_key", "id"),
        ("contract_version", "hash"),
        ("_sqlx_migrations", "success"),
    ] {
        for statement in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
            format!("DROP TABLE {table} CASCADE"),
        ] {
            let refused = role.by_service(&statement).await.unwrap_err();
            let code = refused.as_database_error().and_then(DatabaseError::code);
            // insufficient_privilege, before any trigger is asked.
            assert_eq!(code.as_deref(), Some("42501"), "{statement}: {refused}");
        }
    }
    let grant = format!("SELECT grant_service('{}')", role.name);
    assert!(
        role.by_service(&grant).await.is_err(),
        "rights are the owner's to give"
    );
    assert!(role.by_service("CREATE TABLE mine ()").await.is_err());

    service.state.pool.close().await;
    own.close().await;
    role.end().await;
}

#[sqlx::test(migrations = false)]
async fn one_address_is_migrated_with_and_the_other_served_with(pool: PgPool) {
    let role = Role::new(&pool).await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    let owner = url_of(&pool);
    let mut service = owner.clone();
    service.set_username(&role.name).unwrap();
    let config = Config {
        database_url: Some(Secret::new(service.to_string())),
        migration_database_url: Some(Secret::new(owner.to_string())),
        data_dir: folder.path().join("data"),
        listen: "127.0.0.1:0".to_owned(),
        bootstrap_token_file: Some(token.clone()),
        ..Config::default()
    };
    let written = async {
        while !token.exists() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    serve(config, written).await.unwrap();
    let rights = "SELECT tableowner = $1, has_table_privilege($2, 'audit_log', 'INSERT'), \
                  has_table_privilege($2, 'audit_log', 'UPDATE') \
                  FROM pg_tables WHERE tablename = 'audit_log'";
    let rights: (bool, bool, bool) = sqlx::query_as(rights)
        .bind(role.owner.get_username())
        .bind(&role.name)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(rights, (true, true, false));
    role.end().await;
}

#[sqlx::test(migrations = false)]
async fn a_role_that_owns_its_database_needs_no_other(pool: PgPool) {
    let owner = (*pool.connect_options()).clone();
    store::migrate(&owner, owner.get_username()).await.unwrap();
    let service = Service::start(&pool).await;
    checkpoint::sign(&service.state).await.unwrap();
    assert_eq!(service.count("audit_checkpoint").await, 1);
    // The trigger stands in the way, as far as it goes.
    let refused = run(&owner, "DELETE FROM audit_checkpoint")
        .await
        .unwrap_err();
    assert_eq!(
        store::violated(&refused),
        Some("audit_checkpoint_immutable")
    );
}
