//! The walk through two trees at once.

use std::sync::Arc;

use zonecut_contract::{Document, Entry, Node, Value};
use zonecut_diagnostics::Span;

use super::default;
use super::identity::{self, Identity};
use super::keys::Keys;
use super::path::{Labels, name_key, path_of};
use super::scope::Scope;
use super::shape::{self, Shape};
use super::spelling::{self, Sameness};
use crate::fact::{Fact, FactKind, Subject, SubjectKind};

pub(super) fn walk<'a>(before: &'a Document, after: &'a Document) -> Vec<Fact<'a>> {
    let mut walk = Walk {
        before_file: &before.file,
        after_file: &after.file,
        facts: Vec::new(),
    };
    let scope = Scope {
        section: "",
        path: String::new(),
        field: String::new(),
        subject: Subject {
            kind: SubjectKind::Contract,
            before: Some(&before.root),
            after: Some(&after.root),
        },
    };
    walk.mapping(&scope, &before.root, &after.root, &[]);
    walk.facts
}

pub(super) struct Walk<'a> {
    before_file: &'a Arc<str>,
    after_file: &'a Arc<str>,
    facts: Vec<Fact<'a>>,
}

/// One side of a key: where it is written, and its value.
pub(super) type Side<'a> = Option<&'a Entry>;

impl<'a> Walk<'a> {
    pub(super) fn mapping(
        &mut self,
        scope: &Scope<'a>,
        before: &'a Node,
        after: &'a Node,
        skip: &[&str],
    ) {
        let equal = spelling::equal_keys(&scope.subject, &scope.field, before, after);
        let (olds, news) = (Keys::of(before), Keys::of(after));
        for old in before.entries() {
            if !skip.contains(&old.key.as_str()) {
                let new = news.entry(old.identity());
                self.key(scope, before, after, (Some(old), new), equal);
            }
        }
        for new in after.entries() {
            if olds.entry(new.identity()).is_none() && !skip.contains(&new.key.as_str()) {
                self.key(scope, before, after, (None, Some(new)), equal);
            }
        }
    }

    /// What only one of the documents has, key by key.
    pub(super) fn one_sided(
        &mut self,
        scope: &Scope<'a>,
        before: Option<&'a Node>,
        after: Option<&'a Node>,
        skip: &[&str],
    ) {
        let Some(owner) = before.or(after) else {
            return;
        };
        for entry in owner.entries() {
            let sides = if before.is_some() {
                (Some(entry), None)
            } else {
                (None, Some(entry))
            };
            if !skip.contains(&entry.key.as_str()) {
                self.key(scope, owner, owner, sides, &[]);
            }
        }
    }

    fn key(
        &mut self,
        scope: &Scope<'a>,
        owner_before: &'a Node,
        owner_after: &'a Node,
        (before, after): (Side<'a>, Side<'a>),
        equal: &[&str],
    ) {
        let Some(key) = before.or(after).map(|entry| entry.key.as_str()) else {
            return;
        };
        // Most of a document stays as it is: nothing is built for what does.
        if let (Some(old), Some(new)) = (before, after)
            && spelling::is_identical(&old.node, &new.node)
        {
            return;
        }
        let inner = scope.key(key);
        let shape = shape::of(scope, key);
        if self.shaped(&inner, &shape, before, after) {
            return;
        }
        match (before, after) {
            (Some(old), Some(new)) => {
                if !matches!(shape, Shape::Things(..) | Shape::Thing(_) | Shape::Team)
                    && equal.contains(&key)
                {
                    self.push(&inner, FactKind::Respelled, before, after);
                } else {
                    self.value(&inner, key, old, new);
                }
            }
            (Some(old), None) => {
                let silent =
                    equal.contains(&key) || default::is_default(owner_before, key, &old.node);
                let kind = if silent {
                    FactKind::Respelled
                } else {
                    FactKind::Removed
                };
                self.push(&inner, kind, before, None);
            }
            (None, Some(new)) => {
                let adopted = key == "id"
                    && scope.field.is_empty()
                    && scope.subject.kind != SubjectKind::Contract;
                let silent = adopted
                    || equal.contains(&key)
                    || default::is_default(owner_after, key, &new.node);
                let kind = if silent {
                    FactKind::Respelled
                } else {
                    FactKind::Added
                };
                self.push(&inner, kind, None, after);
            }
            (None, None) => {}
        }
    }

