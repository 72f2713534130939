//! `[classification]` in `zonecut.toml`: what the repository's labels and tags stand for.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use zonecut_contract::Classification;
use zonecut_contract::sensitivity::{Stated, Unusable};

/// `[classification]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    order: Option<Spanned<Vec<String>>>,
    aliases: Option<Spanned<BTreeMap<String, String>>>,
    guarded_from: Option<Spanned<String>>,
    personal_tags: Option<Spanned<Vec<String>>>,
}

/// The part of `zonecut.toml` that says what labels stand for.
#[derive(Debug, Deserialize)]
struct File {
    classification: Option<Table>,
}

impl Table {
    /// What it says, or what of it can't be used, and where.
    pub fn read(&self) -> Result<Classification, (Unusable, Range<usize>)> {
        let stated = Stated {
            order: self.order.as_ref().map(|it| it.get_ref().clone()),
            aliases: self
                .aliases
                .clone()
                .map(Spanned::into_inner)
                .unwrap_or_default(),
            guarded_from: self.guarded_from.as_ref().map(|it| it.get_ref().clone()),
            personal_tags: self.personal_tags.as_ref().map(|it| it.get_ref().clone()),
        };
        Classification::of(&stated).map_err(|unusable| {
            let at = match unusable.key {
                "aliases" => self.aliases.as_ref().map(Spanned::span),
                "guarded_from" => self.guarded_from.as_ref().map(Spanned::span),
                "personal_tags" => self.personal_tags.as_ref().map(Spanned::span),
                _ => self.order.as_ref().map(Spanned::span),
            };
            (unusable, at.unwrap_or_default())
        })
    }
}

/// What an older `zonecut.toml` said, whatever else was in it; the usual where it can't be used. Who
/// mends the file must not be stopped by what it was.
pub fn of_older(bytes: &[u8]) -> Classification {
    let text = String::from_utf8_lossy(bytes);
    let file = toml::from_str::<File>(&text).ok();
    let table = file.and_then(|file| file.classification);
    let read = table.and_then(|table| table.read().ok());
    read.unwrap_or_else(|| Classification::usual().clone())
}
