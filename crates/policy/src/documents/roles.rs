//! `Roles` documents.

use zonecut_contract::node::Node;

use super::{Binding, RoleDefinition, Roles};
use zonecut_contract::strict::Reader;

pub(super) fn read(reader: &mut Reader<'_>, spec: &Node) -> Option<Roles> {
    if !reader.mapping(spec, "spec", &["roles", "bindings"]) {
        return None;
    }
    let roles = reader.items(spec, "roles", "spec");
    let bindings = reader.items(spec, "bindings", "spec");
    Some(Roles {
        roles: roles
            .into_iter()
            .filter_map(|(path, node)| definition(reader, node, &path))
            .collect(),
        bindings: bindings
            .into_iter()
            .filter_map(|(path, node)| binding(reader, node, &path))
            .collect(),
    })
}

fn definition(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<RoleDefinition> {
    if !reader.mapping(node, path, &["name", "inherits"]) {
        return None;
    }
    let inherits = reader.words(node, "inherits", path).unwrap_or_default();
    let Some(name) = node.get("name") else {
        reader.missing(node, &format!("{path}.name"), "every role has a name");
        return None;
    };
    Some(RoleDefinition {
        name: reader.word(name, &format!("{path}.name"))?,
        inherits,
    })
}

fn binding(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Binding> {
    if !reader.mapping(node, path, &["role", "users", "groups"]) {
        return None;
    }
    let users = reader.words(node, "users", path);
    let groups = reader.words(node, "groups", path);
    if users.is_none() && groups.is_none() {
        reader.missing(
            node,
            &format!("{path}.groups"),
            "a binding names `users`, `groups` or both",
        );
    }
    let Some(role) = node.get("role") else {
        reader.missing(
            node,
            &format!("{path}.role"),
            "a binding names the role it gives",
        );
        return None;
    };
    let role = reader.word(role, &format!("{path}.role"))?;
    Some(Binding {
        role,
        users: users.unwrap_or_default(),
        groups: groups.unwrap_or_default(),
    })
}
