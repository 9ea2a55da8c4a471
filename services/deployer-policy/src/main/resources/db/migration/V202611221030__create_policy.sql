create table policy (
  name               text        not null,
  version            bigint      not null,
  latest_revision    integer     not null,
  published_revision integer,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  constraint policy_pk primary key (name),
  constraint policy_version_positive check (version > 0),
  constraint policy_published_exists check (published_revision between 1 and latest_revision)
);
comment on table policy is 'A policy and which of its revisions decides.';
comment on column policy.version is 'Grows with every change; the ETag.';

create table policy_revision (
  policy       text        not null,
  number       integer     not null,
  digest       text        not null,
  content      jsonb       not null,
  created_at   timestamptz not null,
  published_at timestamptz,
  constraint policy_revision_pk primary key (policy, number),
  constraint policy_revision_policy_fk foreign key (policy) references policy (name),
  constraint policy_revision_number_positive check (number > 0),
  constraint policy_revision_digest_sha256 check (digest ~ '^[0-9a-f]{64}$')
);
comment on table policy_revision is 'What a policy said at one time. Only published_at ever changes.';
