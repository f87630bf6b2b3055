//! `accredit.request/1`: from JSON or YAML to a request whose names are resolved.
//!
//! It understands or refuses: what it does not know is an error with its path, never left aside. The one idea: a field is taken
//! out when it is read, so what is left at the end of a group is unknown.

use serde::Deserialize as _;

use crate::answer::{Ask, Choice, Request};
use crate::evaluate::{
    Achievement, Entry, EntryState, Facts, Goal, HeldId, Judgement, Origin, Record, Status, Waiver,
};
use crate::language::normal;
use crate::model::{
    BlockId, BodyId, FactId, FactUse, KindId, Model, OutcomeId, ProgrammeId, RuleId, SchemeId,
};
use crate::quantity::{Date, Ratio};
use crate::source::content_hash;
use crate::space::{Set, State};

use super::names::{Names, NotFound, is_built_in};
use super::reader::{Fields, items, text, wrong};
use super::values::domain;
use super::{ErrorCode, Node, RequestError};

/// The name and version of this shape.
pub(super) const SCHEMA: &str = "accredit.request/1";

/// A request as it was read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked.
    pub request: Request,
    /// The request's own id, echoed in the answer.
    pub request_id: Option<String>,
    /// Hash of the request without its id and its options, which change how it is answered and not what.
    pub hash: String,
    /// Whether each step is wanted.
    pub derivation: bool,
    /// The languages in which the answer is also wanted in words.
    pub text: Vec<String>,
}

/// Reads a record or a request. `as_of` is the day for which it is asked, where the request does not say; `to` the one target
/// asked for, where the caller names one.
///
/// # Errors
///
/// Where something is not understood, with its path.
pub fn read(
    document: &str,
    names: &Names<'_>,
    as_of: Option<Date>,
    to: Option<&str>,
) -> Result<Asked, RequestError> {
    let node = parse(document)?;
    let mut fields = Fields::of(node.clone(), "")?;
    if let Some(schema) = fields.text("schema")?.filter(|schema| schema != SCHEMA) {
        let message = format!("{schema} is not read here; this is {SCHEMA}");
        return Err(RequestError::new(ErrorCode::WrongValue, "schema", message));
    }
    let request_id = fields.text("request_id")?;
    package(&mut fields, names.model())?;
    let stated = fields.text("as_of")?;
    let as_of = match (&stated, as_of) {
        (Some(written), _) => day(written, "as_of")?,
        (None, Some(day)) => day,
        (None, None) => return Err(fields.missing("as_of")),
    };
    let mut reading = Reading { names, symbols: Vec::new() };
    let dates = reading.dates(&mut fields)?;
    let (id, learner, _) = reading.person(&mut fields, "learner", &names.model().learner)?;
    let (_, plan, programme) = reading.person(&mut fields, "plan", &names.model().plan)?;
    let held = reading.held(&mut fields)?;
    let record = Record {
        id: id.map(Into::into),
        learner,
        plan,
        dates,
        partial: fields.flag("partial")?,
        judged: reading.judged(&mut fields, &held)?,
        waived: reading.waived(&mut fields)?,
        granted: reading.granted(&mut fields)?,
        held,
        symbols: Vec::new(),
    };
    let mut asks = reading.asks(&mut fields, &record.held)?;
    if let Some(to) = to {
        let target = Goal::Outcome(reading.outcome_named(to, None, "--to")?);
        asks = vec![Ask { achievements: Vec::new(), target: Some(target) }];
    }
    let choices = reading.choices(&mut fields)?;
    let (derivation, text) = options(&mut fields)?;
    fields.done()?;
    let record = Record { symbols: reading.symbols, ..record };
    Ok(Asked {
        request: Request { record, as_of, asks, choices, programme },
        request_id,
        hash: hash(&node, as_of, to),
        derivation,
        text,
    })
}

