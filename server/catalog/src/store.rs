//! All SQL that writes the catalogue, and the reads those writes need. Pages read through the `views` crate.

mod bulk;
mod draft;
pub mod edit;
mod gallery;
mod offer;
mod picture;
mod product;
pub mod sheet;
mod shelf;
mod state;
pub mod stock;
pub mod together;
mod tree;
pub mod typing;
mod variant;

pub use bulk::{analyze, copy_many, list_present};
pub use draft::{NewDraft, copy_draft, find_own_name, get_category_slug, insert_draft, put_slug};
pub use gallery::{list_gallery, shift_picture};
pub use offer::{SetOffer, set_offer};
pub use picture::{MOST_PICTURES, PutPicture, find_by_slug, put_picture, set_variant_picture};
pub use product::{
    ShopTotals, count_rating, insert_many, list_shops_of, list_slug_owners, list_taken_skus, revise_many,
    shop_totals,
};
pub use shelf::{Shelved, ShelvedVariant, find_shelved};
pub use state::{MoveError, find_for_change, get_name, list_in_review, save_move};
pub use tree::{Category, list_attributes, list_categories, recount_categories, recount_shop_categories};
pub use variant::list_skus_elsewhere;
