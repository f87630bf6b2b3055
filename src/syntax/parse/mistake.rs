//! What is wrong with a statement that the grammar could not read: one problem, in the author's terms.
//!
//! It never lists what a parser expected token by token. The one idea: look first for the mistakes that authors make, in
//! the tokens around the place where the grammar stopped; only where none fits, say in a noun what may stand there.

use std::sync::LazyLock;

use accredit_grammar::Rule;
use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::suggest::Candidates;
use crate::diagnostic::{Code, Problem, Said};
use crate::language::{Class, Lang, Meaning, Place, State, english, exact, meanings};
use crate::source::Span;
use crate::syntax::canonical::Canonical;
use crate::syntax::token::{Sign, Token, TokenKind};
use crate::syntax::tree::{Bracket, DeclarationWord, Statement, StatementKind};

/// A statement that could not be read.
pub(super) struct Failed<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) canonical: &'a Canonical,
    /// Its first token, and the one after its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The rule that its first word asks for; none where the word is unknown.
    pub(super) rule: Option<Rule>,
    pub(super) container: Option<DeclarationWord>,
    /// The keyword that its first words most look like, in the author's script.
    pub(super) nearest: Option<&'static str>,
}

impl Failed<'_> {
    /// The problem, given where and why the grammar stopped.
    pub(super) fn problem(&self, error: Option<&Error<Rule>>) -> Problem {
        let Some(rule) = self.rule else { return self.unknown_word() };
        let stop = error.map_or(self.start, |error| self.stop(error));
        if rule == Rule::row
            && let Some(problem) = self.empty_cell()
        {
            return problem;
        }
        if rule != Rule::row && rule != Rule::list_members && self.next(self.start).is_none() {
            return Problem::new(Code::SlotEmpty, self.span(self.start))
                .say("slot", self.word_at(self.start));
        }
        self.later_form(rule, stop)
            .or_else(|| self.mixed(stop))
            .or_else(|| self.no_colon(rule, stop))
            .or_else(|| self.no_comparison(rule, stop))
            .or_else(|| self.two_names(rule, stop))
            .or_else(|| self.dangling_comma(stop))
            .or_else(|| self.reserved(stop, error))
            .unwrap_or_else(|| self.unexpected(stop, error))
    }

    fn kind(&self, at: usize) -> Option<&TokenKind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn span(&self, at: usize) -> Span {
        self.tokens.get(at).map(|token| token.span).unwrap_or_default()
    }

    fn written(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// The next token of the statement that says something.
    fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.end).find(|&at| says_something(self.kind(at)))
    }

    /// The token before, of the same statement.
    fn before(&self, at: usize) -> Option<usize> {
        (self.start..at).rev().find(|&at| says_something(self.kind(at)))
    }

    /// The token at which the grammar stopped.
    fn stop(&self, error: &Error<Rule>) -> usize {
        let offset = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        self.canonical.tokens.get(offset).map_or(self.end, |&token| token as usize)
    }

    /// A keyword as its row of the table, anything else as it was written.
    fn word_at(&self, at: usize) -> Said {
        match self.kind(at) {
            Some(TokenKind::Word(_, meaning)) => Said::Word(meaning.id()),
            _ => Said::from(self.written(self.span(at))),
        }
    }

    /// No statement begins with this word.
    fn unknown_word(&self) -> Problem {
        let span = self.span(self.start);
        let written = self.written(span);
        if self.nearest.is_none()
            && let Some((text, slot)) = glued(written)
        {
            let rest = written.get(text.len()..).unwrap_or_default();
            let problem = Problem::new(Code::SlotColon, span).say("slot", Said::Word(slot.id()));
            return problem.say("text", written).say("rest", rest);
        }
        let problem = Problem::new(Code::SlotUnknown, span).say("word", written);
        match self.nearest {
            Some(text) => problem.say("nearest", text),
            None => problem.say("container", Said::Word(container_id(self.container))),
        }
    }

    /// `| a | | b |`.
    fn empty_cell(&self) -> Option<Problem> {
        let is_bar = |at: usize| matches!(self.kind(at), Some(TokenKind::Sign(Sign::Bar)));
        let (left, right) = (self.start..self.end)
            .filter(|&at| is_bar(at))
            .find_map(|at| Some((at, self.next(at).filter(|&next| is_bar(next))?)))?;
        let (left, right) = (self.span(left), self.span(right));
        Some(Problem::new(Code::TableEmptyCell, left.join(right)))
    }

    /// Forms of the language that are known and not built yet, where no single word says so.
    fn later_form(&self, rule: Rule, stop: usize) -> Option<Problem> {
        let Some(TokenKind::Word(word, _)) = self.kind(stop) else { return None };
        let in_test = matches!(rule, Rule::when | Rule::unless);
        let is_later = match word.text() {
            // `level >= hkqf 5 by nz-hk`, `mark grade by five-to-hundred`.
            "by" => in_test || rule == Rule::mark,
            // `3 credits in ects`, `30% of source credits`, `3 credits or 4 credits`.
            "in" | "of" | "or" | "as" => rule == Rule::give,
            "elsewhere" => rule == Rule::mark,
            // Effects in the cells of a table.
            "no credit" | "attendance only" | "completion" | "exempt" | "refuse" | "refer to" => {
                rule == Rule::row
            }
            "each" | "per" => rule == Rule::to,
            _ => false,
        };
        is_later.then(|| later(self.span(stop), self.written(self.span(stop))))
    }

    /// `a and b or c`.
    fn mixed(&self, stop: usize) -> Option<Problem> {
        let joint = |at: usize| match self.kind(at) {
            Some(TokenKind::Word(word, _)) if matches!(word.text(), "and" | "or") => Some(word.text()),
            _ => None,
        };
        let here = joint(stop)?;
        let mut depth = 0_usize;
        for at in (self.start..stop).rev() {
            match self.kind(at) {
                Some(TokenKind::Sign(Sign::Close | Sign::CloseRound)) => depth += 1,
                Some(TokenKind::Sign(Sign::Open | Sign::OpenRound)) => depth = depth.checked_sub(1)?,
                _ if depth == 0 && joint(at).is_some_and(|other| other != here) => {
                    let first = self.next(self.start).unwrap_or(at);
                    return Some(Problem::new(Code::SelectMixed, self.span(first).join(self.span(stop))));
                }
                _ => {}
            }
        }
        None
    }

    /// `fact grade hundred`: what the fact may be stands after a colon.
    fn no_colon(&self, rule: Rule, stop: usize) -> Option<Problem> {
        let has_colon =
            (self.start..self.end).any(|at| matches!(self.kind(at), Some(TokenKind::Sign(Sign::Colon))));
        if rule != Rule::fact_line || has_colon {
            return None;
        }
        let place =
            self.before(stop.min(self.end)).filter(|_| !says_something(self.kind(stop))).unwrap_or(stop);
        Some(expecting(self.span(place), nouns(&[Rule::colon])))
    }

    /// `when grade 60`: a fact and a number, and nothing that compares them.
    fn no_comparison(&self, rule: Rule, stop: usize) -> Option<Problem> {
        if !matches!(rule, Rule::when | Rule::unless | Rule::never) {
            return None;
        }
        // 奖次一等奖以上: which part is the fact and which the value, only names could tell.
        let reaches = |at: usize| matches!(self.kind(at), Some(TokenKind::Word(word, _)) if word.text().starts_with("or "));
        if let Some(reach) = [Some(stop), self.next(stop)].into_iter().flatten().find(|&at| reaches(at))
            && let Some(name) =
                self.before(reach).filter(|&at| matches!(self.kind(at), Some(TokenKind::Name(..))))
        {
            return Some(expecting(self.span(name).join(self.span(reach)), vec![COMPARISON]));
        }
        let is_number =
            |at: usize| matches!(self.kind(at), Some(TokenKind::Number { .. } | TokenKind::Date(..)));
        let near = [Some(stop), self.before(stop), self.before(stop).and_then(|at| self.before(at))];
        let number = near.into_iter().flatten().find(|&at| is_number(at))?;
        let before = self.before(number)?;
        matches!(self.kind(before), Some(TokenKind::Name(..)))
            .then(|| expecting(self.span(number), vec![("a comparison", "比较词")]))
    }

    /// Two names side by side; in a header a name with a space in it.
    fn two_names(&self, rule: Rule, stop: usize) -> Option<Problem> {
        let before = self.before(stop)?;
        let is_name = |at| matches!(self.kind(at), Some(TokenKind::Name(..)));
        let is_header = super::form::DECLARATIONS.iter().any(|&(_, _, header)| header == rule);
        let is_list = matches!(
            rule,
            Rule::from
                | Rule::to
                | Rule::cite
                | Rule::overrides
                | Rule::with
                | Rule::name_slot
                | Rule::list_members
        );
        let is_number = matches!(self.kind(stop), Some(TokenKind::Number { .. }));
        let (first, second) = (self.span(before), self.span(stop));
        if is_name(before) && (is_header && (is_name(stop) || is_number) || is_list && is_number) {
            let place = first.join(second);
            let written = self.written(place);
            let instead = written.split_whitespace().collect::<Vec<_>>().join("-");
            return Some(
                Problem::new(Code::NameSpace, place).say("written", written).say("instead", instead),
            );
        }
        if !is_name(before) || !is_name(stop) {
            return None;
        }
        let has_arrow =
            (self.start..self.end).any(|at| matches!(self.kind(at), Some(TokenKind::Sign(Sign::Arrow))));
        if rule == Rule::example && !has_arrow {
            return Some(expecting(second, nouns(&[Rule::arrow])));
        }
        let (one, other) = (self.written(first), self.written(second));
        if let Some(TokenKind::Name(_, Bracket::Bare)) = self.kind(stop)
            && begins_a_statement(other)
        {
            // Two statements on one line.
            return Some(expecting(second, vec![END]));
        }
        Some(Problem::new(Code::NameSideBySide, first.join(second)).say("first", one).say("second", other))
    }

    /// A comma after which nothing of the list follows on its line.
    fn dangling_comma(&self, stop: usize) -> Option<Problem> {
        let before = self.before(stop.min(self.end))?;
        // In `to a,⏎ give 3 credits` the grammar stops after the next line's first word.
        let comma = [Some(before), self.before(before)].into_iter().flatten().find(|&at| {
            matches!(self.kind(at), Some(TokenKind::Sign(Sign::Comma)))
                && self.next(at).is_none_or(|next| self.is_line_between(at, next))
        })?;
        Some(expecting(self.span(comma), vec![NAME]))
    }

    fn is_line_between(&self, at: usize, next: usize) -> bool {
        let gap = self.span(at).end as usize..self.span(next).start as usize;
        self.source.get(gap).is_some_and(|gap| gap.contains('\n'))
    }

    /// A word of the language where a name is asked for.
    fn reserved(&self, stop: usize, error: Option<&Error<Rule>>) -> Option<Problem> {
        let Some(TokenKind::Word(_, meaning)) = self.kind(stop) else { return None };
        let asks_name = positives(error)
            .iter()
            .any(|rule| matches!(rule, Rule::name | Rule::fact_name | Rule::given_name));
        let is_reserved = !matches!(meaning.class(), Class::Declaration | Class::Slot | Class::Unit);
        let ends = match self.next(stop).map(|next| self.kind(next)) {
            None => true,
            Some(next) => matches!(
                next,
                Some(
                    TokenKind::Sign(
                        Sign::Comma | Sign::Colon | Sign::Close | Sign::CloseRound | Sign::Open | Sign::Bar
                    ) | TokenKind::Text(_)
                        | TokenKind::End
                )
            ),
        };
        let written = self.written(self.span(stop));
        (asks_name && is_reserved && ends)
            .then(|| Problem::new(Code::NameReserved, self.span(stop)).say("word", written))
    }

    /// The rest: what may stand where the grammar stopped.
    fn unexpected(&self, stop: usize, error: Option<&Error<Rule>>) -> Problem {
        let is_over = stop >= self.end || !says_something(self.kind(stop));
        let place = match self.before(stop.min(self.end)).filter(|_| is_over) {
            Some(last) => self.span(last),
            None => self.span(stop),
        };
        expecting(place, nouns(positives(error)))
    }
}

