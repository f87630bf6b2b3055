//! Why something is not analysed: neither proved nor refuted, and said so.

use crate::diagnostic::Said;

/// What stands in the way of a proof and of a refutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A test compares two dates of one record with each other.
    TwoDates,
    /// A test looks at sums or extremes over several achievements.
    Several,
    /// A rule takes any number of achievements together.
    Pooled,
    /// A test looks at what else the learner holds.
    Holds,
    /// A test reads the levels of achievements that are not told apart.
    Levels,
    /// A test asks what more than six achievements cover, of which only some count.
    Coverage,
    /// A judge has to say what no record states: a comparison is silent, or an outcome names no statements.
    Judged,
    /// A test reads a fact of the target that has no single value.
    Target,
    /// The achievement is in no catalogue, and a test asks which it is.
    Uncatalogued,
    /// A rule that overrides takes several achievements.
    Overrides,
    /// Amounts are measured in a way that is not compared.
    Amounts,
    /// A condition, or the rules together, have too many cases.
    Budget,
    /// A bundle has too many items.
    Bundle,
    /// A number cannot be held exactly.
    Overflow,
    /// The answer to the record that was found is not what the analysis says: a fault of this program.
    Replay,
}

impl Reason {
    /// The reason as a clause after "because".
    pub fn said(self) -> Said {
        let (english, chinese) = match self {
            Reason::TwoDates => {
                ("two dates of one record are compared with each other", "条件比较同一记录中的两个日期")
            }
            Reason::Several => (
                "a test looks at a sum or an extreme over several achievements",
                "条件涉及多项成果的合计或最值",
            ),
            Reason::Pooled => ("a rule takes any number of achievements together", "条款把多项成果合并认定"),
            Reason::Holds => ("a test looks at what else the learner holds", "条件涉及学习者另外持有的成果"),
            Reason::Levels => (
                "a test reads levels of achievements that are not told apart",
                "条件涉及未逐项区分的成果的等级",
            ),
            Reason::Coverage => (
                "a test asks what more than 6 achievements cover, of which only some count",
                "条件涉及超过6项成果的覆盖程度，且只计其中一部分",
            ),
            Reason::Judged => (
                "a judge has to say what the texts leave open: a comparison is silent, or an outcome names no statements",
                "有待评审认定：等级对照未载明，或者成果未列学习目标",
            ),
            Reason::Target => (
                "a test reads a fact of the target that has no single value",
                "条件涉及的转换课程信息没有唯一的值",
            ),
            Reason::Uncatalogued => {
                ("a test asks which outcome an achievement is that is in no catalogue", "成果不在目录中")
            }
            Reason::Overrides => {
                ("a rule that overrides takes several achievements", "优先的条款需要多项成果")
            }
            Reason::Amounts => ("the amounts are measured in different ways", "学分的计算方式不同"),
            Reason::Budget => ("there are too many cases", "情形过多"),
            Reason::Bundle => ("a bundle has more than 6 items", "组合超过6项"),
            Reason::Overflow => ("a number cannot be held exactly", "数值过大，无法精确计算"),
            Reason::Replay => (
                "the answer to the learner that was found disagrees, which is a fault of this program",
                "对找到的学习者的答复与分析不一致（本程序的缺陷）",
            ),
        };
        Said::Noun { english, chinese }
    }

    /// The stable name of the reason, for documents.
    pub const fn id(self) -> &'static str {
        match self {
            Reason::TwoDates => "two_dates",
            Reason::Several => "several_achievements",
            Reason::Pooled => "pooled",
            Reason::Levels => "levels",
            Reason::Coverage => "coverage",
            Reason::Judged => "judged",
            Reason::Holds => "holds",
            Reason::Target => "target_fact",
            Reason::Uncatalogued => "uncatalogued",
            Reason::Overrides => "overrides",
            Reason::Amounts => "amounts",
            Reason::Budget => "budget",
            Reason::Bundle => "bundle",
            Reason::Overflow => "overflow",
            Reason::Replay => "replay",
        }
    }
}
