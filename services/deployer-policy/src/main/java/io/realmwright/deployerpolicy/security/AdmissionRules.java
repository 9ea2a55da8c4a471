package io.realmwright.deployerpolicy.security;

import io.realmwright.deployerpolicy.start.RefusedStartException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Decides whom the service lets in, and refuses a start that would be quietly unsafe. Asked before any bean is made: no port
 * is open when the start is refused.
 */
@Component
final class AdmissionRules implements BeanFactoryPostProcessor {
    static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";
    static final String JWK_SET = "spring.security.oauth2.resourceserver.jwt.jwk-set-uri";
    static final String AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";
    private static final String ANONYMOUS = "realmwright.security.anonymous";
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionRules.class);

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Admission admission = decide(beans.getBean(Environment.class));
        beans.registerSingleton("admission", admission);
        if (admission != Admission.TOKENS) {
            LOG.warn("Callers are not asked who they are: no issuer of tokens is configured. callers={}", admission);
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
        throw new RefusedStartException(
                "The service has nothing by which to authenticate its callers, and server.address is "
                        + (isSet(environment, "server.address")
                                ? environment.getProperty("server.address")
                                : "empty, which means every address")
                        + ".",
                "Set " + ISSUER + " to an OIDC issuer, or server.address to a loopback address, for example 127.0.0.1."
                        + " On a network that nobody else is on, " + ANONYMOUS + "=everywhere serves everybody.");
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
                    "Set " + AUDIENCES + " to the audience of this service's tokens.");
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
