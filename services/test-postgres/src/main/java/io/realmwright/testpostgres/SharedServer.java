package io.realmwright.testpostgres;

import java.util.Locale;
import java.util.Optional;

/** Chooses the server, and says which one it is. */
final class SharedServer {
    static final PostgresServer INSTANCE = start();

    private SharedServer() {}

    private static PostgresServer start() {
        String choice = setting("realmwright.test.postgres", "auto");
        String image = setting("realmwright.test.postgres-image", "postgres:18");
        PostgresServer server = switch (choice) {
            case "container" -> ContainerServer.start(image);
            case "embedded" -> EmbeddedServer.start();
            case "auto" -> ContainerServer.isPossible(image) ? ContainerServer.start(image) : EmbeddedServer.start();
            default ->
                throw new IllegalArgumentException(
                        "realmwright.test.postgres is container, embedded or auto, not " + choice);
        };
        System.out.println("PostgreSQL of the tests: " + server);
        return server;
    }

    private static String setting(String name, String otherwise) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .orElse(otherwise);
    }
}
