//! The least version that pays for a change.

use std::cmp::Ordering;

use zonecut_contract::version::{Part, Version};

/// How much of the version a change moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing differs.
    None,
    /// Something differs.
    Patch,
    /// An addition or a stronger promise.
    Minor,
    /// Consumers break.
    Major,
}

/// Whether the declared version pays for a change, and what would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The least version that pays.
    pub required: String,
    /// Whether the declared one does.
    pub pays: bool,
}

/// Weighs the declared version against what the change costs.
///
/// Semantic Versioning 2.0, sections 4 to 11: a pre-release counts as its release for paying and
/// orders before it; build metadata has no part in either; below 1.0.0 a breaking change takes a minor
/// version, all else a patch.
///
/// A pre-release promises nothing yet (section 9): whatever changes after it, any later version does,
/// be it the next pre-release or the release.
///
/// It is the declared version that pays. One that is not semantic pays for nothing: a breaking change
/// is refused, and the rest needs a different string. Where only the old one is not semantic, there is
/// no number to count from, and the declared one opens a series: it pays for a breaking change from
/// [`Version::first`] on, the first that promises anything (section 5). Were it refused, a contract
/// that began with dates could never break nor leave them.
#[must_use]
pub fn advise(before: &str, declared: &str, bump: Bump) -> Advice {
    match (Version::parse(before), Version::parse(declared)) {
        (Some(old), Some(new)) if bump == Bump::None => Advice {
            required: before.to_owned(),
            pays: new >= old,
        },
        (Some(old), Some(new)) => {
            let least = least(&old, bump);
            let enough = old.is_pre_release() || new.release() >= least;
            let pays = enough && new > old;
            // The pre-release that people write next is not the least there could be.
            let less = pays && old.is_pre_release();
            let required = if less { least.min(new) } else { least };
            Advice {
                required: required.to_string(),
                pays,
            }
        }
        (Some(old), None) => unordered(before, declared, bump, false, || least(&old, bump)),
        (None, new) => {
            let pays = new.is_some_and(|new| new.release() >= Version::first());
            unordered(before, declared, bump, pays, Version::first)
        }
    }
}

/// How two versions follow one another; nothing where one of them is not semantic.
#[must_use]
pub fn order_of_versions(one: &str, other: &str) -> Option<Ordering> {
    Some(Version::parse(one)?.cmp(&Version::parse(other)?))
}

/// Two versions of which none is known to come after the other.
fn unordered(
    before: &str,
    declared: &str,
    bump: Bump,
    pays_for_breaking: bool,
    least: impl FnOnce() -> Version,
) -> Advice {
    let pays = match bump {
        Bump::None => true,
        Bump::Patch | Bump::Minor => declared != before,
        Bump::Major => pays_for_breaking,
    };
    let required = if pays {
        declared.to_owned()
    } else {
        least().to_string()
    };
    Advice { required, pays }
}

