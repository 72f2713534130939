//! The changes from one type to another in all its parts, each where it stands.

use std::collections::BTreeMap;

use super::change::Change;
use super::spelling::{Dialect, read};
use super::stored::{self, Growth, Stored};
use super::table::Place;
use crate::types::{Part, Shape, are_named};

/// A change of type, and where in the type it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What it is.
    pub change: Change,
    /// Where in the type; nothing where the type itself changes.
    pub places: Vec<Place>,
}

/// What the change from one physical type to another is, as a dialect reads them; nothing where both
/// are stored alike.
pub(super) fn between(before: &str, after: &str, dialect: Dialect) -> Vec<Turn> {
    turns(&read(before, dialect), &read(after, dialect))
}

/// Whether a physical type is a struct whose fields do not change one by one.
pub(super) fn is_whole_struct(physical: &str, dialect: Dialect) -> bool {
    matches!(
        read(physical, dialect),
        Stored::Whole(Shape::Struct, _, Growth::None)
    )
}

/// The changes from one stored type to another, in all its parts.
fn turns(old: &Stored, new: &Stored) -> Vec<Turn> {
    use Stored as S;
    match (old, new) {
        _ if old == new => Vec::new(),
        (S::Made(shape, old), S::Made(other, new)) if shape == other => parts(*shape, old, new),
        (S::Whole(shape, old, Growth::Fields), S::Whole(other, new, _)) if shape == other => {
            let grown = parts(*shape, old, new);
            if grown.iter().all(|turn| turn.change == Change::AddOptional) {
                grown
            } else {
                itself(Change::TypeReplaced)
            }
        }
        (S::Nullable(old), S::Nullable(new)) | (S::Dictionary(old), S::Dictionary(new)) => {
            turns(old, new)
        }
        _ => stored::turn(old, new).map(itself).unwrap_or_default(),
    }
}

fn itself(change: Change) -> Vec<Turn> {
    vec![Turn {
        change,
        places: Vec::new(),
    }]
}

fn parts(shape: Shape, old: &[Part<Stored>], new: &[Part<Stored>]) -> Vec<Turn> {
    let fields = matches!(shape, Shape::Struct | Shape::Rows);
    if fields && are_named(old) && are_named(new) {
        let turns = named(old, new);
        return turns.into_iter().map(|turn| turn.at(shape, 0)).collect();
    }
    // What has no name is known by its place, so one more part is another type.
    if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| old.name != new.name) {
        return itself(Change::TypeReplaced);
    }
    let each = old.iter().zip(new).enumerate();
    each.flat_map(|(at, (old, new))| {
        part(old, new)
            .into_iter()
            .map(move |turn| turn.at(shape, at))
    })
    .collect()
}

/// Fields are known by their names, in any order.
fn named(old: &[Part<Stored>], new: &[Part<Stored>]) -> Vec<Turn> {
    let mut others: BTreeMap<&str, &Part<Stored>> =
        new.iter().map(|part| (part.name.as_str(), part)).collect();
    let mut turns = Vec::new();
    for field in old {
        turns.extend(match others.remove(field.name.as_str()) {
            Some(other) => part(field, other),
            None => itself(Change::Drop),
        });
    }
    for field in others.values() {
        turns.extend(itself(if field.required {
            Change::AddRequired
        } else {
            Change::AddOptional
        }));
    }
    turns
}

fn part(old: &Part<Stored>, new: &Part<Stored>) -> Vec<Turn> {
    let mut found = turns(&old.kind, &new.kind);
    match (old.required, new.required) {
        (true, false) => found.extend(itself(Change::Relax)),
        (false, true) => found.extend(itself(Change::Require)),
        _ => {}
    }
    found
}

