//! Calls to subscribers: where they may go ([`address`]), what they say and how they are signed
//! ([`message`]), and the client that makes them ([`client`]).

pub mod address;
pub mod client;
pub mod message;
