//! Networks of addresses in text form.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

use crate::mask::IpPrefix;

/// The first address of the network that `text` is in, or none when `text` is no address or
/// nothing of its family is shown. An IPv4-mapped address counts as the IPv4 address it carries:
/// `::ffff:192.0.2.1` would otherwise escape the IPv4 rule or drown in the IPv6 one.
pub(crate) fn network(text: &str, prefix: IpPrefix) -> Option<IpAddr> {
    let address = match text.parse::<IpAddr>().ok()? {
        IpAddr::V6(v6) => unmapped(v6),
        v4 @ IpAddr::V4(_) => v4,
    };
    let length = match address {
        IpAddr::V4(_) => prefix.v4?,
        IpAddr::V6(_) => prefix.v6?,
    };
    Some(IpNet::new(address, length).ok()?.network())
}

fn unmapped(address: Ipv6Addr) -> IpAddr {
    address
        .to_ipv4_mapped()
        .map_or(IpAddr::V6(address), IpAddr::V4)
}
