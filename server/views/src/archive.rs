//! Everything known about a person, part by part, for the archive they may ask for. What proves who they are (hashes
//! of passwords and tokens, keys of second factors) is left out: it is of no use to them, and of much to a thief.

use futures::future::BoxFuture;
use model::ids::{AccountId, Uuid};
use serde_json::Value;
use sqlx::PgConnection;

/// One file of the archive.
pub struct Part {
    /// The file's name without its ending.
    pub name: &'static str,
    /// The tables it is read from.
    pub tables: &'static [&'static str],
    read: Read,
}

type Read = for<'c> fn(&'c mut PgConnection, Uuid) -> BoxFuture<'c, Result<Value, sqlx::Error>>;

impl Part {
    pub async fn read(&self, db: &mut PgConnection, account: AccountId) -> Result<Value, sqlx::Error> {
        (self.read)(db, account.uuid()).await
    }
}

/// A query of one account whose rows become a list of objects.
macro_rules! part {
    ($name:literal, $tables:expr, $rows:tt) => {
        Part {
            name: $name,
            tables: &$tables,
            read: |db, account| {
                Box::pin(async move {
                    sqlx::query_scalar!(
                        "select coalesce(jsonb_agg(to_jsonb(part)), '[]') as \"rows!\" from ("
                            + $rows
                            + ") as part",
                        account
                    )
                    .fetch_one(db)
                    .await
                })
            },
        }
    };
}

