package io.realmwright.deployerpolicy;

import io.realmwright.deployerpolicy.audit.cli.AuditCommand;
import io.realmwright.deployerpolicy.grant.jose.KeysCommand;
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
    /** Starts the service, or carries out the command that the first argument names. */
    public static void main(String[] args) {
        List<String> arguments = Arrays.asList(args);
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case AuditCommand.NAME ->
                System.exit(new AuditCommand(System.out).run(arguments.subList(1, arguments.size())));
            case KeysCommand.NAME ->
                System.exit(new KeysCommand(System.out).run(arguments.subList(1, arguments.size())));
            default -> SpringApplication.run(DeployerPolicyApplication.class, args);
        }
    }
}
