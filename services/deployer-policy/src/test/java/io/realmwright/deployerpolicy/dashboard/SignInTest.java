package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.TestIssuer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The dashboard of a service that lets nobody in without a token. */
class SignInTest extends BrowserTest {
    private static final TestIssuer ISSUER = TestIssuer.start();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::url);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> TestIssuer.AUDIENCE);
    }

    @Test
    @DisplayName("A token is asked for; with one that is good the page shows, and what it does not permit is said")
    void aTokenIsAskedFor() {
        open("#/fleet");
        browser.awaitText("h1", "Sign in");
        browser.awaitText("form", "The operation needs a token");
        assertAccessible();

        signIn("nonsense");
        browser.awaitText("form", "The token is not good here");
        signIn("Bearer " + ISSUER.token("realm:read"));

        browser.awaitText("h1", "Fleet");
        browser.press("Audit");
        browser.awaitText(".failure", "403 insufficient-scope");
        assertThat(browser.text(".failure")).contains("audit:read");
        assertAccessible();
        signOut();
    }

    @Test
    @DisplayName("The token goes with the stream of events, stays for the tab, and is forgotten on request")
    void theTokenStays() {
        String host = scenario.name("gone");
        String bearer = "Bearer " + ISSUER.token("host:write");
        open("#/events");
        browser.awaitText("h1", "Sign in");
        signIn(ISSUER.token("realm:read"));
        browser.awaitText("h1", "Events");

        String registration = "{\"agentUrl\": \"http://127.0.0.1:9\", \"machine\": \"m0\"}";
        assertThat(client.put("/v1/hosts/" + host, registration, "Authorization", bearer)
                        .status())
                .isEqualTo(201);
        browser.awaitText("main", "host " + host);
        open("#/events");
        browser.awaitText("main", "host " + host);
        client.send("DELETE", "/v1/hosts/" + host, BodyPublishers.noBody(), "Authorization", bearer);

        signOut();
    }

    private void signIn(String token) {
        browser.fill("Token", token);
        browser.click("button.primary");
    }

    private void signOut() {
        browser.press("Sign out erin");
        browser.awaitText("h1", "Sign in");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        assertThat(browser.count("#sign-out:not([hidden])")).isZero();
    }
}
