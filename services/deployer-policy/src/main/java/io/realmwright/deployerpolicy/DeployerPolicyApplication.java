package io.realmwright.deployerpolicy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The control plane: it decides who declares a realm's memory, and sees to it that a host carries that out. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DeployerPolicyApplication {
    public static void main(String[] args) {
        SpringApplication.run(DeployerPolicyApplication.class, args);
    }
}
