//! What rules see, and where they put what they find.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use zonecut_contract::model::Server;
use zonecut_contract::{Classification, Contract, Node, Product, canonical};
use zonecut_diagnostics::report::Waiver;
use zonecut_diagnostics::{Finding, Fingerprint, Perspective, Place, Severity, Verdict};

use crate::edition::Edition;
use crate::encoding::Encoded;
use crate::fact::{Fact, FactKind};
use crate::rule::Category;
use crate::rule_levels::{Level, RuleLevels};
use crate::rules::{ClassChange, VERSION_TOO_SMALL};
use crate::settings::{Mode, Settings};
use crate::targets::{Demand, Impact, Target};
use crate::types::Relation;
use crate::version::Bump;
use crate::waivers::Bench;

/// Two versions of a contract and all that differs between them.
pub struct Comparison<'a> {
    /// The old version; absent for a new contract.
    pub before: Option<&'a Contract>,
    /// The new version; absent for a deleted contract.
    pub after: Option<&'a Contract>,
    /// The product that was deleted, where one was.
    pub gone: Option<&'a Product>,
    /// Every difference.
    pub facts: &'a [Fact<'a>],
    /// Which readers count.
    pub mode: Mode,
    /// Now.
    pub now: DateTime<Utc>,
    /// What classes and tags stand for.
    pub classification: &'a Classification,
    /// Whether either version holds personal data.
    pub personal: bool,
    /// What the facts ask of the targets, beyond what is possible in place.
    pub impacts: &'a [Impact<'a>],
    /// The servers of which nobody knows what the facts ask of them.
    pub(crate) unjudged: &'a [&'a Server],
    /// The objects that are judged as a whole, by their encoding.
    pub(crate) encoded: &'a [Encoded<'a>],
    /// The changes of classes, for the first rule that asks: finding them takes a look at all elements.
    pub(crate) classes: OnceCell<Vec<ClassChange<'a>>>,
}

impl<'a> Comparison<'a> {
    /// The facts that state another meaning.
    pub fn changes(&self) -> impl Iterator<Item = &'a Fact<'a>> + use<'a> {
        self.facts
            .iter()
            .filter(|fact| fact.kind != FactKind::Respelled)
    }

    /// `grave` where readers of the old version meet what the new one writes, else a note.
    #[must_use]
    pub fn old_readers(&self, grave: Severity) -> Severity {
        self.readers(Relation::Wider, grave)
    }

    /// `grave` where readers of the new version meet what the old one wrote; nothing where they
    /// never do.
    #[must_use]
    pub fn new_readers(&self, grave: Severity) -> Option<Severity> {
        self.mode
            .breaks_readers(Relation::Narrower)
            .then_some(grave)
    }

    fn readers(&self, values: Relation, grave: Severity) -> Severity {
        if self.mode.breaks_readers(values) {
            grave
        } else {
            Severity::Note
        }
    }

    /// `grave` where the contract holds personal data, else a note.
    #[must_use]
    pub fn if_personal(&self, grave: Severity) -> Severity {
        if self.personal { grave } else { Severity::Note }
    }
}

/// A finding before it gets its fingerprint.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    pub(crate) rule: &'static str,
    pub(crate) perspective: Perspective,
    pub(crate) severity: Severity,
    /// Whether the repository wants to hear of it.
    told: bool,
    pub(crate) bump: Bump,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) fact: Option<&'a Fact<'a>>,
    /// The targets that it is about, and how grave it is to each.
    pub(crate) targets: Vec<(&'static str, Severity)>,
    pub(crate) values: (Option<&'a Node>, Option<&'a Node>),
    /// The old and the new value in words, where they are no single node.
    words: Option<(String, String)>,
    pub(crate) places: (Option<Place>, Option<Place>),
}

impl Draft<'_> {
    /// An addition or a stronger promise: it takes a minor version.
    pub fn minor(&mut self) {
        self.bump = Bump::Minor;
    }

    /// Names the targets that it is about. What a target has to do is as grave to it as its table
    /// says, whatever it is to the producer.
    pub fn about<'t>(&mut self, demands: impl IntoIterator<Item = &'t Demand>) {
        let gravity = |demand: &Demand| (demand.target.name, demand.row.outcome.severity());
        self.targets = demands.into_iter().map(gravity).collect();
    }
}

