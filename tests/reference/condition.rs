//! What is known of each fact, and what that makes of a condition.

use super::model::{Cond, Domain, Fact, Given, Length, Model, Role, Subject, Test};
use super::record::{Facts, Held, Request, Stated};
use super::value::{Known, Q, Set, Truth, V, add_months, day, days_of, parse};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Excluded,
    AlreadyUsed,
    Expired,
    NotYet,
    NotInForce,
    ConditionNotMet,
}

/// Whose fact, and which.
pub type Question = (String, String);

/// What became of a condition.
#[derive(Clone, Debug)]
pub struct Out {
    pub truth: Truth,
    /// The facts of its unknown tests, where it is unknown.
    pub questions: Vec<Question>,
    /// Why it is false, where it is false.
    pub reasons: Vec<Reason>,
    /// Whether, where it is unknown, nothing that a learner can state would make it true: it reads what is not published.
    pub unpublished: bool,
}

impl Out {
    pub fn of(truth: Truth, questions: Vec<Question>, reason: Reason) -> Out {
        Out {
            truth,
            questions: if truth == Truth::U { questions } else { Vec::new() },
            reasons: if truth == Truth::F { vec![reason] } else { Vec::new() },
            unpublished: false,
        }
    }

    pub fn truth(truth: Truth) -> Out {
        Out::of(truth, Vec::new(), Reason::ConditionNotMet)
    }

    pub fn all(parts: Vec<Out>) -> Out {
        let truth = parts.iter().map(|part| part.truth).min().unwrap_or(Truth::T);
        let alike = || parts.iter().filter(|part| part.truth == truth);
        Out {
            unpublished: truth == Truth::U && alike().any(|part| part.unpublished),
            ..Out::joined(truth, &parts)
        }
    }

    pub fn any(parts: Vec<Out>) -> Out {
        let truth = parts.iter().map(|part| part.truth).max().unwrap_or(Truth::F);
        let alike = || parts.iter().filter(|part| part.truth == truth);
        Out {
            unpublished: truth == Truth::U && alike().all(|part| part.unpublished),
            ..Out::joined(truth, &parts)
        }
    }

    fn joined(truth: Truth, parts: &[Out]) -> Out {
        let alike = || parts.iter().filter(|part| part.truth == truth);
        Out {
            truth,
            questions: if truth == Truth::U {
                alike().flat_map(|part| part.questions.clone()).collect()
            } else {
                Vec::new()
            },
            reasons: if truth == Truth::F {
                alike().flat_map(|part| part.reasons.clone()).collect()
            } else {
                Vec::new()
            },
            unpublished: false,
        }
    }

    pub fn not(self) -> Out {
        let truth = self.truth.not();
        Out {
            truth,
            reasons: if truth == Truth::F { vec![Reason::ConditionNotMet] } else { Vec::new() },
            ..self
        }
    }
}

/// A package and a request to it.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub model: &'a Model,
    pub request: &'a Request,
    pub as_of: i64,
    /// The target for which judgements are read.
    pub toward: Option<&'a str>,
}

/// From where a condition looks.
#[derive(Clone, Default)]
pub struct View<'a> {
    /// The achievements in each slot.
    pub used: Vec<Vec<usize>>,
    pub target: Option<&'a str>,
    /// The holder of a bracket's or a bar's facts.
    pub itself: Option<Who<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    Held(usize),
    Outcome(&'a str),
    Learner,
    Request,
}

