//! Whether the ledger, the orders, the payments and the stock tell the same story. Each check is a query that finds what
//! does not fit; none of them changes anything.

use crate::cards::currency;
use model::{Money, ids::Uuid, views::books::BooksRow};
use sqlx::PgConnection;

/// Something that does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// What lies in an order's escrow is not what was paid for it and not given back.
    Escrow { order: String, there: i64, due: i64 },
    /// What the ledger says a provider holds is not what its messages come to.
    Provider { provider: String, there: i64, due: i64 },
    /// A payment came in whole, and neither is its group paid nor does the money go back.
    PaidWithoutOrder { payment: Uuid },
    /// A group counts as paid, and no payment covers it.
    OrderWithoutPayment { group: Uuid },
    /// What a shop was given for a completed order is not what its sums come to, or was given more than once, or for one
    /// that is not complete.
    Released { order: String, there: i64, due: i64 },
    /// What left a shop's balance for a withdrawal is not what is on its way or arrived.
    Withdrawal { withdrawal: Uuid, there: i64, due: i64 },
    /// What a member has in coins is not what is left of those they were given.
    Coins { account: Uuid, there: i64, due: i64 },
    /// The coins an order took, less what came back of one that was cancelled, are not those that its price says.
    CoinsOfOrder { order: String, there: i64, due: i64 },
    /// What is left of coins that came at once is not what was neither spent nor expired.
    CoinsLeft { lot: Uuid, there: i64, due: i64 },
    /// Pieces are reserved that no reservation is of, or the other way round.
    Reserved { variant: Uuid, there: i64, due: i64 },
}

/// All that does not fit, at most a hundred of each kind.
pub async fn misfits(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let mut found = escrows(db).await?;
    found.extend(providers(db).await?);
    found.extend(balances_spent(db).await?);
    found.extend(payments(db).await?);
    found.extend(reservations(db).await?);
    found.extend(releases(db).await?);
    found.extend(withdrawals(db).await?);
    found.extend(coins(db).await?);
    Ok(found)
}

/// What lies in the accounts of each kind; all of it together is nothing.
pub async fn balances(db: &mut PgConnection) -> Result<Vec<BooksRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select account.kind, account.currency, count(distinct account.id) as "accounts!", count(entry.amount) as "entries!",
             coalesce(sum(entry.amount), 0)::bigint as "sum!"
           from ledger_account as account left join ledger_entry as entry on entry.account_id = account.id
           group by account.kind, account.currency order by account.currency, account.kind"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BooksRow {
                kind: row.kind,
                sum: Money::new(row.sum, currency(&row.currency)?),
                accounts: row.accounts,
                entries: row.entries,
            })
        })
        .collect()
}

/// Cash on delivery comes into escrow when it is collected; what was cancelled after it was paid is owed to its buyer, and
/// what was completed has gone to whom it belongs. Parts that were given back meanwhile are not there any more.
async fn escrows(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select shop_order.number, coalesce(account.balance, 0) as "there!",
             held.due as "due!"
           from shop_order
           join order_group on order_group.id = shop_order.group_id
           left join ledger_account as account on account.kind = 'escrow' and account.owner = shop_order.id::text
             and account.currency = shop_order.currency
           left join lateral (
             select coalesce(sum(amount), 0)::bigint as amount from refund
             where refund.order_id = shop_order.id and shop_order.state not in ('cancelled', 'completed')
           ) as given_back on true
           join lateral (
             select case when shop_order.state in ('awaiting_payment', 'cancelled', 'completed') then 0
                  when order_group.method = 'cod' and collected_at is null then 0
                  else shop_order.total - given_back.amount end as due
           ) as held on true
           where coalesce(account.balance, 0) <> held.due
           order by shop_order.number limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit =
        rows.into_iter().map(|row| Misfit::Escrow { order: row.number, there: row.there, due: row.due });
    Ok(misfit.collect())
}

