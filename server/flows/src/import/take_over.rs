//! Taking over a batch of sound listings: what is new and what has changed goes in, in a handful of statements however
//! many rows the batch has.

use super::{
    Difference, ImportError, Options, Report, addresses::Addresses, attributes, listing::Listing,
    listings::Known, taxonomy,
};
use crate::{shops, store, text, totals};
use catalog::{Actor, Art, Assortment, Grams, NewProduct, Offer, ProductsChanged, QtyRange, Revision, art};
use kernel::{Cx, OffsetDateTime, outbox};
use model::ids::{ProductId, ShopId, Uuid};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Sound listings of one batch, with their lines.
pub struct Batch<'a> {
    pub cx: &'a Cx,
    pub options: &'a Options,
    pub listings: Vec<(u64, Listing)>,
    pub now: OffsetDateTime,
}

/// Listings of a batch by what becomes of them.
pub struct Sorted<'b> {
    pub new: Vec<&'b Listing>,
    pub changed: Vec<(ProductId, &'b Listing)>,
}

impl Batch<'_> {
    /// Tells new, changed and same apart, counts them, and says of the first changed ones what is different.
    pub async fn compare(
        &self,
        db: &mut PgConnection,
        report: &mut Report,
    ) -> Result<Sorted<'_>, ImportError> {
        let keys: Vec<String> = self.listings.iter().map(|(_, l)| l.key.clone()).collect();
        let known = store::find_listings(db, &self.options.source, &keys).await?;
        let mut sorted = Sorted { new: vec![], changed: vec![] };
        let told = report.changed.len();
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
        let telling = &mut report.changed[told..];
        if !telling.is_empty() {
            let products: Vec<ProductId> =
                sorted.changed[..telling.len()].iter().map(|(id, _)| *id).collect();
            let before = store::list_said(db, &products).await?;
            for (sample, (product, listing)) in telling.iter_mut().zip(&sorted.changed) {
                let before = before.get(product).map(Vec::as_slice).unwrap_or_default();
                sample.differences = differences(before, listing);
            }
        }
        Ok(sorted)
    }

    /// Writes what is new or changed, and how far the run has come, in one transaction. `before`: rows the run had
    /// come past until now.
    pub async fn take_over(
        &self,
        known: &mut Known,
        run: Uuid,
        before: u64,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let mut tx = self.cx.begin().await?;
        let sorted = self.compare(&mut tx, report).await?;
        // First of what is written: whoever else is at this file waits here, and is refused afterwards.
        if !store::save_run(&mut tx, run, before, &report.counts, false, self.now).await? {
            return Err(ImportError::Elsewhere);
        }
        self.open_shops(&mut tx, known, &sorted).await?;
        let mut addresses = Addresses::find(&mut tx, &self.options.source, &sorted, &known.shops).await?;
        let new = sorted.new.iter().map(|listing| self.product(listing, known, &mut addresses));
        let new: Vec<NewProduct> = new.collect::<Result<_, _>>()?;
        let revisions = sorted
            .changed
            .iter()
            .map(|(product, listing)| self.revision(*product, listing, known, &mut addresses));
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
            let products: Vec<ProductId> = new.iter().map(|product| product.id).collect();
            inventory::store::open_stock(&mut tx, &products, self.now).await?;
        }
        let taken = sorted.new.iter().zip(&new).map(|(l, p)| (l.key.clone(), p.id, l.fingerprint.clone()));
        let taken =
            taken.chain(sorted.changed.iter().map(|(p, l)| (l.key.clone(), *p, l.fingerprint.clone())));
        let taken: Vec<_> = taken.collect();
        if !taken.is_empty() {
            store::put_listings(&mut tx, &self.options.source, &taken).await?;
        }
        let seen: Vec<ProductId> = taken.iter().map(|(_, product, _)| *product).collect();
        outbox::publish_many(&mut tx, self.cx, ProductsChanged::of(&seen)).await?;
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

    fn product(
        &self,
        listing: &Listing,
        known: &Known,
        addresses: &mut Addresses,
    ) -> Result<NewProduct, ImportError> {
        let name = listing.name.as_str();
        let h = text::hash(&[&self.options.source, &listing.key]);
        let shop = shop_of(listing, &known.shops)?;
        let on_hand = u16::try_from(20 + text::below(h, 480)).unwrap_or(100);
        Ok(NewProduct {
            id: self.cx.id(),
            shop,
            category: listing.category.id,
            slug: addresses.slug(listing, None),
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
            assortment: Assortment::single(
                self.cx.id(),
                addresses.sku(listing, shop),
                Offer::new(listing.price, None)?,
                on_hand,
            ),
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
        addresses: &mut Addresses,
    ) -> Result<Revision, ImportError> {
        let name = listing.name.as_str();
        Ok(Revision {
            product,
            shop: shop_of(listing, &known.shops)?,
            category: listing.category.id,
            slug: addresses.slug(listing, Some(product)),
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

pub fn shop_of(listing: &Listing, shops: &HashMap<String, ShopId>) -> Result<ShopId, ImportError> {
    let slug = shops::slug_for(&listing.category.slug, &listing.city);
    shops.get(slug.as_str()).copied().ok_or(ImportError::Database(sqlx::Error::RowNotFound))
}

/// What the catalogue says otherwise than the row, of what a row can say.
fn differences(before: &[(&'static str, String)], listing: &Listing) -> Vec<Difference> {
    let after = listing.said();
    let changed = before.iter().filter_map(|(column, from)| {
        let (_, to) = after.iter().find(|(of, _)| of == column)?;
        (from != to).then(|| Difference { column, from: from.clone(), to: to.clone() })
    });
    changed.collect()
}
