//! What each of the five addresses answers. `result` is always there: Trino takes filters and masks
//! without it for none at all.

use serde::Serialize;
use zonecut_policy::DecisionRequest;
use zonecut_policy::lower::Dialect;
use zonecut_policy::request::Principal;
use zonecut_policy::viewer::Viewer;

use super::gate::{Gate, Kept, ViewExpression};
use super::operations::{self, About, SchemaName, Subject, TableName};
use super::wire::{Action, Body, Column, Input};
use crate::app::decide::{Asker, check_size};
use crate::face::{Asked, Closed, malformed, read, too_much};
use crate::problem::{Code, Problem};
use crate::recorder::Denial;

/// The most things that one question filters or masks.
const MOST: usize = 10_000;

const GET_ROW_FILTERS: &str = "GetRowFilters";
const GET_COLUMN_MASK: &str = "GetColumnMask";
const FILTER_COLUMNS: &str = "FilterColumns";
/// What operations that filter begin with.
const FILTER: &str = "Filter";

/// The answer.
#[derive(Debug, Serialize)]
pub struct Answer<T> {
    result: T,
    /// Why not; Trino does not look at it, but logs it where it is told to log answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

impl<T> From<T> for Answer<T> {
    fn from(result: T) -> Self {
        Self {
            result,
            reasons: Vec::new(),
        }
    }
}

/// The mask of one of several columns.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Masked {
    index: usize,
    view_expression: ViewExpression,
}

/// Whether an operation may be done.
///
/// # Errors
/// When the question is malformed, or not the caller's to ask.
pub fn allow(asked: &Asked<'_>, engine: &str) -> Result<Answer<bool>, Closed> {
    let body: Body<'_> = read(asked.body)?;
    let action = &body.input.action;
    let operation = &*action.operation;
    at_gate(asked, engine, &body.input, |gate| {
        let (subject, verdict) = match operations::find(operation) {
            Some((about, rule)) => {
                let subject = subject(about, action, action.resource.as_deref())?;
                (subject, gate.allows(operation, rule, subject))
            }
            None => (
                Subject::Nothing,
                Err(vec![format!("unknown operation `{operation}`")]),
            ),
        };
        Ok(match verdict {
            Ok(()) => true.into(),
            Err(reasons) => {
                record(asked, gate, operation, &subject.to_string(), &reasons);
                Answer {
                    result: false,
                    reasons,
                }
            }
        })
    })
}

fn subject<'a>(
    about: About,
    action: &'a Action<'a>,
    resource: Option<&'a super::wire::Resource<'a>>,
) -> Result<Subject<'a>, Closed> {
    Subject::read(about, action, resource).map_err(missing)
}

fn missing(field: &str) -> Closed {
    malformed(&format!("missing field `{field}`"))
}

/// Which of several things are there: their positions. Of columns, which come together in one table,
/// the positions in its list.
///
/// # Errors
/// When the question is malformed, or not the caller's to ask.
pub fn batch(asked: &Asked<'_>, engine: &str) -> Result<Answer<Vec<usize>>, Closed> {
    let body: Body<'_> = read(asked.body)?;
    let action = &body.input.action;
    let operation = &*action.operation;
    let resources = action.filter_resources.as_deref();
    let resources = resources.ok_or_else(|| missing("filterResources"))?;
    few_enough(resources.len())?;
    let known = operations::find(operation).filter(|_| operation.starts_with(FILTER));
    at_gate(asked, engine, &body.input, |gate| {
        let Some((about, rule)) = known else {
            let reasons = vec![format!("`{operation}` filters nothing")];
            record(asked, gate, operation, "the engine", &reasons);
            return Ok(Answer {
                result: Vec::new(),
                reasons,
            });
        };
        let subjects = resources.iter().map(|it| subject(about, action, Some(it)));
        let subjects: Vec<_> = subjects.collect::<Result<_, _>>()?;
        let there: Vec<bool> = match (operation, subjects.as_slice()) {
            (FILTER_COLUMNS, [Subject::Columns(table, columns)]) => {
                few_enough(columns.len())?;
                gate.readable(*table, columns)
            }
            (FILTER_COLUMNS, _) => {
                return Err(malformed("columns are filtered one table at a time"));
            }
            _ => {
                let allowed = |it: &Subject<'_>| gate.allows(operation, rule, *it).is_ok();
                subjects.iter().map(allowed).collect()
            }
        };
        let kept = there.into_iter().enumerate();
        let kept = kept.filter_map(|(index, there)| there.then_some(index));
        Ok(kept.collect::<Vec<_>>().into())
    })
}

