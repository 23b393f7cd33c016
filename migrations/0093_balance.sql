-- A shop's owner may pay with what it has earned: our own books are the provider.
alter table payment drop constraint payment_method_known;
alter table payment add constraint payment_method_known check (method in ('va_bca', 'va_mandiri', 'va_bni', 'va_bri',
  'va_permata', 'qris', 'gopay', 'ovo', 'dana', 'shopeepay', 'card', 'alfamart', 'indomaret', 'cod', 'balance'));
alter table payment add constraint payment_balance_is_ours check ((method = 'balance') = (provider = 'balance'));
-- What was paid this way is looked for by itself when the books are proved.
create index payment_from_balance on payment (group_id) where provider = 'balance';
