//! A product as it is read and written.

use crate::body::MoneyBody;
use model::{
    AppError, Currency, Money,
    ids::MediaId,
    shop::{
        AttributeInput, EditorAttribute, EditorKind, OptionInput, ProductEditor, ProductInput, TierInput,
        VariantInput,
    },
    typed::{decimal, whole},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A product that is begun.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginBody {
    #[schema(example = "Kaos Polos", min_length = 3, max_length = 200)]
    pub name: String,
    /// Of a category beneath which there is no other.
    pub category_id: String,
}

/// An option shoppers choose a value of.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionBody {
    #[schema(example = "Warna", max_length = 40)]
    name: String,
    #[schema(example = json!(["Hitam", "Putih"]), max_items = 20)]
    values: Vec<String>,
}

/// From so many pieces on, each costs so much.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TierBody {
    #[schema(minimum = 2)]
    min_qty: i64,
    price: MoneyBody,
}

/// What is said of one attribute of the category.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteAttributeBody {
    id: String,
    /// A text, a number, the key of a choice, or `1` and `0`.
    value: String,
}

/// An attribute of the category, and what is said of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnAttributeBody {
    id: String,
    label: String,
    /// `text`, `number`, `choice` or `flag`.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// Keys of its choices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// One of the things that can be bought.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnVariantBody {
    /// Left out for one that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// A value of each option, in their order.
    #[serde(default)]
    #[schema(example = json!(["Hitam", "XL"]))]
    choices: Vec<String>,
    /// Made up where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64)]
    sku: Option<String>,
    price: MoneyBody,
    /// What it cost before, shown struck through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list_price: Option<MoneyBody>,
    /// Pieces in the main warehouse, those promised to buyers among them. Left out, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stock: Option<i64>,
    /// Grams, where it differs from the product's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_g: Option<i64>,
    /// One of the product's photographs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media_id: Option<String>,
}

/// A product as those who keep it see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnProductBody {
    id: String,
    slug: String,
    /// `draft`, `in_review`, `active`, `hidden`, `archived` or `rejected`.
    state: &'static str,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Grows with every change; a change names the one it was made from.
    version: i32,
    name: String,
    category_id: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    /// `new` or `used`.
    condition: String,
    /// Of one piece, packed; absent until it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_g: Option<i64>,
    /// Length, width and height, packed.
    #[serde(skip_serializing_if = "Option::is_none")]
    size_mm: Option<[i64; 3]>,
    min_qty: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_qty: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preorder_days: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video_url: Option<String>,
    /// All its category has.
    attributes: Vec<OwnAttributeBody>,
    options: Vec<OptionBody>,
    variants: Vec<OwnVariantBody>,
    wholesale: Vec<TierBody>,
    photographs: Vec<PhotographBody>,
}

/// A photograph in a gallery.
#[derive(Serialize, ToSchema)]
pub(crate) struct PhotographBody {
    id: String,
    /// Its path on this site; absent while it is made ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    src: Option<String>,
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn number(typed: &str) -> Option<i64> {
    whole(typed).ok()
}

fn rupiah(typed: &str) -> Option<MoneyBody> {
    number(typed).map(|amount| Money::new(amount, Currency::Idr).into())
}

/// `20,5` centimetres are 205.
fn millimetres(typed: &str) -> Option<i64> {
    let number = decimal(typed).ok()?;
    let (whole, part) = number.split_once('.')?;
    let tenth = part.get(..1)?.parse::<i64>().ok()?;
    Some(whole.parse::<i64>().ok()? * 10 + tenth)
}

impl OwnAttributeBody {
    fn of(attribute: EditorAttribute, said: &[AttributeInput]) -> Self {
        let value = said.iter().find(|said| said.id == attribute.id).map(|said| said.value.clone());
        let (kind, unit, choices) = match attribute.kind {
            EditorKind::Text => ("text", None, vec![]),
            EditorKind::Number { unit } => ("number", unit, vec![]),
            EditorKind::Choice { choices } => {
                ("choice", None, choices.into_iter().map(|(key, _)| key).collect())
            }
            EditorKind::Flag => ("flag", None, vec![]),
        };
        Self { id: attribute.id, label: attribute.label, kind, unit, choices, value }
    }
}

impl OwnVariantBody {
    /// None where it is not sold, or was never priced.
    fn of(row: VariantInput) -> Option<Self> {
        if !row.is_sold() || row.id.is_empty() {
            return None;
        }
        Some(Self {
            price: rupiah(&row.price)?,
            list_price: rupiah(&row.list_price),
            stock: number(&row.stock),
            weight_g: number(&row.weight),
            id: Some(row.id),
            choices: [row.first, row.second].into_iter().filter(|value| !value.is_empty()).collect(),
            sku: some(row.sku),
            media_id: some(row.picture),
        })
    }
}

impl From<ProductEditor> for OwnProductBody {
    fn from(product: ProductEditor) -> Self {
        let input = product.input;
        let sides = [&input.length, &input.width, &input.height].map(|side| millimetres(side));
        let said = input.attributes;
        Self {
            id: product.id.to_string(),
            slug: product.slug.to_string(),
            state: product.state.as_str(),
            reason: product.reason,
            version: product.version,
            name: input.name,
            category_id: input.category,
            description: input.description,
            brand: some(input.brand),
            condition: input.condition,
            weight_g: number(&input.weight),
            size_mm: match sides {
                [Some(length), Some(width), Some(height)] => Some([length, width, height]),
                _ => None,
            },
            min_qty: number(&input.min_qty).unwrap_or(1),
            max_qty: number(&input.max_qty),
            preorder_days: number(&input.preorder_days),
            video_url: some(input.video),
            attributes: product.attributes.into_iter().map(|one| OwnAttributeBody::of(one, &said)).collect(),
            options: input
                .options
                .into_iter()
                .map(|option| OptionBody {
                    name: option.name,
                    values: option.values.lines().map(str::to_owned).collect(),
                })
                .collect(),
            variants: input.variants.into_iter().filter_map(OwnVariantBody::of).collect(),
            wholesale: input
                .tiers
                .iter()
                .filter_map(|tier| {
                    Some(TierBody { min_qty: number(&tier.from)?, price: rupiah(&tier.price)? })
                })
                .collect(),
            photographs: product
                .pictures
                .into_iter()
                .map(|one| PhotographBody {
                    id: MediaId::to_string(&one.media),
                    src: one.picture.map(|picture| picture.src()),
                })
                .collect(),
        }
    }
}

/// A product as it is written: all of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteProductBody {
    /// The version the change was made from.
    pub version: i32,
    #[schema(min_length = 3, max_length = 200)]
    name: String,
    category_id: String,
    #[serde(default)]
    #[schema(max_length = 10000)]
    description: Option<String>,
    #[serde(default)]
    #[schema(max_length = 60)]
    brand: Option<String>,
    /// `new`, unless it says `used`.
    #[serde(default)]
    condition: Option<String>,
    /// Of one piece, packed.
    weight_g: i64,
    /// Length, width and height, packed.
    #[serde(default)]
    size_mm: Option<[i64; 3]>,
    #[serde(default)]
    min_qty: Option<i64>,
    #[serde(default)]
    max_qty: Option<i64>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 90)]
    preorder_days: Option<i64>,
    /// Starts with `https://`.
    #[serde(default)]
    #[schema(max_length = 500)]
    video_url: Option<String>,
    #[serde(default)]
    attributes: Vec<WriteAttributeBody>,
    #[serde(default)]
    #[schema(max_items = 2)]
    options: Vec<OptionBody>,
    /// One where there are no options.
    variants: Vec<OwnVariantBody>,
    #[serde(default)]
    #[schema(max_items = 5)]
    wholesale: Vec<TierBody>,
}

