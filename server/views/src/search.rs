//! Result pages: the index finds and counts, the database shows. Two queries beside the index: the category tree with
//! the attributes' names, and the cards. Where nothing fits a third offers best sellers.

use crate::{
    ViewError,
    cards::cards,
    category, home,
    labels::{self, Labels},
    listing,
};
use inquiry::{Log, Wording};
use kernel::Cx;
use model::{
    Lang,
    ids::{CategoryId, ProductId},
    views::{
        CategoryLink, CategoryNode, Condition, Facet, FacetValue, Filter, ListingSort, SearchPage,
        SearchParams, SearchSort, Suggested as Offer, Suggestions, Tier,
    },
};
use search::{
    AttributeFilter, Count, Cursor, Engine, Facets, Filters, PriceRange, Query, Relaxed, Sort, Start,
    Suggested, Wanted,
};
use sqlx::PgConnection;
use std::{collections::HashMap, sync::Arc, time::Instant};
use time::OffsetDateTime;

/// Cards on a page of results.
pub const PAGE: usize = 24;
/// The largest amount the index keeps; a range that ends there is open.
const OPEN_END: u64 = (1 << 48) - 1;
/// Most values shown of a facet.
const VALUES: usize = 30;
/// Popular queries offered where nothing was found.
const POPULAR: usize = 8;
/// Longest text that is completed while typing, in characters.
const TYPED: usize = 80;

/// What fits `params`. While the index is being built for the first time, goods are listed without it.
pub async fn page(cx: &Cx, params: &SearchParams, limit: usize) -> Result<SearchPage, ViewError> {
    let started = Instant::now();
    let mut db = cx.db().acquire().await?;
    let lang = cx.lang();
    let (tree, labels) = labels::with_tree(&mut db, lang).await?;
    let path = params.category.as_ref().map(|slug| way(&tree, slug.as_str())).unwrap_or_default();
    let engine = cx.part::<Engine>().filter(|engine| engine.products() > 0);
    let Some(engine) = engine else { return listed(&mut db, params, &tree, path, limit, cx.now()).await };
    let query = query(params, lang, limit)?;
    let (found, popular) = in_engine(engine, move |engine| {
        let found = engine.search(&query)?;
        let popular = if found.hits.is_empty() { engine.popular(POPULAR) } else { Vec::new() };
        Ok((found, popular))
    })
    .await?;
    let ids: Vec<ProductId> = found.hits.iter().map(|hit| hit.product.into()).collect();
    let items = cards(&mut db, &ids, cx.now()).await?;
    // Rare enough to be worth its own query.
    let instead = if items.is_empty() { home::popular(&mut db, cx.now()).await? } else { Vec::new() };
    note(cx, params, found.matching, started);
    let related: Vec<ProductId> =
        found.hits.iter().filter(|hit| hit.related).map(|hit| hit.product.into()).collect();
    let related_from = items.iter().position(|item| related.contains(&item.id));
    Ok(SearchPage {
        related_from: related_from.and_then(|at| u32::try_from(at).ok()),
        items,
        next: found.next.map(|cursor| cursor.to_string()),
        total: found.total as u64,
        matching: found.matching as u64,
        approximate: found.estimated,
        facets: found.facets.as_ref().map(|f| facets(f, params, &tree, &labels)).unwrap_or_default(),
        did_you_mean: found.did_you_mean.clone(),
        relaxed: found.relaxed != Relaxed::No,
        path,
        instead,
        popular,
    })
}

/// Counts a search, once however many pages of it are looked at, and without what tells who made it.
fn note(cx: &Cx, params: &SearchParams, matching: usize, started: Instant) {
    if params.after.is_some() {
        return;
    }
    let (Some(log), Some(text)) = (cx.part::<Log>(), Wording::parse(&params.q)) else { return };
    let mut filters: Vec<&str> = params.filters().iter().map(Filter::kind).collect();
    filters.extend(params.shop.as_ref().map(|_| "shop"));
    filters.dedup();
    let number = |n: u128| u32::try_from(n).unwrap_or(u32::MAX);
    let took = number(started.elapsed().as_millis());
    log.note(inquiry::Search::new(text, cx.lang(), filters, number(matching as u128), took));
}

