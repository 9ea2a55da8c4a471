create table event_noted (
  position bigint      generated always as identity,
  subject  text        not null,
  name     text        not null,
  change   text        not null,
  state    text        not null,
  reason   text,
  version  bigint      not null,
  at       timestamptz not null,
  constraint event_noted_pk primary key (position)
);
comment on table event_noted is 'What happened and has no place in the stream yet. Noted in the transaction that did it.';

create table event (
  id      bigint      not null,
  subject text        not null,
  name    text        not null,
  change  text        not null,
  state   text        not null,
  reason  text,
  version bigint      not null,
  at      timestamptz not null,
  constraint event_pk primary key (id)
);
comment on table event is 'The stream of events, with ids that follow each other without a gap.';
create index event_at_idx on event (at);

create table event_stream (
  singleton    boolean not null default true,
  last_id      bigint  not null,
  compacted_to bigint  not null,
  constraint event_stream_pk primary key (singleton),
  constraint event_stream_is_one check (singleton),
  constraint event_stream_bounds check (0 <= compacted_to and compacted_to <= last_id)
);
comment on table event_stream is 'How far the stream reaches. Whoever publishes holds its row.';
insert into event_stream (last_id, compacted_to) values (0, 0);
