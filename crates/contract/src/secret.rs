//! What looks like a credential, whatever key it stands under. Nothing here ever returns a part of
//! what it found.

/// What kind of credential a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A private key in PEM.
    PrivateKey,
    /// A token of a form that its issuer made recognisable.
    Token,
    /// A JSON Web Token.
    WebToken,
    /// A URL or connection string with a password in it.
    Password,
}

impl Secret {
    /// What to call it, after "holds".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PrivateKey => "a private key",
            Self::Token => "an access token",
            Self::WebToken => "a signed token",
            Self::Password => "a password",
        }
    }
}

/// Prefixes that issuers give their tokens, and the fewest characters that follow.
const TOKENS: [(&str, usize); 22] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("ghr_", 30),
    ("github_pat_", 22),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xapp-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("npm_", 30),
    ("hf_", 30),
    ("dop_v1_", 32),
    ("dapi", 32),
    ("hvs.", 24),
    ("zc_", 20),
];

/// Names whose value in a connection string is a credential.
const CREDENTIALS: [&str; 7] = [
    "password",
    "passwd",
    "pwd",
    "accountkey",
    "sharedaccesskey",
    "secret_access_key",
    "client_secret",
];

/// The credential that `text` holds, if one is recognised.
#[must_use]
pub fn find(text: &str) -> Option<Secret> {
    if text.len() < 8 {
        return None;
    }
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") {
        return Some(Secret::PrivateKey);
    }
    if has_userinfo(text) || has_assignment(text) {
        return Some(Secret::Password);
    }
    words(text).find_map(token)
}

/// Whether a value under a key of that name is a credential whatever it looks like.
#[must_use]
pub fn names_credential(key: &str) -> bool {
    const MORE: [&str; 6] = [
        "apikey",
        "api_key",
        "accesskey",
        "secretkey",
        "privatekey",
        "clientsecret",
    ];
    let key = key.to_ascii_lowercase();
    CREDENTIALS.contains(&key.as_str()) || MORE.contains(&key.as_str())
}

/// Whether `value` only says where the credential is to be found.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    const MARKS: [&str; 5] = ["${", "{{", "<", "***", "://"];
    const SCHEMES: [&str; 6] = ["$", "env:", "vault:", "file:", "arn:", "secret:"];
    value.is_empty()
        || MARKS.iter().any(|mark| value.contains(mark))
        || SCHEMES.iter().any(|scheme| value.starts_with(scheme))
        || value
            .chars()
            .all(|letter| matches!(letter, 'x' | 'X' | '*' | '.' | '…'))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| {
        !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))
    })
}

fn token(word: &str) -> Option<Secret> {
    let known = TOKENS.iter().any(|(prefix, least)| {
        word.strip_prefix(prefix).is_some_and(|rest| {
            let solid = rest
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            solid.count() >= *least && rest.bytes().any(|byte| byte.is_ascii_digit())
        })
    });
    if known {
        return Some(Secret::Token);
    }
    let mut parts = word.split('.');
    let web = [parts.next(), parts.next(), parts.next()];
    match (web, parts.next()) {
        ([Some(header), Some(claims), Some(signature)], None)
            if header.starts_with("eyJ") && claims.starts_with("eyJ") && signature.len() >= 16 =>
        {
            Some(Secret::WebToken)
        }
        _ => None,
    }
}

/// `scheme://user:password@host`
fn has_userinfo(text: &str) -> bool {
    text.match_indices("://").any(|(at, mark)| {
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        let authority = rest
            .split(|letter: char| matches!(letter, '/' | '?' | '#') || letter.is_whitespace())
            .next()
            .unwrap_or_default();
        let password = authority
            .rsplit_once('@')
            .and_then(|(userinfo, _)| userinfo.split_once(':'))
            .map(|(_, password)| password);
        password.is_some_and(|password| !is_placeholder(password))
    })
}

/// `password=...` and the like, within a connection string.
fn has_assignment(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    CREDENTIALS.iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            let begins = lower.get(..at).is_some_and(|before| {
                before.is_empty() || before.ends_with([';', '&', '?', ' ', ','])
            });
            let rest = text.get(at + name.len()..).unwrap_or_default();
            let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
            let value = value.map(|value| {
                let end = value.find([';', '&', ' ', ',']).unwrap_or(value.len());
                value.get(..end).unwrap_or_default()
            });
            begins && value.is_some_and(|value| value.len() >= 4 && !is_placeholder(value))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_recognised() {
        let web = format!("eyJ{}.eyJ{}.{}", "hbGci", "zdWIi", "a".repeat(20));
        let pem = ["-----BEGIN RSA PRIV", "ATE KEY-----\nMII"].concat();
        for (text, kind) in [
            (format!("AKIA{}", "ABCDEFGH12345678"), Secret::Token),
            (format!("see ghp_{}", "a1".repeat(18)), Secret::Token),
            (web, Secret::WebToken),
            (pem, Secret::PrivateKey),
            (
                "postgres://loader:s3cr3t!@db.example/x".to_owned(),
                Secret::Password,
            ),
            ("Server=db;Uid=a;Pwd=hunter22;".to_owned(), Secret::Password),
            (
                "jdbc:mysql://h/db?user=a&password=hunter22".to_owned(),
                Secret::Password,
            ),
        ] {
            assert_eq!(find(&text), Some(kind), "{text}");
        }
    }

    #[test]
    fn ordinary_text_is_not() {
        for text in [
            "https://example.org/a:b@c",
            "postgres://loader:${DB_PASSWORD}@db.example/x",
            "jdbc:postgresql://localhost:5432/adventureworks",
            "password=<your password>",
            "the password is asked for at sign-in",
            "mailto:noc@example.org",
            "ghp_short",
            "1.2.3.eyJ",
            "AKIABAR",
            "zc_",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
