use crate::parts::rpc::{Asked, Place};
use leptos::prelude::*;
use model::{
    AppError, Page,
    address::AddressInput,
    ids::{VariantId, WarehouseId},
    shop::{
        MovementRow, ReorderRow, StockChangeInput, StockFilter, StockMoveInput, StockPolicyInput,
        VariantStock, WarehouseRow,
    },
};
use serde::{Deserialize, Serialize};

/// Variants on a page of the list, and movements on a page of one.
pub const PAGE: u16 = 20;

/// The names under which what was typed is remembered.
pub const CHANGE: &str = "stock-change";
pub const CARRY: &str = "stock-carry";
pub const POLICY: &str = "stock-policy";
pub const WAREHOUSE: &str = "shop-warehouse";
pub const MOVE: &str = "shop-warehouse-move";

/// A variant's stock, what moved, and what stands in the forms.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VariantForm {
    pub stock: VariantStock,
    pub movements: Page<MovementRow>,
    /// What was typed and refused.
    pub typed: Option<StockChangeInput>,
    pub typed_carry: Option<StockMoveInput>,
    pub typed_policy: Option<StockPolicyInput>,
    /// Names the next change, so that it happens once.
    pub key: String,
}

/// What the form of a new warehouse starts with.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WarehouseForm {
    pub name: String,
    pub address: AddressInput,
    pub key: String,
}

#[server(protocol = model::Call)]
pub async fn stock(shop: String, filter: StockFilter) -> Result<Page<VariantStock>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::stock::list(&mut db, at.shop(), &filter, PAGE).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn stock_of(shop: String, variant: String, after: Option<String>) -> Result<VariantForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let variant: VariantId = variant.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::stock::find(&mut db, at.shop(), variant).await.map_err(web::database)?;
    let stock = found.ok_or_else(web::not_found)?;
    let movements = views::stock::movements(&mut db, at.shop(), variant, after.as_deref(), PAGE).await;
    let (typed, typed_carry) = (web::draft(CHANGE, variant.uuid()), web::draft(CARRY, variant.uuid()));
    let typed_policy = web::draft(POLICY, variant.uuid());
    let key = cx.ids().uuid().to_string();
    Ok(VariantForm {
        stock,
        movements: movements.map_err(web::refused)?,
        typed,
        typed_carry,
        typed_policy,
        key,
    })
}

#[server]
pub async fn change_stock(
    shop: String,
    variant: VariantId,
    key: String,
    change: StockChangeInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let changed = flows::seller::stock::change(&cx, &at, variant, &change, Some(&key)).await;
    changed.map_err(web::refused).inspect_err(|_| web::keep_draft(CHANGE, variant.uuid(), &change))?;
    web::go_to(&format!("/seller/{shop}/stock/{variant}?changed={key}"));
    Ok(())
}

#[server]
pub async fn carry_stock(
    shop: String,
    variant: VariantId,
    key: String,
    carried: StockMoveInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    let done = flows::seller::stock::carry(&cx, &at, variant, &carried, Some(&key)).await;
    done.map_err(web::refused).inspect_err(|_| web::keep_draft(CARRY, variant.uuid(), &carried))?;
    web::go_to(&format!("/seller/{shop}/stock/{variant}?changed={key}"));
    Ok(())
}

#[server]
pub async fn sell_by(shop: String, variant: VariantId, policy: StockPolicyInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let said = flows::seller::stock::sell_by(&cx, &at, variant, &policy).await;
    said.map_err(web::refused).inspect_err(|_| web::keep_draft(POLICY, variant.uuid(), &policy))
}

#[server(protocol = model::Call)]
pub async fn to_order(shop: String, after: Option<String>) -> Result<Page<ReorderRow>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let today = views::jakarta::day_of(cx.now());
    views::reorder::list(&mut db, at.shop(), after.as_deref(), PAGE, today).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn warehouses(shop: String) -> Result<Vec<WarehouseRow>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::stock::warehouses(&mut db, at.shop()).await.map_err(web::database)
}

