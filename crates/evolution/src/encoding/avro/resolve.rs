//! Schema resolution: what a reader makes of a writer's data.

use std::collections::HashSet;

use super::super::Misfit;
use super::model::{Field, Kind, Logical, Name, Schema, Type, short};

/// Types within each other that are followed.
const DEEPEST: u32 = 128;

/// What the reader can't resolve.
pub(super) fn refused(reader: &Schema<'_>, writer: &Schema<'_>, path: &str) -> Vec<Misfit> {
    let mut resolution = Resolution {
        reader,
        writer,
        open: HashSet::new(),
        depth: 0,
    };
    match (&reader.root, &writer.root) {
        (Some(read), Some(written)) => resolution.resolve(read, written, path),
        _ => Vec::new(),
    }
}

struct Resolution<'a> {
    reader: &'a Schema<'a>,
    writer: &'a Schema<'a>,
    /// Records that are being resolved: within themselves they resolve if nothing else is wrong.
    open: HashSet<(String, String)>,
    depth: u32,
}

impl<'a> Resolution<'a> {
    fn resolve(&mut self, read: &'a Type<'a>, written: &'a Type<'a>, path: &str) -> Vec<Misfit> {
        let read = meant(self.reader, read);
        let written = meant(self.writer, written);
        if self.depth >= DEEPEST {
            return vec![misfit(path, read, written)];
        }
        self.depth += 1;
        let refused = self.kinds(read, written, path);
        self.depth -= 1;
        refused
    }

    fn kinds(&mut self, read: &'a Type<'a>, written: &'a Type<'a>, path: &str) -> Vec<Misfit> {
        let unless = |holds: bool| {
            if holds {
                Vec::new()
            } else {
                vec![misfit(path, read, written)]
            }
        };
        match (&read.kind, &written.kind) {
            (_, Kind::Union(branches)) => branches
                .iter()
                .flat_map(|branch| self.resolve(read, branch, path))
                .collect(),
            (Kind::Union(branches), _) => {
                let mut each = branches.iter();
                unless(each.any(|branch| self.resolve(branch, written, path).is_empty()))
            }
            (Kind::Array(read), Kind::Array(written)) => {
                self.resolve(read, written, &format!("{path}[]"))
            }
            (Kind::Map(read), Kind::Map(written)) => {
                self.resolve(read, written, &format!("{path}{{value}}"))
            }
            (Kind::Record(name, fields), Kind::Record(other, theirs)) => {
                if !is_known_as(name, other) {
                    return unless(false);
                }
                self.record((name, fields), (other, theirs), written, path)
            }
            (Kind::Enum(name, ours), Kind::Enum(other, theirs)) => {
                let known = |symbol: &&str| ours.symbols.contains(symbol);
                let foreign: Vec<&str> = theirs
                    .symbols
                    .iter()
                    .copied()
                    .filter(|s| !known(s))
                    .collect();
                if !is_known_as(name, other) || foreign.is_empty() || ours.has_default {
                    return unless(is_known_as(name, other));
                }
                vec![Misfit {
                    expects: format!("one of `{}`", ours.symbols.join("`, `")),
                    meets: format!("also `{}`", foreign.join("`, `")),
                    ..misfit(path, read, written)
                }]
            }
            (Kind::Fixed(name, size), Kind::Fixed(other, theirs)) => {
                unless(size == theirs && is_known_as(name, other) && same_meaning(read, written))
            }
            (Kind::Word(to), Kind::Word(from)) => {
                unless(promotes(from, to) && same_meaning(read, written))
            }
            _ => unless(false),
        }
    }