/// JSON first, since every JSON text that is wrong would be told of as wrong YAML; then YAML.
fn parse(document: &str) -> Result<Node, RequestError> {
    if super::node::depth(document) > DEEPEST {
        return Err(RequestError::new(
            ErrorCode::Malformed,
            "",
            format!("nested deeper than {DEEPEST} levels"),
        ));
    }
    if document.trim().is_empty() {
        return Err(
            RequestError::new(ErrorCode::Malformed, "", "the record is empty").chinese("这份记录是空的")
        );
    }
    let mut json = serde_json::Deserializer::from_str(document);
    if let Ok(node) = Node::deserialize(&mut json)
        && json.end().is_ok()
    {
        return Ok(node);
    }
    serde_yaml::from_str(document).map_err(|error| {
        RequestError::new(ErrorCode::Malformed, "", format!("this is neither JSON nor YAML: {error}"))
    })
}

/// No request nests deeper; a reader of nested brackets takes time that grows with the square of their number.
const DEEPEST: usize = 100;

/// The same for every request that says the same, however its fields are ordered and laid out.
fn hash(node: &Node, as_of: Date, to: Option<&str>) -> String {
    let mut said = String::new();
    if let Node::Map(fields) = node {
        let mut fields: Vec<&(String, Node)> = fields
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "request_id" | "as_of" | "schema"))
            .collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        for (key, value) in fields.into_iter().filter(|(key, _)| key != "options") {
            said.push_str(key);
            canonical(value, &mut said);
        }
    }
    let day = as_of.to_string();
    content_hash([("request", said.as_str()), ("as_of", day.as_str()), ("to", to.unwrap_or_default())])
}

/// A node as text, groups by the names of their fields. Nodes are as deep as their reader allows.
fn canonical(node: &Node, said: &mut String) {
    match node {
        Node::List(list) => {
            said.push('[');
            list.iter().for_each(|item| {
                canonical(item, said);
                said.push(',');
            });
            said.push(']');
        }
        Node::Map(fields) => {
            let mut fields: Vec<&(String, Node)> = fields.iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            said.push('{');
            for (key, value) in fields {
                said.push_str(&format!("{key:?}:"));
                canonical(value, said);
                said.push(',');
            }
            said.push('}');
        }
        Node::Null => said.push_str("null"),
        Node::Bool(value) => said.push_str(if *value { "true" } else { "false" }),
        Node::Integer(number) => said.push_str(&number.to_string()),
        Node::Fraction(number) => said.push_str(number),
        Node::Text(text) => said.push_str(&format!("{text:?}")),
    }
}

fn package(fields: &mut Fields, model: &Model) -> Result<(), RequestError> {
    let Some(node) = fields.take("package")? else { return Ok(()) };
    let mut asked = Fields::of(node, "package")?;
    let name = asked.required_text("name")?;
    let hash = asked.text("hash")?;
    asked.done()?;
    let known = &model.package;
    if *name != *known.name {
        let message = format!("{name} is asked; this is {}", known.name);
        return Err(RequestError::new(ErrorCode::PackageChanged, "package.name", message));
    }
    if let Some(hash) = hash.filter(|hash| **hash != *known.hash) {
        let message = format!("{hash} is asked; the text of {name} is now {}", known.hash);
        return Err(RequestError::new(ErrorCode::PackageChanged, "package.hash", message));
    }
    Ok(())
}

fn options(fields: &mut Fields) -> Result<(bool, Vec<String>), RequestError> {
    let Some(node) = fields.take("options")? else { return Ok((true, Vec::new())) };
    let mut options = Fields::of(node, "options")?;
    let derivation = match options.text("derivation")?.as_deref() {
        None | Some("full") => true,
        Some("grants" | "none") => false,
        Some(other) => return Err(one_of("options.derivation", other, "full, grants, none")),
    };
    let mut text = Vec::new();
    for (path, node) in options.list("text")? {
        match self::text(node, &path)?.as_str() {
            language @ ("en" | "zh") => text.push(language.to_owned()),
            other => return Err(one_of(&path, other, "en, zh")),
        }
    }
    options.done()?;
    Ok((derivation, text))
}

