-- Synonyms operators add to those that come with the program.
create table search_synonym (
  id uuid primary key,
  -- Searches in this language; null is any.
  lang text constraint search_synonym_lang_known check (lang in ('id', 'en')),
  phrases text[] not null,
  -- Empty: all phrases mean the same. Else who asks for one of them is also shown these.
  shown text[] not null,
  updated_at timestamptz not null,
  constraint search_synonym_relates check (cardinality(phrases) >= case when cardinality(shown) = 0 then 2 else 1 end)
);
