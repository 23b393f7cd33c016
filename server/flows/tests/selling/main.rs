//! Shops and the people they belong to.

mod bundles;
mod editor;
mod editor_support;
mod editor_variants;
mod flash;
mod goods;
mod goods_support;
mod moderation;
mod opening;
mod people;
mod platform;
mod prices;
mod products;
mod settings;
mod stock;
mod stock_warnings;
mod stocktaking;
mod support;
mod together;
mod transfers;
mod vouchers;
