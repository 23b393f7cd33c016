//! What a shop has to order, as a file.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use flows::seller;
use futures::{StreamExt as _, stream};
use kernel::Cx;
use model::{Permission, shop::ReorderRow};
use web::{InCx, Problem};

/// Rows fetched at a time, so that a long list never lies in memory as a whole.
const PART: u16 = 100;
const HEAD: &str =
    "\u{feff}sku,name,variant,available,on_way,reorder_at,reorder_quantity,sold_in_30_days,suggested\r\n";

pub fn routes() -> Router {
    Router::new().route("/seller/{shop}/stock/reorder.csv", get(download))
}

/// All of it, what is furthest below its point first, as CSV (RFC 4180, UTF-8).
async fn download(InCx(cx): InCx, Path(shop): Path<String>) -> Result<Response, Problem> {
    let at = seller::at_shop(&cx, &shop, Permission::Stock).await?;
    let rows = stream::try_unfold((cx, at, Next::After(None)), part);
    let head = stream::once(async { Ok(Bytes::from_static(HEAD.as_bytes())) });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"reorder.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, Body::from_stream(head.chain(rows))).into_response())
}

/// Where to go on.
enum Next {
    /// After a cursor, or at the start.
    After(Option<String>),
    End,
}

type Rest = (Cx, seller::AtShop, Next);

async fn part((cx, at, rest): Rest) -> Result<Option<(Bytes, Rest)>, views::ViewError> {
    let Next::After(after) = rest else { return Ok(None) };
    let today = views::jakarta::day_of(cx.now());
    let mut db = cx.db().acquire().await?;
    let page = views::reorder::list(&mut db, at.shop(), after.as_deref(), PART, today).await?;
    drop(db);
    let lines: String = page.items.iter().map(line).collect();
    let next = page.next.map_or(Next::End, |after| Next::After(Some(after)));
    Ok(Some((Bytes::from(lines), (cx, at, next))))
}

fn line(row: &ReorderRow) -> String {
    let fields = [
        text(&row.sku),
        text(&row.name),
        text(&row.label),
        row.available.to_string(),
        row.on_way.to_string(),
        row.reorder_at.to_string(),
        row.reorder_quantity.map(|n| n.to_string()).unwrap_or_default(),
        row.sold.to_string(),
        row.suggested().to_string(),
    ];
    fields.join(",") + "\r\n"
}

/// In quotes, and with an apostrophe before what a spreadsheet would run.
fn text(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::{Uuid, VariantId};

    #[test]
    fn a_line_has_as_many_fields_as_the_head_and_runs_nothing() {
        let row = ReorderRow {
            variant: VariantId::new(Uuid::nil()),
            name: "Kopi \"Senja\", 250 g".to_owned(),
            label: String::new(),
            sku: "=1+1".to_owned(),
            available: 2,
            on_way: 0,
            reorder_at: 5,
            reorder_quantity: Some(10),
            sold: 30,
        };
        assert_eq!(line(&row), "\"'=1+1\",\"Kopi \"\"Senja\"\", 250 g\",\"\",2,0,5,10,30,10\r\n");
        assert_eq!(HEAD.split(',').count(), 9);
    }
}
