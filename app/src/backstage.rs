//! Pages that shoppers do not come to, in one piece of the wasm: what two pieces share is a file of its own for each
//! such pair, so the fewer there are, the fewer files a page loads.

use backoffice::{
    audit, books, fees, goods, home, members, messages, sales, search, shops, vouchers, withdrawals,
};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use storefront::design;
use ui::piece;

piece!(
    backstage, __preload_backstage, Backstage:
    Design = design::DesignPage,
    Office = home::HomeDesk,
    Audit = audit::AuditDesk,
    Books = books::BooksDesk,
    Fees = fees::FeesDesk,
    Goods = goods::GoodsDesk,
    Withdrawals = withdrawals::WithdrawalsDesk,
    Messages = messages::MessagesDesk,
    Members = members::MembersDesk,
    Message = messages::MessageDesk,
    Templates = messages::TemplatesDesk,
    Sales = sales::SalesDesk,
    NewSale = sales::NewSaleDesk,
    Sale = sales::SaleDesk,
    Search = search::SearchDesk,
    Shops = shops::ShopsDesk,
    Vouchers = vouchers::VouchersDesk,
    NewVoucher = vouchers::NewVoucherDesk,
    Voucher = vouchers::VoucherDesk,
    ShopCase = shops::ShopCaseDesk,
);
