//! The only place of the service that makes identifiers and secrets.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Makes identifiers and secrets.
#[derive(Debug)]
pub struct Ids {
    node: u64,
    counter: AtomicU64,
}

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

impl Ids {
    /// A source whose identifiers differ from those of every other process.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn new() -> Result<Self, NoRandomness> {
        Ok(Self {
            node: u64::from_le_bytes(random()?),
            counter: AtomicU64::new(u64::from_le_bytes(random()?)),
        })
    }

    /// A new identifier (RFC 9562, version 7): ordered by time, unique, but not a secret.
    ///
    /// Costs no system call, since every decision takes one.
    pub fn next(&self, at: DateTime<Utc>) -> Uuid {
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        let mut random = [0; 10];
        let (high, low) = random.split_at_mut(8);
        high.copy_from_slice(&mix(self.node ^ count).to_be_bytes());
        let [x, y, ..] = mix(self.node.wrapping_add(count)).to_be_bytes();
        low.copy_from_slice(&[x, y]);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A new secret of 256 random bits, in the letters of base64url.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn secret(&self) -> Result<String, NoRandomness> {
        Ok(URL_SAFE_NO_PAD.encode(self.secret_bytes()?))
    }

    /// A new secret of 256 random bits, as bytes.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn secret_bytes(&self) -> Result<[u8; 32], NoRandomness> {
        random()
    }
}

fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// The finaliser of `SplitMix64`: neighbours come out far apart, and no two alike.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
