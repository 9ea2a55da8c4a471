alter table policy_revision add column author text not null default 'anonymous';
alter table policy_revision alter column author drop default;
comment on column policy_revision.author is 'Who wrote the revision, as far as the service was told.';
comment on table policy_revision is 'What a policy said at one time. Only published_at ever changes, and the service may change nothing else.';
