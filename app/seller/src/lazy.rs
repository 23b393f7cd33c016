//! The pages as routes whose code the browser fetches when they are opened.

use crate::{
    analytics, bulk, bundles, counts, flash, goods, health, home, money, open, orders, prices, products,
    promotions, settings, staff, stock, today, transfers, verification,
};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use ui::piece;

piece!(
    seller, __preload_seller, Seller:
    Home = home::HomePage,
    Open = open::OpenPage,
    Today = today::TodayPage,
    Orders = orders::OrdersPage,
    Order = orders::OrderPage,
    Label = orders::LabelPage,
    Slip = orders::SlipPage,
    Money = money::MoneyPage,
    Statement = money::StatementPage,
    Verification = verification::VerificationPage,
    Staff = staff::StaffPage,
    Join = staff::JoinPage,
    Products = products::ProductsPage,
    Promotions = promotions::PromotionsPage,
    NewVoucher = promotions::NewVoucherPage,
    Voucher = promotions::VoucherPage,
    FlashSales = flash::FlashSalesPage,
    FlashSale = flash::FlashSalePage,
    Nominate = flash::NominatePage,
    Bundles = bundles::BundlesPage,
    Bundle = bundles::BundlePage,
    Prices = prices::PricesPage,
    NewPrice = prices::NewPricePage,
    Stock = stock::StockPage,
    VariantStock = stock::VariantPage,
    Warehouses = stock::WarehousesPage,
    NewWarehouse = stock::NewWarehousePage,
    MoveWarehouse = stock::MoveWarehousePage,
    Reorder = stock::ReorderPage,
    Transfers = transfers::TransfersPage,
    Transfer = transfers::TransferPage,
    Counts = counts::CountsPage,
    Count = counts::CountPage,
    Import = goods::ImportPage,
    ImportRun = goods::RunPage,
    Edits = bulk::EditsPage,
    Edit = bulk::EditPage,
    NewProduct = products::NewProductPage,
    EditProduct = products::EditProductPage,
    PreviewProduct = products::PreviewPage,
    Settings = settings::SettingsPage,
    Sender = settings::SenderPage,
    Analytics = analytics::AnalyticsPage,
    Health = health::HealthPage,
);
