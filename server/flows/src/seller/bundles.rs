//! Variants made of others, by the people of a shop. What a bundle has in stock follows from what it consists of.

use super::AtShop;
use access::audit::{Entry, Subject, record};
use inventory::{SetBundleError, store};
use kernel::Cx;
use model::{
    AppError, FieldError, Page, Permission, Qty,
    audit::Action,
    ids::{ShopId, VariantId},
    shop::{Bundle, limits},
    typed::Problems,
    views::sales::SaleGood,
};
use serde_json::{Value, json};
use views::ViewError;

#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such goods")]
    NotFound,
    #[error("what was typed is not right: {0:?}")]
    Parts(FieldError),
    #[error(transparent)]
    View(#[from] ViewError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<BundleError> for AppError {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::NotFound => Self::not_found(),
            BundleError::Parts(error) => {
                let mut problems = Problems::default();
                problems.note("parts", error);
                problems.into()
            }
            BundleError::View(error) => error.into(),
            BundleError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<SetBundleError> for BundleError {
    fn from(error: SetBundleError) -> Self {
        match error {
            SetBundleError::Unknown | SetBundleError::Nested => Self::Parts(FieldError::NotAllowed),
            SetBundleError::Quantity => Self::Parts(FieldError::OutOfRange),
            SetBundleError::Database(error) => Self::Database(error),
        }
    }
}

fn promoting(at: &AtShop) -> Result<ShopId, BundleError> {
    if at.permissions().has(Permission::Promotions) { Ok(at.shop()) } else { Err(BundleError::NotFound) }
}

/// The shop's bundles, part by part.
pub async fn list(
    cx: &Cx,
    at: &AtShop,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<Bundle>, BundleError> {
    let shop = promoting(at)?;
    Ok(views::bundles::list(&mut *cx.db().acquire().await?, shop, after, limit).await?)
}

/// One of the shop's variants, whether it is a bundle yet or not.
pub async fn find(cx: &Cx, at: &AtShop, variant: VariantId) -> Result<Bundle, BundleError> {
    let shop = promoting(at)?;
    let found = views::bundles::find(&mut *cx.db().acquire().await?, shop, variant).await?;
    found.ok_or(BundleError::NotFound)
}

/// What the shop sells that has `q` in its name or SKU.
pub async fn find_goods(cx: &Cx, at: &AtShop, q: &str) -> Result<Vec<SaleGood>, BundleError> {
    let shop = promoting(at)?;
    Ok(views::sales::find_goods(&mut *cx.db().acquire().await?, None, shop, q, cx.now()).await?)
}

/// Says what a variant consists of; of nothing, it has stock of its own again.
pub async fn set(cx: &Cx, at: &AtShop, variant: VariantId, typed: &str) -> Result<(), BundleError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let before = views::bundles::find(&mut tx, shop, variant).await?.ok_or(BundleError::NotFound)?;
    let (skus, quantities): (Vec<String>, Vec<Qty>) =
        read(typed).map_err(BundleError::Parts)?.into_iter().unzip();
    let found = views::bundles::variants_of(&mut tx, shop, &skus).await?;
    let found: Option<Vec<VariantId>> = found.into_iter().collect();
    let found = found.ok_or(BundleError::Parts(FieldError::NotAllowed))?;
    let parts: Vec<(VariantId, Qty)> = found.into_iter().zip(quantities).collect();
    store::set_bundle(&mut tx, variant, &parts).await?;
    crate::stock::changed(cx, &mut tx, &[variant]).await?;
    let after = views::bundles::find(&mut tx, shop, variant).await?.ok_or(BundleError::NotFound)?;
    let entry = Entry::of(Action::BundleChanged, Subject::Shop(shop));
    record(&mut tx, cx, &entry.before(facts(&before)).after(facts(&after))).await?;
    Ok(tx.commit().await?)
}

/// A line for each part: its SKU, which may have spaces in it, and how many.
fn read(typed: &str) -> Result<Vec<(String, Qty)>, FieldError> {
    let mut parts = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (sku, quantity) = line.rsplit_once(char::is_whitespace).ok_or(FieldError::Malformed)?;
        let quantity: i32 = quantity.parse().map_err(|_| FieldError::Malformed)?;
        let quantity = Qty::try_from(quantity).map_err(|_| FieldError::OutOfRange)?;
        parts.push((sku.trim().to_owned(), quantity));
    }
    if parts.len() > limits::BUNDLE_PARTS { Err(FieldError::TooLong) } else { Ok(parts) }
}

fn facts(bundle: &Bundle) -> Value {
    let parts: Vec<Value> =
        bundle.parts.iter().map(|part| json!({"variant": part.variant, "quantity": part.quantity})).collect();
    json!({"variant": bundle.variant, "parts": parts})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_sku_and_a_number() {
        let parts = read("KOPI 250 2\n\n  GULA-1\t1 \n").unwrap();
        let parts: Vec<(&str, i32)> = parts.iter().map(|(sku, n)| (sku.as_str(), n.get())).collect();
        assert_eq!(parts, [("KOPI 250", 2), ("GULA-1", 1)]);
        assert_eq!(read("  ").unwrap(), []);
        for (typed, error) in [
            ("KOPI", FieldError::Malformed),
            ("KOPI dua", FieldError::Malformed),
            ("KOPI 0", FieldError::OutOfRange),
            ("KOPI -1", FieldError::OutOfRange),
        ] {
            assert_eq!(read(typed).unwrap_err(), error, "{typed}");
        }
        let many = "A 1\n".repeat(limits::BUNDLE_PARTS + 1);
        assert_eq!(read(&many).unwrap_err(), FieldError::TooLong);
    }
}
