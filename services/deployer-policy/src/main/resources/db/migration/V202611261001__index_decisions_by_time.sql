-- The impact of a draft is asked for the requests of a time window.
create index decision_created_at_idx on decision (created_at, id);
