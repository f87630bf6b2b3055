//! Did you mean: the names nearest to one that was not found.
//!
//! It never changes what a text means: a near name is advice only. The one idea: names are compared as they look, with
//! width, case and brackets folded, and only those that share characters with the wrong one are compared at all.

use std::collections::BTreeMap;

use crate::language::normal;

/// Names among which a wrong one is looked for, prepared once for many questions.
pub struct Candidates<'a> {
    names: Vec<Candidate<'a>>,
    /// Which names hold a pair of neighbouring characters.
    by_pair: BTreeMap<[char; 2], Vec<u32>>,
    /// Which names have so many characters.
    by_length: BTreeMap<usize, Vec<u32>>,
}

/// A pair that very many names hold says little about which of them was meant: one question stops before it.
const MOST_COMPARED: usize = 20_000;

struct Candidate<'a> {
    name: &'a str,
    looks: Vec<char>,
}

impl<'a> Candidates<'a> {
    /// Takes the names in; equal ones count once.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Candidates<'a> {
        let mut names: Vec<Candidate<'a>> =
            names.into_iter().map(|name| Candidate { name, looks: looks_of(name) }).collect();
        names.sort_by(|a, b| a.name.cmp(b.name));
        names.dedup_by(|a, b| a.name == b.name);
        let (mut by_pair, mut by_length) = (BTreeMap::<_, Vec<u32>>::new(), BTreeMap::<_, Vec<u32>>::new());
        for (at, candidate) in (0u32..).zip(&names) {
            by_length.entry(candidate.looks.len()).or_default().push(at);
            let mut pairs = pairs_of(&candidate.looks);
            pairs.sort_unstable();
            pairs.dedup();
            for pair in pairs {
                by_pair.entry(pair).or_default().push(at);
            }
        }
        Candidates { names, by_pair, by_length }
    }

    /// The nearest names, best first, at most so many; none where nothing is near.
    pub fn nearest(&self, wrong: &str, at_most: usize) -> Vec<&'a str> {
        let looks = looks_of(wrong);
        let bound = bound_of(looks.len());
        let mut near: Vec<(usize, usize, &'a str)> = self
            .worth_comparing(&looks, bound)
            .filter_map(|at| self.names.get(at as usize))
            .filter(|candidate| candidate.name != wrong)
            .filter_map(|candidate| {
                let steps = distance(&looks, &candidate.looks, bound)?;
                let shared = looks.iter().zip(&candidate.looks).take_while(|(a, b)| a == b).count();
                Some((steps, looks.len() - shared, candidate.name))
            })
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(at_most).map(|(_, _, name)| name).collect()
    }

    /// The names that can be within the bound: a change touches at most two neighbouring pairs (an exchange three), so
    /// a near name of some length shares a pair. Short ones may share none and are found by their length.
    fn worth_comparing(&self, looks: &[char], bound: usize) -> impl Iterator<Item = u32> {
        let pairs = pairs_of(looks);
        let mut found: Vec<u32> = Vec::new();
        if pairs.len() <= 3 * bound {
            let lengths = looks.len().saturating_sub(bound)..=looks.len() + bound;
            found.extend(self.by_length.range(lengths).flat_map(|(_, names)| names));
        } else {
            // Each change spoils at most three pairs, so among any `3 × bound + 1` of them one is whole: the rarest do.
            let mut lists: Vec<&Vec<u32>> = Vec::with_capacity(pairs.len());
            let mut absent = 0;
            for pair in &pairs {
                match self.by_pair.get(pair) {
                    Some(list) => lists.push(list),
                    None => absent += 1,
                }
            }
            lists.sort_by_key(|list| list.len());
            for list in lists.into_iter().take((3 * bound + 1usize).saturating_sub(absent)) {
                if found.len() + list.len() > MOST_COMPARED {
                    break;
                }
                found.extend(list);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter()
    }
}

/// The nearest of a few names.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>, at_most: usize) -> Vec<&'a str> {
    Candidates::new(names).nearest(wrong, at_most)
}

/// How many changes a name of so many characters may be away: none for one character, one for up to five, then a third, at most four.
fn bound_of(length: usize) -> usize {
    match length {
        0 | 1 => 0,
        2..=5 => 1,
        _ => (length / 3).min(4),
    }
}

/// A name as it looks: one form a character, one width, one case, no brackets, no spaces, no marks between words.
fn looks_of(name: &str) -> Vec<char> {
    let folded = normal(name);
    let plain = |character: char| match character {
        '（' | '）' | '(' | ')' | '《' | '》' | '【' | '】' | '[' | ']' | '“' | '”' | '"' | '\'' => {
            None
        }
        ' ' | '\u{3000}' | '_' => Some('-'),
        other => Some(other),
    };
    folded.chars().filter_map(plain).flat_map(char::to_lowercase).collect()
}

