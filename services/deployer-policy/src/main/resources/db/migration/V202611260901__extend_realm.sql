-- Every column has a default, so that a replica of the release before this one can go on inserting.
alter table realm
  add column generation          bigint  not null default 1,
  add column observed_generation bigint  not null default 0,
  add column attempts            integer not null default 0,
  add column outgoing_launch_id  uuid,
  add column outgoing_reason     text,
  add constraint realm_generation_positive check (generation > 0),
  add constraint realm_attempts_counted check (attempts >= 0),
  add constraint realm_outgoing_is_whole check (num_nonnulls(outgoing_launch_id, outgoing_reason) in (0, 2)),
  add constraint realm_outgoing_reason check (outgoing_reason in ('RESTART', 'DRAIN'));
comment on column realm.generation is 'Grows with every change of what is wanted of the realm.';
comment on column realm.observed_generation is 'The generation that the reconciler last acted on.';
comment on column realm.attempts is 'How often in a row a call got no clear answer; the pause before the next grows with it.';
comment on column realm.outgoing_launch_id is 'The launch that is to be ended and followed by another one.';

-- What was there is settled, or has a task of its own.
update realm set observed_generation = generation;

create index realm_unobserved_idx on realm (updated_at) where observed_generation < generation;
create index realm_on_host_since_idx on realm (updated_at) include (host, granules)
  where phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING');

create table revocation (
  launch_id  uuid        not null,
  host       text        not null,
  agent_url  text        not null,
  machine    text        not null,
  created_at timestamptz not null,
  attempts   integer     not null default 0,
  constraint revocation_pk primary key (launch_id)
);
comment on table revocation is
  'Launches that nobody wants any more and that may be on a host, or may still reach it, until the host has heard so.';
