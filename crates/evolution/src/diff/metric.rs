//! What a quality rule of the library measures, which ODCS 3.0 and 3.1 write differently.

use zonecut_contract::Node;

/// Where it is written: `metric` since 3.1, `rule` before.
pub(super) const KEYS: &[&str] = &["metric", "rule"];

/// The metric, by its name of 3.1.
pub(super) fn of(rule: &Node) -> Option<&str> {
    let named = KEYS.iter().find_map(|key| rule.get(key)?.as_str());
    named.map(|name| match name {
        "duplicateCount" => "duplicateValues",
        name => name,
    })
}

/// Whether both measure the same. What is said beside a metric is no other word for it.
pub(super) fn same(before: &Node, after: &Node) -> bool {
    let once = |rule: &Node| KEYS.iter().filter(|key| rule.get(key).is_some()).count() == 1;
    once(before) && once(after) && of(before).is_some() && of(before) == of(after)
}
