//! The clauses of documents in words and as Markdown, from the wire document alone.

use crate::wire::clauses::{Clauses, Encoding, OfClause, OfDocument};
use crate::wire::decision::Titles;

use super::markdown::{escaped, row};
use super::text::TextLanguage;

/// As lines of text: each clause, and under it what encodes it.
pub fn text(clauses: &Clauses, language: TextLanguage) -> String {
    let say = Words(language);
    let mut out = String::new();
    for (nth, document) in clauses.documents.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        out.push_str(&say.heading(document));
        out.push('\n');
        for clause in &document.clauses {
            out.push_str(&format!("  {}\n", clause.clause));
            if let Some(text) = &clause.text {
                out.push_str(&format!("    {}\n", say.quoted(text)));
            }
            if clause.encoded_by.is_empty() {
                out.push_str(&format!("    {}\n", say.nothing()));
            }
            for encoding in &clause.encoded_by {
                out.push_str(&format!("    {}\n", say.encoding(encoding)));
            }
        }
        if !document.whole.is_empty() {
            out.push_str(&format!("  {}\n", say.whole()));
            for encoding in &document.whole {
                out.push_str(&format!("    {}\n", say.encoding(encoding)));
            }
        }
        out.push_str(&format!("  {}\n", say.count(document)));
    }
    out
}

/// As Markdown: a table a document.
pub fn markdown(clauses: &Clauses, language: TextLanguage) -> String {
    let say = Words(language);
    let mut out = String::new();
    for (nth, document) in clauses.documents.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        out.push_str(&format!("## {}\n\n", escaped(&say.heading(document))));
        let [clause, text, encoded] = say.columns();
        let has_text = document.clauses.iter().any(|clause| clause.text.is_some());
        let heads: Vec<&str> = if has_text { vec![clause, text, encoded] } else { vec![clause, encoded] };
        row(&mut out, &heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>());
        row(&mut out, &vec!["---".to_owned(); heads.len()]);
        let list = |all: &[Encoding]| -> String {
            let told: Vec<String> = all.iter().map(|of| escaped(&say.encoding(of))).collect();
            if told.is_empty() { format!("**{}**", say.nothing()) } else { told.join("<br>") }
        };
        let cells = |clause: &OfClause| {
            let mut cells = vec![escaped(&clause.clause)];
            if has_text {
                cells.push(escaped(clause.text.as_deref().unwrap_or_default()));
            }
            cells.push(list(&clause.encoded_by));
            cells
        };
        for clause in &document.clauses {
            row(&mut out, &cells(clause));
        }
        if !document.whole.is_empty() {
            let mut cells = vec![say.whole().to_owned()];
            cells.extend(has_text.then(String::new));
            cells.push(list(&document.whole));
            row(&mut out, &cells);
        }
        out.push_str(&format!("\n{}\n", say.count(document)));
    }
    out
}

/// The words of one language.
struct Words(TextLanguage);

impl Words {
    const fn is_chinese(&self) -> bool {
        matches!(self.0, TextLanguage::Chinese)
    }

    fn title<'a>(&self, titles: &'a Titles, name: &'a str) -> &'a str {
        let tags: &[&str] = if self.is_chinese() { &["zh", "zh-Hant"] } else { &["en"] };
        let told = tags.iter().find_map(|tag| titles.get(*tag)).or_else(|| titles.values().next());
        told.map_or(name, String::as_str)
    }

    fn heading(&self, document: &OfDocument) -> String {
        let title = self.title(&document.title, &document.document);
        match (&document.number, self.is_chinese()) {
            (Some(number), true) => format!("{title}（{number}）"),
            (Some(number), false) => format!("{title} ({number})"),
            (None, _) => title.to_owned(),
        }
    }

    fn quoted(&self, text: &str) -> String {
        if self.is_chinese() { format!("“{text}”") } else { format!("\"{text}\"") }
    }

    const fn nothing(&self) -> &'static str {
        if self.is_chinese() { "没有编写" } else { "nothing encodes it" }
    }

    const fn whole(&self) -> &'static str {
        if self.is_chinese() { "文件整体" } else { "the document as a whole" }
    }

    const fn columns(&self) -> [&'static str; 3] {
        if self.is_chinese() { ["条款", "条文", "编写为"] } else { ["Clause", "Text", "Encoded by"] }
    }

    fn encoding(&self, of: &Encoding) -> String {
        let what = self.what(&of.what);
        let title = self.title(&of.title, &of.id);
        let Encoding { at, .. } = of;
        let id = match &of.scheme {
            Some(scheme) if of.what == "rule" => format!("{scheme}.{}", of.id),
            Some(scheme) if of.id.is_empty() => scheme.clone(),
            _ => of.id.clone(),
        };
        let named = if title == of.id { id } else { format!("{id} {}", self.quoted(title)) };
        let place = format!("{}:{}", at.file, at.line);
        if self.is_chinese() {
            format!("{what}：{named}（{place}）")
        } else {
            format!("{what} {named} ({place})")
        }
    }

    fn what<'a>(&self, what: &'a str) -> &'a str {
        if !self.is_chinese() {
            return what;
        }
        match what {
            "rule" => "规则",
            "scheme" => "办法",
            "never" => "一律不予认定",
            "reading" => "解释",
            "framework" => "资历框架",
            "title" => "称谓",
            "standard" => "等级标准",
            "comparison" => "等级对照",
            "credit" => "学分单位",
            "ratio" => "折算",
            "map" => "成绩对照",
            other => other,
        }
    }

    fn count(&self, document: &OfDocument) -> String {
        let (all, open) = (document.clauses.len(), document.uncoded);
        match (document.lists_clauses, self.is_chinese()) {
            (true, true) => format!("共{all}条，其中{open}条没有编写。"),
            (true, false) => format!("{all} clauses, {open} of them encoded by nothing."),
            (false, true) => "文件没有列出条款，无法知道哪些条款没有编写。".to_owned(),
            (false, false) => {
                "The document does not list its clauses, so what nothing encodes is not known.".to_owned()
            }
        }
    }
}
