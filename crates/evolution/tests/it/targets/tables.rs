//! The cells of the tables, against the documents that they name.

use std::collections::BTreeSet;

use zonecut_evolution::targets::{self, Change, Outcome, Place};

use super::target;

const IN_PLACE: &str = "in place";

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::InPlace => IN_PLACE,
        Outcome::WithFeature(_) => "with a feature",
        Outcome::Rewrite => "rewrite",
    }
}

/// What a change of type takes.
fn type_change(name: &str, before: &str, after: &str) -> &'static str {
    let target = target(name);
    let turns = target.changes_of_type(before, after);
    let rows = turns
        .iter()
        .map(|turn| target.judge(turn.change, &turn.places));
    rows.map(|row| row.outcome).max().map_or(IN_PLACE, word)
}

#[test]
fn every_cell_is_written_once_and_has_its_source() {
    let mut names = BTreeSet::new();
    for target in targets::ALL {
        assert!(names.insert(target.name), "{} twice", target.name);
        assert_eq!(targets::named(target.name), Some(*target));
        let mut cells: Vec<(Place, Change)> = Vec::new();
        for row in target.rows() {
            assert!(
                !row.changes.is_empty(),
                "{}: a row without changes",
                target.name
            );
            for change in row.changes {
                let cell = (row.at, *change);
                assert!(!cells.contains(&cell), "{}: {change} twice", target.name);
                cells.push(cell);
            }
        }
        for row in target.rows().chain([&target.rest]) {
            let source = row.source;
            assert!(source.url.starts_with("https://"), "{}", source.url);
            for text in [row.why, source.document, source.section] {
                assert!(
                    !text.is_empty() && !text.contains('|'),
                    "{}: `{text}`",
                    target.name
                );
            }
        }
        assert_eq!(
            target.rest.outcome,
            Outcome::Rewrite,
            "what nobody wrote down is not safe"
        );
    }
    let all: BTreeSet<Change> = Change::ALL.iter().copied().collect();
    assert_eq!(all.len(), Change::ALL.len());
}

/// What changes of type take: a line each, `target: before -> after => outcome`, `#` before notes.
fn judge_types(lines: &str) {
    let cases = lines.lines().filter(|line| !line.starts_with('#'));
    let wrong: Vec<String> = cases
        .filter_map(|line| {
            let (change, expected) = line.split_once(" => ").unwrap();
            let (name, types) = change.split_once(": ").unwrap();
            let (before, after) = types.split_once(" -> ").unwrap();
            let got = type_change(name, before, after);
            (got != expected).then(|| format!("{change}: {got}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The promotions that the documents list, and a few that they do not.
#[test]
fn types_change_as_the_documents_say() {
    judge_types(include_str!("types.txt"));
}

/// Types that are made of others, as engines spell them.
#[test]
fn parts_are_judged_where_they_stand() {
    judge_types(include_str!("nested.txt"));
}

/// Structure, keys and places: a line each, `target: change at places => outcome`.
#[test]
fn columns_change_as_the_documents_say() {
    const PLACES: [Place; 5] = [
        Place::Nested,
        Place::Repeated,
        Place::MapKey,
        Place::PrimaryKey,
        Place::Partition,
    ];
    let change = |name: &str| {
        let mut all = Change::ALL.iter();
        *all.find(|change| format!("{change:?}") == name).unwrap()
    };
    let place = |name: &str| {
        let mut all = PLACES.into_iter();
        all.find(|place| format!("{place:?}") == name).unwrap()
    };
    for line in include_str!("columns.txt").lines() {
        let (column, expected) = line.split_once(" => ").unwrap();
        let (name, asked) = column.split_once(": ").unwrap();
        let (asked, at) = asked.split_once(" at ").unwrap_or((asked, ""));
        let places: Vec<Place> = at.split_whitespace().map(place).collect();
        let row = target(name).judge(change(asked), &places);
        assert_eq!(word(row.outcome), expected, "{column}");
    }
}