async fn providers(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select told.provider as "provider!", coalesce(written.held, 0)::bigint as "there!", told.held::bigint as "due!"
           from (
             select provider, sum(captured - refunded - charged_back) as held from payment
             where provider <> 'balance' group by provider
           ) as told
           left join (
             select account.owner, -sum(entry.amount) as held
             from ledger_account as account join ledger_entry as entry on entry.account_id = account.id
             where account.kind = 'provider' group by account.owner
           ) as written on written.owner = told.provider
           where coalesce(written.held, 0) <> told.held
           order by told.provider limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit = rows.into_iter().map(|row| Misfit::Provider {
        provider: row.provider,
        there: row.there,
        due: row.due,
    });
    Ok(misfit.collect())
}

/// What was paid from shops' balances and not paid back has left them.
async fn balances_spent(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select told.group_id, written.held::bigint as "there!", told.held::bigint as "due!"
           from (
             select group_id, sum(captured - refunded - charged_back) as held from payment
             where provider = 'balance' group by group_id
           ) as told
           join lateral (
             select coalesce(-sum(entry.amount), 0) as held
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'seller'
             where journal.reference = told.group_id
           ) as written on true
           where written.held <> told.held
           order by told.group_id limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit = rows.into_iter().map(|row| Misfit::Provider {
        provider: format!("balance {}", row.group_id),
        there: row.there,
        due: row.due,
    });
    Ok(misfit.collect())
}

async fn payments(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let without_order = sqlx::query_scalar!(
        "select payment.id from payment join order_group on order_group.id = payment.group_id
         where payment.captured >= payment.amount and order_group.state <> 'paid'
           and payment.captured > payment.charged_back + payment.refunding
         order by payment.id limit 100"
    )
    .fetch_all(&mut *db)
    .await?;
    let without_payment = sqlx::query_scalar!(
        "select order_group.id from order_group
         where state = 'paid' and method <> 'cod' and total > 0 and not exists (
           select from payment where payment.group_id = order_group.id and payment.captured >= order_group.total)
         order by order_group.id limit 100"
    )
    .fetch_all(db)
    .await?;
    let paid = without_order.into_iter().map(|payment| Misfit::PaidWithoutOrder { payment });
    Ok(paid.chain(without_payment.into_iter().map(|group| Misfit::OrderWithoutPayment { group })).collect())
}

/// Parts that were given back before an order was complete were the shop's to bear, and so were coins that came back; of what was
/// not sent it has neither the platform's discount nor its commission to bear.
async fn releases(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select shop_order.number, written.amount as "there!", owed.amount as "due!"
           from shop_order
           left join lateral (
             select coalesce(sum(entry.amount), 0)::bigint as amount
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'seller'
             where journal.reference = shop_order.id and journal.kind = 'released'
           ) as written on true
           left join lateral (
             select coalesce(sum(entry.amount), 0)::bigint as amount
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'escrow'
             where journal.reference = shop_order.id and journal.kind = 'refunded'
           ) as given_back on true
           left join lateral (
             select coalesce(sum(entry.amount), 0)::bigint as amount
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'platform_promotion'
             where journal.reference = shop_order.id and journal.kind = 'coins_returned'
           ) as coins_back on true
           left join lateral (
             select coalesce(sum(commission_back - discount_back), 0)::bigint as amount from left_out
             where left_out.order_id = shop_order.id
           ) as unsent on true
           left join lateral (
             select case when state = 'completed'
               then goods + platform_discount - shipping_discount_by_shop - commission + given_back.amount
                 + coins_back.amount + unsent.amount else 0 end as amount
           ) as owed on true
           where state in ('shipped', 'delivered', 'completed', 'cancelled') and written.amount <> owed.amount
           order by shop_order.number limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit =
        rows.into_iter().map(|row| Misfit::Released { order: row.number, there: row.there, due: row.due });
    Ok(misfit.collect())
}

