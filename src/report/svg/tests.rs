//! The pictures themselves; what must hold of every one; and the largest one.

use super::super::drawing::samples;
use super::*;

#[test]
fn pictures() {
    for (name, drawing) in samples::all() {
        let svg = render(&drawing).unwrap();
        insta::assert_snapshot!(name, svg.replace(STYLE, "…\n"));
    }
}

#[test]
fn the_order_of_input_changes_no_byte() {
    for (title, nodes, edges) in
        [samples::examinations(), samples::bundles(), samples::circle(), samples::chinese()]
    {
        let first = render(&Drawing::new(title, nodes.clone(), edges.clone()).unwrap()).unwrap();
        for step in 1..5 {
            let (mut nodes, mut edges) = (nodes.clone(), edges.clone());
            nodes.rotate_left(step);
            edges.reverse();
            edges.rotate_left(step);
            edges.swap(0, step);
            assert_eq!(first, render(&Drawing::new(title, nodes, edges).unwrap()).unwrap());
        }
    }
}

#[test]
fn every_picture_is_well_formed() {
    for (_, drawing) in samples::all() {
        well_formed(&render(&drawing).unwrap());
    }
}

#[test]
fn no_boxes_overlap_and_lines_run_from_border_to_border() {
    for (_, drawing) in samples::all() {
        sound(&drawing);
    }
    for seed in 1..40 {
        sound(&scattered(seed, 12 + seed as usize, 20 + 2 * seed as usize));
    }
}

#[test]
fn three_hundred_boxes_are_drawn_soundly() {
    let drawing = scattered(7, LIMIT, 420);
    let svg = render(&drawing).unwrap();
    well_formed(&svg);
    sound(&drawing);
}

#[test]
fn one_box_more_is_too_large() {
    let drawing = scattered(7, LIMIT + 1, 0);
    assert_eq!(render(&drawing), Err(TooLarge { nodes: 301, limit: 300 }));
}

#[test]
fn an_empty_drawing_is_an_empty_page() {
    well_formed(&render(&Drawing::new("", vec![], vec![]).unwrap()).unwrap());
}

/// A drawing whose lines are thrown by a small generator, so that it may hold circles and loops.
fn scattered(seed: u64, nodes: usize, edges: usize) -> Drawing {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let boxes = (0..nodes)
        .map(|at| {
            let lines = 0..=next(3);
            let label: Vec<String> =
                lines.map(|line| format!("box {at} {}", "word ".repeat(line * next(4)))).collect();
            Node::new(format!("n{at:03}"), NodeKind::ALL[next(6)], label)
        })
        .collect();
    let lines = (0..edges)
        .map(|_| {
            let kinds = [
                EdgeKind::Source,
                EdgeKind::Target,
                EdgeKind::Member,
                EdgeKind::Overrides,
                EdgeKind::Refusal,
            ];
            let (from, to) = (format!("n{:03}", next(nodes)), format!("n{:03}", next(nodes)));
            let edge = Edge::new(from, kinds[next(5)], to);
            if next(3) == 0 { edge.with_label("3 credits") } else { edge }
        })
        .collect();
    Drawing::new("scattered", boxes, lines).unwrap()
}

/// Checks what holds of every layout: boxes and texts keep apart, and each line starts and ends on the borders of its
/// two boxes and crosses no box between.
fn sound(drawing: &Drawing) {
    let sheet = Sheet::of(drawing);
    let Layout { size, boxes, routes } = &sheet.layout;
    let mut places: Vec<Rect> = boxes.clone();
    places.extend(routes.iter().filter_map(|route| route.label));
    for (index, a) in places.iter().enumerate() {
        assert!(
            a.x >= 0 && a.y >= 0 && a.x + a.width <= size.width && a.y + a.height <= size.height,
            "{a:?}"
        );
        for b in &places[index + 1..] {
            let apart =
                a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
            assert!(apart, "{a:?} overlaps {b:?}");
        }
    }
    for ((from, to, edge), route) in drawing.edges().zip(routes) {
        assert!(on_side(boxes[from], route.start) && on_side(boxes[to], route.tip), "{edge:?} {route:?}");
        let mut pen = route.start;
        for step in &route.steps {
            let end = match *step {
                Step::Line(end) | Step::Curve(_, _, end) => end,
            };
            // A curve pulls no higher and no lower than its ends, and only a bow leaves their columns.
            let (left, right) = (pen.x.min(end.x), pen.x.max(end.x));
            let (upper, lower) = (pen.y.min(end.y), pen.y.max(end.y));
            for place in boxes {
                let beside = right <= place.x || left >= place.x + place.width;
                let past = lower < place.y || upper > place.y + place.height;
                assert!(beside || past, "{edge:?} runs through {place:?}");
            }
            pen = end;
        }
    }
}

fn on_side(place: Rect, point: Point) -> bool {
    (point.x == place.x || point.x == place.x + place.width)
        && point.y > place.y
        && point.y < place.y + place.height
}

/// A strict reader of the XML that is written here: tags nest, attributes are quoted, nothing stands unescaped.
fn well_formed(svg: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = svg.trim_end();
    while let Some(at) = rest.find('<') {
        text(&rest[..at]);
        let (tag, after) = rest[at + 1..].split_once('>').expect("a tag is closed");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (body, alone) = tag.strip_suffix('/').map_or((tag, false), |body| (body, true));
        let (name, mut attributes) = body.split_once(' ').unwrap_or((body, ""));
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()), "{tag}");
        while !attributes.is_empty() {
            let (key, value) = attributes.split_once("=\"").expect("an attribute has a value");
            assert!(key.chars().all(|c| c.is_ascii_alphabetic()), "{tag}");
            let (value, more) = value.split_once('"').expect("a value is closed");
            text(value);
            attributes = more.trim_start();
        }
        if !alone {
            open.push(name.to_owned());
        }
        assert!(!open.is_empty() || rest.is_empty(), "one root");
    }
    text(rest);
    assert!(open.is_empty() && rest.is_empty());
}

fn text(text: &str) {
    for piece in text.split('&').skip(1) {
        let entity = piece.split_once(';').map(|(entity, _)| entity);
        assert!(matches!(entity, Some("amp" | "lt" | "gt" | "quot")), "{text}");
    }
    assert!(
        !text.contains('>') && text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{ffff}'),
        "{text}"
    );
}
