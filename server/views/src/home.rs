//! The front page in three queries: the tree, which products stand where, and their cards.

use crate::{
    cards::{CardRow, card_query, cards},
    category,
};
use model::{
    Lang,
    ids::{ProductId, Uuid},
    views::{CategoryNode, HomePage, ProductCard, Shelf},
};
use sqlx::PgConnection;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};
use time::OffsetDateTime;

/// Cards in each list; there are six shelves of single categories with eight cards each. In the statements these numbers
/// stand as they are, so that their plans count on them.
const LIST: usize = 12;

/// The best sellers, for when nothing else can be offered. One query.
pub async fn popular(db: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<ProductCard>, sqlx::Error> {
    let rows = card_query!(
        "select '', row_number() over (order by sold_count desc, id desc), id
         from (select id, sold_count from product where state = 'active'
               order by sold_count desc, id desc limit 12) as best",
        now
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CardRow::card).collect()
}

pub async fn page(db: &mut PgConnection, lang: Lang, now: OffsetDateTime) -> Result<HomePage, sqlx::Error> {
    let categories = category::tree(db, lang).await?;
    let rows = sqlx::query!(
        r#"(select 'trending' as "list!", null::uuid as category, product_id as "id!", rank::bigint as "place!"
            from product_trending order by rank limit 12)
           union all
           (select 'popular', null, id, row_number() over (order by sold_count desc, id desc)
            from product where state = 'active' order by sold_count desc, id desc limit 12)
           union all
           (select 'deals', null, id, row_number() over (order by discount_percent desc, id desc)
            from product where state = 'active' and discount_percent is not null
            order by discount_percent desc, id desc limit 12)
           union all
           (select 'newest', null, id, row_number() over (order by published_at desc, id desc)
            from product where state = 'active' order by published_at desc, id desc limit 12)
           union all
           (select 'shelf', busy.id, best.id, row_number() over (order by busy.product_count desc, busy.slug, best.sold_count desc, best.id desc)
            from (select category.id, category.slug, category.product_count from category
                  where product_count > 0 and not exists (select from category as child where child.parent_id = category.id)
                  order by product_count desc, slug limit 6) as busy
            cross join lateral (
              select product.id, product.sold_count from product
              where product.category_id = busy.id and product.state = 'active'
              order by product.sold_count desc, product.id desc limit 8) as best)"#
    )
    .fetch_all(&mut *db)
    .await?;

    let ids: HashSet<ProductId> = rows.iter().map(|row| row.id.into()).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let cards: HashMap<ProductId, ProductCard> =
        cards(db, &ids, now).await?.into_iter().map(|card| (card.id, card)).collect();

    let mut lists: HashMap<String, Vec<ProductCard>> = HashMap::new();
    let mut shelves: Vec<(Uuid, Vec<ProductCard>)> = vec![];
    let mut rows = rows;
    rows.sort_by(|a, b| a.list.cmp(&b.list).then(a.place.cmp(&b.place)));
    for row in rows {
        let Some(card) = cards.get(&row.id.into()).cloned() else { continue };
        match row.category {
            None => lists.entry(row.list).or_default().push(card),
            Some(category) => match shelves.last_mut() {
                Some((last, shelf)) if *last == category => shelf.push(card),
                _ => shelves.push((category, vec![card])),
            },
        }
    }
    let mut take = |list: &str| lists.remove(list).unwrap_or_default();
    let mut deals = take("deals");
    // Prices that hold for a time may take off more than those they were found by.
    deals.sort_by_key(|card| Reverse(card.discount_percent));
    // Where few have looked yet, the best sellers fill the list up.
    let mut trending = take("trending");
    for card in take("popular") {
        if trending.len() < LIST && !trending.iter().any(|there| there.id == card.id) {
            trending.push(card);
        }
    }
    let shelves = shelves.into_iter().filter_map(|(category, products)| {
        let category = category::link(find(&categories, category)?);
        Some(Shelf { category, products })
    });
    let shelves = shelves.collect();
    // Which sale is on is a matter of time: `flash::current` says it.
    Ok(HomePage { trending, deals, newest: take("newest"), shelves, categories, flash: None })
}

fn find(nodes: &[CategoryNode], id: Uuid) -> Option<&CategoryNode> {
    nodes.iter().find_map(|node| if node.id.uuid() == id { Some(node) } else { find(&node.children, id) })
}
