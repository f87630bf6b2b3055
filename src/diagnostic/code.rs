//! The codes: each is stable for good, has a page under `docs/errors`, a sentence and a help in both languages, and a case.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The package cannot be used.
    Error,
    /// The package can be used; an author should look.
    Warning,
}

macro_rules! codes {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// The code of a problem. To add one: a line here and a page `docs/errors/FAMILY/NAME.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $code, "`: see its page.")]
                $name,
            )*
        }

        impl Code {
            /// All codes, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// `family/name`.
            pub const fn id(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// The page of the code.
            pub(crate) const fn page(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("../../docs/errors/", $code, ".md"))),* }
            }
        }
    };
}

// Sorted by code, one a line, so that two additions rarely meet.
codes! {
    SyntaxLater = "syntax/later",
    SyntaxStatement = "syntax/statement",
}
