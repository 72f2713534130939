//! The plain checker beside the validator.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::finding::Findings;
use crate::schema::{CONTRACTS, Edition, PRODUCTS, View, explain};

const LIBRARY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn documents(folder: &str) -> Vec<Node> {
    let entries = std::fs::read_dir(format!("{LIBRARY}/{folder}")).unwrap();
    let read = |path: std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        crate::read_document("document", &bytes).value.unwrap().root
    };
    entries.map(|entry| read(entry.unwrap().path())).collect()
}

fn agree(edition: &Edition, node: &Node) -> Result<(), TestCaseError> {
    if let Some(verdict) = holds(&edition.plain, node, Strangers::Refused) {
        let validator = edition.validator().unwrap();
        prop_assert_eq!(
            verdict,
            validator.is_valid(View::whole(node)),
            "{:?}",
            node.to_json()
        );
    }
    if let Some(verdict) = holds(&edition.plain, node, Strangers::Kept) {
        let mut findings = Findings::new(&"document".into());
        explain(node, edition, None, &mut findings);
        prop_assert_eq!(verdict, !findings.has_errors(), "{:?}", node.to_json());
    }
    Ok(())
}

#[test]
fn the_shipped_contracts_need_no_validator() {
    for node in documents("contracts") {
        assert_eq!(
            holds(&CONTRACTS[1].plain, &node, Strangers::Refused),
            Some(true),
            "{:?}",
            node.get("id")
        );
    }
}

#[test]
fn a_format_is_a_remark() {
    let text = "contractCreatedTs: yesterday\napiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active";
    let node = crate::read_document("document", text.as_bytes())
        .value
        .unwrap()
        .root;
    assert_eq!(
        holds(&CONTRACTS[1].plain, &node, Strangers::Refused),
        Some(true)
    );
    assert!(
        CONTRACTS[1]
            .validator()
            .unwrap()
            .is_valid(View::whole(&node))
    );
}

/// Replaces, removes or renames what stands somewhere in the tree.
fn change(node: &mut Node, path: &[Index], how: usize, with: &Node) {
    let Some((step, rest)) = path.split_first() else {
        *node = with.clone();
        return;
    };
    match &mut node.value {
        Value::Map(entries) if !entries.is_empty() => {
            let index = step.index(entries.len());
            match (rest, how) {
                ([], 0) => drop(entries.remove(index)),
                ([], 1) => entries[index].key.push('x'),
                _ => change(&mut entries[index].node, rest, how, with),
            }
        }
        Value::List(items) if !items.is_empty() => {
            let index = step.index(items.len());
            change(&mut items[index], rest, how, with);
        }
        _ => *node = with.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn it_never_disagrees_with_the_validator(
        which: Index,
        edition in 0..3_usize,
        changes in prop::collection::vec((prop::collection::vec(any::<Index>(), 1..7), 0..4_usize, 0..6_usize), 0..3),
    ) {
        let values = documents("contracts");
        let mut node = values[which.index(values.len())].clone();
        let with = [
            Value::Null, Value::Bool(true), Value::Number(0.into()), Value::String("a b".into()),
            Value::List(Vec::new()), Value::Map(Vec::new()),
        ];
        for (path, how, value) in changes {
            let value = Node { span: node.span, value: with[value].clone() };
            change(&mut node, &path, how, &value);
        }
        agree(&CONTRACTS[edition], &node)?;
        agree(&PRODUCTS[edition % 2], &node)?;
    }
}