impl<'a> World<'a> {
    pub fn held(&self, place: usize) -> &'a Held {
        &self.request.held[place]
    }

    /// Whether two outcomes are declared one: the same as each other, directly or through others.
    pub fn same(&self, one: &str, other: &str) -> bool {
        let mut class = vec![one.to_owned()];
        loop {
            let more = self.model.outcomes.iter().find(|(name, outcome)| {
                let touches = outcome.same.iter().any(|to| class.contains(to))
                    || class.iter().any(|of| self.model.outcomes[of].same.contains(name));
                touches && !class.contains(name)
            });
            match more {
                Some((name, _)) => class.push(name.clone()),
                None => return class.iter().any(|name| name == other),
            }
        }
    }

    /// Whether two achievements count for one where different ones are asked: two takings of one outcome. What has no outcome
    /// (a kind only) repeats nothing.
    pub fn repeats(&self, one: usize, other: usize) -> bool {
        let outcomes = self.held(one).outcome.as_ref().zip(self.held(other).outcome.as_ref());
        outcomes.is_some_and(|(a, b)| self.same(a, b))
    }

    pub fn is_of(&self, kind: &str, of: &str) -> bool {
        self.model.kinds.get(kind).is_some_and(|kind| kind.ancestors.iter().any(|name| name == of))
    }

    /// Whether a judge has to say what a fact is; in one package each name is judged everywhere or nowhere.
    pub fn is_judged(&self, fact: &str) -> bool {
        let mut facts = self.model.kinds.values().flat_map(|kind| &kind.facts);
        fact.ends_with(super::level::JUDGED) || facts.any(|it| it.name == fact && it.judged.is_some())
    }

    /// Who has to say what a fact of an achievement is.
    pub fn judge(&self, who: Who<'_>, fact: &str) -> Option<String> {
        let Who::Held(at) = who else { return None };
        let kind = &self.model.kinds[&self.held(at).kind];
        kind.facts.iter().find(|it| it.name == fact)?.judged.as_ref().map(|(judge, _)| judge.clone())
    }

    /// What is known of a fact.
    pub fn state(&self, who: Who<'_>, fact: &str) -> Known {
        match who {
            Who::Request => self.request_date(fact),
            Who::Learner => {
                let declared = self.model.learner.iter().find(|it| it.name == fact);
                self.stated(declared, fact, &self.request.learner, None, who)
            }
            Who::Held(place) => {
                let held = self.held(place);
                let kind = self.model.kinds.get(&held.kind);
                let declared = kind.and_then(|kind| kind.facts.iter().find(|it| it.name == fact));
                let outcome = held.outcome.as_ref().map(|name| (&self.model.outcomes[name], name));
                match (fact, outcome) {
                    ("outcome", Some((_, name))) => return Known::one(V::Name(name.clone())),
                    ("code", Some((outcome, _))) if declared.is_none() => {
                        return outcome
                            .code
                            .clone()
                            .map_or(Known::one(V::None), |code| Known::one(V::Name(code)));
                    }
                    ("issuer", Some((outcome, _))) if declared.is_none() => {
                        if let Some(issuer) = &outcome.issuer {
                            let given = Given::Value(V::Name(issuer.clone()));
                            return self.stated(declared, fact, &held.facts, Some(&given), who);
                        }
                    }
                    _ => {}
                }
                let catalogue = match outcome {
                    Some((outcome, _)) => outcome.given.iter().find(|(name, _)| name == fact),
                    None => kind.and_then(|kind| kind.given.iter().find(|(name, _)| name == fact)),
                };
                self.stated(declared, fact, &held.facts, catalogue.map(|(_, given)| given), who)
            }
            Who::Outcome(name) => {
                let outcome = &self.model.outcomes[name];
                let kind = &self.model.kinds[&outcome.kind];
                let declared = kind.facts.iter().find(|it| it.name == fact);
                let catalogue = outcome.given.iter().find(|(given, _)| given == fact);
                self.stated(declared, fact, &Vec::new(), catalogue.map(|(_, given)| given), who)
            }
        }
    }

    fn request_date(&self, fact: &str) -> Known {
        let stated = self.request.dates.iter().find(|(name, _)| name == fact);
        match (fact, stated) {
            ("decided", _) | ("applied", None) => Known::one(V::Date(self.as_of)),
            (_, Some((_, Stated::Date(text)))) => days(text),
            _ => Known::of(Set::between("date", None, None)),
        }
    }

    /// The product of the parts, each that divides dividing what stands before it. No part of a generated package is a level.
    fn worked_out(&self, declared: &Fact, who: Who<'_>) -> Known {
        let zero = Q::from_integer(0);
        let (mut low, mut high) = (Q::from_integer(1), Some(Q::from_integer(1)));
        let mut unpublished = false;
        for (fact, _, divides) in &declared.worked_out {
            let part = self.state(who, fact);
            unpublished |= part.unpublished;
            let (least, most) = part.ends();
            let least = least.unwrap_or(zero);
            let is_zero = part.value() == Some(&V::Num(zero));
            if part.value() == Some(&V::None) || *divides && is_zero {
                return Known { unpublished, ..Known::one(V::None) };
            }
            (low, high) = if *divides {
                let low = most.filter(|most| *most > zero).map_or(zero, |most| low / most);
                (low, high.filter(|_| least > zero).map(|high| high / least))
            } else {
                (low * least, high.zip(most).map(|(high, most)| high * most))
            };
        }
        let domain = &declared.domains[0];
        let whole = Known { set: domain.values.clone(), lattice: domain.lattice, unpublished };
        let (first, last) = whole.ends();
        let (low, high) = (
            first.map_or(low, |first| low.max(first)),
            match (high, last) {
                (Some(high), Some(last)) => Some(high.min(last)),
                (high, last) => high.or(last),
            },
        );
        if high.is_some_and(|high| low > high) || high == Some(low) && !domain.values.contains(&V::Num(low)) {
            return whole;
        }
        Known { unpublished, ..Known::of(Set::between("number", Some(low), high)) }
    }

    fn stated(
        &self,
        declared: Option<&Fact>,
        fact: &str,
        facts: &Facts,
        catalogue: Option<&Given>,
        who: Who<'_>,
    ) -> Known {
        let nothing = || match fact {
            "times" | "steps" => Known {
                lattice: Some((Q::from_integer(1), Q::from_integer(0))),
                ..Known::of(Set::between("number", Some(Q::from_integer(0)), None))
            },
            "expires" => Known::of(Set::between("date", None, None).with(V::None)),
            "credits" | "hours" => Known::of(Set::between("number", Some(Q::from_integer(0)), None)),
            "awarded" | "completed" | "started" | "ended" => Known::of(Set::between("date", None, None)),
            _ => Known::of(Set(vec![super::value::Piece::NamesBut(Vec::new())])),
        };
        if let Some(declared) = declared.filter(|declared| !declared.worked_out.is_empty()) {
            return self.worked_out(declared, who);
        }
        let domain = declared.map_or_else(nothing, |declared| {
            let mut set = Set::default();
            for domain in &declared.domains {
                set.0.extend(domain.values.0.clone());
            }
            if declared.optional {
                set = set.with(V::None);
            }
            let lattice = declared.domains.iter().find_map(|domain| domain.lattice);
            Known { set, lattice, unpublished: false }
        });
        // What `if` says: no value where the test is false.
        let presence = declared
            .and_then(|declared| declared.only_if.as_ref())
            .map(|cond| self.cond(cond, &View { itself: Some(self.outlive(who)), ..View::default() }).truth);
        let domain = match presence {
            // A value stated all the same contradicts that: then anything is possible.
            Some(Truth::F) if facts.iter().any(|(name, stated)| name == fact && *stated != Stated::None) => {
                return Known { set: domain.set.with(V::None), ..domain };
            }
            Some(Truth::F) => Known::one(V::None),
            Some(Truth::U) => Known { set: domain.set.with(V::None), ..domain },
            Some(Truth::T) if declared.is_some_and(|declared| !declared.optional) => {
                Known { set: domain.set.without_none(), ..domain }
            }
            _ => domain,
        };
        let said = match declared.and_then(|declared| declared.judged.as_ref()) {
            Some((judge, against)) => match self.judged(judge, *against, fact, who).as_slice() {
                [] => None,
                [first, rest @ ..] if rest.iter().all(|other| *other == *first) => Some(*first),
                _ => return domain,
            },
            None => facts.iter().find(|(name, _)| name == fact).map(|(_, stated)| stated),
        };
        let said = said.map(|stated| self.read(stated, declared, &domain));
        let from_catalogue = match catalogue {
            Some(Given::Value(value)) => Some(Set::one(value.clone())),
            Some(Given::Within(set)) => Some(set.clone()),
            // What the record states is known, whatever the catalogue keeps to itself.
            Some(Given::Unpublished) if said.is_none() => return Known { unpublished: true, ..domain },
            Some(Given::Unpublished) => None,
            None => None,
        };
        let known = match (said, from_catalogue) {
            (None, None) => match declared.and_then(|declared| declared.otherwise.clone()) {
                Some(value) if presence != Some(Truth::F) => Some(Known::one(value)),
                None if fact == "expires" && declared.is_none() => Some(Known::one(V::None)),
                None if fact == "times" => Some(Known::one(V::Num(Q::from_integer(1)))),
                None if fact == "steps" => Some(Known::one(V::Num(Q::from_integer(0)))),
                _ => Some(domain.clone()),
            },
            (Some(said), None) => domain.narrowed(&said.set).map(|_| said),
            (None, Some(set)) => domain.narrowed(&set),
            (Some(said), Some(set)) => said.narrowed(&set),
        };
        // Two statements that exclude each other leave the whole domain.
        known.unwrap_or(domain)
    }

    /// What the judge of a fact said last, each time it said so.
    fn judged(&self, judge: &str, against: bool, fact: &str, who: Who<'_>) -> Vec<&'a Stated> {
        let Who::Held(place) = who else { return Vec::new() };
        let counts = |said: &&super::record::Judged| {
            said.fact == fact
                && said.of == self.held(place).id
                && said.by.as_deref().is_none_or(|by| by == judge)
                && (!against || said.target.is_none() || said.target.as_deref() == self.toward)
        };
        let request: &'a Request = self.request;
        let all: Vec<_> = request.judged.iter().filter(counts).collect();
        let last = all.iter().map(|said| &said.on).max();
        all.iter().filter(|said| Some(&said.on) == last).map(|said| &said.said).collect()
    }

    fn outlive(&self, who: Who<'_>) -> Who<'a> {
        match who {
            Who::Held(place) => Who::Held(place),
            Who::Outcome(name) => Who::Outcome(self.model.outcomes.get_key_value(name).unwrap().0),
            Who::Learner => Who::Learner,
            Who::Request => Who::Request,
        }
    }

    fn read(&self, stated: &Stated, declared: Option<&Fact>, domain: &Known) -> Known {
        let domains: &[Domain] = declared.map_or(&[], |declared| &declared.domains);
        match stated {
            Stated::Number(text) => {
                let number = parse(text);
                let whole = || i64::try_from(number.to_integer()).unwrap();
                match domains.first().map(|domain| domain.sort.as_str()) {
                    Some("months") => Known::one(V::Months(whole())),
                    Some("days") => Known::one(V::Days(whole())),
                    _ => Known::one(V::Num(number)),
                }
            }
            Stated::Between(first, last) => {
                Known { set: Set::between("number", Some(parse(first)), Some(parse(last))), ..domain.clone() }
            }
            Stated::Date(text) => days(text),
            Stated::Yes(yes) => Known::one(V::Yes(*yes)),
            Stated::None => Known::one(V::None),
            Stated::Word(word) => {
                let lists = domains.iter().filter_map(|domain| domain.list.as_ref());
                let rank = lists.filter_map(|list| self.model.ranks.get(list)?.get(word)).next();
                Known::one(rank.map_or_else(|| V::Name(word.clone()), |rank| V::Rank(*rank)))
            }
        }
    }

    /// The subject's holders, by the name that a question gives them, with what is known of each.
    fn subjects(&self, subject: &Subject, view: &View<'a>) -> Vec<(String, Known)> {
        let fact = subject.fact.as_str();
        let of_held = |place: usize| {
            let known = match &subject.framework {
                Some(framework) => self.level_of(self.held(place).outcome.as_deref(), framework, None),
                None => self.state(Who::Held(place), fact),
            };
            (self.held(place).id.clone(), known)
        };
        match subject.of.as_str() {
            "source" => view.used.get(subject.slot).into_iter().flatten().map(|at| of_held(*at)).collect(),
            "each" | "some" => view.used.iter().flatten().map(|at| of_held(*at)).collect(),
            "total" | "lowest" | "latest" => {
                let all: Vec<Known> =
                    view.used.iter().flatten().map(|at| self.state(Who::Held(*at), fact)).collect();
                let name = subject.of.clone();
                vec![(name, self.pooled(&subject.of, fact, &all, view))]
            }
            "target" => view
                .target
                .map(|target| (format!("target {target}"), self.state(Who::Outcome(target), fact)))
                .into_iter()
                .collect(),
            "learner" => vec![("learner".into(), self.state(Who::Learner, fact))],
            "plan" => Vec::new(),
            "request" => vec![("request".into(), self.state(Who::Request, fact))],
            _ => {
                let who = view.itself.unwrap();
                let name = match who {
                    Who::Held(place) => self.held(place).id.clone(),
                    Who::Outcome(target) => format!("target {target}"),
                    Who::Learner => "learner".into(),
                    Who::Request => "request".into(),
                };
                vec![(name, self.state(who, fact))]
            }
        }
    }

    /// The sum, the worst or the latest of several.
    fn pooled(&self, how: &str, fact: &str, all: &[Known], view: &View<'a>) -> Known {
        let zero = Q::from_integer(0);
        let ends: Vec<_> = all.iter().map(Known::ends).collect();
        let lows = ends.iter().map(|end| end.0);
        let highs = ends.iter().map(|end| end.1);
        let falling = || {
            view.used.iter().flatten().next().is_some_and(|at| {
                let kind = &self.model.kinds[&self.held(*at).kind];
                let declared = kind.facts.iter().find(|it| it.name == fact);
                let lists =
                    declared.into_iter().flat_map(|it| it.domains.iter().filter_map(|d| d.list.as_ref()));
                lists.into_iter().any(|list| self.model.falling.contains(list))
            })
        };
        let (sort, low, high) = match how {
            "total" => ("number", lows.sum::<Option<Q>>(), highs.sum::<Option<Q>>()),
            "latest" => ("date", most(lows), all_most(highs)),
            _ if falling() => ("number", most(lows), all_most(highs)),
            _ => {
                let sort = all.iter().find_map(|known| match known.value() {
                    Some(V::Rank(_)) => Some("rank"),
                    _ => None,
                });
                (sort.unwrap_or("number"), all_least(lows), least(highs))
            }
        };
        let _ = zero;
        Known::of(Set::between(sort, low, high))
    }

    /// The facts of members that tests of the whole read and that are not known.
    pub fn of_the_whole(&self, cond: &Cond, members: &[usize]) -> Vec<Question> {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => {
                parts.iter().flat_map(|part| self.of_the_whole(part, members)).collect()
            }
            Cond::Test(_, Test::In { subject, .. }) if matches!(subject.of.as_str(), "total" | "latest") => {
                members
                    .iter()
                    .filter(|at| self.state(Who::Held(**at), &subject.fact).value().is_none())
                    .map(|at| (self.held(*at).id.clone(), subject.fact.clone()))
                    .collect()
            }
            Cond::Test(..) => Vec::new(),
        }
    }

    pub fn cond(&self, cond: &Cond, view: &View<'a>) -> Out {
        match cond {
            Cond::All(_) => Out::all(self.siblings(cond, true, view)),
            Cond::Any(_) => Out::any(self.siblings(cond, false, view)),
            Cond::Test(role, test) => self.test(*role, test, view),
        }
    }

    /// What stands under one `and` or one `any of`; tests of one fact there are one test.
    fn siblings(&self, cond: &Cond, all: bool, view: &View<'a>) -> Vec<Out> {
        fn flat<'c>(cond: &'c Cond, all: bool, out: &mut Vec<&'c Cond>) {
            match (cond, all) {
                (Cond::All(parts), true) | (Cond::Any(parts), false) => {
                    parts.iter().for_each(|part| flat(part, all, out));
                }
                _ => out.push(cond),
            }
        }
        let mut parts = Vec::new();
        flat(cond, all, &mut parts);
        let mut facts: Vec<(&Subject, Vec<&Cond>)> = Vec::new();
        let mut outs = Vec::new();
        for part in parts {
            match part {
                Cond::Test(role, Test::In { subject, .. })
                    if (all || *role != Role::Attribute) && self.subjects(subject, view).len() == 1 =>
                {
                    match facts.iter_mut().find(|(other, _)| *other == subject) {
                        Some((_, tests)) => tests.push(part),
                        None => facts.push((subject, vec![part])),
                    }
                }
                _ => outs.push(self.cond(part, view)),
            }
        }
        for (subject, tests) in facts {
            let alone: Vec<Out> = tests.iter().map(|test| self.cond(test, view)).collect();
            let apart = if all { Out::all(alone) } else { Out::any(alone) };
            let known = &self.subjects(subject, view)[0].1;
            let sets: Vec<&Set> = tests
                .iter()
                .filter_map(|test| match test {
                    Cond::Test(_, Test::In { set, .. }) => Some(set),
                    _ => None,
                })
                .collect();
            let truth = known.passes(&sets, &|value| {
                if all {
                    sets.iter().all(|set| set.contains(value))
                } else {
                    sets.iter().any(|set| set.contains(value))
                }
            });
            // Apart they may leave open what together they settle.
            outs.push(if truth == apart.truth { apart } else { Out::truth(truth) });
        }
        outs
    }

    fn test(&self, role: Role, test: &Test, view: &View<'a>) -> Out {
        let reason = if role == Role::Window { Reason::NotInForce } else { Reason::ConditionNotMet };
        let each = |subject: &Subject, of: &dyn Fn(&str, &Known) -> Out| {
            let all = self.subjects(subject, view).into_iter().map(|(name, known)| {
                let mut out = of(&name, &known);
                out.unpublished = out.truth == Truth::U && (out.unpublished || known.unpublished);
                out
            });
            if subject.of == "some" { Out::any(all.collect()) } else { Out::all(all.collect()) }
        };
        let asks = |name: &str, fact: &str| -> Vec<Question> {
            if matches!(name, "total" | "lowest" | "latest") {
                let open = |at: &&usize| self.state(Who::Held(**at), fact).value().is_none();
                let members = view.used.iter().flatten().filter(open);
                return members.map(|at| (self.held(*at).id.clone(), fact.to_owned())).collect();
            }
            vec![(name.to_owned(), fact.to_owned())]
        };
        match test {
            Test::In { subject, set, .. } => {
                each(subject, &|name, known| Out::of(known.test(set), asks(name, &subject.fact), reason))
            }
            Test::Target { subject, target, relation, falling, negated } => {
                // An account has no facts.
                let wanted = view.target.map_or_else(
                    || Known::one(V::None),
                    |outcome| match &subject.framework {
                        Some(framework) => self.level_of(Some(outcome), framework, None),
                        None => self.state(Who::Outcome(outcome), target),
                    },
                );
                each(subject, &|name, known| {
                    let truth = compare(known, &wanted, relation, *falling, *negated);
                    let mut questions = Vec::new();
                    if known.value().is_none() {
                        questions.extend(asks(name, &subject.fact));
                    }
                    if wanted.value().is_none() {
                        questions.extend(asks(&format!("target {}", view.target.unwrap()), target));
                    }
                    let mut out = Out::of(truth, questions, reason);
                    out.unpublished = wanted.unpublished;
                    out
                })
            }
            Test::Differ { subject, target, most, negated } => {
                // An account has no facts.
                let wanted = view
                    .target
                    .map_or_else(|| Known::one(V::None), |outcome| self.state(Who::Outcome(outcome), target));
                each(subject, &|name, known| {
                    let truth = apart(known, &wanted, *most);
                    let truth = if *negated { truth.not() } else { truth };
                    let mut questions = Vec::new();
                    if known.value().is_none() {
                        questions.extend(asks(name, &subject.fact));
                    }
                    if wanted.value().is_none() {
                        questions.extend(asks(&format!("target {}", view.target.unwrap()), target));
                    }
                    let mut out = Out::of(truth, questions, reason);
                    out.unpublished = wanted.unpublished;
                    out
                })
            }
            Test::Dates { subject, relation, other, negated } => {
                let (of, against) = self.subjects(other, view).into_iter().next().unwrap();
                each(subject, &|name, known| {
                    let truth = compare(known, &against, relation, false, *negated);
                    let mut questions = Vec::new();
                    if known.value().is_none() {
                        questions.extend(asks(name, &subject.fact));
                    }
                    if against.value().is_none() {
                        questions.extend(asks(&of, &other.fact));
                    }
                    Out::of(truth, questions, reason)
                })
            }
            Test::Within { subject, length, before, other, negated } => {
                let (of, against) = self.subjects(other, view).into_iter().next().unwrap();
                each(subject, &|name, known| {
                    let (first, second) = if *before { (known, &against) } else { (&against, known) };
                    let (mut truth, past) = within(first, second, *length);
                    let none = known.is_none() || against.is_none();
                    let may_be_none = known.may_be_none() || against.may_be_none();
                    if none {
                        truth = Truth::F;
                    } else if may_be_none && truth == Truth::T {
                        truth = Truth::U;
                    }
                    if *negated {
                        truth = truth.not();
                    }
                    let mut questions = Vec::new();
                    if known.value().is_none() {
                        questions.extend(asks(name, &subject.fact));
                    }
                    if against.value().is_none() {
                        questions.extend(asks(&of, &other.fact));
                    }
                    let why =
                        if past && !*negated && role == Role::Condition { Reason::Expired } else { reason };
                    Out::of(truth, questions, why)
                })
            }
            Test::Level(test) => self.level(test, view, reason),
            Test::Covers(test) => self.covers(test, view),
            Test::Lasting(test) => self.lasting(test),
            Test::Holds { alternatives, after, negated } => {
                let these = after.as_ref().map(|this| self.these(this, view));
                let out =
                    Out::any(alternatives.iter().map(|parts| self.holds(parts, these.as_deref())).collect());
                if *negated { out.not() } else { out }
            }
        }
    }
}

