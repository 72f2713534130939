//! Where a request comes from: its peer or, behind a trusted proxy, what the proxy says of it.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap};
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";
/// The bits of an IPv6 address that name a site: the rest is its own to choose.
const SITE: u32 = 64;

/// An IPv4 address, or the /64 network of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(Option<IpAddr>);

impl Source {
    /// Whence a request with those headers and extensions comes. `X-Forwarded-For` is believed as far
    /// as those who wrote it are in `trusted`.
    #[must_use]
    pub fn of(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpNet]) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>();
        let Some(ConnectInfo(peer)) = peer else {
            return Self(None);
        };
        let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
        let mut address = peer.ip().to_canonical();
        let values = headers.get_all(FORWARDED_FOR).iter().rev();
        let mut named = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.rsplit(','));
        // Each proxy appends whom it was called by, so the last is the nearest.
        while is_trusted(address) {
            let next = named.next().and_then(|text| text.trim().parse().ok());
            let Some(next) = next.map(|next: IpAddr| next.to_canonical()) else {
                break;
            };
            address = next;
        }
        Self(Some(site(address)))
    }
}

/// Whether a request came by HTTPS, as the trusted proxy says through which it did.
#[must_use]
pub fn is_https(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpNet]) -> bool {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let is_trusted = peer.is_some_and(|peer| trusted.iter().any(|net| net.contains(&peer)));
    let said = headers.get_all(FORWARDED_PROTO).iter().next_back();
    let said = said.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    is_trusted && said.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

fn site(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let kept = u128::MAX << (u128::BITS - SITE);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & kept))
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("unknown"),
            Some(IpAddr::V4(address)) => address.fmt(f),
            Some(IpAddr::V6(address)) => write!(f, "{address}/{SITE}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
        extensions.insert(ConnectInfo(peer));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        let trusted: Vec<_> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        Source::of(&headers, &extensions, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_trusted() {
        let forged = ["203.0.113.9"];
        assert_eq!(source("192.0.2.1", &forged, &[]), "192.0.2.1");
        assert_eq!(source("192.0.2.1", &forged, &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(source("10.1.2.3", &forged, &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn what_the_caller_put_before_the_first_proxy_does_not_count() {
        let trusted = ["10.0.0.0/8"];
        let one = ["198.51.100.1, 203.0.113.9, 10.0.0.2"];
        assert_eq!(source("10.0.0.1", &one, &trusted), "203.0.113.9");
        let two = ["198.51.100.1", "203.0.113.9", "10.0.0.2"];
        assert_eq!(source("10.0.0.1", &two, &trusted), "203.0.113.9");
        let garbled = ["203.0.113.9, x"];
        assert_eq!(source("10.0.0.1", &garbled, &trusted), "10.0.0.1");
        assert_eq!(source("10.0.0.1", &[], &trusted), "10.0.0.1");
    }

    #[test]
    fn a_site_of_ipv6_is_one_source() {
        assert_eq!(source("2001:db8::1:2", &[], &[]), "2001:db8::/64");
        assert_eq!(source("2001:db8:0:1::2", &[], &[]), "2001:db8:0:1::/64");
        assert_eq!(source("::ffff:192.0.2.1", &[], &[]), "192.0.2.1");
    }
}
