//! The frame of a picture: what every SVG of this program opens with.
//!
//! It knows nothing of what is drawn. Text is made safe here and nowhere else.

use std::fmt::{self, Write};

use super::lettering::{markup, visible};

/// A text as it may stand in a picture.
pub(super) fn escaped(text: &str) -> String {
    markup(&visible(text))
}

/// Opens a picture of this width and height: its title, what it says to a reader who cannot see it, its style and its page.
pub(super) fn open(
    out: &mut String,
    (width, height): (i32, i32),
    title: &str,
    told: Option<&str>,
    style: &str,
) -> fmt::Result {
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qf-drawing\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">"
    )?;
    writeln!(out, "<title>{}</title>", escaped(title))?;
    if let Some(told) = told {
        writeln!(out, "<desc>{}</desc>", escaped(told))?;
    }
    writeln!(out, "<style>\n{style}</style>")?;
    writeln!(out, "<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>")
}