fn days(text: &str) -> Known {
    let (first, last) = days_of(text);
    let number = |day: i64| Some(Q::from_integer(i128::from(day)));
    Known::of(Set::between("date", number(first), number(last)))
}

pub fn as_of(request: &Request) -> i64 {
    day(&request.as_of)
}

fn most(ends: impl Iterator<Item = Option<Q>>) -> Option<Q> {
    ends.flatten().max()
}

fn least(ends: impl Iterator<Item = Option<Q>>) -> Option<Q> {
    ends.flatten().min()
}

fn all_most(ends: impl Iterator<Item = Option<Q>>) -> Option<Q> {
    ends.collect::<Option<Vec<Q>>>().and_then(|ends| ends.into_iter().max())
}

fn all_least(ends: impl Iterator<Item = Option<Q>>) -> Option<Q> {
    ends.collect::<Option<Vec<Q>>>().and_then(|ends| ends.into_iter().min())
}

/// Whether two facts compare so, over every pair of values they may have.
pub(super) fn compare(a: &Known, b: &Known, relation: &str, falling: bool, negated: bool) -> Truth {
    let (left, right) = (a.trials(&[&b.set]), b.trials(&[&a.set]));
    let (mut holds, mut fails) = (false, false);
    for x in &left {
        for y in &right {
            let order = match (x, y) {
                (V::None, _) | (_, V::None) => None,
                (V::Name(a), V::Name(b)) => (a == b).then_some(std::cmp::Ordering::Equal),
                (V::Yes(a), V::Yes(b)) => (a == b).then_some(std::cmp::Ordering::Equal),
                (x, y) => x.place().zip(y.place()).map(|(x, y)| if falling { y.cmp(&x) } else { x.cmp(&y) }),
            };
            let some = !matches!(x, V::None) && !matches!(y, V::None);
            let pass = match relation {
                "same" => order.is_some_and(std::cmp::Ordering::is_eq),
                "different" => some && !order.is_some_and(std::cmp::Ordering::is_eq),
                "at_least" => order.is_some_and(std::cmp::Ordering::is_ge),
                "at_most" => order.is_some_and(std::cmp::Ordering::is_le),
                "over" => order.is_some_and(std::cmp::Ordering::is_gt),
                _ => order.is_some_and(std::cmp::Ordering::is_lt),
            };
            if pass != negated { holds = true } else { fails = true }
        }
    }
    // A half-open fact has values beyond every trial.
    let (first, last) = (a.ends(), b.ends());
    let open = |ends: (Option<Q>, Option<Q>), known: &Known| {
        known.value().is_none() && (ends.0.is_none() || ends.1.is_none())
    };
    if open(first, a) || open(last, b) {
        return Truth::U;
    }
    match (holds, fails) {
        (true, false) => Truth::T,
        (false, true) => Truth::F,
        _ => Truth::U,
    }
}

