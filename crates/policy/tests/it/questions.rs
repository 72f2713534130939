//! A question that is remembered is the one that its bytes say.

use proptest::prelude::*;
use zonecut_policy::{DecisionRequest, Questions};

const BODY: &str = r#"{"principal":{"user":"ana","groups":["noc","a\u006ec"]},"action":"select","engine":"trino",
    "purpose":null,"objects":[{"contract":"c","object":"o","columns":["a","b"]},{"contract":"c","object":"p"}],"explain":true}"#;

proptest! {
    /// The same table over all cases: whatever it holds, and however close the bytes are.
    #[test]
    fn what_is_remembered_changes_nothing(
        edits in prop::collection::vec((0..BODY.len(), prop::sample::select(b"ab{}[]\",:n 0\\\xff".to_vec())), 0..3),
        cut in prop::option::weighted(0.1, 0..BODY.len()),
    ) {
        thread_local!(static QUESTIONS: Questions = Questions::default());
        let mut body = BODY.as_bytes().to_vec();
        for (at, byte) in edits {
            body[at] = byte;
        }
        body.truncate(cut.unwrap_or(BODY.len()));
        let expected = serde_json::from_slice::<DecisionRequest<'_>>(&body);
        for _ in 0..2 {
            let read = QUESTIONS.with(|it| it.read(&body, |question| question.clone().into_owned()));
            match (&read, &expected) {
                (Ok(read), Ok(expected)) => prop_assert_eq!(read, expected),
                (Err(read), Err(expected)) => {
                    prop_assert_eq!((read.line(), read.column()), (expected.line(), expected.column()));
                }
                _ => prop_assert!(false, "{read:?} instead of {expected:?}"),
            }
        }
    }
}
