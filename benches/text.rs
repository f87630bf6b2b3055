//! Reading and printing text, in English and in Chinese, beside a plain pass over the same characters.
//!
//! Run with `cargo bench --bench text`. Megabytes a second, in time on a core; the ratios hold on any machine. A Chinese text of
//! the same rules has more bytes and as many words, and a word is what costs: so compare the time of a rule, too.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a bench measures")]

mod clock;
mod large;

use std::hint::black_box;
use std::time::Duration;

use accredit::format::{format, format_in};
use accredit::language::Lang;
use accredit::source::FileId;
use accredit::syntax::parse;
use accredit::syntax::words::read_words;

use clock::{median, speed};
use large::{chinese, english};

/// How often each is measured.
const TIMES: usize = 5;

/// The least that any reader does: each character is looked at once.
fn plain_pass(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}

fn main() {
    let rules: u32 = std::env::args().filter_map(|given| given.parse().ok()).next().unwrap_or(20_000);
    println!("{:<24} {:>10} {:>10} {:>12} {:>14}", "", "MB/s", "ms", "µs a rule", "× a plain pass");
    for (language, lang, text) in
        [("English", Lang::En, english(rules)), ("Chinese", Lang::Zh, chinese(rules))]
    {
        let (tree, problems) = parse(FileId(0), &text);
        assert!(problems.is_empty() && !tree.statements.is_empty(), "{:?}", problems.first());
        drop(tree);
        let pass = median(TIMES, || plain_pass(black_box(&text)));
        let show = |what: &str, time: Duration| {
            println!(
                "{:<24} {:>10.1} {:>10.1} {:>12.2} {:>14.1}",
                [language, what].join(", "),
                speed(text.len(), time),
                time.as_secs_f64() * 1e3,
                time.as_secs_f64() * 1e6 / f64::from(rules),
                time.as_secs_f64() / pass.as_secs_f64()
            );
        };
        show("a plain pass", pass);
        show("text to words", median(TIMES, || read_words(FileId(0), black_box(&text))));
        show("text to tree", median(TIMES, || parse(FileId(0), black_box(&text))));
        show("format", median(TIMES, || format(black_box(&text))));
        let other = if lang == Lang::En { Lang::Zh } else { Lang::En };
        show("format in the other", median(TIMES, || format_in(black_box(&text), other)));
    }
}