/// Whether two numbers are no further apart: over every pair of ends they may have.
fn apart(a: &Known, b: &Known, most: Q) -> Truth {
    if a.is_none() || b.is_none() {
        return Truth::F;
    }
    let ((a0, a1), (b0, b1)) = (a.ends(), b.ends());
    let near = |x: Option<Q>, y: Option<Q>| x.zip(y).is_some_and(|(x, y)| x - y <= most);
    let far = |x: Option<Q>, y: Option<Q>| x.zip(y).is_some_and(|(x, y)| x - y > most);
    if far(a0, b1) || far(b0, a1) {
        Truth::F
    } else if near(a1, b0) && near(b1, a0) && !a.may_be_none() && !b.may_be_none() {
        Truth::T
    } else {
        Truth::U
    }
}

/// Whether `first ≤ second ≤ first + length`; and whether, where it fails, the length is over.
fn within(first: &Known, second: &Known, length: Length) -> (Truth, bool) {
    let whole = |at: Q| i64::try_from(at.to_integer()).unwrap();
    let after = |day: Q| {
        Q::from_integer(i128::from(match length {
            Length::Months(months) => add_months(whole(day), months),
            Length::Days(days) => whole(day) + days,
        }))
    };
    let ((a0, a1), (b0, b1)) = (first.ends(), second.ends());
    // first ≤ second
    let begun = match (a1.zip(b0), a0.zip(b1)) {
        (Some((a1, b0)), _) if a1 <= b0 => Truth::T,
        (_, Some((a0, b1))) if a0 > b1 => Truth::F,
        _ => Truth::U,
    };
    // second ≤ first + length
    let lasts = match (a0.zip(b1), a1.zip(b0)) {
        (Some((a0, b1)), _) if b1 <= after(a0) => Truth::T,
        (_, Some((a1, b0))) if b0 > after(a1) => Truth::F,
        _ => Truth::U,
    };
    (begun.min(lasts), lasts == Truth::F)
}
