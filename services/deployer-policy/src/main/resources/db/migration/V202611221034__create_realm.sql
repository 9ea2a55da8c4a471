create table realm (
  id              uuid        not null,
  name            text        not null,
  spec            jsonb       not null,
  labels          jsonb       not null,
  policy          text,
  host_selector   jsonb       not null,
  restart_policy  text        not null,
  goal            text        not null,
  phase           text        not null,
  decision_id     uuid,
  host            text,
  launch_id       uuid,
  boot_id         uuid,
  grant_id        uuid,
  plan            jsonb,
  agent_realm     uuid,
  rim             text,
  rmi_calls_total bigint,
  outcome         jsonb,
  failure         jsonb,
  refused         jsonb       not null,
  forecast        jsonb,
  granules        bigint,
  conditions      jsonb       not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         bigint      not null,
  wishes          bigint      not null default 0,
  constraint realm_pk primary key (id),
  constraint realm_name_unique unique (name),
  constraint realm_restart_policy check (restart_policy in ('NEVER', 'ON_HOST_LOSS')),
  constraint realm_goal check (goal in ('RUN', 'STOP', 'DELETE')),
  constraint realm_phase check (phase in (
    'PENDING', 'DECIDED', 'PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING', 'STOPPED', 'DENIED', 'FAILED', 'LOST')),
  constraint realm_decision_fk foreign key (decision_id) references decision (id),
  constraint realm_grant_fk foreign key (grant_id) references grant_issued (id),
  constraint realm_decided check (phase in ('PENDING', 'STOPPED') or decision_id is not null),
  constraint realm_launch_is_whole check (
    num_nonnulls(launch_id, boot_id, grant_id, plan) in (0, 4) and (launch_id is null or host is not null)),
  constraint realm_launched check (phase not in ('LAUNCHING', 'ACTIVE', 'RUNNING', 'FAILED', 'LOST') or launch_id is not null),
  constraint realm_incarnated check (phase not in ('ACTIVE', 'RUNNING') or agent_realm is not null),
  constraint realm_failure check ((phase = 'FAILED') = (failure is not null))
);
comment on table realm is 'Realms: what was asked for, what is wanted, and how far they are.';
comment on column realm.phase is 'The state without the wish to delete it, which is the goal.';
comment on column realm.granules is 'What the realm takes of its host by the forecast.';
comment on column realm.wishes is 'How often somebody wanted the realm worked on; a worker compares it before it rests.';
create index realm_host_idx on realm (host) where phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING');
create index realm_waiting_idx on realm (id) where phase in ('PENDING', 'DECIDED');

create table realm_image (
  realm_id uuid not null,
  sha256   text not null,
  constraint realm_image_pk primary key (realm_id, sha256),
  constraint realm_image_realm_fk foreign key (realm_id) references realm (id) on delete cascade,
  constraint realm_image_image_fk foreign key (sha256) references image (sha256)
);
comment on table realm_image is 'Which images a realm names: they stay as long as it does.';
create index realm_image_sha256_idx on realm_image (sha256);
