-- Goods that go from one of a shop's warehouses to another. They leave the one when they are sent, are on the way, and come
-- into the other in parts; what does not arrive is written off, or brought back. Nothing is lost or doubled: see the trigger.
create table stock_transfer (
  id uuid primary key,
  shop_id uuid not null,
  from_warehouse uuid not null,
  to_warehouse uuid not null,
  state text not null default 'draft'
    constraint stock_transfer_state_known check (state in ('draft', 'sent', 'closed', 'cancelled')),
  -- Pieces of all its lines.
  on_way int not null default 0 constraint stock_transfer_on_way_not_negative check (on_way >= 0),
  created_by uuid,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  constraint stock_transfer_from_of_shop foreign key (from_warehouse, shop_id) references warehouse (id, shop_id),
  constraint stock_transfer_to_of_shop foreign key (to_warehouse, shop_id) references warehouse (id, shop_id),
  constraint stock_transfer_elsewhere check (from_warehouse <> to_warehouse),
  constraint stock_transfer_sent_while_on_way check ((state = 'sent') = (on_way > 0)),
  constraint stock_transfer_sent_at check ((state = 'draft') = (sent_at is null)),
  constraint stock_transfer_ended_at check ((state in ('closed', 'cancelled')) = (ended_at is not null))
);
create index stock_transfer_shop on stock_transfer (shop_id, created_at desc, id desc);
create index stock_transfer_from on stock_transfer (from_warehouse) where state = 'sent';
create index stock_transfer_to on stock_transfer (to_warehouse) where state = 'sent';

create table stock_transfer_line (
  transfer_id uuid not null references stock_transfer (id) on delete cascade,
  variant_id uuid not null references variant (id),
  quantity int not null constraint stock_transfer_line_quantity_range check (quantity between 1 and 1000000),
  -- All of it, or nothing while it is a draft.
  sent int not null default 0,
  received int not null default 0 constraint stock_transfer_line_received_not_negative check (received >= 0),
  returned int not null default 0 constraint stock_transfer_line_returned_not_negative check (returned >= 0),
  written_off int not null default 0 constraint stock_transfer_line_written_off_not_negative check (written_off >= 0),
  on_way int not null generated always as (sent - received - returned - written_off) stored,
  primary key (transfer_id, variant_id),
  constraint stock_transfer_line_sent_whole check (sent in (0, quantity)),
  constraint stock_transfer_line_on_way_not_negative check (on_way >= 0)
);
create index stock_transfer_line_on_way on stock_transfer_line (variant_id) where on_way > 0;
create index stock_transfer_line_variant on stock_transfer_line (variant_id);

-- What became of which pieces: only ever added to.
create table stock_transfer_step (
  id bigint primary key generated always as identity,
  transfer_id uuid not null references stock_transfer (id),
  variant_id uuid not null,
  kind text not null constraint stock_transfer_step_kind_known check (kind in ('sent', 'received', 'returned', 'written_off')),
  pieces int not null constraint stock_transfer_step_pieces_positive check (pieces > 0),
  reason text constraint stock_transfer_step_reason_known check (reason in ('damaged', 'lost', 'other')),
  actor uuid,
  at timestamptz not null,
  constraint stock_transfer_step_reason_of_written_off check ((kind = 'written_off') = (reason is not null))
);
create index stock_transfer_step_transfer on stock_transfer_step (transfer_id, id desc);
create function stock_transfer_step_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'what became of goods on their way is never changed' using errcode = 'restrict_violation',
    constraint = 'stock_transfer_step_is_final';
end $$;
create trigger stock_transfer_step_is_final before update or delete on stock_transfer_step
  for each row execute function stock_transfer_step_is_final();
create trigger stock_transfer_step_is_kept before truncate on stock_transfer_step
  for each statement execute function stock_transfer_step_is_final();

-- What warehouses gave and got of a line, what is on the way and what was written off come to nothing, and so do a transfer
-- and its lines. Looked at when the transaction ends, as each change takes several statements.
create index stock_movement_moved on stock_movement (reference, variant_id) where kind = 'moved';
create function stock_transfer_adds_up() returns trigger language plpgsql as $$
begin
  if exists (
    select from stock_transfer_line as line
    where line.transfer_id = new.transfer_id and line.variant_id = new.variant_id
      and line.on_way + line.written_off + coalesce((
        select sum(on_hand_delta) from stock_movement as moved
        where moved.reference = line.transfer_id and moved.variant_id = line.variant_id and moved.kind = 'moved'), 0) <> 0
  ) or exists (
    select from stock_transfer as transfer
    where transfer.id = new.transfer_id and transfer.on_way <> (
      select sum(line.on_way) from stock_transfer_line as line where line.transfer_id = transfer.id)
  ) then
    raise exception 'goods on their way were lost or doubled' using errcode = 'check_violation',
      constraint = 'stock_transfer_adds_up';
  end if;
  return null;
end $$;
create constraint trigger stock_transfer_adds_up after insert or update on stock_transfer_line
  deferrable initially deferred for each row execute function stock_transfer_adds_up();
