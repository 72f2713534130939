//! The table as a whole, and the values of single types.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zonecut_dns::{Family, PrivacyClass, SemanticType, carriers, semantic_type, semantic_types};

fn known(name: &str) -> &'static SemanticType {
    semantic_type(name).unwrap_or_else(|| panic!("{name} is in the dictionary"))
}

#[test]
fn every_entry_is_whole() {
    let mut names = BTreeSet::new();
    for entry in semantic_types() {
        assert!(names.insert(entry.name), "{} stands once", entry.name);
        assert!(entry.name.contains('.'), "{} has a namespace", entry.name);
        assert!(
            !entry.description.is_empty() && !entry.description.ends_with('.'),
            "{}",
            entry.name
        );
        let is_number = matches!(entry.family, Family::Code | Family::Number);
        assert!(
            entry.least_bits.is_none() || is_number,
            "{}: only numbers have a width",
            entry.name
        );
        if entry.privacy == PrivacyClass::Carrier {
            assert!(entry.hides.is_some(), "{} says how it carries", entry.name);
        }
    }
}

#[test]
fn carriers_are_those_that_outlive_a_masked_client_address() {
    let names: Vec<_> = carriers().map(|carrier| carrier.name).collect();
    assert_eq!(
        names,
        [
            "dns.qname",
            "dns.wire_message",
            "dns.edns_options",
            "dns.ecs",
            "dns.cookie",
            "net.device_id"
        ]
    );
}

#[test]
fn an_extended_response_code_needs_twelve_bits() {
    let rcode = known("dns.rcode");
    assert_eq!(rcode.least_bits, Some(12));
    assert!(rcode.check("BADCOOKIE").is_ok());
    assert!(rcode.check("4095").is_ok());
    assert!(rcode.check("4096").is_err());
    assert_eq!(rcode.canonical("nxdomain").as_deref(), Some("NXDOMAIN"));
    assert_eq!(rcode.canonical("16").as_deref(), Some("BADVERS"));
}

#[test]
fn values_follow_their_type() {
    for (name, good, bad) in [
        ("dns.qname", "a.example.", "a..example"),
        ("net.client_ip", "2001:db8::1", "2001:db8::/32"),
        ("dns.ecs", "192.0.2.0/24", "192.0.2.0"),
        ("dns.qtype", "TYPE65280", "TYPE65536"),
        ("dns.qclass", "CLASS32", "INTERNET"),
        ("dns.opcode", "15", "16"),
        ("dns.message_id", "65535", "65536"),
        ("dns.ttl", "2147483647", "2147483648"),
        ("dns.cookie", "0123456789abcdef", "0123456789abcde"),
        ("dns.transport", "DoT", "pigeon"),
        ("geo.country", "br", "BRA"),
        ("net.asn", "4294967295", "4294967296"),
        ("dns.latency", "0.25", "-1"),
    ] {
        assert_eq!(known(name).check(good), Ok(()), "{name} {good}");
        assert!(known(name).check(bad).is_err(), "{name} {bad}");
    }
}

#[test]
fn messages_name_the_value_and_the_rule() {
    let error = known("net.asn").check("AS64496").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`AS64496` is no whole number from `0` to `4294967295`"
    );
}

proptest! {
    #[test]
    fn canonical_form_is_a_fixed_point(text in "[a-zA-Z0-9:./\\\\-]{0,24}", index in 0_usize..40) {
        let entry = semantic_types().nth(index).unwrap();
        if let Some(canonical) = entry.canonical(&text) {
            prop_assert_eq!(entry.check(&text), Ok(()), "{} {}", entry.name, text);
            prop_assert_eq!(entry.canonical(&canonical), Some(canonical));
        }
    }
}
