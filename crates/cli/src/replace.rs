//! Replacing a file so that nobody ever sees half of it.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Gives a file other contents, and keeps its mode. A link stays one: what it leads to is replaced.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    let written = write(&new, bytes, &path).and_then(|()| fs::rename(&new, &path));
    if written.is_err() {
        // What could not be put in place is of no use; that it can't be removed says nothing new.
        let _ = fs::remove_file(&new);
    }
    written
}

fn write(new: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
    let permissions = fs::metadata(like)?.permissions();
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()
}
