package io.realmwright.hostagent.config;

import io.realmwright.hostagent.machine.BootLog;
import io.realmwright.hostagent.machine.Firmware;
import io.realmwright.hostagent.machine.Machines;
import io.realmwright.hostagent.machine.Sleeper;
import io.realmwright.hostagent.start.jdbc.DatabaseClaim;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.transaction.support.TransactionOperations;

/** The machines, booted before the first request can come. */
@Configuration
class Plant {
    @Bean
    @DependsOn(DatabaseClaim.NAME)
    Machines machines(
            AgentProperties properties,
            Firmware firmware,
            BootLog bootLog,
            TransactionOperations transactions,
            Clock clock,
            Supplier<UUID> ids,
            Sleeper sleeper) {
        return Machines.boot(
                properties.machineConfigs(),
                firmware,
                properties.machinePatience(),
                bootLog,
                work -> transactions.executeWithoutResult(status -> work.run()),
                clock,
                ids,
                sleeper);
    }
}
