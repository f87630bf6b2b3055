//! Every construct that a package may have: a sweep that hardly sees one of them has not tried it.

#[rustfmt::skip]
pub const CONSTRUCTS: &[&str] = &[
    "N of", "access or award", "and", "and N of", "and any of", "any of", "at most", "attribute", "attribute when", "bracket",
    "catalogue value", "choice", "condition", "convert again", "convert again on a rule", "count freely", "count on a rule", "count once",
    "count once everywhere", "credits of", "credits unpublished", "dash", "date", "dated ratios", "dates",
    "deposit", "differ by at most", "distinct", "each level", "effect", "except", "falling scale",
    "give lines", "holds", "holds N of", "holds credits of", "holds no", "if", "in distinct", "in one", "in total", "in unit", "in unit by figures",
    "is one of", "judged amount", "judged by", "judged fact", "kind", "learner fact", "less per",
    "level or coverage", "line unless", "map by a formula", "map by a line", "map by overlap",
    "map by rows", "map to the next better", "mark", "mark by table", "mark carried", "mark judged",
    "months", "named scale", "never", "never at the top", "never unless", "none", "of several", "of which", "optional",
    "or", "or above", "ordered list", "otherwise no", "overrides", "provision", "quantity worked out", "rate", "refer", "refuse",
    "rounding", "same as", "scheme otherwise", "scheme when", "scheme window", "set", "sets beside sets",
    "share", "source credits", "status unverified", "table", "table by learner", "table otherwise",
    "target credits", "target fact", "times", "to and", "to list", "together", "total over",
    "under source name", "two levels", "unless", "unpublished", "up to N of", "valid on", "when", "whichever", "window",
    "within", "without from", "zero cell",
    // Frames and members.
    "adopt", "adopt with discretion", "amend", "open value", "under",
    // Looking at a record; families; kinds.
    "any family", "any family", "impossible when", "lapses", "of which length", "registered for", "total length",
];
