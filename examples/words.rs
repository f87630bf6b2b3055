use accredit::syntax::{token::*, tree::Bracket, words::read_words};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let t = std::time::Instant::now();
        let words = read_words(accredit::source::FileId(0), &text);
        let d = t.elapsed();
        println!(
            "== {path} {} tokens {} problems {} bytes {:?} {:.1} MB/s",
            words.tokens.len(),
            words.problems.len(),
            text.len(),
            d,
            text.len() as f64 / 1e6 / d.as_secs_f64()
        );
        for p in words.problems.iter().take(20) {
            println!("  !{} {:?} {:?}", p.code.id(), &text[p.at.range()], p.said);
        }
        if std::env::var("SHOW").is_ok() {
            let mut depth = 0;
            for t in &words.tokens {
                match &t.kind {
                    TokenKind::Word(w, _) => print!("{} ", w.text().to_uppercase().replace(' ', "_")),
                    TokenKind::Name(n, Bracket::Bare) => print!("{n} "),
                    TokenKind::Name(n, _) => print!("[{n}] "),
                    TokenKind::Number { value, percent } => {
                        print!("{value}{} ", if *percent { "%" } else { "" })
                    }
                    TokenKind::Date(a, b) => print!("@{a}..{b} "),
                    TokenKind::Version(v) => print!("v{v} "),
                    TokenKind::Text(t) => print!("\"{t}\" "),
                    TokenKind::End => print!("/\n{}", " ".repeat(depth)),
                    TokenKind::Sign(Sign::Open) => {
                        depth += 2;
                        print!("{{\n{}", " ".repeat(depth))
                    }
                    TokenKind::Sign(Sign::Close) => {
                        depth = depth.saturating_sub(2);
                        print!("}} ")
                    }
                    other => print!("{other:?} "),
                }
            }
            println!();
        }
    }
}
