//! A product in its editor: one query for it and what is typed about it, one for the attributes of its category.

use crate::{
    cards::{slug, stored, unsigned},
    error::unsound,
};
use catalog::edit::{Absent, regrid};
use model::{
    Lang,
    ids::{AccountId, CategoryId, MediaId, ProductId, ShopId, Uuid},
    shop::{
        AttributeInput, EditorAttribute, EditorKind, EditorPicture, OptionInput, ProductEditor, ProductInput,
        TierInput, VariantInput,
    },
    views::{Picture, ProductState},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

#[derive(Debug, Deserialize)]
struct PictureRow {
    media: Uuid,
    ready: bool,
    widths: Vec<i16>,
    width: i32,
    height: i32,
    placeholder: Option<String>,
}

impl PictureRow {
    fn picture(self, name: &str) -> EditorPicture {
        let media = MediaId::new(self.media);
        let picture = self.ready.then(|| Picture {
            alt: name.to_owned(),
            ..stored(media, &self.widths, self.width, self.height, self.placeholder)
        });
        EditorPicture { media, picture }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct OptionRow {
    pub name: String,
    pub values: Vec<String>,
}

impl OptionRow {
    pub fn input(&self) -> OptionInput {
        let values = self.values.join("\n");
        OptionInput { name: self.name.clone(), made: values.clone(), values }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct VariantRow {
    id: Uuid,
    sku: String,
    choices: Vec<usize>,
    price: i64,
    list_price: Option<i64>,
    on_hand: i32,
    weight: Option<i32>,
    media: Option<Uuid>,
}

impl VariantRow {
    pub fn input(self, options: &[OptionRow]) -> VariantInput {
        let chosen = |i: usize| {
            let value = options.get(i).zip(self.choices.get(i)).and_then(|(of, place)| of.values.get(*place));
            value.cloned().unwrap_or_default()
        };
        VariantInput {
            id: self.id.to_string(),
            first: chosen(0),
            second: chosen(1),
            off: String::new(),
            price: self.price.to_string(),
            list_price: said(self.list_price),
            stock: self.on_hand.to_string(),
            was: self.on_hand.to_string(),
            weight: said(self.weight),
            picture: said(self.media),
            sku: self.sku,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    pub from: i32,
    pub price: i64,
}

impl Step {
    pub fn input(self) -> TierInput {
        TierInput { from: self.from.to_string(), price: self.price.to_string() }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    id: Uuid,
    text: Option<String>,
    number: Option<String>,
    choice: Option<String>,
    flag: Option<bool>,
}

impl Said {
    pub fn input(self, lang: Lang) -> AttributeInput {
        let number = self.number.map(|number| match lang {
            Lang::Id => number.replace('.', ","),
            Lang::En => number,
        });
        let flag = self.flag.map(|flag| if flag { "1" } else { "0" }.to_owned());
        let value = self.text.or(number).or(self.choice).or(flag).unwrap_or_default();
        AttributeInput { id: self.id.to_string(), value }
    }
}

pub(crate) fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// As it is typed: `20,5` for 205.
pub(crate) fn centimetres(mm: Option<i32>, lang: Lang) -> String {
    let comma = if lang == Lang::Id { ',' } else { '.' };
    mm.map(|mm| if mm % 10 == 0 { (mm / 10).to_string() } else { format!("{}{comma}{}", mm / 10, mm % 10) })
        .unwrap_or_default()
}

/// None where the shop has no such product. What `account` has typed of it stands in place of what is
/// saved, where one is named.
pub async fn editor(
    db: &mut PgConnection,
    shop: ShopId,
    product: ProductId,
    account: Option<AccountId>,
    lang: Lang,
) -> Result<Option<ProductEditor>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select product.slug, product.name, product.category_id, product.description, product.brand, product.condition,
             product.state, product.state_reason, product.min_qty, product.max_qty, product.weight_g, product.length_mm,
             product.width_mm, product.height_mm, product.preorder_days, product.video_url, product.version,
             product.price_min is not null as "is_whole!", product.art_motif, product.art_seed,
             edit.version as "typed_from?", edit.typed as "typed?: Json<ProductInput>",
             (select coalesce(jsonb_agg(jsonb_build_object('media', media.id, 'ready', media.state = 'ready',
                'width', media.width, 'height', media.height, 'widths', media.widths, 'placeholder', media.placeholder)
                order by picture.sort), '[]')
              from product_picture as picture join media on media.id = picture.media_id
              where picture.product_id = product.id) as "pictures!: Json<Vec<PictureRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'values', "values") order by position), '[]')
              from product_option where product_id = product.id) as "options!: Json<Vec<OptionRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', variant.id, 'sku', variant.sku, 'choices', variant.choices,
                'price', variant.price, 'list_price', variant.list_price, 'on_hand', coalesce(stock.on_hand, 0),
                'weight', variant.weight_g, 'media', variant.media_id) order by variant.position, variant.sku), '[]')
              from variant
              left join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
              left join stock on stock.variant_id = variant.id and stock.warehouse_id = warehouse.id
              where variant.product_id = product.id and variant.retired_at is null) as "variants!: Json<Vec<VariantRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('from', tier.min_qty, 'price', tier.price)
                order by tier.min_qty), '[]')
              from price_tier as tier where tier.product_id = product.id) as "tiers!: Json<Vec<Step>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', attribute_id, 'text', text_value,
                'number', trim_scale(number_value)::text, 'choice', choice_key, 'flag', flag_value)), '[]')
              from product_attribute where product_id = product.id) as "said!: Json<Vec<Said>>"
           from product
           left join product_edit as edit
             on edit.product_id = product.id and edit.account_id = $3 and edit.shop_id = product.shop_id
           where product.id = $2 and product.shop_id = $1"#,
        shop.uuid(),
        product.uuid(),
        account.map(AccountId::uuid)
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let options = row.options.0;
    let variants = row.variants.0.into_iter().map(|variant| variant.input(&options)).collect::<Vec<_>>();
    let absent = if row.is_whole { Absent::NotSold } else { Absent::Blank };
    let saved = ProductInput {
        name: row.name.clone(),
        category: row.category_id.to_string(),
        description: row.description,
        brand: row.brand.unwrap_or_default(),
        condition: row.condition,
        weight: if row.is_whole { row.weight_g.to_string() } else { String::new() },
        length: centimetres(row.length_mm, lang),
        width: centimetres(row.width_mm, lang),
        height: centimetres(row.height_mm, lang),
        min_qty: row.min_qty.to_string(),
        max_qty: said(row.max_qty),
        preorder_days: said(row.preorder_days),
        video: row.video_url.unwrap_or_default(),
        attributes: row.said.0.into_iter().map(|said| said.input(lang)).collect(),
        tiers: row.tiers.0.into_iter().map(Step::input).collect(),
        options: options.iter().map(OptionRow::input).collect(),
        variants,
    };
    let input = row.typed.map_or_else(|| regrid(&saved, absent), |typed| typed.0);
    let attributes = match input.category.parse::<CategoryId>() {
        Ok(category) => attributes(db, category, lang).await?,
        Err(_) => Vec::new(),
    };
    let name = row.name;
    Ok(Some(ProductEditor {
        id: product,
        slug: slug(row.slug)?,
        state: ProductState::parse(&row.state).ok_or_else(|| unsound("a product's state", &row.state))?,
        reason: row.state_reason,
        version: row.version,
        is_whole: row.is_whole,
        input,
        typed_from: row.typed_from,
        attributes,
        pictures: row.pictures.0.into_iter().map(|picture| picture.picture(&name)).collect(),
        drawing: Picture::drawn(row.art_motif, unsigned(row.art_seed), name),
    }))
}

