//! A voucher that is thought about, as the address of a page says it.

use leptos_router::params::ParamsMap;
use model::{query, shop::VoucherInput};

/// Stands in the address where it says a voucher.
const MARK: &str = "preview";

/// The voucher the address says; none where it says none.
pub fn asked(said: &ParamsMap) -> Option<VoucherInput> {
    said.get(MARK)?;
    let get = |name: &str| said.get(name).unwrap_or_default();
    Some(VoucherInput {
        kind: get("kind"),
        code: get("code"),
        name: get("name"),
        amount: get("amount"),
        percent: get("percent"),
        cap: get("cap"),
        buy: get("buy"),
        get: get("get"),
        min_spend: get("min_spend"),
        skus: get("skus"),
        categories: said.get_all("category").unwrap_or_default(),
        quota: get("quota"),
        budget: get("budget"),
        per_person: get("per_person"),
        from: get("from"),
        until: get("until"),
        public: get("public"),
    })
}

/// The address that says it.
pub fn href(path: &str, input: &VoucherInput) -> String {
    let fields = [
        ("kind", &input.kind),
        ("code", &input.code),
        ("name", &input.name),
        ("amount", &input.amount),
        ("percent", &input.percent),
        ("cap", &input.cap),
        ("buy", &input.buy),
        ("get", &input.get),
        ("min_spend", &input.min_spend),
        ("skus", &input.skus),
        ("quota", &input.quota),
        ("budget", &input.budget),
        ("per_person", &input.per_person),
        ("from", &input.from),
        ("until", &input.until),
        ("public", &input.public),
    ];
    let categories = input.categories.iter().map(|id| ("category", id.as_str()));
    let typed = fields.into_iter().map(|(name, value)| (name, value.as_str()));
    let said = typed.chain(categories).filter(|(_, value)| !value.is_empty());
    query::href(path, std::iter::once((MARK, "1")).chain(said))
}
