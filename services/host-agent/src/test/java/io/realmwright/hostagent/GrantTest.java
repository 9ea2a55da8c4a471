package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No valid grant, no launch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantTest {
    private static final String REALMS = "/v1/machines/rich/realms";
    private static final UnaryOperator<JWSHeader.Builder> AS_IT_IS = UnaryOperator.identity();

    private final Deployer deployer = Deployer.withKey("key-1");

    private Path keys;
    private Agent agent;
    private LaunchBody body;

    @BeforeAll
    void start(@TempDir Path directory) {
        keys = directory.resolve("grant-keys.json");
        Deployer.publish(keys, deployer);
        agent = Agent.start(
                Database.create(),
                "--realmwright.agent.host-name=" + Deployer.HOST,
                "--realmwright.agent.grant-keys=" + keys,
                "--realmwright.agent.grant-skew=5s");
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    @BeforeEach
    void body() {
        body = LaunchBody.of(agent);
    }

    @AfterEach
    void reboot() {
        agent.post("/v1/machines/rich/reboot").expect(200);
    }

    @Test
    void aGrantForThisVeryLaunchPermitsIt() {
        agent.post(REALMS, body.grant(deployer.grant(body)).json()).expect(201);
    }

    @Test
    void withoutAGrantNothingIsLaunched() {
        expectRefusal(body, "MISSING");
    }

    @Test
    void aGrantIsHonouredOnce() {
        var claims = Deployer.claims(body);
        agent.post(REALMS, body.grant(sign(claims)).json()).expect(201);
        var second = LaunchBody.of(agent);

        // The same grant id signed again for another launch, as only a deployer gone wrong would do.
        var replayed = claims.claim("launchId", second.launchId());

        expectRefusal(second.grant(sign(replayed)), "REPLAYED");
        expectRefusal(LaunchBody.of(agent).grant(deployer.grant(body)), "WRONG_LAUNCH");
    }

    @Test
    void theSameRequestAgainIsAnsweredAlthoughItsGrantIsUsedUp() {
        var json = body.grant(deployer.grant(body)).json();
        agent.post(REALMS, json).expect(201);

        agent.post(REALMS, json).expect(200);
    }

    @Test
    void aGrantIsForOneHostMachineAndLaunch() {
        expectRefusal(body.grant(sign(Deployer.claims(body).audience("host-2"))), "WRONG_HOST");
        expectRefusal(body.grant(sign(Deployer.claims(body).audience(List.of(Deployer.HOST, "host-2")))), "MALFORMED");
        expectRefusal(body.grant(sign(Deployer.claims(body).claim("machine", "plain"))), "WRONG_MACHINE");
        expectRefusal(
                body.grant(sign(Deployer.claims(body)
                        .claim("launchId", UUID.randomUUID().toString()))),
                "WRONG_LAUNCH");
        expectRefusal(body.grant(sign(Deployer.claims(body).issuer("somebody"))), "WRONG_ISSUER");
    }

    @Test
    void aGrantHoldsForItsTimeAndALittleSkew() {
        var now = Instant.now();

        expectRefusal(
                body.grant(sign(Deployer.claims(body).expirationTime(Date.from(now.minusSeconds(6))))), "EXPIRED");
        expectRefusal(
                body.grant(sign(Deployer.claims(body).issueTime(Date.from(now.plusSeconds(30))))), "NOT_YET_VALID");
        var stillValid = Deployer.claims(body)
                .issueTime(Date.from(now.plusSeconds(3)))
                .expirationTime(Date.from(now.minusSeconds(2)));
        agent.post(REALMS, body.grant(sign(stillValid)).json()).expect(201);
    }

    @Test
    void anAlteredSpecOrPlanIsNotWhatWasGranted() {
        var grant = deployer.grant(body);

        expectRefusal(body.profile("UNAWARE").grant(grant), "SPEC_ALTERED");
        expectRefusal(body.vcpus(2).grant(grant), "SPEC_ALTERED");
        expectRefusal(body.ripasMode("{\"kind\":\"GUEST_DECLARES\"}").grant(grant), "PLAN_ALTERED");
        expectRefusal(body.verdict("{\"kind\":\"REJECT\"}").grant(grant), "PLAN_ALTERED");
    }

    @Test
    void theRpvIsTheHashOfTheGrantOrNone() {
        var grant = deployer.grant(body);
        var unbound =
                body.grant(grant).json().replace("\"verdict\"", "\"rpv\":\"" + "1".repeat(128) + "\",\"verdict\"");
        var bound = body.grant(grant).json().replace("\"verdict\"", "\"rpv\":\"" + sha512(grant) + "\",\"verdict\"");

        var refused = agent.post(REALMS, unbound).expectProblem(403, "grant-refused");
        var launched = agent.post(REALMS, bound).expect(201).json();

        assertThat(refused.path("reason").stringValue()).isEqualTo("RPV_NOT_BOUND");
        assertThat(launched.path("plan").path("rpv").stringValue()).isEqualTo(sha512(grant));
    }

    @Test
    void aSignatureBelongsToItsKeyAndItsText() {
        var grant = deployer.grant(body);
        var parts = grant.split("\\.", -1);
        var otherClaims = Base64URL.encode(Deployer.claims(body).build().toString());

        expectRefusal(body.grant(parts[0] + "." + otherClaims + "." + parts[2]), "BAD_SIGNATURE");
        expectRefusal(body.grant(Deployer.withKey("key-1").grant(body)), "BAD_SIGNATURE");
        expectRefusal(body.grant(Deployer.withKey("key-2").grant(body)), "UNKNOWN_KEY");
        expectRefusal(
                body.grant(deployer.sign(Deployer.claims(body).build(), header -> header.keyID(null))), "UNKNOWN_KEY");
    }

    @Test
    void onlyAGrantIsAGrant() throws JOSEException {
        var claims = Deployer.claims(body).build();
        var publicKey = deployer.key().toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);

        expectRefusal(body.grant(deployer.sign(claims, header -> header.type(JOSEObjectType.JWT))), "WRONG_TYPE");
        expectRefusal(body.grant(deployer.sign(claims, header -> header.type(null))), "WRONG_TYPE");
        expectRefusal(body.grant(deployer.sign(claims, AS_IT_IS, new MACSigner(publicKey))), "WRONG_ALGORITHM");
        expectRefusal(body.grant(unsigned(claims)), "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jti",
                "iss",
                "aud",
                "iat",
                "exp",
                "decisionId",
                "launchId",
                "machine",
                "specDigest",
                "planDigest",
                "policyDigest"
            })
    void aGrantHasAllItsClaims(String claim) {
        expectRefusal(body.grant(sign(Deployer.claims(body).claim(claim, null))), "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c.d", "a.b.c", "..", "a.b.c ", "{}"})
    void whatIsNoCompactJwsIsMalformed(String text) {
        expectRefusal(body.grant(text), "MALFORMED");
    }

    @Test
    void keysComeAndGoWithTheirFile() throws IOException {
        var next = Deployer.withKey("key-2");
        expectRefusal(body.grant(next.grant(body)), "UNKNOWN_KEY");

        publish(next);
        agent.post(REALMS, body.grant(next.grant(body)).json()).expect(201);
        var later = LaunchBody.of(agent);
        expectRefusal(later.grant(deployer.grant(later)), "UNKNOWN_KEY");

        Files.delete(keys);
        expectRefusal(later.grant(next.grant(later)), "KEYS_UNREADABLE");
        Files.writeString(keys, "nonsense");
        expectRefusal(later.grant(next.grant(later)), "KEYS_UNREADABLE");

        publish(deployer);
        agent.post(REALMS, later.grant(deployer.grant(later)).json()).expect(201);
    }

    @Test
    void aKeyHoldsForItsTimeAndTwoMayOverlap() throws IOException {
        var now = Instant.now();
        var ending = Deployer.withKey("ending").validUntil(now.plusSeconds(600));
        var beginning = Deployer.withKey("beginning").validFrom(now.minusSeconds(600));
        publish(ending, beginning);
        agent.post(REALMS, body.grant(ending.grant(body)).json()).expect(201);
        var second = LaunchBody.of(agent);
        agent.post(REALMS, second.grant(beginning.grant(second)).json()).expect(201);

        var ended = Deployer.withKey("ended").validUntil(now.minusSeconds(60));
        var notYet = Deployer.withKey("not-yet").validFrom(now.plusSeconds(60));
        publish(ended, notYet);
        var third = LaunchBody.of(agent);
        expectRefusal(third.grant(ended.grant(third)), "KEY_NOT_VALID");
        expectRefusal(third.grant(notYet.grant(third)), "KEY_NOT_VALID");
        publish(deployer);
    }

    @Test
    void theGrantAndItsDecisionStayInTheRecord() {
        var claims = Deployer.claims(body).build();
        var grant = deployer.sign(claims, AS_IT_IS);
        agent.post(REALMS, body.grant(grant).json()).expect(201);

        var used =
                agent.database().sql().sql("""
                        select used_grant.grant_id, used_grant.decision_id, realm.grant_jws
                        from used_grant join realm using (launch_id)
                        where launch_id = ?::uuid
                        """).param(body.launchId()).query().singleRow();

        assertThat(used)
                .containsEntry("grant_id", claims.getJWTID())
                .containsEntry("decision_id", claims.getClaim("decisionId"))
                .containsEntry("grant_jws", grant);
    }

    private void expectRefusal(LaunchBody refused, String reason) {
        var problem = agent.post(REALMS, refused.json()).expectProblem(403, "grant-refused");
        assertThat(problem.path("reason").stringValue()).isEqualTo(reason);
    }

    private String sign(JWTClaimsSet.Builder claims) {
        return deployer.sign(claims.build(), AS_IT_IS);
    }

    /** A file that is replaced within the clock's resolution would look the same. */
    private void publish(Deployer... next) throws IOException {
        Deployer.publish(keys, next);
        Files.setLastModifiedTime(keys, FileTime.from(Instant.now().plusSeconds(1)));
    }

    private static String unsigned(JWTClaimsSet claims) {
        return Base64URL.encode("{\"alg\":\"none\",\"typ\":\"realmwright-grant+jwt\"}") + "."
                + Base64URL.encode(claims.toString()) + ".x";
    }

    private static String sha512(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
