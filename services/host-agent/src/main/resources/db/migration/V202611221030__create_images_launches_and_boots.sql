create table image (
    sha256     text        not null,
    size_bytes bigint      not null,
    created_at timestamptz not null,
    constraint image_pkey primary key (sha256),
    constraint image_sha256_is_a_digest check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint image_is_not_empty check (size_bytes > 0)
);
comment on table image is 'Images that realms are populated with, named by what they hold.';

create table image_chunk (
    sha256   text    not null,
    position integer not null,
    content  bytea   not null,
    constraint image_chunk_pkey primary key (sha256, position),
    constraint image_chunk_of_image foreign key (sha256) references image (sha256) on delete cascade,
    constraint image_chunk_position_counts_from_0 check (position >= 0)
);
comment on table image_chunk is 'The bytes of an image in order, in chunks that a connection can carry at once.';
alter table image_chunk alter column content set storage external;

create table machine_boot (
    boot_id   uuid        not null,
    machine   text        not null,
    profile   text        not null,
    booted_at timestamptz not null,
    constraint machine_boot_pkey primary key (boot_id)
);
comment on table machine_boot is 'Every boot of every machine. A boot ends all realms of the boot before it.';
create index machine_boot_by_machine on machine_boot (machine, booted_at);

create table realm (
    id              uuid        not null,
    position        bigint      generated always as identity,
    launch_id       uuid        not null,
    name            text        not null,
    machine         text        not null,
    boot_id         uuid        not null,
    state           text        not null,
    spec            jsonb       not null,
    plan            jsonb       not null,
    grant_jws       text,
    rmi_calls       jsonb       not null default '{}',
    rim             text,
    outcome         jsonb,
    failure         jsonb,
    leaked_granules bigint      not null default 0,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    constraint realm_pkey primary key (id),
    constraint realm_launch_id_is_used_once unique (launch_id),
    constraint realm_on_boot foreign key (boot_id) references machine_boot (boot_id),
    constraint realm_state_is_known
        check (state in ('LAUNCHING', 'ACTIVE', 'RUNNING', 'STOPPED', 'FAILED', 'LOST')),
    constraint realm_has_a_rim_once_active
        check (rim is not null or state in ('LAUNCHING', 'FAILED', 'LOST')),
    constraint realm_failure_goes_with_failed check ((failure is not null) = (state = 'FAILED')),
    constraint realm_leaks_are_counted check (leaked_granules >= 0)
);
comment on table realm is 'Every launch, from the intent on, and the realm that came of it. Rows are kept for ever.';
comment on column realm.grant_jws is 'The grant as it was presented; null if the agent was in open mode.';
create unique index realm_by_position on realm (machine, position);
create index realm_on_machine on realm (machine) where state in ('LAUNCHING', 'ACTIVE', 'RUNNING');

create table launch_step (
    realm_id     uuid        not null,
    position     bigint      generated always as identity,
    step         text        not null,
    rmi_calls    bigint      not null,
    completed_at timestamptz not null,
    constraint launch_step_pkey primary key (realm_id, step),
    constraint launch_step_of_realm foreign key (realm_id) references realm (id) on delete cascade,
    constraint launch_step_is_known
        check (step in ('CREATE_REALM', 'POPULATE', 'CREATE_RECS', 'INIT_RIPAS', 'ACTIVATE')),
    constraint launch_step_calls_are_counted check (rmi_calls >= 0)
);
comment on table launch_step is 'The steps of a launch that were carried out.';

create table used_grant (
    grant_id      text        not null,
    launch_id     uuid        not null,
    decision_id   text        not null,
    policy_digest text        not null,
    expires_at    timestamptz not null,
    used_at       timestamptz not null,
    constraint used_grant_pkey primary key (grant_id),
    constraint used_grant_for_launch foreign key (launch_id) references realm (launch_id)
);
comment on table used_grant is 'Grants that were honoured; none is honoured twice. Rows are kept for ever.';

create table realm_trace (
    realm_id   uuid    not null,
    line_count bigint  not null,
    size_bytes bigint  not null,
    content    bytea   not null,
    expired    boolean not null default false,
    constraint realm_trace_pkey primary key (realm_id),
    constraint realm_trace_of_realm foreign key (realm_id) references realm (id) on delete cascade
);
comment on table realm_trace is 'The RMI calls of a realm as JSON lines: gzip members one after the other.';
comment on column realm_trace.size_bytes is 'Length of the lines uncompressed.';
comment on column realm_trace.expired is 'Whether a note stands in place of the lines.';
alter table realm_trace alter column content set storage external;
