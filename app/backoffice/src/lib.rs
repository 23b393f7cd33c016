//! What operators see. Each page asks for one duty, in its `rpc.rs`, before anything is read; to everybody else it is
//! not there. Around each stands the frame of [`frame`]. All of it is fetched lazily: shoppers never load it.

pub mod audit;
pub mod books;
pub mod fees;
pub mod frame;
pub mod goods;
pub mod home;
pub mod members;
pub mod messages;
pub mod sales;
pub mod search;
pub mod shops;
pub mod vouchers;
pub mod withdrawals;
