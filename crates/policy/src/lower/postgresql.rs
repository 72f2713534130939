//! Masks in `PostgreSQL`'s SQL.

use zonecut_mask::{DomainCut, IpPrefix, Mask};

use super::ColumnRef;
use super::mask::{is_text, is_zoned};

pub(super) fn express(mask: &Mask, name: &str, column: ColumnRef<'_>) -> Option<String> {
    match mask {
        Mask::Partial { first, last } => is_text(column).then(|| partial(name, *first, *last)),
        // Above 96 bits `host` writes what lies in ::/96 with dots, as nobody else does.
        Mask::IpPrefix(IpPrefix { v6: Some(97..), .. }) => None,
        Mask::IpPrefix(prefix) => ip_prefix(name, *prefix, column),
        Mask::Domain(DomainCut::Labels(count)) => is_text(column).then(|| labels(name, *count)),
        Mask::TimeBucket { seconds } => {
            i64::try_from(*seconds).ok()?.checked_mul(1_000_000)?;
            let origin = if is_zoned(column.physical_type) {
                "TIMESTAMPTZ '1970-01-01 00:00:00+00'"
            } else {
                "TIMESTAMP '1970-01-01 00:00:00'"
            };
            Some(format!("date_bin('{seconds} seconds', {name}, {origin})"))
        }
        Mask::NumberBucket { size } if is_float(column.physical_type) => {
            Some(format!("floor({name} / {size}) * {size}"))
        }
        Mask::NumberBucket { size } => Some(format!(
            "{name} - mod(mod({name}, {size}) + {size}, {size})"
        )),
        _ => None,
    }
}

fn is_float(physical: Option<&str>) -> bool {
    physical.is_some_and(|physical| {
        let physical = physical.to_ascii_lowercase();
        ["double", "float", "real"]
            .iter()
            .any(|word| physical.starts_with(word))
    })
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
        format!(" || substr({name}, char_length({name}) - {last} + 1)")
    };
    let shown = u64::from(first) + u64::from(last);
    format!(
        "CASE WHEN {name} IS NULL THEN NULL WHEN char_length({name}) <= {shown} THEN {name} ELSE {head}'*'{tail} END"
    )
}

/// This version has no cast that answers NULL, so the text is recognised before it is cast.
fn ip_prefix(name: &str, prefix: IpPrefix, column: ColumnRef<'_>) -> Option<String> {
    if column
        .physical_type
        .is_some_and(|physical| physical.eq_ignore_ascii_case("inet"))
    {
        let network = networks(name, prefix);
        let [v4, v6, mapped] = network.map(|text| text.unwrap_or_else(|| "NULL".to_owned()));
        return Some(format!(
            "CASE WHEN family({name}) = 4 THEN {v4} WHEN {name} <<= '::ffff:0:0/96' THEN {mapped} ELSE {v6} END::inet"
        ));
    }
    if !is_text(column) {
        return None;
    }
    let address = format!("{name}::inet");
    let [v4, v6, mapped] =
        networks(&address, prefix).map(|text| text.unwrap_or_else(|| "NULL".to_owned()));
    Some(format!(
        "CASE WHEN {name} ~ '{}' THEN {v4} WHEN {name} ~ '{}' THEN CASE WHEN {address} <<= '::ffff:0:0/96' THEN {mapped} ELSE {v6} END END",
        v4_pattern(),
        v6_pattern()
    ))
}

/// IPv4, IPv6, and IPv4 carried in IPv6, which is shown as the IPv4 it is.
fn networks(address: &str, prefix: IpPrefix) -> [Option<String>; 3] {
    let network = |bits: u8| format!("host(network(set_masklen({address}, {bits})))");
    let v4 = prefix.v4.map(network);
    let v6 = prefix.v6.map(network);
    let mapped = prefix.v4.map(|bits| format!("host(network(set_masklen(('0.0.0.0'::inet + ({address} - '::ffff:0:0'::inet)), {bits})))"));
    [v4, v6, mapped]
}

const OCTET: &str = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

fn v4() -> String {
    format!("{OCTET}(?:[.]{OCTET}){{3}}")
}

fn v4_pattern() -> String {
    format!("^{}$", v4())
}

/// The grammar of RFC 3986, section 3.2.2.
fn v6_pattern() -> String {
    const GROUP: &str = "[0-9A-Fa-f]{1,4}";
    let last = format!("(?:{GROUP}:{GROUP}|{})", v4());
    let before = |most: u8| format!("(?:(?:{GROUP}:){{0,{most}}}{GROUP})?");
    let mut forms = vec![
        format!("(?:{GROUP}:){{6}}{last}"),
        format!("::(?:{GROUP}:){{5}}{last}"),
    ];
    forms.extend(
        (0..5).map(|groups| format!("{}::(?:{GROUP}:){{{}}}{last}", before(groups), 4 - groups)),
    );
    forms.push(format!("{}::{GROUP}", before(5)));
    forms.push(format!("{}::", before(6)));
    format!("^(?:{})$", forms.join("|"))
}

/// The root is a name too, and has no label to find.
fn labels(name: &str, count: u8) -> String {
    let more = count.saturating_sub(1);
    let pattern = format!("^(?:[^.]+[.])*?((?:[^.]+[.]){{0,{more}}}[^.]+[.]?)$");
    format!("CASE WHEN {name} = '.' THEN {name} ELSE substring({name} from '{pattern}') END")
}
