//! Text from documents, made harmless for whoever shows it.

/// One line without characters that act instead of being shown: line breaks and tabs become spaces;
/// other controls, and marks that turn the direction of writing, become U+FFFD.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(harmless).collect()
}

/// What is shown for a character.
#[must_use]
pub fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || turns(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Whether a character turns the direction of what follows (UAX #9, section 2).
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}