/// What the rules found so far.
pub struct Findings<'a> {
    pub(crate) rule: &'static str,
    pub(crate) category: Category,
    /// The objects that are judged as a whole.
    pub(crate) encoded: &'a [Encoded<'a>],
    drafts: Vec<Draft<'a>>,
    claimed: HashSet<*const Fact<'a>>,
    softened: bool,
    contract_id: &'a str,
    levels: &'a RuleLevels,
    bench: Bench<'a>,
}

impl<'a> Findings<'a> {
    /// An empty collection about two versions.
    pub(crate) fn new(
        before: Option<Edition<'a>>,
        after: Option<Edition<'a>>,
        settings: &Settings<'a>,
    ) -> Self {
        Self {
            rule: "",
            category: Category::Lifecycle,
            drafts: Vec::new(),
            claimed: HashSet::new(),
            softened: before.is_some_and(|edition| edition.is_tentative),
            contract_id: before.or(after).map_or("", |edition| edition.id),
            levels: settings.levels,
            bench: Bench::new(settings.waivers, settings.now, before, after),
            encoded: &[],
        }
    }

    /// Reports what a fact means.
    pub fn report(
        &mut self,
        fact: &'a Fact<'a>,
        perspective: Perspective,
        severity: Severity,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Draft<'a> {
        self.claim(fact);
        let (severity, help) = if self.is_judged_as_a_whole(fact, perspective) {
            (Severity::Note, AS_A_WHOLE.to_owned())
        } else {
            (severity, help.into())
        };
        let values = (fact.before, fact.after);
        let places = (fact.before_at.clone(), fact.after_at.clone());
        let path = fact.path.clone();
        let draft = self.add(
            path,
            values,
            places,
            (perspective, severity),
            message.into(),
            help,
        );
        draft.fact = Some(fact);
        draft
    }

    /// Reports something that is no single fact.
    pub fn report_at(
        &mut self,
        path: &str,
        places: (Option<Place>, Option<Place>),
        grade: (Perspective, Severity),
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Draft<'a> {
        self.add(
            path.to_owned(),
            (None, None),
            places,
            grade,
            message.into(),
            help.into(),
        )
    }

    /// Reports what several keys together mean; `words` are the old and the new value.
    pub(crate) fn report_whole(
        &mut self,
        path: &str,
        words: (String, String),
        places: (Option<Place>, Option<Place>),
        grade: (Perspective, Severity),
        message: &str,
        help: &str,
    ) {
        self.report_at(path, places, grade, message, help).words = Some(words);
    }

    /// Whether the encoding of the object says what the fact means to readers and writers: one key
    /// alone does not.
    fn is_judged_as_a_whole(&self, fact: &Fact<'_>, perspective: Perspective) -> bool {
        let about_values = matches!(self.category, Category::Structure | Category::Values)
            && fact.section == "schema"
            && !is_extension(fact.field());
        about_values
            && perspective != Perspective::Governance
            && self.encoded.iter().any(|object| object.holds(&fact.path))
    }

    /// Marks a fact as judged without a finding of its own.
    pub fn claim(&mut self, fact: &'a Fact<'a>) {
        self.claimed.insert(std::ptr::from_ref(fact));
    }

    /// Whether a rule has judged this fact.
    #[must_use]
    pub fn is_claimed(&self, fact: &'a Fact<'a>) -> bool {
        self.claimed.contains(&std::ptr::from_ref(fact))
    }

