package io.realmwright.deployerpolicy.start;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where time, chance and identities come from; nothing else in the service asks the world for them. */
@Configuration(proxyBeanMethods = false)
class Sources {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Nobody is to guess a challenge; for everything else this is good enough too. */
    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }
}
