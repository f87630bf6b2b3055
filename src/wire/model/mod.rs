//! `accredit.model/1`: a compiled package as JSON, enough for a foreign implementation to answer by itself.
//!
//! Nothing here decides, and no number of this program's own gets out: things refer to each other by name, amounts are strings
//! (`"2.5"`, `"3/2"`), days are ISO dates, lists stand in the order of canonical names. What is absent is absent: no `null`, no
//! empty list. The one idea: what the text left to be worked out (inherited slots, merged tests, disjoint table cells) is worked
//! out here, so that a reader needs the meaning of a decision and nothing of the text.
//!
//! # The document
//!
//! | field | what |
//! |---|---|
//! | `schema` | `accredit.model/1` |
//! | `package` | `name`, `version`, `hash`, `titles` |
//! | `documents` | `name`, `titles`, `number`, `issuer`, `issued` (`first`, `last`), `link`, `replaces`, `clauses` (`label`, `text`) |
//! | `bodies` | `name`, `aliases`, `titles`, `periods` (each `name`, `aliases`, `titles`, `starts`: `03-01`, each lasting up to the next) |
//! | `units` | `name`, `titles`, `step`, `hours` (each `least`, `most`, `sort`: `contact` or `notional`, `at`, `windows`), `years` (each `least`, `most`, `at`, `windows`), `cites` |
//! | `ratios` | `terms` (each `least`, `most`, `unit`), `one_way`, `scheme`, `by`, `windows`, `status`, `cites` |
//! | `scales` | `name`, `titles`, `worst`, `best`, `step` of a numeric one, `ranks` of a named one (worst first; names of one rank in one list), `pass`, `marks`, `distribution` (best first: each `mark`, `share`) |
//! | `maps` | `name`, `titles`, `from` (absent: any numeric scale), `to`, `rows` (each `marks`, a set, and `to`: a value, `none`, `not_stated`) or `linear` (what `best` and `pass` become), `below_pass`, `rounding` (as of amounts, or `next_better`), `otherwise` (absent: not stated), `windows`, `status`, `cites` |
//! | `lists` | `name`, `ranks` (lowest first; the names of one rank in one list), `ordered` |
//! | `kinds` | `name`, `parent`, `ancestors` (itself first), `facts`, `given`, `counts` (`whole`, `in_part`), `lapses` (each `length`, `after`, `unless`), `possible` (conditions over `itself`) |
//! | `learner`, `plan`, `request` | the facts of the learner, the plan, the request |
//! | `outcomes` | `name`, `aliases`, `titles`, `code`, `kind`, `issuer`, `credits`, `given`, `levels`, `title`, `statements`, `relations` |
//! | `frameworks` | `name`, `titles`, `version`, `replaces`, `cites`, `unit`, `placement` (`best_fit`, `every_dimension`), `levels` (lowest first), `dimensions` (`name`, `titles`, `canonical`, `formerly`), `descriptors` (`level`, a rank, `dimension`, `texts`), `tracks`, `axes`, `title_rules` (`title`, `levels`, `at_least`, `at_most`) |
//! | `comparisons` | `name`, `of` and `with` (two frameworks), `status` (`endorsed`, `comparison_only`, `proposed`, `not_endorsed`, `unverified`, `under_review`), `rows` (`of` and `with`: ranks; an empty side is a hole, or `not_stated`) |
//! | `standards` | `name`, `under` (a framework), `version` |
//! | `statements` | `name`, `titles`, `standard`, `dimension`, `level` (a rank), `weight`, `same` (statements that say the same) |
//! | `schemes` | below |
//! | `rules` | below, by scheme and name |
//! | `bars` | below |
//! | `blocks`, `programmes`, `limits`, `requirements`, `combines`, `exclusions`, `surpluses`, `divisible` | below |
//!
//! - **facts** (of a kind, the learner, the plan, the request): `fact`, `aliases`, `titles`, `domains`, `optional` (may be
//!   `none`), `only_if` (a test over the same holder; where it is false the value is `none`), `otherwise` (what "not stated"
//!   means), `fixed`, `proof`, `judged` (`by`, `against_target`: only that body's judgement of the achievement, and then of
//!   the achievement for that target, states it; of several the latest, and two that differ on one day contradict each other),
//!   `worked_out` (parts, each `fact`, `divides`, and for a level whose number is meant the framework: the product of the parts, each
//!   that `divides` dividing what stands before it; nothing states it; `none` where a part is `none` or 0 divides).
//! - **domains**: `type` (below), `values` (a set), `step` and `origin` (the numbers are `origin` + n·`step`).
//! - **types**: `{"is": "yes_no" | "list" | "scale" | "number" | "credits" | "contact_hours" | "notional_hours" | "share" |
//!   "date" | "months" | "days" | "hours" | "name" | "outcome" | "body" | "level"}` and, where there is one, `of`: the list, the
//!   scale, the unit, the kind, the set, the framework.
//! - **given** (by the catalogue): `fact` and one of `value`, `within` (a set), `unpublished: true`; an outcome's list has its
//!   kind's, too. **credits**: `amount` and `unit`, or `unpublished: true`; absent where nothing is said.
//!
//! # Values and sets
//!
//! A value is `{"number": "2.5"}`, `{"date": "2025-09-01"}`, `{"rank": 2}` (a place in a list, a named scale or a framework's
//! levels, from 0), `{"name": "…"}` (an outcome, a body, a text), `{"yes": true}`, `{"months": 6}`, `{"days": 10}` or `"none"`.
//!
//! A set is a list of pieces, any of which may contain a value: a value; a stretch `{"axis": "number" | "date" | "rank" |
//! "months" | "days", "from" | "above": value, "to" | "below": value}`, whose ends are in (`from`, `to`) or out (`above`,
//! `below`), an absent end being open; `{"axis": "name", "except": [names]}`, every name but these.
//!
//! # Schemes, rules, bars
//!
//! A **scheme**: `name`, `titles`, `by`, `parties`, `receiving`, `status` (absent where verified), `unit`, `achievements`
//! (`once`, `once_everywhere`, `freely`; absent where nothing is said), `target_once`, `convert_again`, `otherwise` (an answer), `frame`
//! (the `scheme` whose rules it has too, and the `bond`: `under`, `adopted`, `adopted_with_discretion`), `speaks_through_members` (where other
//! schemes have its rules: its own then answer nothing), `members_may_tighten`, `open` (values left to members: `name`, `titles`, `stated`),
//! `counts_within` (the scheme among all of whose members an achievement counts once; absent where that is itself), `totals`
//! (promises to answer: `over` items, `for_each_of` outcomes, empty for any; absent where nothing is promised).
//!
//! A **rule**: `scheme`, `name`, `titles`, `status`, `cites`, `windows`, `sources` (alternatives, each a bundle: a list of
//! slots), `targets`, `when` (a condition: the scheme's tests and the windows are in it), `gives`, `lines`, `mark`, `attributes`, `otherwise`,
//! `overrides` (each `scheme`, `rule`), `in_force_not_stated`; `by`, `achievements` and `convert_again` (its own, else its scheme's).
//!
//! - **lines**: where `give` lines name targets of their own, each with its `targets`, `when` (in place of the rule's), `gives` and `attributes`.
//! - **slot**: `items` and `take`: `"one"`, `{"exactly": 2}`, `{"up_to": 3}`, `"together"`, `{"credits": "3"}`; `bound`: the
//!   `fact` by which those of all slots are bound, and whether its `values` are `one` or `distinct`. **item**: `outcomes`
//!   and `kinds` (an achievement of one of them, or of a sub-kind, is meant), `bracket` (a condition over `itself`), `except` (items
//!   likewise).
//! - **targets**: `form` (`deposit`, `each`, `all`, `choose`), `of` (each `outcome`, `excluded`), for a choice `number`, `up_to`.
//! - **condition**: `{"all": [conditions]}`, `{"any": [conditions]}`, or a test with `role` (`condition`, `window`, `bracket`, `attribute`):
//!   - `{"test": "in", "subject", "type", "set"}`: the fact lies in the set;
//!   - `{"test": "target", "subject", "target" (a fact), "type", "relation", "falling", "negated"}`; relations are `at_least`,
//!     `at_most`, `over`, `under`, `same`, `different`, in the order of better;
//!   - `{"test": "differ", "subject", "target" (a fact), "type", "most" (a number), "negated"}`: the two numbers are no further apart;
//!   - `{"test": "dates", "subject", "relation", "other", "negated"}`;
//!   - `{"test": "within", "subject", "length" (months or days), "before", "other", "negated"}`: the earlier date is the subject
//!     where `before`, and earlier + length ≥ later, both ends in;
//!   - `{"test": "level", "subject", "framework", "dimensions", "by", "set" | "relation", "negated"}`: the level in the framework,
//!     overall or in each of the dimensions; with `by` the subject's level in the comparison's other framework is replaced by the
//!     set of its counterparts, a hole being `none`; a row that says `not_stated`, or no row at all, leaves every level possible and
//!     is for a judge. A comparison that is neither `endorsed` nor `comparison_only` decides nothing: the test is then unknown, and
//!     unpublished. With `relation` the bound is the target's level;
//!   - `{"test": "covers", "of" (a holder; `slot` where it is `source`), "share", "dimension", "by_weight", "where", "negated"}`: the weight (1 unless `by_weight`)
//!     of the target's statements in the dimension that the sources share, by name or by `same`, is at least `share` of that of all
//!     of them. A source counts where `where` holds; one that states none, or a target with nothing to cover, is for a judge;
//!   - `{"test": "lasting", "of" (items), "parts" (each `when`, `relation`, `years`, `months`, `days`), "negated"}`: the achievements
//!     meant, withdrawn ones aside, each from `started` to `ended` (to the day asked where neither the record nor the kind says that
//!     it ended, or where it ends later), both days in, hold so many days, each day once; a part is what passes `when` of the part
//!     before. A year is 365 days, a month 30. Each part must compare so;
//!   - `{"test": "holds", "alternatives" (lists of slots), "after", "negated"}`; with `after` (a holder; `slot` where it is `source`) only
//!     those count whose `started` lies after its `completed`, or after its `awarded` where only that is spoken of; never itself.
//! - **subject**: `of` and `fact`; `of` is `source` (with `slot`), `each`, `total`, `lowest`, `latest`, `target`, `learner`,
//!   `plan`, `request`, `itself`.
//! - **gives**: `{"credit": amount}`, `{"effect": …}` or an answer. **amount**: `piece`, `unit` (absent: the target's own),
//!   `conversion` (`from` a unit, `by`: `agreed`, `year`, `contact_hours`, `notional_hours`, `ways`: each `when`, `least` and `most` of the unit for one
//!   of `from`; `refer`: who decides where an amount stays between two ends), `in_total`, `rounding` (`mode`, `step`), `at_least`, `at_most`. **piece**: `{"constant"}`, `"target_credits"`, `{"fact":
//!   subject}`, `{"rate": {"earns", "per", "measure"}}` (measure: a `fact`, `times: true`, `distinct`: a fact or `"outcome"`),
//!   `{"whichever": {"is": "greater" | "less", "amounts"}}` (amounts, each rounded and capped for itself),
//!   `{"less": {"base", "step", "fact", "start"}}`, `{"table": {"by": [{"subject", "type"}], "cells": [{"sets", "gives"}]}}`;
//!   a cell gives `{"amount": piece}`, `"not_here"`, `"unpublished"` or `"otherwise"`.
//! - **effect**: `{"is": "total_reduced" | "replaced" | "attendance_only" | "completion" | "access" | "placement" | "entry" |
//!   "award"}`, with `from` or `year`. **answer**: `{"refer": body}` or `{"refuse": true}`, with `because`.
//! - **mark**: `{"fixed": value, "scale"}`, `{"carried": subject, "scale", "map"}`, `{"literal": text}` or `{"declared": name, "scale"}`,
//!   or `{"table": …, "scale"}` whose cells give `{"mark": value}` or `"not_here"` (no mark), with `at_most`, `counts_as`,
//!   `outside_average`, `under_source_name`.
//!
//! - **attributes**: what a grant carries, each `{"level": {"framework", "rank"}}`, `{"fact": {"fact", "type", "value"}}` (of the
//!   target), `{"not_for": "prerequisite"}`, `{"only_for": "prerequisite"}` or `{"part": {"target", "amount", "unit"}}` (at most the whole amount), with `when`. A test of an attribute stands in the rule's
//!   `when` too, as it or its denial, both with the role `attribute` and never read as one test: the rule waits until it is known.
//!
//! # Programmes, blocks, limits
//!
//! A **block**: `name` (in a programme or an account `outer.short`), `short`, `of` (a `scheme` or a `programme`; absent for an account of the package), `parent`,
//! `account` (what is sent there may sit here), `unit`, `takes` (items; absent: what names it and what its children take, at the root without children whatever
//! counts), `when`, `branches` (each a `number` `of` blocks that are asked for), `shares` (each `with` a block, `up_to`), `surplus` (`lost`, `kept` or `to` a block).
//! A **programme**: `at`, `under` (schemes whose rules fill it; absent: all), `root`, `achievements`, `windows`, `doors` (each a `conversion`, `to` a unit, `rounding`).
//!
//! A **limit** and a **requirement** are one sentence: `scope` (a `scheme`, perhaps with a `rule`, or a `block`), `name` (absent: the block's own need or ceiling),
//! `measure` (`{"credits": unit}`, `hours`, `contact_hours`, `notional_hours`, `courses`, `sources`, `{"distinct": key}`, `span`, `mean`), `bound` (`{"amount"}` as of rules;
//! `{"share", "base"}`, the share absent where a frame leaves it open; `{"length"}`; `{"whichever": {"is", "of"}}`; `{"mean": {"of", "least", "over"}}`; `unpublished`), `counting`
//! (`converted`, `earned_here`; absent: all), `from` (items), `to` (items, or each a `block`), `where` (over `itself` and `target`), `rules` (only what these give), `units` (only credits of these), `among` (`last`, `unit`, `by`), `per` (keys), `when`,
//! `surplus`, `in_principle`. **base**: `figure` (`planned`, `required`, `counted`), `of` a block, `excluding`. **key**: `achievement`, `outcome`, `target`, `rule`, `same`, `near`,
//! `{"fact": subject}`, `{"period": {"body", "name", "by"}}`.
//!
//! `combines` (`scope`, `by`: `credits`, `level`, `grade` or a `fact`, `per`), `exclusions` (`scope`, `sides`: each a `scheme`, a `rule` of one, a `block` or an `outcome`), `surpluses`
//! (`scope`, `surplus`), `divisible` (`of` a rule, `counts`: `whole`, `in_part`). A rule's targets of the form `blocks` name `blocks`, of which `number` (perhaps `up_to`) are chosen.
//!
//! A **bar**: `scheme` (absent: the whole package), `from`, `to` (items; absent: all), `when`, `because`, `cites`.

