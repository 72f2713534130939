//! What was probably meant by a word that is not known.

/// The known word most like `word`, if any is like it.
pub(crate) fn nearest(word: &str, known: &[&str]) -> Option<String> {
    let scored = known
        .iter()
        .map(|name| (strsim::jaro_winkler(word, name), name));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > 0.7).then(|| (*best.1).to_owned())
}

/// The end of an error that names what was probably meant.
pub(crate) fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(": did you mean `{name}`?"))
}