/// What keeps rows of a table from the user; all of them, where they may not read it. That is no error:
/// Trino would show its user the address that answered with one, and with it the engine's token.
///
/// # Errors
/// When the question is malformed or not the caller's to ask, and when the table is unknown.
pub fn row_filters(asked: &Asked<'_>, engine: &str) -> Result<Answer<Vec<ViewExpression>>, Closed> {
    let body: Body<'_> = read(asked.body)?;
    let action = &body.input.action;
    expect(action, GET_ROW_FILTERS)?;
    let resource = action.resource.as_deref();
    let resource = resource.ok_or_else(|| missing("resource"))?;
    let table = operations::table(resource).map_err(missing)?;
    at_gate(asked, engine, &body.input, |gate| {
        match gate.filters(table) {
            Ok(filters) => Ok(filters.into()),
            Err(kept) => {
                let reasons = closed(asked, gate, action, table, kept)?;
                Ok(Answer {
                    result: vec![ViewExpression::no_row()],
                    reasons,
                })
            }
        }
    })
}

/// What the user sees in the place of a column, `null` where they see it as it is.
///
/// # Errors
/// When the question is malformed or not the caller's to ask, and when the table is unknown.
pub fn column_mask(
    asked: &Asked<'_>,
    engine: &str,
) -> Result<Answer<Option<ViewExpression>>, Closed> {
    let body: Body<'_> = read(asked.body)?;
    let action = &body.input.action;
    expect(action, GET_COLUMN_MASK)?;
    let resource = action.resource.as_deref();
    let column = resource
        .ok_or_else(|| missing("resource"))?
        .column
        .as_deref();
    let column = column.ok_or_else(|| missing("column"))?;
    at_gate(asked, engine, &body.input, |gate| {
        let masks = masks(asked, gate, action, &[column])?;
        match masks.into_iter().next() {
            Some(mask) => Ok(mask.into()),
            None => Err(Problem::internal("a column without a mask decision").into()),
        }
    })
}

/// What the user sees in the place of several columns; those that they see as they are have no entry.
///
/// # Errors
/// When the question is malformed or not the caller's to ask, and when a table is unknown.
pub fn batch_column_masks(asked: &Asked<'_>, engine: &str) -> Result<Answer<Vec<Masked>>, Closed> {
    let body: Body<'_> = read(asked.body)?;
    let action = &body.input.action;
    expect(action, GET_COLUMN_MASK)?;
    let resources = action.filter_resources.as_deref();
    let resources = resources.ok_or_else(|| missing("filterResources"))?;
    few_enough(resources.len())?;
    let columns = resources.iter().map(|it| it.column.as_deref());
    let columns: Option<Vec<_>> = columns.collect();
    let columns = columns.ok_or_else(|| missing("column"))?;
    at_gate(asked, engine, &body.input, |gate| {
        let mut masked = Vec::new();
        for of_one in columns.chunk_by(|a, b| same_table(a, b)) {
            masked.extend(masks(asked, gate, action, of_one)?);
        }
        let masked = masked.into_iter().enumerate();
        let masked = masked.filter_map(|(index, mask)| {
            let view_expression = mask?;
            Some(Masked {
                index,
                view_expression,
            })
        });
        Ok(masked.collect::<Vec<_>>().into())
    })
}

