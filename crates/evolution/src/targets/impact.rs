//! From facts to what they demand of each target.

use zonecut_contract::Node;

use super::ALL;
use super::change::Change;
use super::table::{Outcome, Place, Row, Target};
use super::turns::Turn;
use crate::fact::{Fact, FactKind, SubjectKind};
use crate::rules::{constraints, values};
use crate::types::{self, Relation, Type};

/// What one fact asks of stored data, and what that takes in each target.
#[derive(Debug)]
pub struct Impact<'a> {
    /// The fact.
    pub fact: &'a Fact<'a>,
    /// What it takes, one demand for each target.
    pub demands: Vec<Demand>,
}

/// What a change takes in one target.
#[derive(Debug, Clone, Copy)]
pub struct Demand {
    /// The target.
    pub target: &'static Target,
    /// The change: the worst of those that the fact asks for.
    pub change: Change,
    /// The cell that judges it.
    pub row: &'static Row,
}

impl Impact<'_> {
    /// The targets in which it takes a rewrite.
    pub fn rewritten(&self) -> impl Iterator<Item = &Demand> {
        self.demands
            .iter()
            .filter(|demand| demand.row.outcome == Outcome::Rewrite)
    }
}

/// What facts ask of targets that hold data of the old version. Facts that ask for nothing but what
/// is possible in place have no entry.
pub(crate) fn impacts<'a>(facts: &'a [Fact<'a>], targets: &[&'static Target]) -> Vec<Impact<'a>> {
    if targets.is_empty() {
        return Vec::new();
    }
    facts
        .iter()
        .filter_map(|fact| {
            let places = places(fact);
            let demands: Vec<Demand> = targets
                .iter()
                .filter_map(|target| worst(target, &changes(fact, target), &places))
                .filter(|demand| demand.row.outcome != Outcome::InPlace)
                .collect();
            (!demands.is_empty()).then_some(Impact { fact, demands })
        })
        .collect()
}

/// Whether a fact asks anything of what is stored, in the words of whichever target.
pub(crate) fn is_of_storage(fact: &Fact<'_>) -> bool {
    ALL.iter().any(|target| !changes(fact, target).is_empty())
}

fn worst(target: &'static Target, turns: &[Turn], places: &[Place]) -> Option<Demand> {
    let demand = |turn: &Turn| Demand {
        target,
        change: turn.change,
        row: target.judge(turn.change, &[places, &turn.places].concat()),
    };
    turns
        .iter()
        .map(demand)
        .max_by_key(|demand| demand.row.outcome)
}

/// What a fact asks of the storage of its property, in the words of a target.
fn changes(fact: &Fact<'_>, target: &Target) -> Vec<Turn> {
    if fact.subject.kind != SubjectKind::Property {
        return Vec::new();
    }
    let limits = || limits(fact).map(of_itself).into_iter().collect();
    match (fact.field.is_some(), fact.field()) {
        // What holds the same values may be stored otherwise: `LowCardinality(T)` and `T`.
        (true, "physicalType") => of_type(fact, target),
        _ if fact.kind == FactKind::Respelled => Vec::new(),
        (false, _) => whole(fact).into_iter().map(of_itself).collect(),
        (true, "logicalType") => of_type(fact, target),
        (true, field) if field.starts_with("logicalTypeOptions") => {
            let turns = of_type(fact, target);
            if turns.is_empty() { limits() } else { turns }
        }
        _ => match of_field(fact) {
            Some(change) => vec![of_itself(change)],
            None => limits(),
        },
    }
}

fn of_itself(change: Change) -> Turn {
    Turn {
        change,
        places: Vec::new(),
    }
}

/// A key of a property that is neither its type nor a limit.
fn of_field(fact: &Fact<'_>) -> Option<Change> {
    match fact.field() {
        "required" if is_true(fact.after) => Some(Change::Require),
        "required" => Some(Change::Relax),
        "primaryKey" | "primaryKeyPosition" => primary_key(fact),
        "unique" => is_true(fact.after).then_some(Change::BecomesUnique),
        "partitioned" => Some(Change::PartitionChanges),
        "partitionKeyPosition" => both(fact, "partitioned").then_some(Change::PartitionChanges),
        "physicalName" => (name_stays(fact) && storage_name_turns(fact)).then_some(Change::Rename),
        field if field.starts_with("customProperties[defaultValue]") => {
            Some(Change::DefaultChanges)
        }
        field if field.starts_with("customProperties[partitionTransform]") => {
            Some(Change::PartitionChanges)
        }
        _ => None,
    }
}

/// A property that came, went or got another name.
fn whole(fact: &Fact<'_>) -> Vec<Change> {
    let node = fact.after.or(fact.before);
    let is_part = fact.path.ends_with(']') || fact.path.ends_with('}');
    let main = match fact.kind {
        // The element of an array, or of a map, is no column: stated for the first time it is silence.
        _ if is_part => return Vec::new(),
        FactKind::Removed => Change::Drop,
        FactKind::Renamed if storage_name_turns(fact) => Change::Rename,
        FactKind::Added if !flag(node, "required") => Change::AddOptional,
        FactKind::Added if node.is_some_and(|node| node.custom("defaultValue").is_some()) => {
            Change::AddRequiredWithDefault
        }
        FactKind::Added => Change::AddRequired,
        _ => return Vec::new(),
    };
    let mut changes = vec![main];
    if fact.kind == FactKind::Added {
        if flag(node, "primaryKey") {
            changes.push(key_of(fact));
        }
        if flag(node, "partitioned") {
            changes.push(Change::PartitionChanges);
        }
    }
    changes
}