fn said(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Other currencies are refused as no price at all.
fn amount(money: &MoneyBody) -> String {
    if money.currency == Currency::Idr { money.amount.to_string() } else { money.currency.code().to_owned() }
}

impl WriteProductBody {
    pub fn input(&self) -> ProductInput {
        let [length, width, height] = match self.size_mm {
            Some(sides) => sides.map(|mm| format!("{}.{}", mm / 10, (mm % 10).abs())),
            None => [String::new(), String::new(), String::new()],
        };
        let option = |option: &OptionBody| {
            let values = option.values.join("\n");
            OptionInput { name: option.name.clone(), made: values.clone(), values }
        };
        ProductInput {
            name: self.name.clone(),
            category: self.category_id.clone(),
            description: self.description.clone().unwrap_or_default(),
            brand: self.brand.clone().unwrap_or_default(),
            condition: self.condition.clone().unwrap_or_default(),
            weight: self.weight_g.to_string(),
            length,
            width,
            height,
            min_qty: said(self.min_qty),
            max_qty: said(self.max_qty),
            preorder_days: said(self.preorder_days),
            video: self.video_url.clone().unwrap_or_default(),
            attributes: self
                .attributes
                .iter()
                .map(|one| AttributeInput { id: one.id.clone(), value: one.value.clone() })
                .collect(),
            tiers: self
                .wholesale
                .iter()
                .map(|tier| TierInput { from: tier.min_qty.to_string(), price: amount(&tier.price) })
                .collect(),
            options: self.options.iter().map(option).collect(),
            variants: self.variants.iter().map(row).collect(),
        }
    }

    /// The same error with the variants' own numbers: those it comes with count the combinations of all options.
    pub fn named(&self, error: AppError) -> AppError {
        let place = |variant: &OwnVariantBody| {
            self.options.iter().enumerate().try_fold(0, |place, (i, option)| {
                let value = variant.choices.get(i)?;
                Some(place * option.values.len() + option.values.iter().position(|own| own == value)?)
            })
        };
        let own = |field: &str| {
            let (row, rest) = field.strip_prefix("variants.")?.split_once('.')?;
            let row: usize = row.parse().ok()?;
            let variant = self.variants.iter().position(|variant| place(variant) == Some(row))?;
            Some(format!("variants.{variant}.{rest}"))
        };
        let fields =
            error.fields.iter().map(|(field, wrong)| (own(field).unwrap_or_else(|| field.clone()), *wrong));
        AppError { fields: fields.collect(), ..error }
    }
}

fn row(variant: &OwnVariantBody) -> VariantInput {
    let chosen = |i: usize| variant.choices.get(i).cloned().unwrap_or_default();
    let stock = said(variant.stock);
    VariantInput {
        id: variant.id.clone().unwrap_or_default(),
        first: chosen(0),
        second: chosen(1),
        off: String::new(),
        sku: variant.sku.clone().unwrap_or_default(),
        price: amount(&variant.price),
        list_price: variant.list_price.as_ref().map(amount).unwrap_or_default(),
        was: if variant.stock.is_none() { "-".to_owned() } else { String::new() },
        stock: if variant.stock.is_none() && variant.id.is_some() { "-".to_owned() } else { stock },
        weight: said(variant.weight_g),
        picture: variant.media_id.clone().unwrap_or_default(),
    }
}
