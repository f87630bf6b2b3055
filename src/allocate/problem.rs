//! What is asked: achievements, what may be made of them, and what the learner's programme takes. Plain numbers: every amount of
//! credit is a whole number of steps of the unit, every name is an index into one of the lists below.
//!
//! The order of [`Problem::achievements`] and [`Problem::applications`] is the canonical one (earliest completed first, then
//! identifiers): of answers that are equally good, the one that uses what comes first is given. Nothing else depends on an order.

/// A whole record and what it is to fill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What the learner holds.
    pub achievements: Vec<Achievement>,
    /// Where an achievement serves only once.
    pub scopes: Vec<Scope>,
    /// What is covered once.
    pub targets: Vec<Target>,
    /// What rules would make of what is held; own study too, as applications of itself.
    pub applications: Vec<Application>,
    /// The programme is block 0; its blocks name their parents, which stand before them.
    pub blocks: Vec<Block>,
    /// Where some of several blocks are asked.
    pub branches: Vec<Branches>,
    /// Which blocks share credit.
    pub shares: Vec<Share>,
    /// What cuts.
    pub limits: Vec<Limit>,
    /// What is asked of that which counts, without being a place for it.
    pub conditions: Vec<Condition>,
    /// Averages that are asked.
    pub averages: Vec<Average>,
}

/// One achievement, or several that nothing tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Achievement {
    /// How many there are of it.
    pub count: i64,
}

/// Rules that together use an achievement once: those of a scheme that says `count each achievement once`, or all that fill a
/// programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// What the ledger has used already: an achievement, and how many of its count.
    pub spent: Vec<(usize, i64)>,
}

/// An outcome that is covered once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Target {
    /// The ledger or the learner's own study has covered it already.
    pub covered: bool,
}

/// A rule with the evidence that fills its slots: what is made or not made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Application {
    /// What it uses.
    pub slots: Vec<Slot>,
    /// How often it may be made at most: 1, except where `n of S` serves a block or several achievements are the same.
    pub times: i64,
    /// What it gives.
    pub grants: Vec<Grant>,
    /// Whether the learner chooses among the grants.
    pub choice: Option<Choice>,
    /// The scopes in which what it uses is used up.
    pub scopes: Vec<usize>,
    /// What has been decided about it.
    pub pin: Pin,
}

/// What is taken from the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// This achievement.
    One(usize),
    /// Some of these.
    Set(Set),
}

/// Evidence of which the allocation takes some.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set {
    /// The candidates.
    pub of: Vec<usize>,
    /// How many are taken.
    pub take: Take,
    /// By candidate a key of which one is taken at most in each application: two takings of one course are one.
    pub one_of: Option<Vec<u32>>,
    /// Sums that what is taken must reach: `total hours >= 40`, `6 credits of S`.
    pub totals: Vec<Total>,
    /// Candidates of which one is taken at least: `latest awarded` inside a window.
    pub some_of: Vec<Vec<usize>>,
}

/// How many of a set are taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Take {
    /// So many, each time.
    Exactly(i64),
    /// So many different values of a key, which is given by candidate; each value serves once.
    Different(i64, Vec<u32>),
    /// One or more: `together`, or as many as the totals ask.
    Any,
}

/// A sum over what is taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Total {
    /// What each candidate adds.
    pub quantity: Vec<i64>,
    /// What the sum must reach.
    pub at_least: i64,
}

/// What the learner may choose among the grants of one application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// So many at least, where the application is made.
    pub at_least: i64,
    /// So many at most.
    pub at_most: i64,
}

/// What has been decided about an application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pin {
    /// Nothing.
    #[default]
    Free,
    /// The learner or an officer wants it.
    Made,
    /// The learner or an officer does not want it.
    NotMade,
    /// It is the learner's own study, which takes part and is never displaced; a limit that it alone exceeds by what it covers or
    /// uses gives way to it.
    Own,
}

/// What an application gives to one target.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// What it covers, each of them once.
    pub covers: Vec<usize>,
    /// How much.
    pub award: Award,
    /// What the amount does.
    pub counts: Counts,
    /// The amount counts whole or not at all.
    pub whole: bool,
    /// The blocks in which it may sit.
    pub places: Vec<usize>,
    /// An effect that is worth having without credit (access, a waived requirement, an exemption that other study makes up), by
    /// number: each is had once.
    pub effect: Option<u32>,
}

/// What an amount does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Counts {
    /// It adds to the total of its block and of all above.
    #[default]
    Credit,
    /// It lowers the need of its block and of all above.
    Lowers,
    /// Only limits and conditions see it.
    Volume,
}

/// The amount of a grant, in steps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Award {
    /// The same, each time it is given.
    Fixed(i64),
    /// Measured over what a set slot takes.
    Measured(Measured),
}

