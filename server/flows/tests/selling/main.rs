//! Shops and the people they belong to.

mod editor;
mod editor_support;
mod editor_variants;
mod goods;
mod goods_support;
mod moderation;
mod opening;
mod people;
mod products;
mod settings;
mod stock;
mod support;
mod vouchers;
