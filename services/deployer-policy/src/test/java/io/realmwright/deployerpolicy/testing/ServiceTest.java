package io.realmwright.deployerpolicy.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole service over HTTP on a real database. All such tests share one running service, so every test has a {@link
 * Scenario} of its own: hosts, policies and realms that no other test sees.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "realmwright.grant.create-key=true",
            "realmwright.host.poll-interval=PT0.1S",
            "realmwright.host.connect-timeout=PT1S",
            "realmwright.host.read-timeout=PT1S",
            "realmwright.host.launch-timeout=PT3S",
            "realmwright.image.max-size=1MB",
            "realmwright.event.keep-alive=PT0.5S",
            "realmwright.realm.retry-interval=PT0.2S",
            "realmwright.realm.retry-interval-max=PT1S",
            "realmwright.realm.review-interval=PT1S",
            "db-scheduler.polling-interval=50ms",
            // The database and the service end at the same time: nobody is to wait long for the other.
            "spring.datasource.hikari.connection-timeout=1000"
        })
public abstract class ServiceTest {
    protected static final String DATABASE = Postgres.newDatabase("service_test");
    protected static final Path PLATFORM_REFERENCES =
            Path.of("target", "test-platforms-" + ProcessHandle.current().pid() + ".json");
    private static final Path KEY =
            Path.of("target", "test-grant-key-" + ProcessHandle.current().pid() + ".json");

    @LocalServerPort
    protected int port;

    protected Scenario scenario;
    protected Client client;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> DATABASE);
        registry.add("spring.datasource.username", () -> Postgres.SERVICE);
        registry.add("realmwright.grant.key-file", KEY::toString);
        registry.add("realmwright.attestation.platform-references", PLATFORM_REFERENCES::toString);
    }

    @BeforeEach
    void connect() {
        client = new Client(port);
        scenario = new Scenario(client);
    }

    @AfterEach
    void closeAgents() {
        scenario.close();
    }
}
