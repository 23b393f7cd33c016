-- Whether a shop was told of what was decided about its nomination. Of what was decided so far nobody is told anymore.
alter table flash_nomination add column told boolean not null default true;
