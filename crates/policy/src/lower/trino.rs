//! Masks in Trino's SQL.

use zonecut_mask::{DomainCut, IpPrefix, Mask};

use super::ColumnRef;
use super::mask::{is_text, is_zoned};

pub(super) fn express(mask: &Mask, name: &str, column: ColumnRef<'_>) -> Option<String> {
    match mask {
        Mask::Partial { first, last } => is_text(column).then(|| partial(name, *first, *last)),
        Mask::IpPrefix(prefix) => ip_prefix(name, *prefix, column),
        Mask::Domain(DomainCut::Labels(count)) => is_text(column).then(|| labels(name, *count)),
        Mask::TimeBucket { seconds } => {
            i64::try_from(*seconds).ok()?.checked_mul(1_000_000)?;
            let zone = if is_zoned(column.physical_type) {
                " UTC"
            } else {
                ""
            };
            Some(format!(
                "date_add('second', CAST(floor(to_unixtime(date_trunc('second', {name})) / {seconds}) * {seconds} AS BIGINT), TIMESTAMP '1970-01-01 00:00:00{zone}')"
            ))
        }
        Mask::NumberBucket { size } => Some(format!(
            "{name} - mod(mod({name}, {size}) + {size}, {size})"
        )),
        _ => None,
    }
}

fn partial(name: &str, first: u32, last: u32) -> String {
    let head = if first == 0 {
        String::new()
    } else {
        format!("substr({name}, 1, {first}) || ")
    };
    let tail = if last == 0 {
        String::new()
    } else {
        format!(" || substr({name}, length({name}) - {last} + 1)")
    };
    let shown = u64::from(first) + u64::from(last);
    format!(
        "CASE WHEN {name} IS NULL THEN NULL WHEN length({name}) <= {shown} THEN {name} ELSE {head}'*'{tail} END"
    )
}

/// How many bits stand before those of an IPv4 address that is mapped into IPv6.
const MAPPED: u8 = 96;

/// The type itself keeps IPv4 as mapped IPv6 and writes it back dotted, so a colon in the text
/// tells the families apart. A zone index (`%eth0`) belongs to no network of ours.
fn ip_prefix(name: &str, prefix: IpPrefix, column: ColumnRef<'_>) -> Option<String> {
    let native = column
        .physical_type
        .is_some_and(|physical| physical.eq_ignore_ascii_case("ipaddress"));
    if !native && !is_text(column) {
        return None;
    }
    let address = if native {
        name.to_owned()
    } else {
        format!("TRY_CAST({name} AS IPADDRESS)")
    };
    let octets = format!("CAST({address} AS VARBINARY)");
    let network = |bits: Option<u8>| match bits {
        None => "NULL".to_owned(),
        Some(bits) if native => format!("CAST({} AS IPADDRESS)", leading(&octets, bits)),
        Some(bits) => {
            let network = leading(&octets, bits);
            format!("CAST(CAST({network} AS IPADDRESS) AS VARCHAR)")
        }
    };
    let zone_index = if native {
        String::new()
    } else {
        format!("WHEN strpos({name}, '%') > 0 THEN NULL ")
    };
    Some(format!(
        "CASE {zone_index}WHEN strpos(CAST({address} AS VARCHAR), ':') > 0 THEN {} WHEN {address} IS NOT NULL THEN {} END",
        network(prefix.v6),
        network(prefix.v4.map(|bits| bits.saturating_add(MAPPED)))
    ))
}

/// The first `bits` of an address of 16 octets, and zeros. Trino has no function for a prefix.
fn leading(octets: &str, bits: u8) -> String {
    let (whole, more) = (bits / 8, bits % 8);
    let mut parts = Vec::new();
    if whole > 0 {
        parts.push(format!("substr({octets}, 1, {whole})"));
    }
    if more > 0 {
        let (at, ones) = (whole + 1, u8::MAX << (8 - more));
        parts.push(format!(
            "from_hex(lpad(to_base(bitwise_and(from_base(to_hex(substr({octets}, {at}, 1)), 16), {ones}), 16), 2, '0'))"
        ));
    }
    let zeros = 16_u8.saturating_sub(bits.div_ceil(8));
    if zeros > 0 {
        parts.push(format!("X'{}'", "00".repeat(zeros.into())));
    }
    parts.join(" || ")
}

/// The root is a name too, and has no label to find.
fn labels(name: &str, count: u8) -> String {
    let more = count.saturating_sub(1);
    let pattern = format!(r"\A(?:[^.]+[.])*?((?:[^.]+[.]){{0,{more}}}[^.]+[.]?)\z");
    format!("CASE WHEN {name} = '.' THEN {name} ELSE regexp_extract({name}, '{pattern}', 1) END")
}

/// The physical type, when it is one that Trino has under that name.
pub(super) fn castable(physical: Option<&str>) -> Option<String> {
    let physical = physical?.trim().to_ascii_lowercase();
    let (word, rest) = physical
        .split_once('(')
        .map_or((physical.as_str(), None), |(word, rest)| (word, Some(rest)));
    let parameters = |rest: &str, suffix: &str| {
        rest.strip_suffix(suffix).is_some_and(|inner| {
            !inner.is_empty()
                && inner
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b' ')
        })
    };
    let known = match (word, rest) {
        (
            "varchar" | "tinyint" | "smallint" | "integer" | "int" | "bigint" | "real" | "double"
            | "boolean",
            None,
        ) => true,
        ("varchar" | "char" | "decimal", Some(rest)) => parameters(rest, ")"),
        ("timestamp", Some(rest)) => parameters(rest, ")") || parameters(rest, ") with time zone"),
        _ => false,
    };
    known.then_some(physical)
}
