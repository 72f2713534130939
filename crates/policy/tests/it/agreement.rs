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

/// How many questions each world is asked.
const QUESTIONS: usize = 105;
/// One question of these is also asked without each [`PARTS`].
const ONE_OF: usize = 20;
/// What a world is made of: a name, and what takes it away.
type Part = (&'static str, fn(&mut World));
const PARTS: [Part; 8] = [
    ("agreements", |it| it.agreements.clear()),
    ("roles in contracts", |it| {
        it.contracts.iter_mut().for_each(|it| it.roles.clear());
    }),
    ("inherited roles", |it| {
        let roles = it.roles.iter_mut().flat_map(|it| &mut it.roles);
        roles.for_each(|(_, inherits)| inherits.clear());
    }),
    ("roles of a domain", |it| {
        it.roles.retain(|it| it.domain.is_none());
    }),
    ("guardrails", |it| it.rules.retain(|it| it.domain.is_some())),
    ("exemptions", |it| rules(it).for_each(|it| it.unless = None)),
    ("conditions", |it| {
        rules(it).for_each(|it| it.when = When::default());
    }),
    ("what engines say of themselves", |it| {
        for engine in &mut it.engines {
            (engine.region, engine.cloud, engine.purpose) = (None, None, None);
        }
    }),
];

fn rules(world: &mut World) -> impl Iterator<Item = &mut Rule> {
    world.rules.iter_mut().flat_map(|it| &mut it.rules)
}

/// How many worlds there are: of a hundred thousand questions in a run of the tests, more when asked for.
fn worlds() -> u64 {
    let asked = std::env::var("ZONECUT_WORLDS").ok();
    asked.map_or(1_000, |text| text.parse().expect("a number of worlds"))
}

/// What occurred.
#[derive(Debug, Default)]
struct Seen {
    questions: usize,
    allowed: usize,
    filtered: usize,
    clear: usize,
    masked: usize,
    denied: usize,
    /// Questions that were asked without each part, and answers that were then others.
    without: usize,
    differed: [usize; PARTS.len()],
}

impl Seen {
    fn note(&mut self, answer: &Answer) {
        self.questions += 1;
        self.allowed += usize::from(answer.allow);
        self.filtered += usize::from(answer.allow && !answer.filters.is_empty());
        for look in answer.columns.values() {
            match look {
                Look::Clear => self.clear += 1,
                Look::Masked(_) => self.masked += 1,
                Look::Denied => self.denied += 1,
            }
        }
    }

    fn note_without_each_part(&mut self, world: &World, question: &Question, answer: &Answer) {
        self.without += 1;
        for ((_, remove), differed) in PARTS.iter().zip(&mut self.differed) {
            let mut less = world.clone();
            remove(&mut less);
            *differed += usize::from(reference::decide(&less, question) != *answer);
        }
    }

    fn add(&mut self, other: &Self) {
        self.questions += other.questions;
        self.allowed += other.allowed;
        self.filtered += other.filtered;
        self.clear += other.clear;
        self.masked += other.masked;
        self.denied += other.denied;
        self.without += other.without;
        for (all, more) in self.differed.iter_mut().zip(other.differed) {
            *all += more;
        }
    }
}

/// Asks both about the world of one seed.
fn agree_about(seed: u64, noted: &mut Seen) {
    let mut choices = Choices(seed);
    let world = World::new(&mut choices);
    let snapshot = build(&world);
    for number in 0..QUESTIONS {
        let question = Question::new(&mut choices);
        let decided = answer(&ask(&snapshot, &question));
        let expected = reference::decide(&world, &question);
        assert_eq!(decided, expected, "seed {seed}\n{question:#?}\n{world:#?}");
        noted.note(&decided);
        if number % ONE_OF == 0 {
            noted.note_without_each_part(&world, &question, &decided);
        }
    }
}

#[test]
fn the_engine_agrees_with_the_reference() {
    let (worlds, hands) = (worlds(), 2);
    let work = |hand: u64| {
        let mut seen = Seen::default();
        (hand..worlds)
            .step_by(2)
            .for_each(|seed| agree_about(seed, &mut seen));
        seen
    };
    let mut seen = Seen::default();
    std::thread::scope(|scope| {
        let working: Vec<_> = (0..hands)
            .map(|hand| scope.spawn(move || work(hand)))
            .collect();
        for hand in working {
            match hand.join() {
                Ok(more) => seen.add(&more),
                Err(failed) => std::panic::resume_unwind(failed),
            }
        }
    });
    println!(
        "{worlds} worlds, {} questions, none answered otherwise: {seen:?}",
        seen.questions
    );
    let columns = seen.clear + seen.masked + seen.denied;
    for (what, count, least) in [
        ("clear", seen.clear, columns / 20),
        ("masked", seen.masked, columns / 20),
        ("denied", seen.denied, columns / 20),
        ("allowed", seen.allowed, seen.questions / 10),
        ("filtered", seen.filtered, seen.questions / 100),
    ] {
        assert!(count > least, "hardly anything is {what}: {seen:?}");
    }
    for ((part, _), differed) in PARTS.iter().zip(seen.differed) {
        assert!(
            differed * 100 > seen.without,
            "without {part} hardly an answer is another: {seen:?}"
        );
    }
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
