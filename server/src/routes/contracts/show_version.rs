//! `GET /v1/contracts/{id}/versions/{version}`

use http::{HeaderMap, StatusCode, header};

use crate::answer::Answer;
use crate::app::judge;
use crate::context::Call;
use crate::extract::{Path, has_already};
use crate::problem::{Code, Problem, ProblemDocument};
use crate::routes::contracts::view::{ContractView, VIEW};
use crate::store::contract::Document;

const YAML: &str = "application/yaml";
const JSON: &str = "application/json";

/// Shows a published version: its document byte for byte, as JSON, or as a view for people.
#[utoipa::path(
    get,
    path = "/v1/contracts/{id}/versions/{version}",
    operation_id = "show_contract_version",
    tag = "contracts",
    params(
        ("id" = String, Path, description = "the contract's id"),
        ("version" = String, Path, description = "the version"),
    ),
    responses(
        (status = 200, content(
            (String = "application/yaml"),
            (Object = "application/json"),
            (ContractView = "application/vnd.zonecut.contract+json"),
        )),
        (status = 304, description = "the caller has it already"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path((id, version)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let media_type = negotiate(&headers)?;
    let mut connection = call.connection().await?;
    let found = super::known_version(&call, &mut connection, &id, &version).await?;
    drop(connection);
    if has_already(&headers, &found.hash) {
        let mut answer = Answer::no_content();
        answer.status = StatusCode::NOT_MODIFIED;
        return Ok(answer.with_etag(&found.hash).with(header::VARY, "accept"));
    }
    let hash = found.hash.clone();
    let answer = if media_type == YAML {
        raw(found.text.into_bytes())
    } else {
        let place = call.place().await?;
        place.run(move || read(media_type, &found)).await?
    };
    // What is named by id and version never changes; it may be kept, but not by shared caches.
    Ok(answer
        .with_etag(&hash)
        .with(header::VARY, "accept")
        .with(header::CACHE_CONTROL, "private, no-cache"))
}

fn read(media_type: &str, found: &Document) -> Result<Answer, Problem> {
    let contract = judge::reread(found)?;
    if media_type == JSON {
        return Ok(Answer::ok(&contract.root().to_json()));
    }
    let mut answer = Answer::ok(&ContractView::of(&contract, &found.domain));
    answer.headers.clear();
    Ok(answer.with(header::CONTENT_TYPE, VIEW))
}

fn raw(body: Vec<u8>) -> Answer {
    let mut answer = Answer::no_content();
    answer.status = StatusCode::OK;
    answer.body = body;
    answer.with(header::CONTENT_TYPE, YAML)
}

/// The first type asked for that can be given. Weights are not weighed: order counts.
fn negotiate(headers: &HeaderMap) -> Result<&'static str, Problem> {
    let mut asked = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|part| part.split(';').next().unwrap_or(part).trim())
        .peekable();
    if asked.peek().is_none() {
        return Ok(YAML);
    }
    let known = asked.find_map(|asked| match asked {
        "*/*" | "application/*" | "application/yaml" | "application/x-yaml" | "text/yaml" => {
            Some(YAML)
        }
        "application/json" => Some(JSON),
        "application/vnd.zonecut.contract+json" => Some(VIEW),
        _ => None,
    });
    known.ok_or_else(|| {
        let detail = format!("a contract can be given as `{YAML}`, `{JSON}` or `{VIEW}`");
        Problem::new(Code::NotAcceptable, detail)
    })
}
