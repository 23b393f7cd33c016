-- Who looked at what; the visitor is a random key that lives as long as their cookie. Old rows are swept by a job.
create table product_view_event (
  id bigint generated always as identity primary key,
  visitor uuid not null,
  product_id uuid not null references product (id),
  at timestamptz not null
);
create index product_view_event_visitor on product_view_event (visitor, at desc);
create index product_view_event_at on product_view_event (at);

-- Computed from the events by a job, best first.
create table product_related (
  product_id uuid not null references product (id),
  kind text not null constraint product_related_kind_known check (kind in ('also_viewed', 'also_bought')),
  rank smallint not null constraint product_related_rank_range check (rank between 1 and 24),
  related_id uuid not null references product (id),
  score double precision not null,
  primary key (product_id, kind, rank),
  constraint product_related_to_another check (related_id <> product_id)
);

create table product_trending (
  rank smallint primary key constraint product_trending_rank_range check (rank between 1 and 100),
  product_id uuid not null unique references product (id),
  score double precision not null,
  computed_at timestamptz not null
);