    /// Compares by shape where both sides allow it; false leaves the key to the plain comparison.
    fn shaped(
        &mut self,
        scope: &Scope<'a>,
        shape: &Shape,
        before: Side<'a>,
        after: Side<'a>,
    ) -> bool {
        // Nothing in a list or mapping beside none at all is no entry, yet it is written.
        if let (Some(entry), None) | (None, Some(entry)) = (before, after)
            && is_empty(&entry.node)
        {
            self.push(scope, FactKind::Respelled, before, after);
            return true;
        }
        match shape {
            Shape::Things(identity, kind) => {
                let Some((olds, news)) = both_lists(before, after) else {
                    return false;
                };
                self.things(scope, identity, *kind, olds, news);
            }
            Shape::Entries(identity, label) => {
                let Some((olds, news)) = both_lists(before, after) else {
                    return false;
                };
                self.entries(scope, identity, label, olds, news);
            }
            Shape::Tags | Shape::Set => {
                let Some((olds, news)) = both_lists(before, after) else {
                    return false;
                };
                match (shape, olds, news) {
                    (Shape::Tags, ..) => self.set(scope, &identity::TAG, olds, news),
                    (_, [], _) => self.push(scope, FactKind::Added, None, after),
                    (_, _, []) => self.push(scope, FactKind::Removed, before, None),
                    _ => self.set(scope, &identity::SET, olds, news),
                }
            }
            Shape::Value(are_one) => {
                let (Some(old), Some(new)) = (before, after) else {
                    return false;
                };
                let kind = if are_one(&old.node, &new.node) {
                    FactKind::Respelled
                } else {
                    FactKind::Changed
                };
                self.push(scope, kind, before, after);
            }
            Shape::Items => self.part(scope, "[]", before, after),
            Shape::MapTypes => {
                let part = |side: Side<'a>, key| side.and_then(|entry| entry.node.entry(key));
                self.part(scope, "{key}", part(before, "key"), part(after, "key"));
                self.part(
                    scope,
                    "{value}",
                    part(before, "value"),
                    part(after, "value"),
                );
                if let (Some(old), Some(new)) = (before, after) {
                    self.mapping(scope, &old.node, &new.node, &["key", "value"]);
                }
            }
            Shape::Team => self.team(scope, before, after),
            Shape::Thing(kind) => {
                let (old, new) = (before.map(|e| &e.node), after.map(|e| &e.node));
                let thing = scope.thing(*kind, scope.path.clone(), old, new);
                match (before, after) {
                    (Some(old), Some(new)) => self.value(&thing, "", old, new),
                    _ => self.whole(&thing, old, new),
                }
            }
            Shape::Fields(kind) => {
                let (old, new) = (before.map(|e| &e.node), after.map(|e| &e.node));
                if [old, new].into_iter().flatten().any(|node| !is_map(node)) {
                    return false;
                }
                let scope = match kind {
                    Some(kind) => scope.thing(*kind, scope.path.clone(), old, new),
                    None => scope.clone(),
                };
                match (old, new) {
                    (Some(old), Some(new)) => self.mapping(&scope, old, new, &[]),
                    _ => self.one_sided(&scope, old, new, &[]),
                }
            }
            Shape::Plain => return false,
        }
        true
    }

    pub(super) fn things(
        &mut self,
        scope: &Scope<'a>,
        identity: &Identity,
        kind: SubjectKind,
        olds: &'a [Node],
        news: &'a [Node],
    ) {
        let (old_labels, new_labels) = (Labels::of(kind, olds), Labels::of(kind, news));
        for (before, after) in identity.pair(olds, news) {
            let Some(shown) = after.or(before).filter(|_| !unchanged(before, after)) else {
                continue;
            };
            let labels = after.map_or(&old_labels, |_| &new_labels);
            let path = path_of(scope, kind, shown, labels);
            let thing = scope.thing(kind, path, before, after);
            match (before, after) {
                (Some(old), Some(new)) => self.thing(scope, &thing, old, new, &old_labels),
                _ => self.whole(&thing, before, after),
            }
        }
    }

    /// One thing that both documents have. A name that changed under a stable id is a rename.
    fn thing(
        &mut self,
        parent: &Scope<'a>,
        thing: &Scope<'a>,
        old: &'a Node,
        new: &'a Node,
        labels: &Labels<'_>,
    ) {
        if !both_maps(old, new) {
            self.whole(thing, Some(old), Some(new));
            return;
        }
        let kind = thing.subject.kind;
        let Some(key) = name_key(kind) else {
            self.mapping(thing, old, new, &[]);
            return;
        };
        let (before, after) = (old.entry(key), new.entry(key));
        let renamed = matches!((before, after), (Some(before), Some(after))
            if !spelling::is_identical(&before.node, &after.node));
        if renamed {
            let known_as = parent.thing(
                kind,
                path_of(parent, kind, old, labels),
                Some(old),
                Some(new),
            );
            self.push(&known_as, FactKind::Renamed, before, after);
        }
        self.mapping(
            thing,
            old,
            new,
            if renamed {
                std::slice::from_ref(&key)
            } else {
                &[]
            },
        );
    }

