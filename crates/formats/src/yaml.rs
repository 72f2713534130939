//! YAML in a stable layout: block style, two spaces, keys in the order given, strings quoted where
//! they could be taken for something else.

use std::fmt::Write as _;

use serde_json::Value;

/// The text of a value.
pub(crate) fn text(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

/// A value that begins on a line of its own.
fn block(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                if index > 0 {
                    pad(indent, out);
                }
                out.push_str(&scalar(key));
                out.push(':');
                after_key(value, indent, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    pad(indent, out);
                }
                out.push_str("- ");
                block(item, indent + 2, out);
            }
        }
        flat => {
            out.push_str(&inline(flat));
            out.push('\n');
        }
    }
}

fn after_key(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => nested(value, indent + 2, out),
        Value::Array(items) if items.iter().any(is_nested) => nested(value, indent + 2, out),
        flat => {
            out.push(' ');
            out.push_str(&inline(flat));
            out.push('\n');
        }
    }
}

fn nested(value: &Value, indent: usize, out: &mut String) {
    out.push('\n');
    pad(indent, out);
    block(value, indent, out);
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}

/// A value on one line: plain values, lists of them, and what is empty.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(_) => "{}".to_owned(),
        other => other.to_string(),
    }
}

fn pad(indent: usize, out: &mut String) {
    let _ = write!(out, "{:indent$}", "");
}

/// A string, without quotes where no reader of YAML takes it for something else.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    // JSON leaves alone what YAML does not allow to stand unescaped.
    let mut quoted = String::new();
    for letter in Value::from(text).to_string().chars() {
        let code = u32::from(letter);
        if matches!(
            code,
            0x7f..=0x9f | 0xfeff | 0xfffe | 0xffff | 0x2028 | 0x2029
        ) {
            let _ = write!(quoted, "\\u{code:04x}");
        } else {
            quoted.push(letter);
        }
    }
    quoted
}

fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    let starts = text
        .starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '_' | '$'));
    let inner = |letter: char| {
        letter.is_ascii_alphanumeric()
            || matches!(letter, '_' | '$' | '-' | '.' | '/' | ' ' | '(' | ')')
    };
    starts
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use zonecut_contract::read_document;

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[a-z0-9:#,&*!|>%@~ .-]{0,8}",
            Just("no".to_owned()),
            Just("1e3".to_owned()),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e9..1e9).prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..5)
                    .prop_map(|pairs| pairs.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in value()) {
            let value = json!({"value": value});
            let text = text(&value);
            let parsed = read_document("test", text.as_bytes());
            let read = parsed.value.map(|document| document.root.to_json());
            prop_assert_eq!(read, Some(value), "{}", text);
        }
    }
}
