-- Whether a picture is still named by a variant is asked when it is swept, and by its foreign key.
create index variant_media on variant (media_id) where media_id is not null;
