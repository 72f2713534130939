//! Questions that were read before. Engines ask the same again and again, and reading JSON takes longer
//! than what is left of an answer that is remembered.

use crate::memo::{Memo, Remembered};
use crate::request::{DecisionRequest, ObjectRequest, Text};

/// What all questions may weigh, in bytes.
const BUDGET: usize = 8 << 20;

/// Reads questions, and remembers them by their bytes.
#[derive(Debug)]
pub struct Questions(Memo<Read>);

#[derive(Debug)]
struct Read {
    body: Box<[u8]>,
    question: DecisionRequest<'static>,
}

impl Remembered for Read {
    fn key(&self) -> &[u8] {
        &self.body
    }

    /// Its texts are in its body too, so they count twice.
    fn weight(&self) -> usize {
        let objects = &self.question.objects;
        let columns = objects.iter().filter_map(|it| it.columns.as_ref());
        let columns: usize = columns.map(Vec::capacity).sum();
        let texts = columns + self.question.principal.groups.capacity();
        let lists =
            texts * size_of::<Text<'_>>() + objects.capacity() * size_of::<ObjectRequest<'_>>();
        size_of::<Self>() + 2 * self.body.len() + lists
    }
}

impl Default for Questions {
    fn default() -> Self {
        Self(Memo::new(BUDGET))
    }
}

impl Questions {
    /// Lets `answer` see the question that `body` is.
    ///
    /// # Errors
    /// When it is none.
    pub fn read<T>(
        &self,
        body: &[u8],
        answer: impl FnOnce(&DecisionRequest<'_>) -> T,
    ) -> serde_json::Result<T> {
        self.0.get_or(
            body,
            |read| answer(&read.question),
            || {
                Ok(Read {
                    body: body.into(),
                    question: read(body)?.into_owned(),
                })
            },
        )
    }
}

/// Looks at the encoding of the whole body once, which is quicker than for each text in it.
fn read(body: &[u8]) -> serde_json::Result<DecisionRequest<'_>> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        // It says where.
        Err(_) => serde_json::from_slice(body),
    }
}