/// The least of some lines through one quantity, rounded to a step, and no more than a cap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measured {
    /// The slot that is measured.
    pub slot: usize,
    /// What each candidate adds.
    pub quantity: Vec<i64>,
    /// The lines; the least of them counts.
    pub lines: Vec<Line>,
    /// How each is rounded to a whole step.
    pub round: Round,
    /// No more than this.
    pub at_most: i64,
}

/// `(quantity · times + plus) / per`, with `per` above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Factor of the quantity, 0 or more.
    pub times: i64,
    /// What is added.
    pub plus: i64,
    /// What divides.
    pub per: i64,
}

/// How an amount comes to a whole step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Round {
    /// To the step below.
    #[default]
    Down,
    /// To the step above.
    Up,
    /// To the nearer step, from the middle up.
    HalfUp,
    /// To the nearer step, from the middle down.
    HalfDown,
}

impl Round {
    /// What is added before the division, so that rounding down rounds so.
    #[must_use]
    pub fn addend(self, per: i64) -> i64 {
        match self {
            Self::Down => 0,
            Self::Up => per - 1,
            Self::HalfUp => per / 2,
            Self::HalfDown => (per + 1) / 2 - 1,
        }
    }
}

/// A part of a programme, or the whole of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Block {
    /// The block around it; none for the programme, which is block 0.
    pub parent: Option<usize>,
    /// What it asks, before exemptions that lower the total.
    pub need: Option<i64>,
    /// What it counts at most.
    pub at_most: Option<i64>,
    /// Where what is over the ceiling goes; needs a ceiling.
    pub surplus_to: Option<usize>,
    /// What the ledger has counted here already.
    pub held: i64,
}

/// Some of several blocks are asked: `2 of { block a …; block b … }`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Branches {
    /// How many.
    pub number: i64,
    /// The blocks, none inside another; what sits in one that is not chosen is not counted.
    pub blocks: Vec<usize>,
}

/// `share up to n credits with X`: credit that sits in one block also counts in another, and once above both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Where the credit sits, in this block or inside it.
    pub from: usize,
    /// Where it counts also.
    pub to: usize,
    /// How much.
    pub at_most: Option<i64>,
}

/// `limit`: a sum of measures that may not pass a number. A share of what counts is one with a negative factor:
/// `at most 40% of counted credits from F` is 5 times F less 2 times all, at most 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// What is measured.
    pub counted: Vec<Counted>,
    /// What the sum may reach, less what the ledger used of it; below 0 is 0.
    pub at_most: i64,
}

/// A named `require`: a sum of measures that should reach a number. It cuts nothing; what is missing is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// What is measured.
    pub counted: Vec<Counted>,
    /// What the sum should reach, less what the ledger holds of it.
    pub at_least: i64,
    /// It speaks of courses or achievements, and not of credit.
    pub counts: bool,
}

/// `average … >= N over S`, as a margin: what each credit of a grant lies above N, or below.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Average {
    /// Grants, and by how much one counted step of each lies above what is asked.
    pub over: Vec<(Part, i64)>,
    /// The margin that the ledger brings.
    pub held: i64,
}

/// A measure and its factor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Counted {
    /// What is measured.
    pub measure: Measure,
    /// How often it is counted.
    pub factor: i64,
}

/// What may be measured of an allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The amounts of these grants that count, in one block and all inside it, or anywhere.
    Amount {
        /// The grants.
        of: Vec<Part>,
        /// The block.
        within: Option<usize>,
    },
    /// How often these grants are given; in one block and all inside it, those with an amount that counts there.
    Courses {
        /// The grants.
        of: Vec<Part>,
        /// The block.
        within: Option<usize>,
    },
    /// How many of these achievements these applications use; one that two of them use is used once.
    Sources {
        /// The applications.
        by: Vec<usize>,
        /// The achievements.
        of: Vec<usize>,
    },
    /// How many of these groups of achievements have one that is used.
    Different {
        /// The applications.
        by: Vec<usize>,
        /// The achievements of each value of a key.
        groups: Vec<Vec<usize>>,
    },
    /// How often these applications are made.
    Applications {
        /// The applications.
        of: Vec<usize>,
    },
}

/// A grant that is measured, and when.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// The application.
    pub application: usize,
    /// Which of its grants.
    pub grant: usize,
    /// Where it depends on what a set slot takes.
    pub when: When,
}

/// Whether a grant is measured, by what its application uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum When {
    /// It is.
    #[default]
    Always,
    /// Where it uses one of these at least: how a limit sees a bundle.
    AnyUsed(Vec<usize>),
    /// Where it uses none of these: how a condition sees one, with those that do not match.
    NoneUsed(Vec<usize>),
}
