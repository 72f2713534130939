//! The laws of decisions, one property test each, on generated worlds.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::json;
use zonecut_mask::Mask;
use zonecut_policy::{Access, ColumnDecision, DecisionRequest, ObjectDecision, Snapshot};

use crate::agreement::{answer, ask, build};
use crate::world::{
    self, Choices, DOMAINS, PURPOSES, Question, Rule, RuleDocument, Subjects, When, World, moment,
    now,
};

/// A world, questions to it, and choices left for what the law changes.
fn given(seed: u64) -> (World, Vec<Question>, Choices) {
    let mut choices = Choices(seed);
    let world = World::new(&mut choices);
    let questions = (0..8).map(|_| Question::new(&mut choices)).collect();
    (world, questions, choices)
}

fn document(domain: Option<&str>, rule: Rule) -> RuleDocument {
    RuleDocument {
        name: "extra".to_owned(),
        domain: domain.map(ToOwned::to_owned),
        products: None,
        contracts: None,
        tags: None,
        domains: None,
        rules: vec![rule],
    }
}

fn bare(kind: &'static str, to: Subjects) -> Rule {
    Rule {
        kind,
        to,
        actions: None,
        names: None,
        tags: None,
        classes: None,
        types: None,
        when: When::default(),
        unless: None,
        what: json!(null),
    }
}

fn mask_of(column: &ColumnDecision) -> Option<Mask> {
    match column.access {
        Access::Clear => Some(Mask::Clear),
        Access::Masked => column.mask.clone(),
        Access::Denied => None,
    }
}

/// Whether `less` shows no more than `more` in any column, and no more rows.
fn shows_no_more(less: &ObjectDecision, more: &ObjectDecision) -> bool {
    let columns = less
        .columns
        .0
        .iter()
        .zip(&more.columns.0)
        .all(
            |((_, less), (_, more))| match (mask_of(less), mask_of(more)) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(less), Some(more)) => more.leq(&less),
            },
        );
    let closed = less
        .filters
        .iter()
        .any(|filter| filter.expression == "FALSE");
    let rows = closed
        || more
            .filters
            .iter()
            .all(|filter| less.filters.contains(filter));
    columns && rows && (!less.allow || more.allow)
}

