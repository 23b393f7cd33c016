use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::StockTransferId,
    shop::{
        PiecesInput, StockTransfer, TransferInput, TransferOffer, TransferRow, WarehouseRow, WriteOffInput,
    },
};
use serde::{Deserialize, Serialize};

/// Transfers on a page of the list.
pub const PAGE: u16 = 20;
/// So many goods are offered for a list at once.
pub const OFFERS: u16 = 20;

/// The names under which what was typed is remembered.
pub const BEGIN: &str = "transfer-begin";
pub const LOAD: &str = "transfer-load";
pub const RECEIVE: &str = "transfer-receive";
pub const WRITE_OFF: &str = "transfer-write-off";

/// A shop's transfers, and what stands in the form for another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransfersForm {
    pub page: Page<TransferRow>,
    pub warehouses: Vec<WarehouseRow>,
    pub typed: Option<TransferInput>,
    /// Names the next transfer, so that it is begun once.
    pub key: String,
}

/// One transfer, and what stands in its forms.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransferForm {
    pub transfer: StockTransfer,
    /// What could still go, while it is a list.
    pub offers: Vec<TransferOffer>,
    pub q: String,
    /// What was typed and refused.
    pub typed: Vec<PiecesInput>,
    pub typed_off: Option<WriteOffInput>,
    /// Names what is done next, so that it happens once.
    pub key: String,
}

#[server(protocol = model::Call)]
pub async fn transfers(shop: String, after: Option<String>) -> Result<TransfersForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let page = views::transfers::list(&mut db, at.shop(), after.as_deref(), PAGE).await;
    let warehouses = views::stock::warehouses(&mut db, at.shop()).await.map_err(web::database)?;
    let typed = web::draft(BEGIN, at.shop().uuid());
    Ok(TransfersForm {
        page: page.map_err(web::refused)?,
        warehouses,
        typed,
        key: cx.ids().uuid().to_string(),
    })
}

#[server]
pub async fn begin_transfer(shop: String, key: String, between: TransferInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let begun = flows::seller::transfers::draft(&cx, &at, &between, Some(&key)).await;
    let begun =
        begun.map_err(web::refused).inspect_err(|_| web::keep_draft(BEGIN, at.shop().uuid(), &between))?;
    web::go_to(&format!("/seller/{shop}/stock/transfers/{begun}"));
    Ok(())
}

#[server(protocol = model::Call)]
pub async fn transfer(shop: String, id: String, q: String) -> Result<TransferForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let id: StockTransferId = id.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::transfers::find(&mut db, at.shop(), id).await.map_err(web::database)?;
    let transfer = found.ok_or_else(web::not_found)?;
    let offers = match transfer.row.state {
        model::shop::TransferState::Draft => views::transfers::offers(&mut db, &transfer, &q, OFFERS).await,
        _ => Ok(vec![]),
    };
    let typed = web::draft(LOAD, id.uuid()).or_else(|| web::draft(RECEIVE, id.uuid()));
    Ok(TransferForm {
        transfer,
        offers: offers.map_err(web::database)?,
        q,
        typed: typed.unwrap_or_default(),
        typed_off: web::draft(WRITE_OFF, id.uuid()),
        key: cx.ids().uuid().to_string(),
    })
}

#[server]
pub async fn load_transfer(
    shop: String,
    transfer: StockTransferId,
    q: String,
    #[server(default)] lines: Vec<PiecesInput>,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let loaded = flows::seller::transfers::load(&cx, &at, transfer, &lines).await;
    loaded.map_err(web::refused).inspect_err(|_| web::keep_draft(LOAD, transfer.uuid(), &lines))?;
    let page = format!("/seller/{shop}/stock/transfers/{transfer}");
    web::go_to(&model::query::href(&page, [("q", q.as_str()), ("done", "saved")]));
    Ok(())
}

#[server]
pub async fn send_transfer(shop: String, transfer: StockTransferId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::transfers::send(&cx, &at, transfer).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/stock/transfers/{transfer}?done=sent"));
    Ok(())
}

#[server]
pub async fn receive_transfer(
    shop: String,
    transfer: StockTransferId,
    key: String,
    #[server(default)] lines: Vec<PiecesInput>,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let received = flows::seller::transfers::receive(&cx, &at, transfer, &lines, Some(&key)).await;
    received.map_err(web::refused).inspect_err(|_| web::keep_draft(RECEIVE, transfer.uuid(), &lines))?;
    web::go_to(&format!("/seller/{shop}/stock/transfers/{transfer}?done={key}"));
    Ok(())
}

#[server]
pub async fn write_off_transfer(
    shop: String,
    transfer: StockTransferId,
    key: String,
    off: WriteOffInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let gone = flows::seller::transfers::write_off(&cx, &at, transfer, &off, Some(&key)).await;
    gone.map_err(web::refused).inspect_err(|_| web::keep_draft(WRITE_OFF, transfer.uuid(), &off))?;
    web::go_to(&format!("/seller/{shop}/stock/transfers/{transfer}?done={key}"));
    Ok(())
}

/// A list nothing has left for is thrown away, and its page with it; of the other ones what is on the way goes back.
#[server]
pub async fn cancel_transfer(shop: String, transfer: StockTransferId, draft: bool) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::transfers::cancel(&cx, &at, transfer).await.map_err(web::refused)?;
    let to = if draft { "?thrown=1".to_owned() } else { format!("/{transfer}?done=cancelled") };
    web::go_to(&format!("/seller/{shop}/stock/transfers{to}"));
    Ok(())
}
