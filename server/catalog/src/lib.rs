//! What is for sale: the category tree with its typed attributes, and products with their options, variants,
//! wholesale prices and pictures.
//!
//! A product walks `draft → in_review → active ⇄ hidden → archived`, or is `rejected` with a reason ([`Product`]).
//! What was archived by mistake is fetched back to where it was. It is never deleted, so that an order can always name
//! what was bought. Its price summary, stock flag and rating totals are kept by the same statement that changes what they
//! sum up. A former address leads on to the present one. Every price a variant had is remembered by the database itself. A
//! variant that is not offered any more is retired, never deleted: orders, reviews and prices name it.
//!
//! Public verbs live in [`store`]; what happened is told as [`ProductChanged`] or [`ProductGone`], of very many as [`ProductsChanged`]; pictures for goods
//! without photographs are drawn by [`art`].

pub mod art;
mod assortment;
pub mod attribute;
pub mod edit;
pub mod events;
mod new;
mod product;
pub mod recommend;
pub mod store;
pub mod visits;

pub use assortment::{Assortment, NewOption, NewVariant, NotAnAssortment, Tiers};
pub use attribute::AttributeValue;
pub use events::{ProductChanged, ProductGone, ProductsChanged};
pub use model::{
    ids::{CategoryId, ProductId, VariantId},
    views::{Condition, ProductState},
};
pub use new::{
    Art, Dimensions, Grams, NewProduct, NotAProduct, Offer, Price, ProductName, QtyRange, Revision, StandIn,
};
pub use product::{Actor, Forbidden, Moved, Product, Reason, Stage};
