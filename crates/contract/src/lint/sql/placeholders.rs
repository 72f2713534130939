//! Placeholders in queries: what the runner of a check puts in.

use sqlparser::ast::Ident;

/// A query with an identifier, as long as it is, for every placeholder.
pub(super) struct Filled {
    pub(super) sql: String,
    placeholders: Vec<Placeholder>,
}

struct Placeholder {
    line: u64,
    column: u64,
    length: u64,
    word: String,
}

/// What an identifier stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// For itself.
    Itself,
    /// For the object that the rule is about.
    OwnTable,
    /// For what nobody here knows, wholly or in part.
    Other,
}

impl Filled {
    pub(super) fn of(query: &str) -> Self {
        let mut filled = Self {
            sql: String::with_capacity(query.len()),
            placeholders: Vec::new(),
        };
        let mut end = (1, 1);
        let mut rest = query;
        while let Some(open) = rest.find('{') {
            let (before, braced) = rest.split_at(open);
            let inside = braced.find('}').and_then(|close| braced.get(1..close));
            let word = inside.filter(|word| !word.is_empty() && word.chars().all(is_word));
            let Some(word) = word else {
                filled.text(before, &mut end);
                filled.text("{", &mut end);
                rest = braced.get(1..).unwrap_or_default();
                continue;
            };
            let dollar = before.strip_suffix('$');
            filled.text(dollar.unwrap_or(before), &mut end);
            let length = word.chars().count() + 2 + usize::from(dollar.is_some());
            filled.placeholders.push(Placeholder {
                line: end.0,
                column: end.1,
                length: u64::try_from(length).unwrap_or(u64::MAX),
                word: word.to_ascii_lowercase(),
            });
            filled.text(&"x".repeat(length), &mut end);
            rest = braced.get(word.len() + 2..).unwrap_or_default();
        }
        filled.text(rest, &mut end);
        filled
    }

    fn text(&mut self, text: &str, (line, column): &mut (u64, u64)) {
        self.sql.push_str(text);
        for letter in text.chars() {
            if letter == '\n' {
                (*line, *column) = (*line + 1, 1);
            } else {
                *column += 1;
            }
        }
    }

    /// What an identifier stands for.
    pub(super) fn stands(&self, name: &Ident) -> Stands {
        let (start, end) = (name.span.start, name.span.end);
        let mut within = self.placeholders.iter().filter(|placeholder| {
            placeholder.line == start.line
                && (start.column..end.column).contains(&placeholder.column)
        });
        let Some(first) = within.next() else {
            return Stands::Itself;
        };
        let whole = u64::try_from(name.value.chars().count()) == Ok(first.length);
        match first.word.as_str() {
            "object" | "table" if whole => Stands::OwnTable,
            _ => Stands::Other,
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_identifiers_of_the_same_length() {
        for (query, sql) in [
            (
                "select {property} from ${o} where a = '{b}'",
                "select xxxxxxxxxx from xxxx where a = 'xxx'",
            ),
            ("with a as {b}", "with a as xxx"),
            ("select map{'a': 1}", "select map{'a': 1}"),
        ] {
            assert_eq!(Filled::of(query).sql, sql);
        }
    }
}
