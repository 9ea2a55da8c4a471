package io.realmwright.deployerpolicy.attestation.json;

import io.realmwright.deployerpolicy.attestation.AttestationProperties;
import io.realmwright.deployerpolicy.attestation.PlatformReference;
import io.realmwright.deployerpolicy.attestation.PlatformReferences;
import io.realmwright.deployerpolicy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Platform references in a file, read anew when it changes. A file that cannot be read vouches for nobody. */
@Component
class FilePlatformReferences implements PlatformReferences {
    private static final Logger LOG = LoggerFactory.getLogger(FilePlatformReferences.class);
    private static final Loaded NOTHING = new Loaded(FileTime.fromMillis(0), 0, List.of());

    private final @Nullable Path file;
    private final Json json;
    private Loaded loaded = NOTHING;

    /** What the file said when it was last read, and what it looked like then. */
    private record Loaded(FileTime modified, long sizeBytes, List<PlatformReference> references) {}

    FilePlatformReferences(AttestationProperties properties, Json json) {
        this.file = properties.platformReferences();
        this.json = json;
    }

    @Override
    public Optional<PlatformReference> find(String implementationId, String instanceId) {
        return references().stream()
                .filter(reference -> reference.implementationId().equals(implementationId)
                        && reference.instanceId().equals(instanceId))
                .findFirst();
    }

    private synchronized List<PlatformReference> references() {
        if (file == null) {
            return List.of();
        }
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long sizeBytes = Files.size(file);
            if (!modified.equals(loaded.modified()) || sizeBytes != loaded.sizeBytes()) {
                loaded = new Loaded(modified, sizeBytes, read(file));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The platform references cannot be read: no platform is known. file={}", file, e);
            loaded = NOTHING;
        }
        return loaded.references();
    }

    private List<PlatformReference> read(Path path) throws IOException {
        return json.read(Files.readString(path), PlatformReferencesDocument.class).platforms().stream()
                .map(PlatformReferencesDocument.Platform::read)
                .toList();
    }
}
