package io.realmwright.hostagent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service on the host's side: it carries out launches on its embedded simulated CCA machines. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class HostAgentApplication {
    public static void main(String[] args) {
        SpringApplication.run(HostAgentApplication.class, args);
    }
}
