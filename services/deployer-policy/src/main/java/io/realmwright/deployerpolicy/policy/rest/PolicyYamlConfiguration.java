package io.realmwright.deployerpolicy.policy.rest;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PolicyYamlConfiguration {
    @Bean
    ServerHttpMessageConvertersCustomizer policiesInYaml() {
        return converters -> converters.withYamlConverter(new PolicyYaml());
    }
}
