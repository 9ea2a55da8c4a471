-- A token for an agent names it. Replicas of the release before do not write the column; what they write is told from the host.
alter table revocation add column agent_name text;

update revocation set agent_name = host.agent_name from host where host.name = revocation.host;
