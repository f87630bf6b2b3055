//! Truth with a third value, and the strong Kleene connectives: what is unknown decides nothing, and what
//! decides without it is decided.

/// Whether something holds, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold, whatever the unknown turns out to be.
    False,
    /// It depends on what is not known.
    Unknown,
    /// It holds, whatever the unknown turns out to be.
    True,
}

impl Truth {
    /// The less true of two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// The more true of two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// True for false, false for true.
    #[must_use]
    pub const fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    /// Whether all hold; true for none.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::True, Truth::and)
    }

    /// Whether one holds; false for none.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::False, Truth::or)
    }

    /// Whether this is [`Truth::True`].
    pub const fn is_true(self) -> bool {
        matches!(self, Truth::True)
    }

    /// Whether this is [`Truth::False`].
    pub const fn is_false(self) -> bool {
        matches!(self, Truth::False)
    }

    /// Whether this is [`Truth::Unknown`].
    pub const fn is_unknown(self) -> bool {
        matches!(self, Truth::Unknown)
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};
    use super::*;

    const ALL: [Truth; 3] = [False, Unknown, True];

    #[test]
    fn the_tables_are_kleenes() {
        let table = |connective: fn(Truth, Truth) -> Truth| ALL.map(|a| ALL.map(|b| connective(a, b)));
        assert_eq!(
            table(Truth::and),
            [[False, False, False], [False, Unknown, Unknown], [False, Unknown, True]]
        );
        assert_eq!(table(Truth::or), [[False, Unknown, True], [Unknown, Unknown, True], [True, True, True]]);
        assert_eq!(ALL.map(Truth::not), [True, Unknown, False]);
    }

    #[test]
    fn the_laws_hold() {
        for a in ALL {
            assert_eq!(a.not().not(), a);
            for b in ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.and(b).not(), a.not().or(b.not()));
                assert_eq!(a.or(a.and(b)), a);
                for c in ALL {
                    assert_eq!(a.and(b.and(c)), a.and(b).and(c));
                    assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
                }
            }
        }
    }

    #[test]
    fn learning_what_was_unknown_never_turns_true_into_false() {
        // Replacing an unknown by either truth gives the same answer or a more definite one.
        let refined = |before: Truth, after: Truth| before == Unknown || before == after;
        for (a, b) in ALL.into_iter().flat_map(|a| ALL.map(|b| (a, b))) {
            for known in [True, False] {
                let learned = if a == Unknown { known } else { a };
                assert!(refined(a.and(b), learned.and(b)) && refined(a.or(b), learned.or(b)));
                assert!(refined(a.not(), learned.not()));
            }
        }
    }

    #[test]
    fn of_none_all_hold_and_no_one_does() {
        assert_eq!((Truth::all([]), Truth::any([])), (True, False));
        assert_eq!(Truth::all([True, Unknown, False]), False);
        assert_eq!(Truth::any([False, Unknown]), Unknown);
    }
}