/// Of a category, with those it has from above.
async fn attributes(
    db: &mut PgConnection,
    category: CategoryId,
    lang: Lang,
) -> Result<Vec<EditorAttribute>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with recursive up (id, parent_id, depth) as (
             select id, parent_id, 0 from category where id = $1
             union all
             select category.id, category.parent_id, depth + 1
             from up join category on category.id = up.parent_id
           )
           select a.id, a.kind, a.unit, case when $2 = 'en' then a.label_en else a.label_id end as "label!",
             (select jsonb_agg(jsonb_build_array(c ->> 'key', c ->> $2)) from jsonb_array_elements(a.choices) as c)
               as "choices?: Json<Vec<(String, String)>>"
           from up join category_attribute as a on a.category_id = up.id
           order by a.sort, up.depth, a.key"#,
        category.uuid(),
        lang.tag()
    )
    .fetch_all(db)
    .await?;
    let attributes = rows.into_iter().map(|row| EditorAttribute {
        id: row.id.to_string(),
        label: row.label,
        kind: match row.kind.as_str() {
            "number" => EditorKind::Number { unit: row.unit },
            "choice" => EditorKind::Choice { choices: row.choices.map(|it| it.0).unwrap_or_default() },
            "flag" => EditorKind::Flag,
            _ => EditorKind::Text,
        },
    });
    Ok(attributes.collect())
}
