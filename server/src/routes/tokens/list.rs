//! `GET /v1/tokens`

use uuid::Uuid;

use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::tokens::Token;
use crate::store;

/// Lists the tokens that have not ended, oldest first, without their secrets.
#[utoipa::path(
    get,
    path = "/v1/tokens",
    operation_id = "list_tokens",
    tag = "tokens",
    params(PageQuery),
    responses(
        (status = 200, body = Page<Token>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<Token>>, Problem> {
    let window = query.window()?;
    let after = window.key()?.unwrap_or(Uuid::nil());
    let mut connection = call.connection().await?;
    let rows = store::credential::list_tokens(&mut connection, after, window.rows()).await?;
    let show = |row: store::credential::Token| Token {
        id: row.id,
        principal: row.principal,
        roles: row.roles.0,
        created_at: row.created_at,
        created_by: row.created_by,
        expires_at: row.expires_at,
    };
    Ok(axum::Json(window.page(
        rows,
        |row| row.id.to_string(),
        show,
    )))
}
