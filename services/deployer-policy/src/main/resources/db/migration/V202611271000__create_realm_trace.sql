create table realm_trace (
  realm_id    uuid not null,
  traceparent text not null,
  constraint realm_trace_pk primary key (realm_id),
  constraint realm_trace_realm_fk foreign key (realm_id) references realm (id) on delete cascade
);
comment on table realm_trace is
  'The recorded trace (W3C) of the request that last wished for work on a realm; work on it links back to that.';
