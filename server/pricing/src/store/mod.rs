//! All SQL about vouchers, flash sales, prices that hold for a time, and what the platform takes.

mod edit;
mod fees;
mod flash;
mod give_back;
mod nominate;
mod row;
mod schedule;
mod shown;
mod uses;
mod voucher;

pub use edit::{Held, end_voucher, extend_voucher, lock_voucher, rewrite_voucher};
pub use fees::{KeptRule, end_rule, insert_rule, list_rules, rules_for};
pub use flash::{
    FlashItem, FlashSale, NewFlashItem, NewFlashSale, claim_flash, current_sales, flash_prices,
    insert_flash_sale, list_flash,
};
pub use give_back::{GivenBack, adopt, give_back, give_back_flash, give_back_flash_pieces};
pub use nominate::{
    HeldSale, Nomination, accept_nomination, cancel_sale, find_nomination, insert_sale, lock_sale, nominate,
    refuse_nomination, take_untold, withdraw_nomination,
};
pub use schedule::{cancel_scheduled_price, insert_scheduled_price, is_scheduled, scheduled_prices};
pub use shown::{list_public_of, methods_of_uses};
pub use uses::{use_voucher, use_vouchers};
pub use voucher::{
    Usage, find_by_code, insert_voucher, list_automatic, list_by_codes, list_of_owner, list_public, load,
    mark_voucher, usage,
};

use model::Currency;

/// A currency as it is stored; the tables know no others.
fn currency(code: &str) -> Currency {
    match code {
        "USD" => Currency::Usd,
        "SGD" => Currency::Sgd,
        _ => Currency::Idr,
    }
}
