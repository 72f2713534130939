//! Domain names: RFC 1035 (limits, escapes), RFC 4034 (canonical form), RFC 5891 (A-labels).

use proptest::prelude::*;
use zonecut_dns::{Name, NameError};

fn name(text: &str) -> Result<Name, NameError> {
    text.parse()
}

#[test]
fn labels_hold_sixty_three_octets_and_no_more() {
    assert!(name(&"a".repeat(63)).is_ok());
    assert_eq!(name(&"a".repeat(64)), Err(NameError::LongLabel));
}

#[test]
fn names_hold_two_hundred_and_fifty_five_octets_and_no_more() {
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    assert_eq!(name(&longest).unwrap().wire_length(), 255);
    assert_eq!(name(&format!("{longest}a")), Err(NameError::LongName));
}

#[test]
fn the_root_and_the_final_dot() {
    assert_eq!(name(".").unwrap().to_string(), ".");
    assert_eq!(name("example").unwrap(), name("example.").unwrap());
    assert_eq!(name(""), Err(NameError::Empty));
    assert_eq!(name("a..b"), Err(NameError::EmptyLabel));
    assert_eq!(name(".a"), Err(NameError::EmptyLabel));
    assert_eq!(name(".."), Err(NameError::EmptyLabel));
}

#[test]
fn escapes_are_octets() {
    let dotted = name("a\\.b.example").unwrap();
    assert_eq!(dotted.labels()[0], b"a.b");
    assert_eq!(name("a\\046b.example").unwrap(), dotted);
    assert_eq!(dotted.to_string(), "a\\.b.example.");
    assert_eq!(name("\\000\\255.x").unwrap().to_string(), "\\000\\255.x.");
    assert_eq!(name("one\\032two").unwrap().labels()[0], b"one two");
    for bad in ["\\", "a\\25", "a\\256", "a\\2x5", "a\\é"] {
        assert_eq!(name(bad), Err(NameError::BadEscape), "{bad}");
    }
}

#[test]
fn underscores_and_uppercase_are_ordinary() {
    let service = name("_DMARC.Example.ORG").unwrap();
    assert_eq!(service.canonical().to_string(), "_dmarc.example.org.");
}

#[test]
fn unicode_becomes_an_a_label() {
    assert_eq!(
        name("bücher.example").unwrap().to_string(),
        "xn--bcher-kva.example."
    );
    assert_eq!(
        name("例え.テスト").unwrap().to_string(),
        "xn--r8jz45g.xn--zckzah."
    );
    assert_eq!(name("a\u{200d}é"), Err(NameError::BadUnicode));
}

#[test]
fn reverse_names_spell_addresses() {
    let reverse = |text: &str| {
        name(text)
            .unwrap()
            .reverse_address()
            .map(|address| address.to_string())
    };
    assert_eq!(reverse("4.3.2.1.IN-ADDR.arpa"), Some("1.2.3.4".to_owned()));
    let nibbles = "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    assert_eq!(reverse(nibbles), Some("2001:db8::567:89ab".to_owned()));
    for no in [
        "3.2.1.in-addr.arpa",
        "256.3.2.1.in-addr.arpa",
        "4.3.2.1.example",
        "arpa",
        "b.ip6.arpa",
    ] {
        assert_eq!(reverse(no), None, "{no}");
    }
}

proptest! {
    #[test]
    fn presentation_form_reads_back(labels in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..20), 0..8)) {
        let text: String = labels
            .iter()
            .flat_map(|label| label.iter().map(|octet| format!("\\{octet:03}")).chain([".".to_owned()]))
            .collect();
        let text = if text.is_empty() { ".".to_owned() } else { text };
        let read = name(&text).unwrap();
        prop_assert_eq!(read.labels(), labels.as_slice());
        prop_assert_eq!(&name(&read.to_string()).unwrap(), &read);
        prop_assert_eq!(read.canonical().canonical(), read.canonical());
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Ok(read) = name(&text) {
            prop_assert!(read.wire_length() <= 255);
            prop_assert_eq!(name(&read.to_string()), Ok(read));
        }
    }
}
