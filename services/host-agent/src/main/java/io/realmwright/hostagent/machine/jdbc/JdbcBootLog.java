package io.realmwright.hostagent.machine.jdbc;

import io.realmwright.hostagent.machine.BootLog;
import io.realmwright.hostagent.machine.MachineConfig;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcBootLog implements BootLog {
    private final JdbcClient jdbc;

    JdbcBootLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public void booted(MachineConfig machine, UUID bootId, Instant at) {
        jdbc.sql("""
                        insert into machine_boot (boot_id, machine, profile, booted_at)
                        values (:bootId, :machine, :profile, :at)
                        on conflict (boot_id) do nothing
                        """)
                .param("bootId", bootId)
                .param("machine", machine.name())
                .param("profile", machine.host().profile().profileName())
                .param("at", Timestamp.from(at))
                .update();
        jdbc.sql("""
                        update realm
                        set state = 'LOST', updated_at = :at
                        where machine = :machine
                          and state in ('LAUNCHING', 'ACTIVE', 'RUNNING')
                          and boot_id <> :bootId
                        """)
                .param("at", Timestamp.from(at))
                .param("machine", machine.name())
                .param("bootId", bootId)
                .update();
    }

    @Override
    public void agentStarted(Instant at) {
        jdbc.sql("""
                        update realm
                        set state = 'LOST', updated_at = :at
                        where state in ('LAUNCHING', 'ACTIVE', 'RUNNING')
                        """).param("at", Timestamp.from(at)).update();
    }
}
