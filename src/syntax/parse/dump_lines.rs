//! The lines of programmes, blocks and tests in short, for tests.

use super::dump::{
    amount, citations, date, fact, name, names, number, numbers, selection, test, titles, value, way,
};
use crate::syntax::tree::*;

/// A line of a programme, a block or a test.
pub(super) fn line(operand: &Operand) -> String {
    match operand {
        Operand::Takes(of) => format!("takes {}", selection(of)),
        Operand::Limit(line) => format!("limit{}", sentence(line)),
        Operand::Require(line) => format!("require{}", sentence(line)),
        Operand::Share(share) => {
            let up_to = share.up_to.as_ref().map(|up_to| format!(" up-to {}", number(up_to)));
            format!("share{} with {}", up_to.unwrap_or_default(), names(&share.with))
        }
        Operand::NotBoth(list) => format!("not-both {}", names(list)),
        Operand::CombineSum => "combine sum".into(),
        Operand::CombineHighest(of) => format!("combine-highest {} per [{}]", fact(&of.by), facts(&of.per)),
        Operand::Surplus(word) => surplus(word),
        Operand::CountIn(of) => {
            let round = of.rounding.as_ref().map(|round| {
                format!(" {:?} {}", round.mode, round.step.as_ref().map(number).unwrap_or_default())
            });
            let each = if of.each { " each" } else { "" };
            format!("count {}{}{}{each}", name(&of.unit), way(&of.conversion), round.unwrap_or_default())
        }
        Operand::Period(of) => {
            let starts: Vec<String> =
                of.starts.iter().map(|(month, day, _)| format!("{month:02}-{day:02}")).collect();
            format!("period {}{} starts {}", name(&of.name), titles(&of.titles), starts.join(", "))
        }
        Operand::On(day) => format!("on {}", date(day)),
        Operand::TestLearner(stated) => format!("learner {}", all_stated(stated)),
        Operand::TestPlan(plan) => {
            let programme = plan.programme.as_ref().map(name).unwrap_or_default();
            format!("plan {programme} ({})", all_stated(&plan.facts))
        }
        Operand::TestHolds(list) => format!("holds {}", held(list)),
        Operand::TestJudged(of) => {
            let (who, whom) = (of.of.as_ref().map(name), of.to.as_ref().map(name));
            let on = of.on.as_ref().map(|on| format!(" on {}", date(on))).unwrap_or_default();
            let is = value(&of.value);
            format!("judged {} of {who:?} to {whom:?} = {is} by {}{on}", name(&of.fact), name(&of.by))
        }
        Operand::TestGranted(of) => {
            let on = of.on.as_ref().map(|on| format!(" on {}", date(on))).unwrap_or_default();
            let by = of.rule.as_ref().map(|rule| format!(" by {}", name(rule))).unwrap_or_default();
            format!("granted {} {}{by} from {}{on}", name(&of.target), number(&of.amount), held(&of.from))
        }
        Operand::TestWaived(of) => {
            let amount = of.amount.as_ref().map(number);
            let because = of.because.as_ref().map(|text| &text.text);
            format!("waived {} {amount:?} by {} {because:?}", name(&of.requirement), name(&of.by))
        }
        Operand::TestAsks(list) => format!("asks {}", names(list)),
        Operand::TestExpect(of) => match &**of {
            TestExpect::Results(list) => format!("expect {}", super::dump::results(list)),
            TestExpect::Cut(amount, by, _) => {
                format!("expect cut {} by {:?}", number(amount), by.as_ref().map(name))
            }
            TestExpect::Short(ExpectedTotal::Total(_), amount, _) => {
                format!("expect total short {}", number(amount))
            }
            TestExpect::Short(ExpectedTotal::Named(of), amount, _) => {
                format!("expect {} short {}", name(of), number(amount))
            }
            TestExpect::Fulfilled(_) => "expect fulfilled".into(),
        },
        _ => String::new(),
    }
}

