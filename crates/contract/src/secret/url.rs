//! Passwords in the user information of URLs and of data source names (RFC 3986, section 3.2.1).

use super::is_placeholder;

/// Whether a URL, or `user:password@tcp(host)`, has a password.
pub(super) fn holds_password(text: &str) -> bool {
    if !text.contains('@') {
        return false;
    }
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`');
    text.split(ends).any(|word| {
        let Some((before, host)) = word.rsplit_once('@') else {
            return false;
        };
        let mut urls = before.match_indices("://");
        urls.any(|(at, mark)| {
            let userinfo = before.get(at + mark.len()..).unwrap_or_default();
            password(userinfo).is_some_and(|password| !is_placeholder(password))
        }) || is_data_source(before, host)
            || is_easy_connect(before, host)
    })
}

/// The password, with whatever it holds, up to the last `@`: clients accept `/` and `@` in it.
fn password(userinfo: &str) -> Option<&str> {
    let (user, password) = userinfo.split_once(':')?;
    let is_path = user.contains(['/', '?', '#', '[']);
    let port = password.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_port = port.len() < password.len() && port.starts_with(['/', '?', '#']);
    (!is_path && !is_port && !password.is_empty()).then_some(password)
}

/// `user/password@//host:1521/service`, also after `jdbc:oracle:thin:`
fn is_easy_connect(before: &str, host: &str) -> bool {
    let driver = ["jdbc:oracle:thin:", "jdbc:oracle:oci:", "jdbc:oracle:oci8:"];
    let named = driver.iter().find_map(|driver| before.split_once(driver));
    let account = match named {
        Some((_, account)) => account,
        None if host.starts_with("//") => before,
        None => return false,
    };
    account.split_once('/').is_some_and(|(user, password)| {
        !user.is_empty() && !password.is_empty() && !is_placeholder(password)
    })
}

/// `user:password@tcp(host:3306)/database`
fn is_data_source(before: &str, host: &str) -> bool {
    let stands = host.starts_with("tcp(") || host.starts_with("unix(");
    stands
        && before
            .split_once(':')
            .is_some_and(|(_, password)| !password.is_empty() && !is_placeholder(password))
}