    /// An array's or a map's own element: `[]`, `{key}`, `{value}`.
    fn part(&mut self, scope: &Scope<'a>, segment: &str, before: Side<'a>, after: Side<'a>) {
        let (before, after) = (before.map(|e| &e.node), after.map(|e| &e.node));
        let path = format!("{}{segment}", scope.path);
        let thing = scope.thing(SubjectKind::Property, path, before, after);
        match (before, after) {
            (Some(old), Some(new)) if both_maps(old, new) => self.mapping(&thing, old, new, &[]),
            (Some(old), Some(new)) if spelling::is_identical(old, new) => {}
            _ => {
                self.whole(&thing, before, None);
                self.whole(&thing, None, after);
            }
        }
    }

    fn entries(
        &mut self,
        scope: &Scope<'a>,
        identity: &Identity,
        label: &str,
        olds: &'a [Node],
        news: &'a [Node],
    ) {
        for (before, after) in identity.pair(olds, news) {
            let Some(shown) = after.or(before).filter(|_| !unchanged(before, after)) else {
                continue;
            };
            let text = shown.get(label).map(spelling::plain).unwrap_or_default();
            let entry = scope.entry(&text);
            match (before, after) {
                (Some(old), Some(new)) if both_maps(old, new) => {
                    self.mapping(&entry, old, new, &[]);
                }
                _ => self.both(&entry, before, after),
            }
        }
    }

    fn set(&mut self, scope: &Scope<'a>, identity: &Identity, olds: &'a [Node], news: &'a [Node]) {
        for (before, after) in identity.pair(olds, news) {
            match (before, after) {
                _ if unchanged(before, after) => {}
                (Some(old), Some(new)) if both_maps(old, new) => {
                    let label = spelling::plain(identity::member(old));
                    self.mapping(&scope.entry(&label), old, new, &[]);
                }
                (Some(_), Some(_)) => self.push_nodes(scope, FactKind::Respelled, before, after),
                _ => self.both(scope, before, after),
            }
        }
    }

    fn value(&mut self, scope: &Scope<'a>, key: &str, before: &'a Entry, after: &'a Entry) {
        if both_maps(&before.node, &after.node) {
            self.mapping(scope, &before.node, &after.node, &[]);
            return;
        }
        match spelling::sameness(scope.subject.kind, key, &before.node, &after.node) {
            Sameness::Identical => {}
            Sameness::SameMeaning => {
                self.push(scope, FactKind::Respelled, Some(before), Some(after));
            }
            Sameness::Different => self.push(scope, FactKind::Changed, Some(before), Some(after)),
        }
    }

    /// A whole thing on one side only.
    fn whole(&mut self, thing: &Scope<'a>, before: Option<&'a Node>, after: Option<&'a Node>) {
        self.both(thing, before, None);
        self.both(thing, None, after);
    }

    fn both(&mut self, scope: &Scope<'a>, before: Option<&'a Node>, after: Option<&'a Node>) {
        if before.is_some() {
            self.push_nodes(scope, FactKind::Removed, before, None);
        }
        if after.is_some() {
            self.push_nodes(scope, FactKind::Added, None, after);
        }
    }

    fn push(&mut self, scope: &Scope<'a>, kind: FactKind, before: Side<'a>, after: Side<'a>) {
        let place = |side: Side<'a>| side.map(|entry| (&entry.node, entry.key_span));
        self.fact(scope, kind, place(before), place(after));
    }

    fn push_nodes(
        &mut self,
        scope: &Scope<'a>,
        kind: FactKind,
        before: Option<&'a Node>,
        after: Option<&'a Node>,
    ) {
        let place = |node: Option<&'a Node>| node.map(|node| (node, node.span));
        self.fact(scope, kind, place(before), place(after));
    }

    fn fact(
        &mut self,
        scope: &Scope<'a>,
        kind: FactKind,
        before: Option<(&'a Node, Span)>,
        after: Option<(&'a Node, Span)>,
    ) {
        self.facts.push(Fact {
            kind,
            section: scope.section,
            path: scope.path.clone(),
            field: (!scope.field.is_empty()).then(|| scope.field.clone()),
            before: before.map(|(node, _)| node),
            after: after.map(|(node, _)| node),
            before_at: before.map(|(_, span)| span.at(self.before_file)),
            after_at: after.map(|(_, span)| span.at(self.after_file)),
            subject: scope.subject,
        });
    }
}

/// The two lists under a key, an absent one being empty; nothing when either is no list.
fn both_lists<'a>(before: Side<'a>, after: Side<'a>) -> Option<(&'a [Node], &'a [Node])> {
    let items = |side: Side<'a>| match side.map(|entry| &entry.node.value) {
        None => Some([].as_slice()),
        Some(Value::List(items)) => Some(items.as_slice()),
        Some(_) => None,
    };
    Some((items(before)?, items(after)?))
}

fn both_maps(before: &Node, after: &Node) -> bool {
    is_map(before) && is_map(after)
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn unchanged(before: Option<&Node>, after: Option<&Node>) -> bool {
    matches!((before, after), (Some(old), Some(new)) if spelling::is_identical(old, new))
}
