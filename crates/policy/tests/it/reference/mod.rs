//! The reference evaluator: small, slow, written from the design's words alone. It works on the
//! tests' own worlds and shares no code with the crate.

mod elements;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use elements::{Element, Leaf, join, leaves, meant, picks, together};

use crate::world::{Contract, Question, Rule, RuleDocument, Subjects, When, World, moment, now};

/// How a column looks: `clear`, `denied`, or a mask document.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    Clear,
    Masked(Value),
    Denied,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub allow: bool,
    pub columns: BTreeMap<String, Look>,
    pub filters: BTreeSet<String>,
}

impl Answer {
    fn closed(question: &Question) -> Self {
        let columns = question
            .columns
            .iter()
            .flatten()
            .map(|path| (path.clone(), Look::Denied));
        Self {
            allow: false,
            columns: columns.collect(),
            filters: BTreeSet::from(["FALSE".to_owned()]),
        }
    }
}

/// What is known of a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Known {
    Yes,
    No,
    Unknown,
}

/// A question about one contract.
struct Case<'a> {
    world: &'a World,
    question: &'a Question,
    contract: &'a Contract,
    purpose: Option<String>,
    region: Option<String>,
    cloud: Option<String>,
}

pub fn decide(world: &World, question: &Question) -> Answer {
    let known_action =
        ["select", "insert", "update", "delete", "manage"].contains(&question.action.as_str());
    let contract = world
        .contracts
        .iter()
        .find(|contract| contract.id == question.contract);
    let contract =
        contract.filter(|contract| contract.status == "active" || contract.status == "deprecated");
    let engine = question
        .engine
        .as_ref()
        .map(|name| world.engines.iter().find(|engine| engine.name == *name));
    let (Some(contract), true, false) = (
        contract,
        known_action && question.object == "t",
        matches!(engine, Some(None)),
    ) else {
        return Answer::closed(question);
    };
    let engine = engine.flatten();
    let mut case = Case {
        world,
        question,
        contract,
        purpose: None,
        region: engine.and_then(|engine| engine.region.clone()),
        cloud: engine.and_then(|engine| engine.cloud.clone()),
    };
    let agreed = case.agreed_purposes();
    case.purpose = engine
        .and_then(|engine| engine.purpose.clone())
        .or_else(|| question.purpose.clone())
        .or_else(|| {
            if agreed.len() == 1 {
                agreed.first().cloned()
            } else {
                None
            }
        });
    case.answer()
}

