//! What the operator decides: `zonecut.toml`, `ZONECUT_*` in the environment, flags; the later wins.

use std::num::{NonZeroU16, NonZeroU32};
use std::path::{Path, PathBuf};

use figment::error::Kind;
use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::{Figment, Source};
use ipnet::IpNet;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use zonecut_diagnostics::Span;

use crate::secret::Secret;
use crate::suggestion::{nearest, suggestion};

/// Variables that begin like ours and belong to our scripts and tests, which may start a server.
const NOT_OURS: [&str; 10] = [
    "config",
    "bin",
    "bless",
    "profile",
    "screenshots",
    "sign_in_code",
    "test_owned_directory",
    "url",
    "vectors",
    "worlds",
];

/// The effective configuration.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The PostgreSQL to use. Absent: a private cluster in `data_dir`.
    pub database_url: Option<Secret>,
    /// The same PostgreSQL as the role that owns what is in it, which only migrates. Absent: the role of
    /// `database_url` does.
    pub migration_database_url: Option<Secret>,
    /// Where the private cluster lives, and the key that signs the audit log.
    pub data_dir: PathBuf,
    /// The address to serve at, `127.0.0.1:0` for any free port.
    pub listen: String,
    /// A folder of documents to load at start.
    pub seed: Option<PathBuf>,
    /// The folder of the PostgreSQL binaries for the private cluster.
    pub pg_bin: Option<PathBuf>,
    /// Where the first administrator's token goes instead of to the terminal.
    pub bootstrap_token_file: Option<PathBuf>,
    /// Whether `/metrics` answers without a token.
    pub open_metrics: bool,
    /// Whether webhooks may call private addresses, and without TLS.
    pub allow_private_webhooks: bool,
    /// The most connections to PostgreSQL.
    pub database_connections: u32,
    /// For how many days events and their deliveries are kept once nobody is owed them.
    pub keep_events_days: NonZeroU16,
    /// For how many days measurements are kept.
    pub keep_measurements_days: NonZeroU16,
    /// For how many days lineage events are kept; what they said about edges stays.
    pub keep_lineage_events_days: NonZeroU16,
    /// The key that signs the audit log. Absent: one of our own in `data_dir`.
    pub audit_key_file: Option<PathBuf>,
    /// After how many seconds new entries of the audit log are signed.
    pub audit_checkpoint_seconds: NonZeroU32,
    /// After how many new entries they are signed, if that is sooner.
    pub audit_checkpoint_entries: NonZeroU32,
    /// The networks of proxies whose `X-Forwarded-For` says where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether session cookies are for HTTPS only, whatever the browser says of its page.
    pub secure_cookies: bool,
    /// For how many seconds a service that was told to end still answers new requests, while
    /// `/readyz` says that it is not ready.
    pub drain_seconds: u16,
    /// For how many seconds decisions go on from a snapshot that is not known to be the newest.
    pub max_stale_seconds: NonZeroU32,
    /// What `zonecut check` and `zonecut lint` read in the same file; nothing that is served.
    #[serde(skip_serializing)]
    pub rules: IgnoredAny,
    /// What they read there of the repository's classes; nothing that is served.
    #[serde(skip_serializing)]
    pub classification: IgnoredAny,
}

/// What the flags of `zonecut serve` say; what is absent is left to the environment and the file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Flags {
    /// See [`Config::database_url`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// See [`Config::data_dir`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// See [`Config::listen`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// See [`Config::seed`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<PathBuf>,
    /// See [`Config::pg_bin`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pg_bin: Option<PathBuf>,
    /// See [`Config::bootstrap_token_file`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bootstrap_token_file: Option<PathBuf>,
}

/// The configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key that means nothing.
    #[error("unknown key `{key}` in {place}{}", suggestion(.nearest.as_deref()))]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The file or the environment.
        place: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// A value of the wrong type, or a file that is not TOML.
    #[error("{0}")]
    Invalid(String),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: None,
            migration_database_url: None,
            data_dir: PathBuf::from(".zonecut"),
            listen: "127.0.0.1:8080".to_owned(),
            seed: None,
            pg_bin: None,
            bootstrap_token_file: None,
            open_metrics: true,
            allow_private_webhooks: false,
            database_connections: 10,
            keep_events_days: days(30),
            keep_measurements_days: days(400),
            keep_lineage_events_days: days(90),
            audit_key_file: None,
            audit_checkpoint_seconds: NonZeroU32::new(60).unwrap_or(NonZeroU32::MIN),
            audit_checkpoint_entries: NonZeroU32::new(1_000).unwrap_or(NonZeroU32::MIN),
            trusted_proxies: Vec::new(),
            secure_cookies: false,
            drain_seconds: 0,
            max_stale_seconds: NonZeroU32::new(300).unwrap_or(NonZeroU32::MIN),
            rules: IgnoredAny,
            classification: IgnoredAny,
        }
    }
}

