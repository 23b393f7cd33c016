create table review (
  id uuid primary key,
  product_id uuid not null references product (id),
  variant_id uuid references variant (id),
  author text not null constraint review_author_length check (length(btrim(author)) between 1 and 60),
  stars smallint not null constraint review_stars_range check (stars between 1 and 5),
  body text not null constraint review_body_length check (length(body) <= 5000),
  -- 'import' reviews are already part of the totals their listing came with.
  source text not null constraint review_source_known check (source in ('purchase', 'import', 'demo')),
  -- What makes it the same review when it comes again.
  source_key text,
  created_at timestamptz not null,
  constraint review_once_per_source unique (source, source_key)
);
create index review_newest on review (product_id, created_at desc, id desc);
create index review_by_stars on review (product_id, stars, created_at desc, id desc);
