//! Everything that can be wrong with one field of a JSON request: each in turn removed, nulled, of
//! another type, and there twice.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// A request with one field wrong.
pub(crate) struct Mutation {
    /// `/input/context/identity/user`.
    pub(crate) path: String,
    /// What was done to it.
    pub(crate) kind: Kind,
    pub(crate) body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Removed,
    Nulled,
    Retyped,
    Duplicated,
}

/// All of them.
pub(crate) fn mutations(request: &Value) -> Vec<Mutation> {
    let mut paths = Vec::new();
    fields(request, "", &mut paths);
    let mut all = Vec::new();
    for path in paths {
        let was = request.pointer(&path).unwrap();
        let mut push = |kind, with: Option<&Value>| {
            let mut body = String::new();
            render(request, "", &path, kind, with, &mut body);
            let path = path.clone();
            all.push(Mutation { path, kind, body });
        };
        push(Kind::Removed, None);
        push(Kind::Nulled, Some(&Value::Null));
        push(Kind::Duplicated, Some(was));
        for other in [
            json!(true),
            json!(7),
            json!("text"),
            json!([]),
            json!([7]),
            json!({}),
        ] {
            if std::mem::discriminant(&other) != std::mem::discriminant(was) {
                push(Kind::Retyped, Some(&other));
            }
        }
        if was.is_array() {
            push(Kind::Retyped, Some(&json!([7])));
            push(Kind::Retyped, Some(&json!([null])));
        }
    }
    all
}

fn fields(value: &Value, at: &str, paths: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                fields(value, &path, paths);
                paths.push(path);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                fields(item, &format!("{at}/{index}"), paths);
            }
        }
        _ => {}
    }
}

fn render(value: &Value, at: &str, path: &str, kind: Kind, with: Option<&Value>, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut parts = Vec::new();
            for (key, value) in map {
                let own = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                let mut inner = String::new();
                if own != path || kind == Kind::Duplicated {
                    render(value, &own, path, kind, with, &mut inner);
                    parts.push(format!("{}:{inner}", json!(key)));
                }
                if own == path {
                    parts.extend(with.map(|with| format!("{}:{with}", json!(key))));
                }
            }
            write!(out, "{{{}}}", parts.join(",")).unwrap();
        }
        Value::Array(items) => {
            let parts = items.iter().enumerate().map(|(index, item)| {
                let mut inner = String::new();
                render(item, &format!("{at}/{index}"), path, kind, with, &mut inner);
                inner
            });
            write!(out, "[{}]", parts.collect::<Vec<_>>().join(",")).unwrap();
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[test]
fn each_field_is_wrong_in_every_way() {
    let all = mutations(&json!({"a": {"b": "x"}, "c": [{"d": 1}]}));
    let of = |path: &str, kind: Kind| {
        let found = all.iter().filter(|it| it.path == path && it.kind == kind);
        found.map(|it| it.body.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of("/a/b", Kind::Removed), [r#"{"a":{},"c":[{"d":1}]}"#]);
    assert_eq!(
        of("/c/0/d", Kind::Nulled),
        [r#"{"a":{"b":"x"},"c":[{"d":null}]}"#]
    );
    assert_eq!(
        of("/a/b", Kind::Duplicated),
        [r#"{"a":{"b":"x","b":"x"},"c":[{"d":1}]}"#]
    );
    assert_eq!(of("/a", Kind::Retyped).len(), 5);
}
