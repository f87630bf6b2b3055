//! The tree in short, for tests: what was understood, without places.

use crate::syntax::tree::*;

/// All statements, one after another.
pub(super) fn statements(statements: &[Statement]) -> String {
    statements.iter().map(statement).collect::<Vec<_>>().join("; ")
}

fn statement(statement: &Statement) -> String {
    match &statement.kind {
        StatementKind::Declaration(declaration) => self::declaration(declaration),
        StatementKind::Slot(slot) => operand(&slot.operand),
        StatementKind::Row(row) => self::row(row),
        StatementKind::Members(list) => format!("members {}", ranked(list)),
        StatementKind::Later => "LATER".into(),
        StatementKind::Bad => "BAD".into(),
    }
}

fn declaration(declaration: &Declaration) -> String {
    let mut said = format!("{:?}", declaration.word).to_lowercase();
    said += &declaration.name.iter().map(|name| format!(" {}", self::name(name))).collect::<String>();
    said += &declaration.aliases.iter().map(|alias| format!(" = {}", name(alias))).collect::<String>();
    said += &titles(&declaration.titles);
    said += &declaration.kind.iter().map(|kind| format!(" : {}", name(kind))).collect::<String>();
    said += &declaration.version.iter().map(|version| format!(" v{}", version.text)).collect::<String>();
    said += &declaration.rename.iter().map(|other| format!(" as {}", name(other))).collect::<String>();
    if !declaration.maps_to().is_empty() {
        said += &format!(" -> {}", names(declaration.maps_to()));
    }
    said +=
        &declaration.formerly().iter().map(|other| format!(" formerly {}", name(other))).collect::<String>();
    said += &declaration
        .between()
        .iter()
        .map(|(one, other)| format!(" {} ~ {}", name(one), name(other)))
        .collect::<String>();
    if let Some(of) = declaration.statement() {
        let weight = of.weight.as_ref().map(number);
        let elsewhere = of.elsewhere.as_ref().map(|(document, _)| names(document.as_slice()));
        said += &format!(" {} {} {weight:?} {elsewhere:?}", name(&of.dimension), value(&of.level));
    }
    if let Some(ratio) = declaration.ratio() {
        let terms: Vec<String> = ratio.terms.iter().map(|term| ends(&term.low, term.high.as_ref())).collect();
        said += &format!(" {}", terms.join(if ratio.is_one_way { " gives " } else { " = " }));
    }
    if let Some(map) = declaration.map() {
        let from = map.from.as_ref().map_or_else(|| "any".into(), name);
        said += &format!(" from {from} to {}", map.to.as_ref().map(name).unwrap_or_default());
    }
    if let Some(SpecialHeader::Branches(number)) = declaration.special.as_deref() {
        said += &format!(" {}", number.value);
    }
    if let Some(body) = &declaration.body {
        said += &format!(" {{ {} }}", statements(&body.statements));
    }
    said
}

fn level_numbers(of: &LevelNumbers) -> String {
    format!("{}..{} step {:?}", of.low.value, of.high.value, of.step.as_ref().map(number))
}

pub(super) fn name(name: &Name) -> String {
    if name.bracket == Bracket::Bare { name.text.to_string() } else { format!("[{}]", name.text) }
}

pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(name).collect::<Vec<_>>().join(", ")
}

