//! What the dictionary promises, against the RFCs and the published registries.

#[cfg(test)]
mod dictionary;
#[cfg(test)]
mod names;
#[cfg(test)]
mod registries;
#[cfg(test)]
mod subnets;
