-- Where the KVM UABI is explicit, a launch begins with the realm's configuration.
alter table launch_step
    drop constraint launch_step_is_known,
    add constraint launch_step_is_known
        check (step in ('CONFIG_REALM', 'CREATE_REALM', 'INIT_RIPAS', 'POPULATE', 'CREATE_RECS', 'ACTIVATE'));
