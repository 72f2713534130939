//! The shape of a target's table: what each change takes there, and which document says so.

use zonecut_diagnostics::Severity;

use super::change::Change;
use super::spelling::Dialect;
use super::turns::{self, Turn};

/// What a change takes in a target. The later is the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Stored data stays as it is and is read under the new contract.
    InPlace,
    /// As in place, once the named feature is switched on or the named condition holds.
    WithFeature(&'static str),
    /// Stored data has to be written anew, or a second column, table or topic takes its place.
    Rewrite,
}

impl Outcome {
    /// How grave it is for the target.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::InPlace => Severity::Note,
            Self::WithFeature(_) => Severity::Warning,
            Self::Rewrite => Severity::Breaking,
        }
    }
}

/// Where a property stands, where that matters to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Wherever no other row says more.
    Anywhere,
    /// Inside an object, array or map.
    Nested,
    /// Inside an array or map.
    Repeated,
    /// In the key of a map.
    MapKey,
    /// In the primary key.
    PrimaryKey,
    /// Among the partition keys.
    Partition,
}

impl Place {
    /// How the published tables call it; empty for anywhere.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Nested => "nested: ",
            Self::Repeated => "in an array or map: ",
            Self::MapKey => "in a map's key: ",
            Self::PrimaryKey => "in the primary key: ",
            Self::Partition => "in a partition key: ",
        }
    }
}

/// The document and section that a cell rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: &'static str,
    /// The section in it.
    pub section: &'static str,
    /// Where it is published.
    pub url: &'static str,
}

impl Source {
    pub(super) const fn of(
        document: &'static str,
        section: &'static str,
        url: &'static str,
    ) -> Self {
        Self {
            document,
            section,
            url,
        }
    }
}

/// Cells that share an outcome, its reason and its source.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Where the property stands.
    pub at: Place,
    /// The changes it is about; none in the last row, which speaks of the rest.
    pub changes: &'static [Change],
    /// What they take.
    pub outcome: Outcome,
    /// Why, in one clause.
    pub why: &'static str,
    /// Who says so.
    pub source: &'static Source,
}

/// Cells that hold wherever the property stands.
pub(super) const fn row(
    changes: &'static [Change],
    outcome: Outcome,
    why: &'static str,
    source: &'static Source,
) -> Row {
    at(Place::Anywhere, changes, outcome, why, source)
}

/// Cells that hold at one place.
pub(super) const fn at(
    at: Place,
    changes: &'static [Change],
    outcome: Outcome,
    why: &'static str,
    source: &'static Source,
) -> Row {
    Row {
        at,
        changes,
        outcome,
        why,
        source,
    }
}

/// A storage format or engine, and what it can do to data that is stored already.
#[derive(Debug)]
pub struct Target {
    /// Its kebab-case name.
    pub name: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// Whose words its physical types are in.
    pub dialect: Dialect,
    /// Its cells.
    pub rows: &'static [&'static [Row]],
    /// What holds for changes that no row names.
    pub rest: Row,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Target {}

impl Target {
    /// Its rows in order, without the rest.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> + use<> {
        self.rows.iter().copied().flatten()
    }

    /// What the change from one physical type to another is, and where in it; nothing where both are
    /// stored alike.
    #[must_use]
    pub fn changes_of_type(&self, before: &str, after: &str) -> Vec<Turn> {
        turns::between(before, after, self.dialect)
    }

    /// Whether a physical type is a struct that changes as a whole, whatever changes in it.
    pub(super) fn replaces_structs(&self, physical: &str) -> bool {
        turns::is_whole_struct(physical, self.dialect)
    }

    /// What a change takes where a property stands: the worst of its places counts.
    #[must_use]
    pub fn judge<'a>(&'a self, change: Change, places: &[Place]) -> &'a Row {
        let general = self.find(Place::Anywhere, change).unwrap_or(&self.rest);
        let special = places.iter().filter_map(|place| self.find(*place, change));
        special.max_by_key(|row| row.outcome).unwrap_or(general)
    }

    fn find(&self, place: Place, change: Change) -> Option<&'static Row> {
        self.rows()
            .find(|row| row.at == place && row.changes.contains(&change))
    }

    /// What the versions of one format share: a table is upgraded from one to the next.
    pub(super) fn family(&self) -> &'static str {
        self.name.split("-v").next().unwrap_or(self.name)
    }
}
