//! Flash sales.

crate::messages! {
    flash_sale: "Flash sale" / "Flash sale";
    ends_in: "Berakhir dalam" / "Ends in";
    sold_of(sold, quota): "Terjual {sold}/{quota}" / "{sold}/{quota} sold";
}
