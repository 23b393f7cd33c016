//! All SQL of orders. Everything runs in the caller's transaction. Locks are taken on the group first, then on its
//! orders in id order.

mod buyer;
mod cod;
mod due;
mod erase;
mod group;
mod member;
mod moves;
mod pieces;
mod place;
mod policy;
mod read;
mod rows;

pub use buyer::{adopt, mark_method};
pub use cod::{mark_collected, refusals};
pub use due::{due_for_settlement, due_groups, hold_settlement, overdue_for_shop, resume_settlement};
pub use erase::{has_open_orders, pseudonymise};
pub use group::{mark_group_cancelled, mark_group_expired, mark_group_paid};
pub use member::{member_policy, set_member_policy, set_standings, standing_of};
pub use moves::{accept, cancel_order, complete, deliver, pack, ship, transition, unpack};
pub use pieces::{insert_left_out, left_out_of, progress_of};
pub use place::insert_group;
pub use policy::{policy, set_policy};
pub use read::{
    adjustments_of, fees_of, find_by_number, find_group, find_group_of, find_order, find_order_of,
    find_order_of_shop, lines_of, lock_group, orders_of, timeline,
};
