//! How numbers, dates, units, comparisons and lists are said in each language.

use crate::quantity::{Date, Ratio};

use super::table::{Lang, Meaning};

/// A number: `2.5`, `1/3`. The same in every language.
pub fn number(value: Ratio) -> String {
    value.to_string()
}

/// A share as a percentage: `80%`; as a fraction where a percentage would not end.
pub fn percent(share: Ratio) -> String {
    match share.to_percent() {
        Ok(percent) => format!("{percent}%"),
        Err(_) => share.to_string(),
    }
}

/// A day: `2025-08-01`, 2025年8月1日.
pub fn date(day: Date, lang: Lang) -> String {
    if lang.is_chinese() {
        format!("{}年{}月{}日", day.year(), day.month(), day.day())
    } else {
        day.to_string()
    }
}

/// A unit after a number, in the plural where the language has one.
pub fn unit(unit: Meaning, value: Ratio, lang: Lang) -> &'static str {
    if lang == Lang::En
        && value != Ratio::ONE
        && let Some(plural) = unit.spellings(lang).nth(1)
    {
        return plural;
    }
    unit.spelling(lang)
}

/// A number with its unit: `2.5 credits`, 2.5学分.
pub fn quantity(value: Ratio, of: Meaning, lang: Lang) -> String {
    let space = if lang.is_chinese() { "" } else { " " };
    format!("{value}{space}{}", unit(of, value, lang))
}

/// A comparison between two pieces of text: `grade >= 425`, 成绩不低于425.
pub fn comparison(left: &str, comparison: Meaning, right: &str, lang: Lang) -> String {
    let space = if lang.is_chinese() { "" } else { " " };
    format!("{left}{space}{}{space}{right}", comparison.spelling(lang))
}

/// Several things: `a, b and c`, a、b和c.
pub fn list<T: AsRef<str>>(items: &[T], lang: Lang) -> String {
    let (between, last) = if lang.is_chinese() { ("、", "和") } else { (", ", " and ") };
    let mut said = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            said.push_str(if at + 1 == items.len() { last } else { between });
        }
        said.push_str(item.as_ref());
    }
    said
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::table::meaning_by_id;
    use super::*;

    #[test]
    fn each_language_says_quantities_days_and_lists_in_its_own_way() {
        let half = Ratio::new(5, 2).unwrap();
        let credit = meaning_by_id("unit.credit").unwrap();
        assert_eq!(quantity(half, credit, Lang::En), "2.5 credits");
        assert_eq!(quantity(Ratio::ONE, credit, Lang::En), "1 credit");
        assert_eq!(quantity(half, credit, Lang::ZhHant), "2.5學分");
        let day = Date::new(2025, 8, 1).unwrap();
        assert_eq!((date(day, Lang::En), date(day, Lang::Zh)), ("2025-08-01".into(), "2025年8月1日".into()));
        assert_eq!(list(&["a", "b", "c"], Lang::En), "a, b and c");
        assert_eq!(list(&["甲", "乙"], Lang::Zh), "甲和乙");
        assert_eq!(list::<&str>(&[], Lang::En), "");
        let least = meaning_by_id("comparison.at-least").unwrap();
        assert_eq!(comparison("成绩", least, "425", Lang::Zh), "成绩不低于425");
        assert_eq!(comparison("grade", least, "425", Lang::En), "grade >= 425");
        assert_eq!(
            (percent(Ratio::new(4, 5).unwrap()), number(Ratio::new(1, 3).unwrap())),
            ("80%".into(), "1/3".into())
        );
    }
}
