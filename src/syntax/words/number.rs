//! Numbers and dates, and the forms that are refused because they are read in two ways.

use crate::diagnostic::{Code, Problem};
use crate::quantity::{Date, MonthDay, Ratio};
use crate::syntax::token::TokenKind;

use super::{KNOWN, Reader, word_kind};

/// More digits than this never fit an exact number.
const MOST_DIGITS: usize = 18;

/// Digits and the signs between them, as far as they touch: `2025-08-01`, `1/3`, `1,200`.
#[derive(Default)]
struct Shape {
    groups: [Group; 4],
    signs: [u8; 3],
    count: usize,
    end: usize,
}

#[derive(Clone, Copy, Default)]
struct Group {
    value: i64,
    digits: usize,
}

impl Reader<'_> {
    /// What begins with a digit.
    pub(super) fn number(&mut self) {
        let start = self.at;
        if matches!(self.tokens.last().map(|last| &last.kind), Some(TokenKind::Word(word, _)) if *word == KNOWN.version)
            && self.statement.is_begun
        {
            return self.version();
        }
        let shape = self.shape(start);
        let end = shape.end;
        let [a, b, c, _] = shape.groups;
        match (shape.count, &shape.signs) {
            _ if shape.groups.iter().any(|group| group.digits > MOST_DIGITS) => {
                self.problems.push(Problem::new(Code::NumberOverflow, self.span(start, end)));
                let percent = matches!(self.character(end), Some('%' | '％'));
                let sign = if percent { self.character(end).map_or(0, char::len_utf8) } else { 0 };
                self.push(TokenKind::Number { value: Ratio::ONE, percent }, end + sign - start);
            }
            (1, _) => {
                if !self.chinese_date(start, end, a) && !self.exponent(start, end) {
                    self.push_number(Ratio::from_int(a.value), start, end);
                }
            }
            (2, [b'.', ..]) => match decimal(a, b) {
                Some(value) => {
                    if !self.exponent(start, end) {
                        self.push_number(value, start, end);
                    }
                }
                None => self.refuse(start, end, None, Ratio::ONE),
            },
            (2, [b'/', ..]) => match Ratio::new(a.value, b.value) {
                Some(value) => self.push_number(value, start, end),
                None => self.refuse(start, end, None, Ratio::ONE),
            },
            (2, [b',', ..]) if b.digits != 3 || a.digits > 3 || a.value == 0 => {
                let instead = self.written(start, end).replace(',', ".");
                let value = decimal(a, b).unwrap_or(Ratio::ONE);
                self.refuse(start, end, Some(instead), value);
            }
            (_, [b',', ..]) => {
                let instead: String = self.written(start, end).chars().filter(|&c| c != ',').collect();
                let value = Ratio::parse(&instead).unwrap_or(Ratio::ONE);
                self.refuse(start, end, Some(instead), value);
            }
            (3, [b'-', b'-', _]) if a.digits == 4 => {
                self.date(start, end, a, b, Some(c), b.digits == 2 && c.digits == 2)
            }
            (3, [b'.', b'.', _]) if a.digits == 4 => self.date(start, end, a, b, Some(c), true),
            (2, [b'-', ..]) if a.digits == 4 && b.digits == 2 => self.date(start, end, a, b, None, true),
            (2, [b'-', ..]) if a.digits == 4 && b.digits == 4 => self.two_years(start, end, a, b),
            (2, [b'-', ..]) => match month_day(a, b).filter(|_| a.digits == 2 && b.digits == 2) {
                Some((month, day)) => self.push(TokenKind::MonthDay(month, day), end - start),
                None => self.hyphen_range(start, end, a, b),
            },
            (3, [b'/', b'/', _]) => {
                let (year, month, day) = if a.digits == 4 { (a, b, c) } else { (c, b, a) };
                self.refuse_date(start, end, iso(year, month, day));
            }
            (3, [b'-', b'-', _]) => self.refuse_date(start, end, iso(c, b, a)),
            _ => self.refuse(start, end, None, Ratio::ONE),
        }
    }

    fn shape(&self, start: usize) -> Shape {
        let mut shape = Shape { end: start, ..Shape::default() };
        let mut at = start;
        loop {
            let mut group = Group::default();
            while let Some((byte @ b'0'..=b'9', len)) = self.folded(at) {
                group.digits += 1;
                if group.digits <= MOST_DIGITS {
                    group.value = group.value * 10 + i64::from(byte - b'0');
                }
                at += len;
            }
            if let Some(slot) = shape.groups.get_mut(shape.count) {
                *slot = group;
            }
            shape.count += 1;
            shape.end = at;
            let Some((sign @ (b'.' | b'-' | b'/' | b','), len)) = self.folded(at) else { return shape };
            // A full-width comma is a comma of a list.
            if sign == b',' && len > 1 || !matches!(self.folded(at + len), Some((b'0'..=b'9', _))) {
                return shape;
            }
            match shape.signs.get_mut(shape.count - 1) {
                Some(slot) => *slot = sign,
                // A fifth group makes a form that nothing has; its digits are passed.
                None => shape.count = shape.groups.len() + 1,
            }
            at += len;
        }
    }

    fn push_number(&mut self, value: Ratio, start: usize, end: usize) {
        self.at = start;
        if let Some((b'%', len)) = self.folded(end) {
            let value = value.percent().unwrap_or(value);
            return self.push(TokenKind::Number { value, percent: true }, end + len - start);
        }
        self.push(TokenKind::Number { value, percent: false }, end - start);
    }

    /// `2025.1` after `version`.
    fn version(&mut self) {
        let start = self.at;
        let mut text = String::new();
        let mut at = start;
        while let Some((byte @ (b'0'..=b'9' | b'.'), len)) = self.folded(at) {
            if byte == b'.' && !matches!(self.folded(at + len), Some((b'0'..=b'9', _))) {
                break;
            }
            text.push(char::from(byte));
            at += len;
        }
        if text.matches('.').count() > 2 || text.len() > 40 {
            let written: String = text.chars().take(20).collect();
            self.problems.push(
                Problem::new(Code::NumberForm, self.span(start, at))
                    .say("written", written)
                    .say("instead", "2025.1"),
            );
        }
        self.push(TokenKind::Version(text.into()), at - start);
    }

    /// 2025年8月1日, 2025年8月, 9月1日.
    fn chinese_date(&mut self, start: usize, end: usize, first: Group) -> bool {
        let part = |at: usize, sign: &[char]| {
            let mut group = Group::default();
            let mut at = at;
            while let Some((byte @ b'0'..=b'9', len)) = self.folded(at).filter(|_| group.digits < 3) {
                group = Group { value: group.value * 10 + i64::from(byte - b'0'), digits: group.digits + 1 };
                at += len;
            }
            let ends = self.character(at).filter(|next| sign.contains(next))?;
            (1..=2).contains(&group.digits).then_some((group, at + ends.len_utf8()))
        };
        let next = self.character(end);
        if first.digits == 4 && next == Some('年') {
            let Some((month, end)) = part(end + '年'.len_utf8(), &['月']) else { return false };
            match part(end, &['日', '号', '號']) {
                Some((day, end)) => self.date(start, end, first, month, Some(day), true),
                None => self.date(start, end, first, month, None, true),
            }
            return true;
        }
        if first.digits <= 2 && next == Some('月') {
            let Some((day, end)) = part(end + '月'.len_utf8(), &['日', '号', '號']) else { return false };
            match month_day(first, day) {
                Some((month, day)) => self.push(TokenKind::MonthDay(month, day), end - start),
                None => self.refuse_date(start, end, None),
            }
            return true;
        }
        false
    }

    fn date(
        &mut self,
        start: usize,
        end: usize,
        year: Group,
        month: Group,
        day: Option<Group>,
        well_formed: bool,
    ) {
        let found = if well_formed { calendar(year, month, day) } else { None };
        match found {
            Some((first, last)) => self.push(TokenKind::Date(first, last), end - start),
            None => {
                let instead = day.and_then(|day| iso(year, month, day));
                self.refuse_date(start, end, instead);
            }
        }
    }

    /// A date in a form that is not ours, or a day that no calendar has; the year is kept where there is one.
    fn refuse_date(&mut self, start: usize, end: usize, instead: Option<String>) {
        let written = self.written(start, end);
        let mut problem = Problem::new(Code::DateForm, self.span(start, end)).say("written", written);
        if let Some(instead) = instead {
            problem = problem.say("instead", instead);
        }
        self.problems.push(problem);
        let year = written.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4);
        let year = year.and_then(|digits| digits.parse().ok()).unwrap_or(2025);
        let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
        let last = Date::new(year, 12, 31).unwrap_or(first);
        self.push(TokenKind::Date(first, last), end - start);
    }

    /// `2022-2027`: two years, or a name.
    fn two_years(&mut self, start: usize, end: usize, from: Group, to: Group) {
        let instead = format!("{:04}-01-01～{:04}-12-31", from.value, to.value);
        let written = self.written(start, end);
        let problem = Problem::new(Code::DateForm, self.span(start, end));
        self.problems.push(problem.say("written", written).say("instead", instead));
        let day =
            |year: i64, month, day| i32::try_from(year).ok().and_then(|year| Date::new(year, month, day));
        let first = day(from.value, 1, 1).unwrap_or(Date::MIN);
        let last = day(to.value, 12, 31).unwrap_or(first);
        self.push_at(TokenKind::Date(first, first), start, end);
        self.push_at(word_kind(KNOWN.to), start, end);
        self.push_at(TokenKind::Date(last, last), start, end);
        self.at = end;
    }

    /// `1-5`: `-` is never a range.
    fn hyphen_range(&mut self, start: usize, end: usize, low: Group, high: Group) {
        let written = self.written(start, end);
        let instead = format!("{}～{}", low.value, high.value);
        let problem = Problem::new(Code::NumberForm, self.span(start, end));
        self.problems.push(problem.say("written", written).say("instead", instead));
        let number = |value| TokenKind::Number { value: Ratio::from_int(value), percent: false };
        self.push_at(number(low.value), start, end);
        self.push_at(word_kind(KNOWN.to), start, end);
        self.at = start;
        self.push_number_as(number(high.value), end);
    }

    fn push_number_as(&mut self, kind: TokenKind, end: usize) {
        let start = self.at;
        self.push(kind, end - start);
    }

    /// `1e3`.
    fn exponent(&mut self, start: usize, end: usize) -> bool {
        let Some((b'e' | b'E', 1)) = self.folded(end) else { return false };
        let mut at = end + 1;
        while let Some((b'0'..=b'9', len)) = self.folded(at) {
            at += len;
        }
        if at == end + 1 {
            return false;
        }
        self.refuse(start, at, None, Ratio::ONE);
        true
    }

    /// `-1`.
    pub(super) fn negative(&mut self, len: usize) {
        let start = self.at;
        let shape = self.shape(start + len);
        let instead = self.written(start + len, shape.end).to_owned();
        let value = Ratio::parse(&instead).unwrap_or(Ratio::ONE);
        self.refuse(start, shape.end, Some(instead), value);
    }

    /// `.5`.
    pub(super) fn bare_fraction(&mut self, len: usize) {
        let start = self.at;
        let shape = self.shape(start + len);
        let instead = format!("0.{}", self.written(start + len, shape.end));
        let value = Ratio::parse(&instead).unwrap_or(Ratio::ONE);
        self.refuse(start, shape.end, Some(instead), value);
    }

    /// Reports a form that is read in two ways, and goes on with the number that was most likely meant.
    fn refuse(&mut self, start: usize, end: usize, instead: Option<String>, value: Ratio) {
        let written: String = self.written(start, end).chars().take(40).collect();
        let mut problem = Problem::new(Code::NumberForm, self.span(start, end)).say("written", written);
        if let Some(instead) = instead {
            problem = problem.say("instead", instead);
        }
        self.problems.push(problem);
        self.push_number(value, start, end);
    }
}

