//! What categories, their attributes and the choices of these are called.

use crate::{
    cards::{slug, unsigned},
    category,
};
use model::{Lang, views::CategoryNode};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;

/// Attributes' names, and those of their choices, in the reader's language.
#[derive(Default)]
pub(crate) struct Labels {
    pub attributes: HashMap<String, String>,
    /// By the keys of attribute and choice.
    pub choices: HashMap<(String, String), String>,
}

/// The tree, and the names of everything in it. One query; neither grows with the catalogue.
pub(crate) async fn with_tree(
    db: &mut PgConnection,
    lang: Lang,
) -> Result<(Vec<CategoryNode>, Labels), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select category.id, parent_id, slug, case when $1 = 'en' then name_en else name_id end as "name!", icon,
             product_count, described.attributes as "attributes?: Json<Vec<AttributeRow>>"
           from category
           left join (
             select category_id, jsonb_agg(jsonb_build_object('key', key, 'choices', choices,
               'label', case when $1 = 'en' then label_en else label_id end) order by category_attribute.sort, key) as attributes
             from category_attribute group by category_id
           ) as described on described.category_id = category.id
           order by category.sort, slug"#,
        lang.tag()
    )
    .fetch_all(db)
    .await?;
    let (mut nodes, mut labels) = (Vec::with_capacity(rows.len()), Labels::default());
    for row in rows {
        for attribute in row.attributes.into_iter().flat_map(|Json(attributes)| attributes) {
            labels.add(attribute, lang);
        }
        let node = CategoryNode {
            id: row.id.into(),
            slug: slug(row.slug)?,
            name: row.name,
            icon: row.icon,
            products: unsigned(row.product_count),
            children: vec![],
        };
        nodes.push((row.parent_id, node));
    }
    Ok((category::planted(nodes), labels))
}

#[derive(Deserialize, Debug)]
struct AttributeRow {
    key: String,
    label: String,
    choices: Option<Vec<ChoiceRow>>,
}

#[derive(Deserialize, Debug)]
struct ChoiceRow {
    key: String,
    id: String,
    en: String,
}

impl Labels {
    /// Where two categories have an attribute of one key, the first one names it.
    fn add(&mut self, attribute: AttributeRow, lang: Lang) {
        let AttributeRow { key, label, choices } = attribute;
        for choice in choices.into_iter().flatten() {
            let name = if lang == Lang::En { choice.en } else { choice.id };
            self.choices.insert((key.clone(), choice.key), name);
        }
        self.attributes.entry(key).or_insert(label);
    }
}
