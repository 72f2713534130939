//! Lists: pages by keyset, and the opaque cursor that continues them.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Code, Problem};

const DEFAULT_LIMIT: u16 = 50;
const LARGEST_LIMIT: u16 = 500;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The things.
    pub items: Vec<T>,
    /// The cursor of the next page; null on the last.
    pub next: Option<String>,
}

/// Which page of a list.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// At most so many, 1 to 500.
    pub limit: Option<u16>,
    /// Where the page before said to go on.
    pub cursor: Option<String>,
}

/// A page to be read: one row more than is shown tells whether there is another.
pub struct Window {
    limit: u16,
    /// The key after which the page begins; empty for the first.
    pub after: String,
}

impl PageQuery {
    /// The page it asks for.
    ///
    /// # Errors
    /// When the limit is out of range or the cursor is none of ours.
    pub fn window(&self) -> Result<Window, Problem> {
        window(self.limit, self.cursor.as_deref())
    }
}

/// The page that `limit` and `cursor` ask for.
///
/// # Errors
/// When the limit is out of range or the cursor is none of ours.
pub fn window(limit: Option<u16>, cursor: Option<&str>) -> Result<Window, Problem> {
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=LARGEST_LIMIT).contains(&limit) {
        let detail = format!("`limit` is 1 to {LARGEST_LIMIT}");
        return Err(Problem::new(Code::InvalidField, detail));
    }
    let after = cursor.map_or(Some(String::new()), |cursor| {
        String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
    });
    let after = after.filter(|after| !after.contains('\0'));
    let after =
        after.ok_or_else(|| Problem::new(Code::InvalidField, "`cursor` is none of ours"))?;
    Ok(Window { limit, after })
}

impl Window {
    /// The key after which the page begins, in lists that are ordered by something else than text;
    /// none for the first.
    ///
    /// # Errors
    /// When the cursor is another list's.
    pub fn key<K: FromStr>(&self) -> Result<Option<K>, Problem> {
        if self.after.is_empty() {
            return Ok(None);
        }
        let key = self.after.parse();
        key.map(Some)
            .map_err(|_| Problem::new(Code::InvalidField, "`cursor` is none of this list's"))
    }

    /// How many rows to read.
    #[must_use]
    pub fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The page from the rows read; `key` is what the list is ordered by.
    pub fn page<R, T>(
        &self,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> String,
        show: impl Fn(R) -> T,
    ) -> Page<T> {
        let more = rows.len() > usize::from(self.limit);
        rows.truncate(usize::from(self.limit));
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| URL_SAFE_NO_PAD.encode(key(row)));
        Page {
            items: rows.into_iter().map(show).collect(),
            next,
        }
    }
}