    fn record(
        &mut self,
        (name, fields): (&Name<'a>, &'a [Field<'a>]),
        (other, theirs): (&Name<'a>, &'a [Field<'a>]),
        written: &Type<'a>,
        path: &str,
    ) -> Vec<Misfit> {
        let pair = (name.full.to_owned(), other.full.to_owned());
        if !self.open.insert(pair.clone()) {
            return Vec::new();
        }
        let mut refused = Vec::new();
        for field in fields {
            let place = format!("{path}.{}", field.name);
            match found(field, theirs) {
                Some(their) => refused.extend(self.resolve(&field.kind, &their.kind, &place)),
                None if field.has_default => {}
                None => refused.push(Misfit {
                    path: place,
                    expects: format!("the field `{}`, without a default for it", field.name),
                    meets: "no such field".to_owned(),
                    reader: Some(field.kind.span),
                    writer: Some(written.span),
                }),
            }
        }
        self.open.remove(&pair);
        refused
    }
}

/// The writer's field that a reader's field takes its value from.
fn found<'a>(field: &Field<'a>, theirs: &'a [Field<'a>]) -> Option<&'a Field<'a>> {
    let by = |name: &str| theirs.iter().find(|their| their.name == name);
    by(field.name).or_else(|| field.aliases.iter().find_map(|alias| by(alias)))
}

/// Whether a reader knows a writer's type as its own: by its name without the namespace, or by one
/// of its aliases.
fn is_known_as(reader: &Name<'_>, writer: &Name<'_>) -> bool {
    let namespace = |name: &str| {
        name.rsplit_once('.')
            .map(|(namespace, _)| namespace.to_owned())
    };
    let as_alias = |alias: &&str| {
        **alias == *writer.full
            || (!alias.contains('.')
                && namespace(reader.full) == namespace(writer.full)
                && **alias == *short(writer.full))
    };
    reader.short() == writer.short() || reader.aliases.iter().any(as_alias)
}

fn promotes(from: &str, to: &str) -> bool {
    from == to
        || matches!(
            (from, to),
            ("int", "long" | "float" | "double")
                | ("long", "float" | "double")
                | ("float", "double")
                | ("string", "bytes")
                | ("bytes", "string")
        )
}

/// Whether two logical types read the same bytes alike. Where only one side states one, the other
/// leaves the meaning to its users.
fn same_meaning(read: &Type<'_>, written: &Type<'_>) -> bool {
    let (Some(read), Some(written)) = (read.logical, written.logical) else {
        return true;
    };
    if read.name != written.name {
        return !(is_known(read) && is_known(written));
    }
    read.name != "decimal" || (read.scale == written.scale && read.precision == written.precision)
}

/// Whether the specification defines it; implementations ignore others.
fn is_known(logical: Logical<'_>) -> bool {
    let time = ["time-", "timestamp-", "local-timestamp-"];
    matches!(
        logical.name,
        "decimal" | "big-decimal" | "uuid" | "date" | "duration"
    ) || time.iter().any(|prefix| logical.name.starts_with(prefix))
}

/// The type that a name stands for.
fn meant<'a>(schema: &'a Schema<'a>, stated: &'a Type<'a>) -> &'a Type<'a> {
    match stated.kind {
        Kind::Word(word) => schema.named.get(word).unwrap_or(stated),
        _ => stated,
    }
}

fn misfit(path: &str, read: &Type<'_>, written: &Type<'_>) -> Misfit {
    Misfit {
        path: path.to_owned(),
        expects: described(read),
        meets: described(written),
        reader: Some(read.span),
        writer: Some(written.span),
    }
}

fn described(kind: &Type<'_>) -> String {
    let plain = match &kind.kind {
        Kind::Word(word) => format!("`{word}`"),
        Kind::Fixed(name, size) => format!("the fixed `{}` of {size} bytes", name.full),
        Kind::Enum(name, _) => format!("the enum `{}`", name.full),
        Kind::Array(_) => "an array".to_owned(),
        Kind::Map(_) => "a map".to_owned(),
        Kind::Record(name, _) => format!("the record `{}`", name.full),
        Kind::Union(branches) => {
            let branches: Vec<String> = branches.iter().map(described).collect();
            format!("a union of {}", branches.join(", "))
        }
    };
    match kind.logical {
        Some(logical) if logical.name == "decimal" => format!(
            "{plain} as `decimal({}, {})`",
            logical.precision.unwrap_or_default(),
            logical.scale
        ),
        Some(logical) => format!("{plain} as `{}`", logical.name),
        None => plain,
    }
}