fn pairs_of(looks: &[char]) -> Vec<[char; 2]> {
    looks.windows(2).filter_map(|pair| pair.try_into().ok()).collect()
}

/// How many letters must be added, dropped, changed or exchanged with their neighbour, if not more than the bound.
fn distance(a: &[char], b: &[char], bound: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, &left) in a.iter().enumerate() {
        let mut this = Vec::with_capacity(b.len() + 1);
        this.push(row + 1);
        for (column, &right) in b.iter().enumerate() {
            let changed = last[column] + usize::from(left != right);
            let mut least = changed.min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && left == b[column - 1] && a[row - 1] == right {
                least = least.min(before_last[column - 1] + 1);
            }
            this.push(least);
        }
        if this.iter().all(|&steps| steps > bound) {
            return None;
        }
        before_last = std::mem::replace(&mut last, this);
    }
    last.last().copied().filter(|&steps| steps <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_found() {
        let words = ["grade", "give", "from", "when", "unless", "level", "credits"];
        assert_eq!(nearest("grad", words, 3), ["grade"]);
        assert_eq!(nearest("wehn", words, 3), ["when"], "two letters exchanged");
        assert_eq!(nearest("creditts", words, 3), ["credits"]);
        assert_eq!(nearest("lveel", words, 3), ["level"]);
        assert_eq!(nearest("examination", words, 3), Vec::<&str>::new());
        assert_eq!(nearest("", words, 3), Vec::<&str>::new());
    }

    #[test]
    fn brackets_and_widths_are_no_difference() {
        let titles = ["英语（一）", "英语（二）", "高等数学", "大学语文"];
        assert_eq!(nearest("英语二", titles, 3), ["英语（二）", "英语（一）"]);
        assert_eq!(nearest("英语(二)", titles, 1), ["英语（二）"]);
        assert_eq!(nearest("高等数字", titles, 3), ["高等数学"]);
        assert_eq!(nearest("ＮＩＴ", ["NIT"], 1), ["NIT"]);
        assert_eq!(nearest("cet 4", ["cet-4", "cet-6"], 1), ["cet-4"]);
    }

    #[test]
    fn of_two_as_near_the_one_that_begins_alike_comes_first_then_the_alphabet() {
        assert_eq!(nearest("cet-5", ["met-5", "cet-4", "cet-6"], 3), ["cet-4", "cet-6", "met-5"]);
        assert_eq!(nearest("cet-5", ["cet-6", "met-5", "cet-4", "cet-6"], 3), ["cet-4", "cet-6", "met-5"]);
    }

    #[test]
    fn the_name_itself_is_no_suggestion() {
        assert_eq!(nearest("cet-4", ["cet-4"], 3), Vec::<&str>::new());
        assert_eq!(nearest("CET-4", ["cet-4"], 3), ["cet-4"]);
    }

    /// Names of all lengths, with every kind of slip: what the index leaves out is never near.
    #[test]
    fn nothing_near_is_left_out() {
        let names: Vec<String> = (0..3000u32)
            .map(|n| {
                format!(
                    "{}{}-{}",
                    ["math", "数学", "engl", "x"][n as usize % 4],
                    n * 7919 % 10_007,
                    ["a", "bc", "", "日语"][n as usize % 3]
                )
            })
            .collect();
        let candidates = Candidates::new(names.iter().map(String::as_str));
        for (at, name) in names.iter().enumerate().step_by(37) {
            let mut wrong: Vec<char> = name.chars().collect();
            match at % 4 {
                0 => wrong.swap(0, 1),
                1 => drop(wrong.pop()),
                2 => wrong.insert(1, 'q'),
                _ => wrong[0] = 'z',
            }
            let wrong: String = wrong.into_iter().collect();
            let looks = looks_of(&wrong);
            let mut by_hand: Vec<&str> = candidates
                .names
                .iter()
                .filter(|other| {
                    other.name != wrong && distance(&looks, &other.looks, bound_of(looks.len())).is_some()
                })
                .map(|other| other.name)
                .collect();
            let mut found = candidates.nearest(&wrong, usize::MAX);
            by_hand.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, by_hand, "{wrong}");
        }
    }

    #[test]
    fn a_long_name_among_many_is_compared_with_few() {
        let names: Vec<String> = (0..100_000).map(|n| format!("course-{n:05}-{}", n % 97)).collect();
        let candidates = Candidates::new(names.iter().map(String::as_str));
        let looks = looks_of("introduction to algorithms");
        assert_eq!(candidates.worth_comparing(&looks, bound_of(looks.len())).count(), 0);
        assert_eq!(candidates.nearest("corse-00042-42", 1), ["course-00042-42"]);
    }
}
