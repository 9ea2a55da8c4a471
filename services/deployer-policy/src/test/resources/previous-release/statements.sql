-- What the previous release says to its database, with values where it has parameters. Each touches one row.

insert into host (name, agent_url, machine, agent_name, labels, origin, cordoned, status_reason,
                  status_text, status_since, polled_at, report, created_at, updated_at)
values ('new', 'http://127.0.0.1:1', 'm0', 'new', '{}'::jsonb, 'API', false, 'NOT_POLLED_YET',
        'The host was not asked yet.', now(), null, null, now(), now());

update host
set agent_url = 'http://127.0.0.1:2', machine = 'm0', agent_name = 'old', labels = '{}'::jsonb,
    origin = 'API', cordoned = true, status_reason = 'UNREACHABLE',
    status_text = 'The agent cannot be reached.', status_since = now(), polled_at = now(),
    report = report, created_at = created_at, updated_at = now()
where name = 'old';

select name, agent_url, machine, agent_name, labels, origin, cordoned, status_reason, status_text,
       status_since, polled_at, report, created_at, updated_at
from host
where name = 'old' for update;

delete from host where name = 'cordoned';

insert into realm (id, name, spec, labels, policy, host_selector, restart_policy, goal, phase,
                   decision_id, host, launch_id, boot_id, grant_id, plan, agent_realm, rim,
                   rmi_calls_total, outcome, failure, refused, forecast, granules, conditions,
                   created_at, updated_at, version)
select gen_random_uuid(), 'another', spec, labels, policy, host_selector, restart_policy, 'RUN', 'DECIDED',
       decision_id, null, null, null, null, null, null, null, null, null, null, '[]'::jsonb, null, null, conditions,
       now(), now(), 1
from realm
where name = 'running'
on conflict on constraint realm_name_unique do nothing;

update realm
set goal = 'STOP', phase = 'STOPPED', decision_id = decision_id, host = host, launch_id = launch_id,
    boot_id = boot_id, grant_id = grant_id, plan = plan, agent_realm = agent_realm, rim = rim,
    rmi_calls_total = rmi_calls_total, outcome = outcome, failure = null,
    refused = '[]'::jsonb, forecast = forecast, granules = granules,
    conditions = conditions, updated_at = now(), version = version + 1
where name = 'running';

update realm set wishes = wishes + 1 where name = 'running';

select wishes from realm where name = 'running' for update;

select id, name, spec, labels, policy, host_selector, restart_policy, goal, phase, decision_id, host,
       launch_id, boot_id, grant_id, plan, agent_realm, rim, rmi_calls_total, outcome, failure, refused,
       forecast, conditions, created_at, updated_at, version
from realm
where name > '' and labels @> '{"team": "a"}'::jsonb
order by name
limit 100;

delete from realm where name = 'stopped';

insert into decision (id, realm_name, verdict, policy, revision, basis, document, created_at)
select gen_random_uuid(), realm_name, verdict, policy, revision, basis, document, now()
from decision
limit 1;

insert into grant_issued (id, decision_id, launch_id, host, machine, spec_digest, plan_digest,
                          policy_digest, issued_at, expires_at, compact)
select gen_random_uuid(), decision_id, gen_random_uuid(), host, machine, spec_digest, plan_digest,
       policy_digest, now(), now() + interval '10 minutes', compact
from grant_issued
limit 1;

insert into idempotency_key (operation, key, request_digest, status, headers, body, created_at)
values ('POST /v1/realms', 'key-2', 'ab', 202, '{}'::jsonb, '\x7b7d'::bytea, now());

insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
values ('reconcile-realm', '00000000-0000-0000-0000-000000000001', now(), false, 1);
