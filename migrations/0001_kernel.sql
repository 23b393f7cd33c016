-- What the kernel keeps: events (outbox), jobs, and when cron entries are due next.

-- An event is inserted in the transaction of the change it tells of and has no `seq` yet. Once committed it is
-- given the next number, by one numberer at a time. So numbers grow in the order in which events become visible,
-- and a follower that remembers the last number it read never misses one of a transaction that committed late.
create sequence outbox_seq as bigint;

create table outbox (
  id bigint generated always as identity primary key,
  seq bigint unique,
  name text not null,
  key uuid not null,
  body jsonb not null,
  at timestamptz not null,
  request uuid not null
);
create index outbox_unnumbered on outbox (id) where seq is null;
create index outbox_at on outbox (at);

-- How far each named follower whose place is kept here has read.
create table outbox_cursor (
  name text primary key,
  seq bigint not null
);

-- Events up to this number have been deleted; a follower further back than that has to start afresh.
create table outbox_horizon (
  only_row boolean primary key default true check (only_row),
  pruned_to bigint not null default 0
);
insert into outbox_horizon default values;

create function outbox_notify() returns trigger language plpgsql as $$
begin
  notify outbox;
  return null;
end $$;
create trigger outbox_notify after insert on outbox for each statement execute function outbox_notify();

create table job (
  id uuid primary key,
  name text not null,
  args jsonb not null,
  -- waiting: to be run when due; running: leased to a worker; done: it worked, or a waiting twin took its place;
  -- discarded: it said that there is nothing to do; dead: given up, kept for people to look at.
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'discarded', 'dead')),
  priority smallint not null default 0,
  unique_key text,
  attempts integer not null default 0 check (attempts >= 0),
  max_attempts integer not null check (max_attempts > 0),
  due timestamptz not null,
  worker uuid,
  leased_until timestamptz,
  created_at timestamptz not null,
  finished_at timestamptz,
  request uuid not null,
  error text,
  constraint job_lease check ((state = 'running') = (worker is not null) and (worker is null) = (leased_until is null)),
  constraint job_finished check ((state in ('done', 'discarded', 'dead')) = (finished_at is not null))
);
create index job_waiting on job (priority, due, id) where state = 'waiting';
create index job_running on job (leased_until) where state = 'running';
create index job_dead on job (id) where state = 'dead';
create index job_finished_at on job (finished_at) where state in ('done', 'discarded');
-- Only waiting jobs are merged: one already running may have read the old state of what it works on.
create unique index job_unique_key on job (name, unique_key) where state = 'waiting' and unique_key is not null;

create function job_notify() returns trigger language plpgsql as $$
begin
  notify job;
  return null;
end $$;
create trigger job_notify after insert on job for each statement execute function job_notify();

create table job_cron (
  name text primary key,
  schedule text not null,
  next_due timestamptz not null
);
