//! The message catalogue. Every message states both languages, so a missing translation does not compile,
//! and a message that is never used or lacks an argument does not either.

/// Declares messages: `name: "Indonesian" / "English";` or `name(count): "{count} barang" / "{count} items";`.
/// Each becomes a function of [`Lang`](crate::Lang) in the module it stands in.
#[macro_export]
macro_rules! messages {
    () => {};
    ($(#[$doc:meta])* $name:ident : $id:literal / $en:literal ; $($rest:tt)*) => {
        $(#[$doc])*
        pub const fn $name(lang: $crate::Lang) -> &'static str {
            match lang { $crate::Lang::Id => $id, $crate::Lang::En => $en }
        }
        $crate::messages! { $($rest)* }
    };
    ($(#[$doc:meta])* $name:ident ( $($arg:ident),+ ) : $id:literal / $en:literal ; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(lang: $crate::Lang, $($arg: impl std::fmt::Display),+) -> String {
            match lang { $crate::Lang::Id => format!($id, $($arg = $arg),+), $crate::Lang::En => format!($en, $($arg = $arg),+) }
        }
        $crate::messages! { $($rest)* }
    };
}

pub mod account;
pub mod audit;
pub mod backoffice;
pub mod books;
pub mod bulk;
pub mod bundles;
pub mod cart;
pub mod checkout;
pub mod coins;
pub mod counts;
pub mod door;
pub mod editor;
pub mod error;
pub mod fees;
pub mod figures;
pub mod goods;
pub mod health;
pub mod legal;
pub mod members;
pub mod messages;
pub mod orders;
pub mod prices;
pub mod promo;
pub mod sales;
pub mod security;
pub mod seller;
pub mod shell;
pub mod sold;
pub mod stock;
pub mod storefront;
pub mod takings;
pub mod transfers;
pub mod ui;
pub mod vouchers;
