//! The engine, the reference evaluator and casbin agree on generated worlds.

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use serde_json::json;
use zonecut_policy::{Access, DecisionRequest, ObjectDecision, Snapshot};

use crate::reference::{self, Answer, Look};
use crate::world::{
    Choices, DOMAINS, GROUPS, Question, ROLES, Rule, RuleDocument, Subjects, USERS, When, World,
    now,
};

/// What the engine answers.
pub fn ask(snapshot: &Snapshot, question: &Question) -> ObjectDecision {
    let body = question.json().to_string();
    let request: DecisionRequest<'_> = serde_json::from_str(&body).expect("a request");
    let response = snapshot.decide(&request, "id", now());
    let mut json = Vec::new();
    snapshot.decide_json(&request, "id", now(), &mut json);
    assert_eq!(
        serde_json::to_string(&response).expect("JSON"),
        String::from_utf8(json).expect("UTF-8")
    );
    (*response.decisions[0]).clone()
}

/// The answer in the reference's words.
pub fn answer(decision: &ObjectDecision) -> Answer {
    let look = |access, mask: &Option<zonecut_mask::Mask>| match access {
        Access::Clear => Look::Clear,
        Access::Denied => Look::Denied,
        Access::Masked => Look::Masked(serde_json::to_value(mask).expect("JSON")),
    };
    Answer {
        allow: decision.allow,
        columns: decision
            .columns
            .0
            .iter()
            .map(|(path, column)| (path.clone(), look(column.access, &column.mask)))
            .collect(),
        filters: decision
            .filters
            .iter()
            .map(|filter| filter.expression.clone())
            .collect(),
    }
}

pub fn build(world: &World) -> Snapshot {
    Snapshot::build(&world.input()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// How many worlds and questions each: thousands in a run of the tests, more when asked for.
fn size() -> (u64, usize) {
    let worlds = std::env::var("ZONECUT_WORLDS")
        .ok()
        .and_then(|text| text.parse().ok());
    (worlds.unwrap_or(150), 70)
}

#[test]
fn the_engine_agrees_with_the_reference() {
    let (worlds, questions) = size();
    let (mut looks, mut filtered) = ([0_usize; 3], 0_usize);
    for seed in 0..worlds {
        let mut choices = Choices(seed);
        let world = World::new(&mut choices);
        let snapshot = build(&world);
        for _ in 0..questions {
            let question = Question::new(&mut choices);
            let decided = answer(&ask(&snapshot, &question));
            let expected = reference::decide(&world, &question);
            assert_eq!(decided, expected, "seed {seed}\n{question:#?}\n{world:#?}");
            filtered += usize::from(decided.allow && !decided.filters.is_empty());
            for look in decided.columns.values() {
                looks[match look {
                    Look::Clear => 0,
                    Look::Masked(_) => 1,
                    Look::Denied => 2,
                }] += 1;
            }
        }
    }
    let all: usize = looks.iter().sum();
    assert!(
        looks.iter().all(|count| count * 20 > all),
        "the worlds are lopsided: {looks:?}"
    );
    assert!(filtered > 0, "no filter was ever served");
}

const MODEL: &str = "
[request_definition]
r = sub, dom, obj
[policy_definition]
p = sub, dom, obj
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub, r.dom) && r.dom == p.dom && r.obj == p.obj
";

/// A casbin enforcer in which holding a role is a permission of the role's name.
async fn enforcer(world: &World) -> Enforcer {
    let model = DefaultModel::from_str(MODEL).await.expect("a model");
    let mut enforcer = Enforcer::new(model, MemoryAdapter::default())
        .await
        .expect("an enforcer");
    for domain in DOMAINS {
        let policies = ROLES.iter().map(|role| {
            vec![
                format!("role:{role}"),
                domain.to_owned(),
                (*role).to_owned(),
            ]
        });
        enforcer
            .add_policies(policies.collect())
            .await
            .expect("new");
        let counts = |document: &&crate::world::RoleDocument| {
            document.domain.as_deref().is_none_or(|own| own == domain)
        };
        for document in world.roles.iter().filter(counts) {
            let inherited = document.roles.iter().flat_map(|(role, inherits)| {
                inherits
                    .iter()
                    .map(move |parent| (format!("role:{role}"), parent))
            });
            let users = document.bindings.iter().flat_map(|(role, users, _)| {
                users.iter().map(move |user| (format!("user:{user}"), role))
            });
            let groups = document.bindings.iter().flat_map(|(role, _, groups)| {
                groups
                    .iter()
                    .map(move |group| (format!("group:{group}"), role))
            });
            for (holder, role) in inherited.chain(users).chain(groups) {
                let link = vec![holder, format!("role:{role}"), domain.to_owned()];
                enforcer.add_grouping_policy(link).await.expect("a link");
            }
        }
    }
    enforcer
}

#[tokio::test]
async fn casbin_agrees_about_roles() {
    let (mut held, mut asked) = (0, 0);
    for seed in 0..30 {
        let mut world = World::new(&mut Choices(seed));
        world.agreements.clear();
        for contract in &mut world.contracts {
            contract.roles.clear();
            contract.status = "active".to_owned();
        }
        for (contract, domain) in world.contracts.iter_mut().zip(DOMAINS) {
            contract.domain = Some(domain.to_owned());
        }
        let enforcer = enforcer(&world).await;
        for role in ROLES {
            // The role alone opens everything, in either domain.
            world.rules = DOMAINS.iter().map(|domain| opening(domain, role)).collect();
            let snapshot = build(&world);
            for (contract, domain) in ["c0", "c1"].into_iter().zip(DOMAINS) {
                let users = USERS
                    .iter()
                    .map(|user| (format!("user:{user}"), *user, Vec::new()));
                let groups = GROUPS.iter().map(|group| {
                    (
                        format!("group:{group}"),
                        "stranger",
                        vec![(*group).to_owned()],
                    )
                });
                for (subject, user, groups) in users.chain(groups) {
                    let question = Question {
                        user: user.to_owned(),
                        groups,
                        action: "select".into(),
                        engine: None,
                        purpose: None,
                        contract: contract.into(),
                        object: "t".into(),
                        columns: None,
                    };
                    let holds = enforcer
                        .enforce((subject.as_str(), domain, role))
                        .expect("decided");
                    assert_eq!(
                        ask(&snapshot, &question).allow,
                        holds,
                        "seed {seed}: {subject} {role} in {domain}\n{:#?}",
                        world.roles
                    );
                    held += usize::from(holds);
                    asked += 1;
                }
            }
        }
    }
    assert!(
        held * 10 > asked,
        "hardly anybody holds a role: {held} of {asked}"
    );
}

fn opening(domain: &str, role: &str) -> RuleDocument {
    let opens = Rule {
        kind: "grants",
        to: Subjects {
            roles: Some(vec![role.to_owned()]),
            ..Subjects::default()
        },
        actions: None,
        names: None,
        tags: None,
        classes: None,
        types: None,
        when: When::default(),
        unless: None,
        what: json!(null),
    };
    RuleDocument {
        name: "opening".into(),
        domain: Some(domain.to_owned()),
        products: None,
        contracts: None,
        tags: None,
        domains: None,
        rules: vec![opens],
    }
}
