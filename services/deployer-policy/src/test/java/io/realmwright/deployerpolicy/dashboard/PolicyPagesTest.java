package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyPagesTest extends BrowserTest {
    private static final String TRIAL = "[aria-labelledby=trial]";

    @Test
    @DisplayName("A policy is written, found wrong at its very position, put right, created and published")
    void aPolicyIsWritten() {
        open("#/policies");
        browser.press("Write a new policy");
        browser.fill("Name", scenario.name("p"));
        browser.fill("When", "realm.vcpus === 1");
        browser.awaitText(".field-error", "line 1, column 15");
        assertAccessible();
        browser.fill("When", "realm.vcpus == 1");
        browser.awaitText("main", "The rules compile.");
        browser.press("Create as a draft");

        browser.awaitText("h1", "Policy " + scenario.name("p"));
        browser.awaitText("main", "NOT PUBLISHED");
        browser.press("Publish revision 1");

        browser.awaitText("main", "Revision 1 decides.");
        assertThat(client.get("/v1/policies/" + scenario.name("p"))
                        .json()
                        .path("publishedRevision")
                        .asInt())
                .isEqualTo(1);
        assertAccessible();
    }

    @Test
    @DisplayName("A new revision is compared with the published one line by line")
    void revisionsAreCompared() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/policies/" + policy);
        browser.choose("Run-time verdict", "WITHHOLD");
        browser.press("Save as a new revision");

        browser.awaitText(".diff-added", "WITHHOLD");
        browser.awaitText(".diff-removed", "ACCEPT");
        browser.press("What revision 2 would change");
        browser.awaitText("[aria-labelledby=revisions]", "would be decided");
        assertAccessible();
    }

    @Test
    @DisplayName("Whoever publishes after somebody else has changed the policy is told so, and nothing is published")
    void aStalePublicationIsRefused() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/policies/" + policy);
        browser.choose("Run-time verdict", "WITHHOLD");
        browser.press("Save as a new revision");
        browser.awaitText(".diff-added", "WITHHOLD");
        String tag = client.get("/v1/policies/" + policy).header("ETag");
        String content = client.get("/v1/policies/" + policy + "/revisions/1")
                .json()
                .path("content")
                .toString();
        assertThat(client.put("/v1/policies/" + policy, content, "If-Match", tag)
                        .status())
                .isEqualTo(200);

        browser.press("Publish revision 2");

        browser.awaitText(".failure", "precondition-failed");
        assertThat(client.get("/v1/policies/" + policy)
                        .json()
                        .path("publishedRevision")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("A published policy is tried on a sample realm without anything being stored")
    void aPolicyIsTried() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/policies/" + policy);
        browser.choose("Rules", "revision 1, which decides now");
        browser.choose("Realm", "a sample with guest LINUX");
        browser.press("Decide");

        browser.awaitText(TRIAL, "BOOTED");
        assertThat(browser.text(TRIAL)).contains(policy, "revision 1", "RIPAS_NOT_ATTESTED");
        assertAccessible();
    }

    @Test
    @DisplayName("What stands in the editor is tried before it is anybody's revision, and again with every change")
    void aDraftIsTried() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/policies/" + policy);
        browser.press("Decide");
        browser.awaitText(TRIAL, "A draft decides, which is not published.");
        browser.awaitText(TRIAL, "BOOTED");

        browser.choose("Who declares RAM", "GUEST_DECLARES");

        browser.awaitText(TRIAL, "FAULTED");
        browser.press("What the rules saw");
        browser.awaitText(TRIAL, "MATCHED");
        assertThat(browser.text(TRIAL)).contains("GUEST_WILL_FAULT");
        assertThat(client.get("/v1/policies/" + policy + "/revisions").json().path("revisions"))
                .hasSize(1);
        assertAccessible();
    }

    @Test
    @DisplayName("A draft of a policy that does not exist yet is tried; one that does not compile says where")
    void aNewDraftIsTried() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/policies");
        browser.press("Write a new policy");
        browser.press("Decide");
        browser.awaitText(TRIAL, "BOOTED");

        browser.fill("When", "realm.vcpus === 1");

        browser.awaitText(TRIAL + " .failure", "draft.rules[0].when");
        assertAccessible();
    }

    @Test
    @DisplayName("A sample is edited as JSON; what is none is said before anything is asked")
    void aSampleIsEdited() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/policies/" + scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"));
        browser.press("Edit the realm");
        browser.fill("Specification as JSON", "{");
        browser.press("Decide");
        browser.awaitText(TRIAL, "spec is no JSON");
        browser.awaitText(TRIAL, "Nothing can be decided before the fields are right.");
        assertAccessible();

        browser.fill("Specification as JSON", "{\"memslots\": [], \"guest\": {\"profile\": \"LINUX\"}}");

        browser.awaitText(TRIAL + " .failure", "spec.memslots");
    }

    @Test
    @DisplayName("A policy that does not exist is not found")
    void aMissingPolicy() {
        open("#/policies/" + scenario.name("missing"));

        browser.awaitText(".failure", "404 not-found");
    }
}
