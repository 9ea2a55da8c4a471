package io.realmwright.hostagent.security;

import io.realmwright.hostagent.start.RefusedStartException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Decides whom the agent lets in, and refuses a start that would be quietly unsafe. Asked before any bean is made: no port
 * is open and no machine has booted when the start is refused.
 */
@Component
final class AdmissionRules implements BeanFactoryPostProcessor {
    static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";
    static final String JWK_SET = "spring.security.oauth2.resourceserver.jwt.jwk-set-uri";
    static final String AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";
    private static final String ANONYMOUS = "realmwright.security.anonymous";
    private static final String GRANT_KEYS = "realmwright.agent.grant-keys";
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionRules.class);

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Admission admission = decide(beans.getBean(Environment.class));
        beans.registerSingleton("admission", admission);
        if (admission != Admission.TOKENS) {
            LOG.atWarn()
                    .addKeyValue("callers", admission)
                    .log("Callers are not asked who they are: no issuer of tokens is configured");
        }
    }

    private static Admission decide(Environment environment) {
        boolean hasIssuer = isSet(environment, ISSUER) || isSet(environment, JWK_SET);
        boolean everywhere = environment.getProperty(ANONYMOUS, "loopback").equalsIgnoreCase("everywhere");
        if (hasIssuer) {
            requireSafeIssuer(environment, everywhere);
            return Admission.TOKENS;
        }
        if (everywhere) {
            return Admission.EVERYBODY;
        }
        if (isLoopback(environment.getProperty("server.address", ""))) {
            return Admission.LOOPBACK;
        }
        if (isSet(environment, GRANT_KEYS)) {
            return Admission.TOKENS; // those of the deployer's service, signed with the keys that sign grants
        }
        throw new RefusedStartException(
                "The agent has nothing by which to authenticate its callers, and server.address is "
                        + (isSet(environment, "server.address")
                                ? environment.getProperty("server.address")
                                : "empty, which means every address")
                        + ".",
                "Set " + GRANT_KEYS + " to the deployer's public keys, or " + ISSUER + " to an OIDC issuer; or set"
                        + " server.address to a loopback address, for example 127.0.0.1.");
    }

    private static void requireSafeIssuer(Environment environment, boolean everywhere) {
        if (everywhere) {
            throw new RefusedStartException(
                    "An issuer of tokens is configured, and " + ANONYMOUS
                            + " is everywhere: tokens would mean nothing.",
                    "Remove one of the two.");
        }
        if (environment.getProperty(AUDIENCES, "").isBlank()
                && environment.getProperty(AUDIENCES + "[0]", "").isBlank()) {
            throw new RefusedStartException(
                    "An issuer of tokens is configured without an audience: tokens for other services would be good here.",
                    "Set " + AUDIENCES + " to the audience of this agent's tokens.");
        }
    }

    private static boolean isSet(Environment environment, String property) {
        return !environment.getProperty(property, "").isBlank();
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