fn positives(error: Option<&Error<Rule>>) -> &[Rule] {
    match error.map(|error| &error.variant) {
        Some(ErrorVariant::ParsingError { positives, .. }) => positives,
        _ => &[],
    }
}

const fn says_something(kind: Option<&TokenKind>) -> bool {
    !matches!(kind, None | Some(TokenKind::End | TokenKind::Comment { .. } | TokenKind::Blank))
}

/// A noun in both languages.
type Noun = (&'static str, &'static str);

const END: Noun = ("the end of the line", "本条结束");
const NAME: Noun = ("a name", "名称");
const COMPARISON: Noun = (
    "a fact, a comparison and a value, such as `prize >= second`",
    "信息项、比较词和值，如“奖次不低于二等奖”或“奖次为二等奖以上”",
);

/// What the rules that were tried ask for, in nouns, the most telling first.
fn nouns(rules: &[Rule]) -> Vec<Noun> {
    // A list of many says nothing.
    const MOST: usize = 3;
    let mut ranked: Vec<(Telling, Noun)> = rules.iter().filter_map(|&rule| noun(rule)).collect();
    ranked.sort_unstable();
    ranked.dedup();
    let best = ranked.first().map(|&(rank, _)| rank);
    let mut nouns: Vec<Noun> =
        ranked.into_iter().filter(|&(rank, _)| Some(rank) == best).map(|(_, noun)| noun).take(MOST).collect();
    if nouns.is_empty() {
        nouns.push(if rules.is_empty() || rules.contains(&Rule::last) {
            END
        } else {
            ("other content", "别的内容")
        });
    }
    nouns
}