/// All parts, in the order they are written.
pub const PARTS: &[Part] = &[
    part!("account", ["account"], "select id, state, lang, created_at, updated_at from account where id = $1"),
    part!(
        "contacts",
        ["account_contact"],
        "select kind, address, confirmed_at from account_contact where account_id = $1 order by kind"
    ),
    part!(
        "password",
        ["account_password"],
        "select changed_at from account_password where account_id = $1"
    ),
    part!(
        "roles",
        ["operator_role"],
        "select role, granted_at from operator_role where account_id = $1 order by granted_at, role"
    ),
    part!(
        "devices",
        ["session"],
        "select kind, program, system, network, created_at, last_seen_at, expires_at, proved_at
         from session where account_id = $1 order by created_at"
    ),
    part!(
        "sign_in",
        ["challenge", "contact_change", "known_device", "totp", "recovery_code"],
        "select 'code sent' as what, purpose, null as address, created_at as at from challenge where account_id = $1
         union all
         select 'new address, not confirmed', kind, address, created_at from contact_change where account_id = $1
         union all
         select 'known browser', null, null, first_at from known_device where account_id = $1
         union all
         select 'authenticator app', null, null, confirmed_at from totp where account_id = $1
         union all
         select 'recovery code', case when used_at is null then 'unused' else 'used' end, null, used_at
         from recovery_code where account_id = $1"
    ),
    part!(
        "passkeys",
        ["passkey"],
        "select name, synced, created_at, used_at from passkey where account_id = $1 order by created_at, id"
    ),
    part!(
        "sign_in_provider",
        ["account_link"],
        "select issuer, subject, shown, linked_at, used_at from account_link where account_id = $1 order by linked_at"
    ),
    part!(
        "activity",
        ["audit_entry"],
        "select at, action, subject, subject_id, network, user_agent, before, after
         from audit_entry where account_id = $1 order by id"
    ),
    part!(
        "messages",
        ["delivery"],
        "select channel, address, kind, topic, subject, state, created_at, finished_at
         from delivery where account_id = $1 order by id"
    ),
    part!(
        "notification_preferences",
        ["notification_preference"],
        "select topic, channel, wanted, changed_at from notification_preference
         where account_id = $1 order by topic, channel"
    ),
    part!(
        "profile",
        ["profile"],
        "select name, born, theme, media_id as picture, updated_at from profile where account_id = $1"
    ),
    part!(
        "addresses",
        ["address"],
        "select address.id, label, recipient, phone, street, detail, region.name as district, district_code, postcode,
           notes, address.latitude, address.longitude, is_default, created_at, updated_at
         from address join region on region.code = address.district_code
         where account_id = $1 order by created_at, address.id"
    ),
    part!(
        "wishlists",
        ["wishlist"],
        "select wishlist.id, wishlist.name, is_default, token is not null as shared, created_at,
           (select jsonb_agg(jsonb_build_object('product', product_id, 'name', name_then, 'variant', variant_id,
              'price', price_then, 'currency', currency, 'added_at', added_at) order by added_at)
            from wish where wish.wishlist_id = wishlist.id) as wishes
         from wishlist where account_id = $1 order by created_at, wishlist.id"
    ),
    part!(
        "cart",
        ["cart"],
        "select cart.id, cart.email, cart.phone, cart.address_id, cart.method, cart.updated_at,
           (select jsonb_agg(jsonb_build_object('product', product.name, 'sku', variant.sku, 'quantity', quantity,
              'note', note, 'ticked', ticked, 'saved_for_later', saved_for_later, 'added_at', line.added_at)
              order by line.added_at)
            from cart_line as line join variant on variant.id = line.variant_id
            join product on product.id = variant.product_id where line.cart_id = cart.id) as lines,
           (select jsonb_agg(code order by added_at) from cart_voucher where cart_voucher.cart_id = cart.id) as vouchers
         from cart where account_id = $1"
    ),
    part!(
        "orders",
        ["order_group", "shop_order"],
        "select shop_order.number, shop.name as shop, shop_order.state, order_group.method, order_group.email,
           order_group.phone, shop_order.currency, shop_order.total, shop_order.placed_at, recipient,
           shop_order.phone as recipient_phone, street, detail, postcode, address_notes, shop_order.note,
           (select jsonb_agg(jsonb_build_object('product', product_name, 'variant', variant_label, 'quantity', quantity,
              'unit_price', unit_price, 'gross', gross, 'note', note) order by position)
            from order_line where order_line.order_id = shop_order.id) as lines
         from shop_order join order_group on order_group.id = shop_order.group_id
         join shop on shop.id = shop_order.shop_id
         where shop_order.account_id = $1 order by shop_order.placed_at, shop_order.number"
    ),
    part!(
        "vouchers_used",
        ["voucher_use", "flash_claim"],
        "select voucher.code, voucher.name, voucher_use.amount, voucher_use.state, voucher_use.at
         from voucher_use join voucher on voucher.id = voucher_use.voucher_id
         where buyer_key = $1::uuid::text
         union all
         select null, 'flash sale', quantity, state, at from flash_claim where buyer_key = $1::uuid::text"
    ),
    part!(
        "shops",
        ["shop_staff", "shop_verification", "shop_invitation"],
        "select shop.slug, shop.name, shop.state, staff.role, staff.since,
           (select jsonb_agg(jsonb_build_object('kind', kind, 'legal_name', legal_name, 'sent_at', sent_at,
              'decided_at', decided_at, 'approved', approved, 'reason', reason) order by sent_at)
            from shop_verification as sent
            where sent.shop_id = shop.id and sent.sent_by = staff.account_id) as documents_sent,
           (select count(*) from shop_invitation as asked
            where asked.shop_id = shop.id and asked.invited_by = staff.account_id) as people_asked
         from shop_staff as staff join shop on shop.id = staff.shop_id
         where staff.account_id = $1 order by staff.since, shop.id"
    ),
    part!(
        "shops_files",
        ["goods_import"],
        "select shop_id, file_name, bytes, state, created_at from goods_import where account_id = $1 order by created_at"
    ),
    part!(
        "shops_goods_changed",
        ["goods_edit"],
        "select shop_id, cardinality(products) as products, change, state, created_at, applied_at
         from goods_edit where account_id = $1 order by created_at"
    ),
    part!(
        "shops_money",
        ["payout_account", "withdrawal", "withdrawal_transition", "fee_rule"],
        "select 'bank account' as what, shop_id, bank as about, holder, null::bigint as amount, added_at as at
         from payout_account where added_by = $1
         union all
         select 'withdrawal asked for', shop_id, state, null, amount, requested_at from withdrawal where requested_by = $1
         union all
         select 'withdrawal moved on', withdrawal.shop_id, moved.to_state, null, withdrawal.amount, moved.at
         from withdrawal_transition as moved join withdrawal on withdrawal.id = moved.withdrawal_id
         where moved.account_id = $1
         union all
         select 'fee decided', shop_id, fee, null, null, created_at from fee_rule where created_by = $1
         order by at"
    ),
    part!(
        "consents",
        ["consent"],
        "select purpose, text_version, given, at from consent where account_id = $1 order by at, id"
    ),
    part!(
        "archives",
        ["data_export"],
        "select id, state, requested_at, finished_at, expires_at, bytes
         from data_export where account_id = $1 order by requested_at, id"
    ),
    part!(
        "coins",
        ["coin_lot"],
        "select coin_lot.order_id, coin_lot.amount, remaining, earned_at, expires_at,
           (select coalesce(jsonb_agg(jsonb_build_object('order_id', coin_use.order_id, 'amount', coin_use.amount,
              'returned', returned) order by coin_use.order_id), '[]')
            from coin_use where lot_id = coin_lot.id) as spent
         from coin_lot where account_id = $1 order by earned_at, id"
    ),
    part!(
        "membership",
        ["member_standing"],
        "select tier, spent, counted_at from member_standing where account_id = $1"
    ),
    part!(
        "closing",
        ["account_closing"],
        "select requested_at, due_at, cancelled_at, erased_at
         from account_closing where account_id = $1 order by requested_at"
    ),
    part!(
        "pictures",
        ["media"],
        "select id, state, width, height, bytes, created_at from media where owner_id = $1 order by created_at"
    ),
];