/// The masks of columns of one table.
fn masks(
    asked: &Asked<'_>,
    gate: &Gate<'_>,
    action: &Action<'_>,
    columns: &[&Column<'_>],
) -> Result<Vec<Option<ViewExpression>>, Closed> {
    let Some(first) = columns.first() else {
        return Ok(Vec::new());
    };
    let table = table_of(first);
    let names: Vec<_> = columns.iter().map(|it| &*it.column_name).collect();
    gate.masks(table, &names).or_else(|kept| {
        closed(asked, gate, action, table, kept)?;
        Ok(vec![Some(ViewExpression::nothing()); names.len()])
    })
}

fn table_of<'a>(column: &'a Column<'_>) -> TableName<'a> {
    TableName {
        within: SchemaName {
            catalog: &column.catalog_name,
            schema: &column.schema_name,
        },
        table: &column.table_name,
    }
}

fn same_table(a: &Column<'_>, b: &Column<'_>) -> bool {
    a.table_name == b.table_name
        && a.schema_name == b.schema_name
        && a.catalog_name == b.catalog_name
}

fn expect(action: &Action<'_>, operation: &str) -> Result<(), Closed> {
    if *action.operation == *operation {
        return Ok(());
    }
    Err(malformed(&format!("`operation` must be `{operation}`")))
}

fn few_enough(count: usize) -> Result<(), Closed> {
    if count > MOST {
        return Err(too_much(format!(
            "one question is about at most {MOST} things, here {count}"
        )));
    }
    Ok(())
}

/// Lets `work` ask for the user of `input` at `engine`.
fn at_gate<T>(
    asked: &Asked<'_>,
    engine: &str,
    input: &Input<'_>,
    work: impl FnOnce(&Gate<'_>) -> Result<T, Closed>,
) -> Result<T, Closed> {
    asked.require_engine(Some(engine))?;
    let Some(tables) = asked.serving.snapshot.engine(engine) else {
        return Err(Problem::not_found("engine", engine).into());
    };
    if tables.dialect() != Dialect::Trino {
        let dialect = tables.dialect().name();
        let detail = format!("engine `{engine}` is of type `{dialect}`, and `trino` asks here");
        return Err(Problem::new(Code::InvalidField, detail).into());
    }
    let identity = &input.context.identity;
    let question = DecisionRequest {
        principal: Principal {
            user: identity.user.clone(),
            groups: identity.groups.clone(),
        },
        action: input.action.operation.clone(),
        engine: Some(engine.into()),
        purpose: None,
        objects: Vec::new(),
        explain: false,
    };
    check_size(&question)?;
    let now = asked.now;
    let caller = Asker::new(asked.identity, asked.serving, Some(engine));
    let about = |contract: &str| caller.may_about(contract);
    asked.state.metrics.decided();
    work(&Gate {
        asker: &caller,
        engine: tables,
        name: engine,
        principal: &question.principal,
        viewer: &Viewer::new(tables, &question.principal, now, &about),
        id: &asked.state.ids.next(now).to_string(),
        now,
    })
}

/// Records that nothing of a table is served, and why. An unknown table is an error: what is in it can't
/// be told by its columns.
fn closed(
    asked: &Asked<'_>,
    gate: &Gate<'_>,
    action: &Action<'_>,
    table: TableName<'_>,
    kept: Kept,
) -> Result<Vec<String>, Closed> {
    let (Kept::Back(reasons) | Kept::Unknown(reasons)) = &kept;
    record(asked, gate, &action.operation, &table.to_string(), reasons);
    match kept {
        Kept::Back(reasons) => Ok(reasons),
        Kept::Unknown(reasons) => {
            let detail = format!("nothing of `{table}` is served: {}", reasons.join("; "));
            Err(Problem::new(Code::Forbidden, detail).into())
        }
    }
}

fn record(asked: &Asked<'_>, gate: &Gate<'_>, operation: &str, subject: &str, reasons: &[String]) {
    let denial = || Denial {
        decision: gate.id.to_owned(),
        serial: asked.serving.snapshot.serial(),
        user: &gate.principal.user,
        groups: &gate.principal.groups,
        action: operation,
        engine: Some(gate.name),
        purpose: None,
        denied: 1,
        subjects: vec![subject.to_owned()],
        reasons: reasons.to_vec(),
    };
    let recorder = &asked.state.recorder;
    recorder.denied_otherwise(asked.identity, gate.now, denial);
}