mod framework;
mod place;
mod rule;
mod thing;
mod value;

use serde_json::{Map, Value as Json, json};

use crate::model::{Model, Titles};

/// The schema's name and version.
pub const SCHEMA: &str = "accredit.model/1";

/// The package as `accredit.model/1`.
pub fn export(model: &Model) -> Json {
    let out = Export(model);
    object([
        ("schema", json!(SCHEMA)),
        ("package", out.package()),
        ("documents", list(&model.documents, |it| out.document(it))),
        ("bodies", list(&model.bodies, |it| out.body(it))),
        ("units", list(&model.units, |it| out.unit(it))),
        ("ratios", list(&model.ratios, |it| out.ratio(it))),
        ("scales", list(&model.scales, |it| out.scale(it))),
        ("maps", list(&model.maps, |it| out.map(it))),
        ("lists", list(&model.lists, |it| out.list(it))),
        ("kinds", list(&model.kinds, |it| out.kind(it))),
        ("learner", list(&model.learner, |it| out.fact_use(it))),
        ("plan", list(&model.plan, |it| out.fact_use(it))),
        ("request", list(&model.request, |it| out.fact_use(it))),
        ("outcomes", list(&model.outcomes, |it| out.outcome(it))),
        ("frameworks", list(&model.frameworks, |it| out.framework(it))),
        ("comparisons", list(&model.comparisons, |it| out.comparison(it))),
        ("standards", list(&model.standards, |it| out.standard(it))),
        ("statements", list(&model.statements, |it| out.statement(it))),
        ("schemes", list(&model.schemes, |it| out.scheme(it))),
        ("rules", list(&model.rules, |it| out.rule(it))),
        ("bars", list(&model.bars, |it| out.bar(it))),
        ("blocks", list(&model.blocks, |it| out.block(it))),
        ("programmes", list(&model.programmes, |it| out.programme(it))),
        ("limits", list(&model.limits, |it| out.limit(it))),
        ("requirements", list(&model.requirements, |it| out.limit(it))),
        ("combines", list(&model.combines, |it| out.combine(it))),
        ("exclusions", list(&model.exclusions, |it| out.exclusion(it))),
        ("surpluses", list(&model.surpluses, |it| out.surplus_line(*it))),
        ("divisible", list(&model.divisible, |it| out.divisible(it))),
    ])
}

/// The model being written; its methods turn one thing each into JSON.
struct Export<'m>(&'m Model);

/// An object of the fields that say something: `null`, `false`, empty lists and empty objects are left out.
fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    let says = |value: &Json| match value {
        Json::Null | Json::Bool(false) => false,
        Json::Array(items) => !items.is_empty(),
        Json::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    let said = fields.into_iter().filter(|(_, value)| says(value));
    Json::Object(said.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Json) -> Json {
    Json::Array(items.iter().map(write).collect())
}

fn titles(titles: &Titles) -> Json {
    Json::Object(titles.0.iter().map(|(tag, text)| (tag.to_string(), json!(text))).collect())
}