fn one_of(path: &str, found: &str, known: &str) -> RequestError {
    RequestError::new(ErrorCode::WrongValue, path, format!("{found:?} is none of {known}"))
}

fn day(written: &str, path: &str) -> Result<Date, RequestError> {
    Date::parse(written).ok_or_else(|| {
        RequestError::new(ErrorCode::WrongValue, path, format!("{written:?} is no day; write 2026-03-02"))
    })
}

/// The names met so far that the package does not know.
pub(super) struct Reading<'n, 'm> {
    names: &'n Names<'m>,
    symbols: Vec<Box<str>>,
}

/// What an achievement, or a target, is said to be.
struct Of {
    outcome: Option<OutcomeId>,
    kind: Option<KindId>,
}

impl<'m> Reading<'_, 'm> {
    fn model(&self) -> &'m Model {
        self.names.model()
    }

    fn dates(&mut self, fields: &mut Fields) -> Result<Facts, RequestError> {
        let uses = &self.model().request;
        let mut facts = Vec::new();
        for (path, key, node) in fields.map("dates")? {
            if self.names.fact_use(uses, &key).is_some_and(|used| used.worked_out.is_some()) {
                let message = format!("{key} is worked out from other facts; state those");
                return Err(RequestError::new(ErrorCode::WrongValue, path, message));
            }
            facts.extend(self.fact(uses, &path, &key, node)?);
        }
        Ok(Facts::new(facts))
    }

    fn person(
        &mut self,
        fields: &mut Fields,
        name: &'static str,
        uses: &'m [FactUse],
    ) -> Result<(Option<String>, Facts, Option<ProgrammeId>), RequestError> {
        let Some(node) = fields.take(name)? else { return Ok((None, Facts::default(), None)) };
        let mut person = Fields::of(node, name)?;
        let id = person.text("id")?;
        let programme = if name == "plan" { person.text("programme")? } else { None };
        let programme = programme.map(|programme| self.programme(&programme)).transpose()?;
        let facts = self.facts(&mut person, uses)?;
        person.done()?;
        Ok((id, Facts::new(facts), programme))
    }

    /// A block, by its canonical name.
    fn block(&self, written: &str, path: &str) -> Result<BlockId, RequestError> {
        let known = self.model().blocks.iter().map(|of| &*of.name);
        self.names.block(written).ok_or_else(|| unknown(path, "block", written, known.collect()))
    }

    /// The programme that a plan names.
    fn programme(&self, written: &str) -> Result<ProgrammeId, RequestError> {
        let known = || self.model().programmes.iter().map(|of| &*of.name).collect();
        self.names.programme(written).ok_or_else(|| unknown("plan.programme", "programme", written, known()))
    }

    fn facts(&mut self, fields: &mut Fields, uses: &[FactUse]) -> Result<Vec<(FactId, State)>, RequestError> {
        let mut facts = Vec::new();
        for (path, key, node) in fields.map("facts")? {
            if let Some(judge) = self.names.fact_use(uses, &key).and_then(|used| used.judged) {
                let by = self.model().bodies.get(judge.by.index()).map_or("", |body| &body.name);
                let message = format!("{key} is judged by {by}; state what was found under \"judged\"");
                return Err(RequestError::new(ErrorCode::WrongValue, path, message));
            }
            facts.extend(self.fact(uses, &path, &key, node)?);
        }
        Ok(facts)
    }

    /// A fact of a holder; nothing where it is said to be unknown, which says as much as leaving it out.
    fn fact(
        &mut self,
        uses: &[FactUse],
        path: &str,
        key: &str,
        node: Node,
    ) -> Result<Option<(FactId, State)>, RequestError> {
        let Some(used) = self.names.fact_use(uses, key) else {
            if let Some(used) = super::undeclared::undeclared(self.model(), key) {
                return self.stated(&used, path, node);
            }
            // Every achievement may have these; here no rule asks for it.
            if is_built_in(key) {
                return Ok(None);
            }
            let known: Vec<&str> = uses.iter().filter_map(|used| self.name_of(used.fact)).collect();
            return Err(unknown(path, "fact", key, known));
        };
        self.stated(used, path, node)
    }

    /// The values that one value of a request may mean: a month is one of its days.
    pub(super) fn values(&mut self, used: &FactUse, path: &str, node: Node) -> Result<Set, RequestError> {
        let written = match node {
            Node::Bool(value) => if value { "yes" } else { "no" }.to_owned(),
            node => text(node, path)?,
        };
        if matches!(written.as_str(), "none" | "无" | "無")
            && used.domains.iter().any(|typed| typed.domain.optional)
        {
            return Ok(Set::none());
        }
        let plain = normal(&written);
        let found = self.names.values(&used.domains, &written, &mut self.symbols);
        let found = found.or_else(|| self.names.values(&used.domains, &plain, &mut self.symbols));
        found.ok_or_else(|| {
            let fact = self.name_of(used.fact).unwrap_or_default();
            let allowed: Vec<String> = used
                .domains
                .iter()
                .map(|typed| domain(self.model(), typed.value_type, &typed.domain))
                .collect();
            let message = format!("{written:?} is no value of {fact}: {}", allowed.join(", or "));
            RequestError::new(ErrorCode::WrongValue, path, message)
        })
    }

    fn name_of(&self, fact: FactId) -> Option<&'m str> {
        self.model().facts.get(fact.index()).map(|fact| &*fact.name)
    }

    fn held(&mut self, fields: &mut Fields) -> Result<Vec<Achievement>, RequestError> {
        let mut held: Vec<Achievement> = Vec::new();
        for (path, node) in fields.list("holds")? {
            let achievement = self.achievement(&path, node)?;
            let twin = held.iter().find(|other| is_same(other, &achievement, self.issuer_fact()));
            if let Some(twin) = twin {
                let message = format!("this is {:?} once more", twin.id);
                return Err(RequestError::new(ErrorCode::Duplicate, path, message));
            }
            held.push(achievement);
        }
        Ok(held)
    }

    fn issuer_fact(&self) -> Option<FactId> {
        let at = self.model().facts.iter().position(|fact| fact.built_in && &*fact.name == "issuer")?;
        u32::try_from(at).ok().map(FactId)
    }

    fn achievement(&mut self, path: &str, node: Node) -> Result<Achievement, RequestError> {
        let mut fields = Fields::of(node, path)?;
        let id = fields.required_text("id")?;
        let Some(of) = fields.take("of")? else { return Err(fields.missing("of")) };
        let of = self.of(of, &fields.path("of"))?;
        let nothing = Vec::new();
        let uses = of
            .kind
            .and_then(|kind| self.model().kinds.get(kind.index()))
            .map_or(&nothing, |kind| &kind.facts);
        let mut facts = if of.kind.is_some() {
            self.facts(&mut fields, uses)?
        } else {
            // Nothing is known of the kind, so no rule can ask for its facts.
            fields.map("facts")?;
            Vec::new()
        };
        if let Some(issuer) = fields.take("issuer")? {
            let path = fields.path("issuer");
            if of.kind.is_some() {
                facts.extend(self.fact(uses, &path, "issuer", issuer)?);
            }
        }
        let number = fields.text("number")?;
        let mut evidence: Vec<Box<str>> = Vec::new();
        for (path, node) in fields.list("evidence")? {
            evidence.push(text(node, &path)?.into());
        }
        let status = match fields.text("status")?.as_deref() {
            None | Some("valid") => Status::Valid,
            Some("withdrawn") => Status::Withdrawn,
            Some(other) => return Err(one_of(&fields.path("status"), other, "valid, withdrawn")),
        };
        let again = count(&mut fields, "convertible_again")?;
        let origin = match (fields.text("origin")?.as_deref(), again) {
            (None | Some("original"), None) => Origin::Original,
            (None | Some("converted"), again) => Origin::Granted { onward: again.unwrap_or(0) },
            (Some("original"), Some(_)) => {
                let message = "what was earned may always be converted; this belongs to what was granted";
                return Err(RequestError::new(
                    ErrorCode::WrongValue,
                    fields.path("convertible_again"),
                    message,
                ));
            }
            (Some(other), _) => return Err(one_of(&fields.path("origin"), other, "original, converted")),
        };
        fields.done()?;
        Ok(Achievement {
            id: id.into(),
            outcome: of.outcome,
            kind: of.kind,
            number: number.map(Into::into),
            facts: Facts::new(facts),
            status,
            origin,
            evidence,
        })
    }

    /// `of` and `target`: a name, or an outcome by id or code and body, or only the kind of thing. A code with its body may be one
    /// that this package does not list: then it is held, and no rule names it.
    fn of(&mut self, node: Node, path: &str) -> Result<Of, RequestError> {
        if !matches!(node, Node::Map(_)) {
            let name = text(node, path)?;
            let outcome = self.outcome_named(&name, None, path)?;
            return Ok(self.is(outcome));
        }
        let mut fields = Fields::of(node, path)?;
        let (id, code) = (fields.text("id")?, fields.text("code")?);
        let (body, kind) = (fields.text("body")?, fields.text("kind")?);
        fields.done()?;
        let at = match &body {
            Some(name) => self.names.body(name).or_else(|_| self.names.body(&normal(name))).ok(),
            None => None,
        };
        let path = |name: &str| format!("{path}.{name}");
        match (id, code, kind) {
            (Some(id), ..) => {
                let outcome = self.outcome_named(&id, at, &path("id"))?;
                Ok(self.is(outcome))
            }
            (None, Some(code), _) => match self.names.code(&code, at) {
                Ok(outcome) => Ok(self.is(outcome)),
                Err(NotFound::Unknown) if body.is_some() => Ok(Of { outcome: None, kind: None }),
                Err(NotFound::Unknown) => {
                    let known = self.model().outcomes.iter().filter_map(|outcome| outcome.code.as_deref());
                    Err(unknown(&path("code"), "code", &code, known.collect()))
                }
                Err(NotFound::Several) => Err(several(&path("code"), &code)),
            },
            (None, None, Some(kind)) => {
                match self.names.kind(&kind).or_else(|_| self.names.kind(&normal(&kind))) {
                    Ok(kind) => Ok(Of { outcome: None, kind: Some(kind) }),
                    Err(NotFound::Unknown) => {
                        let known = self.model().kinds.iter().map(|kind| &*kind.name);
                        Err(unknown(&path("kind"), "kind", &kind, known.collect()))
                    }
                    Err(NotFound::Several) => Err(several(&path("kind"), &kind)),
                }
            }
            (None, None, None) => Err(RequestError::new(
                ErrorCode::MissingField,
                path("id"),
                "say which: by id, by code and body, or by kind",
            )),
        }
    }

    fn is(&self, outcome: OutcomeId) -> Of {
        let kind = self.model().outcomes.get(outcome.index()).map(|outcome| outcome.kind);
        Of { outcome: Some(outcome), kind }
    }

    fn outcome_named(&self, name: &str, at: Option<BodyId>, path: &str) -> Result<OutcomeId, RequestError> {
        let found = match self.names.outcome(name, at) {
            Err(NotFound::Unknown) => self.names.outcome(&normal(name), at),
            found => found,
        };
        found.map_err(|error| match error {
            NotFound::Several => several(path, name),
            NotFound::Unknown if path != "--to" && self.names.kind(name).is_ok() => is_a_kind(path, name),
            NotFound::Unknown => {
                let outcomes = &self.model().outcomes;
                let known = outcomes.iter().flat_map(|outcome| {
                    std::iter::once(&*outcome.name)
                        .chain(outcome.code.as_deref())
                        .chain(outcome.titles.0.iter().map(|(_, title)| &**title))
                });
                unknown(path, "outcome", name, known.collect())
            }
        })
    }

    fn goal(&mut self, fields: &mut Fields, name: &'static str) -> Result<Option<Goal>, RequestError> {
        let Some(node) = fields.take(name)? else { return Ok(None) };
        let path = fields.path(name);
        // The account of a scheme, and a block, are named as a decision names them.
        let of_kind = |kind: &str| match &node {
            Node::Map(parts) => {
                parts.iter().any(|(key, of)| key == "kind" && *of == Node::Text(kind.to_owned()))
            }
            _ => false,
        };
        let is_block = of_kind("block");
        if is_block || of_kind("deposit") {
            let mut place = Fields::of(node, &path)?;
            place.text("kind")?;
            let (named, path) = (place.required_text("id")?, format!("{path}.id"));
            place.done()?;
            let block = if is_block { Some(self.block(&named, &path)?) } else { None };
            let deposit = || Ok(Goal::Deposit(self.scheme(&named, &path)?));
            return block.map_or_else(deposit, |block| Ok(Goal::Block(block))).map(Some);
        }
        match self.of(node, &path)?.outcome {
            Some(outcome) => Ok(Some(Goal::Outcome(outcome))),
            None => Err(RequestError::new(ErrorCode::UnknownName, path, "this package has no such target")
                .chinese("规则包中没有这个转换课程")),
        }
    }

    fn scheme(&self, name: &str, path: &str) -> Result<SchemeId, RequestError> {
        self.names.scheme(name).or_else(|_| self.names.scheme(&normal(name))).map_err(|error| match error {
            NotFound::Several => several(path, name),
            NotFound::Unknown => {
                let known = self.model().schemes.iter().map(|scheme| &*scheme.name);
                unknown(path, "scheme", name, known.collect())
            }
        })
    }

    fn rule(&self, name: &str, scheme: Option<SchemeId>) -> Result<RuleId, NotFound> {
        self.names.rule(name, scheme).or_else(|_| self.names.rule(&normal(name), scheme))
    }

    fn members(&self, fields: &mut Fields, held: &[Achievement]) -> Result<Vec<HeldId>, RequestError> {
        let mut members = Vec::new();
        for (path, node) in fields.list("achievements")? {
            let id = text(node, &path)?;
            let Some(at) = held.iter().position(|achievement| *achievement.id == *id) else {
                let known = held.iter().map(|achievement| &*achievement.id);
                return Err(unknown(&path, "achievement", &id, known.collect()));
            };
            members.extend(u32::try_from(at).ok().map(HeldId));
        }
        Ok(members)
    }

    fn judged(&mut self, fields: &mut Fields, held: &[Achievement]) -> Result<Vec<Judgement>, RequestError> {
        let mut judged = Vec::new();
        for (path, node) in fields.list("judged")? {
            let mut fields = Fields::of(node, &path)?;
            let of = self.members(&mut fields, held)?;
            let fact = fields.required_text("fact")?;
            let Some(value) = fields.take("value")? else { return Err(fields.missing("value")) };
            let judge = match fields.text("by")? {
                Some(name) => Some(self.body(&name, &fields.path("by"))?),
                None => None,
            };
            let target = match self.goal(&mut fields, "target")? {
                Some(Goal::Outcome(outcome)) => Some(outcome),
                _ => None,
            };
            let on = optional_day(&mut fields, "on")?;
            let document = fields.text("document")?.map(Into::into);
            let (at, absent) = (fields.path("value"), fields.missing("value"));
            // A misspelt field goes first: without it whose fact this is may not be known.
            fields.done()?;
            let kind = of.first().and_then(|first| held.get(first.index())).and_then(|first| first.kind);
            let uses = kind.and_then(|kind| self.model().kinds.get(kind.index()));
            let uses = uses.map_or(&self.model().learner[..], |kind| &kind.facts);
            let Some((question, state)) = self.fact(uses, &at, &fact, value)? else { return Err(absent) };
            judged.push(Judgement { judge, question, of, target, state, on, document });
        }
        Ok(judged)
    }

    fn body(&self, name: &str, path: &str) -> Result<BodyId, RequestError> {
        self.names.body(name).or_else(|_| self.names.body(&normal(name))).map_err(|error| match error {
            NotFound::Several => several(path, name),
            NotFound::Unknown => {
                let known = self.model().bodies.iter().map(|body| &*body.name);
                unknown(path, "body", name, known.collect())
            }
        })
    }

    fn waived(&mut self, fields: &mut Fields) -> Result<Vec<Waiver>, RequestError> {
        let mut waived = Vec::new();
        for (path, node) in fields.list("waived")? {
            let mut fields = Fields::of(node, &path)?;
            waived.push(Waiver {
                requirement: fields.required_text("requirement")?.into(),
                by: fields.text("by")?.and_then(|name| self.names.body(&name).ok()),
                because: fields.text("because")?.map(Into::into),
                amount: amount(&mut fields, "amount")?,
            });
            fields.done()?;
        }
        Ok(waived)
    }

    fn granted(&mut self, fields: &mut Fields) -> Result<Vec<Entry>, RequestError> {
        let mut granted = Vec::new();
        for (at, (path, node)) in fields.list("granted")?.into_iter().enumerate() {
            let mut fields = Fields::of(node, &path)?;
            let mut achievements: Vec<Box<str>> = Vec::new();
            for (path, node) in fields.list("achievements")? {
                achievements.push(text(node, &path)?.into());
            }
            let scheme = match fields.text("scheme")? {
                Some(name) => Some(self.scheme(&name, &fields.path("scheme"))?),
                None => None,
            };
            // A rule may be gone since; the grant still covers its target.
            let rule = fields.text("rule")?.and_then(|name| self.rule(&name, scheme).ok());
            let unit = match fields.text("unit")? {
                Some(name) => match self.names.unit(&name).or_else(|_| self.names.unit(&normal(&name))) {
                    Ok(unit) => Some(unit),
                    Err(_) => {
                        let known = self.model().units.iter().map(|unit| &*unit.name);
                        return Err(unknown(&fields.path("unit"), "credit unit", &name, known.collect()));
                    }
                },
                None => None,
            };
            let state = match fields.text("state")?.as_deref() {
                None | Some("standing") => EntryState::Standing,
                Some("withdrawn") => EntryState::Withdrawn,
                Some("superseded") => EntryState::Superseded,
                Some(other) => {
                    return Err(one_of(&fields.path("state"), other, "standing, withdrawn, superseded"));
                }
            };
            granted.push(Entry {
                id: fields.text("grant_id")?.unwrap_or_else(|| format!("granted[{at}]")).into(),
                rule,
                achievements,
                target: self.goal(&mut fields, "target")?,
                amount: amount(&mut fields, "amount")?,
                unit,
                on: optional_day(&mut fields, "on")?,
                onward: count(&mut fields, "convertible_again")?.unwrap_or(0),
                state,
            });
            fields.done()?;
        }
        Ok(granted)
    }

    fn asks(&mut self, fields: &mut Fields, held: &[Achievement]) -> Result<Vec<Ask>, RequestError> {
        let node = match fields.take("asks")? {
            None => return Ok(Vec::new()),
            Some(Node::Text(all)) if all == "all" => return Ok(Vec::new()),
            Some(node @ Node::List(_)) => node,
            Some(other) => return Err(wrong("asks", "\"all\" or a list", &other)),
        };
        let mut asks = Vec::new();
        for (path, node) in items(node, "asks")? {
            let mut fields = Fields::of(node, &path)?;
            let achievements = self.members(&mut fields, held)?;
            let target = self.goal(&mut fields, "target")?;
            fields.done()?;
            asks.push(Ask { achievements, target });
        }
        Ok(asks)
    }

    fn choices(&mut self, fields: &mut Fields) -> Result<Vec<Choice>, RequestError> {
        let mut choices = Vec::new();
        for (path, node) in fields.list("choices")? {
            let mut fields = Fields::of(node, &path)?;
            let name = fields.required_text("rule")?;
            let scheme = match fields.text("scheme")? {
                Some(scheme) => Some(self.scheme(&scheme, &fields.path("scheme"))?),
                None => None,
            };
            let rule = self.rule(&name, scheme).map_err(|error| match error {
                NotFound::Several => several(&fields.path("rule"), &name),
                NotFound::Unknown => {
                    let known = self.model().rules.iter().map(|rule| &*rule.name);
                    unknown(&fields.path("rule"), "rule", &name, known.collect())
                }
            })?;
            let mut targets = Vec::new();
            for (path, node) in fields.list("targets")? {
                targets.extend(self.of(node, &path)?.outcome);
            }
            fields.done()?;
            choices.push(Choice { rule, targets });
        }
        Ok(choices)
    }
}

