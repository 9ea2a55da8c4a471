package io.realmwright.deployerpolicy.image.jdbc;

import io.realmwright.deployerpolicy.image.ImageContents;
import io.realmwright.deployerpolicy.image.StoredImage;
import java.sql.Timestamp;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcImageContents implements ImageContents {
    private final JdbcClient jdbc;

    JdbcImageContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean put(StoredImage image, byte[] content) {
        return jdbc.sql("""
                insert into image (sha256, size_bytes, generated, content, created_at)
                values (:sha256, :sizeBytes, :generated, :content, :createdAt)
                on conflict do nothing
                """)
                        .param("sha256", image.sha256())
                        .param("sizeBytes", image.sizeBytes())
                        .param("generated", image.generated())
                        .param("content", content)
                        .param("createdAt", Timestamp.from(image.createdAt()))
                        .update()
                == 1;
    }

    @Override
    public Optional<byte[]> find(String sha256) {
        return jdbc.sql("select content from image where sha256 = :sha256")
                .param("sha256", sha256)
                .query((row, number) -> row.getBytes("content"))
                .optional();
    }

    @Override
    public Optional<StoredImage> describe(String sha256) {
        return jdbc.sql("""
                select sha256, size_bytes, generated, created_at
                from image
                where sha256 = :sha256
                """)
                .param("sha256", sha256)
                .query((row, number) -> new StoredImage(
                        row.getString("sha256"),
                        row.getLong("size_bytes"),
                        row.getBoolean("generated"),
                        row.getTimestamp("created_at").toInstant()))
                .optional();
    }

    @Override
    public boolean delete(String sha256) {
        try {
            jdbc.sql("delete from image where sha256 = :sha256")
                    .param("sha256", sha256)
                    .update();
            return true;
        } catch (DataIntegrityViolationException e) {
            return false; // a realm that names it was created this very moment
        }
    }

    @Override
    public boolean isNamedByARealm(String sha256) {
        return jdbc.sql("select exists (select 1 from realm_image where sha256 = :sha256)")
                .param("sha256", sha256)
                .query(Boolean.class)
                .single();
    }
}