/// How much a noun tells: a part of the statement more than a name or a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    Whole,
    Part,
    Any,
}

/// What a rule is in an author's terms; nothing for parts that may always be left out.
const fn noun(rule: Rule) -> Option<(Telling, Noun)> {
    Some(match rule {
        Rule::arrow => (Telling::Whole, ("`->` and the expected answer", "“→”和应得的结果")),
        Rule::colon => (Telling::Whole, ("`:` and what the fact may be", "“：”和取值范围")),
        Rule::selection | Rule::member | Rule::held => {
            (Telling::Whole, ("an outcome, a kind or a set", "学习成果、成果类型或系列"))
        }
        Rule::test => (Telling::Whole, ("a condition", "条件")),
        Rule::amount | Rule::by_table => (Telling::Whole, ("an amount or an effect", "学分数或认定方式")),
        Rule::marking => (Telling::Whole, ("a mark", "成绩")),
        Rule::domain => (Telling::Whole, ("what the fact may be", "取值范围")),
        Rule::citation => (Telling::Whole, ("a document", "文件")),
        Rule::expected => (Telling::Whole, ("the expected answer", "应得的结果")),
        Rule::cell => (Telling::Whole, ("a cell", "单元格")),
        Rule::day | Rule::date_from => (Telling::Whole, ("a date", "日期")),
        Rule::not_stated => (Telling::Whole, ("`not stated`", "“未载明”")),
        Rule::refer | Rule::refuse => (Telling::Whole, ("`refer to` or `refuse`", "“提请”或“不予认定”")),
        Rule::total_reduced | Rule::replaced => {
            (Telling::Whole, ("`total reduced` or `replaced`", "“总学分核减”或“学分另行补足”"))
        }
        Rule::counts_whole | Rule::counts_in_part => {
            (Telling::Whole, ("`whole` or `in part`", "“整体”或“可拆分”"))
        }
        Rule::unverified | Rule::under_review => {
            (Telling::Whole, ("`unverified` or `under review`", "“未核实”或“复核中”"))
        }
        Rule::best_fit | Rule::every_dimension => {
            (Telling::Whole, ("`best fit` or `every dimension`", "“最相符”或“各维度”"))
        }
        Rule::achievement_once | Rule::achievement_freely | Rule::target_once => {
            const COUNTS: Noun = (
                "`each achievement once`, `each achievement freely` or `each target once`",
                "“每项成果只认定一次”“可重复认定”或“每门课程只转换一次”",
            );
            (Telling::Whole, COUNTS)
        }
        Rule::never_again | Rule::once_again => {
            (Telling::Whole, ("`never`, `once` or a number of times", "“不得”“一次”或次数"))
        }
        Rule::because => {
            (Telling::Whole, ("`because` and a text in quotation marks", "“理由”和引号中的文字"))
        }
        Rule::version => (Telling::Whole, ("a version, such as 2026.1", "版本号，如2026.1")),
        Rule::comparison | Rule::one_of | Rule::between => (Telling::Part, ("a comparison", "比较词")),
        Rule::value | Rule::constant | Rule::level => (Telling::Part, ("a value", "值")),
        Rule::item | Rule::any_item | Rule::some_of | Rule::any_of | Rule::all_of => {
            (Telling::Part, ("an outcome, a kind or a set", "学习成果、成果类型或系列"))
        }
        Rule::fact | Rule::fact_name => (Telling::Part, ("a fact", "信息项")),
        Rule::level_numbers => (Telling::Part, ("levels, such as 1 to 7", "等级，如1至7")),
        Rule::last => (Telling::Any, END),
        Rule::name | Rule::given_name | Rule::named_mark => (Telling::Any, NAME),
        Rule::number | Rule::quantity => (Telling::Any, ("a number", "数")),
        Rule::date => (Telling::Any, ("a date", "日期")),
        Rule::text | Rule::title => (Telling::Any, ("a text in quotation marks", "引号中的文字")),
        _ => return None,
    })
}

