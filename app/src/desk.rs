//! The half of the site that shoppers never see, of whoever sells or operates: its routes.

use crate::backstage;
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

#[component(transparent)]
pub fn DeskPages() -> AnyNestedRoute {
    view! {
        <Route path=path!("/backoffice/search") view={Lazy::<backstage::Search>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller") view={Lazy::<seller::lazy::Home>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/open") view={Lazy::<seller::lazy::Open>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/join") view={Lazy::<seller::lazy::Join>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/staff") view={Lazy::<seller::lazy::Staff>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/settings") view={Lazy::<seller::lazy::Settings>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/settings/address") view={Lazy::<seller::lazy::Sender>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products") view={Lazy::<seller::lazy::Products>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions") view={Lazy::<seller::lazy::Promotions>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/new") view={Lazy::<seller::lazy::NewVoucher>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/flash") view={Lazy::<seller::lazy::FlashSales>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/flash/:sale") view={Lazy::<seller::lazy::FlashSale>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/flash/:sale/:variant") view={Lazy::<seller::lazy::Nominate>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/prices") view={Lazy::<seller::lazy::Prices>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/prices/:variant") view={Lazy::<seller::lazy::NewPrice>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/bundles") view={Lazy::<seller::lazy::Bundles>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/bundles/:variant") view={Lazy::<seller::lazy::Bundle>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/promotions/:voucher") view={Lazy::<seller::lazy::Voucher>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock") view={Lazy::<seller::lazy::Stock>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/warehouses") view={Lazy::<seller::lazy::Warehouses>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/warehouses/new") view={Lazy::<seller::lazy::NewWarehouse>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/warehouses/:warehouse") view={Lazy::<seller::lazy::MoveWarehouse>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/reorder") view={Lazy::<seller::lazy::Reorder>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/transfers") view={Lazy::<seller::lazy::Transfers>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/transfers/:transfer") view={Lazy::<seller::lazy::Transfer>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/counts") view={Lazy::<seller::lazy::Counts>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/counts/:count") view={Lazy::<seller::lazy::Count>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/stock/:variant") view={Lazy::<seller::lazy::VariantStock>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/new") view={Lazy::<seller::lazy::NewProduct>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/import") view={Lazy::<seller::lazy::Import>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/import/:run") view={Lazy::<seller::lazy::ImportRun>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/bulk") view={Lazy::<seller::lazy::Edits>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/bulk/:edit") view={Lazy::<seller::lazy::Edit>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/:id") view={Lazy::<seller::lazy::EditProduct>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/products/:id/preview") view={Lazy::<seller::lazy::PreviewProduct>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/verification") view={Lazy::<seller::lazy::Verification>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/orders") view={Lazy::<seller::lazy::Orders>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/orders/:id") view={Lazy::<seller::lazy::Order>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/orders/:id/label") view={Lazy::<seller::lazy::Label>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/orders/:id/slip") view={Lazy::<seller::lazy::Slip>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/money") view={Lazy::<seller::lazy::Money>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/money/statement") view={Lazy::<seller::lazy::Statement>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/analytics") view={Lazy::<seller::lazy::Analytics>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop/health") view={Lazy::<seller::lazy::Health>::new()} ssr=SsrMode::Async />
        <Route path=path!("/seller/:shop") view={Lazy::<seller::lazy::Today>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/messages") view={Lazy::<backstage::Messages>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/messages/templates") view={Lazy::<backstage::Templates>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/messages/:id") view={Lazy::<backstage::Message>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/shops") view={Lazy::<backstage::Shops>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/shops/:id") view={Lazy::<backstage::ShopCase>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/flash") view={Lazy::<backstage::Sales>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/flash/new") view={Lazy::<backstage::NewSale>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/flash/:id") view={Lazy::<backstage::Sale>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/vouchers") view={Lazy::<backstage::Vouchers>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/vouchers/new") view={Lazy::<backstage::NewVoucher>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/vouchers/:id") view={Lazy::<backstage::Voucher>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice") view={Lazy::<backstage::Office>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/goods") view={Lazy::<backstage::Goods>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/fees") view={Lazy::<backstage::Fees>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/members") view={Lazy::<backstage::Members>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/withdrawals") view={Lazy::<backstage::Withdrawals>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/audit") view={Lazy::<backstage::Audit>::new()} ssr=SsrMode::Async />
        <Route path=path!("/backoffice/books") view={Lazy::<backstage::Books>::new()} ssr=SsrMode::Async />
        <Route path=path!("/design") view={Lazy::<backstage::Design>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
