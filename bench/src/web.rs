//! What a browser fetches before the admin UI shows, gzipped.

use std::process::Command;

use crate::figure::{Figure, Target};
use crate::tools::{Error, Tools, output};

/// The size that the web's own check measures.
///
/// # Errors
///
/// When the UI is not built.
pub fn figures(tools: &Tools) -> Result<Vec<Figure>, Error> {
    let mut command = Command::new("npm");
    command
        .args(["--prefix", "web", "run", "--silent", "size"])
        .current_dir(&tools.root);
    let text = output(&mut command)?;
    let size = text
        .split_whitespace()
        .find_map(|word| word.parse::<f64>().ok());
    let size = size.ok_or_else(|| format!("no number in `{}`", text.trim()))?;
    Ok(vec![
        Figure::new("admin UI: first load, gzipped", size, "kB").target(Target::AtMost(250.0)),
    ])
}
