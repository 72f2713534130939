//! How much one question may be about: it is answered on a thread that serves, and must not hold up
//! those of others.

use zonecut_policy::{DecisionRequest, ObjectRequest};

/// The question is about too much at once.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TooLarge(String);

impl TooLarge {
    /// With what is at most allowed.
    #[must_use]
    pub fn new(detail: String) -> Self {
        Self(detail)
    }
}

/// The most objects of one question.
const MOST_OBJECTS: usize = 256;
/// The most columns of one question, all its objects together.
const MOST_COLUMNS: usize = 5_000;
/// The most groups of a principal.
const MOST_GROUPS: usize = 1_000;
/// The most bytes of all its groups, which the answer about each object may repeat.
const GROUPS_BYTES: usize = 64 * 1_024;
/// The most bytes of one text, which the answer about each column may repeat.
const TEXT_BYTES: usize = 1_024;

/// Refuses what is too large by itself.
pub(crate) fn check(question: &DecisionRequest<'_>) -> Result<(), TooLarge> {
    let groups = &question.principal.groups;
    if question.objects.len() > MOST_OBJECTS {
        return Err(TooLarge(format!(
            "`objects` holds at most {MOST_OBJECTS}, here {}",
            question.objects.len()
        )));
    }
    if groups.len() > MOST_GROUPS {
        return Err(TooLarge(format!(
            "`principal.groups` holds at most {MOST_GROUPS}, here {}",
            groups.len()
        )));
    }
    if groups.iter().map(|group| group.len()).sum::<usize>() > GROUPS_BYTES {
        return Err(TooLarge(format!(
            "`principal.groups` holds at most {GROUPS_BYTES} bytes in all"
        )));
    }
    match longest_of(question).filter(|(_, bytes)| *bytes > TEXT_BYTES) {
        Some((place, bytes)) => Err(TooLarge(format!(
            "`{place}` holds at most {TEXT_BYTES} bytes, here {bytes}"
        ))),
        None => Ok(()),
    }
}

/// Refuses more columns than one question may be about; `width` says how many an object has, for
/// where none are named.
pub(crate) fn check_columns(
    question: &DecisionRequest<'_>,
    width: impl Fn(&ObjectRequest<'_>) -> usize,
) -> Result<(), TooLarge> {
    let columns = |asked: &ObjectRequest<'_>| match &asked.columns {
        Some(columns) => columns.len(),
        None => width(asked),
    };
    if question.objects.iter().map(columns).sum::<usize>() > MOST_COLUMNS {
        return Err(TooLarge(format!(
            "`columns` of all `objects` are at most {MOST_COLUMNS}, and all of an object's where none are named"
        )));
    }
    Ok(())
}

/// The longest text, and its place.
fn longest_of(question: &DecisionRequest<'_>) -> Option<(&'static str, usize)> {
    let principal = &question.principal;
    let one = [
        ("principal.user", Some(&principal.user)),
        ("action", Some(&question.action)),
        ("engine", question.engine.as_ref()),
        ("purpose", question.purpose.as_ref()),
    ];
    let one = one
        .into_iter()
        .filter_map(|(place, text)| Some((place, text?)));
    let groups = principal.groups.iter().map(|it| ("principal.groups", it));
    let objects = question.objects.iter().flat_map(|asked| {
        let columns = asked.columns.iter().flatten();
        [
            ("objects.contract", &asked.contract),
            ("objects.object", &asked.object),
        ]
        .into_iter()
        .chain(columns.map(|it| ("objects.columns", it)))
    });
    one.chain(groups)
        .chain(objects)
        .map(|(place, text)| (place, text.len()))
        .max_by_key(|(_, bytes)| *bytes)
}
