//! What reading, judging and naming documents promises.
#![expect(
    clippy::format_push_string,
    reason = "test documents are put together to be read"
)]

#[cfg(test)]
mod fix;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod model;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod products;
#[cfg(test)]
mod sql;
#[cfg(test)]
mod vectors;
