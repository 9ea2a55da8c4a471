create table idempotency_key (
  operation      text        not null,
  key            text        not null,
  request_digest text        not null,
  status         integer     not null,
  headers        jsonb       not null,
  body           bytea       not null,
  created_at     timestamptz not null,
  constraint idempotency_key_pk primary key (operation, key)
);
comment on table idempotency_key is 'Answers to creating requests, stored in the transaction that created.';
create index idempotency_key_created_at_idx on idempotency_key (created_at);