impl Config {
    /// Reads the configuration: `file` (where given, it must be there; else `zonecut.toml` if it
    /// is), the environment, `flags`.
    ///
    /// # Errors
    /// When a key is unknown or a value can't be read.
    pub fn load(file: Option<&Path>, flags: &Flags) -> Result<Self, ConfigError> {
        let toml = match file {
            Some(path) => Toml::file_exact(path),
            None => Toml::file("zonecut.toml"),
        };
        if let Some(path) = file.filter(|path| !path.exists()) {
            let message = format!("configuration file `{}` is not there", path.display());
            return Err(ConfigError::Invalid(message));
        }
        Figment::new()
            .merge(toml)
            .merge(Env::prefixed("ZONECUT_").ignore(&NOT_OURS))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|error| from_figment(&error))
    }

    /// The configuration as TOML, with secrets out of sight.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let mut text = String::new();
        for (key, value) in fields.as_object().into_iter().flatten() {
            if !value.is_null() {
                text.extend([key, " = ", &value.to_string(), "\n"]);
            }
        }
        text
    }
}

fn days(days: u16) -> NonZeroU16 {
    NonZeroU16::new(days).unwrap_or(NonZeroU16::MIN)
}

/// Where and how a file is not TOML, without the line itself, which may hold a secret.
fn not_toml(error: &figment::Error) -> Option<ConfigError> {
    let Some(Source::File(path)) = error.metadata.as_ref()?.source.as_ref() else {
        return None;
    };
    let text = std::fs::read_to_string(path).ok()?;
    let wrong = toml::from_str::<toml::Table>(&text).err()?;
    let before = text.get(..wrong.span()?.start)?;
    let Span { line, column } = Span::after(before);
    let (path, message) = (path.display(), wrong.message());
    let message = format!("`{path}:{line}:{column}` is not TOML: {message}");
    Some(ConfigError::Invalid(message))
}

fn from_figment(error: &figment::Error) -> ConfigError {
    if let Some(error) = not_toml(error) {
        return error;
    }
    let place = match &error.metadata {
        Some(metadata) => match &metadata.source {
            Some(source) => format!("`{source}`"),
            None => metadata.name.to_string(),
        },
        None => "the configuration".to_owned(),
    };
    match &error.kind {
        Kind::UnknownField(key, expected) => ConfigError::UnknownKey {
            key: key.clone(),
            place,
            nearest: nearest(key, expected),
        },
        // What is there instead may be a secret, put in the wrong place.
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
            let path = error.path.join(".");
            ConfigError::Invalid(format!("`{path}` in {place} must be {expected}"))
        }
        kind => {
            let path = error.path.join(".");
            ConfigError::Invalid(format!("`{path}` in {place}: {kind}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_text(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zonecut.toml");
        std::fs::write(&path, text).unwrap();
        Config::load(Some(&path), &Flags::default())
    }

    #[test]
    fn an_unknown_key_is_named_with_what_was_meant() {
        let error = from_text("data_dri = \"x\"").unwrap_err().to_string();
        assert!(error.contains("`data_dri`"), "{error}");
        assert!(error.contains("did you mean `data_dir`?"), "{error}");
    }

    #[test]
    fn trusted_proxies_are_networks() {
        let config = from_text("trusted_proxies = [\"10.0.0.0/8\", \"::1/128\"]").unwrap();
        assert_eq!(config.trusted_proxies.len(), 2);
        let error = from_text("trusted_proxies = [\"proxy\"]").unwrap_err();
        assert!(error.to_string().contains("trusted_proxies"), "{error}");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let config = from_text("database_url = \"postgres://u:hunter2@h/d\"").unwrap();
        assert!(!format!("{config:?}{}", config.to_toml()).contains("hunter2"));
        assert!(config.to_toml().contains("database_url"));
    }

    #[test]
    fn what_is_wrong_with_a_secret_does_not_show_it() {
        let unclosed = "listen = \"127.0.0.1:1\"\ndatabase_url = \"postgres://u:hunter2@h/d\n";
        let error = from_text(unclosed).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
        assert!(error.contains("zonecut.toml:2:"), "{error}");
        let in_a_list = "database_url = [\"postgres://u:hunter2@h/d\"]";
        let error = from_text(in_a_list).unwrap_err().to_string();
        assert!(error.contains("database_url"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        let misplaced = "database_connections = \"postgres://u:hunter2@h/d\"";
        let error = from_text(misplaced).unwrap_err().to_string();
        assert!(error.contains("database_connections"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn what_the_command_line_reads_may_stand_in_the_same_file() {
        let config = from_text(
            "listen = \"127.0.0.1:1\"\n[rules.unit-unknown]\nseverity = \"note\"\n[classification]\norder = []",
        );
        assert_eq!(config.unwrap().listen, "127.0.0.1:1");
    }

    #[test]
    fn flags_win_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zonecut.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"").unwrap();
        let flags = Flags {
            listen: Some("127.0.0.1:2".to_owned()),
            ..Flags::default()
        };
        let config = Config::load(Some(&path), &flags).unwrap();
        assert_eq!(config.listen, "127.0.0.1:2");
    }

    #[test]
    fn a_file_that_was_named_must_be_there() {
        let error = Config::load(Some(Path::new("/nowhere.toml")), &Flags::default());
        assert!(error.unwrap_err().to_string().contains("/nowhere.toml"));
    }
}