impl Case<'_> {
    fn answer(&self) -> Answer {
        let leaves = leaves(self.contract);
        let looks: Vec<(&str, Look)> = leaves
            .iter()
            .map(|leaf| (leaf.path.as_str(), self.look(leaf)))
            .collect();
        let any = looks.iter().any(|(_, look)| *look != Look::Denied);
        let top: Vec<String> = self
            .contract
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        let asked = self.question.columns.clone().unwrap_or(top);
        let columns: BTreeMap<String, Look> = asked
            .iter()
            .map(|path| (path.clone(), together(path, &looks)))
            .collect();
        let allow = if asked.is_empty() {
            any
        } else {
            columns.values().all(|look| *look != Look::Denied)
        };
        let filters = if any {
            self.filters()
        } else {
            BTreeSet::from(["FALSE".to_owned()])
        };
        Answer {
            allow,
            columns,
            filters,
        }
    }

    /// Documents about this contract, and whether each is a guardrail.
    fn documents(&self) -> impl Iterator<Item = &RuleDocument> {
        self.world.rules.iter().filter(|document| {
            let own = document.domain.is_none() || document.domain == self.contract.domain;
            let by_product = |ids: &Vec<String>| {
                self.world.products.iter().any(|product| {
                    ids.contains(&product.id)
                        && product.contracts.contains(&self.contract.id)
                        && Some(&product.domain) == self.contract.domain.as_ref()
                })
            };
            own && document.products.as_ref().is_none_or(by_product)
                && document
                    .contracts
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&self.contract.id))
                && document
                    .tags
                    .as_ref()
                    .is_none_or(|tags| tags.iter().any(|tag| self.contract.tags.contains(tag)))
                && document.domains.as_ref().is_none_or(|domains| {
                    self.contract
                        .domain
                        .as_ref()
                        .is_some_and(|own| domains.contains(own))
                })
        })
    }

    /// Rules of a kind for the action asked.
    fn rules(&self, kind: &str) -> Vec<(&Rule, bool)> {
        let about = |rule: &Rule| match (&rule.actions, rule.kind) {
            (Some(actions), _) => actions.contains(&self.question.action),
            (None, "denies") => true,
            (None, _) => self.question.action == "select",
        };
        let documents = self.documents();
        let rules = documents.flat_map(|document| {
            document
                .rules
                .iter()
                .map(move |rule| (rule, document.domain.is_none()))
        });
        rules
            .filter(|(rule, _)| rule.kind == kind && about(rule))
            .collect()
    }

    fn falls(&self, rule: &Rule, guardrail: bool) -> bool {
        let exempt = rule
            .unless
            .as_ref()
            .is_some_and(|(to, when)| self.is(to, guardrail) && self.holds(when) == Known::Yes);
        self.is(&rule.to, guardrail) && self.holds(&rule.when) != Known::No && !exempt
    }

    fn look(&self, leaf: &Leaf<'_>) -> Look {
        let hidden = |rule: &Rule| leaf.chain.iter().any(|element| picks(rule, element));
        if self
            .rules("denies")
            .iter()
            .any(|(rule, guardrail)| self.falls(rule, *guardrail) && hidden(rule))
        {
            return Look::Denied;
        }
        let own = leaf.chain.last().expect("itself");
        let granted = self.rules("grants").iter().any(|(rule, _)| {
            self.is(&rule.to, false) && self.holds(&rule.when) == Known::Yes && picks(rule, own)
        });
        let by_role = self.question.action == "select"
            && self
                .contract
                .roles
                .iter()
                .any(|(role, access)| access == "read" && self.holds_role(role, false));
        if !granted && !by_role && !self.agreement_opens(own) {
            return Look::Denied;
        }
        let masks = self
            .rules("masks")
            .into_iter()
            .filter(|(rule, guardrail)| self.falls(rule, *guardrail) && hidden(rule));
        let joined = masks
            .map(|(rule, _)| meant(&rule.what, own))
            .reduce(|a, b| join(&a, &b));
        joined.map_or(Look::Clear, Look::Masked)
    }

    fn agreement_opens(&self, leaf: &Element<'_>) -> bool {
        self.question.action == "select"
            && self.active_agreements().any(|agreement| {
                let names = agreement
                    .columns
                    .as_ref()
                    .is_none_or(|names| leaf.paths.iter().any(|path| names.contains(path)));
                Some(&agreement.purpose) == self.purpose.as_ref() && names
            })
    }

    fn active_agreements(&self) -> impl Iterator<Item = &zonecut_policy::Agreement> {
        self.world.agreements.iter().filter(|agreement| {
            let who = agreement.users.contains(&self.question.user)
                || agreement
                    .groups
                    .iter()
                    .any(|group| self.question.groups.contains(group));
            let product = self.world.products.iter().any(|product| {
                product.id == agreement.product
                    && product.contracts.contains(&self.contract.id)
                    && Some(&product.domain) == self.contract.domain.as_ref()
            });
            let begun = agreement.from.is_none_or(|from| from <= now());
            who && product && begun && now() < agreement.until
        })
    }

    fn agreed_purposes(&self) -> BTreeSet<String> {
        self.active_agreements()
            .map(|agreement| agreement.purpose.clone())
            .collect()
    }

    fn is(&self, to: &Subjects, guardrail: bool) -> bool {
        to.users
            .as_ref()
            .is_none_or(|users| users.contains(&self.question.user))
            && to.groups.as_ref().is_none_or(|groups| {
                groups
                    .iter()
                    .any(|group| self.question.groups.contains(group))
            })
            && to
                .roles
                .as_ref()
                .is_none_or(|roles| roles.iter().any(|role| self.holds_role(role, guardrail)))
    }

    /// Global documents count everywhere, a domain's for its own contracts; a guardrail looks at
    /// the global ones only.
    fn holds_role(&self, role: &str, guardrail: bool) -> bool {
        let counts = |domain: &Option<String>| {
            domain.is_none() || (!guardrail && *domain == self.contract.domain)
        };
        let documents: Vec<_> = self
            .world
            .roles
            .iter()
            .filter(|document| counts(&document.domain))
            .collect();
        let mut held: BTreeSet<&str> = BTreeSet::new();
        for (role, users, groups) in documents.iter().flat_map(|document| &document.bindings) {
            if users.contains(&self.question.user)
                || groups
                    .iter()
                    .any(|group| self.question.groups.contains(group))
            {
                held.insert(role);
            }
        }
        loop {
            let more: Vec<&str> = documents
                .iter()
                .flat_map(|document| &document.roles)
                .filter(|(name, _)| held.contains(name.as_str()))
                .flat_map(|(_, inherits)| inherits.iter().map(String::as_str))
                .filter(|role| !held.contains(role))
                .collect();
            if more.is_empty() {
                return held.contains(role);
            }
            held.extend(more);
        }
    }

    fn holds(&self, when: &When) -> Known {
        let attribute =
            |wanted: &Option<Vec<String>>, stated: Option<&String>| match (wanted, stated) {
                (None, _) => Known::Yes,
                (Some(_), None) => Known::Unknown,
                (Some(wanted), Some(stated)) => {
                    if wanted.contains(stated) {
                        Known::Yes
                    } else {
                        Known::No
                    }
                }
            };
        let agreement = match (&self.purpose, self.agreed_purposes()) {
            _ if !when.agreement => Known::Yes,
            (Some(purpose), agreed) => {
                if agreed.contains(purpose) {
                    Known::Yes
                } else {
                    Known::No
                }
            }
            (None, agreed) => {
                if agreed.is_empty() {
                    Known::No
                } else {
                    Known::Unknown
                }
            }
        };
        let in_time = when.from.is_none_or(|from| moment(from) <= now())
            && when.until.is_none_or(|until| now() < moment(until));
        let all = [
            attribute(&when.purposes, self.purpose.as_ref()),
            attribute(&when.regions, self.region.as_ref()),
            attribute(&when.clouds, self.cloud.as_ref()),
            attribute(&when.engines, self.question.engine.as_ref()),
            agreement,
            if in_time { Known::Yes } else { Known::No },
        ];
        if all.contains(&Known::No) {
            Known::No
        } else if all.contains(&Known::Unknown) {
            Known::Unknown
        } else {
            Known::Yes
        }
    }

    fn filters(&self) -> BTreeSet<String> {
        let mut groups = self.question.groups.clone();
        groups.sort();
        let quoted: Vec<String> = groups.iter().map(|group| format!("'{group}'")).collect();
        let text = |rows: &str| match rows {
            "txt = principal.user" => format!("txt = '{}'", self.question.user),
            "txt in principal.groups" if groups.is_empty() => "FALSE".to_owned(),
            "txt in principal.groups" => format!("txt IN ({})", quoted.join(", ")),
            "txt is not null" => "NOT (txt IS NULL)".to_owned(),
            other => other.to_owned(),
        };
        let falling = self
            .rules("filters")
            .into_iter()
            .filter(|(rule, guardrail)| self.falls(rule, *guardrail));
        falling
            .map(|(rule, _)| text(rule.what.as_str().expect("rows")))
            .collect()
    }
}
