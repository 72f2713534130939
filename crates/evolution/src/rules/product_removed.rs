//! ## What it does
//! Reports a product that is gone. A note where it was retired already, or had no output ports.
//!
//! ## Why it matters
//! Whoever reads through its ports loses them, and finds the data no more, even where the contracts
//! behind them stay.
//!
//! ## Example
//! The file `recursive-queries.odps.yaml` is deleted while its `status` is `active`.
//!
//! ## How to fix
//! Keep the file, publish a version whose `status` is `retired`, and delete it afterwards.

use super::life::{self, Stage};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "product-removed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let Some(product) = cx.gone else { return };
    let root = product.root();
    let retired = life::stage(root.get("status")) == Some(Stage::Over);
    let ports: Vec<&str> = product
        .output_ports
        .iter()
        .map(|port| port.name.as_str())
        .collect();
    let (severity, with_it) = match ports.as_slice() {
        [] => (Note, String::new()),
        [port] => (Breaking, format!(", and its port `{port}` with it")),
        ports => (Breaking, format!(", and its ports {} with it", list(ports))),
    };
    let place = root.span.at(&product.document.file);
    let draft = out.report_at(
        "id",
        (Some(place), None),
        (Consumer, if retired { Note } else { severity }),
        format!("product `{}` was deleted{with_it}", product.id),
        "publish a version whose `status` is `retired` before deleting the file",
    );
    draft.values = (Some(root), None);
}