impl Turn {
    /// The same change within a type of that shape, in the part of that number.
    fn at(mut self, shape: Shape, part: usize) -> Self {
        let within: &[Place] = match (shape, part) {
            (Shape::Struct, _) => &[Place::Nested],
            (Shape::Map, 0) => &[Place::Nested, Place::Repeated, Place::MapKey],
            _ => &[Place::Nested, Place::Repeated],
        };
        for place in within {
            if !self.places.contains(place) {
                self.places.push(*place);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use Change as C;
    use Place::{MapKey, Nested, Repeated};

    use super::*;

    type Within = (
        &'static str,
        &'static str,
        Dialect,
        &'static [(C, &'static [Place])],
    );

    const WITHIN: &[Within] = &[
        (
            "map<string,int>",
            "map<string,long>",
            Dialect::Common,
            &[(C::IntegerToLong, &[Nested, Repeated])],
        ),
        (
            "map<int,int>",
            "map<long,int>",
            Dialect::Common,
            &[(C::IntegerToLong, &[Nested, Repeated, MapKey])],
        ),
        (
            "struct<a:int>",
            "struct<a:long>",
            Dialect::Spark,
            &[(C::IntegerToLong, &[Nested])],
        ),
        (
            "struct<a:int>",
            "struct<b:string,a:int>",
            Dialect::Spark,
            &[(C::AddOptional, &[Nested])],
        ),
        (
            "struct<a:int>",
            "struct<a:int,b:int NOT NULL>",
            Dialect::Spark,
            &[(C::AddRequired, &[Nested])],
        ),
        (
            "struct<a:int,b:int>",
            "struct<a:int>",
            Dialect::Spark,
            &[(C::Drop, &[Nested])],
        ),
        (
            "struct<a:int NOT NULL>",
            "struct<a:int>",
            Dialect::Spark,
            &[(C::Relax, &[Nested])],
        ),
        (
            "struct<a:int>",
            "struct<a:int NOT NULL>",
            Dialect::Spark,
            &[(C::Require, &[Nested])],
        ),
        (
            "array<struct<a:int,b:float>>",
            "array<struct<a:long,b:double>>",
            Dialect::Common,
            &[
                (C::IntegerToLong, &[Nested, Repeated]),
                (C::FloatToDouble, &[Nested, Repeated]),
            ],
        ),
        (
            "ARRAY<STRUCT<a INT64>>",
            "ARRAY<STRUCT<a INT64, b STRING>>",
            Dialect::BigQuery,
            &[(C::AddOptional, &[Nested, Repeated])],
        ),
        (
            "ARRAY<STRUCT<a INT64>>",
            "ARRAY<STRUCT<a NUMERIC>>",
            Dialect::BigQuery,
            &[(C::TypeReplaced, &[])],
        ),
        (
            "STRUCT<a INT64>",
            "STRUCT<a NUMERIC>",
            Dialect::BigQuery,
            &[(C::IntegerToDecimal, &[Nested])],
        ),
        (
            "int[]",
            "bigint[]",
            Dialect::PostgreSql,
            &[(C::TypeReplaced, &[])],
        ),
        ("int[]", "integer array", Dialect::PostgreSql, &[]),
        (
            "Tuple(a Int32)",
            "Tuple(a Int64)",
            Dialect::ClickHouse,
            &[(C::TypeReplaced, &[])],
        ),
        (
            "Map(String, Int32)",
            "Map(String, Int64)",
            Dialect::ClickHouse,
            &[(C::TypeReplaced, &[])],
        ),
        (
            "Array(Nullable(UInt8))",
            "Array(UInt8)",
            Dialect::ClickHouse,
            &[(C::Require, &[Nested, Repeated])],
        ),
        (
            "Array(Enum8('a' = 1))",
            "Array(Enum8('a' = 1, 'b' = 2))",
            Dialect::ClickHouse,
            &[(C::EnumGrows, &[Nested, Repeated])],
        ),
        ("decimal(10)", "decimal(10,0)", Dialect::Common, &[]),
    ];

    #[test]
    fn changes_within_a_type_stand_where_they_are() {
        for (before, after, dialect, expected) in WITHIN {
            let turns = between(before, after, *dialect);
            let turns: Vec<(Change, &[Place])> = turns
                .iter()
                .map(|turn| (turn.change, turn.places.as_slice()))
                .collect();
            assert_eq!(turns, *expected, "{before} -> {after}");
        }
    }
}
