-- What shoppers search for, without who they are: no address, account or visitor key, the time only to the hour, rows
-- in no order. A text that looks like an e-mail address or a phone number is never written. After some days rows
-- become counts per day, and texts that few searches had are dropped on the way.
create table search_log (
  at timestamptz not null constraint search_log_whole_hour check (date_trunc('hour', at, 'UTC') = at),
  lang text not null constraint search_log_lang_known check (lang in ('id', 'en')),
  query text not null constraint search_log_query_length check (length(query) between 1 and 120),
  -- The kinds of filters that were set (`city,price`), not what they were set to.
  filters text not null,
  -- Products that had every word.
  results integer not null constraint search_log_results_counted check (results >= 0),
  took_ms integer not null constraint search_log_took_counted check (took_ms >= 0)
);
create index search_log_at on search_log (at);

-- Counts per day of queries that many searches had.
create table search_daily (
  day date not null,
  lang text not null,
  query text not null,
  searches bigint not null,
  without_results bigint not null,
  primary key (day, lang, query)
);

-- All searches of a day, dropped texts included.
create table search_day (
  day date not null,
  lang text not null,
  searches bigint not null,
  without_results bigint not null,
  filtered bigint not null,
  took_ms bigint not null,
  primary key (day, lang)
);
