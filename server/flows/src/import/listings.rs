//! Bringing in listings.

use super::{
    Counts, ImportError, Kind, Options, Problem, Progress, Report, RowError, attributes,
    bad_rows::BadRows,
    columns::{LISTING, Mapping},
    listing::Listing,
    reading::{Row, Rows, fingerprint},
    taxonomy,
};
use crate::{shops, store, text, totals};
use catalog::{
    Actor, Art, Assortment, Grams, NewProduct, Offer, ProductChanged, QtyRange, Revision, art,
    store::Category,
};
use kernel::{Cx, OffsetDateTime, outbox};
use model::{
    Slug,
    ids::{ProductId, ShopId, Uuid},
};
use region::Cities;
use sqlx::PgConnection;
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

/// Takes over the listings of a file; see the module for what that promises.
pub async fn import_listings(
    cx: &Cx,
    file: &Path,
    options: &Options,
    mut progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let sha256 = fingerprint(file)?;
    let mut rows = Rows::open(file)?;
    let mapping = Mapping::find(&LISTING, rows.header(), options)?;
    let mut known = Known::load(cx).await?;
    let mut report = Report::default();
    let run = if options.dry_run {
        None
    } else {
        let mut db = cx.db().acquire().await?;
        Some(store::open_run(&mut db, cx.id(), Kind::Listings, &options.source, &sha256, cx.now()).await?)
    };
    let done_before = run.map_or(0, |run| run.counts.rows());
    report.counts = run.map_or_else(Counts::default, |run| run.counts);
    report.resumed_after = done_before;
    let mut bad_rows = BadRows::new(options.bad_rows.clone(), rows.header().clone(), done_before > 0);

    let mut behind = done_before;
    loop {
        let batch = rows.next(options.batch.max(1))?;
        if batch.is_empty() {
            break;
        }
        let mut listings = Vec::with_capacity(batch.len());
        for row in batch {
            let parsed = known.parse(&row, &mapping);
            if behind > 0 {
                behind -= 1;
                continue;
            }
            match parsed {
                Ok(listing) => listings.push((row.line, listing)),
                Err(error) => {
                    bad_rows.write(&error, &row.record)?;
                    report.counts.bad += 1;
                    if report.bad.len() < Report::SAMPLE {
                        report.bad.push(error);
                    }
                }
            }
        }
        bad_rows.flush()?;
        let batch = Batch { cx, options, listings, now: cx.now() };
        if let Some(run) = run {
            batch.take_over(&mut known, run.id, &mut report).await?;
        } else {
            let mut db = cx.db().acquire().await?;
            batch.compare(&mut db, &mut report).await?;
        }
        progress(Progress { bytes_read: rows.bytes_read(), bytes: rows.bytes, counts: report.counts });
    }

    if let Some(run) = run {
        let mut tx = cx.begin().await?;
        // Once at the end, and of the whole source: an interrupted run left no list of the shops it touched.
        let shops = store::list_shops(&mut tx, &options.source).await?;
        totals::refresh(&mut tx, cx, &shops).await?;
        catalog::store::recount_categories(&mut tx).await?;
        store::save_run(&mut tx, run.id, &report.counts, true, cx.now()).await?;
        tx.commit().await?;
    }
    tracing::info!(
        rows = report.counts.rows(),
        new = report.counts.new,
        changed = report.counts.changed,
        bad = report.counts.bad,
        dry_run = options.dry_run,
        "Listings of {} were read",
        options.source
    );
    Ok(report)
}

/// What rows are checked against.
struct Known {
    categories: Vec<Arc<Category>>,
    cities: Cities,
    /// Hashes of the keys met in this file so far.
    keys: HashSet<u64>,
    /// Slug to id of the shops met so far.
    shops: HashMap<String, ShopId>,
    attributes: attributes::Derive,
}