pub(super) fn titles(titles: &[Title]) -> String {
    let one = |title: &Title| format!(" {}{:?}", title.tag.as_deref().unwrap_or_default(), title.text.text);
    titles.iter().map(one).collect()
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Version(version) => format!("version {}", version.text),
        Operand::Text(slot, text) => format!("{slot:?} {:?}", text.text),
        Operand::Issued(date) => format!("issued {}", self::date(date)),
        Operand::Clause(clause) => {
            let hash = clause.hash.as_ref().map(|hash| format!(" hash {:?}", hash.text));
            let text = clause.text.as_ref().map(|text| &text.text);
            format!("clause {:?} {text:?}{}", clause.label.text, hash.unwrap_or_default())
        }
        Operand::Names(slot, list) => format!("{slot:?} {}", names(list)),
        Operand::Given(given) => format!("{} := {}", name(&given.fact), values(&given.values)),
        Operand::Fact(fact) => self::fact_line(fact),
        Operand::LowToHigh(list) => format!("low-to-high {}", ranked(list)),
        Operand::Range(ends) => format!("range {}..{}", value(&ends.0), value(&ends.1)),
        Operand::Step(step) => format!("step {}", number(step)),
        Operand::Pass(pass) => format!("pass {}", value(pass)),
        Operand::ScaleMark(mark) => {
            let counts = mark.counts_as.as_ref().map(counts_as).unwrap_or_default();
            let outside = if mark.outside_average { " outside" } else { "" };
            format!("mark {}{}{counts}{outside}", name(&mark.name), titles(&mark.titles))
        }
        Operand::Distribution(of) => {
            format!("distribution {} {}", of.step.as_ref().map(number).unwrap_or_default(), table(&of.table))
        }
        Operand::Linear(of) => format!("linear best {} pass {}", value(&of.best), value(&of.pass)),
        Operand::Formula(text) => format!("formula {:?}", text.text),
        Operand::ByOverlap(take, _) => format!("overlap {take:?}"),
        Operand::BelowPass(of) => format!("below-pass {}", value(of)),
        Operand::MapRounding(of) => match &**of {
            MapRounding::NextBetter(_) => "round better".into(),
            MapRounding::To(word) => {
                format!("round {:?} {}", word.mode, word.step.as_ref().map(number).unwrap_or_default())
            }
        },
        Operand::MapOtherwise(is_none, _) => format!("otherwise none {is_none}"),
        Operand::MapExample(of) => {
            let result = of.result.as_ref().map_or_else(|| "not-stated".into(), value);
            format!("example {} -> {result}", value(&of.given))
        }
        Operand::CreditHours(hours) => {
            format!("hours {}{:?}{}", extent(hours), hours.sort, measure_tail(hours))
        }
        Operand::CreditYear(year) => format!("year {}{}", extent(year).trim_end(), measure_tail(year)),
        Operand::ConversionExample(example) => {
            let result = match &example.result {
                ConversionResult::Amount(low, high) => ends(low, high.as_ref()),
                ConversionResult::None(unit) => format!("none in {}", name(unit)),
            };
            let way = example.way.as_ref().map(way_word).unwrap_or_default();
            format!("example {} -> {result}{way}", number(&example.given))
        }
        Operand::Levels(levels) => match &**levels {
            Levels::Numbers(numbers) => format!("levels {}", level_numbers(numbers)),
            Levels::Names(list, numbers) => {
                format!("levels {} {}", ranked(list), numbers.as_ref().map(level_numbers).unwrap_or_default())
            }
            Levels::Unpublished(_) => "levels unpublished".into(),
        },
        Operand::Placement(rule, _) => format!("placement {rule:?}"),
        Operand::Descriptors(descriptors) => match &**descriptors {
            Descriptors::Elsewhere(document, _) => {
                format!("descriptors elsewhere {}", names(document.as_slice()))
            }
            Descriptors::Unpublished(_) => "descriptors unpublished".into(),
            Descriptors::Table(tag, table) => {
                format!("descriptors {}{}", names(tag.as_slice()), self::table(table))
            }
        },
        Operand::Tracks(tracks) => {
            let one = |track: &Track| format!(" {}{}", name(&track.name), titles(&track.titles));
            format!("tracks{}", tracks.iter().map(one).collect::<String>())
        }
        Operand::Title(slot) => {
            let need = |need: &TitleNeed| match need {
                TitleNeed::Credits { amount, at_most, .. } => format!(" {at_most} {}", number(amount)),
                TitleNeed::Level(test) => format!(" {}", self::test(test)),
            };
            let needs: String = slot.needs.iter().map(need).collect();
            format!("title {:?}{needs} {}", slot.title.text, citations(&slot.cite))
        }
        Operand::TitleExample(it) => format!(
            "title-example {:?} {:?} {:?} {}",
            it.title.text,
            it.level.as_ref().map(value),
            it.credits.as_ref().map(number),
            it.allowed
        ),
        Operand::ComparisonStatus(status, _) => format!("status {status:?}"),
        Operand::ComparisonExample(it) => {
            let one = |other: &Counterpart| match other {
                Counterpart::Level(level) => value(level),
                Counterpart::None(_) => "none".into(),
                Counterpart::NotStated(_) => "not-stated".into(),
            };
            let others: Vec<String> = it.counterparts.iter().map(one).collect();
            format!("example {} -> {}", value(&it.level), others.join(", "))
        }
        Operand::Counts(how, _) => format!("counts {how:?}"),
        Operand::Impossible(when) => format!("impossible {}", test(when)),
        Operand::Lapses(lapses) => {
            let unless: Vec<String> = lapses.unless.iter().map(test).collect();
            format!("lapses {} {} unless {}", numbers(&lapses.length), fact(&lapses.after), unless.join(", "))
        }
        Operand::Cite(list) => format!("cite {}", citations(list)),
        Operand::InForce(window) => in_force(window),
        Operand::Parties { left, right } => format!("parties {} -> {}", names(left), names(right)),
        Operand::Count(rule, _) => format!("count {rule:?}"),
        Operand::ConvertAgain(times, _) => format!("convert-again {times}"),
        Operand::TotalOver(total) => {
            let each = total.each.as_ref().map(|each| format!(" for-each-of {}", selection(each)));
            format!("total-over {}{}", selection(&total.over), each.unwrap_or_default())
        }
        Operand::Open(open) => fact_line(open).replacen("fact", "open", 1),
        Operand::MembersMayTighten => "members-may-tighten".into(),
        Operand::Adopting(only, list) => format!("{} {}", if *only { "only" } else { "not" }, names(list)),
        Operand::Status(status, _) => format!("status {status:?}"),
        Operand::Overrides(list) => format!("overrides {}", names(list)),
        Operand::With(list) => format!("with {}", names(list)),
        Operand::From(from) => format!("from {}", selection(from)),
        Operand::To(to) => format!("to {}", selection(to)),
        Operand::When(test) => format!("when {}", self::test(test)),
        Operand::Unless(test) => format!("unless {}", self::test(test)),
        Operand::Give(give) => {
            let to = give.to().map(|to| format!(" to {}", selection(to))).unwrap_or_default();
            let tests = give.tests().iter().map(|(test, denied)| {
                format!(" {} {}", if *denied { "unless" } else { "when" }, self::test(test))
            });
            let parts = give.parts().iter().map(|part| format!(" {}", attribute(part)));
            let parts: String = parts.collect();
            format!("give {}{to}{}{parts}", gift(&give.kind), tests.collect::<String>())
        }
        Operand::Quantity(line) => {
            let part =
                |part: &QuantityPart| format!("{}{}", if part.divides { "/" } else { "*" }, name(&part.fact));
            let parts: String = line.parts.iter().map(part).collect();
            let domain =
                line.domain.as_ref().map(|it| format!(" : {}", domain(&it.kind))).unwrap_or_default();
            format!("quantity {}{} {parts}{domain}", name(&line.name), titles(&line.titles))
        }
        Operand::Mark(mark) => marking(mark),
        Operand::Attribute(it) => attribute(it),
        Operand::Otherwise(answer) => format!("otherwise {}", self::answer(answer)),
        Operand::Refer(answer) | Operand::Refuse(answer) => self::answer(answer),
        Operand::Never(never) => {
            let from = never.from.as_ref().map(|from| format!(" from {}", selection(from)));
            let to = never.to.as_ref().map(|to| format!(" to {}", selection(to)));
            let when: String = never.when.iter().map(|test| format!(" when {}", self::test(test))).collect();
            let unless: String =
                never.unless.iter().map(|test| format!(" unless {}", self::test(test))).collect();
            let because = never.because.as_ref().map(|text| format!(" because {:?}", text.text));
            let cite = if never.cite.is_empty() {
                String::new()
            } else {
                format!(" cite {}", citations(&never.cite))
            };
            format!(
                "never{}{}{when}{unless}{}{cite}",
                from.unwrap_or_default(),
                to.unwrap_or_default(),
                because.unwrap_or_default()
            )
        }
        Operand::Reading(text, list) => {
            format!("reading {:?} {}", text.text, citations(list)).trim_end().into()
        }
        Operand::Advise(text) => format!("advise {:?}", text.text),
        Operand::Note(text) => format!("note {:?}", text.text),
        Operand::Example(example) => self::example(example),
        line => super::dump_lines::line(line),
    }
}

