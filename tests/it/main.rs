//! One binary for everything that concerns the workspace as a whole: the rules of the house, and the
//! journeys that drive the real `zonecut` binary. What concerns one crate is tested in that crate.

// `cfg(test)` always holds here; it tells clippy that helpers may panic, as tests may.
#[cfg(test)]
mod checkout;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod house;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod mesh;
#[cfg(test)]
mod wire;
