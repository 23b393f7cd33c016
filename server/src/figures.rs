//! How a shop sold, day by day, as a file.

use axum::{
    Router,
    extract::{Path, RawQuery},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use flows::{figures, seller};
use model::{
    Permission,
    views::figures::{DayTally, Period},
};
use time::OffsetDateTime;
use web::{InCx, Problem};

const HEAD: &str =
    "day,complete,looks,carts,orders,cancelled,pieces,sales,vouchers,shipping,fees,given_back,left\r\n";

pub fn routes() -> Router {
    Router::new().route("/seller/{shop}/analytics.csv", get(download))
}

/// A line for each day of the period, the latest last, as CSV (RFC 4180, UTF-8); amounts in whole rupiah.
async fn download(
    InCx(cx): InCx,
    Path(shop): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let at = seller::at_shop(&cx, &shop, Permission::Insights).await?;
    let mut asked = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let period = asked.find(|(name, _)| name == "days").and_then(|(_, days)| Period::from_name(&days));
    let period = period.unwrap_or(Period::Month);
    let figures = figures::figures(&cx, &at, period).await?;
    let last = figures.days.len();
    let lines = figures.days.iter().enumerate().map(|(n, day)| line(day, n + 1 < last));
    let body: String = std::iter::once(HEAD.to_owned()).chain(lines).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"analytics-{}.csv\"", period.as_str())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

fn line(day: &DayTally, complete: bool) -> String {
    let at = OffsetDateTime::from_unix_timestamp(day.day).map(views::jakarta::day_of);
    let it = &day.tally;
    let fields = [
        at.map(|day| day.to_string()).unwrap_or_default(),
        complete.to_string(),
        it.looks.to_string(),
        it.carts.to_string(),
        it.orders.to_string(),
        it.cancelled.to_string(),
        it.pieces.to_string(),
        it.sales.to_string(),
        it.vouchers.to_string(),
        it.shipping.to_string(),
        it.fees.to_string(),
        it.given_back.to_string(),
        it.left().to_string(),
    ];
    fields.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::views::figures::Tally;

    #[test]
    fn a_line_has_as_many_fields_as_the_head_and_says_whether_the_day_is_over() {
        let tally = Tally {
            looks: 9,
            carts: 3,
            orders: 2,
            cancelled: 1,
            pieces: 4,
            sales: 90_000,
            vouchers: 5_000,
            shipping: 0,
            fees: 2_750,
            given_back: 1_500,
        };
        // Midnight in Jakarta.
        let day = DayTally { day: 1_795_366_800, tally };
        assert_eq!(line(&day, false), "2026-11-23,false,9,3,2,1,4,90000,5000,0,2750,1500,80750\r\n");
        assert_eq!(line(&day, true).matches(',').count(), HEAD.matches(',').count());
    }
}
