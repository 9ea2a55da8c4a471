package io.realmwright.hostagent.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.realmwright.hostagent.config.AgentProperties;
import io.realmwright.hostagent.grant.GrantKeys;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Reads the tokens of both kinds of callers. The deployer's service signs its own with the keys that sign grants, so that
 * an agent needs no connection to anybody; people and tools bring those of an OIDC issuer. The header's type tells which
 * is which (RFC 8725, 3.11), so that a grant is no token, nor a token a grant.
 */
@Component
final class CallerTokens {
    static final JOSEObjectType SERVICE_TYPE = new JOSEObjectType("realmwright-service+jwt");
    static final String SERVICE_ISSUER = "deployer-policy";

    private final Optional<JwtDecoder> ofTheService;
    private final ObjectProvider<JwtDecoder> ofTheIssuer;

    /** @throws IOException if there is a file of grant keys and it cannot be used */
    CallerTokens(AgentProperties agent, ObjectProvider<JwtDecoder> ofTheIssuer, Clock clock) throws IOException {
        this.ofTheService = agent.grantKeys() == null
                ? Optional.empty()
                : Optional.of(serviceDecoder(new GrantKeys(agent.grantKeys()), agent, clock));
        this.ofTheIssuer = ofTheIssuer;
    }

    private static JwtDecoder serviceDecoder(GrantKeys keys, AgentProperties agent, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(SERVICE_TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                (selector, context) -> selector.select(keys.validAt(clock.instant(), agent.grantSkew()))));
        // Spring's validators follow.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        var timestamps = new JwtTimestampValidator(agent.grantSkew());
        timestamps.setAllowEmptyExpiryClaim(false);
        timestamps.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                timestamps, new JwtIssuerValidator(SERVICE_ISSUER), new JwtAudienceValidator(agent.hostName())));
        return decoder;
    }

    /**
     * @throws BadJwtException if the token is not good
     * @throws org.springframework.security.oauth2.jwt.JwtException if that cannot be found out now
     */
    Jwt read(String token) {
        JwtDecoder decoder = isOfTheService(token) ? ofTheService.orElse(null) : ofTheIssuer.getIfAvailable();
        if (decoder == null) {
            throw new BadJwtException("Nothing is configured here that could verify such a token");
        }
        return decoder.decode(token);
    }

    private static boolean isOfTheService(String token) {
        try {
            return SERVICE_TYPE.equals(JWTParser.parse(token).getHeader().getType());
        } catch (ParseException e) {
            throw new BadJwtException("The token is no JWT", e);
        }
    }
}
