//! How much of a document was read, for its limits.

/// How much there is: all of the document so far, or one value of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) nodes: usize,
    pub(super) items: usize,
    pub(super) text: usize,
}

impl Size {
    /// An item is a value too, and counted as one for itself.
    pub(super) const ITEM: Self = Self {
        nodes: 0,
        items: 1,
        text: 0,
    };

    pub(super) const fn value(text: usize) -> Self {
        Self {
            nodes: 1,
            items: 0,
            text,
        }
    }

    pub(super) const fn key(text: usize) -> Self {
        Self {
            nodes: 0,
            items: 0,
            text,
        }
    }

    pub(super) fn add(&mut self, more: Self) {
        self.nodes = self.nodes.saturating_add(more.nodes);
        self.items = self.items.saturating_add(more.items);
        self.text = self.text.saturating_add(more.text);
    }
}
