create table host (
  name          text        not null,
  agent_url     text        not null,
  machine       text        not null,
  agent_name    text        not null,
  labels        jsonb       not null,
  origin        text        not null,
  cordoned      boolean     not null,
  status_reason text        not null,
  status_text   text        not null,
  status_since  timestamptz not null,
  polled_at     timestamptz,
  report        jsonb,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint host_pk primary key (name),
  constraint host_origin check (origin in ('API', 'CONFIGURATION')),
  constraint host_status_reason check (status_reason in (
    'POLLED', 'NOT_POLLED_YET', 'UNREACHABLE', 'TIMED_OUT', 'UNKNOWN_MACHINE', 'UNKNOWN_PROFILE', 'BAD_ANSWER'))
);
comment on table host is 'One machine of one agent, and what the agent said about it last.';
