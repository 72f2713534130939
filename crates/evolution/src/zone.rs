//! When two names of a time zone mean one zone.

/// A zone, however it is called.
#[derive(Debug, PartialEq, Eq)]
enum Zone {
    /// At a fixed distance from UTC, in minutes.
    Offset(i32),
    /// A name of the IANA time zone database, lower case, or what nobody knows.
    Named(String),
}

/// Names that are UTC.
const UTC: [&str; 13] = [
    "z",
    "utc",
    "gmt",
    "uct",
    "zulu",
    "universal",
    "greenwich",
    "etc/utc",
    "etc/gmt",
    "etc/uct",
    "etc/zulu",
    "etc/universal",
    "etc/greenwich",
];

/// Former names of one place, and the name it has now. Places that merely kept the same time since
/// 1970 are not listed: they may part again.
const RENAMED: &[(&str, &str)] = &[
    ("africa/asmera", "africa/asmara"),
    ("america/atka", "america/adak"),
    ("america/buenos_aires", "america/argentina/buenos_aires"),
    ("america/catamarca", "america/argentina/catamarca"),
    ("america/cordoba", "america/argentina/cordoba"),
    ("america/fort_wayne", "america/indiana/indianapolis"),
    ("america/godthab", "america/nuuk"),
    ("america/indianapolis", "america/indiana/indianapolis"),
    ("america/jujuy", "america/argentina/jujuy"),
    ("america/knox_in", "america/indiana/knox"),
    ("america/louisville", "america/kentucky/louisville"),
    ("america/mendoza", "america/argentina/mendoza"),
    ("america/porto_acre", "america/rio_branco"),
    ("asia/ashkhabad", "asia/ashgabat"),
    ("asia/calcutta", "asia/kolkata"),
    ("asia/chungking", "asia/chongqing"),
    ("asia/dacca", "asia/dhaka"),
    ("asia/istanbul", "europe/istanbul"),
    ("asia/katmandu", "asia/kathmandu"),
    ("asia/macao", "asia/macau"),
    ("asia/rangoon", "asia/yangon"),
    ("asia/saigon", "asia/ho_chi_minh"),
    ("asia/thimbu", "asia/thimphu"),
    ("asia/ujung_pandang", "asia/makassar"),
    ("asia/ulan_bator", "asia/ulaanbaatar"),
    ("atlantic/faeroe", "atlantic/faroe"),
    ("australia/act", "australia/sydney"),
    ("australia/canberra", "australia/sydney"),
    ("australia/lhi", "australia/lord_howe"),
    ("australia/north", "australia/darwin"),
    ("australia/nsw", "australia/sydney"),
    ("australia/queensland", "australia/brisbane"),
    ("australia/south", "australia/adelaide"),
    ("australia/tasmania", "australia/hobart"),
    ("australia/victoria", "australia/melbourne"),
    ("australia/west", "australia/perth"),
    ("australia/yancowinna", "australia/broken_hill"),
    ("brazil/acre", "america/rio_branco"),
    ("brazil/denoronha", "america/noronha"),
    ("brazil/east", "america/sao_paulo"),
    ("brazil/west", "america/manaus"),
    ("canada/atlantic", "america/halifax"),
    ("canada/central", "america/winnipeg"),
    ("canada/eastern", "america/toronto"),
    ("canada/mountain", "america/edmonton"),
    ("canada/newfoundland", "america/st_johns"),
    ("canada/pacific", "america/vancouver"),
    ("canada/saskatchewan", "america/regina"),
    ("canada/yukon", "america/whitehorse"),
    ("chile/continental", "america/santiago"),
    ("chile/easterisland", "pacific/easter"),
    ("cuba", "america/havana"),
    ("egypt", "africa/cairo"),
    ("eire", "europe/dublin"),
    ("europe/kiev", "europe/kyiv"),
    ("gb", "europe/london"),
    ("gb-eire", "europe/london"),
    ("hongkong", "asia/hong_kong"),
    ("iceland", "atlantic/reykjavik"),
    ("iran", "asia/tehran"),
    ("israel", "asia/jerusalem"),
    ("jamaica", "america/jamaica"),
    ("japan", "asia/tokyo"),
    ("kwajalein", "pacific/kwajalein"),
    ("libya", "africa/tripoli"),
    ("mexico/bajanorte", "america/tijuana"),
    ("mexico/bajasur", "america/mazatlan"),
    ("mexico/general", "america/mexico_city"),
    ("navajo", "america/denver"),
    ("nz", "pacific/auckland"),
    ("nz-chat", "pacific/chatham"),
    ("pacific/enderbury", "pacific/kanton"),
    ("pacific/ponape", "pacific/pohnpei"),
    ("pacific/samoa", "pacific/pago_pago"),
    ("pacific/truk", "pacific/chuuk"),
    ("poland", "europe/warsaw"),
    ("portugal", "europe/lisbon"),
    ("prc", "asia/shanghai"),
    ("roc", "asia/taipei"),
    ("rok", "asia/seoul"),
    ("singapore", "asia/singapore"),
    ("turkey", "europe/istanbul"),
    ("us/alaska", "america/anchorage"),
    ("us/aleutian", "america/adak"),
    ("us/arizona", "america/phoenix"),
    ("us/central", "america/chicago"),
    ("us/east-indiana", "america/indiana/indianapolis"),
    ("us/eastern", "america/new_york"),
    ("us/hawaii", "pacific/honolulu"),
    ("us/indiana-starke", "america/indiana/knox"),
    ("us/michigan", "america/detroit"),
    ("us/mountain", "america/denver"),
    ("us/pacific", "america/los_angeles"),
    ("us/samoa", "pacific/pago_pago"),
    ("w-su", "europe/moscow"),
];

/// Whether two names mean one zone.
pub(crate) fn same(one: &str, other: &str) -> bool {
    zone(one) == zone(other)
}

fn zone(text: &str) -> Zone {
    let name = text.trim().to_ascii_lowercase();
    if UTC.contains(&name.as_str()) {
        return Zone::Offset(0);
    }
    // The zones of POSIX count westwards.
    if let Some(minutes) = name.strip_prefix("etc/gmt").and_then(offset) {
        return Zone::Offset(-minutes);
    }
    let distance = ["utc", "gmt"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix));
    if let Some(minutes) = offset(distance.unwrap_or(&name)) {
        return Zone::Offset(minutes);
    }
    let renamed = RENAMED.iter().find(|(former, _)| *former == name);
    Zone::Named(renamed.map_or(name.clone(), |(_, now)| (*now).to_owned()))
}

/// `+2`, `+02`, `+0200`, `+02:00`, in minutes; `0` alone is none.
fn offset(text: &str) -> Option<i32> {
    if text == "0" {
        return Some(0);
    }
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str, most: i32| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i32 = text.parse().ok().filter(|_| plain)?;
        (number <= most).then_some(number)
    };
    let minutes = number(hours, 14)? * 60 + number(minutes, 59)?;
    Some(if text.starts_with('-') {
        -minutes
    } else {
        minutes
    })
}
