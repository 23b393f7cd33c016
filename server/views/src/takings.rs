//! A shop's money: what it has, how that came about, and what it took out.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Money, Page,
    ids::{AccountId, ShopId, Uuid},
    payout::{Bank, PayoutFailure, WithdrawalState, masked},
    views::{
        Purse,
        sold::FeeRow,
        takings::{AccountView, EntryKind, StatementRow, Takings, WaitingWithdrawal, WithdrawalView},
    },
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// What the shops somebody owns have, the longest theirs first; those that are closed keep their money.
pub async fn purses(db: &mut PgConnection, owner: AccountId) -> Result<Vec<Purse>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select shop.slug, shop.name, coalesce(account.balance, 0) as "available!"
           from shop_staff as own
           join shop on shop.id = own.shop_id
           left join ledger_account as account on account.kind = 'seller' and account.owner = shop.id::text
             and account.currency = 'IDR'
           where own.account_id = $1 and own.role = 'owner'
           order by own.since, shop.id"#,
        owner.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Purse { slug: row.slug, name: row.name, available: Money::idr(row.available) })
        .collect())
}

/// Withdrawals on the page.
const LATEST: i64 = 20;

fn bank(name: &str) -> Result<Bank, sqlx::Error> {
    Bank::from_name(name).ok_or_else(|| unsound("a bank", name))
}

/// What a shop has, and what its open orders bring, of which some may have gone back to buyers. Shops sell in rupiah.
pub async fn takings(db: &mut PgConnection, shop: ShopId) -> Result<Takings, sqlx::Error> {
    let sums = sqlx::query!(
        r#"select
             coalesce((select balance from ledger_account where kind = 'seller' and owner = $2 and currency = 'IDR'), 0) as "available!",
             coalesce((select sum(amount) from withdrawal
               where shop_id = $1 and state in ('requested', 'approved', 'sent')), 0)::bigint as "leaving!",
             (coming.amount - unsent.amount - back.amount - coins.amount)::bigint as "coming!", coming.n as "orders!"
           from (
             select coalesce(sum(goods + platform_discount - shipping_discount_by_shop - commission), 0) as amount, count(*) as n
             from shop_order where shop_id = $1 and state in ('paid', 'accepted', 'packed', 'shipped', 'delivered')
           ) as coming, (
             select coalesce(sum(discount_back - commission_back), 0) as amount
             from shop_order join left_out on left_out.order_id = shop_order.id
             where shop_id = $1 and state in ('paid', 'accepted', 'packed', 'shipped', 'delivered')
           ) as unsent, (
             select coalesce(-sum(entry.amount), 0) as amount
             from shop_order
             join ledger_journal as journal on journal.reference = shop_order.id and journal.kind = 'refunded'
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'escrow'
             where shop_id = $1 and state in ('paid', 'accepted', 'packed', 'shipped', 'delivered')
           ) as back, (
             select coalesce(sum(returned), 0) as amount
             from shop_order join coin_use on coin_use.order_id = shop_order.id
             where shop_id = $1 and state in ('paid', 'accepted', 'packed', 'shipped', 'delivered')
           ) as coins"#,
        shop.uuid(),
        shop.to_string()
    )
    .fetch_one(&mut *db)
    .await?;
    let accounts = sqlx::query!(
        "select id, bank, number, holder from payout_account
         where shop_id = $1 and removed_at is null order by added_at, id",
        shop.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    let accounts: Result<Vec<_>, sqlx::Error> = accounts
        .into_iter()
        .map(|row| {
            let number = masked(&row.number);
            Ok(AccountView { id: row.id.into(), bank: bank(&row.bank)?, number, holder: row.holder })
        })
        .collect();
    Ok(Takings {
        available: Money::idr(sums.available),
        coming: Money::idr(sums.coming),
        coming_orders: u64::try_from(sums.orders).unwrap_or_default(),
        leaving: Money::idr(sums.leaving),
        accounts: accounts?,
        withdrawals: withdrawals(db, shop, LATEST).await?,
    })
}

/// The latest first.
pub async fn withdrawals(
    db: &mut PgConnection,
    shop: ShopId,
    limit: i64,
) -> Result<Vec<WithdrawalView>, sqlx::Error> {
    let rows = sqlx::query!(
        "select withdrawal.id, withdrawal.amount, withdrawal.state, withdrawal.failure, withdrawal.requested_at,
           withdrawal.ended_at, account.bank, account.number
         from withdrawal join payout_account as account on account.id = withdrawal.account_id
         where withdrawal.shop_id = $1 order by withdrawal.requested_at desc, withdrawal.id desc limit $2",
        shop.uuid(),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WithdrawalView {
                id: row.id.into(),
                amount: Money::idr(row.amount),
                state: WithdrawalState::from_name(&row.state)
                    .ok_or_else(|| unsound("a withdrawal's state", &row.state))?,
                failure: row.failure.as_deref().and_then(PayoutFailure::from_name),
                bank: bank(&row.bank)?,
                number: masked(&row.number),
                requested_at: row.requested_at.unix_timestamp(),
                ended_at: row.ended_at.map(OffsetDateTime::unix_timestamp),
            })
        })
        .collect()
}

