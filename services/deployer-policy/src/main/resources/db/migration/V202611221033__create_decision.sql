create table decision (
  id         uuid        not null,
  realm_name text        not null,
  verdict    text        not null,
  policy     text,
  revision   integer,
  basis      text        not null,
  document   jsonb       not null,
  created_at timestamptz not null,
  constraint decision_pk primary key (id),
  constraint decision_verdict check (verdict in ('ALLOW', 'DENY', 'NO_HOST')),
  constraint decision_revision_fk foreign key (policy, revision) references policy_revision (policy, number)
);
comment on table decision is 'Decisions as they were made, denials too. Rows never change.';
comment on column decision.document is 'The decision as the API shows it.';
create index decision_realm_name_idx on decision (realm_name, created_at);

create table grant_issued (
  id            uuid        not null,
  decision_id   uuid        not null,
  launch_id     uuid        not null,
  host          text        not null,
  machine       text        not null,
  spec_digest   text        not null,
  plan_digest   text        not null,
  policy_digest text        not null,
  issued_at     timestamptz not null,
  expires_at    timestamptz not null,
  compact       text        not null,
  constraint grant_issued_pk primary key (id),
  constraint grant_issued_decision_fk foreign key (decision_id) references decision (id),
  constraint grant_issued_launch_unique unique (launch_id),
  constraint grant_issued_expires_later check (expires_at > issued_at)
);
comment on table grant_issued is 'Grants as they were signed. Rows never change.';
