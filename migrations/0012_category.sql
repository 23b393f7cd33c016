create table category (
  id uuid primary key,
  parent_id uuid references category (id),
  slug text not null constraint category_slug_unique unique
    constraint category_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  name_id text not null constraint category_name_id_length check (length(btrim(name_id)) between 2 and 60),
  name_en text not null constraint category_name_en_length check (length(btrim(name_en)) between 2 and 60),
  -- Key of the drawing that stands for it.
  icon text not null,
  sort int not null default 0,
  -- Products on sale here and beneath; refreshed by a job, so that no page counts.
  product_count int not null default 0,
  constraint category_not_its_own_parent check (parent_id <> id)
);
create index category_parent on category (parent_id, sort);

-- What goods of a category are described by; a category has its ancestors' attributes too.
create table category_attribute (
  id uuid primary key,
  category_id uuid not null references category (id),
  key text not null constraint attribute_key_form check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label_id text not null,
  label_en text not null,
  kind text not null constraint attribute_kind_known check (kind in ('text', 'number', 'choice', 'flag')),
  unit text,
  -- [{"key": "cotton", "id": "Katun", "en": "Cotton"}, …]
  choices jsonb,
  filterable boolean not null default false,
  sort int not null default 0,
  constraint attribute_key_unique unique (category_id, key),
  constraint attribute_unit_of_numbers check (unit is null or kind = 'number'),
  constraint attribute_choices_of_choice check ((kind = 'choice') = (choices is not null)),
  constraint attribute_choices_list check (choices is null or jsonb_typeof(choices) = 'array')
);

-- A tree never closes into a ring.
create function category_stays_a_tree() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive up as (
      select id, parent_id from category where id = new.parent_id
      union
      select c.id, c.parent_id from category c join up on c.id = up.parent_id
    )
    select from up where id = new.id
  ) then
    raise exception 'category % would be its own ancestor', new.slug using errcode = 'check_violation', constraint = 'category_is_a_tree';
  end if;
  return new;
end $$;
create trigger category_is_a_tree before insert or update of parent_id on category
  for each row when (new.parent_id is not null) execute function category_stays_a_tree();