fn expecting(place: Span, nouns: Vec<Noun>) -> Problem {
    let nouns = nouns.into_iter().map(|(english, chinese)| Said::Noun { english, chinese }).collect();
    Problem::new(Code::SyntaxStatement, place).say("expected", Said::List(nouns))
}

/// In a body either every statement begins with a slot word or none does.
pub(super) fn mixed_body(statements: &[Statement]) -> Option<Problem> {
    let sort = |statement: &Statement| match statement.kind {
        StatementKind::Slot(_) => Some(true),
        StatementKind::Members(_) => Some(false),
        _ => None,
    };
    let first = statements.iter().find(|statement| sort(statement).is_some())?;
    let other =
        statements.iter().find(|other| sort(other).is_some_and(|other| Some(other) != sort(first)))?;
    Some(Problem::new(Code::SyntaxMixedBody, first.span).label(other.span, "first"))
}

/// A text of one line that goes on after its end.
pub(super) fn after_the_end(place: Span) -> Problem {
    expecting(place, vec![END])
}

/// A word or form that is not built yet.
pub(super) fn later(place: Span, word: &str) -> Problem {
    Problem::new(Code::SyntaxLater, place).say("word", word)
}

/// A number where a date is asked for.
pub(super) fn not_a_date(place: Span, written: &str) -> Problem {
    Problem::new(Code::DateForm, place).say("written", written)
}

