//! What two grants of one amount differ in, as a message says it: the marks, or what the credits carry.
//!
//! It names one difference, the first there is, on both sides; a message with every part of two grants would hide it.

use crate::diagnostic::Said;
use crate::model::{AttributeKind, Model, ScaleId, ValueType};
use crate::space::Value;

use super::given::{Grant, Shown, Shows};
use super::witness::Witness;

/// The marks, or what else tells two grants apart that give as much; nothing where the amount or the unit does.
pub(super) fn difference(
    model: &Model,
    witness: &Witness,
    ours: &Grant,
    theirs: &Grant,
) -> Option<(Said, Said)> {
    if ours.unit != theirs.unit || ours.published != theirs.published {
        return None;
    }
    if ours.mark != theirs.mark {
        return Some((mark(model, witness, ours), mark(model, witness, theirs)));
    }
    if ours.attributes != theirs.attributes {
        return Some((carried(model, ours), carried(model, theirs)));
    }
    let again = |grant: &Grant| match grant.onward {
        0 => Said::Noun { english: "may not be converted again", chinese: "不得再次转换" },
        _ => Said::Noun { english: "may be converted again", chinese: "可以再次转换" },
    };
    ((ours.onward == 0) != (theirs.onward == 0)).then(|| (again(ours), again(theirs)))
}

/// What the transcript would show for the learner of a refutation.
fn mark(model: &Model, witness: &Witness, grant: &Grant) -> Said {
    let Some(Shown { what, .. }) = &grant.mark else {
        return Said::Noun { english: "gives no mark", chinese: "不记载成绩" };
    };
    let of_scale = |value: Value, scale: Option<ScaleId>| {
        let value_type = scale.map_or(ValueType::Number, ValueType::Scale);
        match value {
            Value::Number(number) => Said::Points(number),
            other => crate::check::said(model, value_type, other),
        }
    };
    let said = match what {
        Shows::Fixed(value, scale) => of_scale(*value, *scale),
        Shows::Literal(text) => Said::Name(text.clone()),
        Shows::Declared(scale, at) => {
            let marks = model.scales.get(scale.index()).map(|scale| &scale.marks);
            let mark = marks.and_then(|marks| marks.get(*at as usize));
            mark.map_or("…".into(), |mark| super::said::in_both(&mark.name, &mark.titles))
        }
        Shows::Carried(_, _, _, Some(map)) => {
            let name = model.maps.get(map.index()).map_or("", |map| &map.name);
            return Said::Valued(
                Box::new(Said::Noun { english: "gives a mark by", chinese: "记载成绩按" }),
                Box::new(Said::Name(name.into())),
            );
        }
        Shows::Carried(dim, scale, most, None) => {
            let chosen = witness.chosen.iter().find(|(of, ..)| Some(*of) == *dim);
            match (chosen, most) {
                (Some((.., value)), Some(most)) if value > most => of_scale(*most, *scale),
                (Some((_, value_type, value)), _) => of_scale(
                    *value,
                    scale.or(if let ValueType::Scale(scale) = value_type { Some(*scale) } else { None }),
                ),
                (None, _) => Said::Noun { english: "of the source", chinese: "原成绩" },
            }
        }
        Shows::Looked(_) => {
            return Said::Noun { english: "gives a mark by a table", chinese: "记载成绩查表" };
        }
    };
    Said::Valued(Box::new(Said::Noun { english: "gives the mark", chinese: "记载" }), Box::new(said))
}

/// What the credits carry.
fn carried(model: &Model, grant: &Grant) -> Said {
    let Some(first) = grant.attributes.first() else {
        return Said::Noun { english: "attaches nothing", chinese: "不附加说明" };
    };
    let (what, value) = match first {
        AttributeKind::Level(framework, rank) => {
            let value = crate::check::said(model, ValueType::Level(*framework), Value::Rank(*rank));
            (Said::Noun { english: "gives credit at level", chinese: "认定等级" }, value)
        }
        AttributeKind::Fact(fact, value_type, value) => {
            let name = model.facts.get(fact.index()).map_or("", |fact| &fact.name);
            let value = crate::check::said(model, *value_type, *value);
            return Said::Valued(
                Box::new(Said::Noun { english: "gives credit as", chinese: "认定为" }),
                Box::new(Said::Valued(Box::new(Said::Text(name.into())), Box::new(value))),
            );
        }
        AttributeKind::Part(outcome, part, _) => {
            let place = model.outcomes.get(outcome.index()).map_or("", |outcome| &outcome.name);
            return Said::Valued(
                Box::new(Said::Noun { english: "places a part of", chinese: "其中计入" }),
                Box::new(Said::Valued(Box::new(Said::Text(place.into())), Box::new(Said::Number(*part)))),
            );
        }
        AttributeKind::NotFor(_) => {
            return Said::Noun { english: "keeps it from prerequisites", chinese: "不作为先修课程" };
        }
        AttributeKind::OnlyFor(_) => {
            return Said::Noun {
                english: "gives it for prerequisites only", chinese: "只作为先修课程"
            };
        }
    };
    Said::Valued(Box::new(what), Box::new(value))
}
