//! Saying what is to change, which shows what would become of each row.

use super::{
    BulkError, change,
    judge::Verdict,
    keeping, may,
    run::present,
    store::{self, Marked},
};
use crate::seller::AtShop;
use catalog::store::edit::takes_goods;
use kernel::Cx;
use model::{
    FieldError,
    ids::GoodsEditId,
    shop::{BulkCounts, BulkFate, BulkInput, together},
    typed::Problems,
};

/// Said again, it is planned anew. Nothing of the shop changes by it.
pub async fn plan(cx: &Cx, at: &AtShop, id: GoodsEditId, input: &BulkInput) -> Result<(), BulkError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let run = store::lock(&mut tx, id).await?.filter(|run| run.shop == shop).ok_or(BulkError::NotFound)?;
    if !run.state.is_open() {
        return Err(BulkError::Forbidden);
    }
    let own = inventory::store::list_warehouses(&mut tx, shop).await?;
    let change = change::parse(input, &own).map_err(BulkError::Invalid)?;
    may(at, change.kind)?;
    if let Some(category) = change.category
        && !takes_goods(&mut tx, category, None).await?
    {
        let mut problems = Problems::default();
        problems.note("category", FieldError::NotAllowed);
        return Err(BulkError::Invalid(problems));
    }
    let most = i64::from(together::MOST);
    let rows = store::enumerate(&mut tx, &run, change.kind.is_of_variants(), most + 1).await?;
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > most {
        return Err(BulkError::TooMany);
    }
    let now = present(&mut tx, shop, &change, &rows).await?;
    let mut counts = BulkCounts::default();
    let judged = rows.iter().map(|about| {
        let (fate, of) = match now.judge(&change, about) {
            Verdict::To { before, after } => {
                counts.waiting += 1;
                (BulkFate::Waiting, Marked { before: Some(before), after: Some(after), ..Marked::of(about) })
            }
            Verdict::Same => {
                counts.same += 1;
                (BulkFate::Same, Marked::of(about))
            }
            Verdict::Left(problem, before) => {
                counts.left += 1;
                (BulkFate::Left, Marked { problem: Some(problem), before, ..Marked::of(about) })
            }
        };
        Marked { fate, ..of }
    });
    let judged: Vec<Marked> = judged.collect();
    store::put_plan(&mut tx, &run, &change, &judged, counts, cx.now()).await?;
    Ok(tx.commit().await?)
}
