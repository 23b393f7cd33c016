//! Reads that cross domains: page-shaped SQL that returns the types of `model::views`.
//!
//! Each page is at most four queries, none of which grows with the catalogue: lists go by key, counts are kept and not
//! counted, and whatever belongs to one product comes with it as JSON. Every function takes the connection it reads
//! from, so that a replica serves as well.

pub mod addresses;
pub mod archive;
pub mod audit;
pub mod bundles;
mod cards;
pub mod category;
pub mod coins;
pub mod counts;
mod cursor;
pub mod desk;
pub mod documents;
pub mod editor;
mod error;
pub mod explain;
pub mod fees;
pub mod figures;
pub mod flash;
mod forecast;
pub mod goods;
pub mod goods_edit;
pub mod goods_import;
pub mod health;
pub mod home;
pub mod jakarta;
mod labels;
mod listing;
pub mod members;
pub mod messages;
pub mod moderation;
pub mod orders;
pub mod parcels;
pub mod personal;
pub mod prices;
pub mod privacy;
pub mod product;
pub mod profile;
pub mod reconcile;
pub mod region;
pub mod reorder;
pub mod reviews;
pub mod sales;
pub mod search;
pub mod searches;
pub mod settings;
pub mod sheet;
pub mod shop;
pub mod sitemap;
pub mod sold;
pub mod staff;
pub mod stall;
pub mod stock;
pub mod takings;
pub mod transfers;
pub mod verification;
pub mod vouchers;
pub mod wishlist;

pub use cards::cards;
pub use error::ViewError;
