//! What a text is made of, seen in one pass, so that it is searched only for what it can hold.

/// The bytes below 128 that a text has, and its longest stretch without a gap.
pub(super) struct Makeup {
    bytes: u128,
    /// Of letters, digits and what joins them in tokens: `-._+/=~`.
    pub(super) longest: usize,
}

impl Makeup {
    /// Nothing for what can be no credential: short texts, and numbers and rulers, however long.
    pub(super) fn of(text: &str) -> Option<Self> {
        const SHORTEST: usize = 8;
        const LETTERS: u128 = 0x07ff_fffe_07ff_fffe << 64;
        if text.len() < SHORTEST {
            return None;
        }
        let (mut bytes, mut longest, mut length) = (0_u128, 0, 0);
        for byte in text.bytes() {
            let one = 1_u128.checked_shl(u32::from(byte)).unwrap_or_default();
            bytes |= one;
            length = if one & SOLID == 0 { 0 } else { length + 1 };
            longest = longest.max(length);
        }
        (bytes & LETTERS != 0).then_some(Self { bytes, longest })
    }

    /// Whether the text has `byte`, which is ASCII.
    pub(super) fn has(&self, byte: u8) -> bool {
        let one = 1_u128.checked_shl(u32::from(byte)).unwrap_or_default();
        self.bytes & one != 0
    }
}

const SOLID: u128 = {
    let (mut set, mut byte) = (0, 0_u8);
    while byte < 128 {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'+' | b'/' | b'=' | b'~')
        {
            set |= 1 << byte;
        }
        byte += 1;
    }
    set
};