pub const fn index_lang(lang: Lang) -> search::Lang {
    match lang {
        Lang::Id => search::Lang::Indonesian,
        Lang::En => search::Lang::English,
    }
}

/// What to offer while `typed` is being typed. At most ten of everything together.
pub async fn suggest(cx: &Cx, typed: &str) -> Result<Suggestions, ViewError> {
    let typed: String = typed.trim().chars().take(TYPED).collect();
    let engine = cx.part::<Engine>().filter(|_| !typed.is_empty());
    let Some(engine) = engine else { return Ok(Suggestions::default()) };
    let lang = index_lang(cx.lang());
    let found = in_engine(engine, move |engine| engine.suggest(&typed, lang, 10)).await?;
    let mut db = cx.db().acquire().await?;
    let mut out = Suggestions::default();
    let mut products = Vec::new();
    let mut tree = None;
    for suggestion in found {
        match suggestion.kind {
            Suggested::Query => out.queries.push(suggestion.text),
            Suggested::Shop(slug) => {
                out.shops.extend(slug.parse().ok().map(|slug| Offer { slug, name: suggestion.text }));
            }
            Suggested::Product(id) => products.push(ProductId::from(id)),
            Suggested::Category(path) => {
                if tree.is_none() {
                    tree = Some(category::tree(&mut db, cx.lang()).await?);
                }
                let leaf = path.rsplit('/').next().unwrap_or_default();
                out.categories.extend(tree.as_deref().and_then(|tree| way(tree, leaf).pop()));
            }
        }
    }
    if !products.is_empty() {
        let cards = cards(&mut db, &products, cx.now()).await?;
        out.products = cards.into_iter().map(|card| Offer { slug: card.slug, name: card.name }).collect();
    }
    Ok(out)
}

/// What is like a product, by the index; empty while there is none.
pub async fn similar(cx: &Cx, product: ProductId, count: usize) -> Result<Vec<ProductId>, ViewError> {
    let Some(engine) = cx.part::<Engine>() else { return Ok(Vec::new()) };
    let found = in_engine(engine, move |engine| engine.similar(product.uuid(), count)).await?;
    Ok(found.into_iter().map(ProductId::from).collect())
}

/// Searching takes milliseconds of a processor, which is too long for the threads that answer requests.
pub(crate) async fn in_engine<T: Send + 'static>(
    engine: Arc<Engine>,
    work: impl FnOnce(&Engine) -> Result<T, search::IndexError> + Send + 'static,
) -> Result<T, ViewError> {
    match tokio::task::spawn_blocking(move || work(&engine)).await {
        Ok(result) => result.map_err(|error| ViewError::Index(error.to_string())),
        Err(error) => Err(ViewError::Index(error.to_string())),
    }
}

pub(crate) fn query(params: &SearchParams, lang: Lang, limit: usize) -> Result<Query, ViewError> {
    let amount = |n: i64| u64::try_from(n).unwrap_or_default().min(OPEN_END);
    let price = (params.min.is_some() || params.max.is_some())
        .then(|| PriceRange { from: params.min.map_or(0, amount), to: params.max.map_or(OPEN_END, amount) });
    let mut attributes: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in &params.attributes {
        match attributes.iter_mut().find(|(k, _)| k == key) {
            Some((_, values)) => values.push(value.clone()),
            None => attributes.push((key.clone(), vec![value.clone()])),
        }
    }
    let start = match &params.after {
        None => Start::Offset(0),
        Some(cursor) => Start::After(Cursor::parse(cursor).map_err(|_| ViewError::Cursor)?),
    };
    Ok(Query {
        text: params.q.clone(),
        lang: index_lang(lang),
        filters: Filters {
            categories: params.category.iter().map(ToString::to_string).collect(),
            price,
            cities: params.cities.clone(),
            min_rating: params.rating.map(|stars| u16::from(stars) * 100),
            conditions: params.condition.iter().map(|c| index_condition(*c)).collect(),
            tiers: params.tier.iter().map(|t| index_tier(*t)).collect(),
            free_shipping: params.free_shipping,
            brands: params.brands.clone(),
            attributes: attributes
                .into_iter()
                .map(|(key, values)| AttributeFilter { key, wanted: Wanted::AnyOf(values) })
                .collect(),
            shop: params.shop.as_ref().map(ToString::to_string),
            in_stock: false,
        },
        sort: match params.sort {
            SearchSort::Relevance => Sort::Relevance,
            SearchSort::Newest => Sort::Newest,
            SearchSort::PriceUp => Sort::PriceAscending,
            SearchSort::PriceDown => Sort::PriceDescending,
            SearchSort::Rating => Sort::Rating,
            SearchSort::Sold => Sort::Sales,
        },
        start,
        limit: limit.min(search::MAX_LIMIT),
        facets: true,
        explain: false,
    })
}

