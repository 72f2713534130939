//! When two SQL texts are one query: by their words, never by how they are laid out.

use sqlparser::dialect::GenericDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Tokenizer, Whitespace};

/// The words of a query, one blank apart, with keywords in one case. Comments are prose and left out;
/// names and literals stay as they are, since some dialects tell their case apart.
pub(crate) fn normal(query: &str) -> String {
    words(query).unwrap_or_else(|| blanks(query))
}

/// Dialects disagree on what a backslash escapes, and so on where a literal ends: nothing is told apart
/// then, as in a text that is no SQL at all.
fn words(query: &str) -> Option<String> {
    if query.contains('\\') {
        return None;
    }
    let mut tokenizer = Tokenizer::new(&GenericDialect {}, query).with_unescape(false);
    let mut tokens = tokenizer.tokenize().ok()?;
    tokens.retain(|token| !is_blank(token));
    while tokens.last() == Some(&Token::SemiColon) {
        tokens.pop();
    }
    let words: Vec<String> = tokens.iter().map(word).collect();
    Some(words.join(" "))
}

/// A comment that begins with `!` is one that `MySQL` runs.
fn is_blank(token: &Token) -> bool {
    match token {
        Token::Whitespace(Whitespace::MultiLineComment(text)) => !text.starts_with('!'),
        Token::Whitespace(_) => true,
        _ => false,
    }
}

fn word(token: &Token) -> String {
    match token {
        Token::Word(word) if word.quote_style.is_none() && word.keyword != Keyword::NoKeyword => {
            word.value.to_ascii_uppercase()
        }
        token => token.to_string(),
    }
}

/// Blanks between words say nothing; within quotes they may.
fn blanks(text: &str) -> String {
    if text.contains(['\'', '"', '`']) {
        text.trim().to_owned()
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
