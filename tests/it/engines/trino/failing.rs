//! What is taken back, and what becomes of queries while Zonecut does not answer: they fail, and serve nothing.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::between::Manner;
use super::{Mesh, PATIENCE, fixtures};
use crate::journey::api::Api;
use crate::journey::zonecut::Server;

const QUERY: &str = "SELECT client_ip FROM lake.resolvers.recursive_queries";
const COUNT: &str = "SELECT count(*) FROM lake.resolvers.recursive_queries";

/// How long a change may take until every query sees it.
const SOON: Duration = Duration::from_secs(1);

/// A binding that goes is gone within a second, and comes back as soon.
pub async fn what_is_revoked_is_refused_to_the_next_query(mesh: &Mesh) {
    let (roles, with, without) = (
        "roles.resolvers.resolvers",
        "groups: [noc-br]",
        "groups: [noc-de]",
    );
    let mut tries = 0;
    loop {
        mesh.change_policy(roles, with, without).await;
        tokio::time::sleep(SOON).await;
        let refused = mesh.trino.run("ana", COUNT).await.is_err();
        if refused {
            mesh.refused("ana", COUNT).await;
        }
        mesh.change_policy(roles, without, with).await;
        tokio::time::sleep(SOON).await;
        let served = mesh.trino.run("ana", COUNT).await.ok();
        if refused && served.is_some_and(|rows| json!(rows) == json!([[4]])) {
            return;
        }
        tries += 1;
        // A busy machine only ever adds to the time.
        assert!(tries < 5, "later than {SOON:?}, {tries} times");
    }
}

/// Errors fail a query at once, silence does after the time that the guide sets.
pub async fn a_server_that_answers_with_errors_or_not_at_all_serves_nothing(mesh: &Mesh) {
    for manner in [Manner::Fail, Manner::Hang] {
        mesh.between.set(manner);
        for statement in [QUERY, COUNT, "SHOW TABLES FROM lake.resolvers"] {
            let began = Instant::now();
            let failed = mesh.failed("olga", statement).await;
            let took = began.elapsed();
            let most = match manner {
                Manner::Hang => PATIENCE * 2,
                _ => PATIENCE,
            };
            assert!(took < most, "{manner:?}: {took:?}: {failed:?}");
            // Of an error Trino shows the address; of silence it does not.
            let shows = failed.message.contains("key=");
            assert_eq!(shows, matches!(manner, Manner::Fail), "{failed:?}");
        }
        mesh.between.set(Manner::PassOn);
        assert_eq!(json!(mesh.rows("olga", COUNT).await), json!([[6]]));
    }
}

/// The server is killed between two questions of one query.
pub async fn a_server_that_dies_during_a_query_serves_nothing(mut mesh: Mesh) -> Mesh {
    for endpoint in ["allow", "row-filters", "batch-column-masks"] {
        mesh.between.asked();
        let pid = mesh.server.pid();
        mesh.between.set(Manner::KillAt { endpoint, pid });
        mesh.failed("ana", QUERY).await;
        let asked = mesh.between.asked();
        assert!(asked.iter().any(|it| it == endpoint), "{asked:?}");
        // And nothing is remembered from before.
        mesh.failed("ana", COUNT).await;
        mesh.between.set(Manner::PassOn);
        mesh.server.crash();
        mesh.server = Server::start_with(mesh.data.path(), &fixtures());
        mesh.api = Api::new(&mesh.server.url, &mesh.server.token);
        mesh.between.lead_to(&mesh.server.url);
        assert_eq!(json!(mesh.rows("ana", COUNT).await), json!([[4]]));
    }
    mesh
}

/// An engine whose token was revoked is nobody.
pub async fn a_token_that_was_revoked_serves_nothing(mesh: &Mesh) {
    let path = format!("/v1/tokens/{}", mesh.token_id);
    let revoked = mesh.api.request(Method::DELETE, &path);
    mesh.api.send(revoked).await.expect(204);
    tokio::time::sleep(SOON).await;
    for user in ["ana", "olga"] {
        mesh.failed(user, COUNT).await;
    }
}
