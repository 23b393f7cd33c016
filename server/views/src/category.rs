//! The category tree, and a category's page without the search index.

use crate::{
    ViewError,
    cards::{cards, slug, unsigned},
    listing::{self, Scope},
};
use model::{
    Lang, Page,
    ids::{CategoryId, Uuid},
    views::{
        AttributeKind, CategoryAttribute, CategoryCount, CategoryLink, CategoryNode, CategoryPage,
        ListingSort,
    },
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use time::OffsetDateTime;

/// The whole tree, roots first, each level in its order. One query; the tree is small.
pub async fn tree(db: &mut PgConnection, lang: Lang) -> Result<Vec<CategoryNode>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, parent_id, slug, case when $1 = 'en' then name_en else name_id end as "name!", icon, product_count
           from category order by sort, slug"#,
        lang.tag()
    )
    .fetch_all(db)
    .await?;
    let nodes = rows.into_iter().map(|row| {
        let node = CategoryNode {
            id: row.id.into(),
            slug: slug(row.slug)?,
            name: row.name,
            icon: row.icon,
            products: unsigned(row.product_count),
            children: vec![],
        };
        Ok::<_, sqlx::Error>((row.parent_id, node))
    });
    Ok(planted(nodes.collect::<Result<_, _>>()?))
}

/// Categories with their parents as a tree, each level in the order they come in.
pub(crate) fn planted(nodes: Vec<(Option<Uuid>, CategoryNode)>) -> Vec<CategoryNode> {
    let mut beneath: HashMap<Option<Uuid>, Vec<CategoryNode>> = HashMap::new();
    for (parent, node) in nodes {
        beneath.entry(parent).or_default().push(node);
    }
    grow(&mut beneath, None)
}

fn grow(beneath: &mut HashMap<Option<Uuid>, Vec<CategoryNode>>, parent: Option<Uuid>) -> Vec<CategoryNode> {
    let mut nodes = beneath.remove(&parent).unwrap_or_default();
    for node in &mut nodes {
        node.children = grow(beneath, Some(node.id.uuid()));
    }
    nodes
}

pub fn link(node: &CategoryNode) -> CategoryLink {
    CategoryLink { id: node.id, slug: node.slug.clone(), name: node.name.clone(), icon: node.icon.clone() }
}

/// What a category is, without its goods: for the head of a page whose goods come from the search index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    pub path: Vec<CategoryLink>,
    pub children: Vec<CategoryCount>,
    pub attributes: Vec<CategoryAttribute>,
    /// The categories at the bottom whose goods it shows.
    pub leaves: Vec<CategoryId>,
}

/// One query; none where there is no such category.
pub async fn head(db: &mut PgConnection, category: &str, lang: Lang) -> Result<Option<Head>, sqlx::Error> {
    let row = sqlx::query!(
        r#"with recursive here as (
             select id, parent_id from category where slug = $1
           ), up (id, parent_id, depth) as (
             select id, parent_id, 0 from here
             union all
             select category.id, category.parent_id, depth + 1 from up join category on category.id = up.parent_id
           ), down (id) as (
             select id from here
             union all
             select category.id from down join category on category.parent_id = down.id
           )
           select
             (select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'icon', c.icon,
                 'name', case when $2 = 'en' then c.name_en else c.name_id end) order by up.depth desc)
              from up join category as c on c.id = up.id) as "path: Json<Vec<LinkRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'icon', c.icon,
                 'name', case when $2 = 'en' then c.name_en else c.name_id end, 'products', c.product_count)
                 order by c.sort, c.slug), '[]')
              from category as c where c.parent_id = (select id from here)) as "children!: Json<Vec<CountRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('key', a.key, 'kind', a.kind, 'unit', a.unit,
                 'filterable', a.filterable, 'label', case when $2 = 'en' then a.label_en else a.label_id end,
                 'choices', (select jsonb_agg(jsonb_build_array(c ->> 'key', c ->> $2)) from jsonb_array_elements(a.choices) as c))
                 order by a.sort, up.depth), '[]')
              from up join category_attribute as a on a.category_id = up.id) as "attributes!: Json<Vec<AttributeRow>>",
             array(select id from down) as "leaves!: Vec<Uuid>""#,
        category,
        lang.tag()
    )
    .fetch_one(db)
    .await?;
    let Some(Json(path)) = row.path else { return Ok(None) };
    let children = row.children.0.into_iter().map(|child| {
        Ok::<_, sqlx::Error>(CategoryCount {
            products: unsigned(child.products),
            category: child.link.link()?,
        })
    });
    Ok(Some(Head {
        path: path.into_iter().map(LinkRow::link).collect::<Result<_, _>>()?,
        children: children.collect::<Result<_, _>>()?,
        attributes: row.attributes.0.into_iter().map(AttributeRow::attribute).collect(),
        leaves: row.leaves.into_iter().map(CategoryId::from).collect(),
    }))
}

/// The whole page: three queries.
pub async fn page(
    db: &mut PgConnection,
    category: &str,
    sort: ListingSort,
    after: Option<&str>,
    limit: u16,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<Option<CategoryPage>, ViewError> {
    let Some(head) = head(db, category, lang).await? else { return Ok(None) };
    let (ids, next) = listing::ids(db, Scope::Categories(&head.leaves), sort, after, limit).await?;
    let mut items = cards(db, &ids, now).await?;
    listing::by_shown_price(sort, &mut items);
    let products = Page { items, next, total: None };
    Ok(Some(CategoryPage { path: head.path, children: head.children, attributes: head.attributes, products }))
}

#[derive(Deserialize, Debug)]
pub(crate) struct LinkRow {
    id: CategoryId,
    slug: String,
    name: String,
    icon: String,
}

impl LinkRow {
    pub(crate) fn link(self) -> Result<CategoryLink, sqlx::Error> {
        Ok(CategoryLink { id: self.id, slug: slug(self.slug)?, name: self.name, icon: self.icon })
    }
}

#[derive(Deserialize, Debug)]
pub(crate) struct CountRow {
    #[serde(flatten)]
    pub link: LinkRow,
    pub products: i32,
}

#[derive(Deserialize, Debug)]
struct AttributeRow {
    key: String,
    label: String,
    kind: String,
    unit: Option<String>,
    choices: Option<Vec<(String, String)>>,
    filterable: bool,
}

impl AttributeRow {
    fn attribute(self) -> CategoryAttribute {
        let kind = match self.kind.as_str() {
            "number" => AttributeKind::Number { unit: self.unit },
            "choice" => AttributeKind::Choice { choices: self.choices.unwrap_or_default() },
            "flag" => AttributeKind::Flag,
            _ => AttributeKind::Text,
        };
        CategoryAttribute { key: self.key, label: self.label, kind, filterable: self.filterable }
    }
}