fn attribute(it: &Attribute) -> String {
    let tests = it.tests.iter();
    let tests: String = tests
        .map(|(test, denied)| format!(" {} {}", if *denied { "unless" } else { "when" }, self::test(test)))
        .collect();
    let kind = match &it.kind {
        AttributeKind::Level(level) => format!("at-level {}", value(level)),
        AttributeKind::Fact(fact, is) => format!("as {} = {}", name(fact), value(is)),
        AttributeKind::NotFor(of) => format!("not-for {}", name(of)),
        AttributeKind::OnlyFor(of) => format!("only-for {}", name(of)),
        AttributeKind::Part(part, of) => format!("of-which {} to {}", number(part), name(of)),
    };
    format!("{kind}{tests}")
}

fn ends(low: &Number, high: Option<&Number>) -> String {
    high.map_or_else(|| number(low), |high| format!("{}..{}", number(low), number(high)))
}

fn way_word(way: &WayWord) -> String {
    let at = way.at.as_ref().map(|at| format!(" at {}", name(at))).unwrap_or_default();
    format!(" {:?}{at}", way.by)
}

fn extent(measure: &CreditMeasure) -> String {
    let high = measure.high.as_ref().map(|high| format!("..{}", high.value)).unwrap_or_default();
    format!("{}{high} ", measure.low.value)
}

