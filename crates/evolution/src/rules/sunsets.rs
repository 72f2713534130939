//! Promised ends: the `sunset` of an element, of its container, of the contract.

use std::cmp::Ordering;

use zonecut_contract::Node;

use super::inherited::Inherited;
use crate::comparison::Comparison;
use crate::quantity::{self, Quantity};

/// The day that a `sunset` names.
pub(super) fn day(sunset: &Node) -> Option<Quantity> {
    sunset.as_str().and_then(quantity::instant)
}

/// Which way an end moved; nothing where one of them is no day.
pub(super) fn moved(before: &Node, after: &Node) -> Option<Ordering> {
    day(after)?.compare(&day(before)?)
}

/// The ends that the old version promised, seen from now.
pub(super) struct Sunsets<'a> {
    elements: Inherited<'a>,
    contract: Option<&'a Node>,
    now: Option<Quantity>,
}

/// Where a promised end stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sunset<'a> {
    /// The day has come.
    Passed,
    /// The thing was promised until then.
    Ahead(&'a Node),
}

impl<'a> Sunsets<'a> {
    pub(super) fn of(cx: &Comparison<'a>) -> Self {
        let contract = cx.before.and_then(|before| before.root().custom("sunset"));
        Self {
            elements: Inherited::of(cx.before, |element| element.custom("sunset")),
            contract,
            now: quantity::instant(&cx.now.to_rfc3339()),
        }
    }

    /// The end promised for an element: its own, else that of its nearest container.
    pub(super) fn of_element(&self, element: Option<&Node>) -> Option<Sunset<'a>> {
        let own = self.elements.get(element);
        // A contract that outlives an element says nothing about it; one that is over says all.
        let contracts = || self.contract().filter(|end| matches!(end, Sunset::Passed));
        own.map_or_else(contracts, |day| self.seen(day))
    }

    /// The end promised for the contract.
    pub(super) fn contract(&self) -> Option<Sunset<'a>> {
        self.seen(self.contract?)
    }

    fn seen(&self, day: &'a Node) -> Option<Sunset<'a>> {
        let end = self::day(day)?;
        match end.compare(self.now.as_ref()?)? {
            Ordering::Greater => Some(Sunset::Ahead(day)),
            _ => Some(Sunset::Passed),
        }
    }
}
