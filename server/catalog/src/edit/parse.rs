//! What was typed about the product as a whole.

use super::{AttributeKind, AttributeRule, Edit, Known, variants};
use crate::{AttributeValue, Dimensions, Grams, Price, ProductName, QtyRange, Tiers};
use model::{
    FieldError,
    ids::Uuid,
    shop::{ProductInput, most},
    typed::{self, Problems},
    views::Condition,
};

impl Edit {
    /// Everything that is wrong, each beside its field. `input` is as [`super::regrid`] leaves it.
    pub fn parse(input: &ProductInput, known: &Known) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let name = p.take("name", name(&input.name));
        let category = p.take("category", known.category.ok_or(FieldError::Required));
        let description = p.take("description", typed::paragraphs(&input.description, most::DESCRIPTION));
        let brand = p.take("brand", typed::line(&input.brand, most::BRAND));
        let condition = p.take("condition", condition(&input.condition));
        let weight = p.take("weight", grams(&input.weight));
        let dimensions = dimensions(input, p);
        let qty = qty(input, p);
        let preorder = p.take("preorder_days", maybe(&input.preorder_days, preorder));
        let video = p.take("video", maybe(&input.video, video));
        let attributes = attributes(input, &known.attributes, p);
        let options = variants::options(&input.options, p);
        let variants = variants::variants(&input.variants, &options, known, p);
        let cheapest = variants.iter().map(|variant| variant.offer.price()).min();
        let tiers = tiers(input, cheapest, p);
        match (name, category, description, brand, condition, weight, preorder, video) {
            (
                Some(name),
                Some(category),
                Some(description),
                Some(brand),
                Some(condition),
                Some(weight),
                Some(preorder_days),
                Some(video_url),
            ) if problems.is_empty() => Ok(Self {
                name,
                category,
                description: description.unwrap_or_default(),
                brand,
                condition,
                weight,
                dimensions,
                qty,
                preorder_days,
                video_url,
                attributes,
                options,
                tiers,
                variants,
            }),
            _ => Err(problems),
        }
    }
}

/// Nothing where nothing was typed.
pub(super) fn maybe<T>(
    typed: &str,
    read: impl FnOnce(&str) -> Result<T, FieldError>,
) -> Result<Option<T>, FieldError> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed).map(Some) }
}

fn name(typed: &str) -> Result<ProductName, FieldError> {
    let line = typed::required_line(typed, most::NAME_LEAST, most::NAME)?;
    ProductName::try_from(line.as_str()).map_err(|_| FieldError::Malformed)
}

fn condition(typed: &str) -> Result<Condition, FieldError> {
    match typed {
        "" | "new" => Ok(Condition::New),
        "used" => Ok(Condition::Used),
        _ => Err(FieldError::NotAllowed),
    }
}

pub(super) fn small(typed: &str) -> Result<i32, FieldError> {
    i32::try_from(typed::whole(typed)?).map_err(|_| FieldError::OutOfRange)
}

pub(super) fn grams(typed: &str) -> Result<Grams, FieldError> {
    Grams::try_from(small(typed)?).map_err(|_| FieldError::OutOfRange)
}

pub(super) fn price(typed: &str) -> Result<Price, FieldError> {
    Price::try_from(typed::whole(typed)?).map_err(|_| FieldError::OutOfRange)
}

/// Up to 20 metres, in centimetres with at most one digit after the comma.
fn millimetres(typed: &str) -> Result<i32, FieldError> {
    let number = typed::decimal(typed)?;
    let (whole, part) = number.split_once('.').unwrap_or((&number, "0"));
    let tenths = part.trim_end_matches('0');
    let tenths: i32 =
        if tenths.is_empty() { 0 } else { tenths.parse().map_err(|_| FieldError::Malformed)? };
    let whole: i32 = whole.parse().map_err(|_| FieldError::OutOfRange)?;
    let length = whole.checked_mul(10).map(|length| length + tenths).unwrap_or_default();
    if tenths < 10 && (1..=20_000).contains(&length) { Ok(length) } else { Err(FieldError::OutOfRange) }
}

