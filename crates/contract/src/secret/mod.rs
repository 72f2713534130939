//! What looks like a credential, whatever key it stands under. Nothing here ever returns a part of
//! what it found, and all of it takes time with the length of the text.
//!
//! Belongs here: what is a secret, what is a place-holder for one, and sealing those of a tree. Does not
//! belong here: what to say about them (`lint`).

mod assignment;
mod header;
mod makeup;
mod name;
mod placeholder;
pub(crate) mod sealed;
mod token;
mod unparsed;
mod url;

#[cfg(test)]
mod tests;

use makeup::Makeup;

pub use name::names_credential;
pub use placeholder::is_placeholder;
pub use sealed::Sealed;
pub use unparsed::{comments, suspect_lines};

/// What kind of credential a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A private key in PEM or of `OpenPGP`.
    PrivateKey,
    /// A token of a form that its issuer made recognisable.
    Token,
    /// A JSON Web Token.
    WebToken,
    /// A password or key that the text calls one, or that stands in a URL or connection string.
    Password,
    /// What stands under the name of a credential.
    Named,
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
            Self::Named => "a credential",
        }
    }
}

/// The credential that `text` holds, if one is recognised.
#[must_use]
pub fn find(text: &str) -> Option<Secret> {
    // Asked about every key and value of a document, nearly all of which have nothing that a form needs.
    let made_of = Makeup::of(text)?;
    if made_of.has(b'-') && text.contains("-----BEGIN ") && text.contains(" PRIVATE KEY") {
        return Some(Secret::PrivateKey);
    }
    let is_given = made_of.has(b'=') || made_of.has(b':');
    if (made_of.has(b'@') && url::holds_password(text))
        || (is_given && assignment::holds_password(text))
    {
        return Some(Secret::Password);
    }
    let token = (made_of.longest >= token::SHORTEST).then(|| token::find(text));
    let after_scheme = || {
        let has_scheme = made_of.has(b' ') || made_of.has(b':');
        (has_scheme && header::holds_credential(text)).then_some(Secret::Password)
    };
    token.flatten().or_else(after_scheme)
}

/// Whether `value` is the credential that its `key` says it is: keys of mappings, and names of custom
/// properties.
#[must_use]
pub fn is_named(key: &str, value: &str) -> bool {
    name::Meaning::of(key).is_some_and(|meaning| meaning.is_kept_by(value))
}
