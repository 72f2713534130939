//! Waivers: findings that somebody answers for, until a day.
//!
//! Belongs here: reading `zonecut.waivers.yaml`, which finding a waiver covers, and what became of
//! each waiver. Does not belong here: where the file lies (`cli`).

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use zonecut_contract::finding::Findings;
use zonecut_contract::node::Node;
use zonecut_contract::read::{self, Parsed};
use zonecut_contract::spelling;
use zonecut_contract::strict::{Reader, join};
use zonecut_diagnostics::report::{ContractReport, Waiver, WaiverReport, WaiverState};
use zonecut_diagnostics::{Fingerprint, Perspective, Place};

use crate::edition::Edition;

const KEYS: [&str; 4] = ["fingerprint", "reason", "owner", "expires"];

/// The waivers of a repository.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    list: Vec<(Fingerprint, Waiver, Place)>,
}

/// Whose word counts on findings for governance, and when it is.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    waivers: &'a Waivers,
    today: NaiveDate,
    approvers: Vec<&'a str>,
}

impl Waivers {
    /// No waivers.
    pub const NONE: &'static Self = &Self { list: Vec::new() };

    /// Reads a document like this; a fingerprint is that of a finding, as every format prints it.
    ///
    /// ```yaml
    /// waivers:
    ///   - fingerprint: 3f0c9a5be1d24c77
    ///     reason: nobody has read the column since the resolvers were exchanged
    ///     owner: dns-operations@example.org
    ///     expires: 2027-03-31
    /// ```
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> Parsed<Self> {
        let file: Arc<str> = file.into();
        let mut findings = Findings::new(&file);
        let tree = read::parse(&file, bytes, &mut findings);
        let waivers = tree.map(|tree| {
            let mut reader = Reader {
                file: &file,
                findings: &mut findings,
            };
            read_all(&mut reader, &tree.root)
        });
        Parsed::new(waivers, findings)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What became of each, in the order of the file.
    #[must_use]
    pub fn review(&self, reports: &[ContractReport], now: DateTime<Utc>) -> Vec<WaiverReport> {
        let mut covered: HashMap<&Fingerprint, bool> = HashMap::new();
        for finding in reports.iter().flat_map(|report| &report.findings) {
            *covered.entry(&finding.fingerprint).or_default() |= finding.waiver.is_some();
        }
        let today = now.date_naive();
        let state = |fingerprint, waiver: &Waiver| match covered.get(fingerprint) {
            Some(true) => WaiverState::Used,
            _ if is_over(waiver, today) => WaiverState::Expired,
            Some(false) => WaiverState::Refused,
            None => WaiverState::Unused,
        };
        self.list
            .iter()
            .map(|(fingerprint, waiver, at)| WaiverReport {
                state: state(fingerprint, waiver),
                fingerprint: fingerprint.clone(),
                waiver: waiver.clone(),
                at: at.clone(),
            })
            .collect()
    }

    fn find(&self, fingerprint: &Fingerprint) -> Option<&Waiver> {
        self.list
            .iter()
            .find(|(known, ..)| known == fingerprint)
            .map(|(_, waiver, _)| waiver)
    }
}

impl<'a> Bench<'a> {
    /// The approvers are those of the version in force: no change names its own judge.
    pub(crate) fn new(
        waivers: &'a Waivers,
        now: DateTime<Utc>,
        before: Option<Edition<'a>>,
        after: Option<Edition<'a>>,
    ) -> Self {
        let approvers = if waivers.is_empty() {
            Vec::new()
        } else {
            before
                .or(after)
                .map(|edition| approvers(&edition.document.root))
                .unwrap_or_default()
        };
        Self {
            waivers,
            today: now.date_naive(),
            approvers,
        }
    }

    /// Whether any finding can be covered at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.waivers.is_empty()
    }

