//! ## What it does
//! Looks at the addresses of a document (the `url` of authoritative definitions, of support channels and
//! of management ports, the `location` of servers and the like) for those that no program can follow:
//! blanks inside, a scheme or a host that can't be one, a port beyond `65535`, a broken `%`.
//!
//! ## Why it matters
//! Who looks for help, or for the definition that the data keeps to, finds nothing.
//!
//! ## Example
//! ```yaml
//! authoritativeDefinitions:
//!   - {type: businessDefinition, url: "https//example.com/definition"}
//! ```
//!
//! ## How to fix
//! Write the address as a browser shows it, as in `https://example.com/a%20b`. What is no address, such as
//! the name of a channel, stands in another key.

use std::fmt::Display;
use std::net::Ipv6Addr;

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::sections;
use crate::node::{Document, Node};
use crate::spelling::{quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "uri-invalid",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Document(check),
};

/// Sections whose items have addresses, and the keys of these.
const SECTIONS: [(&str, &str, &[&str]); 3] = [
    ("support", "channel", &["url", "invitationUrl"]),
    ("managementPorts", "name", &["url"]),
    (
        "servers",
        "server",
        &["location", "endpointUrl", "stagingDir", "catalogUrl"],
    ),
];

/// Lists of things with a `url`, wherever they stand.
const LISTS: [&str; 2] = ["authoritativeDefinitions", "sbom"];

fn check(document: &Document, report: &mut Report<'_>) {
    let root = &document.root;
    for (section, named, keys) in SECTIONS {
        for item in root.get(section).map_or(&[][..], Node::items) {
            let name = text(item, named).map_or("", |(name, _)| name);
            for key in keys {
                one(item, key, format_args!("{section}[{name}]"), report);
            }
        }
    }
    sections::each(root, &LISTS, &mut |list, holder| {
        for item in list.items() {
            let name = text(item, "type").or_else(|| text(item, "name"));
            let name = name.map_or("", |(name, _)| name);
            one(item, "url", holder.item(name), report);
        }
    });
}

fn one(holder: &Node, key: &str, path: impl Display, report: &mut Report<'_>) {
    let Some((address, node)) = text(holder, key).filter(|(_, node)| !node.is_secret()) else {
        return;
    };
    if let Some(flaw) = flaw(address, key) {
        report.add(node.span, path, address, || {
            let help = if address.contains(char::is_whitespace) {
                "write a blank as `%20`, and what is no address in another key"
            } else {
                "write it as a browser shows it, as in `https://example.com/a%20b`"
            };
            (format!("`{key}` is `{}`, {flaw}", quoted(address)), help)
        });
    }
}

/// Why no program can follow an address (RFC 3986, sections 2 and 3). Of locations, parts may be written
/// as variables and wildcards.
fn flaw(address: &str, key: &str) -> Option<&'static str> {
    if address.trim().is_empty() {
        return Some("which is nothing");
    }
    if address.contains(['{', '$', '<']) {
        return None;
    }
    let is_location = matches!(key, "location" | "stagingDir");
    let is_foreign = |letter: char| letter.is_control() || letter.is_whitespace();
    if !is_location && address.contains(is_foreign) {
        return Some("which has blanks inside");
    }
    let Some((scheme, rest)) = address.split_once("://") else {
        return flaw_without_authority(address);
    };
    if !is_scheme(scheme) {
        return Some("whose scheme can't be one");
    }
    let is_web = ["http", "https", "ftp", "ws", "wss"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    if !is_web {
        let meant = slip_of(scheme, ["https"]).is_some() || scheme.eq_ignore_ascii_case("htp");
        return meant.then_some("whose scheme is nearly `https`");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, _) = rest.split_at(end);
    flaw_of_authority(authority).or_else(|| {
        breaks_escapes(address).then_some("in which `%` is not followed by two hexadecimal digits")
    })
}

fn flaw_without_authority(address: &str) -> Option<&'static str> {
    let folded = address.to_ascii_lowercase();
    let web = ["https", "http"]
        .iter()
        .find_map(|web| folded.strip_prefix(web));
    // `https//host`, `https:/host`, `http:host`: a slip of what has two slashes.
    web.is_some_and(|rest| rest.starts_with("//") || rest.starts_with(':'))
        .then_some("which lacks a part of `://`")
}

/// RFC 3986, section 3.1; `jdbc:postgresql` and the like are two schemes in one.
fn is_scheme(text: &str) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_' | b':');
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_letter)
}

fn flaw_of_authority(authority: &str) -> Option<&'static str> {
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    if let Some(rest) = host_and_port.strip_prefix('[') {
        let address = rest.split_once(']').map(|(address, _)| address);
        let is_address = address.is_some_and(|it| it.parse::<Ipv6Addr>().is_ok());
        return (!is_address).then_some("whose host is no address");
    }
    let (host, port) = match host_and_port.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (host_and_port, None),
    };
    if host.is_empty() {
        return Some("which names no host");
    }
    let labels = host.strip_suffix('.').unwrap_or(host).split('.');
    let is_name = |label: &str| {
        let is_odd = |letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric();
        !label.is_empty()
            && !label.contains(|it| is_odd(it) && !matches!(it, '-' | '_' | '%' | '*'))
    };
    if !{ labels }.all(is_name) {
        return Some("whose host can't be one");
    }
    let is_port = |port: &str| port.is_empty() || port.parse::<u16>().is_ok();
    (!port.is_none_or(is_port)).then_some("whose port is none (`0` to `65535`)")
}

/// Whether some `%` stands alone (RFC 3986, section 2.1).
fn breaks_escapes(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| {
        let digits = rest.bytes().take(2).filter(u8::is_ascii_hexdigit);
        digits.count() < 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_can_follow() {
        for good in [
            "https://example.com/a%20b?c=d#e",
            "HTTPS://example.com:8443",
            "http://[2001:db8::1]:8080/",
            "http://192.0.2.1/",
            "https://exämple.com/",
            "https://user@example.com/",
            "mailto:team@example.com",
            "jdbc:postgresql://localhost:5432/db/table",
            "jdbc:oracle:thin:@//db/x",
            "s3://bucket/path/*.parquet",
            "urn:isbn:0451450523",
            "docs/definition.md",
            "#/schema/queries",
            "https://mydata/dictionary",
            "https://{{ host }}/x",
            "${BASE}/x",
            "file:///data/x",
        ] {
            assert_eq!(flaw(good, "url"), None, "{good}");
        }
        assert_eq!(flaw("s3://bucket/a folder/*", "location"), None);
    }

    #[test]
    fn what_nobody_can_follow() {
        for bad in [
            "",
            "not a url",
            "http://",
            "https:///path",
            "htps://example.com",
            "https//example.com",
            "https:/example.com",
            "ht!tp://example.com",
            "://example.com",
            "https://example..com/",
            "https://exa mple.com/",
            "https://example.com:99999/",
            "https://example.com:port/",
            "https://[2001:db8::1/",
            "https://example.com/%zz",
            "https://exa,mple.com",
        ] {
            assert!(flaw(bad, "url").is_some(), "{bad}");
        }
    }
}
