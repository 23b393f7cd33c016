-- Operators look at goods that wait, and at those that were put on sale last (product_newest).
create index product_in_review on product (updated_at, id) where state = 'in_review';
create index product_transition_judged on product_transition (product_id, at desc, id desc)
  where to_state in ('active', 'rejected');