const fn index_condition(condition: Condition) -> search::Condition {
    match condition {
        Condition::New => search::Condition::New,
        Condition::Used => search::Condition::Used,
    }
}

const fn index_tier(tier: Tier) -> u8 {
    match tier {
        Tier::Regular => 0,
        Tier::Power => 1,
        Tier::Official => 2,
    }
}

/// From the root to the category of this slug; empty where there is none.
fn way(tree: &[CategoryNode], slug: &str) -> Vec<CategoryLink> {
    for node in tree {
        if node.slug.as_str() == slug {
            return vec![category::link(node)];
        }
        let mut below = way(&node.children, slug);
        if !below.is_empty() {
            below.insert(0, category::link(node));
            return below;
        }
    }
    Vec::new()
}

fn facets(found: &Facets, params: &SearchParams, tree: &[CategoryNode], labels: &Labels) -> Vec<Facet> {
    let plain =
        |filter: Filter, count: usize| FacetValue { filter, label: None, count: count as u64, depth: 0 };
    let several = |counts: &[Count], filter: fn(String) -> Filter| {
        counts.iter().take(VALUES).map(|c| plain(filter(c.value.clone()), c.count)).collect::<Vec<_>>()
    };
    let facet = |key: &str, values: Vec<FacetValue>| Facet { key: key.to_owned(), label: None, values };
    let price = |range: PriceRange| Filter::Price {
        min: i64::try_from(range.from).ok().filter(|n| *n > 0),
        max: (range.to < OPEN_END).then(|| i64::try_from(range.to).ok()).flatten(),
    };
    let stars = |x100: u16| {
        x100.is_multiple_of(100)
            .then_some(x100 / 100)
            .and_then(|n| u8::try_from(n).ok())
            .filter(|n| (1..=4).contains(n))
    };
    let mut out = vec![
        facet("category", categories(&found.categories, params, tree)),
        facet("price", found.prices.iter().map(|p| plain(price(p.range), p.count)).collect()),
        facet(
            "rating",
            found.ratings.iter().filter_map(|(x, n)| Some(plain(Filter::Rating(stars(*x)?), *n))).collect(),
        ),
        facet("city", several(&found.cities, Filter::City)),
        facet("brand", several(&found.brands, Filter::Brand)),
        facet(
            "tier",
            Tier::ALL
                .iter()
                .filter_map(|tier| {
                    let (_, n) = found.tiers.iter().find(|(t, _)| *t == index_tier(*tier))?;
                    Some(plain(Filter::Tier(*tier), *n))
                })
                .collect(),
        ),
        facet(
            "condition",
            Condition::ALL
                .iter()
                .filter_map(|c| {
                    let (_, n) = found.conditions.iter().find(|(have, _)| *have == index_condition(*c))?;
                    Some(plain(Filter::Condition(*c), *n))
                })
                .collect(),
        ),
    ];
    if found.free_shipping > 0 || params.free_shipping {
        out.push(facet("free_shipping", vec![plain(Filter::FreeShipping, found.free_shipping)]));
    }
    for attribute in &found.attributes {
        let key = &attribute.key;
        let values = attribute.values.iter().take(VALUES).map(|c| FacetValue {
            filter: Filter::Attribute(key.clone(), c.value.clone()),
            label: labels.choices.get(&(key.clone(), c.value.clone())).cloned(),
            count: c.count as u64,
            depth: 0,
        });
        out.push(Facet {
            key: format!("a.{key}"),
            label: labels.attributes.get(key).cloned(),
            values: values.collect(),
        });
    }
    for facet in &mut out {
        facet.values.retain(|v| v.count > 0 || params.has(&v.filter));
    }
    // A facet with one choice that is not chosen narrows nothing; the price keeps its form.
    out.retain(|f| {
        f.key == "price"
            || f.values.len() > 1
            || f.values.iter().any(|v| params.has(&v.filter))
            || f.key == "free_shipping"
    });
    out
}

