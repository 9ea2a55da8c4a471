create table audit_pending (
  id      bigint      not null generated always as identity,
  at      timestamptz not null,
  actor   text        not null,
  event   text        not null,
  subject text        not null,
  details text        not null,
  constraint audit_pending_pk primary key (id)
);
comment on table audit_pending is 'Entries of the audit trail that wait to be chained, in the order in which that happens.';

create table audit_entry (
  position bigint      not null,
  at       timestamptz not null,
  actor    text        not null,
  event    text        not null,
  subject  text        not null,
  details  text        not null,
  previous text        not null,
  hash     text        not null,
  constraint audit_entry_pk primary key (position),
  constraint audit_entry_position_positive check (position > 0),
  constraint audit_entry_previous_unique unique (previous),
  constraint audit_entry_previous_sha256 check (previous ~ '^[0-9a-f]{64}$'),
  constraint audit_entry_hash_sha256 check (hash ~ '^[0-9a-f]{64}$')
);
comment on table audit_entry is 'The audit trail: rows are added, and neither changed nor deleted.';
comment on column audit_entry.details is 'JSON in its canonical text: exactly what was hashed.';
comment on column audit_entry.previous is 'The hash of the row before: unique, so that the chain cannot fork.';
create index audit_entry_subject_idx on audit_entry (subject, position);
create index audit_entry_event_idx on audit_entry (event, position);

-- The service's role has no right to do so anyway; this stops the owner's accidents as well.
create function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end
$$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function audit_entry_is_append_only();
create trigger audit_entry_not_truncated before truncate on audit_entry
  for each statement execute function audit_entry_is_append_only();
