-- What couriers outside said they take for a parcel. Every node shows and charges by the same answer, and nobody outside is
-- asked while an order is placed.
create table shipping_quote (
  -- SHA-256 of the question: the places, weight, size and value of the parcel, and which couriers were asked.
  key bytea constraint shipping_quote_key primary key constraint shipping_quote_key_length check (length(key) = 32),
  -- Empty where nobody goes; none where there was no answer.
  offers jsonb constraint shipping_quote_offers_form check (jsonb_typeof(offers) = 'array'),
  asked_at timestamptz not null,
  -- Until then it is charged; where there was no answer, until then nobody is asked again.
  good_until timestamptz not null,
  constraint shipping_quote_good_for_a_while check (good_until > asked_at)
);
create index shipping_quote_old on shipping_quote (good_until);

-- What an aggregator calls the service that was sold; the couriers of our own tables have no such name.
alter table shop_order add column service_code text
  constraint shop_order_service_code_form check (service_code ~ '^[A-Za-z0-9_-]{1,40}$');