/// The changes of a shop's balance, the latest first, each with the balance after it.
pub async fn statement(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<StatementRow>, ViewError> {
    let after = Cursor::read(after)?;
    let rows = sqlx::query!(
        r#"with mine as (
             select id, balance from ledger_account where kind = 'seller' and owner = $1 and currency = 'IDR'
           ), shown as (
             select entry.id, entry.journal_id, entry.amount from ledger_entry as entry
             where entry.account_id = (select id from mine) and entry.id < $2
             order by entry.id desc limit $3
           )
           select shown.id as "id!", shown.amount as "amount!", journal.kind, journal.at, sold.id as "order_id?",
             sold.number as "number?", sold.goods + sold.platform_discount as goods, sold.shipping_discount_by_shop as "by_shop?",
             coalesce($4::bigint, ((select balance from mine) - coalesce((select sum(newer.amount) from ledger_entry as newer
               where newer.account_id = (select id from mine) and newer.id > (select max(id) from shown)), 0))::bigint)
               as "latest!",
             (select jsonb_agg(jsonb_build_array(kind, amount) order by place) from (
                select kind, sum(amount)::bigint as amount, min(position) as place from order_fee
                where order_fee.order_id = sold.id group by kind) as fee)
               as "fees?: Json<Vec<(String, i64)>>"
           from shown
           join ledger_journal as journal on journal.id = shown.journal_id
           left join shop_order as sold on sold.id = journal.reference
           order by shown.id desc"#,
        shop.to_string(),
        after.map_or(i64::MAX, |after| after.key),
        one_more(limit),
        after.and_then(|after| carried(after.id))
    )
    .fetch_all(db)
    .await?;
    let (shown, next) = cut(rows, limit, |row| Cursor { key: row.id, id: Uuid::nil() });
    let last = shown.last().filter(|_| next.is_some()).map(|row| row.id);
    let mut balance = shown.first().map_or(0, |row| row.latest);
    let mut items = Vec::with_capacity(shown.len());
    for row in shown {
        let kind = match row.kind.as_str() {
            "released" => EntryKind::Released,
            "refunded" | "coins_returned" => EntryKind::Refunded,
            "withdrawn" => EntryKind::Withdrawn,
            "reversed" => EntryKind::Reversed,
            "received" => EntryKind::Spent,
            "refund_settled" => EntryKind::SpentBack,
            _ => EntryKind::Other,
        };
        let sale = kind == EntryKind::Released;
        let fees: Vec<FeeRow> = row
            .fees
            .filter(|_| sale)
            .map(|fees| fees.0)
            .unwrap_or_default()
            .into_iter()
            .map(|(kind, amount)| FeeRow { kind, amount: Money::idr(-amount) })
            .collect();
        let goods = row.goods.filter(|_| sale);
        let by_shop = row.by_shop.filter(|amount| sale && *amount != 0);
        let parts = goods.unwrap_or_default() - by_shop.unwrap_or_default()
            + fees.iter().map(|fee| fee.amount.amount()).sum::<i64>();
        let refunded = (sale && parts != row.amount).then(|| Money::idr(row.amount - parts));
        items.push(StatementRow {
            at: row.at.unix_timestamp(),
            kind,
            order: row.order_id.map(Into::into).zip(row.number),
            amount: Money::idr(row.amount),
            balance: Money::idr(balance),
            goods: goods.map(Money::idr),
            shipping_discount: by_shop.map(|amount| Money::idr(-amount)),
            fees,
            refunded,
        });
        balance -= row.amount;
    }
    let next = last.map(|key| Cursor { key, id: carry(balance) }.write());
    Ok(Page { items, next, total: None })
}

/// Marks a cursor that says what the balance was after the entry that comes next: entries are only ever added to, so it need
/// not be summed up again from the latest.
const CARRIES: u64 = 1;

fn carry(balance: i64) -> Uuid {
    Uuid::from_u64_pair(CARRIES, u64::from_be_bytes(balance.to_be_bytes()))
}

fn carried(id: Uuid) -> Option<i64> {
    let (mark, balance) = id.as_u64_pair();
    (mark == CARRIES).then(|| i64::from_be_bytes(balance.to_be_bytes()))
}

/// What operators have to decide on, the longest waiting first.
pub async fn waiting(db: &mut PgConnection) -> Result<Vec<WaitingWithdrawal>, sqlx::Error> {
    let rows = sqlx::query!(
        "select withdrawal.id, withdrawal.amount, withdrawal.requested_at, shop.name, shop.slug, account.bank,
           account.number
         from withdrawal
         join shop on shop.id = withdrawal.shop_id
         join payout_account as account on account.id = withdrawal.account_id
         where withdrawal.state = 'requested' order by withdrawal.requested_at, withdrawal.id limit 100"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WaitingWithdrawal {
                id: row.id.into(),
                shop: row.name,
                shop_slug: row.slug,
                amount: Money::idr(row.amount),
                bank: bank(&row.bank)?,
                number: masked(&row.number),
                requested_at: row.requested_at.unix_timestamp(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_carries_any_balance_and_an_older_one_carries_none() {
        for balance in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(carried(carry(balance)), Some(balance));
        }
        assert_eq!(carried(Uuid::nil()), None);
    }
}