fn least(before: &Version, bump: Bump) -> Version {
    match (before.is_initial(), bump) {
        (_, Bump::None) => before.clone(),
        _ if before.is_pre_release() => before.next_pre_release(),
        (true, Bump::Major) | (false, Bump::Minor) => before.next(Part::Minor),
        (true, _) | (_, Bump::Patch) => before.next(Part::Patch),
        (false, Bump::Major) => before.next(Part::Major),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Old version, declared version, what the change costs, whether it pays, and what would.
    type Case = (&'static str, &'static str, Bump, bool, &'static str);

    fn check(cases: &[Case]) {
        for (before, declared, bump, pays, required) in cases {
            let advice = advise(before, declared, *bump);
            assert_eq!(
                (advice.pays, advice.required.as_str()),
                (*pays, *required),
                "{before} -> {declared}, {bump:?}"
            );
        }
    }

    #[test]
    fn the_least_version_follows_the_damage() {
        check(&[
            ("1.1.0", "1.1.0", Bump::Major, false, "2.0.0"),
            ("1.1.0", "1.9.0", Bump::Major, false, "2.0.0"),
            ("1.1.0", "2.0.0", Bump::Major, true, "2.0.0"),
            ("1.1.0", "3.0.0", Bump::Major, true, "2.0.0"),
            ("1.1.3", "1.1.0", Bump::Minor, false, "1.2.0"),
            ("1.1.3", "1.2.0", Bump::Minor, true, "1.2.0"),
            ("1.1.3", "1.1.4", Bump::Minor, false, "1.2.0"),
            ("1.1.3", "1.1.4", Bump::Patch, true, "1.1.4"),
            ("1.1.3", "1.1.3", Bump::Patch, false, "1.1.4"),
            ("1.1.3", "1.1.3", Bump::None, true, "1.1.3"),
            ("1.1.3", "1.1.2", Bump::None, false, "1.1.3"),
            ("1.9.9", "1.10.0", Bump::Minor, true, "1.10.0"),
        ]);
    }

    #[test]
    fn below_one_a_breaking_change_takes_a_minor_version() {
        check(&[
            ("0.3.1", "0.3.1", Bump::Major, false, "0.4.0"),
            ("0.3.1", "0.3.2", Bump::Major, false, "0.4.0"),
            ("0.3.1", "0.4.0", Bump::Major, true, "0.4.0"),
            ("0.3.1", "1.0.0", Bump::Major, true, "0.4.0"),
            ("0.3.1", "0.3.2", Bump::Minor, true, "0.3.2"),
            ("0.3.1", "0.3.1", Bump::Minor, false, "0.3.2"),
            ("0.0.0", "0.0.1", Bump::Patch, true, "0.0.1"),
        ]);
    }

    #[test]
    fn a_pre_release_pays_as_its_release_and_orders_before_it() {
        check(&[
            ("1.1.0", "2.0.0-rc.1", Bump::Major, true, "2.0.0"),
            ("1.1.0", "1.2.0-alpha", Bump::Major, false, "2.0.0"),
            ("1.1.0", "1.1.0-rc.1", Bump::None, false, "1.1.0"),
            ("1.1.0", "1.1.0-rc.1", Bump::Patch, false, "1.1.1"),
            ("1.1.0", "1.1.1-rc.1", Bump::Patch, true, "1.1.1"),
            ("2.0.0-rc.1", "2.0.0", Bump::None, true, "2.0.0-rc.1"),
            ("2.0.0-rc.2", "2.0.0-rc.10", Bump::None, true, "2.0.0-rc.2"),
            (
                "2.0.0-rc.10",
                "2.0.0-rc.2",
                Bump::None,
                false,
                "2.0.0-rc.10",
            ),
        ]);
    }

    #[test]
    fn build_metadata_neither_pays_nor_orders() {
        check(&[
            ("1.1.0", "1.1.0+build.2", Bump::None, true, "1.1.0"),
            ("1.1.0", "1.1.0+build.2", Bump::Patch, false, "1.1.1"),
            (
                "1.1.0+build.9",
                "1.1.0+build.1",
                Bump::None,
                true,
                "1.1.0+build.9",
            ),
            ("1.1.0+build.9", "1.1.1+build.1", Bump::Patch, true, "1.1.1"),
            (
                "1.1.0+build.9",
                "2.0.0-rc.1+build.1",
                Bump::Major,
                true,
                "2.0.0",
            ),
        ]);
    }

    #[test]
    fn numbers_have_no_limit() {
        check(&[
            (
                "18446744073709551615.0.0",
                "18446744073709551616.0.0",
                Bump::Major,
                true,
                "18446744073709551616.0.0",
            ),
            (
                "99999999999999999999.0.0",
                "99999999999999999999.0.1",
                Bump::Major,
                false,
                "100000000000000000000.0.0",
            ),
            (
                "1.99999999999999999999.0",
                "2.0.0",
                Bump::Major,
                true,
                "2.0.0",
            ),
        ]);
    }

    #[test]
    fn a_pre_release_promises_nothing_yet() {
        check(&[
            (
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                Bump::Patch,
                true,
                "1.0.0-alpha.1",
            ),
            ("2.0.0-rc.1", "2.0.0-rc.2", Bump::Major, true, "2.0.0-rc.2"),
            ("2.0.0-rc.1", "2.0.0", Bump::Major, true, "2.0.0-rc.2"),
            ("1.1.0-rc.1", "1.1.0-rc.2", Bump::Major, true, "1.1.0-rc.2"),
            (
                "2.0.0-rc.1",
                "2.0.0-rc.1.1",
                Bump::Major,
                true,
                "2.0.0-rc.1.1",
            ),
            ("2.0.0-rc.1", "3.0.0-rc.1", Bump::Major, true, "2.0.0-rc.2"),
            ("2.0.0-rc.2", "2.0.0-rc.1", Bump::Patch, false, "2.0.0-rc.3"),
            (
                "2.0.0-rc.1",
                "2.0.0-rc.1+build.2",
                Bump::Patch,
                false,
                "2.0.0-rc.2",
            ),
            ("2.0.0-rc.1", "1.9.0", Bump::Minor, false, "2.0.0-rc.2"),
        ]);
    }

    #[test]
    fn a_declared_version_that_is_not_semantic_pays_for_nothing() {
        check(&[
            ("1.0.0", "next", Bump::Major, false, "2.0.0"),
            ("1.0.0", "next", Bump::Minor, true, "next"),
            ("1.0.0", "1.0", Bump::Major, false, "2.0.0"),
            ("1.0.0", "v2.0.0", Bump::Major, false, "2.0.0"),
            ("1.0.0", "02.0.0", Bump::Major, false, "2.0.0"),
            ("2024-01", "2024-02", Bump::Major, false, "1.0.0"),
            ("2024-01", "2024-02", Bump::Minor, true, "2024-02"),
            ("2024-01", "2024-02", Bump::Patch, true, "2024-02"),
            ("2024-01", "2024-01", Bump::Minor, false, "1.0.0"),
            ("2024-01", "2024-01", Bump::Patch, false, "1.0.0"),
            ("2024-01", "2024-01", Bump::None, true, "2024-01"),
        ]);
    }

    #[test]
    fn a_semantic_version_after_another_kind_opens_a_series() {
        check(&[
            ("2024-01", "1.0.0", Bump::Major, true, "1.0.0"),
            ("2024-01", "5.0.0", Bump::Major, true, "5.0.0"),
            ("2024-01", "1.0.0-rc.1", Bump::Major, true, "1.0.0-rc.1"),
            ("2024-01", "0.9.0", Bump::Major, false, "1.0.0"),
            ("2024-01", "0.1.0", Bump::Minor, true, "0.1.0"),
            ("2024-01", "1.0.0", Bump::None, true, "1.0.0"),
        ]);
    }
}