impl Known {
    async fn load(cx: &Cx) -> Result<Self, ImportError> {
        // Even a dry run may bring the regions in: they belong to the product, not to the file.
        let mut tx = cx.begin().await?;
        region::load(&mut tx).await?;
        let categories = catalog::store::list_categories(&mut tx).await?;
        let attributes = catalog::store::list_attributes(&mut tx).await?;
        let cities = Cities::all(&mut tx).await?;
        tx.commit().await?;
        let attributes = attributes::Derive::new(&categories, &attributes);
        let categories = categories.into_iter().map(Arc::new).collect();
        Ok(Self { categories, cities, keys: HashSet::new(), shops: HashMap::new(), attributes })
    }

    fn parse(&mut self, row: &Row, mapping: &Mapping<8>) -> Result<Listing, RowError> {
        row.sound.clone()?;
        let listing = Listing::parse(row.line, &row.record, mapping, &self.categories, &self.cities)?;
        if self.keys.insert(text::hash(&[&listing.key])) {
            Ok(listing)
        } else {
            let problem = Problem::Repeated(listing.key);
            Err(RowError { line: row.line, column: mapping.name(0).to_owned(), problem })
        }
    }
}

/// Sound listings of one batch, with their lines.
struct Batch<'a> {
    cx: &'a Cx,
    options: &'a Options,
    listings: Vec<(u64, Listing)>,
    now: OffsetDateTime,
}

/// Listings of a batch by what becomes of them.
struct Sorted<'b> {
    new: Vec<&'b Listing>,
    changed: Vec<(ProductId, &'b Listing)>,
}

