package io.realmwright.deployerpolicy.start;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where time and identities come from; nothing else in the service asks the world for either. */
@Configuration(proxyBeanMethods = false)
class Sources {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }
}