/// One id twice, or one certificate twice.
fn is_same(one: &Achievement, other: &Achievement, issuer: Option<FactId>) -> bool {
    let issuer_of = |held: &Achievement| issuer.and_then(|issuer| held.facts.get(issuer).cloned());
    one.id == other.id
        || one.number.is_some()
            && one.number == other.number
            && (one.outcome, one.kind) == (other.outcome, other.kind)
            && issuer_of(one) == issuer_of(other)
}

fn optional_day(fields: &mut Fields, name: &'static str) -> Result<Option<Date>, RequestError> {
    let written = fields.text(name)?;
    written.map(|written| day(&written, &fields.path(name))).transpose()
}

fn amount(fields: &mut Fields, name: &'static str) -> Result<Option<Ratio>, RequestError> {
    let Some(written) = fields.text(name)? else { return Ok(None) };
    Ratio::parse(&written).map(Some).map_err(|_| {
        let message = format!("{written:?} is no amount; write \"2.5\" or \"3/2\"");
        RequestError::new(ErrorCode::WrongValue, fields.path(name), message)
    })
}

fn count(fields: &mut Fields, name: &'static str) -> Result<Option<u32>, RequestError> {
    match fields.take(name)? {
        None => Ok(None),
        Some(Node::Integer(number)) => u32::try_from(number).map(Some).map_err(|_| {
            RequestError::new(ErrorCode::WrongValue, fields.path(name), format!("{number} is no count"))
        }),
        Some(other) => Err(wrong(&fields.path(name), "a whole number", &other)),
    }
}

