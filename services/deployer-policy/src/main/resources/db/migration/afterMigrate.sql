-- What the service's role may do, after every migration. Where it owns the tables itself none of this binds it.
grant select, insert, update, delete on all tables in schema public to "${service_role}";
revoke insert, update, delete on flyway_schema_history from "${service_role}";
revoke update, delete on audit_entry, attestation, attestation_challenge, decision, grant_issued, policy_revision
  from "${service_role}";
grant update (published_at) on policy_revision to "${service_role}";
