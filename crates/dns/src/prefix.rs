//! EDNS Client Subnet (RFC 7871): the network of the client behind a forwarder.

use std::fmt::{self, Display};
use std::net::IpAddr;

use ipnet::IpNet;

/// Why text is no client subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrefixError {
    /// Not an address, a slash and a length of at most 32 or 128.
    Malformed(String),
    /// Bits are set past the prefix length; section 6 requires them to be zero.
    BitsPastPrefix(IpNet),
}

impl Display for PrefixError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(text) => {
                write!(formatter, "`{text}` is no address with a prefix length")
            }
            Self::BitsPastPrefix(net) => {
                write!(
                    formatter,
                    "`{net}` has bits set past its prefix; `{}` has not",
                    net.trunc()
                )
            }
        }
    }
}

impl std::error::Error for PrefixError {}

/// Reads `address/source-prefix-length`, or `address/source/scope` as some loggers write it.
///
/// # Errors
///
/// When it is no prefix, or bits are set past it.
pub fn client_subnet(text: &str) -> Result<IpNet, PrefixError> {
    let malformed = || PrefixError::Malformed(text.to_owned());
    let (address, lengths) = text.split_once('/').ok_or_else(malformed)?;
    let (source, scope) = match lengths.split_once('/') {
        Some((source, scope)) => (source, Some(scope)),
        None => (lengths, None),
    };
    let address: IpAddr = address.parse().map_err(|_| malformed())?;
    let length = |text: &str| text.parse::<u8>().ok().filter(|_| !text.starts_with('+'));
    let source = length(source).ok_or_else(malformed)?;
    let net = IpNet::new(address, source).map_err(|_| malformed())?;
    if let Some(scope) = scope {
        let scope = length(scope).ok_or_else(malformed)?;
        if scope > net.max_prefix_len() {
            return Err(malformed());
        }
    }
    if net.addr() == net.network() {
        Ok(net)
    } else {
        Err(PrefixError::BitsPastPrefix(net))
    }
}
