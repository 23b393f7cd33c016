//! Addresses and stock-keeping units that nobody has yet. Both follow from the listing, so that they are the same in
//! every market; where another source has them already, a few letters that follow from the source tell them apart.

use super::{
    ImportError,
    listing::Listing,
    take_over::{Sorted, shop_of},
};
use crate::text;
use model::{
    Slug,
    ids::{ProductId, ShopId},
};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// Longest part of a key in an altered unit, in characters; with what follows, what the catalogue takes.
const KEY_KEPT: usize = 55;

pub struct Addresses {
    source: String,
    /// Who has a wanted address already.
    owners: HashMap<String, ProductId>,
    /// Wanted units that are taken.
    skus: HashSet<(ShopId, String)>,
    /// Addresses given in this batch.
    given: HashSet<String>,
}

impl Addresses {
    /// Two statements, whatever the size of the batch.
    pub async fn find(
        db: &mut PgConnection,
        source: &str,
        sorted: &Sorted<'_>,
        shops: &HashMap<String, ShopId>,
    ) -> Result<Self, ImportError> {
        let changed = sorted.changed.iter().map(|(_, listing)| listing);
        let slugs: Vec<String> =
            sorted.new.iter().chain(changed).map(|listing| plain(listing).to_string()).collect();
        let wanted = sorted.new.iter().map(|listing| Ok((shop_of(listing, shops)?, listing.key.clone())));
        let wanted: Vec<_> = wanted.collect::<Result<_, ImportError>>()?;
        Ok(Self {
            source: source.to_owned(),
            owners: catalog::store::list_slug_owners(db, &slugs).await?,
            skus: catalog::store::list_taken_skus(db, &wanted).await?,
            given: HashSet::new(),
        })
    }

    /// The name, made unique by the source's key. `own`: the product it is for, where there is one already.
    pub fn slug(&mut self, listing: &Listing, own: Option<ProductId>) -> Slug {
        let mut slug = plain(listing);
        let foreign = self.owners.get(slug.as_str()).is_some_and(|owner| Some(*owner) != own);
        if foreign || self.given.contains(slug.as_str()) {
            slug = slug.with_suffix(&Slug::of(&self.letters(listing), "x"));
        }
        self.given.insert(slug.to_string());
        slug
    }

    pub fn sku(&self, listing: &Listing, shop: ShopId) -> String {
        let key = &listing.key;
        if self.skus.contains(&(shop, key.clone())) {
            let kept: String = key.chars().take(KEY_KEPT).collect();
            format!("{kept}-{}", self.letters(listing))
        } else {
            key.clone()
        }
    }

    fn letters(&self, listing: &Listing) -> String {
        let h = text::hash(&["address", &self.source, &listing.key]);
        format!("{:08x}", h >> 32)
    }
}

fn plain(listing: &Listing) -> Slug {
    Slug::of(listing.name.as_str(), "produk").with_suffix(&Slug::of(&listing.key, "x"))
}
