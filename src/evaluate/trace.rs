//! Whether a derivation is kept: the fast and the explained answer are one function, and only this parameter differs.

use super::Step;

/// Where the steps of a derivation go.
pub trait Trace {
    /// Whether steps are kept at all.
    const KEEPS: bool;

    /// Takes one step. The step is only made where somebody keeps it.
    fn step(&mut self, make: impl FnOnce() -> Step);

    /// How many steps were kept so far.
    fn kept(&self) -> u32;
}

/// Keeps nothing.
impl Trace for () {
    const KEEPS: bool = false;

    #[inline]
    fn step(&mut self, _make: impl FnOnce() -> Step) {}

    #[inline]
    fn kept(&self) -> u32 {
        0
    }
}

/// Keeps every step, in order.
impl Trace for Vec<Step> {
    const KEEPS: bool = true;

    fn step(&mut self, make: impl FnOnce() -> Step) {
        self.push(make());
    }

    fn kept(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
}
