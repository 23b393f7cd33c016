-- A transaction with a NOTIFY in it commits while no other such one does, the disk's time included, and every order and
-- payment writes events and jobs. So whoever writes tells of it after the commit (kernel::bell).
drop trigger outbox_notify on outbox;
drop function outbox_notify();
drop trigger job_notify on job;
drop function job_notify();
