//! What was typed about options and the table of variants.

use super::{
    EditedVariant, Known, field_of,
    grid::values_of,
    parse::{grams, maybe, price, small},
};
use crate::{NewOption, Offer};
use model::{
    FieldError,
    ids::{MediaId, VariantId},
    shop::{OptionInput, VariantInput, most},
    typed::{self, Problems},
};

/// Names that facets know by a key of their own, whatever the language.
const KEYS: [(&str, &[&str]); 2] = [("color", &["warna", "color", "colour"]), ("size", &["ukuran", "size"])];

pub(super) fn options(typed: &[OptionInput], problems: &mut Problems) -> Vec<NewOption> {
    let mut options: Vec<NewOption> = Vec::new();
    for (i, option) in typed.iter().enumerate() {
        let name =
            problems.take(format!("options.{i}.name"), typed::required_line(&option.name, 1, most::OPTION));
        let values = problems.take(format!("options.{i}.values"), values(&option.values));
        let (Some(name), Some(values)) = (name, values) else { continue };
        let key = key(&name, i);
        if options.iter().any(|other| other.key == key || other.name == name) {
            problems.note(format!("options.{i}.name"), FieldError::Taken);
        }
        options.push(NewOption { key, name, values });
    }
    options
}

fn values(typed: &str) -> Result<Vec<String>, FieldError> {
    let values = values_of(typed);
    match values.len() {
        0 => Err(FieldError::Required),
        n if n > most::VALUES => Err(FieldError::OutOfRange),
        _ => values.iter().map(|value| typed::required_line(value, 1, most::VALUE)).collect(),
    }
}

/// Names the facet.
fn key(name: &str, place: usize) -> String {
    let name = name.to_lowercase();
    if let Some((key, _)) = KEYS.iter().find(|(_, names)| names.contains(&name.as_str())) {
        return (*key).to_owned();
    }
    let key: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    if key.starts_with(|c: char| c.is_ascii_lowercase()) { key } else { format!("option_{place}") }
}

pub(super) fn variants(
    typed: &[VariantInput],
    options: &[NewOption],
    known: &Known,
    problems: &mut Problems,
) -> Vec<EditedVariant> {
    let mut variants: Vec<EditedVariant> = Vec::new();
    for (row, input) in typed.iter().enumerate().filter(|(_, input)| input.is_sold()) {
        let Some(variant) = variant(row, input, options, known, problems) else { continue };
        if variants.iter().any(|other| other.sku.is_some() && other.sku == variant.sku) {
            problems.note(field_of(row, "sku"), FieldError::Taken);
        }
        if variants.iter().any(|other| other.id.is_some() && other.id == variant.id) {
            problems.note(field_of(row, "id"), FieldError::Taken);
        }
        variants.push(variant);
    }
    if !typed.iter().any(VariantInput::is_sold) {
        problems.note("variants", FieldError::Required);
    }
    variants
}

fn variant(
    row: usize,
    input: &VariantInput,
    options: &[NewOption],
    known: &Known,
    problems: &mut Problems,
) -> Option<EditedVariant> {
    let at = |field: &str| field_of(row, field);
    let id = problems.take(at("id"), maybe(&input.id, |id| own(id, &known.variants)));
    let sku = problems.take(at("sku"), typed::line(&input.sku, most::SKU));
    let price_of_one = problems.take(at("price"), price(&input.price));
    let list = problems.take(at("list_price"), maybe(&input.list_price, price));
    let counted = problems.take(at("stock"), counted(input));
    let weight = problems.take(at("weight"), maybe(&input.weight, grams));
    let picture = problems.take(at("picture"), maybe(&input.picture, |id| shown(id, &known.gallery)));
    let offer = Offer::new(price_of_one?, list?);
    let offer = problems.take(at("list_price"), offer.map_err(|_| FieldError::OutOfRange));
    let chosen = [&input.first, &input.second];
    let choices = options.iter().zip(chosen).map(|(option, value)| {
        let place = option.values.iter().position(|own| own == value)?;
        i16::try_from(place).ok()
    });
    Some(EditedVariant {
        row,
        id: id?,
        sku: sku?,
        // Options that were refused have been told already.
        choices: choices.collect::<Option<_>>()?,
        offer: offer?,
        counted: counted?,
        weight: weight?,
        picture: picture?,
    })
}

fn own(id: &str, variants: &[VariantId]) -> Result<VariantId, FieldError> {
    let id: VariantId = id.parse().map_err(|_| FieldError::Malformed)?;
    if variants.contains(&id) { Ok(id) } else { Err(FieldError::NotAllowed) }
}

fn shown(id: &str, gallery: &[MediaId]) -> Result<MediaId, FieldError> {
    let id: MediaId = id.parse().map_err(|_| FieldError::Malformed)?;
    if gallery.contains(&id) { Ok(id) } else { Err(FieldError::NotAllowed) }
}

/// What was left as it was shown is not counted anew: some of it may have been sold meanwhile.
fn counted(input: &VariantInput) -> Result<Option<i32>, FieldError> {
    if !input.id.is_empty() && !input.was.is_empty() && input.stock.trim() == input.was.trim() {
        return Ok(None);
    }
    let pieces = small(&input.stock)?;
    if (0..=1_000_000_000).contains(&pieces) { Ok(Some(pieces)) } else { Err(FieldError::OutOfRange) }
}