    /// The waiver that covers a finding. For governance its owner must be a named approver.
    pub(crate) fn covering(
        &self,
        fingerprint: &Fingerprint,
        perspective: Perspective,
    ) -> Option<&'a Waiver> {
        let waiver = self.waivers.find(fingerprint)?;
        let may = perspective != Perspective::Governance
            || self
                .approvers
                .iter()
                .any(|approver| approver.eq_ignore_ascii_case(&waiver.owner));
        (may && !is_over(waiver, self.today)).then_some(waiver)
    }
}

/// The day of expiry is the last on which a waiver holds.
fn is_over(waiver: &Waiver, today: NaiveDate) -> bool {
    waiver.expires < today
}

/// Whom a contract names as approvers: `firstLevelApprovers` and `secondLevelApprovers` of its
/// roles (ODCS 3.1, "Roles"), several with commas between them, and the list `approvers` among its
/// custom properties.
fn approvers(root: &Node) -> Vec<&str> {
    let items = |key| root.get(key).map(Node::items).unwrap_or_default();
    let of_roles = items("roles").iter().flat_map(|role| {
        ["firstLevelApprovers", "secondLevelApprovers"]
            .into_iter()
            .filter_map(|key| role.get(key)?.as_str())
    });
    let named = items("customProperties")
        .iter()
        .filter(|item| item.get("property").and_then(Node::as_str) == Some("approvers"))
        .filter_map(|item| item.get("value"))
        .flat_map(|value| value.items().iter().chain([value]))
        .filter_map(Node::as_str);
    of_roles
        .chain(named)
        .flat_map(|text| text.split([',', ';']))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

fn read_all(reader: &mut Reader<'_>, root: &Node) -> Waivers {
    let mut waivers = Waivers::default();
    if !reader.mapping(root, "", &["waivers"]) {
        return waivers;
    }
    for (path, node) in reader.items(root, "waivers", "") {
        let Some((fingerprint, waiver)) = read_one(reader, node, &path) else {
            continue;
        };
        if waivers.find(&fingerprint).is_some() {
            let message = format!("`{}` is waived twice", fingerprint.as_str());
            let help = "keep one of the two waivers";
            reader.refuse("duplicate-waiver", node.span, &path, message, help);
            continue;
        }
        let at = reader.place(node.span);
        waivers.list.push((fingerprint, waiver, at));
    }
    waivers
}

fn read_one(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<(Fingerprint, Waiver)> {
    if !reader.mapping(node, path, &KEYS) {
        return None;
    }
    let mut word = |key, help: &str| {
        let path = join(path, key);
        let Some(child) = node.get(key) else {
            reader.missing(node, &path, help);
            return None;
        };
        let word = reader.word(child, &path)?;
        Some((word.text, child, path))
    };
    let fingerprint = word("fingerprint", "copy it from the finding");
    let reason = word(
        "reason",
        "say why the change is right in spite of the finding",
    );
    let owner = word("owner", "name who answers for it");
    let expires = word(
        "expires",
        "name the last day on which it holds, as in `2027-03-31`",
    );
    let fingerprint = fingerprint.and_then(|(text, child, path)| {
        let parsed = Fingerprint::parse(&text);
        if parsed.is_none() {
            let message = format!("`{}` is no fingerprint", spelling::quoted(&text));
            let help = "copy the sixteen hexadecimal characters from the finding";
            reader.refuse("fingerprint-invalid", child.span, &path, message, help);
        }
        parsed
    });
    let expires = expires.and_then(|(text, child, path)| {
        let parsed = text.parse::<NaiveDate>().ok();
        if parsed.is_none() {
            let message = format!("`{}` is no day", spelling::quoted(&text));
            let help = "write a day that exists, as in `2027-03-31`";
            reader.refuse("date-invalid", child.span, &path, message, help);
        }
        parsed
    });
    let waiver = Waiver {
        reason: reason?.0,
        owner: owner?.0,
        expires: expires?,
    };
    Some((fingerprint?, waiver))
}
