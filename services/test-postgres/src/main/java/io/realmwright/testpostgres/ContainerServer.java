package io.realmwright.testpostgres;

import com.github.dockerjava.api.exception.DockerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of Testcontainers. */
record ContainerServer(PostgreSQLContainer server) implements PostgresServer {
    static final String CONNECTIONS = "200";
    private static final int PORT = 5432;

    /** Whether there is an engine that has the image: nothing is pulled, since a pull that must fail takes minutes. */
    static boolean isPossible(String image) {
        if (Files.exists(Path.of("/.dockerenv")) && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            return false; // in a container itself, Testcontainers would look for its way out with an image of its own
        }
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return false;
            }
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return true;
        } catch (DockerException | IllegalStateException e) {
            return false;
        }
    }

    static PostgresServer start(String image) {
        var name = DockerImageName.parse(image).asCompatibleSubstituteFor("postgres");
        var container = new PostgreSQLContainer(name)
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withUsername("postgres")
                .withCommand("-c", "max_connections=" + CONNECTIONS, "-c", "fsync=off");
        // The images differ in how often they say that they are ready.
        container.setWaitStrategy(Wait.forListeningPort());
        container.start();
        return new ContainerServer(container);
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://" + server.getHost() + ":" + server.getMappedPort(PORT) + "/" + database;
    }

    @Override
    public Connection superuser() throws SQLException {
        return DriverManager.getConnection(url("postgres"), "postgres", server.getPassword());
    }

    @Override
    public String toString() {
        return "container of " + server.getDockerImageName();
    }
}
