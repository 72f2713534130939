//! How messages quote, list and suggest.

use crate::secret;

/// Enough of `text` to recognise it by, on one line; nothing of it where it holds a secret.
#[must_use]
pub fn quoted(text: &str) -> String {
    const KEPT: usize = 40;
    // Enough to recognise a secret of which a part would be shown.
    const LOOKED_AT: usize = 4096;
    let text = text
        .get(..text.floor_char_boundary(LOOKED_AT))
        .unwrap_or_default();
    if let Some(kind) = secret::find(text) {
        return format!("({})", kind.word());
    }
    let mut short = String::new();
    for letter in text.chars().take(KEPT) {
        short.extend(letter.escape_debug().filter(|_| letter.is_control()));
        if !letter.is_control() {
            short.push(letter);
        }
    }
    if text.chars().nth(KEPT).is_some() {
        short.push('…');
    }
    short
}

/// The words in backticks, with commas between them.
#[must_use]
pub fn list<T: AsRef<str>>(words: &[T]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", quoted(word.as_ref())))
        .collect();
    quoted.join(", ")
}

/// Comparing takes time with the square of the length; nobody mistypes a page.
const LONGEST: usize = 64;

/// The candidate that `word` is most likely a slip of, if one is near enough.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.85;
    if word.len() > LONGEST {
        return None;
    }
    let folded = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && *candidate != word)
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&folded, &candidate.to_lowercase());
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The nearest candidate as a question to end a help text with, else nothing.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

/// The one candidate that `word` is meant to be beyond doubt: the same but for case and surrounding
/// blanks, else, of those that are not short, the only one a single slip of the finger away.
#[must_use]
pub fn slip_of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NOT_SHORT: usize = 5;
    if word.len() > LONGEST {
        return None;
    }
    let folded = word.trim().to_lowercase();
    let letters = folded.chars().count();
    let (mut same, mut near) = (Vec::new(), Vec::new());
    for candidate in candidates {
        // One slip adds or leaves out one letter at most; nearly all candidates are of another length.
        let is_far = candidate.is_ascii() && candidate.len().abs_diff(letters) > 1;
        if is_far || candidate == word || candidate.len() > LONGEST {
            continue;
        }
        let other = candidate.to_lowercase();
        if other == folded {
            same.push(candidate);
        } else if other.len() >= NOT_SHORT && strsim::osa_distance(&folded, &other) == 1 {
            near.push(candidate);
        }
    }
    let meant = if same.is_empty() { near } else { same };
    match meant.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stay_short_and_on_one_line() {
        assert_eq!(quoted("a\nb"), "a\\nb");
        assert_eq!(quoted(&"x".repeat(41)), format!("{}…", "x".repeat(40)));
        assert_eq!(quoted("zônë"), "zônë");
    }

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let keys = ["logicalType", "physicalType", "required"];
        assert_eq!(nearest("logicaltype", keys), Some("logicalType"));
        assert_eq!(nearest("requierd", keys), Some("required"));
        assert_eq!(nearest("owner", keys), None);
    }

    #[test]
    fn only_slips_beyond_doubt_are_mended() {
        let keys = ["logicalType", "physicalType", "name", "id"];
        assert_eq!(slip_of("LogicalType ", keys), Some("logicalType"));
        assert_eq!(slip_of("logicalTyep", keys), Some("logicalType"));
        assert_eq!(slip_of("NAME", keys), Some("name"));
        assert_eq!(slip_of("nam", keys), None, "short words have neighbours");
        assert_eq!(slip_of("logiclTyp", keys), None, "two slips");
        assert_eq!(
            slip_of("value1", ["value2", "value3"]),
            None,
            "two words as near"
        );
        assert_eq!(slip_of("name", keys), None, "it says so already");
    }
}
