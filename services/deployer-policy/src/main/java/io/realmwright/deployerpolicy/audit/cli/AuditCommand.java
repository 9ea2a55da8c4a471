package io.realmwright.deployerpolicy.audit.cli;

import io.realmwright.deployerpolicy.audit.AuditChain;
import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import io.realmwright.deployerpolicy.audit.json.AuditLine;
import io.realmwright.deployerpolicy.audit.json.JsonAuditHashes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code audit verify FILE [--head POSITION:HASH]}: checks an export without the service and without its database. */
public final class AuditCommand {
    public static final String NAME = "audit";

    private static final String USAGE = "usage: audit verify FILE [--head POSITION:HASH]";
    private static final int INTACT = 0;
    private static final int TAMPERED = 1;
    private static final int NOT_CHECKED = 2;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final PrintStream out;

    public AuditCommand(PrintStream out) {
        this.out = out;
    }

    /** Answers the exit status: 0 if the trail is intact, 1 if it is not, 2 if it could not be checked. */
    public int run(List<String> arguments) {
        boolean hasHead = arguments.size() == 4 && arguments.get(2).equals("--head");
        if ((arguments.size() != 2 && !hasHead) || !arguments.getFirst().equals("verify")) {
            return complain(USAGE);
        }
        Optional<Head> noted = hasHead ? AuditChain.parseHead(arguments.get(3)) : Optional.empty();
        if (hasHead && noted.isEmpty()) {
            return complain("A head is written POSITION:HASH. " + USAGE);
        }
        return verify(
                Path.of(arguments.get(1)),
                new AuditChain(new JsonAuditHashes(), noted.stream().toList()));
    }

    private int verify(Path file, AuditChain chain) {
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                chain.next(MAPPER.readValue(line, AuditLine.class).entry());
            }
        } catch (IOException e) {
            return complain(file + " cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            return complain("Line " + number + " of " + file + " is no entry of an audit trail: " + e.getMessage());
        }
        return tell(chain.end());
    }

    private int tell(AuditChain.Report report) {
        Head head = report.head();
        report.findings().forEach(finding -> out.println(finding.fault() + ": " + finding.message()));
        out.println((report.intact() ? "intact" : "NOT INTACT") + ", head " + head.position() + ":" + head.hash());
        return report.intact() ? INTACT : TAMPERED;
    }

    private int complain(String message) {
        out.println(message);
        return NOT_CHECKED;
    }
}
