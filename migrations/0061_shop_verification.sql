-- Who is behind a shop: one row each time its owner sends documents, and what an operator decided.
create table shop_verification (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  kind text not null constraint shop_verification_kind_known check (kind in ('person', 'company')),
  -- As on the documents.
  legal_name text not null constraint shop_verification_name_length check (length(btrim(legal_name)) between 1 and 100),
  sent_by uuid not null references account (id),
  sent_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references account (id),
  approved boolean,
  reason text constraint shop_verification_reason_length check (length(btrim(reason)) between 1 and 500),
  constraint shop_verification_decided check (num_nulls(decided_at, decided_by, approved) in (0, 3)),
  constraint shop_verification_rejected_with_reason check ((approved is false) = (reason is not null))
);
create unique index shop_verification_one_open on shop_verification (shop_id) where decided_at is null;
create index shop_verification_queue on shop_verification (sent_at, id) where decided_at is null;
create index shop_verification_shop on shop_verification (shop_id, sent_at desc, id desc);

-- What was shown. The files lie elsewhere, sealed; a row is written before its file and outlives it.
create table shop_document (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  -- None until all of them have come.
  verification_id uuid references shop_verification (id),
  kind text not null constraint shop_document_kind_known check (kind in ('identity_card', 'selfie', 'company_papers')),
  content_type text not null constraint shop_document_type_known check (content_type in ('image/jpeg', 'application/pdf')),
  bytes bigint not null constraint shop_document_bytes_positive check (bytes > 0),
  received_at timestamptz not null,
  deleted_at timestamptz
);
create unique index shop_document_one_of_a_kind on shop_document (verification_id, kind) where verification_id is not null;
create index shop_document_unsent on shop_document (received_at) where verification_id is null and deleted_at is null;
create index shop_document_kept on shop_document (verification_id) where deleted_at is null;
