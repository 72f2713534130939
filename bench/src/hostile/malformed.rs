//! Documents that are no YAML, or more of it than is read.

use super::{HEAD, LARGEST, Named, full_of, lines};

/// By name.
pub(super) const ALL: &[Named] = &[
    ("deep-flow", || "[".repeat(10_000).into()),
    ("deep-block", || "- ".repeat(10_000).into()),
    ("deep-keys", || "? ".repeat(10_000).into()),
    ("deep-json", || r#"{"a":"#.repeat(10_000).into()),
    ("deep-closed", deep_closed),
    ("deep-indented", deep_indented),
    ("full-of-brackets", || full_of("[")),
    ("full-of-braces", || full_of("{a: ")),
    ("full-of-pairs", || full_of("[],")),
    ("full-of-dashes", || full_of("- ")),
    ("full-of-question-marks", || full_of("? ")),
    ("full-of-colons", || full_of(": ")),
    ("full-of-commas", || full_of(",")),
    ("full-of-anchors", || full_of("&a ")),
    ("full-of-aliases", || full_of("- *a\n")),
    ("full-of-tags", || full_of("- !a b\n")),
    ("full-of-directives", || full_of("%YAML 1.2\n")),
    ("full-of-own-directives", || full_of("%a b\n")),
    ("full-of-documents", || full_of("---\n")),
    ("full-of-comments", || full_of("# \n")),
    ("full-of-newlines", || full_of("\n")),
    ("full-of-returns", || full_of("\r")),
    ("full-of-spaces", || full_of(" ")),
    ("full-of-tabs", || full_of("\t")),
    ("full-of-quotes", || full_of("'")),
    ("full-of-block-scalars", || full_of("- |\n")),
    ("full-of-nulls", || full_of("\0")),
    ("full-of-byte-order-marks", || full_of("\u{feff}")),
    ("full-of-duplicates", || full_of("a:\n")),
    ("full-of-merge-keys", || full_of("<<: a\n")),
    ("full-of-number-keys", || full_of("1: a\n")),
    ("full-of-inexact-numbers", || full_of("- 1e999\n")),
    ("full-of-long-numbers", full_of_long_numbers),
    ("full-of-list-keys", || full_of("? [a]\n: b\n")),
    ("open-quote", || open("\"")),
    ("open-bracket", || open("[a, ")),
    ("open-escapes", open_escapes),
    ("long-number", || open_with("a: ", '9')),
    ("long-fraction", || open_with("a: 0.", '1')),
    ("long-exponent", || open_with("a: 1e", '9')),
    ("long-alias", || open_with("a: *", 'k')),
    ("long-tag", || open_with("a: !", 'k')),
    ("hundred-mebibytes", hundred_mebibytes),
    ("one-byte-too-many", || vec![b'#'; LARGEST + 1]),
    ("laughs", laughs),
    ("quadratic-aliases", quadratic_aliases),
    ("alias-chain", alias_chain),
    ("nested-anchors", nested_anchors),
    ("alias-cycle", || b"a: &a [*a]\n".to_vec()),
    ("alias-keys", alias_keys),
    ("utf-16", || utf16("a: 1\n", u16::to_le_bytes)),
    ("utf-16-big-endian", || utf16("a: 1\n", u16::to_be_bytes)),
    ("invalid-utf-8-at-the-end", || invalid_at(LARGEST - 1)),
    ("invalid-utf-8-in-the-middle", || invalid_at(LARGEST / 2)),
    ("json-with-comments", json_with_comments),
    ("distinct-keys", || {
        lines("", 700_000, |key| format!("k{key}: 1\n"))
    }),
];

fn deep_closed() -> Vec<u8> {
    format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into()
}

fn deep_indented() -> Vec<u8> {
    lines("", 4000, |depth| format!("{}a:\n", " ".repeat(depth)))
}

fn open(part: &str) -> Vec<u8> {
    let mut bytes = format!("{HEAD}name: {part}").into_bytes();
    bytes.resize(LARGEST, b'x');
    bytes
}

fn open_escapes() -> Vec<u8> {
    let escapes = "\\u0041".repeat((LARGEST - HEAD.len() - 8) / 6);
    format!("{HEAD}name: \"{escapes}").into()
}

fn open_with(head: &str, fill: char) -> Vec<u8> {
    let fill = fill.to_string().repeat(LARGEST - HEAD.len() - head.len());
    format!("{HEAD}{head}{fill}").into()
}

fn full_of_long_numbers() -> Vec<u8> {
    full_of(&format!("- {}\n", "9".repeat(400)))
}

fn hundred_mebibytes() -> Vec<u8> {
    let mut bytes = format!("{HEAD}name: ").into_bytes();
    bytes.resize(100 * 1024 * 1024, b'x');
    bytes
}

fn laughs() -> Vec<u8> {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let inner = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", vec![inner; 10].join(", "));
    }
    text.into()
}

fn quadratic_aliases() -> Vec<u8> {
    let head = format!("a: &a {}\nb:\n", "x".repeat(LARGEST / 4));
    lines(&head, 500_000, |_| " - *a\n".to_owned())
}

fn alias_chain() -> Vec<u8> {
    lines("a0: &a0 [x]\n", 100_000, |level| {
        format!("a{}: &a{} [*a{level}]\n", level + 1, level + 1)
    })
}

/// Each anchor holds all that are inside it.
fn nested_anchors() -> Vec<u8> {
    let mut text = "a: ".to_owned();
    for level in 0..100 {
        text += &format!("&a{level} [");
    }
    text += &"x, ".repeat(100_000);
    text += &"]".repeat(100);
    text.into()
}

fn alias_keys() -> Vec<u8> {
    lines("a: &a {b: c}\n", 700_000, |_| "? *a\n: 1\n".to_owned())
}

fn utf16(part: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = part.repeat(LARGEST / 2 / part.len());
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(encode).take(LARGEST).collect()
}

fn invalid_at(index: usize) -> Vec<u8> {
    let mut bytes = full_of("# \n");
    bytes.resize(LARGEST, b'#');
    if let Some(byte) = bytes.get_mut(index) {
        *byte = 0xff;
    }
    bytes
}

fn json_with_comments() -> Vec<u8> {
    let mut text = "{\n".to_owned();
    while text.len() < LARGEST - 100 {
        text += "  // a comment\n  \"a\": 1, /* another */\n";
    }
    text.into()
}