fn assert_restricts(seed: u64, kind: &'static str) -> Result<(), TestCaseError> {
    let (mut world, questions, mut choices) = given(seed);
    let before = build(&world);
    let domain = choices.chance(60).then(|| choices.one(&DOMAINS));
    world
        .rules
        .push(document(domain, world::rule(kind, &mut choices)));
    let after = build(&world);
    for question in &questions {
        let (less, more) = (ask(&after, question), ask(&before, question));
        prop_assert!(
            shows_no_more(&less, &more),
            "{less:#?}\n{more:#?}\n{question:#?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn default_deny(seed: u64) {
        let (mut world, questions, _) = given(seed);
        world.agreements.clear();
        world.contracts.iter_mut().for_each(|contract| contract.roles.clear());
        for document in &mut world.rules {
            document.rules.retain(|rule| rule.kind != "grants");
        }
        let snapshot = build(&world);
        for question in &questions {
            let decision = ask(&snapshot, question);
            prop_assert!(!decision.allow && !decision.reasons.is_empty());
            prop_assert!(decision.columns.0.iter().all(|(_, column)| column.access == Access::Denied));
        }
    }

    #[test]
    fn deny_wins(seed: u64) {
        let (mut world, questions, _) = given(seed);
        world.rules.push(document(None, bare("denies", Subjects::default())));
        let snapshot = build(&world);
        for question in &questions {
            prop_assert!(!ask(&snapshot, question).allow);
        }
    }

    #[test]
    fn order_and_repetition_of_policies_change_nothing(seed: u64) {
        let (mut world, questions, _) = given(seed);
        let before = build(&world);
        world.rules.reverse();
        world.roles.reverse();
        world.contracts.reverse();
        world.products.reverse();
        world.agreements.reverse();
        let reversed = build(&world);
        let copies = world.rules.iter().map(|document| RuleDocument { name: format!("{}-copy", document.name), ..document.clone() });
        let copies = copies.collect::<Vec<_>>();
        world.rules.extend(copies);
        world.rules.iter_mut().for_each(|document| document.rules.reverse());
        let repeated = build(&world);
        for question in &questions {
            let first = ask(&before, question);
            prop_assert_eq!(&first, &ask(&reversed, question));
            prop_assert_eq!(answer(&first), answer(&ask(&repeated, question)));
        }
    }

    #[test]
    fn adding_a_deny_never_reveals_more(seed: u64) {
        assert_restricts(seed, "denies")?;
    }

    #[test]
    fn adding_a_mask_never_reveals_more(seed: u64) {
        assert_restricts(seed, "masks")?;
    }

    #[test]
    fn adding_a_filter_never_reveals_more(seed: u64) {
        assert_restricts(seed, "filters")?;
    }

    #[test]
    fn adding_a_grant_never_hides(seed: u64) {
        let (mut world, questions, mut choices) = given(seed);
        let before = build(&world);
        world.rules.push(document(Some(choices.one(&DOMAINS)), world::rule("grants", &mut choices)));
        let after = build(&world);
        for question in &questions {
            prop_assert!(shows_no_more(&ask(&before, question), &ask(&after, question)));
        }
    }

    #[test]
    fn saying_less_never_reveals_more(seed: u64) {
        let (mut world, questions, _) = given(seed);
        // Agreements may name the purpose; without them silence infers nothing.
        world.agreements.clear();
        let snapshot = build(&world);
        for stated in &questions {
            let own = world.engines.iter().find(|engine| Some(&engine.name) == stated.engine.as_ref()).and_then(|engine| engine.purpose.clone());
            let known = stated.engine.as_deref() != Some("ghost");
            for purpose in PURPOSES {
                let inferred = own.clone().unwrap_or_else(|| purpose.to_owned());
                let all = Question { purpose: Some(inferred.clone()), ..stated.clone() };
                let no_purpose = Question { purpose: None, ..stated.clone() };
                prop_assert!(shows_no_more(&ask(&snapshot, &no_purpose), &ask(&snapshot, &all)));
                if known {
                    let no_engine = Question { engine: None, ..all.clone() };
                    prop_assert!(shows_no_more(&ask(&snapshot, &no_engine), &ask(&snapshot, &all)));
                }
            }
        }
    }

    #[test]
    fn an_inferred_purpose_reveals_no_more_than_the_same_stated(seed: u64) {
        let (world, questions, _) = given(seed);
        let snapshot = build(&world);
        for question in questions.iter().filter(|question| question.engine.as_deref() != Some("e1")) {
            let silent = ask(&snapshot, &Question { purpose: None, ..question.clone() });
            let stated = PURPOSES.map(|purpose| ask(&snapshot, &Question { purpose: Some(purpose.to_owned()), ..question.clone() }));
            prop_assert!(stated.iter().any(|stated| shows_no_more(&silent, stated)));
        }
    }

    #[test]
    fn caches_change_nothing(seed: u64) {
        let (world, questions, _) = given(seed);
        let input = world.input();
        let warm = Snapshot::build(&input).expect("holds together");
        let times: [DateTime<Utc>; 3] = [now(), moment(world::LATER), moment("2025-01-01T00:00:00Z")];
        for (question, time) in questions.iter().zip(times.into_iter().cycle()) {
            let body = question.json().to_string();
            let request: DecisionRequest<'_> = serde_json::from_str(&body).expect("a request");
            let explained = DecisionRequest { explain: true, ..request.clone() };
            for earlier in times {
                let _ = (warm.decide(&explained, "id", earlier), warm.decide(&request, "id", earlier));
            }
            let cold = Snapshot::build(&input).expect("holds together");
            prop_assert_eq!(warm.decide(&request, "id", time), cold.decide(&request, "id", time));
        }
    }

    #[test]
    fn every_decision_names_its_serial(seed: u64, serial: u64) {
        let (world, questions, _) = given(seed);
        let mut input = world.input();
        input.serial = serial;
        let snapshot = Snapshot::build(&input).expect("holds together");
        let body = questions[0].json().to_string();
        let request: DecisionRequest<'_> = serde_json::from_str(&body).expect("a request");
        let response = snapshot.decide(&request, "the id", now());
        prop_assert_eq!((response.serial, response.id.as_str(), response.decisions.len()), (serial, "the id", 1));
    }

    #[test]
    fn obligations_are_never_dropped(seed: u64) {
        let (world, questions, _) = given(seed);
        let snapshot = build(&world);
        for question in &questions {
            let whole = ask(&snapshot, &Question { columns: Some(world::PATHS.map(ToOwned::to_owned).to_vec()), ..question.clone() });
            let part = ask(&snapshot, question);
            prop_assert_eq!(&part.filters, &whole.filters);
            for (path, column) in part.columns.0.iter().filter(|(path, _)| path != "ghost") {
                prop_assert_eq!(Some(column), whole.columns.get(path));
                prop_assert_eq!(column.access == Access::Masked, column.mask.is_some());
                let dominated = column.enforced.as_ref().is_none_or(|enforced| column.mask.as_ref().is_some_and(|mask| mask.leq(enforced)));
                prop_assert!(dominated, "{:?}", column);
                let written = column.access != Access::Masked || question.engine.is_none() || column.expression.is_some();
                prop_assert!(written, "{:?}", column);
            }
        }
    }

    #[test]
    fn an_unbound_principal_gets_nothing(seed: u64) {
        let (world, questions, _) = given(seed);
        let snapshot = build(&world);
        for question in &questions {
            let nobody = Question { user: "stranger".to_owned(), groups: Vec::new(), ..question.clone() };
            prop_assert!(!ask(&snapshot, &nobody).allow);
        }
    }
}
