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
