package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.image.Sha256;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImageApiTest extends ServiceTest {
    @Test
    void anImageIsStoredOnceAndReadBack() {
        byte[] content = content(10_000);
        String path = "/v1/images/" + Sha256.of(content);

        assertThat(head(path)).isEqualTo(404);
        Answer stored = client.upload(path, content);
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.header("Location")).isEqualTo(path);
        assertThat(stored.json().path("sizeBytes").asInt()).isEqualTo(10_000);
        assertThat(stored.json().path("generated").asBoolean()).isFalse();
        assertThat(client.upload(path, content).status()).isEqualTo(200);
        assertThat(head(path)).isEqualTo(200);
        assertThat(client.get(path).bytes()).isEqualTo(content);

        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
    }

    @Test
    void contentOfAnotherDigestIsRefused() {
        byte[] content = content(100);
        String path = "/v1/images/" + Sha256.of(content);
        content[0]++;

        Answer answer = client.upload(path, content);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("digest-mismatch");
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void anImageThatIsTooLargeIsRefused() {
        byte[] largest = content(1 << 20);
        byte[] tooLarge = content((1 << 20) + 1);

        assertThat(client.upload("/v1/images/" + Sha256.of(largest), largest).status())
                .isEqualTo(201);
        Answer answer = client.upload("/v1/images/" + Sha256.of(tooLarge), tooLarge);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("payload-too-large");
    }

    @Test
    void anEmptyImageAndAMalformedDigestAreRefused() {
        assertThat(client.upload("/v1/images/" + Sha256.of(new byte[0]), new byte[0])
                        .status())
                .isEqualTo(400);
        for (String digest : new String[] {"abc", "AB".repeat(32)}) {
            assertThat(client.get("/v1/images/" + digest).status()).isEqualTo(422);
            assertThat(client.upload("/v1/images/" + digest, content(1)).status())
                    .isEqualTo(422);
        }
    }

    @Test
    void aGeneratedImageIsWhatTheFormulaSaysAndIsVisiblyGenerated() {
        JsonNode realm = scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), """
                {"memslots":[{"base":"0x80000000","size":"0x100000"}],
                 "images":[{"generated":{"seed":-1,"size":"0x2000"},"ipa":"0x80000000"}],"guest":{"profile":"LINUX"}}""");

        String digest = realm.path("spec").path("images").path(0).path("digest").asString();
        byte[] content = client.get("/v1/images/" + digest).bytes();
        assertThat(content).hasSize(0x2000);
        // word 1 is -1 + 0x9E3779B97F4A7C15, little-endian
        assertThat(Arrays.copyOfRange(content, 0, 16))
                .containsExactly(
                        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x14, 0x7c, 0x4a, 0x7f, 0xb9, 0x79, 0x37, 0x9e);
        assertThat(client.upload("/v1/images/" + digest, content)
                        .json()
                        .path("generated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anImageThatARealmNamesStays() {
        JsonNode realm = scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), """
                {"memslots":[{"base":"0x80000000","size":"0x100000"}],
                 "images":[{"generated":{"seed":4711,"size":"0x2000"},"ipa":"0x80000000"}],"guest":{"profile":"LINUX"}}""");
        String path = "/v1/images/"
                + realm.path("spec").path("images").path(0).path("digest").asString();

        assertThat(client.delete(path).problem()).isEqualTo("image-in-use");
        client.delete("/v1/realms/" + scenario.name("r"));
        scenario.awaitRealm("r", read -> read.path("status").asInt(0) == 404);
        assertThat(client.delete(path).status()).isEqualTo(204);
    }

    @Test
    void oneChangedByteOfAMeasuredImageChangesTheRim() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        byte[] content = content(0x2000);

        String measured = rim("r1", policy, content, true);
        String unmeasured = rim("r2", policy, content, false);
        content[0x1234]++;

        assertThat(rim("r3", policy, content, true)).isNotEqualTo(measured);
        assertThat(rim("r4", policy, content, false)).isEqualTo(unmeasured);
    }

    private String rim(String name, String policy, byte[] content, boolean measured) {
        String digest = Sha256.of(content);
        client.upload("/v1/images/" + digest, content);
        scenario.create(name, policy, """
                {"memslots":[{"base":"0x80000000","size":"0x100000"}],
                 "images":[{"digest":"%s","ipa":"0x80000000","measured":%s}],"guest":{"profile":"LINUX"}}""".formatted(digest, measured));
        return scenario.awaitOutcome(name).path("status").path("rim").asString();
    }

    private int head(String path) {
        return client.send("HEAD", path, BodyPublishers.noBody()).status();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(System.nanoTime()).nextBytes(content);
        return content;
    }
}
