//! The least version that pays for a change.

use semver::Version;

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

/// What `Advice::required` says where the numbers of the old version have no successor.
pub const NO_VERSION: &str = "no version";

/// Whether the declared version pays for a change, and what would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The least version that pays; `NO_VERSION` where none can.
    pub required: String,
    /// Whether the declared one does.
    pub pays: bool,
}

/// Weighs the declared version against what the change costs.
///
/// Semantic Versioning 2.0, sections 4 to 11: a pre-release counts as its release for paying and
/// orders before it; below 1.0.0 a breaking change takes a minor version, all else a patch.
#[must_use]
pub fn advise(before: &str, declared: &str, bump: Bump) -> Advice {
    match (Version::parse(before), Version::parse(declared)) {
        (Ok(old), Ok(new)) if bump == Bump::None => Advice {
            required: before.to_owned(),
            pays: new.cmp_precedence(&old).is_ge(),
        },
        (Ok(old), Ok(new)) => {
            let required = least(&old, bump);
            let pays = required
                .as_ref()
                .is_some_and(|least| release(&new) >= *least)
                && new.cmp_precedence(&old).is_gt();
            Advice {
                required: spelled(required),
                pays,
            }
        }
        (old, _) => {
            let pays = match bump {
                Bump::None => true,
                Bump::Patch | Bump::Minor => declared != before,
                Bump::Major => false,
            };
            let required = match old {
                _ if pays => declared.to_owned(),
                Ok(old) => spelled(least(&old, bump)),
                // The first semantic version: a contract without one has none to count from.
                Err(_) => "1.0.0".to_owned(),
            };
            Advice { required, pays }
        }
    }
}

/// Nothing where the number that would have to grow is as large as a version allows.
fn least(before: &Version, bump: Bump) -> Option<Version> {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *before;
    Some(match (major, bump) {
        (_, Bump::None) => before.clone(),
        (0, Bump::Major) => Version::new(0, minor.checked_add(1)?, 0),
        (0, _) | (_, Bump::Patch) => Version::new(major, minor, patch.checked_add(1)?),
        (_, Bump::Minor) => Version::new(major, minor.checked_add(1)?, 0),
        (_, Bump::Major) => Version::new(major.checked_add(1)?, 0, 0),
    })
}

fn spelled(required: Option<Version>) -> String {
    required.map_or_else(|| NO_VERSION.to_owned(), |version| version.to_string())
}

fn release(version: &Version) -> Version {
    Version::new(version.major, version.minor, version.patch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pays(before: &str, declared: &str, bump: Bump) -> bool {
        advise(before, declared, bump).pays
    }

    #[test]
    fn the_least_version_follows_the_damage() {
        assert_eq!(advise("1.1.0", "1.1.0", Bump::Major).required, "2.0.0");
        assert_eq!(advise("1.1.3", "1.1.0", Bump::Minor).required, "1.2.0");
        assert_eq!(advise("1.1.3", "1.1.0", Bump::Patch).required, "1.1.4");
        assert_eq!(advise("1.1.3", "1.1.3", Bump::None).required, "1.1.3");
        assert_eq!(advise("0.3.1", "0.3.1", Bump::Major).required, "0.4.0");
        assert_eq!(advise("0.3.1", "0.3.1", Bump::Minor).required, "0.3.2");
    }

    #[test]
    fn a_pre_release_pays_as_its_release_and_orders_by_semver() {
        assert!(pays("1.1.0", "2.0.0-rc.1", Bump::Major));
        assert!(!pays("1.1.0", "1.1.0-rc.1", Bump::None));
        assert!(!pays("2.0.0-rc.1", "2.0.0", Bump::Major));
    }

    #[test]
    fn the_largest_number_has_no_successor() {
        let most = u64::MAX;
        for (before, bump) in [
            (format!("{most}.0.0"), Bump::Major),
            (format!("1.{most}.0"), Bump::Minor),
            (format!("1.0.{most}"), Bump::Patch),
            (format!("0.{most}.0"), Bump::Major),
        ] {
            for declared in [before.as_str(), "2.0.0", "next"] {
                if declared == "next" && bump != Bump::Major {
                    continue;
                }
                let advice = advise(&before, declared, bump);
                assert_eq!((advice.required.as_str(), advice.pays), (NO_VERSION, false));
            }
        }
    }

    #[test]
    fn unchanged_and_lower_versions_do_not_pay() {
        assert!(!pays("1.1.0", "1.1.0", Bump::Patch));
        assert!(!pays("1.1.0", "1.0.9", Bump::None));
        assert!(pays("1.1.0", "1.1.0", Bump::None));
        assert!(!pays("1.1.0", "1.1.0+build.2", Bump::Patch));
    }

    #[test]
    fn a_version_that_is_not_semver_pays_for_nothing_breaking() {
        assert!(!pays("2024-01", "2024-02", Bump::Major));
        assert!(pays("2024-01", "2024-02", Bump::Minor));
        assert_eq!(
            advise("2024-01", "2024-02", Bump::Minor).required,
            "2024-02"
        );
        assert_eq!(advise("2024-01", "2024-02", Bump::Major).required, "1.0.0");
        assert!(!pays("2024-01", "2024-01", Bump::Patch));
        assert!(!pays("1.0.0", "next", Bump::Major));
    }
}
