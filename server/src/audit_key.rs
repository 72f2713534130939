//! The key that signs checkpoints of the audit log: read from its file, and made at the first start.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use zonecut_audit::{NotASigningKey, SigningKey};

use crate::config::Config;
use crate::ids::{Ids, NoRandomness};

/// Its file in the data directory.
const FILE: &str = "audit-key.pem";

/// What all users may do with a file. A group may read: secrets are mounted like that.
const OTHERS: u32 = 0o007;

/// There is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum AuditKeyError {
    /// Its file can't be read.
    #[error("the key that signs the audit log can't be read from `{0}`: {1}")]
    Read(PathBuf, io::Error),
    /// Its file is not only for whom it is for.
    #[error("`{0}` can be read by every user of the machine: take that away with `chmod o= {0}`")]
    Open(PathBuf),
    /// Its file holds something else.
    #[error("`{0}` is {1}")]
    NotAKey(PathBuf, NotASigningKey),
    /// It can't be made.
    #[error(
        "the key that signs the audit log can't be written to `{0}`: {1}; name a `data_dir` that can be written, or a key with `audit_key_file`"
    )]
    Write(PathBuf, io::Error),
    /// No randomness to make it from.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// The key that the configuration names, or that of the data directory, made now where there is none.
///
/// # Errors
/// When it can't be read or made.
pub fn load(config: &Config, ids: &Ids) -> Result<SigningKey, AuditKeyError> {
    if let Some(path) = &config.audit_key_file {
        return read(path);
    }
    let path = config.data_dir.join(FILE);
    if !path.exists() {
        let seed = ids.secret_bytes()?;
        make(&path, &SigningKey::pem_of(&seed))
            .map_err(|error| AuditKeyError::Write(path.clone(), error))?;
        tracing::info!(file = %path.display(), "made the key that signs the audit log");
    }
    read(&path)
}

fn read(path: &Path) -> Result<SigningKey, AuditKeyError> {
    let unread = |error| AuditKeyError::Read(path.to_owned(), error);
    let mut file = fs::File::open(path).map_err(unread)?;
    if file.metadata().map_err(unread)?.permissions().mode() & OTHERS != 0 {
        return Err(AuditKeyError::Open(path.to_owned()));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unread)?;
    SigningKey::from_pem(&text).map_err(|error| AuditKeyError::NotAKey(path.to_owned(), error))
}

/// Writes the whole file, or none: two processes may start in one directory, and one of them may die.
fn make(path: &Path, pem: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let written = file
        .write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match written {
        // The other one was first: its key counts.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &Path) -> Config {
        Config {
            data_dir: folder.join("data"),
            ..Config::default()
        }
    }

    #[test]
    fn it_is_made_once_and_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let (config, ids) = (config(folder.path()), Ids::new().unwrap());
        let first = load(&config, &ids).unwrap().verifying_key();
        let again = load(&config, &ids).unwrap().verifying_key();
        assert_eq!(first, again);
        let files: Vec<_> = fs::read_dir(&config.data_dir).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        let file = fs::metadata(config.data_dir.join(FILE)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn one_that_is_named_is_taken_and_must_be_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.pem");
        let config = Config {
            audit_key_file: Some(path.clone()),
            ..config(folder.path())
        };
        let ids = Ids::new().unwrap();
        let missing = load(&config, &ids).unwrap_err().to_string();
        assert!(missing.contains("mine.pem"), "{missing}");
        fs::write(&path, "secret").unwrap();
        let allow = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o644);
        let open = load(&config, &ids).unwrap_err().to_string();
        assert!(open.contains("can be read by every user"), "{open}");
        allow(0o440);
        let wrong = load(&config, &ids).unwrap_err().to_string();
        assert!(wrong.contains("not an Ed25519 private key"), "{wrong}");
        assert!(!wrong.contains("secret"), "{wrong}");
        allow(0o640);
        fs::write(&path, SigningKey::pem_of(&[3; 32])).unwrap();
        let expected = SigningKey::from_seed(&[3; 32]).unwrap().verifying_key();
        assert_eq!(load(&config, &ids).unwrap().verifying_key(), expected);
        assert!(!config.data_dir.exists());
    }

    #[test]
    fn where_none_can_be_made_the_message_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data"), "a file").unwrap();
        let error = load(&config(folder.path()), &Ids::new().unwrap());
        let error = error.unwrap_err().to_string();
        assert!(error.contains("`audit_key_file`"), "{error}");
    }
}
