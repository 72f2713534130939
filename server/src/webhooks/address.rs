//! Where a call may go: not into the network that the service itself stands in, unless the operator
//! allows it. A subscriber's URL comes from a person who may not reach that network otherwise.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Why a URL is no place for a subscriber.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No absolute URL.
    #[error("`url` is not an absolute URL")]
    NotAUrl,
    /// Another scheme.
    #[error("`url` must begin with `https://`")]
    NotHttps,
    /// Credentials in the URL end up in logs along the way.
    #[error("`url` must not carry a user name or password")]
    Credentials,
    /// An address that is not of the public Internet.
    #[error("`url` names a private address; `allow_private_webhooks` in the configuration lets it")]
    Private,
}

/// The URL, when calls may go there. Host names are looked at when they are resolved.
///
/// # Errors
/// When they may not.
pub fn checked(text: &str, allow_private: bool) -> Result<Url, AddressError> {
    let url = Url::parse(text).map_err(|_| AddressError::NotAUrl)?;
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        _ => return Err(AddressError::NotHttps),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    let address = match url.host() {
        None => return Err(AddressError::NotAUrl),
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
    };
    if address.is_some_and(|address| !allow_private && !is_public(address)) {
        return Err(AddressError::Private);
    }
    Ok(url)
}

/// Whether the address is of the public Internet, by the special-purpose registries (RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0);
    !special
}

/// Of IPv6 only global unicast (`2000::/3`) is public, but for what tunnels to anywhere or stands
/// for documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let [a, b, ..] = address.segments();
    let global = a & 0xe000 == 0x2000;
    let tunnel = a == 0x2002 || (a == 0x2001 && b < 0x200);
    let documentation = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    global && !tunnel && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "192.0.0.8",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "192.0.1.1",
            "9.9.9.9",
            "100.128.0.1",
            "2620:fe::9",
            "2001:4860::1",
            "::ffff:9.9.9.9",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn urls_are_held_to_the_rules() {
        let refused = |url| checked(url, false).unwrap_err();
        assert_eq!(refused("hooks"), AddressError::NotAUrl);
        assert_eq!(refused("http://hooks.example.net/"), AddressError::NotHttps);
        assert_eq!(refused("file:///etc/passwd"), AddressError::NotHttps);
        assert_eq!(
            refused("https://u:p@hooks.example.net/"),
            AddressError::Credentials
        );
        assert_eq!(refused("https://127.0.0.1/"), AddressError::Private);
        assert_eq!(refused("https://0x7f.1/"), AddressError::Private);
        assert_eq!(refused("https://[::1]/"), AddressError::Private);
        assert!(checked("https://hooks.example.net/x?y=z", false).is_ok());
        assert!(checked("http://127.0.0.1:9/", true).is_ok());
        assert!(checked("ftp://127.0.0.1:9/", true).is_err());
    }
}
