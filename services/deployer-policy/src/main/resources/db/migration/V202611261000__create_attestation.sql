create table attestation_challenge (
  challenge text        not null,
  used_at   timestamptz not null,
  constraint attestation_challenge_pk primary key (challenge),
  constraint attestation_challenge_form check (challenge ~ '^[0-9a-f]{128}$')
);
comment on table attestation_challenge is 'Challenges that were given to realms. Each is used once, whatever came of it.';

create table attestation (
  id         uuid        not null,
  realm_id   uuid        not null,
  realm_name text        not null,
  launch_id  uuid        not null,
  host       text        not null,
  challenge  text        not null,
  status     text        not null,
  token      bytea       not null,
  appraisal  jsonb       not null,
  created_at timestamptz not null,
  position   bigint      not null generated always as identity,
  constraint attestation_pk primary key (id),
  constraint attestation_challenge_fk foreign key (challenge) references attestation_challenge (challenge),
  constraint attestation_challenge_unique unique (challenge),
  constraint attestation_status check (status in ('NONE', 'AFFIRMING', 'WARNING', 'CONTRAINDICATED')),
  constraint attestation_position_unique unique (position)
);
comment on table attestation is 'Tokens that realms made, and what was found about them. Rows never change, and outlive their realms.';
create index attestation_realm_idx on attestation (realm_id, position);