impl Batch<'_> {
    /// Tells new, changed and same apart, and counts them.
    async fn compare(&self, db: &mut PgConnection, report: &mut Report) -> Result<Sorted<'_>, ImportError> {
        let keys: Vec<String> = self.listings.iter().map(|(_, l)| l.key.clone()).collect();
        let known = store::find_listings(db, &self.options.source, &keys).await?;
        let mut sorted = Sorted { new: vec![], changed: vec![] };
        for (line, listing) in &self.listings {
            match known.get(&listing.key) {
                None => {
                    report.counts.new += 1;
                    Report::note(&mut report.new, *line, &listing.key, listing.name.as_str());
                    sorted.new.push(listing);
                }
                Some((_, fingerprint)) if *fingerprint == listing.fingerprint => report.counts.same += 1,
                Some((product, _)) => {
                    report.counts.changed += 1;
                    Report::note(&mut report.changed, *line, &listing.key, listing.name.as_str());
                    sorted.changed.push((*product, listing));
                }
            }
        }
        Ok(sorted)
    }

    /// Writes what is new or changed, and how far the run has come, in one transaction.
    async fn take_over(&self, known: &mut Known, run: Uuid, report: &mut Report) -> Result<(), ImportError> {
        let mut tx = self.cx.begin().await?;
        let sorted = self.compare(&mut tx, report).await?;
        self.open_shops(&mut tx, known, &sorted).await?;
        let new = sorted.new.iter().map(|listing| self.product(listing, known));
        let new: Vec<NewProduct> = new.collect::<Result<_, _>>()?;
        let revisions =
            sorted.changed.iter().map(|(product, listing)| self.revision(*product, listing, known));
        let revisions: Vec<Revision> = revisions.collect::<Result<_, _>>()?;

        if !revisions.is_empty() {
            let products: Vec<ProductId> = revisions.iter().map(|r| r.product).collect();
            // Shops that lose a product here may have no other of this source: nobody would count them later.
            let before = catalog::store::list_shops_of(&mut tx, &products).await?;
            catalog::store::revise_many(&mut tx, &revisions, self.now).await?;
            totals::refresh(&mut tx, self.cx, &before).await?;
        }
        if !new.is_empty() {
            catalog::store::insert_many(&mut tx, &new, Actor::Import, || self.cx.ids().uuid(), self.now)
                .await?;
        }
        let taken = sorted.new.iter().zip(&new).map(|(l, p)| (l.key.clone(), p.id, l.fingerprint.clone()));
        let taken =
            taken.chain(sorted.changed.iter().map(|(p, l)| (l.key.clone(), *p, l.fingerprint.clone())));
        let taken: Vec<_> = taken.collect();
        if !taken.is_empty() {
            store::put_listings(&mut tx, &self.options.source, &taken).await?;
        }
        for (_, product, _) in &taken {
            outbox::publish(&mut tx, self.cx, &ProductChanged { product: *product }).await?;
        }
        store::save_run(&mut tx, run, &report.counts, false, self.now).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn open_shops(
        &self,
        db: &mut PgConnection,
        known: &mut Known,
        sorted: &Sorted<'_>,
    ) -> Result<(), ImportError> {
        let mut missing = HashMap::new();
        for listing in sorted.new.iter().chain(sorted.changed.iter().map(|(_, listing)| listing)) {
            let slug = shops::slug_for(&listing.category.slug, &listing.city).to_string();
            if !known.shops.contains_key(&slug) && !missing.contains_key(&slug) {
                let (category, city) = (&listing.category.slug, &listing.city);
                missing.insert(
                    slug,
                    shops::shop_for(self.cx.id(), category, city, &listing.city_code, self.now)?,
                );
            }
        }
        if !missing.is_empty() {
            let shops: Vec<_> = missing.into_values().collect();
            known.shops.extend(shop::store::insert_missing(db, &shops, self.now).await?);
        }
        Ok(())
    }

    fn product(&self, listing: &Listing, known: &Known) -> Result<NewProduct, ImportError> {
        let name = listing.name.as_str();
        let h = text::hash(&[&self.options.source, &listing.key]);
        let sku = listing.key.clone();
        let on_hand = u16::try_from(20 + text::below(h, 480)).unwrap_or(100);
        Ok(NewProduct {
            id: self.cx.id(),
            shop: shop_of(listing, known)?,
            category: listing.category.id,
            slug: slug_of(listing),
            name: listing.name.clone(),
            description: String::new(),
            brand: attributes::brand(name).map(str::to_owned),
            condition: attributes::condition(name),
            qty: QtyRange::ANY,
            weight: Grams::try_from(taxonomy::usual_weight(&listing.category.slug))?,
            dimensions: None,
            preorder_days: None,
            video_url: None,
            free_shipping: attributes::free_shipping(name),
            // The source does not say how many there are; enough to sell, and not the same everywhere.
            assortment: Assortment::single(self.cx.id(), sku, Offer::new(listing.price, None)?, on_hand),
            attributes: known.attributes.of(&listing.category, name),
            totals: listing.totals,
            art: self.art(listing),
            published_at: self.now,
        })
    }

    fn revision(
        &self,
        product: ProductId,
        listing: &Listing,
        known: &Known,
    ) -> Result<Revision, ImportError> {
        let name = listing.name.as_str();
        Ok(Revision {
            product,
            shop: shop_of(listing, known)?,
            category: listing.category.id,
            slug: slug_of(listing),
            name: listing.name.clone(),
            brand: attributes::brand(name).map(str::to_owned),
            condition: attributes::condition(name),
            price: listing.price,
            attributes: known.attributes.of(&listing.category, name),
            totals: listing.totals,
            art: self.art(listing),
        })
    }

    fn art(&self, listing: &Listing) -> Art {
        let motif = art::motif_for(&listing.category.slug, listing.name.as_str());
        let seed = text::hash(&["art", &self.options.source, &listing.key]) % 1_000_000;
        Art { motif: motif.to_owned(), seed: i32::try_from(seed).unwrap_or_default() }
    }
}

fn shop_of(listing: &Listing, known: &Known) -> Result<ShopId, ImportError> {
    let slug = shops::slug_for(&listing.category.slug, &listing.city);
    known.shops.get(slug.as_str()).copied().ok_or(ImportError::Database(sqlx::Error::RowNotFound))
}

/// The name, made unique by the source's key; the same listing has the same address in every market.
fn slug_of(listing: &Listing) -> Slug {
    Slug::of(listing.name.as_str(), "produk").with_suffix(&Slug::of(&listing.key, "x"))
}
