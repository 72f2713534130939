//! Which values fit which type, and how the values of two types relate.

use std::collections::BTreeMap;

use super::Relation;
use super::kind::Type;
use super::syntax::{Part, are_named};

/// How the values of a new type relate to those of an old one, part by part.
pub(super) fn relation(old: &Type, new: &Type) -> Relation {
    match (old, new) {
        _ if old == new => Relation::Same,
        (Type::Nullable(old), Type::Nullable(new)) => relation(old, new),
        (Type::Nullable(old), new) => relation(old, new).and(Relation::Narrower),
        (old, Type::Nullable(new)) => relation(old, new).and(Relation::Wider),
        (Type::Made(shape, old), Type::Made(other, new)) if shape == other => parts(old, new),
        _ => match (fits(old, new), fits(new, old)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (false, false) => Relation::Different,
        },
    }
}

fn parts(old: &[Part<Type>], new: &[Part<Type>]) -> Relation {
    if are_named(old) && are_named(new) {
        return fields(old, new);
    }
    // What has no name is known by its place, so one more part is another type.
    let names = |parts: &[Part<Type>]| -> Vec<String> {
        parts.iter().map(|part| part.name.clone()).collect()
    };
    if names(old) != names(new) {
        return Relation::Different;
    }
    let each = old.iter().zip(new).map(|(old, new)| part(old, new));
    each.fold(Relation::Same, Relation::and)
}

/// Fields are known by their names, in any order.
fn fields(old: &[Part<Type>], new: &[Part<Type>]) -> Relation {
    let mut others: BTreeMap<&str, &Part<Type>> =
        new.iter().map(|part| (part.name.as_str(), part)).collect();
    let kept = old
        .iter()
        .map(|field| match others.remove(field.name.as_str()) {
            Some(other) => part(field, other),
            None => Relation::Reduced,
        });
    let kept = kept.fold(Relation::Same, Relation::and);
    let added = others.values().map(|field| {
        if field.required {
            Relation::Narrower
        } else {
            Relation::Extended
        }
    });
    added.fold(kept, Relation::and)
}

fn part(old: &Part<Type>, new: &Part<Type>) -> Relation {
    let nulls = match (old.required, new.required) {
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        _ => Relation::Same,
    };
    relation(&old.kind, &new.kind).and(nulls)
}

/// Whether text or binary is somewhere in the type.
pub(super) fn holds_text(kind: &Type) -> bool {
    match kind {
        Type::Text(_) | Type::Binary(_) => true,
        Type::Nullable(inner) => holds_text(inner),
        Type::Made(_, parts) => parts.iter().any(|part| holds_text(&part.kind)),
        _ => false,
    }
}

/// The type with its texts and binaries of any length.
pub(super) fn unlimited(kind: Type) -> Type {
    match kind {
        Type::Text(_) => Type::Text(None),
        Type::Binary(_) => Type::Binary(None),
        Type::Nullable(inner) => Type::Nullable(Box::new(unlimited(*inner))),
        Type::Made(shape, parts) => {
            let parts = parts.into_iter().map(|part| part.map(unlimited));
            Type::Made(shape, parts.collect())
        }
        other => other,
    }
}

/// Whether every value of `inner` is a value of `outer`, where neither is made of others.
pub(crate) fn fits(inner: &Type, outer: &Type) -> bool {
    match (inner, outer) {
        (Type::Text(inner), Type::Text(outer)) | (Type::Binary(inner), Type::Binary(outer)) => {
            outer.is_none_or(|outer| inner.is_some_and(|inner| inner <= outer))
        }
        (
            Type::Integer { bits, signed },
            Type::Integer {
                bits: outer,
                signed: outer_signed,
            },
        ) => match (signed, outer_signed) {
            (true, false) => false,
            (false, true) => bits < outer,
            _ => bits <= outer,
        },
        (Type::Integer { bits, .. }, Type::Decimal { precision, scale }) => {
            precision.saturating_sub(*scale) >= digits(*bits)
        }
        (Type::Integer { bits, .. }, Type::Float(outer)) => {
            *bits < if *outer >= 64 { 53 } else { 24 }
        }
        (
            Type::Decimal { precision, scale },
            Type::Decimal {
                precision: outer,
                scale: outer_scale,
            },
        ) => {
            scale <= outer_scale
                && precision.saturating_sub(*scale) <= outer.saturating_sub(*outer_scale)
        }
        (Type::Float(inner), Type::Float(outer)) => inner <= outer,
        (Type::Time(inner), Type::Time(outer)) => inner <= outer,
        (
            Type::Timestamp { digits, clock },
            Type::Timestamp {
                digits: outer,
                clock: other,
            },
        ) => clock == other && digits <= outer,
        (Type::Enumeration(inner), Type::Enumeration(outer)) => inner
            .iter()
            .all(|symbol| outer.binary_search(symbol).is_ok()),
        (Type::Integer { .. } | Type::Decimal { .. }, Type::AnyDecimal)
        | (Type::Enumeration(_), Type::Text(None)) => true,
        _ => inner == outer,
    }
}

/// Decimal digits that an integer of so many bits may need.
fn digits(bits: u32) -> u64 {
    match bits {
        0..=8 => 3,
        9..=16 => 5,
        17..=32 => 10,
        33..=64 => 20,
        _ => 39,
    }
}