async fn withdrawals(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select withdrawal.id, written.amount as "there!", owed.amount as "due!"
           from withdrawal
           left join lateral (
             select coalesce(-sum(entry.amount), 0)::bigint as amount
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id and account.kind = 'seller'
               and account.owner = withdrawal.shop_id::text
             where journal.reference = withdrawal.id
           ) as written on true
           left join lateral (select case when state = 'failed' then 0 else withdrawal.amount end as amount) as owed on true
           where written.amount <> owed.amount order by withdrawal.id limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit =
        rows.into_iter().map(|row| Misfit::Withdrawal { withdrawal: row.id, there: row.there, due: row.due });
    Ok(misfit.collect())
}

async fn coins(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let members = sqlx::query!(
        r#"select coalesce(account.owner, lots.owner) as "owner!", coalesce(account.balance, 0) as "there!",
             coalesce(lots.remaining, 0) as "due!"
           from (select owner, balance from ledger_account where kind = 'coins') as account
           full join (
             select account_id::text as owner, sum(remaining)::bigint as remaining from coin_lot group by account_id
           ) as lots on lots.owner = account.owner
           where coalesce(account.balance, 0) <> coalesce(lots.remaining, 0)
           order by 1 limit 100"#
    )
    .fetch_all(&mut *db)
    .await?;
    let orders = sqlx::query!(
        r#"select shop_order.number, took.amount as "there!", owed.amount as "due!"
           from (
             select order_id from coin_use union select order_id from order_adjustment where source = 'coins'
           ) as of
           join shop_order on shop_order.id = of.order_id
           join lateral (
             select coalesce(sum(amount - case when state = 'cancelled' then returned else 0 end), 0)::bigint as amount
             from coin_use where order_id = shop_order.id
           ) as took on true
           join lateral (
             select case when state = 'cancelled' then 0 else coalesce(sum(amount), 0) end::bigint as amount
             from order_adjustment where order_id = shop_order.id and source = 'coins'
           ) as owed on true
           where took.amount <> owed.amount order by shop_order.number limit 100"#
    )
    .fetch_all(&mut *db)
    .await?;
    let lots = sqlx::query!(
        r#"select lot.id, lot.remaining as "there!", kept.amount as "due!"
           from coin_lot as lot
           join lateral (
             select lot.amount
               - (select coalesce(sum(amount - returned), 0) from coin_use where lot_id = lot.id)::bigint
               + (select coalesce(sum(entry.amount), 0)
                  from ledger_journal as journal
                  join ledger_entry as entry on entry.journal_id = journal.id
                  join ledger_account as account on account.id = entry.account_id and account.kind = 'coins'
                  where journal.reference = lot.id and journal.kind = 'coins_expired')::bigint as amount
           ) as kept on true
           where lot.remaining <> kept.amount order by lot.id limit 100"#
    )
    .fetch_all(db)
    .await?;
    let members = members.into_iter().filter_map(|row| {
        Some(Misfit::Coins { account: row.owner.parse().ok()?, there: row.there, due: row.due })
    });
    let orders = orders.into_iter().map(|row| Misfit::CoinsOfOrder {
        order: row.number,
        there: row.there,
        due: row.due,
    });
    let lots = lots.into_iter().map(|row| Misfit::CoinsLeft { lot: row.id, there: row.there, due: row.due });
    Ok(members.chain(orders).chain(lots).collect())
}

async fn reservations(db: &mut PgConnection) -> Result<Vec<Misfit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select stock.variant_id, stock.reserved::bigint as "there!", coalesce(kept.pieces, 0)::bigint as "due!"
           from stock
           left join (
             select variant_id, warehouse_id, sum(quantity - released - shipped) as pieces
             from reservation where counted group by variant_id, warehouse_id
           ) as kept on kept.variant_id = stock.variant_id and kept.warehouse_id = stock.warehouse_id
           where stock.reserved <> coalesce(kept.pieces, 0)
           order by stock.variant_id limit 100"#
    )
    .fetch_all(db)
    .await?;
    let misfit = rows.into_iter().map(|row| Misfit::Reserved {
        variant: row.variant_id,
        there: row.there,
        due: row.due,
    });
    Ok(misfit.collect())
}
