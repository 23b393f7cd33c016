-- Who came from where, newest first.
create index audit_network on audit_entry (network, id desc) where network is not null;
