create table quota (
  name         text        not null,
  label_key    text        not null,
  label_value  text        not null,
  realms_max   bigint,
  granules_max bigint,
  version      bigint      not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint quota_pk primary key (name),
  constraint quota_limits_something check (num_nonnulls(realms_max, granules_max) > 0),
  constraint quota_limits_are_counts check (realms_max >= 0 and granules_max >= 0)
);
comment on table quota is 'How much realms with a certain label may hold of hosts at the same time.';
create index quota_label_idx on quota (label_key, label_value);
create index realm_labels_idx on realm using gin (labels jsonb_path_ops)
  where phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING');