fn measure_tail(measure: &CreditMeasure) -> String {
    let at = measure.at.as_ref().map(|at| format!(" at {}", name(at))).unwrap_or_default();
    let window = measure.in_force.as_ref().map(|window| format!(" {}", in_force(window))).unwrap_or_default();
    format!("{at}{window}")
}

pub(super) fn citations(list: &[Citation]) -> String {
    let one = |citation: &Citation| {
        let clause = citation.clause.as_ref().map(|clause| format!(" {:?}", clause.text));
        format!("{}{}", name(&citation.document), clause.unwrap_or_default())
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(super) fn date(date: &DateLiteral) -> String {
    if date.first == date.last { date.first.to_string() } else { format!("{}..{}", date.first, date.last) }
}

fn in_force(window: &InForce) -> String {
    if window.not_stated {
        return "in-force not-stated".into();
    }
    let from = window.from.as_ref().map(date).unwrap_or_default();
    let to = window.to.as_ref().map(date).unwrap_or_default();
    let by = window.by.as_ref().map(|by| format!(" by {}", fact(by))).unwrap_or_default();
    format!("in-force [{from}|{to}]{by}")
}

fn fact_line(line: &FactLine) -> String {
    let mut said = format!("fact {}", name(&line.name));
    said += &line.aliases.iter().map(|alias| format!(" = {}", name(alias))).collect::<String>();
    said += &titles(&line.titles);
    let domains: Vec<String> = line.domains.iter().map(|domain| self::domain(&domain.kind)).collect();
    said += &format!(" : {}", domains.join(" or "));
    said += if line.optional.is_some() { " optional" } else { "" };
    said += &line.only_if.iter().map(|test| format!(" if {}", self::test(test))).collect::<String>();
    said += &line.otherwise.iter().map(|other| format!(" otherwise {}", value(other))).collect::<String>();
    said += if line.fixed.is_some() { " fixed" } else { "" };
    said += &line
        .judged
        .iter()
        .map(|judged| {
            let against = if judged.against_target { " against-target" } else { "" };
            format!(" judged-by {}{against}", name(&judged.by))
        })
        .collect::<String>();
    said += &line.proof.iter().map(|proof| format!(" proof {:?}", proof.text)).collect::<String>();
    said
}

fn domain(domain: &DomainKind) -> String {
    match domain {
        DomainKind::Named(named) => name(named),
        DomainKind::YesNo => "yes/no".into(),
        DomainKind::Date => "date".into(),
        DomainKind::Name => "name".into(),
        DomainKind::Hours(sort) => format!("hours {sort:?}"),
        DomainKind::Length(unit) => format!("length {unit:?}"),
        DomainKind::Range { low, high, whole, step } => {
            let whole = if *whole { " whole" } else { "" };
            let step = step.as_ref().map(|step| format!(" step {}", number(step))).unwrap_or_default();
            format!("{}..{}{whole}{step}", number(low), number(high))
        }
        DomainKind::List(list) => ranked(list),
    }
}

fn ranked(list: &RankedList) -> String {
    let value = |value: &ListedValue| {
        let window =
            value.in_force.as_ref().map(|window| format!(" {}", in_force(window))).unwrap_or_default();
        format!("{}{}{window}", name(&value.name), titles(&value.titles))
    };
    let rank = |rank: &Vec<ListedValue>| rank.iter().map(value).collect::<Vec<_>>().join(" = ");
    let ranks: Vec<String> = list.ranks.iter().map(rank).collect();
    ranks.join(if list.ordered { " < " } else { ", " })
}

pub(super) fn number(number: &Number) -> String {
    let percent = if number.percent { "%" } else { "" };
    let unit = match &number.unit {
        None => String::new(),
        Some(UnitRef::Word(word, _)) => format!(" {word:?}"),
        Some(UnitRef::Named(named)) => format!(" {}", name(named)),
        Some(UnitRef::Hours(sort, _)) => format!(" {sort:?}-hours"),
    };
    format!("{}{percent}{unit}", number.value)
}

pub(super) fn numbers(list: &[Number]) -> String {
    list.iter().map(number).collect::<Vec<_>>().join(" + ")
}

pub(super) fn value(value: &Value) -> String {
    match &value.kind {
        ValueKind::Number(one) => number(one),
        ValueKind::Length(parts) => numbers(parts),
        ValueKind::Date(day) => date(day),
        ValueKind::Name(named) => name(named),
        ValueKind::Level(framework, level) => format!("{}#{}", name(framework), level.value),
        ValueKind::Text(text) => format!("{:?}", text.text),
        ValueKind::Range(low, high, end) => {
            let end = if *end == RangeEnd::Included { ".." } else { "..<" };
            format!("{}{end}{}", self::value(low), self::value(high))
        }
        ValueKind::Fact(other) => fact(other),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn values(list: &[Value]) -> String {
    list.iter().map(value).collect::<Vec<_>>().join(", ")
}

pub(super) fn fact(fact: &FactRef) -> String {
    match fact.of {
        FactOwner::Plain => name(&fact.name),
        of => format!("{}.{}", format!("{of:?}").to_lowercase(), name(&fact.name)),
    }
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => ">=",
        Comparison::AtMost => "<=",
        Comparison::Over => ">",
        Comparison::Under => "<",
        Comparison::Is => "is",
        Comparison::IsNot => "is-not",
    }
}

pub(super) fn test(test: &Test) -> String {
    let all = |tests: &[Test]| tests.iter().map(self::test).collect::<Vec<_>>().join(", ");
    match &test.kind {
        TestKind::Compare { fact: of, comparison: how, value: with, unclear_bound } => {
            let unclear = if *unclear_bound { " ?" } else { "" };
            format!("{} {} {}{unclear}", fact(of), comparison(*how), value(with))
        }
        TestKind::Level(it) => {
            let every = if it.reading.every_dimension.is_some() { " every-dimension" } else { "" };
            let within = it.reading.dimension.as_ref();
            let within = within.map(|of| format!(" in {}", name(of))).unwrap_or_default();
            let by = it.reading.by.as_ref().map(|of| format!(" by {}", name(of))).unwrap_or_default();
            let second = it.reading.second.as_ref();
            let second = second.map(|of| format!(" and {}", name(of))).unwrap_or_default();
            let (of, how) = (fact(&it.fact), comparison(it.comparison));
            format!("{of} {how} {}{every}{within}{by}{second}", value(&it.value))
        }
        TestKind::Covers(covers) => format!(
            "covers {} {} {} {}",
            number(&covers.share),
            names(covers.dimension.as_slice()),
            covers.by_weight,
            covers.only.as_ref().map(self::test).unwrap_or_default()
        ),
        TestKind::Lasting(lasting) => {
            let part = |part: &LastingPart| {
                let tests =
                    if part.tests.is_empty() { String::new() } else { format!(" ({})", all(&part.tests)) };
                format!("{} {}{tests}", comparison(part.comparison), numbers(&part.length))
            };
            let parts: Vec<String> = lasting.parts.iter().map(part).collect();
            format!("length {} {}", selection(&lasting.of), parts.join(" of-which "))
        }
        TestKind::Between { fact: of, range } => format!("{} in {}", fact(of), value(range)),
        TestKind::OneOf { fact: of, values: list, negated, on } => {
            let not = if *negated { "not-" } else { "" };
            let on = on.as_ref().map(|on| format!(" on {}", fact(on))).unwrap_or_default();
            format!("{} {not}one-of ({}){on}", fact(of), values(list))
        }
        TestKind::Within { fact: of, length, side, of: other } => {
            let of = of.as_ref().map(fact).unwrap_or("?".into());
            let other = other.as_ref().map(fact).unwrap_or("?".into());
            format!("{of} within {} {side:?} {other}", numbers(length))
        }
        TestKind::Differ { fact: of, most, of: target } => {
            format!("{} within {} of {}", fact(of), number(most), fact(target))
        }
        TestKind::Similar { fact: of, judge } => {
            let judge = judge.as_ref().map(|judge| format!(" judged-by {}", name(judge)));
            format!("{} similar{}", fact(of), judge.unwrap_or_default())
        }
        TestKind::ValidOn(day) => format!("valid on {}", fact(day)),
        TestKind::Bare { fact: of, negated } => format!("{}{}", if *negated { "not " } else { "" }, fact(of)),
        TestKind::Holds { selection: what, negated } => {
            format!("holds{} {}", if *negated { "-no" } else { "" }, selection(what))
        }
        TestKind::Registered { selection: what } => format!("registered-later {}", selection(what)),
        TestKind::Any(tests) => format!("any({})", all(tests)),
        TestKind::All(tests) => format!("all({})", all(tests)),
    }
}

pub(super) fn selection(what: &Selection) -> String {
    let all = |list: &[Selection]| list.iter().map(selection).collect::<Vec<_>>().join(", ");
    match &what.kind {
        SelectionKind::Item(item) => {
            let reach = match item.reach {
                Reach::Exactly => "",
                Reach::OrAbove => "+",
                Reach::OrBelow => "-",
                Reach::UnclearBelow => "-?",
            };
            let at = item.at.as_ref().map(|at| format!(" at {}", name(at))).unwrap_or_default();
            let tests: Vec<String> = item.tests.iter().map(test).collect();
            let tests = if tests.is_empty() { String::new() } else { format!(" ({})", tests.join(", ")) };
            format!("{}{}{reach}{at}{tests}", if item.any { "any " } else { "" }, name(&item.name))
        }
        SelectionKind::All(list) => format!("all({})", all(list)),
        SelectionKind::Any(list) => format!("any({})", all(list)),
        SelectionKind::Each(list) => format!("each({})", all(list)),
        SelectionKind::Count { number: count, up_to, of } => {
            format!("{}{}({})", if *up_to { "<=" } else { "" }, number(count), all(of))
        }
        SelectionKind::Together(inner) => format!("together({})", selection(inner)),
        SelectionKind::Bound(inner, distinct, fact) => {
            let word = if *distinct { "distinct" } else { "one" };
            format!("{} in-{word} {}", selection(inner), name(fact))
        }
        SelectionKind::Except(inner, without) => format!("{} minus ({})", selection(inner), all(without)),
    }
}

fn gift(gift: &GiveKind) -> String {
    match gift {
        GiveKind::Amount(of) => amount(of),
        GiveKind::NoCreditReplaced(Some(from)) => format!("NoCreditReplaced from {}", selection(from)),
        GiveKind::NoCreditReplaced(None) => "NoCreditReplaced".into(),
        GiveKind::Access(to) => format!("Access {}", name(to)),
        GiveKind::Placement(to) => format!("Placement {}", name(to)),
        GiveKind::Entry(year, to) => format!("Entry {} {}", year.value, name(to)),
        GiveKind::Award(to) => format!("Award {}", name(to)),
        GiveKind::Answer(of) => answer(of),
        other => format!("{other:?}"),
    }
}

fn answer(answer: &Answer) -> String {
    let why =
        |because: &Option<Text>| because.as_ref().map(|text| format!(" {:?}", text.text)).unwrap_or_default();
    match answer {
        Answer::Refer { to, because, .. } => format!("refer {}{}", name(to), why(because)),
        Answer::Refuse { because, .. } => format!("refuse{}", why(because)),
    }
}

pub(super) fn amount(amount: &Amount) -> String {
    let mut said = match &amount.kind {
        AmountKind::Constant(constant) => number(constant),
        AmountKind::Fact(of) => fact(of),
        AmountKind::Whichever { amounts, greater } => {
            let all = amounts.iter().map(self::amount).collect::<Vec<_>>().join(" or ");
            format!("{all} the {}", if *greater { "greater" } else { "less" })
        }
        AmountKind::Rate { earns, per, distinct } => {
            format!("{} per {}{}", number(earns), if *distinct { "distinct " } else { "" }, number(per))
        }
        AmountKind::Judged(judged) => judged_range(judged),
        AmountKind::Table { by, table: rows } => {
            format!("by ({}) {}", by.iter().map(fact).collect::<Vec<_>>().join(", "), table(rows))
        }
    };
    if let Some(less) = &amount.less {
        said +=
            &format!(" less {} per {} after {}", number(&less.amount), fact(&less.per), number(&less.after));
    }
    said += &amount.conversion.iter().map(|conversion| way(conversion)).collect::<String>();
    said += &amount.sharing.iter().map(|sharing| format!(" {sharing:?}")).collect::<String>();
    if let Some(rounding) = &amount.rounding {
        said += &format!(" {:?} {}", rounding.mode, rounding.step.as_ref().map(number).unwrap_or_default());
    }
    said += &amount.at_least.iter().map(|least| format!(" >= {}", number(least))).collect::<String>();
    said += &amount.at_most.iter().map(|most| format!(" <= {}", number(most))).collect::<String>();
    said.trim_end().into()
}

pub(super) fn way(conversion: &Conversion) -> String {
    let way = conversion.way.as_ref().map(way_word).unwrap_or_default();
    let take = match &conversion.take {
        Some(TakeWord::Least(_)) => " take least".into(),
        Some(TakeWord::Most(_)) => " take most".into(),
        Some(TakeWord::Refer(to, _)) => format!(" refer {}", name(to)),
        None => String::new(),
    };
    format!(" in {}{way}{take}", name(&conversion.unit))
}

fn marking(mark: &MarkRule) -> String {
    let kind = match &mark.kind {
        MarkKind::Fixed(fixed) => value(fixed),
        MarkKind::Carried(carried) => format!("carried {}", fact(carried)),
        MarkKind::Literal(text) => format!("{:?}", text.text),
        MarkKind::Named(named) => format!("named {}", name(named)),
        MarkKind::Judged(judged) => judged_range(judged),
        MarkKind::Table { by, table: rows } => {
            format!("by ({}) {}", by.iter().map(fact).collect::<Vec<_>>().join(", "), table(rows))
        }
    };
    let by = mark.by.as_ref().map(|map| format!(" by {}", name(map))).unwrap_or_default();
    let most = mark.at_most.as_ref().map(|most| format!(" <= {}", value(most))).unwrap_or_default();
    let counts = mark.counts_as.as_ref().map(counts_as).unwrap_or_default();
    let outside = if mark.outside_average { " outside" } else { "" };
    let source_name = if mark.under_source_name { " source-name" } else { "" };
    format!("mark {kind}{by}{most}{counts}{outside}{source_name}")
}

fn judged_range(judged: &JudgedRange) -> String {
    let against = if judged.by.against_target { " against-target" } else { "" };
    format!("{}..{} judged-by {}{against}", number(&judged.least), number(&judged.most), name(&judged.by.by))
}

fn counts_as(counts: &CountsAs) -> String {
    match counts {
        CountsAs::RequiredMinimum(_) => " as minimum".into(),
        CountsAs::Value(fixed) => format!(" as {}", value(fixed)),
    }
}

fn table(table: &Table) -> String {
    table.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
}

fn row(row: &Row) -> String {
    let cell = |cell: &Cell| match &cell.kind {
        CellKind::Values(list) => values(list),
        CellKind::Bound(how, with) => format!("{} {}", comparison(*how), value(with)),
        CellKind::Amount(of) => format!("= {}", amount(of)),
        other => format!("{other:?}").to_lowercase(),
    };
    row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
}

fn example(example: &Example) -> String {
    let pairs = |list: &[(FactRef, Value)]| {
        list.iter().map(|(of, is)| format!("{}={}", fact(of), value(is))).collect::<Vec<_>>().join(", ")
    };
    let thing = |thing: &ExampleAchievement| {
        let count = thing.count.as_ref().map(|count| format!("{}x", count.value)).unwrap_or_default();
        let of = thing.of.as_ref().map(name).unwrap_or("it".into());
        let facts = if thing.facts.is_empty() { String::new() } else { format!("({})", pairs(&thing.facts)) };
        format!("{count}{of}{facts}")
    };
    let held = example.achievements.iter().map(thing).collect::<Vec<_>>().join(" and ");
    let given = if example.circumstances.is_empty() {
        String::new()
    } else {
        format!(" given {}", pairs(&example.circumstances))
    };
    format!("example {held}{given} -> {}", results(&example.expected))
}

pub(super) fn results(list: &[Expected]) -> String {
    list.iter().map(expected).collect::<Vec<_>>().join(", ")
}

fn expected(expected: &Expected) -> String {
    let targets: Vec<String> = expected.target.iter().chain(&expected.also).map(name).collect();
    let mark =
        |mark: &Option<MarkRule>| mark.as_ref().map(|mark| format!(" {}", marking(mark))).unwrap_or_default();
    let kind = match &expected.kind {
        ExpectedKind::Converts => "converts".into(),
        ExpectedKind::Grant { amount, mark: with } => format!("{}{}", number(amount), mark(with)),
        ExpectedKind::Effect(give, with) => format!("{}{}", gift(&give.kind), mark(with)),
        ExpectedKind::Deposit(amount) => format!("deposit {}", number(amount)),
        ExpectedKind::Refused(reason) => format!("refused {reason:?}"),
        ExpectedKind::Refer(to) => format!("refer {}", names(to.as_slice())),
        ExpectedKind::Unknown(of) => format!("unknown {}", of.as_ref().map(fact).unwrap_or_default()),
        other => format!("{other:?}"),
    };
    let sharing = expected.sharing.map(|sharing| format!(" {sharing:?}")).unwrap_or_default();
    let carries: String = expected.carries.iter().map(|of| format!(" {}", attribute(of))).collect();
    format!("{} {kind}{sharing}{carries}", targets.join(" & ")).trim_start().into()
}
