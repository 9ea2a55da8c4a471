create table revoked_launch (
    launch_id  uuid        not null,
    machine    text        not null,
    revoked_at timestamptz not null,
    constraint revoked_launch_pkey primary key (launch_id)
);
comment on table revoked_launch is
  'Launches that were called off: no realm comes of them, however late their request arrives. Rows are kept for ever.';
