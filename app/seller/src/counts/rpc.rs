use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::StockCountId,
    shop::{CountInput, CountRow, CountShow, PiecesInput, StockCount, WarehouseRow},
};
use serde::{Deserialize, Serialize};

/// Counts on a page of the list, and goods on a page of one.
pub const PAGE: u16 = 20;

/// The names under which what was typed is remembered.
pub const BEGIN: &str = "count-begin";
pub const WRITE: &str = "count-write";

/// A shop's counts, and what stands in the form for another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CountsForm {
    pub page: Page<CountRow>,
    pub warehouses: Vec<WarehouseRow>,
    pub typed: Option<CountInput>,
    /// Names the next count, so that it is begun once.
    pub key: String,
}

/// Which part of a count is looked at, as the page's address says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CountPart {
    /// The name of a [`CountShow`]; all where it is another.
    pub show: String,
    /// Part of a name or SKU.
    pub q: String,
    pub after: Option<String>,
}

impl CountPart {
    pub fn shown(&self) -> CountShow {
        CountShow::from_name(&self.show).unwrap_or(CountShow::All)
    }
}

/// One count, and what stands in its form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CountForm {
    pub count: StockCount,
    /// What was typed and refused.
    pub typed: Vec<PiecesInput>,
}

#[server(protocol = model::Call)]
pub async fn counts(shop: String, after: Option<String>) -> Result<CountsForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let page = views::counts::list(&mut db, at.shop(), after.as_deref(), PAGE).await;
    let warehouses = views::stock::warehouses(&mut db, at.shop()).await.map_err(web::database)?;
    let typed = web::draft(BEGIN, at.shop().uuid());
    Ok(CountsForm { page: page.map_err(web::refused)?, warehouses, typed, key: cx.ids().uuid().to_string() })
}

#[server]
pub async fn begin_count(shop: String, key: String, wanted: CountInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let begun = flows::seller::counts::start(&cx, &at, &wanted, Some(&key)).await;
    let begun =
        begun.map_err(web::refused).inspect_err(|_| web::keep_draft(BEGIN, at.shop().uuid(), &wanted))?;
    web::go_to(&format!("/seller/{shop}/stock/counts/{begun}"));
    Ok(())
}

#[server(protocol = model::Call)]
pub async fn count_of(shop: String, id: String, part: CountPart) -> Result<CountForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let id: StockCountId = id.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let which = (part.shown(), part.q.as_str());
    let found = views::counts::find(&mut db, at.shop(), id, which, part.after.as_deref(), PAGE).await;
    let count = found.map_err(web::refused)?.ok_or_else(web::not_found)?;
    let typed: Option<Vec<PiecesInput>> = web::draft(WRITE, id.uuid());
    Ok(CountForm { count, typed: typed.unwrap_or_default() })
}

/// `part` is where to go on afterwards.
#[server]
pub async fn write_count(
    shop: String,
    count: StockCountId,
    #[server(default)] part: CountPart,
    #[server(default)] lines: Vec<PiecesInput>,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let written = flows::seller::counts::write(&cx, &at, count, &lines).await;
    written.map_err(web::refused).inspect_err(|_| web::keep_draft(WRITE, count.uuid(), &lines))?;
    let page = format!("/seller/{shop}/stock/counts/{count}");
    let after = part.after.as_deref().filter(|after| !after.is_empty()).map(|after| ("after", after));
    let said = [("show", part.show.as_str()), ("q", part.q.as_str()), ("done", "saved")];
    web::go_to(&model::query::href(&page, said.into_iter().chain(after)));
    Ok(())
}

#[server]
pub async fn post_count(shop: String, count: StockCountId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::counts::post(&cx, &at, count).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/stock/counts/{count}?done=posted"));
    Ok(())
}

#[server]
pub async fn discard_count(shop: String, count: StockCountId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::counts::discard(&cx, &at, count).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/stock/counts/{count}?done=discarded"));
    Ok(())
}