fn dimensions(input: &ProductInput, problems: &mut Problems) -> Option<Dimensions> {
    let sides = [("length", &input.length), ("width", &input.width), ("height", &input.height)];
    if sides.iter().all(|(_, typed)| typed.trim().is_empty()) {
        return None;
    }
    let [length_mm, width_mm, height_mm] =
        sides.map(|(field, typed)| problems.take(field, millimetres(typed)));
    Some(Dimensions { length_mm: length_mm?, width_mm: width_mm?, height_mm: height_mm? })
}

fn qty(input: &ProductInput, problems: &mut Problems) -> QtyRange {
    let min = problems.take("min_qty", maybe(&input.min_qty, small)).flatten().unwrap_or(1);
    let max = problems.take("max_qty", maybe(&input.max_qty, small)).flatten();
    QtyRange::new(min, max).unwrap_or_else(|_| {
        problems.note(if min < 1 { "min_qty" } else { "max_qty" }, FieldError::OutOfRange);
        QtyRange::ANY
    })
}

fn preorder(typed: &str) -> Result<i16, FieldError> {
    let days = typed::whole(typed)?;
    let fits = (1..=most::PREORDER).contains(&days);
    i16::try_from(days).ok().filter(|_| fits).ok_or(FieldError::OutOfRange)
}

fn video(typed: &str) -> Result<String, FieldError> {
    let link = typed.trim();
    let host = link.strip_prefix("https://").unwrap_or_default();
    if link.chars().count() > most::VIDEO {
        Err(FieldError::TooLong)
    } else if host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.contains('.')
        && link.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\".contains(&b))
    {
        Ok(link.to_owned())
    } else {
        Err(FieldError::Malformed)
    }
}

/// What is said of attributes the category does not have is left out: it was typed for another category.
fn attributes(
    input: &ProductInput,
    rules: &[AttributeRule],
    problems: &mut Problems,
) -> Vec<(Uuid, AttributeValue)> {
    let mut said = Vec::new();
    for rule in rules {
        let id = rule.id.to_string();
        let typed = input.attributes.iter().find(|attribute| attribute.id == id);
        let Some(typed) = typed.map(|attribute| attribute.value.trim()).filter(|typed| !typed.is_empty())
        else {
            continue;
        };
        let value = problems.take(format!("attributes.{id}"), attribute(&rule.kind, typed));
        said.extend(value.map(|value| (rule.id, value)));
    }
    said
}

fn attribute(kind: &AttributeKind, typed: &str) -> Result<AttributeValue, FieldError> {
    match kind {
        AttributeKind::Text => Ok(AttributeValue::Text(typed::required_line(typed, 1, most::ATTRIBUTE)?)),
        AttributeKind::Number => Ok(AttributeValue::Number(typed::decimal(typed)?)),
        AttributeKind::Choice(keys) if keys.iter().any(|key| key == typed) => {
            Ok(AttributeValue::Choice(typed.to_owned()))
        }
        AttributeKind::Flag if typed == "1" || typed == "0" => Ok(AttributeValue::Flag(typed == "1")),
        AttributeKind::Choice(_) | AttributeKind::Flag => Err(FieldError::NotAllowed),
    }
}

/// Wholesale is below the price of one piece, whichever variant that is.
fn tiers(input: &ProductInput, cheapest: Option<Price>, problems: &mut Problems) -> Tiers {
    let mut tiers: Vec<(i32, Price)> = Vec::new();
    for (i, tier) in input.tiers.iter().enumerate() {
        if tier.from.trim().is_empty() && tier.price.trim().is_empty() {
            continue;
        }
        let from = problems.take(format!("tiers.{i}.from"), small(&tier.from));
        let price = problems.take(format!("tiers.{i}.price"), price(&tier.price));
        let (Some(from), Some(price)) = (from, price) else { continue };
        if i >= most::TIERS || from < 2 || tiers.last().is_some_and(|(before, _)| *before >= from) {
            problems.note(format!("tiers.{i}.from"), FieldError::OutOfRange);
        } else if tiers.last().map(|(_, before)| *before).or(cheapest).is_some_and(|above| price >= above) {
            problems.note(format!("tiers.{i}.price"), FieldError::OutOfRange);
        }
        tiers.push((from, price));
    }
    Tiers::try_from(tiers).unwrap_or_default()
}
