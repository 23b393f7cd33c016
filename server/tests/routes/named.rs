//! What a path leads to.

/// The path with what it leads to by its name, where the route calls it otherwise.
pub(crate) fn named(path: &str) -> String {
    if path == "/orders/{id}" {
        return "/orders/{group}".to_owned();
    }
    // The simulator has parcels of its own.
    if path.starts_with("/sim/") {
        return path.replace("{parcel}", "{carried}");
    }
    path.replace("/addresses/{id}", "/addresses/{address}")
        .replace("/unsubscribe/{token}", "/unsubscribe/{way_out}")
        .replace("/webhooks/payments/{provider}", "/webhooks/payments/simulator")
        .replace("/webhooks/payouts/{provider}", "/webhooks/payouts/simulator")
        .replace("/webhooks/couriers/{carrier}", "/webhooks/couriers/simulator")
        .replace("/media/art/{motif}/{file}", "/media/art/mug/1.svg")
        .replace("/sitemaps/{file}", "/sitemaps/shops.xml")
        .replace("/problems/{code}", "/problems/not_found")
        .replace("/seller/{shop}/orders/{id}", "/seller/{shop}/orders/{sold}")
        .replace("/seller/{shop}/products/{id}", "/seller/{shop}/products/{draft}")
        .replace("/seller/{shop}/products/{product}", "/seller/{shop}/products/{draft}")
        .replace("/seller/shops/{shop}/products/{product}", "/seller/shops/{shop}/products/{draft}")
        .replace("/seller/shops/{shop}/orders/{order}", "/seller/shops/{shop}/orders/{sold}")
        .replace("/products/imports/{import}", "/products/imports/{run}")
        .replace("/messages/{id}", "/messages/{message}")
        .replace("/backoffice/shops/{id}", "/backoffice/shops/{verification}")
        .replace("/backoffice/flash/{id}", "/backoffice/flash/{sale}")
        .replace("/backoffice/vouchers/{id}", "/backoffice/vouchers/{house_voucher}")
        .replace("/staff/{account}", "/staff/{packer}")
        .replace("/settings/{which}", "/settings/logo")
        .replace("/w/{token}", "/w/{share}")
        .replace("/shared-wishlists/{token}", "/shared-wishlists/{share}")
        .replace("/shop/{slug}", "/shop/{shop}")
        .replace("/c/{category}", "/c/fashion")
        .replace("account/orders/{id}", "account/orders/{order}")
        .replace("/api/v1/orders/{id}", "/api/v1/orders/{order}")
        .replace("/order-groups/{id}", "/order-groups/{group}")
        .replace("/payments/{id}", "/payments/{payment}")
        .replace("/pay/{id}", "/pay/{payment}")
        .replace("/carts/{id}", "/carts/current")
        .replace("/vouchers/{code}", "/vouchers/PASARHEMAT")
        .replace("/templates/{kind}/{lang}", "/templates/welcome/id")
}
