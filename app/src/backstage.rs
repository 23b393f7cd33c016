//! Pages that shoppers do not come to, in one piece of the wasm: what two pieces share is a file of its own for each
//! such pair, so the fewer there are, the fewer files a page loads.

use backoffice::{audit, books, fees, goods, home, messages, search, shops, withdrawals};
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
    Message = messages::MessageDesk,
    Templates = messages::TemplatesDesk,
    Search = search::SearchDesk,
    Shops = shops::ShopsDesk,
    ShopCase = shops::ShopCaseDesk,
);
