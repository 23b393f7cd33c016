//! The pages as routes whose code the browser fetches when they are opened.

use crate::{
    analytics, goods, health, home, money, open, orders, products, promotions, settings, staff, stock, today,
    verification,
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
    Stock = stock::StockPage,
    VariantStock = stock::VariantPage,
    Warehouses = stock::WarehousesPage,
    NewWarehouse = stock::NewWarehousePage,
    Import = goods::ImportPage,
    ImportRun = goods::RunPage,
    NewProduct = products::NewProductPage,
    EditProduct = products::EditProductPage,
    PreviewProduct = products::PreviewPage,
    Settings = settings::SettingsPage,
    Sender = settings::SenderPage,
    Analytics = analytics::AnalyticsPage,
    Health = health::HealthPage,
);
