//! The laws of the information lattice, one property test each.

use std::collections::BTreeMap;

use proptest::prelude::*;
use zonecut_mask::{DomainCut, IpPrefix, Keyed, Mask, Value};

fn lengths(most: u8) -> impl Strategy<Value = Option<u8>> {
    prop_oneof![Just(None), (0..=most).prop_map(Some), Just(Some(most))]
}

fn keyed() -> impl Strategy<Value = Keyed> {
    ("[ab]", 0..2u32).prop_map(|(key, epoch)| Keyed { key, epoch })
}

fn groups() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("[abc]{1,2}", "[xy]", 1..3)
}

/// Any mask, with parameters small enough that two of a family often meet.
pub fn any_mask() -> impl Strategy<Value = Mask> {
    prop_oneof![
        Just(Mask::Clear),
        Just(Mask::Null),
        "[ab]".prop_map(|text| Mask::Constant(text.into())),
        (0..4u32, 0..4u32).prop_map(|(first, last)| Mask::Partial { first, last }),
        (lengths(32), lengths(128)).prop_map(|(v4, v6)| Mask::IpPrefix(IpPrefix { v4, v6 })),
        Just(Mask::Domain(DomainCut::Registrable)),
        (1..5u8).prop_map(|count| Mask::Domain(DomainCut::Labels(count))),
        prop_oneof![1..100u64, Just(i64::MAX.unsigned_abs())]
            .prop_map(|seconds| Mask::TimeBucket { seconds }),
        prop_oneof![1..100u64, Just(i64::MAX.unsigned_abs())]
            .prop_map(|size| Mask::NumberBucket { size }),
        (groups(), prop::option::of("[xy]"))
            .prop_map(|(groups, other)| Mask::EnumGroup { groups, other }),
        keyed().prop_map(Mask::HashKeyed),
        keyed().prop_map(Mask::IpPseudonym),
        keyed().prop_map(Mask::IpToken),
    ]
    .prop_map(Mask::normal)
}

/// Pairs that mostly are of one family: two of any kind would nearly always meet in `null`.
fn pair() -> impl Strategy<Value = (Mask, Mask)> {
    (any_mask(), any_mask(), 0..100u8)
        .prop_filter("of one family, mostly", |(a, b, keep)| {
            *keep < 30 || std::mem::discriminant(a) == std::mem::discriminant(b)
        })
        .prop_map(|(a, b, _)| (a, b))
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(Value::Integer),
        (-1_000_000..1_000_000i64).prop_map(Value::Integer),
        (-1_000_000..1_000_000i32).prop_map(|number| Value::Number(f64::from(number) / 8.0)),
        any::<i64>().prop_map(Value::Timestamp),
        any::<std::net::Ipv4Addr>().prop_map(|address| Value::Text(address.to_string())),
        any::<std::net::Ipv4Addr>()
            .prop_map(|address| Value::Text(address.to_ipv6_mapped().to_string())),
        any::<std::net::Ipv6Addr>().prop_map(|address| Value::Text(address.to_string())),
        "([a-cA-C]{1,3}\\.){0,4}(com|co\\.uk|ck|github\\.io|br|arpa)?\\.?".prop_map(Value::Text),
        "[a-cé*\\.]{0,8}".prop_map(Value::Text),
    ]
}

/// Values of which two often look alike: words that are grouped, and any others.
fn any_word() -> impl Strategy<Value = Value> {
    prop_oneof!["[abcd]{1,2}".prop_map(Value::Text), any_value()]
}

/// What is shown; a keyed transform that only engines have is left out of the comparison.
fn shown(mask: &Mask, value: &Value) -> Option<Value> {
    mask.apply(value, Some(b"secret")).ok()
}

/// Null stays null: groups that leave it apart from values that others show as null tell more.
#[test]
fn groups_that_keep_null_apart_show_more() {
    let mask = |text: &str| serde_json::from_str::<Mask>(text).unwrap();
    let nulls = mask(r#"{"type": "enum-group", "groups": {"a": "x"}}"#);
    let apart = mask(r#"{"type": "enum-group", "groups": {"a": "y"}, "other": "y"}"#);
    assert!(!apart.shows_no_more_than(&nulls));
    assert!(nulls.shows_no_more_than(&nulls));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn join_is_idempotent(a in any_mask()) {
        prop_assert_eq!(a.join(&a), a);
    }

    #[test]
    fn join_is_commutative((a, b) in pair()) {
        prop_assert_eq!(a.join(&b), b.join(&a));
    }

    #[test]
    fn join_is_associative((a, b) in pair(), (c, d) in pair()) {
        for third in [&c, &d] {
            prop_assert_eq!(a.join(&b).join(third), a.join(&b.join(third)));
        }
    }

    #[test]
    fn clear_is_neutral(a in any_mask()) {
        prop_assert_eq!(a.join(&Mask::Clear), a);
    }

    #[test]
    fn null_is_absorbing(a in any_mask()) {
        prop_assert_eq!(a.join(&Mask::Null), Mask::Null);
    }

    #[test]
    fn join_is_an_upper_bound((a, b) in pair()) {
        let join = a.join(&b);
        prop_assert!(a.leq(&join) && b.leq(&join));
    }

    #[test]
    fn join_is_the_least_upper_bound_of_its_family((a, b) in pair(), c in any_mask()) {
        if a.leq(&c) && b.leq(&c) {
            prop_assert!(a.join(&b).leq(&c));
        }
    }

    #[test]
    fn order_is_antisymmetric_and_transitive((a, b) in pair(), c in any_mask()) {
        prop_assert!(!(a.leq(&b) && b.leq(&a)) || a == b);
        prop_assert!(!(a.leq(&b) && b.leq(&c)) || a.leq(&c));
    }

    #[test]
    fn what_the_stronger_shows_follows_from_what_the_weaker_shows((a, b) in pair(), value in any_value()) {
        let stronger = a.join(&b);
        if let (Some(weak), true) = (shown(&a, &value), a != stronger)
            && let (Some(direct), Some(derived)) = (shown(&stronger, &value), shown(&stronger, &weak))
        {
            prop_assert_eq!(direct, derived, "{:?} after {:?}", stronger, a);
        }
    }

    #[test]
    fn the_stronger_shows_no_more((a, b) in pair()) {
        let stronger = a.join(&b);
        prop_assert!(stronger.shows_no_more_than(&a), "{stronger:?} {a:?}");
        prop_assert!(a.shows_no_more_than(&a));
    }

    #[test]
    fn values_that_look_alike_behind_a_mask_do_so_behind_one_that_shows_no_more(
        (a, b) in pair(), one in any_word(), other in any_word()
    ) {
        if a.shows_no_more_than(&b)
            && let (Some(of_one), Some(of_other)) = (shown(&b, &one), shown(&b, &other))
            && of_one == of_other
        {
            prop_assert_eq!(shown(&a, &one), shown(&a, &other), "{:?} after {:?}", a, b);
        }
    }

    #[test]
    fn documents_survive_a_round_trip(a in any_mask()) {
        if a != Mask::Clear {
            let text = serde_json::to_string(&a).unwrap();
            prop_assert_eq!(serde_json::from_str::<Mask>(&text).unwrap(), a);
        }
    }
}
