-- Checks of the books: asked for by an operator or by the clock, made by a job, since they read everything. One at a time;
-- the latest are kept.
create table books_check (
  id uuid primary key,
  asked_at timestamptz not null,
  ended_at timestamptz,
  -- How much did not fit, and the whole of what was found, as the page shows it. None where it broke off.
  misfits int constraint books_check_misfits_not_negative check (misfits >= 0),
  found jsonb,
  constraint books_check_found_at_its_end check (ended_at is not null or found is null),
  constraint books_check_counted check (num_nulls(misfits, found) in (0, 2))
);
create unique index books_check_one_at_a_time on books_check ((true)) where ended_at is null;
create index books_check_latest on books_check (asked_at desc) where found is not null;