#[server(protocol = model::Call)]
pub async fn new_warehouse(shop: String) -> Result<WarehouseForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let typed: WarehouseForm = web::draft(WAREHOUSE, at.shop().uuid()).unwrap_or_default();
    Ok(WarehouseForm { key: cx.id::<WarehouseId>().to_string(), ..typed })
}

/// The district that is chosen: by the page's address, else as it was typed.
#[server(protocol = model::Call)]
pub async fn warehouse_place(shop: String, asked: Asked) -> Result<Place, AppError> {
    let typed = new_warehouse(shop).await?.address.district;
    let district = if asked.district.is_empty() { typed } else { asked.district };
    crate::parts::rpc::place_of(Asked { district, ..asked }).await
}

#[server]
pub async fn open_warehouse(
    shop: String,
    key: String,
    name: String,
    address: AddressInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let key = key.parse().ok();
    let opened = flows::seller::warehouses::open_warehouse(&cx, &at, &name, &address, key.as_ref()).await;
    let typed = WarehouseForm { name, address, key: String::new() };
    opened.map_err(web::refused).inspect_err(|_| web::keep_draft(WAREHOUSE, at.shop().uuid(), &typed))?;
    web::go_to(&format!("/seller/{shop}/stock/warehouses?added=1"));
    Ok(())
}

#[server]
pub async fn rename_warehouse(shop: String, warehouse: WarehouseId, name: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::warehouses::rename_warehouse(&cx, &at, warehouse, &name).await.map_err(web::refused)
}

/// Where a warehouse is, and what stands in the form for moving it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MoveForm {
    pub warehouse: WarehouseRow,
    pub address: AddressInput,
}

#[server(protocol = model::Call)]
pub async fn warehouse_of(shop: String, id: String) -> Result<MoveForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let id: WarehouseId = id.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::stock::warehouses(&mut db, at.shop()).await.map_err(web::database)?;
    let warehouse = found.into_iter().find(|it| it.id == id).ok_or_else(web::not_found)?;
    let typed: Option<AddressInput> = web::draft(MOVE, id.uuid());
    // Else as it would be typed.
    let there = warehouse.address.clone().map(|address| AddressInput {
        recipient: address.contact,
        phone: address.phone.shown(),
        postcode: address.postcode,
        street: address.street,
        district: warehouse.region.code.clone(),
        ..AddressInput::default()
    });
    Ok(MoveForm { warehouse, address: typed.or(there).unwrap_or_default() })
}

/// The district that is chosen: by the page's address, else as it was typed, else the one it lies in.
#[server(protocol = model::Call)]
pub async fn moved_place(shop: String, id: String, asked: Asked) -> Result<Place, AppError> {
    let before = warehouse_of(shop, id).await?.address.district;
    let chosen = !asked.district.is_empty() || !asked.within.is_empty() || !asked.q.is_empty();
    let district = if chosen { asked.district } else { before };
    crate::parts::rpc::place_of(Asked { district, ..asked }).await
}

#[server]
pub async fn move_warehouse(
    shop: String,
    warehouse: WarehouseId,
    address: AddressInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    let moved = flows::seller::warehouses::move_warehouse(&cx, &at, warehouse, &address).await;
    moved.map_err(web::refused).inspect_err(|_| web::keep_draft(MOVE, warehouse.uuid(), &address))?;
    web::go_to(&format!("/seller/{shop}/stock/warehouses?moved=1"));
    Ok(())
}

#[server]
pub async fn close_warehouse(shop: String, warehouse: WarehouseId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::warehouses::close_warehouse(&cx, &at, warehouse).await.map_err(web::refused)
}

#[server]
pub async fn reopen_warehouse(shop: String, warehouse: WarehouseId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Stock).await.map_err(web::refused)?;
    flows::seller::warehouses::reopen_warehouse(&cx, &at, warehouse).await.map_err(web::refused)
}
