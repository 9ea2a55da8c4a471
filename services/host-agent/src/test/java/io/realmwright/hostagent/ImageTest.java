package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTest {
    private static final int LIMIT_BYTES = 3 << 20;

    private Agent agent;

    @BeforeAll
    void start() {
        agent = Agent.start(
                Database.create(),
                "--realmwright.agent.images.limit=3MB",
                "--realmwright.agent.images.per-realm-limit=100KB");
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    @Test
    void anImageIsTakenInOnceAndHandedOutAsItWas() {
        var image = bytes(1, 2_500_000); // three chunks, the last not full
        var path = path(image);

        var first = agent.putBytes(path, image).expect(201);
        var second = agent.putBytes(path, image).expect(200);
        var got = agent.get(path).expect(200);

        assertThat(first.header("location")).isEqualTo(path);
        assertThat(first.json().toString())
                .isEqualTo("{\"sha256\":\"" + Agent.sha256(image) + "\",\"sizeBytes\":\"0x2625a0\"}");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(got.bytes()).isEqualTo(image);
        assertThat(got.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(got.header("etag")).isEqualTo('"' + Agent.sha256(image) + '"');
    }

    @Test
    void headSaysWhetherAnImageIsHereAndHowLargeItIs() {
        var image = bytes(2, 5_000);
        agent.head(path(image)).expect(404);
        agent.image(image);

        var head = agent.head(path(image)).expect(200);

        assertThat(head.header("content-length")).isEqualTo("5000");
        assertThat(head.bytes()).isEmpty();
    }

    @Test
    void anImageOfAnotherDigestIsNotTakenIn() {
        var image = bytes(3, 5_000);
        var other = bytes(4, 5_000);

        var problem = agent.putBytes(path(image), other).expectProblem(422, "digest-mismatch");

        assertThat(problem.path("expected").stringValue()).isEqualTo(Agent.sha256(image));
        assertThat(problem.path("actual").stringValue()).isEqualTo(Agent.sha256(other));
        agent.get(path(image)).expectProblem(404, "image-not-found");
        agent.get(path(other)).expectProblem(404, "image-not-found");
    }

    @Test
    void anImageOfTheLargestSizeIsTakenInAndOneByteMoreIsNot() {
        agent.putBytes(path(bytes(5, LIMIT_BYTES)), bytes(5, LIMIT_BYTES)).expect(201);
        var tooLarge = bytes(6, LIMIT_BYTES + 1);

        var problem = agent.putBytes(path(tooLarge), tooLarge).expectProblem(413, "payload-too-large");

        assertThat(problem.path("limitBytes").stringValue()).isEqualTo("0x300000");
        agent.head(path(tooLarge)).expect(404);
    }

    @Test
    void anImageThatDoesNotSayItsSizeIsCountedAsItComes() {
        var fits = bytes(7, LIMIT_BYTES);
        var tooLarge = bytes(8, LIMIT_BYTES + 1);

        putWithoutLength(fits).expect(201);
        putWithoutLength(tooLarge).expectProblem(413, "payload-too-large");
    }

    @Test
    void anEmptyImageIsNone() {
        agent.putBytes(path(new byte[0]), new byte[0])
                .expectErrors(422, "invalid-request", ": must be an image of at least one byte");
    }

    @Test
    void aPathThatIsNoDigestIsNamed() {
        var image = bytes(9, 100);

        agent.putBytes("/v1/images/" + Agent.sha256(image).toUpperCase(Locale.ROOT), image)
                .expectErrors(422, "invalid-request", "sha256: must be a SHA-256 as 64 lower-case hexadecimal digits");
        agent.get("/v1/images/nonsense").expectProblem(404, "image-not-found");
    }

    @Test
    void anImageIsOnlyTakenInAsBytes() {
        agent.put(path(bytes(10, 100)), "{}").expectProblem(415, "unsupported-media-type");
    }

    @Test
    void aRemovedImageIsGoneAndRemovingItAgainChangesNothing() {
        var image = bytes(11, 2_000_000);
        agent.image(image);

        agent.delete(path(image)).expect(204);
        agent.delete(path(image)).expect(204);

        agent.get(path(image)).expectProblem(404, "image-not-found");
        assertThat(agent.database()
                        .sql()
                        .sql("select count(*) from image_chunk where sha256 = ?")
                        .param(Agent.sha256(image))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theImagesOfOneRealmHaveALimitTogether() {
        var digest = agent.image(bytes(12, 103_000));
        var body = LaunchBody.of(agent).images("[{\"digest\":\"" + digest + "\",\"ipa\":\"0x80000000\"}]");

        agent.post("/v1/machines/plain/realms", body.json())
                .expectErrors(
                        422, "invalid-request", "spec.images: must have at most 102400 bytes together on this host");
    }

    @Test
    void aRealmKeepsWhatItWasPopulatedWithWhenTheImageIsRemoved() {
        var body = LaunchBody.of(agent);
        var realm = agent.post("/v1/machines/plain/realms", body.json()).expect(201);
        agent.delete(path(LaunchBody.kernel())).expect(204);

        var ran = agent.post(realm.header("location") + "/run").expect(200);

        assertThat(ran.json().path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
        assertThat(agent.post("/v1/machines/plain/realms", body.json()).status())
                .as("the launch is still answered again")
                .isEqualTo(200);
    }

    private Answer putWithoutLength(byte[] image) {
        return agent.exchange(
                agent.request(path(image))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(image))),
                "(bytes)");
    }

    private static byte[] bytes(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String path(byte[] image) {
        return "/v1/images/" + Agent.sha256(image);
    }
}
