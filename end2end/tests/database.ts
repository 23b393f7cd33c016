import { spawnSync } from "node:child_process";
import { expect, test } from "./base";

/** For journeys that need what only time brings, or what no page gives yet: they reach past the pages. */
export function needsDatabase(): void {
  test.skip(!process.env.E2E_DATABASE, "E2E_DATABASE does not say where the server under test keeps its data, as psql takes it.");
}

/** Runs statements in one transaction, `:'name'` standing for a value, and says what they return: at least something. */
function run(statements: string, values: Record<string, string>): string {
  const named = Object.entries(values).flatMap(([name, value]) => ["-v", `${name}=${value}`]);
  const options = ["-X", "-q", "-A", "-t", "-1", "-v", "ON_ERROR_STOP=1", ...named, "-f", "-"];
  const done = spawnSync("psql", [...options, process.env.E2E_DATABASE!], { input: statements, encoding: "utf8" });
  expect(done.status, done.error?.message ?? done.stderr).toBe(0);
  expect(done.stdout.trim(), `nothing was touched by: ${statements}`).not.toBe("");
  return done.stdout.trim();
}

/** As if an account, to be closed by its owner, had waited for as long as accounts wait. */
export function graceIsOver(address: string): void {
  run(
    `update account_closing set due_at = requested_at + interval '1 millisecond'
     where account_id = (select account_id from account_contact where address = :'address') and cancelled_at is null;
     update job set due = now()
     where name = 'privacy.erase_account' and state = 'waiting'
       and args->>'account' = (select account_id::text from account_contact where address = :'address')
     returning id;`,
    { address },
  );
}

/** As if somebody who is signed in had proved who they are an hour ago. */
export function provedLongAgo(address: string): void {
  run(
    `update session set proved_at = proved_at - interval '1 hour'
     where account_id = (select account_id from account_contact where address = :'address')
     returning id;`,
    { address },
  );
}

/** As if the deadline of what is paid at `/pay/{payment}` had passed, here and at the bank. */
export function timeToPayIsOver(payment: string): void {
  run(
    `update order_group set due_at = placed_at + interval '1 millisecond'
     where id = (select group_id from payment where id = :'payment');
     update payment set due_at = created_at + interval '1 millisecond' where id = :'payment';
     update bank_charge set due_at = created_at + interval '1 millisecond' where payment_id = :'payment';
     update job set due = now()
     where state = 'waiting' and (
       name = 'order.expire' and args->>'group' = (select group_id::text from payment where id = :'payment')
       or name = 'bank.expire_charge' and args->>'charge' = (select id::text from bank_charge where payment_id = :'payment'))
     returning id;`,
    { payment },
  );
}

/** Gives out a voucher of the platform: so many rupiah off the goods, so many times. */
export function giveAway(code: string, amount: number, quota: number): void {
  run(
    `insert into voucher (id, code, name, kind, amount, funder, starts_at, ends_at, quota, created_at)
     values (gen_random_uuid(), :'code', 'Potongan terbatas', 'fixed', :'amount', 'platform', now() - interval '1 hour',
       now() + interval '1 day', :'quota', now())
     returning id;`,
    { code, amount: String(amount), quota: String(quota) },
  );
}

/** As if a shop had raised the price of one of its variants by so many rupiah. */
export function raisePrice(slug: string, sku: string, by: number): void {
  run(
    `update product set list_price = null, price_min = price_min + :'by', price_max = price_max + :'by' where slug = :'slug';
     update variant set list_price = null, price = price + :'by'
     where product_id = (select id from product where slug = :'slug') and sku = :'sku'
     returning id;`,
    { slug, sku, by: String(by) },
  );
}

export interface Variant {
  slug: string;
  sku: string;
  name: string;
  price: number;
  /** How many can be sold. */
  stock: number;
}

/**
 * Goods of a shop that are sold by the piece, few of which were sold, each of another product: so many from a place on, counted
 * round. What other journeys buy is what most buy. What a journey holds keeps its place, so that others keep theirs.
 */
export function quietGoods(shop: string, place: number, count: number): Variant[] {
  const rows = run(
    `with fit as (
       select distinct on (product.id) product.slug, variant.sku, product.name, variant.price, variant.on_hand, product.sold_count, product.id,
         exists (select from scheduled_price where variant_id = variant.id and ends_at > now())
           or exists (select from bundle_component where variant.id in (bundle_variant, component_variant)) as held
       from product join shop on shop.id = product.shop_id join variant on variant.product_id = product.id
       where shop.slug = :'shop' and product.state = 'active' and product.min_qty = 1 and variant.retired_at is null
         and variant.on_hand between 10 and 100000 and variant.price between 2000 and 2000000
         and variant.price = product.price_min and product.preorder_days is null
         and not exists (select from price_tier where product_id = product.id)
         and not exists (select from flash_item where variant_id = variant.id)
       order by product.id, variant.position
     ), placed as (
       select fit.*, (row_number() over (order by sold_count, id) - 1 + (select count(*) from fit) - :'place'::int % (select count(*) from fit))
         % (select count(*) from fit) as place
       from fit)
     select json_build_object('slug', slug, 'sku', sku, 'name', name, 'price', price, 'stock', on_hand)
     from placed where not held order by place limit :'count'::int;`,
    { shop, place: String(place), count: String(count) },
  );
  return rows.split("\n").map((row) => JSON.parse(row) as Variant);
}

/** As if a flash sale that is to come had begun an hour ago. What is in it is in no other one that is on: in the demonstration's, say. */
export function saleIsOn(sale: string): void {
  run(
    `with other as (
       select held.sale_id, held.variant_id from flash_item as held
       join flash_sale on flash_sale.id = held.sale_id and flash_sale.starts_at < now() + interval '1 hour' and flash_sale.ends_at > now() - interval '1 hour'
       where held.sale_id <> :'sale' and held.variant_id in (select variant_id from flash_item where sale_id = :'sale'))
     delete from flash_claim using other where flash_claim.sale_id = other.sale_id and flash_claim.variant_id = other.variant_id;
     delete from flash_item as held using flash_sale
     where flash_sale.id = held.sale_id and flash_sale.starts_at < now() + interval '1 hour' and flash_sale.ends_at > now() - interval '1 hour'
       and held.sale_id <> :'sale' and held.variant_id in (select variant_id from flash_item where sale_id = :'sale');
     update flash_sale set nominate_until = now() - interval '2 hours', starts_at = now() - interval '1 hour',
       ends_at = now() + interval '1 hour'
     where id = :'sale'
     returning id;`,
    { sale },
  );
}

/** As if a flash sale that is on had just ended. */
export function saleIsOver(sale: string): void {
  run(`update flash_sale set ends_at = now() where id = :'sale' and starts_at < now() returning id;`, { sale });
}
