//! The shape and the colour of a type, so that neither needs the other to be told apart.

use std::fmt::Write as _;

use super::super::layout::Point;
use super::colour;
use crate::model::EntityType;

/// The class of a type in the style sheet.
pub(super) fn class(entity_type: &EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "person",
        EntityType::Place => "place",
        EntityType::Organization => "organization",
        EntityType::Other(_) => "other",
    }
}

/// How far the shape with the area of a circle of `radius` reaches from its middle, at most.
pub(super) fn reach(entity_type: &EntityType, radius: f64) -> f64 {
    radius
        * match entity_type {
            EntityType::Person => 1.0,
            EntityType::Place => 0.91,
            EntityType::Organization => 1.25,
            EntityType::Other(_) => 1.35,
        }
}

/// Adds the shape: a circle, a rounded square, a diamond or a triangle, all of the area of a circle of `radius`.
/// `more` are attributes.
pub(super) fn draw(out: &mut String, entity_type: &EntityType, at: Point, radius: f64, more: &str) {
    let Point { x, y } = at;
    let reach = reach(entity_type, radius);
    let _ = match entity_type {
        EntityType::Person => write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{reach:.1}\""),
        EntityType::Place => write!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{side:.1}\" height=\"{side:.1}\" rx=\"{:.1}\"",
            x - reach,
            y - reach,
            reach * 0.35,
            side = reach * 2.0,
        ),
        EntityType::Organization => {
            write!(
                out,
                "<path d=\"M{x:.1} {:.1}l{reach:.1} {reach:.1}l-{reach:.1} {reach:.1}l-{reach:.1} -{reach:.1}Z\"",
                y - reach
            )
        }
        EntityType::Other(_) => {
            let (left, top, wide, high) = (x - reach, y + reach * 0.75, reach * 2.0, reach * 1.75);
            write!(out, "<path d=\"M{left:.1} {top:.1}h{wide:.1}l-{reach:.1} -{high:.1}Z\"")
        }
    };
    let blank = if more.is_empty() { "" } else { " " };
    let _ = write!(out, " class=\"{}\" fill=\"{}\"{blank}{more}/>", class(entity_type), colour(entity_type).strong);
}
