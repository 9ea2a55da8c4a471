package io.realmwright.deployerpolicy;

import io.realmwright.deployerpolicy.audit.cli.AuditCommand;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The control plane: it decides who declares a realm's memory, and sees to it that a host carries that out. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DeployerPolicyApplication {
    /** Starts the service, or checks an exported audit trail if the first argument is {@code audit}. */
    public static void main(String[] args) {
        List<String> arguments = Arrays.asList(args);
        if (!arguments.isEmpty() && arguments.getFirst().equals(AuditCommand.NAME)) {
            System.exit(new AuditCommand(System.out).run(arguments.subList(1, arguments.size())));
        }
        SpringApplication.run(DeployerPolicyApplication.class, args);
    }
}