/// `give 30%`: of what?
pub(super) fn share_of_nothing(place: Span, written: &str) -> Problem {
    Problem::new(Code::AmountPercentWithoutBase, place).say("percent", written)
}

/// `give exempt`.
pub(super) fn unclear_effect(place: Span, written: &str) -> Problem {
    Problem::new(Code::EffectUnclear, place).say("word", written)
}

fn container_id(container: Option<DeclarationWord>) -> &'static str {
    let word = container.unwrap_or(DeclarationWord::Package);
    let text = super::form::DECLARATIONS.iter().find(|&&(_, other, _)| other == word).map(|form| form.0);
    let is_it =
        |meaning: &Meaning| meaning.class() == Class::Declaration && Some(meaning.word().text()) == text;
    meanings().find(is_it).map_or("declaration.package", Meaning::id)
}

/// The words that begin a statement, by script.
struct Openings {
    latin: Candidates<'static>,
    han: Candidates<'static>,
}

static OPENINGS: LazyLock<Openings> = LazyLock::new(|| {
    let opening = |meaning: &Meaning| matches!(meaning.class(), Class::Declaration | Class::Slot);
    let spelled = |langs: &'static [Lang]| {
        Candidates::new(
            meanings()
                .filter(opening)
                .flat_map(move |meaning| langs.iter().flat_map(move |&lang| meaning.spellings(lang))),
        )
    };
    Openings { latin: spelled(&[Lang::En]), han: spelled(&[Lang::Zh, Lang::ZhHant]) }
});

/// The slot or declaration word nearest to what was written, in the author's script.
pub(super) fn nearest_opening(written: &str) -> Option<(&'static str, Meaning)> {
    let candidates = if written.is_ascii() { &OPENINGS.latin } else { &OPENINGS.han };
    let text = candidates.nearest(written, 1).first().copied()?;
    let opening = |meaning: &Meaning| matches!(meaning.class(), Class::Declaration | Class::Slot);
    let spelled = |meaning: &Meaning| {
        Lang::ALL.into_iter().any(|lang| meaning.spellings(lang).any(|spelling| spelling == text))
    };
    Some((text, meanings().filter(opening).find(spelled)?))
}

/// Whether a slot word and its operand run together.
pub(super) fn is_glued(written: &str) -> bool {
    glued(written).is_some()
}

/// The slot word that a word begins with, run together with its operand: `cite免考规定`, `fromcet-4`.
fn glued(written: &str) -> Option<(&'static str, Meaning)> {
    let slots =
        meanings().filter(|meaning| meaning.class() == Class::Slot && meaning.state() == State::Built);
    let spelled = slots.flat_map(|slot| {
        Lang::ALL.into_iter().flat_map(move |lang| slot.spellings(lang).map(move |text| (text, slot)))
    });
    spelled
        .filter(|(text, _)| {
            text.chars().count() > 1 && text.len() < written.len() && written.starts_with(text)
        })
        // `by` and `to` begin too many names.
        .filter(|(text, _)| !text.is_ascii() || text.len() > 3 || !written.is_ascii())
        .max_by_key(|(text, _)| text.len())
}

/// Whether a word begins statements when it stands first.
fn begins_a_statement(written: &str) -> bool {
    let first = written.split(' ').next().unwrap_or_default();
    let is_slot = |meaning: Meaning| matches!(meaning.class(), Class::Slot | Class::Declaration);
    english(first)
        .iter()
        .any(|(place, found)| *place == Place::Start && found.rest.is_empty() && is_slot(found.meaning))
        || exact(written, Place::Start).is_some_and(is_slot)
}
