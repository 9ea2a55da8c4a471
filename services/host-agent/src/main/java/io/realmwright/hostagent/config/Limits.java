package io.realmwright.hostagent.config;

import io.realmwright.hostagent.image.ImageRepository;
import io.realmwright.hostagent.image.Images;
import io.realmwright.hostagent.realm.LaunchRules;
import io.realmwright.hostagent.realm.TraceLimits;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the operator's limits to those who keep them. */
@Configuration
class Limits {
    @Bean
    Images images(ImageRepository repository, AgentProperties properties, Clock clock) {
        return new Images(repository, properties.images().limit().toBytes(), clock);
    }

    @Bean
    LaunchRules launchRules(ImageRepository repository, AgentProperties properties) {
        return new LaunchRules(repository, properties.images().perRealmLimit().toBytes());
    }

    @Bean
    TraceLimits traceLimits(AgentProperties properties) {
        var traces = properties.traces();
        return new TraceLimits(traces.limit().toBytes(), traces.retention());
    }
}