fn decimal(whole: Group, fraction: Group) -> Option<Ratio> {
    if whole.digits + fraction.digits > MOST_DIGITS {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(fraction.digits).ok()?)?;
    Ratio::new(whole.value.checked_mul(scale)?.checked_add(fraction.value)?, scale)
}

fn month_day(month: Group, day: Group) -> Option<(u8, u8)> {
    let (month, day) = (u32::try_from(month.value).ok()?, u32::try_from(day.value).ok()?);
    MonthDay::new(month, day)?;
    Some((u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// The first and last day of a date as far as it is known.
fn calendar(year: Group, month: Group, day: Option<Group>) -> Option<(Date, Date)> {
    let year = i32::try_from(year.value).ok()?;
    let month = u32::try_from(month.value).ok()?;
    match day {
        Some(day) => Date::new(year, month, u32::try_from(day.value).ok()?).map(|day| (day, day)),
        None => {
            let first = Date::new(year, month, 1)?;
            let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
            Some((first, last))
        }
    }
}

fn iso(year: Group, month: Group, day: Group) -> Option<String> {
    calendar(year, month, Some(day)).map(|(day, _)| day.to_string())
}

/// A number in Chinese words at the beginning of a text.
pub(super) struct ChineseNumber {
    /// How many bytes it takes.
    pub(super) len: usize,
    /// Its value, where it is a whole number.
    pub(super) whole: Option<Ratio>,
    /// Its value, where it is a share, and whether it is written per hundred.
    pub(super) share: Option<(Ratio, bool)>,
}

/// Reads 三, 十二, 三分之一, 百分之八十.
pub(super) fn chinese_number(text: &str) -> Option<ChineseNumber> {
    let (first, len) = chinese_whole(text)?;
    let rest = text.get(len..)?;
    let after = rest.strip_prefix("分之").and_then(chinese_whole);
    if let Some((over, over_len)) = after {
        let share = Ratio::new(over, first)?;
        let len = len + "分之".len() + over_len;
        return Some(ChineseNumber { len, whole: None, share: Some((share, text.starts_with("百分之"))) });
    }
    Some(ChineseNumber { len, whole: Some(Ratio::from_int(first)), share: None })
}

fn chinese_whole(text: &str) -> Option<(i64, usize)> {
    let (mut total, mut digit, mut len) = (0_i64, None, 0);
    for character in text.chars().take(12) {
        let value = match character {
            '零' | '〇' => 0,
            '一' => 1,
            '二' | '两' | '兩' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => break,
        };
        len += character.len_utf8();
        if value < 10 {
            digit = Some(value);
        } else {
            total += digit.take().unwrap_or(1) * value;
        }
    }
    if len == 0 { None } else { Some((total + digit.unwrap_or(0), len)) }
}
