package io.realmwright.hostagent.image.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.realmwright.hostagent.image.ImageRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcImageRepository implements ImageRepository {
    static final int CHUNK_BYTES = 1 << 20;

    private static final int RECENT_BYTES = 64 << 20;

    private final JdbcClient jdbc;

    /** Realms mostly come in numbers from one image. A digest names the same bytes for ever. */
    private final Cache<String, byte[]> recent = Caffeine.newBuilder()
            .maximumWeight(RECENT_BYTES)
            .weigher((String sha256, byte[] image) -> image.length)
            .build();

    JdbcImageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(rollbackFor = IOException.class)
    public boolean add(String sha256, long sizeBytes, InputStream bytes, Instant at) throws IOException {
        int added = jdbc.sql("""
                        insert into image (sha256, size_bytes, created_at)
                        values (:sha256, :sizeBytes, :at)
                        on conflict (sha256) do nothing
                        """)
                .param("sha256", sha256)
                .param("sizeBytes", sizeBytes)
                .param("at", Timestamp.from(at))
                .update();
        if (added == 0) {
            return false;
        }
        int position = 0;
        for (byte[] chunk = bytes.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = bytes.readNBytes(CHUNK_BYTES)) {
            addChunk(sha256, position, chunk);
            position++;
        }
        return true;
    }

    private void addChunk(String sha256, int position, byte[] content) {
        jdbc.sql("""
                        insert into image_chunk (sha256, position, content)
                        values (:sha256, :position, :content)
                        """)
                .param("sha256", sha256)
                .param("position", position)
                .param("content", content)
                .update();
    }

    @Override
    public Optional<byte[]> find(String sha256) {
        return Optional.ofNullable(recent.get(sha256, this::read));
    }

    private byte @Nullable [] read(String sha256) {
        var size = size(sha256);
        if (size.isEmpty()) {
            return null;
        }
        var whole = ByteBuffer.allocate(Math.toIntExact(size.getAsLong()));
        for (int position = 0; whole.hasRemaining(); position++) {
            whole.put(chunk(sha256, position));
        }
        return whole.array();
    }

    /** A chunk at a time, so that neither the driver nor this process ever holds all of them. */
    @Override
    public void copy(String sha256, OutputStream target) throws IOException {
        long rest = size(sha256).orElse(0);
        for (int position = 0; rest > 0; position++) {
            byte[] chunk = chunk(sha256, position);
            target.write(chunk);
            rest -= chunk.length;
        }
    }

    /** Throws if somebody has removed the image in the meantime: half an image is none. */
    private byte[] chunk(String sha256, int position) {
        return jdbc.sql("select content from image_chunk where sha256 = :sha256 and position = :position")
                .param("sha256", sha256)
                .param("position", position)
                .query((row, _) -> row.getBytes("content"))
                .single();
    }

    @Override
    public OptionalLong size(String sha256) {
        var size = sizes(List.of(sha256)).get(sha256);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public Map<String, Long> sizes(List<String> digests) {
        var sizes = new HashMap<String, Long>();
        jdbc.sql("select sha256, size_bytes from image where sha256 = any (:digests)")
                .param("digests", digests.toArray(String[]::new))
                .query(row -> {
                    sizes.put(row.getString("sha256"), row.getLong("size_bytes"));
                });
        return sizes;
    }

    @Override
    public void remove(String sha256) {
        jdbc.sql("delete from image where sha256 = :sha256")
                .param("sha256", sha256)
                .update();
        recent.invalidate(sha256);
    }
}
