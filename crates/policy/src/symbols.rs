//! Names as small numbers, so that the decision path compares integers.

use std::collections::HashMap;

/// A name that some document mentions. Equal numbers are equal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(u32);

/// All names mentioned. What a rule says a name is (user, role, purpose, ...) is the rule's
/// business: lists of different kinds are never compared with each other.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    numbers: HashMap<Box<str>, Symbol>,
    names: Vec<Box<str>>,
}

impl Symbols {
    /// The number of a name, new if need be.
    pub(crate) fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.get(name) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(name.into());
        self.numbers.insert(name.into(), symbol);
        symbol
    }

    /// The number of a name; none when no document mentions it, so that it equals nothing.
    pub(crate) fn get(&self, name: &str) -> Option<Symbol> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub(crate) fn name(&self, symbol: Symbol) -> &str {
        self.names.get(symbol.0 as usize).map_or("", AsRef::as_ref)
    }

    /// Sorted and without repetition, as the matching code wants its lists.
    pub(crate) fn set<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> Box<[Symbol]> {
        sorted(names.into_iter().map(|name| self.intern(name)).collect())
    }
}

/// Sorted, each once.
pub(crate) fn sorted(mut symbols: Vec<Symbol>) -> Box<[Symbol]> {
    symbols.sort_unstable();
    symbols.dedup();
    symbols.into_boxed_slice()
}

/// Whether two sorted lists share a name. The shorter is looked up in the longer.
pub(crate) fn meet(a: &[Symbol], b: &[Symbol]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().any(|symbol| many.binary_search(symbol).is_ok())
}