fn primary_key(fact: &Fact<'_>) -> Option<Change> {
    if fact.field() == "primaryKeyPosition" {
        return both(fact, "primaryKey").then_some(Change::PrimaryKeyChanges);
    }
    Some(key_of(fact))
}

/// What it means that a property enters or leaves the primary key.
fn key_of(fact: &Fact<'_>) -> Change {
    let after = fact.subject.after;
    let repeated = fact.path.contains("[]") || fact.path.contains('{');
    let physical = |node: &Node| Some(node.get("physicalType")?.as_str()?.to_owned());
    let floating = after
        .and_then(|node| physical(node).or_else(|| logical(node)))
        .is_some_and(|text| matches!(types::parse(&text), Type::Float(_)));
    let made_of_others = after.is_some_and(|node| node.parts().next().is_some());
    let unfit = repeated || floating || made_of_others || !flag(after, "required");
    if flag(after, "primaryKey") && unfit {
        Change::PrimaryKeyUnfit
    } else {
        Change::PrimaryKeyChanges
    }
}

/// The change of type, told by the physical types where both sides have one, else by the logical.
fn of_type(fact: &Fact<'_>, target: &Target) -> Vec<Turn> {
    names_of_types(fact, target)
        .map(|(old, new)| target.changes_of_type(&old, &new))
        .unwrap_or_default()
}

fn names_of_types(fact: &Fact<'_>, target: &Target) -> Option<(String, String)> {
    let (before, after) = (fact.subject.before?, fact.subject.after?);
    let physical = |node: &Node| Some(node.get("physicalType")?.as_str()?.to_owned());
    let is_whole = |node: &Node| physical(node).is_some_and(|text| target.replaces_structs(&text));
    let in_parts = |node: &Node| node.parts().next().is_some() && !is_whole(node);
    // The type of a struct, list or map is spelled out again in that of its parts.
    if in_parts(before) && in_parts(after) && !turns(fact, "logicalType") {
        return None;
    }
    match (physical(before), physical(after)) {
        (Some(old), Some(new)) if fact.field() == "physicalType" => Some((old, new)),
        (Some(_), Some(_)) => None,
        // One fact speaks for both the logical type and its format.
        _ if fact.field() != "logicalType" && turns(fact, "logicalType") => None,
        _ if fact.field() == "physicalType" => None,
        _ => Some((logical(before)?, logical(after)?)),
    }
}

/// How a logical type is stored by default, in the words of physical types.
fn logical(node: &Node) -> Option<String> {
    let kind = node.get("logicalType")?.as_str()?;
    let format = node
        .get("logicalTypeOptions")
        .and_then(|options| options.get("format")?.as_str());
    let zoned = node
        .get("logicalTypeOptions")
        .is_some_and(|options| flag(Some(options), "timezone"));
    Some(match (kind, format) {
        ("integer", Some(format)) => match (format.get(..1)?, format.get(1..)?) {
            ("u", bits) => format!("uint{bits}"),
            // `int8` alone would have eight octets.
            (_, "8") => "Int8".to_owned(),
            (_, bits) => format!("int{bits}"),
        },
        ("integer", None) => "int32".to_owned(),
        ("number", Some("f32")) => "float32".to_owned(),
        ("number", _) => "float64".to_owned(),
        ("timestamp", _) if zoned => "timestamp(6) with time zone".to_owned(),
        ("timestamp", _) => "timestamp(6)".to_owned(),
        (other, _) => other.to_owned(),
    })
}

/// Limits and listed values that are no type of their own.
fn limits(fact: &Fact<'_>) -> Option<Change> {
    let listed = values::turn_of(fact).map(|turn| turn.relation());
    match listed.or_else(|| constraints::turn_of(fact))? {
        Relation::Same => None,
        Relation::Wider => Some(Change::ValuesWiden),
        _ => Some(Change::ValuesNarrow),
    }
}

/// Where the property stands in what is stored.
fn places(fact: &Fact<'_>) -> Vec<Place> {
    let stored = fact.subject.before;
    let nested = fact.path.contains(['[', '{']) || fact.path.matches('.').count() > 1;
    [
        (nested, Place::Nested),
        (fact.path.contains(['[', '{']), Place::Repeated),
        (fact.path.contains("{key}"), Place::MapKey),
        (flag(stored, "primaryKey"), Place::PrimaryKey),
        (flag(stored, "partitioned"), Place::Partition),
    ]
    .into_iter()
    .filter_map(|(holds, place)| holds.then_some(place))
    .collect()
}

fn name_stays(fact: &Fact<'_>) -> bool {
    !turns(fact, "name")
}

/// Whether the name that storage knows the property by is another.
fn storage_name_turns(fact: &Fact<'_>) -> bool {
    let name = |node: Option<&Node>| {
        let node = node?;
        let name = node.get("physicalName").or_else(|| node.get("name"))?;
        Some(name.as_str()?.to_owned())
    };
    name(fact.subject.before) != name(fact.subject.after)
}

fn turns(fact: &Fact<'_>, key: &str) -> bool {
    let text = |node: Option<&Node>| Some(node?.get(key)?.as_str()?.to_owned());
    text(fact.subject.before) != text(fact.subject.after)
}

fn both(fact: &Fact<'_>, key: &str) -> bool {
    flag(fact.subject.before, key) && flag(fact.subject.after, key)
}

fn flag(node: Option<&Node>, key: &str) -> bool {
    is_true(node.and_then(|node| node.get(key)))
}

fn is_true(node: Option<&Node>) -> bool {
    node.and_then(Node::as_bool) == Some(true)
}
