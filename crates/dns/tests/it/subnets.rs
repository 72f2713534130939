//! EDNS Client Subnet, RFC 7871, section 6.

use zonecut_dns::{PrefixError, client_subnet};

#[test]
fn networks_are_read_and_written_canonically() {
    for (text, canonical) in [
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("192.0.2.0/24/0", "192.0.2.0/24"),
        ("2001:DB8:0:0::/32", "2001:db8::/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("198.51.100.7/32", "198.51.100.7/32"),
    ] {
        assert_eq!(client_subnet(text).unwrap().to_string(), canonical);
    }
}

#[test]
fn bits_past_the_prefix_must_be_zero() {
    let error = client_subnet("192.0.2.1/24").unwrap_err();
    assert!(matches!(error, PrefixError::BitsPastPrefix(_)));
    assert_eq!(
        error.to_string(),
        "`192.0.2.1/24` has bits set past its prefix; `192.0.2.0/24` has not"
    );
}

#[test]
fn what_is_no_prefix_is_refused() {
    for text in [
        "192.0.2.0",
        "192.0.2.0/33",
        "2001:db8::/129",
        "x/8",
        "192.0.2.0/24/33",
        "192.0.2.0/+24",
        "/8",
        "192.0.2.0/",
    ] {
        assert!(
            matches!(client_subnet(text), Err(PrefixError::Malformed(_))),
            "{text}"
        );
    }
}
