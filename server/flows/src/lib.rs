//! Writes that cross domains. A flow opens the transaction, calls each domain's store, publishes what happened,
//! and commits.
//!
//! - [`account`] lets people in and keeps others out;
//! - [`address`], [`profile`] and [`wishlist`] keep what people keep, [`privacy`] gives it to them or takes it away;
//! - [`audit`] logs that the log is taken away;
//! - [`cart`] and [`checkout`] gather what somebody means to buy, [`place_order`] places it, [`pay`] has it paid through the
//!   [`till`], [`cancel`] takes it back and [`orders`] shows it;
//! - [`coins`] are what members earn by buying and spend on what they buy next;
//! - [`dated`] tells of prices that begin or end, though no job switches them;
//! - [`fees`] is what operators have the platform take from shops;
//! - [`figures`] counts how shops sell and how reliable they are, ahead of the pages that show it;
//! - [`fulfil`] has shops send what was ordered, follows the parcels and divides the money;
//! - [`import`] brings in listings and reviews from files, safely repeated and resumed;
//! - [`index`] keeps the search index true;
//! - [`members`] says what tiers of members take, and counts who has reached which;
//! - [`messages`] sends again, gives up and unsubscribes;
//! - [`photos`] puts photographs into a product's gallery, and sweeps those nothing shows;
//! - [`product`] moves a product from state to state;
//! - [`seed`] makes the demonstration market, and catalogues of any size for measuring;
//! - [`seller`] is what the people of a shop do;
//! - [`stock`] tells the catalogue what inventory knows, [`voucher`] shows what anybody may have;
//! - [`synonyms`] keeps what operators say means the same;
//! - [`verify_shop`] is what operators make of shops that want to open;
//! - [`visits`] notes who looked at what;
//! - [`withdraw`] has shops take their money out.

pub mod account;
pub mod address;
pub mod audit;
mod books;
pub mod cancel;
pub mod cart;
pub mod checkout;
pub mod coins;
pub mod dated;
pub mod fees;
pub mod figures;
pub mod fulfil;
pub mod import;
pub mod index;
pub mod members;
pub mod messages;
pub mod moderation;
pub mod once;
pub mod order_letters;
pub mod orders;
pub mod pay;
pub mod photos;
pub mod place_order;
pub mod privacy;
pub mod product;
pub mod profile;
pub mod rates;
pub mod reactions;
pub mod reconcile;
pub mod sales;
pub mod seed;
pub mod seller;
mod shops;
pub mod stock;
mod store;
pub mod synonyms;
mod text;
pub mod till;
mod totals;
pub mod verify_shop;
pub mod visits;
pub mod voucher;
pub mod vouchers;
pub mod wishlist;
pub mod withdraw;

pub use import::{import_listings, import_reviews};