fn several(path: &str, name: &str) -> RequestError {
    RequestError::new(
        ErrorCode::UnknownName,
        path,
        format!("several things are named {name:?}; say which by id, or by code and body"),
    )
    .chinese(format!("不止一项名为“{name}”；请写id，或写代码和机构"))
}

/// An achievement is of an outcome; this is the name of a kind.
fn is_a_kind(path: &str, name: &str) -> RequestError {
    let message = format!(
        "{name:?} is a kind, not an outcome; name an outcome of that kind, or write {{ kind: {name} }}"
    );
    RequestError::new(ErrorCode::UnknownName, path, message).chinese(format!(
        "“{name}”是成果类型，不是学习成果；请写这一类型的某项学习成果，或写 {{ kind: {name} }}"
    ))
}

/// That a name is not known, with the nearest.
fn unknown(path: &str, sort: &str, name: &str, known: Vec<&str>) -> RequestError {
    let near = crate::diagnostic::suggest::nearest(name, known, 3);
    let name = shown(name);
    let (english, chinese) = match near.as_slice() {
        [] => (String::new(), String::new()),
        near => (format!("; nearest: {}", near.join(", ")), format!("；相近的有{}", near.join("、"))),
    };
    let sort_in_chinese = match sort {
        "kind" => "成果类型",
        "code" => "代码",
        "fact" => "信息项",
        "scheme" => "办法",
        "body" => "机构",
        _ => "",
    };
    let told = match sort {
        "outcome" => format!("规则包中没有名为“{name}”的学习成果{chinese}"),
        _ => format!("规则包中没有{sort_in_chinese}“{name}”{chinese}"),
    };
    RequestError::new(ErrorCode::UnknownName, path, format!("this package has no {sort} {name:?}{english}"))
        .chinese(told)
}

/// A name as a message may repeat it.
fn shown(name: &str) -> String {
    const MOST: usize = 80;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}
