//! A voucher that is thought about, as the address of a page says it.

use leptos_router::params::ParamsMap;
use model::shop::VoucherInput;

/// The voucher the address says; none where it says none.
pub fn asked(said: &ParamsMap) -> Option<VoucherInput> {
    VoucherInput::said(|name| said.get(name), said.get_all("category").unwrap_or_default())
}
