//! Exact numbers and calendar days: everything the language counts with.
//!
//! Nothing here rounds on its own, uses floating point, wraps around or asks a clock. The one idea: an
//! operation either gives the exact result or says [`Overflow`]; rounding happens only where a rule writes a
//! [`Rounding`].

mod date;
mod length;
mod overflow;
mod period;
mod ratio;
mod rounding;

pub use date::{Date, MonthDay, NotADate};
pub use length::Length;
pub use overflow::Overflow;
pub use period::DateRange;
pub use ratio::{NotARatio, Ratio};
pub use rounding::{Mode, Rounding};
