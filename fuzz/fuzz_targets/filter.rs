//! Any text as a row filter: the words in which a filter is shown are the filter, and bound to a
//! principal it names none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_policy::filter::{MAX_LENGTH, Predicate, check};
use zonecut_policy::lower::{Dialect, filter};

fuzz_target!(|text: &str| {
    let Ok(predicate) = Predicate::parse(text) else {
        return;
    };
    let _ = check(&predicate, &|_| None, &[]);
    let words = filter(&predicate, None, &|_| None);
    match Predicate::parse(&words) {
        Ok(again) => assert_eq!(filter(&again, None, &|_| None), words),
        // With quotes around each part of a path and parentheses around each part of what is meant, it can
        // be longer and deeper than what is read.
        Err(error) => assert!(
            words.len() > MAX_LENGTH || error.message.contains("nested too deeply"),
            "`{words}` can't be read: {error:?}"
        ),
    }
    let bound = predicate.bind("ana", &["noc-br"]);
    assert!(!bound.names_principal());
    for dialect in Dialect::ALL {
        let _ = filter(&bound, Some(dialect), &|_| None);
    }
});