/// The roots, and beneath the chosen category's ancestors and itself their children.
fn categories(counts: &[Count], params: &SearchParams, tree: &[CategoryNode]) -> Vec<FacetValue> {
    let counts: HashMap<&str, usize> =
        counts.iter().map(|c| (c.value.rsplit('/').next().unwrap_or_default(), c.count)).collect();
    let chosen = params.category.as_ref().map(|slug| way(tree, slug.as_str())).unwrap_or_default();
    let mut out = Vec::new();
    level(tree, 0, &counts, &chosen, &mut out);
    out
}

fn level(
    nodes: &[CategoryNode],
    depth: u8,
    counts: &HashMap<&str, usize>,
    chosen: &[CategoryLink],
    out: &mut Vec<FacetValue>,
) {
    let mut nodes: Vec<_> = nodes.iter().filter_map(|n| Some((n, *counts.get(n.slug.as_str())?))).collect();
    nodes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let only = nodes.len() == 1 && depth == 0;
    for (node, count) in nodes {
        let filter = Filter::Category(node.slug.clone());
        out.push(FacetValue { filter, label: Some(node.name.clone()), count: count as u64, depth });
        if only || chosen.iter().any(|link| link.id == node.id) {
            level(&node.children, depth + 1, counts, chosen, out);
        }
    }
}

/// A category and all below it; empty where there is no such category.
fn beneath(tree: &[CategoryNode], id: CategoryId) -> Vec<CategoryId> {
    fn gather(nodes: &[CategoryNode], wanted: CategoryId, within: bool, out: &mut Vec<CategoryId>) {
        for node in nodes {
            let within = within || node.id == wanted;
            if within {
                out.push(node.id);
            }
            gather(&node.children, wanted, within, out);
        }
    }
    let mut out = Vec::new();
    gather(tree, id, false, &mut out);
    out
}

/// Goods by the database alone: filters other than category are not looked at, and it says so.
async fn listed(
    db: &mut PgConnection,
    params: &SearchParams,
    tree: &[CategoryNode],
    path: Vec<CategoryLink>,
    limit: usize,
    now: OffsetDateTime,
) -> Result<SearchPage, ViewError> {
    let leaves = path.last().map(|link| beneath(tree, link.id)).unwrap_or_default();
    let (ids, next) = if leaves.is_empty() {
        (Vec::new(), None)
    } else {
        let limit = u16::try_from(limit).unwrap_or(u16::MAX);
        listing::ids(
            db,
            listing::Scope::Categories(&leaves),
            ListingSort::Popular,
            params.after.as_deref(),
            limit,
        )
        .await?
    };
    let items = if ids.is_empty() { home::popular(db, now).await? } else { cards(db, &ids, now).await? };
    Ok(SearchPage {
        total: items.len() as u64,
        matching: 0,
        related_from: (!items.is_empty()).then_some(0),
        approximate: false,
        items,
        next,
        facets: Vec::new(),
        did_you_mean: None,
        relaxed: true,
        path,
        instead: Vec::new(),
        popular: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_reaches_the_index() {
        let params = SearchParams::from_pairs([
            ("q", "tas"),
            ("min", "1000"),
            ("rating", "4"),
            ("tier", "official"),
            ("a.size", "42"),
            ("a.size", "43"),
            ("a.colour", "red"),
        ]);
        let query = query(&params, Lang::Id, 500).unwrap();
        assert_eq!(query.limit, search::MAX_LIMIT);
        assert_eq!(query.filters.price, Some(PriceRange { from: 1000, to: OPEN_END }));
        assert_eq!((query.filters.min_rating, query.filters.tiers), (Some(400), vec![2]));
        assert_eq!(query.filters.attributes.len(), 2);
        assert_eq!(query.filters.attributes[0].wanted, Wanted::AnyOf(vec!["42".into(), "43".into()]));
    }

    #[test]
    fn a_cursor_of_someone_else_is_refused() {
        let params = SearchParams { after: Some("zzz".into()), ..SearchParams::default() };
        assert!(matches!(query(&params, Lang::Id, 24), Err(ViewError::Cursor)));
    }
}
