//! A shop's statement as a file.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use flows::{seller, withdraw};
use futures::stream;
use kernel::Cx;
use model::{Permission, views::takings::StatementRow};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use web::{InCx, Problem};

/// Rows fetched at a time, so that a long statement never lies in memory as a whole.
const PART: u16 = 100;
const HEAD: &str =
    "at,kind,order,goods,shipping_discount,commission,dynamic,mall,order_fee,refunded,amount,balance\r\n";

pub fn routes() -> Router {
    Router::new().route("/seller/{shop}/money/statement.csv", get(download))
}

/// All changes of the balance, newest first, as CSV (RFC 4180, UTF-8); amounts in whole rupiah.
async fn download(InCx(cx): InCx, Path(shop): Path<String>) -> Result<Response, Problem> {
    let at = seller::at_shop(&cx, &shop, Permission::Money).await?;
    let rows = stream::try_unfold((cx, at, Next::After(None)), part);
    let head = stream::once(async { Ok(Bytes::from_static(HEAD.as_bytes())) });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"statement.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(futures::StreamExt::chain(head, rows))).into_response())
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
    let page = withdraw::statement(&cx, &at, after.as_deref(), PART).await?;
    let lines: String = page.items.iter().map(line).collect();
    let next = page.next.map_or(Next::End, |after| Next::After(Some(after)));
    Ok(Some((Bytes::from(lines), (cx, at, next))))
}

fn line(row: &StatementRow) -> String {
    let at = OffsetDateTime::from_unix_timestamp(row.at).ok().and_then(|at| at.format(&Rfc3339).ok());
    let amount = |money: Option<model::Money>| money.map(|it| it.amount().to_string()).unwrap_or_default();
    let fee = |kind: &str| amount(row.fees.iter().find(|fee| fee.kind == kind).map(|fee| fee.amount));
    let fields = [
        at.unwrap_or_default(),
        row.kind.to_string(),
        row.order.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
        amount(row.goods),
        amount(row.shipping_discount),
        fee("commission"),
        fee("dynamic"),
        fee("mall"),
        fee("order"),
        amount(row.refunded),
        row.amount.amount().to_string(),
        row.balance.amount().to_string(),
    ];
    fields.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        Money,
        ids::{OrderId, Uuid},
        views::{sold::FeeRow, takings::EntryKind},
    };

    #[test]
    fn a_line_has_as_many_fields_as_the_head() {
        let fee = |kind: &str, amount| FeeRow { kind: kind.to_owned(), amount: Money::idr(amount) };
        let row = StatementRow {
            at: 1_700_000_000,
            kind: EntryKind::Released,
            order: Some((OrderId::new(Uuid::nil()), "INV/20261129/000123".to_owned())),
            amount: Money::idr(77_350),
            balance: Money::idr(80_000),
            goods: Some(Money::idr(90_000)),
            shipping_discount: None,
            fees: vec![fee("commission", -5_850), fee("mall", -1_350), fee("order", -500)],
            refunded: None,
        };
        assert_eq!(
            line(&row),
            "2023-11-14T22:13:20Z,released,INV/20261129/000123,90000,,-5850,,-1350,-500,,77350,80000\r\n"
        );
        assert_eq!(line(&row).matches(',').count(), HEAD.matches(',').count());
    }
}
