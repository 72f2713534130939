//! The audit log as lines, for `zonecut audit verify`.

use futures::{Stream, stream};

use crate::state::AppState;
use crate::store;
use crate::store::audit::Part;

/// How many entries are read at a time.
const PART: i64 = 1_000;

/// The entries of `part`, oldest first, a line each, read in pieces so that the length of the log
/// costs no memory. A failure breaks the stream off, so that half a log can't be taken for a whole
/// one.
pub fn export_audit(
    state: AppState,
    part: Part,
) -> impl Stream<Item = Result<String, sqlx::Error>> + Send + 'static {
    stream::try_unfold((state, part), |(state, mut part)| async move {
        let limit = part.limit.min(PART);
        let mut connection = state.pool.acquire().await?;
        let entries = store::audit::list(
            &mut connection,
            &Part {
                limit,
                ..part.clone()
            },
        )
        .await?;
        drop(connection);
        let Some(last) = entries.last() else {
            return Ok(None);
        };
        part.after = last.seq.cast_signed();
        part.limit -= i64::try_from(entries.len()).unwrap_or(part.limit);
        let mut text = String::new();
        for entry in &entries {
            text.push_str(&entry.to_line());
            text.push('\n');
        }
        Ok(Some((text, (state, part))))
    })
}
