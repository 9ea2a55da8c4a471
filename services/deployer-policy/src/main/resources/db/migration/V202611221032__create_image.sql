create table image (
  sha256     text        not null,
  size_bytes bigint      not null,
  generated  boolean     not null,
  content    bytea       not null,
  created_at timestamptz not null,
  constraint image_pk primary key (sha256),
  constraint image_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint image_size check (size_bytes = octet_length(content))
);
comment on table image is 'Images that realms are populated with, each once.';
-- Images are mostly compressed or random already: trying again would only take time.
alter table image alter column content set storage external;
