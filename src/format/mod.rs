//! Text to text: one form, in the author's own spelling or in any keyword language. It prints from canonical tokens, for a text
//! that parses; what does not parse is printed as far as its words go.
//!
//! It never touches what stands in quotes, boxes and comments, and never a name of the author. The one idea: a statement is
//! printed, read again, and must give the same tokens; spaces are left out only where that holds, so the printer cannot say
//! anything that the reader would not understand in the same way.

mod join;
mod layout;
mod order;
mod own;
mod print;
mod spell;
mod width;

use crate::language::Lang;
use crate::source::{FileId, Source};
use crate::syntax::words::read_words;

use print::Printer;

/// Prints a file in its own spelling: synonyms, numbers and dates stay as they are written.
pub fn format(text: &str) -> String {
    whole(text, None)
}

/// Prints a file in a keyword language. Names, texts and comments stay as they are.
pub fn format_in(text: &str, lang: Lang) -> String {
    whole(text, Some(lang))
}

fn whole(text: &str, lang: Option<Lang>) -> String {
    let tokens = read_words(FileId::default(), text).tokens;
    Printer::new(&tokens, text, lang).print(true).into_iter().map(|line| line.text + "\n").collect()
}

/// Prints a file, in its own spelling or in a language; of a `.qf.md`, only what is fenced changes, and no statement moves.
pub fn format_source(source: &Source, lang: Option<Lang>) -> String {
    let tokens = read_words(FileId::default(), source.code()).tokens;
    let printer = Printer::new(&tokens, &source.text, lang);
    if source.fences().is_empty() && !source.path.ends_with(".qf.md") {
        return printer.print(true).into_iter().map(|line| line.text + "\n").collect();
    }
    let mut printed = String::with_capacity(source.text.len());
    let mut lines = printer.print(false).into_iter().peekable();
    let mut copied = 0;
    for fence in source.fences() {
        let (start, end) = (fence.start as usize, fence.end as usize);
        printed.push_str(source.text.get(copied..start).unwrap_or_default());
        let mut is_first = true;
        while let Some(line) = lines.next_if(|line| line.at < end) {
            // The blank line that parted two blocks stands between their fences.
            if !(is_first && line.text.is_empty()) {
                printed.push_str(&line.text);
                printed.push('\n');
            }
            is_first = false;
        }
        copied = end;
    }
    printed.push_str(source.text.get(copied..).unwrap_or_default());
    printed
}

#[cfg(test)]
mod tests;
