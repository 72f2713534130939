//! Small damage to documents, of the kinds that people, editors, merges and attackers do.

/// What means something to a parser, a schema or a rule.
const WORDS: [&str; 44] = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "|\n",
    ">\n",
    "\"",
    "'",
    "#",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\r",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "\u{e9}",
    "~",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "0x",
    ".nan",
    "v3.0.2",
    "v3.2.0",
    "draft",
    "restricted",
    "2024-01",
    "PT0S",
    "P1DT",
    "24 h",
    "-0.0",
    "099",
    "a.b[].c{key}",
];

/// A source of damage, the same for the same seed.
pub struct Mutator {
    state: u64,
}

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        }
    }

    /// Marsaglia's xorshift64*: chance enough, and the same everywhere.
    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `end`; zero below zero.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from(self.next() % end).unwrap()
    }

    /// One of the documents, damaged one to four times.
    pub fn mutate(&mut self, corpus: &[Vec<u8>], origin: usize) -> Vec<u8> {
        let mut bytes = corpus[origin].clone();
        for _ in 0..=self.below(4) {
            let other = &corpus[self.below(corpus.len())];
            self.damage(&mut bytes, other);
        }
        bytes
    }

    fn damage(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len() + 1);
        match self.below(10) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (self.next() % 8);
                }
            }
            1 => self.insert_word(bytes, at),
            2 => {
                let end = (at + self.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => bytes.truncate(at),
            4 => {
                let lines = self.lines(other);
                let at = line_start(bytes, at);
                bytes.splice(at..at, lines);
            }
            5 | 6 => self.replace_value(bytes, at),
            7 => {
                let line = self.lines(bytes);
                let at = line_start(bytes, at);
                bytes.splice(at..at, line);
            }
            8 => {
                let start = line_start(bytes, at);
                let end = line_end(bytes, start);
                bytes.drain(start..end);
            }
            _ => self.indent(bytes, at),
        }
    }

    fn insert_word(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let word = WORDS[self.below(WORDS.len())];
        let times = if self.below(20) == 0 { 300 } else { 1 };
        bytes.splice(at..at, word.repeat(times).into_bytes());
    }

    /// What stands after the next colon, by a word.
    fn replace_value(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let Some(colon) = bytes[at..].iter().position(|byte| *byte == b':') else {
            return;
        };
        let start = at + colon + 1;
        let end = start
            + bytes[start..]
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(0);
        let word = format!(" {}", WORDS[self.below(WORDS.len())].trim_end());
        bytes.splice(start..end, word.into_bytes());
    }

    /// One to three lines of a document.
    fn lines(&mut self, bytes: &[u8]) -> Vec<u8> {
        let start = line_start(bytes, self.below(bytes.len() + 1));
        let end = (0..=self.below(3)).fold(start, |end, _| line_end(bytes, end));
        bytes[start..end].to_vec()
    }

    fn indent(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let start = line_start(bytes, at);
        if self.below(2) == 0 {
            bytes.splice(start..start, *b"  ");
        } else if bytes[start..].starts_with(b"  ") {
            bytes.drain(start..start + 2);
        }
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    let before = &bytes[..at.min(bytes.len())];
    before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1)
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let end = rest.iter().position(|byte| *byte == b'\n');
    end.map_or(bytes.len(), |end| start + end + 1)
}
