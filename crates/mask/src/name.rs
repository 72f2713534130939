//! The end of a domain name in presentation form.
//!
//! What is shown is always an end of the name as it was written: case and a final dot stay.
//! A name with an empty label is no name and shows nothing.

use crate::mask::DomainCut;

/// The part of `name` that `cut` shows, or none when `name` is no domain name.
pub(crate) fn cut(name: &str, cut: DomainCut) -> Option<&str> {
    let relative = name.strip_suffix('.').unwrap_or(name);
    if name == "." {
        return Some(name);
    }
    if relative.split('.').any(str::is_empty) {
        return None;
    }
    let kept = match cut {
        DomainCut::Labels(count) => last_labels(relative, usize::from(count)),
        DomainCut::Registrable => registrable_length(relative),
    };
    name.get(relative.len().checked_sub(kept)?..)
}

/// The length of the last `count` labels, dots between them included.
fn last_labels(name: &str, count: usize) -> usize {
    let lengths = name.rsplit('.').take(count).map(|label| label.len() + 1);
    lengths.sum::<usize>().saturating_sub(1)
}

/// The length of the registrable domain; of the whole name when it is a public suffix itself.
fn registrable_length(name: &str) -> usize {
    let lower = name.to_ascii_lowercase();
    psl::domain(lower.as_bytes()).map_or(name.len(), |domain| domain.as_bytes().len())
}
