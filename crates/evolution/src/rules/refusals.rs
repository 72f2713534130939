//! What readers of one version refuse of what the other version writes, as findings.

use std::collections::HashMap;

use zonecut_contract::Contract;
use zonecut_diagnostics::{Perspective, Place, Severity, Span};

use crate::comparison::{Comparison, Findings};
use crate::encoding::{Encoded, Misfit};

/// Whose readers meet whose data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Readers of the old version meet what the new one writes.
    OldReaders,
    /// Readers of the new version meet what the old one wrote.
    NewReaders,
}

/// One finding for each place where something is refused.
pub(super) fn report<'a>(
    cx: &Comparison<'a>,
    out: &mut Findings<'a>,
    object: &Encoded<'a>,
    meeting: Meeting,
    grades: &[(Perspective, Severity)],
    help: &str,
) {
    let refused = match meeting {
        Meeting::OldReaders => object.old_readers_refuse(),
        Meeting::NewReaders => object.new_readers_refuse(),
    };
    for (path, misfits) in by_path(refused) {
        let message = wording(meeting, &path, &misfits);
        for grade in grades {
            out.report_whole(
                &path,
                told(meeting, &misfits),
                places(cx, meeting, misfits.first()),
                *grade,
                &message,
                help,
            );
        }
    }
}

/// Misfits of one place together, in the order they were met.
fn by_path(misfits: Vec<Misfit>) -> Vec<(String, Vec<Misfit>)> {
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut places: Vec<(String, Vec<Misfit>)> = Vec::new();
    for misfit in misfits {
        let next = places.len();
        let index = *order.entry(misfit.path.clone()).or_insert(next);
        match places.get_mut(index) {
            Some((_, together)) if together.contains(&misfit) => {}
            Some((_, together)) => together.push(misfit),
            None => places.push((misfit.path.clone(), vec![misfit])),
        }
    }
    places
}

/// What the old and the new version say, in words.
fn told(meeting: Meeting, misfits: &[Misfit]) -> (String, String) {
    let join = |part: fn(&Misfit) -> &str| {
        let parts: Vec<&str> = misfits.iter().map(part).collect();
        parts.join("; ")
    };
    let (reader, writer) = (join(|misfit| &misfit.expects), join(|misfit| &misfit.meets));
    match meeting {
        Meeting::OldReaders => (reader, writer),
        Meeting::NewReaders => (writer, reader),
    }
}

fn wording(meeting: Meeting, path: &str, misfits: &[Misfit]) -> String {
    let (reader, writer) = match meeting {
        Meeting::OldReaders => ("old", "new"),
        Meeting::NewReaders => ("new", "old"),
    };
    let reasons: Vec<String> = misfits
        .iter()
        .map(|misfit| {
            format!(
                "the {reader} version expects {}, the {writer} one has {}",
                misfit.expects, misfit.meets
            )
        })
        .collect();
    format!("`{path}`: {}", reasons.join("; "))
}

fn places(
    cx: &Comparison<'_>,
    meeting: Meeting,
    misfit: Option<&Misfit>,
) -> (Option<Place>, Option<Place>) {
    let at =
        |contract: Option<&Contract>, span: Option<Span>| Some(span?.at(&contract?.document.file));
    let reader = misfit.and_then(|misfit| misfit.reader);
    let writer = misfit.and_then(|misfit| misfit.writer);
    let (before, after) = match meeting {
        Meeting::OldReaders => (reader, writer),
        Meeting::NewReaders => (writer, reader),
    };
    (at(cx.before, before), at(cx.after, after))
}
