//! How a rule says an amount meets its step. Never chosen by the engine: a rule whose amounts can fall between
//! two steps must say one of these.

use super::{Overflow, Ratio};

/// To which multiple of the step an amount between two of them goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The lesser.
    Down,
    /// The greater.
    Up,
    /// The nearer; from the middle, the greater.
    HalfUp,
    /// The nearer; from the middle, the lesser.
    HalfDown,
}

/// `round MODE to STEP`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rounding {
    /// The direction.
    pub mode: Mode,
    /// The distance of the multiples, above 0.
    pub step: Ratio,
}

impl Rounding {
    /// The multiple of the step that stands for `amount`; [`Overflow`] also for a step of 0 or less.
    pub fn apply(self, amount: Ratio) -> Result<Ratio, Overflow> {
        match self.mode {
            Mode::Down => amount.floor_to(self.step),
            Mode::Up => amount.ceil_to(self.step),
            Mode::HalfUp => amount.half_up_to(self.step),
            Mode::HalfDown => amount.half_down_to(self.step),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_mode_takes_its_side_of_the_middle() {
        let credits = |mode, amount: &str| {
            let rounding = Rounding { mode, step: Ratio::parse("0.5").unwrap() };
            rounding.apply(Ratio::parse(amount).unwrap()).unwrap().to_string()
        };
        let row =
            |amount| [Mode::Down, Mode::Up, Mode::HalfUp, Mode::HalfDown].map(|mode| credits(mode, amount));
        assert_eq!(row("1.25"), ["1", "1.5", "1.5", "1"]);
        assert_eq!(row("1.3"), ["1", "1.5", "1.5", "1.5"]);
        assert_eq!(row("1.2"), ["1", "1.5", "1", "1"]);
        assert_eq!(row("1.5"), ["1.5", "1.5", "1.5", "1.5"]);
    }
}
