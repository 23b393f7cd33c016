//! Beginning a product: with a name and a category, or as another one.

use super::{AtShop, EditError, invalid, keeping};
use catalog::{
    ProductName, art,
    store::{NewDraft, copy_draft, edit::takes_goods, find_own_name, get_category_slug, insert_draft},
};
use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    FieldError, Slug,
    ids::{CategoryId, ProductId, Uuid},
    shop::most,
    typed::required_line,
};
use serde::Serialize;

/// Begins a draft. Under a key, asking again answers with the one made the first time.
pub async fn begin(
    cx: &Cx,
    at: &AtShop,
    name: &str,
    category: &str,
    key: Option<&Key>,
) -> Result<ProductId, EditError> {
    let shop = keeping(at)?;
    let id = cx.id::<ProductId>();
    let line = required_line(name, most::NAME_LEAST, most::NAME).map_err(|error| invalid("name", error))?;
    let named = ProductName::try_from(line.as_str()).map_err(|_| invalid("name", FieldError::Malformed))?;
    let no_category = || invalid("category", FieldError::Required);
    let category: CategoryId = category.parse().map_err(|_| no_category())?;
    let mut tx = cx.begin().await?;
    if !takes_goods(&mut tx, category, None).await? {
        return Err(no_category());
    }
    let body = (shop, named.as_str(), category);
    if let Some(made) = claim(&mut tx, cx, at, ("product.begin", key), &body, id).await? {
        return Ok(made);
    }
    let branch = get_category_slug(&mut tx, category).await?;
    let draft = NewDraft {
        id,
        shop,
        category,
        slug: address(named.as_str(), id),
        motif: art::motif_for(&branch, named.as_str()).to_owned(),
        seed: i32::from(id.uuid().as_bytes()[15]),
        name: named,
    };
    insert_draft(&mut tx, &draft, cx.id(), cx.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Begins a draft that says all that another product of the shop says.
pub async fn copy(cx: &Cx, at: &AtShop, from: ProductId, key: Option<&Key>) -> Result<ProductId, EditError> {
    let shop = keeping(at)?;
    let id = cx.id::<ProductId>();
    let mut tx = cx.begin().await?;
    let name = find_own_name(&mut tx, shop, from).await?.ok_or(EditError::NotFound)?;
    if let Some(made) = claim(&mut tx, cx, at, ("product.copy", key), &(shop, from), id).await? {
        return Ok(made);
    }
    let slug = address(&name, id);
    if !copy_draft(&mut tx, (shop, from), (id, &slug), || cx.id::<Uuid>(), cx.now()).await? {
        return Err(EditError::NotFound);
    }
    tx.commit().await?;
    Ok(id)
}

/// What was made under this key before.
async fn claim(
    tx: &mut Tx,
    cx: &Cx,
    at: &AtShop,
    (operation, key): (&'static str, Option<&Key>),
    body: &impl Serialize,
    id: ProductId,
) -> Result<Option<ProductId>, EditError> {
    let Some(key) = key else { return Ok(None) };
    let owner = at.member().account.uuid();
    match idempotency::claim(tx, cx, (owner, operation, key), body, id.uuid()).await? {
        Claim::First => Ok(None),
        Claim::Again(made) => Ok(Some(made.into())),
        Claim::Other => Err(EditError::KeyReused),
    }
}

/// Its name, and letters that follow from its id: nobody else has that.
pub(in crate::seller) fn address(name: &str, id: ProductId) -> Slug {
    let hex = id.uuid().simple().to_string();
    Slug::of(name, "produk").with_suffix(&Slug::of(&hex[hex.len() - 10..], "x"))
}
