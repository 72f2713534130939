//! The directory of the server: what is where in it, who owns it, and that one process has it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{Mode, OFlags};

use super::PORT;
use super::account::Account;
use super::error::{PrivatePostgresError, io};
use super::installation::Major;

/// How long the path of a socket may be, without the zero byte that ends it: 108 bytes on Linux,
/// 104 on macOS and the BSDs.
const LONGEST_SOCKET_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// Where a program finds what it has open (Linux).
const PROGRAMS_OWN_FILES: &str = "/proc/self/fd";

/// A role in the cluster, each with a password of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// For backups and repair; we never connect as it.
    Superuser,
    /// Owns the database and what migrations make in it.
    Owner,
    /// What the application connects as.
    Application,
}

impl Role {
    pub(super) const ALL: [Self; 3] = [Self::Superuser, Self::Owner, Self::Application];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Superuser => "postgres",
            Self::Owner => "zonecut_owner",
            Self::Application => "zonecut",
        }
    }
}

/// What is where, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    root: PathBuf,
    account: Account,
    /// The directory itself, open, for a server whose user may not walk there.
    door: Option<Arc<OwnedFd>>,
}

/// The directory, held by us until this is dropped.
pub(super) struct Directory {
    layout: Layout,
    _lock: Lock,
}

/// The lock of a directory, given up when this is dropped.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a child that was forked and is about to become another
        // program still has it open. Nobody is left to tell of a lock that can't be given up.
        let _ = self.0.unlock();
    }
}

impl Directory {
    /// Makes the directory where there is none, and takes it.
    pub(super) fn open(path: &Path) -> Result<Self, PrivatePostgresError> {
        let root = resolved(path)?;
        let account = Account::of(&root)?;
        let mut layout = Layout {
            root,
            account,
            door: None,
        };
        let socket = layout.socket();
        if socket.as_os_str().len() > LONGEST_SOCKET_PATH {
            return Err(PrivatePostgresError::SocketPath {
                path: socket,
                longest: LONGEST_SOCKET_PATH,
            });
        }
        layout.make_root()?;
        let lock = layout.lock()?;
        layout.make_private(&layout.root.join("passwords"))?;
        layout.open_door()?;
        Ok(Self {
            layout,
            _lock: lock,
        })
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout.clone()
    }
}

impl std::ops::Deref for Directory {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        &self.layout
    }
}

impl Layout {
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the directory, as the server's user can reach it.
    pub(super) fn for_server(&self, path: &Path) -> PathBuf {
        let Some(door) = &self.door else {
            return path.to_owned();
        };
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        Path::new(PROGRAMS_OWN_FILES)
            .join(door.as_raw_fd().to_string())
            .join(inside)
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// Where a cluster is made, to be renamed when it is whole.
    pub(super) fn new_cluster(&self) -> PathBuf {
        self.root.join("new-cluster")
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.root.join(format!(".s.PGSQL.{PORT}"))
    }

    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgresql.log")
    }

    pub(super) fn password_file(&self, role: Role) -> PathBuf {
        self.root.join("passwords").join(role.name())
    }

    /// The major version of the cluster, none when there is no cluster.
    pub(super) fn version(&self) -> Result<Option<Major>, PrivatePostgresError> {
        let cluster = self.cluster();
        if !cluster.exists() {
            return Ok(None);
        }
        let file = cluster.join("PG_VERSION");
        let text = fs::read_to_string(&file).map_err(io("read", &file))?;
        match text.trim().parse() {
            Ok(major) => Ok(Some(major)),
            Err(_) => Err(PrivatePostgresError::NoVersion {
                file,
                found: text.trim().to_owned(),
            }),
        }
    }

    pub(super) fn password(&self, role: Role) -> Result<String, PrivatePostgresError> {
        let file = self.password_file(role);
        let text = fs::read_to_string(&file).map_err(io("read", &file))?;
        Ok(text.trim_end().to_owned())
    }

    /// Gives every role a new password.
    pub(super) fn new_passwords(&self) -> Result<(), PrivatePostgresError> {
        for role in Role::ALL {
            let path = self.password_file(role);
            let mut file = self.create(&path, OpenOptions::new().write(true).truncate(true))?;
            let password = random_password()?;
            writeln!(file, "{password}")
                .and_then(|()| file.sync_all())
                .map_err(io("write", &path))?;
        }
        Ok(())
    }

    /// Opens a file that only the server's user and we may read, making it where there is none.
    pub(super) fn create(
        &self,
        path: &Path,
        options: &mut OpenOptions,
    ) -> Result<File, PrivatePostgresError> {
        let file = options
            .create(true)
            .mode(0o600)
            .open(path)
            .map_err(io("open", path))?;
        self.account.own(path)?;
        Ok(file)
    }

    /// Root's folders, a fresh temporary one for instance, are often closed to everybody else. A
    /// program that inherits an open directory reaches what is in it without walking there.
    fn open_door(&mut self) -> Result<(), PrivatePostgresError> {
        if self.account.reaches(&self.root) {
            return Ok(());
        }
        if !Path::new(PROGRAMS_OWN_FILES).exists() {
            return Err(PrivatePostgresError::OutOfReach {
                account: self.account.to_string(),
                directory: self.root.clone(),
            });
        }
        // Without CLOEXEC: to be inherited is what it is for.
        let flags = OFlags::PATH | OFlags::DIRECTORY;
        let door = rustix::fs::open(&self.root, flags, Mode::empty())
            .map_err(|error| io("open", &self.root)(error.into()))?;
        self.door = Some(Arc::new(door));
        Ok(())
    }

    fn make_root(&self) -> Result<(), PrivatePostgresError> {
        // Somebody else's folder must not change its owner.
        let mut names = fs::read_dir(&self.root).into_iter().flatten();
        if names.next().is_some() && !self.lock_file().exists() {
            return Err(PrivatePostgresError::Foreign(self.root.clone()));
        }
        self.make_private(&self.root)
    }

    fn make_private(&self, folder: &Path) -> Result<(), PrivatePostgresError> {
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .map_err(io("change the permissions of", folder))?;
        self.account.own(folder)
    }

    fn lock_file(&self) -> PathBuf {
        self.root.join("lock")
    }

    fn lock(&self) -> Result<Lock, PrivatePostgresError> {
        let path = self.lock_file();
        let mut file = self.create(&path, OpenOptions::new().read(true).write(true))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder)
                    .map_err(io("read", &path))?;
                let (directory, holder) = (self.root.clone(), holder.trim().to_owned());
                return Err(PrivatePostgresError::InUse { directory, holder });
            }
            Err(TryLockError::Error(error)) => return Err(io("lock", &path)(error)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(io("write", &path))?;
        Ok(Lock(file))
    }
}

/// The path without symbolic links, as the system will show where a process works.
fn resolved(path: &Path) -> Result<PathBuf, PrivatePostgresError> {
    let path = std::path::absolute(path).map_err(io("find", path))?;
    if path.exists() {
        return path.canonicalize().map_err(io("find", &path));
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(path);
    };
    fs::create_dir_all(parent).map_err(io("create", parent))?;
    Ok(parent
        .canonicalize()
        .map_err(io("find", parent))?
        .join(name))
}

/// 192 bits of the system's randomness, in hexadecimal digits: no quoting needed anywhere.
fn random_password() -> Result<String, PrivatePostgresError> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0; 24];
    let read = File::open(source).and_then(|mut file| file.read_exact(&mut bytes));
    read.map_err(io("read", source))?;
    Ok(hex::encode(bytes))
}
