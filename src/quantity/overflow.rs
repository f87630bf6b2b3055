//! The one way arithmetic can fail. It never carries a place: whoever asked for the number knows where it is
//! written.

/// An exact result that cannot be held: its reduced numerator or denominator leaves 64 bits, a divisor or a
/// step is not usable, or a date leaves the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the exact result is too large to hold")]
pub struct Overflow;
