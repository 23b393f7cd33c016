-- What people say about themselves. No row until they say something.
create table profile (
  account_id uuid primary key references account (id),
  name text constraint profile_name_length check (length(btrim(name)) between 1 and 60),
  born date constraint profile_born_plausible check (born >= date '1900-01-01'),
  -- As on the site: follows the device unless chosen.
  theme text not null default 'system' constraint profile_theme_known check (theme in ('system', 'light', 'dark')),
  media_id uuid references media (id),
  updated_at timestamptz not null,
  version int not null default 1
);
