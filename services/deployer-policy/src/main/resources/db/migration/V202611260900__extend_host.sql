-- A replica of the release before this one runs beside the new ones during an update: it neither reads nor writes the
-- new columns, and finds every draining host cordoned.
alter table host
  add column draining    boolean not null default false,
  add column answered_at timestamptz,
  add column gone        boolean not null default false,
  add column free_vmids  bigint,
  add column version     bigint  not null default 1;
comment on column host.draining is 'Whether the realms of a cordoned host are to be stopped and launched anew elsewhere.';
comment on column host.answered_at is 'When the agent last answered as it should, if that was before the last poll.';
comment on column host.gone is 'Whether its realms were given up because of its silence.';
comment on column host.free_vmids is 'Of the last report; null if the agent does not tell.';
comment on column host.version is 'Grows with registrations and wishes of operators, not with polls; the ETag.';