    fn add(
        &mut self,
        path: String,
        values: (Option<&'a Node>, Option<&'a Node>),
        places: (Option<Place>, Option<Place>),
        (perspective, severity): (Perspective, Severity),
        message: String,
        help: String,
    ) -> &mut Draft<'a> {
        let rule = self.rule;
        let level = self.levels.of(rule, perspective, severity);
        let softened = self.softened && perspective == Perspective::Consumer;
        let severity = match level {
            Level::At(severity) if !softened => severity,
            _ => Severity::Note,
        };
        self.drafts.push(Draft {
            rule,
            perspective,
            severity,
            told: level != Level::Off,
            bump: Bump::Patch,
            path,
            message,
            help,
            fact: None,
            targets: Vec::new(),
            values,
            words: None,
            places,
        });
        let last = self.drafts.len() - 1;
        #[expect(
            clippy::indexing_slicing,
            reason = "the draft was pushed two lines above"
        )]
        &mut self.drafts[last]
    }

    /// What all findings together cost. That the version does not pay is no cost of its own, and
    /// what somebody answers for is free.
    #[must_use]
    pub(crate) fn bump(&self) -> Bump {
        self.drafts
            .iter()
            .filter(|draft| draft.told && draft.rule != VERSION_TOO_SMALL)
            .filter(|draft| self.waiver(draft).is_none())
            .map(Draft::cost)
            .max()
            .unwrap_or(Bump::None)
    }

    /// What breaks readers or writers names the targets that it breaks as well. Governance is about
    /// people, not about storage.
    pub(crate) fn name_broken_targets(&mut self, impacts: &[Impact<'_>]) {
        let by_fact: HashMap<*const Fact<'_>, &Impact<'_>> = impacts
            .iter()
            .map(|impact| (std::ptr::from_ref(impact.fact), impact))
            .collect();
        for draft in &mut self.drafts {
            let is_grave = draft.severity > Severity::Note;
            let is_of_storage = draft.perspective != Perspective::Governance;
            if is_grave
                && is_of_storage
                && draft.targets.is_empty()
                && let Some(fact) = draft.fact
                && let Some(impact) = by_fact.get(&std::ptr::from_ref(fact))
            {
                let gravity = draft.severity;
                let names = impact.rewritten().map(|demand| demand.target.name);
                draft.targets = names.map(|name| (name, gravity)).collect();
            }
        }
    }

    /// The verdict of each target: the highest severity to it of the unwaived findings about it.
    pub(crate) fn verdicts(&self, targets: &[&'static Target]) -> BTreeMap<String, Verdict> {
        let mut highest: HashMap<&str, Severity> = HashMap::new();
        let drafts = self.drafts.iter();
        let counted = drafts.filter(|draft| draft.told && !draft.targets.is_empty());
        for draft in counted.filter(|draft| self.waiver(draft).is_none()) {
            for (name, severity) in &draft.targets {
                let known = highest.entry(name).or_insert(*severity);
                *known = (*known).max(*severity);
            }
        }
        let verdict = |target: &&Target| {
            let severity = highest.get(target.name).copied();
            (target.name.to_owned(), severity.into())
        };
        targets.iter().map(verdict).collect()
    }

    /// All that is to be told, each with its identity and its waiver.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        let drafts = std::mem::take(&mut self.drafts).into_iter();
        drafts
            .filter(|draft| draft.told)
            .map(|draft| Finding {
                fingerprint: draft.fingerprint(self.contract_id),
                waiver: self.waiver(&draft).cloned(),
                rule: draft.rule.to_owned(),
                perspective: draft.perspective,
                severity: draft.severity,
                path: draft.path,
                message: draft.message,
                help: draft.help,
                before: draft.places.0,
                after: draft.places.1,
                targets: draft
                    .targets
                    .into_iter()
                    .map(|(name, _)| name.to_owned())
                    .collect(),
                affects: Vec::new(),
            })
            .collect()
    }

    fn waiver(&self, draft: &Draft<'_>) -> Option<&'a Waiver> {
        if self.bench.is_empty() {
            return None;
        }
        let fingerprint = draft.fingerprint(self.contract_id);
        self.bench.covering(&fingerprint, draft.perspective)
    }
}

/// What helps where one key is only a part of what the encoding judges.
const AS_A_WHOLE: &str = "nothing to do here: the object is judged as a whole, by its encoding";

/// Custom properties mean what they mean in every encoding, but for the list of values.
fn is_extension(field: &str) -> bool {
    field
        .strip_prefix("customProperties[")
        .is_some_and(|rest| !rest.starts_with("enum]"))
}

impl Draft<'_> {
    fn fingerprint(&self, contract_id: &str) -> Fingerprint {
        let perspective = match self.perspective {
            Perspective::Consumer => "consumer",
            Perspective::Producer => "producer",
            Perspective::Governance => "governance",
        };
        let (old, new) = self.words.clone().unwrap_or_else(|| {
            let value =
                |node: Option<&Node>| node.map(canonical::without_secrets).unwrap_or_default();
            (value(self.values.0), value(self.values.1))
        });
        let parts = [contract_id, self.rule, perspective, &self.path, &old, &new];
        Fingerprint::of(&parts)
    }

    /// Breaking consumers takes a major version; governance never moves the number.
    fn cost(&self) -> Bump {
        match (self.perspective, self.severity) {
            (Perspective::Consumer, Severity::Breaking) => Bump::Major,
            _ => self.bump,
        }
    }
}
