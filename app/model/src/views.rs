//! What pages and the public API show: plain values shaped for their reader, filled by the `views` crate and
//! rendered by the storefront. Instants are seconds since 1970 (UTC) so that the browser needs no calendar.

pub mod audit;
pub mod books;
pub mod buying;
pub mod card;
pub mod category;
pub mod coin;
pub mod desk;
pub mod device;
pub mod figures;
pub mod health;
pub mod home;
pub mod member;
pub mod message;
pub mod moderation;
pub mod operator;
pub mod order;
pub mod passkey;
pub mod picture;
pub mod product;
pub mod region;
pub mod review;
pub mod sales;
pub mod search;
pub mod shop;
pub mod sold;
pub mod takings;

pub use buying::{
    CartCount, CartItem, CartShop, CartView, Change, CheckoutShop, CheckoutView, CodeReason, CodeRefusal,
    CodeView, CoinOffer, Counter, Deal, Instructions, MergeNews, MethodOffer, MethodReason, Missing,
    OrderRef, PaymentView, Purse, Purses, QrPicture, Sending, ShippingOffer, Summary, SummaryPart,
    SummaryRow, Supply, VoucherOffer,
};
pub use card::{Condition, ProductCard, Tier, discount_percent};
pub use category::{
    AttributeKind, CategoryAttribute, CategoryCount, CategoryLink, CategoryNode, CategoryPage, ListingSort,
};
pub use device::Device;
pub use home::{FlashCard, FlashSale, HomePage, Personal, Shelf};
pub use order::{GroupPage, MoneyBack, OrderCard, OrderItem, OrderPage, ShipTo, TimelineStep};
pub use passkey::{Passkey, PasskeyUse, Ways};
pub use picture::{Picture, PictureFormat, PictureSource};
pub use product::{
    FlashOffer, PartOf, PriceTier, ProductOption, ProductPage, ProductState, Related, SlugLookup, Spec,
    SpecValue, Variant,
};
pub use review::{Histogram, Rating, ReviewItem, ReviewPage, Stars};
pub use search::{Facet, FacetValue, Filter, SearchPage, SearchParams, SearchSort, Suggested, Suggestions};
pub use shop::{ShopCard, ShopPage};