fn facts(list: &[FactRef]) -> String {
    list.iter().map(fact).collect::<Vec<_>>().join(", ")
}

fn all_stated(list: &[(FactRef, Value)]) -> String {
    list.iter().map(|(of, is)| format!("{} = {}", fact(of), value(is))).collect::<Vec<_>>().join(", ")
}

fn held(list: &[ExampleAchievement]) -> String {
    let one = |held: &ExampleAchievement| {
        let count = held.count.as_ref().map(|count| format!("{}x ", count.value)).unwrap_or_default();
        let of = held.of.as_ref().map(name).unwrap_or_default();
        format!("{count}{of}({})", all_stated(&held.facts))
    };
    list.iter().map(one).collect::<Vec<_>>().join(" & ")
}

fn surplus(word: &SurplusWord) -> String {
    match word {
        SurplusWord::Lost(_) => "surplus lost".into(),
        SurplusWord::To(to, _) => format!("surplus to {}", name(to)),
        SurplusWord::Kept(_) => "surplus kept".into(),
    }
}

fn sentence(line: &LimitLine) -> String {
    let named = line.name.as_ref().map(|of| format!(" {}", name(of))).unwrap_or_default();
    let parts: String = line.parts.iter().map(|part| format!(" {}", self::part(part))).collect();
    format!("{named}{}: {}{parts}", titles(&line.titles), bound(&line.bound))
}

fn bound(of: &Bound) -> String {
    match of {
        Bound::Amount(of) => amount(of),
        Bound::Share(of) => {
            let share = match &of.share {
                Share::Number(share) => number(share),
                Share::Named(share) => name(share),
            };
            let base = match &of.base {
                Err(word) => format!("?{}", name(word)),
                Ok(base) => {
                    let block = base.of.as_ref().map(|of| format!(" of {}", name(of))).unwrap_or_default();
                    let without = base.excluding.as_ref().map(|of| format!(" excluding {}", selection(of)));
                    let without = without.unwrap_or_default();
                    format!("{:?} {}{block}{without}", base.figure, name(&base.measure))
                }
            };
            format!("{share} of {base}")
        }
        Bound::Distinct(count, of) => format!("{} distinct {}", number(count), name(of)),
        Bound::Unpublished(of, _) => format!("unpublished {}", name(of)),
        Bound::Span(lengths, _) => format!("span {}", numbers(lengths)),
        Bound::Whichever { of, greater, .. } => {
            let of: Vec<String> = of.iter().map(bound).collect();
            format!("{}({})", if *greater { "max" } else { "min" }, of.join(", "))
        }
        Bound::Average(of) => {
            let over = of.over.as_ref().map(|over| format!(" over {}", selection(over))).unwrap_or_default();
            format!("average {} >= {}{over}", fact(&of.of), value(&of.least))
        }
    }
}

fn part(part: &LinePart) -> String {
    let each = |each: bool| if each { "each " } else { "" };
    match part {
        LinePart::Converted(_) => "converted".into(),
        LinePart::EarnedHere(_) => "earned-here".into(),
        LinePart::From(of, is_each) => format!("from {}{}", each(*is_each), selection(of)),
        LinePart::To(of, is_each) => format!("to {}{}", each(*is_each), selection(of)),
        LinePart::Where(of) => format!("where {}", test(of)),
        LinePart::Among(last, by, _) => format!("among {} by {}", number(last), fact(by)),
        LinePart::Per { keys, by, .. } => {
            let by = by.as_ref().map(|by| format!(" by {}", fact(by))).unwrap_or_default();
            format!("per {}{by}", facts(keys))
        }
        LinePart::When(of) => format!("when {}", test(of)),
        LinePart::Surplus(word) => surplus(word),
        LinePart::InPrinciple(_) => "in-principle".into(),
        LinePart::Cite(list, _) => format!("cite {}", citations(list)),
    }
}
