//! The team, which ODCS 3.0 and 3.1 write differently.

use zonecut_contract::{Node, Value};

use super::identity;
use super::scope::Scope;
use super::walk::{Side, Walk};
use crate::fact::SubjectKind;

impl<'a> Walk<'a> {
    /// ODCS 3.0 lists the members; 3.1 names the team and lists them under `members`.
    pub(super) fn team(&mut self, scope: &Scope<'a>, before: Side<'a>, after: Side<'a>) {
        let (old, new) = (before.map(|e| &e.node), after.map(|e| &e.node));
        self.things(
            scope,
            &identity::MEMBER,
            SubjectKind::Member,
            members(old),
            members(new),
        );
        let team = scope.thing(SubjectKind::Team, scope.path.clone(), old, new);
        let listed = [old, new].into_iter().flatten().all(has_member_list);
        let skip: &[&str] = if listed { &["members"] } else { &[] };
        match (old, new) {
            (Some(old), Some(new)) => self.mapping(&team, old, new, skip),
            _ => self.one_sided(&team, old, new, skip),
        }
    }
}

fn members(team: Option<&Node>) -> &[Node] {
    team.map_or(&[], |team| match &team.value {
        Value::List(items) => items.as_slice(),
        _ => team.get("members").map_or(&[], Node::items),
    })
}

fn has_member_list(team: &Node) -> bool {
    match &team.value {
        Value::Map(_) => team
            .get("members")
            .is_none_or(|node| matches!(node.value, Value::List(_))),
        _ => true,
    }
}
