package io.realmwright.hostagent.config;

import io.realmwright.hostagent.machine.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Time and chance: the only place that asks the operating system for them. */
@Configuration
class Surroundings {
    /** PostgreSQL keeps microseconds, so nobody here sees a finer time than the one that is stored. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }

    @Bean
    Sleeper sleeper() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // a delay that is cut short is over
            }
        };
    }
}
